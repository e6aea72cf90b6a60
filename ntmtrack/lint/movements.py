"""What is wrong in the rules of an emulation movement, or worth knowing before they are used; by the document alone."""

from collections.abc import Iterator

from ntmtrack.dates import first_day, last_day, show_day
from ntmtrack.emulation import RECOGNISED, AwardRule, Condition, Deadline, Ground, Grouping, Movement, Need, due_by
from ntmtrack.i18n import _, day
from ntmtrack.lint import Finding, Weight, units_word
from ntmtrack.model import Tier
from ntmtrack.programmes import programme


def check_movement(movement: Movement) -> list[Finding]:
    """Everything that is found, in the order of the document's sections: dates, awards, conditions."""
    return [*_of_dates(movement), *_of_awards(movement), *_of_conditions(movement)]


def _finding(check: str, weight: Weight, rule: Deadline | AwardRule | Condition, text: str) -> Finding:
    return Finding(check, weight, None, None, rule.cite, f"{rule.key}: {text}")


def _of_dates(movement: Movement) -> Iterator[Finding]:
    for date in movement.deadlines:
        yield from _without_units(movement, date)
        if date.once:
            yield from _outside(movement, date, date.once)


def _without_units(movement: Movement, rule: Deadline | AwardRule | Condition) -> Iterator[Finding]:
    """That a rule is for units of a tier that does not stand while the movement goes on."""
    if rule.tier in (None, Tier.VILLAGE) or rule.tier in programme(movement.programme).counted:
        return
    text = _("it is for {units}, of which there are none in {period}; say for whom it is now")
    yield _finding(
        "tier", Weight.DOUBT, rule, text.format(units=units_word(Tier(rule.tier)), period=movement.programme)
    )


def _outside(movement: Movement, date: Deadline, told: str) -> Iterator[Finding]:
    """That a day falls before both the document and its movement, or more than a year after it."""
    begins, due = min(first_day(movement.begins_on), first_day(movement.issued_on)), due_by(told)
    if not begins <= due or due.year > last_day(movement.ends_on).year + 1:
        text = _("{day} lies far from the movement, {begins}–{ends}: is it a slip?")
        told_days = {"begins": show_day(movement.begins_on), "ends": show_day(movement.ends_on)}
        yield _finding("day", Weight.DOUBT, date, text.format(day=day(due), **told_days))


def _of_awards(movement: Movement) -> Iterator[Finding]:
    for award in movement.awards:
        yield from _without_units(movement, award)
        if award.ground is Ground.MOST_CRITERIA and _has_no_parts(movement):
            text = _("it compares communes in each district, and there are none in {period}; group by block")
            yield _finding("grouping", Weight.DOUBT, award, text.format(period=movement.programme))
        if _lacks_places(award):
            text = _("how many {recipients} for each unit is not told: no places are counted")
            yield _finding("places", Weight.NOTE, award, text.format(recipients=award.recipient.label))


def _has_no_parts(movement: Movement) -> bool:
    return movement.grouping is Grouping.DISTRICT and Tier.DISTRICT not in programme(movement.programme).counted


def _lacks_places(award: AwardRule) -> bool:
    """Whether persons or households of each recognised unit are rewarded, and it is open how many."""
    return (
        award.recipient.is_private
        and award.ground is Ground.RECOGNITION
        and award.for_each == RECOGNISED
        and award.places is None
    )


def _of_conditions(movement: Movement) -> Iterator[Finding]:
    rewarded = {award.tier for award in movement.awards}
    for condition in movement.conditions:
        yield from _without_units(movement, condition)
        if not condition.awards and condition.tier not in rewarded:
            text = _("no form of award is for {units}: it holds for nobody")
            yield _finding("idle", Weight.NOTE, condition, text.format(units=units_word(condition.tier)))
        if condition.need is Need.HIGHEST_GAIN and condition.tier is not Tier.DISTRICT and _has_no_parts(movement):
            text = _("it compares communes in each district, and there are none in {period}; group by block")
            yield _finding("grouping", Weight.DOUBT, condition, text.format(period=movement.programme))
