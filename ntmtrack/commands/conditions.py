"""The conditions of a district or a province, held against the ledger: shares of communes, units that take part."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from ntmtrack.assessment import CONDITION_MET, Assessment
from ntmtrack.commands.criteria_sets import known_set
from ntmtrack.commands.question import ReportSpec
from ntmtrack.model import Level, Tier, Unit
from ntmtrack.programmes.criteria import Condition, CriteriaSet, Verified, number_of
from ntmtrack.progress import ABSENT, Standings
from ntmtrack.reports.conditions import ConditionState, FoundCondition
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import standings, units
from ntmtrack.storage.queries.criteria import latest_assessments
from ntmtrack.storage.queries.participations import participants


def found_conditions(
    connection: Connection, spec: ReportSpec, of_set: CriteriaSet, found: Assessment | None
) -> list[FoundCondition]:
    """Each condition of a set as the ledger knows it on the day, within the scope of `spec`, the unit itself.

    One whose text was not read, or of which the ledger was told nothing, is not concluded.
    """
    conditions = _Conditions(connection, spec, found)
    return [conditions.found(condition) for condition in of_set.conditions]


class _Conditions:
    def __init__(self, connection: Connection, spec: ReportSpec, found: Assessment | None) -> None:
        self._connection, self._spec, self._assessed = connection, spec, found

    def found(self, condition: Condition) -> FoundCondition:
        """One condition, by what it is about."""
        if condition.communes_at:
            return self._communes(condition, condition.communes_at)
        if condition.participants:
            return self._participants(condition)
        return self._assessment(condition)

    def _communes(self, condition: Condition, key: str) -> FoundCondition:
        """How many of the communes are at the level, of how many that are needed."""
        level = self._spec.view.programme.level(key)
        paths = standings.standings(self._connection, self._spec.view, [self._spec.moment], Tier.COMMUNE)
        counted = {unit: path for unit, path in paths.items() if path.ranks[0] != ABSENT}
        reached = [unit for unit, path in counted.items() if path.ranks[0] >= level.rank]
        asked = _units_asked(condition, len(counted))
        state = _concluded(condition, is_met=bool(counted) and len(reached) >= asked)
        if any(_is_doubtful(path, level) for path in counted.values()) and state is ConditionState.MET:
            state = ConditionState.OPEN
        left = (
            self._titles(unit for unit in counted if unit not in set(reached))
            if len(reached) < asked == len(counted)
            else []
        )
        return FoundCondition(condition, state, f"{len(reached)}/{len(counted)}", max(asked - len(reached), 0), left)

    def _participants(self, condition: Condition) -> FoundCondition:
        """How many of the units that take part meet so many contents of the communes' set."""
        day = self._spec.moment.day
        period = self._spec.view.programme.key
        taking_part = participants(self._connection, period, self._spec.moment.units_on, self._spec.view.scope)
        if not taking_part:
            return FoundCondition(condition, ConditionState.OPEN, None)
        province = self._spec.scope.id if self._spec.scope else None
        of_set = known_set(self._connection, f"{period}/xa-ntm", day.isoformat(), province)
        latest = latest_assessments(self._connection, of_set.key, day.isoformat())
        verdicts = {unit: _enough_contents(condition, of_set, latest.get(unit)) for unit in taking_part}
        met = sum(verdict is True for verdict in verdicts.values())
        is_open = any(verdict is None for verdict in verdicts.values())
        is_failed = any(verdict is False for verdict in verdicts.values())
        state = ConditionState.NOT_MET if is_failed else ConditionState.OPEN if is_open else ConditionState.MET
        left = self._titles(unit for unit, verdict in verdicts.items() if verdict is not True)
        return FoundCondition(condition, state, f"{met}/{len(verdicts)}", len(verdicts) - met, left)

    def _assessment(self, condition: Condition) -> FoundCondition:
        """What the last assessment of the unit itself found of it."""
        if self._assessed is None:
            return FoundCondition(condition, ConditionState.OPEN, None)
        value = dict(self._assessed.results).get(condition.code)
        if condition.code in (self._assessed.missing or ()):
            return FoundCondition(condition, ConditionState.NOT_MET, value)
        if value is None or condition.verified is not Verified.YES:
            return FoundCondition(condition, ConditionState.OPEN, value)
        is_met = value == CONDITION_MET or condition.holds(number_of(value)) is True
        return FoundCondition(condition, ConditionState.MET if is_met else ConditionState.NOT_MET, value)

    def _titles(self, ids: Iterator[int]) -> list[str]:
        titles = units.unit_titles(self._connection, self._spec.moment.units_on)
        return sorted(titles.get(unit, "?") for unit in ids)


def _units_asked(condition: Condition, total: int) -> int:
    """The whole units that a per cent asks for: 10 % of 8 is 1."""
    share = Fraction(number_of(condition.value or "0")) / 100
    return -((-share * total).__floor__())


def _concluded(condition: Condition, *, is_met: bool) -> ConditionState:
    """Met only by a text that was read."""
    if not is_met:
        return ConditionState.NOT_MET
    return ConditionState.MET if condition.verified is Verified.YES else ConditionState.OPEN


def _is_doubtful(path: Standings, level: Level) -> bool:
    """Whether a unit is at the level only by what is made up, or not verified to count."""
    return path.ranks[0] >= level.rank > min(path.sourced[0], path.verified[0])


def _enough_contents(condition: Condition, of_set: CriteriaSet, found: Assessment | None) -> bool | None:
    """Whether a unit meets so many of the contents, the compulsory ones among them; None where that is not known."""
    if found is None or found.missing is None:
        return None
    compulsory = {content.code for criterion in of_set.criteria for content in criterion.contents if content.compulsory}
    total = of_set.contents_number or 0
    if compulsory & {*found.missing}:
        return False
    if not (total and compulsory):
        return None
    most = total - len(found.missing)
    if condition.holds(Decimal(most * 100) / total) is False:
        return False
    if not of_set.is_listed_whole or found.unknown:
        return None
    return condition.holds(Decimal(most * 100) / total)


def unit_spec(spec: ReportSpec, unit: Unit) -> ReportSpec:
    """The same question about one unit."""
    return spec._replace(view=spec.view._replace(scope=unit.id), scope=unit)
