"""The workbook of a movement, as it is written and as offices fill it in.

Cases: each of the five movements, and the documented example, is the same after writing and reading · every key is
documented, and has its column · a workbook of an office: titles merged above the headings, blank rows, running numbers,
merged cells, columns in another order, letters in parts (NFD), days that Excel made, “hằng năm trước 15/01” · days of
every kind · sums of money · everything that is wrong, by cell, at once, and nothing by the keys of the TOML files.
"""

import re
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
from openpyxl import Workbook, load_workbook

from ntmtrack.emulation.keys import HEAD, SECTIONS
from ntmtrack.emulation.toml import read_movement, shipped
from ntmtrack.errors import BadMovement
from ntmtrack.i18n import use_language
from ntmtrack.ingest.movement_cells import read_cell
from ntmtrack.ingest.movement_form import read_form, write_form
from ntmtrack.ingest.movement_labels import WORDS, labels
from ntmtrack.ingest.values import ValueMismatch
from ntmtrack.spreadsheets import Cell
from tests.running import begin, run

WITHOUT_SAYING = {"year", "recognition"}  # the usual of of_year, of for_each
DOCUMENTED = Path(__file__).parent.parent / "docs" / "phong-trao.md"


@pytest.fixture(autouse=True)
def _in_vietnamese():
    use_language("vi")


def documented(folder):
    """The example of the documentation as a file."""
    text = re.search(r"```toml\n(.*?)```", DOCUMENTED.read_text(encoding="utf-8"), re.DOTALL)
    file = folder / "phong-trao.toml"
    file.write_text(text[1], encoding="utf-8")
    return file


@pytest.mark.parametrize("key", [*shipped(), "documented"])
def test_a_movement_is_the_same_after_writing_and_reading(key, tmp_path):
    held = shipped().get(key) or read_movement(documented(tmp_path))
    file = tmp_path / "phong-trao.xlsx"
    write_form(held, file)
    assert read_form(file) == held
    assert load_workbook(file).sheetnames == ["Phong trào", "Mốc", "Khen thưởng", "Điều kiện", "Hướng dẫn"]


@pytest.mark.parametrize("section", ["", *SECTIONS])
def test_every_key_is_documented_and_has_a_column(section):
    """In the tables of the page: those that are needed in bold; the choices of each in one of its rows."""
    rules = SECTIONS[section] if section else HEAD
    text = DOCUMENTED.read_text(encoding="utf-8")
    table = text[text.index(f"| `[[{section}]]` |" if section else "| `[movement]` |") :].split("\n\n")[0]
    assert {*re.findall(r"\*\*`(\w+)`\*\*", table)} == {key for key, rule in rules.items() if rule.needed}
    for key, rule in rules.items():
        assert f"`{key}`" in table, key
        assert all(f"`{choice}`" in table for choice in rule.choices if choice not in WITHOUT_SAYING), key
        assert not rule.choices or {*rule.choices} <= {*WORDS[key].values()}, key
    assert labels(section).keys() - {"due"} == rules.keys()


def office_workbook():
    """As an office might fill it in; figures made up."""
    book = Workbook()
    head = book.active
    head.title = "PHONG TRÀO"
    head.append(["BIỂU PHONG TRÀO THI ĐUA (ví dụ, số giả định)"])
    head.merge_cells("A1:C1")
    head.append([])
    for label, value in (
        ("Khoá", "thi-dua-vd"),
        (normalize("NFD", "Tên"), normalize("NFD", "Phong trào thi đua ví dụ")),
        ("số hiệu", "01/KH-UBND"),
        ("Ngày ban hành", date(2026, 3, 1)),
        ("Cơ quan ban hành", "UBND tỉnh Lai Châu"),
        ("Giai đoạn", "2026 – 2030"),
        ("Mã đơn vị", "12"),
        ("Đơn vị", "tỉnh Lai Châu"),
        (None, None),
        ("Từ ngày", "01/01/2026"),
        ("Đến ngày", "31/12/2030"),
        ("So sánh trong", "theo cụm"),
        ("Nguồn", None),
    ):
        head.append([label, value])
    dates = book.create_sheet("moc")
    dates.append(["CÁC MỐC THỜI GIAN"])
    dates.merge_cells("A1:H1")
    dates.append([])
    dates.append(["STT", "Hạn", "Nội dung", "Khoá", "Ai làm", "Mỗi đơn vị cấp", "Sổ cho thấy", "Vị trí trong văn bản"])
    dates.append([1, "hằng năm trước 15/01", "Đăng ký thi đua", "dang-ky", "UBND xã", "Xã", "Đăng ký", "mục 1"])
    dates.append([])
    dates.append([2, date(2026, 1, 31), "Hồ sơ khen thưởng", "ho-so", "UBND xã", "cấp xã", None, "mục 2"])
    dates["B6"].number_format = "dd/mm"
    dates.append([3, "Quý II năm 2028", "Sơ kết", "so-ket", "Sở Nông nghiệp và Môi trường", None, None, "mục 3"])
    dates.append([4, "hằng năm", "Báo cáo", "bao-cao", "Sở Nông nghiệp và Môi trường", None, None, "mục 3"])
    awards = book.create_sheet("Khen thưởng")
    awards.append(
        [
            *("Khoá", "Hình thức", "Thẩm quyền", "Quy định", "Cho ai", "Xét theo", "Số lần", "Cấp", "Mức"),
            *("Giá trị từ", "OCOP từ (sao)", "Số suất", "Chia suất", "Vị trí trong văn bản"),
        ]
    )
    awards.append(
        [
            *("A1", "Bằng khen", "Chủ tịch UBND tỉnh", "mỗi xã đạt chuẩn 05 cá nhân", "Cá nhân", "được công nhận"),
            *("Mỗi mức 1 lần", "xã", "đạt chuẩn NTM; NTM hiện đại"),
            *(None, None, "5 người", "cấp tỉnh 1; cấp xã 4", "mục 4"),
        ]
    )
    awards.append(
        [
            *("A2", None, None, "tập thể đóng góp từ 1,5 tỷ", "tập thể", "đóng góp", "01 lần", None, None),
            *("1,5 tỷ đồng", "4 sao", None, None, "mục 5"),
        ]
    )
    awards.merge_cells("B2:B3")
    awards.merge_cells("C2:C3")
    conditions = book.create_sheet("Điều kiện")
    conditions.append(["Cấp", "Khoá", "Điều kiện", "Xét bằng", "Loại trừ", "Chỉ của hình thức", "Vị trí trong văn bản"])
    conditions.append(["xã", "no-dong", "không nợ đọng xây dựng cơ bản", "Không nợ đọng", "x", "a1", "mục 6"])
    return book


def test_a_workbook_of_an_office_says_what_the_toml_file_would_say(tmp_path):
    file, same = tmp_path / "phong trào.xlsx", tmp_path / "same.toml"
    office_workbook().save(file)
    same.write_text(
        """
[movement]
key = "thi-dua-vd"
title = "Phong trào thi đua ví dụ"
number = "01/KH-UBND"
issued_on = 2026-03-01
issuer = "UBND tỉnh Lai Châu"
programme = "2026-2030"
scope_code = "12"
scope_name = "tỉnh Lai Châu"
begins_on = 2026-01-01
ends_on = 2030-12-31
grouping = "block"

[[date]]
key = "dang-ky"
name = "Đăng ký thi đua"
yearly = "15/01"
before = true
by = "UBND xã"
tier = "commune"
shown_by = "registration"
cite = "mục 1"

[[date]]
key = "ho-so"
name = "Hồ sơ khen thưởng"
yearly = "31/01"
by = "UBND xã"
tier = "commune"
cite = "mục 2"

[[date]]
key = "so-ket"
name = "Sơ kết"
once = "2028-06"
by = "Sở Nông nghiệp và Môi trường"
cite = "mục 3"

[[date]]
key = "bao-cao"
name = "Báo cáo"
yearly = "31/12"
has_day = false
by = "Sở Nông nghiệp và Môi trường"
cite = "mục 3"

[[award]]
key = "A1"
name = "Bằng khen"
authority = "Chủ tịch UBND tỉnh"
says = "mỗi xã đạt chuẩn 05 cá nhân"
recipient = "person"
ground = "recognition"
frequency = "once-per-level"
tier = "commune"
levels = ["ntm", "hien-dai"]
places = 5
parts = { "cấp tỉnh" = 1, "cấp xã" = 4 }
cite = "mục 4"

[[award]]
key = "A2"
name = "Bằng khen"
authority = "Chủ tịch UBND tỉnh"
says = "tập thể đóng góp từ 1,5 tỷ"
recipient = "collective"
ground = "contribution"
frequency = "once"
at_least = 1_500_000_000
stars = 4
cite = "mục 5"

[[condition]]
key = "no-dong"
tier = "commune"
need = "no-arrears"
says = "không nợ đọng xây dựng cơ bản"
excludes = true
awards = ["a1"]
cite = "mục 6"
""",
        encoding="utf-8",
    )
    assert read_form(file) == read_movement(same)


DUE = {
    "trước ngày 15/01 hàng năm": {"yearly": "15/01", "before": True},
    "15/1": {"yearly": "15/01"},
    "đến 5-1 hằng năm": {"yearly": "05/01"},
    "trước 5 tháng 1 hằng năm": {"yearly": "05/01", "before": True},
    "Hằng tháng": {"monthly": True},
    "trước 30/9/2023": {"once": "<2023-09-30"},
    "30/6/2028": {"once": "2028-06-30"},
    "quý III/2022": {"once": "2022-09"},
    "trong năm 2025": {"once": "2025"},
    "trước năm 2025": {"once": "<2025"},
}


@pytest.mark.parametrize("text", DUE)
def test_days_as_offices_write_them(text):
    assert read_cell("due", Cell(text), None) == DUE[text]


@pytest.mark.parametrize("text", ["sớm", "15/01/2026 hằng năm", "đầu năm", "1/2/3"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueMismatch, match=f"“{text}” không phải ngày"):
        read_cell("due", Cell(text), None)


SUMS = {
    "100 triệu đồng": 100_000_000,
    "1,5 tỷ": 1_500_000_000,
    "100.000.000": 100_000_000,
    100_000_000: 100_000_000,
    "50 tr": 50_000_000,
    "500 nghìn đồng": 500_000,
}


@pytest.mark.parametrize("told", SUMS)
def test_sums_with_their_unit(told):
    assert read_cell("at_least", Cell(told), None) == SUMS[told]


@pytest.mark.parametrize("told", ["100", 100, "nhiều", "1,5", "0,12345 nghìn"])
def test_a_sum_whose_unit_must_be_guessed_is_refused(told):
    with pytest.raises(ValueMismatch):
        read_cell("at_least", Cell(told), None)


def test_everything_wrong_is_told_by_its_cell_at_once(tmp_path):
    book = office_workbook()
    book["PHONG TRÀO"]["B6"] = "31/02/2026"
    book["PHONG TRÀO"]["A13"] = "Tới ngày"
    book["moc"]["B4"] = "sớm"
    book["moc"]["D6"] = "dang-ky"
    book["moc"]["H7"] = None
    book["Khen thưởng"]["G2"] = "hai lần"
    book["Khen thưởng"]["I2"] = "đô thị"
    book["Khen thưởng"]["M3"] = "cấp tỉnh: năm"
    book["Khen thưởng"]["K1"] = "Sao"
    book["Điều kiện"]["A2"] = "phường"
    book["Điều kiện"]["F2"] = "A9"
    book.create_sheet("Điều kiên 2")
    file = tmp_path / "sai.xlsx"
    book.save(file)
    with pytest.raises(BadMovement) as wrong:
        read_form(file)
    assert [str(problem) for problem in wrong.value.facts["problems"]] == [
        "sai.xlsx: trang tên là “Điều kiên 2”; có phải là “Điều kiện” không?",
        "sai.xlsx: Đến ngày: thiếu",
        "Phong trào, ô B6: Ngày ban hành: Không phải ngày tháng: “31/02/2026”. Viết ngày như ví dụ 20/12/2024 hoặc"
        " 2024-12-20; chỉ biết tháng hoặc năm thì 02/2024 hoặc 2024.",
        "Phong trào, ô A13: không rõ mục “Tới ngày”; có phải là “Từ ngày” không?",
        "Mốc, ô B4: Hạn: “sớm” không phải ngày; ghi ví dụ: trước 15/01 hằng năm, 30/6/2028, quý III/2022, 2025,"
        " hằng tháng",
        "Mốc, ô D6: Khoá: “dang-ky” đứng ở đây lần thứ hai",
        "Mốc, ô H7: Vị trí trong văn bản: thiếu",
        "Khen thưởng, ô K1: không rõ tiêu đề cột “Sao”",
        "Khen thưởng, ô G2: Số lần: không rõ “hai lần”; hãy ghi một trong các từ: 01 lần; mỗi mức 01 lần; hằng năm;"
        " khi sơ kết, tổng kết; không ấn định",
        "Khen thưởng, ô I2: Mức: không rõ “đô thị”; hãy ghi một trong các từ: đạt chuẩn NTM; NTM hiện đại",
        "Khen thưởng, ô M3: Chia suất: “cấp tỉnh: năm”: ghi mỗi tên kèm một số, ví dụ: cấp tỉnh: 5",
        "Điều kiện, ô A2: Cấp: không rõ “phường”; hãy ghi một trong các từ: huyện; xã; thôn",
        "Điều kiện, ô F2: Chỉ của hình thức: không có hình thức khen thưởng nào mang mã A9",
    ]


def test_a_workbook_without_its_head_says_so_and_what_else_is_wrong(tmp_path):
    book = office_workbook()
    del book["PHONG TRÀO"]
    book["moc"]["B4"] = "sớm"
    file = tmp_path / "sai.xlsx"
    book.save(file)
    with pytest.raises(BadMovement) as wrong:
        read_form(file)
    assert [str(problem) for problem in wrong.value.facts["problems"]] == [
        "sai.xlsx: không có trang “Phong trào”",
        "Mốc, ô B4: Hạn: “sớm” không phải ngày; ghi ví dụ: trước 15/01 hằng năm, 30/6/2028, quý III/2022, 2025,"
        " hằng tháng",
    ]


def test_rules_that_need_each_other_are_told_without_the_keys_of_toml(tmp_path):
    book = office_workbook()
    book["PHONG TRÀO"]["B13"] = "31/12/2025"
    book["moc"]["B7"] = None
    book["Khen thưởng"]["J3"] = book["Khen thưởng"]["K3"] = None
    book["Khen thưởng"]["M2"] = "cấp tỉnh: 2; cấp xã: 4"
    book["Điều kiện"]["D2"] = "có xã đạt mức"
    book["Điều kiện"]["J2"] = "xem lại"
    book["Điều kiện"]["G4"] = "NGƯỜI LẬP BIỂU"
    file = tmp_path / "sai.xlsx"
    book.save(file)
    with pytest.raises(BadMovement) as wrong:
        read_form(file)
    assert [str(problem) for problem in wrong.value.facts["problems"]] == [
        "Phong trào, ô B13: Đến ngày: trước ngày bắt đầu",
        "Mốc, ô B7: Hạn: thiếu",
        "Khen thưởng, ô M2: Chia suất: các phần cộng lại là 6 suất, không phải 5",
        "Khen thưởng, hàng 3: ghi mức đóng góp ít nhất (đồng), hoặc sản phẩm ít nhất mấy sao",
        "Điều kiện, hàng 2: Mức: ghi khi điều kiện là có xã đạt một mức, và chỉ khi đó",
        "Điều kiện, ô J2: ở đây không được ghi gì, mà có “xem lại”",
        "Điều kiện, ô G4: “NGƯỜI LẬP BIỂU” đứng ở dòng không có Cấp, Khoá, Điều kiện, Xét bằng",
    ]


def test_the_workbook_that_was_written_is_taken_in_and_can_be_undone(tmp_path):
    file = tmp_path / "phong-trao.xlsx"
    begin("Lai Châu")
    assert run("movement", "export", str(file), "--movement", "thi-dua-lai-chau").code == 0
    assert load_workbook(file)["Mốc"]["C2"].value == "trước 05/01 hằng năm"
    assert "38 quy định" in run("movement", "import", str(file)).both
    assert "không thay đổi gì" in run("movement", "import", "thi-dua-lai-chau").both
    assert run("undo").code == 0
    assert "Chưa có phong trào thi đua nào" in run("movement", "list").out
    assert run("redo").code == 0
    assert "không thay đổi gì" in run("movement", "import", str(file)).both
