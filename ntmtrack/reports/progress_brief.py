"""What of a report of progress a person is shown: the table, the heaviest notes, how to see the rest."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.i18n import _, number
from ntmtrack.reports import Brief, Note, Report, Table
from ntmtrack.roadmaps import Roadmap

MOST_NOTES = 2


class ShownParts(NamedTuple):
    """Which parts beyond the table were asked for."""

    notes: bool = False
    beside: bool = False
    highest: bool = False


def brief_report(report: Report, parts: ShownParts, plan: Roadmap | None) -> Report:
    """The report with its brief: what was asked for, and the options that show what is left out."""
    tables = [table for table in report.tables if _is_shown(table, parts)]
    notes = [*report.notes] if parts.notes else heaviest(report.notes)
    beside = _("roadmap {plan}").format(plan=plan.number) if plan and not parts.notes else ""
    return report._replace(brief=Brief(tables, notes, beside, _more(report, tables, len(report.notes) - len(notes))))


def heaviest(notes: Sequence[str]) -> list[str]:
    """The notes without which the table is misread, the heaviest first, at most two."""
    heavy = [note for note in notes if isinstance(note, Note) and note.weight]
    return [*sorted(heavy, key=lambda note: -note.weight)[:MOST_NOTES]]


def _is_shown(table: Table, parts: ShownParts) -> bool:
    if table.key.startswith("beside-"):
        return parts.beside
    return {"highest": parts.highest, "others": parts.notes}.get(table.key, True)


def _more(report: Report, shown: Sequence[Table], notes: int) -> str:
    """The options by which more is seen."""
    keys = {table.key.partition("-")[0] for table in report.tables if table not in shown}
    count = _("--notes ({count} notes)").format(count=number(notes))
    ways = [
        *([count] if notes or "others" in keys else []),
        *([_("--beside (other plans)")] if "beside" in keys else []),
        *([_("--highest (by highest level)")] if "highest" in keys else []),
    ]
    return _("See also: {ways}").format(ways=" · ".join(ways)) if ways else ""
