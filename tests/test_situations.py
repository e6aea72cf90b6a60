"""What needs more than one command line to come about: refusals, and days that lie in the past."""

import json
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from ntmtrack import paths
from ntmtrack.model import Unit
from ntmtrack.roadmaps.toml import shipped
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.plan_inserts import RoadmapPlace
from ntmtrack.storage.queries.units import sole_province
from ntmtrack.storage.transaction import acting
from tests.running import NOW, begin, run


def test_two_roadmaps_for_one_scope_are_both_named(demo):
    plan = shipped()["kien-giang-kh168"]
    with acting(demo, Ledger.Stamp("test", "x", NOW)) as ledger:
        province = sole_province(ledger.connection, NOW.date())
        assert isinstance(province, Unit)
        other = [one._replace(cumulative=one.cumulative and one.cumulative + 1) for one in plan.targets]
        ledger.add_roadmap(plan._replace(key="kh-thu-hai", targets=tuple(other)), RoadmapPlace(province.id), {})
    refused = run("progress")
    assert (refused.code, "kh-thu-hai, kien-giang-kh168" in refused.err) == (1, True)
    assert run("progress", "--roadmap", "kien-giang-kh168").code == 0


def test_the_demo_never_overwrites_a_ledger_of_somebody(office):
    run("add-district", "Hòn Đất", "--db", "ntmtrack-demo.db")
    before = (office / "ntmtrack-demo.db").read_bytes()
    refused = run("demo")
    assert (refused.code, "không phải sổ mẫu" in refused.err) == (1, True)
    assert (office / "ntmtrack-demo.db").read_bytes() == before
    assert not (office / "ntmtrack-demo.xlsx").exists()


def test_a_unit_before_it_existed(demo):
    run("add-commune", "Thổ Sơn Mới", "--district", "huyện Hòn Đất", "--since", "1/7/2024")
    refused = run("record", "Thổ Sơn Mới", "--level", "ntm", "--year", "2023")
    assert (refused.code, "từ 01/07/2024" in refused.err) == (1, True)
    assert run("record", "Thổ Sơn Mới", "--level", "ntm", "--year", "2024").code == 0


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("level", "said"),
    [("nang-cao", "sau NTM nâng cao"), ("ntm", "đã được công nhận đạt chuẩn NTM")],
    ids=["order", "twice"],
)
def test_a_lower_level_cannot_come_after_a_higher_one(level, said):
    run("add-commune", "Mới", "--district", "huyện Hòn Đất")
    run("record", "Mới", "--level", "nang-cao", "--year", "2022")
    if level == "ntm":
        run("record", "Mới", "--level", "ntm", "--year", "2021")
    refused = run("record", "Mới", "--level", "ntm", "--year", "2023")
    assert (refused.code, said in refused.err) == (1, True)


@pytest.mark.usefixtures("demo")
def test_by_day_within_one_year():
    run("add-commune", "Mới", "--district", "huyện Hòn Đất")
    run("record", "Mới", "--level", "ntm", "--year", "2022", "--decision", "1/QĐ-UBND", "--date", "1/12/2022")
    refused = run(
        "record", "Mới", "--level", "nang-cao", "--year", "2022", "--decision", "2/QĐ-UBND", "--date", "1/3/2022"
    )
    assert (refused.code, "không thể trước" in refused.err) == (1, True)


def test_recognised_anew_where_no_text_says_that_the_old_level_counts_on(office):
    run("add-commune", "Mới")
    assert run("record", "Mới", "--level", "ntm", "--year", "2018").code == 0
    assert run("record", "Mới", "--level", "nang-cao", "--year", "2019").code == 0
    assert run("record", "Mới", "--level", "nang-cao", "--year", "2023").code == 0
    shown = run("progress", "--year", "2022").out
    assert "Chưa kết luận" in shown
    assert "NTM nâng cao 1/1" in shown
    assert "Chưa kết luận" not in run("progress", "--year", "2023").out


@pytest.mark.parametrize("verb", ["record", "revoke"])
def test_the_same_unit_twice_in_one_action(demo, verb):
    options = ["--year", "2025"] if verb == "record" else []
    code = "30836" if verb == "record" else "30838"
    assert run(verb, code, code, "--level", "nang-cao", *options).code == 2


@pytest.mark.usefixtures("demo")
def test_a_list_of_an_earlier_day_shows_the_evidence_of_that_day():
    run("revoke", "30931", "--level", "ntm", "--decision", "5/QĐ-UBND", "--date", "1/6/2025")
    run("revoke", "30931", "--level", "nang-cao", "--decision", "5/QĐ-UBND", "--date", "1/6/2025")
    before = run("list", "--level", "ntm", "--until", "2024", "--scope", "Giồng Riềng").out
    assert "xã Ngọc Thuận" in before
    assert "1007/QĐ-UBND" in next(line for line in before.splitlines() if "Ngọc Thuận" in line)
    assert "Ngọc Thuận" not in run("list", "--level", "ntm", "--until", "2025", "--scope", "Giồng Riềng").out
    lost = run("progress", "--year", "2025").out
    assert "Giảm so với cuối năm trước" in lost


@pytest.mark.usefixtures("demo")
def test_the_register_shows_only_what_counts_on_its_day():
    run("export", "r.xlsx", "--year", "2023", "--basis", "decision")
    sheet = openpyxl.load_workbook("r.xlsx")["Danh sách huyện"]
    row = next([cell.value for cell in row] for row in sheet.iter_rows() if row[1].value == "Huyện An Biên")
    assert row[3:7] == ["Chưa đạt", None, None, None]


def test_a_status_that_rests_on_an_unverified_level_is_not_concluded(demo):
    for name in ("Một", "Hai", "Ba"):
        run("add-commune", name, "--district", "huyện Hòn Đất")
        run("record", name, "--level", "ntm", "--year", "2018")
        run("record", name, "--level", "nang-cao", "--year", "2019")
    title = "Xã đạt chuẩn NTM nâng cao"
    line = next(one for one in run("progress", "--year", "2022").out.splitlines() if one.startswith(title))
    assert line.removeprefix(title).split() == ["3", "0", "3", "3", "0", "119", "2,59", "2,52", "chưa", "kết", "luận"]


@pytest.mark.usefixtures("demo")
def test_a_year_still_to_come_has_a_plan_and_no_data():
    then = datetime(2023, 6, 1, tzinfo=UTC)
    shown = run("progress", "--year", "2025", now=then).out
    row = next(line for line in shown.splitlines() if line.startswith("Xã đạt chuẩn NTM"))
    assert row.split()[4:] == ["2", "116", "116", "100,00", "chưa", "có", "số", "liệu"]
    years = run("progress", "--years", "--year", "2025", now=then)
    assert "MINH HOẠ" in years.out
    actual = next(line for line in years.out.splitlines() if "luỹ kế, TH" in line and "79" not in line)
    assert actual.split()[-2:] == ["–", "–"]


OF_A_RUNNING_YEAR = [
    ["progress", "--year", "2024"],
    ["progress", "--year", "2024", "--wide"],
    ["progress", "--year", "2024", "--text"],
    ["progress", "--year", "2024", "--by", "district", "--level", "ntm"],
    ["progress", "--years", "--year", "2024"],
    ["explain", "ntm", "--year", "2024"],
    ["list", "--level", "ntm", "--year", "2024"],
    ["list", "--level", "ntm", "--until", "2024"],
    ["remaining", "--level", "kieu-mau", "--year", "2024"],
    ["map", "--year", "2024"],
    ["trend", "--year", "2024"],
    ["check", "--year", "2024"],
    ["status"],
]


class TestARunningYear:
    """A year that has not ended is told up to today: nothing is said of its last day."""

    TODAY = datetime(2024, 6, 3, 2, 0, tzinfo=UTC)

    @pytest.fixture
    def ledger(self, once):
        once(self.fill)

    @classmethod
    def fill(cls):
        run("init", "--province", "Kiên Giang", "--programme", "2021-2025", now=cls.TODAY)
        days = ["--decision", "7/QĐ-UBND", "--date"]
        run("record", "Mỹ Thuận", "--level", "ntm", "--year", "2023", "--decision", "6/QĐ-UBND", now=cls.TODAY)
        run("record", "Sơn Bình", "--level", "ntm", "--year", "2024", *days, "1/6/2024", now=cls.TODAY)
        run("record", "Sơn Kiên", "--level", "ntm", "--year", "2024", now=cls.TODAY)  # on no known day
        run("record", "Bình Giang", "--level", "ntm", "--year", "2024", "--decision", "8/QĐ-UBND", now=cls.TODAY)

    @pytest.mark.usefixtures("ledger")
    @pytest.mark.parametrize("argv", OF_A_RUNNING_YEAR, ids=" ".join)
    def test_nothing_is_said_of_its_end(self, argv):
        said = run(*argv, now=self.TODAY)
        assert said.code in (0, 3), said.both
        assert "31/12/2024" not in said.both.replace("từ 03/06/2024 đến 31/12/2024", "").replace(
            "hạn của P là 31/12/2024", ""
        )
        if not {"--years", "trend"} & {*argv}:  # these judge the years before, too
            words = {word.strip() for word in said.out.replace("\n", "  ").split("  ")}
            assert not {"chậm", "rất chậm", "sát"} & words

    @pytest.mark.usefixtures("ledger")
    def test_today_is_in_the_heading_and_what_is_on_record_counts(self):
        said = run("progress", "--year", "2024", now=self.TODAY).out
        assert "Tính đến hôm nay, 03/06/2024, theo năm đạt chuẩn" in said
        line = next(one for one in said.splitlines() if one.startswith("Xã đạt chuẩn NTM  "))
        assert line.split()[4:9] == ["1", "3", "114", "4", "−110"]
        assert "chưa đến hạn" in line
        listed = run("list", "--level", "ntm", "--until", "2024", now=self.TODAY).out
        assert "4 đơn vị" in listed

    @pytest.mark.usefixtures("ledger")
    def test_an_earlier_day_of_it_does_not_count_what_is_on_no_known_day(self):
        said = run("progress", "--as-of", "2/6/2024", "-f", "json", now=self.TODAY).out
        line = next(one for one in json.loads(said)["lines"] if (one["tier"], one["level"]) == ("commune", "ntm"))
        assert line["actual_cumulative"] == 2
        assert line["status"] == "not_due"

    @pytest.mark.usefixtures("ledger")
    @pytest.mark.parametrize("argv", [["progress"], ["map"], ["list", "--level", "ntm"]])
    def test_a_later_day_of_it_is_refused(self, argv):
        said = run(*argv, "--as-of", "31/12/2024", now=self.TODAY)
        assert (said.code, "Ngày 31/12/2024 chưa đến (hôm nay là 03/06/2024)" in said.err) == (1, True)

    @pytest.mark.usefixtures("ledger")
    def test_it_is_published_as_of_today(self):
        said = run("publish", "--year", "2024", "--source", "báo cáo", now=self.TODAY)
        assert (said.code, "03/06/2024" in said.both) == (0, True)

    @pytest.mark.usefixtures("ledger")
    def test_its_workbook_says_nothing_of_its_end_and_verifies_later(self):
        run("export", "r.xlsx", "--year", "2024", now=self.TODAY)
        book = openpyxl.load_workbook("r.xlsx")
        said = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
        assert not [text for text in said if "31/12/2024" in text]
        assert any("Tính đến 03/06/2024" in text for text in said)
        later = run("verify", "r.xlsx", now=datetime(2025, 2, 1, tzinfo=UTC))
        assert later.code == 0, later.both


def test_two_provinces_in_one_ledger_have_no_common_roadmap(office):
    begin("Kiên Giang")
    second = run("init", "--province", "Lai Châu", "--programme", "2021-2025")
    assert "--scope" in second.err
    whole = run("progress", "--year", "2024").out
    assert ("toàn sổ" in whole, "168/KH-UBND" in whole) == (True, False)
    assert "168/KH-UBND" in run("progress", "--year", "2024", "--scope", "Kiên Giang").out


@pytest.mark.usefixtures("demo")
def test_a_unit_added_by_hand_ends_with_the_district_that_it_belongs_to():
    run("add-commune", "Mới", "--district", "huyện Hòn Đất")
    line = next(one for one in run("progress", "--year", "2025").out.splitlines() if one.startswith("Xã đạt chuẩn NTM"))
    assert line.split()[4:] == ["2", "0", "116", "116", "0", "117", "100,00", "99,15", "đạt"]


@pytest.mark.usefixtures("demo")
class TestRevoking:
    def test_of_two_that_share_a_name_only_the_holder_is_meant(self):
        ambiguous = run("revoke", "Vĩnh Thuận", "--level", "ntm", "--decision", "1/QĐ-TTg", "--date", "1/5/2025")
        assert (ambiguous.code, "khớp với 2 đơn vị" in ambiguous.err) == (1, True)
        run("revoke", "huyện Vĩnh Thuận", "--level", "ntm", "--decision", "1/QĐ-TTg", "--date", "1/5/2025")
        assert run("revoke", "Vĩnh Thuận", "--level", "ntm", "--date", "2/5/2025").code == 0

    def test_every_standing_recognition_at_the_level_ends(self):
        run("add-commune", "Mới", "--district", "huyện Hòn Đất")
        for level, year in (("ntm", "2018"), ("nang-cao", "2019"), ("nang-cao", "2023")):
            assert run("record", "Mới", "--level", level, "--year", year).code == 0
        run("revoke", "Mới", "--level", "nang-cao", "--date", "1/5/2024")
        assert "Mức tiếp theo: NTM nâng cao" in run("show", "Mới").out

    def test_not_before_the_day_it_was_decided(self):
        run("record", "30836", "--level", "nang-cao", "--year", "2024", "--decision", "9/QĐ", "--date", "20/12/2024")
        assert run("revoke", "30836", "--level", "nang-cao", "--date", "1/2/2024").code == 1

    def test_what_stood_until_it_was_revoked_is_not_recognised_again_for_that_time(self):
        run("revoke", "30838", "--level", "nang-cao", "--date", "1/3/2025")
        assert run("record", "30838", "--level", "nang-cao", "--year", "2024").code == 1
        assert run("record", "30838", "--level", "nang-cao", "--year", "2025").code == 0

    def test_within_a_year_the_days_of_decision_tell_what_stood(self):
        run("revoke", "30838", "--level", "nang-cao", "--date", "1/6/2025")
        again = ("record", "30838", "--level", "nang-cao", "--year", "2025", "--decision", "9/QĐ-UBND", "--date")
        assert run(*again, "1/3/2025").code == 1
        assert run(*again, "1/7/2025").code == 0

    def test_by_whom_and_why_is_shown(self):
        run(
            "revoke", "30838", "--level", "nang-cao", "--decision", "9/QĐ-UBND", "--date", "1/3/2025", "--reason", "rớt"
        )
        assert "01/03/2025 · 9/QĐ-UBND: rớt" in run("show", "30838").out

    def test_a_higher_level_of_a_later_year_is_not_said_to_count(self):
        done = run("revoke", "30838", "--level", "ntm", "--date", "1/3/2023")
        assert (done.code, "vẫn giữ" in done.err) == (0, False)


@pytest.mark.usefixtures("demo")
def test_a_unit_is_not_recognised_by_a_decision_older_than_itself():
    run("add-commune", "Thổ Sơn Mới", "--district", "huyện Hòn Đất", "--since", "1/7/2024")
    early = ["--decision", "3/QĐ-UBND", "--date", "1/2/2024"]
    assert run("record", "Thổ Sơn Mới", "--level", "ntm", "--year", "2024", *early).code == 1


@pytest.mark.parametrize("number", ["", " ", "9" * 101])
def test_a_decision_number_out_of_bounds_is_said_to_be_so(demo, number):
    refused = run("record", "30836", "--level", "nang-cao", "--year", "2025", "--decision", number)
    assert (refused.code, "không phải là số quyết định" in refused.err) == (2, True)


@pytest.mark.usefixtures("demo")
def test_a_decision_recorded_without_its_day_is_pointed_out_when_the_day_comes():
    options = ["--level", "nang-cao", "--year", "2025", "--decision", "77/QĐ-UBND"]
    assert "Cảnh báo" not in run("record", "30836", *options).err
    assert "chưa có ngày" in run("record", "30840", *options, "--date", "5/6/2025").err
    assert "Không tính 2 kết quả" in run("progress", "--year", "2025", "--basis", "decision", "--scope", "Hòn Đất").out


class TestTwoEras:
    def test_a_report_of_2025_counts_the_units_that_2025_began_with(self, office):
        begin("An Giang")
        begin("An Giang", "2026-2030")
        communes = json.loads(run("units", "--scope", "89", "--kind", "xã", "--on", "30/6/2025", "-f", "json").out)[
            "units"
        ]
        assert run("record", *(unit["code"] for unit in communes), "--level", "ntm", "--year", "2024").code == 0
        lines = json.loads(run("progress", "--year", "2025", "--scope", "89", "-f", "json").out)["lines"]
        line = next(one for one in lines if one["tier"] == "commune")
        assert (line["actual_cumulative"], line["total"], line["lost"]) == (len(communes), len(communes), 0)
        of_today = json.loads(run("progress", "--year", "2025", "-f", "json").out)  # of the province that stands then
        assert (of_today["scope"], of_today["lines"][0]["total"]) == ("tỉnh An Giang", 85)
        new = json.loads(run("progress", "--year", "2026", "-f", "json").out)
        assert new["lines"][0]["total"] == 85
        assert run("progress", "--scope", "An Giang", "--year", "2024").code == 0

    def test_a_roadmap_is_never_held_against_another_scope(self, office):
        begin("Kiên Giang")
        begin("An Giang")
        for asked in ([], ["--scope", "An Giang"]):
            assert run("progress", "--year", "2022", "--roadmap", "kien-giang-kh168", *asked).code == 1


@pytest.mark.usefixtures("demo")
def test_a_year_with_a_revocation_is_a_year_with_data(office):
    begin("Lai Châu", db="lc.db")
    run("record", "Bản Bo", "--level", "ntm", "--year", "2021", "--db", "lc.db")
    run("revoke", "Bản Bo", "--level", "ntm", "--date", "1/3/2023", "--db", "lc.db")
    report = json.loads(run("progress", "-f", "json", "--db", "lc.db").out)
    assert report["as_of"] == "2023-12-31"
    commune = next(line for line in report["lines"] if line["tier"] == "commune")
    assert (commune["actual_cumulative"], commune["lost"]) == (0, 1)
    assert "trong năm, giảm" in run("progress", "--years", "--db", "lc.db").out


def test_refused_and_dry_first_writes_leave_no_folder(office):
    run("init", "--province", "Kiên Giang", "--programme", "2021-2025", "--db", "mới/sâu/so.db", "--dry-run")
    run("add-commune", "X", "--district", "Q", "--db", "mới/so.db")
    assert list(office.iterdir()) == []
    assert run("add-district", "Q", "--db", "mới/sâu/so.db").code == 0


@pytest.mark.usefixtures("demo")
def test_a_card_tells_machines_the_same_in_both_languages():
    run("revoke", "30838", "--level", "nang-cao", "--date", "1/3/2025", "--reason", "rớt")
    vietnamese, english = (json.loads(run("show", "30838", "-f", "json", "--lang", lang).out) for lang in ("vi", "en"))
    assert vietnamese["recognitions"] == english["recognitions"]
    assert [one["revoked_on"] for one in vietnamese["recognitions"]] == [None, "2025-03-01"]


def test_the_period_as_seen_in_one_year_knows_nothing_of_later_ones(office):
    begin("Ninh Thuận")
    run("record", "Phước Nam", "--level", "ntm", "--year", "2021")
    run("record", "Phước Nam", "--level", "nang-cao", "--year", "2024")
    seen = json.loads(run("progress", "--years", "--year", "2022", "-f", "json").out)["lines"]
    assert "nang-cao" not in {line["level"] for line in seen}
    assert {line["actual_cumulative"] for line in seen if line["year"] > 2022} <= {None}


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("argv", [["list", "--until", "2028"], ["remaining", "--year", "2028"]])
def test_lists_of_a_year_still_to_come_are_refused(argv):
    refused = run(*argv, "--level", "ntm")
    assert (refused.code, "chưa đến" in refused.err) == (1, True)


@pytest.mark.usefixtures("demo")
class TestCorrectingARoadmap:
    """Import with --replace, and its undoing, one step after the other."""

    def figure(self):
        shown = json.loads(run("roadmap", "show", "kien-giang-moi", "-f", "json").out)
        return shown["targets"][0]["cumulative"]

    def written(self, count):
        file = Path(f"ban-{count}.toml")
        text = (paths.PACKAGE / "roadmaps" / "plans" / "kien-giang-kh168.toml").read_text(encoding="utf-8")
        head = text[text.index("[roadmap]") : text.index("\n[[line]]") + 1].replace(
            "kien-giang-kh168", "kien-giang-moi"
        )
        figure = f'figure = [{{ year = 2025, cumulative = {count}, cite = "mục 1" }}]'
        file.write_text(f'{head}[[line]]\ntier = "commune"\nmeasure = "kieu-mau"\n{figure}\n', encoding="utf-8")
        return file

    def test_each_step_is_taken_back_in_turn(self):
        assert run("roadmap", "import", str(self.written(5))).code == 0
        assert run("roadmap", "import", str(self.written(6))).code == 1
        assert run("roadmap", "import", str(self.written(6)), "--replace").code == 0
        assert self.figure() == 6
        run("undo")
        assert self.figure() == 5
        run("roadmap", "import", str(self.written(7)), "--replace")
        run("undo")
        assert self.figure() == 5
        run("undo")  # takes back the first import, whose figures stand in a copy by now
        assert run("roadmap", "show", "kien-giang-moi").code == 1
        assert run("progress", "--year", "2024").code == 0

    def test_the_same_file_twice_changes_nothing(self):
        run("roadmap", "import", str(self.written(5)))
        again = run("roadmap", "import", str(self.written(5)))
        assert (again.code, "giống từng con số" in again.err) == (0, True)
        assert len(run("history", "-f", "csv").out.splitlines()) == 3  # the heading, demo, the first import

    def test_a_second_current_roadmap_asks_for_a_choice(self):
        said = run("roadmap", "import", str(self.written(5)))
        assert "kien-giang-kh168, kien-giang-moi" in said.err
        assert run("progress").code == 1
        every = run("progress", "--year", "2024", "--roadmap", "all", "--notes").out
        assert every.count("168/KH-UBND ngày 12/07/2022") == 2

    def test_two_roadmaps_cannot_each_replace_the_other(self):
        first, second = self.written(5), self.written(6)
        second.write_text(
            second.read_text(encoding="utf-8")
            .replace("kien-giang-moi", "kien-giang-sau")
            .replace("base_year", 'supersedes = "kien-giang-moi"\nbase_year'),
            encoding="utf-8",
        )
        assert run("roadmap", "import", str(first)).code == 0
        assert run("roadmap", "import", str(second)).code == 0
        text = first.read_text(encoding="utf-8").replace("base_year", 'supersedes = "kien-giang-sau"\nbase_year')
        first.write_text(text, encoding="utf-8")
        refused = run("roadmap", "import", str(first), "--replace")
        assert (refused.code, "đã thay cho chính nó" in refused.err) == (1, True)

    def test_corrections_of_corrections_are_taken_back_one_by_one(self):
        for count, more in ((5, ()), (6, ("--replace",)), (7, ("--replace",))):
            assert run("roadmap", "import", str(self.written(count)), *more).code == 0
        for count in (6, 5):
            run("undo")
            assert self.figure() == count
        run("undo")
        assert run("roadmap", "show", "kien-giang-moi").code == 1
        assert "thao tác 1" in run("undo", "--dry-run").err
