"""Nothing that was not held against its text is ever said to be met: over every output, the workbook included.

One commune was measured by every content of its set, as well as can be, and no threshold of it was checked; a district
and a province have conditions of texts that were not read.
"""

import json
import re
import zipfile

import pytest
from openpyxl import load_workbook

from ntmtrack.programmes.criteria.files import criteria_set, set_keys
from tests.running import begin, run

NTM = criteria_set("2021-2025/xa-ntm")
OUTPUTS = {
    "criteria-gap": ("criteria-gap", "30838"),
    "criteria-gap of a district": ("criteria-gap", "--scope", "Hòn Đất"),
    "bands": ("bands", "--scope", "Hòn Đất"),
    "at-risk": ("at-risk",),
    "show": ("show", "30838"),
    "progress": ("progress", "--year", "2024", "--notes"),
    "explain": ("explain", "criteria-below", "--year", "2024"),
}


@pytest.fixture
def measured(office, once):
    def fill():
        begin("Kiên Giang")
        assert run("roadmap", "import", "quoc-gia-2021-2025").code in (0, 1)
        results = [word for item in NTM.items for word in ("--result", f"{item.code}=99")]
        done = run("assess", "30838", "--on", "30/6/2024", *results)
        assert done.code == 0, done.both
        assert "Chưa kết luận" in done.err

    once(fill)
    return office


def test_no_criterion_is_met_by_a_threshold_that_was_not_checked(measured):
    row = next(row for row in json.loads(run("criteria-gap", "-f", "json").out)["units"] if row["code"] == "30838")
    assert (row["met"], row["missing"], len(row["unknown"].split())) == (0, "", 57)


SLOW = pytest.mark.slow


@pytest.mark.parametrize("format_", [pytest.param("plain", marks=SLOW), "json", pytest.param("csv", marks=SLOW)])
@pytest.mark.parametrize("name", OUTPUTS)
def test_no_output_says_that_it_is_met(measured, name, format_):
    shown = run(*OUTPUTS[name], "-f", format_)
    assert shown.code == 0, shown.both
    said = [line for line in shown.out.splitlines() if "30838" in line or "Mỹ Thuận" in line]
    assert not [line for line in said if re.search(r"(?<!chưa )(?<!không )\bđạt (đủ|hết|1?[1-9]/19)", line)]
    if name == "bands" and format_ == "json":
        row = json.loads(shown.out)["bands"][0]
        assert (row["from_19"], row["from_0"], row["left_open"]) == (0, 0, 1)
    if name == "explain" and format_ == "json":
        (line,) = json.loads(shown.out)["lines"]
        assert (line["actual_cumulative"], line["status"]) in ((0, "incomplete"), (0, "not_due"))


def test_no_sheet_counts_it_among_those_that_meet_a_criterion(measured):
    """In the workbook 19 criteria are met by none and open of one; in every other kind of file nobody meets any."""
    assert run("export", "a.xlsx", "--year", "2024", "--sheets", "all").code == 0
    book = load_workbook("a.xlsx")
    by_criterion = [row for row in book["Biểu theo tiêu chí"].iter_rows(values_only=True) if _is_criterion(row)]
    assert [(row[3], row[5], row[7]) for row in by_criterion] == [(0, 0, 1)] * 19
    lacking = [row for row in book["Tiêu chí còn thiếu"].iter_rows(values_only=True) if _is_criterion(row)]
    assert [row[2:5] for row in lacking] == [(0, 1, 0)] * 19
    bands = [row for row in book["Biểu theo nhóm tiêu chí"].iter_rows(values_only=True) if row[0] == "Huyện Hòn Đất"]
    assert [row[1:9] for row in bands] == [(12, 0, 0, 0, 0, 0, 1, 11)]


@pytest.mark.parametrize(
    "file", ["a.docx", "a.json", *(pytest.param(file, marks=SLOW) for file in ("a.html", "a.md", "a.csv"))]
)
def test_no_other_file_says_so_of_the_commune(measured, file):
    assert run("export", file, "--year", "2024").code == 0
    text = _text(measured / file)
    near = re.findall(r"Mỹ Thuận[^\n]{0,60}", text)
    assert not [words for words in near if re.search(r"\b(1[0-9]/19|đạt đủ|đạt hết)", words)]


def test_a_text_that_was_not_read_concludes_nothing_of_a_district_or_a_province(office):
    for key in set_keys():
        for condition in criteria_set(key).conditions:
            if condition.verified.value != "yes":
                assert condition.holds(10**6) is None
    begin("Kiên Giang")
    assert (
        run(
            "assess", "huyện An Biên", "--set", "huyen-nang-cao", "--on", "30/6/2024", "--met", "9", "--result", "d=99%"
        ).code
        == 0
    )
    found = json.loads(run("criteria-gap", "huyện An Biên", "--set", "huyen-nang-cao", "-f", "json").out)["conditions"]
    assert "met" not in {row["state"] for row in found}


def _is_criterion(row):
    return isinstance(row[0], str) and row[0].isdecimal() and row[1] in {one.name for one in NTM.criteria}


def _text(file):
    """The text of a file; of a paper that of its parts."""
    if file.suffix != ".docx":
        return file.read_text(encoding="utf-8")
    with zipfile.ZipFile(file) as parts:
        return re.sub("<[^>]+>", " ", parts.read("word/document.xml").decode("utf-8"))
