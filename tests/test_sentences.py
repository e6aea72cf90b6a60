"""What is said must be so, in words: no None, key or name of a class in any answer · what was revoked is seen as such ·
a scope is called what it is · operators keep their signs · examples come from the ledger's own province."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from tests.running import begin, run

# None, keys and enum words that no sentence may hold; a command line, an address or a file's name may.
_KEYS = (
    *("None", "nang-cao", "kieu-mau", "hien-dai", "not_due", "very_late", "not_concluded", "no_data", "no_plan"),
    *("at-least", "highest", "illustrative", "inferred", "sourced", "recorded", "recognised", "superseded"),
)
NOT_WORDS = re.compile(rf"(?<![\w/-])({'|'.join(_KEYS)})(?![\w/-])|[{{}}]|<[A-Za-z_.]+[ >]")
ANSWERS = [
    *("show 30838", "show 30931", "show 899", "units --scope 30838", "list --level ntm --year 2024", "map --year 2024"),
    *("list --level ntm --tier district --until 2024", "remaining --level kieu-mau --year 2024", "trend", "check"),
    *("status", "history", "history 2", "progress --year 2024", "progress --year 2024 --wide", "progress --years"),
    *("progress --year 2023 --by district", "progress --year 2024 --text", "progress --year 2028 --scope 30838"),
    *("explain nang-cao --year 2024", "explain income --year 2024", "explain ntm --tier district --year 2022"),
    *("roadmap list", "roadmap show kien-giang-kh168", "roadmap show quang-binh-stnmt --text", "roadmap check"),
    *(
        "roadmap show quoc-gia-2026-2030",
        "roadmap show ha-son-kh68",
        "diff --from 2024-01-01",
        "verify",
        "undo --dry-run",
    ),
    *("close-year 2023 --dry-run", "publish --year 2024 --source x --dry-run"),
]


@pytest.fixture
def revoked(demo, once):
    """The sample, with a commune that lost both of its levels, and one that was added, recognised and corrected."""
    once(revoke_and_correct)


def revoke_and_correct():
    run("revoke", "30838", "--level", "nang-cao", "--decision", "9/QĐ-UBND", "--date", "1/3/2024", "--reason", "rớt")
    run("revoke", "30838", "--level", "ntm", "--decision", "10/QĐ-UBND", "--date", "1/4/2024")
    run("add-commune", "Mới", "--district", "huyện Hòn Đất")
    run("record", "Mới", "--level", "ntm", "--year", "2024")
    run("edit", "Mới", "--level", "ntm", "--new-year", "2023", "--reason", "nhầm")


def spoken(text):
    """The text without command lines, addresses and what is quoted from documents."""
    return "\n".join(re.sub(r"https?://\S+|ntmtrack .*", "", line) for line in text.splitlines())


@pytest.mark.usefixtures("revoked")
@pytest.mark.parametrize("line", ANSWERS)
def test_no_answer_holds_a_key_or_none(line):
    said = run(*line.split())
    assert said.code in (0, 1, 3), said.both
    assert NOT_WORDS.findall(spoken(said.both)) == []


@pytest.mark.usefixtures("revoked")
def test_no_cell_of_a_workbook_holds_one():
    run("export", "r.xlsx", "--year", "2024")
    book = openpyxl.load_workbook("r.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [text for text in cells if NOT_WORDS.search(spoken(text))] == []


def test_a_level_of_an_earlier_programme_is_called_by_its_title(office):
    begin("An Giang")
    begin("An Giang", "2026-2030")
    unit = json.loads(run("units", "--scope", "89", "--kind", "xã", "-f", "json").out)["units"][0]["code"]
    run("record", unit, "--level", "ntm", "--year", "2022")
    run("record", unit, "--level", "nang-cao", "--year", "2024")
    said = run("show", unit).out
    assert "NTM nâng cao   2021-2025  2024" in said
    assert NOT_WORDS.findall(spoken(said)) == []


@pytest.mark.usefixtures("revoked")
class TestRevoked:
    """A unit that lost its level is never shown as one that never had it."""

    NTM = "đã thu hồi đạt chuẩn NTM 01/04/2024 · 10/QĐ-UBND"
    HIGHER = "đã thu hồi NTM nâng cao 01/03/2024 · 9/QĐ-UBND: rớt"

    def test_among_those_that_remain(self):
        said = run("remaining", "--level", "ntm", "--year", "2024").out
        row = next(line for line in said.splitlines() if "Mỹ Thuận" in line)
        assert "chưa đạt" in row
        assert (self.NTM in row, self.HIGHER in row) == (True, True)

    def test_for_machines_with_its_decisions(self):
        said = json.loads(run("remaining", "--level", "ntm", "--year", "2024", "-f", "json").out)["units"]
        one = next(one for one in said if one["name"] == "xã Mỹ Thuận")
        assert one["revoked_level"] == "ntm; nang-cao"
        assert one["revoked_on"] == "2024-04-01; 2024-03-01"
        assert one["revoked_by"] == "10/QĐ-UBND ngày 01/04/2024; 9/QĐ-UBND ngày 01/03/2024"

    def test_not_before_it_was_revoked(self):
        assert "thu hồi" not in run("remaining", "--level", "kieu-mau", "--year", "2023").out

    def test_of_what_is_still_held_nothing_is_said(self):
        run("undo", "3")
        said = run("remaining", "--level", "nang-cao", "--year", "2024").out
        row = next(line for line in said.splitlines() if "Mỹ Thuận" in line)
        assert (self.NTM in row, self.HIGHER in row) == (False, True)

    @pytest.mark.parametrize("sheet", ["Danh sách", "Chưa đạt"])
    def test_in_the_lists_of_the_workbook(self, sheet):
        run("export", "r.xlsx", "--year", "2024")
        rows = openpyxl.load_workbook("r.xlsx")[sheet].iter_rows(values_only=True)
        row = next(row for row in rows if "Xã Mỹ Thuận" in row)
        assert f"{self.NTM}; {self.HIGHER}" in row
        assert "Chưa đạt" in row


class TestScopes:
    def test_two_provinces_are_not_called_one(self, office):
        begin("Kiên Giang")
        begin("Lai Châu")
        run("record", "30838", "--level", "ntm", "--year", "2023")
        run("export", "r.xlsx", "--year", "2023")
        book = openpyxl.load_workbook("r.xlsx")
        said = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
        assert not [text for text in said if "toàn tỉnh" in text or re.search(r"MỚI TỈNH|của tỉnh ", text)]
        assert "các địa phương có thêm 01 xã" in run("progress", "--year", "2023", "--text").out

    @pytest.mark.parametrize(
        ("province", "scope", "said"),
        [
            ("Cần Thơ", "Cần Thơ", "chưa ghi nhận kết quả công nhận nào của toàn thành phố."),
            ("Kiên Giang", "thành phố Phú Quốc", "chưa ghi nhận kết quả công nhận nào của toàn thành phố."),
            ("Kiên Giang", "huyện Hòn Đất", "chưa ghi nhận kết quả công nhận nào của toàn huyện."),
            ("Lai Châu", "tỉnh Lai Châu", "chưa ghi nhận kết quả công nhận nào của toàn tỉnh."),
        ],
    )
    def test_a_scope_is_called_what_it_is(self, office, province, scope, said):
        begin(province)
        assert said in run("progress", "--year", "2023", "--text", "--scope", scope).out

    def test_examples_are_of_the_ledgers_province(self, office):
        begin("Lai Châu")
        run("template", "mau.xlsx")
        book = openpyxl.load_workbook("mau.xlsx")
        said = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
        prompts = [check.prompt for check in book["Danh sách"].data_validations.dataValidation]
        assert "Ví dụ: UBND tỉnh Lai Châu." in said
        assert not [text for text in (*said, *prompts) if "Kiên Giang" in text or "{" in text]


class TestAYearToCome:
    """A year that has not begun: said plainly, and nothing of its end."""

    THEN = datetime(2023, 6, 1, tzinfo=UTC)

    @pytest.mark.usefixtures("demo")
    @pytest.mark.parametrize("more", [[], ["--text"], ["--years"], ["--wide"], ["--roadmap", "quoc-gia-2021-2025"]])
    def test_progress(self, more):
        said = run("progress", "--year", "2025", *more, now=self.THEN).out
        assert "Năm 2025 chưa đến" in said
        assert "31/12/2025" not in said
        assert "không có thêm" not in said

    @pytest.mark.usefixtures("demo")
    def test_the_text_has_the_targets(self):
        said = run("progress", "--year", "2025", "--text", now=self.THEN).out
        assert "(NTM) 09; đơn vị cấp huyện đạt chuẩn NTM nâng cao 02; xã đạt chuẩn NTM 116" in said

    @pytest.mark.usefixtures("demo")
    def test_the_workbook(self):
        run("export", "r.xlsx", "--year", "2025", now=self.THEN)
        book = openpyxl.load_workbook("r.xlsx")
        said = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
        assert not [text for text in said if "31/12/2025" in text]


PLAN = """
[roadmap]
key = "ag"
title = "Kế hoạch thử"
number = "1/KH-UBND"
issued_on = 2026-03-01
issuer = "UBND tỉnh An Giang"
programme = "2026-2030"
scope_code = "91"
scope_name = "tỉnh An Giang"
base_year = 2025

[[line]]
tier = "commune"
measure = "ntm"
figure = [
  { year = 2030, span = "period", operator = ">=", added = 23, cite = "mục 1" },
  { year = 2030, operator = ">=", cumulative = 64, cite = "mục 1" },
]

[[line]]
tier = "commune"
measure = "hien-dai"
figure = [
  { year = 2030, span = "period", operator = "about", added = 5, cumulative = 9, percent = "10", cite = "mục 2" },
]

[[line]]
tier = "commune"
measure = "ntm"
name = "xã biên giới đạt chuẩn NTM"
figure = [{ year = 2030, operator = ">", added = 5, cumulative = 9, cite = "mục 3" }]
"""


class TestSigns:
    """ "≥ 23", "khoảng" and what is cumulative are never dropped."""

    @pytest.fixture
    def plan(self, office):
        Path("kh.toml").write_text(PLAN, encoding="utf-8")
        return "kh.toml"

    def test_in_the_plans_own_paragraphs(self, plan):
        said = run("roadmap", "show", plan, "--text").out
        assert "phấn đấu có thêm ít nhất 23 xã đạt chuẩn NTM, thêm khoảng 05 xã đạt chuẩn NTM hiện đại." in said
        assert "có ít nhất 64 xã đạt chuẩn NTM, khoảng 09 xã đạt chuẩn NTM hiện đại (10%)." in said
        assert "xã biên giới đạt chuẩn NTM: > 9; thêm > 5" in said

    def test_in_its_tables(self, plan):
        said = run("roadmap", "show", plan).out
        assert "2026–2030" in said
        for text in ("≥ 23", "≥ 64", "khoảng 10% (9); thêm khoảng 5", "> 9; thêm > 5"):
            assert text in said

    def test_in_progress_on_a_screen_in_text_and_in_the_workbook(self, plan):
        begin("An Giang", "2026-2030")
        run("roadmap", "import", plan)
        year = datetime(2031, 2, 1, tzinfo=UTC)
        assert run("record", "30313", "--level", "ntm", "--year", "2027", now=year).code == 0
        told = run("progress", "--year", "2030", now=year).out
        assert re.search(r"Xã đạt chuẩn NTM .*≥ 64", told)
        assert re.search(r"Xã NTM hiện đại .*khoảng 9 .*khoảng 10", told)
        text = run("progress", "--year", "2030", "--text", now=year).out
        assert "(kế hoạch ít nhất 64, chênh lệch −63)" in text
        run("export", "r.xlsx", "--year", "2030", now=year)
        rows = openpyxl.load_workbook("r.xlsx")["Tổng hợp"].iter_rows(values_only=True)
        row = next(row for row in rows if "Xã NTM hiện đại" in row)
        assert {"khoảng 9", "khoảng 10"} <= {*map(str, row)}


class TestAnEmptyLedger:
    """A ledger that holds no recognition tells nothing of the province."""

    NOTE = "Sổ chưa ghi công nhận nào được tính ở đây"

    @pytest.mark.parametrize("more", [[], ["--years"], ["--scope", "huyện Hòn Đất"]])
    def test_its_noughts_are_its_own(self, office, more):
        begin("Kiên Giang")
        assert self.NOTE in run("progress", "--year", "2023", *more).out
        run("record", "30838", "--level", "ntm", "--year", "2023")
        assert self.NOTE not in run("progress", "--year", "2023", *more).out

    def test_nor_is_it_held_against_a_plan(self, office):
        begin("Kiên Giang")
        assert "kế hoạch" not in run("progress", "--year", "2023", "--text").out


@pytest.mark.usefixtures("demo")
def test_a_summary_says_once_what_is_left_out():
    run("export", "r.xlsx", "--year", "2024", "--basis", "decision")
    rows = openpyxl.load_workbook("r.xlsx")["Tổng hợp"].iter_rows(values_only=True)
    assert sum("Không tính 13 kết quả" in str(cell) for row in rows for cell in row) == 1


class TestExplained:
    """What an explanation shows has a meaning there."""

    @pytest.mark.usefixtures("demo")
    def test_no_month_behind_before_the_target_is_due(self):
        running = run("explain", "ntm", "--as-of", "30/6/2023").out
        assert "chưa đến hạn" in running
        assert "Số tháng sớm" not in running
        assert "Số tháng sớm" in run("explain", "ntm", "--as-of", "31/12/2023").out

    @pytest.mark.usefixtures("demo")
    def test_no_yearly_pace_for_what_is_left_of_the_last_year(self):
        assert "Cần mỗi năm" not in run("explain", "kieu-mau", "--as-of", "31/3/2025").out
        assert "Cần mỗi năm" in run("explain", "kieu-mau", "--as-of", "31/3/2024").out

    @pytest.mark.usefixtures("demo")
    def test_of_two_baselines_each_is_told(self):
        told = run("explain", "ntm", "--tier", "district", "--year", "2024").out
        assert "trong sổ, cuối năm 2020; đường kế hoạch bắt đầu từ 3" in told
        assert "đường kế hoạch" not in run("explain", "ntm", "--year", "2024").out

    def test_without_a_plan_no_document_is_spoken_of(self, office):
        begin("Thanh Hóa")
        told = run("explain", "ntm", "--year", "2023").out
        assert "Dư địa" in told
        assert "văn bản" not in told
        assert "Tình trạng" not in told


def test_what_falls_short_by_every_reading_is_told_in_numbers(office):
    begin("Lai Châu")
    run("record", "xã Nậm Khao", "--level", "ntm", "--year", "2024")
    said = run("progress", "--year", "2025", "--text").out
    assert "01 xã đạt chuẩn NTM (kế hoạch 57,5%: 54 hay 55, còn 53–54)" in said
