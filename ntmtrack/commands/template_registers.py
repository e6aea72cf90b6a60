"""`template --what registrations`, `--what entries`: forms for what units register, and for the other registers."""

from collections import defaultdict
from datetime import date
from pathlib import Path

from ntmtrack.commands import Session
from ntmtrack.dates import show_day, year_end
from ntmtrack.emulation.registers import CRITERIA, LEVEL, TEXT, Registration
from ntmtrack.errors import UnknownFormat
from ntmtrack.files import refuse_foreign
from ntmtrack.i18n import _, number
from ntmtrack.ingest.register_forms import write_award_form, write_entry_form, write_registration_form
from ntmtrack.model import Tier, Unit
from ntmtrack.programmes import every_level, of_year
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.emulation import every_movement, registrations
from ntmtrack.storage.queries.participations import participants
from ntmtrack.storage.queries.scopes import whose
from ntmtrack.ways import way

_NEXT_FROM = 7  # the month from which on a form is for the next year


def make_registration_form(session: Session, file: Path, year: int | None, scope: str | None) -> None:
    """Writes the form of a year, the next one in the second half of a year, with what is on record filled in.

    Raises UnknownFormat, ScopeNeeded, and what `replacing` and finding the scope raise.
    """
    _refuse_unfit(file, "registrations")
    today = session.today
    of = year or today.year + (today.month >= _NEXT_FROM)
    with session.reading() as connection:
        on = min(year_end(of), today)
        owner = whose(connection, scope, on)
        # of a year in which all ended, as on 1/7/2025, those that stood when it began
        meant = _to_register(connection, owner, of, on) or _to_register(connection, owner, of, date(of, 1, 1))
        told = _on_record(connection, of)
    levels = list(dict.fromkeys(level.name for level in of_year(of).levels))
    rows = {unit.full_title: _cells(told[unit.id]) for unit in meant}
    write_registration_form(file, of, owner.title, levels, rows)
    text = way(
        _("Wrote {file}: form for {year}, {units} units; take it in: ntmtrack import {file} --what registrations"),
        _("Wrote {file}: form for {year}, {units} units; take it in again with: “Take in a file”"),
    )
    session.say(text.format(file=file, year=of, units=number(len(meant))))


def make_entry_form(session: Session, file: Path, scope: str | None) -> None:
    """Writes the blank form of the other registers; raises what the other form does."""
    _refuse_unfit(file, "entries")
    with session.reading() as connection:
        owner = whose(connection, scope, session.today)
    write_entry_form(file, owner.title)
    text = way(
        _("Wrote {file}: the registers of emulation; take it in: ntmtrack import {file} --what entries"),
        _("Wrote {file}: the registers of emulation; take it in again with: “Take in a file”"),
    )
    session.say(text.format(file=file))


def make_award_form(session: Session, file: Path, scope: str | None) -> None:
    """Writes the blank form of awards given; raises what the other form does."""
    _refuse_unfit(file, "awards")
    with session.reading() as connection:
        owner = whose(connection, scope, session.today)
        stored = [one for one in every_movement(connection) if one.replaced_by is None and one.scope_id == owner.id]
    write_award_form(file, owner.title, [rule.key for one in stored for rule in one.movement.awards])
    text = way(
        _("Wrote {file}: the awards given; take it in: ntmtrack import {file} --what awards"),
        _("Wrote {file}: the awards given; take it in again with: “Take in a file”"),
    )
    session.say(text.format(file=file))


def _refuse_unfit(file: Path, stem: str) -> None:
    if file.suffix.lower() != ".xlsx":
        raise UnknownFormat(file=file, stem=file.stem or stem, command="template")
    refuse_foreign(file)


def _to_register(connection: Connection, owner: Unit, year: int, on: date) -> list[Unit]:
    """The districts and communes of a unit that are counted or take part, in official order; a commune itself."""
    period = of_year(year)
    taking_part = participants(connection, period.key, on)
    every = [owner] if owner.tier is Tier.COMMUNE else units.every_unit(connection, on, owner.id)
    tiers = (Tier.DISTRICT, Tier.COMMUNE)
    return [
        unit
        for unit in every
        if unit.tier in tiers and (unit.kind in period.kinds_of(unit.tier) or unit.id in taking_part)
    ]


def _on_record(connection: Connection, year: int) -> dict[int, dict[str, Registration]]:
    """What each unit registered for the year, by kind of pledge; of several targets in words the last."""
    told: dict[int, dict[str, Registration]] = defaultdict(dict)
    for one in registrations(connection, year):
        told[one.unit_id][one.pledge] = one
    return told


def _cells(told: dict[str, Registration]) -> list[object]:
    """The cells of a unit's row behind its name."""
    level, more, text = (told.get(pledge) for pledge in (LEVEL, CRITERIA, TEXT))
    known = every_level().get(level.value) if level else None
    last = next(iter(told.values()), None)
    return [
        known.name if known else None,
        int(more.value) if more else None,
        text.value if text else None,
        show_day(last.sent_on) or None if last else None,
        last.document if last else None,
        last.note if last else None,
    ]
