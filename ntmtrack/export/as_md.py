"""A document as Markdown: what people read, to paste into a message or a page."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ntmtrack.export import Document, ReportSheet
from ntmtrack.files import replacing
from ntmtrack.reports import Column, Table, cell_text
from ntmtrack.text import visible

SHEETS = ("summary", "roadmap", "districts", "new", "bands", "criteria", "checks", "notes")
LONGEST = None
# What Markdown reads as its own: emphasis, code, links, HTML, the bars of a table, headings, what is struck out.
_MARKS = re.compile(r"([\\`*_\[\]<>|#~])")


def write(document: Document, file: Path) -> None:
    """UTF-8; raises FileBusy."""
    lines = [f"# {_text(document.title)}", ""]
    for sheet in document.sheets:
        lines += _sheet(sheet)
    with replacing(file) as draft:
        draft.write_text("\n".join(lines), encoding="utf-8")


def _sheet(sheet: ReportSheet) -> Iterator[str]:
    report = sheet.report
    yield from (f"## {_text(sheet.name)}", "", f"**{_text(report.title)}**", "")
    if report.subtitle:
        yield from (f"*{_text(report.subtitle)}*", "")
    for place, table in enumerate(report.tables):
        if place and table.title:
            yield from (f"### {_text(table.title)}", "")
        yield from _table(table.in_text())
        yield ""
    for sentence in sheet.sentences:
        yield from (_text(sentence), "")
    if report.notes:
        yield from (f"- {_text(note)}" for note in report.notes)
        yield ""


def _table(table: Table) -> Iterator[str]:
    yield _row(_heading(column) for column in table.columns)
    yield _row("---:" if column.is_figure else "---" for column in table.columns)
    for row in table.rows:
        yield _row(_text(cell_text(cell, column.kind)) for cell, column in zip(row, table.columns, strict=True))


def _heading(column: Column[Any]) -> str:
    """The heading under its group, in one cell: Markdown has no merged ones."""
    return _text(" ".join(filter(None, (column.group, column.title))))


def _row(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    """The text as text: what Markdown would take for its own marks is escaped, lines become spaces."""
    return _MARKS.sub(r"\\\1", visible(" ".join(text.split())))
