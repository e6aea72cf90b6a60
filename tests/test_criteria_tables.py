"""A criteria set as a table: written and taken in again it changes nothing · what is filled in is kept, corrected,
taken out, undone · a row that was told since the table was written stays · codes that Excel cut are asked about ·
every fault with its cell, nothing half written · a province's own rows hold for it alone."""

from pathlib import Path

import openpyxl
import pytest

from ntmtrack.assessment import ToldResults, concluded
from ntmtrack.commands.criteria_sets import known_set
from ntmtrack.programmes.criteria import Verified
from ntmtrack.programmes.criteria.files import criteria_set, set_keys
from ntmtrack.storage.chain import fingerprint
from ntmtrack.storage.open import reading
from ntmtrack.storage.queries.criteria import office_criteria
from tests.places import our_ledger
from tests.running import begin, run

NEW = "2026-2030/xa-ntm"
HEADINGS = "Mã;Tên;Áp dụng cho;Năm;Dấu;Ngưỡng;Đơn vị;Đã đối chiếu;Căn cứ;Từ ngày"
FILLABLE = [key for key in set_keys() if not criteria_set(key).of and criteria_set(key).criteria]


def done(*argv):
    result = run(*argv)
    assert result.code == 0, result.both
    return result.both


@pytest.fixture
def an_giang(office):
    begin("An Giang", "2026-2030")
    return office


def table(name, *rows, heading=HEADINGS):
    """A table typed by hand: a row a text, its cells parted by semicolons."""
    book = openpyxl.Workbook()
    for row in (heading, *rows):
        book.active.append([cell or None for cell in row.split(";")] if isinstance(row, str) else row)
    book.save(name)
    return name


def edit(name, new, change):
    """Another copy of a table, its rows below the headings as `change` makes them of lists of cells."""
    book = openpyxl.load_workbook(name)
    sheet = book.active
    top = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "Mã")
    rows = change([[cell.value for cell in row] for row in sheet.iter_rows(min_row=top + 1)])
    sheet.delete_rows(top + 1, sheet.max_row)
    for row in rows:
        sheet.append(row)
    book.save(new)


def counts(out):
    return next(line for line in out.splitlines() if "không đổi" in line)


def kept(key=NEW):
    with reading(our_ledger()) as connection:
        return {(row.code, row.applies_to, row.year, row.since): row for row in office_criteria(connection, key)}


def facts():
    with reading(our_ledger()) as connection:
        return fingerprint(connection)


def of_office(day="2026-11-21", province=None):
    with reading(our_ledger()) as connection:
        return known_set(connection, NEW, day, province)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("key", FILLABLE)
def test_a_table_that_is_taken_in_unchanged_changes_nothing(an_giang, key, ending):
    done("criteria", "export", key, "-o", f"bo.{ending}")
    told = done("criteria", "import", f"bo.{ending}", "--yes")
    assert "mới 0 · sửa 0 · " in counts(told)
    assert "sai 0" in counts(told)
    assert kept(key) == {}


def test_a_code_that_is_typed_into_the_table_stays_text(an_giang):
    done("criteria", "export", NEW, "-o", "bo.xlsx")
    sheet = openpyxl.load_workbook("bo.xlsx").worksheets[0]
    assert sheet.column_dimensions["A"].number_format == "@"


def test_what_an_office_fills_in_is_kept_and_written_and_taken_in_again(an_giang):
    done("criteria", "export", NEW, "-o", "bo.xlsx")

    def fill(rows):
        rows = [["3.1", *row[1:7], "x", *row[8:]] if row[0] == "3.a" else row for row in rows]
        rows.append(["3.1", None, "nhóm 1", 2026, "≥", 8, "%", "x", None, None])
        rows.append(["3.1", None, "nhóm 2; nhóm 3", 2026, None, "tối thiểu 7,5%", None, "x", None, None])
        return [*rows, ["TC 4.1", "Lao động qua đào tạo", "3", None, "≥", "40", "%", None, None, "1/6/2026"]]

    edit("bo.xlsx", "dien.xlsx", fill)
    before = facts()
    done("criteria", "import", "dien.xlsx", "--yes", "--decision", "12/QĐ-UBND", "--date", "3/3/2026")
    found = kept()
    assert set(found) == {
        ("3.1", None, None, None),
        ("3.1", "nhóm 1", 2026, None),
        ("3.1", "nhóm 2", 2026, None),
        ("3.1", "nhóm 3", 2026, None),
        ("4.1", None, None, "2026-06-01"),
        ("4.1", "nhóm 3", None, "2026-06-01"),
    }
    assert {row.decision.number for row in found.values()} == {"12/QĐ-UBND"}
    assert found["3.1", "nhóm 2", 2026, None].threshold == "7,5"
    of_set = of_office()
    third = of_set.criterion_of("3.1")
    assert [content.code for content in third.contents] == ["3.1", "3.b", "3.c"]  # its number took the letter's place
    assert third.contents[0].compulsory
    assert third.contents[0].verified is Verified.YES
    assert of_set.threshold("3.1", 2026, ("nhóm 1",)).holds(8) is True
    assert of_set.threshold("4.1", 2026, ("nhóm 3",)).holds(99) is None  # nobody held it against the text
    done("criteria", "export", NEW, "-o", "lai.xlsx")
    assert "mới 0 · sửa 0 · " in counts(done("criteria", "import", "lai.xlsx", "--yes"))
    assert kept() == found
    done("undo", "--yes")
    assert facts() == before


def test_a_row_taken_out_is_taken_out_of_the_ledger_but_not_what_was_told_since(an_giang):
    table("mot.xlsx", "4.1;Lao động qua đào tạo;;;≥;40;%;x", "4.2;Có việc làm")
    done("criteria", "import", "mot.xlsx", "--set", "xa-ntm", "--yes")
    done("criteria", "export", NEW, "-o", "bo.xlsx")
    table("hai.xlsx", "5.1;Văn hoá")
    told = done("criteria", "import", "hai.xlsx", "--set", "xa-ntm", "--yes")  # which is not the whole set
    assert "mới 1 · sửa 0" in counts(told)
    assert {place[0] for place in kept()} == {"4.1", "4.2", "5.1"}
    edit("bo.xlsx", "bot.xlsx", lambda rows: [row for row in rows if row[0] != "4.2"])
    told = done("criteria", "import", "bot.xlsx", "--yes")
    assert {place[0] for place in kept()} == {"4.1", "5.1"}, told
    assert "Có việc làm" in told


def test_a_row_put_back_to_what_ships_is_kept_no_more(an_giang):
    done("criteria", "export", NEW, "-o", "goc.xlsx")
    edit("goc.xlsx", "doi.xlsx", lambda rows: [[row[0], "Hạ tầng", *row[2:]] if row[0] == "2" else row for row in rows])
    done("criteria", "import", "doi.xlsx", "--yes")
    assert kept()["2", None, None, None].name == "Hạ tầng"
    done("criteria", "export", NEW, "-o", "sau.xlsx")
    ships = criteria_set(NEW).criterion_of("2").name
    edit("sau.xlsx", "lai.xlsx", lambda rows: [[row[0], ships, *row[2:]] if row[0] == "2" else row for row in rows])
    done("criteria", "import", "lai.xlsx", "--yes")
    assert kept() == {}


def test_a_changed_row_holds_from_the_day_that_is_told(an_giang):
    table("mot.xlsx", "4.1;Lao động qua đào tạo;;;≥;40;%;x")
    done("criteria", "import", "mot.xlsx", "--set", NEW, "--yes")
    table("hai.xlsx", "4.1;Lao động qua đào tạo;;;≥;45;%;x")
    done("criteria", "import", "hai.xlsx", "--set", NEW, "--since", "1/6/2026", "--yes")
    assert [of_office(day).threshold("4.1", int(day[:4])).value for day in ("2026-05-31", "2026-06-01")] == ["40", "45"]
    done("criteria", "export", NEW, "-o", "bo.xlsx")
    assert "mới 0 · sửa 0 · " in counts(done("criteria", "import", "bo.xlsx", "--yes"))


def test_a_correction_takes_the_place_of_what_was_told(an_giang):
    table("mot.xlsx", "4.1;Lao động qua đào tạo;;;≥;40;%;x")
    done("criteria", "import", "mot.xlsx", "--set", NEW, "--yes")
    table("hai.xlsx", "4.1;Lao động qua đào tạo;;;≥;45;%;")
    assert "mới 0 · sửa 1" in counts(done("criteria", "import", "hai.xlsx", "--set", NEW, "--yes"))
    assert (kept()["4.1", None, None, None].threshold, kept()["4.1", None, None, None].verified) == ("45", False)


def test_an_unchecked_threshold_of_an_office_concludes_nothing(an_giang):
    for mark, met in (("", 9), ("x", 10)):
        table("mot.xlsx", f"6.a;Tỷ lệ nghèo đa chiều;;;≤;5;%;{mark}")
        done("criteria", "import", "mot.xlsx", "--set", NEW, "--yes")
        told = ToldResults(verdicts={f"{code}": True for code in range(1, 11) if code != 6}, values={"6.a": 4})
        assert concluded(of_office(), told, "2026-11-21").met <= met


def test_the_rows_of_a_province_hold_for_it_alone(an_giang):
    begin("Đồng Tháp", "2026-2030")
    table("mot.xlsx", "4.1;Lao động qua đào tạo;;;≥;40;%;x")
    done("criteria", "import", "mot.xlsx", "--set", NEW, "--scope", "tỉnh An Giang", "--yes")
    with reading(our_ledger()) as connection:
        (own,) = office_criteria(connection, NEW)
    assert of_office(province=own.scope_id).criterion_of("4.1")
    assert of_office().criterion_of("4.1") is None
    done("criteria", "export", NEW, "-o", "chung.xlsx")
    done("criteria", "export", NEW, "-o", "rieng.xlsx", "--scope", "tỉnh An Giang")
    texts = {name: str([*openpyxl.load_workbook(name).active.values]) for name in ("chung.xlsx", "rieng.xlsx")}
    assert ["Lao động" in text for text in texts.values()] == [False, True]
    done("criteria", "import", "chung.xlsx", "--yes")
    done("criteria", "import", "rieng.xlsx", "--scope", "tỉnh An Giang", "--yes")
    with reading(our_ledger()) as connection:
        assert office_criteria(connection, NEW) == [own]


def test_roman_numbers_merged_headings_and_words_round_codes_are_read(an_giang):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["ỦY BAN NHÂN DÂN TỈNH AN GIANG"],
        ["NGƯỠNG THEO NHÓM XÃ"],
        [],
        ["Mã số", "Tên tiêu chí", "Áp dụng", "Yêu cầu", None, None],
        [None, None, None, "Dấu", "Ngưỡng", "Đơn vị tính"],
        ["IV", "Đào tạo nguồn nhân lực nông thôn", None, None, None, None],
        ["TC 4,1", "Lao động qua đào tạo", "Nhóm I", "tối thiểu", "40 %", None],
        [None, None, "Nhóm II", ">=", 0.35, None],
    ):
        sheet.append(row)
    sheet.cell(8, 5).number_format = "0%"
    sheet.merge_cells("A7:A8")
    sheet.merge_cells("D4:F4")
    for column in "ABC":
        sheet.merge_cells(f"{column}4:{column}5")
    book.save("xau.xlsx")
    told = done("criteria", "import", "xau.xlsx", "--set", "xa-ntm", "--yes")
    found = kept()
    assert found["4.1", "nhóm 1", None, None][5:8] == (">=", "40", "%"), told
    assert found["4.1", "nhóm 2", None, None][5:8] == (">=", "35", "%")
    assert ("4", None, None, None) not in found


def numbers(*codes):
    """Rows whose codes are numbers, each with a name."""
    return [[code, name] for code, name in codes]


@pytest.mark.parametrize(
    ("key", "codes", "read"),
    [
        (NEW, [(4.9, "Chín"), (4.1, "Mười")], {"4.9", "4.10"}),  # told by its place
        (NEW, [(4.1, "Một"), (4.2, "Hai")], {"4.1", "4.2"}),
        ("2021-2025/xa-ntm", [(17.1, "Nước sạch khác")], None),  # 17.1 and 17.10 are both there
        (NEW, [("4.1", "Một"), (4.1, "Mười")], None),
    ],
)
def test_a_zero_that_excel_dropped_is_told_by_its_place_or_asked_about(an_giang, key, codes, read):
    table("so.xlsx", *numbers(*codes), heading="Mã;Tên")
    result = run("criteria", "import", "so.xlsx", "--set", key, "--yes")
    if read is None:
        assert result.code
        assert "Excel bỏ số 0" in result.both
    assert {place[0] for place in kept(key)} == (read or set())


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("abc;Tên", "không phải mã"),
        ("0;Tên", "không phải mã"),
        ("3.1.2;Tên", "không phải mã"),
        ("12.1;Tên", "không có tiêu chí 12"),
        ("11;Tên", "thêm ngoài bộ"),
        ("4.1", "cũng không ghi tên"),
        ("4.1;;;;≥;40", "cũng không ghi tên"),
        ("4;;;;≥;UBND tỉnh quy định", "không phải ngưỡng"),
        ("4;;;;≥;1.23.4", "không phải ngưỡng"),
        ("4;;;;khoảng;40;%", "không phải dấu"),
        ("4;;;;;40;%", "so sánh thế nào"),
        ("4;;;;≥", "không có ngưỡng"),
        ("4;;;;≥;140;%", "không quá 100"),
        ("4;;nhóm 4;;≥;40;%", "không phải nhóm"),
        ("4;;;2021;≥;40;%", "ngoài giai đoạn"),
        ("4;;;;≥;40;%;có lẽ", "“một phần”"),
        ("4;;;;≥;40;%;x;;6/2026", "6/2026"),
        (";Tên;;;≥;40", "không có mã"),
    ],
)  # fmt: skip
def test_every_fault_is_told_with_its_cell_and_nothing_is_written(an_giang, row, says):
    table("sai.xlsx", "9;Chính trị;;;;;;x", row, "8;;;;≥;50;%;x")
    before = facts()
    result = run("criteria", "import", "sai.xlsx", "--set", NEW, "--yes")
    if row == "4.1":  # which tells nothing
        assert result.code == 0
        return
    assert result.code
    assert says in result.both
    assert "Sheet!" in result.both
    assert "3" in result.both
    assert facts() == before


def test_a_column_for_each_group_is_no_column_to_pass_over(an_giang):
    table("ma-tran.xlsx", "4.1;Lao động qua đào tạo;40;35;30", heading="Mã;Tên;Nhóm 1;Nhóm 2;Đồng bằng sông Cửu Long")
    result = run("criteria", "import", "ma-tran.xlsx", "--set", NEW, "--yes")
    assert result.out.count("mỗi nhóm một cột") == 3
    assert "Sheet!D1" in result.out
    assert kept() == {}


def test_rows_that_differ_of_one_place_are_told_with_both_cells(an_giang):
    table(
        "hai.xlsx", "4;;nhóm 1;2026;≥;40;%", "4;;nhóm 1;2026;≥;50;%", "4;;nhóm 2;2026;≥;50;%", "4;;nhóm 2;2026;≥;50;%"
    )
    result = run("criteria", "import", "hai.xlsx", "--set", NEW, "--yes")
    assert "Sheet!A3" in result.out
    assert "Sheet!A2 ghi khác" in result.out
    assert result.out.count("ghi khác") == 1
    assert kept() == {}


def test_of_a_set_of_which_little_is_known_the_office_tells_the_criteria(an_giang):
    table("hien-dai.xlsx", "1;Hạ tầng hiện đại;;;;;;x", "1.1;Đường xã;;;≥;100;%;x")
    done("criteria", "import", "hien-dai.xlsx", "--set", "2026-2030/xa-hien-dai", "--yes")
    assert {place[0] for place in kept("2026-2030/xa-hien-dai")} == {"1", "1.1"}
    table("cu.xlsx", "17;Môi trường", "17.8;An toàn thực phẩm")
    done("criteria", "import", "cu.xlsx", "--set", "2016-2020/xa-ntm", "--yes")
    table("qua.xlsx", "20;Một tiêu chí nữa")
    assert "thêm ngoài bộ" in run("criteria", "import", "qua.xlsx", "--set", "2016-2020/xa-ntm", "--yes").out


def test_names_are_written_as_later_decisions_have_them(an_giang):
    done("criteria", "export", "2021-2025/xa-ntm", "-o", "bo.csv")
    assert "tổ hợp tác" in next(
        line for line in Path("bo.csv").read_text("utf-8-sig").splitlines() if line.startswith('"13.1"')
    )


def test_a_criterion_more_is_added_where_a_decision_says_so(an_giang):
    table("them.xlsx", "11;Nông thôn thông minh;;;;;;x")
    told = done(
        *("criteria", "import", "them.xlsx", "--set", NEW, "--scope", "tỉnh An Giang", "--yes"),
        *("--decision", "12/QĐ-UBND", "--date", "3/3/2026"),
    )
    assert "Thêm vào bộ: 11 Nông thôn thông minh." in told
    assert kept()["11", None, None, None].decision.number == "12/QĐ-UBND"
