"""Which of a workbook's shared texts are struck through in part: words that somebody deleted, and left to be seen."""

from contextlib import suppress
from xml.parsers import expat
from zipfile import ZipFile

from ntmtrack.sheets.layout import is_strike, refuse_entity

_STRINGS = "xl/sharedStrings.xml"


def struck_texts(archive: ZipFile) -> frozenset[str]:
    """The numbers by which cells call such texts; none where the part is damaged. Raises EntityFound."""
    if _STRINGS not in archive.namelist() or b"strike" not in (data := archive.read(_STRINGS)):
        return frozenset()
    struck: set[str] = set()
    last = -1

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal last
        last += name.rpartition(":")[2] == "si"
        if is_strike(name, attributes):
            struck.add(str(last))

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = refuse_entity
    parser.StartElementHandler = start
    with suppress(expat.ExpatError):
        parser.Parse(data, True)
    return frozenset(struck)
