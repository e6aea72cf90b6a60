"""Values by unit and year: read as people write them and never guessed, kept, corrected, compared in one unit."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from ntmtrack.errors import (
    BadMeasuredValue,
    BadStars,
    NoSuchMeasure,
    NotBetween,
    NotWhole,
    UnclearNumber,
    UnitOfMeasureNeeded,
    UnknownUnitOfMeasure,
)
from ntmtrack.measures import every_measure, find_measure, measure_called
from ntmtrack.measures.kept import Measurement
from ntmtrack.measures.read import read_value
from ntmtrack.model import Decision
from ntmtrack.progress.measured import value_until
from ntmtrack.progress.products import Validity, difference, number_on, products_on, ratio, rounded
from tests.running import begin, run

MILLION, THOUSAND = "triệu đồng/người/năm", "nghìn đồng/người/năm"


@pytest.mark.parametrize(
    ("measure", "text", "value", "unit"),
    [
        ("income", "62,5", "62.5", MILLION),
        ("income", "62.5", "62.5", MILLION),
        ("income", "62,50 triệu đồng", "62.5", MILLION),
        ("income", "62,5 tr.đ/người/năm", "62.5", MILLION),
        ("income", "62.500 nghìn đồng", "62500", THOUSAND),
        ("income", "62 500 ngàn đồng/năm", "62500", THOUSAND),
        ("income", "62.500.000 đồng/người/năm", "62500000", "đồng/người/năm"),
        ("income", "5,2 triệu đồng/tháng", "5.2", "triệu đồng/người/tháng"),
        ("income", "5.200 nghìn đồng/người/tháng", "5200", "nghìn đồng/người/tháng"),
        ("poverty-rate", "1,25 %", "1.25", "%"),
        ("poverty-rate", "1,234", "1.234", "%"),
        ("poverty-rate", "0", "0", "%"),
        ("poverty-rate", "100%", "100", "%"),
        ("model-hamlet", "1.234", "1234", "thôn"),
        ("model-hamlet", "2 ấp", "2", "ấp"),
        ("ocop", "4 sao", "4", "sao"),
        ("other", "1.250,5 ha", "1250.5", "ha"),
        ("other", "-3,5 độ", "-3.5", "độ"),
        ("other", "12", "12", None),
    ],
)
def test_a_value_is_read_with_its_unit(measure, text, value, unit):
    assert read_value(every_measure()[measure], text) == (value, unit)


@pytest.mark.parametrize(
    ("measure", "text", "refusal"),
    [
        ("income", "1.234", UnclearNumber),
        ("income", "62500", UnitOfMeasureNeeded),
        ("income", "5200", UnitOfMeasureNeeded),
        ("income", "5,2", UnitOfMeasureNeeded),
        ("income", "5.200 nghìn đồng", UnitOfMeasureNeeded),
        ("income", "45 ha", UnknownUnitOfMeasure),
        ("income", "62,5 triệu đồng/tháng/năm", UnknownUnitOfMeasure),
        ("income", "khá", BadMeasuredValue),
        ("income", "0", BadMeasuredValue),
        ("income", "1,2,3", BadMeasuredValue),
        ("income", "1" * 40, BadMeasuredValue),
        ("clean-water", "100,01", NotBetween),
        ("clean-water", "-1", NotBetween),
        ("model-garden", "1,5", NotWhole),
        ("model-garden", "-1", NotWhole),
        ("model-garden", "1,234", UnclearNumber),
        ("ocop", "6", BadStars),
        ("ocop", "4,5", BadStars),
        ("other", "1.234", UnclearNumber),
    ],
)
def test_a_value_that_may_mean_two_things_is_not_guessed(measure, text, refusal):
    with pytest.raises(refusal):
        read_value(every_measure()[measure], text)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("thu nhập", "income"),
        ("Thu nhập BQ", "income"),
        ("hộ nghèo", "poverty-rate"),
        ("Tỷ lệ hộ cận nghèo", "near-poverty-rate"),
        ("nước sạch", "clean-water"),
        ("nước hợp vệ sinh", "hygienic-water"),
        ("BHYT", "health-insurance"),
        ("OCOP", "ocop"),
        ("khác", "other"),
    ],
)
def test_a_measure_is_found_by_the_words_of_offices(words, key):
    assert find_measure(words).key == key


def test_every_word_means_one_measure():
    assert [(word, one.key) for one in every_measure().values() for word in one.all_words] == [
        (word, find_measure(word).key) for one in every_measure().values() for word in one.all_words
    ]
    assert measure_called("khác") is None
    assert measure_called("tỷ lệ tăng thu nhập") is None
    with pytest.raises(NoSuchMeasure) as refused:
        find_measure("thu nhâpp")
    assert refused.value.facts["near"][0] == "thu nhập"


def income(year, value, unit=MILLION):
    return Measurement("income", year, value, counted_in=unit)


def test_values_in_different_units_are_compared_in_one():
    # 5200 nghìn a month are 62,4 triệu a year; 62,4 ÷ 41,05 = 1,5201 → 1,52.
    new, base = income(2025, "5200", "nghìn đồng/người/tháng"), income(2020, "41.05")
    assert rounded(ratio(new, base)) == Decimal("1.52")
    assert difference(new, base) == Decimal("21.35")
    assert value_until([base, new], 2026)[:3] == (2025, Fraction("62.4"), MILLION)
    ha, cong = Measurement("other", 2024, "2", "Lúa", "ha"), Measurement("other", 2020, "1", "Lúa", "công")
    assert ratio(ha, cong) is None
    assert ratio(ha, ha._replace(value="0")) is None


def product(name, year, stars, until=None, signed=None):
    decision = Decision("45/QĐ-UBND", signed) if signed else None
    return Measurement("ocop", year, stars, name, "sao", valid_until=until, decision=decision)


def test_products_are_valid_until_their_day_and_counted_once():
    kept = [
        product("Khô cá lóc", 2020, "3", "2023-12-20"),
        product("Khô cá lóc", 2023, "4", "2026-12-20"),  # recognised anew: counted once, with 4 stars
        product("Mật ong", 2021, "3", "2024-06"),
        product("Mắm cá", 2024, "2"),
        product("Khóm", 2024, "5", "2027", "2024-12-20"),
        product("Xoài", 2022, "3"),
    ]
    stand = {
        one.recognised.name: (one.stars, one.validity)
        for one in products_on([(1, one) for one in kept], date(2024, 6, 30))
    }
    assert stand == {
        "Khô cá lóc": (4, Validity.VALID),
        "Mật ong": (3, Validity.VALID),
        "Mắm cá": (2, Validity.UNRECOGNISED),
        "Xoài": (3, Validity.UNTOLD),
    }
    assert number_on(kept, date(2024, 6, 30)) == 3
    assert number_on(kept, date(2024, 7, 1)) == 2
    assert number_on(kept, date(2027, 12, 31)) == 2  # Khóm, and Xoài, whose term is not told
    assert number_on(kept, date(2019, 12, 31)) is None


def test_hamlets_are_told_as_a_number_or_one_by_one():
    entries = [Measurement("model-hamlet", 2023, "1", name) for name in ("Ấp Một", "Ấp Hai")]
    assert number_on(entries, date(2024, 12, 31)) == 2
    assert number_on([*entries, Measurement("model-hamlet", 2024, "5")], date(2024, 12, 31)) == 5


def test_a_correction_keeps_what_it_does_not_tell_and_is_known_by_its_day():
    begin("Kiên Giang")
    told = ("value", "Mỹ Thuận", "--measure", "ocop", "--name", "Khô cá lóc")
    by = ("--owner", "HTX", "--decision", "45/QĐ-UBND", "--date", "20/12/2023", "--source", "danh mục")
    assert run(*told, "--stars", "3", *by).code == 0
    assert run(*told, "--year", "2023", "--stars", "4", "--correct", "nhầm sao").code == 0
    history = run("history", "Mỹ Thuận").out
    assert "nhầm sao" in history
    undone = run("undo").both
    assert "đổi: sản phẩm OCOP “Khô cá lóc” 4 sao → 3 sao: xã Mỹ Thuận" in undone  # the rest was the same


def test_values_are_listed_against_their_base_year(office):
    begin("Kiên Giang")
    for year, value in ((2020, "41,05"), (2022, "50"), (2025, "5.200 nghìn đồng/tháng")):
        assert run("value", "Mỹ Thuận", "--measure", "thu nhập", "--year", str(year), "--value", value).code == 0
    for unit, count in (("Mỹ Thuận", "2"), ("Sơn Bình", "3"), ("tỉnh Kiên Giang", "9")):
        assert run("value", unit, "--measure", "thôn mẫu", "--year", "2024", "--value", count).code == 0
    for year, value in ((2020, "3,5"), (2024, "1,25")):
        assert run("value", "Mỹ Thuận", "--measure", "hộ nghèo", "--year", str(year), "--value", value).code == 0

    def rows(*options):
        return json.loads(run("values", "-f", "json", *options).out)["values"]

    told = [(row["year"], row["difference"], row["ratio"]) for row in rows("--measure", "thu nhập")]
    assert told == [(2020, None, None), (2022, 8.95, 1.22), (2025, None, 1.52)]  # 50 ÷ 41,05 = 1,218
    of_2022 = rows("--measure", "thu nhập", "--base", "2022", "--year", "2025")
    assert [(row["base_year"], row["ratio"]) for row in of_2022] == [(2022, 1.25)]  # 62,4 ÷ 50 = 1,248
    poor = rows("--measure", "hộ nghèo", "--year", "2024")
    assert [(row["difference"], row["ratio"]) for row in poor] == [(-2.25, None)]
    text = run("values", "--measure", "thôn mẫu").out
    assert "2024: 5 ở các xã trong bảng" in text  # not the province's own 9
    assert "Số liệu: thu nhập bình quân đầu người, 2025: 5.200 nghìn đồng/người/tháng" in run("show", "Mỹ Thuận").out
    assert "chưa đến" in run("values", "--year", "2027").err
    assert "Chưa có số liệu nào" in run("values", "--year", "2019").out


def test_products_are_listed_as_they_stand_on_a_day(office):
    begin("Kiên Giang")
    told = ("value", "Mỹ Thuận", "--measure", "ocop", "--year", "2021")
    assert run(*told, "--name", "Khô cá lóc", "--stars", "4", "--valid-until", "20/12/2024").code == 0
    assert run(*told, "--name", "Mật ong", "--stars", "3", "--valid-until", "2027").code == 0
    assert "31/12/2024: còn hiệu lực 1 (3 sao: 1); hết hiệu lực 1 (4 sao: 1)" in run("values", "--year", "2024").out
    assert "còn hiệu lực 2 (4 sao: 1, 3 sao: 1)" in run("values", "--year", "2023").out
    assert "Mật ong (3 sao, đến 2027)" in run("show", "Mỹ Thuận").out
