"""What holds who may only propose to it: whether what was proposed was taken back to the last word.

`{path}` stands where functions are told their schemas.
"""

from collections.abc import Iterator

from ntmtrack.storage.fact_kind import FactKind
from ntmtrack.storage.facts import KINDS, references


def proposal_rules() -> Iterator[str]:
    """The functions that say so, and whether an action did nothing but withdraw proposals."""
    yield _no_trace()
    yield _only_settings()


def _no_trace() -> str:
    """Whether what the action $1 did was taken back by the action $2 to the last word: nothing came or went."""
    flaws = [text for kind in KINDS for text in _traces(kind)]
    return f"""CREATE OR REPLACE FUNCTION ntmtrack_rights.no_trace(bigint, bigint) RETURNS boolean LANGUAGE sql STABLE
{{path}} AS $$ SELECT NOT ({" OR ".join(flaws)}) $$"""


def _traces(kind: FactKind) -> Iterator[str]:
    table = kind.table
    if not kind.is_voidable:
        yield f"EXISTS (SELECT FROM {table} AS f WHERE f.action_id = $2)"
        return
    yield f"EXISTS (SELECT FROM {table} AS f WHERE f.action_id = $1 AND f.voided_by IS NULL)"
    yield (
        f"EXISTS (SELECT FROM {table} AS f WHERE f.action_id = $2 AND f.voided_by IS NULL AND NOT EXISTS ("
        f"SELECT FROM {table} AS o WHERE o.voided_by = $1 AND o.action_id < $1"
        f" AND coalesce(o.restores_id, o.id) = f.restores_id AND {_says_the_same(kind)}))"
    )
    if not kind.is_shared:
        yield (
            f"EXISTS (SELECT FROM {table} AS o WHERE o.voided_by IN ($1, $2) AND o.action_id < $1 AND NOT EXISTS ("
            f"SELECT FROM {table} AS f WHERE f.action_id = $2 AND f.voided_by IS NULL"
            f" AND f.restores_id = coalesce(o.restores_id, o.id)))"
        )


def _says_the_same(kind: FactKind) -> str:
    """That a copy `f` says what the fact `o` said; it may speak of the copy of another fact, or of a like decision."""
    joined = {column.name: other for column, other in references(kind)}
    texts = [
        f"f.{column.name} IS NOT DISTINCT FROM o.{column.name}" for column in kind.columns if column.name not in joined
    ]
    for name, other in joined.items():
        root = "coalesce(restores_id, id)"
        says = f"ROW({', '.join(other.identity)})::text" if other.is_shared else f"{root}::text"
        texts.append(
            f"(SELECT {says} FROM {other.table} WHERE id = f.{name}) IS NOT DISTINCT FROM"
            f" (SELECT {says} FROM {other.table} WHERE id = o.{name})"
        )
    return " AND ".join(texts)


def _only_settings() -> str:
    """Whether an action wrote but that proposals were withdrawn."""
    others = " OR ".join(
        f"EXISTS (SELECT FROM {kind.table} AS f WHERE f.action_id = $1 OR f.voided_by = $1)"
        for kind in KINDS
        if kind.table != "setting"
    )
    return f"""CREATE OR REPLACE FUNCTION ntmtrack_rights.only_settings(bigint) RETURNS boolean LANGUAGE sql STABLE
{{path}} AS $$
    SELECT NOT ({others} OR EXISTS (SELECT FROM setting AS f WHERE f.voided_by = $1
        OR (f.action_id = $1 AND NOT ntmtrack_rights.may_decide(f.key))))
$$"""
