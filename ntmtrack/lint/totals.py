"""How many units there are in all: one number a year and tier, no figure above it, and per cents of whole units."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import floor

from ntmtrack.i18n import _, number
from ntmtrack.lint import (
    Finding,
    LintContext,
    Weight,
    amount,
    bounds,
    exactly,
    finding,
    operator_of,
    percent_text,
    units_word,
)
from ntmtrack.lint.bases import (
    Base,
    area_of,
    bases_of_list,
    bases_of_reading,
    counts_units,
    may_have_been,
    plausible,
    printed_totals,
    prints_total,
)
from ntmtrack.lint.percents import is_over
from ntmtrack.lint.sums import derived_sum
from ntmtrack.model import Tier
from ntmtrack.roadmaps import READINGS, LineKey, Roadmap, Target
from ntmtrack.roadmaps.shares import Rounding, decimals, gives, ratio, rounding_of, steps, value, whole_units

FEW = 3


def check_totals(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """What is wrong with totals, and with per cents alone that no whole number of units gives."""
    yield from check_printed_totals(plan, context)
    yield from check_odd_shares(plan, context)


def check_printed_totals(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Totals that differ from each other or from the list of units, and counts above their total."""
    yield from _differing(plan, context)
    yield from _unlike_the_list(plan, context)
    for target in plan.targets:
        yield from _above(target, context)
    yield from _above_the_known(plan, context)


def _differing(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Totals of one year that differ from the one that the plan prints most often.

    Example: 116 communes in two lines, 117 in a third.
    """
    places: dict[tuple[Tier, str | None, int], list[Target]] = defaultdict(list)
    for target in plan.targets:
        if prints_total(target):
            places[*area_of(target), target.year].append(target)
    for alike in places.values():
        usual = Counter(target.total for target in alike).most_common(1)[0][0]
        other = next(target for target in alike if target.total == usual)
        yield from (_differs(target, other, context) for target in alike if target.total != usual)


def _differs(target: Target, other: Target, context: LintContext) -> Finding:
    """A total beside the one that the plan prints most often."""
    words = {"total": number(target.total or 0), "other": number(other.total or 0), "cite": other.cite}
    text = _("{total} {units} in all, but {other} elsewhere for the same year ({cite})")
    text = text.format(**words, units=units_word(target.tier))
    return finding("total", Weight.CONTRADICTION, target, context, text)


def _unlike_the_list(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Each printed total that there cannot have been by the list of units, once a tier.

    Example: 116 printed, where the ledger has 117 on the plan's day.
    """
    doubted: set[tuple[Tier, int | None]] = set()
    for target in plan.targets:
        known = context.totals.get(target.tier)
        own = prints_total(target) and target.nature == "target" and target.within is None
        unlike = own and not may_have_been(context, target.tier, target.total or 0)
        if known and unlike and (target.tier, target.total) not in doubted:
            doubted.add((target.tier, target.total))
            yield _unlike(target, known, context)


def _unlike(target: Target, known: int, context: LintContext) -> Finding:
    words = {"total": number(target.total or 0), "units": units_word(target.tier), "known": number(known)}
    source = context.source or _("the list of units")
    text = _("{total} {units} in all are printed, {source} has {known}").format(**words, source=source)
    return finding("total", Weight.DOUBT if context.exact else Weight.NOTE, target, context, text)


def _above(target: Target, context: LintContext) -> Iterator[Finding]:
    """A count above the total beside it.

    Example: 117 of 116.
    """
    counted = bounds(target, "cumulative")
    if counted and target.total and not target.each and counted.above(exactly(target.total)):
        words = {"cumulative": amount(target, "cumulative"), "total": number(target.total)}
        text = _("{cumulative} exceed the printed total of {total}").format(**words)
        yield finding("total", Weight.CONTRADICTION, target, context, text)


def _above_the_known(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Counts of more units than the plan prints elsewhere, else than the list has, once a line.

    Example: 60 communes at NTM, where the plan's total is 47.
    """
    keys: set[LineKey] = set()
    for target in plan.targets:
        most = _most(plan, target, context) if target.line not in keys else None
        if most and (counted := bounds(target, "cumulative")) and counted.above(exactly(most.size)):
            keys.add(target.line)
            words = {"cumulative": amount(target, "cumulative"), "total": number(most.size)}
            text = _("{cumulative} {units}, more than there are: {total} ({source})")
            text = text.format(**words, units=units_word(target.tier), source=most.of)
            yield finding("total", _above_weight(plan, target, context), target, context, text)


def _most(plan: Roadmap, target: Target, context: LintContext) -> Base | None:
    """The most units that there may be for a figure that prints no total itself; None where mergers explain it."""
    if target.total or not counts_units(target):
        return None
    printed, counted = printed_totals(plan, target), bounds(target, "cumulative")
    if not printed and counted and may_have_been(context, target.tier, int(counted.low)):
        return None
    return max(printed or bases_of_list(context, target), default=None)


def _above_weight(plan: Roadmap, target: Target, context: LintContext) -> Weight:
    """Surely wrong against the plan's own day; before it, there may have been more units."""
    known = bool(printed_totals(plan, target)) or context.exact
    return Weight.CONTRADICTION if known and target.nature == "target" else Weight.NOTE


def check_odd_shares(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Every per cent with decimals that no whole number of units gives; a round one ("25 %") is a goal.

    Example: of 94 communes 54 are 57,45 % and 55 are 58,51 %, so that none are 57,5 %.
    """
    odd = [target for target in plan.targets if not _is_right(plan, context, target)]
    sure = [target for target in odd if _is_certain(plan, context, target)]
    for target in sure:
        yield finding("whole-units", Weight.DOUBT, target, context, _text(_bases(plan, context, target)[0], target))
    yield from _against_the_list(plan, context, [target for target in odd if target not in sure])


def _is_right(plan: Roadmap, context: LintContext, target: Target) -> bool:
    """Whether some number of units gives the per cent, or none is known."""
    bases = _bases(plan, context, target)
    return not bases or any(_fits(base.size, target) for base in bases)


def _against_the_list(plan: Roadmap, context: LintContext, odd: Sequence[Target]) -> Iterator[Finding]:
    """Per cents of a number of units that only a list of another day gives.

    A doubt where no number that there may have been gives them; else a note, where there is something to learn: that
    a usual slip gives one, or that several are of one other number.
    """
    for tier in dict.fromkeys(target.tier for target in odd):
        alike = [target for target in odd if target.tier is tier]
        base = _bases(plan, context, alike[0])[0]
        telling = [target for target in plan.targets if target.tier is tier and _bases(plan, context, target)]
        common = [size for size in plausible(base.size) if all(_fits(size, target) for target in telling)]
        if len(alike) > 1 and common:
            if len(common) <= FEW:  # else they tell of no number
                yield _of_another_number(alike, common, base, context)
            continue
        for target in alike:
            possible = any(_fits(size, target) for size in plausible(base.size))
            if not possible or _is_rounded_twice(base.size, target.percent or ""):
                weight = Weight.NOTE if possible else Weight.DOUBT
                text = _text(base, target) + _("; the plan prints no total itself")
                yield finding("whole-units", weight, target, context, text)


def _of_another_number(alike: Sequence[Target], sizes: Sequence[int], base: Base, context: LintContext) -> Finding:
    """One note of several per cents: "77,59%, 34,48% are of 116 communes, but the list has 110"."""
    words = {
        "percents": ", ".join(percent_text(target) for target in alike),
        "sizes": _(" or ").join(map(number, sizes)),
        "units": units_word(alike[0].tier),
        "source": base.of,
        "total": number(base.size),
    }
    text = _("{percents} are of {sizes} {units}, but {source} has {total}").format(**words)
    return finding("whole-units", Weight.NOTE, alike[0], context, text)


def _bases(plan: Roadmap, context: LintContext, target: Target) -> Sequence[Base]:
    """The numbers of units that a per cent without a count may be of."""
    if not _stands_alone(target) or derived_sum(plan, target) or target.share_of not in READINGS:
        return []
    return [Base(target.total, "")] if target.total else bases_of_reading(plan, context, target, target.share_of)


def _stands_alone(target: Target) -> bool:
    """Whether a plain per cent of units, or a range, is printed without their number."""
    precise = target.percent is not None and (decimals(target.percent) > 0 or target.percent_high is not None)
    plain = precise and operator_of(target, "percent") in ("=", "range") and not is_over(target)
    return plain and target.cumulative is None and counts_units(target)


def _is_certain(plan: Roadmap, context: LintContext, target: Target) -> bool:
    """Whether the number of units is the plan's own, or of its own day."""
    return bool(target.total) or context.exact or target.share_of != "all" or bool(printed_totals(plan, target))


def nearest_counts(size: int, printed: str) -> list[int]:
    """The whole numbers of units on both sides of a per cent."""
    below = floor(value(printed) * size / 100)
    return [count for count in (below, below + 1) if count <= size]


def _fits(size: int, target: Target) -> bool:
    printed = target.percent or ""
    if target.percent_high is not None:
        low, high = whole_units(target, size)
        return high is not None and low <= high
    return any(gives(Rounding.HALF_UP, count, size, printed) for count in nearest_counts(size, printed))


def _text(base: Base, target: Target) -> str:
    printed = target.percent or ""
    ratios = ", ".join(ratio(count, base.size, decimals(printed)) for count in nearest_counts(base.size, printed))
    total = f"{number(base.size)} ({base.of})" if base.of else number(base.size)
    shown = printed if target.percent_high is None else f"{printed}–{target.percent_high}"
    words = {"total": total, "units": units_word(target.tier), "percent": shown, "ratios": ratios}
    text = _("no whole number of {units} out of {total} is {percent}%: {ratios}").format(**words)
    return text if target.percent_high else text + _explained(base.size, printed)


def _explained(size: int, printed: str) -> str:
    """Which of the wrong roundings would have given the per cent."""
    for count in nearest_counts(size, printed):
        way = rounding_of(count, size, printed)
        if way is Rounding.TWICE:
            return _("; only rounding twice ({steps}) would give it").format(steps=steps(count, size, printed))
        if way:
            return _("; only cutting off {ratio} would give it").format(ratio=ratio(count, size, decimals(printed)))
    return ""


def _is_rounded_twice(size: int, printed: str) -> bool:
    """Whether rounding twice gives the per cent: hardly by chance, so that the number of units is plainly the one."""
    return any(rounding_of(count, size, printed) is Rounding.TWICE for count in nearest_counts(size, printed))
