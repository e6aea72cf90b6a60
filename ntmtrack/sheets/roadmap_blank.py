"""The blank form of a roadmap: its head filled in, a row for each line and year, words to choose from, a guide.

Its words are Vietnamese in any language of the program: it goes from office to office. `roadmap_form` reads it back.
"""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ntmtrack.model import Programme, Tier
from ntmtrack.roadmaps.keys import HEAD
from ntmtrack.roadmaps.words import MEASURE_WORDS, WORDS, first_words
from ntmtrack.sheets.roadmap_words import ABOUT, GUIDE, HEAD_LABELS, LABELS, guide
from ntmtrack.writing import replacing

if TYPE_CHECKING:
    from openpyxl import Workbook

FORM, LISTS = "Lộ trình", "Danh mục"
_TITLE = "LỘ TRÌNH XÂY DỰNG NÔNG THÔN MỚI"
_HOW = "Ghi con số đúng như văn bản in; dòng không có số thì để trống. Cách ghi từng cột: trang “Hướng dẫn”."
_FONT, _GREY, _PALE = "Times New Roman", "FFD9E1F2", "FFF2F2F2"
_TEXT = "@"  # or Excel makes days of 5/15 and 01-02
_SPARE_ROWS = 15
_HEIGHT = 17  # of a row, in points: the marks below a letter are not cut
# The columns that most plans need, with their widths in letters; any other may be added by its heading.
_COLUMNS: Mapping[str, float] = {
    **{"tier": 20, "measure": 20, "year": 8, "nature": 10, "span": 13, "operator": 9},
    **{"added": 8, "cumulative": 9, "total": 8, "percent": 8, "share_of": 12},
    **{"name": 24, "value": 8, "counted_in": 12, "units": 22, "note": 16, "cite": 22},
}
_FIGURES = ("added", "cumulative", "total", "percent", "value", "year")
_WRAPPED = ("measure", "span", "name", "counted_in", "units", "note", "cite")


class Blank(NamedTuple):
    """What is known of a roadmap before it is written: its head by the keys of plan files, and what it counts."""

    head: Mapping[str, str | int]
    programme: Programme
    tiers: Sequence[Tier]


def write_blank(file: Path, blank: Blank) -> int:
    """Writes the form whole or not at all and gives the number of its rows; raises FileBusy."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = FORM
    top = _write_head(sheet, blank)
    rows = _rows(blank)
    _write_headings(sheet, top)
    for number in range(len(rows) + _SPARE_ROWS):
        _write_row(sheet, top + 1 + number, rows[number] if number < len(rows) else {})
    _lay_out(sheet, top)
    _write_guide(book)
    _validate(book, sheet, blank, top, top + len(rows) + _SPARE_ROWS)
    whole = io.BytesIO()
    book.save(whole)
    with replacing(file) as draft:
        draft.write_bytes(whole.getvalue())
    return len(rows)


def _rows(blank: Blank) -> list[dict[str, str | int]]:
    """A row for each year of each level of each tier, and one for the whole period."""
    own, tiers = blank.programme, first_words(WORDS["tier"])
    whole: dict[str, str | int] = {"year": own.last_year, "span": first_words(WORDS["span"])["period"]}
    times: list[dict[str, str | int]] = [{"year": year} for year in range(own.first_year, own.last_year + 1)]
    return [
        {"tier": tiers[tier], "measure": level.name, **time}
        for tier in blank.tiers
        for level in own.levels_of(tier)
        for time in (*times, whole)
    ]


def _write_head(sheet: Any, blank: Blank) -> int:
    """The title and the pairs of label and value; the row of the headings below them."""
    from openpyxl.styles import Alignment, Font, PatternFill

    for row, text, font in (
        (1, _TITLE, Font(name=_FONT, size=14, bold=True)),
        (2, _HOW, Font(name=_FONT, italic=True)),
    ):
        cell = sheet.cell(row, 1)
        cell.value = text
        cell.font = font
    for row, (key, label) in enumerate(HEAD_LABELS.items(), 4):
        name, value = sheet.cell(row, 1), sheet.cell(row, 2)
        name.value, value.value = label, blank.head.get(key)
        name.font, value.font = Font(name=_FONT, size=12, bold=True), Font(name=_FONT, size=12)
        value.number_format = "0" if isinstance(value.value, int) else _TEXT
        value.alignment = Alignment(horizontal="left")
        if value.value is None and HEAD[key].needed:
            value.fill = PatternFill("solid", start_color=_PALE, end_color=_PALE)
    return 4 + len(HEAD_LABELS) + 1


def _write_headings(sheet: Any, top: int) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for column, key in enumerate(_COLUMNS, 1):
        cell = sheet.cell(top, column)
        cell.value = LABELS[key]
        cell.font, cell.border = Font(name=_FONT, size=12, bold=True), _border()
        cell.fill = PatternFill("solid", start_color=_GREY, end_color=_GREY)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _write_row(sheet: Any, row: int, values: Mapping[str, str | int]) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.row_dimensions[row].height = _HEIGHT
    for column, key in enumerate(_COLUMNS, 1):
        cell = sheet.cell(row, column)
        cell.value = values.get(key)
        cell.font, cell.border = Font(name=_FONT, size=12), _border()
        cell.number_format = "0" if isinstance(cell.value, int) else _TEXT
        across = "center" if key in _FIGURES or key == "operator" else None
        cell.alignment = Alignment(horizontal=across, vertical="top", wrap_text=key in _WRAPPED)


def _border() -> Any:
    from openpyxl.styles import Border, Side

    thin = Side(style="thin")
    return Border(left=thin, right=thin, top=thin, bottom=thin)


def _lay_out(sheet: Any, top: int) -> None:
    from openpyxl.utils import get_column_letter

    for column, width in enumerate(_COLUMNS.values(), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[top].height = 48
    sheet.freeze_panes = f"D{top + 1}"  # below the headings, right of line and year
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4


def _write_guide(book: "Workbook") -> None:
    """What stands in each cell and column, also in those that the form leaves out."""
    from openpyxl.styles import Alignment, Font

    sheet: Any = book.create_sheet(GUIDE)
    for row, texts in enumerate(guide(), 1):
        for column, text in enumerate(texts, 1):
            cell = sheet.cell(row, column)
            cell.value = text or None
            cell.font = Font(name=_FONT, size=12, bold=row == 1 or column == 1)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for letter, width in zip("ABC", (22, 70, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _validate(book: "Workbook", sheet: Any, blank: Blank, top: int, last: int) -> None:
    """Words to choose from, and what each column takes as a prompt; a word of one's own is warned of, not refused."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    for column, key in enumerate(_COLUMNS, 1):
        words, letter = _words(key, blank.programme), get_column_letter(column)
        for row, word in enumerate(words, 1):
            cell = lists.cell(row, column)
            cell.value, cell.data_type = word, "s"  # or "=" would be a formula
        source = f"'{LISTS}'!${letter}$1:${letter}${len(words)}" if words else None
        check = DataValidation("list" if words else None, formula1=source, allow_blank=True)
        check.promptTitle, check.prompt, check.showInputMessage = LABELS[key], ABOUT[key], True
        check.errorStyle, check.showErrorMessage = "warning", bool(words) and key != "measure"
        check.errorTitle, check.error = "Từ lạ", "Nên chọn một từ trong danh sách."
        check.add(f"{letter}{top + 1}:{letter}{last}")
        sheet.add_data_validation(check)


def _words(key: str, own: Programme) -> list[str]:
    if key == "measure":
        return [*(level.name for level in own.levels), *first_words(MEASURE_WORDS).values()]
    return list(first_words(WORDS[key]).values()) if key in WORDS else []
