"""Results beside targets, in any order · the period's cumulative · a goal beyond the programme · some units alone.

All figures are made up.
"""

import json
from datetime import date
from itertools import permutations

import pytest

from ntmtrack.model import Tier
from ntmtrack.programmes import programme
from ntmtrack.progress import Standings
from ntmtrack.progress.compute import LineQuestion, line_at, plain_line
from ntmtrack.progress.plan import final_of, plan_for
from ntmtrack.progress.status import Goal, Origin, Status
from ntmtrack.roadmaps import Target
from tests.running import run

PERIOD = programme("2021-2025")
ROWS = [
    Standings(Tier.COMMUNE, (0, 0, 1), (0, 0, 1), (0, 0, 1), 60),
    Standings(Tier.COMMUNE, (0, 0, 0), (0,) * 3, (0,) * 3, 40),
]


def commune(year, **figure):
    return Target(Tier.COMMUNE, "ntm", year, **figure)


def goal_of(figures, year):
    asked = LineQuestion(year, date(year, 12, 31), at=2, base=0, base_year=2020)
    return line_at(ROWS, PERIOD, plain_line(Tier.COMMUNE, "ntm"), figures, asked).goal


TARGET, RESULT, NEXT = (
    commune(2022, cumulative=60),
    commune(2022, nature="actual", cumulative=57),
    commune(2023, added=5),
)


@pytest.mark.parametrize("figures", [*permutations([TARGET, RESULT, NEXT])])
def test_a_result_beside_a_target_is_never_the_target(figures):
    assert goal_of(figures, 2022) == Goal(60, None, Origin.PRINTED)
    assert goal_of(figures, 2023) == Goal(62, None, Origin.ADDED)  # what the plan adds, it adds to the result


@pytest.mark.parametrize("order", [1, -1])
def test_a_result_of_the_last_year_is_not_the_final_target(order):
    figures = [commune(2025, nature="actual", cumulative=57), commune(2025, percent="70")][::order]
    assert goal_of(figures, 2025) == Goal(70, None, Origin.PERCENT, 100)
    assert final_of(figures).nature == "target"


def test_a_line_with_results_alone_asks_for_nothing_later():
    assert plan_for([RESULT], 2024) is None


@pytest.mark.parametrize("last", [{"added": 2}, {"added": 2, "percent": "65"}])
def test_a_printed_cumulative_of_the_period_governs_its_last_year(last):
    whole = commune(2025, span="period", added=60, cumulative=63, total=100, percent="63")
    figures = [commune(2024, cumulative=58), commune(2025, **last), whole]
    plan = plan_for(figures, 2025)
    assert (plan.added, plan.cumulative, plan.total, plan.span) == (2, 63, 100, "year")
    assert plan.percent == last.get("percent", "63")
    assert goal_of(figures, 2025) == Goal(63, None, Origin.PRINTED)


@pytest.mark.parametrize("order", [1, -1])
def test_what_some_years_add_together_is_no_part_of_what_the_period_prints(order):
    whole = commune(2025, span="period", cumulative=63, percent="63")
    together = commune(2025, span="period", begins_on="2024", operator=">=", added=25)
    assert plan_for([whole, together][::order], 2025) == whole


def test_a_goal_beyond_the_programme_is_no_target_of_it():
    figures = [commune(2025, cumulative=70), commune(2030, cumulative=90)]
    assert plan_for(figures, 2024, PERIOD.last_year).cumulative == 70
    assert final_of(figures, PERIOD.last_year).cumulative == 70
    assert final_of(figures[1:], PERIOD.last_year).cumulative == 90


def test_a_line_about_some_units_alone_is_not_counted_over_all():
    figure = commune(2024, cumulative=3, name="xã đảo")
    asked = LineQuestion(2024, date(2024, 12, 31), at=2)
    line = line_at(ROWS, PERIOD, figure.line, [figure], asked)
    assert (line.actual, line.status, line.plain_level) == (None, Status.NO_DATA, None)


PLAN = """
[roadmap]
key = "kien-giang-xa-dao"
title = "Kế hoạch thử (số giả định)"
number = "9/KH-UBND"
issued_on = 2022-03-01
issuer = "UBND tỉnh Kiên Giang"
programme = "2021-2025"
scope_code = "91"
scope_name = "tỉnh Kiên Giang"
base_year = 2020

[[line]]
tier = "commune"
measure = "ntm"
name = "Xã hải đảo"
figure = [{{ year = 2024, cumulative = 2, {units}cite = "mục 1" }}]

[[line]]
tier = "commune"
measure = "kieu-mau"
figure = [{{ year = "2024–2025", operator = ">=", added = 3, cite = "mục 3" }}]

[[line]]
tier = "commune"
measure = "nang-cao"
figure = [
  {{ year = 2023, nature = "actual", added = 4, cumulative = 20, cite = "mục 2" }},
  {{ year = 2023, cumulative = 24, cite = "mục 2" }},
]
"""


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("units", "count"),
    [
        ('units = ["Tiên Hải", "Lại Sơn"], ', (2, 2)),
        ("", (None, None)),
        ('units = ["Tiên Hải", "xã Lạ"], ', (None, None)),
    ],
)
def test_a_line_about_named_units_counts_these(tmp_path, units, count):
    (tmp_path / "plan.toml").write_text(PLAN.format(units=units), encoding="utf-8")
    run("roadmap", "import", str(tmp_path / "plan.toml"))
    told = run("progress", "--year", "2024", "--roadmap", "kien-giang-xa-dao", "--format", "json")
    (row,) = [row for row in json.loads(told.out)["lines"] if row["name"] == "Xã hải đảo"]
    assert (row["denominator"], row["actual_cumulative"]) == count
    assert "ngoài kế hoạch" not in told.out


@pytest.mark.usefixtures("demo")
def test_show_prints_a_target_and_the_result_beside_it(tmp_path):
    (tmp_path / "plan.toml").write_text(PLAN.format(units=""), encoding="utf-8")
    rows = [line.split() for line in run("roadmap", "show", str(tmp_path / "plan.toml")).out.splitlines()]
    cumulative = [row[-1] for row in rows if row[-3:-1] == ["luỹ", "kế"]]
    assert cumulative == ["24", "20"]


@pytest.mark.usefixtures("demo")
def test_the_sentences_tell_results_and_years_together_apart(tmp_path):
    (tmp_path / "plan.toml").write_text(PLAN.format(units=""), encoding="utf-8")
    said = run("roadmap", "show", str(tmp_path / "plan.toml"), "--text").out
    assert "Kết quả: Có thêm 04 xã đạt chuẩn NTM nâng cao. Luỹ kế toàn tỉnh có 20 xã" in said
    assert said.count("Kết quả") == 1
    assert "- 2024–2025: Phấn đấu có thêm ít nhất 03 xã đạt chuẩn NTM kiểu mẫu." in said
    assert "Đến năm 2025" not in said


@pytest.mark.usefixtures("demo")
def test_the_sentences_call_some_units_as_the_plan_does(tmp_path):
    (tmp_path / "plan.toml").write_text(PLAN.format(units='units = ["Tiên Hải", "Lại Sơn"], '), encoding="utf-8")
    run("roadmap", "import", str(tmp_path / "plan.toml"))
    said = run("progress", "--year", "2024", "--roadmap", "kien-giang-xa-dao", "--text").out
    assert "; 02/02 xã hải đảo (100%)" in said


@pytest.mark.usefixtures("demo")
def test_the_denominators_of_some_units_are_told_apart_from_those_of_all(tmp_path):
    (tmp_path / "plan.toml").write_text(PLAN.format(units='units = ["Tiên Hải", "Lại Sơn"], '), encoding="utf-8")
    run("roadmap", "import", str(tmp_path / "plan.toml"))
    asked = ("--year", "2024", "--roadmap", "kien-giang-xa-dao")
    said = run("progress", *asked, "--notes").out
    assert "tổng số xã (116), Xã hải đảo: số đơn vị mà chỉ tiêu này nói đến (2)." in said
    (step,) = [line for line in run("explain", "ntm", *asked).out.splitlines() if "chỉ tiêu này nói đến  " in line]
    assert (step.split()[0], step.split()[-1]) == ("Mẫu", "2")
