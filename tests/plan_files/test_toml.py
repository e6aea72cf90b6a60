"""Every plan is read back as it was written · written as people write it · faults named with their line."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from ntmtrack.errors import BadRoadmap, CannotRead
from ntmtrack.roadmaps.schema import read_tables
from ntmtrack.roadmaps.toml import read_roadmap, shipped, to_tables, to_toml
from ntmtrack.roadmaps.toml_places import key_lines
from tests.faults.rounds import rounds
from tests.plan_files.making import KH168, PLANS, in_toml, plans


@pytest.mark.parametrize("key", PLANS)
def test_every_shipped_plan_is_read_back_from_its_own_text(key, tmp_path):
    plan = shipped()[key]
    assert read_tables(to_tables(plan), str) == (plan, [])
    assert in_toml(plan, tmp_path) == plan


@given(plans())
@settings(max_examples=rounds(40), deadline=None)
def test_any_plan_is_read_back_from_toml(tmp_path_factory, plan):
    assert in_toml(plan, tmp_path_factory.getbasetemp()) == plan


def test_a_plan_is_written_as_people_write_it():
    """KH 168 word for word, but for the remarks at its beginning."""
    from ntmtrack import roadmaps

    text = (Path(roadmaps.__file__).parent / "plans" / f"{KH168}.toml").read_text(encoding="utf-8")
    assert to_toml(shipped()[KH168]) == text[text.index("[roadmap]") :]


def test_figures_of_one_line_share_its_table():
    plan = shipped()[KH168]
    lines = to_tables(plan)["line"]
    keys = [(line["tier"], line["measure"], line.get("name")) for line in lines]
    assert len(keys) == len(set(keys))
    assert sum(len(line["figure"]) for line in lines) == len(plan.targets)


SOUND = """[roadmap]
key = "mot"
title = "Kế hoạch"
number = "1/KH"
issued_on = 2022-01-01
issuer = "UBND"
programme = "2021-2025"
scope_name = "cả nước"
base_year = 2020

[[line]]
tier = "commune"
measure = "ntm"
figure = [
  { year = 2025, cumulative = 9, cite = "I" },
]
"""


def faults(tmp_path, *changes, text=SOUND):
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "plan.toml"
    file.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(BadRoadmap) as refusal:
        read_roadmap(file)
    return [str(problem) for problem in refusal.value.facts["problems"]]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("cite =", 'part_of = "siêu cao", cite =', "line 15: part_of: must be one of ntm,"),
        ("cite =", 'units = ["xã A; xã B"], cite =', "line 15: units: one name in each pair of quotes"),
        ("cite =", 'units = ["xã \\u0007"], cite =', "line 15: units: has a character that cannot be printed: U+0007"),
        ('"UBND"', '"x\\u0000"', "line 6: issuer: has a character that cannot be printed: U+0000"),
        ('"UBND"', f'"{"x" * 10_001}"', "line 6: issuer: longer than 10000 letters"),
        ('"UBND"', '"\u200b "', "line 6: issuer: empty"),
        ("cumulative = 9", 'percent = "٣"', 'line 15: percent: write the number alone, as printed, e.g. "77,59"'),
        ("cumulative = 9", "percent = 9", "line 15: percent: wrong type, text in quotes expected"),
        ("cumulative = 9", "cumulative = -9", "line 15: cumulative: a number of units cannot be -9"),
        ("cumulative = 9", "cumulative = 9, total = 0", "line 15: total: a number of units cannot be 0"),
        ("cumulative = 9", "added = [3, 2]", "line 15: added: write the smaller end first"),
        ("cumulative = 9", 'added = 2, operator = "range"', "line 15: operator: a range of two ends goes with"),
        ("cumulative = 9, ", "", "line 15: figure: no figure (added"),
        (
            "cumulative = 9",
            'cumulative = 9, within = "A", each = "district"',
            "line 15: each: not together with within",
        ),
        (
            "cumulative = 9",
            "cumulative = 9, begins_on = 2023-10-30, due_on = 2023-07-01",
            "line 15: due_on: comes before begins_on",
        ),
        ('measure = "ntm"', 'measure = "other"', "line 11: name: missing: say in words what is meant"),
        ('measure = "ntm"', 'measure = "criteria-below"', "line 11: threshold: missing: how many criteria"),
        ('measure = "ntm"', 'measure = "ntm"\nshare_of = "other"', "line 11: base: missing"),
        ('measure = "ntm"', 'measure = "ntm"\nshare_of = "open"', "line 11: readings: give at least two bases"),
        ('measure = "ntm"', 'measure = "ntm"\nreadings = ["all", "ntm"]', "line 14: readings: only with share_of"),
        ('"mot"', '"Một"', "line 2: key: write small letters, digits and hyphens"),
        ('"mot"', '"mot"\nsupersedes = "mot"', "line 3: supersedes: a plan cannot take its own place"),
        ('"2021-2025"', '"2021-2026"', "line 7: programme: must be one of"),
        ("base_year = 2020", "base_year = 2025", "line 9: base_year: lies outside the programme 2021-2025"),
        ("2022-01-01", '"2022-13"', "line 5: issued_on: no such day; write 2022-07-12"),
        (
            "cumulative = 9",
            'cumulative = 9, due_on = "2022-13-05"',
            "line 15: due_on: no such day; write 2022-07-12, or “2022-07” or “2022” where only that is known",
        ),
        ("cumulative = 9", 'cumulative = 9, due_on = "<0001-01-01"', "line 15: due_on: no such day; write"),
        ('"cả nước"', '"tỉnh Ninh Thuận"', "line 1: scope_code: missing; only the country's own plan"),
    ],
)
def test_a_fault_is_named_once_with_its_line(tmp_path, old, new, said):
    (problem,) = faults(tmp_path, (old, new))
    assert problem.startswith(said)


def test_a_plan_without_figures_is_refused_once(tmp_path):
    assert faults(tmp_path, ('  { year = 2025, cumulative = 9, cite = "I" },\n', "")) == [
        "line 14: figure: has no figure"
    ]
    head = SOUND[: SOUND.index("[[line]]")]
    assert faults(tmp_path, text="line = []\n" + head) == ["line 1: line: has no figure"]


def test_where_tables_are_expected_nothing_else_is_taken(tmp_path):
    head = SOUND[: SOUND.index("[[line]]")]
    assert faults(tmp_path, text="line = 5\n" + head) == ["line 1: line: wrong type, a list expected"]
    assert faults(tmp_path, text="line = [5]\n" + head) == ["line 1: line: not a table"]
    assert faults(tmp_path, text="roadmap = 5\n" + SOUND[SOUND.index("[[line]]") :]) == [
        "line 1: roadmap: wrong type, a table expected"
    ]


def test_a_figure_printed_twice_for_one_year_is_named(tmp_path):
    twice = '  { year = 2025, cumulative = 9, cite = "I" },\n'
    assert faults(tmp_path, (twice, twice * 2)) == [
        "line 16: figure: the same line, year and span stand here a second time"
    ]


def test_text_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "plan.toml").write_text(SOUND, encoding="utf-16")
    with pytest.raises(BadRoadmap) as refusal:
        read_roadmap(tmp_path / "plan.toml")
    assert [str(problem) for problem in refusal.value.facts["problems"]] == ["plan.toml: not a text in UTF-8"]
    with pytest.raises(CannotRead):
        read_roadmap(tmp_path / "khong-co.toml")


def test_what_is_no_toml_to_the_last_line_is_not_called_incomplete_too(tmp_path):
    (problem,) = faults(tmp_path, text=SOUND[:-2])
    assert "this is no TOML" in problem


@pytest.mark.parametrize("value", ["[" * 3000, "1" * 5000, "a" * 400_000])
def test_what_the_parser_itself_cannot_take_is_a_problem_too(tmp_path, value):
    assert any("this is no TOML" in problem for problem in faults(tmp_path, text=f"x = {value}"))


def test_a_line_separator_inside_a_text_breaks_nothing(tmp_path):
    (tmp_path / "plan.toml").write_text(
        SOUND.replace('"I"', '"I\u2028\u0085II"'.replace("\u0085", "")), encoding="utf-8"
    )
    assert read_roadmap(tmp_path / "plan.toml").targets[0].cite == "I\u2028II"
    assert key_lines('a = "x\u2028y"\r\nb = 1\r\n') == {("a",): 1, ("b",): 2}


def test_units_with_only_a_number_are_names_and_not_a_range(tmp_path):
    file = tmp_path / "plan.toml"
    file.write_text(SOUND.replace("cite =", 'units = ["30760", "30763"], cite ='), encoding="utf-8")
    assert read_roadmap(file).targets[0].units == ("30760", "30763")
