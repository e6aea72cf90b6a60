"""How the workbooks look that openpyxl writes for us: font, frames, page, words to choose from; and their saving.

Rows and columns are counted from 1, as openpyxl counts them.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ntmtrack.excel import A4, FONT, SIZE, for_excel
from ntmtrack.files import replacing

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

BLANK_COLOUR, _HEAD_COLOUR = "FFF2F2F2", "FFD9E1F2"  # of what must still be filled in, and of headings
_MARGIN = 0.4  # inches, left and right


class FormColumn(NamedTuple):
    """A column of a form: its heading, its width in letters, how its numbers are shown, how it is filled in."""

    heading: str
    width: float
    format: str
    about: str = ""


def put(cell: Any, value: object) -> None:
    """Writes a value as what it is: text stays text, also where it looks like a number or a formula."""
    if isinstance(value, str):
        cell.value = for_excel(value)
        cell.data_type = "s"
    else:
        cell.value = value


def dress(cell: Any, value: object, number: str = "", **look: Any) -> None:
    """Writes a value, shown as the format of numbers says, and gives the cell its look; see `_look`."""
    put(cell, value)
    if number:
        cell.number_format = number
    for name, part in _look(**look).items():
        setattr(cell, name, part)


def dress_heading(cell: Any, text: str) -> None:
    """The heading of a column."""
    dress(cell, text, bold=True, across="center", down="center", wrap=True, framed=True, colour=_HEAD_COLOUR)


@cache
def _look(
    *,
    size: float | None = SIZE,
    bold: bool = False,
    italic: bool = False,
    across: str | None = None,
    down: str | None = None,
    wrap: bool = False,
    framed: bool = False,
    colour: str = "",
) -> Mapping[str, Any]:
    """The parts of a cell's look: font, where the text stands, thin lines around it, what it is filled with."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    thin = Side(style="thin")
    parts: dict[str, Any] = {"font": Font(name=FONT, size=size, bold=bold or None, italic=italic or None)}
    parts["alignment"] = Alignment(horizontal=across, vertical=down, wrap_text=wrap)
    if framed:
        parts["border"] = Border(left=thin, right=thin, top=thin, bottom=thin)
    if colour:
        parts["fill"] = PatternFill("solid", start_color=colour, end_color=colour)
    return parts


def set_widths(sheet: "Worksheet", widths: Iterable[float]) -> None:
    """The widths of the columns from the first, in letters."""
    from openpyxl.utils import get_column_letter

    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def set_page(sheet: Any, head: int, in_sight: str) -> None:
    """A page in landscape with the row of headings on each; what stands above and left of a cell stays in sight."""
    sheet.freeze_panes = in_sight
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.paperSize = A4
    sheet.page_margins.left = sheet.page_margins.right = _MARGIN
    fit_width(sheet)


def fit_width(sheet: Any) -> None:
    """A page in landscape as wide as the table, and as many of them as it takes."""
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def offered(lists: "Worksheet", column: int, words: Sequence[str | int]) -> str:
    """Writes words to choose from into a column of a hidden sheet; gives the formula by which a check names them.

    A list within the check itself may have 255 letters only.
    """
    from openpyxl.utils import get_column_letter

    for row, word in enumerate(words, 1):
        put(lists.cell(row, column), word)
    letter = get_column_letter(column)
    return f"'{lists.title}'!${letter}$1:${letter}${len(words)}"


class ColumnCheck(NamedTuple):
    """What a column takes, with the words that Excel shows: a list, or values between two; None only prompts."""

    type: Literal["list", "whole", "date"] | None
    formulas: Sequence[str]
    prompt: tuple[str, str]  # its title, and what to write
    error: tuple[str, str] | None = None  # its title, and what is wrong
    only_warns: bool = False


def check_column(sheet: "Worksheet", column: int, rows: tuple[int, int], check: ColumnCheck) -> None:
    """Has Excel check a column from the first of the rows to the last."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    first, second = (*check.formulas, None, None)[:2]
    rule = DataValidation(check.type, formula1=first, formula2=second, operator="between" if second else None)
    rule.allow_blank = rule.showInputMessage = True
    rule.promptTitle, rule.prompt = check.prompt
    if check.error:
        rule.showErrorMessage = True
        rule.errorTitle, rule.error = check.error
    if check.only_warns:
        rule.errorStyle = "warning"
    letter = get_column_letter(column)
    rule.add(f"{letter}{rows[0]}:{letter}{rows[1]}")
    sheet.add_data_validation(rule)


def save(book: "Workbook", file: Path) -> None:
    """Writes a workbook whole or not at all; raises FileBusy."""
    whole = io.BytesIO()
    book.save(whole)
    with replacing(file) as draft:
        draft.write_bytes(whole.getvalue())
