"""Five shipped plans, every figure typed here from the document.

Cases, for each plan: the head · every figure, none missing and none invented · each at its place in the document, in
its words · the steps of the movement that the document sets a time for · what is left open or blank.
For KH 168 also every number of mục II.2, in the order of printing.
"""

import re
from collections import Counter
from typing import NamedTuple

import pytest

from ntmtrack.model import Tier
from ntmtrack.roadmaps import Target
from ntmtrack.roadmaps.toml import shipped

TINH, HUYEN, XA, THON = Tier.PROVINCE, Tier.DISTRICT, Tier.COMMUNE, Tier.VILLAGE
OUR_WORDS = {"name": None, "base": None, "note": None, "counted_in": None, "within": None, "cite": ""}


class Printed(NamedTuple):
    """A figure as the document prints it, where, and words of the document that must stand with it."""

    target: Target
    place: str
    words: tuple[str, ...]


def fig(place, tier, measure, year, *words, **figures):
    return Printed(Target(tier, measure, year, **figures), place, words)


# number, day, issuer, scope, what the title names. "…" is left blank in the document, and so is the day (HEAD_OPEN).
HEADS = {
    "kien-giang-kh168": (
        "168/KH-UBND", "2022-07-12", "UBND tỉnh Kiên Giang", "tỉnh Kiên Giang",
        "“Kiên Giang chung sức xây dựng nông thôn mới” giai đoạn 2021-2025",
    ),
    "thai-binh-kh104": (
        "104/KH-UBND", "2022-07-12", "UBND tỉnh Thái Bình", "tỉnh Thái Bình",
        "“Chung sức xây dựng nông thôn mới nâng cao, nông thôn mới kiểu mẫu” giai đoạn 2021-2025",
    ),
    "quang-binh-stnmt": (
        "…/KH-STNMT", "2022-06", "Sở Tài nguyên và Môi trường tỉnh Quảng Bình", "tỉnh Quảng Bình",
        "“Cả nước chung sức xây dựng nông thôn mới” giai đoạn 2021-2025",
    ),
    "lai-chau-2022": (
        "…/KH-UBND", "2022", "UBND tỉnh Lai Châu", "tỉnh Lai Châu",
        "“Lai Châu chung sức xây dựng nông thôn mới” giai đoạn 2021-2025",
    ),
    "ha-son-kh68": (
        "68/KH-UBND", "2023-08-14", "UBND xã Hà Sơn", "xã Hà Sơn",
        "“Chung sức xây dựng xã Hà Sơn đạt xã nông thôn mới kiểu mẫu” năm 2023",
    ),
}  # fmt: skip
HEAD_OPEN = {"quang-binh-stnmt": "tháng 6 năm 2022", "lai-chau-2022": "năm 2022"}

# In KH 168 only 2021 goes without “phấn đấu”: the plan is of July 2022 and tells what was reached.
FIGURES = {
    "kien-giang-kh168": [
        fig("II.2 · “Đến năm 2025”", HUYEN, "ntm", 2025, span="period", added=6, cumulative=9, total=15, percent="60",
            units=("thành phố Hà Tiên", "huyện Vĩnh Thuận", "huyện Kiên Lương", "huyện An Biên", "huyện Kiên Hải",
                   "huyện An Minh")),
        fig("II.2 · “Đến năm 2025”", HUYEN, "nang-cao", 2025, span="period", added=2, cumulative=2, total=15,
            percent="13,33", part_of="ntm", units=("huyện Kiên Hải", "huyện Tân Hiệp")),
        fig("II.2 · “Đến năm 2025”", XA, "ntm", 2025, span="period", added=37, cumulative=116, total=116,
            percent="100"),
        fig("II.2 · “Đến năm 2025”", XA, "nang-cao", 2025, span="period", added=40, cumulative=40, total=116,
            percent="34,48", part_of="ntm"),
        fig("II.2 · “Đến năm 2025”", XA, "kieu-mau", 2025, span="period", added=15, cumulative=15, total=116,
            percent="12,93", part_of="ntm"),
        fig("II.2 · “Năm 2021”", HUYEN, "ntm", 2021, nature="actual", added=2, cumulative=5, total=15, percent="33,33"),
        fig("II.2 · “Năm 2021”", XA, "ntm", 2021, nature="actual", added=11, cumulative=90, total=116, percent="77,59"),
        fig("II.2 · “Năm 2022”", HUYEN, "ntm", 2022, added=2, cumulative=7, total=15, percent="46,67"),
        fig("II.2 · “Năm 2022”", XA, "ntm", 2022, added=11, cumulative=101, total=116, percent="87,07"),
        fig("II.2 · “Năm 2022”", XA, "nang-cao", 2022, added=3, cumulative=3, total=116, percent="2,59"),
        fig("II.2 · “Năm 2022”", XA, "kieu-mau", 2022, added=1, cumulative=1, total=116, percent="0,86"),
        fig("II.2 · “Năm 2023”", HUYEN, "ntm", 2023, added=2, cumulative=9, total=15, percent="60"),
        fig("II.2 · “Năm 2023”", XA, "ntm", 2023, added=12, cumulative=113, total=116, percent="97,41"),
        fig("II.2 · “Năm 2023”", XA, "nang-cao", 2023, added=21, cumulative=24, total=116, percent="20,69"),
        fig("II.2 · “Năm 2023”", XA, "kieu-mau", 2023, cumulative=1, total=116, percent="0,86"),
        fig("II.2 · “Năm 2024”", HUYEN, "ntm", 2024, cumulative=9, total=15, percent="60"),
        fig("II.2 · “Năm 2024”", HUYEN, "nang-cao", 2024, added=1, cumulative=1, percent="6,67"),
        fig("II.2 · “Năm 2024”", XA, "ntm", 2024, added=1, cumulative=114, total=116, percent="98,28"),
        fig("II.2 · “Năm 2024”", XA, "nang-cao", 2024, added=15, cumulative=39, total=116, percent="33,62"),
        fig("II.2 · “Năm 2024”", XA, "kieu-mau", 2024, added=3, cumulative=4, total=116, percent="3,45"),
        fig("II.2 · “Năm 2025”", HUYEN, "ntm", 2025, cumulative=9, total=15, percent="60"),
        fig("II.2 · “Năm 2025”", HUYEN, "nang-cao", 2025, added=1, cumulative=2, percent="13,33"),
        fig("II.2 · “Năm 2025”", XA, "ntm", 2025, added=2, cumulative=116, total=116, percent="100"),
        fig("II.2 · “Năm 2025”", XA, "nang-cao", 2025, added=2, cumulative=40, total=116, percent="34,48"),
        fig("II.2 · “Năm 2025”", XA, "kieu-mau", 2025, added=11, cumulative=15, total=116, percent="12,93"),
    ],
    "thai-binh-kh104": [
        fig("I.1", XA, "nang-cao", 2025, operator=">", percent="20"),
        fig("I.1", XA, "kieu-mau", 2025, "trong đó có 10% số xã trở lên", operator=">=", percent="10",
            part_of="nang-cao", share_of="open", readings=("all", "nested")),
        fig("I.1", HUYEN, "nang-cao", 2025, cumulative=1),
        fig("I.1", TINH, "income", 2025, "thu nhập bình quân của người dân nông thôn", "lần", "năm 2020",
            operator=">=", value="1,5", relative_to=2020),
    ],
    "quang-binh-stnmt": [
        fig("I.1.b · (1)", XA, "ntm", 2025, operator=">=", cumulative=112, percent="87"),
        fig("I.1.b · (1)", XA, "nang-cao", 2025, operator="about", cumulative=39, percent="30"),
        fig("I.1.b · (1)", XA, "kieu-mau", 2025, cumulative=13, percent="10"),
        fig("I.1.b · (1)", XA, "criteria-below", 2025, operator="<=", cumulative=4, threshold=15),
        fig("I.1.b · (2)", XA, "task", 2025, "tiếp tục xây dựng nông thôn mới nâng cao"),
        fig("I.1.b · (2)", TINH, "income", 2025, "thu nhập bình quân của người dân nông thôn", "lần", "cuối năm 2020",
            operator=">=", value="1,5", relative_to=2020),
        fig("I.1.b · (3)", THON, "task", 2025, "nông thôn mới nâng cao, kiểu mẫu và nông thôn mới cấp thôn, bản"),
        fig("I.1.b · (4)", TINH, "task", 2025, "“Mỗi xã một sản phẩm” gắn với xây dựng thương hiệu"),
        fig("I.1.b · (5)", HUYEN, "ntm", 2025, "đạt chuẩn hoặc hoàn thành nhiệm vụ xây dựng nông thôn mới",
            operator="range", cumulative=1, cumulative_high=2),
        fig("I.1.b · (6)", THON, "ntm", 2025, "các xã đặc biệt khó khăn khu vực biên giới, vùng núi",
            "vùng bãi ngang ven biển", cumulative=49),
        fig("III.1.a", XA, "other", 2025, "thôn, bản, làng đặc biệt khó khăn", "đăng ký hỗ trợ",
            operator=">=", value="01"),
    ],
    "lai-chau-2022": [
        fig("I.1.b", XA, "ntm", 2025, percent="57,5"),
        fig("I.1.b", XA, "nang-cao", 2025, cumulative=4),
        fig("I.1.b", XA, "criteria-below", 2025, "không còn xã dưới 15 tiêu chí", cumulative=0, threshold=15),
        fig("I.1.b", HUYEN, "ntm", 2025, span="period", added=2, units=("huyện Tam Đường", "huyện Than Uyên")),
        fig("I.1.b", THON, "ntm", 2025, "số bản của các xã đặc biệt khó khăn", percent="25", share_of="other"),
        fig("II.3", TINH, "other", 2025, "mục tiêu", "Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh",
            value="8"),
    ],
    "ha-son-kh68": [
        fig("tên kế hoạch", XA, "kieu-mau", 2023, cumulative=1, units=("xã Hà Sơn",)),
        fig("II.2 · điểm 1", XA, "criteria-met", 2023, "trong bộ tiêu chí xã NTM kiểu mẫu giai đoạn 2022-2025",
            percent="100", share_of="other"),
        fig("II.2 · điểm 1.1", XA, "condition", 2023, "nông thôn mới nâng cao"),
        fig("II.2 · điểm 1.2", XA, "condition", 2023, "thu nhập bình quân đầu người", "cao hơn từ 10% trở lên",
            "xã nông thôn mới nâng cao tại cùng thời điểm", operator=">=", value="10"),
        fig("II.2 · điểm 1.3", THON, "smart-village", 2023, "do UBND cấp tỉnh quy định cụ thể",
            operator=">=", cumulative=1, units=("thôn Chí Phúc",)),
        fig("II.2 · điểm 1.4", XA, "condition", 2023, "lĩnh vực", "chuyển đổi số", operator=">=", cumulative=1),
        fig("IV · điểm 2", XA, "task", 2023, "vệ sinh môi trường ngõ xóm", "lần", "tháng", operator=">=", value="01"),
        fig("VI.1.1", XA, "task", 2023, "chỉ tiêu được giao", percent="100", share_of="other"),
        fig("VII.5", THON, "task", 2023, "các thôn", "tiêu chí thôn nông thôn mới kiểu mẫu",
            percent="100", share_of="other"),
    ],
}  # fmt: skip

# Steps of the movement that stand with a quarter, a day or a year.
STEPS = {
    "kien-giang-kh168": [fig("I.2", TINH, "milestone", 2025, "tổng kết")],
    "thai-binh-kh104": [
        fig("V.1", TINH, "milestone", 2022, "xây dựng kế hoạch", "quý III năm 2022", due_on="2022-09-30"),
        fig("V.1", TINH, "milestone", 2023, "sơ kết", "quý III năm 2023", due_on="2023-09-30"),
        fig("V.2", TINH, "milestone", 2023, "sơ kết của UBND tỉnh", "quý IV năm 2023", due_on="2023-12-31"),
        fig("V.2", TINH, "milestone", 2025, "tổng kết"),
    ],
    "quang-binh-stnmt": [
        fig("IV.1", TINH, "milestone", 2022, "tháng 6 năm 2022", due_on="2022-06-30"),
        fig("IV.3", TINH, "milestone", 2023, "sơ kết"),
        fig("IV.3", TINH, "milestone", 2025, "tổng kết"),
    ],
    "lai-chau-2022": [
        fig("VI.1", TINH, "milestone", 2022, "xây dựng kế hoạch", "quý III năm 2022", due_on="2022-09-30"),
        fig("VI.2", TINH, "milestone", 2023, "sơ kết"),
        fig("VI.2", TINH, "milestone", 2025, "tổng kết"),
    ],
    "ha-son-kh68": [
        fig("III", XA, "milestone", 2023, "phong trào", begins_on="2023-07-01", due_on="2023-10-30"),
        fig("IV · điểm 7", XA, "milestone", 2023, "hồ sơ đề nghị công nhận xã đạt NTM kiểu mẫu trước 30/9",
            due_on="2023-09-30"),
    ],
}  # fmt: skip

# Every number of KH 168, mục II.2, in the order of printing; years ("Năm 2021:", "Lũy kế đến năm 2025") left out.
KH168_NUMBERS: dict[int | str, list[str]] = {
    "period": [
        "06", "02", "37", "40", "15",
        "09", "15", "60", "02", "15", "13,33", "116", "116", "100", "40", "116", "34,48", "15", "116", "12,93",
    ],
    2021: ["02", "11", "05", "15", "33,33", "90", "116", "77,59"],
    2022: [
        "02", "11", "03", "01",
        "07", "15", "46,67", "101", "116", "87,07", "03", "116", "2,59", "01", "116", "0,86",
    ],
    2023: ["02", "12", "21", "09", "15", "60", "113", "116", "97,41", "24", "116", "20,69", "01", "116", "0,86"],
    2024: [
        "01", "01", "15", "03",
        "09", "15", "60", "01", "6,67", "114", "116", "98,28", "39", "116", "33,62", "04", "116", "3,45",
    ],
    2025: [
        "01", "02", "02", "11",
        "09", "15", "60", "02", "13,33", "116", "116", "100", "40", "116", "34,48", "15", "116", "12,93",
    ],
}  # fmt: skip

each_plan = pytest.mark.parametrize("key", FIGURES)


def plain(target):
    """The target without the words that are ours."""
    return target._replace(**OUR_WORDS)


def held(key, *, steps):
    return [target for target in shipped()[key].targets if (target.measure == "milestone") == steps]


def straight(text):
    """One kind of quotes and of "2021-2025"."""
    return re.sub(r"[“”]", '"', text).replace("2021 - 2025", "2021-2025")


def says(target, printed):
    """Whether a held target is this printed one: its figures, its place, its words."""
    cited = all(re.search(rf"(?<![\w.]){re.escape(part)}(?![\w.])", target.cite) for part in printed.place.split(" · "))
    text = straight(" · ".join(filter(None, (target.name, target.base, target.note, target.counted_in)))).casefold()
    return plain(target) == printed.target and cited and all(straight(w).casefold() in text for w in printed.words)


@each_plan
def test_the_head_is_that_of_the_document(key):
    plan = shipped()[key]
    number, issued, issuer, scope, title = HEADS[key]
    assert (plan.number, plan.issuer, plan.scope_name, plan.programme) == (number, issuer, scope, "2021-2025")
    assert plan.issued_on == issued
    assert straight(title) in straight(plan.title)
    if key in HEAD_OPEN:
        assert "để trống số và ngày" in plan.source
        assert HEAD_OPEN[key] in plan.source


@each_plan
def test_no_figure_of_the_document_is_missing_and_none_is_invented(key):
    assert Counter(map(plain, held(key, steps=False))) == Counter(printed.target for printed in FIGURES[key])


@each_plan
def test_the_steps_of_the_movement_are_those_of_the_document(key):
    assert Counter(map(plain, held(key, steps=True))) == Counter(printed.target for printed in STEPS[key])


@pytest.mark.parametrize(
    ("key", "printed"),
    [(key, printed) for table in (FIGURES, STEPS) for key, rows in table.items() for printed in rows],
    ids=lambda value: value if isinstance(value, str) else "-".join(map(str, (value.place, *value.target[:3]))),
)
def test_a_figure_stands_at_its_place_in_its_words(key, printed):
    assert any(says(target, printed) for target in shipped()[key].targets)


@each_plan
def test_every_figure_is_cited_to_a_place_of_the_document(key):
    rows = FIGURES[key] + STEPS[key]
    sections = {printed.place.split(" · ")[0] for printed in rows}
    for target in shipped()[key].targets:
        assert any(section in target.cite for section in sections), target


@pytest.mark.parametrize("when", KH168_NUMBERS)
def test_kh_168_gives_back_the_numbers_of_a_bullet_in_their_order(when):
    span, year = ("period", 2025) if when == "period" else ("year", when)
    bullet = [t for t in held("kien-giang-kh168", steps=False) if (t.span, t.year) == (span, year)]
    by_line = {(t.tier, t.measure): t for t in bullet}
    order = [(HUYEN, "ntm"), (HUYEN, "nang-cao"), (XA, "ntm"), (XA, "nang-cao"), (XA, "kieu-mau")]
    figures = [by_line[line] for line in order if line in by_line]
    numbers = [f"{t.added:02}" for t in figures if t.added is not None]
    for t in figures:
        numbers += [f"{t.cumulative:02}", *([f"{t.total:02}"] if t.total else []), t.percent]
    assert numbers == KH168_NUMBERS[when]
    assert len(figures) == len(bullet)
