"""One finder by every door: near fits are said · scopes that ended · completion without marks · old spellings held."""

from types import SimpleNamespace

import pytest

from ntmtrack.cli.completion import unit_names
from ntmtrack.commands import Session
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.transaction import acting
from ntmtrack.units import gazetteer
from ntmtrack.units.gazetteer import FROM_JULY_2025
from tests.places import our_ledger, without_rules
from tests.running import NOW, begin, run


@pytest.fixture
def of_kien_giang(office):
    begin("Kiên Giang")


@pytest.fixture
def of_hung_yen(office):
    """A ledger of the units of today alone, as earlier versions began them."""
    with acting(our_ledger(), Ledger.Stamp("init", "x", NOW), create=True) as ledger:
        ledger.add_units(gazetteer.province(FROM_JULY_2025, "Hưng Yên"))
        ledger.set("programme", "2026-2030")


NEAR = "khớp với xã Mỹ Thuận (huyện Hòn Đất) khi bỏ dấu"


@pytest.mark.usefixtures("of_kien_giang")
@pytest.mark.parametrize(
    "command",
    [
        ("record", "my thuan", "--level", "ntm", "--year", "2020"),
        ("edit", "my thuan", "--level", "ntm", "--year", "2021", "--reason", "nhầm"),
        ("revoke", "my thuan", "--level", "ntm", "--date", "1/1/2024"),
        ("show", "my thuan"),
        ("history", "my thuan"),
        ("progress", "--scope", "my thuan", "--year", "2024"),
        ("list", "--level", "ntm", "--scope", "my thuan", "--year", "2024"),
        ("units", "--scope", "my thuan"),
    ],
    ids=lambda command: command[0],
)
def test_every_door_says_that_marks_were_left_out(command):
    if command[0] != "record":
        run("record", "Mỹ Thuận", "--level", "ntm", "--year", "2020")
    done = run(*command)
    assert (done.code, done.err.count(NEAR)) == (0, 1), done.err
    exact = run(*[part.replace("my thuan", "Mỹ Thuận") for part in command])
    assert "khớp với" not in exact.err


@pytest.mark.usefixtures("of_kien_giang")
@pytest.mark.parametrize(
    "command",
    [
        ("record", "vinh thuan", "--level", "ntm", "--year", "2020"),
        ("show", "vinh thuan"),
        ("history", "vinh thuan"),
        ("record", "Hòn Đất", "--level", "ntm", "--year", "2020"),  # a district and a town
    ],
)
def test_what_fits_several_is_asked_with_all_named(command):
    refused = run(*command)
    assert refused.code == 1
    assert "thị trấn" in refused.err
    assert "huyện" in refused.err


@pytest.mark.usefixtures("of_kien_giang")
def test_the_example_of_a_refusal_can_be_copied():
    refused = run("record", "Hòn Đất", "--level", "ntm", "--year", "2020").err
    example = refused.rsplit("“", 1)[1].split("”")[0]
    assert run("record", example, "--level", "ntm", "--year", "2020").code == 0


@pytest.mark.usefixtures("of_kien_giang")
def test_a_search_holds_the_district_that_is_told():
    assert "30898" in run("units", "bình an, châu thành").out
    assert "30808" not in run("units", "bình an, châu thành").out
    assert "30898" not in run("units", "bình an, hòn đất").out


# Scopes that ended --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("of_hung_yen")
@pytest.mark.parametrize("typed", ["Quỳnh Phụ", "quynh phu"])
def test_a_scope_that_was_a_district_is_never_answered_for_the_commune(typed):
    refused = run("progress", "--scope", typed, "--year", "2026")
    assert refused.code == 1
    assert "huyện Quỳnh Phụ (tỉnh Thái Bình)" in refused.err
    assert "xã Quỳnh Phụ (tỉnh Hưng Yên)" in refused.err


@pytest.mark.usefixtures("of_hung_yen")
@pytest.mark.parametrize("typed", ["xã Quỳnh Phụ", "12472", "Quỳnh Phụ, Hưng Yên"])
def test_the_commune_by_its_kind_code_or_place(typed):
    shown = run("progress", "--scope", typed, "--year", "2026")
    assert (shown.code, "xã Quỳnh Phụ" in shown.out) == (0, True)


@pytest.mark.usefixtures("of_hung_yen")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("huyện Quỳnh Phụ", "huyện Quỳnh Phụ (tỉnh Thái Bình) đã kết thúc ngày 30/6/2025"),
        ("huyện Quỳnh Phụ, tỉnh Thái Bình", "huyện Quỳnh Phụ (tỉnh Thái Bình) đã kết thúc ngày 30/6/2025"),
        ("tỉnh Thái Bình", "tỉnh Thái Bình đã kết thúc ngày 30/6/2025"),
        ("huyện Hòn Đất", "không có đơn vị nào tên"),
        ("Phố Hiến", "không có xã, huyện nào bên dưới"),
    ],
)
def test_what_ended_is_told_for_what_it_is(typed, said):
    refused = run("progress", "--scope", typed, "--year", "2026")
    assert (refused.code, said in refused.err) == (1, True), refused.err


@pytest.mark.usefixtures("office")
def test_a_district_that_the_ledger_holds_is_meant_while_it_stood():
    assert run("init", "--province", "Hưng Yên").code == 0
    assert "huyện Quỳnh Phụ" in run("progress", "--scope", "Quỳnh Phụ", "--year", "2024").out
    refused = run("progress", "--scope", "Quỳnh Phụ", "--year", "2026")
    assert refused.code == 1
    assert "xã Quỳnh Phụ" in refused.err
    assert "huyện Quỳnh Phụ" in run("progress", "--scope", "huyện Quỳnh Phụ", "--year", "2026").out


@pytest.fixture(scope="module")
def of_quang_ngai(tmp_path_factory):
    """A ledger of districts and communes whose names differ only in marks: Ba Tơ and Ba Tô, Sơn Hà and Sơn Hạ."""
    file = tmp_path_factory.mktemp("ledger") / "qn.db"
    begin("Quảng Ngãi", db=file)
    return str(file)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Ba Tô", "xã Ba Tô"), ("BA TÔ", "xã Ba Tô"), ("Sơn Hạ", "xã Sơn Hạ"), ("Ba Tơ", "huyện Ba Tơ")],
)
def test_a_commune_comes_before_a_district_that_the_name_fits_only_without_marks(of_quang_ngai, typed, meant):
    shown = run("progress", "--scope", typed, "--year", "2024", "--db", of_quang_ngai)
    assert (shown.code, meant in shown.out, "khớp với" in shown.err) == (0, True, False), shown.both


@pytest.mark.parametrize("typed", ["ba to", "Ba Tó"])
def test_between_a_district_and_a_commune_that_both_fit_without_marks_nothing_settles(of_quang_ngai, typed):
    refused = run("progress", "--scope", typed, "--year", "2024", "--db", of_quang_ngai)
    assert (refused.code, "huyện Ba Tơ" in refused.err, "xã Ba Tô" in refused.err) == (1, True, True), refused.both


@pytest.mark.usefixtures("of_kien_giang")
@pytest.mark.parametrize("typed", ["vinh thuan", "hon dat"])
def test_a_district_comes_before_communes_of_its_own_name_also_without_marks(typed):
    shown = run("progress", "--scope", typed, "--year", "2024")
    assert (shown.code, shown.err.count("khớp với huyện")) == (0, 1), shown.both


# Ledgers of before ---------------------------------------------------------------------------------------------------


def test_a_ledger_with_the_broken_capitals_finds_them_and_takes_the_same_list_again(office):
    begin("Sơn La")
    with without_rules(our_ledger()) as ledger:
        ledger.execute("UPDATE unit_version SET name = 'é Tòng' WHERE name = 'É Tòng'")
    for typed in ("É Tòng", "é Tòng", "xã É Tòng", "03742"):
        shown = run("show", typed)
        assert (shown.code, shown.err) == (0, "")
    (office / "a.csv").write_text("Mã xã;Tên xã;Huyện\n03742;Xã É Tòng;Huyện Thuận Châu\n", encoding="utf-8")
    again = run("import", "a.csv", "--what", "units")
    assert (again.code, "sổ đã có đủ" in again.err) == (0, True), again.both


# Completion ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("of_kien_giang")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("hon d", {"Hòn Đất"}),
        ("Hòn Đ", {"Hòn Đất"}),
        ("HON DA", {"Hòn Đất"}),
        ("xa my th", {"xã Mỹ Thuận", "xã Mỹ Thái"}),
        ("3083", {"30832", "30835", "30836", "30838"}),
        ("zz", set()),
    ],
)
def test_names_are_completed_with_marks_or_none(typed, offered):
    context = SimpleNamespace(obj=Session())
    assert {value for value, _help in unit_names(context, typed)} == offered


def test_the_scope_that_a_second_province_is_told_to_ask_with_is_found(office):
    begin("Kiên Giang")
    said = run("init", "--province", "Lai Châu", "--programme", "2021-2025").err
    (scope,) = (line.split('"')[1] for line in said.splitlines() if "--scope" in line)
    assert run("progress", "--year", "2023", "--scope", scope).code == 0
