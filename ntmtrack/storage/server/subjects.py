"""Whom a fact is about, in the SQL that a server holds rights with, and the units that each action touched."""

from ntmtrack.storage.fact_kind import FactKind
from ntmtrack.storage.facts import KINDS, references, unit_by

DECISION = "decision"
HIGHER = ("roadmap", "movement", "criterion", "unit_list")  # those of the units above are read too


def fact_told_by(kind: FactKind) -> tuple[str, FactKind] | None:
    """The column of the fact that decides whom a fact is about, with its kind: a plan's for its targets."""
    by = kind.part_of or (kind.about[0] if kind.about else "")
    return next(((column.name, other) for column, other in references(kind) if column.name == by), None)


def unit_of(kind: FactKind, about: str) -> tuple[str, str]:
    """The unit that a fact `f` is about; of what is part of a plan, the units of the plan."""
    if kind.part_of:
        column, alias, joins = kind.part_of, "f", ""
        while True:
            other = next(other for own, other in references(kind) if own.name == column)
            joins += f" JOIN {other.table} AS {other.table}_of ON {other.table}_of.id = {alias}.{column}"
            alias, kind = f"{other.table}_of", other
            if not kind.part_of:
                return f"{alias}.{kind.about[0]}", joins
            column = kind.part_of
    return unit_by(kind, about)


def touch(kind: FactKind, mark: str, rows: str) -> str:
    """Keeps about which units the rows are that an action wrote, or voided."""
    texts = []
    for about in kind.about:
        unit, join = unit_of(kind, about)
        texts.append(
            f"    INSERT INTO touched (action_id, unit_id) SELECT DISTINCT f.{mark}, {unit} FROM {rows} AS f {join}"
            f" WHERE f.{mark} IS NOT NULL AND {unit} IS NOT NULL ON CONFLICT DO NOTHING;"
        )
    return "\n".join(texts)


def fill_touched() -> str:
    """What actions touched that were written while nobody kept it."""
    texts = [
        touch(kind, mark, f"ntmtrack.{kind.table}").strip()
        for kind in KINDS
        if kind.about
        for mark in ("action_id", "voided_by")
    ]
    lines = "\n    ".join(texts)
    return f"""CREATE OR REPLACE FUNCTION ntmtrack_rights.fill_touched() RETURNS void LANGUAGE plpgsql {{path}} AS $$
BEGIN
    {lines}
END $$"""
