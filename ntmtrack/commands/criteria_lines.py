"""Lines of a plan about criteria and values: how many units are below so many criteria, an average, an income ratio."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from ntmtrack.commands.assessed_units import AssessedUnits, assessed_units
from ntmtrack.commands.question import ReportSpec
from ntmtrack.i18n import _
from ntmtrack.measures.kept import Measurement
from ntmtrack.model import Tier, Unit
from ntmtrack.programmes.criteria.files import main_set
from ntmtrack.progress import Moment, total
from ntmtrack.progress.compute import LineQuestion, is_due, line_at
from ntmtrack.progress.criteria import holds_for, is_concluded, surely, unassessed, undecided
from ntmtrack.progress.lack import Missing, MissingData
from ntmtrack.progress.line import Line
from ntmtrack.progress.measured import LineValue, value_in, value_status, value_until
from ntmtrack.progress.products import number_on
from ntmtrack.progress.status import JUDGED, Status, status_of
from ntmtrack.roadmaps import COUNTED_MEASURES, CRITERIA_AVERAGE, Target
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.criteria import measurements, sets_assessed
from ntmtrack.storage.queries.units import every_unit
from ntmtrack.text import squeeze

_OF_CRITERIA = (*COUNTED_MEASURES, CRITERIA_AVERAGE)
OTHER = "other"  # what a plan names itself: a value is its own where it bears that name
_VALUES = ("income", "poverty-rate", OTHER)
_LOWEST = (Tier.COMMUNE, Tier.VILLAGE)  # whose numbers are summed: those above would hold them again
_SHORT = (Status.LATE, Status.VERY_LATE)
_COUNTED_BY_NAME = ("ocop", "model-hamlet", "model-garden")


def with_measured(
    connection: Connection,
    spec: ReportSpec,
    moments: Sequence[Moment],
    question: LineQuestion,
    lines: Sequence[Line],
    targets: Sequence[Target],
) -> list[Line]:
    """The lines, those about criteria and values with what the ledger was told of them; the others as they are."""
    if spec.is_to_come or not any(_is_asked(line) for line in lines):
        return [*lines]
    measured = _Measured(connection, spec, moments, question)
    return [measured.line(line, targets) if _is_asked(line) else line for line in lines]


def _is_asked(line: Line) -> bool:
    if line.key.within or line.key.each or line.plan is None:
        return False
    if line.key.measure in _OF_CRITERIA:
        return line.key.tier is Tier.COMMUNE and not line.key.name
    return line.key.measure in (*_VALUES, *_COUNTED_BY_NAME)


class _Measured:
    """What the ledger was told for lines about criteria and values, each asked for once."""

    def __init__(
        self, connection: Connection, spec: ReportSpec, moments: Sequence[Moment], question: LineQuestion
    ) -> None:
        self._connection, self._spec, self._moments, self._question = connection, spec, moments, question
        self._assessed: dict[str, AssessedUnits | None] = {}
        self._known = sets_assessed(connection)

    def line(self, line: Line, targets: Sequence[Target]) -> Line:
        """One line with its figure; as it is where nothing was told."""
        if line.key.measure in _OF_CRITERIA:
            units = self._units(line.key.ladder)
            if units is None or unassessed(units.groups, self._question.at) == self._total(units):
                return line
            return (
                self._average(line, units)
                if line.key.measure == CRITERIA_AVERAGE
                else self._count(line, units, targets)
            )
        if line.key.measure in _COUNTED_BY_NAME:
            return self._named(line)
        return self._value(line)

    def _units(self, ladder: str) -> AssessedUnits | None:
        if ladder not in self._assessed:
            spec = self._spec.on_ladder(ladder)
            of_set = main_set(spec.view.programme.key)
            is_told = of_set is not None and of_set.key in self._known
            self._assessed[ladder] = (
                assessed_units(self._connection, spec, of_set, self._moments) if of_set and is_told else None
            )
        return self._assessed[ladder]

    def _total(self, units: AssessedUnits) -> int:
        return total(units.groups, Tier.COMMUNE, self._question.at)

    def _count(self, line: Line, units: AssessedUnits, targets: Sequence[Target]) -> Line:
        """How many are below a number of criteria; no verdict that those not assessed could turn."""
        figures = [target for target in targets if target.line == line.key]
        programme = self._spec.on_ladder(line.key.ladder).view.programme
        asked = self._question._replace(ladder=line.key.ladder, counts_criteria=True)
        counted = line_at(surely(line.key.measure, units.groups), programme, line.key, figures, asked)
        if counted.actual is None:
            return counted
        holds = holds_for(line.key.measure, line.key.threshold or 0)
        left, everyone = undecided(units.groups, holds, self._question.at), self._total(units)
        goals = [reading for goal in counted.goals.values() for reading in goal.readings]
        numbers = (counted.actual.reached, counted.actual.reached + left)
        could_be = {status_of(number, goal, counted.actual.start) for goal in goals for number in numbers}
        if could_be == {Status.AHEAD, Status.REACHED}:  # kept whatever is found of the others
            counted, could_be = counted._replace(status=Status.REACHED), {Status.REACHED}
        may_turn = counted.status in JUDGED and could_be != {counted.status}
        lack = self._lack(Missing.ASSESSMENTS, line, everyone - left, everyone)
        if may_turn or (left and counted.status not in _SHORT):
            return counted._replace(status=Status.INCOMPLETE if may_turn else counted.status, lack=lack)
        return self._with_day(self._with_start(counted, units), units)

    def _with_day(self, line: Line, units: AssessedUnits) -> Line:
        """The line; where nothing else is lacking, how many communes were last assessed in an earlier year."""
        at = self._question.at
        earlier = sum(group.units for group in units.groups if group.ranks[at] >= 0 and not group.own_ranks[at])
        if line.lack or not earlier:
            return line
        lack = self._lack(Missing.ASSESSED_EARLIER, line, earlier, self._total(units), self._question.year)
        return line._replace(lack=lack)

    def _with_start(self, line: Line, units: AssessedUnits) -> Line:
        """The line; how late it is cannot be said where not all were assessed when the plan began."""
        left = unassessed(units.groups, self._question.base)
        everyone = total(units.groups, Tier.COMMUNE, self._question.base)
        if (
            line.status not in (*_SHORT, Status.NOT_CONCLUDED)
            or not left
            or (line.actual and line.actual.start_printed)
        ):
            return line
        lack = self._lack(Missing.ASSESSED_BEFORE, line, everyone - left, everyone, self._question.base_year)
        return line._replace(status=Status.INCOMPLETE, lack=lack)

    @staticmethod
    def _lack(missing: Missing, line: Line, held: int, asked: int, year: int = 0) -> MissingData:
        return MissingData(missing, line.key, year, held, asked)

    def _average(self, line: Line, units: AssessedUnits) -> Line:
        """Criteria met for a commune, of those that were assessed and of which nothing is left open."""
        at, base = self._question.at, self._question.base
        now = [group for group in units.groups if is_concluded(group, at)]
        if not now:
            return line
        known = sum(group.units for group in now)
        criteria = sum(group.ranks[at] * group.units for group in now)
        began = [group for group in units.groups if is_concluded(group, base)]
        start = Fraction(sum(g.ranks[base] * g.units for g in began), sum(g.units for g in began)) if began else None
        is_made_up = any(group.sourced[at] < 0 for group in now)
        parts = ((_("criteria"), Fraction(criteria)), (_("communes assessed"), Fraction(known)))
        everyone = self._total(units)
        value = LineValue(Fraction(criteria, known), parts, known, everyone, None, start, is_made_up)
        judged = self._with_start(self._judged(line, value), units)
        if value.known == value.units or judged.status not in JUDGED:
            return self._with_day(judged, units)
        lack = self._lack(Missing.ASSESSMENTS, line, value.known, value.units)
        return judged._replace(status=Status.INCOMPLETE, lack=lack)

    def _value(self, line: Line) -> Line:
        """The value of the scope itself in the last year until the one asked about; held against its base year's."""
        scope = self._spec.scope
        told = measurements(self._connection, line.key.measure, scope.id) if scope else []
        values = [measurement for _unit, measurement in told]
        if line.key.measure == OTHER:
            values = [one._replace(name="") for one in values if squeeze(one.name) == squeeze(line.key.name or "")]
        now = value_until(values, self._question.year)
        assert line.plan is not None
        if now is None or not values:
            return line
        since = line.plan.relative_to
        if since is None:
            return self._of_year(line, LineValue(now.value, year=now.year, is_made_up=now.is_made_up))
        before = value_in(values, since)
        if before is None or not before.value or before.counted_in != now.counted_in:
            return line
        parts = ((str(now.year), now.value), (str(before.year), before.value))
        is_made_up = now.is_made_up or before.is_made_up
        start = Fraction(1)
        ratio = LineValue(now.value / before.value, parts, year=now.year, start=start, is_made_up=is_made_up)
        return self._of_year(line, ratio)

    def _of_year(self, line: Line, value: LineValue) -> Line:
        """The line; no verdict by a value of an earlier year than the one that is asked for."""
        judged = self._judged(line, value)
        if judged.status not in JUDGED or value.year == self._question.year:
            return judged
        lack = self._lack(Missing.VALUE, line, 0, 0, value.year or 0)
        return judged._replace(status=Status.INCOMPLETE, lack=lack)

    def _named(self, line: Line) -> Line:
        """How many products, hamlets or gardens there are in the scope, told as numbers or one by one."""
        told = measurements(self._connection, line.key.measure)
        if not told:
            return line
        own = self._spec.scope.id if self._spec.scope else None
        tiers = {unit.id: unit.tier for unit in self._units_on}
        of_units: dict[int, list[Measurement]] = {}
        for unit, measurement in told:
            if unit in tiers:
                of_units.setdefault(unit, []).append(measurement)
        numbers = {
            unit: found
            for unit, of_unit in of_units.items()
            if (found := number_on(of_unit, self._question.day)) is not None
        }
        if own in numbers:  # it stands for whatever lies in it
            return self._judged(line, LineValue(Fraction(numbers[own])))
        lowest = {unit: found for unit, found in numbers.items() if tiers[unit] in _LOWEST} or numbers
        return self._judged(line, LineValue(Fraction(sum(lowest.values())))) if lowest else line

    @cached_property
    def _units_on(self) -> Sequence[Unit]:
        """The units of the scope, as they stand when units are counted."""
        return every_unit(self._connection, self._spec.moment.units_on, self._spec.view.scope)

    def _judged(self, line: Line, value: LineValue) -> Line:
        assert line.plan is not None
        plan = line.plan
        if plan.value is None and plan.cumulative is not None:
            plan = plan._replace(value=str(plan.cumulative))
        due = is_due(line.plan, line.goals, line.day)
        return line._replace(value=value, status=value_status(plan, value, is_due=due), lack=None)
