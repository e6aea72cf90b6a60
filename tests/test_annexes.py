"""What is signed, whatever the ledger: official words · nothing of the program · no verdict · no empty column, no row
of dashes · every link leads somewhere · one letterhead, then numbered annexes."""

import re
from functools import cache

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from ntmtrack.commands.annexes import on_paper
from ntmtrack.reports import CellKind, Column, LabelledCode, Report, Table
from tests.running import begin, run
from tests.test_workbook import numbered, row_of, texts

NO_PAPER = re.compile(
    r"\b(?:sổ|Sổ|SỔ|khoá|khóa|KHOÁ|KHÓA|ntmtrack)\b|vân tay|--[a-z]|thao tác|lượt công nhận|[Đđ]ộ tin cậy"
    r"|[Dd]anh hiệu|hôm nay|phiên bản|[0-9a-f]{4}-[0-9a-f]{4}-|trang “|\bNone\b|[Ll]ũy"
)
VERDICTS = {"vượt", "đạt", "sát", "chậm", "rất chậm", "chưa có số liệu", "chưa đến hạn", "đã ghi", "có nguồn"}


def revoked():
    for level in ("nang-cao", "ntm"):
        run(
            "revoke", "Ngọc Thuận", "--level", level, "--date", "1/6/2024", "--decision", "9/QĐ-UBND", "--reason", "rớt"
        )


def carried():
    assert run("rearrange", "--national", "--yes").code == 0
    assert run("carry", "--take", "--decision", "301/QĐ-UBND", "--date", "15/10/2025", "--yes").code == 0
    assert run("record", "Tân Hội", "--level", "ntm", "--year", "2026", "--decision", "4/QĐ-UBND").code == 0


def without_a_plan():
    begin("Hưng Yên")
    run("record", "Trưng Trắc", "--level", "ntm", "--year", "2020")


def planned_for_the_end():
    begin("Thái Bình")
    run("record", "Quỳnh Mỹ", "--level", "ntm", "--year", "2023")


def two_provinces():
    for province in ("Kiên Giang", "Lai Châu"):
        begin(province)
    run("record", "30838", "--level", "ntm", "--year", "2023")


def of_today():
    run("init", "--province", "An Giang")


LEDGERS = {
    "the sample": (True, lambda: None, ["--year", "2024"]),
    "a district": (True, lambda: None, ["--year", "2024", "--scope", "huyện Hòn Đất"]),
    "by day of decision": (True, lambda: None, ["--year", "2023", "--basis", "decision"]),
    "revoked": (True, revoked, ["--year", "2024"]),
    "as known": (True, revoked, ["--year", "2024", "--as-known", "21/11/2026"]),
    "carried": (True, carried, ["--year", "2026"]),
    "without a plan": (False, without_a_plan, ["--year", "2023"]),
    "planned for the end": (False, planned_for_the_end, ["--year", "2023"]),
    "two provinces": (False, two_provinces, ["--year", "2023"]),
    "nothing yet": (False, of_today, []),
    "a year to come": (False, of_today, ["--year", "2030"]),
}


@cache
def exported(name):
    """What fills an office with a ledger and its report."""
    _is_sample, make, asked = LEDGERS[name]

    def fill():
        make()
        done = run("export", "r.xlsx", *asked)
        assert done.code == 0, done.err

    return fill


@pytest.fixture(params=LEDGERS)
def book(request, once):
    if LEDGERS[request.param][0]:
        request.getfixturevalue("demo")
    once(exported(request.param))
    return openpyxl.load_workbook("r.xlsx")


def tables(sheet):
    """The bodies of the tables of a sheet: rows of cells beneath the column numbers, up to a row that is blank."""
    rows = texts(sheet)
    for at, row in enumerate(rows):
        if row[0] == "(1)":
            width = sum(cell is not None for cell in row)
            body = []
            for below in rows[at + 1 :]:
                if all(cell is None for cell in below):
                    break
                body.append(below[:width])
            yield body


def test_what_is_signed(book):
    for name, sheet in zip(book.sheetnames, book, strict=True):
        assert " · " not in str(texts(sheet)[:6])
        for row in texts(sheet):
            for cell in row:
                found = NO_PAPER.search(str(cell)) if cell is not None else None
                assert not found, (name, found, cell)
                assert str(cell).strip() not in VERDICTS, (name, row)
        for body in tables(sheet):
            sums = [row for row in body if "Tổng cộng" in row]
            for column in zip(*(row for row in body if row not in sums), strict=True):
                assert {*column} - {None, "", "–"}, (name, body[:2])
            for row in body:
                assert {*row[1:]} - {None, "", "–"}, (name, row)


def test_its_links_and_its_numbering(book):
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink):
            name, area = re.fullmatch(r"'(.+)'!(.+)", cell.hyperlink.location).groups()
            left, first, right, last = range_boundaries(area)
            assert last <= book[name].max_row
            assert right <= book[name].max_column
            assert left <= right
            assert first <= last
    first, *annexes = book
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in str(texts(first)[:3])
    numbers = [f" {number}" for number in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")]
    expected = [f"Phụ lục{number}" for number in (numbers if len(annexes) > 1 else [""])][: len(annexes)]
    assert [sheet["A1"].value for sheet in annexes] == expected


@pytest.mark.usefixtures("demo")
def test_options_that_do_not_go_together_are_refused(office):
    openpyxl.Workbook().save("mau.xlsx")
    refused = run("export", "r.xlsx", "--template", "mau.xlsx", "--with-status")
    assert (refused.code, (office / "r.xlsx").exists()) == (2, False)


@pytest.mark.usefixtures("demo")
def test_who_was_revoked_is_told_among_the_remarks():
    revoked()
    run("export", "r.xlsx", "--year", "2024")
    book = openpyxl.load_workbook("r.xlsx")
    head = next(row for row in texts(book["Danh sách"]) if "Ghi chú" in row)
    told = row_of(book["Danh sách"], "Xã Ngọc Thuận")[head.index("Ghi chú")]
    assert "đã thu hồi NTM nâng cao 01/06/2024 · 9/QĐ-UBND: rớt" in told.replace(", ", " · ")


@pytest.mark.usefixtures("demo")
def test_how_sure_a_row_is_stands_in_its_remark_only_where_it_is_not_plain():
    run("export", "r.xlsx", "--year", "2024")
    sheet = openpyxl.load_workbook("r.xlsx")["Mới trong năm"]
    remarks = [row[-1] for row in numbered(sheet)]
    assert {*remarks} == {None, "MINH HOẠ", "suy ra"}
    shown = str(texts(sheet))
    for mark in ("MINH HOẠ", "suy ra"):
        assert f"Các dòng ghi “{mark}” ({remarks.count(mark)} dòng)" in shown


@pytest.mark.usefixtures("office")
def test_the_figure_of_a_later_year_stands_with_the_working_sheets():
    planned_for_the_end()
    run("export", "r.xlsx", "--year", "2023", "--working")
    assert "2025" not in str([body for body in tables(openpyxl.load_workbook("r.xlsx")["Tổng hợp"])])
    working = openpyxl.load_workbook("r (số liệu làm việc).xlsx")["Đối chiếu thêm"]
    assert any(row[:2] == ["Xã đạt chuẩn NTM nâng cao", 2025] for row in texts(working))


@pytest.mark.usefixtures("demo")
def test_the_last_text_of_a_narrower_table_has_the_room_of_the_wider_one():
    revoked()
    run("export", "r.xlsx", "--year", "2024")
    sheet = openpyxl.load_workbook("r.xlsx")["Mới trong năm"]
    (head,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "Lý do"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {f"F{row}:J{row}" for row in range(head.row, head.row + 4)} <= merged  # headings, numbers, two rows
    assert sheet.cell(head.row + 2, 6).value == "Thu hồi; 01/06/2024 · 9/QĐ-UBND: rớt"


@pytest.mark.usefixtures("demo")
def test_headings_go_on_over_the_pages_of_the_last_table():
    carried()
    run("export", "r.xlsx", "--year", "2026")
    sheet = openpyxl.load_workbook("r.xlsx")["Sau sắp xếp"]
    (head,) = [cell.row for row in sheet.iter_rows() for cell in row if cell.value == "Đơn vị mới"]
    assert sheet.print_title_rows == f"${head}:${head + 1}"
    assert sheet.freeze_panes is None


@pytest.mark.usefixtures("office")
def test_sentences_on_a_paper_are_of_its_year():
    planned_for_the_end()
    assert "năm 2025" in run("progress", "--year", "2023", "--text").out
    run("export", "r.xlsx", "--year", "2023")
    first = texts(openpyxl.load_workbook("r.xlsx")["Tổng hợp"])
    assert not [row[0] for row in first if "2025" in str(row[0]) and "danh sách xã" not in str(row[0])]
    assert [row[0] for row in first if row[0] in ("Kết quả thực hiện", "Tiến độ so với lộ trình")] == [
        "Kết quả thực hiện"
    ]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("more", [(), ("--with-status",)])
def test_no_gap_before_the_day_of_the_plan(more):
    """What is still to be done in a year is told in a sentence; a gap would pass a verdict on it."""
    assert run("export", "r.xlsx", "--as-of", "30/06/2024", *more).code == 0
    book = openpyxl.load_workbook("r.xlsx")
    assert "−15" not in str(texts(book["Tổng hợp"]))
    rows = texts(book["Lộ trình"])
    gap = next(row for row in rows if "Chênh lệch" in row).index("Chênh lệch")
    first = next(place for place, row in enumerate(rows) if row[0] == "Xã đạt chuẩn NTM nâng cao")
    of_level = {row[1]: row[gap] for row in rows[first : first + 5]}
    assert (of_level[2023] == "–", of_level[2024]) == (False, "–")
    assert "−15" in run("progress", "--as-of", "30/06/2024").out  # which says beside it that it is not due


def test_a_column_in_which_people_see_anything_is_kept_wherever_machines_are_told_nothing():
    told, blank = LabelledCode(None, "(khoảng 12 hay 8)"), LabelledCode(None, "")
    columns = [Column(key, key) for key in ("line", "plan", "gap", "actual")]
    table = Table("lines", "", columns, [["x", told, None, blank], ["y", None, None, 0]])
    assert [column.key for column in table.told().columns] == ["line", "plan", "actual"]
    assert [column.key for column in table._replace(rows=[]).told().columns] == ["line", "plan", "gap", "actual"]
    (paper,) = on_paper(Report("r", "", [table]), "tỉnh Thử").tables
    assert [column.key for column in paper.columns] == ["line", "plan", "actual"]


def test_texts_of_a_paper_begin_with_a_capital_letter_and_tell_machines_the_same():
    columns = [Column("name", "", CellKind.TEXT), Column("remark", "", CellKind.TEXT), Column("code", "", CellKind.KEY)]
    rows = [["thành phố Hà Tiên", "suy ra", "x1"], [LabelledCode("ntm", "đạt chuẩn NTM"), None, "x2"]]
    (paper,) = on_paper(Report("r", "", [Table("t", "", columns, rows)]), "tỉnh Thử").tables
    assert paper.rows[0] == ["Thành phố Hà Tiên", "suy ra", "x1"]
    assert (paper.rows[1][0], paper.rows[1][0].label) == ("ntm", "Đạt chuẩn NTM")
