"""What `import` was told, and which of its options say something of which table."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ntmtrack.errors import BadMapping, OnlyForTables, UnknownLevel
from ntmtrack.i18n import _, ngettext, number
from ntmtrack.ingest import CellRef, Problem
from ntmtrack.ingest.columns import FIELDS, Field, TableKind, is_column, simple
from ntmtrack.ingest.headings import Meaning
from ntmtrack.ingest.levels import levels_in
from ntmtrack.ingest.read_recognitions import Defaults
from ntmtrack.ingest.table import OfficeTable
from ntmtrack.programmes import DEFAULT, every, every_level, find_level, programme
from ntmtrack.spreadsheets import Book
from ntmtrack.spreadsheets.source import STDIN, is_open_elsewhere
from ntmtrack.text import squeeze

if TYPE_CHECKING:
    from ntmtrack.storage.ledger import Ledger


TRIED = (
    TableKind.RECOGNITIONS,
    TableKind.PUBLISHED,
    TableKind.UNITS,
)  # kinds of table, in the order in which they are tried


def read_mapping(text: str) -> tuple[str, Meaning]:
    """What --map says: "Tên xã=unit", "D=year", "QĐ nâng cao=nang-cao.decision", "NC=nang-cao"; raises BadMapping."""
    heading, sign, word = text.rpartition("=")
    if not sign or not heading.strip():
        raise BadMapping(text=text, known=_known_words())
    level, _dot, field_word = word.strip().rpartition(".")
    levels = [field for part in (level, field_word) for field in levels_in(simple(part))[0]]
    meant = next(
        (field for field in Field if squeeze(field_word) in (squeeze(field.value), squeeze(field.label))), None
    )
    if meant is None and levels and not level:
        meant = Field.MARK
    if meant is None or (level and not levels):
        raise BadMapping(text=text, known=_known_words())
    return _heading_key(heading.strip()), (meant, levels[0] if levels else None)


def level_key(typed: str) -> str:
    """The key of the level that `typed` names in any programme, the latest first; raises UnknownLevel."""
    for dated in reversed(every()):
        with suppress(UnknownLevel):
            return find_level(dated, typed).key
    return find_level(programme(DEFAULT), typed).key


def _heading_key(heading: str) -> str:
    """A column's letters as they are, a heading as `simple` has it."""
    return heading if is_column(heading) else simple(heading)


def _known_words() -> str:
    words = [field.value for field in dict.fromkeys(field for what in TRIED for field in FIELDS[what])]
    levels = [*every_level()]
    return ", ".join((*words, *levels, f"{levels[1]}.{Field.YEAR.value}"))


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What `import` was told: the file, the kind of table, its sheets, headings given a meaning, and so on."""

    word: str
    defaults: Defaults = field(default_factory=Defaults)
    what: TableKind | None = None
    sheets: Sequence[str] = ()
    mapped: Mapping[str, Meaning] = field(default_factory=dict)
    skip_hidden: bool = False
    scope: str | None = None
    accept_near: bool = False
    skip_bad: bool = False
    over_edits: bool = False
    yes: bool = False
    dry_run: bool = False
    copy: Path | None = None  # where the marked copy goes; None: beside the file
    no_copy: bool = False
    format: str | None = None
    output: Path | None = None

    @property
    def given(self) -> frozenset[Field]:
        """What was given for all rows of what a table must tell."""
        values = {Field.LEVEL: self.defaults.level, Field.YEAR: self.defaults.year}
        return frozenset(name for name, value in values.items() if value)


def refuse_unfit(what: TableKind, options: ImportOptions) -> None:
    """Refuses options that say nothing of such a table; raises OnlyForTables."""
    given = options.defaults
    values = {
        "--sheet": options.sheets,
        "--map": options.mapped,
        "--skip-bad": options.skip_bad,
        "--skip-hidden": options.skip_hidden,
        "--annotate": options.copy,
        "--over-edits": options.over_edits,
        "--accept-near": options.accept_near,
        "--scope": options.scope,
        "--level": given.level,
        "--year": given.year,
        "--decision": given.number,
        "--date": given.signed_on,
        "--issuer": given.issuer,
        "--announced": given.announced_on,
        "--source": given.source,
        "--note": given.note,
        STDIN: options.word == STDIN,
    }
    if used := [option for option, value in values.items() if value and option not in _FITTING.get(what, values)]:
        raise OnlyForTables(options=", ".join(used), what=what.label)


_OF_TABLES = (STDIN, "--sheet", "--map", "--skip-bad", "--skip-hidden", "--annotate")
# Recognitions take every option.
_FITTING = {
    TableKind.UNITS: _OF_TABLES,
    TableKind.PUBLISHED: (*_OF_TABLES, "--scope", "--year", "--source"),
    TableKind.ROADMAP: (),
}


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
    refuse_revoked: bool = False  # what only a remark says was taken back


class Change(NamedTuple):
    """One row's fact: the unit, what is told of it, what was on record (None: nothing), where it stands.

    `brief` says of what is told as much as many rows share.
    """

    unit: str
    fact: str
    before: str | None
    ref: CellRef
    brief: str = ""


def in_order(changes: Sequence[Change]) -> list[Change]:
    """Changes as their rows stand in the file."""
    return sorted(changes, key=lambda change: change.ref)


class NearName(NamedTuple):
    """A name that fits a unit only nearly, and what is dropped then: to be confirmed."""

    typed: str
    meant: str
    how: str
    ref: CellRef


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
    near: Sequence[NearName] = ()
    silent: Sequence[CellRef] = ()  # rows that name a unit and tell nothing of it
    revoked: Sequence[str] = ()  # what remarks say was taken back: to be confirmed
    over_edits: Sequence[str] = ()  # units whose correction with a reason would be taken back
    notes: Sequence[str] = ()  # to be said before it is shown
    last: int = 0

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep a row out."""
        return sorted(dict.fromkeys(self.problems), key=lambda problem: problem.order)

    @property
    def facts(self) -> int:
        """How many facts would be written."""
        return len(self.new) + len(self.changed)

    def summary(self, file: str) -> str:
        """What an import does, in one line for the history."""
        parts = [_("imported {file}").format(file=file)]
        if self.new:
            text = ngettext("{count} new {what}", "{count} new {what}", len(self.new))
            parts.append(text.format(count=number(len(self.new)), what=self.what.label))
        if self.changed:
            text = ngettext("{count} corrected", "{count} corrected", len(self.changed))
            parts.append(text.format(count=number(len(self.changed))))
        if self.same:
            parts.append(_("{count} unchanged").format(count=number(len(self.same))))
        if self.errors:
            parts.append(_("{count} places left out").format(count=number(len(self.errors))))
        return ", ".join(parts)
