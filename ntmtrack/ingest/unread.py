"""What stands in columns that were not read, and may be what was meant: refused with the options that read it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from ntmtrack.errors import MarksUnread, NeitherTold, NoLevelTold, NoYearTold, SheetsDiffer, UnitsUnread
from ntmtrack.i18n import _
from ntmtrack.ingest import map_option
from ntmtrack.ingest.column_contents import heading_year
from ntmtrack.ingest.columns import NOT_REACHED, Field, FieldColumn, simple
from ntmtrack.ingest.denials import denies
from ntmtrack.ingest.headings import speaks_of_plans
from ntmtrack.ingest.levels import counts_criteria, is_mark, level_name, levels_in, levels_joined
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.options import ImportOptions
from ntmtrack.ingest.read_recognitions import Defaults
from ntmtrack.ingest.row_kinds import section_in
from ntmtrack.ingest.titles import titles_of
from ntmtrack.ingest.values import ValueMismatch, year_in
from ntmtrack.model import Tier
from ntmtrack.spreadsheets import Cell, letters_of
from ntmtrack.storage.queries.units import Register
from ntmtrack.text import clean
from ntmtrack.units import split_kind


def unread_columns(table: OfficeTable) -> list[tuple[int, str]]:
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


def map_of(table: OfficeTable, place: int, heading: str, field: Field) -> str:
    """The option that has a column read as a field: by its heading, by its letters where that is not its own."""
    texts = [column.heading for column in table.head.columns] + [text for _place, text in table.head.unused]
    parts = [simple(part) for text in texts for part in text.split(" / ")]
    is_own = parts.count(simple(heading)) == 1
    return map_option(place, field.value, heading if is_own else "")


def refuse_unread_marks(file: str, tables: Sequence[OfficeTable]) -> None:
    """Raises MarksUnread where a column not read holds marks, years or decisions below a level or a year."""
    for table in tables:
        if columns := [*_marked_columns(table)]:
            raise MarksUnread(
                file=file,
                told=columns[0][2],
                columns=", ".join(f"{letters_of(place)} “{heading}”" for place, heading, _told in columns),
                read=" ".join(_reads(place, heading) for place, heading, _told in columns),
                skip=" ".join(map_option(place, Field.SKIP.value) for place, _heading, _told in columns),
            )


def _marked_columns(table: OfficeTable) -> Iterator[tuple[int, str, str]]:
    """Each such column with its heading and the first mark in it."""
    for place, heading in table.head.unused:
        tells = levels_in(simple(heading))[0] or heading_year(heading.rpartition(" / ")[2])
        if not tells or speaks_of_plans(simple(heading)):
            continue
        texts = (clean(table.sheet.at(row.number, place).shown) for row in table.rows)
        if mark := next((text for text in texts if _marks(text)), None):
            yield place, heading, mark


def _marks(text: str) -> bool:
    """Whether a text marks a unit: x, Đạt, a year, a decision; no count and no dash."""
    is_count = text.isdigit() and heading_year(text) is None
    return bool(text) and not is_count and text not in NOT_REACHED and is_mark(text)


def _reads(place: int, heading: str) -> str:
    """The option that has the marks read, of either level where the heading names several."""
    words = levels_joined(heading.rpartition(" / ")[2]) or levels_in(simple(heading))[0] or (Field.MARK.value,)
    return _(" or ").join(map_option(place, word) for word in words)


def refuse_unread_units(register: Register, tables: Sequence[OfficeTable], file: str) -> None:
    """Raises UnitsUnread where most rows that name a district name a commune where nothing is read."""
    for table in tables:
        named = _of_districts(table)
        if named is None:
            continue
        rows = [row for row in table.rows if _names(register, row.cell(named.field), Tier.DISTRICT)]
        for place, heading in unread_columns(table) if rows else ():
            cells = [cell for row in rows if not (cell := table.sheet.at(row.number, place)).is_blank]
            communes = [cell for cell in cells if _names(register, (named, cell), Tier.COMMUNE)]
            if 2 * len(communes) > len(rows):
                options = [map_of(table, place, heading, Field.UNIT)]
                if named.field is not Field.DISTRICT:
                    options.insert(0, map_option(named.number, Field.DISTRICT.value))
                raise UnitsUnread(
                    file=file,
                    column=letters_of(place),
                    heading=f"“{heading}”" if heading else "",
                    unit=clean(str(communes[0].value)),
                    read=" ".join(options),
                    skip=map_of(table, place, heading, Field.SKIP),
                )


def _of_districts(table: OfficeTable) -> FieldColumn | None:
    """The column that names the rows, where it may be one of districts."""
    if table.lists_districts:
        return next(column for column in table.head.columns if column.field is Field.DISTRICT)
    return table.named if table.tier is not Tier.COMMUNE else None


def _names(register: Register, pair: tuple[FieldColumn | None, Cell] | None, tier: Tier) -> bool:
    """Whether a cell names a unit of a tier, and none of the other."""
    text = clean(pair[1].value) if pair and isinstance(pair[1].value, str) else ""
    kind, name = split_kind(text)
    tiers = {unit.tier for unit in register.called(name) if kind in (None, unit.kind)}
    return tier in tiers if tier is Tier.DISTRICT else tiers == {tier}


class _Lack(NamedTuple):
    """What one table does not tell, and the options that its title and its unread columns propose for it."""

    table: OfficeTable
    level: bool
    year: bool
    for_level: tuple[str, ...]
    for_year: tuple[str, ...]

    @property
    def options(self) -> tuple[str, ...]:
        """What could be given by hand, as far as it is known."""
        return (*self.for_level[:1], *self.for_year[:1])


def refuse_untold(file: str, tables: Sequence[OfficeTable], options: ImportOptions) -> None:
    """A table that tells no level, or no year, is not guessed from its title; the title is only proposed.

    Raises NoLevelTold, NoYearTold, NeitherTold; SheetsDiffer where one answer would not do for all sheets.
    """
    lacks = [_lack(table, options) for table in tables]
    open_to_all = [lack for lack in lacks if lack.level or lack.year]
    titles = {titles_of([lack.table])[0] for lack in lacks if _is_level_untold(lack.table)} - {None}
    by_hand = options.defaults.level is not None and len(titles) > 1
    differ = by_hand or (not options.all_sheets and len({lack.options for lack in open_to_all}) > 1)
    if len(lacks) > 1 and differ:
        raise SheetsDiffer(file=file, commands=" · ".join(_commands(lacks)))
    if not open_to_all:
        return
    first = open_to_all[0]
    proposed = _proposed(first)
    if len(lacks) > len(open_to_all):  # one of several sheets, then
        file = f"{file}, “{first.table.sheet.name}”"
    untold = _untold(open_to_all)
    refusal = NeitherTold if len(untold) > 1 else NoLevelTold if "level" in untold else NoYearTold
    raise refusal(file=file, proposed=proposed, untold=untold, by_title=_by_title(untold))


def _untold(lacks: Sequence[_Lack]) -> dict[str, str]:
    """What is told nowhere, each with what the one title of all tables says of it; "" where it says nothing."""
    level, year = titles_of([lack.table for lack in lacks])
    told = {"level": level or "", "year": str(year or "")}
    lacking = {"level": any(lack.level for lack in lacks), "year": any(lack.year for lack in lacks)}
    return {name: words for name, words in told.items() if lacking[name]}


def _by_title(untold: Mapping[str, str]) -> str:
    """What a title says, in words: "NTM nâng cao, năm 2025"; "" where it does not say all of it."""
    if not all(untold.values()):
        return ""
    words = [level_name(untold["level"])] if "level" in untold else []
    return ", ".join([*words, *([_("year {year}").format(year=untold["year"])] if "year" in untold else [])])


def _commands(lacks: Sequence[_Lack]) -> Iterator[str]:
    """How each sheet by itself is taken in."""
    for lack in lacks:
        level = titles_of([lack.table])[0] if _is_level_untold(lack.table) else None
        options = lack.options if lack.level or not level else (f"--level {level}", *lack.for_year[:1])
        yield " ".join((f'--sheet "{lack.table.sheet.name}"', *options))


def _proposed(lack: _Lack) -> str:
    titles = [option for option in (*lack.for_level, *lack.for_year) if not option.startswith("--map")]
    columns = [option for option in (*lack.for_level, *lack.for_year) if option.startswith("--map")]
    proposed = (
        _("; a column that was not read may tell it: {options}").format(options=" ".join(columns)) if columns else ""
    )
    return proposed + (_("; its title speaks of: {words}").format(words=" ".join(titles)) if titles else "")


def _lack(table: OfficeTable, options: ImportOptions) -> _Lack:
    told = told_by_title(table, options.defaults) if options.all_sheets else options.defaults
    level = _is_level_untold(table) and told.level is None
    year = _is_year_untold(table) and told.year is None
    title_level, title_year = titles_of([table])
    levels = [*_columns(table, Field.LEVEL, _tells_level), *([f"--level {title_level}"] if title_level else [])]
    years = [*_columns(table, Field.YEAR, _tells_year), *([f"--year {title_year}"] if title_year else [])]
    return _Lack(table, level, year, tuple(levels) if level else (), tuple(years) if year else ())


def told_by_title(table: OfficeTable, given: Defaults) -> Defaults:
    """What holds for all rows of a table: what was given by hand, and what only its title tells."""
    level, year = titles_of([table])
    return given._replace(
        level=given.level or (level if _is_level_untold(table) else None),
        year=given.year or (year if _is_year_untold(table) else None),
    )


def _is_level_untold(table: OfficeTable) -> bool:
    columns = table.head.columns
    sections = [section_in(group.text) for group in table.groups]
    by_columns = table.level or any(column.level for column in columns if column is not table.named)
    return not (by_columns or _has(table, Field.LEVEL) or any(section and section.level for section in sections))


def _is_year_untold(table: OfficeTable) -> bool:
    fields = (Field.YEAR, Field.KNOWN_BY, Field.MARK)
    sections = [section_in(group.text) for group in table.groups]
    by_columns = any(_has(table, field) for field in fields) or any(column.year for column in table.head.columns)
    return not (by_columns or any(section and section.year for section in sections))


def _has(table: OfficeTable, field: Field) -> bool:
    return any(column.field is field for column in table.head.columns)


def _columns(table: OfficeTable, field: Field, tells: Callable[[Cell], bool]) -> Iterator[str]:
    """The columns not read of which every cell tells what is missing, each as the option that has it read.

    None headed “Năm (dự kiến)” or “Danh hiệu đăng ký”: what stands there was not recognised.
    """
    for place, heading in unread_columns(table):
        cells = [cell for row in table.rows if not (cell := table.sheet.at(row.number, place)).is_blank]
        if cells and all(map(tells, cells)) and not denies(heading):
            yield map_of(table, place, heading, field)


def _tells_year(cell: Cell) -> bool:
    with suppress(ValueMismatch):
        return bool(year_in(cell))
    return False


def _tells_level(cell: Cell) -> bool:
    text = cell.value if isinstance(cell.value, str) else ""
    return bool(levels_in(simple(text))[0]) and not counts_criteria(text)
