"""Biểu 05, 06 and 10 of 2026–2030 from a ledger with made up results: what is not known stays empty, never nought; the
names about criteria in a form of the office."""

import openpyxl
import pytest

from tests.places import asked, our_ledger
from tests.running import begin, run
from tests.test_criteria_lines import write

NTM = "2026-2030/xa-ntm"
# Of six communes: group, what they lacked on 30/6/2026, what is left open; None: only that 10 are met.
FOUND = [("1", "", ""), ("1", "1 2", ""), ("2", "1 2 3 4 5 6", ""), ("2", "", "7"), ("3", None, ""), ("3", "9", "")]


def communes(count):
    rows = asked(
        our_ledger(),
        "SELECT unit_id FROM unit_version WHERE kind = 'xã' AND voided_by IS NULL AND since = '2025-07-01'"
        " AND until IS NULL ORDER BY code LIMIT ?",
        count,
    )
    return [row[0] for row in rows]


def assess(day="2026-06-30"):
    rows = []
    for unit, (_group, missing, unknown) in zip(communes(6), FOUND, strict=True):
        met = 10 if missing is None else 10 - len(missing.split()) - len(unknown.split())
        kept = {"unit_id": unit, "criteria_set": NTM, "day": day, "confidence": "illustrative"}
        rows.append({**kept, "met": met, "missing": missing, "unknown": unknown or None})
    write("assessment", rows)


def mark(units, group):
    write("unit_mark", [{"unit_id": unit, "mark": "group", "value": group, "since": "2026-02-01"} for unit in units])


@pytest.fixture
def ledger(office, once):
    def fill():
        begin("An Giang", "2026-2030")
        assess()
        for place, unit in enumerate(communes(6)):
            mark([unit], FOUND[place][0])

    once(fill)
    return office


def form(name, *argv):
    result = run("export", "a.xlsx", "--template", name, "--year", "2026", *argv)
    assert result.code == 0, result.both
    assert "chưa đối chiếu thông tư" in result.both
    page = openpyxl.load_workbook("a.xlsx").worksheets[0]
    rows = [list(row) for row in page.iter_rows(values_only=True)]
    assert "chưa đối chiếu thông tư" in str(rows)
    return {str(row[0]): row[1:] for row in rows if row[0] is not None}


def test_bieu_06_counts_and_leaves_open_what_is_not_known(ledger):
    """6 of 85 assessed and grouped: two meet all ten, two 5 to 9, one fewer than 5, one at 9 may be at ten."""
    rows = form("bieu-06")
    assert rows["1"][1:4] == [85, 85, None]
    assert [rows[f"1.{group}"][2] for group in (1, 2, 3)] == [2, 2, 2]
    assert [rows[code][2] for code in ("2", "3", "4")] == [2, 2, 1]
    assert rows["2"][4] == "Mới rà soát 6/85 xã; 1 xã chưa kết luận"
    assert [rows[f"3.{group}"][2] for group in (1, 2, 3)] == [1, None, 1]
    assert [rows[f"4.{group}"][2] for group in (1, 2, 3)] == [None, 1, None]  # 79 are of no group that is told
    assert [rows[code][1] for code in ("2", "3", "4", "2.1", "2.3")] == [None] * 5  # of the end of 2025 nothing is told
    assert rows["2.1"][2] is None
    assert set(rows["2.2"][1:]) == {None}


def test_once_all_are_grouped_nought_is_known(ledger):
    every = communes(85)
    mark(every[6:], "2")
    assert run("record", "Mỹ Thuận", "--level", "ntm", "--year", "2026").code == 0
    rows = form("bieu-06")
    assert sum(rows[f"1.{group}"][2] for group in (1, 2, 3)) == 85
    recognised = [rows[f"2.1.{group}"][2] for group in (1, 2, 3)]
    assert sum(recognised) == rows["2.1"][2] == 1
    assert 0 in recognised
    assert rows["4.1"][2] == 0  # both of group 1 were assessed
    assert rows["4.2"][2] == 1


def test_bieu_05_has_every_criterion_by_group(ledger):
    """Criterion 1: one of two in groups 1 and 2, in group 3 one, of the other only the number is known."""
    rows = form("Biểu 05")
    assert [place for place in rows if place.isdecimal()] == [str(number) for number in range(1, 11)]
    assert [rows["1"][at] for at in (3, 6, 9)] == [1, 1, 1]
    assert [rows["7"][at] for at in (3, 6, 9)] == [2, 1, 1]
    assert [rows["9"][at] for at in (3, 6, 9)] == [2, 2, None]  # one lacks it, of the other nothing is told
    assert rows["7"][11] == "2 xã chưa kết luận"
    assert {rows["1"][at] for at in (2, 5, 8)} == {None}


def test_bieu_10_of_one_commune_says_met_of_nothing_that_was_not_read(ledger):
    names = dict(asked(our_ledger(), "SELECT unit_id, code FROM unit_version WHERE kind = 'xã' AND until IS NULL"))
    units = communes(6)
    rows = form("bieu-10", "--scope", names[units[3]])
    verdicts = {code: row[5] for code, row in rows.items()}
    assert (verdicts["1"], verdicts["7"]) == ("Đạt", "Chưa kết luận")
    assert verdicts["3.a"] is None
    assert {form("bieu-10", "--scope", names[units[1]])[code][5] for code in ("1", "2")} == {"Chưa đạt"}


def test_a_form_of_the_office_may_ask_for_criteria(ledger):
    book = openpyxl.Workbook()
    sheet = book.active
    for row, name in enumerate(("tieu_chi.binh_quan", "tieu_chi.da_ra_soat", "nam_truoc.tieu_chi.dat_10"), start=1):
        sheet.cell(row, 1, f"{{{{{name}}}}}")
    sheet.cell(4, 1, "{{#tieu_chi}}{{ma}}")
    sheet.cell(4, 2, "{{ty_le}}")
    sheet.cell(15, 1, "{{minh_hoa}}")
    book.save("mau.xlsx")
    assert run("export", "a.xlsx", "--template", "mau.xlsx", "--year", "2026").code == 0
    filled = openpyxl.load_workbook("a.xlsx").active
    # 10 + 8 + 4 + 10 + 9 = 41 criteria of five communes, one more with a criterion left open: 8,2.
    assert [filled.cell(row, 1).value for row in (1, 2, 3)] == [8.2, 6, None]
    assert (filled.cell(4, 1).value, filled.cell(4, 2).value) == ("1", 50)
    assert "kết quả rà soát của 6 xã" in str([row[0].value for row in filled.iter_rows()])


def test_with_nobody_assessed_a_form_is_empty_and_not_nought(office):
    begin("An Giang", "2026-2030")
    rows = form("bieu-06")
    assert [rows[code][2] for code in ("1.1", "2", "2.1", "2.3", "3", "4", "4.1")] == [None] * 7
    assert rows["1"][2] == 85


def test_forms_are_refused_where_they_do_not_fit(office):
    begin("An Giang", "2026-2030")
    for argv, said in (
        (("--template", "bieu-11", "--year", "2026"), "bieu-05, bieu-06, bieu-10"),
        (("--template", "bieu-06", "--year", "2024"), "2026-2030"),
        (("--template", "bieu-10", "--year", "2026"), "biểu của một xã"),
    ):
        result = run("export", "a.xlsx", *argv)
        assert (result.code, said in result.err) == (2, True)
