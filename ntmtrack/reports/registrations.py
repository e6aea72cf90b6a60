"""Registrations of a year as a table, each with what became of it; who has not registered, or did so late."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.emulation import Movement, Occurrence
from ntmtrack.emulation.pledges import Outcome, Sending, pledge_words, sent_by
from ntmtrack.emulation.registers import Registration
from ntmtrack.i18n import _, day, ngettext, number
from ntmtrack.model import Unit
from ntmtrack.reports import CellKind, Column, LabelledCode, Report, Table, day_cell
from ntmtrack.reports.labels import counted_units
from ntmtrack.roadmaps import Roadmap
from ntmtrack.text import few

_MOST_NAMED = 12
_JUDGED = (Outcome.MET, Outcome.NOT_MET, Outcome.OPEN, Outcome.NO_DATA, Outcome.ENDED)


class RegisteredUnit(NamedTuple):
    """A registration, its unit, who sent it where not the unit, what became of it and what shows that."""

    unit: Unit
    registration: Registration
    sender: Unit | None
    outcome: Outcome
    shown: str


class PlannedRegistrations(NamedTuple):
    """How many units a plan names as registered for the year; the names of those without a registration on record."""

    plan: Roadmap
    named: int
    lacking: Sequence[str]


class RegistrationsDue(NamedTuple):
    """By which movement and when registrations are due, seen on a day; how many are not asked; of which unit."""

    movement: Movement
    due: Occurrence
    on: date
    not_asked: int
    scope: str


class SentByUnit(NamedTuple):
    """How a unit that is to register stands."""

    unit: Unit
    sending: Sending

    @property
    def is_told(self) -> bool:
        """Whether it has not registered, or late."""
        return self.sending.registration is None or bool(self.sending.days_late)


def registrations_report(
    found: Sequence[RegisteredUnit],
    year: int,
    scope: str | None,
    today: date,
    planned: Sequence[PlannedRegistrations],
) -> Report:
    """The registrations in the order given, by district; how many were met of how many, which the plan misses."""
    table = Table.of("registrations", "", found, _columns(year, today), lambda row: row.unit.parent_name)
    title = _("Registrations for {year}").format(year=year)
    return Report(
        key="registrations",
        title=f"{title} · {scope}" if scope else title,
        subtitle=_("as of {day}").format(day=day(today)) if year >= today.year else "",
        tables=[table.told()] if found else [],
        data=[table],
        notes=[*_summary(found, year, today), *map(_of_plan, planned)],
        facts={"year": year, "as_of": today.isoformat()},
    )


def _columns(year: int, today: date) -> list[Column[RegisteredUnit]]:
    of_people = [
        Column[RegisteredUnit]("code", _("Code"), of=lambda row: row.unit.code, spare=4),
        Column[RegisteredUnit]("unit", _("Unit"), of=lambda row: row.unit.full_title),
        Column[RegisteredUnit]("pledge", _("Registered"), of=_pledged),
        Column[RegisteredUnit]("sent_on", _("Sent"), CellKind.DAY, of=lambda row: day_cell(row.registration.sent_on)),
        Column[RegisteredUnit](
            "received_on", _("Received"), CellKind.DAY, of=lambda row: day_cell(row.registration.received_on), spare=3
        ),
        Column[RegisteredUnit](
            "sender", _("Sent by"), of=lambda row: row.sender.title if row.sender else None, spare=2
        ),
        Column[RegisteredUnit]("document", _("Document"), of=lambda row: row.registration.document, spare=2),
    ]
    if year <= today.year:
        of_people += [
            Column("outcome", _("Result"), of=lambda row: LabelledCode(row.outcome.value, row.outcome.label)),
            Column("shown_by", _("Shown by"), of=lambda row: row.shown, spare=1),
        ]
    return [*of_people, Column("note", _("Remark"), of=lambda row: row.registration.note, spare=1)]


def _pledged(row: RegisteredUnit) -> LabelledCode:
    pledged = row.registration
    return LabelledCode(f"{pledged.pledge}: {pledged.value}", pledge_words(pledged))


def _summary(found: Sequence[RegisteredUnit], year: int, today: date) -> list[str]:
    """How many were met of all, the others by what became of them; of those alone where the ledger can judge none."""
    if not found:
        return [_("Nothing is registered for {year}: ntmtrack register, ntmtrack import.").format(year=year)]
    units = len({row.unit.id for row in found})
    if year > today.year:
        text = ngettext("{count} registration of {units}.", "{count} registrations of {units}.", len(found))
        return [text.format(count=number(len(found)), units=counted_units(units))]
    counts = [(outcome, sum(row.outcome is outcome for row in found)) for outcome in Outcome]
    judged = any(count for outcome, count in counts if outcome in _JUDGED)
    others = [f"{one.label} {number(count)}" for one, count in counts if count and one is not Outcome.MET]
    text = _("Met: {met} of {count} registrations.") if judged else ""
    met = text.format(met=number(dict(counts)[Outcome.MET]), count=number(len(found)))
    return [" ".join(filter(None, (met, f"{_sentence(', '.join(others))}." if others else "")))]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _of_plan(one: PlannedRegistrations) -> str:
    text = _("Plan {plan} names {named} units as registered, and {there} of them have a registration on record.")
    said = text.format(plan=one.plan.number, named=number(one.named), there=number(one.named - len(one.lacking)))
    if not one.lacking:
        return said
    return f"{said} " + _("None has: {units}.").format(units=few(list(one.lacking), _MOST_NAMED))


def missing_report(rows: Sequence[SentByUnit], asked: RegistrationsDue) -> Report:
    """Who of all that are to register has not, or did so late, with the days late as of the day."""
    lacking = [row for row in rows if row.sending.registration is None]
    late = [row for row in rows if row.sending.registration and row.is_told]
    shown = [*lacking, *late]
    table = Table.of("missing", "", shown, _missing_columns(asked), lambda row: row.sending.registration is None)
    title = _("Not registered, or late, for {year}: {scope}")
    due = _("due {day}").format(day=day(asked.due.due))
    return Report(
        key="registrations_missing",
        title=title.format(year=asked.due.of_year, scope=asked.scope),
        subtitle="; ".join(
            (
                f"{asked.due.deadline.name}, {asked.movement.number}, {asked.due.deadline.cite}",
                due,
                _("as of {day}").format(day=day(asked.on)),
            )
        ),
        tables=[table.told()] if shown else [],
        data=[table],
        notes=[*_missing_notes(rows, lacking, late, asked)],
        facts={
            "year": asked.due.of_year,
            "movement": asked.movement.key,
            "due": asked.due.due.isoformat(),
            "as_of": asked.on.isoformat(),
        },
    )


def _missing_columns(asked: RegistrationsDue) -> list[Column[SentByUnit]]:
    return [
        Column("code", _("Code"), of=lambda row: row.unit.code, spare=1),
        Column("unit", _("Unit"), of=lambda row: row.unit.full_title),
        Column("registered", _("Registration"), of=_registered),
        Column("sent_on", _("Sent"), CellKind.DAY, of=_sent),
        Column("days_late", _("Days late"), CellKind.COUNT, of=lambda row: row.sending.days_late or None),
    ]


def _registered(row: SentByUnit) -> LabelledCode:
    if row.sending.registration is None:
        return LabelledCode("missing", _("not registered"))
    return LabelledCode("late", _("registered late"))


def _sent(row: SentByUnit) -> LabelledCode | None:
    return day_cell(sent_by(row.sending.registration)) if row.sending.registration else None


def _missing_notes(
    rows: Sequence[SentByUnit], lacking: Sequence[SentByUnit], late: Sequence[SentByUnit], asked: RegistrationsDue
) -> list[str]:
    """How many of all have not registered; of how many no day is known, or who is not asked."""
    if not rows:
        text = _("No unit had to register by {day}: the ledger has none of that tier in {scope} then.")
        return [text.format(day=day(asked.due.due), scope=asked.scope)]
    text = _("Registered: {there} of {all}; not yet {lacking}; late {late}.")
    notes = [
        text.format(
            there=number(len(rows) - len(lacking)),
            all=number(len(rows)),
            lacking=number(len(lacking)),
            late=number(len(late)),
        )
    ]
    undated = [row.unit.title for row in rows if row.sending.registration and row.sending.days_late is None]
    if undated:
        text = _("Of no known day of sending: {units}.")
        notes.append(text.format(units=few(undated, _MOST_NAMED)))
    if asked.not_asked:
        text = _("{count} units of kinds that the programme does not count are not asked.")
        notes.append(text.format(count=number(asked.not_asked)))
    return notes
