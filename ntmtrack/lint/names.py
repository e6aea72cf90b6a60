"""Names of units: whether they exist, which they are, and whether they are counted."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack.i18n import _, number
from ntmtrack.lint import Finding, LintContext, Weight, finding, units_word
from ntmtrack.model import KINDS, Tier
from ntmtrack.roadmaps import Roadmap, Target
from ntmtrack.roadmaps.keys import between_commas
from ntmtrack.text import clean, fold, letters
from ntmtrack.units import split_kind

_PLACE = re.compile("[(,]")  # where the district begins: "Sơn Bình (huyện Hòn Đất)", "Sơn Bình, Hòn Đất"
NEAR = 0.8  # how alike two names must be for one to be a slip of the pen: "Hòn Đắc" and "Hòn Đất", not "An Biên"


def bare(name: str) -> str:
    """A name without its kind and without the district that it is said to be in."""
    return fold(split_kind(_PLACE.split(name, maxsplit=1)[0])[1])


def _in_letters(name: str) -> str:
    return letters(split_kind(_PLACE.split(name, maxsplit=1)[0])[1])


def printed_district(name: str) -> str | None:
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
    same = [title for title in titles if bare(title) == bare(name)]
    return [title for title in same if _in_letters(title) == _in_letters(name)] or same


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


NamesNoted = set[tuple[Tier, str]]


class ListedUnits(NamedTuple):
    """The units of some tiers in the list, and what they may be called.

    `places` are those that each may be said to be in, both by their bare names.
    """

    titles: Sequence[str]
    keys: set[str]
    places: Mapping[str, Set[str]] = MappingProxyType({})

    def has(self, name: str) -> bool:
        """Whether a unit of that name is listed, where the name says that it is."""
        return bool({fold(name), bare(name)} & self.keys) and not self.lies_elsewhere(name)

    def lies_elsewhere(self, name: str) -> bool:
        """Whether no unit of that name is where the name says that it is."""
        place, known = printed_district(name), self.places.get(bare(name))
        return place is not None and bool(known) and bare(place) not in (known or ())

    def in_one(self, text: str) -> list[str]:
        """The names of units in a text that is the name of none: “An Ninh, An Đồng”."""
        parts = [] if self.has(text) else between_commas(text)
        return parts if len(parts) > 1 and all(map(self.has, parts)) else []


class UnknownName(NamedTuple):
    """A name that no listed unit bears, the figure that it stands in, and what it may be meant for."""

    name: str
    target: Target
    near: str | None


def check_named_units(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Unknown and ambiguous names, and units that are not counted."""
    lists = {tier: listed_units(plan, tier, context) for tier, titles in context.units.items() if titles}
    told_already: NamesNoted = set()
    unknown: list[UnknownName] = []
    for target in plan.targets:
        if target.tier in lists:
            listed = lists[target.tier]
            unknown += _unknown(target, listed, context)
            yield from _several_in_one(target, listed, context)
            yield from _not_counted(target, context)
            for names in ((*target.units, *target.reserve), target.registered):
                yield from _ambiguous(names, target, target.tier, told_already, context)
    for name, target in _within(plan).items():
        tiers = [tier for tier in tiers_of(name) if tier in lists]
        if tiers and not any(lists[tier].has(name) for tier in tiers):
            unknown.append(_unknown_name(name, target, _as_one_list(lists[tier] for tier in tiers), context))
        for tier in tiers:
            yield from _ambiguous([name], target, tier, told_already, context)
    yield from _unknown_findings(unknown, context)


def listed_units(plan: Roadmap, tier: Tier, context: LintContext) -> ListedUnits:
    """The units of a tier in the list that the plan is held against."""
    titles = context.units.get(tier, ())
    places: dict[str, set[str]] = defaultdict(set)
    for title in titles:
        if parents := context.lying_in.get(title, ()):
            places[bare(title)] |= {bare(plan.scope_name), *map(bare, parents)}
    return ListedUnits(titles, keys_of([*titles, plan.scope_name]), places)


def _within(plan: Roadmap) -> dict[str, Target]:
    """The districts that figures are within, each with its first figure."""
    first: dict[str, Target] = {}
    for target in plan.targets:
        if target.within:
            first.setdefault(target.within, target)
    return first


def _as_one_list(lists: Iterable[ListedUnits]) -> ListedUnits:
    return ListedUnits([title for listed in lists for title in listed.titles], set())


def _unknown(target: Target, listed: ListedUnits, context: LintContext) -> Iterator[UnknownName]:
    for name in all_names(target):
        if not listed.has(name) and not listed.in_one(name):
            yield _unknown_name(name, target, listed, context)


def _unknown_name(name: str, target: Target, listed: ListedUnits, context: LintContext) -> UnknownName:
    """The name with what the list has instead: units of that name elsewhere, else the nearest name."""
    if listed.lies_elsewhere(name):
        return UnknownName(name, target, _(" or ").join(_in_full(bearers(name, listed.titles), context)))
    return UnknownName(name, target, look_alike(name, listed.titles, {bare(other) for other in all_names(target)}))


def _in_full(titles: Sequence[str], context: LintContext) -> Sequence[str]:
    """The titles, each with the units that those of its name lie in, where that is known."""
    full = [f"{title}, {parent}" for title in dict.fromkeys(titles) for parent in context.lying_in.get(title, ())]
    return full or titles


def _unknown_findings(unknown: Sequence[UnknownName], context: LintContext) -> Iterator[Finding]:
    """A doubt each against the units of the plan's own day; one note of all where the list is of another day.

    Example: “xã Thạnh Lợi” of a plan of 2020, merged in 2024, is not in the list of 30/6/2025.
    """
    source = context.source or _("the list of units")
    if context.exact:
        for name in unknown:
            text = _("{source} has no unit called {name}").format(source=source, name=name.name)
            text += _("; do you mean {near}?").format(near=name.near) if name.near else ""
            yield finding("named", Weight.DOUBT, name.target, context, text)
    elif unknown:
        text = _("Not in {source}, perhaps merged or renamed before that list: {names}")
        text = text.format(
            source=source, names="; ".join({name.name: _with_suggestion(name) for name in unknown}.values())
        )
        yield Finding("named", Weight.NOTE, None, None, unknown[0].target.cite, text)


def _several_in_one(target: Target, listed: ListedUnits, context: LintContext) -> Iterator[Finding]:
    """Several units in the place of one, as none is told to be where it looks so.

    Example: “An Ninh, An Đồng”, where no commune An Ninh lies in a district An Đồng.
    """
    for name in all_names(target):
        if parts := listed.in_one(name):
            text = _("“{text}” is {count} units: write “;” between them (in a .toml file each in its own quotes)")
            text = text.format(text=name, count=number(len(parts)))
            yield finding("named", _weight(context), target, context, text)


def _weight(context: LintContext) -> Weight:
    """What rests on a list of units weighs as much as the list: of another day than the plan's it is a note."""
    return Weight.DOUBT if context.exact else Weight.NOTE


def _with_suggestion(name: UnknownName) -> str:
    return _("{name} ({near} perhaps?)").format(name=name.name, near=name.near) if name.near else name.name


def _not_counted(target: Target, context: LintContext) -> Iterator[Finding]:
    """Named units of which the list has only such as do not count: wards and towns are no communes.

    Example: “xã Bình Đức”, which the list has as phường Bình Đức.
    """
    counted = context.programme.counted.get(target.tier, ())
    others = {name: _kinds(name, context.units[target.tier]) for name in all_names(target)}
    wrong = {name: sorted(kinds) for name, kinds in others.items() if kinds and not kinds & {*counted}}
    if target.levels and counted and wrong:
        units = ", ".join(f"{name} ({', '.join(kinds)})" for name, kinds in wrong.items())
        text = _("in {source} these are no {kinds} and do not count: {units}")
        source = context.source or _("the list of units")
        text = text.format(source=source, kinds=units_word(target.tier), units=units)
        yield finding("named", _weight(context), target, context, text)


def _kinds(name: str, titles: Sequence[str]) -> set[str]:
    """The kinds of the units that bear a name."""
    return {kind for title in bearers(name, titles) if (kind := split_kind(title)[0])}


def _ambiguous(
    names: Sequence[str], target: Target, tier: Tier, told_already: NamesNoted, context: LintContext
) -> Iterator[Finding]:
    """A note, once a name, where a name without its kind is that of more units than are named.

    Example: "Cao Lãnh", which is a huyện and a thành phố.
    """
    times = Counter(map(bare, names))
    for name in filter(is_short, names):
        units = bearers(name, context.units[tier])
        if len(units) > times[bare(name)] and (tier, bare(name)) not in told_already:
            told_already.add((tier, bare(name)))
            listed = ", ".join(units) if len({*units}) == len(units) else "; ".join(_in_full(units, context))
            words = {"name": name, "count": number(len(units)), "units": listed}
            text = _("{name} may be any of {count} units: {units}").format(**words)
            yield finding("named", Weight.NOTE, target, context, text)
