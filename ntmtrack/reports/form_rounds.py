"""A round of forms as a report: who has not replied comes first."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.i18n import _, day, number
from ntmtrack.reports import CellKind, Column, LabelledCode, Report, Table


class AskedUnit(NamedTuple):
    """A unit that was sent a form, by its title; of its reply the day, the action and the file."""

    title: str
    replied: date | None = None
    action: int | None = None
    file: str | None = None


class RoundFacts(NamedTuple):
    """A round by its number: when its forms were written, by when they are due, for which year."""

    number: int
    sent: date
    deadline: date | None
    year: int


def round_report(asked: RoundFacts, units: Sequence[AskedUnit], today: date) -> Report:
    """Those who have not replied, then those who have; how many days late each is, or was."""
    missing = [unit for unit in units if not unit.replied]
    counts = _("{count} of {total} have replied").format(
        count=number(len(units) - len(missing)), total=number(len(units))
    )
    parts = [_("sent {day}").format(day=day(asked.sent))]
    if asked.deadline:
        parts.append(_("due {day}").format(day=day(asked.deadline)))

    def late(unit: AskedUnit) -> int | None:
        return max(((unit.replied or today) - asked.deadline).days, 0) or None if asked.deadline else None

    columns: list[Column[AskedUnit]] = [
        Column("unit", _("Unit"), of=lambda unit: unit.title),
        Column("replied", _("Replied"), CellKind.DAY, of=lambda unit: _reply_cell(unit.replied)),
        Column("days_late", _("Days late"), CellKind.COUNT, of=late),
        Column("action", _("Action"), CellKind.COUNT, of=lambda unit: unit.action),
        Column("file", _("File"), of=lambda unit: unit.file),
    ]
    listed = [*missing, *(unit for unit in units if unit.replied)]
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
        },
    )


def _reply_cell(replied: date | None) -> LabelledCode:
    return LabelledCode(replied.isoformat(), day(replied)) if replied else LabelledCode(None, _("not yet"))
