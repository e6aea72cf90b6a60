"""Which tables of an office's file are meant: on which sheet, of what kind, its headings understood."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from ntmtrack.errors import (
    ColumnsApart,
    HeadingTwice,
    HiddenTable,
    NoCriteriaTable,
    NoSuchSheet,
    NoTable,
    NoTableOfRegisters,
    NoTableOfValues,
    NtmError,
    OnlyNames,
    SeveralSheets,
    SeveralTables,
    SideBySide,
    UnknownHeading,
)
from ntmtrack.i18n import _
from ntmtrack.ingest import map_option
from ntmtrack.ingest.columns import NOTHING, Field, FieldColumn, TableKind, simple
from ntmtrack.ingest.criteria_head import criteria_heads
from ntmtrack.ingest.head import Head, HeaderSearch
from ntmtrack.ingest.header import find_heads
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.options import TRIED, ImportOptions
from ntmtrack.ingest.other_kinds import refuse_other_kind
from ntmtrack.ingest.roadmap_words import is_roadmap_form
from ntmtrack.ingest.table import read_table
from ntmtrack.ingest.titles import titles_of
from ntmtrack.spreadsheets import Book, Sheet, address, letters_of
from ntmtrack.text import nearest, squeeze


class _SheetHeads(NamedTuple):
    sheet: Sheet
    heads: list[Head]


def find_tables(book: Book, options: ImportOptions) -> tuple[TableKind, list[OfficeTable]]:
    """The tables meant.

    Raises NoTable, SeveralSheets, SeveralTables, SideBySide, HeadingTwice, OnlyNames, AnotherKind, NoSuchSheet,
    UnknownHeading.
    """
    names = _sheet_names(book, options.sheets)
    kinds = [options.what] if options.what else [*TRIED]
    placed: dict[TableKind, list[_SheetHeads]] = {what: [] for what in kinds}
    for name in names:  # a sheet without a table is not kept
        sheet = _sheet(book, name)
        if options.what in (None, TableKind.ROADMAP) and is_roadmap_form(sheet.rows):
            return TableKind.ROADMAP, []
        for what in kinds:
            if heads := _heads(sheet, what, options):
                placed[what].append(_SheetHeads(sheet, heads))
    kind = next((what for what in kinds if placed[what]), None)
    read = [one.sheet for one in placed[kind]] if kind else [_sheet(book, name) for name in names]
    refuse_other_kind(book.source.name, kind, read, options)
    if kind is None:
        raise _no_table(book, names, options)
    return kind, _tables(book, names, kind, placed[kind], options)


def _sheet(book: Book, name: str) -> Sheet:
    """A sheet as it is meant: merged cells told in each row, what programs write for "nothing" left out."""
    return book.read(name).spread().without(NOTHING).narrowed()


def hidden_tables(book: Book, what: TableKind, options: ImportOptions) -> list[str]:
    """The hidden sheets that hold such a table and were not asked for."""
    asked = {squeeze(name) for name in options.sheets}
    hidden = [name for name in book.names if name not in book.shown and squeeze(name) not in asked]
    return [name for name in hidden if _heads(_sheet(book, name), what, options)]


def _heads(sheet: Sheet, what: TableKind, options: ImportOptions) -> list[Head]:
    if what is TableKind.ASSESSMENTS:
        return criteria_heads(sheet, _search(what, options))
    return find_heads(sheet, _search(what, options)) or _heads_below_title(sheet, what, options)


def _search(what: TableKind, options: ImportOptions) -> HeaderSearch:
    is_told = options.what is what
    return HeaderSearch(what, options.mapped, options.given, options.defaults.level, is_told=is_told)


def _heads_below_title(sheet: Sheet, what: TableKind, options: ImportOptions) -> list[Head]:
    """The heads of a mere list of units whose title tells level and year, where each sheet is read by its own."""
    if what is not TableKind.RECOGNITIONS or not options.all_sheets:
        return []
    heads = find_heads(sheet, _search(what, options)._replace(given=frozenset((Field.LEVEL, Field.YEAR))))
    return [head for head in heads if all(titles_of([read_table(sheet, head, what)]))]


def _tables(
    book: Book, names: Sequence[str], what: TableKind, placed: Sequence[_SheetHeads], options: ImportOptions
) -> list[OfficeTable]:
    """The tables on the sheets meant; raises what `find_tables` does."""
    file = book.source.name
    if options.sheets and len(placed) < len(names):
        raise _no_table(
            book, [name for name in names if name not in {sheet_heads.sheet.name for sheet_heads in placed}], options
        )
    if len(placed) > 1 and options.is_of_one_sheet:
        shown = ", ".join(f"“{sheet_heads.sheet.name}”" for sheet_heads in placed)
        raise SeveralSheets(
            file=file,
            count=len(placed),
            sheets=shown,
            example=placed[0].sheet.name,
            names=[one.sheet.name for one in placed],
        )
    tables = [_table(file, sheet_heads, what, options) for sheet_heads in placed]
    if options.what is None and what is TableKind.UNITS:
        _refuse_mere_names(file, tables)
    return tables


def _refuse_mere_names(file: str, tables: Sequence[OfficeTable]) -> None:
    """A list of names may be of units to add or of units recognised: its title is proposed, never taken."""
    level, year = titles_of(tables)
    fields = {column.field for table in tables for column in table.head.columns}
    if level is None and fields & {Field.CODE, Field.VILLAGE, Field.KIND, Field.SINCE}:
        return
    words = [f"--level {level}"] * bool(level) + [f"--year {year}"] * bool(year)
    proposed = _("; its title speaks of: {words}").format(words=" ".join(words)) if words else ""
    raise OnlyNames(file=file, proposed=proposed)


def _sheet_names(book: Book, asked: Sequence[str]) -> list[str]:
    """The sheets asked for by name, else those in sight."""
    names = []
    for name in asked:
        same = [shown for shown in book.names if shown == name or squeeze(shown) == squeeze(name)]
        if not same:
            shown = ", ".join(f"“{title}”" for title in book.names)
            raise NoSuchSheet(sheet=name, file=book.source.name, known=shown, near=nearest(name, book.names, 1))
        names.append(same[0])
    return names or [*book.shown]


def _table(file: str, placed: _SheetHeads, what: TableKind, options: ImportOptions) -> OfficeTable:
    head, *others = placed.heads
    sheet = placed.sheet
    place = f"{file}, {sheet.name}" if sheet.name else file
    if others:
        raise SeveralTables(place=place, first=head.top + 1, second=others[0].top + 1)
    refuse_doubtful(file, place, sheet, head)
    _refuse_unknown_headings(file, head, options)
    table = read_table(sheet, head, what)
    table = replace(table, sheet=sheet.as_drawn())
    if table.other_head is not None:
        raise SeveralTables(place=place, first=head.top + 1, second=table.other_head + 1)
    return without_hidden(table) if options.skip_hidden else table


def without_hidden(table: OfficeTable) -> OfficeTable:
    """A table without its hidden rows."""
    rows = tuple(row for row in table.rows if row.number not in table.sheet.hidden_rows)
    return replace(table, rows=rows, hidden=(), hidden_out=table.hidden)


def _refuse_unknown_headings(file: str, head: Head, options: ImportOptions) -> None:
    """Every heading named by --map must be one of the table, by its text or its column."""
    whole = {simple(column.heading) for column in head.columns} | {simple(text) for _number, text in head.unused}
    parts = {simple(column.heading.rpartition(" / ")[2]) for column in head.columns}
    parts |= {simple(text.rpartition(" / ")[2]) for _number, text in head.unused}
    letters = {letters_of(column.number) for column in head.columns} | {letters_of(n) for n, _text in head.unused}
    for heading in options.mapped:
        if heading not in whole | parts | letters:
            shown = [column.heading for column in head.columns] + [text for _number, text in head.unused]
            raise UnknownHeading(heading=heading, file=file, known=", ".join(f"“{text}”" for text in shown))


def _no_table(book: Book, names: Sequence[str], options: ImportOptions) -> NtmError:
    """That there is no table, with what would have been one and what was looked at; or that it is hidden."""
    what = options.what or TableKind.RECOGNITIONS
    if not options.sheets and (hidden := hidden_tables(book, what, options)):
        return HiddenTable(file=book.source.name, sheets=", ".join(f"“{sheet}”" for sheet in hidden), example=hidden[0])
    looked = ", ".join(f"“{name}”" for name in names if name) or book.source.name
    if what is TableKind.CRITERIA:
        return NoCriteriaTable(file=book.source.name, what=what.label, looked=looked)
    of_registers = dict.fromkeys((TableKind.REGISTRATIONS, TableKind.ENTRIES, TableKind.AWARDS), NoTableOfRegisters)
    refusal = {TableKind.VALUES: NoTableOfValues, **of_registers}.get(what, NoTable)
    return refusal(file=book.source.name, what=what.label, looked=looked)


# Doubtful columns ----------------------------------------------------------------------------------------------------


def refuse_doubtful(file: str, place: str, sheet: Sheet, head: Head) -> None:
    """Raises HeadingTwice, SideBySide, ColumnsApart, each with the options that settle it."""
    _refuse_repeated(file, place, sheet, head)
    _refuse_apart(file, sheet, head)


def _refuse_apart(file: str, sheet: Sheet, head: Head) -> None:
    """Columns beyond a blank one may sum up the table, or belong to it: that is not guessed."""
    if head.apart:
        raise ColumnsApart(
            file=file,
            columns=", ".join(f"“{column.heading}” ({_cell(sheet, head, column.number)})" for column in head.apart),
            read=" ".join(map_option(column.number, _word_of(column)) for column in head.apart),
            skip=" ".join(map_option(column.number, Field.SKIP.value) for column in head.apart),
        )


def _word_of(column: FieldColumn) -> str:
    """What --map calls what a column tells: year, nang-cao, nang-cao.year."""
    if column.level and column.field in (Field.MARK, Field.VALUE):
        return column.level
    return f"{column.level}.{column.field.value}" if column.level else column.field.value


def _refuse_repeated(file: str, place: str, sheet: Sheet, head: Head) -> None:
    """Two columns that tell the same: of two tables side by side, or one too many."""
    if not head.repeated:
        return
    column, other = head.repeated[0]
    first, second = (_skips(head, at) for at in (0, 1))
    either = _("{one}, or {other}").format(one=second, other=first) if len(first) <= len(second) else second
    if len([pair for pair in head.repeated if pair[0].field in (Field.UNIT, Field.CODE, Field.YEAR)]) > 1:
        raise SideBySide(place=place, row=head.bottom + 1, left=second, right=first)
    raise HeadingTwice(
        file=file,
        field=column.field.label,
        first=f"“{column.heading}” ({_cell(sheet, head, column.number)})",
        second=f"“{other.heading}” ({_cell(sheet, head, other.number)})",
        skips=either,
    )


def _skips(head: Head, which: int) -> str:
    """The options that leave out one column of each pair that tells the same, with what stands beside it alone."""
    headed = {column.number for column in head.columns} | {place for place, _text in head.unused}
    left_out: set[int] = set()
    for pair in head.repeated:
        block = _block(headed, pair[which].number)
        left_out |= {pair[which].number} if pair[1 - which].number in block else block
    read = [
        skipped
        for skipped in head.columns
        if skipped.number in left_out and skipped.field not in (Field.SKIP, Field.NUMBERING)
    ]
    return " ".join(map_option(skipped.number, Field.SKIP.value) for skipped in read)


def _block(headed: Collection[int], column: int) -> set[int]:
    """The columns side by side with one, up to one without a heading."""
    first = last = column
    while first - 1 in headed:
        first -= 1
    while last + 1 in headed:
        last += 1
    return {*range(first, last + 1)}


def _cell(sheet: Sheet, head: Head, column: int) -> str:
    return address(sheet.name, head.bottom, column)
