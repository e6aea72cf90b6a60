"""How many communes meet how many criteria: `bands`, by part of the scope and year by year."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ntmtrack.commands.assessed_units import AssessedUnits, assessed_units, ends_of_years, set_of_scope
from ntmtrack.commands.former_districts import FormerDistricts
from ntmtrack.commands.question import ReportSpec
from ntmtrack.dates import year_end
from ntmtrack.errors import NotAssessed
from ntmtrack.i18n import _, day
from ntmtrack.model import Tier
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.progress import ABSENT, Standings, together
from ntmtrack.progress.criteria import count_bands, sums_at_both
from ntmtrack.reports import Report
from ntmtrack.reports.criteria_bands import BandsRow, bands_report
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.criteria import marks_on
from ntmtrack.storage.queries.emulation import blocks_in, entries
from ntmtrack.text import sort_key

BY_DISTRICT, BY_FORMER_DISTRICT, BY_GROUP, BY_BLOCK = "district", "former-district", "group", "block"


def criteria_bands(
    connection: Connection, spec: ReportSpec, typed_set: str | None, by: str | None, *, years: bool = False
) -> Report:
    """How many communes meet how many criteria, with the average and what was gained in the year.

    By district, former district, group or block of the year, ranked by criteria gained for a commune; or year by year.
    Raises UnknownCriteriaSet, NoCriteriaSet, NotAssessed.
    """
    of_set = set_of_scope(connection, spec, typed_set)
    rows = _by_year(connection, spec, of_set) if years else _by_part(connection, spec, of_set, by)
    if not any(row.counts.assessed for row in rows):
        raise NotAssessed(scope=spec.scope_name, criteria_set=of_set.key, day=day(spec.moment.day))
    return bands_report(rows, of_set, spec.scope_name, spec.moment, by="year" if years else by)


def _by_year(connection: Connection, spec: ReportSpec, of_set: CriteriaSet) -> list[BandsRow]:
    """The whole scope at the end of each year until the one asked about."""
    period = spec.view.programme
    ends = [year_end(year) for year in range(period.first_year - 1, spec.moment.day.year)]
    moments = [spec.moment_at(end) for end in (*ends, spec.moment.day)]
    assessed = assessed_units(connection, spec, of_set, moments)
    return [
        BandsRow(
            str(moments[at].day.year),
            count_bands(assessed.groups, of_set, at),
            sums_at_both(assessed.groups, at, at - 1),
        )
        for at in range(1, len(moments))
    ]


def _by_part(connection: Connection, spec: ReportSpec, of_set: CriteriaSet, by: str | None) -> list[BandsRow]:
    """The parts of the scope, each at the moment and against the end of the year before; at the end the whole."""
    assessed = assessed_units(connection, spec, of_set, ends_of_years(spec))
    rows = [
        BandsRow(name, count_bands(groups, of_set, 1), sums_at_both(groups, 1, 0))
        for name, groups in _parts(connection, spec, assessed, by)
    ]
    whole = BandsRow(spec.scope_name, count_bands(assessed.groups, of_set, 1), sums_at_both(assessed.groups, 1, 0))
    return [*rows, whole]


def _parts(
    connection: Connection, spec: ReportSpec, assessed: AssessedUnits, by: str | None
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
    connection: Connection, spec: ReportSpec, counted: Mapping[int, Standings], by: str
) -> tuple[dict[object, str], Mapping[int, object]]:
    """What the parts are called, in order; the part that each unit belongs to."""
    if by == BY_GROUP:
        marks = marks_on(connection, spec.moment.day.isoformat())
        groups = {unit: marks.get(unit, {}).get("group") for unit in counted}
        known = sorted({group for group in groups.values() if group})
        return {group: _("group {group}").format(group=group) for group in known}, groups
    if by == BY_BLOCK:
        blocks = dict(blocks_in(entries(connection, "block"), spec.moment.day.year))
        return {block: block for block in sorted(set(blocks.values()), key=sort_key)}, blocks
    if by == BY_FORMER_DISTRICT:
        former = FormerDistricts(connection)
        return {key: unit.title.strip() for key, unit in former.everyone().items()}, former.parts(counted)
    every = units.every_unit(connection, spec.moment.units_on, spec.view.scope)
    above: dict[int, object] = {unit.id: unit.parent_id for unit in every}
    return {unit.id: unit.title for unit in every if unit.tier is Tier.DISTRICT}, above
