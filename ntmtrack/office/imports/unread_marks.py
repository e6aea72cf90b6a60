"""Columns that hold marks below a level or a year and were not read: recognitions that would be lost in silence."""

from collections.abc import Iterator, Sequence

from ntmtrack.errors import MarksUnread
from ntmtrack.i18n import _
from ntmtrack.sheets.cell_values import is_mark
from ntmtrack.sheets.cells import letters_of
from ntmtrack.sheets.column_contents import year_told
from ntmtrack.sheets.fields import NOT_REACHED, Field
from ntmtrack.sheets.headings import levels_in, levels_joined, simple, speaks_of_plans
from ntmtrack.sheets.map_options import map_option
from ntmtrack.sheets.problems import shown
from ntmtrack.sheets.tables import Table
from ntmtrack.text import clean


def refuse_unread_marks(file: str, tables: Sequence[Table]) -> None:
    """Raises MarksUnread where a column not read holds marks, years or decisions below a level or a year."""
    for table in tables:
        if found := [*_unread(table)]:
            raise MarksUnread(
                file=file,
                told=found[0][2],
                columns=", ".join(f"{letters_of(place)} “{heading}”" for place, heading, _told in found),
                read=" ".join(_reads(place, heading) for place, heading, _told in found),
                skip=" ".join(map_option(place, Field.SKIP.value) for place, _heading, _told in found),
            )


def _unread(table: Table) -> Iterator[tuple[int, str, str]]:
    """Each such column with its heading and the first mark in it."""
    for place, heading in table.head.unused:
        tells = levels_in(simple(heading))[0] or year_told(heading.rpartition(" / ")[2])
        if not tells or speaks_of_plans(simple(heading)):
            continue
        texts = (clean(shown(table.sheet.at(row.number, place))) for row in table.rows)
        if told := next((text for text in texts if _marks(text)), None):
            yield place, heading, told


def _marks(text: str) -> bool:
    """Whether a text marks a unit: x, Đạt, a year, a decision; no count and no dash."""
    is_count = text.isdigit() and year_told(text) is None
    return bool(text) and not is_count and text not in NOT_REACHED and is_mark(text)


def _reads(place: int, heading: str) -> str:
    """The option that has the marks read, of either level where the heading names several."""
    words = levels_joined(heading.rpartition(" / ")[2]) or levels_in(simple(heading))[0] or (Field.MARK.value,)
    return _(" or ").join(map_option(place, word) for word in words)
