"""`register`: what a unit pledges for a year, kept as told: a level, so many criteria more, a target in words."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.record import unit_names
from ntmtrack.dates import show_day
from ntmtrack.emulation.pledges import amended, check_pledge, pledge_words, read_more, refuse_beside
from ntmtrack.emulation.registers import CRITERIA, LEVEL, TEXT, Registration
from ntmtrack.errors import NothingPledged, NothingToAmend, OneOf, RegisteredAlready, UnitNotAlive
from ntmtrack.i18n import _
from ntmtrack.model import Tier, Unit
from ntmtrack.rules import check_day, each_once, span_of
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.emulation import registration_row, registrations
from ntmtrack.storage.queries.pledges import check_sent, pledge_of_unit
from ntmtrack.text import clean, stated

_ADDED = ("sent_on", "sender_id", "received_on", "document", "source", "note")


class RegisterRequest(NamedTuple):
    """What `register` was told: units as typed, the year, one pledge, the days, who sent it.

    `reason` is why what is on record is amended.
    """

    units: Sequence[str]
    year: int
    level: str | None = None
    criteria: str | None = None
    text: str | None = None
    sent_on: str | None = None
    received_on: str | None = None
    sender: str | None = None
    document: str | None = None
    note: str | None = None
    reason: str | None = None


def keep_registration(session: Session, request: RegisterRequest, *, dry_run: bool) -> None:
    """Keeps one pledge for every unit of the request; raises the first refusal.

    Raises NothingPledged, OneOf, YearOfPledge, DayInFuture, ReceivedBeforeSent, BadMoreCriteria, and what
    `pledge_of_unit`, `check_sent` and finding units raise, RegisteredAlready, RegisteredOtherwise, NothingToAmend.
    """
    draft = _draft(request, session.today)
    with session.acting("register", dry_run=dry_run) as ledger:
        sender = _sender(ledger, request, session.today)
        meant = each_once([units.unit_in_year(ledger.connection, typed, request.year) for typed in request.units])
        rows = []
        for unit in meant:
            sent_by = sender if sender != unit.id else None
            new = pledge_of_unit(ledger.connection, unit, draft._replace(sender_id=sent_by), session.today)
            kept = _in_place(ledger, unit, new, is_amendment=bool(request.reason))
            check_sent(units.versions(ledger.connection, unit.id), kept)
            rows.append(kept)
        ledger.add_facts("registration", [registration_row(row) for row in rows])
        ledger.reason = stated(request.reason)
        ledger.summary = _("registration for {year}, {pledged}: {units}").format(
            year=request.year, pledged=pledge_words(rows[0]), units=unit_names(meant)
        )


def _draft(request: RegisterRequest, today: date) -> Registration:
    """The registration without its unit, its level as it was typed."""
    told = {LEVEL: request.level, CRITERIA: request.criteria, TEXT: request.text}
    given = [(pledge, text) for pledge, typed in told.items() if (text := clean(typed or ""))]
    if not given:
        raise NothingPledged(year=request.year)
    if len(given) > 1:
        raise OneOf(options="--level, --criteria, --text")
    [(pledge, value)] = given
    new = Registration(
        unit_id=0,
        year=request.year,
        pledge=pledge,
        value=read_more(value) if pledge == CRITERIA else value,
        sent_on=request.sent_on,
        received_on=request.received_on,
        document=stated(request.document),
        note=stated(request.note),
    )
    for iso in (new.sent_on, new.received_on):
        check_day(iso, today)
    check_pledge(new, today)
    return new


def _sender(ledger: Ledger, request: RegisterRequest, today: date) -> int | None:
    """The unit that sent it, by id; raises UnitNotAlive where it was no more on that day."""
    if not request.sender:
        return None
    on = request.sent_on or request.received_on or today.isoformat()
    larger = (Tier.PROVINCE, Tier.DISTRICT)
    found = units.find_unit(
        ledger.connection,
        request.sender,
        lambda unit: unit.tier in larger and unit.stands_on(on),
        across=True,
        stands=lambda unit: unit.stands_on(on),
    )
    versions = units.versions(ledger.connection, found.id)
    if not any(version.stands_on(on) for version in versions):
        raise UnitNotAlive(unit=found.full_title, when=show_day(on), span=span_of(versions))
    return found.id


def _in_place(ledger: Ledger, unit: Unit, new: Registration, *, is_amendment: bool) -> Registration:
    """The registration to be kept; of one that is amended, which is voided, what is not told anew stays.

    Raises NothingToAmend, RegisteredAlready, RegisteredOtherwise.
    """
    known = [one for one in registrations(ledger.connection, new.year) if one.unit_id == unit.id]
    facts = {"unit": unit.full_title, "year": new.year}
    if is_amendment:
        old = amended(new, known)
        if old is None or old.id is None:
            raise NothingToAmend(**facts, known="; ".join(map(pledge_words, known)) or "–")
        kept = new._replace(**{name: getattr(new, name) or getattr(old, name) for name in _ADDED})
        if kept == old._replace(id=None):
            raise RegisteredAlready(**facts, pledged=pledge_words(old))
        ledger.void("registration", [old.id])
        return kept
    refuse_beside(unit.full_title, new, known)
    return new
