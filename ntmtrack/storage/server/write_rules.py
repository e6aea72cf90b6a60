"""Which rows a role may write: triggers that look at what a statement wrote as a whole.

They have rights of their own, so that they judge rows too which the role does not see. `{path}` stands where functions
are told their schemas.
"""

from collections.abc import Iterator
from typing import NamedTuple

from ntmtrack.storage.fact_kind import UNIT, FactKind
from ntmtrack.storage.facts import KINDS, references
from ntmtrack.storage.server.subjects import DECISION, fact_told_by, touch

# As `refusals` puts them into words.
_OWN_ACTION, _UNITS, _OF_DECISION, _WHOLE = "own action", "units", "decision", "whole"


class _Flaw(NamedTuple):
    """What may not be true of a row `f` that somebody wrote or voided, and the word of its refusal."""

    word: str
    condition: str


def write_rules() -> Iterator[str]:
    """The functions and triggers that judge what is written and voided in every table."""
    for kind in KINDS:
        yield _judge(kind, "written", "action_id", _insert_flaws(kind))
        yield _trigger(kind, "written", "INSERT")
        if kind.is_voidable:
            yield _judge(kind, "voided", "voided_by", _void_flaws(kind))
            yield _trigger(kind, "voided", "UPDATE")


def _trigger(kind: FactKind, name: str, event: str) -> str:
    return (
        f"CREATE TRIGGER {kind.table}_{name}_by_right AFTER {event} ON ntmtrack.{kind.table}"
        f" REFERENCING NEW TABLE AS batch FOR EACH STATEMENT EXECUTE FUNCTION ntmtrack_rights.{kind.table}_{name}()"
    )


def _judge(kind: FactKind, name: str, mark: str, flaws: list[_Flaw]) -> str:
    """A function that keeps what an action touched, and refuses rows that have a flaw."""
    of_all = "\n".join(_refusal(flaw) for flaw in flaws if flaw.word == _OWN_ACTION)
    of_part = "\n".join(_refusal(flaw) for flaw in flaws if flaw.word != _OWN_ACTION)
    return f"""CREATE OR REPLACE FUNCTION ntmtrack_rights.{kind.table}_{name}() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER {{path}} AS $$
DECLARE
    own bigint[];
BEGIN
{touch(kind, mark, "batch")}
    IF is_owner() THEN RETURN NULL; END IF;
{of_all}
    IF sees_all() THEN RETURN NULL; END IF;
    own := ARRAY(SELECT written_units());
{of_part}
    RETURN NULL;
END $$"""


def _refusal(flaw: _Flaw) -> str:
    return (
        f"    IF EXISTS (SELECT FROM batch AS f WHERE {flaw.condition}) THEN"
        f" RAISE EXCEPTION 'ntmtrack: {flaw.word}' USING ERRCODE = '42501'; END IF;"
    )


def _insert_flaws(kind: FactKind) -> list[_Flaw]:
    flaws = [
        _Flaw(_OWN_ACTION, f"NOT ({_is_open('f.action_id')}) OR f.voided_by IS NOT NULL"),
        _Flaw(_OWN_ACTION, f"f.id < 1 OR f.id > (SELECT last_value FROM ntmtrack.{kind.table}_id_seq)"),
        *_unwritable(kind),
    ]
    if kind.table == "unit_version":
        flaws.append(_Flaw(_UNITS, _moves()))
    return [*flaws, *_other_units(kind), *_other_facts(kind)]


def _other_units(kind: FactKind) -> Iterator[_Flaw]:
    """That a fact names units, beside those that it is about, of which the role does not even know the names."""
    about = {*kind.about, "parent_id"}
    for column in kind.columns:
        if column.refers == UNIT and column.name not in about:
            unnamed = f"f.{column.name} NOT IN (SELECT named_units())"
            yield _Flaw(_UNITS, f"f.{column.name} IS NOT NULL AND {unnamed}")


def _other_facts(kind: FactKind) -> Iterator[_Flaw]:
    """That a fact speaks of others which the role may not write, or may not speak of."""
    told_by = fact_told_by(kind)
    for column, other in references(kind):
        if other.table == DECISION:
            yield _Flaw(_OF_DECISION, _unknown_decision(f"f.{column.name}"))
        elif told_by is None or column.name != told_by[0]:
            yield _Flaw(_UNITS, _other_unwritable(other, f"f.{column.name}"))
    if kind.is_voidable:
        copied = "f.restores_id"
        yield _Flaw(_UNITS, _unknown_decision(copied) if kind.table == DECISION else _other_unwritable(kind, copied))


def _unknown_decision(key: str) -> str:
    return f"{key} IS NOT NULL AND {key} NOT IN (SELECT my_decisions())"


def _void_flaws(kind: FactKind) -> list[_Flaw]:
    return [
        _Flaw(_OWN_ACTION, f"f.voided_by IS NULL OR NOT ({_is_open('f.voided_by')})"),
        *_unwritable(kind),
    ]


def _unwritable(kind: FactKind) -> Iterator[_Flaw]:
    """That a fact is about units of others; what is about the whole ledger is told apart."""
    writable = _writable(kind, "f")
    if kind.table == "setting":
        yield _Flaw(_WHOLE, "f.key NOT LIKE 'form/%' AND f.key NOT LIKE 'proposal/%'")
    yield _Flaw(_WHOLE if writable == "FALSE" else _UNITS, f"({writable}) IS NOT TRUE")


def _is_open(key: str) -> str:
    return f"EXISTS (SELECT FROM action AS a WHERE a.id = {key} AND a.who = session_user AND a.hash IS NULL)"


def _other_unwritable(kind: FactKind, key: str) -> str:
    """That a fact speaks of one that may not be written: a copy of it, a plan in the place of it, would change it."""
    return (
        f"{key} IS NOT NULL AND NOT EXISTS (SELECT FROM ntmtrack.{kind.table} AS o WHERE o.id = {key}"
        f" AND ({_writable(kind, 'o')}))"
    )


def _writable(kind: FactKind, alias: str) -> str:
    """That a fact is about units of whoever writes, whose are in the array `own`."""
    if whole := fact_told_by(kind):
        column, other = whole
        inner = f"{alias}_{other.table}"
        return (
            f"EXISTS (SELECT FROM ntmtrack.{other.table} AS {inner} WHERE {inner}.id = {alias}.{column}"
            f" AND {_writable(other, inner)})"
        )
    if kind.table == "setting":
        return f"{alias}.key LIKE 'form/%' OR ntmtrack_rights.may_decide({alias}.key)"
    if kind.table in (UNIT, DECISION):
        return "TRUE"
    if not kind.about:
        return "FALSE"
    return " AND ".join(f"{alias}.{column} IN (SELECT unnest(own))" for column in kind.about)


def _moves() -> str:
    """That a unit is placed where it did not lie before: under one of others, or one that is somebody's whole scope."""
    return """f.parent_id IS NULL AND NOT EXISTS (SELECT FROM unit_version AS v WHERE v.unit_id = f.unit_id
            AND v.parent_id IS NULL AND v.action_id <= last_sealed())
        OR f.parent_id IS NOT NULL
            AND (f.parent_id NOT IN (SELECT unnest(own)) OR f.unit_id IN (SELECT my_scopes())) AND NOT EXISTS (
            SELECT FROM unit_version AS v WHERE v.unit_id = f.unit_id AND v.parent_id = f.parent_id
            AND v.action_id <= last_sealed())"""
