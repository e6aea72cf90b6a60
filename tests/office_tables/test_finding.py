"""Finding the table: what headings mean · levels over columns · which rows are units · real names stay names."""

import csv
import lzma
from pathlib import Path
from time import process_time

import pytest

import ntmtrack
from ntmtrack.ingest.columns import FIELDS, Field, TableKind, simple
from ntmtrack.ingest.head import HeaderSearch
from ntmtrack.ingest.header import find_heads
from ntmtrack.ingest.headings import read_heading
from ntmtrack.ingest.revocations import without_revocation
from ntmtrack.ingest.row_kinds import (
    is_caption,
    is_signature,
    is_total,
    names_district,
    only_sorts,
    without_count,
)
from ntmtrack.ingest.table import read_table
from ntmtrack.ingest.titles import denying_text, titles_of
from ntmtrack.spreadsheets import Block, Cell, Sheet

RECOGNITIONS = frozenset(FIELDS[TableKind.RECOGNITIONS])
HEADINGS = {
    "STT": (Field.NUMBERING, None),
    "Tên xã": (Field.UNIT, None),
    "Xã": (Field.UNIT, None),
    "Đơn vị": (Field.UNIT, None),
    "Xã, thị trấn": (Field.UNIT, None),
    "Huyện/xã": (Field.UNIT, None),
    "Mã ĐVHC": (Field.CODE, None),
    "Mã huyện": (Field.DISTRICT_CODE, None),
    "Huyện, thị xã, thành phố": (Field.DISTRICT, None),
    "Thuộc huyện": (Field.DISTRICT, None),
    "Số QĐ": (Field.DECISION, None),
    "Quyết định": (Field.DECISION, None),
    "Số, ký hiệu văn bản": (Field.DECISION, None),
    "Số, ngày, tháng, năm quyết định": (Field.DECISION, None),
    "Ngày ký": (Field.DATE, None),
    "Ngày, tháng, năm công nhận": (Field.DATE, None),
    "Ngày công bố": (Field.ANNOUNCED, None),
    "Cơ quan ban hành": (Field.ISSUER, None),
    "Năm đạt chuẩn": (Field.YEAR, None),
    "Năm công nhận": (Field.YEAR, None),
    "Năm đạt chuẩn NTM nâng cao": (Field.YEAR, "nang-cao"),
    "Danh hiệu": (Field.LEVEL, None),
    "Mức đạt": (Field.LEVEL, None),
    "Danh hiệu / NTM": (Field.MARK, "ntm"),
    "Danh hiệu / Nâng cao": (Field.MARK, "nang-cao"),
    "Xã NTM kiểu mẫu": (Field.MARK, "kieu-mau"),
    "Đạt chuẩn": (Field.MARK, "ntm"),
    "NTM nâng cao / Năm": (Field.YEAR, "nang-cao"),
    "NTM / Số QĐ": (Field.DECISION, "ntm"),
    "Quyết định công nhận / Số": (Field.DECISION, None),
    "Quyết định công nhận / Ngày": (Field.DATE, None),
    "unit_code": (Field.CODE, None),
    "decision_date": (Field.DATE, None),
    # What tells nothing of a recognition, though it sounds like it.
    "Tổng số xã": None,
    "Số xã đạt chuẩn NTM": None,
    "Dân số": None,
    "Thu nhập năm 2023": None,
    "Mức thu nhập": None,
    "Năm quyết định": None,
    "Quyết định / Năm": None,
    "Đơn vị tính": None,
    "Xã NTM nâng cao, kiểu mẫu": None,
    "Thành phố Hà Tiên": None,
    "Kế hoạch / NTM nâng cao": None,
    "Đăng ký NTM nâng cao": None,
    "Năm đạt chuẩn theo kế hoạch NTM nâng cao": None,
    "Danh hiệu đăng ký": None,
    "Thu hồi": (Field.REVOKED, None),
}


@pytest.mark.parametrize(("heading", "meant"), HEADINGS.items(), ids=HEADINGS)
def test_what_a_heading_means(heading, meant):
    assert read_heading(tuple(simple(part) for part in heading.split(" / ")), RECOGNITIONS) == meant


def test_no_real_unit_is_taken_for_a_sum_a_signature_or_a_group():
    """10.000 communes and 3.300 new ones: "Cộng Hoà", "Tống Phan" and "Cống Vị" are communes."""
    data = Path(ntmtrack.__file__).parent / "data"
    names = set()
    for file in ("units_vn_2025-06.csv.xz", "units_vn_2025-07.csv.xz"):
        with lzma.open(data / file, "rt", encoding="utf-8", newline="") as text:
            names |= {row["name"] for row in csv.DictReader(text) if len(row["code"]) == 5}
    assert len(names) > 7_000
    assert [name for name in names if is_total(name) or is_signature(name) or names_district(name)] == []
    called = {*names, *(f"xã {name}" for name in names), *(f"Phường {name}" for name in names)}
    assert [name for name in called if only_sorts(name) or is_caption(name)] == []
    found = table(sheet(HEAD, *([number, name, "NTM", 2020] for number, name in enumerate(names, 1))))
    assert (len(found.rows), found.groups, found.totals, found.nameless) == (len(names), (), (), ())
    found = table(sheet(HEAD[1:], *([name, "NTM", 2020] for name in names)))
    assert (len(found.rows), found.groups, found.totals, found.nameless) == (len(names), (), (), ())


@pytest.mark.parametrize(
    "text",
    [
        *("Tổng cộng", "TỔNG", "Cộng", "Cộng huyện Hòn Đất", "Toàn tỉnh", "Tổng số", "Tỷ lệ (%)", "Luỹ kế đến nay"),
        *("Cộng: 5 sản phẩm", "Tổng cộng: 12 thôn", "Tổng 3 huyện"),
    ],
)
def test_rows_of_sums(text):
    assert is_total(text)


@pytest.mark.parametrize(
    "text", ["NGƯỜI LẬP BIỂU", "Thủ trưởng đơn vị", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "(Ký, ghi rõ họ tên)",
             "Hòn Đất, ngày 05 tháng 01 năm 2025", "Rạch Giá, ngày    tháng    năm 2025", "Nơi nhận:"]
)  # fmt: skip
def test_signatures(text):
    assert is_signature(text)


def sheet(*rows, **more):
    return Sheet("Xã", [[Cell(value) for value in row] for row in rows], **more)


def table(of, what=TableKind.RECOGNITIONS, **given):
    (head, *_others) = find_heads(of, HeaderSearch(what, **given))
    return read_table(of, head, what)


HEAD = ["STT", "Tên xã", "Danh hiệu", "Năm"]


def test_data_are_never_taken_for_headings():
    assert (
        find_heads(sheet(["commune", "ntm", "2016"], ["xã", "NTM", 2016]), HeaderSearch(TableKind.RECOGNITIONS)) == []
    )


def test_headings_without_merges_in_two_rows():
    found = table(
        sheet(
            ["TT", "Tên xã", "Danh hiệu", None, "Năm"], [None, None, "NTM", "Nâng cao", None], [1, "A", "x", None, 2020]
        )
    )
    assert [(c.field, c.level) for c in found.head.columns][2:4] == [(Field.MARK, "ntm"), (Field.MARK, "nang-cao")]
    assert [row.number for row in found.rows] == [2]


def test_a_group_ends_the_one_before_of_its_own_kind():
    found = table(
        sheet(
            HEAD,
            ["I", "Huyện A"],
            [None, "1. Xã NTM nâng cao"],
            [1, "B", None, 2020],
            ["II", "Huyện C"],
            [1, "D", "NTM", 2021],
        )
    )
    texts = [[group.text for group in row.groups] for row in found.rows]
    assert texts[-1] == ["Huyện C"]


@pytest.mark.parametrize("text", ["Bổ sung", "Xã còn lại", "CÁC XÃ KHÁC", "Xã miền núi, biên giới", "Nhóm 1", "Đợt II"])
@pytest.mark.parametrize("number", ["V", "B", None])
def test_a_group_that_only_sorts_its_rows_says_nothing_of_those_that_tell_all(text, number):
    rows = [[1, "A", "NTM", 2020], [number, text, None, 2], [2, "B", "NTM", 2021], [3, "C", None, None]]
    found = table(sheet(HEAD, *rows))
    assert [group.text for group in found.groups] == [text]
    assert [[group.text for group in row.groups] for row in found.rows] == [[], [], [text]]


@pytest.mark.parametrize(
    "text", ["Mỹ Lâm", "Xã Biên Giới", "Đồng Bằng", "Xã chưa đạt", "Bổ sung đăng ký", "Xã nghèo mới"]
)
def test_other_groups_are_kept_above_their_rows(text):
    (_one, below) = table(sheet(HEAD, [1, "A", "NTM", 2020], ["V", text], [2, "B", "NTM", 2021])).rows
    assert [group.text for group in below.groups] == [text]


def test_counts_beside_a_group_do_not_make_it_a_unit():
    found = table(
        sheet(["STT", "Đơn vị", "NTM", "Nâng cao"], ["I", "Huyện Hòn Đất (12 xã)", 12, 3], [1, "Mỹ Thuận", "x", ""])
    )
    assert [group.text for group in found.groups] == ["Huyện Hòn Đất"]
    assert [row.number for row in found.rows] == [2]


def test_headings_repeated_on_each_page_are_passed_over():
    found = table(sheet(HEAD, [1, "A", "NTM", 2020], HEAD, [2, "B", "NTM", 2020]))
    assert ([row.number for row in found.rows], found.other_head) == ([1, 3], None)


def test_headings_of_two_rows_repeated_on_each_page_are_passed_over():
    heads = [
        ["TT", "Tên xã", "Danh hiệu", None, "Năm"],
        [None, None, "NTM", "Nâng cao", None],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
    ]
    of = sheet(*heads, [1, "A", "x", None, 2020], *heads, [2, "B", "x", None, 2020])
    assert len(find_heads(of, HeaderSearch(TableKind.RECOGNITIONS))) == 1
    found = table(of)
    assert ([row.number for row in found.rows], found.other_head, found.nameless) == ([3, 7], None, ())


def test_a_list_headed_by_what_its_units_are():
    found = table(sheet(["STT", "Đơn vị đạt chuẩn", "Năm"], [1, "Mỹ Lâm", 2020]))
    assert [column.field for column in found.head.columns] == [Field.NUMBERING, Field.UNIT, Field.YEAR]


def test_a_second_table_is_found_below_the_signatures_too():
    found = table(
        sheet(HEAD, [1, "A", "NTM", 2020], [None, "Người lập biểu"], ["STT", "Tên xã", "Đăng ký"], [1, "B", "x"])
    )
    assert found.other_head == 3


def test_a_row_of_column_numbers_is_no_unit():
    for numbers in (["(1)", "(2)", "(3)", "(4)"], [1, 2, 3, 4], ["A", "B", "1", "2=3+4"]):
        assert [row.number for row in table(sheet(HEAD, numbers, [1, "A", "NTM", 2020])).rows] == [2]


TWO_CELLS = ["UBND HUYỆN HÒN ĐẤT", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
LETTERHEADS = {
    "one cell": [["UBND HUYỆN HÒN ĐẤT"]],
    "over the names": [[None, "HUYỆN HÒN ĐẤT"]],
    "two cells": [TWO_CELLS],
    "a title in the middle": [[None, None, "DANH SÁCH XÃ ĐẠT CHUẨN NTM NĂM 2020"]],
    "all of them": [TWO_CELLS, ["PHÒNG KINH TẾ", None, None, "Độc lập - Tự do - Hạnh phúc"],
                    [None, None, "DANH SÁCH XÃ ĐẠT CHUẨN NTM"], ["(Kèm theo Báo cáo số 12/BC-UBND ngày 1/2/2021)"]],
    "at the right": [[None, None, None, None, "Biểu số 01"]],
    "as of a day": [[None, None, None, "(Số liệu đến 31/12/2024)"]],
    "as of a day, in words": [["DANH SÁCH XÃ"], [None, None, "Tính đến ngày 31 tháng 12 năm 2024"]],
    "counted in": [["Biểu số 01", None, None, "Đơn vị tính: xã"], [None, None, None, "Đơn vị: xã"]],
    "of a quarter": [["Phụ lục 1"], [None, None, None, "Quý IV/2024"]],
    "from where": [["Phụ lục 1"], [None, None, "Nguồn: Văn phòng Điều phối"]],
}  # fmt: skip
HEADINGS_IN_ROWS = [
    [["STT", "Tên xã", "Danh hiệu", "Năm", "Số QĐ"]],
    [["STT", "Tên xã", "Danh hiệu", "Quyết định", None], [None, None, None, "Số", "Ngày"]],
    [["STT", "Tên xã", "Kết quả"], [None, None, "NTM", None, "Nâng cao"], [None, None, "Năm", "Số QĐ", "Năm"]],
]


@pytest.mark.parametrize("across", [False, True], ids=["", "merged"])
@pytest.mark.parametrize("above", LETTERHEADS.values(), ids=LETTERHEADS)
@pytest.mark.parametrize("headings", HEADINGS_IN_ROWS, ids=["one row", "two rows", "three rows"])
def test_a_letterhead_right_above_the_headings_is_none_of_them(headings, above, across):
    rows = [[1, "A", "NTM", 2020, "12/QĐ-UBND"]]
    blocks = [
        Block(number, column, number, column + 1)
        for number, cells in enumerate(above)
        for column, value in enumerate(cells)
        if value and across
    ]
    found = table(sheet(*above, *headings, *rows, merged=tuple(blocks)))
    own = table(sheet(*headings, *rows))
    assert found.head.columns == own.head.columns
    assert (found.head.top, len(found.rows)) == (len(above), 1)
    assert found.titles[0] == next(value for value in above[0] if value)


def test_two_days_above_the_headings_part_their_columns():
    """They are no caption of the whole table: which of the two columns is meant must be asked."""
    days = [None, None, "Tính đến 31/12/2023", "Tính đến 31/12/2024"]
    found = find_heads(
        sheet(days, ["STT", "Xã", "NTM", "NTM"], [1, "A", "x", "x"]), HeaderSearch(TableKind.RECOGNITIONS)
    )
    assert [bool(head.repeated) for head in found] == [True]


@pytest.mark.parametrize("text", ["Kế hoạch đến 31/12/2025", "(Dự kiến)", "Tính đến 31/12/2025, đăng ký"])
def test_a_caption_of_plans_denies_what_stands_below(text):
    found = table(sheet([None, None, text], ["STT", "Xã", "NTM"], [1, "A", "x"]))
    assert denying_text([found]) or not any(column.field is Field.MARK for column in found.head.columns)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Danh sách xã đạt chuẩn NTM năm 2024", 2024),
        ("(Số liệu đến 31/12/2024)", None),
        ("Danh sách xã đạt chuẩn NTM đến hết năm 2024", None),
        ("Đến quý IV/2024", None),
        ("Từ năm 2020 đến năm 2024", None),
        ("Xã đạt chuẩn năm 2023 (tính đến 31/12/2024)", 2023),
    ],
)
def test_up_to_when_figures_go_is_not_the_year_that_units_are_recognised_for(title, year):
    assert titles_of([table(sheet([title], HEAD, [1, "A", "NTM", 2020]))])[1] == year


def test_a_list_headed_by_its_title_alone_keeps_it():
    given = frozenset((Field.LEVEL, Field.YEAR))
    found = find_heads(
        sheet(["Danh sách các xã trên địa bàn"], ["A"], ["B"]), HeaderSearch(TableKind.RECOGNITIONS, given=given)
    )
    assert [head.top for head in found] == [0]


def test_a_long_list_of_districts_is_looked_through_once():
    districts = [[f"Huyện {letter}{number}"] for letter in "ABCDEFGHIJ" for number in range(10)]
    assert find_heads(sheet(*districts), HeaderSearch(TableKind.RECOGNITIONS)) == []


@pytest.mark.parametrize("text", ["1" * 20_000, "-" * 20_000 + "x", "-" * 20_000 + " thu hồi", "đã " * 7_000 + "x"])
def test_a_text_of_one_sign_without_end_costs_no_time(text):
    began = process_time()
    without_count(text)
    without_revocation(text)
    assert process_time() - began < 1
