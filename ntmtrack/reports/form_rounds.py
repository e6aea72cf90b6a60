"""A round of forms as a report: who has not replied comes first, then whose reply has faults to mend."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.i18n import _, day, number
from ntmtrack.reports import CellKind, Column, LabelledCode, Report, Table


class AskedUnit(NamedTuple):
    """A unit that was sent a form, by its title; of its reply the day, the action, the file, how many faults it has.

    A reply that was not taken in is there, and is still waited for.
    """

    title: str
    replied: date | None = None
    action: int | None = None
    file: str | None = None
    faults: int = 0
    is_taken_in: bool = False

    @property
    def order(self) -> int:
        """Who has not replied first, then whose reply was not taken in."""
        return 0 if not self.replied else 1 + self.is_taken_in


class RoundFacts(NamedTuple):
    """A round by its number: when its forms were written, by when they are due, for which year."""

    number: int
    sent: date
    deadline: date | None
    year: int


def round_report(asked: RoundFacts, units: Sequence[AskedUnit], today: date) -> Report:
    """Those who have not replied, those whose reply was not taken in, then the others; how many days late each is."""
    missing = [unit for unit in units if not unit.replied]
    faulty = [unit for unit in units if unit.replied and not unit.is_taken_in]
    replied = len(units) - len(missing) - len(faulty)
    counts = _("{count} of {total} have replied").format(count=number(replied), total=number(len(units)))
    if faulty:
        counts += _(", {count} with faults to mend").format(count=number(len(faulty)))
    parts = [_("sent {day}").format(day=day(asked.sent))]
    if asked.deadline:
        parts.append(_("due {day}").format(day=day(asked.deadline)))

    def late(unit: AskedUnit) -> int | None:
        came = unit.replied if unit.is_taken_in and unit.replied else today
        return max((came - asked.deadline).days, 0) or None if asked.deadline else None

    columns: list[Column[AskedUnit]] = [
        Column("unit", _("Unit"), of=lambda unit: unit.title),
        Column("replied", _("Replied"), CellKind.DAY, of=_reply_cell),
        Column("faults", _("Faults"), CellKind.COUNT, of=lambda unit: unit.faults or None),
        Column("days_late", _("Days late"), CellKind.COUNT, of=late),
        Column("action", _("Action"), CellKind.COUNT, of=lambda unit: unit.action),
        Column("file", _("File"), of=lambda unit: unit.file),
    ]
    listed = sorted(units, key=lambda unit: unit.order)
    title = _("Round {round} of forms: {counts}").format(round=number(asked.number), counts=counts)
    return Report(
        key="forms",
        title=title,
        subtitle=" · ".join(parts),
        tables=[Table.of("units", "", listed, columns)],
        facts={
            "round": asked.number,
            "sent": asked.sent.isoformat(),
            "deadline": asked.deadline.isoformat() if asked.deadline else None,
            "year": asked.year,
            "missing": len(missing),
            "faulty": len(faulty),
        },
    )


def _reply_cell(unit: AskedUnit) -> LabelledCode:
    """The day of the reply that was taken in; in words that there is none, or that one came with faults."""
    if not unit.replied:
        return LabelledCode(None, _("not yet"))
    if not unit.is_taken_in:
        return LabelledCode(None, _("with faults, {day}").format(day=day(unit.replied)))
    return LabelledCode(unit.replied.isoformat(), day(unit.replied))
