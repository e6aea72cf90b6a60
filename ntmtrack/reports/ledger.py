"""The ledger about itself: what it holds, what was done to it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ntmtrack.i18n import N_, _, day, local_time, number
from ntmtrack.model import Done
from ntmtrack.reports import CellKind, Column, LabelledCode, Report, SignedInt, Table
from ntmtrack.reports.work import work_label


class FactChange(NamedTuple):
    """One fact before and after (None: there was or is none), and the actions by which it became so.

    `kind` is what it has in common with many others where it comes or goes as a whole, `name` then its own.
    """

    table: str
    unit: str
    subject: str
    before: str | None
    after: str | None
    kind: str
    name: str
    actions: tuple[int, ...] = ()
    order: tuple[object, ...] = ()

    @property
    def work(self) -> LabelledCode:
        """What was done to the fact."""
        if self.before is None:
            return LabelledCode("new", _("new"))
        return LabelledCode("voided", _("voided")) if self.after is None else LabelledCode("changed", _("changed"))


def changes_table(changes: Sequence[FactChange], title: str, *, with_actions: bool = False) -> Table:
    """The facts that were changed, each before and after."""
    actions: Column[FactChange] = Column("actions", _("Action"), of=lambda change: ", ".join(map(str, change.actions)))
    columns: list[Column[FactChange]] = [
        Column("change", _("Change"), of=lambda change: change.work),
        Column("unit", _("Unit"), of=lambda change: change.unit),
        Column("subject", _("Subject"), of=lambda change: change.subject),
        Column("before", _("Before"), of=lambda change: change.before),
        Column("after", _("After"), of=lambda change: change.after),
        *([actions] if with_actions else []),
    ]
    return Table.of("changes", title, changes, columns)


class MovedFigure(NamedTuple):
    """A figure of one day on two sides; None where a side does not tell it."""

    label: str
    day: date
    before: int | None
    after: int | None

    @property
    def gap(self) -> SignedInt | None:
        """By how much it moved."""
        return None if self.before is None or self.after is None else SignedInt(self.after - self.before)


def differences_report(
    between: str, moved: Sequence[MovedFigure], changes: Sequence[FactChange], doers: Table | None
) -> Report:
    """What changed between two days or two ledgers: the totals, the facts, the actions that did it where known."""
    when = _("Totals as of {day}").format(day=day(moved[0].day)) if moved else ""
    facts = changes_table(changes, _("What changed"), with_actions=doers is not None)
    tables = [moved_table(moved), facts, *([doers] if doers else [])]
    notes = [] if changes else [_("No fact differs.")]
    return Report(
        key="diff",
        title=_("What changed: {between}").format(between=between),
        subtitle=when,
        tables=[table for table in tables if table.rows],
        notes=notes,
        data=[facts, *(table for table in tables if table is not facts)],
    )


def moved_table(moved: Sequence[MovedFigure], title: str = "") -> Table:
    """Figures on two sides, and by how much they moved."""
    columns: list[Column[MovedFigure]] = [
        Column("line", _("Figure"), of=lambda figure: figure.label),
        Column("before", _("Before"), CellKind.COUNT, of=lambda figure: figure.before),
        Column("after", _("After"), CellKind.COUNT, of=lambda figure: figure.after),
        Column("gap", _("gap"), CellKind.COUNT, of=lambda figure: figure.gap),
    ]
    return Table.of("totals", title, moved, columns)


# What `status` counts only where there is any.
_WHERE_ANY = {
    "unit.village": N_("Villages"),
    "assessment": N_("Assessments"),
    "criterion": N_("Rows of criteria sets"),
    "unit_mark": N_("Groups and other marks of units"),
    "measurement": N_("Values by year"),
    "proposal": N_("Proposals that wait to be taken"),
}


def status_report(
    place: Path | str,
    counts: dict[str, int],
    last: Done | None,
    programme: str | None,
    closed: int | None,
    pressing: str | None = None,
) -> Report:
    """Which ledger this is, how much it holds, which years are closed, who wrote last; which dates press."""
    values: list[tuple[str, str | int | None]] = [
        (_("Ledger") if isinstance(place, Path) else _("Ledger on a server"), str(place)),
        (_("Programme"), programme or "–"),
        (_("Districts"), number(counts.get("unit.district", 0))),
        (_("Communes, wards, townships (ended ones too)"), number(counts.get("unit.commune", 0))),
        (_("Decisions"), number(counts["decision"])),
        (_("Recognitions"), number(counts["recognition"])),
        (_("  of them illustrative"), number(counts["illustrative"])),
        (_("Revocations"), number(counts["revocation"])),
        (_("Roadmaps"), number(counts["roadmap"])),
        (_("Published figures"), number(counts["published_figure"])),
        *((_(title), number(counts[key])) for key, title in _WHERE_ANY.items() if counts.get(key)),
        (_("Closed years"), _("until {year}").format(year=closed) if closed else "–"),
        (
            _("Last action"),
            f"{last.id} · {local_time(last.at)} · {last.who} · {last.summary}" if last else "–",
        ),
        *(
            []
            if pressing is None
            else [(_("Emulation calendar"), pressing or _("nothing overdue of the last 60 days, nothing due within 7"))]
        ),
    ]
    facts: dict[str, str | int | None] = {"file": str(place), "programme": programme, **counts}
    facts |= {"closed_until": closed}
    facts |= {"last_action": last.id if last else None, "last_action_at": last.at if last else None}
    facts |= {} if pressing is None else {"calendar": pressing or None}
    return Report("status", _("The ledger"), [_values(values)], facts=facts, data=[_values([*facts.items()])])


def _values(values: Sequence[tuple[str, str | int | None]]) -> Table:
    columns: list[Column[tuple[str, str | int | None]]] = [
        Column("what", "", of=lambda row: row[0]),
        Column("value", "", of=lambda row: row[1]),
    ]
    return Table.of("status", "", values, columns)


def history_report(actions: Sequence[Done], unit: str | None = None) -> Report:
    """The actions, the newest first; with `unit` those that are about it."""
    title = _("History of {unit}").format(unit=unit) if unit else _("History")
    notes = [] if actions else [_("No such action.")]
    shown, told = (actions_table(actions, _("History"), with_origin=whole) for whole in (False, True))
    return Report("history", title, [shown], notes=notes, data=[told])


def actions_table(actions: Sequence[Done], title: str, *, with_origin: bool = False) -> Table:
    """Actions: when, who, which command, what it did, why; where wanted, also whose they were, field by field."""
    of_origin: list[Column[Done]] = [
        Column("origin", "origin", of=lambda action: action.origin),
        Column("done_at", "done_at", of=lambda action: action.done_at),
        Column("joined_by", "joined_by", CellKind.COUNT, of=lambda action: action.joined_by),
    ]
    columns: list[Column[Done]] = [
        Column("id", _("Action"), CellKind.COUNT, of=lambda action: action.id),
        Column("at", _("When"), of=lambda action: LabelledCode(action.at, _when(action))),
        Column("who", _("Who"), of=lambda action: action.who),
        Column("verb", _("Command"), of=lambda action: work_label(action.verb)),
        Column("summary", _("What"), of=lambda action: action.summary),
        Column("rows", _("Rows"), CellKind.COUNT, of=lambda action: action.rows),
        Column("undone_by", _("Remarks"), of=_remarks),
        *(of_origin if with_origin and any(action.joined_by for action in actions) else []),
    ]
    return Table.of("actions", title, actions, columns)


def action_report(done: Done, changes: Sequence[FactChange]) -> Report:
    """One action: who did it when, every fact before and after."""
    title = _("Action {action}: {summary}").format(action=done.id, summary=done.summary)
    facts: dict[str, str | int | None] = {
        "action": done.id,
        "at": done.at,
        "who": done.who,
        "verb": done.verb,
        "version": done.version,
        "reason": done.reason,
        "undoes": done.undoes,
        "undone_by": done.undone_by,
    }
    if done.joined_by:
        facts |= {"origin": done.origin, "done_at": done.done_at, "joined_by": done.joined_by}
    notes = [] if changes else [_("It changed no fact.")]
    return Report("action", title, [changes_table(changes, "")], _by_whom(done), notes, facts)


def full_history_report(actions: Sequence[tuple[Done, Sequence[FactChange]]]) -> Report:
    """The actions, the newest first, each with every fact before and after."""
    if len(actions) == 1:
        return action_report(*actions[0])
    tables = [
        changes_table(changes, f"{done.id} · {done.summary} · {_by_whom(done)}")._replace(key=f"action_{done.id}")
        for done, changes in actions
    ]
    every = [change for _done, changes in actions for change in changes]
    data = [changes_table(every, _("History"), with_actions=True)]
    return Report("history", _("History"), tables, data=data)


def _by_whom(done: Done) -> str:
    remarks = _remarks(done)
    parts = [_when(done), done.who, work_label(done.verb).label, f"ntmtrack {done.version}"]
    return " · ".join([*parts, remarks.label] if remarks is not None else parts)


def _when(done: Done) -> str:
    """When it was done, where it was done."""
    return local_time(done.done_at or done.at)


def _remarks(done: Done) -> LabelledCode | None:
    """Whose it was, why it was done, and whether it was taken back; machines are told by which action."""
    remarks = []
    if done.joined_by:
        text = _("of {origin}, where it was action {number}")
        remarks.append(text.format(origin=done.origin, number=done.id - done.joined_by))
    remarks += filter(None, [_fate(done)])
    if done.reason:
        remarks.append(_("reason: {reason}").format(reason=done.reason))
    if done.reopened:
        remarks.append(_("closed year reopened: {reason}").format(reason=done.reopened))
    undone = None if done.undone_by is None else str(done.undone_by)
    return LabelledCode(undone, "; ".join(remarks)) if remarks else None


_FATES = {
    "redo": N_("done again by action {action}"),
    "undo": N_("taken back by action {action}"),
    "propose": N_("waits to be taken"),
    "take": N_("taken by action {action}"),
    "refuse": N_("proposed, refused by action {action}"),
    "withdraw": N_("proposed, withdrawn by action {action}"),
}


def _fate(done: Done) -> str:
    """What became of it since; "" where it stands as it was done."""
    if done.undone_by is None:
        return ""
    if done.joined_by and done.undone_verb == "propose":
        return _("only proposed there")
    verb, by = (done.decided_verb, done.decided_by) if done.decided_by else (done.undone_verb, done.undone_by)
    return _(_FATES[verb or "undo"]).format(action=by)
