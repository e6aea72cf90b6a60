"""An old year on a later map: counted where all whole constituents of a counted kind held the level · mixed ones named,
counted nowhere · parts and towns decide nothing · every report takes the map · a map that does not reach is refused."""

import json
from itertools import pairwise

import pytest

from tests.mergers import Formed, Former, merge
from tests.running import run

FORMED = [
    Formed("xã Cả Hai", "31001", [Former("xã A Một"), Former("xã A Hai")]),
    Formed("xã Một Nửa", "31002", [Former("xã B Một"), Former("xã B Hai")]),
    Formed("xã Có Thị Trấn", "31003", [Former("xã C"), Former("thị trấn C")]),
    Formed("xã Có Phần", "31004", [Former("xã D Một"), Former("xã D Hai", "part", 1)]),
    Formed("xã Phần Kia", "31005", [Former("xã E"), Former("xã D Hai", "part", 0)]),
    Formed("phường Mới", "31006", [Former("xã G")]),
]
HELD = {  # level by the year
    "ntm": ["xã A Một", "xã A Hai", "xã B Một", "xã C", "xã D Một", "xã G"],
    "nang-cao": ["xã A Một", "xã D Hai"],
}
ON = ("--map", "1/7/2025")


@pytest.fixture
def merged(office):
    merge(office / "so.db", FORMED)
    for level, year in (("ntm", "2021"), ("nang-cao", "2023")):
        assert run("record", *HELD[level], "--level", level, "--year", year).code == 0
    return office / "so.db"


def lines(*argv):
    told = json.loads(run("progress", *argv, "-f", "json").out)["lines"]
    return {line["level"]: (line["actual_cumulative"], line["total"]) for line in told if line["tier"] == "commune"}


@pytest.mark.usefixtures("merged")
def test_a_new_commune_counts_where_all_its_whole_constituents_held_the_level():
    """By hand: A (both), C (its xã; the town is none that counts), D (its whole one) of five; G is a ward now."""
    assert lines("--year", "2022", *ON)["ntm"] == (3, 5)
    assert "nang-cao" not in lines("--year", "2023", *ON)  # nobody on this map
    assert lines("--year", "2020", *ON)["ntm"] == (0, 5)
    assert lines("--year", "2022")["ntm"] == (6, 9)  # on its own map: 9 xã and a town


@pytest.mark.usefixtures("merged")
def test_mixed_ones_are_named_and_counted_nowhere():
    shown = run("progress", "--year", "2023", *ON).out
    assert "Lẫn" in shown
    assert "đạt chuẩn NTM 2: xã Một Nửa, xã Phần Kia" in shown
    assert "NTM nâng cao 3: xã Cả Hai, xã Có Phần, xã Phần Kia" in shown
    remaining = run("remaining", "--level", "ntm", "--year", "2023", *ON).out
    assert "xã Một Nửa" in remaining
    assert "Lẫn" in remaining


@pytest.mark.usefixtures("merged")
def test_the_list_names_the_last_constituent_by_which_a_unit_reached_the_level():
    run("edit", "xã A Hai", "--level", "ntm", "--year", "2022", "--reason", "nhầm năm")
    listed = json.loads(run("list", "--level", "ntm", "--until", "2023", *ON, "-f", "json").out)["units"]
    assert [(unit["code"], unit["year"]) for unit in listed] == [("31001", 2022), ("31003", 2021), ("31004", 2021)]
    assert lines("--year", "2021", *ON)["ntm"][0] == 2


@pytest.mark.usefixtures("merged")
def test_from_its_first_day_a_unit_counts_by_its_own_recognitions_alone():
    assert lines("--year", "2025", *ON)["ntm"] == (0, 5)
    run("record", "31001", "--level", "ntm", "--year", "2025", "--basis", "thừa nhận", "--decision", "5/QĐ-UBND")
    assert lines("--year", "2025", *ON)["ntm"] == (1, 5)
    assert lines("--year", "2024", *ON)["ntm"] == (3, 5)


@pytest.mark.usefixtures("merged")
def test_every_report_takes_the_map(office):
    for argv in (
        ("map", "--year", "2023"),
        ("trend", "--year", "2023"),
        ("progress", "--years", "--year", "2023"),
        ("progress", "--text", "--year", "2023"),
        ("export", "bao-cao.xlsx", "--year", "2023"),
    ):
        result = run(*argv, *ON)
        assert result.code == 0, result.err
    assert run("progress", "--year", "2022", "--map", "own").out == run("progress", "--year", "2022").out


@pytest.mark.usefixtures("merged")
def test_what_is_added_and_lost_still_sums_up_over_the_years():
    told = [
        next(
            line
            for line in json.loads(run("progress", "--year", str(year), *ON, "-f", "json").out)["lines"]
            if (line["tier"], line["level"]) == ("commune", "ntm")
        )
        for year in range(2021, 2026)
    ]
    for before, line in pairwise(told):
        assert line["actual_cumulative"] == before["actual_cumulative"] + line["actual_added"] - line["lost"]


@pytest.mark.usefixtures("merged")
@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("--year", "2026", "--map", "30/6/2025"), "không tính được đến"),
        (("--year", "2024", "--map", "1/7/2030"), "chưa đến"),
        (("--year", "2024", "--map", "hôm qua"), "hôm qua"),
    ],
)
def test_a_map_that_cannot_be_is_refused(argv, says):
    refused = run("progress", *argv)
    assert (refused.code in (1, 2), says in refused.err) == (True, True), refused.err


@pytest.mark.usefixtures("merged")
@pytest.mark.parametrize("kind", [".xlsx", ".html"])
def test_a_report_on_another_map_can_be_verified(kind):
    assert run("export", f"r{kind}", "--year", "2022", *ON).code == 0
    assert run("verify", f"r{kind}").code == 0
    run("revoke", "xã A Một", "--level", "ntm", "--date", "1/3/2022", "--reason", "rớt")
    moved = run("verify", f"r{kind}")
    assert (moved.code, "Xã đạt chuẩn NTM" in moved.out) == (3, True)
