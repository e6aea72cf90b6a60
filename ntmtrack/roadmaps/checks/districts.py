"""What is allotted to the districts against the figure of the whole scope."""

from collections.abc import Iterator, Sequence

from ntmtrack.i18n import _, number
from ntmtrack.kinds import split_kind
from ntmtrack.model import Tier
from ntmtrack.roadmaps.checks.bases import area, prints_total
from ntmtrack.roadmaps.checks.intervals import NOTHING, Interval, bounds, exactly, shown
from ntmtrack.roadmaps.checks.names import bare, tiers_of
from ntmtrack.roadmaps.checks.printed import COUNT_FIELDS, Field, amount
from ntmtrack.roadmaps.checks.words import field_word, finding, units_word
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import Roadmap, Target

AVERAGES = ("criteria-average", "criteria-met")  # these do not add up


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Every figure that its districts do not add up to, or that a rule for each of them exceeds."""
    for whole in plan.targets:
        if whole.within is None and whole.each is None:
            for field in COUNT_FIELDS:
                yield from _summed(plan, whole, field, ground)
                yield from _ruled(plan, whole, field, ground)


def measured(target: Target) -> tuple[object, ...]:
    """What a figure measures and when, wherever it is."""
    return (target.tier, target.measure, target.counts, target.threshold, target.year, target.span, target.nature)


def _summed(plan: Roadmap, whole: Target, field: Field, ground: Ground) -> Iterator[Finding]:
    printed = bounds(whole, field)
    for tier in Tier if whole.measure not in AVERAGES else ():
        parts = [part for part in _inside(plan, whole, tier) if bounds(part, field)]
        complete = _complete(plan, whole, parts, tier, ground)
        if parts and printed and (weight := _weight(_sum(parts, field), printed, complete)):
            yield finding("districts", weight, whole, ground, _come_to(parts, field, whole))


def _inside(plan: Roadmap, whole: Target, tier: Tier) -> list[Target]:
    """The same figure within each unit of one tier."""
    alike = [part for part in plan.targets if part.within and measured(part) == measured(whole)]
    return [part for part in alike if part.name == whole.name and tier in tiers_of(part.within or "")]


def _weight(total: Interval, printed: Interval, complete: Weight | None) -> Weight | None:
    """No unit, and no number of them, has more than the whole; less only where units are left out.

    What is allotted as "at least" must come to the whole by its lower ends: "≥ 39" in all do not make sure of 40.
    """
    if total.above(printed):
        return Weight.CONTRADICTION
    return complete if total.low < printed.low else None


def _come_to(parts: Sequence[Target], field: Field, whole: Target) -> str:
    words = {"sum": shown(_sum(parts, field)), "printed": amount(whole, field), "field": field_word(field)}
    if len(parts) == 1:
        text = _("{district} alone has {sum} ({field}), but {printed} is printed for the whole")
        return text.format(**words, district=parts[0].within)
    text = _("the {count} districts given come to {sum} ({field}), but {printed} is printed for the whole")
    return text.format(**words, count=number(len(parts)))


def _complete(plan: Roadmap, whole: Target, parts: Sequence[Target], tier: Tier, ground: Ground) -> Weight | None:
    """How much a sum below the whole weighs; None where some districts are, or may be, left out."""
    given = {bare(part.within or "") for part in parts}
    printed = [target.total or 0 for target in plan.targets if prints_total(target) and area(target) == (tier, None)]
    if len(given) < 2:
        return None
    if len(given) >= max(printed, default=len(given) + 1):
        return Weight.DOUBT
    holding = _holding(whole, ground)
    known = given >= holding if holding else len(given) >= (_how_many(tier, ground) or len(given) + 1)
    if not known or printed:
        return None
    return Weight.DOUBT if ground.exact else Weight.NOTE


def _holding(whole: Target, ground: Ground) -> set[str]:
    """The districts that have units of the kinds counted, by their bare names; none where that is not known."""
    kinds = ground.programme.counted.get(whole.tier, ())
    counted = [title for title in ground.units.get(whole.tier, ()) if split_kind(title)[0] in kinds]
    return {bare(parent) for title in counted for parent in ground.lying_in.get(title, ())}


def _sum(parts: Sequence[Target], field: Field) -> Interval:
    total = NOTHING
    for part in parts:
        total = total.plus(bounds(part, field) or NOTHING)
    return total


def _ruled(plan: Roadmap, whole: Target, field: Field, ground: Ground) -> Iterator[Finding]:
    """A rule such as "mỗi huyện ít nhất 01 xã" that asks for more than the figure of all of them."""
    printed = bounds(whole, field)
    for rule in plan.targets if whole.name is None else ():
        one = bounds(rule, field)
        if printed is None or one is None or rule.each is None or measured(rule) != measured(whole):
            continue
        tier = Tier(rule.each)
        least = int(one.low) * _how_many(tier, ground)
        if exactly(least).above(printed):
            words = {"each": amount(rule, field), "count": number(_how_many(tier, ground)), "units": units_word(tier)}
            text = _("{each} in each of {count} {units} makes at least {sum}, but {printed} is printed for the whole")
            text = text.format(**words, sum=number(least), printed=amount(whole, field))
            yield finding("districts", Weight.CONTRADICTION, rule, ground, text)


def _how_many(tier: Tier, ground: Ground) -> int:
    return ground.totals.get(tier) or len(ground.units.get(tier, ()))
