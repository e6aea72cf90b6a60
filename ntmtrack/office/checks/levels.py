"""Checks of levels: their order, the ones below, the years and days of recognitions, units that had ended."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from ntmtrack.dates import first_day, last_day, show_day
from ntmtrack.i18n import _
from ntmtrack.lint import Weight
from ntmtrack.model import Recognition
from ntmtrack.office.checks.books import Books, Found
from ntmtrack.programmes import known_level, programme
from ntmtrack.rules import comes_before, evidence, ladder

_YEARS_APART = 2


def order(books: Books) -> Iterator[Found]:
    """A level dated before the one below it."""
    for unit_id, known in books.recognitions.items():
        standing = [one for one in known if one.revoked_on is None]
        for one, other in combinations(sorted(standing, key=_rank), 2):
            judge = ladder(one, other)
            if judge and judge.level(one.level).rank < judge.level(other.level).rank and comes_before(other, one):
                text = _("{unit}: {level} ({evidence}) comes before {below} ({below_evidence})")
                said = text.format(
                    unit=books.title(unit_id),
                    level=_label(other),
                    evidence=evidence(other),
                    below=_label(one),
                    below_evidence=evidence(one),
                )
                yield Found(Weight.DOUBT, said, [books.title(unit_id)])


def prerequisite(books: Books) -> Iterator[Found]:
    """A level of which not every lower one is on record."""
    census = books.census
    for one in census.units:
        held = census.by_level(one)
        level = census.level(one.rank)
        missing = [lower.label for lower in census.programme.levels[: one.rank] if lower.key not in held]
        if level and missing:
            text = _("{unit}: {level} is on record, {missing} is not; it counts toward that from then on")
            said = text.format(unit=one.unit.full_title, level=level.label, missing=", ".join(missing))
            yield Found(Weight.NOTE, said, [one.unit.full_title])


def decision_years(books: Books) -> Iterator[Found]:
    """Decisions signed before the year that they are for, or more than two years after."""
    for unit_id, known in books.recognitions.items():
        for one in known:
            iso = one.decided_on
            if not iso or one.year is None:
                continue
            if last_day(iso) < date(one.year, 1, 1):
                text, weight = _("{unit}: {level} for {year} was decided on {day}, before that year"), Weight.DOUBT
            elif first_day(iso).year > one.year + _YEARS_APART:
                text = _("{unit}: {level} for {year} was decided on {day}, more than two years after")
                weight = Weight.NOTE
            else:
                continue
            title = books.title(unit_id)
            said = text.format(unit=title, level=_label(one), year=one.year, day=show_day(iso))
            yield Found(weight, said, [title])


def ended(books: Books) -> Iterator[Found]:
    """Units recognised for a year in which they did not stand, or were of a kind that is not counted."""
    for unit_id, known in books.recognitions.items():
        for one in known:
            if one.year is None:
                continue
            alive = [version for version in books.versions[unit_id] if version.alive_in(one.year)]
            counted = programme(one.programme).counted
            title = books.title(unit_id)
            if not alive:
                text = _("{unit}: {level} for {year}, when the unit did not stand")
            elif not any(version.kind in counted.get(version.tier, ()) for version in alive):
                text = _("{unit}: {level} for {year}, when units of its kind were not counted")
            else:
                continue
            yield Found(Weight.DOUBT, text.format(unit=title, level=_label(one), year=one.year), [title])


def successions(books: Books) -> Iterator[Found]:
    """A unit and the one that took its place, both counted at the moment."""
    from ntmtrack.storage.queries import units

    counted = {one.unit.id: one.rank for one in books.census.units}
    for predecessor, successor, day in units.successions(books.connection):
        if day <= books.at.moment.units_on.isoformat() and predecessor in counted and successor in counted:
            names = [books.title(predecessor), books.title(successor)]
            text = _("{unit} went into {successor} on {day}, and both are counted")
            said = text.format(unit=names[0], successor=names[1], day=show_day(day))
            yield Found(Weight.DOUBT, said, names)


def _rank(known: Recognition) -> int:
    level = known_level(known.programme, known.level)
    return level.rank if level else 0


def _label(known: Recognition) -> str:
    level = known_level(known.programme, known.level)
    return level.label if level else known.level
