"""The form of a round: what the ledger holds of a unit's communes, to be corrected and added to, and sent back.

Its words are Vietnamese in any language of the program: it goes from office to office. None of them may deny what the
rows tell (`denials`), nor may the headings need --map.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from ntmtrack.excel import AS_DAY, AS_TEXT, AS_WHOLE, DAY_0, FONT
from ntmtrack.spreadsheets.xlsx_style import (
    BLANK_COLOUR,
    ColumnCheck,
    FormColumn,
    check_column,
    dress,
    dress_heading,
    offered,
    set_page,
    set_widths,
)

MARK_WORDS = "Mã biểu"
_FORM, _LISTS = "Danh sách", "Danh mục"
_HEAD = 9  # the row of the headings, counted from 1
_SPARE, _SPARE_OF_ONE = 10, 6  # rows left to be filled in at least, of many communes and of one
_ON_ONE_PAGE = 24  # rows that are printed on one page with the signatures, a little smaller
_ON_FIRST, _ON_NEXT, _SIGNED = 25, 33, 6  # rows on the first page and on each further one; the room of the signatures
_BESIDE_SIGNED = 5  # rows that stand with the signatures at least
_LEFT, _RIGHT = (1, 3), (6, 10)  # the columns of the sender and of what is asked
_LINE, _NOTE = 18, 36  # heights of rows in points
_ON_ONE_LINE = 36  # letters of a unit's name


class FormRow(NamedTuple):
    """A unit with one of its recognitions; only the unit where none is on record. A partial day is a text."""

    unit: str
    level: str = ""
    year: int | None = None
    act: str = ""
    number: str = ""
    signed_on: date | str | None = None
    issuer: str = ""
    announced_on: date | str | None = None


class FormTerms(NamedTuple):
    """What all forms of a round share: whose it is, by when and to whom to reply, what may be chosen."""

    sender: Sequence[str]  # the one above it first
    told_on: date  # the day that the rows hold of
    deadline: str  # in words; "" for none
    contact: str
    levels: Sequence[str]
    acts: Sequence[str]
    first_year: int
    last_year: int


class RoundForm(NamedTuple):
    """One form: its file, whom it asks (by title), the code by which it is recognised, units to choose from, rows."""

    file: Path
    asked: str
    code: str
    units: Sequence[str]
    rows: Sequence[FormRow]
    properties: Mapping[str, str]


_COLUMNS = (
    FormColumn("STT", 5, AS_WHOLE),
    FormColumn("Đơn vị", 33, AS_TEXT, "Chọn trong danh sách; mỗi dòng một đơn vị, một mức."),
    FormColumn("Mức", 16, AS_TEXT, "Chọn trong danh sách."),
    FormColumn("Năm đạt chuẩn", 9, AS_WHOLE, "Năm được công nhận: chọn, hoặc ghi bốn chữ số."),
    FormColumn("Hình thức công nhận", 13, AS_TEXT, "Chọn trong danh sách."),
    FormColumn("Số quyết định", 18, AS_TEXT, "Đủ ký hiệu, ví dụ 2903/QĐ-UBND."),
    FormColumn("Ngày ký", 12, AS_DAY, "Ngày/tháng/năm, ví dụ 20/12/2024."),
    FormColumn("Cơ quan ban hành", 22, AS_TEXT, "Ví dụ UBND tỉnh."),
    FormColumn("Ngày công bố", 12, AS_DAY, "Ngày/tháng/năm, nếu biết."),
    FormColumn("Ghi chú", 18, AS_TEXT),
)
_UNIT, _LEVEL, _YEAR, _ACT, _DAYS, _LAST = 2, 3, 4, 5, (7, 9), 10  # columns counted from 1


def make_book(form: RoundForm, terms: FormTerms) -> bytes:
    """The workbook of a form."""
    import io

    from openpyxl import Workbook

    from ntmtrack.spreadsheets.properties import put_stamp

    book = Workbook()
    sheet: Any = book.active
    sheet.title = _FORM
    rows = rows_in_all(len(form.rows), _SPARE if len(form.units) > 1 else _SPARE_OF_ONE)
    last = _write_rows(sheet, form, rows)
    _write_head(sheet, form, terms)
    _write_signatures(sheet, last + 2)
    set_page(sheet, _HEAD, f"C{_HEAD + 1}")  # below the headings, right of the units
    if rows <= _ON_ONE_PAGE:
        sheet.page_setup.fitToHeight = 1
    sheet.oddFooter.right.text, sheet.oddFooter.right.font = "Trang &P/&N", FONT
    lists = book.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    for column, check in _checks(form, terms, lists):
        check_column(sheet, column, (_HEAD + 1, last), check)
    put_stamp(book, form.properties)
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def rows_in_all(filled: int, spare: int) -> int:
    """How many rows a form has: none is printed on a page of its own, nor are the signatures alone."""
    rows = max(filled + _SPARE_OF_ONE, min(filled + spare, _ON_ONE_PAGE))
    if rows > _ON_ONE_PAGE:
        rows = filled + spare
    on_last = (rows - _ON_FIRST) % _ON_NEXT
    if rows <= _ON_ONE_PAGE or _BESIDE_SIGNED <= on_last <= _ON_NEXT - _SIGNED:
        return rows
    return rows + (_BESIDE_SIGNED - on_last) % _ON_NEXT


def _write_head(sheet: Any, form: RoundForm, terms: FormTerms) -> None:
    """Whose form it is and when it is due, what it is of, how it is filled in; each line in cells of its own."""
    above, own = (*terms.sender[:-1], "")[0], terms.sender[-1]
    _across(sheet, 1, _LEFT, above.upper(), across="center")
    _across(sheet, 2, _LEFT, own.upper(), across="center", bold=True)
    _across(sheet, 3, _LEFT, f"{MARK_WORDS}: {form.code}", across="center", italic=True, size=10)
    asked = [f"Đơn vị báo cáo: {form.asked}", f"Nơi nhận: {own}"]
    asked += [f"Hạn gửi: ngày {terms.deadline}"] if terms.deadline else []
    asked += [f"Liên hệ: {terms.contact}"] if terms.contact else []
    for row, text in enumerate(asked, 1):
        _across(sheet, row, _RIGHT, text, bold=text.startswith("Hạn gửi"))
    title = "RÀ SOÁT KẾT QUẢ CÔNG NHẬN ĐẠT CHUẨN NÔNG THÔN MỚI"
    _across(sheet, 6, (1, _LAST), title, across="center", bold=True, size=14)
    _across(sheet, 7, (1, _LAST), f"Số liệu đến ngày {_day(terms.told_on)}", across="center", italic=True)
    due = f", chậm nhất ngày {terms.deadline}" if terms.deadline else ""
    ways = (
        "Cách ghi: sửa ngay trên dòng đã ghi sẵn nếu có sai khác; ghi thêm kết quả mới vào dòng trống, mỗi đơn vị, mỗi"
        f" mức một dòng (chèn thêm dòng được); giữ nguyên dòng tiêu đề. Gửi tệp này về {own}{due}."
    )
    _across(sheet, 8, (1, _LAST), ways, wrap=True, down="center")
    sheet.row_dimensions[8].height = _NOTE


def _write_rows(sheet: Any, form: RoundForm, rows: int) -> int:
    """The headings, what is on record, rows to be filled in; gives the last of them."""
    for column, about in enumerate(_COLUMNS, 1):
        dress_heading(sheet.cell(_HEAD, column), about.heading)
    sheet.row_dimensions[_HEAD].height = 2 * _LINE
    for place, row in enumerate([*form.rows, *[FormRow("")] * (rows - len(form.rows))], 1):
        for column, (about, value) in enumerate(zip(_COLUMNS, (place, *row, None), strict=True), 1):
            across = "center" if column in (1, _YEAR, *_DAYS) else None
            colour = "" if row.level or column == 1 or (row.unit and column == _UNIT) else BLANK_COLOUR
            look = {"across": across, "down": "center", "wrap": column > 1, "framed": True, "colour": colour}
            number = AS_TEXT if isinstance(value, str) else about.format
            dress(sheet.cell(_HEAD + place, column), value or None, number, **look)
        if len(row.unit) < _ON_ONE_LINE:  # a longer name has the height that it takes
            sheet.row_dimensions[_HEAD + place].height = _LINE
    set_widths(sheet, (about.width for about in _COLUMNS))
    return _HEAD + rows


def _write_signatures(sheet: Any, row: int) -> None:
    _across(sheet, row, _RIGHT, "………, ngày …… tháng …… năm ………", across="center", italic=True)
    _across(sheet, row + 1, _LEFT, "NGƯỜI LẬP BIỂU", across="center", bold=True)
    _across(sheet, row + 1, _RIGHT, "THỦ TRƯỞNG ĐƠN VỊ", across="center", bold=True)
    _across(sheet, row + 2, _LEFT, "(Ký, ghi rõ họ tên)", across="center", italic=True)
    _across(sheet, row + 2, _RIGHT, "(Ký, đóng dấu, ghi rõ họ tên)", across="center", italic=True)


def _across(sheet: Any, row: int, columns: tuple[int, int], text: str, **look: Any) -> None:
    """One text over several cells of a row."""
    dress(sheet.cell(row, columns[0]), text or None, **{"size": 12, **look})
    sheet.merge_cells(start_row=row, end_row=row, start_column=columns[0], end_column=columns[1])


def _checks(form: RoundForm, terms: FormTerms, lists: Any) -> Iterator[tuple[int, ColumnCheck]]:
    """What each column takes; a warning only, so that what an office must write it can."""
    first, last = terms.first_year, terms.last_year
    days = [str((day - DAY_0).days) for day in (date(first, 1, 1), date(last, 12, 31))]

    def check(column: int, kind: Any, formulas: Sequence[str], says: str) -> tuple[int, ColumnCheck]:
        about = _COLUMNS[column - 1]
        return column, ColumnCheck(kind, formulas, (about.heading, about.about), ("Xem lại", says), only_warns=True)

    years = range(last, first - 1, -1)
    choices: Mapping[int, Sequence[str | int]] = {
        _UNIT: form.units,
        _LEVEL: terms.levels,
        _YEAR: years,
        _ACT: terms.acts,
    }
    for place, (column, words) in enumerate(choices.items(), 1):
        yield check(column, "list", [offered(lists, place, words)], "Chọn trong danh sách.")
    for column in _DAYS:
        yield check(column, "date", days, "Ghi ngày/tháng/năm, ví dụ 20/12/2024.")


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"
