"""Texts and tables as HTML. Every text of the ledger goes through `text`, and none into a script or a style."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any

from ntmtrack.reports import Column, Table, cell_text
from ntmtrack.text import visible


def text(value: str) -> str:
    """A text as text, within an element or an attribute: one line, nothing of it markup."""
    return escape(visible(" ".join(value.split())))


def paragraphs(texts: Iterable[str], mark: str = "") -> Iterator[str]:
    """Each text as a paragraph, of a class where one is given."""
    begin = f'<p class="{mark}">' if mark else "<p>"
    yield from (f"{begin}{text(one)}</p>" for one in texts)


def heading(level: int, words: str) -> Iterator[str]:
    """A heading; nothing without words."""
    if words:
        yield f"<h{level}>{text(words)}</h{level}>"


def scrolled(label: str, lines: Iterable[str]) -> Iterator[str]:
    """What may be wider than a small screen, to be moved within its own frame, also by the keys."""
    yield f'<div class="wide" role="group" tabindex="0" aria-label="{text(label)}">'
    yield from lines
    yield "</div>"


def table(shown: Table, caption: str = "", mark: str = "", head: str | None = None) -> Iterator[str]:
    """A table with its headings scoped; the column `head`, else the first, names the rows. A section gets a line."""
    columns = shown.columns
    head = head or columns[0].key
    yield f'<table class="{mark}">' if mark else "<table>"
    if caption:
        yield f"<caption>{text(caption)}</caption>"
    yield "<thead>"
    yield from _head(columns)
    yield "</thead><tbody>"
    for place, row in enumerate(shown.rows):
        begin = '<tr class="part">' if place in shown.sections else "<tr>"
        yield begin + "".join(
            _cell(cell_text(cell, column.kind), column, is_head=column.key == head)
            for cell, column in zip(row, columns, strict=True)
        )
    yield "</tbody></table>"


def _cell(words: str, column: Column[Any], *, is_head: bool) -> str:
    if is_head:
        return f'<th scope="row">{text(words)}'
    return f'<td class="n">{text(words)}' if column.is_figure else f"<td>{text(words)}"


def _head(columns: Sequence[Column[Any]]) -> Iterator[str]:
    """The headings in a row; in two where columns are under a group."""
    if not any(column.group for column in columns):
        yield "<tr>" + "".join(_heading(column) for column in columns)
        return
    groups = [(group, list(of_group)) for group, of_group in groupby(columns, key=lambda column: column.group)]
    yield "<tr>" + "".join(
        f'<th scope="colgroup" colspan="{len(of_group)}">{text(group)}'
        if group
        else "".join(_heading(column, ' rowspan="2"') for column in of_group)
        for group, of_group in groups
    )
    yield "<tr>" + "".join(_heading(column) for column in columns if column.group)


def _heading(column: Column[Any], more: str = "") -> str:
    mark = ' class="n"' if column.is_figure else ""
    return f'<th scope="col"{mark}{more}>{text(column.title)}' if column.title else f"<td{more}>"
