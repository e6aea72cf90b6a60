"""Writing roadmaps: one row for the document, one a figure, one a unit that a figure names."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from ntmtrack.storage.plan_tables import RoadmapRow, TargetRow, TargetUnit
from ntmtrack.targets import HEAD_FIELDS, JOIN, UNIT_LISTS, Roadmap, Target

# `voided_by` of a target or of a name in it goes with the roadmap's.
VOID = (
    "UPDATE target_unit SET voided_by = :by WHERE voided_by IS NULL AND target_id IN"
    " (SELECT id FROM target WHERE roadmap_id = :roadmap)",
    "UPDATE target SET voided_by = :by WHERE voided_by IS NULL AND roadmap_id = :roadmap",
    "UPDATE roadmap SET voided_by = :by WHERE voided_by IS NULL AND id = :roadmap",
)


def add_roadmap(
    session: Session, action_id: int, plan: Roadmap, scope_id: int | None, named: Mapping[str, int], older: int | None
) -> None:
    """Adds `plan` for a scope (None: the whole country), in the place of the roadmap `older`, where there is one."""
    head: dict[str, Any] = {field: _stored(getattr(plan, field)) for field in HEAD_FIELDS if field != "supersedes"}
    row = RoadmapRow(action_id=action_id, scope_id=scope_id, supersedes_id=older, **head)
    session.add(row)
    session.flush()
    assert row.id is not None
    lines = [_line(action_id, row.id, place, target, named) for place, target in enumerate(plan.targets)]
    session.add_all(lines)
    session.flush()
    for line, target in zip(lines, plan.targets, strict=True):
        assert line.id is not None
        session.add_all(_names(action_id, line.id, target, named))
    session.flush()


def _line(action_id: int, roadmap_id: int, place: int, target: Target, named: Mapping[str, int]) -> TargetRow:
    figures: dict[str, Any] = {
        field: _stored(getattr(target, field)) for field in Target._fields if field not in UNIT_LISTS
    }
    within = named.get(target.within) if target.within else None
    return TargetRow(action_id=action_id, roadmap_id=roadmap_id, place=place, within_id=within, **figures)


def _names(action_id: int, target_id: int, target: Target, named: Mapping[str, int]) -> list[TargetUnit]:
    return [
        TargetUnit(action_id=action_id, target_id=target_id, unit_id=named.get(printed), printed=printed, role=role)
        for role in UNIT_LISTS
        for printed in getattr(target, role)
    ]


def _stored(value: object) -> object:
    """A field as its column holds it: days in ISO, several words joined, nothing as null."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return JOIN.join(value) or None
    return value
