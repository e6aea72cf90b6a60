"""The units that a plan names: whether they exist, stand there once, and are as many as the figure says."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ntmtrack.i18n import _, number
from ntmtrack.kinds import split_kind
from ntmtrack.model import KINDS, Tier
from ntmtrack.roadmaps.checks.intervals import Interval, bounds, exactly
from ntmtrack.roadmaps.checks.printed import Field, amount
from ntmtrack.roadmaps.checks.words import field_word, finding
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import Roadmap, Target
from ntmtrack.text import fold, nearest


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Unknown names, names that stand twice, and lists that are longer or shorter than their figure."""
    keys = {tier: _keys([*titles, plan.scope_name]) for tier, titles in ground.units.items() if titles}
    districts: set[str] = set()
    for target in plan.targets:
        yield from _unknown(target, keys, ground)
        yield from _twice(target, ground)
        yield from _count(target, ground)
        if target.within and target.within not in districts:
            districts.add(target.within)
            yield from _outside(target, keys, ground)


def _bare(name: str) -> str:
    """A name without its kind and without the district that it is said to be in."""
    return fold(split_kind(name.partition("(")[0].partition(",")[0])[1])


def _keys(titles: Iterable[str]) -> set[str]:
    return {key for title in titles for key in (fold(title), _bare(title))}


def _names(target: Target) -> list[str]:
    return list(dict.fromkeys((*target.units, *target.reserve, *target.registered)))


def _unknown(target: Target, keys: dict[Tier, set[str]], ground: Ground) -> Iterator[Finding]:
    known = keys.get(target.tier)
    for name in _names(target) if known else []:
        if known and not {fold(name), _bare(name)} & known:
            yield _unheard_of(name, target, ground.units[target.tier], ground)


def _outside(target: Target, keys: dict[Tier, set[str]], ground: Ground) -> Iterator[Finding]:
    """The district that a figure is within, where no list has it."""
    name = target.within or ""
    kind = split_kind(name)[0]
    tiers = [tier for tier in keys if (kind in KINDS[tier] if kind else tier is Tier.DISTRICT)]
    if tiers and not any({fold(name), _bare(name)} & keys[tier] for tier in tiers):
        yield _unheard_of(name, target, [title for tier in tiers for title in ground.units[tier]], ground)


def _unheard_of(name: str, target: Target, titles: Sequence[str], ground: Ground) -> Finding:
    source = ground.source or _("the list of units")
    text = _("{source} has no unit called {name}").format(source=source, name=name)
    if near := nearest(name, titles, 1):
        text += _("; do you mean {near}?").format(near=near[0])
    return finding("named", Weight.DOUBT, target, ground, text)


def _twice(target: Target, ground: Ground) -> Iterator[Finding]:
    """Names that stand twice among the units and the reserve; two units may bear one name."""
    for names in ((*target.units, *target.reserve), target.registered):
        times = Counter(fold(split_kind(name)[1]) for name in names)
        first = {fold(split_kind(name)[1]): name for name in reversed(names)}
        for key, count in times.items():
            if count > max(1, _bearers(first[key], target, ground)):
                words = {"name": first[key], "count": number(count)}
                text = _("{name} is named {count} times").format(**words)
                yield finding("named", Weight.DOUBT, target, ground, text)


def _bearers(name: str, target: Target, ground: Ground) -> int:
    return sum(_bare(title) == _bare(name) for title in ground.units.get(target.tier, ()))


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
