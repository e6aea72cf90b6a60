"""`value`: what was measured of units in a year, kept as told: an income, a poverty rate, an OCOP product's stars."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.decisions import ask_which_decision, match_decision, units_called
from ntmtrack.commands.record import unit_names
from ntmtrack.dates import last_day
from ntmtrack.decisions import GivenDecision, read_given
from ntmtrack.errors import MeasuredAlready, NothingMeasured, ValueNeeded, YearNeeded
from ntmtrack.i18n import _
from ntmtrack.measures import LEAST_RECOGNISED, OCOP, Measure, find_measure, measure_label, value_words
from ntmtrack.measures.kept import Measurement, check_name, check_validity, check_value_year, filled
from ntmtrack.measures.read import MeasuredValue, read_value
from ntmtrack.model import Decision, Unit
from ntmtrack.rules import check_days, each_once
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.criteria import measurement_row, measurements
from ntmtrack.text import clean, letters, stated


class ValueRequest(NamedTuple):
    """What `value` was told: units and a measure as typed, the year, the value or the stars of a product.

    `reason` says why the value on record is corrected.
    """

    units: Sequence[str]
    measure: str
    year: int | None
    value: str | None
    name: str | None = None
    stars: str | None = None
    owner: str | None = None
    valid_until: str | None = None
    decision: GivenDecision = GivenDecision(None)
    source: str | None = None
    note: str | None = None
    reason: str | None = None


def keep_value(session: Session, request: ValueRequest, *, dry_run: bool) -> None:
    """Keeps one value for every unit of the request; raises the first refusal.

    Raises NoSuchMeasure, ValueNeeded, YearNeeded, NameNeeded, NoNameHere, MeasuredAlready, NothingMeasured,
    LapsedBeforeDecision, UnitNotAlive, NamedTwice, and what reading the value, the decision and units raises.
    """
    ask_which_decision(session, request.decision, lambda given: _keep(session, request, given, dry_run=dry_run))


def _keep(session: Session, request: ValueRequest, as_typed: GivenDecision, *, dry_run: bool) -> None:
    measure = find_measure(request.measure)
    given = read_given(as_typed)
    year = _year(request, measure, given)
    check_value_year(year, session.today)
    told = _told(request, measure)
    check_days([given.signed_on if given else None], session.today)
    check_validity(given.signed_on if given else None, request.valid_until)
    with session.acting("value", dry_run=dry_run) as ledger:
        decision, warnings = match_decision(ledger, as_typed, given, year, units_called(ledger, request.units))
        new = _measurement(request, measure, year, told, decision)
        meant = each_once([units.unit_in_year(ledger.connection, typed, year) for typed in request.units])
        rows = [(unit, _in_place(ledger, unit, new, is_correction=bool(request.reason))) for unit in meant]
        ledger.add_facts("measurement", [measurement_row(unit.id, kept) for unit, kept in rows])
        ledger.reason = stated(request.reason)
        ledger.summary = _("{measure}, {year}: {value}: {units}").format(
            measure=measure_label(new.measure, new.name),
            year=year,
            value=value_words(new.value, new.counted_in),
            units=unit_names(meant),
        )
    if measure.key == OCOP and int(told.value) < LEAST_RECOGNISED:
        warnings.append(_("OCOP recognises products of 3 to 5 stars: one of fewer is kept and not counted."))
    for warning in warnings:
        session.say(_("Warning: {text}").format(text=warning))


def _year(request: ValueRequest, measure: Measure, given: Decision | None) -> int:
    """The year told; of a product that of its decision; raises YearNeeded."""
    if request.year is not None:
        return request.year
    if measure.key == OCOP and given and given.signed_on:
        return last_day(given.signed_on).year
    raise YearNeeded


def _told(request: ValueRequest, measure: Measure) -> MeasuredValue:
    """The value, read; raises ValueNeeded, NameNeeded, NoNameHere and what reading it raises."""
    given = {
        "--stars": request.stars,
        "--owner": request.owner,
        "--valid-until": request.valid_until,
        "--decision": request.decision.number,
    }
    check_name(measure, clean(request.name or ""), [option for option, value in given.items() if value])
    is_one_by_name = measure.counted and request.name
    text = clean(request.stars or request.value or ("1" if is_one_by_name else ""))
    if not text:
        raise ValueNeeded
    return read_value(measure, text)


def _measurement(
    request: ValueRequest, measure: Measure, year: int, told: MeasuredValue, decision: Decision | None
) -> Measurement:
    return Measurement(
        measure=measure.key,
        year=year,
        value=told.value,
        name=clean(request.name or ""),
        counted_in=told.counted_in,
        owner=stated(request.owner),
        valid_until=request.valid_until,
        decision=decision,
        source=stated(request.source),
        note=stated(request.note),
    )


def _in_place(ledger: Ledger, unit: Unit, new: Measurement, *, is_correction: bool) -> Measurement:
    """The value to be kept, in the place of the one that it corrects, which is voided: what is not told anew stays.

    Refuses a second one, and to correct what is not on record.
    """
    known = [one for _unit, one in measurements(ledger.connection, new.measure, unit.id)]
    alike = [one for one in known if letters(one.name) == letters(new.name)]
    old = next((one for one in alike if one.year == new.year), None)
    facts = {"unit": unit.full_title, "measure": measure_label(new.measure, new.name), "year": new.year}
    if old is None and is_correction:
        others = ", ".join(f"{one.year}: {value_words(one.value, one.counted_in)}" for one in alike) or "–"
        raise NothingMeasured(**facts, known=others)
    if old is not None and not is_correction:
        raise MeasuredAlready(**facts, value=value_words(old.value, old.counted_in))
    if old is None or old.id is None:
        return new
    ledger.void("measurement", [old.id])
    return filled(new, old)
