"""Recognitions with their decisions, in the order in which units reached them; figures as they were published."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from ntmtrack.model import Act, Basis, Confidence, Decision, Published, Recognition, Tier
from ntmtrack.storage.dialect import Connection

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


def recognitions_of_unit(connection: Connection, unit_id: int) -> list[Recognition]:
    """A unit's current recognitions, revoked ones among them, the earliest first."""
    rows = connection.execute(f"{_RECOGNITION} AND r.unit_id = :unit{_ORDER}", {"unit": unit_id})
    return [_recognition(row) for row in rows]


def recognitions_by_unit(connection: Connection) -> Mapping[int, list[Recognition]]:
    """Every unit's current recognitions, the earliest first."""
    recognitions: dict[int, list[Recognition]] = defaultdict(list)
    for row in connection.execute(_RECOGNITION + _ORDER):
        recognitions[row[0]].append(_recognition(row))
    return recognitions


def province_recognised(connection: Connection) -> bool:
    """Whether any province of the ledger was ever recognised."""
    row = connection.execute(
        "SELECT 1 FROM recognition WHERE voided_by IS NULL AND unit_id IN (SELECT unit_id FROM unit_version"
        " WHERE parent_id IS NULL AND tier = 'province' AND voided_by IS NULL) LIMIT 1"
    ).fetchone()
    return row is not None


def revocation_ids(connection: Connection) -> dict[int, int]:
    """The current revocation of each recognition that was taken back, both by id."""
    return dict(connection.execute("SELECT recognition_id, id FROM revocation WHERE voided_by IS NULL").fetchall())


def every_decision(connection: Connection) -> list[Decision]:
    """All decisions on record."""
    rows = connection.execute("SELECT number, signed_on, issuer, id FROM decision WHERE voided_by IS NULL ORDER BY id")
    return [Decision(*row) for row in rows]


def reaching(recognitions: Iterable[Recognition], ranks: Mapping[str, int], rank: int) -> Recognition | None:
    """The first recognition at `rank` or above, the nearest rank first; None when there is none."""
    fitting = [
        (ranks[recognition.origin], recognition.since(), recognition)
        for recognition in recognitions
        if ranks.get(recognition.origin, 0) >= rank
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
        basis=Act(basis),
        confidence=Confidence(confidence),
        decision=Decision(number, signed_on, issuer, decision_id) if decision_id else None,
        revoked_on=revoked_on,
        revoked_by=": ".join(filter(None, (by, why))) or None,
        revoking=Decision(by, by_day, by_issuer, revoking_id) if revoking_id else None,
        revoked_for=why,
    )


def every_published_figure(connection: Connection, scope_id: int) -> list[tuple[int, Published]]:
    """The current published figures of a scope, each with its id."""
    rows = connection.execute(
        "SELECT id, tier, measure, as_of, value, total, source, confidence, basis, percent, share_of,"
        " (SELECT first.action_id FROM published_figure AS first WHERE first.id = coalesce(f.restores_id, f.id))"
        " FROM published_figure AS f WHERE voided_by IS NULL AND scope_id = :scope ORDER BY as_of, id",
        {"scope": scope_id},
    )
    return [(key, _published(*rest)) for key, *rest in rows]


_SAID_BEFORE = {"average-criteria": "criteria-average", "rural-income": "income"}  # by earlier versions


def standard_measure(key: str) -> str:
    """The key of a measure as plans have it too, whatever an earlier version called it."""
    return _SAID_BEFORE.get(key, key)


def _published(*row: Any) -> Published:
    tier, measure, as_of, value, total, source, confidence, basis, percent, share_of, action = row
    return Published(
        tier=Tier(tier),
        measure=standard_measure(measure),
        as_of=as_of,
        value=value,
        total=total,
        source=source,
        confidence=Confidence(confidence),
        basis=Basis(basis) if basis else None,
        action=action,
        percent=percent,
        share_of=share_of,
    )
