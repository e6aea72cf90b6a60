"""Which tables of an office's file are meant: on which sheet, of what kind, its headings understood."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from ntmtrack.errors import (
    BadMapping,
    HiddenTable,
    NoSuchSheet,
    NoTable,
    NtmError,
    OnlyNames,
    SeveralSheets,
    SeveralTables,
    UnknownHeading,
    UnknownLevel,
)
from ntmtrack.i18n import _
from ntmtrack.office.imports.doubtful_columns import refuse_doubtful
from ntmtrack.programmes import DEFAULT, KEYS, find_level, programme
from ntmtrack.sheets.books import Book
from ntmtrack.sheets.cells import Sheet, letters_of
from ntmtrack.sheets.fields import FIELDS, NOTHING, Field, What
from ntmtrack.sheets.headings import Meaning, is_column, levels_in, simple
from ntmtrack.sheets.heads import Head, Wanted, find_heads
from ntmtrack.sheets.map_options import map_option
from ntmtrack.sheets.roadmap_form import is_roadmap_form
from ntmtrack.sheets.tables import Table, read_table
from ntmtrack.text import nearest, squeeze, whole_number

# Days of letterheads and of the papers that a table goes with: their years are none of its own.
_DATED = re.compile(r"ngày\s*[0-9 ]*(tháng\s*[0-9 ]*năm\s*[0-9]*|[/.-][0-9/. -]+)", re.IGNORECASE)
_YEARS = range(2000, 2100)
_READ = (What.RECOGNITIONS, What.PUBLISHED, What.UNITS)  # what is tried, in this order


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for: the kind of table, its sheets, headings given a meaning, fields given for all rows."""

    what: What | None = None
    sheets: Sequence[str] = ()
    mapped: Mapping[str, Meaning] = field(default_factory=dict)
    given: frozenset[Field] = frozenset()
    level: str | None = None  # the key of the level given for all rows
    skip_hidden: bool = False


class _Placed(NamedTuple):
    sheet: Sheet
    heads: list[Head]


def find_tables(book: Book, choice: Choice) -> tuple[What, list[Table]]:
    """The tables meant.

    Raises NoTable, SeveralSheets, SeveralTables, SideBySide, HeadingTwice, OnlyNames, NoSuchSheet, UnknownHeading.
    """
    names = _named(book, choice.sheets)
    wanted = [choice.what] if choice.what else [*_READ]
    placed: dict[What, list[_Placed]] = {what: [] for what in wanted}
    for name in names:  # a sheet without a table is not kept
        sheet = _sheet(book, name)
        if choice.what in (None, What.ROADMAP) and is_roadmap_form(sheet.rows):
            return What.ROADMAP, []
        for what in wanted:
            if heads := find_heads(sheet, Wanted(what, choice.mapped, choice.given, choice.level)):
                placed[what].append(_Placed(sheet, heads))
    found = next((what for what in wanted if placed[what]), None)
    if found is None:
        raise _no_table(book, names, choice)
    return found, _tables(book, names, found, placed[found], choice)


def _sheet(book: Book, name: str) -> Sheet:
    """A sheet as it is meant: merged cells told in each row, what programs write for "nothing" left out."""
    return book.read(name).spread().without(NOTHING).narrowed()


def hidden_tables(book: Book, what: What, choice: Choice) -> list[str]:
    """The hidden sheets that hold such a table and were not asked for."""
    asked = {squeeze(name) for name in choice.sheets}
    hidden = [name for name in book.names if name not in book.shown and squeeze(name) not in asked]
    wanted = Wanted(what, choice.mapped, choice.given, choice.level)
    return [name for name in hidden if find_heads(_sheet(book, name), wanted)]


def _tables(book: Book, names: Sequence[str], what: What, placed: Sequence[_Placed], choice: Choice) -> list[Table]:
    """The tables on the sheets meant; raises what `find_tables` does."""
    file = book.source.name
    if choice.sheets and len(placed) < len(names):
        raise _no_table(book, [name for name in names if name not in {one.sheet.name for one in placed}], choice)
    if len(placed) > 1 and not choice.sheets:
        shown = ", ".join(f"“{one.sheet.name}”" for one in placed)
        raise SeveralSheets(file=file, count=len(placed), sheets=shown, example=placed[0].sheet.name)
    tables = [_table(file, one, what, choice) for one in placed]
    if choice.what is None and what is What.UNITS:
        _refuse_mere_names(file, tables)
    return tables


def _refuse_mere_names(file: str, tables: Sequence[Table]) -> None:
    """A list of names may be of units to add or of units recognised: its title is proposed, never taken."""
    level, year = titles_of(tables)
    told = {column.field for table in tables for column in table.head.columns}
    if level is None and told & {Field.CODE, Field.KIND, Field.SINCE}:
        return
    words = [f"--level {level}"] * bool(level) + [f"--year {year}"] * bool(year)
    proposed = _("; its title speaks of: {words}").format(words=" ".join(words)) if words else ""
    raise OnlyNames(file=file, proposed=proposed)


def _named(book: Book, wanted: Sequence[str]) -> list[str]:
    """The sheets asked for by name, else those in sight."""
    found = []
    for name in wanted:
        same = [known for known in book.names if known == name or squeeze(known) == squeeze(name)]
        if not same:
            known = ", ".join(f"“{one}”" for one in book.names)
            raise NoSuchSheet(sheet=name, file=book.source.name, known=known, near=nearest(name, book.names, 1))
        found.append(same[0])
    return found or [*book.shown]


def _table(file: str, placed: _Placed, what: What, choice: Choice) -> Table:
    head, *others = placed.heads
    sheet = placed.sheet
    place = f"{file}, {sheet.name}" if sheet.name else file
    if others:
        raise SeveralTables(place=place, first=head.top + 1, second=others[0].top + 1)
    refuse_doubtful(file, place, sheet, head)
    _refuse_unknown_headings(file, head, choice)
    table = read_table(sheet, head, what)
    table = table._replace(sheet=sheet.as_drawn())
    if table.other_head is not None:
        raise SeveralTables(place=place, first=head.top + 1, second=table.other_head + 1)
    if choice.skip_hidden:
        rows = tuple(row for row in table.rows if row.number not in sheet.hidden_rows)
        table = table._replace(rows=rows, hidden=())
    return table


def _refuse_unknown_headings(file: str, head: Head, choice: Choice) -> None:
    """Every heading named by --map must be one of the table, by its text or its column."""
    known = {simple(column.heading) for column in head.columns} | {simple(text) for _number, text in head.unused}
    parts = {simple(column.heading.rpartition(" / ")[2]) for column in head.columns}
    parts |= {simple(text.rpartition(" / ")[2]) for _number, text in head.unused}
    letters = {letters_of(column.number) for column in head.columns} | {letters_of(n) for n, _text in head.unused}
    for heading in choice.mapped:
        if heading not in known | parts | letters:
            shown = [column.heading for column in head.columns] + [text for _number, text in head.unused]
            raise UnknownHeading(heading=heading, file=file, known=", ".join(f"“{one}”" for one in shown))


def _no_table(book: Book, names: Sequence[str], choice: Choice) -> NtmError:
    """That there is no table, with what would have been one and what was looked at; or that it is hidden."""
    what = choice.what or What.RECOGNITIONS
    if not choice.sheets and (hidden := hidden_tables(book, what, choice)):
        return HiddenTable(file=book.source.name, sheets=", ".join(f"“{one}”" for one in hidden), example=hidden[0])
    looked = ", ".join(f"“{name}”" for name in names if name) or book.source.name
    return NoTable(file=book.source.name, what=what.label, looked=looked)


def read_mapping(text: str) -> tuple[str, Meaning]:
    """What --map says: "Tên xã=unit", "D=year", "QĐ nâng cao=nang-cao.decision", "NC=nang-cao"; raises BadMapping."""
    heading, sign, word = text.rpartition("=")
    if not sign or not heading.strip():
        raise BadMapping(text=text, known=_known_words())
    level, _dot, field_word = word.strip().rpartition(".")
    levels = [one for part in (level, field_word) for one in levels_in(simple(part))[0]]
    meant = next((one for one in Field if squeeze(field_word) in (squeeze(one.value), squeeze(one.label))), None)
    if meant is None and levels and not level:
        meant = Field.MARK
    if meant is None or (level and not levels):
        raise BadMapping(text=text, known=_known_words())
    return _heading_key(heading.strip()), (meant, levels[0] if levels else None)


def known_level(typed: str) -> str:
    """The key of the level that `typed` names in any programme, the latest first; raises UnknownLevel."""
    for key in reversed(KEYS):
        with suppress(UnknownLevel):
            return find_level(programme(key), typed).key
    return find_level(programme(DEFAULT), typed).key


def _heading_key(heading: str) -> str:
    """A column's letters as they are, a heading as `simple` has it."""
    return heading if is_column(heading) else simple(heading)


def _known_words() -> str:
    words = [one.value for one in dict.fromkeys(field for what in _READ for field in FIELDS[what])]
    levels = list(dict.fromkeys(level.key for key in KEYS for level in programme(key).levels))
    return ", ".join((*words, *levels, f"{levels[1]}.{Field.YEAR.value}"))


def titles_of(tables: Sequence[Table]) -> tuple[str | None, int | None]:
    """The level and the year that the titles above the tables name, to be proposed: never taken by itself."""
    text = simple(" ".join(_DATED.sub(" ", title) for table in tables for title in table.titles))
    levels, rest = levels_in(text)
    years = {year for word in rest.split() if (year := whole_number(word)) and year in _YEARS}
    return (levels[0] if len(levels) == 1 else None), (years.pop() if len(years) == 1 else None)


def unread(table: Table) -> list[tuple[int, str]]:
    """The columns that hold something in the rows read and were not read, with their headings; "" for none."""
    read = {column.number for column in table.head.columns}
    headings = dict(table.head.unused)
    filled = {
        place
        for row in table.rows
        for place, cell in enumerate(table.sheet.rows[row.number])
        if place not in read and not cell.is_blank
    }
    return [(place, headings.get(place, "")) for place in sorted(filled)]


def map_of(table: Table, place: int, heading: str, field: Field) -> str:
    """The option that has a column read as a field: by its heading, by its letters where that is not its own."""
    texts = [column.heading for column in table.head.columns] + [text for _place, text in table.head.unused]
    parts = [simple(part) for text in texts for part in text.split(" / ")]
    is_own = parts.count(simple(heading)) == 1
    return map_option(place, field.value, heading if is_own else "")
