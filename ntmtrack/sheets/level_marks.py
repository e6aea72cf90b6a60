"""What a cell below the name of a level says in the light of its column: a mark, the level's own name, or a count."""

import re
from datetime import date

from ntmtrack.i18n import N_, _
from ntmtrack.sheets.cell_values import EitherOf, Mark, Unfit, mark_in, text_in
from ntmtrack.sheets.cells import Cell
from ntmtrack.sheets.level_words import counts_criteria, level_told
from ntmtrack.text import clean

HOW_TO_MARK = N_("write x or the year recognised for; where it is not reached, clear the cell or leave the row out")
_A_COUNT = re.compile(
    r"[0-9]{1,4}(\s*/\s*[0-9]{1,4})?(\s*(xã|phường|thị trấn|đơn vị|huyện)\b.*)?",
    re.IGNORECASE,
)
_A_DAY = re.compile(r"(ngày\s*)?[0-9]{1,2}\s*[/.-]\s*([0-9]{1,2}\s*[/.-]\s*)?[0-9]{4}", re.IGNORECASE)


def mark_below(cell: Cell, level: str | None) -> Mark:
    """A mark as `mark_in` reads it, or the name of the column's own level; a number may count; raises Unfit."""
    try:
        return mark_in(cell)
    except EitherOf:
        raise
    except Unfit as wrong:
        is_text = isinstance(cell.value, str | int | float) and not cell.fault
        text = clean(text_in(cell)) if is_text else ""
        if level and level_told(text).key == level:
            return Mark(reached=True)
        if _A_DAY.fullmatch(text) or isinstance(cell.value, date):
            says = _("a day stands where the year recognised for is expected")
            raise EitherOf(says, _("write the year recognised for alone, in four digits")) from wrong
        if _A_COUNT.fullmatch(text) and not counts_criteria(text):
            return Mark(reached=True, by_number=True, is_count=True)
        raise
