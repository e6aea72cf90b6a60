"""The kinds of fact that a ledger holds: the one list for whatever goes through facts of every kind.

Undo and redo, the ledger as known on a day, closed years, the fingerprint, the chain of hashes, dump and load, diff and
history ask here which facts there are, what they speak of and how they are told. Tables and migrations are held against
it by a test. What a new kind takes: CONTRIBUTING.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from ntmtrack.i18n import N_

UNIT = "unit"
_NO_CODES: Mapping[str, str] = MappingProxyType({})


class FactColumn(NamedTuple):
    """One column: `holds` is int or str, of which some are ISO days (`is_day`), perhaps known to the month or the year.

    `refers` is the table that its number speaks of: of the very row there, or `by_identity` of whichever is the same
    fact. `codes` are the words of values that are codes, "" of one that goes without saying, as `usual` does.
    """

    name: str
    holds: type = str
    is_day: bool = False
    refers: str | None = None
    by_identity: bool = False
    codes: Mapping[str, str] = _NO_CODES
    usual: str | None = None
    is_remark: bool = False  # no figure rests on it
    is_derived: bool = False  # it says nothing that another column does not

    @property
    def word(self) -> str:
        """What stands under its number in words: "parent" of `parent_id`."""
        return self.name.removesuffix("_id")


class FactKind(NamedTuple):
    """One kind of fact; columns are named as in its table, words are filled with what they say.

    Attributes:
        about: the columns that tell whom it is about, the unit first; it may be what another fact is about.
        identity: what makes two facts the same one at two times; `near` is the part that a correction may change.
        settles: the day from which figures of closed years rest on it; None where none do (plans: `closed_plans`).
        held_by: what lets no two of one identity stand: a rule of the file, or undo, which brings none back beside one
            told anew. `room` is the condition where a rule of the file holds more than the identity.
        part_of: the column of the fact that it goes and comes with.
        is_shared: it goes once no fact speaks of it, and comes with one that does.
        is_choice: a remembered choice, no fact of the programme.
        is_counted: `status` tells how many there are.
        subject, parts: its words; where there are none, it is told with the facts that speak of it.
        many, each: what many have in common that come or go at once, and what each is called among them.

    """

    table: str
    columns: tuple[FactColumn, ...] = ()
    about: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()
    near: str = ""
    settles: str | None = None
    held_by: Literal["file", "undo"] | None = None
    room: str = ""
    part_of: str | None = None
    is_shared: bool = False
    is_choice: bool = False
    is_counted: bool = False
    subject: str = ""
    parts: tuple[str, ...] = ()
    many: str = "{subject} {said}"
    each: str = "{unit}"

    @property
    def is_voidable(self) -> bool:
        """Whether it can be voided and come back as a copy: all but a unit's identity, which has but versions."""
        return bool(self.columns)

    @property
    def all_columns(self) -> tuple[str, ...]:
        """The names of its columns with those that every fact has."""
        copies = ["restores_id"] if self.is_voidable else []
        return ("id", "action_id", "voided_by", *(column.name for column in self.columns), *copies)

    @property
    def whole(self) -> FactColumn | None:
        """The column of the fact that it is part of."""
        return next((column for column in self.columns if column.name == self.part_of), None)

    @property
    def references(self) -> Iterator[tuple[FactColumn, "FactKind"]]:
        """The columns that speak of facts which can be voided, with the kind of those."""
        return ((column, kind_of(column.refers)) for column in self.columns if column.refers not in (None, UNIT))

    def unit_by(self, about: str) -> tuple[str, str]:
        """The unit that a fact `f` is about by one of its columns, in SQL: the expression, the join that it takes."""
        for column, other in self.references:
            if column.name == about:
                join = f"LEFT JOIN {other.table} AS {column.word} ON {column.word}.id = f.{about}"
                return f"{column.word}.{other.about[0]}", join
        return f"f.{about}", ""


def _texts(*names: str) -> tuple[FactColumn, ...]:
    return tuple(FactColumn(name) for name in names)


def _numbers(*names: str) -> tuple[FactColumn, ...]:
    return tuple(FactColumn(name, int) for name in names)


def _days(*names: str) -> tuple[FactColumn, ...]:
    return tuple(FactColumn(name, is_day=True) for name in names)


def _remarks(*names: str) -> tuple[FactColumn, ...]:
    return tuple(FactColumn(name, is_remark=True) for name in names)


def _to(table: str, *names: str) -> tuple[FactColumn, ...]:
    return tuple(FactColumn(name, int, refers=table) for name in names)


# What a target tells beside its figures, told field by field as its file names them.
_FIELDS = (
    FactColumn("operator", usual="="),
    *_texts("percent_operator"),
    FactColumn("nature", usual="target"),
    FactColumn("share_of", usual="all"),
    FactColumn("counts", usual="at-least"),
    *_texts("base", "readings", "part_of"),
    *_numbers("threshold", "relative_to"),
    *_texts("counted_in", "each", "begins_on", "due_on"),
    *_remarks("note"),
)

# In the order of a dump: each kind after those that it speaks of.
KINDS = (
    FactKind(
        "setting",
        (
            FactColumn(
                "key",
                codes={
                    "programme": N_("programme"),
                    "agency": N_("agency"),
                    "place": N_("place"),
                    "number": N_("number"),
                    "demo": N_("sample"),
                },
            ),
            *_texts("value"),
        ),
        identity=("key",),
        is_choice=True,
        subject="{key}",
        parts=("“{value}”",),
    ),
    FactKind(UNIT),
    FactKind(
        "unit_version",
        (
            *_to(UNIT, "unit_id", "parent_id"),
            *_texts("code", "name", "kind", "tier"),
            FactColumn("name_key", is_derived=True),
            *_days("since", "until"),
            *_remarks("resolution"),
        ),
        about=("unit_id",),
        identity=("unit_id", "since"),
        near="since",
        settles="since",
        held_by="file",
        room="""(unit_id = :unit_id OR code = :code) AND coalesce(since, '') < coalesce(:until, '9999')
            AND coalesce(:since, '') < coalesce(until, '9999')""",
        subject=N_("unit"),
        parts=("{kind} {name}", "{code}", N_("in {parent}"), N_("from {since}"), N_("until {until}"), "{resolution}"),
        many="{subject}, {kind}",
    ),
    FactKind(
        "succession",
        (
            *_to(UNIT, "predecessor_id", "successor_id"),
            FactColumn("extent", codes={"whole": N_("whole"), "part": N_("in part")}),
            *_days("day"),
            *_remarks("resolution"),
        ),
        about=("predecessor_id", "successor_id"),
        identity=("predecessor_id", "successor_id"),
        subject=N_("succession"),
        parts=("→ {successor}, {day}", "{extent}", "{resolution}"),
    ),
    FactKind(
        "decision",
        (*_texts("number"), *_days("signed_on"), *_texts("issuer"), *_remarks("note")),
        identity=("number", "signed_on", "issuer"),
        held_by="file",
        is_shared=True,
        is_counted=True,
    ),
    FactKind(
        "recognition",
        (
            *_to(UNIT, "unit_id"),
            *_texts("programme", "level"),
            *_numbers("year"),
            *_days("known_by"),
            *_to("decision", "decision_id"),
            *_days("announced_on"),
            FactColumn("basis", codes={"recognised": "", "acknowledged": N_("acknowledged")}),
            FactColumn("confidence", usual="recorded"),
            *_remarks("source", "note"),
        ),
        about=("unit_id",),
        identity=("unit_id", "programme", "level"),
        near="programme",
        settles="year",
        held_by="file",
        is_counted=True,
        subject="{level}",
        parts=(
            "{when}",
            "{decision}",
            N_("signed {signed_on}"),
            N_("announced {announced_on}"),
            "{issuer}",
            "{confidence}",
            "{basis}",
            N_("source “{source}”"),
            N_("remark “{note}”"),
        ),
    ),
    FactKind(
        "revocation",
        (*_to("recognition", "recognition_id"), *_to("decision", "decision_id"), *_days("day"), *_remarks("reason")),
        about=("recognition_id",),
        identity=("recognition_id",),
        near="programme",
        settles="day",
        held_by="undo",
        is_counted=True,
        subject=N_("revocation of {level}"),
        parts=(N_("from {day}"), "{number}", "{reason}"),
    ),
    FactKind(
        "roadmap",
        (
            *_texts("key", "title", "number"),
            *_days("issued_on"),
            *_texts("issuer", "programme"),
            *_to(UNIT, "scope_id"),
            *_texts("scope_code", "scope_name"),
            *_numbers("base_year"),
            FactColumn("supersedes_id", int, refers="roadmap", by_identity=True),
            *_remarks("source"),
        ),
        about=("scope_id",),
        identity=("key",),
        held_by="file",
        is_counted=True,
        subject=N_("roadmap {key}"),
        parts=(
            "{number}, {issued_on}",
            "{issuer}",
            "{title}",
            "{programme}",
            "{base_year}",
            "{supersedes}",
            "{source}",
        ),
    ),
    FactKind(
        "target",
        (
            *_to("roadmap", "roadmap_id"),
            *_to(UNIT, "within_id"),
            *_texts("tier", "measure"),
            *_numbers("year", "added", "added_high", "cumulative", "cumulative_high"),
            *_texts("percent", "percent_high"),
            *_numbers("total"),
            *_texts("value", "value_high", "span", "name"),
            *_FIELDS,
            FactColumn("place", int, is_remark=True),
            *_remarks("within", "cite"),
        ),
        about=("within_id",),
        identity=("roadmap_id", "tier", "measure", "year", "span", "name", "within", "place"),
        near="place",
        part_of="roadmap_id",
        subject="{roadmap}: {line} ({year})",
        parts=(
            "{added}",
            "{cumulative}",
            "{percent}",
            "{value}",
            "{total}",
            *(f"{column.name} {{{column.name}}}" for column in _FIELDS),
            "{cite}",
        ),
        many=N_("figures of {roadmap}"),
        each="{line} ({year})",
    ),
    FactKind(
        "target_unit",
        (*_to("target", "target_id"), *_to(UNIT, "unit_id"), *_texts("printed", "role")),
        about=("unit_id",),
        identity=("target_id", "printed", "role"),
        part_of="target_id",
    ),
    FactKind(
        "published_figure",
        (
            *_to(UNIT, "scope_id"),
            *_texts("tier", "measure"),
            *_days("as_of"),
            *_texts("value"),
            *_numbers("total"),
            *_texts("percent", "source"),
            FactColumn("confidence", usual="confirmed"),
            FactColumn("basis", codes={"year": N_("by year recognised for"), "decision": N_("by day of decision")}),
        ),
        about=("scope_id",),
        identity=("scope_id", "tier", "measure", "as_of", "source", "basis"),
        held_by="undo",
        is_counted=True,
        subject=N_("published: {line}, {as_of}"),
        parts=("{value}", N_("source “{source}”"), "{basis}", "{confidence}"),
    ),
    FactKind(
        "closed_year",
        (*_numbers("year"), *_texts("fingerprint")),
        identity=("year",),
        held_by="file",
        subject=N_("closed year"),
        parts=("{year}",),
    ),
)
TABLES = tuple(kind.table for kind in KINDS)
VOIDABLE = tuple(kind for kind in KINDS if kind.is_voidable)


def kind_of(table: str | None) -> FactKind:
    """The kind of the facts in a table."""
    return next(kind for kind in KINDS if kind.table == table)


def speaking_of(table: str) -> Iterator[tuple[str, str]]:
    """The tables whose facts speak of those in a table, each with the column that does."""
    return ((kind.table, column.name) for kind in KINDS for column in kind.columns if column.refers == table)
