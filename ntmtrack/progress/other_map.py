"""Where units of one map stood on a day on which they were not yet: by what they were made of. Pure.

A unit of the map counts at a level only where all its whole constituents of a counted kind held it; one whose
constituents held different levels is mixed, and named. Parts and constituents of other kinds decide nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from ntmtrack.progress import ABSENT, Standings
from ntmtrack.units.ancestry import Ancestry, Forebear


class MixedUnit(NamedTuple):
    """A unit whose constituents of counted kinds held different levels: its rank, theirs by id."""

    unit_id: int
    rank: int
    held: Mapping[int, int]


class MapTerms(NamedTuple):
    """What units of another map are counted by: what each was made of, who stood at each moment, where they stood."""

    ancestry: Ancestry
    stood: Sequence[Collection[int]]
    then: Mapping[int, Standings]

    def origins(self, unit_id: int, at: int) -> list[Forebear]:
        """The constituents of a counted kind that stood at a moment."""
        origins = self.ancestry.origins(unit_id, self.stood[at].__contains__)
        return [
            origin
            for origin in origins
            if (path := self.then.get(origin.unit_id)) is not None and path.ranks[at] != ABSENT
        ]


def on_other_map(own: Mapping[int, Standings], terms: MapTerms) -> dict[int, Standings]:
    """The path of each unit of the map: its own from the day it stood, before that the lowest of its constituents."""
    return {unit_id: _path(unit_id, path, terms) for unit_id, path in own.items()}


def mixed(paths: Mapping[int, Standings], terms: MapTerms, at: int) -> list[MixedUnit]:
    """The units that stood not yet at a moment, and whose constituents, parts among them, held different levels."""
    found = []
    for unit_id, path in paths.items():
        if unit_id in terms.stood[at]:
            continue
        held = {origin.unit_id: terms.then[origin.unit_id].ranks[at] for origin in terms.origins(unit_id, at)}
        if len({*held.values(), path.ranks[at]}) > 1:
            found.append(MixedUnit(unit_id, path.ranks[at], held))
    return found


def _path(unit_id: int, own: Standings, terms: MapTerms) -> Standings:
    moments = range(len(own.ranks))
    before = {at: terms.origins(unit_id, at) for at in moments if unit_id not in terms.stood[at]}
    if not before:
        return own

    def ranks(name: str) -> tuple[int, ...]:
        path: tuple[int, ...] = getattr(own, name)
        return tuple(_lowest(before[at], terms, name, at) if at in before else path[at] for at in moments)

    return own._replace(
        ranks=ranks("ranks"),
        sourced=ranks("sourced"),
        verified=ranks("verified"),
        own_ranks=tuple(frozenset() if at in before else own.own_ranks[at] for at in moments),
    )


def _lowest(origins: Sequence[Forebear], terms: MapTerms, name: str, at: int) -> int:
    whole = [getattr(terms.then[origin.unit_id], name)[at] for origin in origins if origin.is_whole]
    return min(whole, default=0)
