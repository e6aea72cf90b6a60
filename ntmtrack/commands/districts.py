"""Progress by district: the same measures for each, ranked, with the change on last year."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from ntmtrack import progress
from ntmtrack.commands.judged_lines import ByDistrict, divide_by_district
from ntmtrack.commands.progress_lines import on_record, report_context
from ntmtrack.commands.question import ReportSpec
from ntmtrack.commands.standings import ScopeStandings, where_stood
from ntmtrack.dates import year_end
from ntmtrack.errors import NoDistricts, NotParted
from ntmtrack.i18n import _, day
from ntmtrack.model import Level, Tier, Unit
from ntmtrack.programmes import find_level, is_level
from ntmtrack.programmes.ladders import OWN, find_on_ladders, ladder_of, ladders
from ntmtrack.progress import Standings, at_least
from ntmtrack.progress.compute import LineQuestion, line_at, plain_line
from ntmtrack.progress.evidence import withheld
from ntmtrack.progress.line import Line
from ntmtrack.reports import Report, districts
from ntmtrack.reports.districts import DistrictLines, ScopeLines
from ntmtrack.roadmaps import SETS_OF_LADDER, WITHIN, Target
from ntmtrack.roadmaps.sets import of_ladders
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.units.namesakes import namesakes


class DistrictFigures(NamedTuple):
    """The districts in official order, and the whole of them."""

    districts: Sequence[DistrictLines]
    whole: ScopeLines


def progress_by_district(
    connection: Connection,
    spec: ReportSpec,
    typed: str | None,
    *,
    former: bool = False,
    straight: bool = False,
) -> Report:
    """The communes of each district: a level's every measure, or all levels in short; raises NoDistricts, NotParted.

    A table for each set of levels; of a level those of every set that has it. With `former` by the former districts.
    """
    spec = with_shares(spec)
    programme = spec.view.programme
    if typed:
        find_on_ladders(programme, typed, Tier.COMMUNE, None)
    reports = []
    for ladder in ladders(programme):
        of_ladder = ladder_of(programme, ladder)
        if typed and not is_level(of_ladder, typed, Tier.COMMUNE):
            continue
        levels = [find_level(of_ladder, typed, Tier.COMMUNE)] if typed else of_ladder.levels_of(Tier.COMMUNE)
        ranked = where_stood(connection, spec.on_ladder(ladder))
        figures = district_figures(connection, spec, ranked, levels, ladder=ladder, straight=straight, former=former)
        if ladder != OWN and not typed and not _any_held(figures.whole):
            continue
        in_order = sorted(figures.districts, key=lambda district: district.rank)
        context = report_context(connection, spec)
        reports.append(districts.districts_report(levels, in_order, figures.whole, context, ladder, former=former))
    return districts.beneath(reports)


def _any_held(whole: ScopeLines) -> bool:
    """Whether any unit of the scope has any of the levels, had one a year before, or is to have one."""
    return any(
        line.plan or (line.actual and (line.actual.reached or line.actual.lost)) for line in whole.lines.values()
    )


def with_shares(spec: ReportSpec) -> ReportSpec:
    """The same spec with the first of the scope's own plans leading that has figures for districts in the year."""
    plans = [stored for stored in spec.plans.of_scope if any(target.within for target in stored.plan.targets)]
    year = spec.moment.day.year
    of_year = [
        stored for stored in plans if any(target.within and target.year == year for target in stored.plan.targets)
    ]
    leading = next(iter((*of_year, *plans)), spec.plans.own)
    return spec._replace(plans=spec.plans._replace(own=leading))


def district_figures(
    connection: Connection,
    spec: ReportSpec,
    ranked: ScopeStandings,
    levels: Sequence[Level],
    *,
    ladder: str = OWN,
    straight: bool = False,
    former: bool = False,
) -> DistrictFigures:
    """The lines of `levels` of each district and of all together, on the ladder by which they are `ranked`.

    Raises NoDistricts, NotParted.
    """
    if spec.scope is not None and spec.scope.tier is Tier.COMMUNE:
        raise NotParted(unit=spec.scope.full_title)
    divided = divide_by_district(connection, spec, ranked, former=former)
    question = divided.question._replace(straight=straight, ladder=ladder, doubts_kept=spec.doubts_kept)
    divided = divided._replace(question=question)
    if not divided.districts:
        raise NoDistricts(scope=spec.scope_name, day=day(spec.moment.units_on), way=_way_on(connection, former))
    whole = {level.key: _whole(spec, divided, level) for level in levels}
    before = _shares_before(spec, divided, divided.everyone, levels)
    told = on_record(connection, spec)

    def borne(lines: Mapping[str, Line]) -> dict[str, Line]:
        """The lines without verdicts that the ledger cannot bear of them, or of the whole scope."""
        own, _of_whole = withheld([[*lines.values()], [*whole.values()]], told, spec.view.programme)
        return dict(zip(lines, own, strict=True))

    ranked_districts = [one._replace(lines=borne(one.lines)) for one in _ranked(spec, divided, levels)]
    return DistrictFigures(ranked_districts, ScopeLines(borne(whole), before, _unknown(spec)))


def _way_on(connection: Connection, former: bool) -> str:
    """By what else the communes may be parted."""
    if not former and units.successions(connection):
        return _("Part them by the districts until then: --by former-district")
    return _("The district tier ended on 1/7/2025; ask for an earlier year.")


def _ranked(spec: ReportSpec, divided: ByDistrict, levels: Sequence[Level]) -> list[DistrictLines]:
    """The districts with their ranks: by the share of the first level, then of the others; those alike share one."""
    full = namesakes(divided.districts)
    districts = [
        DistrictLines(
            unit,
            {level.key: _line(spec, divided, unit, level) for level in levels},
            _shares_before(spec, divided, divided.paths[unit.id], levels),
            called=full.get(unit.id),
        )
        for unit in divided.districts
    ]
    now = _ranks([district.scores for district in districts])
    before = _ranks([district.scores_before for district in districts])
    return [
        district._replace(rank=now[district.scores], rank_before=before[district.scores_before])
        for district in districts
    ]


def _ranks(scores: Sequence[tuple[Fraction, ...]]) -> dict[tuple[Fraction, ...], int]:
    """The rank of each score. Example: scores 90, 80, 80, 70 have ranks 1, 2, 2, 4."""
    ranks: dict[tuple[Fraction, ...], int] = {}
    for place, score in enumerate(sorted(scores, reverse=True), start=1):
        ranks.setdefault(score, place)
    return ranks


def _shares_before(
    spec: ReportSpec, divided: ByDistrict, paths: Sequence[Standings], levels: Sequence[Level]
) -> dict[str, Fraction | None]:
    """The share of each level at the end of the year before, by its key; None where the scope had no units yet."""
    begun = year_end(divided.question.year - 1).isoformat() >= spec.own_map.first
    return {level.key: _share_before(divided, paths, level) if begun else None for level in levels}


def _share_before(divided: ByDistrict, paths: Sequence[Standings], level: Level) -> Fraction:
    """The share of a level among these communes at the end of the year before."""
    then = divided.question.at - 1
    everyone = progress.total(paths, Tier.COMMUNE, then)
    return (
        Fraction(progress.reached(paths, Tier.COMMUNE, at_least(level.rank), then), everyone)
        if everyone
        else Fraction(0)
    )


def _line(spec: ReportSpec, divided: ByDistrict, unit: Unit, level: Level) -> Line:
    figures = [target._replace(within=None) for target in _shares(spec, unit)]
    return _of_level(spec, divided.paths[unit.id], figures, level, divided.question)


def _of_level(
    spec: ReportSpec, paths: Sequence[Standings], targets: Sequence[Target], level: Level, question: LineQuestion
) -> Line:
    """The line of a level on the ladder of the question, held against those of the targets that are of it."""
    programme, sets = spec.view.programme, SETS_OF_LADDER[question.ladder]
    keys = [plain_line(Tier.COMMUNE, level.key, of_set) for of_set in sets]
    settled = [target for target in of_ladders(targets, programme) if target.line in keys]
    key = settled[0].line if settled else keys[0]
    return _of_all(line_at(paths, ladder_of(programme, question.ladder), key, settled, question))


def _of_all(line: Line) -> Line:
    """The line with its share of all units, so that districts can be ranked beside each other."""
    return line._replace(bases={key: count for key, count in line.bases.items() if key == "all"})


def _shares(spec: ReportSpec, unit: Unit) -> list[Target]:
    """The targets of the plan that are for one district."""
    stored = spec.plans.own
    if stored is None:
        return []
    return [
        target
        for target in stored.plan.targets
        if target.within and stored.units.get((WITHIN, target.within)) == unit.id
    ]


def _unknown(spec: ReportSpec) -> list[str]:
    """The districts that the plan has figures for, and that fit no unit of the ledger surely."""
    stored = spec.plans.own
    named = dict.fromkeys(target.within for target in (stored.plan.targets if stored else ()) if target.within)
    return [name for name in named if stored and (WITHIN, name) not in stored.units]


def _whole(spec: ReportSpec, divided: ByDistrict, level: Level) -> Line:
    """The line of the whole scope: the sum of the districts' communes, against the plan of the scope."""
    targets = spec.roadmap.targets if spec.roadmap else ()
    return _of_level(spec, divided.everyone, targets, level, divided.question)
