"""The kinds of fact that a ledger holds: the one list for whatever goes through facts of every kind.

Undo and redo, the ledger as known on a day, closed years, the fingerprint, the chain of hashes, dump and load, diff and
history ask here which facts there are, what they speak of and how they are told. Tables and migrations are held against
it by a test. What a new kind takes: CONTRIBUTING.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from ntmtrack.i18n import N_

UNIT = "unit"
_NONE: Mapping[str, Any] = MappingProxyType({})


class FactColumn(NamedTuple):
    """One column: what it holds, int or str; the table that its number refers to; the words of its codes.

    The word of a code that goes without saying is "". An ISO day may be known to the month or the year alone.
    """

    name: str
    holds: type
    refers: str | None
    codes: Mapping[str, str]
    is_day: bool
    is_remark: bool  # no figure rests on it
    is_derived: bool  # it says nothing that another column does not

    @property
    def word(self) -> str:
        """What stands under its number in words: "parent" of `parent_id`."""
        return self.name.removesuffix("_id")


class FactKind(NamedTuple):
    """One kind of fact; columns are named as in its table, words are filled with what they say.

    Attributes:
        about: the columns that tell whom it is about, the unit first; it may be what another fact is about.
        identity: what makes two facts the same one at two times; `near` is the part that a correction may change.
        settles: the day from which figures of closed years rest on it; None where none do (plans: `closed_years`).
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
    columns: tuple[FactColumn, ...]
    about: tuple[str, ...]
    identity: tuple[str, ...]
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
        """The columns that speak of facts which can be voided, with the kind of those.

        One of its own kind is meant by its identity, whichever row stands for it; else the very row, or its copy.
        """
        return ((column, kind_of(column.refers)) for column in self.columns if column.refers not in (None, UNIT))

    def unit_by(self, about: str) -> tuple[str, str]:
        """The unit that a fact `f` is about by one of its columns, in SQL: the expression, the join that it takes."""
        for column, other in self.references:
            if column.name == about:
                join = f"LEFT JOIN {other.table} AS {column.word} ON {column.word}.id = f.{about}"
                return f"{column.word}.{other.about[0]}", join
        return f"f.{about}", ""


_MARKS = ("number", "day", "remark", "derived")


def declare(
    table: str,
    columns: str = "",
    *,
    about: str = "",
    identity: str = "",
    codes: Mapping[str, Mapping[str, str]] = _NONE,
    **rest: Any,
) -> FactKind:
    """A kind, its columns in one text: "code" holds texts, "year:number" numbers, "unit_id:unit" refers to a table."""
    declared = []
    for word in columns.split():
        name, *marks = word.split(":")
        refers = next((mark for mark in marks if mark not in _MARKS), None)
        holds = int if refers or "number" in marks else str
        declared.append(
            FactColumn(name, holds, refers, codes.get(name, _NONE), *(mark in marks for mark in _MARKS[1:]))
        )
    return FactKind(table, tuple(declared), tuple(about.split()), tuple(identity.split()), **rest)


# What a target tells beside its figures, field by field as its file names them.
_FIELDS = (
    "operator percent_operator nature share_of counts base readings part_of threshold:number relative_to:number"
    " counted_in each begins_on due_on of_set hold:number note:remark"
)
_NAMES_OF_FIELDS = [field.partition(":")[0] for field in _FIELDS.split()]
_SETTINGS = {
    "programme": N_("programme"),
    "agency": N_("agency"),
    "place": N_("place"),
    "number": N_("number"),
    "contact": N_("contact"),
    "demo": N_("sample"),
}
# In the order of a dump: each kind after those that it speaks of.
KINDS = (
    declare(
        "setting",
        "key value",
        identity="key",
        codes={"key": _SETTINGS},
        is_choice=True,
        subject="{key}",
        parts=("“{value}”",),
    ),
    declare(UNIT),
    declare(
        "unit_version",
        "unit_id:unit parent_id:unit code name name_key:derived kind tier since:day until:day resolution:remark",
        about="unit_id",
        identity="unit_id since",
        near="since",
        settles="since",
        held_by="file",
        room="""(unit_id = :unit_id OR code = :code) AND coalesce(since, '') < coalesce(:until, '9999')
            AND coalesce(:since, '') < coalesce(until, '9999')""",
        subject=N_("unit"),
        parts=("{kind} {name}", "{code}", N_("in {parent}"), N_("from {since}"), N_("until {until}"), "{resolution}"),
        many="{subject}, {kind}",
    ),
    declare(
        "succession",
        "predecessor_id:unit successor_id:unit extent day:day main:number resolution:remark",
        about="predecessor_id successor_id",
        identity="predecessor_id successor_id",
        held_by="file",
        codes={"extent": {"whole": N_("whole"), "part": N_("in part")}, "main": {"1": N_("main part"), "0": ""}},
        subject=N_("succession"),
        parts=("→ {successor}, {day}", "{extent}", "{main}", "{resolution}"),
        many="{subject}, {day}",
    ),
    declare(
        "unit_list",
        "scope_id:unit complete_since:day source:remark",
        about="scope_id",
        identity="scope_id",
        held_by="file",
        subject=N_("list of units"),
        parts=(N_("complete since {complete_since}"), N_("source “{source}”")),
    ),
    declare(
        "decision",
        "number signed_on:day issuer note:remark",
        identity="number signed_on issuer",
        held_by="file",
        is_shared=True,
        is_counted=True,
    ),
    declare(
        "recognition",
        "unit_id:unit programme level year:number known_by:day decision_id:decision announced_on:day basis confidence"
        " source:remark note:remark",
        about="unit_id",
        identity="unit_id programme level",
        near="programme",
        settles="year",
        held_by="file",
        is_counted=True,
        codes={
            "basis": {"recognised": "", "acknowledged": N_("acknowledged"), "re-recognised": N_("re-recognised")},
            "confidence": {"recorded": ""},
        },
        subject="{level}",
        parts=(
            *("{when}", "{decision}", N_("signed {signed_on}"), N_("announced {announced_on}"), "{issuer}"),
            *("{confidence}", "{basis}", N_("source “{source}”"), N_("remark “{note}”")),
        ),
    ),
    declare(
        "revocation",
        "recognition_id:recognition decision_id:decision day:day reason:remark",
        about="recognition_id",
        identity="recognition_id",
        near="programme",
        settles="day",
        held_by="undo",
        is_counted=True,
        subject=N_("revocation of {level}"),
        parts=(N_("from {day}"), "{number}", "{reason}"),
    ),
    declare(
        "review",
        "unit_id:unit programme level result day:day decision_id:decision source:remark note:remark",
        about="unit_id",
        identity="unit_id programme",
        held_by="file",
        codes={"result": {"proposed": N_("proposed"), "lapsed": N_("holds no more")}},
        subject=N_("review after a merger ({programme})"),
        parts=("{result}", "{level}", "{day}", "{number}", N_("source “{source}”"), N_("remark “{note}”")),
    ),
    declare(
        "participation",
        "unit_id:unit programme day:day decision_id:decision source:remark",
        about="unit_id",
        identity="unit_id programme",
        held_by="file",
        subject=N_("takes part in the {programme} programme"),
        parts=(N_("from {day}"), "{number}", N_("source “{source}”")),
    ),
    declare(
        "roadmap",
        "key title number issued_on:day issuer programme scope_id:unit scope_code scope_name base_year:number"
        " supersedes_id:roadmap source:remark",
        about="scope_id",
        identity="key",
        held_by="file",
        is_counted=True,
        subject=N_("roadmap {key}"),
        parts=(
            *("{number}, {issued_on}", "{issuer}", "{title}", "{programme}", "{base_year}"),
            *("{supersedes}", "{source}"),
        ),
    ),
    declare(
        "target",
        "roadmap_id:roadmap within_id:unit tier measure year:number added:number added_high:number cumulative:number"
        " cumulative_high:number percent percent_high total:number value value_high span name place:number:remark"
        f" within:remark cite:remark {_FIELDS}",
        about="within_id",
        identity="roadmap_id tier measure year span name within place",
        near="place",
        part_of="roadmap_id",
        codes={
            "operator": {"=": ""},
            "nature": {"target": ""},
            "share_of": {"all": ""},
            "counts": {"at-least": ""},
            "hold": {"1": N_("yes"), "0": ""},
        },
        subject="{roadmap}: {line} ({year})",
        parts=(
            *("{added}", "{cumulative}", "{percent}", "{value}", "{total}"),
            *(f"{field} {{{field}}}" for field in _NAMES_OF_FIELDS),
            "{cite}",
        ),
        many=N_("figures of {roadmap}"),
        each="{line} ({year})",
    ),
    declare(
        "target_unit",
        "target_id:target unit_id:unit printed role",
        about="unit_id",
        identity="target_id printed role",
        part_of="target_id",
    ),
    declare(
        "published_figure",
        "scope_id:unit tier measure as_of:day value total:number percent source confidence basis",
        about="scope_id",
        identity="scope_id tier measure as_of source basis",
        held_by="undo",
        is_counted=True,
        codes={
            "confidence": {"confirmed": ""},
            "basis": {"year": N_("by year recognised for"), "decision": N_("by day of decision")},
        },
        subject=N_("published: {line}, {as_of}"),
        parts=("{value}", N_("source “{source}”"), "{basis}", "{confidence}"),
    ),
    declare(
        "closed_year",
        "year:number fingerprint",
        identity="year",
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
