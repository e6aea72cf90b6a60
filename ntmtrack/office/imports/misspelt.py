"""A name that one slip of the pen parts from that of a single unit: proposed, and taken where somebody confirms it."""

from ntmtrack.errors import NtmError, UnknownUnit
from ntmtrack.matching import Closeness, Dropped, Found, Terms, find
from ntmtrack.storage.queries.register import Register
from ntmtrack.text import plain
from ntmtrack.wanted import Wanted, take_apart

_SHORT = 2  # letters: A and B, An and Ân part communes from each other


def misspelt(register: Register, wanted: Wanted, refused: NtmError, terms: Terms) -> Found | None:
    """The one unit that a name which no unit bears may be meant for; None where there is none, or several."""
    near = refused.facts.get("near") if isinstance(refused, UnknownUnit) else None
    names = [name for name in near or () if is_one_slip(wanted.name, name)] if isinstance(near, list) else []
    if len(names) != 1 or wanted.name not in wanted.typed:
        return None
    try:
        found = find(register, take_apart(wanted.typed.replace(wanted.name, names[0], 1)), terms)
    except NtmError:
        return None
    return Found(found.unit, Closeness.FOLDED, found.dropped | {Dropped.SLIP})


def is_one_slip(typed: str, name: str) -> bool:
    """Whether two names differ, but for marks, by one letter more, less, other or changed about, in a long word."""
    words, others = plain(typed).split(), plain(name).split()
    if len(words) != len(others):
        return False
    unlike = [(one, other) for one, other in zip(words, others, strict=True) if one != other]
    return len(unlike) == 1 and min(map(len, unlike[0])) > _SHORT and _is_slip(*unlike[0])


def _is_slip(one: str, other: str) -> bool:
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, of_other = one[same:], other[same:]
    changed_about = rest[:2] == of_other[:2][::-1] and rest[2:] == of_other[2:]
    return rest[1:] == of_other or rest == of_other[1:] or rest[1:] == of_other[1:] or changed_about
