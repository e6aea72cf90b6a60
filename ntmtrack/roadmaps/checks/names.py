"""Names of units as plans print them, beside the titles of a list."""

import re
from collections.abc import Collection, Iterable, Sequence

from ntmtrack.kinds import split_kind
from ntmtrack.model import KINDS, Tier
from ntmtrack.targets import Target
from ntmtrack.text import clean, fold, letters

_PLACE = re.compile("[(,]")
NEAR = 0.8  # how alike two names must be for one to be a slip of the pen: "Hòn Đắc" and "Hòn Đất", not "An Biên"


def bare(name: str) -> str:
    """A name without its kind and without the district that it is said to be in."""
    return fold(split_kind(_PLACE.split(name, maxsplit=1)[0])[1])


def _in_letters(name: str) -> str:
    return letters(split_kind(_PLACE.split(name, maxsplit=1)[0])[1])


def place_of(name: str) -> str | None:
    """The unit that a name is said to be in: “Sơn Bình (huyện Hòn Đất)”, “Sơn Bình, Hòn Đất”."""
    parts = _PLACE.split(name, maxsplit=1)
    return clean(parts[1].strip(" )")) if len(parts) > 1 else None


def kindless(name: str) -> str:
    """A name without its kind, but with the district that it is said to be in."""
    return fold(split_kind(name)[1])


def is_short(name: str) -> bool:
    """Whether neither a kind nor a district is said."""
    return split_kind(name)[0] is None and not {"(", ","} & set(name)


def keys_of(titles: Iterable[str]) -> set[str]:
    """What the units of these titles may be called."""
    return {key for title in titles for key in (fold(title), bare(title))}


def bearers(name: str, titles: Iterable[str]) -> list[str]:
    """The titles of the units that bear a name: with the same letters, else with the same but for their marks."""
    found = [title for title in titles if bare(title) == bare(name)]
    return [title for title in found if _in_letters(title) == _in_letters(name)] or found


def look_alike(name: str, titles: Sequence[str], taken: Collection[str]) -> str | None:
    """The title that is surely meant by a name in no list: nearly the same name, that stands nowhere beside it."""
    import difflib  # loaded where it is used, as in text.py: most plans name no unknown unit

    names = {bare(title): title for title in titles if bare(title) not in taken}
    near = difflib.get_close_matches(bare(name), names, 1, NEAR)
    return names[near[0]] if near else None


def all_names(target: Target) -> list[str]:
    """Every unit that a figure names."""
    return list(dict.fromkeys((*target.units, *target.reserve, *target.registered)))


def tiers_of(district: str) -> list[Tier]:
    """What a unit may be that figures are within: as its kind says, without one a district."""
    kind = split_kind(district)[0]
    return [tier for tier in Tier if (kind in KINDS[tier] if kind else tier is Tier.DISTRICT)]
