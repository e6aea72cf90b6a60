"""How often a form of award may be given: after which award it may not be given to a recipient once more. Pure."""

from ntmtrack.emulation import AwardRule, Frequency, Movement
from ntmtrack.emulation.achievements import Achievement, achievement_of, fallen_awards, is_of_unit
from ntmtrack.emulation.facts import MovementFacts
from ntmtrack.emulation.registers import GivenAward
from ntmtrack.text import squeeze


def had_before(
    movement: Movement, rule: AwardRule, facts: MovementFacts, whose: Achievement | str | None
) -> GivenAward | None:
    """The award of this form after which it may not be given once more: to the unit itself, or to a giver by name."""
    fallen = fallen_awards(facts.given, facts.recognitions, facts.day)
    for award in facts.given:
        if (award.movement, award.form) != (movement.key, rule.key) or award.id in fallen:
            continue
        bars_unit = isinstance(whose, Achievement) and _bars_unit(award, rule, facts.year, whose)
        if bars_unit or (isinstance(whose, str) and _bars_giver(award, rule, facts.year, whose)):
            return award
    return None


def _bars_unit(award: GivenAward, rule: AwardRule, year: int, achievement: Achievement) -> bool:
    if award.unit_id != achievement.unit_id or not is_of_unit(award, rule):
        return False
    if rule.frequency is Frequency.ONCE_PER_LEVEL:
        return achievement_of(award, rule)[:3] == achievement[:3]
    return _bars(award, rule, year)


def _bars_giver(award: GivenAward, rule: AwardRule, year: int, party: str) -> bool:
    is_same = rule.places is None and squeeze(party) and squeeze(award.recipient or "") == squeeze(party)
    return bool(is_same) and _bars(award, rule, year)


def _bars(award: GivenAward, rule: AwardRule, year: int) -> bool:
    """Whether after an award to a recipient the form may not be given to it once more."""
    if rule.frequency is Frequency.OPEN:
        return False
    return rule.frequency is Frequency.ONCE or award.year == year
