"""Two sets of levels from 2026 on: recorded, counted, listed, exported and published apart, never as one sum."""

import json
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from ntmtrack.commands.roadmap import read_plan
from ntmtrack.ingest.roadmap_form import write_form
from ntmtrack.model import Tier
from ntmtrack.programmes import of_year, programme
from ntmtrack.programmes.ladders import BOTH, KEPT, OWN, ladder_of, ladders, level_measured, measure_of
from ntmtrack.roadmaps import Target
from ntmtrack.roadmaps.sets import of_ladders
from ntmtrack.roadmaps.toml import to_toml
from tests.running import begin, run

PLAN = """
[roadmap]
key = "lc-2026"
title = "Kế hoạch thử"
number = "100/KH-UBND"
issued_on = 2026-03-01
issuer = "UBND tỉnh Lai Châu"
programme = "2026-2030"
scope_code = "12"
scope_name = "tỉnh Lai Châu"
base_year = 2025

[[line]]
tier = "xã"
measure = "ntm"
figure = [{ year = 2026, cumulative = 3, cite = "mục 1" }]

[[line]]
tier = "xã"
measure = "ntm"
of_set = "cả hai bộ"
figure = [{ year = 2026, cumulative = 5, cite = "mục 2" }]

[[line]]
tier = "xã"
measure = "nâng cao"
figure = [{ year = 2026, cumulative = 2, cite = "mục 3" }]
"""


@pytest.fixture
def lai_chau(office):
    """Lai Châu of today: three communes kept at NTM, one of them at nâng cao; two at NTM by the set of the period."""
    begin("Lai Châu", "2026-2030")
    before = ("--year", "2026", "--set", "2021-2025", "--decision", "10/QĐ-UBND", "--date", "3/3/2026")
    assert run("record", "Bình Lư", "Tả Lèng", "Bản Bo", "--level", "ntm", *before).code == 0
    assert run("record", "Bình Lư", "--level", "nâng cao", *before).code == 0
    now = ("--year", "2026", "--decision", "20/QĐ-UBND", "--date", "3/9/2026")
    assert run("record", "Bình Lư", "Khun Há", "--level", "ntm", *now).code == 0


def told(*argv):
    return json.loads(run(*argv, "-f", "json").out)


def figures(report, rows="lines"):
    return {(row["set"], row["level"]): row["actual_cumulative"] for row in report[rows] if row["actual_cumulative"]}


class TestTheLadders:
    def test_the_running_programme_carries_nothing_into_its_own_levels(self):
        running = programme("2026-2030")
        assert running.ranks() == {"2026-2030/ntm": 1, "2026-2030/hien-dai": 2}
        assert ladders(running) == (OWN, KEPT)
        assert ladders(programme("2021-2025")) == (OWN,)

    def test_what_is_kept_has_the_levels_of_before_and_the_units_of_now(self):
        kept = ladder_of(programme("2026-2030"), KEPT)
        before = programme("2021-2025")
        assert kept.ranks() == before.ranks()
        assert (kept.key, kept.first_year, kept.counted) == ("2021-2025", 2026, programme("2026-2030").counted)
        assert kept.levels_of(Tier.DISTRICT) == ()

    def test_either_set_counts_who_keeps_a_level_or_one_above_it(self):
        ranks = ladder_of(programme("2026-2030"), BOTH).ranks()
        assert {ranks[f"2021-2025/{level}"] for level in ("ntm", "nang-cao", "kieu-mau")} == {1}
        assert ranks["2026-2030/hien-dai"] == 2

    def test_every_count_has_a_key_of_its_own(self):
        running = programme("2026-2030")
        keys = [
            measure_of(running, ladder, level)
            for ladder in ladders(running)
            for level in ladder_of(running, ladder).levels
        ]
        assert keys == ["ntm", "hien-dai", "2021-2025/ntm", "nang-cao", "kieu-mau"]
        assert [level_measured(running, key)[1].key for key in keys] == [key.split("/")[-1] for key in keys]
        assert level_measured(running, "2016-2020/ntm") is None


class TestWhatALineCounts:
    @pytest.mark.parametrize(
        ("measure", "said", "counted"),
        [
            ("ntm", None, [OWN]),
            ("ntm", "programme", [OWN]),
            ("ntm", "carried", [KEPT]),
            ("ntm", "both", [BOTH]),
            ("ntm", "open", [OWN, KEPT]),
            ("hien-dai", None, [OWN]),
            ("hien-dai", "open", [OWN]),
            ("nang-cao", None, [KEPT]),
            ("nang-cao", "both", [KEPT]),
            ("nang-cao+kieu-mau", None, [KEPT]),
            ("income", None, [OWN]),
        ],
    )
    def test_by_what_it_says_and_by_who_has_its_level(self, measure, said, counted):
        target = Target(Tier.COMMUNE, measure, 2026, cumulative=1, of_set=said)
        assert [one.line.ladder for one in of_ladders([target], of_year(2026))] == counted

    def test_before_2026_there_is_one_ladder(self):
        target = Target(Tier.COMMUNE, "nang-cao", 2024, cumulative=1)
        assert of_ladders([target], of_year(2024)) == [target]


@pytest.mark.usefixtures("lai_chau")
class TestAnswers:
    def test_progress_of_both(self):
        report = told("progress")
        assert figures(report) == {("2026-2030", "ntm"): 2, ("2021-2025", "ntm"): 3, ("2021-2025", "nang-cao"): 1}
        assert [(row["set"], row["ntm"]) for row in report["highest"]] == [("2026-2030", 2), ("2021-2025", 2)]

    @pytest.mark.parametrize("shape", [["progress", "--years"], ["trend"]])
    def test_the_whole_period_of_both(self, shape):
        assert ("2021-2025", "nang-cao") in figures(told(*shape))

    def test_trend_of_one(self):
        assert {key for key, _level in figures(told("trend", "--set", "2021-2025"))} == {"2021-2025"}

    def test_the_map(self):
        squares = told("map")["units"]
        held = {(unit["set"], unit["name"]): unit["level"] for unit in squares if unit["level"]}
        assert held["2026-2030", "xã Khun Há"] == held["2026-2030", "xã Bình Lư"] == "ntm"
        assert held["2021-2025", "xã Bình Lư"] == "nang-cao"
        assert len(squares) == 2 * 36
        assert len(told("map", "--set", "2026-2030")["units"]) == 36

    def test_lists(self):
        def names(*argv):
            return {unit["name"].removeprefix("xã ") for unit in told(*argv)["units"]}

        assert names("list", "--level", "ntm") == {"Bình Lư", "Khun Há"}
        assert names("list", "--level", "ntm", "--set", "2021-2025") == {"Bình Lư", "Tả Lèng", "Bản Bo"}
        assert names("list", "--level", "nang-cao") == {"Bình Lư"}
        assert len(names("remaining", "--level", "ntm")) == 34
        assert len(names("remaining", "--level", "ntm", "--set", "2021-2025")) == 33
        assert told("list", "--level", "nang-cao")["set"] == "2021-2025"

    def test_a_unit_and_the_units(self):
        assert "Giữ từ giai đoạn 2021–2025: NTM nâng cao." in run("show", "Bình Lư").out
        (unit,) = [unit for unit in told("units", "Tả Lèng")["units"] if unit["until"] is None]
        assert (unit["level"], unit["kept"]) == (None, "ntm")

    def test_explained_for_each_set(self):
        said = run("explain", "ntm").out
        assert "Xã đạt chuẩn NTM (giữ từ giai đoạn 2021–2025)" in said
        assert "xã Tả Lèng" in said
        assert "xã Khun Há" in said

    def test_in_sentences(self):
        said = run("progress", "--text").out
        assert "Theo bộ 2026–2030: luỹ kế đến 21/11/2026, toàn tỉnh có 02/36 xã đạt chuẩn NTM" in said
        assert "Giữ từ giai đoạn 2021–2025: luỹ kế đến 21/11/2026, toàn tỉnh có 03/36 xã đạt chuẩn NTM" in said

    def test_published_and_checked_by_set(self):
        kept = run("publish", "--year", "2026", "--source", "1/BC").both
        assert (
            "2/36 xã đạt chuẩn NTM, 3/36 xã đạt chuẩn NTM (giữ từ giai đoạn 2021–2025), 1/36 xã đạt chuẩn NTM nâng cao"
            in kept
        )
        assert run("check", "published").code == 0
        run("revoke", "Tả Lèng", "--level", "ntm", "--date", "1/11/2026")
        found = run("check", "published").out
        assert "Xã đạt chuẩn NTM (giữ từ giai đoạn 2021–2025), 21/11/2026: công bố 3" in found

    def test_a_corrected_year_leaves_it_in_its_set(self):
        later = datetime(2027, 2, 1, tzinfo=UTC)
        corrected = ("--level", "ntm", "--year", "2027", "--reason", "nhầm năm đạt chuẩn")
        assert run("edit", "Tả Lèng", *corrected, now=later).code == 0
        shown = run("progress", "--year", "2027", "-f", "json", now=later).out
        assert figures(json.loads(shown))["2021-2025", "ntm"] == 3
        assert {known["programme"] for known in told("show", "Tả Lèng")["recognitions"]} == {"2021-2025"}

    def test_a_revocation_ends_what_is_held_by_one_set(self):
        """Example: Bình Lư is at NTM by both sets; by which it is taken back must be said."""
        ended = ("Bình Lư", "--level", "ntm", "--date", "1/11/2026")
        refused = run("revoke", *ended)
        assert refused.code == 1
        assert "có đạt chuẩn NTM theo cả hai bộ: 2021-2025, 2026-2030" in refused.err
        done = run("revoke", *ended, "--set", "2026-2030")
        assert (done.code, "vẫn" in done.err) == (0, False)
        assert figures(told("progress")) == {
            ("2026-2030", "ntm"): 1,
            ("2021-2025", "ntm"): 3,
            ("2021-2025", "nang-cao"): 1,
        }
        assert "nâng cao" in run("revoke", *ended).err  # of the other set a higher level stands on
        assert figures(told("progress"))["2021-2025", "ntm"] == 3

    def test_a_closed_year_settles_both(self):
        later = datetime(2027, 2, 1, tzinfo=UTC)
        closed = run("close-year", "2026", now=later)
        assert "2/36 xã đạt chuẩn NTM, 3/36 xã đạt chuẩn NTM (giữ từ giai đoạn 2021–2025)" in closed.both
        assert run("revoke", "Tả Lèng", "--level", "ntm", "--date", "1/11/2026", now=later).code == 5
        more = ("--level", "ntm", "--year", "2026", "--set", "2021-2025")
        assert run("record", "Khun Há", *more, now=later).code == 5

    def test_a_correction_says_by_which_set(self):
        wrong = ("Bình Lư", "--level", "ntm", "--note", "đã đối chiếu", "--reason", "bổ sung")
        assert "Ghi rõ bộ nào: --set 2021-2025 · --set 2026-2030" in run("edit", *wrong).err
        assert run("edit", *wrong, "--set", "2021-2025").code == 0
        (noted,) = [known for known in told("show", "Bình Lư")["recognitions"] if known["programme"] == "2026-2030"]
        assert noted["decision"] == "20/QĐ-UBND"

    def test_the_workbook(self):
        assert run("export", "r.xlsx").code == 0
        book = openpyxl.load_workbook("r.xlsx")
        rows = {name: [*book[name].iter_rows(values_only=True)] for name in book.sheetnames}
        kept = {row[1]: row[3] for row in rows["Danh sách giữ từ trước"] if row[1]}
        assert (kept["Xã Bình Lư"], kept["Xã Khun Há"]) == ("NTM nâng cao", "Chưa đạt")
        new = [row[1:4:2] for row in rows["Mới trong năm"] if str(row[1]).startswith("Xã")]
        assert ("Xã Tả Lèng", "Xã đạt chuẩn NTM (giữ từ giai đoạn 2021–2025)") in new
        assert ("Xã Khun Há", "Xã đạt chuẩn NTM") in new
        heads = [row[1] for row in rows["Tổng hợp"] if row[0] == "STT"]
        assert heads[:2] == ["Theo bộ 2026–2030", "Giữ từ giai đoạn 2021–2025"]

    def test_a_form_of_the_office(self):
        form = openpyxl.Workbook()
        form.active["A1"], form.active["A2"] = "{{giu.nang_cao.luy_ke}}", "{{ntm.luy_ke}}"
        form.active["A3"] = "{{#xa_giu_dat_nang_cao}}{{ten}}"
        form.save("mau.xlsx")
        assert run("export", "bieu.xlsx", "--template", "mau.xlsx").code == 0
        sheet = openpyxl.load_workbook("bieu.xlsx").active
        assert [sheet[cell].value for cell in ("A1", "A2", "A3")] == [1, 2, "xã Bình Lư"]


def test_where_nothing_is_kept_nothing_is_said_of_it(office):
    begin("Lai Châu", "2026-2030")
    run("record", "Bình Lư", "--level", "ntm", "--year", "2026")
    for argv in (["progress"], ["map"], ["progress", "--years"], ["trend"], ["progress", "--text"]):
        assert "2021–2025" not in run(*argv).out
    assert "Danh sách giữ từ trước" not in run("export", "r.xlsx").both


def test_by_former_district_each_set_has_its_table(office):
    begin("Kiên Giang")
    assert run("rearrange", "--national", "--yes").code == 0
    asked = ("progress", "--by", "former-district", "--year", "2026")
    run("record", "Bình Sơn", "--level", "ntm", "--year", "2026")
    assert "2021–2025" not in run(*asked).out
    run("record", "Bình Sơn", "--level", "ntm", "--year", "2026", "--set", "2021-2025")
    run("record", "Bình Sơn", "--level", "nâng cao", "--year", "2026", "--set", "2021-2025")
    shown = run(*asked).out
    assert "· theo bộ 2026–2030\n" in shown
    assert "\nGiữ từ giai đoạn 2021–2025\n" in shown
    reached = {(row["set"], row["level"]) for row in told(*asked)["districts"] if row["actual_cumulative"]}
    assert reached == {("2026-2030", "ntm"), ("2021-2025", "ntm"), ("2021-2025", "nang-cao")}
    alone = run(*asked, "--level", "nang-cao").out
    assert "· giữ từ giai đoạn 2021–2025\n" in alone
    assert "Theo bộ 2026–2030" not in alone


class TestPlans:
    @pytest.fixture
    def plan(self, office):
        Path("kh.toml").write_text(PLAN, encoding="utf-8")
        return read_plan(Path("kh.toml"))

    def test_what_a_line_counts_is_kept_in_every_form(self, plan, lai_chau):
        assert [target.of_set for target in plan.targets] == [None, "both", None]
        Path("ra.toml").write_text(to_toml(plan), encoding="utf-8")
        write_form(plan, Path("ra.xlsx"))
        assert read_plan(Path("ra.toml")) == read_plan(Path("ra.xlsx")) == plan
        assert run("roadmap", "import", "kh.toml").code == 0
        assert told("roadmap", "show", "lc-2026")["targets"][1]["of_set"] == "both"
        assert "không thay đổi gì" in run("roadmap", "import", "ra.xlsx").both

    def test_it_is_said_where_the_plan_is_printed(self, plan):
        assert "Xã đạt chuẩn NTM (theo một trong hai bộ)" in run("roadmap", "show", "kh.toml").out

    @pytest.mark.parametrize(
        ("before", "after", "said"),
        [
            (
                'measure = "ntm"\nof_set = "cả hai bộ"',
                'measure = "hien-dai"\nof_set = "cả hai bộ"',
                "bộ 2021-2025 không có mức hien-dai",
            ),
            ('measure = "nâng cao"', 'measure = "nâng cao"\nof_set = "bộ mới"', "bộ 2026-2030 không có mức nang-cao"),
            ('of_set = "cả hai bộ"', 'of_set = "hai bộ rưỡi"', "phải là một trong: programme, carried, both, open"),
            ('measure = "nâng cao"', 'measure = "income"\nof_set = "open"', "chỉ dùng cho mức"),
        ],
    )
    def test_what_it_cannot_count_is_refused(self, office, before, after, said):
        Path("kh.toml").write_text(PLAN.replace(before, after), encoding="utf-8")
        refused = run("roadmap", "show", "kh.toml")
        assert refused.code != 0
        assert said in refused.err

    def test_a_plan_of_one_set_says_nothing_of_two(self, office):
        plan = PLAN.replace("2026-2030", "2021-2025").replace("2026,", "2025,").replace("2026-03-01", "2022-03-01")
        Path("kh.toml").write_text(plan.replace("= 2025\n", "= 2020\n"), encoding="utf-8")
        refused = run("roadmap", "show", "kh.toml")
        assert "chỉ dùng cho mức" in refused.err


TABLE = """Khoá kế hoạch,ag-2026
Tên,Kế hoạch duy trì
Số hiệu,101/KH-UBND
Ngày ban hành,1/4/2026
Cơ quan ban hành,UBND tỉnh An Giang
Giai đoạn,2026-2030
Mã đơn vị,91
Đơn vị,tỉnh An Giang
Năm gốc,2025

Cấp,Chỉ tiêu,Năm,Luỹ kế,Tỷ lệ (%),Duy trì,Thuộc đơn vị,Vị trí trong văn bản
xã,Duy trì xã đạt chuẩn NTM,2026,41,,,,mục 1
xã,đạt chuẩn NTM,2026,duy trì 2 xã,,,tỉnh Kiên Giang,mục 2
xã,đạt chuẩn NTM,2026,duy trì ít nhất 1,,,huyện Giồng Riềng,mục 3
xã,NTM nâng cao,2026,3,,có,,mục 4
xã,NTM nâng cao,2030,,giữ vững 10%,,,mục 4
xã,đạt chuẩn NTM,2026,5,,,Nhóm 1,mục 5
"""


class TestTablesOfOffices:
    @pytest.fixture
    def table(self, office):
        Path("kh.csv").write_text(TABLE, encoding="utf-8")
        return Path("kh.csv")

    def test_duy_tri_wherever_it_stands(self, table):
        plan = read_plan(table)
        assert [target.hold for target in plan.targets] == [True, True, True, True, True, None]
        assert {target.operator for target in plan.targets if target.hold} == {">="}
        assert [(target.cumulative, target.percent) for target in plan.targets[:5]] == [
            (41, None),
            (2, None),
            (1, None),
            (3, None),
            (None, "10"),
        ]
        Path("ra.toml").write_text(to_toml(plan), encoding="utf-8")
        write_form(plan, Path("ra.xlsx"))
        assert read_plan(Path("ra.toml")) == read_plan(Path("ra.xlsx")) == plan

    @pytest.mark.parametrize(
        ("before", "after", "said"),
        [
            ("duy trì 2 xã", "duy trì", "Luỹ kế"),
            ("duy trì 2 xã", "duy trì nhiều nhất 2", "“duy trì” là ít nhất"),
            ("2026,3,,có,", "2026,3,,không,", "Duy trì"),
        ],
    )
    def test_what_cannot_be_held_is_refused_with_its_cell(self, table, before, after, said):
        table.write_text(TABLE.replace(before, after), encoding="utf-8")
        refused = run("roadmap", "show", "kh.csv")
        assert refused.code == 3
        assert said in refused.err

    def test_parts_of_the_scope(self, table):
        """A former province and a former district are judged over their heirs; a group of communes is not known."""
        begin("Kiên Giang")
        assert run("rearrange", "--national", "--yes").code == 0
        assert run("roadmap", "import", "kh.csv").code == 0
        named = ("xã Giồng Riềng, An Giang", "Bình Sơn")
        assert run("record", *named, "--level", "ntm", "--year", "2026", "--set", "2021-2025").code == 0
        lines = {
            (line["set"], line["within"], line["level"]): line for line in told("progress", "--year", "2026")["lines"]
        }
        of_province = lines["2021-2025", "tỉnh Kiên Giang", "ntm"]
        of_district = lines["2021-2025", "huyện Giồng Riềng", "ntm"]
        assert (of_province["actual_cumulative"], of_province["total"], of_province["gap"]) == (2, 41, 0)
        assert (of_district["actual_cumulative"], of_district["total"], of_district["gap"]) == (1, 6, 0)
        group = lines["2026-2030", "Nhóm 1", "ntm"]
        assert (group["actual_cumulative"], group["status"], group["asked"]) == (None, "no_data", "5")
        shown = run("progress", "--year", "2026", "--notes").out
        assert "Xã đạt chuẩn NTM (tỉnh Kiên Giang)" in shown
        assert "Xã đạt chuẩn NTM (Nhóm 1)" in shown
        text = run("progress", "--year", "2026", "--text").out
        assert "toàn tỉnh có 02/41 xã đạt chuẩn NTM" in text
        assert "01/06" not in text


BEGUN = "Số liệu chưa đầy đủ: mới có số liệu công nhận xã từ năm 2026, chưa có các năm trước."


@pytest.mark.parametrize(
    "argv",
    [
        ("progress",),
        ("progress", "--text"),
        ("progress", "--years"),
        ("progress", "--by", "former-district"),
        ("remaining", "--level", "ntm"),
        ("remaining", "--level", "nâng cao", "--set", "2021-2025"),
        ("list", "--level", "ntm"),
        ("map",),
    ],
)
def test_a_ledger_that_has_only_begun_does_not_know_who_remains(lai_chau, argv):
    assert run(*argv).out.count(BEGUN) == 1


def test_what_is_kept_needs_no_records_after_its_set_has_ended(office):
    begin("Lai Châu", "2026-2030")
    kept = ("--set", "2021-2025")
    for unit, year in (("Bản Hon", "2020"), ("03390", "2025")):
        assert run("record", unit, "--level", "ntm", "--year", year).code == 0
    assert "chưa đầy đủ" not in run("remaining", "--level", "ntm", "--year", "2026", *kept).out
    own = run("remaining", "--level", "ntm", "--year", "2026").out
    assert "Số liệu chưa đầy đủ: mới có số liệu công nhận xã đến năm 2025." in own
