"""KH 168 as the document prints it, typed here from the document · the strict reader · what `roadmap show` prints."""

from datetime import date

import pytest

from ntmtrack import paths
from ntmtrack.errors import BadRoadmap
from ntmtrack.model import Tier
from ntmtrack.roadmaps import built_in, read_roadmap
from tests.running import run

FILE = paths.sample_data() / "kien_giang" / "roadmap.toml"

# (added, cumulative, total, per cent) by year; "period" is the opening paragraph of II.2.
PRINTED = {
    ("district", "ntm"): {
        2021: (2, 5, 15, "33,33"), 2022: (2, 7, 15, "46,67"), 2023: (2, 9, 15, "60"),
        2024: (None, 9, 15, "60"), 2025: (None, 9, 15, "60"), "period": (6, 9, 15, "60"),
    },
    ("district", "nang-cao"): {
        2024: (1, 1, None, "6,67"), 2025: (1, 2, None, "13,33"), "period": (2, 2, 15, "13,33"),
    },
    ("commune", "ntm"): {
        2021: (11, 90, 116, "77,59"), 2022: (11, 101, 116, "87,07"), 2023: (12, 113, 116, "97,41"),
        2024: (1, 114, 116, "98,28"), 2025: (2, 116, 116, "100"), "period": (37, 116, 116, "100"),
    },
    ("commune", "nang-cao"): {
        2022: (3, 3, 116, "2,59"), 2023: (21, 24, 116, "20,69"), 2024: (15, 39, 116, "33,62"),
        2025: (2, 40, 116, "34,48"), "period": (40, 40, 116, "34,48"),
    },
    ("commune", "kieu-mau"): {
        2022: (1, 1, 116, "0,86"), 2023: (None, 1, 116, "0,86"), 2024: (3, 4, 116, "3,45"),
        2025: (11, 15, 116, "12,93"), "period": (15, 15, 116, "12,93"),
    },
}  # fmt: skip


def test_kh_168_holds_every_printed_figure_and_no_other():
    held = {}
    for target in read_roadmap(FILE).targets:
        when = "period" if target.span == "period" else target.year
        figures = (target.added, target.cumulative, target.total, target.percent)
        held.setdefault((target.tier.value, target.measure), {})[when] = figures
    assert held == PRINTED


def test_kh_168_is_cited_line_by_line():
    plan = read_roadmap(FILE)
    assert (plan.number, plan.issued_on, plan.base_year) == ("168/KH-UBND", date(2022, 7, 12), 2020)
    for target in plan.targets:
        year = "“Đến năm 2025”" if target.span == "period" else f"“Năm {target.year}”"
        assert target.cite.startswith("mục II.2")
        assert year in target.cite
    assert {target.year for target in plan.targets if target.nature == "actual"} == {2021}


def test_kh_168_names_six_districts_and_two():
    named = {target.measure: target.units for target in read_roadmap(FILE).targets if target.units}
    assert [name.split(" ", 1)[1].removeprefix("phố ") for name in named["ntm"]] == [
        "Hà Tiên", "Vĩnh Thuận", "Kiên Lương", "An Biên", "Kiên Hải", "An Minh",
    ]  # fmt: skip
    assert named["nang-cao"] == ("huyện Kiên Hải", "huyện Tân Hiệp")


def test_the_contradiction_of_the_document_is_kept():
    by_year = {
        t.year: t
        for t in read_roadmap(FILE).targets
        if (t.tier, t.measure, t.span) == (Tier.COMMUNE, "nang-cao", "year")
    }
    assert by_year[2024].cumulative + by_year[2025].added == 41
    assert by_year[2025].cumulative == 40


def test_built_in_only_for_its_own_province_and_programme():
    assert [plan.key for plan in built_in("2021-2025", "91")] == ["kien-giang-kh168"]
    assert built_in("2026-2030", "91") == []
    assert built_in("2021-2025", "12") == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('percent = "60"', "percent = 60"), "percent: sai kiểu"),
        (("added = 2\n", "addded = 2\n"), "addded: khoá lạ"),
        (('tier = "district"', 'tier = "huyen"'), "tier: phải là một trong"),
        (("issued_on = 2022-07-12", 'issued_on = "12/7/2022"'), "issued_on: sai kiểu"),
        (("base_year = 2020\n", ""), "base_year: thiếu"),
        (('cite = "mục II.2, gạch đầu dòng “Năm 2021”"\n', ""), "cite: thiếu"),
        (('percent = "33,33"', 'percent = "một phần ba"'), "percent: ghi đúng như văn bản"),
        (("issued_on = 2022-07-12", "issued_on = 2022-13-12"), "line"),
        (
            ('[[line]]\ntier = "district"\nmeasure = "nang-cao"', '[[lines]]\ntier = "district"\nmeasure = "nang-cao"'),
            "khoá lạ",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path, change, said):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(FILE.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(BadRoadmap) as refusal:
        read_roadmap(wrong)
    assert said in "\n".join(refusal.value.lines())


@pytest.mark.parametrize("text", ["line = [1]", "line = 5", "", "[[line]]\nfigure = [3]", "roadmap = 7", "[line]"])
def test_whatever_stands_in_a_file_is_refused_in_words(tmp_path, text):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(text, encoding="utf-8")
    with pytest.raises(BadRoadmap):
        read_roadmap(wrong)


def test_every_problem_of_a_file_is_named_at_once(tmp_path):
    wrong = tmp_path / "wrong.toml"
    text = FILE.read_text(encoding="utf-8").replace('tier = "commune"', 'tier = "xa"').replace("base_year = 2020\n", "")
    wrong.write_text(text, encoding="utf-8")
    with pytest.raises(BadRoadmap) as refusal:
        read_roadmap(wrong)
    assert refusal.value.facts["count"] == 4


@pytest.mark.usefixtures("demo")
def test_show_prints_what_the_document_prints():
    rows = [line.split() for line in run("roadmap", "show").out.splitlines()]
    whens = [2021, 2022, 2023, 2024, 2025, "period"]
    for figures in PRINTED.values():
        printed = [figures.get(when, (None, None, None, None)) for when in whens]
        added = [dash(figure[0]) for figure in printed]
        cumulative = [f"{figure[1]}/{figure[2]}" if figure[2] else dash(figure[1]) for figure in printed]
        shares = [dash(figure[3]) for figure in printed]
        for expected in (added, cumulative, shares):
            assert any(row[-6:] == expected for row in rows), expected


def dash(figure):
    return "–" if figure is None else str(figure)
