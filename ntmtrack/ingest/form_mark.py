"""How a form of a round is recognised when it comes back: by a property of its file, and by a line above its table.

The line outlives what drops properties: being saved as .xls or .csv, its sheet being moved to another workbook.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ntmtrack.ingest.plan import FoundTables
from ntmtrack.ingest.round_form import MARK_WORDS
from ntmtrack.spreadsheets import Form

PROPERTY = "form"
_CODE = r"([0-9]{1,4})-([0-9]{1,9})-([0-9a-f]{8})"
_LINE = re.compile(rf"{MARK_WORDS}:?\s*{_CODE}(?![0-9a-f])", re.IGNORECASE)


class FormMark(NamedTuple):
    """The round of a form by its number, the unit that it was sent to by its id, the ledger by its mark."""

    round: int
    unit: int
    ledger: str

    @property
    def code(self) -> str:
        """As it stands on the form: 2-15-3f2a9c1d."""
        return f"{self.round}-{self.unit}-{self.ledger}"


def marks_in(found: FoundTables) -> list[FormMark]:
    """The forms that the tables of a file are; what stands above a table goes before the property of the file."""
    lines = [match for table in found.tables for title in table.titles for match in _LINE.finditer(title)]
    return list(dict.fromkeys(_mark(match) for match in lines or _of_file(found)))


def _of_file(found: FoundTables) -> Iterator[re.Match[str]]:
    if found.book.form is not Form.XLSX:
        return
    from ntmtrack.spreadsheets.properties import stamp_in

    if match := re.fullmatch(_CODE, stamp_in(found.book.source).get(PROPERTY, "")):
        yield match


def _mark(match: re.Match[str]) -> FormMark:
    return FormMark(int(match[1]), int(match[2]), match[3].lower())
