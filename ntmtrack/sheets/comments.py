"""What people remarked on cells of an .xlsx: openpyxl tells none of it when it reads row by row."""

import posixpath
from contextlib import suppress
from xml.parsers import expat
from zipfile import ZipFile

from ntmtrack.escapes import from_excel
from ntmtrack.sheets.cells import number_of
from ntmtrack.sheets.layout import COORDINATE, refuse_entity
from ntmtrack.text import clean

OWN_AUTHOR = "ntmtrack"  # of what a marked copy says of faults
OWN_PART = "\nntmtrack: "  # begins that in a remark which somebody else wrote before
_KIND = "/comments"  # how the type of such a relation ends


def read_comments(archive: ZipFile, sheet: str) -> dict[tuple[int, int], str]:
    """The remarks on the cells of a sheet, by row and column from 0; none where damaged. Raises EntityFound."""
    folder, name = posixpath.split(sheet.lstrip("/"))
    found, relations = _Comments(), _Relations()
    _run(archive, f"{folder}/_rels/{name}.rels", relations)
    for target in relations.targets:
        _run(archive, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"), found)
    return found.texts


def without_own(author: str, text: str) -> str:
    """What somebody else wrote in a remark, without what a marked copy says of faults."""
    written, _part, _own = text.partition(OWN_PART)
    return "" if author == OWN_AUTHOR and written == text else written


class _Comments:
    """One pass over the part that holds the remarks."""

    def __init__(self) -> None:
        self.texts: dict[tuple[int, int], str] = {}
        self._authors: list[str] = []
        self._author = self._cell = ""
        self._written: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "comment":
            self._cell = attributes.get("ref", "")
            number = attributes.get("authorId", "")
            place = int(number) if number.isascii() and number.isdigit() and len(number) < _LONGEST else -1
            self._author = self._authors[place] if 0 <= place < len(self._authors) else ""
        if name in ("author", "comment"):
            self._written.clear()

    def text(self, text: str) -> None:
        self._written.append(text)

    def end(self, name: str) -> None:
        written = from_excel("".join(self._written))
        if name == "author":
            self._authors.append(written.strip())
        elif name == "comment":
            at, said = COORDINATE.fullmatch(self._cell), clean(without_own(self._author, written))
            if at and said:
                self.texts[int(at[2]) - 1, number_of(at[1])] = said


_LONGEST = 8  # digits


class _Relations:
    """One pass over the part that names what belongs to a sheet."""

    def __init__(self) -> None:
        self.targets: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith(_KIND):
            self.targets.append(attributes.get("Target", ""))

    def text(self, text: str) -> None:
        """Holds none."""

    def end(self, name: str) -> None:
        """Ends nothing."""


def _run(archive: ZipFile, part: str, handler: "_Comments | _Relations") -> None:
    """Runs through a part, up to where it is damaged."""
    if part not in archive.namelist():
        return
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.EntityDeclHandler = refuse_entity
    parser.StartElementHandler = lambda name, attributes: handler.start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: handler.end(name.rpartition(":")[2])
    parser.CharacterDataHandler = handler.text
    with suppress(expat.ExpatError):
        parser.Parse(archive.read(part), True)
