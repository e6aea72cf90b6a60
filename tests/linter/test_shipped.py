"""What the linter says of the shipped plans, to the last finding."""

import pytest

from ntmtrack.i18n import use_language
from ntmtrack.lint.linter import check_plan
from ntmtrack.roadmaps.toml import shipped
from tests.linter.making import (
    COMMUNE,
    CONTRADICTION,
    DISTRICT,
    DOUBT,
    LIST,
    NOTE,
    ground,
    keys,
    only,
    says,
)


def shipped_findings(key, *args, **facts):
    plan = shipped()[key]
    return check_plan(plan, ground(*args, key=plan.programme, **facts))


KH168 = [("sum", CONTRADICTION), ("part", CONTRADICTION), ("nature", NOTE)]
HELD_DISTRICTS = [
    *("thành phố Rạch Giá", "thành phố Hà Tiên", "huyện Kiên Lương", "huyện Hòn Đất", "huyện Tân Hiệp"),
    *("huyện Châu Thành", "huyện Giồng Riềng", "huyện Gò Quao", "huyện An Biên", "huyện An Minh"),
    *("huyện Vĩnh Thuận", "thành phố Phú Quốc", "huyện Kiên Hải", "huyện U Minh Thượng", "huyện Giang Thành"),
]


@pytest.mark.parametrize(
    "on",
    [
        {},
        {"communes": 116, "districts": 15, "exact": True},
        {"communes": 116, "districts": 15, "units": {DISTRICT: HELD_DISTRICTS}},
        {"communes": 116, "reached": {(COMMUNE, "ntm"): 90, (DISTRICT, "ntm"): 5, (COMMUNE, "nang-cao"): 0}},
    ],
)
def test_kh_168(on):
    findings = shipped_findings("kien-giang-kh168", **on)
    assert keys(findings) == KH168
    total, part, note = findings
    assert total.year == 2025
    assert says(total, "39 (2024) + 2 = 41", "40")
    assert says(total, "3 + 21 + 15 + 2 = 41")  # the same figure is at odds with the period
    assert total.text.endswith("tăng thêm 2 (2025)")
    assert says(part, "40 > 37")
    assert note.year == 2021
    assert says(note, "12/07/2022", "90", " 5")
    assert {finding.line.measure for finding in findings[:2]} == {"nang-cao"}
    assert total.cite == "mục II.2, gạch đầu dòng “Năm 2025”; mục II.2, đoạn “Đến năm 2025”"


@pytest.mark.parametrize("communes", [None, 241])
def test_thai_binh_leaves_one_base_open(communes):
    finding = only(shipped_findings("thai-binh-kh104", communes))
    assert keys([finding]) == [("open", NOTE)]
    if communes:
        assert says(finding, "25", "241", "5", "≥ 49")


@pytest.mark.parametrize("communes", [None, 122])
def test_quang_binh_holds_under_a_condition(communes):
    finding = only(shipped_findings("quang-binh-stnmt", communes))
    assert keys([finding]) == [("percent", NOTE)]
    assert says(finding, "112/128 = 87,50%", "112/129 = 86,82%")
    assert says(finding, LIST, "112/122 = 91,80%") == bool(communes)


def test_lai_chau_has_no_whole_number_of_94():
    finding = only(shipped_findings("lai-chau-2022", 94))
    assert keys([finding]) == [("whole-units", NOTE)]  # 94 is of the list, not of the plan
    assert keys(shipped_findings("lai-chau-2022", 94, exact=True)) == [("whole-units", DOUBT)]
    assert says(finding, f"94 ({LIST})", "54/94 = 57,45%", "55/94 = 58,51%", "57,45 → 57,5")
    assert shipped_findings("lai-chau-2022") == []


def test_ha_son_is_silent():
    assert shipped_findings("ha-son-kh68") == []
    assert shipped_findings("ha-son-kh68", 1, exact=True, units={COMMUNE: ["xã Hà Sơn"]}) == []


@pytest.mark.parametrize(("key", "count"), [("quoc-gia-2021-2025", 2), ("quoc-gia-2026-2030", 1)])
@pytest.mark.parametrize("communes", [None, 8227])
def test_the_countrys_own_only_leave_bases_open(key, count, communes):
    assert keys(shipped_findings(key, communes)) == [("open", NOTE)] * count


def test_english_writes_numbers_its_own_way():
    use_language("en")
    assert says(only(shipped_findings("lai-chau-2022", 94)), "54/94 = 57.45%", "Communes: NTM standard, 2025")
