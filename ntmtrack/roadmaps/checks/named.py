"""The units that a plan names: whether they exist, which they are, and whether they are as many as the figure says."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack.i18n import _, number
from ntmtrack.model import Tier
from ntmtrack.roadmaps.checks.bases import area, prints_total
from ntmtrack.roadmaps.checks.intervals import Interval, bounds, exactly
from ntmtrack.roadmaps.checks.names import all_names, bare, bearers, is_short, keys_of, look_alike, place_of, tiers_of
from ntmtrack.roadmaps.checks.printed import Field, amount
from ntmtrack.roadmaps.checks.words import field_word, finding
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import Roadmap, Target
from ntmtrack.text import fold


class Listed(NamedTuple):
    """The units of some tiers in the list, what they may be called, and whether some are plainly missing.

    `places` are those that each may be said to be in, both by their bare names.
    """

    titles: Sequence[str]
    keys: set[str]
    lacking: bool
    places: Mapping[str, Set[str]] = MappingProxyType({})

    def has(self, name: str) -> bool:
        """Whether a unit of that name is listed."""
        return bool({fold(name), bare(name)} & self.keys)

    def lies_elsewhere(self, name: str) -> bool:
        """Whether no unit of that name is where the name says that it is."""
        place, known = place_of(name), self.places.get(bare(name))
        return place is not None and bool(known) and bare(place) not in (known or ())


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Unknown and ambiguous names, and lists that are longer or shorter than their figure."""
    lists = {tier: _listed(plan, tier, ground) for tier, titles in ground.units.items() if titles}
    said: set[tuple[Tier, str]] = set()
    for target in plan.targets:
        if target.tier in lists:
            yield from _unknown(target, lists[target.tier], ground)
            for names in ((*target.units, *target.reserve), target.registered):
                yield from _ambiguous(names, target, target.tier, said, ground)
        yield from _count(target, ground)
    yield from _districts(plan, lists, said, ground)


def _listed(plan: Roadmap, tier: Tier, ground: Ground) -> Listed:
    titles = ground.units[tier]
    places: dict[str, set[str]] = defaultdict(set)
    for title in titles:
        if parents := ground.lying_in.get(title, ()):
            places[bare(title)] |= {bare(plan.scope_name), *map(bare, parents)}
    listed = Listed(titles, keys_of([*titles, plan.scope_name]), lacking=False, places=places)
    return listed._replace(lacking=not ground.exact and _lacks(plan, tier, listed, ground))


def _lacks(plan: Roadmap, tier: Tier, listed: Listed, ground: Ground) -> bool:
    """Whether the list has fewer units than the plan prints or names, or nothing like most of those that it names."""
    held = len(listed.titles)
    totals = (target.total or 0 for target in plan.targets if prints_total(target) and area(target) == (tier, None))
    names = {bare(name): name for name in _named_in(plan, tier)}
    unknown = [n for n in names.values() if not listed.has(n) and not look_alike(n, listed.titles, names)]
    short = ground.totals.get(tier, held) < max(totals, default=0) or held < len(names)
    return short or len(unknown) > max(1, len(names) / 2)


def _named_in(plan: Roadmap, tier: Tier) -> Iterator[str]:
    """Every unit of a tier that the plan names, as one to reach something or as one that figures are within."""
    for target in plan.targets:
        yield from all_names(target) if target.tier is tier else ()
        if target.within and tier in tiers_of(target.within):
            yield target.within


def _unknown(target: Target, listed: Listed, ground: Ground) -> Iterator[Finding]:
    for name in all_names(target):
        if not listed.has(name):
            yield _unheard_of(name, target, listed, ground)
        elif listed.lies_elsewhere(name):
            text = _("{source} has no unit called {name}").format(source=_source(ground), name=name)
            yield finding("named", Weight.DOUBT, target, ground, f"{text}; {_places(name, listed, ground)}")


def _places(name: str, listed: Listed, ground: Ground) -> str:
    """Where the units of that name are."""
    found = bearers(name, listed.titles)
    full = [f"{title} ({parent})" for title in dict.fromkeys(found) for parent in ground.lying_in.get(title, ())]
    return _("it has {units}").format(units=", ".join(full or found))


def _source(ground: Ground) -> str:
    return ground.source or _("the list of units")


def _districts(
    plan: Roadmap, lists: dict[Tier, Listed], said: set[tuple[Tier, str]], ground: Ground
) -> Iterator[Finding]:
    """The districts that figures are within, each once: those in no list, and those that may be two."""
    first: dict[str, Target] = {}
    for target in plan.targets:
        first.setdefault(target.within or "", target)
    for name, target in first.items():
        tiers = [tier for tier in tiers_of(name) if tier in lists] if name else []
        if tiers and not any(lists[tier].has(name) for tier in tiers):
            yield _unheard_of(name, target, _joined(lists[tier] for tier in tiers), ground)
        for tier in tiers:
            yield from _ambiguous([name], target, tier, said, ground)


def _joined(lists: Iterable[Listed]) -> Listed:
    every = list(lists)
    return Listed([title for each in every for title in each.titles], set(), any(each.lacking for each in every))


def _unheard_of(name: str, target: Target, listed: Listed, ground: Ground) -> Finding:
    """A doubt; a note where the list plainly holds some of the units only."""
    text = _("{source} has no unit called {name}").format(source=_source(ground), name=name)
    if near := look_alike(name, listed.titles, {bare(other) for other in all_names(target)}):
        text += _("; do you mean {near}?").format(near=near)
    if listed.lacking:
        text += _("; it holds {count} units of that tier only").format(count=number(len(listed.titles)))
    return finding("named", Weight.NOTE if listed.lacking else Weight.DOUBT, target, ground, text)


def _ambiguous(
    names: Sequence[str], target: Target, tier: Tier, said: set[tuple[Tier, str]], ground: Ground
) -> Iterator[Finding]:
    """A note, once a name, where a name without its kind is that of more units than are named."""
    times = Counter(map(bare, names))
    for name in filter(is_short, names):
        units = bearers(name, ground.units[tier])
        if len(units) > times[bare(name)] and (tier, bare(name)) not in said:
            said.add((tier, bare(name)))
            words = {"name": name, "count": number(len(units)), "units": ", ".join(units)}
            text = _("{name} may be any of {count} units: {units}").format(**words)
            yield finding("named", Weight.NOTE, target, ground, text)


def _count(target: Target, ground: Ground) -> Iterator[Finding]:
    """The number of names against what is added, else against the cumulative count."""
    field = _field(target)
    allowed = bounds(target, field) if field else None
    if not target.units or target.each or field is None or allowed is None:
        return
    names = exactly(len(target.units))
    if names.apart(allowed) and names != bounds(target, "cumulative"):
        words = {"names": number(len(target.units)), "count": amount(target, field)}
        text = _("{names} units are named, but {count} is printed ({field})").format(**words, field=field_word(field))
        yield finding("named", _count_weight(names, allowed), target, ground, text)


def _field(target: Target) -> Field | None:
    if target.added is not None:
        return "added"
    return "cumulative" if target.cumulative is not None else None


def _count_weight(names: Interval, allowed: Interval) -> Weight:
    """More names than units cannot be; fewer may be a list of some of them."""
    return Weight.CONTRADICTION if names.above(allowed) else Weight.DOUBT
