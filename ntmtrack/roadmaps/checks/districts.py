"""What is allotted to the districts against the figure of the whole scope."""

from collections.abc import Iterator, Sequence

from ntmtrack.i18n import _, number
from ntmtrack.model import Tier
from ntmtrack.roadmaps.checks.intervals import NOTHING, Interval, bounds, exactly, shown
from ntmtrack.roadmaps.checks.printed import COUNT_FIELDS, Field, amount
from ntmtrack.roadmaps.checks.words import field_word, finding, units_word
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import Roadmap, Target


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
    inside = [part for part in plan.targets if part.within and measured(part) == measured(whole)]
    parts = [part for part in inside if part.name == whole.name and bounds(part, field)]
    printed = bounds(whole, field)
    if printed is None or len({part.within for part in parts}) < 2:
        return
    total = _sum(parts, field)
    if total.apart(printed):
        weight = Weight.CONTRADICTION if total.above(printed) else Weight.DOUBT
        words = {"sum": shown(total), "count": number(len(parts)), "printed": amount(whole, field)}
        text = _("the {count} districts given come to {sum} ({field}), but {printed} is printed for the whole")
        yield finding("districts", weight, whole, ground, text.format(**words, field=field_word(field)))


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
