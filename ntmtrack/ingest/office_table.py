"""A table of an office as it was understood: its columns, the rows that tell of units, what was left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ntmtrack.ingest.columns import EXPORT_HEADINGS, Field, FieldColumn, TableKind, simple
from ntmtrack.ingest.head import Head
from ntmtrack.ingest.levels import levels_in, tier_in
from ntmtrack.ingest.round_form import MARK_WORDS
from ntmtrack.ingest.row_kinds import GroupHeading
from ntmtrack.ingest.rows import lists_districts
from ntmtrack.model import Tier
from ntmtrack.spreadsheets import Cell, Sheet


class TableRow(NamedTuple):
    """One row of the table: its number from 0, what its columns tell, the groups above it, the outermost first."""

    number: int
    cells: tuple[tuple[FieldColumn, Cell], ...]
    groups: tuple[GroupHeading, ...]

    def cell(self, field: Field, level: str | None = None) -> tuple[FieldColumn, Cell] | None:
        """The column and cell that tell a field of a level; None where nothing is told."""
        return next((pair for pair in self.cells if (pair[0].field, pair[0].level) == (field, level)), None)


@dataclass(frozen=True)
class OfficeTable:
    """A table as it was understood; row numbers are counted from 0.

    What holds for all its rows is worked out once: each of ten thousand asks for it.
    """

    what: TableKind
    sheet: Sheet
    head: Head
    rows: tuple[TableRow, ...]
    groups: tuple[GroupHeading, ...]
    totals: tuple[int, ...]  # rows left out because they add up others
    nameless: tuple[int, ...]  # rows that tell something of no unit
    passed: tuple[int, ...]  # footnotes, and rows with texts only where nothing is read
    hidden: tuple[int, ...]  # hidden rows that tell of units
    other_head: int | None  # where a second table begins
    ends: int  # the row after the last that was read
    beyond: tuple[int, ...]  # rows below that which look like rows of the table
    titles: tuple[str, ...]  # what stands above
    hidden_out: tuple[int, ...] = ()  # hidden rows left out as was said

    @cached_property
    def lists_districts(self) -> bool:
        """Whether a district is what a row names: there is no column for units below it."""
        return lists_districts(self.head)

    @cached_property
    def places(self) -> Mapping[tuple[Field, str | None], int]:
        """Where its columns stand, by the field that they tell and of which level."""
        return {(column.field, column.level): column.number for column in self.head.columns}

    @cached_property
    def is_form(self) -> bool:
        """Whether it stands on a form of a round, which the ledger's own facts were written into."""
        return any(MARK_WORDS in title for title in self.titles)

    @cached_property
    def is_export(self) -> bool:
        """Whether `export` wrote it, which tells all that a ledger holds."""
        return any(simple(heading) in EXPORT_HEADINGS for _place, heading in self.head.unused)

    @cached_property
    def named(self) -> FieldColumn | None:
        """The column that names the units; None where a code or a district does."""
        return next((column for column in self.head.columns if column.field is Field.UNIT), None)

    @cached_property
    def tier(self) -> Tier | None:
        """The tier of the units, where the heading over their names tells it: “Tên xã”."""
        heading = simple(self.named.heading) if self.named else ""
        return tier_in(simple(self.named.heading.rpartition(" / ")[2])) or tier_in(heading) if self.named else None

    @cached_property
    def level(self) -> str | None:
        """The level that the heading over the names tells of all of them: “Xã đạt chuẩn NTM nâng cao”.

        None where a title, or the sheet's name, tells of another.
        """
        level = self.named.level if self.named else None
        others = {key for title in (*self.titles, self.sheet.name) for key in levels_in(simple(title))[0]}
        return level if others <= {level} else None

    @property
    def year(self) -> int | None:
        """The year that the heading over the names tells of all of them: “Xã đạt chuẩn NTM năm 2020”."""
        return self.named.year if self.named else None
