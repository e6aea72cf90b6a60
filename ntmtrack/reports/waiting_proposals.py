"""What was proposed and waits to be taken; where wanted, what was taken, refused or withdrawn."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.i18n import N_, _, local_time, ngettext, number
from ntmtrack.reports import CellKind, Column, LabelledCode, Report, Table
from ntmtrack.reports.work import work_label
from ntmtrack.text import few

_STATES = {"waiting": N_("waits"), "taken": N_("taken"), "refused": N_("turned down"), "withdrawn": N_("withdrawn")}
_NAMED = 3


class ListedProposal(NamedTuple):
    """A proposal: its number, what was done when (ISO, UTC) by whom, its units by title, its state.

    Of one that no longer waits `ended` is the action by which, with whose it is, when it was done, and why.
    """

    number: int
    at: str
    who: str
    verb: str
    summary: str
    units: Sequence[str]
    state: str
    ended: int | None = None
    ended_at: str | None = None
    ended_by: str | None = None
    reason: str | None = None


# What may be done of what waits, by the right of whoever reads: who may only propose takes none.
_WAYS = {
    "reader": "",
    "proposer": N_("Withdraw one of yours: ntmtrack undo N"),
}
_TAKING = N_('Take one: ntmtrack take N   Refuse it: ntmtrack refuse N --reason "…"')


def proposals_report(proposals: Sequence[ListedProposal], right: str, *, with_ended: bool) -> Report:
    """The proposals, the earliest first; what became of each where those that no longer wait are among them.

    `right` is what whoever reads may do: it says what may be done of what waits.
    """
    columns: list[Column[ListedProposal]] = [
        Column("number", _("Action"), CellKind.COUNT, of=lambda one: one.number),
        Column("at", _("When"), of=lambda one: LabelledCode(one.at, local_time(one.at))),
        Column("who", _("Who"), of=lambda one: one.who),
        Column("verb", _("Command"), of=lambda one: work_label(one.verb), spare=1),
        Column("summary", _("What"), of=lambda one: one.summary),
        Column("units", _("Units"), of=lambda one: LabelledCode("; ".join(one.units), few(one.units, _NAMED)), spare=2),
    ]
    ending: list[Column[ListedProposal]] = [
        Column("state", _("Status"), of=lambda one: LabelledCode(one.state, _(_STATES[one.state]))),
        Column("ended_action", _("Decided by action"), CellKind.COUNT, of=lambda one: one.ended),
        Column("ended_by", _("Decided by"), of=lambda one: one.ended_by),
        Column(
            "ended_at",
            _("Decided on"),
            of=lambda one: one.ended_at and LabelledCode(one.ended_at, local_time(one.ended_at)),
        ),
        Column("reason", _("Reason"), of=lambda one: one.reason),
    ]
    table = Table.of("proposals", "", proposals, [*columns, *(ending if with_ended else [])])
    waiting = sum(one.state == "waiting" for one in proposals)
    title = ngettext("{count} proposal waits to be taken", "{count} proposals wait to be taken", waiting)
    shown = table.told() if proposals else table
    return Report(
        key="proposals",
        title=title.format(count=number(waiting)) if waiting else _("No proposal waits to be taken"),
        tables=[shown] if proposals else [],
        notes=[_(way)] if waiting and (way := _WAYS.get(right, _TAKING)) else [],
        facts={"waiting": waiting},
        data=[table],
    )
