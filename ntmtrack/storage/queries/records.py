"""Recognitions with their decisions, in the order in which units reached them."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ntmtrack.model import Basis, Confidence, Decision, Published, Recognition, Tier
from ntmtrack.roadmaps import HEAD_FIELDS, JOIN, UNIT_LISTS, WITHIN, Named, Roadmap, Target

_RECOGNITION = """
    SELECT r.unit_id, r.id, r.level, r.programme, r.year, r.known_by, r.announced_on, r.source, r.note, r.basis,
           r.confidence, d.id, d.number, d.signed_on, d.issuer,
           x.day, x.reason, xd.id, xd.number, xd.signed_on, xd.issuer
    FROM recognition AS r LEFT JOIN decision AS d ON d.id = r.decision_id
    LEFT JOIN revocation AS x ON x.recognition_id = r.id AND x.voided_by IS NULL
    LEFT JOIN decision AS xd ON xd.id = x.decision_id
    WHERE r.voided_by IS NULL
"""
_ORDER = " ORDER BY coalesce(r.year || '', r.known_by), r.id"


def of_unit(connection: sqlite3.Connection, unit_id: int) -> list[Recognition]:
    """A unit's current recognitions, revoked ones among them, the earliest first."""
    rows = connection.execute(f"{_RECOGNITION} AND r.unit_id = :unit{_ORDER}", {"unit": unit_id})
    return [_recognition(row) for row in rows]


def by_unit(connection: sqlite3.Connection) -> Mapping[int, list[Recognition]]:
    """Every unit's current recognitions, the earliest first."""
    recognitions: dict[int, list[Recognition]] = defaultdict(list)
    for row in connection.execute(_RECOGNITION + _ORDER):
        recognitions[row[0]].append(_recognition(row))
    return recognitions


def every_decision(connection: sqlite3.Connection) -> list[Decision]:
    """All decisions on record."""
    rows = connection.execute("SELECT number, signed_on, issuer, id FROM decision WHERE voided_by IS NULL ORDER BY id")
    return [Decision(*row) for row in rows]


def reaching(recognitions: Iterable[Recognition], ranks: Mapping[str, int], rank: int) -> Recognition | None:
    """The first recognition at `rank` or above, the nearest rank first; None when there is none."""
    fitting = [
        (ranks[origin], recognition.since(), recognition)
        for recognition in recognitions
        if ranks.get(origin := f"{recognition.programme}/{recognition.level}", 0) >= rank
    ]
    return min(fitting, key=lambda candidate: candidate[:2])[2] if fitting else None


def _recognition(row: tuple[Any, ...]) -> Recognition:
    (_, key, level, programme, year, known_by, announced, source, note, basis, confidence, *rest) = row
    decision_id, number, signed_on, issuer, revoked_on, why, *revoking = rest
    revoking_id, by, by_day, by_issuer = revoking
    return Recognition(
        id=key,
        level=level,
        programme=programme,
        year=year,
        known_by=known_by,
        announced_on=announced,
        source=source,
        note=note,
        basis=basis,
        confidence=Confidence(confidence),
        decision=Decision(number, signed_on, issuer, decision_id) if decision_id else None,
        revoked_on=revoked_on,
        revoked_by=": ".join(filter(None, (by, why))) or None,
        revoking=Decision(by, by_day, by_issuer, revoking_id) if revoking_id else None,
        revoked_for=why,
    )


def every_published_figure(connection: sqlite3.Connection, scope_id: int) -> list[tuple[int, Published]]:
    """The current published figures of a scope, each with its id."""
    rows = connection.execute(
        "SELECT id, tier, measure, as_of, value, total, source, confidence, basis,"
        " (SELECT first.action_id FROM published_figure AS first WHERE first.id = coalesce(f.restores_id, f.id))"
        " FROM published_figure AS f WHERE voided_by IS NULL AND scope_id = :scope ORDER BY as_of, id",
        {"scope": scope_id},
    )
    return [(key, _published(*rest)) for key, *rest in rows]


def _published(
    tier: str,
    measure: str,
    as_of: str,
    value: str,
    total: int | None,
    source: str,
    confidence: str,
    basis: str | None,
    action: int,
) -> Published:
    counted_by = Basis(basis) if basis else None
    return Published(Tier(tier), measure, as_of, value, total, source, Confidence(confidence), counted_by, action)


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


def every_roadmap(connection: sqlite3.Connection) -> list[StoredPlan]:
    """All roadmaps on record, also those whose place another took, by key."""
    rows = connection.execute(
        f"""SELECT r.id, r.scope_id, coalesce(r.restores_id, r.id), {", ".join(f"r.{field}" for field in _HEAD)},
                   (SELECT older.key FROM roadmap AS older WHERE older.id = r.supersedes_id),
                   (SELECT newer.key FROM roadmap AS newer JOIN roadmap AS older ON older.id = newer.supersedes_id
                    WHERE older.key = r.key AND newer.voided_by IS NULL)
            FROM roadmap AS r WHERE r.voided_by IS NULL ORDER BY r.key"""
    ).fetchall()
    return [_recorded(connection, *row) for row in rows]


def voided_by(connection: sqlite3.Connection, action_id: int) -> list[StoredPlan]:
    """The roadmaps that an action voided and had not written itself: what undoing it must bring back."""
    rows = connection.execute(
        f"""SELECT r.id, r.scope_id, coalesce(r.restores_id, r.id), {", ".join(f"r.{field}" for field in _HEAD)},
                   (SELECT older.key FROM roadmap AS older WHERE older.id = r.supersedes_id), NULL
            FROM roadmap AS r WHERE r.voided_by = :action AND r.action_id <> :action ORDER BY r.id""",
        {"action": action_id},
    ).fetchall()
    return [_recorded(connection, *row, voided=True) for row in rows]


def _recorded(
    connection: sqlite3.Connection, key: int, scope_id: int | None, root: int, *head: object, voided: bool = False
) -> StoredPlan:
    *fields, supersedes, replaced_by = head
    head_fields = dict(zip(_HEAD, fields, strict=True))
    targets, units = _targets(connection, key, voided)
    plan = Roadmap(**head_fields, targets=targets, supersedes=supersedes)  # type: ignore[arg-type]
    return StoredPlan(key, plan, scope_id, replaced_by, units, root)  # type: ignore[arg-type]


def _targets(
    connection: sqlite3.Connection, roadmap_id: int, voided: bool
) -> tuple[tuple[Target, ...], dict[Named, int]]:
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
    for role in UNIT_LISTS:
        fields[role] = tuple(printed for of, printed in names if of == role)
    return Target(**fields)  # type: ignore[arg-type]


def _names(
    connection: sqlite3.Connection, roadmap_id: int, standing: str
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
