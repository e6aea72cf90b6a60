"""`import` of the sheets in which offices keep assessments.

What is read: one row a commune and one column a criterion, by number, by name, by both, with groups and districts
between; a row for each criterion; a sheet for each commune; the criteria not met as a list. What a mark and an empty
cell mean, by the sheet as a whole and by its counts. What is refused, by its cell; what is never taken for another
kind of table. One action, undone; read again it says nothing new.
"""

import datetime
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest

from ntmtrack.ingest.criteria_headings import criteria_named, criterion_heading, meant_code
from ntmtrack.ingest.title_days import title_days
from ntmtrack.programmes.criteria.files import criteria_set
from tests.consoles import DOWN, ENTER, typing
from tests.running import begin, run

STANDARD, ADVANCED = criteria_set("2021-2025/xa-ntm"), criteria_set("2021-2025/xa-nang-cao")
TITLE = ["Kết quả rà soát tiêu chí xã nông thôn mới đến 30/6/2024"]
CODES = [f"TC{number}" for number in range(1, 20)]
HEAD = ["TT", "Tên xã", *CODES]
COUNTED = [*HEAD, "Số TC đạt"]
Rows = Sequence[Sequence[object]]


@pytest.fixture(autouse=True)
def _ledger() -> None:
    begin("Kiên Giang")


def table(folder: Path, *rows: Sequence[object], name: str = "bang.xlsx", sheet: str = "Sheet1") -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = sheet
    for row in rows:
        book.active.append([*row])
    book.save(folder / name)
    return folder / name


def taken(file: Path, *options: str) -> list[tuple[str, str, str, int, str | None, str | None]]:
    """What stands in the ledger once a file is taken in: unit, set, day, number, not met, not concluded."""
    result = run("import", str(file), "--yes", *options)
    assert result.code == 0, result.both
    return on_record()


def on_record() -> list[tuple[str, str, str, int, str | None, str | None]]:
    import os

    with sqlite3.connect(os.environ["NTMTRACK_DB"]) as connection:
        return connection.execute(
            """SELECT v.name, a.criteria_set, a.day, a.met, a.missing, a.unknown FROM assessment AS a
               JOIN unit_version AS v ON v.unit_id = a.unit_id AND v.until IS NOT NULL AND v.since IS NULL
               WHERE a.voided_by IS NULL ORDER BY v.name, a.criteria_set, a.day"""
        ).fetchall()


def refused(file: Path, *options: str) -> str:
    result = run("import", str(file), "--no-annotate", *options)
    assert result.code == 3, result.both
    assert on_record() == []
    return result.both


def marks(*missing: int, yes: object = "x", no: object = None) -> Iterator[object]:
    return (no if number in missing else yes for number in range(1, 20))


def test_numbers_below_names_below_groups(tmp_path: Path) -> None:
    """Three rows of headings, districts between, a sum, remarks and signatures below."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["UBND TỈNH KIÊN GIANG"])
    sheet.append(["KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI"])
    sheet.append(["(Tính đến ngày 30/6/2024)"])
    sheet.append(["TT", "Tên xã", "Tiêu chí", *[None] * 18, "Số TC đạt", "Ghi chú"])
    sheet.append([None, None, *range(1, 20)])
    sheet.append([None, None, *(criterion.name for criterion in STANDARD.criteria)])
    sheet.merge_cells("C4:U4")
    for letter in "ABVW":
        sheet.merge_cells(f"{letter}4:{letter}6")
    sheet.append(["I", "Huyện Hòn Đất", *[2] * 19])
    sheet.append([1, "Mỹ Thuận", *marks(5, 17), "17/19"])
    sheet.append([2, "Xã Sơn Bình", *marks(), 19])
    sheet.append([None, "Tổng cộng", *[2] * 19])
    sheet.append([None, "Ghi chú: x là đạt"])
    sheet.append([*[None] * 17, "Kiên Giang, ngày 5 tháng 7 năm 2024"])
    book.save(tmp_path / "a.xlsx")
    assert taken(tmp_path / "a.xlsx") == [
        ("Mỹ Thuận", "2021-2025/xa-ntm", "2024-06-30", 17, "5 17", None),
        ("Sơn Bình", "2021-2025/xa-ntm", "2024-06-30", 19, "", None),
    ]


def test_names_tell_the_set(tmp_path: Path) -> None:
    names = [criterion.name for criterion in ADVANCED.criteria]
    rows = [
        ["6 tháng cuối năm 2023"],
        ["Huyện", "Xã", *names],
        ["Hòn Đất", "Mỹ Thuận", *marks(3, yes="Đạt", no="Chưa")],
    ]
    assert taken(table(tmp_path, *rows)) == [("Mỹ Thuận", "2021-2025/xa-nang-cao", "2023-12-31", 18, "3", None)]


def test_set_and_day_are_asked_for_where_nothing_tells_them(tmp_path: Path) -> None:
    file = table(tmp_path, ["Tiến độ tiêu chí các xã"], HEAD, [1, "Mỹ Thuận", *marks(5)])
    assert "--on 30/6/2024" in refused(file)
    assert "--set: 2021-2025/xa-nang-cao, 2021-2025/xa-ntm" in refused(file, "--on", "30/6/2024")
    assert taken(file, "--on", "30/6/2024", "--set", "nang-cao")[0][1:4] == ("2021-2025/xa-nang-cao", "2024-06-30", 18)


@pytest.mark.parametrize(
    ("cells", "met", "missing", "unknown"),
    [
        ([*["x"] * 18, None], 18, "19", None),
        ([*["Đạt"] * 17, None, "Chưa"], 17, "19", "18"),  # nobody looked at 18
        ([*["Đ"] * 17, "C", "C"], 17, "18 19", None),
        ([*["C"] * 17, "K", "K"], 17, "18 19", None),
        ([*[1] * 17, 0, 0], 17, "18 19", None),
        ([*["+"] * 17, "-", "-"], 17, "18 19", None),
        ([*["✓"] * 18, None], 18, "19", None),
        ([*["đạt"] * 17, "chưa đạt", "không đạt"], 17, "18 19", None),
        ([*["Đạt"] * 9, "62,5 triệu đồng", *["Đạt"] * 8, "Chưa"], 17, "19", "10"),  # no verified threshold
        ([*["Đạt"] * 9, "Đạt (62,5)", *["Đạt"] * 8, "Chưa"], 18, "19", None),
    ],
)
def test_what_cells_mean(tmp_path: Path, cells: list[object], met: int, missing: str, unknown: str | None) -> None:
    assert taken(table(tmp_path, TITLE, HEAD, [1, "Mỹ Thuận", *cells]))[0][3:] == (met, missing, unknown)


def test_counts_settle_what_an_empty_cell_means(tmp_path: Path) -> None:
    only_no = [*[None] * 18, "chưa"]
    assert "Số TC đạt" in refused(table(tmp_path, TITLE, HEAD, [1, "Mỹ Thuận", *only_no]))
    assert taken(table(tmp_path, TITLE, COUNTED, [1, "Mỹ Thuận", *only_no, 18]))[0][3:] == (18, "19", None)


def test_x_may_mark_what_is_not_met(tmp_path: Path) -> None:
    title = ["Danh sách tiêu chí xã NTM chưa đạt đến 30/6/2024"]
    only_two = [None, "x", *[None] * 17]
    assert "Số TC đạt" in refused(table(tmp_path, title, HEAD, [1, "Mỹ Thuận", *only_two]))
    assert taken(table(tmp_path, title, COUNTED, [1, "Mỹ Thuận", *only_two, 18]))[0][3:] == (18, "2", None)


def test_x_beside_ticks_may_be_either(tmp_path: Path) -> None:
    assert "Sheet1!U3" in refused(table(tmp_path, TITLE, HEAD, [1, "Mỹ Thuận", *["✓"] * 18, "x"]))


NAMES = ("Mỹ Thuận", "Sơn Bình", "Sơn Kiên", "Mỹ Phước", "Bình Giang", "Bình Sơn", "Lình Huỳnh", "Nam Thái Sơn")


def test_a_reading_that_fits_nearly_all_counts_is_taken_and_the_other_rows_are_named(tmp_path: Path) -> None:
    names = (*NAMES, "Mỹ Hiệp Sơn", "Thổ Sơn")
    right = [[place, name, *marks(place, 12), 17] for place, name in enumerate(names[:9], 1)]
    right[3][2] = "Đ"  # beside x: either may be meant
    wrong = [10, names[9], *marks(3), 11]
    either = "có thể là đạt hoặc chưa đạt"
    assert either in refused(table(tmp_path, TITLE, COUNTED, *right[:8], [9, names[8], *marks(3), 11], wrong))
    file = table(tmp_path, TITLE, COUNTED, *right, wrong)
    text = refused(file)
    assert ("Sheet1!V12" in text, either in text) == (True, False)
    assert [row[3] for row in taken(file, "--skip-bad")] == [17] * 9


def test_of_a_commune_and_a_town_of_one_name_the_set_means_its_own_kind(tmp_path: Path) -> None:
    row = [1, "Vĩnh Thuận", "Vĩnh Thuận", *marks(5)]
    file = table(tmp_path, TITLE, ["TT", "Tên xã", "Huyện", *CODES], row)
    result = run("import", str(file), "--dry-run")
    assert (result.code, "xã Vĩnh Thuận (huyện Vĩnh Thuận)" in result.out) == (0, True), result.both
    assert taken(file)[0][3:] == (18, "5", None)


def test_columns_of_met_and_not_met(tmp_path: Path) -> None:
    head = [f"{one.code}. {one.name}" for one in STANDARD.criteria for _half in "ab"]
    halves = ["Đạt", "Chưa đạt"] * 19
    row = [mark for number in range(1, 20) for mark in ((None, "x") if number == 5 else ("x", None))]
    file = table(tmp_path, TITLE, ["TT", "Tên xã", *head], [None, None, *halves], [1, "Mỹ Thuận", *row])
    assert taken(file)[0][3:] == (18, "5", None)


def test_one_row_a_criterion(tmp_path: Path) -> None:
    rows = [
        ("Mỹ Thuận", "Trường học", "Chưa", ""),
        ("Mỹ Thuận", "TC 10", "Đạt", "62,5"),
        ("Mỹ Thuận", "17.2", "Chưa", "80%"),
    ]
    text = "\r\n".join(";".join(row) for row in [("Tên xã", "Tiêu chí", "Kết quả", "Giá trị"), *rows])
    (tmp_path / "a.csv").write_bytes(text.encode("utf-16"))
    assert taken(tmp_path / "a.csv", "--on", "30/6/2024")[0][3:5] == (1, "5 17.2")


def test_one_sheet_a_commune(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("Mỹ Thuận", "Sơn Bình"):
        sheet = book.create_sheet(name)
        sheet.append([f"TỰ ĐÁNH GIÁ TIÊU CHÍ XÃ NÔNG THÔN MỚI CỦA XÃ {name.upper()}, HUYỆN HÒN ĐẤT"])
        sheet.append(["Đến ngày 31 tháng 12 năm 2024"])
        sheet.append(["TT", "Nội dung tiêu chí", "Quy định", "Kết quả", "Đạt/Chưa"])
        for one in STANDARD.criteria:
            sheet.append([int(one.code), one.name, None, None, None if one.contents else "Đạt"])
            for content in one.contents:
                sheet.append([content.code, content.name, "≥ 80%", "85%", "Chưa" if content.code == "17.2" else "Đạt"])
    del book["Sheet"]
    book.save(tmp_path / "a.xlsx")
    told = [("2021-2025/xa-ntm", "2024-12-31", 18, "17.2", None)] * 2
    assert [one[1:] for one in taken(tmp_path / "a.xlsx", "--all-sheets")] == told


def test_a_list_of_what_is_not_met(tmp_path: Path) -> None:
    head = ["Xã", "Số tiêu chí đạt", "Tiêu chí chưa đạt"]
    wrong = [["Mỹ Thuận", 17, "5, 17.2"], ["Sơn Bình", 15, "Trường học; Thu nhập; Môi trường"]]
    assert "Sheet1!B4" in refused(table(tmp_path, TITLE, head, *wrong))
    wrong[1][1] = 16
    assert [one[3:5] for one in taken(table(tmp_path, TITLE, head, *wrong))] == [(17, "5 17.2"), (16, "5 10 17")]


@pytest.mark.parametrize(
    ("rows", "place", "words"),
    [
        ([TITLE, [*HEAD, "TC20"], [1, "Mỹ Thuận", *marks(), "x"]], "Sheet1!V2", "TC20"),
        ([TITLE, COUNTED, [1, "Mỹ Thuận", *marks(), 20]], "Sheet1!V3", "20 tiêu chí đạt"),
        ([TITLE, COUNTED, [1, "Mỹ Thuận", *marks(1), "18/20"]], "Sheet1!V3", "19 tiêu chí"),
        ([TITLE, COUNTED, [1, "Mỹ Thuận", *marks(), datetime.date(2024, 10, 8)]], "Sheet1!V3", "Text"),
        ([TITLE, HEAD, [1, "Mỹ Thuận", *["Đạt"] * 18, "120%"]], "Sheet1!U3", "phần trăm"),
        ([TITLE, HEAD, [1, "Mỹ Thuận", *marks()], [2, "Mỹ Thuận", *marks(4)]], "Sheet1!B4", "Sheet1!B3"),
        ([["Tiêu chí xã NTM đến 31/12/2027"], HEAD, [1, "Mỹ Thuận", *marks()]], "Sheet1!B3", "chưa đến"),
        ([TITLE, HEAD, [1, "Không Có", *marks()]], "Sheet1!B3", "Không Có"),
        ([TITLE, ["TT", "Huyện", *CODES], [1, "Hòn Đất", *marks()]], "Sheet1!B3", "huyen-ntm"),
        ([TITLE, [*HEAD, "TC5"], [1, "Mỹ Thuận", *marks(), "x"]], "Sheet1!V2", "hai cột"),
        ([TITLE, ["Xã", "Tiêu chí chưa đạt"], ["Mỹ Thuận", "5, 20"]], "Sheet1!B3", "20"),
    ],
)
def test_faults_by_their_cell(tmp_path: Path, rows: Rows, place: str, words: str) -> None:
    told = refused(table(tmp_path, *rows))
    assert place in told
    assert words in told


def test_a_set_of_another_programme(tmp_path: Path) -> None:
    file = table(tmp_path, TITLE, HEAD, [1, "Mỹ Thuận", *marks()])
    told = run("import", str(file), "--set", "2026-2030/xa-ntm", "--no-annotate")
    assert told.code == 3
    assert on_record() == []


def test_a_number_that_lost_its_zero(tmp_path: Path) -> None:
    rows = [[17.1, "a", "Đạt"], [17.2, "b", "Đạt"], [17.1, "c", "Chưa"]]
    told = refused(table(tmp_path, TITLE, ["TT", "Nội dung tiêu chí", "Kết quả"], *rows, sheet="Mỹ Thuận"))
    assert "'Mỹ Thuận'!A5" in told
    assert "17.10" in told
    assert "A3" not in told  # 17.2 follows


def test_the_marked_copy_tells_the_fault(tmp_path: Path) -> None:
    file = table(tmp_path, TITLE, COUNTED, [1, "Mỹ Thuận", *marks(1), 19])
    assert run("import", str(file)).code == 3
    copy = openpyxl.load_workbook(tmp_path / "bang (lỗi).xlsx").active
    assert copy is not None
    assert copy["V3"].comment is not None


def test_one_action_and_nothing_new_the_second_time(tmp_path: Path) -> None:
    file = table(tmp_path, TITLE, HEAD, [1, "Mỹ Thuận", *marks(5)], [2, "Sơn Bình", *marks()])
    assert len(taken(file)) == 2
    assert "Không có gì để ghi" in run("import", str(file), "--yes").both
    changed = table(tmp_path, TITLE, HEAD, [1, "Mỹ Thuận", *marks()], [2, "Sơn Bình", *marks()], name="b.xlsx")
    told = run("import", str(changed), "--yes")
    assert "sửa 1" in told.both
    assert "đạt 18 tiêu chí, chưa đạt: 5" in told.both
    assert [one[3] for one in on_record()] == [19, 19]
    run("undo")
    assert [one[3] for one in on_record()] == [18, 19]


def test_a_correction_with_a_reason_is_not_taken_back_by_the_way(tmp_path: Path) -> None:
    file = table(tmp_path, TITLE, HEAD, [1, "Mỹ Thuận", *marks(5)])
    taken(file)
    assert run("assess", "Mỹ Thuận", "--on", "30/6/2024", "--missing", "5,17", "--correct", "xem lại").code == 0
    assert run("import", str(file), "--yes").code != 0
    assert on_record()[0][3] == 17
    assert run("import", str(file), "--yes", "--over-edits").code == 0
    assert on_record()[0][3] == 18


@pytest.mark.parametrize(
    "rows",
    [
        [["Xã đạt chuẩn"], ["TT", "Tên xã", "Nâng cao", "Năm"], [1, "Mỹ Thuận", "x", 2023]],
        [
            ["Xã đạt chuẩn theo bộ tiêu chí"],
            ["TT", "Tên xã", "Mức", "Năm đạt", "Số QĐ", "Ngày ký", "Ghi chú"],
            [1, 2, 3, 4, 5, 6, 7],
            [1, "Mỹ Thuận", "NTM", 2023, "12/QĐ-UBND", None, None],
        ],
        [TITLE, ["Tên xã", "Mức", "Năm đạt", "Tiêu chí chưa đạt"], ["Mỹ Thuận", "NTM", 2023, "5"]],
    ],
)
def test_recognitions_are_none(tmp_path: Path, rows: Rows) -> None:
    assert "kết quả công nhận, 1 dòng" in run("import", str(table(tmp_path, *rows)), "--dry-run").both


@pytest.mark.parametrize(
    ("parts", "standard", "advanced"),
    [
        (["5"], "5", "5"),
        (["TC XVIII"], "18", "18"),
        (["17.10"], "17.10", "17.10"),
        (["II. Hạ tầng kinh tế - xã hội", "Giao thông"], "2", "2"),
        (["Trường học", "5"], "5", None),
        (["5. Giáo dục"], None, "5"),
        (["CSVC văn hóa"], "6", None),
        (["HTCT và TCPL"], "18", None),
        (["QP-AN"], "19", "19"),
    ],
)
def test_headings(parts: list[str], standard: str | None, advanced: str | None) -> None:
    heading = criterion_heading(parts)
    assert heading is not None
    assert meant_code(STANDARD, heading) == standard
    if advanced:
        assert meant_code(ADVANCED, heading) == advanced


@pytest.mark.parametrize("text", ["Ghi chú", "Số TC đạt", "Nâng cao", "Huyện", "Năm", "Dân số", "Số quyết định"])
def test_other_headings(text: str) -> None:
    assert criterion_heading([text]) is None


def test_lists() -> None:
    text = "TC số 5 và 17, thủy lợi và phòng, chống thiên tai; 19 (Quốc phòng), abc"
    assert [*criteria_named(STANDARD, text)] == ["5", "17", "3", "19", "abc"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("đến ngày 30 tháng 6 năm 2024", ["2024-06-30"]),
        ("6 tháng đầu năm 2024 và kế hoạch năm 2025", ["2024-06-30"]),
        ("Quý II/2024", ["2024-06-30"]),
        ("T6.2024", ["2024-06-30"]),
        ("Tiêu chí giai đoạn 2021-2025, năm 2024", ["2024-12-31"]),
        ("An Giang, ngày 5 tháng 7 năm 2024", []),
        ("theo Quyết định 318/QĐ-TTg ngày 8/3/2022", []),
        ("đến năm 2025", []),
        ("so với 31/12/2023, đến 30/6/2024", ["2024-06-30"]),
    ],
)
def test_days_of_titles(text: str, days: list[str]) -> None:
    assert title_days([text]) == days


def test_the_form_goes_out_with_what_is_known_and_comes_back(tmp_path: Path) -> None:
    """An empty cell of it was not assessed, though it holds nothing but “Đạt”; the column of counts checks only."""
    assert run("assess", "Mỹ Thuận", "--on", "30/6/2024", "--missing", "5,17.2").code == 0
    file = tmp_path / "form.xlsx"
    told = run("template", str(file), "--what", "assessments", "--on", "31/12/2024", "--scope", "Hòn Đất")
    assert "12 đơn vị" in told.both
    book = openpyxl.load_workbook(file)
    sheet = book.active
    assert sheet is not None
    first = next(row for row in sheet.iter_rows(min_row=7) if str(row[1].value).startswith("xã Mỹ Thuận"))
    assert [first[place].value for place in (2, 6, 18)] == ["Đạt", "Chưa", "Chưa"]
    first[6].value = "Đạt"
    first[18].value = None
    book.save(file)
    assert taken(file)[1] == ("Mỹ Thuận", "2021-2025/xa-ntm", "2024-12-31", 18, "", "17")
    assert len(on_record()) == 2  # of the other rows nothing was told


def test_the_form_of_another_set_is_taken_for_it(tmp_path: Path) -> None:
    file = tmp_path / "form.xlsx"
    assert run("template", str(file), "--what", "assessments", "--set", "nang-cao", "--on", "30/6/2024").code == 0
    book = openpyxl.load_workbook(file)
    sheet = book.active
    assert sheet is not None
    sheet["C7"] = "Chưa"
    book.save(file)
    assert taken(file)[0][1:5] == ("2021-2025/xa-nang-cao", "2024-06-30", 0, "1")


def test_options_of_the_form_belong_together(tmp_path: Path) -> None:
    assert run("template", str(tmp_path / "form.xlsx"), "--set", "nang-cao").code == 2


def test_what_is_planned_was_not_found(tmp_path: Path) -> None:
    rows = [HEAD, [1, "Mỹ Thuận", *marks()]]
    told = run("import", str(table(tmp_path, ["Kế hoạch hoàn thành tiêu chí xã NTM năm 2024"], *rows)))
    assert told.code == 3
    assert "Kế hoạch hoàn thành" in told.both
    assert on_record() == []
    of_results = ["Kết quả thực hiện kế hoạch tiêu chí xã NTM năm 2024"]
    assert len(taken(table(tmp_path, of_results, *rows))) == 1


def test_who_sits_at_a_terminal_says_the_day_and_the_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = table(tmp_path, ["Tiến độ tiêu chí các xã"], HEAD, [1, "Mỹ Thuận", *marks(5)])
    with typing(monkeypatch, "30/6/2024", DOWN, ENTER):
        assert run("import", str(file)).code == 0
    assert on_record() == [("Mỹ Thuận", "2021-2025/xa-ntm", "2024-06-30", 18, "5", None)]


@pytest.mark.parametrize("told", [17.1, 2.3])
def test_a_decimal_number_in_a_list_of_what_is_missing_is_asked_about(tmp_path: Path, told: float) -> None:
    """Excel keeps “17.10” as 17.1, and “2,3” as one number where the comma parts decimals."""
    text = refused(table(tmp_path, TITLE, ["Xã", "Tiêu chí chưa đạt"], ["Mỹ Thuận", told]))
    assert "Sheet1!B3" in text
    assert "kiểu Chữ" in text
