"""The blank form of a roadmap, with what the ledger knows of it."""

import sqlite3
from pathlib import Path

from ntmtrack.errors import NotInProgramme, ScopeNeeded, UnknownFormat
from ntmtrack.files import refuse_foreign
from ntmtrack.i18n import _, number
from ntmtrack.model import Programme, Tier, Unit
from ntmtrack.office.invocation import Invocation
from ntmtrack.office.plan_units import stood_in
from ntmtrack.office.scopes import find_scope
from ntmtrack.programmes import every, of_year
from ntmtrack.sheets.roadmap_blank import Blank, write_blank
from ntmtrack.storage.queries import roadmaps, units
from ntmtrack.text import squeeze

_BELOW = {
    Tier.PROVINCE: (Tier.DISTRICT, Tier.COMMUNE),
    Tier.DISTRICT: (Tier.DISTRICT, Tier.COMMUNE),
    Tier.COMMUNE: (Tier.COMMUNE,),
}


def make(call: Invocation, file: Path, scope: str | None, year: int | None) -> None:
    """Writes the form to `file`; raises UnknownFormat, NotInProgramme, ScopeNeeded, and what it calls may raise."""
    if file.suffix.lower() != ".xlsx":
        raise UnknownFormat(file=file, stem=file.stem or "plan", command="roadmap new")
    refuse_foreign(file)
    with call.reading() as connection:
        unit = find_scope(connection, scope) if scope else units.sole_province(connection)
        if unit is None:
            raise ScopeNeeded()
        own = of_year(year) if year else _last_of(connection, unit, call.today.year)
        blank = _blank(connection, unit, own)
    if not stood_in(unit, own):
        raise NotInProgramme(programme=own.key, scope=unit.title)
    count = write_blank(file, blank)
    text = _('Wrote {file}: {count} lines for {scope}, {programme}; take it in with: ntmtrack roadmap import "{file}"')
    call.say(text.format(file=file, count=number(count), scope=unit.title, programme=own.key))
    running = _begun(call.today.year)[-1]
    if year is None and running != own and stood_in(unit, running):
        call.say(_("For {programme}: --year {year}").format(programme=running.key, year=running.first_year))


def _begun(year: int) -> list[Programme]:
    """The programmes that had begun by the end of a year, the last one at the end."""
    return [one for one in every() if one.first_year <= year]


def _last_of(connection: sqlite3.Connection, unit: Unit, year: int) -> Programme:
    """The last programme begun in which the unit stood, and units of the ledger inside it, where it holds any."""
    standing = [own for own in _begun(year) if stood_in(unit, own)] or _begun(year)[-1:]
    counted = [own for own in standing if _has_units(connection, unit, own)]
    return (counted or standing)[-1]


def _has_units(connection: sqlite3.Connection, unit: Unit, own: Programme) -> bool:
    """Whether the ledger has units inside `unit` that the programme counts, in its years."""
    kinds = [kind for kinds in own.counted.values() for kind in kinds]
    last = units.last_standing_day(connection, unit.id, kinds, own.first_year)
    return last is not None and int(last[:4]) >= own.first_year


def _blank(connection: sqlite3.Connection, unit: Unit, own: Programme) -> Blank:
    head: dict[str, str | int] = {
        "key": _free_key(connection, f"{_slug(unit.name)}-{own.key}"),
        "issuer": f"UBND {unit.title}",
        "programme": own.key,
        "scope_code": unit.code or "",
        "scope_name": unit.title,
        "base_year": own.first_year - 1,
    }
    return Blank(head, own, [tier for tier in _BELOW[unit.tier] if own.levels_of(tier) and tier in own.counted])


def _slug(name: str) -> str:
    """A name as keys have it: "kien-giang"."""
    return "-".join(filter(None, (squeeze(word) for word in name.split())))


def _free_key(connection: sqlite3.Connection, key: str) -> str:
    """A key that no roadmap on record has: kien-giang-2021-2025, kien-giang-2021-2025-2."""
    taken = {held.plan.key for held in roadmaps.every(connection)}
    further = (f"{key}-{place}" for place in range(2, len(taken) + 2))
    return next(one for one in (key, *further) if one not in taken)
