"""What `import` was told, and which of its options say something of which table."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ntmtrack.errors import (
    BadMapping,
    OnlyForTables,
    UnknownLevel,
)
from ntmtrack.programmes import DEFAULT, every, every_level, find_level, programme
from ntmtrack.sheets.columns import FIELDS, Field, What, is_column, simple
from ntmtrack.sheets.headings import Meaning
from ntmtrack.sheets.levels import levels_in
from ntmtrack.sheets.read_recognitions import Defaults
from ntmtrack.sheets.source import STDIN
from ntmtrack.text import squeeze

TRIED = (What.RECOGNITIONS, What.PUBLISHED, What.UNITS)  # kinds of table, in the order in which they are tried


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for: the kind of table, its sheets, headings given a meaning, fields given for all rows."""

    what: What | None = None
    sheets: Sequence[str] = ()
    mapped: Mapping[str, Meaning] = field(default_factory=dict)
    given: frozenset[Field] = frozenset()
    level: str | None = None  # the key of the level given for all rows
    skip_hidden: bool = False


def read_mapping(text: str) -> tuple[str, Meaning]:
    """What --map says: "Tên xã=unit", "D=year", "QĐ nâng cao=nang-cao.decision", "NC=nang-cao"; raises BadMapping."""
    heading, sign, word = text.rpartition("=")
    if not sign or not heading.strip():
        raise BadMapping(text=text, known=_known_words())
    level, _dot, field_word = word.strip().rpartition(".")
    levels = [one for part in (level, field_word) for one in levels_in(simple(part))[0]]
    meant = next((one for one in Field if squeeze(field_word) in (squeeze(one.value), squeeze(one.label))), None)
    if meant is None and levels and not level:
        meant = Field.MARK
    if meant is None or (level and not levels):
        raise BadMapping(text=text, known=_known_words())
    return _heading_key(heading.strip()), (meant, levels[0] if levels else None)


def known_level(typed: str) -> str:
    """The key of the level that `typed` names in any programme, the latest first; raises UnknownLevel."""
    for one in reversed(every()):
        with suppress(UnknownLevel):
            return find_level(one, typed).key
    return find_level(programme(DEFAULT), typed).key


def _heading_key(heading: str) -> str:
    """A column's letters as they are, a heading as `simple` has it."""
    return heading if is_column(heading) else simple(heading)


def _known_words() -> str:
    words = [one.value for one in dict.fromkeys(field for what in TRIED for field in FIELDS[what])]
    levels = [*every_level()]
    return ", ".join((*words, *levels, f"{levels[1]}.{Field.YEAR.value}"))


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What `import` was told."""

    word: str
    choice: Choice
    defaults: Defaults
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


def refuse_unfit(what: What, options: ImportOptions) -> None:
    """Refuses options that say nothing of such a table; raises OnlyForTables."""
    given, choice = options.defaults, options.choice
    told = {
        "--sheet": choice.sheets,
        "--map": choice.mapped,
        "--skip-bad": options.skip_bad,
        "--skip-hidden": choice.skip_hidden,
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
    if used := [option for option, value in told.items() if value and option not in _FITTING.get(what, told)]:
        raise OnlyForTables(options=", ".join(used), what=what.label)


_OF_TABLES = (STDIN, "--sheet", "--map", "--skip-bad", "--skip-hidden", "--annotate")
# Recognitions take every option.
_FITTING = {
    What.UNITS: _OF_TABLES,
    What.PUBLISHED: (*_OF_TABLES, "--scope", "--year", "--source"),
    What.ROADMAP: (),
}
