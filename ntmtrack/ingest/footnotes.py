"""Footnotes below a table that take back what a row tells, and the marks by which rows point to them."""

import re
from collections.abc import Iterator, Mapping

from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind, cell_ref
from ntmtrack.ingest.columns import Field
from ntmtrack.ingest.denials import denies
from ntmtrack.ingest.office_table import OfficeTable, TableRow
from ntmtrack.text import clean

_MOST_PLACES = 5
_MARKED = (Field.UNIT, Field.DISTRICT, Field.LEVEL, Field.MARK, Field.YEAR)
# A mark of stars at the end.
_STARS = re.compile(r"\(?(\*+)\)?$")
# A number in brackets behind a letter: “Thổ Sơn (1)”.
_NUMBERED_MARK = re.compile(r"(?<=\w)\s*\(([0-9]{1,2})\)$")
# A mark before the words of its footnote, by stars or a number in brackets.
_NOTE = re.compile(r"(?:^|(?<=\s))\(?(\*+)\)?(?=[\s:.\w])|(?:^|(?<=\s))\(([0-9]{1,2})\)(?=\s*[:.]?\s*\w)")
# “Ghi chú:” may stand before the first footnote.
_BEFORE = re.compile(r"\W*((ghi chú|ghi chu|lưu ý|chú thích)\s*:?)?\W*", re.IGNORECASE)


def read_footnotes(table: OfficeTable) -> dict[str, str]:
    """What the rows that tell of no unit say after a mark: {"*": "xã Thổ Sơn chưa đạt tiêu chí 17"}."""
    rows = {row.number for row in table.rows}
    footnotes: dict[str, str] = {}
    for number in range(table.head.bottom + 1, len(table.sheet.rows)):
        if number not in rows:
            for mark, text in _notes(cell.shown for cell in table.sheet.rows[number] if isinstance(cell.value, str)):
                footnotes.setdefault(mark, text)
    return footnotes


def _notes(texts: Iterator[str]) -> Iterator[tuple[str, str]]:
    """The notes of a row, each after its mark; a mark may stand in a cell of its own."""
    text = clean(" ".join(texts))
    marks = [*_NOTE.finditer(text)]
    if not marks or not _BEFORE.fullmatch(text[: marks[0].start()]):
        return
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=True):
        if note := text[mark.end() : end].strip(" :.)"):
            yield mark[1] or mark[2], note


def unmarked_remarks(table: OfficeTable) -> Iterator[str]:
    """The remarks in or below a table that are no row's own by a mark: they may speak of all of it."""
    if not table.passed:
        return
    borne = {marked[0] for row in table.rows if (marked := mark_of(table, row))}
    for number in table.passed:
        texts = [cell.shown for cell in table.sheet.rows[number] if isinstance(cell.value, str)]
        if not any(mark in borne for mark, _said in _notes(iter(texts))):
            yield " ".join(texts)


def mark_of(table: OfficeTable, row: TableRow) -> tuple[str, CellRef] | None:
    """The first mark of a footnote in a row, and where it stands; None where there is none."""
    for column, cell in row.cells:
        text = clean(cell.value) if isinstance(cell.value, str) and column.field in _MARKED else ""
        mark = _STARS.search(text) or (_NUMBERED_MARK.search(text) if column.field is Field.UNIT else None)
        if mark:
            return mark[1], cell_ref(table.sheet, row.number, column.number)
    return None


def denied_by_footnote(table: OfficeTable, row: TableRow, footnotes: Mapping[str, str]) -> Iterator[Problem]:
    """The problem that the footnote to which a row sends denies it."""
    marked = mark_of(table, row) if footnotes else None
    note = footnotes.get(marked[0], "") if marked else ""
    if marked is None or not denies(note):
        return
    says = _("its footnote denies it: “{text}”").format(text=note)
    fix = _("leave the row out, or take the mark away where the row counts")
    yield Problem(ProblemKind.RULE, marked[1], says, fix)


def footnote_remarks(table: OfficeTable) -> Iterator[str]:
    """Each mark of a footnote that denies nothing, with the cells where it stands and what the footnote says."""
    footnotes = read_footnotes(table)
    cells: dict[str, list[str]] = {}
    for row in table.rows:
        marked = mark_of(table, row)
        if marked and not denies(footnotes.get(marked[0], "")):
            cells.setdefault(marked[0], []).append(marked[1].address)
    for mark, places in cells.items():
        shown_places = ", ".join(places[:_MOST_PLACES]) + ("…" if len(places) > _MOST_PLACES else "")
        says = _("Footnote ({mark}) of {places}, not read: “{text}”.")
        says = says if mark in footnotes else _("No footnote tells what ({mark}) at {places} means.")
        yield says.format(mark=mark, places=shown_places, text=footnotes.get(mark))
