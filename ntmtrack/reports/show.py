"""Which renderer shows a report: a table on a terminal, plain text in a pipe, CSV or JSON on request."""

import csv
import io
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from ntmtrack.errors import NotAText
from ntmtrack.excel import for_csv
from ntmtrack.progress.status import Status
from ntmtrack.reports import Bar, CellKind, CellValue, LabelledCode, Report, Squares, Table, cell_text
from ntmtrack.streams import showing, tell
from ntmtrack.text import visible, width

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
        from ntmtrack.reports.terminal import draw

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
        return render_csv(report)
    if chosen == "json":
        return render_json(report)

    return "\n".join(plain_lines(report)) + "\n"


def _save(report: "Report", chosen: str, output: Path) -> None:
    """Writes a text file whole or not at all; CSV with a byte order mark, which Excel needs for Vietnamese."""
    from ntmtrack.files import replacing

    if output.suffix.lower() in (".xlsx", ".xls"):
        raise NotAText(file=output.name, stem=output.stem)
    with replacing(output) as draft:
        draft.write_text(_text(report, chosen), encoding="utf-8-sig" if chosen == "csv" else "utf-8")


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
    import json

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


def _facts(table: Table) -> Sequence[Sequence[CellValue]]:
    """The rows without sums, which are for people."""
    return table.rows[: len(table.rows) - table.sums]


def _value(cell: CellValue) -> str | int | float | None:
    if isinstance(cell, Decimal):
        return float(cell)
    if isinstance(cell, Status):
        return cell.value
    if isinstance(cell, LabelledCode):
        return str(cell) or None
    if isinstance(cell, Bar):
        return cell.value
    if isinstance(cell, Squares):
        return cell_text(cell, CellKind.SQUARES)
    return cell.isoformat() if isinstance(cell, date) else cell


def _harmless(value: str | int | float | None) -> str | int | float | None:
    """A text that a spreadsheet would run is guarded; a sign alone is no formula."""
    return for_csv(value) if isinstance(value, str) and len(value) > 1 else value


def plain_lines(report: Report) -> Iterator[str]:
    """The lines of `report`; of a text its paragraphs alone."""
    if report.text:
        yield from map(visible, report.text)
        return
    report = report.for_people
    yield visible(report.title)
    if report.subtitle:
        yield visible(report.subtitle)
    for place, table in enumerate(report.tables):
        yield ""
        if place and table.title:
            yield table.title
        yield from _table(table)
    if report.notes:
        yield ""
        yield from (f"· {visible(note)}" for note in report.notes)
    if report.more:
        yield from ([] if report.notes else [""])
        yield visible(report.more)


def _table(table: Table) -> Iterator[str]:
    table = table.in_text().told()
    heads = [[c.group for c in table.columns], [c.title for c in table.columns]]
    heads = [head for head in heads if any(head)]
    body = [
        [visible(cell_text(cell, column.kind)) for cell, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    widths = [max(map(width, cells)) for cells in zip(*heads, *body, strict=True)]
    for row in [*heads, *body]:
        cells = [
            _pad(text, room, right=column.is_figure)
            for text, room, column in zip(row, widths, table.columns, strict=True)
        ]
        yield "  ".join(cells).rstrip()


def _pad(text: str, room: int, *, right: bool) -> str:
    blank = " " * (room - width(text))
    return blank + text if right else text + blank
