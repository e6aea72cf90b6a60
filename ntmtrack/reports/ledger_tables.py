"""The ledger about itself: what it holds, what was done to it."""

from collections.abc import Sequence
from datetime import datetime

from ntmtrack.i18n import _, day, number
from ntmtrack.model import Done
from ntmtrack.reports.values import Cell, CellKind, Coded, Column, Report, Table


def status(file: str, counts: dict[str, int], last: Done | None, programme: str | None) -> Report:
    """Which ledger this is, how much it holds, who wrote last."""
    rows: list[list[Cell]] = [
        [_("Ledger"), file],
        [_("Programme"), programme or "–"],
        [_("Districts"), number(counts.get("unit.district", 0))],
        [_("Communes, wards, townships (ended ones too)"), number(counts.get("unit.commune", 0))],
        [_("Decisions"), number(counts["decision"])],
        [_("Recognitions"), number(counts["recognition"])],
        [_("  of them illustrative"), number(counts["illustrative"])],
        [_("Revocations"), number(counts["revocation"])],
        [_("Roadmaps"), number(counts["roadmap"])],
        [_("Published figures"), number(counts["published_figure"])],
        [
            _("Last action"),
            f"{last.id} · {local_time(last.at)} · {last.who} · {last.summary}" if last else "–",
        ],
    ]
    table = Table("status", "", [Column("what", ""), Column("value", "")], rows)
    facts: dict[str, str | int | None] = {"file": file, "programme": programme, **counts}
    facts |= {"last_action": last.id if last else None, "last_action_at": last.at if last else None}
    data = Table(
        "status", "", [Column("what", ""), Column("value", "")], [[key, value] for key, value in facts.items()]
    )
    return Report("status", _("The ledger"), [table], facts=facts, data=[data])


def history(actions: Sequence[Done]) -> Report:
    """The actions, the newest first."""
    columns = [
        Column("id", _("No."), CellKind.COUNT),
        Column("at", _("When")),
        Column("who", _("Who")),
        Column("verb", _("Command")),
        Column("summary", _("What")),
        Column("rows", _("Rows"), CellKind.COUNT),
    ]
    rows: list[list[Cell]] = [
        [one.id, Coded(one.at, local_time(one.at)), one.who, one.verb, one.summary, one.rows] for one in actions
    ]
    return Report("history", _("History"), [Table("actions", _("History"), columns, rows)])


def local_time(iso: str) -> str:
    """An ISO time in UTC as the clock on the wall has it, to the minute."""
    local = datetime.fromisoformat(iso).astimezone()
    return f"{day(local.date())} {local:%H:%M}"
