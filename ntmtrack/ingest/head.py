"""What the headings of a table tell, and what is looked for in them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack.ingest.columns import FIELDS, Field, FieldColumn, TableKind, simple
from ntmtrack.ingest.headings import Meaning, read_heading

REPEATABLE = (Field.NUMBERING, Field.SKIP, Field.NOTE)


class HeaderSearch(NamedTuple):
    """What is looked for: a kind of table, headings given a meaning by hand, fields given for every row."""

    what: TableKind
    mapped: Mapping[str, Meaning] = MappingProxyType({})
    given: frozenset[Field] = frozenset()
    level: str | None = None  # given for every row
    is_told: bool = False  # that the file holds such a table


class Head(NamedTuple):
    """The rows of headings, what their columns tell, those not understood, and those that tell the same twice."""

    top: int
    bottom: int
    columns: tuple[FieldColumn, ...]
    unused: tuple[tuple[int, str], ...]
    repeated: tuple[tuple[FieldColumn, FieldColumn], ...]
    reach: range = range(0)  # the columns that stand side by side with that of the names
    apart: tuple[FieldColumn, ...] = ()  # beyond a blank column, though the rest is a table without them

    @property
    def words(self) -> tuple[tuple[int, str], ...]:
        """All its headings with their columns, for telling whether another says the same."""
        return tuple(sorted([*((column.number, column.heading) for column in self.columns), *self.unused]))

    @property
    def set_aside(self) -> list[int]:
        """The columns left unread by hand that may remark on the rows: not our own faults, nor a second table."""
        aside = {c.number: _field_of(c.heading) for c in self.columns if c.field is Field.SKIP}
        has_units = Field.UNIT in aside.values()
        return [number for number, field in aside.items() if field is not Field.SKIP and not has_units]

    @property
    def told(self) -> frozenset[tuple[int, Field, str | None, int | None]]:
        """What its columns tell, whatever their words."""
        return frozenset((column.number, column.field, column.level, column.year) for column in self.columns)

    @property
    def score(self) -> int:
        """How much the columns tell."""
        return len({(c.field, c.level, c.year) for c in self.columns if c.field not in REPEATABLE})

    @property
    def detail(self) -> int:
        """How often a level or a year is told: the row “NTM | NTM nâng cao” below “2020 | 2022” belongs to the head."""
        return sum(fact is not None for column in self.columns for fact in (column.level, column.year))


def _field_of(heading: str) -> Field | None:
    """What a heading tells in a table of recognitions."""
    meaning = read_heading((simple(heading),), frozenset(FIELDS[TableKind.RECOGNITIONS]))
    return meaning[0] if meaning else None
