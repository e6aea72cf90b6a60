"""By name: the units that a plan names against the units that were recognised."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ntmtrack.roadmaps.model import Named, Target


class NamedUnits(NamedTuple):
    """Of the units that a plan names: reached, late; and those that reached it since the base year unnamed.

    `reserve` are those held in reserve that reached it; `unknown` names that fit no unit of the ledger surely.
    """

    target: Target
    reached: tuple[str, ...]
    late: tuple[str, ...]
    beyond: tuple[str, ...]
    reserve: tuple[str, ...]
    unknown: tuple[str, ...]


def compare_names(
    target: Target,
    units: Mapping[Named, int],
    now: Iterable[int],
    at_base: Iterable[int],
    titles: Mapping[int, str],
    alike: Sequence[Target] = (),
) -> NamedUnits:
    """The named units of `target` (in `units` by printed name) split by whether they stand in `now`.

    Units are compared by identity, not by what they are called. What targets `alike`, of other years, name is in the
    plan too.
    """
    standing, before = list(now), set(at_base)
    others = () if target.name else standing  # who else reached it says nothing of a line about some units alone
    known = {
        name: units[target.tier, name]
        for one in (target, *alike)
        for name in _all_names(one)
        if (target.tier, name) in units
    }
    named = [name for name in (*target.units, *target.registered) if name in known]
    return NamedUnits(
        target=target,
        reached=tuple(name for name in named if known[name] in standing),
        late=tuple(name for name in named if known[name] not in standing),
        beyond=tuple(titles.get(key, "?") for key in others if key not in known.values() and key not in before),
        reserve=tuple(name for name in target.reserve if known.get(name) in standing),
        unknown=tuple(name for name in _all_names(target) if name not in known),
    )


def _all_names(target: Target) -> Sequence[str]:
    return (*target.units, *target.reserve, *target.registered)
