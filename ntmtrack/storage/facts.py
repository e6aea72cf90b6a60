"""The kinds of fact that a ledger holds: the one list for whatever goes through facts of every kind.

Undo and redo, the ledger as known on a day, closed years, the fingerprint, the chain of hashes, dump and load, diff and
history ask here which facts there are, what they speak of and how they are told. Tables and migrations are held against
it by a test. What a new kind takes: CONTRIBUTING.
"""

from collections.abc import Iterator

from ntmtrack.i18n import N_
from ntmtrack.programmes.marks import MARKS, VALUES
from ntmtrack.storage.emulation_kinds import EMULATION
from ntmtrack.storage.fact_kind import UNIT, FactColumn, FactKind, declare

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
        "scope_id:unit tier measure as_of:day value total:number percent source confidence basis share_of",
        about="scope_id",
        identity="scope_id tier measure as_of source basis",
        held_by="undo",
        is_counted=True,
        codes={
            "confidence": {"confirmed": ""},
            "basis": {"year": N_("by year recognised for"), "decision": N_("by day of decision")},
        },
        subject=N_("published: {line}, {as_of}"),
        parts=("{value}", "{percent}", "{share_of}", N_("source “{source}”"), "{basis}", "{confidence}"),
    ),
    declare(
        "criterion",
        "scope_id:unit criteria_set code name applies_to year:number since:day operator threshold counted_in"
        " verified:number decision_id:decision source:remark",
        about="scope_id",
        identity="criteria_set code scope_id applies_to year since",
        held_by="file",
        is_counted=True,
        codes={"verified": {"1": N_("checked against the text"), "0": N_("not checked against the text")}},
        subject=N_("criterion {code} of {criteria_set}"),
        parts=(
            *("{name}", "{applies_to}", N_("year {year}"), N_("from {since}"), "{operator} {threshold}"),
            *("{counted_in}", "{verified}", "{number}", N_("source “{source}”")),
        ),
        many=N_("criteria of {criteria_set}"),
        each="{code}",
    ),
    declare(
        "unit_mark",
        "unit_id:unit mark value since:day decision_id:decision source:remark",
        about="unit_id",
        identity="unit_id mark since",
        near="since",
        settles="since",
        held_by="file",
        is_counted=True,
        codes={"mark": {key: kind.name for key, kind in MARKS.items()}, "value": VALUES},
        subject="{mark}",
        parts=("{value}", N_("from {since}"), "{number}", N_("source “{source}”")),
        many="{subject}: {value}",
    ),
    declare(
        "assessment",
        "unit_id:unit criteria_set day:day met:number missing unknown results confidence source:remark note:remark",
        about="unit_id",
        identity="unit_id criteria_set day",
        near="day",
        settles="day",
        held_by="file",
        is_counted=True,
        codes={"confidence": {"recorded": ""}},
        subject=N_("assessment ({criteria_set})"),
        parts=(
            *("{day}", N_("{met} criteria met"), N_("not met: {missing}"), N_("not assessed: {unknown}"), "{results}"),
            *("{confidence}", N_("source “{source}”"), N_("remark “{note}”")),
        ),
        many="{subject}, {day}",
    ),
    declare(
        "measurement",
        "unit_id:unit measure year:number name value counted_in owner:remark valid_until:day decision_id:decision"
        " confidence source:remark note:remark",
        about="unit_id",
        identity="unit_id measure year name",
        near="year",
        settles="year",
        held_by="file",
        is_counted=True,
        codes={"confidence": {"recorded": ""}},
        subject="{measure}",
        parts=(
            *("{name}", "{year}", "{value} {counted_in}", N_("valid until {valid_until}"), "{owner}", "{number}"),
            *("{confidence}", N_("source “{source}”"), N_("remark “{note}”")),
        ),
        many="{subject}, {year}",
    ),
    declare(
        "task_state",
        "unit_id:unit plan task state day:day due_on:day owner:remark evidence:remark note:remark",
        about="unit_id",
        identity="unit_id plan task day",
        near="day",
        settles="day",
        held_by="file",
        codes={"state": {"open": N_("under way"), "done": N_("done"), "dropped": N_("dropped")}},
        subject=N_("task “{task}” ({plan})"),
        parts=(
            *("{state}", "{day}", N_("due {due_on}"), "{owner}", N_("evidence “{evidence}”"), N_("remark “{note}”")),
        ),
    ),
    *EMULATION,
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
# The columns with names of persons, by table.
PRIVATE = {
    kind.table: own for kind in KINDS if (own := tuple(column.name for column in kind.columns if column.is_private))
}


def kind_of(table: str | None) -> FactKind:
    """The kind of the facts in a table."""
    return next(kind for kind in KINDS if kind.table == table)


def speaking_of(table: str) -> Iterator[tuple[str, str]]:
    """The tables whose facts speak of those in a table, each with the column that does."""
    return ((kind.table, column.name) for kind in KINDS for column in kind.columns if column.refers == table)


def references(kind: FactKind) -> Iterator[tuple[FactColumn, FactKind]]:
    """The columns of a kind that speak of facts which can be voided, with the kind of those.

    One of its own kind is meant by its identity, whichever row stands for it; else the very row, or its copy.
    """
    return ((column, kind_of(column.refers)) for column in kind.columns if column.refers not in (None, UNIT))


def unit_by(kind: FactKind, about: str) -> tuple[str, str]:
    """The unit that a fact `f` is about by one of its columns, in SQL: the expression, the join that it takes."""
    for column, other in references(kind):
        if column.name == about:
            join = f"LEFT JOIN {other.table} AS {column.word} ON {column.word}.id = f.{about}"
            return f"{column.word}.{other.about[0]}", join
    return f"f.{about}", ""
