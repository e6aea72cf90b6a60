"""Reports: values first (`Report`), then one module per way of showing them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from ntmtrack import i18n
from ntmtrack.dates import show_day
from ntmtrack.progress.status import Status

_HUNDREDTH = Decimal("0.01")


class Bar(NamedTuple):
    """A figure as a bar: `value` of `whole`, with a tick at `mark` where there is something to reach."""

    value: int
    whole: int
    mark: int | None = None


class Square(NamedTuple):
    """One unit on a map of squares: a letter for its level, small where that is made up, and the level's rank."""

    letter: str
    rank: int


class Squares(tuple[Square, ...]):
    """A row of a map: one square a unit."""

    __slots__ = ()


CellValue = str | int | Decimal | date | Status | Bar | Squares | None


class LabelledCode(str):
    """A value that machines read as it is and people by its `label`: a level, a kind, a day in ISO."""

    label: str

    def __new__(cls, code: str | None, label: str) -> "LabelledCode":
        """`code` for machines (None: nothing to tell them), `label` for people."""
        made = super().__new__(cls, code or "")
        made.label = label
        return made


class SignedInt(int):
    """A difference: shown with its sign."""


class SignedDecimal(Decimal):
    """A difference that is no whole number: shown with its sign."""


class Note(str):
    """A note beneath a table; of those with a `weight` the table is misread without, the heaviest most."""

    weight: int

    def __new__(cls, text: str, weight: int = 0) -> "Note":
        """`text`, of that weight."""
        made = super().__new__(cls, text)
        made.weight = weight
        return made


def is_told(cell: CellValue) -> bool:
    """Whether people see more in a cell than a dash: also where machines are told nothing."""
    if isinstance(cell, Status):
        return cell is not Status.NO_PLAN
    return bool(getattr(cell, "label", cell)) if isinstance(cell, str) else cell is not None


class CellKind(StrEnum):
    """How a column's cells are read and aligned."""

    TEXT = "text"
    KEY = "key"  # a text to be typed again: never folded
    COUNT = "count"
    PERCENT = "percent"
    RATE = "rate"  # with as many decimals as it has
    YEAR = "year"
    DAY = "day"
    MARK = "mark"  # a cross or nothing
    STATUS = "status"
    BAR = "bar"  # drawn on a terminal only
    SQUARES = "squares"


_Item = TypeVar("_Item")
_Whole = TypeVar("_Whole")


class Column(NamedTuple, Generic[_Item]):
    """One column: a stable English field name for machines, a heading (under a group heading) for people.

    `of` gives its cell of an item of the table. A column without it holds the running number of the row. Where a
    terminal has no room for all, those with a number in `spare` are left out, the greatest first.

    Example: Column("code", _("Code"), of=lambda unit: unit.code)
    """

    key: str
    title: str
    kind: CellKind = CellKind.TEXT
    group: str = ""
    of: Callable[[_Item], CellValue] | None = None
    spare: int = 0

    def on(self, part: Callable[[_Whole], _Item | None]) -> "Column[_Whole]":
        """The same column of a part of a larger item; its cell is None where the item has no such part.

        Example: a column of recognitions, in a table of units: column.on(lambda unit: unit.recognition)
        """
        getter = self.of
        if getter is None:  # the running number is of the row, whatever its item
            return Column(self.key, self.title, self.kind, self.group, spare=self.spare)

        def cell(whole: _Whole) -> CellValue:
            item = part(whole)
            return None if item is None else getter(item)

        return Column(self.key, self.title, self.kind, self.group, cell, self.spare)

    def of_first(self) -> "Column[tuple[_Item, Any]]":
        """The same column of the first of a pair."""
        return self.on(itemgetter(0))

    def of_second(self) -> "Column[tuple[Any, _Item]]":
        """The same column of the second of a pair."""
        return self.on(itemgetter(1))

    @property
    def is_figure(self) -> bool:
        """Whether its cells are numbers, to be aligned right."""
        return self.kind in (CellKind.COUNT, CellKind.PERCENT, CellKind.RATE)


class Table(NamedTuple):
    """Rows of cells under columns; `sections` names the rows (by index) that begin a group, `sums` rows end it."""

    key: str
    title: str
    columns: Sequence[Column[Any]]
    rows: Sequence[Sequence[CellValue]]
    sections: frozenset[int] = frozenset()
    sums: int = 0

    @classmethod
    def of(
        cls,
        key: str,
        title: str,
        items: Iterable[_Item],
        columns: Sequence[Column[_Item]],
        group: Callable[[_Item], object] = lambda _item: None,
    ) -> "Table":
        """A row an item, each cell by its column's getter; a section begins where `group` gives another value."""
        getters = [column.of for column in columns]
        rows: list[list[CellValue]] = []
        groups: list[object] = []
        for number, item in enumerate(items, start=1):
            rows.append([number if cell_of is None else cell_of(item) for cell_of in getters])
            groups.append(group(item))
        begins = frozenset(place for place in range(1, len(rows)) if groups[place] != groups[place - 1])
        return cls(key, title, columns, rows, begins)

    def in_text(self) -> "Table":
        """The table without what can only be drawn."""
        return self.only([place for place, column in enumerate(self.columns) if column.kind is not CellKind.BAR])

    def told(self) -> "Table":
        """The table without columns in which nothing stands."""
        columns = range(len(self.columns))
        return self.only([at for at in columns if not self.rows or any(is_told(row[at]) for row in self.rows)])

    def only(self, kept: Sequence[int]) -> "Table":
        """The table with the columns at these places alone."""
        if len(kept) == len(self.columns):
            return self
        rows = [[row[place] for place in kept] for row in self.rows]
        return self._replace(columns=[self.columns[place] for place in kept], rows=rows)


class Brief(NamedTuple):
    """What of a report a person is shown who asked for no more: tables, notes, beside the day; how to see the rest."""

    tables: Sequence[Table]
    notes: Sequence[str]
    beside: str = ""
    more: str = ""


class Report(NamedTuple):
    """A titled answer: tables or the paragraphs of a text for people, tidy rows for machines, notes beneath.

    `facts` are what it rests on (basis, as of which day, scope) under stable names. `data` are the tidy tables, or
    how to make them when they are asked for. `brief` is what people are shown of it; machines get all.
    """

    key: str
    title: str
    tables: Sequence[Table]
    subtitle: str = ""
    notes: Sequence[str] = ()
    facts: Mapping[str, str | int | None] = MappingProxyType({})
    data: "Sequence[Table] | Callable[[], Sequence[Table]]" = ()
    text: Sequence[str] = ()
    brief: Brief | None = None

    @property
    def for_people(self) -> "Report":
        """The report with no more than its brief."""
        if self.brief is None:
            return self
        subtitle = "; ".join(filter(None, (self.subtitle, self.brief.beside)))
        return self._replace(tables=self.brief.tables, notes=self.brief.notes, subtitle=subtitle)

    @property
    def more(self) -> str:
        """How to see what the brief leaves out."""
        return self.brief.more if self.brief else ""

    @property
    def for_machines(self) -> Sequence[Table]:
        """The tidy tables: one row a fact, one column a field."""
        data = self.data() if callable(self.data) else self.data
        return data or self.tables


def day_cell(iso: str | None) -> LabelledCode | None:
    """A day, possibly partial, for both kinds of reader."""
    return LabelledCode(iso, show_day(iso)) if iso else None


_DASHED = (CellKind.COUNT, CellKind.PERCENT, CellKind.RATE, CellKind.STATUS)


def cell_text(cell: CellValue, kind: CellKind) -> str:
    """A cell as people read it in the language in use; an absent figure is a dash."""
    if cell is None:
        return "–" if kind in _DASHED else ""
    if isinstance(cell, Status | LabelledCode):
        return cell.label
    if isinstance(cell, date):
        return i18n.day(cell)
    if isinstance(cell, SignedInt):
        return i18n.signed(cell)
    if kind is CellKind.YEAR:
        return str(cell)
    if isinstance(cell, SignedDecimal):
        return i18n.signed(cell)
    if isinstance(cell, Decimal):
        return i18n.number(cell if kind is CellKind.RATE else cell.quantize(_HUNDREDTH))
    if isinstance(cell, int):
        return i18n.number(cell)
    if isinstance(cell, Squares):
        return " ".join(square.letter for square in cell)
    return "" if isinstance(cell, Bar) else cell
