"""What a table would do to the ledger, as a value: changes, problems, what is to be asked and said."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ntmtrack.i18n import _, ngettext, number
from ntmtrack.ingest import CellRef, Problem
from ntmtrack.ingest.columns import TableKind
from ntmtrack.ingest.doubts import Doubt, Settled
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.options import ImportOptions
from ntmtrack.ingest.read_recognitions import Defaults
from ntmtrack.model import Published, Unit
from ntmtrack.spreadsheets import Book
from ntmtrack.spreadsheets.source import is_open_elsewhere
from ntmtrack.text import clean, few

if TYPE_CHECKING:
    from ntmtrack.storage.ledger import Ledger


_MOST_CHOSEN = 8  # names told in a summary
Waiting = Callable[..., AbstractContextManager[None]]  # a block shown to take time, where that is `wanted`


class FoundTables(NamedTuple):
    """The tables of one kind that a file holds, as they were asked for."""

    book: Book
    what: TableKind
    tables: Sequence[OfficeTable]
    options: ImportOptions

    @property
    def name(self) -> str:
        """The file's name."""
        return self.book.source.name

    @property
    def is_open_elsewhere(self) -> bool:
        """Whether another program has the file open, and with it perhaps what is not saved."""
        path = self.book.source.path
        return path is not None and is_open_elsewhere(path)

    @property
    def rows(self) -> int:
        """How many rows they have."""
        return sum(len(table.rows) for table in self.tables)


class ImportTerms(NamedTuple):
    """Under which terms a plan is made: what holds for all rows, today, the file's name, what is refused."""

    defaults: Defaults
    today: date
    file: str
    scope: str | None = None
    refuse_near: bool = False
    settled: Settled = MappingProxyType({})  # what a person said of names that are not sure
    refuse_revoked: bool = False  # what only a remark says was taken back
    by_title: bool = False  # what no row tells is what the table's own title does
    of_set: str | None = None  # the criteria set of assessments, as typed
    on_day: str | None = None  # the ISO day of assessments whose rows tell none


class Change(NamedTuple):
    """One row's fact: the unit, what is told of it, what was on record (None: nothing), where it stands.

    `brief` says of what is told as much as many rows share; `held` is the recognition on record that a row tells of,
    by its id.
    """

    unit: str
    fact: str
    before: str | None
    ref: CellRef
    brief: str = ""
    held: int | None = None


def in_order(changes: Sequence[Change]) -> list[Change]:
    """Changes as their rows stand in the file."""
    return sorted(changes, key=lambda change: change.ref)


class ImportPlan(NamedTuple):
    """The facts of a table sorted by what they would do, in the order of its rows, and how to do it in an open action.

    It holds of the ledger as it was after its action `last`.
    """

    what: TableKind
    write: "Callable[[Ledger], object]"
    new: Sequence[Change]
    changed: Sequence[Change]
    same: Sequence[Change]
    problems: Sequence[Problem]
    remarks: Sequence[str] = ()
    near: Sequence[Doubt] = ()
    doubts: Sequence[Doubt] = ()  # names that fit several units, or resemble some: for a person to settle
    chosen: Sequence[str] = ()  # what a person said of names
    silent: Sequence[CellRef] = ()  # rows that name a unit and tell nothing of it
    revoked: Sequence[str] = ()  # what remarks say was taken back: to be confirmed
    over_edits: Sequence[str] = ()  # units whose correction with a reason would be taken back
    notes: Sequence[str] = ()  # to be said before it is shown
    last: int = 0
    published: Sequence[tuple[Unit, Sequence[Published]]] = ()  # the figures that would be kept, by whose they are

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep a row out."""
        return sorted(dict.fromkeys(self.problems), key=lambda problem: problem.order)

    @property
    def faults(self) -> list[Problem]:
        """The errors that keep the file out: not those of rows that somebody said are left out."""
        left_out = {(problem.ref.sheet, problem.ref.row) for problem in self.left_out}
        return [problem for problem in self.errors if (problem.ref.sheet, problem.ref.row) not in left_out]

    @property
    def left_out(self) -> list[Problem]:
        """The rows that somebody said are left out: they are not wrong."""
        return [problem for problem in self.errors if problem.is_agreed]

    @property
    def facts(self) -> int:
        """How many facts would be written."""
        return len(self.new) + len(self.changed)

    def summary(self, found: FoundTables) -> str:
        """What an import of these tables does, in one line for the history."""
        parts = [_("imported {file}").format(file=found.name)]
        if self.new:
            text = ngettext("{count} new {what}", "{count} new {what}", len(self.new))
            parts.append(text.format(count=number(len(self.new)), what=self.what.label))
        if self.changed:
            text = ngettext("{count} corrected", "{count} corrected", len(self.changed))
            parts.append(text.format(count=number(len(self.changed))))
        if self.same:
            parts.append(_("{count} unchanged").format(count=number(len(self.same))))
        parts += self._rows_out(found)
        if self.chosen:
            parts.append(_("chosen: {names}").format(names=few(self.chosen, _MOST_CHOSEN)))
        return ", ".join(parts)

    def _rows_out(self, found: FoundTables) -> Iterator[str]:
        """Which rows are left out: wrong ones by name, those that somebody chose, hidden ones."""
        if wrong := _names(found, self.faults):
            text = ngettext("{count} wrong row left out ({rows})", "{count} wrong rows left out ({rows})", len(wrong))
            yield text.format(count=number(len(wrong)), rows=few(wrong, _MOST_CHOSEN))
        if self.left_out:
            text = ngettext("{count} row left out as chosen", "{count} rows left out as chosen", len(self.left_out))
            yield text.format(count=number(len(self.left_out)))
        if hidden := sum(len(table.hidden_out) for table in found.tables):
            text = ngettext("{count} hidden row left out", "{count} hidden rows left out", hidden)
            yield text.format(count=number(hidden))


def _names(found: FoundTables, problems: Sequence[Problem]) -> list[str]:
    """The rows of problems, each once, in order, by the unit that it names; by its number where it names none."""
    rows = sorted({(problem.ref.sheet, problem.ref.row) for problem in problems})
    tables = {table.sheet.name: table for table in found.tables}
    return [_name(tables.get(sheet), row) for sheet, row in rows]


def _name(table: OfficeTable | None, row: int) -> str:
    text = clean(table.sheet.at(row, table.named.number).shown) if table and table.named else ""
    return text or _("row {row}").format(row=number(row + 1))
