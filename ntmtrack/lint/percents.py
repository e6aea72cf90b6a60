"""Per cents: no more than all, and beside a count the one that it gives."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ntmtrack.i18n import _, number
from ntmtrack.lint import (
    ABOUT_POINTS,
    ONE_SIDED,
    Finding,
    Interval,
    LintContext,
    Weight,
    bounds,
    finding,
    is_goal,
    operator_of,
    pair_operator,
    percent_bounds,
    percent_text,
    unknown_totals,
)
from ntmtrack.lint.bases import Base, bases_of_reading, declared_bases, possible_bases, readings
from ntmtrack.lint.sums import derived_sum
from ntmtrack.roadmaps import COUNTED_MEASURES, Roadmap, Target
from ntmtrack.roadmaps.shares import (
    PLACES,
    Rounding,
    decimals,
    gives,
    per_cent,
    ratio,
    rounded,
    rounding_of,
    steps,
    value,
    whole_units,
)


def check_percents(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Every share above 100 %, and every per cent that its count does not give as it plainly should."""
    yield from check_above_all(plan, context)
    yield from check_shares(plan, context)


_SHARES = (*COUNTED_MEASURES, "criteria-met", "poverty-rate")  # beside the levels
_WITHIN_ALL = ("all", "ntm", "nested", "open")  # more may reach a level than were registered


def check_above_all(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Every share that must be, or may be, more than 100 %.

    Example: "trên 100%" of the communes.
    """
    for target in plan.targets:
        if is_over(target):
            text = _("{percent} is more than there are: a share of the whole is 100% at most")
            weight = Weight.CONTRADICTION if _surely(target) else Weight.DOUBT
            yield finding("percent", weight, target, context, text.format(percent=percent_text(target)))


def is_over(target: Target) -> bool:
    """Whether a share of units is printed that nothing up to 100 % satisfies, or a range that goes on above it."""
    return is_share(target) and (_surely(target) or value(target.percent_high or "0") > 100)


def is_share(target: Target) -> bool:
    """Whether the per cent is a part of some whole, not a growth or a degree of fulfilment."""
    measured = bool(target.levels) or target.measure in _SHARES
    return target.percent is not None and measured and target.share_of in _WITHIN_ALL


def _surely(target: Target) -> bool:
    """Whether no share satisfies it; "more than 100 %" as little as "120 %"."""
    low = value(target.percent or "0")
    match operator_of(target, "percent"):
        case "<=" | "<":
            return False
        case ">":
            return low >= 100
        case "about":
            return low > 100 + ABOUT_POINTS
    return low > 100


def check_shares(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Every printed per cent that its count does not give as it plainly should.

    Example: 33 of 119 are 27,73 %, but 27,32 % is printed.
    """
    without_base = []
    for printed in plan.targets:
        target, terms = _counted(plan, printed)
        if target.percent is None or target.cumulative is None or target.each or is_over(target):
            continue
        bases = declared_bases(plan, context, target)
        if any(fits_base(base.size, target) for base in bases):
            continue
        if bases and _all_known(plan, context, target):
            yield from _on_bases(bases, possible_bases(plan, context, target), target, terms, context)
        else:
            without_base.append(target)
    yield from unknown_totals.check_unknown_totals(plan, context, without_base, explain_percent)


def _counted(plan: Roadmap, target: Target) -> tuple[Target, str]:
    """A figure with its count; where only a per cent is printed, with the one that its additions come to.

    Example: 79 (2020) + 37 of the period make 116, which the per cent of the period must be of.
    """
    if target.percent is None or target.cumulative is not None or operator_of(target, "added", "percent") != "=":
        return target, ""
    end = derived_sum(plan, target)
    return (target._replace(cumulative=int(end.total.low)), f"{end.terms} = ") if end else (target, "")


def _all_known(plan: Roadmap, context: LintContext, target: Target) -> bool:
    """Whether the base is known under every reading of the per cent."""
    return target.total is not None or all(
        bases_of_reading(plan, context, target, reading) for reading in readings(target)
    )


def _on_bases(
    bases: Sequence[Base], others: Sequence[Base], target: Target, terms: str, context: LintContext
) -> Iterator[Finding]:
    """What is wrong with a per cent that none of the known denominators plainly gives."""
    if pair_operator(target) == "about" and any(fits_base(base.size, target) for base in others):
        return
    text = beside_printed(bases[0].size, target, terms)
    reason = explain_percent(bases, others, target)
    if reason:
        yield finding("percent", Weight.NOTE, target, context, f"{text}; {reason}")
    else:
        mild = pair_operator(target) == "about" or any(satisfies(base.size, target) for base in bases)
        yield finding("percent", Weight.DOUBT if mild else Weight.CONTRADICTION, target, context, text)


def beside_printed(size: int, target: Target, terms: str = "") -> str:
    """The true share beside the printed one; where a bound is missed, with the count that it really needs.

    Example: 155/311 = 49,84% is short of "≥ 50%", which takes 156.
    """
    count, printed = target.cumulative or 0, target.percent or ""
    one_sided = pair_operator(target) in ONE_SIDED
    share, places = per_cent(count, size), max(PLACES, decimals(printed))
    while one_sided and share != value(printed) and Fraction(rounded(share, places)) == value(printed):
        places += 1  # 337/411 is short of "≥ 82%" as 81,995 %, not as 82,00 %
    words = {"ratio": terms + ratio(count, size, places), "printed": percent_text(target)}
    if not one_sided or satisfies(size, target):
        return _("{ratio}, but {printed} is printed").format(**words)
    needed = number(whole_units(target, size)[0])
    if pair_operator(target) == "<=":
        return _("{ratio}, above {printed}, which allows {needed}").format(**words, needed=needed)
    return _("{ratio}, short of {printed}, which takes {needed}").format(**words, needed=needed)


def fits_base(size: int, target: Target) -> bool:
    """Whether the count out of so many plainly gives the per cent: half up, or as its operator says."""
    count, printed = target.cumulative or 0, target.percent or ""
    operator = pair_operator(target)
    if operator == "range":
        return _ranges_meet(size, target)
    if operator == "about":
        return abs(per_cent(count, size) - value(printed)) <= ABOUT_POINTS
    if operator in ONE_SIDED and not decimals(printed):
        return satisfies(size, target)
    if operator not in (*ONE_SIDED, "="):
        return True  # not known here
    return gives(Rounding.HALF_UP, count, size, printed) or _is_asked(size, target)


def satisfies(size: int, target: Target) -> bool:
    """Whether the count out of so many is on the right side of a bound."""
    operator, count = pair_operator(target), target.cumulative or 0
    if operator not in ONE_SIDED:
        return False
    needed = whole_units(target, size)[0]
    return count <= needed if operator == "<=" else count >= needed


def _is_asked(size: int, target: Target) -> bool:
    """Whether a count is what the per cent asks of so many units: 82 of 116 for a goal of "70%", though 70,69 %."""
    asking = is_goal(target) or pair_operator(target) in ONE_SIDED
    return asking and target.cumulative == whole_units(target, size)[0]


def _ranges_meet(size: int, target: Target) -> bool:
    counts, shares = bounds(target, "cumulative"), percent_bounds(target)
    if counts is None or shares is None or counts.high is None:
        return True
    of = Fraction(100, size)
    return not Interval(counts.low * of, counts.high * of).apart(shares)


def explain_percent(bases: Sequence[Base], others: Sequence[Base], target: Target) -> str:
    """Which rounding on the declared base, else which other base, gives the printed per cent; "" where none does.

    A bound in whole per cents is no rounding of anything: 155/311 is not excused as "≥ 50%".
    """
    operator = pair_operator(target)
    count, printed = target.cumulative or 0, target.percent or ""
    if operator in ("about", "range") or (operator in ONE_SIDED and not decimals(printed)):
        return ""
    for base in bases:
        if way := rounding_of(count, base.size, printed):
            return rounding_words(way, count, base.size, printed)
    ways = [(way, base) for way in Rounding for base in others if gives(way, count, base.size, printed)]
    return _by_base(*ways[0], count, printed) if ways else ""


def rounding_words(way: Rounding, count: int, size: int, printed: str) -> str:
    """That the figure came of one rounding alone, a double one step by step: "57,45 → 57,5"."""
    label = way.label
    if way is Rounding.TWICE:
        label += f" ({steps(count, size, printed)})"
    return _("only {rounding} gives that figure").format(rounding=label)


def _by_base(way: Rounding, base: Base, count: int, printed: str) -> str:
    words = {"ratio": ratio(count, base.size, decimals(printed)), "base": base.of}
    text = _("another base gives that figure: {ratio} ({base})").format(**words)
    return text if way is Rounding.HALF_UP else f"{text}, {rounding_words(way, count, base.size, printed)}"
