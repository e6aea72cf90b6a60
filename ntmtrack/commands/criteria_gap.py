"""Who lacks which criteria: `criteria-gap`, `bands`, `at-risk`; by the last assessment until the day asked about."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ntmtrack.assessment import Assessment, meets
from ntmtrack.commands.assessed_units import none_known, set_of_scope
from ntmtrack.commands.conditions import found_conditions, unit_spec
from ntmtrack.commands.criteria_sets import KnownSets, known_set, meant_set, province_of
from ntmtrack.commands.question import ReportSpec
from ntmtrack.commands.standings import Census, by_district, take_census, where_stood
from ntmtrack.errors import NotAssessed
from ntmtrack.i18n import day
from ntmtrack.model import Programme, Tier, Unit
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.programmes.criteria.files import main_set, set_of_level
from ntmtrack.programmes.ladders import ladder_of, ladders
from ntmtrack.progress.criteria import holds_for, open_criteria
from ntmtrack.progress.line import Line
from ntmtrack.reports import Report
from ntmtrack.reports.at_risk import AtRisk, at_risk_report
from ntmtrack.reports.conditions import conditions_notes, conditions_table
from ntmtrack.reports.criteria_gap import GapUnit, counted_report, gap_report, unit_gap_report
from ntmtrack.roadmaps.bands import BELOW
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.criteria import (
    assessments,
    assessments_of,
    last_assessed,
    latest_assessments,
    words_applying_to,
)
from ntmtrack.storage.queries.recognitions import recognitions_by_unit


def last_assessed_year(connection: Connection) -> int | None:
    """The year of the last assessment; None where there is none."""
    day = last_assessed(connection)
    return int(day[:4]) if day else None


def criteria_gap(connection: Connection, spec: ReportSpec, typed_set: str | None) -> Report:
    """What each commune of the scope lacks, the hardest criteria first; those one criterion short stand first.

    Raises UnknownCriteriaSet, NoCriteriaSet, NotAssessed.
    """
    of_set = set_of_scope(connection, spec, typed_set)
    latest = latest_assessments(connection, of_set.key, spec.moment.day.isoformat())
    counted = counted_units(connection, spec, of_set)
    found = [GapUnit(unit, latest.get(unit.id)) for unit in counted]
    if not any(one.assessment for one in found):
        raise NotAssessed(scope=spec.scope_name, criteria_set=of_set.key, day=day(spec.moment.day))
    return gap_report(found, of_set, spec.scope_name, spec.moment)


def criteria_gap_of(connection: Connection, typed: str, typed_set: str | None, spec: ReportSpec) -> Report:
    """What one unit lacks by each set by which it was assessed, or by the one that is named.

    Raises what finding units raises, UnknownCriteriaSet, NotAssessed.
    """
    on = spec.moment.day.isoformat()
    unit = units.find_unit(connection, typed, stands=lambda unit: unit.stands_on(on))
    return gap_of_unit(connection, unit, typed_set, spec)


def gap_of_unit(connection: Connection, unit: Unit, typed_set: str | None, spec: ReportSpec) -> Report:
    """The same of a unit that is known already."""
    on = spec.moment.day.isoformat()
    is_larger = unit.tier in (Tier.PROVINCE, Tier.DISTRICT)
    wanted = meant_set(spec.view.programme, typed_set, unit.tier, unit.kind) if typed_set or is_larger else None
    of_unit = {
        one.criteria_set: one
        for one in assessments_of(connection, unit.id)
        if one.day <= on and (wanted is None or one.criteria_set == wanted.key)
    }
    if is_larger and wanted and wanted.conditions:
        return _with_conditions(connection, unit, wanted, of_unit.get(wanted.key), spec)
    if not of_unit:
        usual = wanted or meant_set(spec.view.programme, None, unit.tier, unit.kind)
        if usual is None:
            raise none_known(unit.full_title, spec)
        raise NotAssessed(scope=unit.full_title, criteria_set=usual.key, day=day(spec.moment.day))
    province = province_of(connection, unit, spec.moment.units_on)
    words = words_applying_to(connection, unit.id, province, on)
    sets = [(known_set(connection, key, on, province), one) for key, one in of_unit.items()]
    return unit_gap_report(unit, sets, words, spec.moment)


def _with_conditions(
    connection: Connection, unit: Unit, of_set: CriteriaSet, found: Assessment | None, spec: ReportSpec
) -> Report:
    """What a district or a province lacks: conditions held against the ledger, criteria by its last assessment."""
    conditions = found_conditions(connection, unit_spec(spec, unit), of_set, found)
    report = unit_gap_report(unit, [(of_set, found)] if found else [], (), spec.moment)
    tables = [conditions_table(conditions, of_set.title), *report.tables]
    data = [tables[0], *report.for_machines]
    return report._replace(tables=tables, data=data, notes=[*conditions_notes(conditions), *report.notes])


def counted_units(connection: Connection, spec: ReportSpec, of_set: CriteriaSet) -> list[Unit]:
    """The units of the scope that the set is for, by district, in official order."""
    every = units.every_unit(connection, spec.moment.units_on, spec.view.scope)
    kinds = of_set.kinds or spec.view.programme.counted.get(of_set.tier, ())
    of_kind = [unit for unit in every if unit.tier is of_set.tier and unit.kind in kinds]
    return sorted(of_kind, key=by_district(every))


def at_risk(connection: Connection, spec: ReportSpec) -> Report:
    """The recognised that by their last assessment no longer meet the set of their level, or one that it asks for."""
    recognised = recognitions_by_unit(connection)
    specs = {ladder: spec.on_ladder(ladder) for ladder in ladders(spec.view.programme)}
    censuses = {
        ladder: take_census(connection, of, where_stood(connection, of), recognised) for ladder, of in specs.items()
    }
    return at_risk_among(connection, spec, censuses)


def at_risk_among(connection: Connection, spec: ReportSpec, censuses: Mapping[str, Census]) -> Report:
    """The same where the census of each ladder of levels was taken already."""
    sets = KnownSets(connection, spec.moment.day.isoformat(), _province(connection, spec))
    lacking = _lacking(connection, sets)
    found: dict[tuple[int, str], AtRisk] = {}
    for ladder, census in censuses.items():
        for one in _at_risk_in(census, ladder_of(spec.view.programme, ladder), lacking, sets):
            found.setdefault((one.unit.id, one.of_set.key), one)
    return at_risk_report(list(found.values()), spec.scope_name, spec.moment)


def _at_risk_in(
    census: Census, period: Programme, lacking: "Mapping[tuple[int, str], _Lacking]", sets: KnownSets
) -> Iterator[AtRisk]:
    """Those on one ladder of levels: a unit may lack something of several sets."""
    for counted in census.units:
        level = census.level(counted.rank)
        if level is None:
            continue
        for of_set in _sets_to_meet(set_of_level(period.key, counted.unit.tier, level.key, counted.unit.kind), sets):
            one = lacking.get((counted.unit.id, of_set.key))
            if one and one.last:
                yield AtRisk(counted.unit, level, counted.first_at.get(level.key), of_set, one.last, one.since or "")


def _sets_to_meet(of_set: CriteriaSet | None, sets: KnownSets) -> Iterator[CriteriaSet]:
    """A set, and those that it asks for, as the office has them."""
    if of_set is not None:
        yield sets[of_set.key]
        for key in of_set.asks:
            yield from _sets_to_meet(sets[key], sets)


def _province(connection: Connection, spec: ReportSpec) -> int | None:
    return province_of(connection, spec.scope, spec.moment.units_on) if spec.scope else None


class _Lacking(NamedTuple):
    """The day of the first assessment from which on a set was not met, and the last one; None where that meets it."""

    since: str | None
    last: Assessment | None


def _lacking(connection: Connection, sets: KnownSets) -> dict[tuple[int, str], _Lacking]:
    """What each unit lacks of each set by which it was assessed until an ISO day.

    An assessment that leaves something open does not say that the set is not met. Of all the others none is kept.
    """
    found: dict[tuple[int, str], _Lacking] = {}
    for unit, one in assessments(connection):
        if one.day > sets.day:
            break
        key = unit, one.criteria_set
        if meets(one, sets[one.criteria_set]) is False:
            before = found[key].since if key in found else None
            found[key] = _Lacking(before or one.day, one)
        else:
            found[key] = _Lacking(None, None)
    return found


def _surely(found: Assessment, of_set: CriteriaSet, measure: str) -> int:
    """The number that counts surely for a line: below so many criteria the most that may be met, else the least."""
    return found.met + (len(open_criteria(found, of_set)) if measure == BELOW else 0)


def units_counted(connection: Connection, spec: ReportSpec, line: Line) -> Report | None:
    """The communes that a line about a number of criteria counts, each with what it lacks; None without any."""
    of = spec.on_ladder(line.key.ladder)
    of_set = main_set(of.view.programme.key)
    if of_set is None or line.actual is None:
        return None
    holds = holds_for(line.key.measure, line.key.threshold or 0)
    latest = latest_assessments(connection, of_set.key, spec.moment.day.isoformat())
    counted = [
        unit
        for unit in counted_units(connection, of, of_set)
        if unit.id in latest and holds(_surely(latest[unit.id], of_set, line.key.measure))
    ]
    return counted_report([GapUnit(unit, latest[unit.id]) for unit in counted], of_set) if counted else None
