"""What an import was told: the options typed, read and held against the kind of table."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ntmtrack.errors import BadMapping, OnlyForTables, UnknownLevel
from ntmtrack.ingest.columns import FIELDS, Field, TableKind, is_column, simple
from ntmtrack.ingest.headings import Meaning
from ntmtrack.ingest.levels import levels_in
from ntmtrack.ingest.read_recognitions import Defaults
from ntmtrack.measures import measure_called
from ntmtrack.programmes import DEFAULT, every, every_level, find_level, programme
from ntmtrack.spreadsheets.source import STDIN
from ntmtrack.text import squeeze

_FORMERLY = {"danh hiệu": Field.LEVEL}  # words for --map that the program itself used before
# Kinds of table, in the order in which they are tried.
TRIED = (TableKind.CHANGES, TableKind.ASSESSMENTS, TableKind.RECOGNITIONS, TableKind.PUBLISHED, TableKind.UNITS)


def read_mapping(text: str) -> tuple[str, Meaning]:
    """What --map says: "Tên xã=unit", "D=year", "QĐ nâng cao=nang-cao.decision", "NC=nang-cao"; raises BadMapping."""
    heading, sign, word = text.rpartition("=")
    if not sign or not heading.strip():
        raise BadMapping(text=text, known=_known_words())
    level, _dot, field_word = word.strip().rpartition(".")
    levels = [field for part in (level, field_word) for field in levels_in(simple(part))[0]]
    meant = _FORMERLY.get(field_word.casefold()) or next(
        (field for field in Field if squeeze(field_word) in (squeeze(field.value), squeeze(field.label))), None
    )
    if meant is None and not level and (measure := measure_called(field_word)):
        return _heading_key(heading.strip()), (Field.VALUE, measure.key)
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
    is_assumed: bool = False  # that kind, of every file of a folder: nobody said so of this one
    sheets: Sequence[str] = ()
    all_sheets: bool = False  # of those in sight
    mapped: Mapping[str, Meaning] = field(default_factory=dict)
    skip_hidden: bool = False
    scope: str | None = None
    of_set: str | None = None
    on_day: str | None = None
    accept_near: bool = False
    skip_bad: bool = False
    over_edits: bool = False
    yes: bool = False
    dry_run: bool = False
    copy: Path | None = None  # where the marked copy goes; None: beside the file
    no_copy: bool = False
    folder: Path | None = None  # of many returns: marked copies go below it, and --yes answers for no title
    is_shown: bool = True
    format: str | None = None
    output: Path | None = None

    @property
    def given(self) -> frozenset[Field]:
        """What was given for all rows of what a table must tell."""
        values = {Field.LEVEL: self.defaults.level, Field.YEAR: self.defaults.year}
        return frozenset(name for name, value in values.items() if value)

    @property
    def is_of_one_sheet(self) -> bool:
        """Whether only one sheet is meant, no matter which."""
        return not (self.sheets or self.all_sheets)


def refuse_unfit(what: TableKind, options: ImportOptions) -> None:
    """Refuses options that say nothing of such a table; raises OnlyForTables."""
    given = options.defaults
    values = {
        "--sheet": options.sheets,
        "--all-sheets": options.all_sheets,
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
        "--unit": given.counted_in,
        "--note": given.note,
        "--basis": given.act,
        "--set": options.of_set,
        "--on": options.on_day,
        STDIN: options.word == STDIN,
    }
    fitting = _FITTING.get(what, values.keys() - _OF_ASSESSMENTS - _OF_VALUES)
    if used := [option for option, value in values.items() if value and option not in fitting]:
        raise OnlyForTables(options=", ".join(used), what=what.label)


_OF_TABLES = (STDIN, "--sheet", "--all-sheets", "--map", "--skip-bad", "--skip-hidden", "--annotate")
_OF_ASSESSMENTS = {"--set", "--on"}
_OF_VALUES = {"--unit"}
# Recognitions take every other option.
_FITTING = {
    TableKind.UNITS: _OF_TABLES,
    TableKind.PUBLISHED: (*_OF_TABLES, "--scope", "--year", "--source"),
    TableKind.CHANGES: _OF_TABLES,
    TableKind.ROADMAP: (),
    TableKind.GROUPS: (*(*_OF_TABLES, "--accept-near", "--scope", "--decision", "--date", "--issuer", "--source"),),
    TableKind.VALUES: (
        *(*_OF_TABLES, "--scope", "--year", "--unit", "--decision", "--date", "--issuer", "--source", "--note"),
        *("--accept-near", "--over-edits"),
    ),
    TableKind.REGISTRATIONS: (
        *(*_OF_TABLES, "--scope", "--year", "--on", "--source", "--note", "--accept-near", "--over-edits"),
    ),
    TableKind.ENTRIES: (
        *(*_OF_TABLES, "--scope", "--year", "--unit", "--source", "--note", "--accept-near", "--over-edits"),
    ),
    TableKind.AWARDS: (
        *(*_OF_TABLES, "--scope", "--year", "--decision", "--date", "--issuer", "--source", "--note", "--accept-near"),
    ),
    TableKind.CRITERIA: (*_OF_TABLES, "--scope", "--decision", "--date", "--issuer", "--source"),
    TableKind.ASSESSMENTS: (
        *(*_OF_TABLES, *_OF_ASSESSMENTS, "--scope", "--year", "--source", "--note", "--accept-near", "--over-edits"),
    ),
}
