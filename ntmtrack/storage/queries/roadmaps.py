"""Roadmaps as the ledger holds them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from ntmtrack.model import Tier
from ntmtrack.roadmaps import HEAD_FIELDS, JOIN, UNIT_LISTS, WITHIN, Named, Roadmap, Target
from ntmtrack.storage.dialect import Connection

_HEAD = tuple(field for field in HEAD_FIELDS if field != "supersedes")
_FIGURES = tuple(field for field in Target._fields if field not in UNIT_LISTS)


class StoredPlan(NamedTuple):
    """A roadmap on record: the unit it is for (None: the country), the key of the one that took its place.

    `units` ties the names that it prints to units of the ledger, where they are known. `is_share`: only those of
    its targets are here that are for one unit within its scope. `root` is the first of its copies.
    """

    id: int
    plan: Roadmap
    scope_id: int | None
    replaced_by: str | None
    units: dict[Named, int]
    root: int
    is_share: bool = False


def every_roadmap(connection: Connection) -> list[StoredPlan]:
    """All roadmaps on record, also those whose place another took, by key."""
    rows = connection.execute(
        f"""SELECT r.id, r.scope_id, coalesce(r.restores_id, r.id), {", ".join(f"r.{field}" for field in _HEAD)},
                   (SELECT older.key FROM roadmap AS older WHERE older.id = r.supersedes_id),
                   (SELECT newer.key FROM roadmap AS newer JOIN roadmap AS older ON older.id = newer.supersedes_id
                    WHERE older.key = r.key AND newer.voided_by IS NULL)
            FROM roadmap AS r WHERE r.voided_by IS NULL ORDER BY r.key"""
    ).fetchall()
    return [_recorded(connection, *row) for row in rows]


def voided_by(connection: Connection, action_id: int) -> list[StoredPlan]:
    """The roadmaps that an action voided and had not written itself: what undoing it must bring back."""
    rows = connection.execute(
        f"""SELECT r.id, r.scope_id, coalesce(r.restores_id, r.id), {", ".join(f"r.{field}" for field in _HEAD)},
                   (SELECT older.key FROM roadmap AS older WHERE older.id = r.supersedes_id), NULL
            FROM roadmap AS r WHERE r.voided_by = :action AND r.action_id <> :action ORDER BY r.id""",
        {"action": action_id},
    ).fetchall()
    return [_recorded(connection, *row, voided=True) for row in rows]


def _recorded(
    connection: Connection, key: int, scope_id: int | None, root: int, *head: object, voided: bool = False
) -> StoredPlan:
    *fields, supersedes, replaced_by = head
    head_fields = dict(zip(_HEAD, fields, strict=True))
    targets, units = _targets(connection, key, voided)
    plan = Roadmap(**head_fields, targets=targets, supersedes=supersedes)  # type: ignore[arg-type]
    return StoredPlan(key, plan, scope_id, replaced_by, units, root)  # type: ignore[arg-type]


def _targets(connection: Connection, roadmap_id: int, voided: bool) -> tuple[tuple[Target, ...], dict[Named, int]]:
    standing = "voided_by IS NOT NULL" if voided else "voided_by IS NULL"
    names, units = _names(connection, roadmap_id, standing)
    rows = connection.execute(
        f"SELECT id, within_id, {', '.join(_FIGURES)} FROM target"
        f" WHERE roadmap_id = :roadmap AND {standing} ORDER BY place",
        {"roadmap": roadmap_id},
    )
    targets = []
    for key, within_id, *figures in rows:
        target = _target(dict(zip(_FIGURES, figures, strict=True)), names[key])
        targets.append(target)
        if target.within and within_id:
            units[WITHIN, target.within] = within_id
    return tuple(targets), units


def _target(fields: dict[str, object], names: Iterable[tuple[str, str]]) -> Target:
    fields["tier"] = Tier(str(fields["tier"]))
    fields["readings"] = tuple(str(fields["readings"]).split(JOIN)) if fields["readings"] else ()
    fields["hold"] = bool(fields["hold"]) or None
    for role in UNIT_LISTS:
        fields[role] = tuple(printed for of, printed in names if of == role)
    return Target(**fields)  # type: ignore[arg-type]


def _names(
    connection: Connection, roadmap_id: int, standing: str
) -> tuple[dict[int, list[tuple[str, str]]], dict[Named, int]]:
    """The names in each target, with their roles; and the unit of each name that is tied to one."""
    names: dict[int, list[tuple[str, str]]] = defaultdict(list)
    units: dict[Named, int] = {}
    rows = connection.execute(
        f"""SELECT u.target_id, u.role, t.tier, u.printed, u.unit_id
            FROM target_unit AS u JOIN target AS t ON t.id = u.target_id
            WHERE u.{standing} AND t.roadmap_id = :roadmap ORDER BY u.id""",
        {"roadmap": roadmap_id},
    )
    for target_id, role, tier, printed, unit_id in rows:
        names[target_id].append((role, printed))
        if unit_id:
            units[tier, printed] = unit_id
    return names, units
