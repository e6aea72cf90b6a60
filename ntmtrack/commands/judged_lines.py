"""Lines judged: of the scope, of each of its districts, and of those units alone that a plan names or sets apart."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ntmtrack import progress
from ntmtrack.commands.criteria_lines import with_measured
from ntmtrack.commands.former_districts import FormerDistricts
from ntmtrack.commands.question import ReportSpec
from ntmtrack.commands.standings import ScopeStandings, where_stood
from ntmtrack.commands.task_lines import with_tasks
from ntmtrack.commands.village_lines import with_villages
from ntmtrack.model import Tier, Unit
from ntmtrack.progress import Moment, Standings, together, while_there
from ntmtrack.progress.compute import LineQuestion, is_due, line_at
from ntmtrack.progress.line import Actual, Line
from ntmtrack.progress.status import Goal, Origin, Status, status_of
from ntmtrack.roadmaps import TOWNS, WITHIN, WITHOUT_TOWNS, LineKey, Target
from ntmtrack.roadmaps.sets import of_ladders
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import standings, units
from ntmtrack.storage.queries.roadmaps import StoredPlan

_URBAN = ("thị xã", "thành phố")
_OF_DISTRICTS = (TOWNS, WITHOUT_TOWNS)


class LadderPaths(dict[str, Sequence[Standings]]):
    """How many units stood where at a few moments, by ladder of levels: each asked of the ledger once it is needed."""

    def __init__(self, connection: Connection, spec: ReportSpec, moments: Sequence[Moment]) -> None:
        super().__init__()
        self._connection, self._spec = connection, spec
        self.moments = moments

    def __missing__(self, ladder: str) -> Sequence[Standings]:
        self[ladder] = standings.paths(self._connection, self._spec.on_ladder(ladder).view, self.moments)
        return self[ladder]


class Window(NamedTuple):
    """Counted units over a few moments: the end of a base year, the end of last year, the moment asked about."""

    paths: LadderPaths
    question: LineQuestion
    moments: Sequence[Moment]


def is_of_some_units(line: Line) -> bool:
    """Whether a line is about some units alone, of which the ledger may know which they are."""
    is_urban = line.key.tier is Tier.DISTRICT and line.key.measure in _OF_DISTRICTS
    return bool((line.key.name and line.level) or is_urban) and not line.key.each


def towns_apart(targets: Sequence[Target]) -> list[Target]:
    """The targets; where towns and cities are counted apart, those of districts are about the other districts alone."""
    apart = any(target.tier is Tier.DISTRICT and target.measure == TOWNS for target in targets)
    return [
        target._replace(measure=WITHOUT_TOWNS)
        if apart and target.tier is Tier.DISTRICT and target.measure == "ntm"
        else target
        for target in targets
    ]


def counted_apart(
    connection: Connection, spec: ReportSpec, stored: StoredPlan, window: Window, lines: Sequence[Line]
) -> list[Line]:
    """The lines, of those about some units alone what these have reached; without data where any is not known."""
    stood: dict[str, Mapping[int, Standings]] = {}
    counted = []
    for line in lines:
        if is_of_some_units(line) and (members := _members(connection, spec, stored, line.key)):
            of, ladder = spec.on_ladder(line.key.ladder), line.key.ladder
            if ladder not in stood:
                stood[ladder] = standings.standings(connection, of.view, window.moments)
            paths = [stood[ladder][unit] for unit in members if unit in stood[ladder]]
            plain = _plain(line.key)
            figures = [
                target._replace(name=None, measure=plain.measure)
                for target in _settled(spec, stored)
                if target.line == line.key
            ]
            line = line_at(paths, of.view.programme, plain, figures, window.question)._replace(key=line.key)
        counted.append(line)
    return counted


def _settled(spec: ReportSpec, stored: StoredPlan) -> list[Target]:
    """The targets of a plan as its lines have them."""
    return of_ladders(towns_apart(stored.plan.targets), spec.view.programme)


def _plain(key: LineKey) -> LineKey:
    """The same line as if it were about all units."""
    return key._replace(name=None, measure="ntm" if key.measure in _OF_DISTRICTS else key.measure)


def _members(connection: Connection, spec: ReportSpec, stored: StoredPlan, key: LineKey) -> set[int]:
    """The units that a line about some of them means; none where one is not surely known."""
    if key.name:
        targets = [target for target in _settled(spec, stored) if target.line == key]
        named = {name for target in targets for name in (*target.units, *target.registered)}
        members = {stored.units.get((key.tier, name)) for name in named}
        return {unit for unit in members if unit is not None} if None not in members else set()
    return {
        unit.id
        for unit in units.every_unit(connection, spec.moment.units_on, spec.view.scope)
        if unit.tier is key.tier and (unit.kind in _URBAN) == (key.measure == TOWNS)
    }


def judged(
    connection: Connection, spec: ReportSpec, window: Window, lines: Sequence[Line], stored: StoredPlan | None
) -> list[Line]:
    """The lines, those judged too that are about some units alone, or rules for every province or district."""
    in_province = [_in_this_province(spec, window, line) for line in lines]
    if stored and any(map(is_of_some_units, in_province)):
        in_province = counted_apart(connection, spec, stored, window, in_province)
    if stored:
        in_province = [
            _of_part(connection, spec, stored, window, line) if line.key.within else line for line in in_province
        ]
    in_province = with_tasks(connection, spec, in_province, stored)
    targets = _settled(spec, stored) if stored else []
    for counting in (with_measured, with_villages):
        in_province = counting(connection, spec, window.moments, window.question, in_province, targets)
    if all(line.key.each != Tier.DISTRICT for line in in_province) or spec.is_to_come:
        return in_province

    return [
        each_district(connection, spec.on_ladder(line.key.ladder), line) if line.key.each == Tier.DISTRICT else line
        for line in in_province
    ]


def _in_this_province(spec: ReportSpec, window: Window, line: Line) -> Line:
    """A rule for every province ("mỗi tỉnh ít nhất 02 huyện") judged for the one that is asked about."""
    if (
        line.key.each != Tier.PROVINCE
        or spec.scope is None
        or spec.scope.tier is not Tier.PROVINCE
        or line.plan is None
    ):
        return line
    plain = line.key._replace(each=None)
    figures = [line.plan._replace(each=None)]
    ladder = line.key.ladder
    programme = spec.on_ladder(ladder).view.programme
    return line_at(window.paths[ladder], programme, plain, figures, window.question)._replace(key=line.key)


def _of_part(connection: Connection, spec: ReportSpec, stored: StoredPlan, window: Window, line: Line) -> Line:
    """A line about a part of the scope, such as a former province, judged over what lies in it and its heirs.

    Without data where the part is no unit of the ledger: a group of communes.
    """
    part = stored.units.get((WITHIN, line.key.within or ""))
    if part is None or line.level is None:
        return line
    of = spec.on_ladder(line.key.ladder)
    paths = standings.paths(connection, of.view._replace(scope=part), window.moments)
    figures = [target._replace(within=None) for target in _settled(spec, stored) if target.line == line.key]
    plain = line.key._replace(within=None)
    return line_at(paths, of.view.programme, plain, figures, window.question)._replace(key=line.key)


class ByDistrict(NamedTuple):
    """The communes of the scope, by the id of their district, at the moments that `question` counts at.

    A commune that moved counts in each district while it lay there; in `everyone` it counts throughout.
    """

    districts: Sequence[Unit]
    paths: Mapping[int, Sequence[Standings]]
    everyone: Sequence[Standings]
    question: LineQuestion


def divide_by_district(
    connection: Connection, spec: ReportSpec, ranked: ScopeStandings, *, former: bool = False
) -> ByDistrict:
    """The communes of the scope by the district that each lay in at each moment, or by the former one of each."""
    if former:
        known = FormerDistricts(connection)
        districts, parents = known.everyone(), [known.parts(ranked.paths)] * len(ranked.moments)
    else:
        districts = {unit.id: unit for unit in ranked.units if unit.tier is Tier.DISTRICT}
        parents = [units.parents(connection, moment.units_on) for moment in ranked.moments]
    paths: dict[int, list[Standings]] = defaultdict(list)
    everyone = []
    for key, path in ranked.paths.items():
        if path.tier is Tier.COMMUNE:
            lay_in = [of_day.get(key) for of_day in parents]
            for parent in dict.fromkeys(above for above in lay_in if above is not None):
                paths[parent].append(while_there(path, [above == parent for above in lay_in]))
            if not districts.keys().isdisjoint(lay_in):
                everyone.append(path)
    of_communes = [unit for unit in districts.values() if progress.total(paths[unit.id], Tier.COMMUNE, ranked.now)]
    question = LineQuestion(spec.moment.day.year, spec.moment.day, ranked.now, ranked.base, spec.base_year)
    grouped = {unit.id: together(paths[unit.id]) for unit in of_communes}
    return ByDistrict(of_communes, grouped, together(everyone), question)


def each_district(connection: Connection, spec: ReportSpec, line: Line) -> Line:
    """A rule for every district ("mỗi huyện ít nhất 01 xã") judged: how many districts keep it, of how many."""
    if line.level is None or line.plan is None or line.key.tier is not Tier.COMMUNE or line.key.name:
        return line
    if line.plan.cumulative is None:
        return line

    divided = divide_by_district(connection, spec, where_stood(connection, spec))
    if not divided.districts:
        return line
    key = line.key._replace(each=None)
    figure = line.plan._replace(each=None)
    met = []
    for when in (divided.question.at, divided.question.at - 1, divided.question.base):
        question = divided.question._replace(at=when)
        lines = [
            line_at(divided.paths[unit.id], spec.view.programme, key, [figure], question) for unit in divided.districts
        ]
        met.append(sum(_holds(line) for line in lines))
    now, before, base = met
    everyone = len(divided.districts)
    goals = {"all": Goal(everyone, None, Origin.EACH)}
    actual = Actual(everyone, now, max(now - before, 0), max(before - now, 0), base, everyone - now, 0, 0, 0)
    return line._replace(
        actual=actual,
        goals=goals,
        final=goals["all"],
        bases={"all": everyone},
        status=status_of(now, goals["all"], base) if is_due(line.plan, goals, line.day) else Status.NOT_DUE,
    )


def _holds(line: Line) -> bool:
    goal, actual = line.goal, line.actual
    return (
        goal is not None
        and actual is not None
        and (goal.low is None or actual.reached >= goal.low)
        and (goal.high is None or actual.reached <= goal.high)
    )
