"""Names that no unit bears, or several do: the unit that one slip of the pen makes of it, those that may be meant."""

from collections.abc import Sequence
from typing import cast

from ntmtrack.errors import AmbiguousUnit, NtmError, UnknownUnit
from ntmtrack.model import Unit
from ntmtrack.storage.queries.units import Register
from ntmtrack.text import plain
from ntmtrack.units import TypedName, take_apart
from ntmtrack.units.finder import Closeness, Dropped, FoundUnit, MatchTerms, find

_SHORT = 2  # letters: A and B, An and Ân part communes from each other


def find_misspelt(register: Register, typed: TypedName, refused: NtmError, terms: MatchTerms) -> FoundUnit | None:
    """The one unit that a name which no unit bears may be meant for; None where there is none, or several."""
    near = refused.facts.get("near") if isinstance(refused, UnknownUnit) else None
    names = [name for name in near or () if is_one_slip(typed.name, name)] if isinstance(near, list) else []
    if len(names) != 1 or typed.name not in typed.typed:
        return None
    try:
        match = find(register, take_apart(typed.typed.replace(typed.name, names[0], 1)), terms)
    except NtmError:
        return None
    return FoundUnit(match.unit, Closeness.FOLDED, match.dropped | {Dropped.SLIP})


def units_like(register: Register, typed: TypedName, refused: NtmError, terms: MatchTerms) -> list[Unit]:
    """The units that a name may mean which fits several, or none: those that it fits, else those of names like it."""
    if isinstance(refused, AmbiguousUnit):
        return [*cast(Sequence[Unit], refused.facts["units"])]
    near = cast("list[str]", refused.facts.get("near") or []) if isinstance(refused, UnknownUnit) else []
    found: dict[int, Unit] = {}
    for name in near:
        try:
            unit = find(register, take_apart(typed.typed.replace(typed.name, name, 1)), terms).unit
        except AmbiguousUnit as several:
            found |= {unit.id: unit for unit in cast(Sequence[Unit], several.facts["units"])}
        except NtmError:
            continue
        else:
            found[unit.id] = unit
    return [*found.values()]


def is_one_slip(typed: str, name: str) -> bool:
    """Whether two names differ, but for marks, by one letter more, less, other or changed about, in a long word."""
    words, others = plain(typed).split(), plain(name).split()
    if len(words) != len(others):
        return False
    unlike = [(word, other) for word, other in zip(words, others, strict=True) if word != other]
    return len(unlike) == 1 and min(map(len, unlike[0])) > _SHORT and _is_slip(*unlike[0])


def _is_slip(word: str, other: str) -> bool:
    same = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    rest, of_other = word[same:], other[same:]
    changed_about = rest[:2] == of_other[:2][::-1] and rest[2:] == of_other[2:]
    return rest[1:] == of_other or rest == of_other[1:] or rest[1:] == of_other[1:] or changed_about
