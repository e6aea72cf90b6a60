"""Units that take part without being counted: no figure moves by them · the province itself is recognised, and is in
no table unless it holds a level or a plan of its own asks for it."""

import json
from pathlib import Path

import pytest

from ntmtrack.model import KINDS, Tier
from ntmtrack.programmes import every, find_level, programme
from ntmtrack.storage.chain import fingerprint
from ntmtrack.storage.open import reading
from tests.places import contents, our_ledger
from tests.running import begin, run


def done(*argv):
    result = run(*argv)
    assert result.code == 0, result.both
    return result.out


def facts():
    with reading(our_ledger()) as connection:
        return fingerprint(connection)


@pytest.fixture
def an_giang(office):
    begin("An Giang", "2026-2030")
    return office


@pytest.fixture
def nam_dinh(office):
    begin("Nam Định")
    return office


def lines(*argv):
    return {
        (line["tier"], line["measure"]): line
        for line in json.loads(done("progress", "-f", "json", *argv))["lines"]
        if line.get("roadmap_number") in (None, "1/KH-UBND")
    }


def test_taking_part_moves_no_figure_but_the_note(an_giang):
    before, untouched = lines("--year", "2026"), facts()
    done("participate", "phường Rạch Giá", "Phú Quốc", "--since", "1/3/2026", "--source", "Công văn 12/VPĐP")
    assert lines("--year", "2026") == before
    assert "Ngoài mẫu số: 1 phường, 1 đặc khu tham gia." in done("progress", "--year", "2026", "--notes")
    assert "Ngoài mẫu số" not in done("progress", "--as-of", "28/2/2026")
    shown = done("show", "Rạch Giá")
    assert "Tham gia chương trình 2026-2030 từ 01/03/2026" in shown
    assert "Công văn 12/VPĐP" in shown
    units = json.loads(done("units", "--participating", "-f", "json"))["units"]
    assert [unit["code"] for unit in units] == ["30742", "31078"]
    assert not json.loads(done("units", "--participating", "--on", "28/2/2026", "-f", "json"))["units"]
    done("undo", "--yes")
    assert facts() == untouched
    done("redo", "--yes")
    assert "1 phường, 1 đặc khu" in done("progress", "--year", "2026", "--notes")


def test_without_a_day_it_is_that_of_the_decision_or_today(an_giang):
    done("participate", "Rạch Giá", "--decision", "5/QĐ-UBND", "--date", "2/2026")
    assert "từ 28/02/2026" in done("show", "Rạch Giá")
    done("participate", "Vĩnh Thông")
    assert "từ 21/11/2026" in done("show", "Vĩnh Thông")


REFUSED = {
    "a commune": (("Mỹ Thuận",), "vốn đã được tính"),
    "the province": (("tỉnh An Giang",), "là tỉnh"),
    "a period without": (("Rạch Giá", "--since", "1/3/2025"), "2026-2030"),
    "a day to come": (("Rạch Giá", "--since", "1/3/2027"), "sau hôm nay"),
    "named twice": (("Rạch Giá", "30742"), "hai lần"),
    "unknown": (("Không Có",), "Không"),
    "one of several": (("Vĩnh Thông", "Mỹ Thuận"), "vốn đã được tính"),
}


@pytest.mark.parametrize(("argv", "said"), REFUSED.values(), ids=REFUSED)
def test_who_may_not_take_part(an_giang, argv, said):
    before = contents(our_ledger())
    result = run("participate", *argv)
    assert result.code in (1, 2)
    assert said in result.err
    assert contents(our_ledger()) == before


def test_a_unit_that_did_not_stand_on_the_day(an_giang):
    begin("Kiên Giang", db="kg.db")
    result = run("participate", "phường Vĩnh Thanh Vân", "--since", "1/3/2026", "--db", "kg.db")
    assert result.code == 1
    assert "Vĩnh Thanh Vân" in result.err


def test_what_the_programmes_say_of_it():
    for period in every():
        for beside in period.recognised:
            assert beside.tier not in period.counted
            assert set(beside.kinds) <= set(KINDS[beside.tier])
            rungs = {level.key for level in period.levels}
            assert (beside.level in rungs) != (beside.level in {level.key for level in period.apart(beside.tier)})
            assert beside.source
        assert not {*period.participating} & {*period.counted.get(Tier.COMMUNE, ())}
    period = programme("2026-2030")
    assert find_level(period, "hoàn thành nhiệm vụ", Tier.PROVINCE).label == "hoàn thành nhiệm vụ xây dựng NTM"
    assert find_level(period, "ntm", Tier.COMMUNE).label == "đạt chuẩn NTM"


def test_the_province_is_recognised_and_shown_only_then(nam_dinh):
    before = lines("--year", "2022")
    assert ("province", "ntm") not in before
    argv = ("--level", "hoàn thành nhiệm vụ", "--year", "2019", "--decision", "12/QĐ-TTg", "--date", "1/10/2019")
    done("record", "tỉnh Nam Định", *argv)
    after = lines("--year", "2022")
    province = after.pop(("province", "ntm"))
    assert after == before
    assert (province["total"], province["actual_cumulative"], province["status"]) == (1, 1, "no_plan")
    listed = json.loads(done("list", "-l", "ntm", "--tier", "province", "--until", "2022", "-f", "json"))["units"]
    assert [(unit["code"], unit["year"], unit["decision"]) for unit in listed] == [("36", 2019, "12/QĐ-TTg")]
    assert "hoàn thành nhiệm vụ xây dựng NTM" in done("show", "tỉnh Nam Định")
    communes = json.loads(done("list", "-l", "ntm", "--until", "2022", "-f", "json"))["units"]
    assert not communes
    done("edit", "tỉnh Nam Định", "-l", "ntm", "--year", "2020", "--reason", "nhầm năm")
    done("revoke", "tỉnh Nam Định", "-l", "ntm", "--date", "1/6/2021")
    assert lines("--year", "2022") == before


def test_a_plan_of_the_province_asks_for_it_and_one_of_the_country_is_of_all_provinces(nam_dinh):
    assert "Tỉnh đạt chuẩn NTM (17–19)" in done("progress", "--year", "2024", "--notes")
    Path("plan.toml").write_text(
        """[roadmap]
key = "nam-dinh"
title = "Kế hoạch"
number = "1/KH-UBND"
issued_on = 2022-01-01
issuer = "UBND tỉnh Nam Định"
programme = "2021-2025"
scope_code = "36"
scope_name = "tỉnh Nam Định"
base_year = 2020

[[line]]
tier = "province"
measure = "ntm"
figure = [{ year = 2024, cumulative = 1, cite = "mục 1" }]
""",
        encoding="utf-8",
    )
    done("roadmap", "import", "plan.toml")
    line = lines("--year", "2024")["province", "ntm"]
    assert (line["total"], line["actual_cumulative"], line["plan_cumulative"]) == (1, 0, 1)
    assert line["status"] == "incomplete"  # of no province anything is on record
    done("record", "tỉnh Nam Định", "-l", "ntm", "--year", "2024")
    assert lines("--year", "2024")["province", "ntm"]["status"] == "reached"
    assert "Tỉnh đạt chuẩn NTM (17–19)" in done("progress", "--year", "2024", "--notes")


def test_reports_forms_and_imports_go_on(nam_dinh):
    done("record", "tỉnh Nam Định", "-l", "ntm", "--year", "2022")
    done("record", "Mỹ Tân", "-l", "ntm", "--year", "2022")
    for name in ("a.xlsx", "a.md", "a.csv", "a.json", "nam.xlsx"):
        assert run("export", name, "--year", "2022").code == 0
    assert run("verify", "a.xlsx").code == 0
    assert run("check").code in (0, 3)
    assert "khi đơn vị loại này không được tính" not in run("check").out
    done("template", "bieu.xlsx")
    text = done("progress", "--year", "2022", "--text")
    assert "tỉnh đạt chuẩn" not in text.lower().replace("toàn tỉnh", "")
    Path("b.csv").write_text("Tên đơn vị,Danh hiệu,Năm đạt chuẩn\nTỉnh Nam Định,NTM,2021\n", encoding="utf-8")
    assert run("import", "b.csv", "--yes", "--no-annotate").code == 3  # a row of totals is no recognition


def test_the_province_by_the_words_of_its_level(an_giang):
    """They name a level of the programme before for communes; the set that is meant is the running one."""
    done("record", "tỉnh An Giang", "--level", "hoàn thành nhiệm vụ", "--year", "2026")
    listed = json.loads(done("list", "-l", "hoàn thành nhiệm vụ", "--tier", "province", "-f", "json"))["units"]
    assert [unit["code"] for unit in listed] == ["91"]
    assert lines("--year", "2026")["province", "ntm"]["actual_cumulative"] == 1
    refused = run("record", "Mỹ Thuận", "--level", "hoàn thành nhiệm vụ", "--year", "2026")
    assert refused.code != 0
