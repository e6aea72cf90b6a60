"""Footnotes below a table, and the marks beside names and levels that send to them: “Thổ Sơn (*)”."""

import re
from collections.abc import Iterator, Mapping

from ntmtrack.i18n import _
from ntmtrack.sheets.denials import denies
from ntmtrack.sheets.fields import Field
from ntmtrack.sheets.problems import Kind, Problem, Spot, shown, spot_at
from ntmtrack.sheets.tables import Row, Table
from ntmtrack.text import clean

_MOST_PLACES = 5
_MARKED = (Field.UNIT, Field.DISTRICT, Field.LEVEL, Field.MARK, Field.YEAR)
_STARS = re.compile(r"\(?(\*+)\)?$")
_NUMBER = re.compile(r"(?<=\w)\s*\(([0-9]{1,2})\)$")
_NOTE = re.compile(r"(?:^|(?<=\s))\(?(\*+)\)?(?=[\s:.\w])|(?:^|(?<=\s))\(([0-9]{1,2})\)(?=\s*[:.]?\s*\w)")
_BEFORE = re.compile(r"\W*((ghi chú|ghi chu|lưu ý|chú thích)\s*:?)?\W*", re.IGNORECASE)


def read_footnotes(table: Table) -> dict[str, str]:
    """What the rows that tell of no unit say after a mark: {"*": "xã Thổ Sơn chưa đạt tiêu chí 17"}."""
    rows = {row.number for row in table.rows}
    found: dict[str, str] = {}
    for number in range(table.head.bottom + 1, len(table.sheet.rows)):
        if number not in rows:
            for mark, text in _notes(shown(cell) for cell in table.sheet.rows[number] if isinstance(cell.value, str)):
                found.setdefault(mark, text)
    return found


def _notes(texts: Iterator[str]) -> Iterator[tuple[str, str]]:
    """The notes of a row, each after its mark; a mark may stand in a cell of its own."""
    text = clean(" ".join(texts))
    marks = [*_NOTE.finditer(text)]
    if not marks or not _BEFORE.fullmatch(text[: marks[0].start()]):
        return
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=True):
        if said := text[mark.end() : end].strip(" :.)"):
            yield mark[1] or mark[2], said


def unmarked_remarks(table: Table) -> Iterator[str]:
    """The remarks in or below a table that are no row's own by a mark: they may speak of all of it."""
    if not table.passed:
        return
    borne = {marked[0] for row in table.rows if (marked := mark_of(table, row))}
    for number in table.passed:
        texts = [shown(cell) for cell in table.sheet.rows[number] if isinstance(cell.value, str)]
        if not any(mark in borne for mark, _said in _notes(iter(texts))):
            yield " ".join(texts)


def mark_of(table: Table, row: Row) -> tuple[str, Spot] | None:
    """The first mark of a footnote in a row, and where it stands; None where there is none."""
    for column, cell in row.told:
        text = clean(cell.value) if isinstance(cell.value, str) and column.field in _MARKED else ""
        found = _STARS.search(text) or (_NUMBER.search(text) if column.field is Field.UNIT else None)
        if found:
            return found[1], spot_at(table.sheet, row.number, column.number)
    return None


def denied_by_footnote(table: Table, row: Row, footnotes: Mapping[str, str]) -> Iterator[Problem]:
    """The problem that the footnote to which a row sends denies it."""
    marked = mark_of(table, row) if footnotes else None
    said = footnotes.get(marked[0], "") if marked else ""
    if marked is None or not denies(said):
        return
    says = _("its footnote denies it: “{text}”").format(text=said)
    fix = _("leave the row out, or take the mark away where the row counts")
    yield Problem(Kind.RULE, marked[1], says, fix)


def marks_told(table: Table) -> Iterator[str]:
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
