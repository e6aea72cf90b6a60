"""The cells of one row of recognitions, each read as its column wants it, and what the row denies."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from ntmtrack.i18n import _
from ntmtrack.sheets.cell_values import Mark, Unfit, confidence_in, day_in, decision_in, mark_in, text_in, year_in
from ntmtrack.sheets.cells import Cell, letters_of
from ntmtrack.sheets.fields import BESIDE_LEVELS, NOT_REACHED, OF_EXPORT, Column, Field
from ntmtrack.sheets.headings import levels_in, simple
from ntmtrack.sheets.naming_rows import unfit
from ntmtrack.sheets.problems import Kind, Problem, Spot, shown, spot_at
from ntmtrack.sheets.row_words import is_no_recognition
from ntmtrack.sheets.tables import Row, Table
from ntmtrack.text import clean

FACTS = (Field.YEAR, Field.KNOWN_BY, Field.DECISION, Field.DATE, Field.ANNOUNCED)
_VERDICT = re.compile(r"\b(ket qua|tinh trang|trang thai|tham dinh|xet|dat khong dat|danh gia)\b")
_DASHES = frozenset("-–—/.")
At = tuple[Field, str | None]


class RowValues:
    """What a row tells: values by field and level, where each stands, what cannot be read."""

    def __init__(self, table: Table, row: Row) -> None:
        self.problems: list[Problem] = []
        self.spots: dict[At, Spot] = {
            (column.field, column.level): spot_at(table.sheet, row.number, column.number)
            for column in table.head.columns
        }
        self._table = table
        self._row = row
        self._values: dict[At, Any] = {}
        self._denied: dict[str | None, Spot] = {}
        for column, cell in row.told:
            self._read(column, cell)
        self._refuse_contradictions()
        self._refuse_verdicts()

    def get(self, field: Field, level: str | None = None) -> Any:
        """What is told of a field, of one level or of none; None where nothing is."""
        return self._values.get((field, level))

    def told(self, *fields: Field) -> bool:
        """Whether any of the fields is told, or stands there unreadable, of no one level."""
        return any((field, None) in self._values for field in fields)

    @property
    def is_denied(self) -> bool:
        """Whether the row says of all that it speaks of that it is not reached."""
        return bool(self._denied) and not self.marked_levels

    @property
    def marked_levels(self) -> list[str | None]:
        """The levels that columns of their own tell of; None for a mark below a heading that names none."""
        levels = [level for field, level in self._values if level is not None or field is Field.MARK]
        return [level for level in dict.fromkeys(levels) if level not in self._denied]

    def _read(self, column: Column, cell: Cell) -> None:
        kind, reader = _READERS.get(column.field, (Kind.VALUE, None))
        at = (column.field, column.level)
        text = clean(cell.value) if isinstance(cell.value, str) and not cell.fault else ""
        if reader is None or (column.field is not Field.MARK and text and set(text) <= _DASHES):
            return
        if column.field is Field.LEVEL and (simple(text) in NOT_REACHED or is_no_recognition(text)):
            self._denied[None] = self.spots[at]
            return
        try:
            value = reader(cell)
        except Unfit as wrong:
            self.problems.append(unfit(kind, self._table, self._row.number, column, wrong))
            value = None
        if isinstance(value, Mark) and not value.reached:
            self._denied[column.level] = self.spots[at]
        else:
            self._values[at] = value

    def _refuse_contradictions(self) -> None:
        """What a row denies it must not tell of; what it says its level is must be what it marks."""
        for level, spot in self._denied.items():
            telling = any(at[1] == level and at[0] in (*FACTS, Field.MARK) for at in self._values)
            if telling or (self.is_denied and self.told(*FACTS)):
                says = _("not reached is said here, and yet a year, a decision or a mark is told")
                self.problems.append(Problem(Kind.LEVEL, spot, says, _("correct the one that is wrong")))
        said, marked = self.get(Field.LEVEL), [level for level in self.marked_levels if level]
        if said and marked and said not in marked:
            says = _("the level said here is none of those that the row marks")
            spot = self.spots[Field.LEVEL, None]
            self.problems.append(Problem(Kind.LEVEL, spot, says, _("correct the one that is wrong")))
        if revoked := self.get(Field.REVOKED):
            says = _("the row tells of a revocation, which is not imported: {text}").format(text=revoked)
            spot = self.spots[Field.REVOKED, None]
            self.problems.append(Problem(Kind.RULE, spot, says, "", _("record it with: ntmtrack revoke")))

    def _refuse_verdicts(self) -> None:
        """What stands beside the facts must not take them back: a remark, or a verdict in a column not read."""
        sheet, row = self._table.sheet, self._row.number
        beside = [column.number for column in self._table.head.columns if column.field is Field.NOTE]
        if any(simple(heading) == OF_EXPORT for _place, heading in self._table.head.unused):
            beside = []  # what `export` wrote stands in a ledger, whatever was remarked on it
        verdicts = [place for place, heading in self._table.head.unused if _VERDICT.search(simple(heading))]
        for place in (*beside, *(place for place, _heading in self._table.head.unused)):
            text = shown(sheet.at(row, place))
            if is_no_recognition(text) and (place in verdicts or simple(text) != "khong"):
                says = _("this speaks of a plan, a registration, a refusal or a revocation")
                choice = _("or leave the column unread: {option}").format(option=f'--map "{letters_of(place)}=skip"')
                fix = _("leave the row out, or clear the cell")
                self.problems.append(Problem(Kind.RULE, spot_at(sheet, row, place), says, fix, choice))
        if village := self.get(Field.VILLAGE):
            says = _("a village is told of: {text}; only communes and districts are taken in").format(text=village)
            spot = self.spots[Field.VILLAGE, None]
            self.problems.append(Problem(Kind.UNIT, spot, says, _("leave the row out")))


def _text(cell: Cell) -> str:
    return clean(text_in(cell))


def _level(cell: Cell) -> str:
    """The key of the level that a text names, whatever stands beside it; the text itself where it names none."""
    text = _text(cell)
    levels, rest = levels_in(simple(text))
    if len(levels) == 1 and {*rest.split()} <= BESIDE_LEVELS:
        return levels[0]
    return text


_READERS: Mapping[Field, tuple[Kind, Callable[[Cell], Any]]] = {
    Field.LEVEL: (Kind.LEVEL, _level),
    Field.MARK: (Kind.LEVEL, mark_in),
    Field.YEAR: (Kind.YEAR, year_in),
    Field.KNOWN_BY: (Kind.DAY, day_in),
    Field.DECISION: (Kind.DECISION, decision_in),
    Field.DATE: (Kind.DAY, day_in),
    Field.ISSUER: (Kind.DECISION, _text),
    Field.ANNOUNCED: (Kind.DAY, day_in),
    Field.REVOKED: (Kind.RULE, _text),
    Field.VILLAGE: (Kind.UNIT, _text),
    Field.SOURCE: (Kind.VALUE, _text),
    Field.CONFIDENCE: (Kind.VALUE, confidence_in),
    Field.NOTE: (Kind.VALUE, _text),
}
