"""The reports that name units, or show them all at a glance: `list`, `remaining`, `map`, `trend`."""

from collections.abc import Container, Sequence

from ntmtrack.commands.former_districts import FormerDistricts
from ntmtrack.commands.other_map import last_of_origins, mixed_by_level, of_new_units
from ntmtrack.commands.progress import lacks_at, lines_by_year
from ntmtrack.commands.progress_lines import report_context
from ntmtrack.commands.question import ReportSpec
from ntmtrack.commands.standings import (
    by_district,
    counting_by_unit,
    level_of,
    revoked_above,
)
from ntmtrack.dates import year_end
from ntmtrack.errors import NoUnits
from ntmtrack.i18n import _, day
from ntmtrack.model import Level, Tier, Unit
from ntmtrack.programmes import is_level
from ntmtrack.programmes.ladders import (
    LADDERS,
    OWN,
    find_on_ladders,
    ladder_called,
    ladder_of,
    ladders,
    set_key,
    set_words,
)
from ntmtrack.progress import ABSENT, at_least, illustrative
from ntmtrack.reports import Report, pictures
from ntmtrack.reports.labels import line_label, mixed_note
from ntmtrack.reports.pictures import MappedUnit
from ntmtrack.reports.progress_notes import new_units_note
from ntmtrack.reports.units import UnitWithLevel, recognised_report, remaining_report
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import standings, units
from ntmtrack.storage.queries.recognitions import reaching, recognitions_by_unit
from ntmtrack.text import sort_key
from ntmtrack.units.namesakes import namesakes, with_provinces

LevelMeant = tuple[Tier, str, str | None]  # a tier, a level as typed, the set of levels where one was named


def units_at_level(connection: Connection, spec: ReportSpec, meant: LevelMeant, *, in_year: bool) -> Report:
    """The units that reached a level, in the year or until then; raises UnknownSet, UnknownLevel."""
    tier, typed, of_set = meant
    ladder, level = find_on_ladders(spec.view.programme, typed, tier, of_set)
    report = units_behind_number(connection, spec, tier, level, ladder=ladder, in_year=in_year)
    new = new_units_note(of_new_units(connection, spec.own_map, spec.moment), spec.moment.day.year, with_ways=True)
    lacks = [] if in_year else lacks_at(connection, spec, tier, ladder)
    others = [*lacks, *_other_set(spec, meant, ladder), *_mixed(connection, spec, ladder), *new]
    return report._replace(notes=[*report.notes, *others])


def units_below_level(connection: Connection, spec: ReportSpec, meant: LevelMeant) -> Report:
    """The units that have not reached a level; raises UnknownSet, UnknownLevel."""
    tier, typed, of_set = meant
    ladder, level = find_on_ladders(spec.view.programme, typed, tier, of_set)
    report = not_reached(connection, spec, tier, level, ladder)
    others = [*_other_set(spec, meant, ladder), *_mixed(connection, spec, ladder)]
    return report._replace(notes=[*report.notes, *lacks_at(connection, spec, tier, ladder), *others])


def _mixed(connection: Connection, spec: ReportSpec, ladder: str) -> list[str]:
    """What is mixed on another map, level by level."""
    of = spec.on_ladder(ladder)
    return mixed_note(mixed_by_level(connection, of.view, of.moment)) if of.view.on_map else []


def _other_set(spec: ReportSpec, meant: LevelMeant, ladder: str) -> list[str]:
    """How to ask for the other set, where that has a level of the same name and none was named."""
    tier, typed, of_set = meant
    programme = spec.view.programme
    for other in ladders(programme):
        is_other = of_set is None and ladder in LADDERS and other != ladder
        if is_other and is_level(ladder_of(programme, other), typed, tier):
            text = _("Those {kept}: --set {key}")
            return [text.format(kept=set_words(other, programme), key=set_key(programme, other))]
    return []


def _by_set(text: str, spec: ReportSpec, ladder: str) -> str:
    """A title with the set of levels, in years that have two."""
    return f"{text} · {set_words(ladder, spec.view.programme)}" if spec.view.programme.kept else text


def _facts(report: Report, spec: ReportSpec, ladder: str) -> Report:
    """The report with the set that it counts by among its facts, in years that have two."""
    if spec.view.programme.kept is None:
        return report
    return report._replace(facts={**report.facts, "set": set_key(spec.view.programme, ladder)})


def units_behind_number(
    connection: Connection,
    spec: ReportSpec,
    tier: Tier,
    level: Level,
    *,
    ladder: str = OWN,
    in_year: bool = False,
    highest: bool = False,
    among: Container[int] | None = None,
) -> Report:
    """The units behind a number: those that reached `level` in the year of the moment, or until then.

    With `highest` only those that have no higher level; of those `among` alone, where these are told.
    """
    asked, spec = spec, spec.on_ladder(ladder)
    year = spec.moment.day.year
    paths = standings.standings(connection, spec.view, [spec.moment_at(year_end(year - 1)), spec.moment], tier)
    chosen = {
        key: path.ranks[1]
        for key, path in paths.items()
        if (path.ranks[1] == level.rank if highest else path.ranks[1] >= level.rank)
        and not (in_year and path.ranks[0] >= level.rank)
        and (among is None or key in among)
    }
    recognitions, scale = counting_by_unit(connection, spec), spec.view.programme.ranks()
    of_origins = (
        last_of_origins(connection, spec.view, spec.moment, level.rank, recognitions) if spec.view.on_map else {}
    )
    of_rank = {step.rank: step for step in spec.view.programme.levels_of(tier)}
    units = [
        UnitWithLevel(
            unit,
            of_rank.get(chosen[unit.id]) or level_of(spec.view.programme, chosen[unit.id]),
            of_origins.get(unit.id) or reaching(recognitions[unit.id], scale, level.rank),
        )
        for unit in _standing_units(connection, spec, tier, chosen)
    ]
    title = _("{line}, newly in {year}") if in_year else _("{line}, until {year}")
    title = title.format(line=line_label(tier, level), year=year)
    title = _by_set(f"{title} · {spec.scope_name}", asked, ladder)
    return _facts(recognised_report(units, title, spec.moment, spec.view.basis), asked, ladder)


def not_reached(connection: Connection, spec: ReportSpec, tier: Tier, level: Level, ladder: str = OWN) -> Report:
    """The units alive and counted at the moment that have not reached `level`, by district."""
    asked, spec = spec, spec.on_ladder(ladder)
    paths = standings.standings(connection, spec.view, [spec.moment], tier)
    missing = {key: path.ranks[0] for key, path in paths.items() if ABSENT < path.ranks[0] < level.rank}
    every = units.every_unit(connection, spec.moment.units_on, spec.view.scope, villages=tier is Tier.VILLAGE)
    units_missing = with_provinces(
        every, sorted((unit for unit in every if unit.id in missing), key=by_district(every))
    )
    title = _("Not yet: {line}").format(line=line_label(tier, level))
    recognitions = recognitions_by_unit(connection)
    report = remaining_report(
        [
            UnitWithLevel(
                unit,
                level_of(spec.view.programme, missing[unit.id]),
                revoked=revoked_above(spec, recognitions.get(unit.id, ()), missing[unit.id]),
            )
            for unit in units_missing
        ],
        level,
        _by_set(f"{title} · {spec.scope_name}", asked, ladder),
        spec.moment,
        spec.view.basis,
        made_up=illustrative(paths.values(), tier, at_least(level.rank), at=0),
    )
    return _facts(report, asked, ladder)


def with_levels(connection: Connection, spec: ReportSpec, shown: Sequence[Unit]) -> list[UnitWithLevel]:
    """Units with the highest level that each has at the moment, and with what it keeps of the programme before."""
    own, *kept = (_highest(connection, spec.on_ladder(ladder), shown) for ladder in ladders(spec.view.programme))
    keeping = {unit: level for of_ladder in kept for unit, (level, _made_up) in of_ladder.items()}
    return [UnitWithLevel(unit, own[unit.id][0], made_up=own[unit.id][1], kept=keeping.get(unit.id)) for unit in shown]


def _highest(connection: Connection, spec: ReportSpec, shown: Sequence[Unit]) -> dict[int, tuple[Level | None, bool]]:
    """The highest level of each unit, by id, and whether it rests on an illustrative recognition."""
    paths = standings.standings(connection, spec.view, [spec.moment])
    highest = {}
    for unit in shown:
        path = paths.get(unit.id)
        rank, sourced = (path.ranks[0], path.sourced[0]) if path else (ABSENT, ABSENT)
        highest[unit.id] = level_of(spec.view.programme, rank), rank != sourced
    return highest


def _standing_units(connection: Connection, spec: ReportSpec, tier: Tier, among: Container[int]) -> list[Unit]:
    every = units.every_unit(connection, spec.moment.units_on, spec.view.scope, tier)
    return [unit for unit in every if unit.id in among]


def units_map(connection: Connection, spec: ReportSpec, of_set: str | None = None) -> Report:
    """Every counted commune by its highest level, district by district; a map for each set of levels, or of one.

    Raises NoUnits, UnknownSet.
    """
    programme = spec.view.programme
    chosen = [ladder_called(programme, of_set)] if of_set else _mapped(connection, spec)
    maps = [_map_of(connection, spec, ladder) for ladder in chosen]
    if programme.kept is None:
        return maps[0]
    return pictures.maps_report([(set_key(programme, ladder), of) for ladder, of in zip(chosen, maps, strict=True)])


def _mapped(connection: Connection, spec: ReportSpec) -> list[str]:
    """The ladders to be shown: the programme's own, and that of the one before where any unit keeps a level."""

    def is_kept(ladder: str) -> bool:
        paths = standings.paths(connection, spec.on_ladder(ladder).view, [spec.moment])
        return any(path.ranks[0] > 0 for path in paths)

    return [ladder for ladder in ladders(spec.view.programme) if ladder == OWN or is_kept(ladder)]


def _map_of(connection: Connection, spec: ReportSpec, ladder: str) -> Report:
    asked, spec = spec, spec.on_ladder(ladder)
    paths = standings.standings(connection, spec.view, [spec.moment], Tier.COMMUNE)
    standing_units = units.every_unit(connection, spec.moment.units_on, spec.view.scope)
    districts = {unit.id for unit in standing_units if unit.tier is Tier.DISTRICT}
    placed = [
        MappedUnit(unit, level_of(spec.view.programme, path.ranks[0]), path.ranks[0] != path.sourced[0])
        for unit in with_provinces(standing_units, sorted(standing_units, key=by_district(standing_units)))
        if (path := paths.get(unit.id)) and path.ranks[0] >= 0
    ]
    if not placed:
        raise NoUnits(scope=f"{spec.scope_name}, {day(spec.moment.day)}")
    if not any(unit.unit.parent_id in districts for unit in placed):
        placed = by_former_district(connection, placed)
    report = pictures.map_report(placed, spec.view.programme, spec.scope_name, spec.moment, spec.view.basis)
    lacks = lacks_at(connection, asked, Tier.COMMUNE, ladder)
    notes = [*lacks, *report.notes, *_mixed(connection, asked, ladder)]
    return report._replace(title=_by_set(report.title, asked, ladder), notes=notes)


def by_former_district(
    connection: Connection, placed: Sequence[MappedUnit], *, as_headings: bool = False
) -> list[MappedUnit]:
    """Communes without districts by their former ones, or by the alphabet, each with the row it stands in.

    `as_headings`: each row says itself that the district is a former one.
    """
    known = FormerDistricts(connection)
    parts = known.parts(unit.unit.id for unit in placed)
    if not parts:
        in_order = sorted(placed, key=lambda unit: sort_key(unit.unit.name))
        return [unit._replace(row=unit.unit.name[:1].upper(), order="alphabet") for unit in in_order]
    former = known.everyone()
    rows, shared = {key: unit.title.strip() for key, unit in former.items()}, namesakes(former.values())
    if as_headings:
        rows |= {key: _("{unit} (former)").format(unit=unit.title) for key, unit in former.items() if unit.kind}
        shared = {key: f"{rows[key]}, {former[key].parent_name}" for key in shared}
    rows |= shared
    places = {key: place for place, key in enumerate(rows)}
    of_unit = {unit_id: part for unit_id, part in parts.items() if part is not None}
    return [
        unit._replace(row=rows[of_unit[unit.unit.id]], order="former")
        for unit in sorted(placed, key=lambda unit: places[of_unit[unit.unit.id]])
    ]


def progress_trend(connection: Connection, spec: ReportSpec, of_set: str | None = None) -> Report:
    """Plan and actual of every year of the programme, by all sets of levels or by one.

    Raises OneRoadmapHere, UnknownSet.
    """
    spec.need_one_plan()
    years = lines_by_year(connection, spec)
    if of_set:
        ladder = ladder_called(spec.view.programme, of_set)
        years = [(year, [line for line in lines if line.key.ladder == ladder]) for year, lines in years]
    return pictures.trend_report(years, report_context(connection, spec, [year for year, _lines in years]))
