"""The questions of January, worked out by hand on a made-up province: tỉnh Thử of three districts, nine communes.

Who has not registered, and by how many days late · which district raised its mean criteria most · who may be proposed,
who not and why · how many places for persons are left.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ntmtrack.model import NewUnit, Tier
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.transaction import acting
from tests.running import NOW, run

JANUARY = datetime(2027, 1, 20, 3, tzinfo=UTC)
COMMUNES = {"A": 4, "B": 3, "C": 2}
# Criteria met of 19 at the end of 2023 and of 2024.
MET = {
    "A1": (10, 14), "A2": (12, 16), "A3": (15, 16), "A4": (18, 19),
    "B1": (15, 18), "B2": (16, 17), "B3": (None, 12),
    "C1": (17, 19), "C2": (14, 18),
}  # fmt: skip
RULES = """
[movement]
key = "thi-dua-thu"
title = "Phong trào thi đua của tỉnh Thử (số liệu đặt ra để kiểm thử)"
number = "1/KH-UBND"
issued_on = 2022-03-01
issuer = "UBND tỉnh Thử"
programme = "2021-2025"
scope_code = "99"
scope_name = "tỉnh Thử"
begins_on = 2021-01-01
ends_on = 2025-12-31
grouping = "district"

[[date]]
key = "dang-ky"
name = "Đăng ký thi đua"
yearly = "15/01"
before = true
by = "UBND các huyện"
to = "Sở Nông nghiệp"
tier = "district"
shown_by = "registration"
cite = "mục 3"

[[award]]
key = "A2"
name = "Bằng khen của Chủ tịch UBND tỉnh"
authority = "Chủ tịch UBND tỉnh"
says = "xã hoàn thành nhiều tiêu chí nhất trong năm của mỗi huyện"
recipient = "unit"
ground = "most-criteria"
frequency = "each-year"
tier = "commune"
cite = "mục 2.c"

[[award]]
key = "A11"
name = "Bằng khen của Chủ tịch UBND tỉnh"
authority = "Chủ tịch UBND tỉnh"
says = "xã được công nhận đạt chuẩn nông thôn mới nâng cao, kiểu mẫu"
recipient = "unit"
ground = "recognition"
frequency = "once-per-level"
tier = "commune"
levels = ["nang-cao", "kieu-mau"]
cite = "mục 2.d"

[[award]]
key = "A5"
name = "Bằng khen của Chủ tịch UBND tỉnh"
authority = "Chủ tịch UBND tỉnh"
says = "mỗi huyện đạt chuẩn 20 cá nhân"
recipient = "person"
ground = "recognition"
frequency = "once"
tier = "district"
levels = ["ntm"]
places = 20
parts = { "cấp tỉnh" = 5, "cấp huyện" = 15 }
cite = "mục 2.e"

[[award]]
key = "A6"
name = "Bằng khen của Chủ tịch UBND tỉnh"
authority = "Chủ tịch UBND tỉnh"
says = "mỗi xã đạt chuẩn; nâng cao 05 cá nhân"
recipient = "person"
ground = "recognition"
frequency = "once-per-level"
tier = "commune"
levels = ["ntm", "nang-cao"]
places = 5
cite = "mục 2.g"

[[condition]]
key = "no-dong"
tier = "commune"
need = "no-arrears"
says = "không nợ đọng xây dựng cơ bản"
excludes = true
cite = "mục 1"
"""


def done(*argv, **more):
    result = run(*argv, **more)
    assert result.code == 0, result.both
    return result.out


def rows(*argv, **more):
    return json.loads(done(*argv, "-f", "json", **more))


def add_units():
    """Made-up units: codes 99, 991…, 99101…"""
    units = [NewUnit("Thử", "tỉnh", Tier.PROVINCE, "99")]
    for place, (district, count) in enumerate(COMMUNES.items(), 1):
        units.append(NewUnit(district, "huyện", Tier.DISTRICT, f"99{place}", "99"))
        units += [
            NewUnit(f"{district}{nth}", "xã", Tier.COMMUNE, f"99{place}{nth:02}", f"99{place}")
            for nth in range(1, count + 1)
        ]
    with acting(Path("so.db"), Ledger.Stamp("test", "canbo", NOW), create=True) as ledger:
        ledger.add_units(units)


@pytest.fixture
def province(office, once):
    def fill():
        add_units()
        Path("thi-dua.toml").write_text(RULES, encoding="utf-8")
        done("movement", "import", "thi-dua.toml")
        for unit, found in MET.items():
            for year, met in zip((2023, 2024), found, strict=True):
                if met is not None:
                    done("assess", unit, "--on", f"31/12/{year}", "--met", str(met))
        record("huyện C", "ntm", "1/QĐ-TTg")
        for name in ("A3", "B2"):
            record(name, "ntm", "2/QĐ-UBND")
        for name in ("A4", "C1", "B1"):
            record(name, "nang-cao", "3/QĐ-UBND")
        done("mark", "C2", "--as", "nợ đọng", "--since", "1/1/2024")
        for name in ("A1", "A4", "B1"):
            done("mark", name, "--no", "nợ đọng", "--since", "1/1/2024")
        done("award", "C1", "--form", "A11", "--year", "2024", "--decision", "4/QĐ-UBND", "--date", "20/1/2025")
        done("revoke", "B1", "--level", "nang-cao", "--date", "1/3/2025", "--reason", "không còn đạt")

    return once(fill)


def record(unit, level, number):
    done("record", unit, "--level", level, "--year", "2024", "--decision", number, "--date", "20/12/2024")


def test_which_district_raised_its_mean_criteria_most(province):
    """A: 10+12+15+18 = 55 → 65 of 4; B without B3, not assessed before: 31 → 35 of 2; C: 31 → 37 of 2."""
    means = {row["part"]: row for row in rows("bands", "--year", "2024", "--by", "district")["bands"]}
    compared = {
        part: [means[f"huyện {part}"][key] for key in ("compared", "mean_before", "mean_now", "gain", "rank")]
        for part in "ABC"
    }
    assert compared == {"A": [4, 13.75, 16.25, 2.5, 2], "B": [2, 15.5, 17.5, 2.0, 3], "C": [2, 15.5, 18.5, 3.0, 1]}


def test_who_may_be_proposed_and_who_not_and_why(province):
    """A1 and A2 both completed 4: neither is chosen. C2 completed most in C and is in arrears: C1 comes after it."""
    found = rows("candidates", "--year", "2024")["candidates"]
    may = {(row["form"], row["unit"]): row["conditions"] for row in found if row["state"] == "candidate"}
    assert may == {
        ("A2", "xã A1"): "đạt: không nợ đọng xây dựng cơ bản",
        ("A2", "xã A2"): "nợ đọng: chưa có số liệu",
        ("A2", "xã B1"): "đạt: không nợ đọng xây dựng cơ bản",
        ("A2", "xã C1"): "nợ đọng: chưa có số liệu",
        ("A11", "xã A4"): "đạt: không nợ đọng xây dựng cơ bản",
    }
    not_so = {(row["form"], row["unit"]): row["excluded"] for row in found if row["state"] == "excluded"}
    assert not_so.keys() == {("A2", "xã C2"), ("A11", "xã B1"), ("A11", "xã C1")}
    assert "nợ đọng" in not_so["A2", "xã C2"]
    assert "thu hồi 01/03/2025" in not_so["A11", "xã B1"]
    assert "Quyết định 4/QĐ-UBND" in not_so["A11", "xã C1"]
    gains = {row["unit"]: (row["before"], row["now"], row["gain"], row["ties"]) for row in found if row["form"] == "A2"}
    assert gains == {
        "xã A1": (10, 14, 4, 2),
        "xã A2": (12, 16, 4, 2),
        "xã B1": (15, 18, 3, 1),
        "xã C1": (17, 19, 2, 1),
        "xã C2": (14, 18, 4, 1),
    }
    assert "xã B3" in done("candidates", "--award", "A2", "--year", "2024")


def test_how_many_places_for_persons_are_left(province):
    """Earned: huyện C 20 = 5 + 15; A3, B2 (NTM), A4, C1 (nâng cao) 5 each; B1 none, its recognition was taken back."""
    assert places() == {"A5": (20, 0, 20), "A6": (20, 0, 20)}
    done("award", "A3", "--form", "A6", "--year", "2024", "--recipient", "cán bộ xã", "--places", "3")
    done("award", "C", "--form", "A5", "--year", "2024", "--recipient", "cán bộ huyện", "--places", "12")
    assert places() == {"A5": (20, 12, 8), "A6": (20, 3, 17)}
    beyond = ("award", "A3", "--form", "A6", "--year", "2024", "--recipient", "nông dân", "--places", "3")
    refused = run(*beyond)
    assert (refused.code, "còn 2" in refused.err) == (1, True)
    done(*beyond, "--over", "Chủ tịch UBND tỉnh đồng ý bổ sung")
    assert places()["A6"] == (20, 6, 15)  # of A3 there is none left, of the others 15


def places():
    return {row["form"]: (row["earned"], row["used"], row["left"]) for row in rows("quota", "--year", "2024")["rules"]}


def test_who_has_not_registered_for_2027_and_how_late(office):
    """Due before 15/01/2027, by communes in two blocks: one in time, one three days late, the others five by 20/01."""
    add_units()
    of_2026 = (
        RULES.replace('"2021-2025"', '"2026-2030"').replace("2021-01-01", "2026-01-01").replace("2022-03", "2026-03")
    )
    of_2026 = of_2026.replace("2025-12-31", "2030-12-31").replace('grouping = "district"', 'grouping = "block"')
    dates_alone = of_2026.partition("[[award]]")[0].replace('tier = "district"', 'tier = "commune"')
    Path("thi-dua.toml").write_text(dates_alone, encoding="utf-8")
    done("movement", "import", "thi-dua.toml")
    done("register", "A1", "--year", "2027", "--criteria", "+2", "--on", "10/1/2027", now=JANUARY)
    done("register", "B1", "--year", "2027", "--text", "vườn mẫu", "--on", "18/1/2027", now=JANUARY)
    late = rows("register", "--year", "2027", "--missing", now=JANUARY)["missing"]
    others = ("A2", "A3", "A4", "B2", "B3", "C1", "C2")
    assert {row["unit"].split()[1]: row["days_late"] for row in late} == {"B1": 3} | dict.fromkeys(others, 5)


def test_a_report_of_the_movement_is_not_said_to_hold_once_more_was_given(province):
    done("export", "so-ket.xlsx", "--sheets", "movement", "--year", "2024")
    done("export", "so-ket.md", "--sheets", "movement", "--year", "2024")
    told = Path("so-ket.md").read_text(encoding="utf-8")
    assert "huyện C" in told
    assert "danh sách kèm theo" not in told  # there is none
    done(
        "entry",
        "đóng góp",
        "A1",
        "--giver-kind",
        "HTX",
        "--party",
        "HTX A",
        "--on",
        "5/6/2024",
        "--text",
        "tiền",
        "--amount",
        "5 triệu",
    )
    checked = run("verify", "so-ket.xlsx").out
    assert "mọi tổng số của báo cáo vẫn đúng" not in checked
    assert "“Phong trào” không so lại" in checked


def test_a_tie_with_one_that_may_not_be_proposed_leaves_nobody_to_choose(province):
    done("mark", "A2", "--as", "nợ đọng", "--since", "1/6/2024")
    wrote = run("export", "khen.md", "--sheets", "proposals", "--year", "2024").err
    assert "cần chọn" not in wrote
    assert "còn 1 xã của huyện B chưa kết luận được: xã B1" in wrote
    assert "cùng nhiều nhất huyện A" in Path("khen.md").read_text(encoding="utf-8")


def test_a_district_registers_through_its_communes_too(province):
    rule = (
        '\n[[condition]]\nkey = "dang-ky"\ntier = "commune"\nneed = "registered"\nsays = "có đăng ký"\ncite = "mục 1"\n'
    )
    Path("hai.toml").write_text(RULES.replace('"thi-dua-thu"', '"thi-dua-hai"') + rule, encoding="utf-8")
    done("movement", "import", "hai.toml")
    done("register", "B1", "--year", "2024", "--text", "vườn mẫu", "--on", "10/1/2024", "--sender", "A4")
    found = rows("candidates", "--year", "2024", "--award", "A11", "--movement", "thi-dua-hai")["candidates"]
    assert "đạt: không nợ đọng xây dựng cơ bản; đạt: có đăng ký" in {row["conditions"] for row in found}  # of A4


def test_the_parts_of_what_was_given_make_the_sum(province):
    for kind, amount in (("cá nhân", "56,5 triệu"), ("HTX", "499,5 triệu")):
        party = ("--party", "HTX A") if kind == "HTX" else ()
        done(
            "entry",
            "đóng góp",
            "A1",
            "--giver-kind",
            kind,
            *party,
            "--on",
            "5/6/2024",
            "--text",
            "tiền",
            "--amount",
            amount,
        )
    done("export", "so-ket.md", "--sheets", "movement", "--year", "2024")
    told = Path("so-ket.md").read_text(encoding="utf-8")
    assert "Đóng góp năm 2024: 556 triệu đồng (cá nhân 56,5, hợp tác xã 499,5)" in told


def test_a_district_asks_for_its_own(province):
    found = rows("candidates", "--year", "2024", "--scope", "huyện A")["candidates"]
    assert {(row["form"], row["unit"]) for row in found} == {("A2", "xã A1"), ("A2", "xã A2"), ("A11", "xã A4")}
    sums = {row["form"]: row["earned"] for row in rows("quota", "--year", "2024", "--scope", "huyện A")["rules"]}
    assert sums == {"A5": 0, "A6": 10}  # of A3 and A4
