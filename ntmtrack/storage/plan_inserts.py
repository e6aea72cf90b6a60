"""Writing roadmaps: one row for the document, one a figure, one a unit that a figure names. Loaded only for that."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlmodel import Session

from ntmtrack.roadmaps import HEAD_FIELDS, JOIN, UNIT_LISTS, WITHIN, Named, Roadmap, Target
from ntmtrack.storage.plan_tables import RoadmapRow, TargetRow, TargetUnit


class RoadmapPlace(NamedTuple):
    """Where a roadmap belongs: its scope (None: the whole country), the one it replaces, the one it is a copy of."""

    scope_id: int | None
    older: int | None = None
    restores: int | None = None


def insert_roadmap(
    session: Session, action_id: int, plan: Roadmap, place: RoadmapPlace, named: Mapping[Named, int]
) -> None:
    """Adds `plan`; `named` ties the names that it prints to units."""
    head: dict[str, Any] = {field: _stored(getattr(plan, field)) for field in HEAD_FIELDS if field != "supersedes"}
    row = RoadmapRow(
        action_id=action_id, scope_id=place.scope_id, supersedes_id=place.older, restores_id=place.restores, **head
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    lines = [_line(action_id, row.id, order, target, named) for order, target in enumerate(plan.targets)]
    session.add_all(lines)
    session.flush()
    for line, target in zip(lines, plan.targets, strict=True):
        assert line.id is not None
        session.add_all(_names(action_id, line.id, target, named))
    session.flush()


def _line(action_id: int, roadmap_id: int, place: int, target: Target, named: Mapping[Named, int]) -> TargetRow:
    figures: dict[str, Any] = {
        field: _stored(getattr(target, field)) for field in Target._fields if field not in UNIT_LISTS
    }
    within = named.get((WITHIN, target.within)) if target.within else None
    return TargetRow(action_id=action_id, roadmap_id=roadmap_id, place=place, within_id=within, **figures)


def _names(action_id: int, target_id: int, target: Target, named: Mapping[Named, int]) -> list[TargetUnit]:
    return [
        TargetUnit(
            action_id=action_id,
            target_id=target_id,
            unit_id=named.get((target.tier, printed)),
            printed=printed,
            role=role,
        )
        for role in UNIT_LISTS
        for printed in getattr(target, role)
    ]


def _stored(value: object) -> object:
    """A field as its column holds it: several words joined, nothing as null."""
    if isinstance(value, tuple):
        return JOIN.join(value) or None
    return value
