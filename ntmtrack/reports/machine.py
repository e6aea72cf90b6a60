"""A report for other programs: CSV (its first tidy table) and JSON (all of them), with stable English field names."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ntmtrack.excel import for_csv
from ntmtrack.progress.status import Status
from ntmtrack.reports.values import Bar, Cell, CellKind, Coded, Report, Squares, Table, cell_text


def render_csv(report: Report) -> str:
    """The first tidy table; a text that a spreadsheet would run as a formula is kept text by an apostrophe."""
    table = report.for_machines[0].in_text()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.key for column in table.columns])
    for row in _facts(table):
        writer.writerow([cell if isinstance(cell, Decimal) else _harmless(_value(cell)) for cell in row])
    return out.getvalue()


def render_json(report: Report) -> str:
    """The report as one object."""
    return json.dumps(as_objects(report), ensure_ascii=False, indent=2) + "\n"


def as_objects(report: Report) -> dict[str, object]:
    """Title, facts, every tidy table as a list of objects, notes."""
    return {
        "report": report.key,
        "title": report.title,
        **report.facts,
        **{table.key: _objects(table) for table in report.for_machines},
        "notes": list(report.notes),
    }


def _objects(table: Table) -> list[dict[str, object]]:
    table = table.in_text()
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, map(_value, row), strict=True)) for row in _facts(table)]


def _facts(table: Table) -> Sequence[Sequence[Cell]]:
    """The rows without sums, which are for people."""
    return table.rows[: len(table.rows) - table.sums]


def _value(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Decimal):
        return float(cell)
    if isinstance(cell, Status):
        return cell.value
    if isinstance(cell, Coded):
        return str(cell) or None
    if isinstance(cell, Bar):
        return cell.value
    if isinstance(cell, Squares):
        return cell_text(cell, CellKind.SQUARES)
    return cell.isoformat() if isinstance(cell, date) else cell


def _harmless(value: str | int | float | None) -> str | int | float | None:
    """A text that a spreadsheet would run is guarded; a sign alone is no formula."""
    return for_csv(value) if isinstance(value, str) and len(value) > 1 else value
