"""What the tables of a file do not tell of their recognitions, and what an officer can give by hand for it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from ntmtrack.errors import NeitherTold, NoLevelTold, NoYearTold, SheetsDiffer
from ntmtrack.i18n import _
from ntmtrack.office.imports.options import Choice
from ntmtrack.office.imports.titles import titles_of
from ntmtrack.office.imports.unread import map_of, unread
from ntmtrack.sheets.cells import Cell
from ntmtrack.sheets.columns import Field, simple
from ntmtrack.sheets.denials import denies
from ntmtrack.sheets.levels import counts_criteria, levels_in
from ntmtrack.sheets.row_kinds import section_in
from ntmtrack.sheets.table import Table
from ntmtrack.sheets.values import Unfit, year_in


class _Lack(NamedTuple):
    """What one table does not tell, and the options that its title and its unread columns propose for it."""

    table: Table
    level: bool
    year: bool
    for_level: tuple[str, ...]
    for_year: tuple[str, ...]

    @property
    def options(self) -> tuple[str, ...]:
        """What could be given by hand, as far as it is known."""
        return (*self.for_level[:1], *self.for_year[:1])


def refuse_untold(file: str, tables: Sequence[Table], choice: Choice) -> None:
    """A table that tells no level, or no year, is not guessed from its title; the title is only proposed.

    Raises NoLevelTold, NoYearTold, NeitherTold; SheetsDiffer where one answer would not do for all sheets.
    """
    lacks = [_lack(table, choice) for table in tables]
    open_to_all = [one for one in lacks if one.level or one.year]
    titles = {titles_of([one.table])[0] for one in lacks if _is_level_untold(one.table)} - {None}
    by_hand = choice.level is not None and len(titles) > 1
    if len(lacks) > 1 and (by_hand or len({one.options for one in open_to_all}) > 1):
        raise SheetsDiffer(file=file, commands=" · ".join(_commands(lacks)))
    if not open_to_all:
        return
    first = open_to_all[0]
    proposed = _proposed(first)
    if any(one.level for one in open_to_all) and any(one.year for one in open_to_all):
        raise NeitherTold(file=file, proposed=proposed)
    raise (NoLevelTold if first.level else NoYearTold)(file=file, proposed=proposed)


def _commands(lacks: Sequence[_Lack]) -> Iterator[str]:
    """How each sheet by itself is taken in."""
    for one in lacks:
        level = titles_of([one.table])[0] if _is_level_untold(one.table) else None
        options = one.options if one.level or not level else (f"--level {level}", *one.for_year[:1])
        yield " ".join((f'--sheet "{one.table.sheet.name}"', *options))


def _proposed(lack: _Lack) -> str:
    titles = [option for option in (*lack.for_level, *lack.for_year) if not option.startswith("--map")]
    columns = [option for option in (*lack.for_level, *lack.for_year) if option.startswith("--map")]
    said = _("; a column that was not read may tell it: {options}").format(options=" ".join(columns)) if columns else ""
    return said + (_("; its title speaks of: {words}").format(words=" ".join(titles)) if titles else "")


def _lack(table: Table, choice: Choice) -> _Lack:
    level = _is_level_untold(table) and Field.LEVEL not in choice.given
    year = _is_year_untold(table) and Field.YEAR not in choice.given
    title_level, title_year = titles_of([table])
    levels = [*_columns(table, Field.LEVEL, _tells_level), *([f"--level {title_level}"] if title_level else [])]
    years = [*_columns(table, Field.YEAR, _tells_year), *([f"--year {title_year}"] if title_year else [])]
    return _Lack(table, level, year, tuple(levels) if level else (), tuple(years) if year else ())


def _is_level_untold(table: Table) -> bool:
    columns = table.head.columns
    sections = [section_in(group.text) for group in table.groups]
    told = table.level or any(column.level for column in columns if column is not table.named)
    return not (told or _has(table, Field.LEVEL) or any(section and section.level for section in sections))


def _is_year_untold(table: Table) -> bool:
    fields = (Field.YEAR, Field.KNOWN_BY, Field.MARK)
    sections = [section_in(group.text) for group in table.groups]
    told = any(_has(table, one) for one in fields) or any(column.year for column in table.head.columns)
    return not (told or any(section and section.year for section in sections))


def _has(table: Table, field: Field) -> bool:
    return any(column.field is field for column in table.head.columns)


def _columns(table: Table, field: Field, tells: Callable[[Cell], bool]) -> Iterator[str]:
    """The columns not read of which every cell tells what is missing, each as the option that has it read.

    None headed “Năm (dự kiến)” or “Danh hiệu đăng ký”: what stands there was not recognised.
    """
    for place, heading in unread(table):
        cells = [cell for row in table.rows if not (cell := table.sheet.at(row.number, place)).is_blank]
        if cells and all(map(tells, cells)) and not denies(heading):
            yield map_of(table, place, heading, field)


def _tells_year(cell: Cell) -> bool:
    with suppress(Unfit):
        return bool(year_in(cell))
    return False


def _tells_level(cell: Cell) -> bool:
    text = cell.value if isinstance(cell.value, str) else ""
    return bool(levels_in(simple(text))[0]) and not counts_criteria(text)
