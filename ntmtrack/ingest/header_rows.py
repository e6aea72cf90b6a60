"""What a row on an office's sheet may be, whatever table is looked for: headings, a title, a caption."""

import re

from ntmtrack.ingest.column_contents import years_across
from ntmtrack.ingest.columns import simple
from ntmtrack.ingest.headings import merged_into, speaks_of_plans
from ntmtrack.ingest.row_kinds import is_caption, is_title
from ntmtrack.spreadsheets import Cell, Sheet
from ntmtrack.text import clean

# Numbers, years, days, and the single letters that number columns stand in tables, not in headings.
_NUMBER = re.compile(r"\(?[0-9./-]+\)?|[A-Z]")


def may_be_headings(sheet: Sheet, row: int) -> bool:
    """Whether a row holds texts and no figures, but for years that stand side by side."""
    filled = [(column, cell) for column, cell in enumerate(sheet.rows[row]) if not cell.is_blank]
    years = years_across(sheet, row)
    return any(column not in years for column, _cell in filled) and not any(
        is_figure(cell) for column, cell in filled if column not in years
    )


def filled_columns(sheet: Sheet, row: int) -> list[int]:
    """The columns of a row in which anything stands; none below the sheet's last row."""
    cells = sheet.rows[row] if row < len(sheet.rows) else ()
    return [column for column, cell in enumerate(cells) if not cell.is_blank]


def is_title_alone(sheet: Sheet, row: int) -> bool:
    """Whether a row holds one text alone, left of all that stands below it: a title, not a heading of them all."""
    filled, below = filled_columns(sheet, row), filled_columns(sheet, row + 1)
    return len(filled) == 1 and len(below) > 1 and filled[0] <= below[0]


def holds_titles(sheet: Sheet, row: int) -> bool:
    """Whether nothing but titles stands in a row, and one caption at most: two part the columns below by their days."""
    values = [sheet.at(row, column).value for column in filled_columns(sheet, row)]
    texts = [clean(value) for value in values if isinstance(value, str)]
    others = [text for text in texts if not is_title(text)]
    is_one_at_most = all(is_caption(text) and not speaks_of_plans(simple(text)) for text in others[:1])
    return len(texts) == len(values) and len(others) <= 1 and is_one_at_most


def is_figure(cell: Cell) -> bool:
    """Whether a number, a day or a letter that numbers columns stands in a cell."""
    return not isinstance(cell.value, str) or bool(_NUMBER.fullmatch(clean(cell.value)))


def is_below_heading(sheet: Sheet, top: int, row: int, column: int) -> bool:
    """Whether a text stands below a heading that is there already: a name, not a lower part of the headings."""
    if sheet.at(row, column).is_blank or merged_into(sheet, row, column):
        return False
    return not sheet.at(top, column).is_blank
