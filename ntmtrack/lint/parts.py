"""“Trong đó”, and what is allotted to districts: no part is larger than its whole."""

from collections.abc import Iterator, Sequence

from ntmtrack.i18n import _, number
from ntmtrack.lint import (
    COUNT_FIELDS,
    NOTHING,
    CountField,
    Finding,
    Interval,
    LintContext,
    Weight,
    amount,
    bounds,
    exactly,
    field_word,
    finding,
    interval_text,
    percent_bounds,
    percent_text,
    units_word,
)
from ntmtrack.lint.bases import area_of, prints_total
from ntmtrack.lint.names import bare, tiers_of
from ntmtrack.model import Tier
from ntmtrack.roadmaps import Roadmap, Target, line_title
from ntmtrack.units import split_kind


def check_parts(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Every part that its whole cannot hold, and every whole that its districts do not come to."""
    yield from check_declared_parts(plan, context)
    yield from check_districts(plan, context)


FIXED_BASES = ("all", "ntm")  # shares of these may be compared with each other


def check_declared_parts(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Every part larger than its whole, added, cumulative and per cent apart; a note where no whole is printed.

    Example: "thêm 37 xã NTM, trong đó 40 xã nâng cao".
    """
    for part in plan.targets:
        if part.part_of and not _whole_printed(plan, part):
            yield _of_nothing(part, context)
        for whole in wholes_of(plan, part):
            for field, less, more in excesses(part, whole):
                words = {"part": more, "whole": less, "line": line_title(whole.line, context.programme)}
                text = _("{part} ({field}) are called a part of {whole} ({line}), but {part} > {whole}").format(
                    **words, field=field_word(field)
                )
                yield finding("part", Weight.CONTRADICTION, part, context, text)


def _whole_printed(plan: Roadmap, part: Target) -> bool:
    """Whether the plan prints its whole for that year, or for the period up to it or a later one."""
    alike = [target for target in plan.targets if (target.tier, target.within) == (part.tier, part.within)]
    wholes = [target for target in alike if target.measure == part.part_of]
    return any(whole.year == part.year or (whole.span == "period" and whole.year > part.year) for whole in wholes)


def _of_nothing(part: Target, context: LintContext) -> Finding:
    whole = part._replace(measure=part.part_of or "", name=None, each=None, counts="at-least")
    text = _("called a part of {whole}, for which the document prints no figure then")
    label = line_title(whole.line, context.programme)
    return finding("part", Weight.NOTE, part, context, text.format(whole=label))


def neighbour_key(target: Target) -> tuple[object, ...]:
    """What figures share that stand beside each other: tier, year, span, nature and what they are within."""
    return (
        target.tier,
        target.year,
        target.span,
        target.nature,
        target.within,
        target.each,
        target.name,
        target.line.of_set,
    )


def wholes_of(plan: Roadmap, part: Target) -> list[Target]:
    """The figures that `part` is said to be a part of."""
    if part.part_of is None:
        return []
    beside = [whole for whole in plan.targets if neighbour_key(whole) == neighbour_key(part)]
    return [whole for whole in beside if whole.measure == part.part_of and whole.counts == "at-least"]


def excesses(part: Target, whole: Target) -> Iterator[tuple[str, str, str]]:
    """Where the part is surely larger: which figure, the whole's and the part's as printed."""
    for field in COUNT_FIELDS:
        more, less = bounds(part, field), bounds(whole, field)
        if more and less and more.above(less):
            yield field, amount(whole, field), amount(part, field)
    share, of = percent_bounds(part), percent_bounds(whole)
    if share and of and same_base(part, whole) and share.above(of):
        yield "percent", percent_text(whole), percent_text(part)


def same_base(target: Target, other: Target) -> bool:
    """Whether two per cents are surely of the same units."""
    return target.share_of == other.share_of and target.share_of in FIXED_BASES


_FEW = 3  # so many places in the document are told
AVERAGES = ("criteria-average", "criteria-met")  # these do not add up


def check_districts(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Every figure that its districts do not add up to, or that a rule for each of them exceeds."""
    for whole in plan.targets:
        if whole.within is None and whole.each is None:
            for field in COUNT_FIELDS:
                yield from _summed(plan, whole, field, context)
                yield from _ruled(plan, whole, field, context)


def measured(target: Target) -> tuple[object, ...]:
    """What a figure measures and when, wherever it is."""
    return (
        target.tier,
        target.measure,
        target.counts,
        target.threshold,
        target.year,
        target.span,
        target.nature,
        target.line.of_set,
    )


def _summed(plan: Roadmap, whole: Target, field: CountField, context: LintContext) -> Iterator[Finding]:
    """The districts of one tier against the figure of all.

    Example: districts of 20 and 21 communes, where the province has 40.
    """
    printed = bounds(whole, field)
    for tier in Tier if whole.measure not in AVERAGES else ():
        parts = [part for part in _inside(plan, whole, tier) if bounds(part, field)]
        complete = _complete(plan, whole, parts, tier, context)
        if parts and printed and (weight := _weight(_sum(parts, field), printed, complete)):
            problem = finding("districts", weight, whole, context, _come_to(parts, field, whole))
            cites = dict.fromkeys([whole.cite, *(part.cite for part in parts)])
            yield problem._replace(cite="; ".join(cites) if len(cites) <= _FEW else whole.cite)


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


def _come_to(parts: Sequence[Target], field: CountField, whole: Target) -> str:
    words = {"sum": interval_text(_sum(parts, field)), "printed": amount(whole, field), "field": field_word(field)}
    if len(parts) == 1:
        text = _("{district} alone has {sum} ({field}), but {printed} is printed for the whole")
        return text.format(**words, district=parts[0].within)
    text = _("the {count} districts given come to {sum} ({field}), but {printed} is printed for the whole")
    return text.format(**words, count=number(len(parts)))


def _complete(plan: Roadmap, whole: Target, parts: Sequence[Target], tier: Tier, context: LintContext) -> Weight | None:
    """How much a sum below the whole weighs; None where some districts are, or may be, left out."""
    given = {bare(part.within or "") for part in parts}
    printed = [target.total or 0 for target in plan.targets if prints_total(target) and area_of(target) == (tier, None)]
    if len(given) < 2:
        return None
    if len(given) >= max(printed, default=len(given) + 1):
        return Weight.DOUBT
    holding = _holding(whole, context)
    known = given >= holding if holding else len(given) >= (_how_many(tier, context) or len(given) + 1)
    if not known or printed:
        return None
    return Weight.DOUBT if context.exact else Weight.NOTE


def _holding(whole: Target, context: LintContext) -> set[str]:
    """The districts that have units of the kinds counted, by their bare names; none where that is not known."""
    kinds = context.programme.counted.get(whole.tier, ())
    counted = [title for title in context.units.get(whole.tier, ()) if split_kind(title)[0] in kinds]
    return {bare(parent) for title in counted for parent in context.lying_in.get(title, ())}


def _sum(parts: Sequence[Target], field: CountField) -> Interval:
    total = NOTHING
    for part in parts:
        total = total.plus(bounds(part, field) or NOTHING)
    return total


def _ruled(plan: Roadmap, whole: Target, field: CountField, context: LintContext) -> Iterator[Finding]:
    """A rule for each district that asks for more than the figure of all of them.

    Example: "mỗi huyện ít nhất 01 xã", where there are 15 districts and the plan asks for 12.
    """
    printed = bounds(whole, field)
    for rule in plan.targets if whole.name is None else ():
        interval = bounds(rule, field)
        if printed is None or interval is None or rule.each is None or measured(rule) != measured(whole):
            continue
        tier = Tier(rule.each)
        least = int(interval.low) * _how_many(tier, context)
        if exactly(least).above(printed):
            words = {"each": amount(rule, field), "count": number(_how_many(tier, context)), "units": units_word(tier)}
            text = _("{each} in each of {count} {units} makes at least {sum}, but {printed} is printed for the whole")
            text = text.format(**words, sum=number(least), printed=amount(whole, field))
            yield finding("districts", Weight.CONTRADICTION, rule, context, text)


def _how_many(tier: Tier, context: LintContext) -> int:
    return context.totals.get(tier) or len(context.units.get(tier, ()))
