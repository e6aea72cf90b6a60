"""Another ledger beside ours: what would come, what both hold, what cannot both be."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ntmtrack.i18n import N_, _
from ntmtrack.reports import CellKind, Column, Report, Table

_KINDS = {
    "unit": N_("Units"),
    "succession": N_("Mergers and splits of units"),
    "decision": N_("Decisions"),
    "recognition": N_("Recognitions"),
    "revocation": N_("Revocations"),
    "review": N_("Reviews after mergers"),
    "participation": N_("Units that take part"),
    "roadmap": N_("Roadmaps"),
    "published_figure": N_("Published figures"),
    "action": N_("Actions of the history"),
}


class ComingFacts(NamedTuple):
    """How many facts of a kind come, how many both ledgers hold, the first of those by name."""

    coming: int
    in_both: int
    named: str = ""


class Contradiction(NamedTuple):
    """What is told of a unit or a plan, and what each of the two ledgers says; None where one says nothing."""

    unit: str
    subject: str
    ours: str | None
    theirs: str | None


def join_report(
    file: str,
    whose: str,
    coming: Mapping[str, ComingFacts],
    contradictions: Sequence[Contradiction],
    notes: Sequence[str],
) -> Report:
    """What the ledger in `file` would bring, by kind, and every contradiction."""
    kinds: list[Column[tuple[str, ComingFacts]]] = [
        Column("kind", _("What"), of=lambda row: _(_KINDS[row[0]])),
        Column("coming", _("Comes"), CellKind.COUNT, of=lambda row: row[1].coming),
        Column("in_both", _("In both"), CellKind.COUNT, of=lambda row: row[1].in_both),
        Column("named", _("Which"), of=lambda row: row[1].named),
    ]
    sides: list[Column[Contradiction]] = [
        Column("unit", _("Unit or plan"), of=lambda row: row.unit),
        Column("subject", _("Subject"), of=lambda row: row.subject),
        Column("ours", _("This ledger"), of=lambda row: row.ours or "–"),
        Column("theirs", file, of=lambda row: row.theirs or "–"),
    ]
    rows = [(table, coming[table]) for table in _KINDS if coming[table].coming or coming[table].in_both]
    tables = [
        Table.of("join", "", rows, kinds),
        Table.of("contradictions", _("Both cannot be"), contradictions, sides),
    ]
    title = _("{file}: the ledger of {whose}").format(file=file, whose=whose)
    return Report("join", title, [table for table in tables if table.rows], notes=notes)
