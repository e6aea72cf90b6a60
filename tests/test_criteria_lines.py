"""What plans ask about criteria and values, worked out by hand on numbers that are made up: communes below so many
criteria, averages, an income ratio, products; no verdict that those not assessed could turn."""

import json
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntmtrack.model import Tier
from ntmtrack.programmes.criteria.files import criteria_set
from ntmtrack.progress import ABSENT, Standings
from ntmtrack.progress.criteria import UNASSESSED, count_bands
from ntmtrack.progress.measured import LineValue, value_status
from ntmtrack.roadmaps import Target
from ntmtrack.roadmaps.toml import shipped
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.transaction import acting
from tests.places import by_hand, our_ledger
from tests.running import NOW, begin, run

BELOW = "criteria-below"


def write(table, rows, now: datetime = NOW):
    """Adds facts in one action."""
    with acting(our_ledger(), Ledger.Stamp("assess", "canbo", now)) as ledger:
        ledger.add_facts(table, rows)
        ledger.summary = table


def communes():
    """The ids of the communes that counted until 30/6/2025, by code."""
    with by_hand(our_ledger()) as connection:
        rows = connection.execute(
            "SELECT unit_id FROM unit_version WHERE kind = 'xã' AND voided_by IS NULL AND coalesce(since, '') < '2025'"
            " ORDER BY code"
        )
        return [row[0] for row in rows]


def province():
    with by_hand(our_ledger()) as connection:
        return connection.execute("SELECT unit_id FROM unit_version WHERE tier = 'province'").fetchone()[0]


def assess(numbers, day, criteria_set="2021-2025/xa-ntm"):
    """Keeps for so many of the communes in turn how many criteria they meet: {19: 60, 12: 34}."""
    met = [number for number, count in numbers.items() for _time in range(count)]
    write(
        "assessment",
        [
            {"unit_id": unit, "criteria_set": criteria_set, "day": day, "met": number, "confidence": "illustrative"}
            for unit, number in zip(communes(), met, strict=False)
        ],
    )


def line(measure, year=2025, *options):
    """A line of the plan as machines read it."""
    shown = json.loads(run("progress", "--year", str(year), *options, "-f", "json").out)
    return next(row for row in shown["lines"] if row["measure"] == measure)


def measured(year, value, measure="income", name="", unit=None, **more):
    return {
        "unit_id": unit or province(), "measure": measure, "year": year, "name": name, "value": value,
        "counted_in": None, "valid_until": None, "confidence": "illustrative", **more,
    }  # fmt: skip


def test_no_commune_below_15_is_asked_and_none_is(office):
    """Lai Châu, 94 communes: 60 at 19, 34 at 15."""
    begin("Lai Châu")
    assess({19: 60, 15: 34}, "2025-06-20")
    row = line(BELOW)
    assert (row["plan_cumulative"], row["actual_cumulative"], row["total"], row["status"]) == (0, 0, 94, "reached")
    assert row["illustrative"] == 0


def test_two_below_15_where_none_is_allowed(office):
    """At the end of 2020 20 were below 15 by the set of that day, now 2 are: 18 of 20 of the way is late."""
    begin("Lai Châu")
    assess({19: 74, 10: 20}, "2020-12-31", "2016-2020/xa-ntm")
    assess({19: 92, 14: 2}, "2025-06-20")
    row = line(BELOW)
    assert (row["actual_cumulative"], row["gap"], row["status"]) == (2, 2, "late")
    assert row["illustrative"] == 2
    text = run("explain", BELOW, "--year", "2025").out
    assert "2 − 0" in text
    assert "(2 − 20) ÷ (0 − 20)" in text


def test_those_not_assessed_could_turn_a_verdict(office):
    """93 of 94 assessed, none below 15: the last one may be."""
    begin("Lai Châu")
    assess({15: 93}, "2025-06-20")
    assert line(BELOW)["status"] == "incomplete"
    assert "mới kết luận được 93/94 xã" in run("progress", "--year", "2025", "--notes").out


def test_at_most_4_below_15_with_5_left_open(office):
    """Quảng Bình: 3 below and 1 not assessed keep the limit whatever the one is; 3 and 2 might not."""
    begin("Quảng Bình")
    assess({19: 118, 14: 3}, "2025-06-20")
    assert (line(BELOW)["total"], line(BELOW)["status"]) == (122, "reached")
    write("assessment", [])
    assess({19: 118, 14: 2}, "2025-06-25")


def test_nothing_told_of_criteria_stays_without_data(office):
    begin("Lai Châu")
    assert line(BELOW)["status"] == "no_data"
    assert line(BELOW)["actual_cumulative"] is None


@pytest.mark.parametrize(
    ("values", "ratio", "status"),
    [
        ({2020: "38,5", 2025: "58,0"}, "1.51", "ahead"),  # 58,0 ÷ 38,5 = 1,506…
        ({2020: "40", 2025: "60"}, "1.50", "reached"),
        ({2020: "40", 2025: "57,2"}, "1.43", "close"),  # 1,43 is 95,3 % of 1,5
        ({2020: "40", 2025: "53"}, "1.32", "late"),  # 1,325: 0,325 of 0,5 is 65 %
        ({2020: "40", 2025: "50"}, "1.25", "very_late"),
        ({2020: "40", 2024: "61"}, "1.52", "incomplete"),  # 1,525 halves up to 1,53? of 2024, where 2025 is asked for
        ({2025: "61"}, None, "no_data"),
    ],
)
def test_income_against_that_of_2020(office, values, ratio, status):
    begin("Thái Bình")
    write("measurement", [measured(year, value) for year, value in values.items()])
    row = line("income")
    assert row["status"] == status
    if ratio:
        number = float((values.get(2025) and values[2025].replace(",", ".")) or values[2024].replace(",", "."))
        assert abs(row["value"] - number / float(values[2020].replace(",", "."))) < 0.006


def test_an_income_is_worked_out_by_its_two_numbers(office):
    begin("Thái Bình")
    write("measurement", [measured(2020, "40"), measured(2025, "62,5")])
    assert "62,5 (2025) ÷ 40 (2020)" in run("explain", "income", "--year", "2025").out


def test_what_is_left_open_of_a_commune_may_turn_a_verdict_too(office):
    """Lai Châu: 93 at 19, one that surely meets 14 and may meet 15: below 15 or not is open."""
    begin("Lai Châu")
    assess({19: 93}, "2025-06-20")
    last = {"unit_id": communes()[-1], "criteria_set": "2021-2025/xa-ntm", "day": "2025-06-20", "met": 14}
    write("assessment", [{**last, "missing": "1 2 3 4", "unknown": "10", "confidence": "illustrative"}])
    assert (line(BELOW)["actual_cumulative"], line(BELOW)["status"]) == (0, "incomplete")
    row = json.loads(run("bands", "-f", "json").out)["bands"][0]
    assert (row["from_19"], row["from_15"], row["from_10"], row["left_open"], row["total"]) == (93, 0, 0, 1, 94)


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(st.sampled_from([ABSENT, UNASSESSED, *range(20)]), st.integers(0, 3), st.integers(1, 9)), max_size=40
    )
)
def test_bands_those_left_open_and_those_not_assessed_add_up_to_all_units(groups):
    paths = [
        Standings(Tier.COMMUNE, (met,), (met,), (min(met + left, 19) if met >= 0 else met,), units)
        for met, left, units in groups
    ]
    bands = count_bands(paths, criteria_set("2021-2025/xa-ntm"), 0)
    assert bands.total == sum(units for met, _left, units in groups if met != ABSENT)
    assert sum(bands.counts) + bands.left_open + bands.unassessed == bands.total
    assert bands.criteria == sum(met * units for met, left, units in groups if met >= 0 and min(met + left, 19) == met)
    assert bands.left_open == 0 or any(left for _met, left, _units in groups)


def _without_a_figure(plan):
    """The lines of a plan that `progress` leaves without data."""
    told = json.loads(run("progress", "--year", "2025", "--roadmap", plan, "-f", "json").out)["lines"]
    assert told
    return [(row["tier"], row["measure"], row["name"]) for row in told if row["status"] == "no_data"]


def _record(level, *units, year="2024"):
    done = run("record", *units, "--level", level, "--year", year)
    assert done.code == 0, done.both


def _tasks():
    """Every task and milestone of the plan is told to be done in 2023."""
    listed = json.loads(run("task", "-f", "json").out)
    for row in listed["tasks"]:
        done = run("task", str(row["number"]), "--done", "--on", "20/6/2025")
        assert done.code == 0, done.both


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "plan"),
    [("Lai Châu", "lai-chau-2022"), ("Thái Bình", "thai-binh-kh104"), ("Quảng Bình", "quang-binh-stnmt")],
)
def test_every_line_of_the_plan_has_a_figure_once_it_is_told(office, name, plan):
    """On numbers made up: recognitions, assessments, marks, villages, values and tasks of each kind asked for."""
    begin(name)
    with by_hand(our_ledger()) as connection:
        found = connection.execute(
            "SELECT kind, code FROM unit_version WHERE voided_by IS NULL AND tier IN ('commune', 'district')"
            " AND kind IN ('xã', 'huyện') AND coalesce(since, '') < '2025' ORDER BY code"
        ).fetchall()
    xa, huyen = ([code for kind, code in found if kind == wanted] for wanted in ("xã", "huyện"))
    _record("ntm", *xa[:5])
    _record("nang-cao", xa[0])
    _record("ntm", huyen[0])
    assess({19: len(xa)}, "2025-06-20")
    write("measurement", [measured(2020, "40"), measured(2025, "60")])
    for target in shipped()[plan].targets:
        if target.measure == "other":
            told = ("--name", target.name, "--year", "2025", "--value", target.value)
            done = run("value", f"tỉnh {name}", "--measure", "khác", *told)
            assert done.code == 0, done.both
    assert run("mark", xa[5], "--as", "đặc biệt khó khăn", "--since", "1/1/2021").code == 0
    assert run("add-village", "Chí Phúc", "--commune", xa[5]).code == 0
    _record("ntm", f"thôn Chí Phúc, {xa[5]}")
    _tasks()
    assert _without_a_figure(plan) == []


@pytest.mark.parametrize(
    ("operator", "asked", "number", "status"),
    [
        ("<", "5", "5", "close"),
        ("<", "5", "4,9", "ahead"),
        ("<=", "5", "5", "reached"),
        ("<=", "2", "2,05", "close"),  # 2 is 97,6 % of it
        (">", "5", "5", "close"),
        (">=", "1,5", "1,43", "close"),
        (">=", "1,5", "1,4", "not_concluded"),  # how late cannot be said without the number of the base year
    ],
)
def test_the_published_rule_of_a_value(operator, asked, number, status):
    target = Target(Tier.PROVINCE, "poverty-rate", 2025, operator=operator, value=asked)
    value = LineValue(Fraction(number.replace(",", ".")))
    assert value_status(target, value, is_due=True).value == status


def test_products_are_those_of_the_year_also_after_the_map_has_changed_and_none_is_counted_twice(office):
    """5 model hamlets in one commune of Lai Châu and 8 in another; the province itself says 10."""
    begin("Lai Châu")
    first, second = communes()[:2]
    write(
        "measurement",
        [measured(2024, "5", "model-hamlet", unit=first), measured(2024, "8", "model-hamlet", unit=second)],
    )
    plan = """[roadmap]
key = "x"
title = "Kế hoạch thử"
number = "1/KH-UBND"
issued_on = 2022-01-01
issuer = "UBND tỉnh Lai Châu"
programme = "2021-2025"
scope_code = "12"
scope_name = "tỉnh Lai Châu"
base_year = 2020
[[line]]
tier = "village"
measure = "model-hamlet"
figure = [{ year = 2025, cumulative = 12, cite = "mục 1" }]
"""
    Path("x.toml").write_text(plan, encoding="utf-8")
    assert run("roadmap", "import", "x.toml").code in (0, 3)
    for year in (2024, 2025):
        assert line("model-hamlet", year, "--roadmap", "x")["value"] == 13
    write("measurement", [measured(2024, "10", "model-hamlet")])
    assert line("model-hamlet", 2025, "--roadmap", "x")["value"] == 10
