"""A report made again from what its stamp tells, to find the cells that say something else now."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ntmtrack import __version__
from ntmtrack.commands import Session
from ntmtrack.commands.export_data import LAYOUT, YES, Material
from ntmtrack.commands.export_page import document_with
from ntmtrack.commands.export_sheets import SheetChoice
from ntmtrack.commands.question import ReportOptions, resolve
from ntmtrack.export import Letterhead, as_docx, as_html, as_xlsx
from ntmtrack.i18n import LANGUAGES, language, use_language
from ntmtrack.model import Basis, Unit
from ntmtrack.spreadsheets.properties import Differing, differing_cells
from ntmtrack.spreadsheets.web_page import differing_lines
from ntmtrack.spreadsheets.word_texts import differing_texts
from ntmtrack.stamps import LONGEST_PROPERTY
from ntmtrack.storage.chain import NEWEST, version_of
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.open import reading_after


def can_be_remade(stamp: Mapping[str, str]) -> bool:
    """Whether the same cells can be expected: our own sheets, this version of the program, laid out as they are now."""
    tells_all = all(len(stamp.get(field, "")) < LONGEST_PROPERTY for field in ("agency", "place", "number"))
    is_same = stamp.get("program") == f"ntmtrack {__version__}" and stamp.get("layout") == LAYOUT
    return (
        tells_all
        and is_same
        and stamp.get("language") in LANGUAGES
        and stamp.get("asked_for") not in (None, "", "template")
    )


def changed_cells(
    session: Session, file: Path, stamp: Mapping[str, str], find_scope: Callable[[Connection], Unit | None]
) -> list[Differing]:
    """The cells of a report that are not as the ledger of its moment gives them; its unit is found in that ledger.

    The stamp's fields are taken as they are: whoever calls has checked them.
    """
    options = ReportOptions(
        as_of=date.fromisoformat(stamp["as_of"]),
        basis=Basis(stamp["basis"]),
        roadmap=stamp["roadmap_asked"] or None,
        units_on=date.fromisoformat(stamp["units_on"]),
        on_map=date.fromisoformat(stamp["on_map"]) if stamp.get("on_map") else None,
    )
    action = int(stamp["action"])
    agency = tuple(line for line in stamp["agency"].split(";") if line)
    letterhead = Letterhead(agency, stamp["place"], stamp["number"], stamp["dated"])
    as_known = (date.fromisoformat(stamp["as_known"]), action) if stamp["as_known"] else None
    with reading_after(session.file, action) as connection, _speaking(stamp["language"]):
        spec = resolve(connection, options, date.fromisoformat(stamp["today"]), planned=True, of=find_scope(connection))
        version = version_of(connection, stamp["fingerprint"]) or NEWEST
        with_status = stamp.get("with_status") == YES
        material = Material(session.file, connection, spec, letterhead, as_known, version, with_status=with_status)
        document = document_with(material, options, SheetChoice(tuple(stamp["asked_for"].split())))
        with tempfile.TemporaryDirectory() as folder:
            if document.page:
                as_html.write(document, again := Path(folder) / "report.html")
                return differing_lines(file, again)
            if file.suffix.lower() == ".docx":
                as_docx.write(document, again := Path(folder) / "report.docx")
                return differing_texts(file, again)
            as_xlsx.write(document, again := Path(folder) / "report.xlsx")
            return differing_cells(file, again)


@contextmanager
def _speaking(words: str) -> Iterator[None]:
    """The program speaks another language for a while."""
    before = language()
    use_language(words)
    try:
        yield
    finally:
        use_language(before)
