"""The strict reader of plan files · which plans are built in · what `roadmap show` prints of KH 168."""

import pytest

from ntmtrack import paths
from ntmtrack.errors import BadRoadmap
from ntmtrack.roadmaps.toml import built_in, read_roadmap
from tests.running import run

FILE = paths.PACKAGE / "roadmaps" / "plans" / "kien-giang-kh168.toml"

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


def test_built_in_only_for_its_own_province_and_programme():
    assert [plan.key for plan in built_in("2021-2025", {"91"})] == ["kien-giang-kh168", "quoc-gia-2021-2025"]
    assert [plan.key for plan in built_in("2026-2030", {"91"})] == ["quoc-gia-2026-2030"]
    assert [plan.key for plan in built_in("2021-2025", {"92"})] == ["quoc-gia-2021-2025"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('percent = "60"', "percent = 60"), "percent: sai kiểu"),
        (("added = 2,", "addded = 2,"), "dòng 21: addded: khoá lạ; có phải là added không?"),
        (('tier = "district"', 'tier = "quan"'), "tier: phải là một trong"),
        (("issued_on = 2022-07-12", 'issued_on = "12-2022-7"'), "issued_on: không có ngày này"),
        (("base_year = 2020\n", ""), "base_year: thiếu"),
        ((', cite = "mục II.2, gạch đầu dòng “Năm 2021”"', ""), "dòng 21: cite: thiếu"),
        (('percent = "33,33"', 'percent = "một phần ba"'), "percent: ghi số đúng như văn bản"),
        (
            ("issued_on = 2022-07-12", "issued_on = 2022-13-12"),
            "dòng 9: không đúng cú pháp TOML: issued_on = 2022-13-12",
        ),
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
    text = (
        FILE.read_text(encoding="utf-8")
        .replace('tier = "commune"', 'tier = "phuong"')
        .replace("base_year = 2020\n", "")
    )
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
