"""`units`: the units that fit a search, with their highest levels, as they stand today or stood on a day."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ntmtrack.commands.criteria import applied_to
from ntmtrack.commands.lists import with_levels
from ntmtrack.commands.question import ReportOptions, resolve
from ntmtrack.errors import NothingToCount, NotYet, NoUnits
from ntmtrack.i18n import _, day, number
from ntmtrack.model import KINDS, Tier, Unit
from ntmtrack.programmes import of_year
from ntmtrack.reports import Report
from ntmtrack.reports.units import UnitWithLevel, units_list
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.criteria import words_applying
from ntmtrack.storage.queries.participations import participants
from ntmtrack.storage.queries.scopes import find_scope
from ntmtrack.storage.queries.unit_lists import complete_since
from ntmtrack.storage.queries.units import sole_province, standing_on
from ntmtrack.text import fold, fold_keys, plain
from ntmtrack.units import take_apart
from ntmtrack.ways import quoted


class UnitSearch(NamedTuple):
    """What to look for among the units."""

    text: str = ""
    scope: str | None = None
    kind: str | None = None
    tier: str | None = None
    on: date | None = None
    participating: bool = False
    group: str | None = None


def search_units(connection: Connection, search: UnitSearch, today: date) -> Report:
    """The units that fit, with their highest levels, in official order: those of a day, else those that stand today.

    Where a name is looked for, or none stands any more, every unit is meant, in its last version.
    """
    on = search.on or today
    if on > today:
        raise NotYet(day=day(on), today=day(today), option="--on")
    scope = find_scope(connection, search.scope, standing_on(on)) if search.scope else None
    fitting = _fitting(connection, search, scope, on)
    title = _("Units of {scope}").format(scope=scope.title) if scope else _("Units")
    if search.group:
        title = f"{title}: {applied_to(search.group)}"
    if search.on:
        title = _("{title} on {day}").format(title=title, day=day(search.on))
    since = complete_since(connection, scope, on)
    listed_on = date.fromisoformat(since) if since and since > on.isoformat() else None
    report = units_list(_with_levels(connection, fitting, search.on, today), title, listed_on)
    ended = "" if fitting or search.on else _ended_note(connection, search, scope)
    return report._replace(notes=[ended]) if ended else report


def _fitting(connection: Connection, search: UnitSearch, scope: Unit | None, on: date) -> list[Unit]:
    """The units that fit, as they stand on a day; see `search_units` for when others are meant."""
    scope_id, villages = scope.id if scope else None, _asks_for_villages(search, scope)
    every = units.every_unit(connection, on, scope_id, villages=villages)
    if search.on is None and (search.text.strip() or not every):
        every = units.every_unit(connection, scope=scope_id, villages=villages)
    fitting = [unit for unit in every if _fits(unit, search) and unit.tier is not Tier.PROVINCE]
    if search.participating:
        taking_part = participants(connection, of_year(on.year).key, on)
        fitting = [unit for unit in fitting if unit.id in taking_part]
    if search.group:
        word, words = applied_to(search.group), words_applying(connection, on.isoformat())
        fitting = [unit for unit in fitting if word in words.get(unit.id, ())]
    return fitting


def _ended_note(connection: Connection, search: UnitSearch, scope: Unit | None) -> str:
    """That none that fits stands any more, until when the last did and how to list them; "" where there were none."""
    scope_id, villages = scope.id if scope else None, _asks_for_villages(search, scope)
    every = units.every_unit(connection, scope=scope_id, villages=villages)
    ends = {unit.until for unit in every if unit.until and _fits(unit, search) and unit.tier is not Tier.PROVINCE}
    if not ends:
        return ""
    last = date.fromisoformat(max(ends)) - timedelta(days=1)
    then = len(_fitting(connection, search._replace(on=last), scope, last))
    if not then:
        return ""
    text = _("Nothing that fits stands today; until {day} there were {count}: {line}")
    return text.format(count=number(then), day=day(last), line=_line(search._replace(on=last)))


def _line(search: UnitSearch) -> str:
    """The command line of a search, to be copied."""
    told = {
        "": search.text.strip(),
        "--scope": search.scope,
        "--kind": search.kind,
        "--tier": search.tier,
        "--group": search.group,
        "--on": day(search.on) if search.on else None,
    }
    parts = [part for option, value in told.items() if value for part in (option, quoted(value)) if part]
    return " ".join(["ntmtrack units", *parts, *(["--participating"] if search.participating else [])])


def _asks_for_villages(search: UnitSearch, scope: Unit | None) -> bool:
    """Whether villages are meant too: these are listed where they are asked for, by name, or of one commune."""
    if search.tier or search.kind:
        return search.tier == Tier.VILLAGE or search.kind in KINDS[Tier.VILLAGE]
    return bool(search.text.strip()) or (scope is not None and scope.tier is Tier.COMMUNE)


def _fits(unit: Unit, search: UnitSearch) -> bool:
    if (search.kind and unit.kind != search.kind) or (search.tier and unit.tier != search.tier):
        return False
    if not search.text.strip() or unit.code == search.text.strip():
        return True
    return any(
        key in fold(unit.name)
        and reading.kind in (None, unit.kind)
        and all(plain(place) in plain(unit.parent_name or "") for place in reading.places)
        for reading in take_apart(search.text).readings
        for key in fold_keys(reading.name)
    )


def _with_levels(connection: Connection, units: Sequence[Unit], as_of: date | None, today: date) -> list[UnitWithLevel]:
    try:
        of = sole_province(connection, as_of or today)
        spec = resolve(connection, ReportOptions(as_of=as_of), today, of=of)
    except (NothingToCount, NoUnits):
        return [UnitWithLevel(unit, None) for unit in units]
    return with_levels(connection, spec, units)
