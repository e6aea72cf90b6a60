"""Places for persons and households: how many a year earned by a movement's rules, how many are used. Pure."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ntmtrack.emulation import AGENCY, AwardRule, Movement
from ntmtrack.emulation.achievements import is_revoked
from ntmtrack.emulation.facts import MovementFacts, newly_recognised
from ntmtrack.emulation.registers import GivenAward
from ntmtrack.model import Act
from ntmtrack.text import squeeze


class Quota(NamedTuple):
    """The places of a rule for one unit, or for one agency by its name; `levels` are those that it was recognised at.

    `is_over_with_reason` is whether it was said why more were given.
    """

    rule: AwardRule
    unit_id: int | None
    agency: str | None
    levels: tuple[str, ...]
    earned: int
    used: int
    is_over_with_reason: bool = False

    @property
    def left(self) -> int:
        """How many may still be given; below 0 where more were."""
        return self.earned - self.used

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """The earned places by part."""
        times = len(self.levels)
        return tuple((name, count * times) for name, count in self.rule.parts) if times else ()


def quotas(movement: Movement, facts: MovementFacts) -> list[Quota]:
    """The places of a year by rule and unit, the units in the order of `facts`; whoever was given some among them."""
    return [
        one
        for rule in movement.awards
        if rule.places is not None
        for one in (_by_agency if rule.for_each == AGENCY else _by_unit)(movement, rule, facts)
    ]


def quota_of(movement: Movement, rule: AwardRule, facts: MovementFacts, award: GivenAward) -> Quota:
    """The places from which an award would be taken."""
    name = squeeze(award.recipient or "")
    for one in quotas(movement._replace(awards=(rule,)), facts):
        if squeeze(one.agency or "") == name if rule.for_each == AGENCY else one.unit_id == award.unit_id:
            return one
    if rule.for_each == AGENCY:
        return Quota(rule, None, award.recipient, (), _most(rule, award.recipient or ""), 0)
    return Quota(rule, award.unit_id, None, (), 0, 0)


def _by_unit(movement: Movement, rule: AwardRule, facts: MovementFacts) -> Iterator[Quota]:
    levels: dict[int, list[str]] = {}
    for unit_id, one in newly_recognised(rule, facts):
        if not is_revoked(one, facts.day) and one.basis is not Act.ACKNOWLEDGED:
            levels.setdefault(unit_id, []).append(one.level)
    given = _given(movement, rule, facts)
    order = dict.fromkeys([*levels, *(award.unit_id for award in given)])
    for unit_id in order:
        own, used = levels.get(unit_id, []), [award for award in given if award.unit_id == unit_id]
        earned = len(own) * (rule.places or 0)
        yield Quota(rule, unit_id, None, tuple(own), earned, *_used(used))


def _by_agency(movement: Movement, rule: AwardRule, facts: MovementFacts) -> Iterator[Quota]:
    """Agencies that the rule names, and those that were given places: of others nobody knows how many there are."""
    if rule.years and facts.year not in rule.years:
        return
    given = [award for award in _given(movement, rule, facts) if award.recipient]
    names = {squeeze(name): name for name, _count in rule.agencies}
    for award in given:
        names.setdefault(squeeze(award.recipient or ""), award.recipient or "")
    for key, name in names.items():
        used = [award for award in given if squeeze(award.recipient or "") == key]
        yield Quota(rule, None, name, (), _most(rule, name), *_used(used))


def _most(rule: AwardRule, agency: str) -> int:
    own = {squeeze(name): count for name, count in rule.agencies}
    return own.get(squeeze(agency), rule.places or 0)


def _given(movement: Movement, rule: AwardRule, facts: MovementFacts) -> list[GivenAward]:
    """The awards of the form and the year, those by a movement whose place this one took among them."""
    return [one for one in facts.given if one.year == facts.year and facts.is_by(one, movement.key, rule.key)]


def _used(given: Sequence[GivenAward]) -> tuple[int, bool]:
    return sum(award.places for award in given), any(award.over for award in given)
