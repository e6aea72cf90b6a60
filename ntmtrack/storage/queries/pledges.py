"""What the ledger says against a pledge of a unit: a level that it has, more criteria than it has left."""

from collections.abc import Sequence
from datetime import date

from ntmtrack.assessment import check_set_for
from ntmtrack.dates import first_day, last_day, show_day, year_end
from ntmtrack.emulation.registers import CRITERIA, LEVEL, Registration
from ntmtrack.errors import LevelHeld, LevelOfSetEnded, MoreThanAreLeft, MoreThanThereAre, NoSetToCount
from ntmtrack.i18n import number
from ntmtrack.model import Basis, Level, Programme, Unit
from ntmtrack.programmes import find_level, is_level, listed, of_year
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.programmes.criteria.files import criteria_set, main_set
from ntmtrack.programmes.ladders import KEPT, ladder_of
from ntmtrack.rules import check_stood, check_unit, evidence
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.criteria import latest_met
from ntmtrack.storage.queries.recognitions import recognitions_of_unit
from ntmtrack.storage.queries.standings import View, counting


def set_counted(year: int, unit: Unit) -> CriteriaSet | None:
    """The set by which the criteria of a unit are counted in a year; None where none is known."""
    found = main_set(of_year(year).key, unit.tier, unit.kind)
    return criteria_set(found.of) if found and found.of and not found.criteria else found


def check_sent(versions: Sequence[Unit], new: Registration) -> None:
    """Refuses what a unit sent itself on a day on which it did not stand; raises UnitNotAlive."""
    if new.sent_on and new.sender_id is None:
        days = first_day(new.sent_on).isoformat(), last_day(new.sent_on).isoformat()
        check_stood(versions, *days, show_day(new.sent_on))


def pledge_of_unit(connection: Connection, unit: Unit, new: Registration, today: date) -> Registration:
    """The pledge of a unit, its level by its key, checked against what the ledger tells of the unit.

    Raises UnknownLevel, LevelOfSetEnded, KindNotCounted, LevelHeld, NoSetToCount, SetOfAnotherTier, MoreThanThereAre,
    MoreThanAreLeft.
    """
    new = new._replace(unit_id=unit.id)
    if new.pledge == LEVEL:
        level = _level(unit, new)
        check_unit(units.versions(connection, unit.id), of_year(new.year), new.year, also_uncounted=True)
        _refuse_held(connection, unit, new, level, today)
        return new._replace(value=level.key)
    if new.pledge == CRITERIA:
        _refuse_more(connection, unit, new, today)
    return new


def _level(unit: Unit, new: Registration) -> Level:
    """The level that is pledged, of the set by which the year counts; raises UnknownLevel, LevelOfSetEnded."""
    running = of_year(new.year)
    before = ladder_of(running, KEPT)
    if not is_level(running, new.value, unit.tier) and is_level(before, new.value, unit.tier):
        levels = listed(running.levels_of(unit.tier))
        raise LevelOfSetEnded(programme=running.key, year=new.year, level=new.value, before=before.key, levels=levels)
    return find_level(running, new.value, unit.tier)


def ladder_with(period: Programme, level: str) -> Programme:
    """The programme as the ladder on which a level stands: one that stands by itself is its only rung."""
    return period if level in {one.key for one in period.levels} else period.of_apart(level)


def _refuse_held(connection: Connection, unit: Unit, new: Registration, level: Level, today: date) -> None:
    """Raises LevelHeld where the unit has the level, or one above it, before the year begins."""
    ladder = ladder_with(of_year(new.year), level.key)
    on = min(year_end(new.year - 1), today)
    ids, ranks = counting(connection, View(ladder, Basis.YEAR, None, today), on), ladder.ranks()
    for one in recognitions_of_unit(connection, unit.id):
        if one.id in ids and ranks.get(one.origin, 0) >= level.rank:
            held = ladder.level(one.level) if one.programme == ladder.key else level
            raise LevelHeld(unit=unit.full_title, level=held.label, evidence=evidence(one), year=new.year)


def _refuse_more(connection: Connection, unit: Unit, new: Registration, today: date) -> None:
    """Raises MoreThanAreLeft where the last assessment before the year leaves fewer, MoreThanThereAre of any unit."""
    of_set = set_counted(new.year, unit)
    on = min(year_end(new.year - 1), today).isoformat()
    if of_set is None or not of_set.total:
        raise NoSetToCount(unit=unit.full_title, year=new.year)
    check_set_for(of_set, unit, f"{new.year}-12-31")
    pledged = int(new.value)
    facts = {"unit": unit.full_title, "pledged": number(pledged), "total": number(of_set.total)}
    if pledged > of_set.total:
        raise MoreThanThereAre(**facts, criteria_set=of_set.key)
    found = latest_met(connection, of_set.key, on).get(unit.id)
    if found and pledged > of_set.total - found[0]:
        left = number(of_set.total - found[0])
        raise MoreThanAreLeft(**facts, left=left, met=number(found[0]), day=show_day(found[3]))
