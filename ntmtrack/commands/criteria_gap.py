"""Who lacks which criteria: `criteria-gap`, `bands`, `at-risk`; by the last assessment until the day asked about."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ntmtrack.assessment import Assessment, applying, meets
from ntmtrack.commands.conditions import found_conditions, unit_spec
from ntmtrack.commands.criteria_lines import AssessedUnits, assessed_units
from ntmtrack.commands.criteria_sets import known_set, meant_set, province_of
from ntmtrack.commands.former_districts import FormerDistricts
from ntmtrack.commands.question import ReportSpec
from ntmtrack.commands.standings import by_district, take_census, where_stood
from ntmtrack.dates import year_end
from ntmtrack.errors import NoCriteriaSet, NotAssessed
from ntmtrack.i18n import _, day
from ntmtrack.model import Tier, Unit
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.programmes.criteria.files import criteria_set, main_set, set_keys, set_of_level
from ntmtrack.programmes.ladders import ladder_of, ladders
from ntmtrack.progress import ABSENT, Standings, together
from ntmtrack.progress.criteria import count_bands, gained, holds_for
from ntmtrack.progress.line import Line
from ntmtrack.reports import Report
from ntmtrack.reports.at_risk import AtRisk, at_risk_report
from ntmtrack.reports.conditions import conditions_notes, conditions_table
from ntmtrack.reports.criteria_bands import BandsRow, bands_report
from ntmtrack.reports.criteria_gap import GapUnit, counted_report, gap_report, unit_gap_report
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.criteria import (
    assessments,
    assessments_of,
    last_assessed,
    latest_assessments,
    marks_on,
)
from ntmtrack.storage.queries.recognitions import recognitions_by_unit


def last_assessed_year(connection: sqlite3.Connection) -> int | None:
    """The year of the last assessment; None where there is none."""
    day = last_assessed(connection)
    return int(day[:4]) if day else None


BY_DISTRICT, BY_FORMER_DISTRICT, BY_GROUP = "district", "former-district", "group"


def criteria_gap(connection: sqlite3.Connection, spec: ReportSpec, typed_set: str | None) -> Report:
    """What each commune of the scope lacks, the hardest criteria first; those one criterion short stand first.

    Raises UnknownCriteriaSet, NoCriteriaSet, NotAssessed.
    """
    of_set = _set_of(connection, spec, typed_set)
    latest = latest_assessments(connection, of_set.key, spec.moment.day.isoformat())
    counted = _counted(connection, spec, of_set)
    found = [GapUnit(unit, latest.get(unit.id)) for unit in counted]
    if not any(one.assessment for one in found):
        raise NotAssessed(scope=spec.scope_name, criteria_set=of_set.key, day=day(spec.moment.day))
    return gap_report(found, of_set, spec.scope_name, spec.moment)


def criteria_gap_of(connection: sqlite3.Connection, typed: str, typed_set: str | None, spec: ReportSpec) -> Report:
    """What one unit lacks by each set by which it was assessed, or by the one that is named.

    Raises what finding units raises, UnknownCriteriaSet, NotAssessed.
    """
    on = spec.moment.day.isoformat()
    unit = units.find_unit(connection, typed, stands=lambda unit: unit.stands_on(on))
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
            raise _none_known(unit.full_title, spec)
        raise NotAssessed(scope=unit.full_title, criteria_set=usual.key, day=day(spec.moment.day))
    province = province_of(connection, unit, spec.moment.units_on)
    marks = marks_on(connection, on)
    words = applying(marks.get(province or 0, {}) | marks.get(unit.id, {}))
    sets = [(known_set(connection, key, on, province), one) for key, one in of_unit.items()]
    return unit_gap_report(unit, sets, words, spec.moment)


def _with_conditions(
    connection: sqlite3.Connection, unit: Unit, of_set: CriteriaSet, found: Assessment | None, spec: ReportSpec
) -> Report:
    """What a district or a province lacks: conditions held against the ledger, criteria by its last assessment."""
    conditions = found_conditions(connection, unit_spec(spec, unit), of_set, found)
    report = unit_gap_report(unit, [(of_set, found)] if found else [], (), spec.moment)
    tables = [conditions_table(conditions, of_set.title), *report.tables]
    data = [tables[0], *report.for_machines]
    return report._replace(tables=tables, data=data, notes=[*conditions_notes(conditions), *report.notes])


def _none_known(unit: str, spec: ReportSpec) -> NoCriteriaSet:
    return NoCriteriaSet(unit=unit, day=day(spec.moment.day), known=", ".join(set_keys()))


def _set_of(connection: sqlite3.Connection, spec: ReportSpec, typed: str | None) -> CriteriaSet:
    """The set that is meant, as the office of the scope has it on the day."""
    of_set = meant_set(spec.view.programme, typed)
    if of_set is None:
        raise _none_known(spec.scope_name, spec)
    province = province_of(connection, spec.scope, spec.moment.units_on) if spec.scope else None
    return known_set(connection, of_set.key, spec.moment.day.isoformat(), province)


def _counted(connection: sqlite3.Connection, spec: ReportSpec, of_set: CriteriaSet) -> list[Unit]:
    """The units of the scope that the set is for, by district, in official order."""
    every = units.every_unit(connection, spec.moment.units_on, spec.view.scope)
    kinds = of_set.kinds or spec.view.programme.counted.get(of_set.tier, ())
    of_kind = [unit for unit in every if unit.tier is of_set.tier and unit.kind in kinds]
    return sorted(of_kind, key=by_district(every))


def criteria_bands(
    connection: sqlite3.Connection, spec: ReportSpec, typed_set: str | None, by: str | None, *, years: bool = False
) -> Report:
    """How many communes meet how many criteria, with the average and what was gained in the year.

    By district, former district or group, with the rank by criteria gained for a commune; or year by year.
    Raises UnknownCriteriaSet, NoCriteriaSet, NotAssessed.
    """
    of_set = _set_of(connection, spec, typed_set)
    rows = _by_year(connection, spec, of_set) if years else _by_part(connection, spec, of_set, by)
    if not any(row.counts.assessed for row in rows):
        raise NotAssessed(scope=spec.scope_name, criteria_set=of_set.key, day=day(spec.moment.day))
    return bands_report(rows, of_set, spec.scope_name, spec.moment, by="year" if years else by)


def _by_year(connection: sqlite3.Connection, spec: ReportSpec, of_set: CriteriaSet) -> list[BandsRow]:
    """The whole scope at the end of each year until the one asked about."""
    period = spec.view.programme
    ends = [year_end(year) for year in range(period.first_year - 1, spec.moment.day.year)]
    moments = [spec.moment_at(end) for end in (*ends, spec.moment.day)]
    assessed = assessed_units(connection, spec, of_set, moments)
    return [
        BandsRow(str(moments[at].day.year), count_bands(assessed.groups, of_set, at), *_gained(assessed.groups, at))
        for at in range(1, len(moments))
    ]


def _gained(groups: Sequence[Standings], at: int) -> tuple[int, int]:
    return gained(groups, at, at - 1)


def _by_part(connection: sqlite3.Connection, spec: ReportSpec, of_set: CriteriaSet, by: str | None) -> list[BandsRow]:
    """The parts of the scope, each at the moment and against the end of the year before; at the end the whole."""
    moments = [spec.moment_at(year_end(spec.moment.day.year - 1)), spec.moment]
    assessed = assessed_units(connection, spec, of_set, moments)
    rows = [
        BandsRow(name, count_bands(groups, of_set, 1), *gained(groups, 1, 0))
        for name, groups in _parts(connection, spec, assessed, by)
    ]
    whole = BandsRow(spec.scope_name, count_bands(assessed.groups, of_set, 1), *gained(assessed.groups, 1, 0))
    return [*rows, whole]


def _parts(
    connection: sqlite3.Connection, spec: ReportSpec, assessed: AssessedUnits, by: str | None
) -> Iterator[tuple[str, Sequence[Standings]]]:
    """The names of the parts of the scope, each with the paths of its communes."""
    if by is None:
        return
    names, parts = _part_of_each(connection, spec, assessed.by_unit, by)
    grouped: dict[object, list[Standings]] = defaultdict(list)
    for unit, path in assessed.by_unit.items():
        if path.ranks[1] != ABSENT:
            grouped[parts.get(unit)].append(path)
    for key, name in names.items():
        if grouped[key]:
            yield name, together(grouped[key])
    if rest := [path for key, paths in grouped.items() if key not in names for path in paths]:
        yield _("not known"), together(rest)


def _part_of_each(
    connection: sqlite3.Connection, spec: ReportSpec, counted: Mapping[int, Standings], by: str
) -> tuple[dict[object, str], Mapping[int, object]]:
    """What the parts are called, in order; the part that each unit belongs to."""
    if by == BY_GROUP:
        marks = marks_on(connection, spec.moment.day.isoformat())
        groups = {unit: marks.get(unit, {}).get("group") for unit in counted}
        known = sorted({group for group in groups.values() if group})
        return {group: _("group {group}").format(group=group) for group in known}, groups
    if by == BY_FORMER_DISTRICT:
        former = FormerDistricts(connection)
        return {key: unit.title.strip() for key, unit in former.everyone().items()}, former.parts(counted)
    every = units.every_unit(connection, spec.moment.units_on, spec.view.scope)
    above: dict[int, object] = {unit.id: unit.parent_id for unit in every}
    return {unit.id: unit.title for unit in every if unit.tier is Tier.DISTRICT}, above


def at_risk(connection: sqlite3.Connection, spec: ReportSpec) -> Report:
    """The recognised that by their last assessment no longer meet the set of their level, or one that it asks for."""
    kept: dict[tuple[int, str], list[Assessment]] = defaultdict(list)
    for unit, assessment in assessments(connection):
        if assessment.day <= spec.moment.day.isoformat():
            kept[unit, assessment.criteria_set].append(assessment)
    found: dict[tuple[int, str], AtRisk] = {}
    for ladder in ladders(spec.view.programme):
        for one in _at_risk_on(connection, spec.on_ladder(ladder), ladder, kept):
            found.setdefault((one.unit.id, one.of_set.key), one)
    return at_risk_report(list(found.values()), spec.scope_name, spec.moment)


def _at_risk_on(
    connection: sqlite3.Connection,
    spec: ReportSpec,
    ladder: str,
    kept: Mapping[tuple[int, str], Sequence[Assessment]],
) -> Iterator[AtRisk]:
    """Those on one ladder of levels: a unit may lack something of several sets."""
    period = ladder_of(spec.view.programme, ladder)
    census = take_census(connection, spec, where_stood(connection, spec), recognitions_by_unit(connection))
    for counted in census.units:
        level = census.level(counted.rank)
        if level is None:
            continue
        for of_set in _sets_to_meet(set_of_level(period.key, counted.unit.tier, level.key)):
            of_unit = kept.get((counted.unit.id, of_set.key), ())
            since = _lacking_since(of_unit, of_set)
            if since:
                yield AtRisk(counted.unit, level, counted.first_at.get(level.key), of_set, of_unit[-1], since)


def _sets_to_meet(of_set: CriteriaSet | None) -> Iterator[CriteriaSet]:
    """A set, and those that it asks for."""
    if of_set is not None:
        yield of_set
        for key in of_set.asks:
            yield from _sets_to_meet(criteria_set(key))


def _lacking_since(of_unit: Sequence[Assessment], of_set: CriteriaSet) -> str | None:
    """The day of the first assessment from which on the set was not met until the last; None where the last meets it.

    One that leaves something open does not say that the set is not met.
    """
    since = None
    for one in of_unit:
        verdict = meets(one, of_set)
        since = (since or one.day) if verdict is False else (None if verdict else since)
    return since if of_unit and meets(of_unit[-1], of_set) is False else None


def units_counted(connection: sqlite3.Connection, spec: ReportSpec, line: Line) -> Report | None:
    """The communes that a line about a number of criteria counts, each with what it lacks; None without any."""
    of = spec.on_ladder(line.key.ladder)
    of_set = main_set(of.view.programme.key)
    if of_set is None or line.actual is None:
        return None
    holds = holds_for(line.key.measure, line.key.threshold or 0)
    latest = latest_assessments(connection, of_set.key, spec.moment.day.isoformat())
    counted = [unit for unit in _counted(connection, of, of_set) if unit.id in latest and holds(latest[unit.id].met)]
    return counted_report([GapUnit(unit, latest[unit.id]) for unit in counted], of_set) if counted else None
