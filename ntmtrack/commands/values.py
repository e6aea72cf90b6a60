"""`values`: what is on record of units by year, each value against its base year; the same of one unit for `show`."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from ntmtrack.dates import day_asked
from ntmtrack.i18n import _
from ntmtrack.measures import OCOP, find_measure
from ntmtrack.measures.kept import Measurement, check_value_year
from ntmtrack.progress.products import Validity, by_unit, products_on
from ntmtrack.reports import Report
from ntmtrack.reports.values import UnitProduct, UnitValue, value_notes, values_report
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.criteria import measurements
from ntmtrack.storage.queries.scopes import find_scope
from ntmtrack.storage.queries.units import standing_on


class ValueSearch(NamedTuple):
    """Which values are asked for; `base` is the year against which they are told, else the first on record."""

    measure: str | None = None
    year: int | None = None
    base: int | None = None
    scope: str | None = None


def list_values(connection: Connection, search: ValueSearch, today: date) -> Report:
    """The values that fit, by unit, measure and year; products as they stand at the end of the year, or today.

    Raises NoSuchMeasure, ValueOfYearToCome, and what finding the scope raises.
    """
    measure = find_measure(search.measure) if search.measure else None
    if search.year is not None:
        check_value_year(search.year, today)
    on = day_asked(search.year, today) if search.year else today
    scope = find_scope(connection, search.scope, standing_on(on)) if search.scope else None
    every = {unit.id: unit for unit in units.every_unit(connection, scope=scope.id if scope else None)}
    every |= {scope.id: scope} if scope else {}
    told = [pair for pair in measurements(connection, measure.key if measure else None) if pair[0] in every]
    order = {key: place for place, key in enumerate(every)}
    values = [
        UnitValue(every[unit], one, base)
        for unit, one, base in sorted(_with_base(told, search.base), key=lambda row: (row[1].measure, order[row[0]]))
        if search.year in (None, one.year)
    ]
    products = [UnitProduct(every[one.unit_id], one) for one in products_on(told, on)]
    title = _("Values by year of {scope}").format(scope=scope.title) if scope else _("Values by year")
    return values_report(values, sorted(products, key=lambda row: order[row.unit.id]), on, title)


def _with_base(
    told: Collection[tuple[int, Measurement]], base: int | None
) -> list[tuple[int, Measurement, Measurement | None]]:
    """Each value with that of its base year: the year asked for, else the first on record; none for itself."""
    rows = []
    for unit, series in by_unit(pair for pair in told if pair[1].measure != OCOP):
        first = series[0] if base is None else next((one for one in series if one.year == base), None)
        rows += [(unit, one, None if one is first or (first and first.year > one.year) else first) for one in series]
    return rows


def notes_of_unit(connection: Connection, unit_id: int, today: date) -> list[str]:
    """A unit's last values and its valid OCOP products, in a line each."""
    told = measurements(connection, unit_id=unit_id)
    latest = [(unit, series[-1]) for unit, series in by_unit(pair for pair in told if pair[1].measure != OCOP)]
    [unit] = [*units.versions(connection, unit_id)][-1:]
    standing = (Validity.VALID, Validity.UNTOLD)
    products = [one for one in products_on(told, today) if one.validity in standing]
    return value_notes([UnitValue(unit, one, None) for _unit, one in latest], products, today)
