"""A report for other programs: CSV (its first tidy table) and JSON (all of them), with stable English field names."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

from ntmtrack.progress.status import Status
from ntmtrack.reports.values import Cell, Coded, Report, Table


def render_csv(report: Report) -> str:
    """The first tidy table; a text that a spreadsheet would run as a formula is kept text by an apostrophe."""
    table = report.for_machines[0]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.key for column in table.columns])
    for row in table.rows:
        writer.writerow([cell if isinstance(cell, Decimal) else _harmless(_value(cell)) for cell in row])
    return out.getvalue()


def render_json(report: Report) -> str:
    """Title, facts, every tidy table as a list of objects, notes."""
    whole = {
        "report": report.key,
        "title": report.title,
        **report.facts,
        **{table.key: _objects(table) for table in report.for_machines},
        "notes": list(report.notes),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _objects(table: Table) -> list[dict[str, object]]:
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, map(_value, row), strict=True)) for row in table.rows]


def _value(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Decimal):
        return float(cell)
    if isinstance(cell, Status):
        return cell.value
    if isinstance(cell, Coded):
        return str(cell) or None
    return cell.isoformat() if isinstance(cell, date) else cell


def _harmless(value: str | int | float | None) -> str | int | float | None:
    if not isinstance(value, str) or len(value) < 2:  # a sign alone is no formula
        return value
    return f"'{value}" if value[0] in ("=", "+", "-", "@", "\t", "\r") else value
