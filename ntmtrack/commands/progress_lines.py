"""The lines of a plan at a moment, beside those of other plans, and what a report of them rests on."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from ntmtrack.commands.judged_lines import LadderPaths, Window, judged, towns_apart
from ntmtrack.commands.other_map import mixed_by_level, of_new_units
from ntmtrack.commands.question import ReportSpec, index_of, timeline
from ntmtrack.dates import day_asked, year_end
from ntmtrack.lint.contradictions import footnotes
from ntmtrack.model import Basis, Programme, Tier
from ntmtrack.programmes.ladders import LADDERS, OWN, ladders
from ntmtrack.progress import Standings
from ntmtrack.progress.compute import LineQuestion
from ntmtrack.progress.evidence import Recorded, Undated, withheld
from ntmtrack.progress.ladder_lines import lines_on_ladders
from ntmtrack.progress.line import Line
from ntmtrack.progress.plan import NamedUnits, compare_names
from ntmtrack.progress.status import Status
from ntmtrack.reports.figures import PlanLines, ReportContext
from ntmtrack.roadmaps import WITHIN, Roadmap, Target
from ntmtrack.roadmaps.sets import of_ladders
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import standings, units
from ntmtrack.storage.queries.evidence import recorded, shows_part, units_held
from ntmtrack.storage.queries.participations import participants
from ntmtrack.storage.queries.recognitions import province_recognised
from ntmtrack.storage.queries.roadmaps import StoredPlan
from ntmtrack.units.gazetteer import REORGANISED_ON, whole_of


def since_base(connection: Connection, spec: ReportSpec, base_year: int) -> Window:
    """The counted paths from the end of `base_year` to the moment asked about."""
    year = spec.moment.day.year
    moments = timeline(spec, [year_end(base_year), year_end(year - 1), spec.moment.day])
    now, base = index_of(moments, spec.moment.day), index_of(moments, year_end(base_year))
    question = LineQuestion(year, spec.moment.day, now, base, base_year, doubts_kept=spec.doubts_kept)
    return Window(LadderPaths(connection, spec, moments), question, moments)


def lines_of(
    connection: Connection,
    window: Window,
    spec: ReportSpec,
    stored: StoredPlan | None,
    *,
    straight: bool = False,
) -> list[Line]:
    """The lines of a plan, and every level that anyone reached."""
    targets = towns_apart(shown_targets(stored.plan.targets if stored else (), spec.view.programme))
    question = window.question._replace(straight=straight)
    paths = provinces_beside(connection, spec, window.paths, stored)
    lines = lines_on_ladders(paths, spec.view.programme, targets, question)
    lines = judged(connection, spec, window._replace(question=question), lines, stored)
    return open_lines(lines) if spec.is_to_come else lines


class _WithProvinces(dict[str, Sequence[Standings]]):
    """Standings by ladder, with those of the provinces beside what is counted."""

    def __init__(self, counted: LadderPaths, connection: Connection, spec: ReportSpec) -> None:
        super().__init__()
        self._counted, self._connection, self._spec = counted, connection, spec

    def __missing__(self, ladder: str) -> Sequence[Standings]:
        view = self._spec.on_ladder(ladder).view
        provinces = standings.standings(self._connection, view, self._counted.moments, Tier.PROVINCE)
        self[ladder] = [*self._counted[ladder], *provinces.values()]
        return self[ladder]


def provinces_beside(
    connection: Connection, spec: ReportSpec, paths: LadderPaths, stored: StoredPlan | None
) -> Mapping[str, Sequence[Standings]]:
    """How units stand, with the provinces of the scope where one was recognised or a plan of the scope asks for it.

    What the country asks for is of all its provinces: those of a ledger are not held against that.
    """
    levels = {level.key for level in spec.view.programme.levels_of(Tier.PROVINCE)}
    if not levels or (stored and stored.plan.is_national):
        return paths
    targets = shown_targets(stored.plan.targets, spec.view.programme) if stored else []
    is_asked = any(target.tier is Tier.PROVINCE and target.measure in levels for target in targets)
    return _WithProvinces(paths, connection, spec) if is_asked or province_recognised(connection) else paths


def on_record(connection: Connection, spec: ReportSpec) -> Recorded:
    """What was told of the province; however recognitions count, a plan began with those of earlier years."""
    scope = spec.scope.id if spec.scope else None
    told = recorded(connection, scope, spec.moment.units_on)
    told = told._replace(units=_units_known(connection, spec), shows_part=shows_part(connection, scope))
    if spec.view.basis is Basis.YEAR:
        return told
    by_year = spec._replace(view=spec.view._replace(basis=Basis.YEAR))
    lines = lines_of(connection, since_base(connection, by_year, spec.base_year), by_year, spec.plans.own)
    counted_on = LADDERS if spec.view.programme.kept else (OWN,)
    return told._replace(
        starts={line.key: line.actual.start_held for line in lines if line.actual},
        undated={which: _undated(connection, spec, which) for which in counted_on},
    )


def _units_known(connection: Connection, spec: ReportSpec) -> tuple[int, int]:
    """How many communes of a province of today the ledger held on the day it began, of how many by the national list.

    A province made of several is held in part until the ledgers of the others are joined.
    """
    scope, day = spec.scope, date.fromisoformat(REORGANISED_ON)
    if scope is None or scope.tier is not Tier.PROVINCE or spec.moment.units_on < day:
        return 0, 0
    return units_held(connection, scope.id, day), whole_of(scope.code)


def _undated(connection: Connection, spec: ReportSpec, which: str) -> list[Undated]:
    return standings.undated(connection, spec.on_ladder(which).view, spec.moment)


def plans_compared(
    connection: Connection, spec: ReportSpec, main: Window, *, straight: bool = False
) -> list[PlanLines]:
    """The plan that leads with its lines, then those beside it; no verdict that the ledger cannot bear."""
    leading = PlanLines(spec.roadmap, lines_of(connection, main, spec, spec.plans.own, straight=straight))
    plans = [leading, *_compared_beside(connection, spec, main, straight=straight)]
    borne = withheld([plan.lines for plan in plans], on_record(connection, spec), spec.view.programme)
    return [plan._replace(lines=lines) for plan, lines in zip(plans, borne, strict=True)]


def _compared_beside(
    connection: Connection, spec: ReportSpec, main: Window, *, straight: bool = False
) -> list[PlanLines]:
    """The plans beside the main one, each from its own base year, and of its lines only what it asks for."""
    compared = []
    for stored in spec.plans.beside:
        base_year = stored.plan.base_year
        window = main if base_year == main.question.base_year else since_base(connection, spec, base_year)
        lines = lines_of(connection, window, spec, stored, straight=straight)
        compared.append(PlanLines(stored.plan, [line for line in lines if line.plan]))
    return compared


def shown_targets(targets: Iterable[Target], programme: Programme) -> list[Target]:
    """The targets of the scope itself: shares of districts within it are shown by district.

    Once there is no district tier also those of parts of it: of a former province or district, of a group of communes.
    """
    return [target for target in targets if not target.within or WITHIN not in programme.counted]


def open_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines of a year that is still to come: the plan, and no data."""
    return [line._replace(actual=None, status=Status.NO_DATA, lack=None) for line in lines]


def leading_elsewhere(spec: ReportSpec, years: Iterable[int]) -> list[tuple[Roadmap, list[int]]]:
    """The plans that lead in others of these years than the one that leads at the moment, each with its years."""
    elsewhere: dict[str, tuple[Roadmap, list[int]]] = {}
    for year in years:
        stored = spec.plans.leading_in(year, spec.scope_name)
        if stored and stored.plan.key != (spec.roadmap.key if spec.roadmap else None):
            elsewhere.setdefault(stored.plan.key, (stored.plan, []))[1].append(year)
    return list(elsewhere.values())


def report_context(connection: Connection, spec: ReportSpec, years: Collection[int] | None = None) -> ReportContext:
    """What a progress report rests on; footnotes on contradictions of the plan in `years`, or that of the moment."""
    by_decision = spec.view.basis is Basis.DECISION
    return ReportContext(
        programme=spec.view.programme,
        basis=spec.view.basis,
        scope=spec.scope_name,
        moment=spec.moment,
        roadmap=spec.roadmap,
        undated=sum(len(_undated(connection, spec, which)) for which in ladders(spec.view.programme))
        if by_decision
        else 0,
        contradictions=footnotes(spec.roadmap, spec.view.programme, years or [spec.moment.day.year])
        if spec.roadmap
        else [],
        leading=leading_elsewhere(spec, years or ()),
        is_filled_up=bool(years) and len(spec.plans.of_scope) > 1,
        participants=_participants(connection, spec),
        of_former=[(stored.plan, unit) for stored, unit in spec.plans.of_former],
        listed=_listed(spec, years or ()),
        mixed=mixed_by_level(connection, spec.view, spec.moment) if spec.view.on_map else {},
        of_others=(spec.plans.of_others[0].plan, spec.plans.of_others[1]) if spec.plans.of_others else None,
        of_new_units=of_new_units(connection, spec.own_map, spec.moment),
    )


def _participants(connection: Connection, spec: ReportSpec) -> dict[str, int]:
    """How many units of each kind take part without being counted, in the order of the programme."""
    period = spec.view.programme
    if not period.participating:
        return {}
    kinds = Counter(participants(connection, period.key, spec.moment.units_on, spec.view.scope).values())
    return {kind: kinds[kind] for kind in period.participating if kinds[kind]}


def _listed(spec: ReportSpec, years: Iterable[int]) -> dict[int, date]:
    """The years of those shown for whose units a later list stands, each with its day."""
    days = {year: day_asked(year, spec.today) for year in years if year <= spec.today.year}
    moments = {year: spec.moment_at(when) for year, when in days.items()}
    return {year: moment.listed_on for year, moment in moments.items() if moment.listed_on}


def compared_by_name(connection: Connection, spec: ReportSpec) -> list[NamedUnits]:
    """The comparison by name, for every target of a level in which the roadmap names units."""
    stored = spec.plans.own
    named = [
        target
        for target in of_ladders(stored.plan.targets if stored else (), spec.view.programme)
        if not target.within
        and target.tier in (Tier.DISTRICT, Tier.COMMUNE)
        and _ranks(spec, target)
        and (target.units or target.registered)
    ]
    if not named or stored is None:
        return []
    titles = units.unit_titles(connection, spec.moment.units_on)
    reached = _Reached(connection, spec)
    compared = []
    for target in named:
        alike = [other for other in named if other.line == target.line]
        now, before = reached.by(target)
        compared.append(compare_names(target, stored.units, now, before, titles, alike))
    return compared


def _ranks(spec: ReportSpec, target: Target) -> list[int]:
    """The ranks of the levels of a target on its ladder."""
    return [
        level.rank for level in spec.on_ladder(target.line.ladder).view.programme.levels if level.key in target.levels
    ]


class _Reached:
    """Which units have reached the level of a target, at the moment and at the end of the base year."""

    def __init__(self, connection: Connection, spec: ReportSpec) -> None:
        self._connection, self._spec = connection, spec
        self._moments = timeline(spec, [year_end(spec.base_year), spec.moment.day])
        self._paths: dict[str, tuple[Mapping[int, Standings], Mapping[int, Standings]]] = {}

    def by(self, target: Target) -> tuple[list[int], list[int]]:
        """The units of the tier of a target at its level or above, now and at the end of the base year."""
        stood, at_base = self._stood(target.line.ladder)
        rank, now = min(_ranks(self._spec, target)), index_of(self._moments, self._spec.moment.day)
        of_tier = [(key, path.ranks) for key, path in stood.items() if path.tier is target.tier]
        before = [key for key, _ranks_of in of_tier if key in at_base and at_base[key].ranks[0] >= rank]
        return [key for key, ranks in of_tier if ranks[now] >= rank], before

    def _stood(self, ladder: str) -> tuple[Mapping[int, Standings], Mapping[int, Standings]]:
        """The units on a ladder; and what the plan began with, also where the decision came after its base year."""
        if ladder not in self._paths:
            view = self._spec.on_ladder(ladder).view
            self._paths[ladder] = (
                standings.standings(self._connection, view, self._moments),
                standings.standings(self._connection, view._replace(basis=Basis.YEAR), self._moments[:1]),
            )
        return self._paths[ladder]
