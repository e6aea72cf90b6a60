"""Where a table begins on an office's sheet: the rows of its headings, under whatever titles stand above."""

from collections.abc import Iterator
from itertools import islice

from ntmtrack.ingest.column_contents import marks_by_year, settle_columns, years_across
from ntmtrack.ingest.columns import (
    FIELDS,
    LEVEL_FIELDS,
    TELLING,
    Field,
    FieldColumn,
    TableKind,
    is_column,
    simple,
)
from ntmtrack.ingest.figure_columns import measure_heading, naming_fields, of_measures
from ntmtrack.ingest.head import REPEATABLE, Head, HeaderSearch
from ntmtrack.ingest.header_rows import (
    filled_columns,
    holds_titles,
    is_below_heading,
    is_figure,
    is_title_alone,
    may_be_headings,
)
from ntmtrack.ingest.headings import (
    Meaning,
    heading_texts,
    merged_across,
    merged_into,
    read_heading,
    year_over,
)
from ntmtrack.ingest.level_column import with_level_column
from ntmtrack.ingest.levels import levels_joined, standard_level
from ntmtrack.ingest.register_headings import own_meaning
from ntmtrack.ingest.row_kinds import fields_below, numbering_style
from ntmtrack.ingest.value_headings import is_year_of, title_heading, value_meaning, with_years
from ntmtrack.spreadsheets import Sheet, letters_of

_LOOKED_AT = 100  # rows from the top
_DEEPEST = 3  # rows of headings
_MOST_TITLES = 12  # rows of a letterhead and a title
_MOST_MERGED = 1_000  # blocks among them


def find_heads(sheet: Sheet, search: HeaderSearch) -> list[Head]:
    """Every place near the top where such a table begins, the fullest first; one repeated on each page once.

    Columns that are mapped by their letters say nothing of where the headings are: these are found by their words, and
    only where no words are known, in the first row that could be headings.
    """
    if search.what not in FIELDS:
        return []
    top = _LOOKED_AT + _DEEPEST
    sheet = sheet._replace(merged=tuple(block for block in sheet.merged if block.top < top)[:_MOST_MERGED])
    by_words = {key: meaning for key, meaning in search.mapped.items() if not is_column(key)}
    heads = [*_heads(sheet, search._replace(mapped=by_words))]
    if by_words.keys() != search.mapped.keys():
        heads = [_head(sheet, head.top, head.bottom, search) or head for head in heads] or [*_heads(sheet, search)][:1]
    apart: list[Head] = []
    for head in sorted(heads, key=lambda head: (-head.score, head.top if head.score else 0)):
        is_new = not any(head.words == other.words or _is_group_of(head, other) for other in apart)
        if is_new and all(head.top > other.bottom or head.bottom < other.top for other in apart):
            apart.append(head)
    return [_parted(sheet, head, search) for head in apart]


def _is_group_of(head: Head, table: Head) -> bool:
    """Whether a row only calls units below the names of a fuller table: the head of a group (“II | Các xã khác”).

    A list headed by a level of its own is another table.
    """
    if head.top <= table.bottom or head.score != 1 or table.score == 1:
        return False
    names = [column for column in head.columns if column.field is not Field.NUMBERING]
    is_bare = all(numbering_style(text) for _place, text in head.unused)
    return is_bare and all(
        name.level is None and any((name.number, name.field) == (own.number, own.field) for own in table.columns)
        for name in names
    )


def _heads(sheet: Sheet, search: HeaderSearch) -> Iterator[Head]:
    for row in range(min(len(sheet.rows), _LOOKED_AT)):
        if head := _head_at(sheet, row, search):
            yield head


def _head_at(sheet: Sheet, row: int, search: HeaderSearch) -> Head | None:
    """The fullest reading of a row, alone or with those beneath it, as headings of such a table."""
    if not may_be_headings(sheet, row) or is_title_alone(sheet, row) or _is_letterhead(sheet, row, search):
        return None
    heads = [_head(sheet, row, bottom, search) for bottom in range(row, min(row + _DEEPEST, len(sheet.rows)))]
    fitting = [head for head in heads if head and _is_table(sheet, head, search) and _is_whole(sheet, head, search)]
    best = max(fitting, key=lambda head: (head.score, head.detail, -head.bottom), default=None)
    return None if best and _is_idle(sheet, best, search) else best


def _is_idle(sheet: Sheet, head: Head, search: HeaderSearch) -> bool:
    """Whether its first row is one text alone, without which the rows beneath tell the same: “Quý IV/2024”."""
    if len(filled_columns(sheet, head.top)) != 1:
        return False
    lower = (_head_at(sheet, row, search) for row in range(head.top + 1, head.bottom + 1))
    return any(below.told == head.told for below in lower if below)


def _is_letterhead(sheet: Sheet, row: int, search: HeaderSearch) -> bool:
    """Whether a row holds only words of letterheads and titles, and the headings of such a table stand below them."""
    if not holds_titles(sheet, row):
        return False
    below = range(row + 1, min(row + 1 + _MOST_TITLES, len(sheet.rows)))
    others = (other for other in below if filled_columns(sheet, other) and not holds_titles(sheet, other))
    return any(_head_at(sheet, other, search) for other in islice(others, _DEEPEST))


def _is_table(sheet: Sheet, head: Head, search: HeaderSearch) -> bool:
    fields = {column.field for column in head.columns}
    naming = fields & {*naming_fields(search.what, head.columns)}
    others = fields - naming if len(naming) == 1 else fields
    if search.what is TableKind.UNITS and Field.VILLAGE in naming:
        return True  # whose commune may give its name to the sheet
    return bool(naming) and (bool(others & {*TELLING[search.what]}) or _is_list(sheet, head, search))


def _is_list(sheet: Sheet, head: Head, search: HeaderSearch) -> bool:
    """Whether names are enough: headed by a level, or with level and year given by hand or told by groups of rows."""
    if search.what is not TableKind.RECOGNITIONS:
        return {Field.LEVEL, Field.YEAR} <= search.given
    if any(column.field is Field.UNIT and column.level for column in head.columns):
        return True  # “Xã NTM nâng cao”; what year is asked about
    lacking = {Field.LEVEL, Field.YEAR} - search.given
    return not lacking or lacking <= fields_below(sheet, head.bottom)


def _is_whole(sheet: Sheet, head: Head, search: HeaderSearch) -> bool:
    """Whether its lower rows are headings: nothing beneath the naming headings, no figures, and none left out."""
    naming = naming_fields(search.what, head.columns)
    names = [column.number for column in head.columns if column.field in naming]
    if any(merged_across(sheet, row, index) for row in range(head.top, head.bottom + 1) for index in names):
        return False
    for row in range(head.top + 1, head.bottom + 1):
        cells = sheet.rows[row]
        years = years_across(sheet, row)
        below = {place for place, cell in enumerate(cells) if not cell.is_blank and not merged_into(sheet, row, place)}
        figures = {place for place in below if is_figure(cells[place])}
        is_name_below = any(is_below_heading(sheet, head.top, row, index) for index in names)
        if not below or is_name_below or not figures <= years.keys():
            return False
    heading = [b for b in sheet.merged if b.top == head.top and not sheet.at(b.top, b.left).is_blank]
    return all(block.bottom <= head.bottom for block in heading)


def _head(sheet: Sheet, top: int, bottom: int, search: HeaderSearch) -> Head | None:
    fields = frozenset(FIELDS[search.what])
    columns: list[FieldColumn] = []
    unused: list[tuple[int, str]] = []
    headings = [*heading_texts(sheet, top, bottom, search.mapped)]
    of_values = search.what is TableKind.VALUES
    by_year = marks_by_year(sheet, bottom, headings) if Field.MARK in fields else {}
    for index, parts in headings:
        heading = " / ".join(parts)
        texts = tuple(map(simple, parts))
        typed = (search.mapped.get(key) for key in (letters_of(index), " ".join(texts), texts[-1]))
        meaning = next((meaning for meaning in typed if meaning), None)
        if meaning is None and index in by_year:
            year, level = by_year[index]
            columns.append(FieldColumn(index, Field.MARK, level, heading, year))
        elif (
            meaning := meaning
            or (_value_meaning(sheet, top, parts) if of_values else own_meaning(search.what, parts))
            or _meaning(parts, fields)
        ):
            columns.append(FieldColumn(index, *meaning, heading, _year_over(texts, *meaning)))
        else:
            unused.append((index, heading))
    if not columns:
        return None
    by_hand = {column.number for column in columns if _is_mapped(column, search)}
    if Field.MARK in fields:
        columns = with_level_column(sheet, bottom, columns, unused, by_hand)
        unused = [one for one in unused if all(one[0] != column.number for column in columns)]
    if search.what is not TableKind.CRITERIA:  # whose rows name no units
        columns = settle_columns(sheet, bottom, _of_one_level(columns, search), unused, by_hand)
    columns = of_measures(columns) if Field.MEASURE in fields else columns
    columns = with_years(columns) if of_values else columns
    read = {column.number for column in columns}
    unused = [(place, " / ".join(parts)) for place, parts in headings if place not in read]
    return Head(top, bottom, tuple(columns), tuple(unused), tuple(_repeated(columns)))


def _value_meaning(sheet: Sheet, top: int, parts: list[str]) -> Meaning | None:
    """What a heading means in a table of values alone; below a title that names one measure a year is of that."""
    if meaning := value_meaning(parts):
        return meaning
    if not any(char.isdigit() for part in parts for char in part):
        return None
    title = title_heading(cell.text for row in sheet.rows[:top] for cell in row if not cell.is_blank)
    return (Field.VALUE, title.measure.key) if title and is_year_of(title.measure, parts) else None


def _meaning(parts: list[str], fields: frozenset[Field]) -> Meaning | None:
    """What a heading means; None also where it is of two levels at once."""
    if Field.MEASURE in fields and (of_measure := measure_heading(parts)):
        return of_measure
    meaning = read_heading(tuple(map(simple, parts)), fields)
    return None if meaning and meaning[0] in LEVEL_FIELDS and levels_joined(parts[-1]) else meaning


def _year_over(texts: tuple[str, ...], field: Field, level: str | None) -> int | None:
    """The year that headings tell of marks, and of what else is said of one level."""
    is_its = field is Field.MARK or (level and field in LEVEL_FIELDS and field is not Field.YEAR)
    return year_over(texts) if is_its else None


def _of_one_level(columns: list[FieldColumn], search: HeaderSearch) -> list[FieldColumn]:
    """Where the level is told elsewhere, "Năm đạt chuẩn NTM" is the year of whichever level that is."""
    levels = {column.level for column in columns if column.level}
    is_told = Field.LEVEL in search.given or any(column.field is Field.LEVEL for column in columns)
    if not (is_told and len(levels) == 1 and levels <= {standard_level(), search.level}):
        return columns
    return [column if column.field is Field.MARK else column._replace(level=None) for column in columns]


def _parted(sheet: Sheet, head: Head, search: HeaderSearch) -> Head:
    """The headings with what stands apart from them told."""
    head = head._replace(reach=_reach(sheet, head, search))
    return head._replace(apart=tuple(_apart(sheet, head, search)))


def _reach(sheet: Sheet, head: Head, search: HeaderSearch) -> range:
    """The columns around that of the names, up to a blank one on either side."""
    named = {column.field: column.number for column in reversed(head.columns)}
    naming = naming_fields(search.what, head.columns)
    first = last = next((named[field] for field in naming if field in named), 0)
    headed = {column.number for column in head.columns} | {place for place, _text in head.unused}
    while first and not (first - 1 not in headed and _is_blank_below(sheet, head, first - 1)):
        first -= 1
    while last < max(headed) and not (last + 1 not in headed and _is_blank_below(sheet, head, last + 1)):
        last += 1
    return range(first, last + 1)


def _is_blank_below(sheet: Sheet, head: Head, column: int) -> bool:
    return column not in sheet.continued and all(
        sheet.at(row, column).is_blank for row in range(head.bottom + 1, len(sheet.rows))
    )


def _apart(sheet: Sheet, head: Head, search: HeaderSearch) -> Iterator[FieldColumn]:
    """The columns that another table, a summary beside this one, may own; none where this one needs them."""
    within = tuple(column for column in head.columns if column.number in head.reach)
    others = [column for column in head.columns if column not in within and column.field not in REPEATABLE]
    own_facts = {(column.field, column.level, column.year) for column in within}
    is_other_table = any((column.field, column.level, column.year) in own_facts for column in others)
    if _is_table(sheet, head._replace(columns=within), search) and not is_other_table:
        return (column for column in others if not _is_mapped(column, search))
    return iter(())


def _is_mapped(column: FieldColumn, search: HeaderSearch) -> bool:
    """Whether somebody has said by hand what a column tells."""
    texts = [simple(part) for part in column.heading.split(" / ")]
    return any(key in search.mapped for key in (letters_of(column.number), " ".join(texts), texts[-1]))


def _repeated(columns: list[FieldColumn]) -> Iterator[tuple[FieldColumn, FieldColumn]]:
    first: dict[tuple[object, ...], FieldColumn] = {}
    for column in columns:
        level = None if column.field is Field.UNIT else column.level  # lists of two levels are two tables
        year = column.year if column.field in (Field.MARK, Field.VALUE) else None
        earlier = first.setdefault((column.field, level, year), column)
        if earlier is not column and column.field not in REPEATABLE:
            yield earlier, column
