"""Twenty plans in the styles of provinces, every figure made up: what is wrong in them is found, and nothing else.

Each is held against the national list of 30/6/2025 alone, as an officer does who has just been given a plan. `WRONG`
have one error each, named by what a careful reader would say; `SOUND` have none.
"""

import pytest

from ntmtrack.commands.lint_context import lint_context_of
from ntmtrack.lint import Weight
from ntmtrack.lint.linter import check_plan
from tests.linter.making import DISTRICT, advanced, figure, model, ntm_years, roadmap

PROVINCES = {
    "10": "tỉnh Lào Cai",
    "12": "tỉnh Lai Châu",
    "34": "tỉnh Thái Bình",
    "36": "tỉnh Nam Định",
    "38": "tỉnh Thanh Hóa",
    "40": "tỉnh Nghệ An",
    "42": "tỉnh Hà Tĩnh",
    "44": "tỉnh Quảng Bình",
    "49": "tỉnh Quảng Nam",
    "58": "tỉnh Ninh Thuận",
    "68": "tỉnh Lâm Đồng",
    "75": "tỉnh Đồng Nai",
    "83": "tỉnh Bến Tre",
    "87": "tỉnh Đồng Tháp",
    "89": "tỉnh An Giang",
    "91": "tỉnh Kiên Giang",
    "96": "tỉnh Cà Mau",
}
IN_NINH_THUAN = ("huyện Bác Ái", "huyện Ninh Sơn", "huyện Ninh Hải", "huyện Ninh Phước", "huyện Thuận Bắc",
                 "huyện Thuận Nam", "Phan Rang - Tháp Chàm")  # fmt: skip


def start(count, **facts):
    return figure(2020, nature="baseline", cumulative=count, **facts)


def period(**facts):
    return figure(2025, span="period", **facts)


def district(year=2025, **facts):
    return figure(year, tier=DISTRICT, **facts)


def allotted(*counts, **facts):
    return [figure(within=name, cumulative=count, **facts) for name, count in zip(IN_NINH_THUAN, counts, strict=True)]


# code, figures, what must be said, in which words
WRONG = {
    "a count that is its per cent of no whole number": (
        "96",
        [figure(cumulative=82, operator=">=", percent="100"), advanced(cumulative=34, percent="40,2", share_of="ntm")],
        "percent", ("34/84 = 40,48%", "34/85 = 40,00%"),
    ),
    "a per cent of fewer communes than there are at NTM": (
        "83",
        [figure(operator=">=", cumulative=112), advanced(cumulative=45, percent="45", share_of="ntm")],
        "percent", ("45", "≥ 112"),
    ),
    "a year and the period that start from different counts": (
        "87",
        [figure(2021, added=7, cumulative=92), figure(2022, added=6, cumulative=98), period(added=32, cumulative=115)],
        "headline", ("92 − 7 = 85", "115 − 32 = 83"),
    ),
    "an end that its start and its years do not come to": (
        "49",
        [start(113), *(figure(year, added=n) for year, n in enumerate((10, 12, 11, 9, 6), 2021)),
         period(cumulative=163)],
        "headline", ("113 (2020) + 10 + 12 + 11 + 9 + 6 = 161", "163"),
    ),
    "a per cent of the period that its counts do not give": (
        "68",
        [start(93), period(added=18, percent="98", total=111), advanced(cumulative=50, percent="45,05")],
        "percent", ("93 (2020) + 18 = 111/111 = 100,00%", "98%"),
    ),
    "districts that are allotted less than the province promises": (
        "58",
        [figure(cumulative=34, operator=">="), *allotted(4, 5, 6, 7, 4, 5, 1, operator=">=")],
        "districts", ("≥ 32", "≥ 34"),
    ),
    "one district that is allotted more than all": (
        "58",
        [model(cumulative=3), model(cumulative=4, within="huyện Ninh Phước")],
        "districts", ("4", "3"),
    ),
    "half of the communes that are less than half": (
        "38",
        [advanced(cumulative=227, total=455, percent="50", operator=">=")],
        "percent", ("227/455 = 49,89%", "228"),
    ),
    "a target below what is reached": (
        "36",
        [start(204), figure(operator=">=", cumulative=195), advanced(cumulative=80)],
        "reached", ("≥ 195", "204"),
    ),
    "a share below what is reached": (
        "44",
        [figure(2020, nature="baseline", percent="65,6"), figure(operator=">=", percent="60")],
        "reached", ("≥ 60%", "65,6%"),
    ),
    "levels that come to all communes": (
        "89",
        [figure(cumulative=61, total=116), advanced(cumulative=43, total=116), model(cumulative=12, total=116)],
        "levels", ("61 + 43 + 12 = 116",),
    ),
    "fewer districts named than the per cent asks for": (
        "42",
        [district(2020, nature="baseline", cumulative=3), district(percent="76,92", total=13, units=(
            "huyện Kỳ Anh", "huyện Cẩm Xuyên", "huyện Thạch Hà", "huyện Can Lộc", "huyện Đức Thọ", "huyện Hương Sơn"))],
        "named", ("6", "76,92%", "10", "3"),
    ),
    "a ward among the communes": (
        "75",
        [figure(2023, added=2, units=("xã Bảo Hòa", "Tam Phước"))],
        "named", ("Tam Phước (phường)",),
    ),
    "one count typed wrong in the middle": (
        "91",
        [*ntm_years(11, 11)[:1], figure(2022, added=11, cumulative=110), figure(2023, added=12, cumulative=113)],
        "sum", ("90 (2021) + 11 = 101", "110 (2022) + 12 = 122", "số không khớp: luỹ kế 110 (2022)"),
    ),
    "a higher level above the lower one": (
        "34",
        [figure(cumulative=200), advanced(cumulative=60), model(cumulative=66)],
        "nesting", ("66", "60"),
    ),
}  # fmt: skip

SOUND = {
    "goals in rounded per cents alone": (
        "40",
        [figure(percent="82"), advanced(percent="20", share_of="ntm"), model(percent="5", share_of="ntm"),
         district(percent="50")],
    ),
    "goals in rounded per cents with counts of another day's communes": (
        "40",
        [figure(percent="82", cumulative=337), advanced(percent="25", cumulative=103),
         model(percent="5", cumulative=21)],
    ),
    "at least, with the counts of exactly so many": (
        "42",
        [figure(operator=">=", percent="90", cumulative=153), advanced(operator=">=", percent="50", cumulative=85)],
    ),
    "years, shares and a headline that add up": (
        "91",
        [start(79), *(year._replace(total=116, percent=share) for year, share in zip(
            ntm_years(11, 11, 12, 1, 2), ("77,59", "87,07", "97,41", "98,28", "100"), strict=True)),
         period(added=37, cumulative=116, total=116, percent="100")],
    ),
    "additions alone, with a start and an end": (
        "49",
        [start(113), *(figure(year, added=n) for year, n in enumerate((10, 12, 11, 9, 6), 2021)),
         period(added=48, cumulative=161)],
    ),
    "districts named with one in reserve": (
        "42",
        [district(2020, nature="baseline", cumulative=5), period(tier=DISTRICT, added=4, cumulative=9, units=(
            "huyện Kỳ Anh", "huyện Cẩm Xuyên", "huyện Thạch Hà"), reserve=("huyện Hương Sơn",))],
    ),
    "allotments with something in hand": (
        "58",
        [figure(cumulative=34, operator=">="), *allotted(5, 5, 6, 8, 4, 6, 1, operator=">=")],
    ),
    "a merger between the start and the end": (
        "38",
        [start(346, total=569), figure(cumulative=340, total=465), advanced(cumulative=120)],
    ),
    "planned and done side by side": (
        "10",
        [figure(2021, cumulative=60), figure(2021, nature="actual", cumulative=62),
         figure(2022, added=5, cumulative=67), figure(2022, measure="nang-cao", added=3)],
    ),
    "few communes short of criteria, and income": (
        "12",
        [figure(measure="criteria-below", threshold=15, operator="<=", cumulative=4),
         figure(percent="57", cumulative=60), advanced(cumulative=4)],
    ),
}  # fmt: skip


def read(code, figures):
    issued = "2022-03-01" if any(each.nature == "actual" for each in figures) else "2021-06-01"
    plan = roadmap(*figures, scope_code=code, scope_name=PROVINCES[code], issued=issued, title="Kế hoạch (số giả định)")
    return check_plan(plan, lint_context_of(None, plan))


@pytest.mark.parametrize("error", WRONG)
def test_an_error_is_found_and_told_once(error):
    code, figures, expected, words = WRONG[error]
    (finding,) = read(code, figures)
    assert finding.check == expected
    assert all(word in finding.text for word in words), finding.text


@pytest.mark.parametrize("plan", SOUND)
def test_a_sound_plan_raises_nothing(plan):
    assert [finding.text for finding in read(*SOUND[plan]) if not _is_of_results(finding)] == []


def _is_of_results(finding):
    """The reminder of results among the targets is no alarm."""
    return (finding.check, finding.weight) == ("nature", Weight.NOTE)
