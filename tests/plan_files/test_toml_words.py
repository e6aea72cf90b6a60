"""Vietnamese words in TOML · times in words · two figures of one sentence · too much for a plan. Made up figures."""

import pytest

from ntmtrack.model import Tier
from ntmtrack.roadmaps.toml import read_roadmap, to_toml
from tests.plan_files.test_toml import SOUND, faults


def read(tmp_path, line, figures):
    file = tmp_path / "plan.toml"
    head = SOUND[: SOUND.index("[[line]]")]
    rows = "".join(f"  {{ {figure}, cite = 'I' }},\n" for figure in figures)
    file.write_text(f"{head}[[line]]\n{line}\nfigure = [\n{rows}]\n", encoding="utf-8")
    plan = read_roadmap(file)
    again = tmp_path / "again.toml"
    again.write_text(to_toml(plan), encoding="utf-8")
    assert read_roadmap(again) == plan
    return plan.targets


def test_words_for_keys(tmp_path):
    line = 'tier = "xã"\nlevel = "nâng cao"\nshare_of = "xã NTM"'
    (target,) = read(tmp_path, line, ['year = 2025, operator = "ít nhất", nature = "mục tiêu", percent = "40"'])
    assert (target.tier, target.measure, target.share_of, target.operator) == (Tier.COMMUNE, "nang-cao", "ntm", ">=")


@pytest.mark.parametrize(
    ("figure", "year", "due_by"),
    [
        ('year = "6/2022", added = 2', 2022, "2022-06-30"),
        ('year = "trước năm 2025", added = 2', 2024, "2024-12-31"),
        ('year = 2022, due_on = "trước 30/9/2022", added = 2', 2022, "2022-09-29"),
        ("year = 2022, due_on = 2022-09-30, added = 2", 2022, "2022-09-30"),
        ('year = "2024–2025", added = 2', 2025, "2025-12-31"),
    ],
)
def test_times_in_words(tmp_path, figure, year, due_by):
    (target,) = read(tmp_path, 'tier = "xã"\nlevel = "NTM"', [figure])
    assert (target.year, target.due_by.isoformat()) == (year, due_by)


def test_one_sentence_may_print_two_figures(tmp_path):
    figures = ['year = 2025, operator = "ít nhất", cumulative = 10', "year = 2025, cumulative = 12"]
    assert [one.cumulative for one in read(tmp_path, 'tier = "huyện"\nlevel = "NTM"', figures)] == [10, 12]


def test_a_goal_beyond_the_period_ends_another(tmp_path):
    (target,) = read(tmp_path, 'tier = "xã"\nlevel = "hiện đại"', ['year = 2030, operator = "<", percent = "10"'])
    assert (target.year, target.measure, target.operator) == (2030, "hien-dai", "<")
    (problem,) = faults(tmp_path, ("year = 2025", "year = 2027"))
    assert problem.endswith("year: lies outside the programme 2021-2025")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a." * 100_000 + "a = 1", "a key of more than 8 parts"),
        (f"[{'a.' * 50_000}a]", "a key of more than 8 parts"),
        (f"x = {{ {'a.' * 50_000}a = 1 }}", "a key of more than 8 parts"),
        ("a = 1\n" * 5_001, "too long for a plan"),
        (f'a = "{"x" * 500_001}"', "too long for a plan"),
    ],
)
def test_too_much_for_a_plan_is_said_at_once(tmp_path, text, said):
    (problem,) = faults(tmp_path, text=text)
    assert said in problem


def test_sections_and_addresses_in_quotes_are_no_deep_keys(tmp_path):
    cite = "mục I.1.a.b.c.d.e.f.g.h, www.a.b.c.d.e.f.g.h.vn"
    file = tmp_path / "plan.toml"
    file.write_text(SOUND.replace('cite = "I"', f'cite = "{cite}"'), encoding="utf-8")
    assert read_roadmap(file).targets[0].cite == cite
