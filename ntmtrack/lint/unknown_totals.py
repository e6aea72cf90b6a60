"""Where the document prints no total: how many units there would have to be for its counts and per cents."""

from collections.abc import Callable, Iterator, Sequence
from math import ceil

from ntmtrack.i18n import N_, _, number
from ntmtrack.lint import (
    ONE_SIDED,
    Finding,
    LintContext,
    Weight,
    amount,
    bounds,
    finding,
    pair_operator,
    percent_text,
    units_word,
)
from ntmtrack.lint.bases import (
    ANY,
    Base,
    Sizes,
    area_of,
    around,
    at_level,
    base_level,
    counts_units,
    fitting_sizes,
    plausible,
    possible_bases,
    readings,
    units_at_level,
)
from ntmtrack.roadmaps import Roadmap, Target
from ntmtrack.roadmaps.shares import Rounding, decimals, gives, ratio, whole_units

Explain = Callable[[Sequence[Base], Sequence[Base], Target], str]
_AT_MOST = N_("{count} is {percent} only if there are at most {limit} {units} in all ({ratio}; {beyond})")
_AT_LEAST = N_("{count} is {percent} only if there are at least {limit} {units} in all ({ratio}; {beyond})")


def check_unknown_totals(
    plan: Roadmap, context: LintContext, targets: Sequence[Target], explain: Explain
) -> Iterator[Finding]:
    """What is wrong with pairs of a count and a per cent whose base is not known, and on what they depend."""
    failing = []
    for target in targets:
        if text := _misfit(plan, context, target, targets):
            failing.append(target)
            yield _wrong(plan, context, target, text, explain)
    fine = [target for target in targets if target not in failing]
    yield from _conditions(fine, context)
    yield from _unlike_the_list(plan, fine, context, explain)


def is_of_all(target: Target) -> bool:
    """Whether the per cent is of all units of a tier, so that those of several figures are of one number."""
    return target.share_of == "all" and counts_units(target) and target.counts == "at-least"


def _misfit(plan: Roadmap, context: LintContext, target: Target, targets: Sequence[Target]) -> str:
    """Why no number of units gives a figure, by itself, by what the plan prints of its base, or by its other shares."""
    own = fitting_sizes(target)
    if own is None:
        return ""
    words = {"count": number(target.cumulative or 0), "percent": percent_text(target), "units": units_word(target.tier)}
    if own.none:
        near = [size for size in around(target) if size >= max(1, target.cumulative or 0)]
        ratios = ", ".join(ratio(target.cumulative or 0, size, decimals(target.percent or "")) for size in near)
        text = _("{count} is {percent} of no whole number whatever").format(**words)
        return f"{text}: {ratios}" if ratios else text
    limits = [_limit(plan, context, target, reading) for reading in readings(target)]
    if all(limit and own.both(limit[0]).none for limit in limits):
        text = _("{count} is {percent} of {own}, but the plan prints {base}")
        return text.format(**words, own=own, base=_(" or ").join(limit[1] for limit in limits if limit))
    others = _others(target, targets)
    if is_of_all(target) and own.both(others).none:
        text = _("{count} is {percent} of {own} {units} in all, but the plan's other shares need {others}")
        return text.format(**words, own=own, others=others)
    return ""


def _limit(plan: Roadmap, context: LintContext, target: Target, reading: str) -> tuple[Sizes, str] | None:
    """What the plan prints of the units that a reading takes the per cent of, as "≥ 82 communes at NTM"."""
    level = base_level(context.programme, target, reading) if counts_units(target) else None
    for other in at_level(plan, target, level) if level else ():
        if allowed := bounds(other, "cumulative"):
            most = None if allowed.high is None else int(allowed.high)
            assert level is not None
            return Sizes(ceil(allowed.low), most), f"{amount(other, 'cumulative')} {units_at_level(target.tier, level)}"
    return None


def _others(target: Target, targets: Sequence[Target]) -> Sizes:
    """The numbers of units that do for the figures before this one, in the same year."""
    common = ANY
    for other in targets[: targets.index(target)]:
        alike = is_of_all(other) and (area_of(other), other.year) == (area_of(target), target.year)
        own = fitting_sizes(other) if alike else None
        if own and not own.both(common).none:
            common = own.both(common)
    return common


def _wrong(plan: Roadmap, context: LintContext, target: Target, text: str, explain: Explain) -> Finding:
    """A per cent that no number of units gives; a note where another base, or cutting off, does."""
    reason = explain([], possible_bases(plan, context, target), target) or _cut_off(target)
    weight = Weight.DOUBT if pair_operator(target) == "about" else Weight.CONTRADICTION
    if reason:
        weight, text = Weight.NOTE, f"{text}; {reason}"
    return finding("percent", weight, target, context, text)


def _cut_off(target: Target) -> str:
    """The number of units of which the per cent is cut off, where it is not rounded of any."""
    count, own = target.cumulative or 0, fitting_sizes(target)
    for size in around(target) if own and own.none else ():
        if size >= max(1, count) and gives(Rounding.CUT_OFF, count, size, target.percent or ""):
            return _("only cutting off {ratio} would give it").format(ratio=ratio(count, size))
    return ""


def _conditions(targets: Sequence[Target], context: LintContext) -> Iterator[Finding]:
    """Under which number of units "at least" and the like are true, as the document does not print it; once a year.

    Example: 112 are "≥ 87%" only of 128 communes or fewer.
    """
    tightest: dict[tuple[object, ...], tuple[int, Target]] = {}
    for target in filter(is_of_all, targets):
        limit = None if _is_settled(target, targets) else _condition_of(target, context)
        key = (area_of(target), target.year, pair_operator(target) == "<=")
        if limit and (key not in tightest or (limit > tightest[key][0]) is (pair_operator(target) == "<=")):
            tightest[key] = limit, target
    for limit, target in tightest.values():
        yield _condition(target, target.cumulative or 0, limit, context)


def _condition_of(target: Target, context: LintContext) -> int | None:
    """The most units (of "at most": the fewest) that a bound holds for; None where it plainly holds anyway."""
    own, known = fitting_sizes(target), _known(target, context)
    if own is None or pair_operator(target) not in ONE_SIDED or decimals(target.percent or ""):
        return None
    limit = own.least if pair_operator(target) == "<=" else own.most
    if not limit or not target.cumulative or limit <= target.cumulative:
        return None  # none at all is "at most" of anything
    if known and (_holds_for_all(own, known) or target.cumulative == whole_units(target, known)[0]):
        return None
    return limit


def _is_settled(target: Target, targets: Sequence[Target]) -> bool:
    """Whether it holds for any number of units that the exact pairs beside it leave: 115 are 100 % of 115 alone."""
    own, plain = fitting_sizes(target), [target for target in targets if pair_operator(target) == "="]
    left = _others(target, [*plain, target])
    return own is not None and left.most is not None and own.has(left.least) and own.has(left.most)


def _holds_for_all(own: Sizes, known: int) -> bool:
    """Whether it holds for any number of units that there may have been on the plan's day."""
    return own.has(known) and own.has(plausible(known)[-1])


def _known(target: Target, context: LintContext) -> int | None:
    return context.totals.get(target.tier) if target.within is None else None


def _condition(target: Target, count: int, limit: int, context: LintContext) -> Finding:
    falling = pair_operator(target) == "<="
    beyond = limit - 1 if falling else limit + 1
    text = _(_AT_LEAST if falling else _AT_MOST).format(
        count=number(count),
        percent=percent_text(target),
        limit=number(limit),
        units=units_word(target.tier),
        ratio=ratio(count, limit),
        beyond=ratio(count, beyond),
    )
    if known := _known(target, context):
        words = {"source": context.source or _("the list of units"), "ratio": ratio(count, known)}
        text += _("; {source} has {total} ({ratio})").format(**words, total=number(known))
    return finding("percent", Weight.NOTE, target, context, text)


def _unlike_the_list(
    plan: Roadmap, targets: Sequence[Target], context: LintContext, explain: Explain
) -> Iterator[Finding]:
    """Plain per cents of more or fewer units than there may have been, where no other figure speaks for that number.

    Example: 38 are "90%" of 42, where the list has 47.
    """
    for target in filter(is_of_all, targets):
        own, known = fitting_sizes(target), _known(target, context)
        plain = pair_operator(target) in ("=", "about")
        if own and known and plain and not _may_be(own, known) and not _shared(target, targets):
            reason = explain([], possible_bases(plan, context, target), target)
            yield _unlike(target, own, known, reason, context)


def _may_be(own: Sizes, known: int) -> bool:
    """Whether there may have been one of these numbers of units on the plan's day."""
    there = plausible(known)
    return not own.both(Sizes(there[0], there[-1])).none


def _shared(target: Target, targets: Sequence[Target]) -> bool:
    """Whether another count of the plan is its per cent of the same number of units."""
    own = fitting_sizes(target)
    others = (other for other in targets if area_of(other) == area_of(target) and other.cumulative != target.cumulative)
    return any(own and size and not own.both(size).none for size in map(fitting_sizes, filter(is_of_all, others)))


def _unlike(target: Target, own: Sizes, known: int, reason: str, context: LintContext) -> Finding:
    count = target.cumulative or 0
    words = {"count": number(count), "percent": percent_text(target), "own": own, "units": units_word(target.tier)}
    text = _("{count} is {percent} of {own} {units} in all, but {source} has {total}: {ratio}")
    source = context.source or _("the list of units")
    text = text.format(**words, source=source, total=number(known), ratio=ratio(count, known))
    return finding("percent", Weight.NOTE, target, context, f"{text}; {reason}" if reason else text)
