"""Which renderer shows a report: a table on a terminal, plain text in a pipe, CSV or JSON on request."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ntmtrack.errors import FileBusy, reason

if TYPE_CHECKING:
    from ntmtrack.reports.values import Report


def show(report: "Report", wanted: str | None, output: Path | None) -> None:
    """Writes `report` as `wanted`: table, plain, csv or json; by itself a table on a terminal, else plain."""
    chosen = wanted or ("table" if output is None and sys.stdout.isatty() else "plain")
    if chosen == "table" and output is None:
        _draw(report)
        return
    text = _text(report, chosen)
    if output is None:
        sys.stdout.write(text)
    else:
        _save(text, output, bom=chosen == "csv")
    if chosen == "csv":
        for note in report.notes:
            print(f"· {note}", file=sys.stderr)


def _draw(report: "Report") -> None:
    from rich.console import Console

    from ntmtrack.reports.screen import render

    render(report, Console(highlight=False, soft_wrap=False, width=_asked_width()))


def _asked_width() -> int | None:
    """COLUMNS where it is set, also in a pipe; else the terminal's own width (None)."""
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdecimal() and int(columns) > 0 else None


def _text(report: "Report", chosen: str) -> str:
    if chosen == "csv":
        from ntmtrack.reports.machine import render_csv

        return render_csv(report)
    if chosen == "json":
        from ntmtrack.reports.machine import render_json

        return render_json(report)
    from ntmtrack.reports import plain

    return "\n".join(plain.render(report)) + "\n"


def _save(text: str, output: Path, *, bom: bool) -> None:
    """Writes a text file whole or not at all; CSV with a byte order mark, which Excel needs for Vietnamese."""
    draft = output.with_name(f".{output.name}.part")
    try:
        draft.write_text(text, encoding="utf-8-sig" if bom else "utf-8")
        draft.replace(output)
    except OSError as wrong:
        draft.unlink(missing_ok=True)
        raise FileBusy(file=output, reason=reason(wrong)) from wrong
