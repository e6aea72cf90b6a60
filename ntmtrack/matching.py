"""Finds the unit that a typed name means, never guessing between two.

Rank: the code · the exact name · the same letters (case, tone mark place) · the same without marks. The kind, if
typed, must fit; the district may follow after a comma or in brackets: "Bình An, Châu Thành".
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from ntmtrack.errors import AmbiguousUnit, UnknownUnit
from ntmtrack.kinds import split_kind, split_plain_kind
from ntmtrack.model import Unit
from ntmtrack.text import clean, fold, fold_keys, letters, nearest

_WITHIN = re.compile(
    r"(?P<name>[^,(]+?)\s*(?:,\s*(?P<after>[^,]+?)\s*(?:,[^,]+)?|\(\s*(?P<inside>[^),]+)(?:,[^)]+)?\))\s*"
)  # "Bình An", "Bình An, Châu Thành", "Bình An (huyện Châu Thành)", "xã Bình An, huyện Châu Thành, tỉnh Kiên Giang"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A typed name taken apart: what it may be called, of which kind, within which unit."""

    typed: str
    readings: tuple[tuple[str | None, str], ...]
    within: str | None

    @property
    def keys(self) -> set[str]:
        """Every match key under which the unit may be stored."""
        return {key for _, name in self.readings for key in fold_keys(name)}


def take_apart(typed: str) -> Wanted:
    """What `typed` asks for; both readings of a name that begins like a kind ("xa bang", "Bản Bo")."""
    found = _WITHIN.fullmatch(clean(typed))
    name = found["name"] if found else clean(typed)
    within = (found["after"] or found["inside"]) if found else None
    readings = [split_kind(name), (None, name), split_plain_kind(name)]
    return Wanted(clean(typed), tuple(dict.fromkeys(readings)), within)


def choose(
    wanted: Wanted,
    candidates: Sequence[Unit],
    known_names: Callable[[], Iterable[str]],
    prefer: Callable[[Unit], bool] = lambda _unit: True,
) -> Unit:
    """The one unit that `wanted` names; among several, only those that `prefer` accepts are meant.

    Raises UnknownUnit with near names, or AmbiguousUnit with every candidate.
    """
    fitting = [unit for unit in candidates if fits(unit, wanted)]
    if wanted.within:
        fitting = [unit for unit in fitting if _lies_within(unit, wanted.within)]
    if not fitting:
        raise UnknownUnit(name=wanted.typed, near=nearest(wanted.readings[0][1], known_names()))
    ranks = [closeness(unit, wanted) for unit in fitting]
    ranked = [unit for unit, rank in zip(fitting, ranks, strict=True) if rank == min(ranks)]
    meant = _one_each(ranked if len(_one_each(ranked)) == 1 else [u for u in ranked if prefer(u)] or ranked)
    if len(meant) == 1:
        return meant[0]
    names = [f"{unit.full_title} [{unit.code or '—'}]" for unit in meant]
    raise AmbiguousUnit(
        name=wanted.typed,
        count=len(meant),
        candidates=", ".join(names),
        example=_unmistakable(meant[0], meant),
    )


def fits(unit: Unit, wanted: Wanted) -> bool:
    """Whether a unit may be meant: by its code, or by its name and kind."""
    if unit.code is not None and unit.code == wanted.typed:
        return True
    key = fold(unit.name)
    return any(key in fold_keys(name) and (kind is None or unit.kind == kind) for kind, name in wanted.readings)


def _lies_within(unit: Unit, within: str) -> bool:
    if not unit.parent_name:
        return False
    parent_kind, parent = split_kind(unit.parent_name)
    return any(
        fold(parent) in fold_keys(name) and kind in (None, parent_kind) for kind, name in take_apart(within).readings
    )


class Closeness(IntEnum):
    """How near a typed name is to a unit's, the nearest first."""

    CODE = 0
    EXACT = 1
    LETTERS = 2  # but for case and the place of tone marks
    FOLDED = 3  # but for marks, hyphens and the like


def closeness(unit: Unit, wanted: Wanted) -> Closeness:
    """How near `wanted`, which fits the unit, is to its name."""
    if unit.code is not None and unit.code == wanted.typed:
        return Closeness.CODE
    names = [name for _, name in wanted.readings]
    if unit.name in names:
        return Closeness.EXACT
    return Closeness.LETTERS if letters(unit.name) in [letters(name) for name in names] else Closeness.FOLDED


def _one_each(versions: Sequence[Unit]) -> list[Unit]:
    """The last version of each unit."""
    last: dict[int, Unit] = {}
    for version in sorted(versions, key=lambda unit: unit.since or ""):
        last[version.id] = version
    return sorted(last.values(), key=lambda unit: unit.code or "~")


def _unmistakable(unit: Unit, others: Sequence[Unit]) -> str:
    """A way to write `unit` that fits none of the others."""
    if len([other for other in others if other.kind == unit.kind]) == 1:
        return unit.title
    return f"{unit.title}, {unit.parent_name}" if unit.parent_name else unit.handle
