"""The movements of the five plans, typed anew from their documents and held against the files that ship.

Cases: whose movement it is, from when until when · each date, its day, who owes it, for which year · each form of
award, whom it is for, how often, how many · each condition · the place of each clause ·
the days of one January, of a campaign · what the ledger keeps of a movement is the movement, also
as it was known before it was corrected · machines are told every field.
"""

import json
import re
from datetime import date, timedelta

import pytest

from ntmtrack.emulation import occurrences
from ntmtrack.emulation.toml import from_rules, read_movement, shipped, to_rules, to_toml
from ntmtrack.lint.movements import check_movement
from ntmtrack.roadmaps.toml import shipped as shipped_roadmaps
from tests.running import NOW, begin, run

HUYEN, XA, THON = "district", "commune", "village"

# Number, day, issuer, scope, first and last day.
HEADS = {
    "thi-dua-lai-chau": ("…/KH-UBND", "2022", "UBND tỉnh Lai Châu", "12", "2021-01-01", "2025-12-31"),
    "thi-dua-thai-binh": ("104/KH-UBND", "2022-07-12", "UBND tỉnh Thái Bình", "34", "2021-01-01", "2025-12-31"),
    "thi-dua-quang-binh": (
        *("…/KH-STNMT", "2022-06", "Sở Tài nguyên và Môi trường tỉnh Quảng Bình", "44", "2021-01-01", "2025-12-31"),
    ),
    "thi-dua-ha-son": ("68/KH-UBND", "2023-08-14", "UBND xã Hà Sơn", "15313", "2023-07-01", "2023-10-30"),
    "thi-dua-kien-giang": ("168/KH-UBND", "2022-07-12", "UBND tỉnh Kiên Giang", "91", "2021-01-01", "2025-12-31"),
}

# Place, when, of which tier each owes it, a word of who and to whom. “Trước ngày 15/01” is written <15/01, what
# concerns the year before with −1; “?” where the document names no day, as for the reports of so many months.
DATES = {
    "thi-dua-lai-chau": [
        (
            "V.4.b",
            "<05/01 −1 2021 2022 2023 2024",
            None,
            "UBND các xã, phường, thị trấn",
            "cơ quan thường trực cấp huyện",
        ),
        ("V.4.b", "<10/01 −1", HUYEN, "cơ quan thường trực cấp huyện", "UBND huyện"),
        ("V.3", "<15/01", HUYEN, "UBND huyện, thành phố", "Sở Nông nghiệp"),
        ("V.4.b", "<15/01 −1", HUYEN, "UBND huyện, thành phố; các sở", "UBND tỉnh"),
        ("V.4.b", "<20/01 −1", None, "Sở Nông nghiệp", "UBND tỉnh"),
        ("V.3", "<31/01", None, "Sở Nông nghiệp", "Sở Nội vụ"),
        ("VII.1", "30/06?", None, "Sở Nông nghiệp", ""),
        ("VII.1", "31/12?", None, "Sở Nông nghiệp", ""),
        ("VII.1", "31/12? 2022 2024", None, "Sở Nông nghiệp", ""),
        ("VII.1", "2025?", None, "Sở Nông nghiệp", ""),
        ("VI.2", "31/12?", None, "Hội đồng Thi đua", ""),
        ("VI.1", "2022-09", HUYEN, "UBND các huyện, thành phố", ""),
        ("VI.1", "2023", HUYEN, "UBND các huyện, thành phố", ""),
        ("VI.2", "2023", None, "Hội đồng Thi đua", ""),
        ("VI.1", "2025", HUYEN, "UBND các huyện, thành phố", ""),
        ("VI.2", "2025", None, "Hội đồng Thi đua", ""),
    ],
    "thi-dua-thai-binh": [
        ("V.1", "2022-09", HUYEN, "UBND huyện, thành phố", ""),
        ("V.1", "2023-09", HUYEN, "UBND huyện, thành phố", ""),
        ("V.2", "2023-12", None, "UBND tỉnh", ""),
        ("V.1", "2025", HUYEN, "UBND huyện, thành phố", ""),
        ("V.2", "2025", None, "UBND tỉnh", ""),
        ("VI.6", "31/12?", None, "Ban Thi đua - Khen thưởng", "UBND tỉnh"),
    ],
    "thi-dua-quang-binh": [
        ("IV.1", "2022-06", None, "Văn phòng Sở", "Giám đốc Sở"),
        ("IV.3", "2023", None, "các phòng, đơn vị", ""),
        ("I.2.d, IV.3", "2025", None, "các phòng, đơn vị", ""),
    ],
    "thi-dua-ha-son": [
        ("IV.7", "<2023-09-30", None, "công chức", ""),
        ("IV.2", "monthly", THON, "các thôn", ""),
    ],
    "thi-dua-kien-giang": [("I.2", "2025", None, "các cấp, các ngành, địa phương", "")],
}

# Place, a word of its form, for whom, by what, how often; then what else it says: levels, sums in triệu đồng, stars,
# places with their parts, years of reviews.
AWARDS = {
    "thi-dua-lai-chau": [
        ("V.2.b", "Cờ thi đua", "unit", "recognition", "once-per-level", {"huyen": ("ntm",)}),
        ("V.2.b", "Cờ thi đua", "unit", "recognition", "once-per-level", {"xa": ("ntm", "nang-cao")}),
        ("V.2.c", "Bằng khen", "unit", "most-criteria", "each-year", {"xa": ()}),
        ("V.2.c", "Bằng khen", "unit", "recognition", "once", {"thon": ("ntm",)}),
        ("V.2.c", "Bằng khen", "collective", "contribution", "once", {"least": 100, "stars": 3}),
        (
            *("V.2.c", "Bằng khen", "person", "recognition", "once"),
            {"huyen": ("ntm",), "places": 20, "parts": {"cấp tỉnh": 5, "cấp huyện": 15}},
        ),
        (
            *("V.2.c", "Bằng khen", "person", "recognition", "once-per-level"),
            {"xa": ("ntm", "nang-cao"), "places": 5},
        ),
        ("V.2.c", "Bằng khen", "household", "recognition", "once", {"thon": ("ntm",), "places": 1}),
        ("V.2.c", "Bằng khen", "person", "contribution", "once", {"least": 50, "stars": 3}),
        (
            *("V.2.c", "Bằng khen", "person", "judged", "at-reviews"),
            {"places": 2, "agencies": {"cơ quan thường trực Chương trình": 4}, "years": (2023, 2025)},
        ),
        ("V.2.d", "Giấy khen", "collective-or-person", "judged", "open", {}),
        ("V.2.a", "Nhà nước", "collective-or-person", "judged", "open", {}),
    ],
    "thi-dua-thai-binh": [
        ("IV.3.a, VI.5", "Bằng khen", "unit", "recognition", "once-per-level", {"xa": ("nang-cao", "kieu-mau")}),
        ("IV.3.a", "Bằng khen", "collective-or-person", "judged", "open", {}),
        ("IV.3.b", "Nhà nước", "collective-or-person", "judged", "open", {}),
    ],
    "thi-dua-quang-binh": [
        ("III.2", form, "collective-or-person", "judged", "open", {})
        for form in ("Huân chương Lao động", "Thủ tướng", "Chủ tịch UBND tỉnh", "Giấy khen")
    ],
    "thi-dua-ha-son": [("VI.2", "Giấy khen", "collective-or-person", "judged", "open", {})],
    "thi-dua-kien-giang": [],
}

# Place, tier, what it asks for, whether nobody may be proposed without it, a word of it.
CONDITIONS = {
    "thi-dua-lai-chau": [
        ("IV.2", HUYEN, "has-commune-at", False, "nâng cao"),
        ("IV.2", HUYEN, "highest-gain", False, "bình quân/xã cao nhất trong tỉnh"),
        ("IV.2", HUYEN, "no-arrears", True, "không nợ đọng"),
        ("IV.2", HUYEN, "judged", False, "nhiều mô hình"),
        ("IV.2", HUYEN, "judged", False, "nguồn lực"),
        ("IV.2", HUYEN, "reports-on-time", False, "thông tin, báo cáo"),
        ("V.3", HUYEN, "registered", False, "căn cứ xét khen thưởng cuối năm"),
        ("IV.3", XA, "judged", False, "xã tiêu biểu"),
        ("IV.3", XA, "no-arrears", True, "không nợ đọng"),
        ("IV.3", XA, "judged", False, "nguồn lực"),
    ],
    "thi-dua-thai-binh": [
        ("IV.2.b", HUYEN, "judged", False, "đơn vị tiêu biểu"),
        ("IV.2.b", HUYEN, "judged", False, "huyện đạt chuẩn nông thôn mới nâng cao"),
        ("IV.2.b", HUYEN, "no-arrears", True, "không nợ đọng"),
        ("IV.2.c", XA, "judged", False, "xã tiêu biểu"),
        ("IV.2.c", XA, "judged", False, "toàn diện, nổi bật"),
        ("IV.2.c", XA, "no-arrears", True, "không nợ đọng"),
    ],
    "thi-dua-quang-binh": [],
    "thi-dua-ha-son": [("VI.1.2", THON, "judged", False, "thôn thông minh")],
    "thi-dua-kien-giang": [],
}

each_movement = pytest.mark.parametrize("key", HEADS)


def when(deadline):
    """A date as it is typed above."""
    told = "monthly" if deadline.monthly else deadline.yearly or deadline.once
    before = "<" if deadline.before else ""
    year = " −1" if deadline.of_year == "year-before" else ""
    years = "".join(f" {one}" for one in deadline.years)
    return f"{before}{told}{'' if deadline.has_day else '?'}{year}{years}"


def says_more(award):
    """What else a form of award says, as it is typed above."""
    tiers = {HUYEN: "huyen", XA: "xa", THON: "thon"}
    told = {tiers[award.tier]: award.levels} if award.tier else {}
    more = {
        "least": (award.at_least or 0) / 1_000_000,
        "stars": award.stars,
        "places": award.places,
        "parts": dict(award.parts),
        "agencies": dict(award.agencies),
        "years": award.years,
    }
    return told | {name: value for name, value in more.items() if value}


def test_five_movements_ship_under_keys_that_no_roadmap_has():
    assert shipped().keys() == HEADS.keys()
    assert not shipped().keys() & shipped_roadmaps().keys()


@each_movement
def test_the_head_is_that_of_the_document(key):
    held = shipped()[key]
    told = (held.number, held.issued_on, held.issuer, held.scope_code, held.begins_on, held.ends_on)
    assert told == HEADS[key]
    plan = next(plan for plan in shipped_roadmaps().values() if plan.scope_code == held.scope_code)
    assert [getattr(held, name) for name in ("number", "issued_on", "issuer", "scope_name", "programme")] == [
        getattr(plan, name) for name in ("number", "issued_on", "issuer", "scope_name", "programme")
    ]


@each_movement
def test_the_dates_are_those_of_the_document(key):
    held = shipped()[key].deadlines
    assert [(one.cite, when(one), one.tier) for one in held] == [row[:3] for row in DATES[key]]
    for one, (*_told, by, to) in zip(held, DATES[key], strict=True):
        assert by in one.by
        assert to in (one.to or "")


@each_movement
def test_the_forms_of_award_are_those_of_the_document(key):
    held = shipped()[key].awards
    told = [(one.cite, one.recipient, one.ground, one.frequency, says_more(one)) for one in held]
    assert told == [(cite, *rest) for cite, _form, *rest in AWARDS[key]]
    assert all(form in one.name for one, (_cite, form, *_rest) in zip(held, AWARDS[key], strict=True))


@each_movement
def test_the_conditions_are_those_of_the_document(key):
    held = shipped()[key].conditions
    told = [(one.cite, one.tier, one.need, one.excludes) for one in held]
    assert told == [row[:4] for row in CONDITIONS[key]]
    assert all(row[4] in one.says for one, row in zip(held, CONDITIONS[key], strict=True))


def test_conditions_are_for_the_awards_of_their_tier_or_for_those_that_they_name():
    lai_chau, thai_binh = shipped()["thi-dua-lai-chau"], shipped()["thi-dua-thai-binh"]
    of_communes = {one.key for one in lai_chau.conditions_of(lai_chau.award("a2"))}
    assert of_communes == {"tieu-bieu-xa", "no-dong-xa", "nguon-luc-xa"}
    assert not [*lai_chau.conditions_of(lai_chau.award("A4"))]  # given to collectives, of which no condition speaks
    assert {one.key for one in thai_binh.conditions_of(thai_binh.award("A12"))} == {
        "tieu-bieu-huyen",
        "nang-cao-huyen",
        "no-dong-huyen",
    }


@each_movement
def test_nothing_is_wrong_in_what_ships(key):
    assert check_movement(shipped()[key]) == []


@each_movement
def test_the_place_of_a_clause_is_a_number_of_the_document(key):
    held = shipped()[key]
    for one in (*held.deadlines, *held.awards, *held.conditions):
        assert all(re.fullmatch(r"[IVX]+(\.(\d+|[a-zđ]))*", place) for place in one.cite.split(", ")), one.cite


def test_one_january_asks_for_two_years():
    asked = [(one.key, one.due) for one in occurrences(shipped()["thi-dua-lai-chau"], 2023)][:6]
    assert asked == [
        ("khen-xa/2022", date(2023, 1, 5)),
        ("khen-huyen/2022", date(2023, 1, 10)),
        ("dang-ky/2023", date(2023, 1, 15)),
        ("ho-so/2022", date(2023, 1, 15)),
        ("trinh-tinh/2022", date(2023, 1, 20)),
        ("tong-hop-dang-ky/2023", date(2023, 1, 31)),
    ]
    after = [one.key for one in occurrences(shipped()["thi-dua-lai-chau"], 2026)]
    # what communes send goes to the districts, which ended on 1/7/2025: of 2025 nobody could take it
    assert after == ["khen-huyen/2025", "ho-so/2025", "trinh-tinh/2025"]


def test_a_campaign_has_its_months():
    asked = [(one.key, one.due) for one in occurrences(shipped()["thi-dua-ha-son"], 2023)]
    assert asked == [
        ("ve-sinh/2023-07", date(2023, 7, 31)),
        ("ve-sinh/2023-08", date(2023, 8, 31)),
        ("ho-so/2023", date(2023, 9, 30)),
        ("ve-sinh/2023-09", date(2023, 9, 30)),
        ("ve-sinh/2023-10", date(2023, 10, 30)),
    ]


def test_machines_are_told_every_field():
    told = json.loads(run("movement", "show", "thi-dua-lai-chau", "-f", "json").out)["rules"]
    held = shipped()["thi-dua-lai-chau"]
    rules = (*held.deadlines, *held.awards, *held.conditions)
    assert [row["key"] for row in told] == [one.key for one in rules]
    assert all({*one._fields} <= row.keys() for row, one in zip(told, rules, strict=True))
    assert told[0] | {"section": "date", "yearly": "05/01", "before": 1, "of_year": "year-before"} == told[0]
    giving = next(row for row in told if row["key"] == "A5")
    assert (giving["section"], giving["parts"]) == ("award", "cấp tỉnh: 5; cấp huyện: 15")
    assert [row["need"] for row in told if row["need"]][:3] == ["has-commune-at", "highest-gain", "no-arrears"]
    assert run("movement", "show", "thi-dua-lai-chau", "-f", "csv").out.count("\n") == 1 + len(rules)


def test_rules_as_they_were_known_before_they_were_corrected(tmp_path):
    begin("Lai Châu")
    assert run("movement", "import", "thi-dua-lai-chau").code == 0
    file = tmp_path / "sua.toml"
    file.write_text(to_toml(shipped()["thi-dua-lai-chau"]).replace('"15/01"', '"20/01"'), encoding="utf-8")
    later = NOW + timedelta(days=2)
    assert run("movement", "import", str(file), now=later).code == 1
    assert run("movement", "import", str(file), "--replace", now=later).code == 0
    assert "trước 20/01 hằng năm, cho năm trước" in run("movement", "show", now=later).out
    known = run("movement", "show", "--as-known", f"{NOW:%d/%m/%Y}", now=later).out
    assert known.count("trước 15/01 hằng năm") == 2


@each_movement
def test_what_is_written_and_what_the_ledger_keeps_is_the_movement(key, tmp_path):
    held = shipped()[key]
    file = tmp_path / "phong-trao.toml"
    file.write_text(to_toml(held), encoding="utf-8")
    assert read_movement(file) == held
    head = {name: getattr(held, name) for name in held._fields[:13]} | {"grouping": held.grouping.value}
    assert from_rules(head, to_rules(held)) == held
