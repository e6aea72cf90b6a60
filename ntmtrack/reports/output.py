"""Which renderer shows a report: a table on a terminal, plain text in a pipe, CSV or JSON on request."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ntmtrack.errors import NotAText
from ntmtrack.streams import showing, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ntmtrack.reports.values import Report

_BY_ENDING = {".csv": "csv", ".json": "json"}


def show(report: "Report", wanted: str | None, output: Path | None) -> None:
    """Writes `report` as `wanted`: table, plain, csv or json.

    By itself a table on a terminal and plain text in a pipe; into a file what its ending says. Raises OutputLost.
    """
    if output is not None:
        _save(report, wanted or _BY_ENDING.get(output.suffix.lower(), "plain"), output)
        return
    chosen = wanted or ("table" if sys.stdout.isatty() else "plain")
    with showing():
        _print(report, chosen)
    if chosen == "csv":
        for note in report.notes:
            tell(f"· {note}")


def show_markdown(text: str) -> None:
    """Prints Markdown as it is into a pipe, laid out on a terminal. Raises OutputLost."""
    with showing():
        if not sys.stdout.isatty():
            sys.stdout.write(text)
            return
        from rich.console import Console
        from rich.markdown import Markdown

        from ntmtrack.text import encodable

        console = Console(width=_asked_width())
        console.print(Markdown(encodable(text, console.encoding), hyperlinks=False, code_theme="ansi_dark"))


def _print(report: "Report", chosen: str) -> None:
    if chosen == "table" and report.text:
        _print_wrapped(report.text)
    elif chosen == "table":
        from ntmtrack.reports.screen import draw

        draw(report, _asked_width())
    else:
        sys.stdout.write(_text(report, chosen))


def _print_wrapped(paragraphs: "Sequence[str]") -> None:
    """Paragraphs folded between words at the width of the terminal."""
    from shutil import get_terminal_size
    from textwrap import fill

    from ntmtrack.text import visible

    for paragraph in paragraphs:
        print(fill(visible(paragraph), get_terminal_size().columns, break_long_words=False, break_on_hyphens=False))


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


def _save(report: "Report", chosen: str, output: Path) -> None:
    """Writes a text file whole or not at all; CSV with a byte order mark, which Excel needs for Vietnamese."""
    from ntmtrack.files import replacing

    if output.suffix.lower() in (".xlsx", ".xls"):
        raise NotAText(file=output.name, stem=output.stem)
    with replacing(output) as draft:
        draft.write_text(_text(report, chosen), encoding="utf-8-sig" if chosen == "csv" else "utf-8")
