"""`entry`: what is kept in the other registers of emulation: sponsorship, contributions, blocks, the rest."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.record import unit_names
from ntmtrack.dates import show_day
from ntmtrack.emulation.amounts import read_amount
from ntmtrack.emulation.blocks import block_left, until_change
from ntmtrack.emulation.entries import (
    BLOCK,
    CONTRIBUTION,
    check_days,
    check_entry,
    check_fields,
    entry_words,
    find_book,
    find_giver,
    meant_by,
    refuse_beside,
    time_of,
)
from ntmtrack.emulation.registers import REGISTERS, Entry
from ntmtrack.errors import (
    AmountOfOne,
    BadCount,
    NoEntryToCorrect,
    NotInBook,
    WhichEntry,
)
from ntmtrack.i18n import _
from ntmtrack.model import Unit
from ntmtrack.rules import check_stood, each_once
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.emulation import entries, entry_row
from ntmtrack.text import clean, stated, whole_number

_MOST_NAMED = 4
_MONEY = "tiền"  # what a contribution is where only an amount is told


class EntryRequest(NamedTuple):
    """What `entry` was told of a register, its word as typed; `reason` is why an entry on record is corrected."""

    book: str
    units: Sequence[str]
    party: str | None = None
    giver_kind: str | None = None
    text: str | None = None
    day: str | None = None
    until: str | None = None
    year: int | None = None
    amount: str | None = None
    document: str | None = None
    note: str | None = None
    person: str | None = None
    reason: str | None = None


def keep_entry(session: Session, request: EntryRequest, *, dry_run: bool) -> None:
    """Keeps an entry for every unit of the request; raises the first refusal.

    Raises UnknownWord, NotInBook, EntryLacks, BadAmount, UnclearNumber, AmountNotWhole, BadCount, UntilBefore,
    DayInFuture, NameIsPrivate, PartyIsPerson, PersonOfNone, AmountOfOne, UnitNotAlive, EntryAlready,
    InOtherBlock, WhichEntry, NoEntryToCorrect.
    """
    book = find_book(request.book)
    told = told_fields(book, request)
    if told.get("amount") and len(request.units) > 1 and book == CONTRIBUTION:
        raise AmountOfOne(count=len(request.units))
    with session.acting("entry", dry_run=dry_run) as ledger:
        meant = each_once([find_standing(ledger, typed, book, told, session.today) for typed in request.units])
        kept = [_kept(ledger, unit, book, told, session.today, is_correction=bool(request.reason)) for unit in meant]
        ledger.add_facts("register_entry", [entry_row(one) for of_unit in kept for one in of_unit])
        ledger.reason = stated(request.reason)
        ledger.summary = _("{book}, {entry}: {units}").format(
            book=_(REGISTERS[book]), entry=entry_words(kept[0][-1]), units=unit_names(meant)
        )


def told_fields(book: str, request: EntryRequest) -> dict[str, object]:
    """The fields of an entry that are told, read; raises what reading them raises, NotInBook."""
    texts = {
        "party": request.party,
        "what": request.text,
        "document": request.document,
        "note": request.note,
        "person": request.person,
    }
    told: dict[str, object] = {name: text for name, typed in texts.items() if (text := clean(typed or ""))}
    told |= {name: day for name, day in (("day", request.day), ("until", request.until)) if day}
    if request.giver_kind:
        told["kind"] = find_giver(request.giver_kind).value
    if request.amount:
        told["amount"] = _points(request.amount) if book == BLOCK else read_amount(request.amount)
    if request.year:
        if book != BLOCK:
            raise NotInBook(book=_(REGISTERS[book]), options="--year")
        told |= {"day": f"{request.year}-01-01", "until": f"{request.year}-12-31"}
    if book == CONTRIBUTION and told.get("amount") and not told.get("what") and not request.reason:
        told["what"] = _MONEY
    check_fields(book, told)
    return told


def _points(typed: str) -> int:
    """Points of a block, a whole number; raises BadCount."""
    found = whole_number(clean(typed))
    if found is None:
        raise BadCount(text=clean(typed))
    return found


def find_standing(ledger: Ledger, typed: str, book: str, told: Mapping[str, object], today: date) -> Unit:
    """The unit meant, as it stood at some time of what is told, without a day today; raises UnitNotAlive."""
    begins, ends = time_of(book, told) if told.get("day") else (today.isoformat(),) * 2

    def stood(unit: Unit) -> bool:
        return (unit.since or "") <= ends and (unit.until or "9999") > begins

    found = units.find_unit(ledger.connection, typed, stood, stands=lambda unit: unit.stands_on(ends))
    versions = units.versions(ledger.connection, found.id)
    return check_stood(versions, *time_of(book, told), show_day(str(told.get("day") or "")))


def _kept(
    ledger: Ledger, unit: Unit, book: str, told: Mapping[str, object], today: date, *, is_correction: bool
) -> list[Entry]:
    """The entries to be kept, the new one last; the one that it corrects is voided, and what is not told anew stays.

    A unit that changes its block stays in the one before until the day before.
    """
    known = [one for one in entries(ledger.connection, book) if one.unit_id == unit.id]
    left = block_left(told, known) if is_correction and book == BLOCK else None
    old = left or (_corrected(unit, book, told, known) if is_correction else None)
    base: dict[str, Any] = {"unit_id": unit.id, "book": book, "what": "", "day": ""}
    if left:
        base |= {"until": left.until}
    elif old:
        base = old._asdict()
    new = Entry(**{**base, **told, "id": None})
    check_entry(new)
    check_days(new, today)
    refuse_beside(unit.full_title, new, [one for one in known if one is not old])
    if old and old.id is not None:
        ledger.void("register_entry", [old.id])
    return [until_change(left, new.day), new] if left else [new]


def _corrected(unit: Unit, book: str, told: Mapping[str, object], known: Sequence[Entry]) -> Entry:
    """The entry on record that is meant; raises NoEntryToCorrect, WhichEntry."""
    facts = {"unit": unit.full_title, "book": _(REGISTERS[book])}
    found = meant_by(told, known)
    if not found:
        raise NoEntryToCorrect(**facts)
    if len(found) > 1:
        listed = "; ".join(entry_words(one) for one in found[:_MOST_NAMED])
        raise WhichEntry(**facts, count=len(found), entries=listed)
    return found[0]
