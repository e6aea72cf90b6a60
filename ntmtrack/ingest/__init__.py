"""Taking in the tables that offices send: each row weighed against the ledger, then all written or none."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple, TypeVar

from ntmtrack.i18n import N_, _
from ntmtrack.ingest.columns import is_column, simple
from ntmtrack.spreadsheets import Sheet, address, letters_of

ColumnKey = TypeVar("ColumnKey")


class ProblemKind(StrEnum):
    """What a problem is about: they are shown by kind."""

    TABLE = "table"
    UNIT = "unit"
    LEVEL = "level"
    YEAR = "year"
    DECISION = "decision"
    DAY = "day"
    TWICE = "twice"
    RULE = "rule"
    VALUE = "value"

    @property
    def label(self) -> str:
        """The kind in the language in use."""
        return _(_KIND_LABELS[self])


_KIND_LABELS: Mapping[ProblemKind, str] = {
    ProblemKind.TABLE: N_("The table"),
    ProblemKind.UNIT: N_("Names of units"),
    ProblemKind.LEVEL: N_("Levels"),
    ProblemKind.YEAR: N_("Years"),
    ProblemKind.DECISION: N_("Decisions"),
    ProblemKind.DAY: N_("Days"),
    ProblemKind.TWICE: N_("Told twice"),
    ProblemKind.RULE: N_("Rules of recognition"),
    ProblemKind.VALUE: N_("Figures and words"),
}


class CellRef(NamedTuple):
    """A cell, or a row where no one cell is meant, counted from 0, and what stands there."""

    sheet: str
    row: int
    column: int | None = None
    text: str = ""

    @property
    def address(self) -> str:
        """The cell as a formula calls it: Xã!C17; a row as Xã!17."""
        return address(self.sheet, self.row, self.column)


def cell_ref(sheet: Sheet, row: int, column: int) -> CellRef:
    """A cell of a sheet."""
    return CellRef(sheet.name, row, column, sheet.at(row, column).shown)


class CellRefs(Mapping[ColumnKey, CellRef]):
    """Where the cells of a row stand by what they tell, each looked up when it is asked for: few ever are."""

    def __init__(self, sheet: Sheet, row: int, columns: Mapping[ColumnKey, int]) -> None:
        self._sheet = sheet
        self._row = row
        self.columns = columns

    def __getitem__(self, key: ColumnKey) -> CellRef:
        return cell_ref(self._sheet, self._row, self.columns[key])

    def __contains__(self, key: object) -> bool:
        return key in self.columns

    def __iter__(self) -> Iterator[ColumnKey]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)


class Problem(NamedTuple):
    """One thing wrong, in the language in use: `fix` is for the sender, `choice` for who imports the file."""

    kind: ProblemKind
    ref: CellRef
    rule: str
    fix: str = ""
    choice: str = ""
    is_agreed: bool = False  # somebody said that the row is left out

    @property
    def order(self) -> tuple[int, str, int, int]:
        """By kind, then as one reads."""
        return [*ProblemKind].index(self.kind), self.ref.sheet, self.ref.row, self.ref.column or 0


# No quotation marks, of which PowerShell takes curly ones too, no “=”, nothing that a shell replaces.
_TYPED = re.compile(r"[\w ,.;:()/+–-]{1,40}")


def map_option(place: int, word: str, heading: str = "") -> str:
    """--map "D=year" for the column at a place, by its heading where one is given that can be typed as it stands."""
    is_typed = _TYPED.fullmatch(heading) and simple(heading) and not is_column(heading)
    return f'--map "{heading if is_typed else letters_of(place)}={word}"'
