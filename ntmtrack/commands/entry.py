"""`entry`: what is kept in the other registers of emulation: sponsorship, contributions, blocks, the rest."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.record import unit_names
from ntmtrack.dates import show_day
from ntmtrack.emulation.amounts import read_amount
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
from ntmtrack.text import clean, whole_number

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
    DayInFuture, NameIsPrivate, PersonOfNone, AmountOfOne, UnitNotAlive, EntryAlready, InOtherBlock, WhichEntry,
    NoEntryToCorrect.
    """
    book = find_book(request.book)
    told = told_fields(book, request)
    if told.get("amount") and len(request.units) > 1 and book == CONTRIBUTION:
        raise AmountOfOne(count=len(request.units))
    with session.acting("entry", dry_run=dry_run) as ledger:
        meant = each_once([find_standing(ledger, typed, book, told, session.today) for typed in request.units])
        new = [_new(ledger, unit, book, told, session.today, is_correction=bool(request.reason)) for unit in meant]
        ledger.add_facts("register_entry", [entry_row(one) for one in new])
        ledger.reason = clean(request.reason or "") or None
        ledger.summary = _("{book}, {entry}: {units}").format(
            book=_(REGISTERS[book]), entry=entry_words(new[0]), units=unit_names(meant)
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


def _new(
    ledger: Ledger, unit: Unit, book: str, told: Mapping[str, object], today: date, *, is_correction: bool
) -> Entry:
    """The entry to be kept; the one that it corrects is voided, and what is not told anew stays."""
    known = [one for one in entries(ledger.connection, book) if one.unit_id == unit.id]
    old = _corrected(unit, book, told, known) if is_correction else None
    base = old._asdict() if old else {"unit_id": unit.id, "book": book, "what": "", "day": ""}
    new = Entry(**{**base, **told, "id": None})
    check_entry(new)
    check_days(new, today)
    beside = [one for one in known if one is not old]
    refuse_beside(unit.full_title, new, beside)
    if old and old.id is not None:
        ledger.void("register_entry", [old.id])
    return new


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
