"""Lists of villages as offices keep them: added below their communes, then recognised; the villages are made up."""

import json

import pytest
from openpyxl import Workbook

from tests.running import begin, run

HEAD = ["TT", "Tên xã", "Tên thôn", "Loại", "Mức", "Năm", "Quyết định"]
ROWS = [
    [1, "Hà Sơn", "Chí Phúc", "thôn", "Thôn thông minh", 2023, "12/QĐ-UBND ngày 5/9/2023"],
    [None, None, "thôn 1", None, "NTM", 2022, "3/QĐ-UBND ngày 5/9/2022"],
    [None, None, "Thôn 2", None, "NTM kiểu mẫu", 2023, None],
    [2, "Hà Lĩnh", "thôn 1", None, None, None, None],
]


@pytest.fixture
def office(office):
    begin("Thanh Hóa")
    return office


def sheet(office, head, rows, merged=()):
    book = Workbook()
    for row in (["DANH SÁCH THÔN"], [], head, *rows):
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(office / "thon.xlsx")
    return "thon.xlsx"


def done(*argv):
    result = run(*argv)
    assert result.code == 0, result.both
    return result.both


def villages(level):
    listed = json.loads(done("list", "--tier", "village", "--level", level, "-f", "json"))
    return [row["name"] for row in next(table for table in listed.values() if isinstance(table, list))]


def test_a_list_with_merged_communes_is_added_and_then_recognised(office):
    file = sheet(office, HEAD, ROWS, ["B4:B6"])
    before = run("import", file)
    assert before.code == 3
    assert "--what units" in before.out  # the villages come first
    assert "thêm 4 đơn vị" in done("import", file, "--what", "units")
    assert "thêm 3 kết quả công nhận" in done("import", file)
    assert "Không có gì để ghi" in done("import", file)
    assert "Không có gì để ghi" in done("import", file, "--what", "units")
    assert len(villages("ntm")) == 2  # the model village too, the smart one not
    assert len(villages("thông minh")) == 1
    done("undo")
    assert villages("ntm") == []


def test_a_sheet_a_commune(office):
    book = Workbook()
    book.remove(book.active)
    for commune in ("Hà Sơn", "Hà Lĩnh"):
        page = book.create_sheet(commune)
        for row in (["STT", "Tên thôn", "Mức", "Năm"], [1, "Thôn 1", "NTM", 2024], [2, "Thôn 2", "NTM", 2024]):
            page.append(row)
    book.save(office / "a.xlsx")
    assert "thêm 4 đơn vị" in done("import", "a.xlsx", "--what", "units", "--all-sheets")
    assert "thêm 4 kết quả công nhận" in done("import", "a.xlsx", "--all-sheets")
    assert "thôn 1, xã Hà Sơn" in run("show", "thôn 1").err


@pytest.mark.parametrize(
    ("head", "row", "says"),
    [
        ("Tên thôn, bản;Xã", "Chí Phúc;Hà Sơn", "chưa ghi loại"),
        ("Tên thôn;Xã", "thôn 1;Hà Lạ", "không có đơn vị nào tên"),
        ("Tên thôn;Xã", "thôn 1;Yên Sơn", "chỉ khớp"),
    ],
)
def test_a_village_that_cannot_be_placed_is_refused_with_its_cell(office, head, row, says):
    (office / "a.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    refused = run("import", "a.csv", "--what", "units")
    assert refused.code == 3
    assert says in refused.out


def test_a_village_listed_twice_is_refused(office):
    (office / "a.csv").write_text("Tên thôn;Xã\nthôn 1;Hà Sơn\nThôn 1;Hà Sơn\n", encoding="utf-8")
    assert "được ghi hai lần" in run("import", "a.csv").out


@pytest.mark.parametrize("heading", ["Khu dân cư kiểu mẫu", "Thôn"])
def test_a_number_of_villages_is_no_village(office, heading):
    done("add-village", "thôn 3", "--commune", "Hà Sơn")
    (office / "a.csv").write_text(f"Tên xã;{heading};Danh hiệu;Năm\nHà Sơn;3;NTM;2022\n", encoding="utf-8")
    refused = run("import", "a.csv")
    assert refused.code == 3
    assert "“3” có thể là số thôn" in refused.out


def test_villages_of_one_name_and_two_kinds_are_not_guessed(office):
    done("add-village", "thôn Đông", "--commune", "Hà Sơn")
    done("add-village", "xóm Đông", "--commune", "Hà Sơn")
    (office / "a.csv").write_text("Xã;Tên thôn, xóm;Mức;Năm\nHà Sơn;Đông;NTM;2022\n", encoding="utf-8")
    refused = run("import", "a.csv")
    assert refused.code == 3
    assert "thôn Đông, xóm Đông" in refused.out


def test_a_row_of_a_commune_beside_those_of_villages_is_the_commune(office):
    done("add-village", "thôn 1", "--commune", "Hà Sơn")
    (office / "a.csv").write_text(
        "Tên xã;Tên thôn;Mức;Năm\nHà Sơn;;NTM;2022\nHà Sơn;thôn 1;NTM;2023\n", encoding="utf-8"
    )
    done("import", "a.csv")
    assert "xã Hà Sơn" in done("list", "--level", "ntm")
    assert len(villages("ntm")) == 1
