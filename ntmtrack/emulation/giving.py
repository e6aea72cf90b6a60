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
    year_of,
)
from ntmtrack.emulation.facts import MovementFacts
from ntmtrack.emulation.frequencies import Giver, first_of_part, had_before
from ntmtrack.emulation.givers import is_known_everywhere, may_be_name
from ntmtrack.emulation.person_names import reads_as_person
from ntmtrack.emulation.quota import quota_of
from ntmtrack.emulation.registers import GivenAward
from ntmtrack.errors import (
    AchievementNeeded,
    AcknowledgedOnly,
    AlreadyRewarded,
    AwardLevelNeeded,
    AwardOfOtherLevel,
    AwardOfOtherTier,
    HadThisAward,
    NotAtReview,
    NotForThisAward,
    NotRecognisedThen,
    PartRewarded,
    PersonAsRecipient,
    PlacesExceeded,
    RecipientNeeded,
    RecognitionFell,
)
from ntmtrack.i18n import _
from ntmtrack.model import KINDS, Act, Unit, kind_name


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
    AchievementNeeded, NotRecognisedThen, RecognitionFell, AcknowledgedOnly, AlreadyRewarded, HadThisAward,
    PartRewarded, PlacesExceeded, PersonAsRecipient.
    """
    _refuse_names(new, form)
    if form:
        _refuse_unfit(new, unit, form)
        new = _with_level(new, unit, form, facts)
    _refuse_without_ground(new, unit, form, facts)
    new = _with_achievement(new, unit, form)
    _refuse_twice(new, unit, form, facts)
    if form is None:
        return new._replace(over=None)
    if form.rule.ground is Ground.MOST_CRITERIA:
        return _one_of_part(new, unit, form, facts)
    return _within_places(new, unit, form, facts)


def _refuse_names(new: GivenAward, form: Form | None) -> None:
    """Raises PersonAsRecipient where the recipient of what may be a person's is told by a name."""
    rule, told = form.rule if form else None, new.recipient or ""
    is_private = rule is not None and rule.recipient.is_private and rule.for_each != AGENCY
    may_be_of_person = rule is None or rule.recipient.is_private or rule.recipient is Recipient.COLLECTIVE_OR_PERSON
    if (may_be_of_person and reads_as_person(told)) or (is_private and may_be_name(told)):
        raise PersonAsRecipient


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
    own = facts.recognitions.get(unit.id, ())
    found = [one.level for one in own if one.level in rule.levels and year_of(one) == facts.year]
    standing = list(dict.fromkeys(found))
    if len(standing) > 1:
        levels = ", ".join(level_words(level, new.year, unit.tier) for level in standing)
        raise AwardLevelNeeded(unit=unit.full_title, year=new.year, levels=levels)
    return new._replace(level=standing[0] if standing else rule.levels[0])


def _refuse_without_ground(new: GivenAward, unit: Unit, form: Form | None, facts: MovementFacts) -> None:
    """Raises for an award of a level without its recognition, given once that was revoked, or merely acknowledged."""
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
    if ground.basis is Act.ACKNOWLEDGED:
        raise AcknowledgedOnly(**words, other=_another(form))


def _another(form: Form | None) -> str:
    """How an award for another achievement is told: what a form has of its own no option changes."""
    if form is None or form.rule.ground is Ground.JUDGED:
        return _("--achievement TEXT")
    return _("--name TEXT --achievement TEXT (not --form {form}, which is for this alone)").format(form=form.rule.key)


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
        told = {"unit": unit.full_title, "achievement": new.achievement, "award": award_words(before)}
        raise AlreadyRewarded(**told, other=_another(form))
    whose = achievement if is_own else Giver(new.recipient or "", (unit.id,))
    if form and (had := had_before(form.movement, form.rule, facts, whose)):
        raise HadThisAward(
            **form.words,
            recipient=_named_recipient(new, unit, facts),
            frequency=form.rule.frequency.label,
            award=_award_of(had, facts),
            way=_way(had, new),
        )


def _named_recipient(new: GivenAward, unit: Unit, facts: MovementFacts) -> str:
    """Who was rewarded: a giver that is known within its unit alone with the unit."""
    if not new.recipient or is_known_everywhere(new.recipient, unit.id, facts):
        return new.recipient or unit.full_title
    return f"{new.recipient} ({unit.full_title})"


def _award_of(award: GivenAward, facts: MovementFacts) -> str:
    """An award with the unit that it is of."""
    return ", ".join(filter(None, (award_words(award), facts.titles.get(award.unit_id))))


def _way(had: GivenAward, new: GivenAward) -> str:
    """What may be done about an award that was given before: one of the unit and the year can be corrected."""
    if (had.unit_id, had.year) == (new.unit_id, new.year):
        return _("To correct the one on record: --reason TEXT")
    return _("See it: ntmtrack award --year {year}").format(year=had.year)


def _one_of_part(new: GivenAward, unit: Unit, form: Form, facts: MovementFacts) -> GivenAward:
    """The award, the reason for a second in its part kept; raises PartRewarded without one."""
    first = first_of_part(form.movement, form.rule, facts, unit.id)
    if first is None:
        return new._replace(over=None)
    if not new.over:
        raise PartRewarded(**form.words, unit=unit.full_title, first=_award_of(first, facts))
    return new


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
