"""The recognitions that the rows of an office's table tell, in the rows' own words: nothing is checked here."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from ntmtrack.days import show_day
from ntmtrack.i18n import _
from ntmtrack.model import Confidence
from ntmtrack.sheets.cell_values import (
    DecisionText,
    Mark,
    Unfit,
    confidence_in,
    day_in,
    decision_in,
    mark_in,
    text_in,
    year_in,
)
from ntmtrack.sheets.cells import Cell
from ntmtrack.sheets.fields import Column, Field
from ntmtrack.sheets.headings import levels_in, simple
from ntmtrack.sheets.naming_rows import Naming, nameless, read_naming, unfit
from ntmtrack.sheets.problems import Kind, Problem, Spot, spot_at
from ntmtrack.sheets.row_words import names_district
from ntmtrack.sheets.tables import Row, Table
from ntmtrack.text import clean

_YEARLY = (Field.YEAR, Field.KNOWN_BY, Field.DECISION, Field.DATE, Field.ANNOUNCED)
_NOT_YET = frozenset(("chua", "chua dat", "khong", "khong dat", "cd", "kd", "0", "dang thuc hien", "chua cong nhan"))
_DASHES = frozenset("-–—/.")


class Defaults(NamedTuple):
    """What was given by hand for every row that does not tell it."""

    level: str | None = None
    year: int | None = None
    number: str | None = None
    signed_on: str | None = None
    issuer: str | None = None
    announced_on: str | None = None
    source: str | None = None
    note: str | None = None


class Draft(NamedTuple):
    """One recognition as a row tells it. `spots` says where each field stands, `level` is as written."""

    naming: Naming
    level: str | None
    year: int | None
    known_by: str | None
    number: str | None
    signed_on: str | None
    issuer: str | None
    announced_on: str | None
    source: str | None
    note: str | None
    confidence: Confidence
    spots: Mapping[Field, Spot]
    is_lower: bool = False  # a higher level of the same row has taken the year and the decision
    is_whole: bool = True  # no cell of it is wrong

    def spot(self, field: Field) -> Spot:
        """Where a field stands; the name where it is told by no cell."""
        return self.spots.get(field, self.naming.spot)


class Reading(NamedTuple):
    """What the rows tell: recognitions, rows that tell of none, and what cannot be read."""

    drafts: list[Draft]
    without: list[Naming]
    problems: list[Problem]


def read_drafts(table: Table, defaults: Defaults) -> Reading:
    """Every recognition that the table tells."""
    reading = Reading([], [], nameless(table))
    for row in table.rows:
        naming, problems = read_naming(table, row)
        told = _Row(table, row, defaults)
        drafts = [*told.drafts(naming)] if naming else []
        if naming and not drafts and not told.problems:
            reading.without.append(naming)
        reading.drafts.extend(drafts)
        reading.problems.extend([*problems, *told.problems])
    return reading


class _Row:
    """One row, its cells read as the columns want them."""

    def __init__(self, table: Table, row: Row, defaults: Defaults) -> None:
        self._table = table
        self._row = row
        self._defaults = defaults
        self.problems: list[Problem] = []
        self._values: dict[tuple[Field, str | None], Any] = {}
        self._spots: dict[tuple[Field, str | None], Spot] = {}
        for column in table.head.columns:
            self._spots[column.field, column.level] = spot_at(table.sheet, row.number, column.number)
        for column, cell in row.told:
            self._read(column, cell)

    def _read(self, column: Column, cell: Cell) -> None:
        if column.field not in _READERS:
            return
        kind, reader = _READERS[column.field]
        at = (column.field, column.level)
        try:
            if not _is_nothing(column.field, cell):
                self._values[at] = reader(cell)
        except Unfit as wrong:
            self.problems.append(unfit(kind, self._table, self._row.number, column, wrong))
            self._values[at] = None

    def drafts(self, naming: Naming) -> Iterator[Draft]:
        """The recognitions of this row: one a level that is told apart, else one."""
        levels = self._levels()
        group_level, group_year = _of_groups(naming)
        if not levels and self._tells_anything():
            levels = [self._values.get((Field.LEVEL, None)) or group_level or self._defaults.level]
            if not (levels[0] or self.problems):
                says = _("the row tells a year or a decision, but no level")
                choice = _("or for all rows: {option}").format(option="--level")
                spot = self._spots.get((Field.LEVEL, None), naming.spot)
                self.problems.append(Problem(Kind.LEVEL, spot, says, _("write the level"), choice))
                return
        for level in levels:
            yield self._draft(naming, level, group_year, is_lower=level != levels[-1])

    def _levels(self) -> list[str | None]:
        """The levels that have columns of their own and are told of, the lowest first."""
        found: dict[str | None, None] = {}
        for (field, level), value in self._values.items():
            if level is None and field is not Field.MARK:
                continue
            if not (isinstance(value, Mark) and not value.reached):
                found[level or self._defaults.level] = None
        order = ["ntm", "nang-cao", "kieu-mau", "hien-dai"]
        return sorted(found, key=lambda level: order.index(level) if level in order else len(order))

    def _tells_anything(self) -> bool:
        """Whether it tells of a recognition; a list of names does where level and year are given by hand."""
        told: tuple[Field, ...] = _YEARLY
        if any(column.field in (Field.LEVEL, Field.MARK) for column in self._table.head.columns):
            told = (Field.LEVEL, *_YEARLY)
        elif self._defaults.level and (self._defaults.year or any((f, None) in self._values for f in _YEARLY)):
            return True
        return any((field, None) in self._values for field in told)

    def _draft(self, naming: Naming, level: str | None, group_year: int | None, *, is_lower: bool) -> Draft:
        mark = self._values.get((Field.MARK, level)) or self._values.get((Field.MARK, None))
        mark = mark if isinstance(mark, Mark) else Mark(reached=True)
        given = self._defaults

        def told(field: Field) -> Any:
            own = self._values.get((field, level))
            return own if own is not None or is_lower else self._values.get((field, None))

        decision = told(Field.DECISION) or mark.decision or DecisionText("")
        self._refuse_two_days(level, told(Field.DATE), decision.day)
        shared = None if is_lower else given
        year = told(Field.YEAR) or mark.year or (None if is_lower else group_year)
        known_by = told(Field.KNOWN_BY)
        return Draft(
            naming=naming,
            level=level,
            year=year if year or known_by else shared and shared.year,
            known_by=None if year else known_by,
            number=decision.number or (shared and shared.number) or None,
            signed_on=told(Field.DATE) or decision.day or (shared and shared.signed_on),
            issuer=told(Field.ISSUER) or decision.issuer or (shared and shared.issuer),
            announced_on=told(Field.ANNOUNCED) or (shared and shared.announced_on),
            source=self._values.get((Field.SOURCE, None)) or given.source,
            note=self._values.get((Field.NOTE, None)) or given.note,
            confidence=self._values.get((Field.CONFIDENCE, None)) or Confidence.RECORDED,
            spots=self._spots_of(level),
            is_lower=is_lower,
            is_whole=not self.problems,
        )

    def _refuse_two_days(self, level: str | None, day: str | None, of_decision: str | None) -> None:
        """A day in the decision's cell and another in a column of its own must agree."""
        if day and of_decision and not (day.startswith(of_decision) or of_decision.startswith(day)):
            says = _("the day {day} differs from {other} in the decision's cell").format(
                day=show_day(day), other=show_day(of_decision)
            )
            spot = self._spots_of(level)[Field.DATE]
            self.problems.append(Problem(Kind.DAY, spot, says, _("write the right day in both")))

    def _spots_of(self, level: str | None) -> dict[Field, Spot]:
        general = {field: spot for (field, of), spot in self._spots.items() if of is None}
        return general | {field: spot for (field, of), spot in self._spots.items() if of == level}


def _of_groups(naming: Naming) -> tuple[str | None, int | None]:
    """The level and year that the groups above a row name, the innermost counting."""
    level: str | None = None
    year: int | None = None
    for group in naming.groups:
        if not names_district(group.text):
            named, rest = levels_in(simple(group.text))
            level = named[0] if len(named) == 1 else level
            years = [word for word in rest.split() if len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")]
            year = int(years[0]) if len(years) == 1 else year
    return level, year


def _is_nothing(field: Field, cell: Cell) -> bool:
    """Whether a cell only says that there is nothing to tell."""
    if not isinstance(cell.value, str) or cell.fault:
        return False
    text = clean(cell.value)
    if field is Field.LEVEL and simple(text) in _NOT_YET:
        return True
    return field is not Field.MARK and set(text) <= _DASHES


def _text(cell: Cell) -> str:
    return clean(text_in(cell))


_READERS: Mapping[Field, tuple[Kind, Callable[[Cell], Any]]] = {
    Field.LEVEL: (Kind.LEVEL, _text),
    Field.MARK: (Kind.LEVEL, mark_in),
    Field.YEAR: (Kind.YEAR, year_in),
    Field.KNOWN_BY: (Kind.DAY, day_in),
    Field.DECISION: (Kind.DECISION, decision_in),
    Field.DATE: (Kind.DAY, day_in),
    Field.ISSUER: (Kind.DECISION, _text),
    Field.ANNOUNCED: (Kind.DAY, day_in),
    Field.SOURCE: (Kind.VALUE, _text),
    Field.CONFIDENCE: (Kind.VALUE, confidence_in),
    Field.NOTE: (Kind.VALUE, _text),
}
