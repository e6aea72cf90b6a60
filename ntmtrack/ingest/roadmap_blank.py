"""The blank form of a roadmap: its head filled in, a row for each line and year, words to choose from, a guide."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ntmtrack.excel import AS_TEXT, AS_WHOLE
from ntmtrack.ingest.roadmap_words import ABOUT, GUIDE, HEAD_LABELS, LABELS, guide
from ntmtrack.model import Programme, Tier
from ntmtrack.roadmaps.keys import HEAD
from ntmtrack.roadmaps.words import MEASURE_WORDS, WORDS, first_words
from ntmtrack.spreadsheets.xlsx_style import (
    BLANK_COLOUR,
    ColumnCheck,
    check_column,
    dress,
    dress_heading,
    fit_width,
    offered,
    save,
    set_page,
    set_widths,
)

if TYPE_CHECKING:
    from openpyxl import Workbook


FORM, LISTS = "Lộ trình", "Danh mục"
_TITLE = "LỘ TRÌNH XÂY DỰNG NÔNG THÔN MỚI"
_HOW = "Ghi con số đúng như văn bản in; dòng không có số thì để trống. Cách ghi từng cột: trang “Hướng dẫn”."
_SPARE_ROWS = 15
_HEAD_HEIGHT, _HEIGHT = 48, 17  # of rows, in points: the marks below a letter are not cut
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
    _write_table(sheet, top, rows)
    _write_guide(book)
    _check(book, sheet, blank.programme, (top + 1, top + len(rows) + _SPARE_ROWS))
    save(book, file)
    return len(rows)


def _rows(blank: Blank) -> list[dict[str, str | int]]:
    """A row for each year of each level of each tier, and one for the whole period."""
    programme, tiers = blank.programme, first_words(WORDS["tier"])
    whole: dict[str, str | int] = {"year": programme.last_year, "span": first_words(WORDS["span"])["period"]}
    times: list[dict[str, str | int]] = [
        {"year": year} for year in range(programme.first_year, programme.last_year + 1)
    ]
    return [
        {"tier": tiers[tier], "measure": level.name, **time}
        for tier in blank.tiers
        for level in programme.levels_of(tier)
        for time in (*times, whole)
    ]


def _write_head(sheet: Any, blank: Blank) -> int:
    """The title and the pairs of label and value; the row of the headings below them."""
    dress(sheet.cell(1, 1), _TITLE, size=14, bold=True)
    dress(sheet.cell(2, 1), _HOW, size=None, italic=True)
    for row, (key, label) in enumerate(HEAD_LABELS.items(), 4):
        value = blank.head.get(key)
        colour = BLANK_COLOUR if value is None and HEAD[key].needed else ""
        dress(sheet.cell(row, 1), label, bold=True)
        dress(sheet.cell(row, 2), value, _format(value), across="left", colour=colour)
    return 4 + len(HEAD_LABELS) + 1


def _format(value: object) -> str:
    """How a cell shows what is typed into it: as text, or Excel makes days of 5/15 and 01-02."""
    return AS_WHOLE if isinstance(value, int) else AS_TEXT


def _write_table(sheet: Any, top: int, rows: Sequence[Mapping[str, str | int]]) -> None:
    """The headings, the rows, and some spare ones below."""
    for column, key in enumerate(_COLUMNS, 1):
        dress_heading(sheet.cell(top, column), LABELS[key])
        across = "center" if key in _FIGURES or key == "operator" else None
        for row, values in enumerate([*rows, *[{}] * _SPARE_ROWS], top + 1):
            value, look = values.get(key), {"across": across, "down": "top", "wrap": key in _WRAPPED}
            dress(sheet.cell(row, column), value, _format(value), framed=True, **look)
    set_widths(sheet, _COLUMNS.values())
    sheet.row_dimensions[top].height = _HEAD_HEIGHT
    for row in range(top + 1, top + 1 + len(rows) + _SPARE_ROWS):
        sheet.row_dimensions[row].height = _HEIGHT
    set_page(sheet, top, f"D{top + 1}")  # below the headings, right of line and year


def _write_guide(book: "Workbook") -> None:
    """What stands in each cell and column, also in those that the form leaves out."""
    sheet: Any = book.create_sheet(GUIDE)
    for row, texts in enumerate(guide(), 1):
        for column, text in enumerate(texts, 1):
            is_head = row == 1 or column == 1
            dress(sheet.cell(row, column), text or None, bold=is_head, down="top", wrap=True)
    set_widths(sheet, (22, 70, 60))
    fit_width(sheet)


def _check(book: "Workbook", sheet: Any, programme: Programme, rows: tuple[int, int]) -> None:
    """Words to choose from, and what each column takes as a prompt; a word of one's own is warned of, not refused."""
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    for column, key in enumerate(_COLUMNS, 1):
        words = _words(key, programme)
        formulas = [offered(lists, column, words)] if words else []
        error = ("Từ lạ", "Nên chọn một từ trong danh sách.") if words and key != "measure" else None
        check = ColumnCheck("list" if words else None, formulas, (LABELS[key], ABOUT[key]), error, only_warns=True)
        check_column(sheet, column, rows, check)


def _words(key: str, programme: Programme) -> list[str]:
    if key == "measure":
        return [*(level.name for level in programme.levels), *first_words(MEASURE_WORDS).values()]
    return list(first_words(WORDS[key]).values()) if key in WORDS else []
