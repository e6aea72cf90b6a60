"""A yearly plan beside the period's: the newest with figures for the year leads, the other stands beside.

The yearly plans are made up; the period's is Kiên Giang's own.
"""

import json

import pytest

from tests.running import begin, run

PLAN = """[roadmap]
key = "kg-2024"
title = "Kế hoạch năm 2024 (số giả định)"
number = "12/KH-UBND"
issued_on = 2024-01-10
issuer = "UBND tỉnh Kiên Giang"
programme = "2021-2025"
scope_code = "91"
scope_name = "tỉnh Kiên Giang"
base_year = 2023

[[line]]
tier = "xã"
level = "NTM"
figure = [{ year = 2024, added = 1, cumulative = CUMULATIVE, cite = "I" }]
"""


@pytest.fixture
def taking(office):
    """Takes in a yearly plan that sets so many communes for 2024; what that says."""
    begin("Kiên Giang")

    def take(cumulative):
        (office / "nam.toml").write_text(PLAN.replace("CUMULATIVE", str(cumulative)), encoding="utf-8")
        return run("roadmap", "import", "nam.toml").err

    return take


def test_plans_that_set_the_same_need_no_choice(taking):
    assert "--roadmap" not in taking(114)
    report = json.loads(run("progress", "--year", "2024", "--format", "json").out)
    assert report["roadmap"] == "kg-2024"
    assert run("progress", "--year", "2024", "--text").code == 0
    assert run("explain", "ntm", "--year", "2024").code == 0
    assert run("export", "bao-cao.xlsx", "--year", "2024").code == 0


def test_a_target_without_a_number_is_no_rival_of_itself(office):
    yearly = PLAN.replace('"91"', '"02"').replace("Kiên Giang", "Hà Giang").replace("CUMULATIVE", "50")
    later = yearly.replace('"kg-2024"', '"con-lai"').replace('level = "NTM"', 'level = "NTM"\nshare_of = "còn lại"')
    later = later.replace("year = 2024, added = 1, cumulative = 50", "year = 2025")
    begin("Hà Giang")
    for name, text in (("nam.toml", yearly), ("sau.toml", later)):
        (office / name).write_text(text, encoding="utf-8")
        assert run("roadmap", "import", name).code == 0
    assert [run("progress", "--year", year).code for year in ("2024", "2025")] == [0, 0]


def test_plans_that_set_otherwise_are_asked_about(taking):
    assert "--roadmap" in taking(113)
    refused = run("progress", "--year", "2024")
    assert (refused.code, "kg-2024, kien-giang-kh168" in refused.err) == (1, True)
    assert "“Thay cho”" in refused.err
    assert run("progress", "--year", "2025").code == 0


def test_the_years_that_need_a_choice_are_told(taking):
    said = taking(60)
    assert "Khi hỏi năm 2024 thì chọn bằng --roadmap KHOÁ." in said
    asked = {year: run("progress", "--year", str(year)).code for year in range(2021, 2026)}
    assert asked == {2021: 0, 2022: 0, 2023: 0, 2024: 1, 2025: 0}


def test_years_side_by_side_take_each_target_from_the_plan_that_sets_it(taking):
    taking(114)
    report = json.loads(run("progress", "--years", "--year", "2025", "--format", "json").out)
    planned = {(one["tier"], one["level"], one["year"]): one["plan_cumulative"] for one in report["lines"]}
    assert [planned["commune", "ntm", year] for year in range(2021, 2026)] == [90, 101, 113, 114, 116]
    assert [planned["commune", "kieu-mau", year] for year in range(2022, 2026)] == [1, 1, 4, 15]
    said = run("progress", "--years", "--year", "2025").out
    assert "Năm 2024: Kế hoạch số 12/KH-UBND" in said
    assert "lấy của lộ trình kia" in said


def test_without_a_key_one_is_shown_and_all_are_checked(taking):
    taking(114)
    shown = run("roadmap", "show")
    assert shown.out.startswith("Kế hoạch số 12/KH-UBND")
    assert "ntmtrack roadmap show kien-giang-kh168" in shown.out
    assert "ntmtrack roadmap show kien-giang-kh168" in run("roadmap", "show", "--text").out
    checked = run("roadmap", "check")
    assert checked.code == 3
    assert "Soát 2 lộ trình" in checked.out
    assert (
        "Kế hoạch số 12/KH-UBND ngày 10/01/2024 của UBND tỉnh Kiên Giang: Không thấy gì sai trong 1 con số."
        in checked.out
    )
    found = json.loads(run("roadmap", "check", "--format", "json").out)["findings"]
    assert {one["key"] for one in found} == {"kien-giang-kh168"}
    assert run("roadmap", "check", "kg-2024").code == 0
    assert run("roadmap", "export", "b.toml").code == 1
