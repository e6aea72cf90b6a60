"""How often a form of award may be given: after which award it may not be given to a recipient once more. Pure."""

from typing import NamedTuple

from ntmtrack.emulation import AwardRule, Frequency, Ground, Movement
from ntmtrack.emulation.achievements import Achievement, achievement_of, fallen_awards, is_of_unit
from ntmtrack.emulation.facts import MovementFacts
from ntmtrack.emulation.givers import is_known_everywhere
from ntmtrack.emulation.registers import GivenAward
from ntmtrack.text import squeeze


class Giver(NamedTuple):
    """A giver by name, with the units that it gave to, or in which it is rewarded."""

    name: str
    unit_ids: tuple[int, ...]


def had_before(
    movement: Movement, rule: AwardRule, facts: MovementFacts, whose: Achievement | Giver | None
) -> GivenAward | None:
    """The award of this form after which it may not be given once more: to the unit itself, or to a giver by name."""
    fallen = fallen_awards(facts.given, facts.recognitions, facts.day)
    for award in facts.given:
        if not facts.is_by(award, movement.key, rule.key) or award.id in fallen:
            continue
        bars_unit = isinstance(whose, Achievement) and _bars_unit(award, rule, facts.year, whose)
        if bars_unit or (isinstance(whose, Giver) and _bars_giver(award, rule, facts, whose)):
            return award
    return None


def first_of_part(movement: Movement, rule: AwardRule, facts: MovementFacts, unit_id: int) -> GivenAward | None:
    """The award of the year that another unit of the part has: of the most criteria there is one for each part."""
    part = facts.parts.get(unit_id)
    if rule.ground is not Ground.MOST_CRITERIA or part is None:
        return None
    own = (one for one in facts.given if one.year == facts.year and facts.is_by(one, movement.key, rule.key))
    return next((one for one in own if one.unit_id != unit_id and facts.parts.get(one.unit_id) == part), None)


def _bars_unit(award: GivenAward, rule: AwardRule, year: int, achievement: Achievement) -> bool:
    if award.unit_id != achievement.unit_id or not is_of_unit(award, rule):
        return False
    if rule.frequency is Frequency.ONCE_PER_LEVEL:
        return achievement_of(award, rule)[:3] == achievement[:3]
    return _bars(award, rule, year)


def _bars_giver(award: GivenAward, rule: AwardRule, facts: MovementFacts, giver: Giver) -> bool:
    name = squeeze(giver.name)
    if rule.places is not None or not name or squeeze(award.recipient or "") != name:
        return False
    is_one = award.unit_id in giver.unit_ids or any(
        is_known_everywhere(giver.name, unit, facts) for unit in giver.unit_ids
    )
    return is_one and _bars(award, rule, facts.year)


def _bars(award: GivenAward, rule: AwardRule, year: int) -> bool:
    """Whether after an award to a recipient the form may not be given to it once more."""
    if rule.frequency is Frequency.OPEN:
        return False
    return rule.frequency is Frequency.ONCE or award.year == year
