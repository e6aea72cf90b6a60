"""Sắp xếp đơn vị hành chính: what ends on a day, what begins, what goes on otherwise, and what became of what.

A merger or a split ends units and begins units, also where a new one bears an old name or an old code. A commune that
goes whole into a unit made of nothing else is the same unit: a rename, another kind, another code or another parent is
but a new version of it. Pure: nothing here opens a ledger.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

from ntmtrack.model import NewUnit, Tier

Extent = Literal["whole", "part"]


class UnitRef(NamedTuple):
    """A unit of the ledger by its `id`, or one that is written with it by its `place` in the list; neither for none."""

    id: int | None = None
    place: int | None = None


Version = tuple[NewUnit, UnitRef]  # one version of a unit, and the unit above it then


class Descent(NamedTuple):
    """A unit went, whole or in part, into another; `main` where it is known whether its people or its centre did."""

    predecessor: UnitRef
    successor: UnitRef
    extent: Extent
    day: str
    main: bool | None = None
    resolution: str | None = None


class Rearrangement(NamedTuple):
    """Everything that one resolution changes, or the list of a whole country.

    `ends` are units by id, each with the ISO day on which it is no more; `begins` new units with their versions, the
    oldest first, units above before those below; `goes_on` further versions of units by id; `starts` units on record by
    id, of which it is now known on which day they began.
    """

    ends: Mapping[int, str] = MappingProxyType({})
    begins: Sequence[Sequence[Version]] = ()
    goes_on: Sequence[tuple[int, Version]] = ()
    descents: Sequence[Descent] = ()
    starts: Mapping[int, str] = MappingProxyType({})

    @property
    def is_empty(self) -> bool:
        """Whether it changes nothing."""
        return not any(self)


class Part(NamedTuple):
    """What goes into a new unit: the old one, its tier, how much of it, and the resolution."""

    old: UnitRef
    tier: Tier
    extent: Extent
    main: bool | None = None
    resolution: str | None = None


class Merger(NamedTuple):
    """One new unit with its first version, the unit above it, and what goes into it."""

    new: NewUnit
    above: UnitRef
    parts: Sequence[Part]


def is_same_unit(parts: Sequence[Part], tier: Tier) -> bool:
    """Whether a unit made of these parts is an old one that goes on, and no new one."""
    return len(parts) == 1 and parts[0].extent == "whole" and parts[0].tier is tier


def compose(mergers: Sequence[Merger]) -> Rearrangement:
    """What mergers of one resolution change together, each from the day since which its new unit stands.

    A unit of which only one part is told goes on with the rest of it; one that went whole, or in several parts, ends.
    """
    ends: dict[int, str] = {}
    begins: list[list[Version]] = []
    goes_on: list[tuple[int, Version]] = []
    descents: list[Descent] = []
    times_parted = Counter(part.old.id for merger in mergers for part in merger.parts if part.extent == "part")
    for new, above, parts in mergers:
        assert new.since
        if is_same_unit(parts, new.tier) and parts[0].old.id is not None:
            goes_on.append((parts[0].old.id, (new, above)))
            continue
        place = UnitRef(place=len(begins))
        begins.append([(new, above)])
        for part in parts:
            descents.append(Descent(part.old, place, part.extent, new.since, part.main, part.resolution))
            if part.old.id is not None and (part.extent == "whole" or times_parted[part.old.id] > 1):
                ends[part.old.id] = new.since
    return Rearrangement(ends, begins, goes_on, descents)
