"""Villages that follow their communes into those of 1/7/2025. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ntmtrack.model import NewUnit, Tier, Unit
from ntmtrack.units.gazetteer import REORGANISED_ON
from ntmtrack.units.rearrangement import Descent, UnitRef, Version


def follow_communes(
    held: Mapping[int, Sequence[Unit]], descents: Sequence[Descent], goes_on: Sequence[tuple[int, Version]]
) -> Iterator[tuple[int, Version]]:
    """The further version of each village whose commune goes on, or went whole into one other: it lies there now.

    Which villages of a divided commune went where is not known: those stay as they are.
    """
    heirs: dict[int, list[tuple[UnitRef, str]]] = defaultdict(list)
    for descent in descents:
        if descent.predecessor.id is not None and descent.day == REORGANISED_ON:
            heirs[descent.predecessor.id].append((descent.successor, descent.extent))
    for unit_id, (version, _above) in [*goes_on]:
        if version.since == REORGANISED_ON:
            heirs[unit_id] = [(UnitRef(unit_id), "whole")]
    for versions in held.values():
        last = versions[-1]
        if last.tier is not Tier.VILLAGE or last.parent_id not in heirs or not _stood_before(last):
            continue
        (heir, extent), *others = heirs[last.parent_id]
        stays = heir.id == last.parent_id and last.until is None
        if extent == "whole" and not others and not stays:
            version = NewUnit(last.name, last.kind, last.tier, since=REORGANISED_ON)
            yield last.id, (version, heir)


def _stood_before(unit: Unit) -> bool:
    """Whether a version stood on 30/6/2025, and ended then or not at all."""
    return (unit.since or "") < REORGANISED_ON and unit.until in (None, REORGANISED_ON)
