"""What an award is given for: when two are for the same, and when what one was given for has been taken back."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from ntmtrack.dates import last_day, show_day
from ntmtrack.decisions import titled
from ntmtrack.emulation import AwardRule, Ground
from ntmtrack.emulation.registers import GivenAward
from ntmtrack.errors import YearOutsideProgrammes
from ntmtrack.i18n import _
from ntmtrack.model import Act, Recognition, Tier
from ntmtrack.programmes import known_level, of_year
from ntmtrack.text import squeeze

Rules = Mapping[tuple[str | None, str | None], AwardRule]  # of the movements on record, by movement and form
Recognitions = Mapping[int, Sequence[Recognition]]  # by unit


class AchievementKind(StrEnum):
    """By what an achievement is told from another."""

    LEVEL = "level"
    MOST_CRITERIA = "most-criteria"
    TEXT = "text"


class Achievement(NamedTuple):
    """What a unit did: reached a level within a programme, had the most criteria of a year, or another in words."""

    unit_id: int
    kind: AchievementKind
    which: str
    when: str


def achievement_of(award: GivenAward, rule: AwardRule | None) -> Achievement:
    """What an award was given for."""
    if award.level:
        return reached(award.unit_id, award.level, award.year)
    if rule and rule.ground is Ground.MOST_CRITERIA:
        return had_most(award.unit_id, award.year)
    return Achievement(award.unit_id, AchievementKind.TEXT, squeeze(award.achievement), str(award.year))


def reached(unit_id: int, level: str, year: int) -> Achievement:
    """A unit's reaching a level: once in each programme."""
    try:
        period = of_year(year).key
    except YearOutsideProgrammes:
        period = str(year)
    return Achievement(unit_id, AchievementKind.LEVEL, level, period)


def had_most(unit_id: int, year: int) -> Achievement:
    """A unit's having completed the most criteria in a year."""
    return Achievement(unit_id, AchievementKind.MOST_CRITERIA, "", str(year))


def is_of_unit(award: GivenAward, rule: AwardRule | None) -> bool:
    """Whether the unit itself was rewarded, and nobody in it."""
    return award.recipient is None and award.person is None and (rule is None or not rule.recipient.is_private)


def rewarded(
    achievement: Achievement, year: int, given: Sequence[GivenAward], rules: Rules, fallen: frozenset[int]
) -> GivenAward | None:
    """The award that the unit itself had for the same already, whichever its form; None where there is none.

    Of those in `fallen`, what they were given for was taken back: they stand in the way of another year's no more.
    """
    for award in given:
        rule = rules.get((award.movement, award.form))
        is_same = is_of_unit(award, rule) and achievement_of(award, rule) == achievement
        if is_same and not (award.id in fallen and award.year != year):
            return award
    return None


def year_of(recognition: Recognition) -> int:
    """The year that a recognition is for, or by which it was known."""
    return recognition.year or int((recognition.known_by or "0")[:4])


def is_revoked(recognition: Recognition, on: date) -> bool:
    """Whether it was taken back by a day; a day that is known to the month or the year counts from its last."""
    return recognition.revoked_on is not None and last_day(recognition.revoked_on) <= on


def ground_of(award: GivenAward, recognitions: Recognitions, on: date) -> Recognition | None:
    """The recognition that an award of a level rests on: one that stands, else the last; None where there is none."""
    fitting = [
        one for one in recognitions.get(award.unit_id, ()) if one.level == award.level and year_of(one) == award.year
    ]
    standing = [one for one in fitting if not is_revoked(one, on)]
    in_order = sorted(standing or fitting, key=lambda one: one.basis is not Act.ACKNOWLEDGED)
    return next(reversed(in_order), None)


def fallen_awards(given: Sequence[GivenAward], recognitions: Recognitions, on: date) -> dict[int, Recognition]:
    """The awards, by id, whose recognition was taken back by a day, with that recognition."""
    grounds = ((award.id, ground_of(award, recognitions, on)) for award in given if award.level)
    return {key: ground for key, ground in grounds if key is not None and ground and is_revoked(ground, on)}


def award_words(award: GivenAward) -> str:
    """“A1 Cờ thi đua …, năm 2023, Quyết định 12/QĐ-UBND ngày …”."""
    name = f"{award.form} {award.name}" if award.form else award.name
    parts = [name, _("year {year}").format(year=award.year)]
    if award.number and award.signed_on:
        text = _("{decision} of {day}")
        parts.append(text.format(decision=titled(award.number), day=show_day(award.signed_on)))
    elif award.number:
        parts.append(titled(award.number))
    return ", ".join(parts)


def level_words(key: str, year: int, tier: Tier) -> str:
    """What a level of the programme of a year is called."""
    try:
        level = known_level(of_year(year).key, key, tier)
    except YearOutsideProgrammes:
        return key
    return level.label if level else key
