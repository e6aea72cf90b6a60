"""What may be recorded of an award: the checks of one against its rule, the unit's recognitions, what was given."""

from typing import NamedTuple

from ntmtrack.dates import last_day, show_day
from ntmtrack.emulation import AGENCY, AwardRule, Ground, Movement, Recipient
from ntmtrack.emulation.achievements import (
    achievement_of,
    award_words,
    fallen_awards,
    ground_of,
    is_of_unit,
    is_revoked,
    level_words,
    rewarded,
)
from ntmtrack.emulation.facts import MovementFacts, newly_recognised
from ntmtrack.emulation.frequencies import had_before
from ntmtrack.emulation.quota import quota_of
from ntmtrack.emulation.registers import GivenAward
from ntmtrack.errors import (
    AchievementNeeded,
    AlreadyRewarded,
    AwardLevelNeeded,
    AwardOfOtherLevel,
    AwardOfOtherTier,
    HadThisAward,
    NotAtReview,
    NotForThisAward,
    NotRecognisedThen,
    PlacesExceeded,
    RecipientNeeded,
    RecognitionFell,
)
from ntmtrack.model import KINDS, Unit, kind_name


class Form(NamedTuple):
    """A form of award of a movement."""

    movement: Movement
    rule: AwardRule

    @property
    def words(self) -> dict[str, object]:
        """The facts by which refusals name it."""
        return {"form": self.rule.key, "cite": self.rule.cite, "movement": self.movement.key}


def checked(new: GivenAward, unit: Unit, form: Form | None, facts: MovementFacts) -> GivenAward:
    """The award as it is to be kept: with its level, what it is for; `facts` are of its year, with the unit.

    Raises AwardOfOtherTier, AwardOfOtherLevel, AwardLevelNeeded, NotAtReview, NotForThisAward, RecipientNeeded,
    AchievementNeeded, NotRecognisedThen, RecognitionFell, AlreadyRewarded, HadThisAward, PlacesExceeded.
    """
    if form:
        _refuse_unfit(new, unit, form)
        new = _with_level(new, unit, form, facts)
    _refuse_without_ground(new, unit, facts)
    new = _with_achievement(new, unit, form)
    _refuse_twice(new, unit, form, facts)
    return _within_places(new, unit, form, facts) if form else new._replace(over=None)


def _refuse_unfit(new: GivenAward, unit: Unit, form: Form) -> None:
    """Raises for a unit, a year, a recipient that the form is not for."""
    rule = form.rule
    if rule.tier and unit.tier is not rule.tier:
        raise AwardOfOtherTier(**form.words, kind=kind_name(KINDS[rule.tier][0]), unit=unit.full_title)
    if rule.years and new.year not in rule.years:
        raise NotAtReview(**form.words, years=", ".join(map(str, rule.years)), year=new.year)
    if rule.recipient is Recipient.UNIT:
        told = {"--recipient": new.recipient, "--person": new.person, "--places": new.places > 1}
        if options := [option for option, value in told.items() if value]:
            raise NotForThisAward(**form.words, options=", ".join(options), recipient=rule.recipient.label)
    is_of_giver = rule.ground is Ground.CONTRIBUTION and rule.recipient is Recipient.COLLECTIVE
    if (is_of_giver or rule.for_each == AGENCY) and not new.recipient:
        raise RecipientNeeded(**form.words)


def _with_level(new: GivenAward, unit: Unit, form: Form, facts: MovementFacts) -> GivenAward:
    """The award with the level that it is for: as told, or the only one at which the unit was recognised."""
    rule = form.rule
    if rule.ground is not Ground.RECOGNITION:
        return new
    if new.level:
        if new.level not in rule.levels:
            levels = ", ".join(level_words(level, new.year, unit.tier) for level in rule.levels)
            told = level_words(new.level, new.year, unit.tier)
            raise AwardOfOtherLevel(**form.words, levels=levels, level=told)
        return new
    found = [one.level for of, one in newly_recognised(rule, facts) if of == unit.id]
    standing = list(dict.fromkeys(found))
    if len(standing) > 1:
        levels = ", ".join(level_words(level, new.year, unit.tier) for level in standing)
        raise AwardLevelNeeded(unit=unit.full_title, year=new.year, levels=levels)
    return new._replace(level=standing[0] if standing else rule.levels[0])


def _refuse_without_ground(new: GivenAward, unit: Unit, facts: MovementFacts) -> None:
    """Raises for an award of a level without its recognition, or given once that had been revoked."""
    if new.level is None:
        return
    words = {"unit": unit.full_title, "level": level_words(new.level, new.year, unit.tier), "year": new.year}
    given_on = min(last_day(new.signed_on), facts.day) if new.signed_on else facts.day
    ground = ground_of(new, facts.recognitions, given_on)
    if ground is None:
        own = facts.recognitions.get(unit.id, ())
        known = ", ".join(f"{level_words(one.level, new.year, unit.tier)} {one.since()[:4]}" for one in own)
        raise NotRecognisedThen(**words, known=known or "–")
    if is_revoked(ground, given_on):
        raise RecognitionFell(**words, revoked=show_day(ground.revoked_on))


def _with_achievement(new: GivenAward, unit: Unit, form: Form | None) -> GivenAward:
    """The award with what it is for in words: as told, the level, else what the rule says; raises AchievementNeeded."""
    if new.achievement:
        return new
    if new.level:
        return new._replace(achievement=level_words(new.level, new.year, unit.tier))
    if form and (form.rule.ground is not Ground.JUDGED or form.rule.places):
        return new._replace(achievement=form.rule.says)
    raise AchievementNeeded(unit=unit.full_title)


def _refuse_twice(new: GivenAward, unit: Unit, form: Form | None, facts: MovementFacts) -> None:
    """Raises where the unit itself, or the giver, was rewarded for this, or had the form as often as may be."""
    rule = form.rule if form else None
    is_own = is_of_unit(new, rule)
    achievement = achievement_of(new, rule)
    fallen = frozenset(fallen_awards(facts.given, facts.recognitions, facts.day))
    if is_own and (before := rewarded(achievement, new.year, facts.given, facts.rules, fallen)):
        raise AlreadyRewarded(unit=unit.full_title, achievement=new.achievement, award=award_words(before))
    if form and (had := had_before(form.movement, form.rule, facts, achievement if is_own else new.recipient)):
        recipient, often = new.recipient or unit.full_title, form.rule.frequency.label
        raise HadThisAward(**form.words, recipient=recipient, frequency=often, award=award_words(had))


def _within_places(new: GivenAward, unit: Unit, form: Form, facts: MovementFacts) -> GivenAward:
    """The award, its reason for going beyond the places kept where it does; raises PlacesExceeded without one."""
    if form.rule.places is None:
        return new._replace(over=None)
    quota = quota_of(form.movement, form.rule, facts, new)
    if new.places <= quota.left:
        return new._replace(over=None)
    if not new.over:
        whose = quota.agency or unit.full_title
        counts = {"earned": quota.earned, "used": quota.used, "left": max(quota.left, 0), "places": new.places}
        raise PlacesExceeded(**form.words, **counts, whose=whose, year=new.year)
    return new
