"""Many units written at once, each below a unit of the ledger or below another of the same list."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session

from ntmtrack.model import NewUnit
from ntmtrack.storage.tables import UnitRow, UnitVersion
from ntmtrack.text import fold


class Above(NamedTuple):
    """The unit above: held by the ledger under an id, or standing at a place of the list; neither for none."""

    id: int | None = None
    place: int | None = None


class Placed(NamedTuple):
    """A unit: its versions, the oldest first, each with the unit above it."""

    versions: tuple[tuple[NewUnit, Above], ...]


def place_units(session: Session, action_id: int, placed: Sequence[Placed]) -> list[int]:
    """Adds units with all their versions; their ids in the order given."""
    rows = [UnitRow(action_id=action_id) for _ in placed]
    session.add_all(rows)
    session.flush()
    ids = [row.id for row in rows if row.id is not None]
    session.add_all(
        UnitVersion(
            action_id=action_id,
            unit_id=unit_id,
            code=new.code,
            name=new.name,
            name_key=fold(new.name),
            kind=new.kind,
            tier=new.tier,
            parent_id=above.id if above.place is None else ids[above.place],
            since=new.since,
            until=new.until,
            resolution=new.resolution,
        )
        for unit_id, one in zip(ids, placed, strict=True)
        for new, above in one.versions
    )
    session.flush()
    return ids
