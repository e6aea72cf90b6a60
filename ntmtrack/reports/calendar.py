"""The calendar as a table, one date of it unit by unit, what of it is pressing in a sentence."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.dates import show_day
from ntmtrack.emulation.calendar import CalendarLine, Doer, Stand
from ntmtrack.i18n import _, day, ngettext, number
from ntmtrack.reports import CellKind, Column, LabelledCode, Report, Table, day_cell
from ntmtrack.text import few

_NAMED = 2


class Numbered(NamedTuple):
    """A line with its number in the calendar of the year that was asked for; None of another year's."""

    number: int | None
    line: CalendarLine


def due_words(line: CalendarLine) -> str:
    """The day as the document has it: “trước 15/01/2027”, “31/01/2027”, “hết 09/2022”, “không nêu ngày”."""
    if not line.has_day:
        return _("no day named")
    if line.period:
        return _("by the end of {day}").format(day=show_day(line.period))
    if line.before:
        return _("before {day}").format(day=day(line.due))
    return day(line.due)


def stand_words(line: CalendarLine, on: date) -> str:
    """How it stands on a day: “xong 12/01/2027, trễ 3 ngày”, “còn 5 ngày”, “5/8 xong, 3 trễ 4 ngày”."""
    return _of_each(line, on) if line.each else _of_one(line, line.doers[0], on)


def _of_one(line: CalendarLine, doer: Doer, on: date) -> str:
    if not doer.done:
        return _owed(line, on)
    told = _("done {day}").format(day=show_day(doer.done.day)) if doer.done.day else _("done")
    late = line.days_late(doer, on)
    return f"{told}, {_days_late(late)}" if late else told


def _owed(line: CalendarLine, on: date) -> str:
    if not line.has_day:
        return _("nothing told")
    left = (line.due - on).days
    if left < 0:
        return ngettext("overdue by {count} day", "overdue by {count} days", -left).format(count=number(-left))
    text = ngettext("{count} day left", "{count} days left", left)
    return text.format(count=number(left)) if left else _("due today")


def _days_late(days: int) -> str:
    return ngettext("{count} day late", "{count} days late", days).format(count=number(days))


def _of_each(line: CalendarLine, on: date) -> str:
    done = _("{done} of {all} done").format(done=number(len(line.done)), all=number(len(line.doers)))
    done_late = sum(1 for doer in line.done if line.days_late(doer, on))
    after = _("{count} of them late").format(count=number(done_late)) if done_late else ""
    owed = ""
    if line.owing and line.has_day:
        owed = _owed(line, on)
        if line.due < on:
            owed = f"{number(len(line.owing))} {owed}"
    return ", ".join(filter(None, (done, after, owed)))


def calendar_report(
    lines: Sequence[Numbered], years: Sequence[int], on: date, notes: Sequence[str], within: int | None
) -> Report:
    """What is due, the earliest first, with how it stands on a day."""
    is_of_several = len({one.line.scope for one in lines}) > 1
    columns: list[Column[Numbered]] = [
        Column("number", _("No."), CellKind.COUNT, of=lambda one: one.number),
        Column("due", _("Due"), of=lambda one: LabelledCode(one.line.due.isoformat(), due_words(one.line))),
        Column("what", _("What"), of=lambda one: one.line.what),
        Column("by", _("To be done by"), of=lambda one: one.line.by),
        Column("to", _("Sent to"), of=lambda one: one.line.to, spare=3),
        Column("of_year", _("For year"), CellKind.YEAR, of=lambda one: one.line.of_year),
        Column("stand", _("How it stands"), of=lambda one: _stand(one.line, on)),
        Column("scope", _("Whose"), of=lambda one: one.line.scope, spare=1),
    ]
    shown = [column for column in columns if is_of_several or column.key != "scope"]
    title = _("Emulation calendar {years}").format(years=", ".join(map(str, years)))
    if within is not None:
        text = _("overdue, or due within {count} days")
        title = f"{title}: {text.format(count=number(within))}"
    return Report(
        key="calendar",
        title=title,
        subtitle=_("as of {day}").format(day=day(on)),
        tables=[Table.of("dates", "", lines, shown).told()] if lines else [],
        data=[Table.of("dates", "", lines, [*columns, *_for_machines(on)])],
        notes=[*_summary([one.line for one in lines], on), *notes],
        facts={"year": years[0], "as_of": on.isoformat()},
    )


def _stand(line: CalendarLine, on: date) -> LabelledCode:
    return LabelledCode(line.stand(on).value, stand_words(line, on))


def _for_machines(on: date) -> list[Column[Numbered]]:
    return [
        Column("key", "", of=lambda one: one.line.key),
        Column("document", "", of=lambda one: one.line.of),
        Column("cite", "", of=lambda one: one.line.cite),
        Column("done", "", of=lambda one: len(one.line.done)),
        Column("units", "", of=lambda one: len(one.line.doers)),
        Column("late", "", of=lambda one: len(one.line.late(on))),
        Column("days_late", "", of=lambda one: max(one.line.late(on), default=0)),
    ]


def _summary(lines: Sequence[CalendarLine], on: date) -> list[str]:
    """How many dates are done, late, still to come."""
    stands = [line.stand(on) for line in lines]
    counts = {
        _("done"): stands.count(Stand.DONE),
        _("done late"): stands.count(Stand.DONE_LATE),
        _("overdue"): stands.count(Stand.LATE),
        _("to come"): stands.count(Stand.TO_COME),
        _("no day named"): stands.count(Stand.NO_DAY),
    }
    parts = [f"{label} {number(count)}" for label, count in counts.items() if count]
    text = ngettext("{count} date: {parts}.", "{count} dates: {parts}.", len(lines))
    return [text.format(count=number(len(lines)), parts=", ".join(parts))] if lines else []


def date_report(one: Numbered, on: date) -> Report:
    """One date, unit by unit: those that did not do it first, then in the order in which it was done."""
    line = one.line
    doers = sorted(line.doers, key=lambda doer: (doer.done is not None, (doer.done and doer.done.day) or ""))
    columns: list[Column[Doer]] = [
        Column("unit", _("Unit"), of=lambda doer: doer.title),
        Column("done", _("Done"), CellKind.DAY, of=lambda doer: _done_cell(doer)),
        Column("days_late", _("Days late"), CellKind.COUNT, of=lambda doer: line.days_late(doer, on) or None),
        Column("shown", _("Shown by"), of=lambda doer: _shown_by(doer)),
    ]
    table = Table.of("units", "", doers, columns)
    year = _("for {year}").format(year=line.of_year) if line.of_year else ""
    ways = " → ".join(filter(None, (line.by, line.to)))
    return Report(
        key="calendar-date",
        title=f"{one.number}. {line.what}",
        subtitle="; ".join(filter(None, (due_words(line), year, ways, f"{line.document}, {line.cite}"))),
        tables=[table.told()],
        data=[table],
        notes=[_("On {day}: {status}.").format(day=day(on), status=stand_words(line, on))],
        facts={"date": line.key, "document": line.of, "due": line.due.isoformat(), "as_of": on.isoformat()},
    )


def _done_cell(doer: Doer) -> LabelledCode | None:
    if doer.done and doer.done.day is None:
        return LabelledCode("", _("done, the day is unknown"))
    return day_cell(doer.done.day) if doer.done else None


def _shown_by(doer: Doer) -> str | None:
    if doer.done and doer.done.by_registration:
        return "; ".join(filter(None, (_("registration"), doer.done.shown)))
    return doer.done.shown if doer.done else None


def told_words(doer: Doer) -> str:
    """When a unit did it, and what shows it, as it is on record."""
    assert doer.done is not None
    told = _("done {day}").format(day=show_day(doer.done.day)) if doer.done.day else _("done")
    shown = _("evidence “{evidence}”").format(evidence=doer.done.shown) if doer.done.shown else ""
    return "; ".join(filter(None, (told, shown)))


def pressing_words(lines: Sequence[CalendarLine], on: date, since: date) -> str:
    """What is late of what was due since a day, and what is due within the week, the first of both by name.

    That something is late for longer is told without a count; "" for nothing.
    """
    every_late = [line for line in lines if line.stand(on) is Stand.LATE]
    late = [line for line in every_late if line.due >= since]
    soon = [line for line in lines if line.stand(on) is Stand.TO_COME]
    parts = [
        _("{count} overdue").format(count=number(len(late))) if late else "",
        _("{count} due within 7 days").format(count=number(len(soon))) if soon else "",
    ]
    named = few([f"{line.what} ({due_words(line)})" for line in [*late, *soon]], _NAMED)
    recent = f"{', '.join(filter(None, parts))}: {named}" if late or soon else ""
    longer = _("overdue for long: see ntmtrack calendar") if len(late) < len(every_late) else ""
    return "; ".join(filter(None, (recent, longer)))
