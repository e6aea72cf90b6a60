"""Values by unit and year as a table, each against its base year; OCOP products with how they stand on a day."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ntmtrack.dates import show_day
from ntmtrack.i18n import _, day, number
from ntmtrack.measures import every_measure, measure_label, value_words
from ntmtrack.measures.kept import Measurement
from ntmtrack.model import Unit
from ntmtrack.progress.products import Product, Validity, amount, difference, ratio, rounded
from ntmtrack.reports import CellKind, Column, LabelledCode, Report, SignedDecimal, Table, day_cell


class UnitValue(NamedTuple):
    """A value of a unit, with the one of its base year, None where that is itself or not on record."""

    unit: Unit
    value: Measurement
    base: Measurement | None


class UnitProduct(NamedTuple):
    """An OCOP product and its unit."""

    unit: Unit
    product: Product


def values_report(values: Sequence[UnitValue], products: Sequence[UnitProduct], on: date, title: str) -> Report:
    """The values in the order given, and the products as they stand on a day with how many have how many stars."""
    tables = [Table.of("values", _("Values by year"), values, _value_columns())] if values else []
    if products:
        tables.append(Table.of("products", _("OCOP products"), products, _product_columns()))
    notes = [*([_product_note(products, on)] if products else []), *_sums(values)]
    if not tables:
        notes = [_("No values are on record: ntmtrack value, ntmtrack import --what values.")]
    data = tables or [Table.of("values", "", [], _value_columns())]
    return Report("values", title, [table.told() for table in tables], notes=notes, data=data)


def _value_columns() -> list[Column[UnitValue]]:
    return [
        Column("code", _("Code"), of=lambda row: row.unit.code, spare=3),
        Column("unit", _("Unit"), of=lambda row: row.unit.full_title),
        Column("measure", _("Measure"), of=lambda row: _measure_cell(row.value)),
        Column("year", _("Year"), CellKind.YEAR, of=lambda row: row.value.year),
        Column("value", _("Value"), CellKind.RATE, of=lambda row: amount(row.value._replace(counted_in=None))),
        Column("counted_in", _("Counted in"), of=lambda row: row.value.counted_in),
        Column("base_year", _("Base year"), CellKind.YEAR, of=lambda row: row.base.year if row.base else None),
        Column("difference", _("Against base year"), CellKind.RATE, of=_difference),
        Column("ratio", _("÷ base year"), CellKind.RATE, of=_ratio),
        Column("source", _("Source"), of=lambda row: row.value.source, spare=1),
    ]


def _measure_cell(one: Measurement) -> LabelledCode:
    return LabelledCode(f"{one.measure}: {one.name}" if one.name else one.measure, measure_label(one.measure, one.name))


def _difference(row: UnitValue) -> SignedDecimal | None:
    """The difference, where both are told in one unit, which is that of the row."""
    if row.base is None or row.value.counted_in != row.base.counted_in:
        return None
    found = difference(row.value._replace(counted_in=None), row.base._replace(counted_in=None))
    return None if found is None else SignedDecimal(rounded(found))


def _ratio(row: UnitValue) -> Decimal | None:
    """How many times the base it is; of per cents none, whose change is told in points."""
    known = every_measure().get(row.value.measure)
    if row.base is None or (known and known.is_percent) or row.value.counted_in == "%":
        return None
    found = ratio(row.value, row.base)
    return None if found is None else rounded(found)


def _product_columns() -> list[Column[UnitProduct]]:
    return [
        Column("code", _("Code"), of=lambda row: row.unit.code, spare=4),
        Column("unit", _("Unit"), of=lambda row: row.unit.full_title),
        Column("product", _("Product"), of=lambda row: row.product.recognised.name),
        Column("owner", _("Owner"), of=lambda row: row.product.recognised.owner, spare=2),
        Column("stars", _("Stars"), CellKind.COUNT, of=lambda row: row.product.stars),
        Column("year", _("Year"), CellKind.YEAR, of=lambda row: row.product.recognised.year),
        Column("decision", _("Decision"), CellKind.KEY, of=_decision_number, spare=3),
        Column(
            "valid_until", _("Valid until"), CellKind.DAY, of=lambda row: day_cell(row.product.recognised.valid_until)
        ),
        Column("validity", _("State"), of=lambda row: LabelledCode(row.product.validity, row.product.validity.label)),
    ]


def _decision_number(row: UnitProduct) -> str | None:
    decision = row.product.recognised.decision
    return decision.number if decision else None


def _product_note(products: Sequence[UnitProduct], on: date) -> str:
    """“Đến 31/12/2024: còn hiệu lực 3 (4 sao: 1, 3 sao: 2); hết hiệu lực 1”."""
    parts = []
    for state in Validity:
        stars = Counter(one.product.stars for one in products if one.product.validity is state)
        if stars:
            counts = sorted(stars.items(), reverse=True)
            by_stars = ", ".join(_("{stars} stars: {count}").format(stars=of, count=many) for of, many in counts)
            parts.append(f"{state.label} {number(stars.total())} ({by_stars})")
    return _("OCOP products on {day}: {parts}.").format(day=day(on), parts="; ".join(parts))


def _sums(values: Sequence[UnitValue]) -> list[str]:
    """The sums of what may be summed, over communes alone: districts and provinces hold these already."""
    sums: dict[tuple[str, int], list[int]] = {}
    for row in values:
        known = every_measure().get(row.value.measure)
        if known and known.counted and row.unit.tier == "commune":
            sums.setdefault((known.key, row.value.year), []).append(int(amount(row.value) or 0))
    text = _("{measure}, {year}: {sum} in the communes listed.")
    return [
        text.format(measure=measure_label(key), year=year, sum=number(sum(parts)))
        for (key, year), parts in sorted(sums.items(), key=lambda pair: pair[0])
    ]


def value_notes(latest: Sequence[UnitValue], products: Sequence[Product], on: date) -> list[str]:
    """A unit's last values in a line, its valid products in another."""
    notes = []
    if latest:
        words = [_value_note(one) for one in latest]
        notes.append(_("Values: {values}.").format(values="; ".join(words)))
    if products:
        words = [_product_words(one) for one in products]
        notes.append(_("OCOP products on {day}: {parts}.").format(day=day(on), parts="; ".join(words)))
    return notes


def _product_words(one: Product) -> str:
    """“Khô cá lóc (4 sao, đến 20/12/2026)”."""
    day_told = show_day(one.recognised.valid_until)
    until = _(", until {day}").format(day=day_told) if day_told else ""
    return _("{name} ({stars} stars{until})").format(name=one.recognised.name, stars=one.stars, until=until)


def _value_note(one: UnitValue) -> str:
    return _("{measure}, {year}: {value}").format(
        measure=measure_label(one.value.measure, one.value.name),
        year=one.value.year,
        value=value_words(one.value.value, one.value.counted_in),
    )
