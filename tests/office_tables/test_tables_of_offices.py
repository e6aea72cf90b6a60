"""The tables that offices send, each with what makes it hard, read whole or refused with every cell named:
headings in two merged rows · a column a level, hidden rows and columns · a decision merged over its communes · one
fault of every kind · formulas not computed · two tables on a sheet · names alone · districts by Roman numerals ·
Windows-1258 · UTF-16 · a web page called .xls · a file cut off."""

import pytest
from openpyxl import load_workbook

from tests.office_tables.reading import faults, told, weigh
from tests.running import run

GIONG_RIENG, CHAU_THANH = "(huyện Giồng Riềng)", "(huyện Châu Thành)"
SEVEN = "đạt chuẩn NTM, năm 2019, Quyết định 1007/QĐ-UBND ngày 02/05/2019"


@pytest.fixture(autouse=True)
def of_kien_giang(ledger):
    """Each table is weighed against Kiên Giang's units."""


def test_headings_in_two_merged_rows_under_a_letterhead(tables):
    result, lines = weigh(tables / "01-tieu-de-hai-dong.xlsx")
    assert result.code == 0
    assert told(lines) == [
        (f"xã Ngọc Thuận {GIONG_RIENG}", SEVEN),
        (f"xã Ngọc Hòa {GIONG_RIENG}", SEVEN),  # written in capitals
        (f"xã Thạnh Hòa {GIONG_RIENG}", SEVEN),  # the year as text
        (f"xã Bàn Tân Định {GIONG_RIENG}", SEVEN),  # a blank after the name
        (f"xã Bình An {CHAU_THANH}", "đạt chuẩn NTM, năm 2020, Quyết định 12/QĐ-UBND ngày 05/01/2021"),
        (f"xã Thạnh Lộc {CHAU_THANH}", "đạt chuẩn NTM, năm 2020"),
    ]


def test_sums_groups_and_signatures_are_told_and_left_out(tables):
    shown = run("import", str(tables / "01-tieu-de-hai-dong.xlsx"), "--dry-run").out
    assert "· Dòng được hiểu là đầu nhóm: “Huyện Giồng Riềng”, “Huyện Châu Thành”." in shown
    assert "· Dòng cộng, không nhập: 15, 19–20." in shown
    assert "· Không đọc phần dưới bảng, từ dòng 22: chữ ký, ghi chú, 3 dòng." in shown
    assert "H    Quyết định công nhận / Ngày  ngày ký" in shown


def test_a_column_a_level_on_the_second_sheet(tables):
    result, lines = weigh(tables / "02-moi-muc-mot-cot.xlsx")
    assert result.code == 0
    assert told(lines) == [
        (f"xã Thạnh Hưng {GIONG_RIENG}", "đạt chuẩn NTM, năm 2016"),
        (f"xã Thạnh Hưng {GIONG_RIENG}", "NTM nâng cao, năm 2022, Quyết định 05/QĐ-UBND ngày 15/01/2023"),
        ("xã Sơn Bình (huyện Hòn Đất)", "đạt chuẩn NTM, năm 2023, Quyết định 11/QĐ-UBND ngày 09/08/2024"),
        ("xã Hòn Tre (huyện Kiên Hải)", "đạt chuẩn NTM, năm 2020"),
        ("xã Hòn Tre (huyện Kiên Hải)", "NTM nâng cao, năm 2023, Quyết định 07/QĐ-UBND ngày 28/02/2024"),
        ("xã Bình An (huyện Kiên Lương)", "đạt chuẩn NTM, năm 2018, Quyết định 1/QĐ-UBND ngày 02/01/2019"),
    ]


def test_what_is_hidden_is_read_and_told_or_left_out_when_asked(tables):
    file = str(tables / "02-moi-muc-mot-cot.xlsx")
    shown = run("import", file, "--dry-run").out
    assert "· Dòng ẩn cũng được đọc: 10. Muốn bỏ qua: --skip-hidden" in shown
    assert "· Cột ẩn cũng được đọc: B “Mã xã”." in shown
    assert "· 1 dòng có tên đơn vị mà không ghi gì: dòng 13." in shown
    _result, lines = weigh(file, "--skip-hidden")
    assert "xã Sơn Bình (huyện Hòn Đất)" not in [unit for unit, _told in told(lines)]


def test_a_decision_merged_over_its_communes_counts_for_each(tables):
    result, lines = weigh(tables / "03-quyet-dinh-gop-o.xlsx")
    assert result.code == 0
    assert [what for _unit, what in told(lines)] == [SEVEN] * 3 + [
        "đạt chuẩn NTM, năm 2023, Quyết định 15/QĐ-UBND ngày 01/03/2024"
    ] * 2


FAULTS = {
    "Xã!B8": "không có “Mỹ Lâmm” trong huyện Hòn Đất",
    "Xã!B9": "“Bình An” khớp với 2 đơn vị: xã Bình An (huyện Kiên Lương) [30808],"
    " xã Bình An (huyện Châu Thành) [30898].",
    "Xã!B10": "không có “Mỹ Thuận” trong huyện Giồng Riềng",
    "Xã!B20": "thị trấn Sóc Sơn (huyện Hòn Đất) là thị trấn; giai đoạn 2016-2020 chỉ công nhận: xã.",
    "Xã!23": "dòng không có tên đơn vị",
    "Xã!D11": "Giai đoạn 2016-2020 không có mức “loại A” ở cấp này.",
    "Xã!E12": "không phải năm bốn chữ số",
    "Xã!E13": "Năm 2099 chưa đến (hôm nay là 21/11/2026).",
    "Xã!E21": "không ghi năm đạt chuẩn",
    "Xã!F14": "không đọc được số của một quyết định",
    "Xã!G15": "Không phải ngày tháng: “31/02/2021”.",
    "Xã!B19": "xã Bình Giang (huyện Hòn Đất), mức đạt chuẩn NTM: dòng này và Xã!B18 ghi khác nhau",
    "Xã!B18": "xã Bình Giang (huyện Hòn Đất), mức đạt chuẩn NTM: dòng này và Xã!B19 ghi khác nhau",
    "Xã!E16": "xã Lình Huỳnh (huyện Hòn Đất): đạt chuẩn NTM (năm 2021) không thể sau NTM nâng cao (năm 2018).",
}


def test_every_fault_is_told_at_once_with_its_cell(tables):
    result, lines = weigh(tables / "04-nhieu-loi.xlsx")
    assert result.code == 3
    assert faults(lines) == FAULTS
    assert all(line["fix"] for line in lines if line["state"] == "refused")
    assert result.err.splitlines()[0] == "Lỗi: 04-nhieu-loi.xlsx: có 14 chỗ sai; chưa ghi dòng nào."


def test_near_names_and_other_districts_are_proposed(tables):
    _result, lines = weigh(tables / "04-nhieu-loi.xlsx")
    fixes = {line["cell"]: line["fix"] for line in lines}
    assert fixes["Xã!B8"] == "Có phải ý là: Mỹ Lâm?; hoặc nhận các tên như vậy: --accept-near"
    assert fixes["Xã!B9"] == "ghi mã, hoặc ghi rõ: “xã Bình An, huyện Kiên Lương” hay “xã Bình An, huyện Châu Thành”"
    assert fixes["Xã!B10"] == "có xã Mỹ Thuận (huyện Hòn Đất): sửa huyện hoặc tên"


def test_a_formula_without_its_value_is_never_an_empty_cell(tables):
    result, lines = weigh(tables / "05-cong-thuc-chua-tinh.xlsx")
    assert (result.code, faults(lines)) == (
        3,
        {"Xã!D9": "công thức chưa có kết quả: mở tệp bằng Excel rồi lưu lại"},
    )


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("06-hai-bang.xlsx", 3, "có hai bảng, một bảng bắt đầu ở dòng 7, một ở dòng 12."),
        ("07-chi-co-ten.xlsx", 3, "chỉ liệt kê đơn vị, không nói gì thêm."),
        ("08-cap-huyen.xlsx", 3, "không cột nào, dòng nào cho biết mức."),
        ("11-trang-web.xls", 1, "nội dung là trang web; mở bằng Excel rồi lưu thành .xlsx"),
        ("12-chep-thieu.xlsx", 1, "tệp hỏng, hoặc chép chưa hết"),
    ],
)
def test_what_cannot_be_taken_is_said_in_words(tables, name, code, says):
    result = run("import", str(tables / name))
    assert (result.code, result.out) == (code, "")
    assert says in result.err.splitlines()[0]


def test_the_title_is_proposed_and_never_taken(tables):
    refused = run("import", str(tables / "07-chi-co-ten.xlsx"))
    assert "tiêu đề nói đến: --level nang-cao --year 2023" in refused.err
    result, lines = weigh(tables / "07-chi-co-ten.xlsx", "--level", "nâng cao", "--year", "2023")
    assert result.code == 0
    assert {what for _unit, what in told(lines)} == {"NTM nâng cao, năm 2023"}


def test_districts_numbered_by_roman_numerals_are_units_themselves(tables):
    result, lines = weigh(tables / "08-cap-huyen.xlsx", "--level", "ntm")
    assert result.code == 0
    assert [unit for unit, _told in told(lines)] == [
        f"{unit} (tỉnh Kiên Giang)"
        for unit in ("huyện Giồng Riềng", "huyện Vĩnh Thuận", "thành phố Hà Tiên", "huyện Châu Thành")
    ]


def test_windows_1258_with_semicolons_and_days_as_numbers(tables):
    result, lines = weigh(tables / "09-windows-1258.csv")
    assert [what for _unit, what in told(lines)] == [SEVEN] * 3
    assert (result.code, faults(lines)) == (3, {"C5": "Sổ này không có đơn vị nào tên “=1+1”."})


def test_utf_16_with_tabs_and_marks_apart(tables):
    result, lines = weigh(tables / "10-utf-16.csv")
    assert (result.code, [what for _unit, what in told(lines)]) == (0, [SEVEN] * 3)


def test_the_tables_that_ship_are_those_that_the_script_builds(tables, making):
    """So that whoever tries them by the docs sees what the tests see."""
    shipped = making.Path(making.__file__).parent
    assert sorted(making.TABLES) == sorted(
        file.name for file in shipped.iterdir() if file.suffix in (".xlsx", ".csv", ".xls")
    )
    for name in making.TABLES:
        if name.endswith(".xlsx") and not name.startswith("12"):
            ours, theirs = load_workbook(shipped / name), load_workbook(tables / name)
            assert [cells(sheet) for sheet in ours] == [cells(sheet) for sheet in theirs]
        elif not name.startswith("12"):
            assert (shipped / name).read_bytes() == (tables / name).read_bytes()


def cells(sheet):
    return (
        sheet.title,
        [[cell.value for cell in row] for row in sheet.iter_rows()],
        sorted(map(str, sheet.merged_cells.ranges)),
    )
