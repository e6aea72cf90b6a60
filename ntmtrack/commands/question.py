"""From what the user asked (year, day, basis, scope, roadmap) to what the queries and computations need."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ntmtrack.commands.own_map import OwnMap
from ntmtrack.commands.plans import Plans, applying
from ntmtrack.dates import day_asked, show_day
from ntmtrack.errors import NothingToCount, NotYet, NotYetStanding, NoUnits, NtmError, OneOf, YearNotBegun
from ntmtrack.i18n import _, day
from ntmtrack.model import Basis, Unit
from ntmtrack.programmes import DEFAULT, of_year, programme
from ntmtrack.programmes.ladders import ladder_of
from ntmtrack.progress import Moment
from ntmtrack.roadmaps import Roadmap
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import standings, units
from ntmtrack.storage.queries.actions import setting
from ntmtrack.storage.queries.given_scopes import seen_whole, usual_scope
from ntmtrack.storage.queries.membership import NEVER, Lifetime, has_heirs, shared_heirs
from ntmtrack.storage.queries.standings import View
from ntmtrack.streams import remark
from ntmtrack.text import few
from ntmtrack.units.gazetteer import REORGANISED_ON
from ntmtrack.ways import way_over


class ReportOptions(NamedTuple):
    """The options of a report as they were typed; None where the user left the choice to us.

    `units_on` is the day whose units are counted: without one those of a day that is asked about, or a year's own map.
    `on_map` is a day on whose units every figure is told.
    """

    year: int | None = None
    as_of: date | None = None
    basis: Basis = Basis.YEAR
    scope: str | None = None
    roadmap: str | None = None
    units_on: date | None = None
    on_map: date | None = None


class ReportSpec(NamedTuple):
    """The options made definite: the view, the unit and the plans that the report concerns, the day it is asked of."""

    view: View
    scope: Unit | None
    plans: Plans
    moment: Moment
    own_map: OwnMap
    today: date

    @property
    def scope_name(self) -> str:
        """The scope in words; one that has ended, whose heirs are meant, as such."""
        if self.scope is None:
            return _("the whole ledger")
        if self.scope.stands_on(self.moment.units_on.isoformat()) or not self.scope.until:
            return self.scope.title
        return _("{unit} (former)").format(unit=self.scope.title)

    @property
    def roadmap(self) -> Roadmap | None:
        """The roadmap that figures are compared with."""
        return self.plans.own.plan if self.plans.own else None

    @property
    def base_year(self) -> int:
        """The year at whose end the plan begins."""
        return self.roadmap.base_year if self.roadmap else self.view.programme.first_year - 1

    @property
    def doubts_kept(self) -> bool:
        """Whether no text was read that what is kept of the programme before counts on."""
        return self.view.programme.kept is not None and not self.view.programme.kept.verified

    def on_ladder(self, which: str) -> "ReportSpec":
        """The same asked of one of the programme's ladders of levels."""
        return self._replace(view=self.view._replace(programme=ladder_of(self.view.programme, which)))

    def need_one_plan(self) -> None:
        """Raises OneRoadmapHere where several plans set the same target of the year."""
        self.plans.need_one(self.scope_name, self.moment.day.year)

    def moment_at(self, when: date) -> Moment:
        """A moment of this scope, its units taken on the map of the year."""
        if when == self.moment.day:
            return self.moment
        return self.own_map.moment(when, self.own_map.units_on(when), self.today)

    @property
    def is_to_come(self) -> bool:
        """Whether the year asked about has not begun: it has plans and no figures."""
        return self.moment.is_to_come


def resolve(
    connection: Connection,
    options: ReportOptions,
    today: date,
    *,
    planned: bool = False,
    of: Unit | None = None,
) -> ReportSpec:
    """The options made definite; the last year with data where none was asked for.

    With `planned` it has the roadmaps that apply; `of` is the unit it concerns, where that is known already.
    Raises OneOf, UnknownUnit, AmbiguousUnit, YearOutsideProgrammes,
    NothingToCount, and what `applying` raises.
    """
    if options.year is not None and options.as_of is not None:
        raise OneOf(options="--year, --as-of")
    when = options.as_of or day_asked(options.year or last_year(connection, today, options.basis), today)
    if when > today and not (planned and when.year > today.year):
        raise _to_come(options, when, today)
    scope = of or _scope(connection, options.scope, options.on_map or when)
    view = View(of_year(when.year), options.basis, scope.id if scope else None, today, options.on_map)
    kinds = [kind for kinds in view.programme.counted.values() for kind in kinds]
    own_map = OwnMap(connection, scope, kinds)
    if options.on_map:
        return _on_map(connection, options, view, own_map, when, planned=planned)
    _refuse_without_units(connection, own_map.lifetime, scope, when, today)
    units_on = options.units_on or (own_map.standing_on(when) if options.as_of else own_map.units_on(when))
    if scope and scope.until and scope.until <= units_on.isoformat():
        _say_shared(connection, scope, kinds, units_on)
    return ReportSpec(
        view=view,
        scope=_as_it_was(connection, scope, units_on),
        plans=_plans(connection, options, own_map, when, units_on) if planned else Plans(None),
        moment=own_map.moment(when, units_on, today),
        own_map=own_map,
        today=today,
    )


def _to_come(options: ReportOptions, when: date, today: date) -> NtmError:
    if options.as_of:
        return NotYet(day=day(when), today=day(today), option="--as-of")
    return YearNotBegun(year=when.year, today=day(today))


def _on_map(
    connection: Connection,
    options: ReportOptions,
    view: View,
    own_map: OwnMap,
    when: date,
    *,
    planned: bool,
) -> ReportSpec:
    """The question on the units of another day."""
    from ntmtrack.commands.other_map import DayMap, refuse_map

    on, today, scope = options.on_map, view.today, own_map.unit
    assert on
    assert today
    if on > today:
        raise NotYet(day=day(on), today=day(today), option="--map")
    if own_map.lifetime and own_map.lifetime.last < on.isoformat():
        raise _ended(connection, own_map.lifetime, scope, on)
    refuse_map(connection, scope, scope.title if scope else _("the whole ledger"), on, when)
    return ReportSpec(
        view=view,
        scope=scope,
        plans=_plans(connection, options, own_map, when, on) if planned else Plans(None),
        moment=Moment(when, on, today),
        own_map=DayMap(connection, scope, own_map.kinds, on),
        today=today,
    )


def _plans(connection: Connection, options: ReportOptions, own_map: OwnMap, when: date, units_on: date) -> Plans:
    """The plans that apply; on units other than the year's own none is held against them, it is only named."""
    from ntmtrack.commands.other_map import is_same_map

    plans, own_day = applying(connection, own_map.unit, when.year, options.roadmap), own_map.units_on(when)
    if units_on == own_day or is_same_map(connection, own_map.unit, units_on, own_day):
        return plans
    return Plans(None, of_others=(plans.own, own_day) if plans.own else None)


def last_year(connection: Connection, today: date, basis: Basis = Basis.YEAR, *, of_villages: bool = False) -> int:
    """The last year with data in the whole ledger, of villages or of all others; this year, or the programme's last.

    The last two where there are no data.
    """
    started = programme(setting(connection, "programme") or DEFAULT)
    last = standings.last_year(connection, View(started, basis), of_villages=of_villages) or today.year
    return max(min(last, started.last_year), started.first_year)


def _scope(connection: Connection, typed: str | None, when: date) -> Unit | None:
    if typed is None:
        return usual_scope(connection, when)
    from ntmtrack.storage.queries.scopes import find_scope
    from ntmtrack.storage.queries.units import standing_on

    return seen_whole(connection, find_scope(connection, typed, standing_on(when)))


def _as_it_was(connection: Connection, scope: Unit | None, on: date) -> Unit | None:
    """The scope as it stood on a day; in its last version where it did not."""
    if scope is None or scope.stands_on(on.isoformat()):
        return scope
    versions = units.versions(connection, scope.id)
    return next((version for version in versions if version.stands_on(on.isoformat())), scope)


def _refuse_without_units(
    connection: Connection, stood: Lifetime | None, scope: Unit | None, when: date, today: date
) -> None:
    """Refuses a question about no units at all, about a year after the last day of them, about a day before the first.

    Raises NoUnits, NothingToCount, NotYetStanding.
    """
    name = scope.title if scope else _("the whole ledger")
    if stood is None:
        raise NoUnits(scope=name)
    if stood.last != NEVER and int(stood.last[:4]) < when.year:
        raise _ended(connection, stood, scope, min(when, today))
    if stood.first > when.isoformat():
        raise NotYetStanding(scope=name, since=show_day(stood.first), day=day(when), ways=_before(connection, scope))


def _ended(connection: Connection, stood: Lifetime, scope: Unit | None, when: date) -> NothingToCount:
    last, way = date.fromisoformat(stood.last), _way_on(connection, scope, stood.last)
    name = scope.title if scope else _("the whole ledger")
    return NothingToCount(scope=name, day=day(when), last=day(last), way=way)


def _say_shared(connection: Connection, scope: Unit, kinds: Sequence[str], units_on: date) -> None:
    """Which heirs of a scope that has ended are also made of what did not lie in it."""
    if shared := shared_heirs(connection, scope.id, kinds, units_on):
        text = _("Note: what came of {scope} is counted; also made of other units: {units}.")
        remark(text.format(scope=scope.title, units=few(shared)))


def _before(connection: Connection, scope: Unit | None) -> list[str]:
    """The units that a scope was made of, as they may be asked for."""
    return [unit.title for unit in units.predecessors(connection, scope.id)] if scope else []


def _way_on(connection: Connection, scope: Unit | None, last: str) -> str:
    """What to do about a year after the last day of the units: carry them over where the national list ended.

    Where that is done already, to look at what became of the scope.
    """
    if scope and has_heirs(connection, scope.id, last):
        return _("see what became of it: ntmtrack show {unit}").format(unit=f'"{scope.title}"')
    if date.fromisoformat(last) + timedelta(1) == date.fromisoformat(REORGANISED_ON):
        return _("carry the ledger over: {way}").format(way=way_over())
    return _("add units first.")


def timeline(spec: ReportSpec, days: Iterable[date]) -> list[Moment]:
    """The moments of these days, each once, the earliest first: what is added is counted from the one before."""
    return [spec.moment_at(day) for day in sorted(set(days))]


def index_of(moments: Sequence[Moment], day: date) -> int:
    """Which of the moments is that of `day`."""
    return next(place for place, moment in enumerate(moments) if moment.day == day)
