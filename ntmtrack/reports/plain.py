"""A report as plain text: aligned columns, no boxes, no colour, every text whole."""

from collections.abc import Iterator

from ntmtrack.reports.values import Report, Table, cell_text
from ntmtrack.text import visible, width


def render(report: Report) -> Iterator[str]:
    """The lines of `report`; of a text its paragraphs alone."""
    if report.text:
        yield from map(visible, report.text)
        return
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


def _table(table: Table) -> Iterator[str]:
    table = table.in_text()
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
