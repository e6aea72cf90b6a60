"""Kiểu mẫu ≤ nâng cao ≤ NTM: what the figures of several levels say of each other."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from ntmtrack.i18n import _, number
from ntmtrack.lint import (
    Finding,
    LintContext,
    Weight,
    amount,
    bounds,
    field_word,
    finding,
    is_exact,
    percent_bounds,
    percent_text,
    printed_ends,
    units_word,
)
from ntmtrack.lint.bases import Base, bases_of_list, counts_units, printed_totals, prints_total
from ntmtrack.lint.parts import excesses, neighbour_key
from ntmtrack.model import Programme, Tier
from ntmtrack.roadmaps import LineKey, Roadmap, Target, line_title


def check_levels(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Levels that exceed a lower one, and counts that look like those by highest level."""
    yield from check_nesting(plan, context)
    yield from check_mixtures(plan, context)


_PRINTS: dict[str, Callable[[Target], bool]] = {
    "cumulative": lambda target: target.cumulative is not None,
    "percent": lambda target: target.percent is not None,
}


def check_nesting(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Every figure that is larger than one of a lower level beside it; declared parts are another check's.

    Example: 66 model communes, but 60 advanced ones, that these are among.
    """
    for beside in _places(plan, context.programme).values():
        for field, prints in _PRINTS.items():
            printing = [target for target in beside if prints(target)]
            for lower, higher in _neighbours(printing, context.programme):
                if higher.part_of != lower.measure:
                    yield from _excess(field, lower, higher, context)


def lowest_rank(target: Target, programme: Programme) -> int:
    """The rank of the lowest level that a figure counts; 0 where it counts something else."""
    ranks = {level.key: level.rank for level in programme.levels}
    return min((ranks.get(level, 0) for level in target.levels), default=0)


def _places(plan: Roadmap, programme: Programme) -> dict[tuple[object, ...], list[Target]]:
    """The figures of levels that stand beside each other."""
    places: dict[tuple[object, ...], list[Target]] = defaultdict(list)
    for target in plan.targets:
        if target.counts == "at-least" and lowest_rank(target, programme):
            places[neighbour_key(target)].append(target)
    return places


def _neighbours(beside: Sequence[Target], programme: Programme) -> Iterator[tuple[Target, Target]]:
    """Each figure with those of the next level up that is printed."""
    ranked: dict[int, list[Target]] = defaultdict(list)
    for target in beside:
        ranked[lowest_rank(target, programme)].append(target)
    for lower, higher in pairwise(sorted(ranked)):
        yield from product(ranked[lower], ranked[higher])


def _excess(field: str, lower: Target, higher: Target, context: LintContext) -> Iterator[Finding]:
    if field == "percent" and None not in (lower.cumulative, higher.cumulative):
        return  # the counts speak for themselves
    for exceeding, less, more in excesses(higher, lower):
        if exceeding == field:
            words = {"higher": more, "lower": less, "line": line_title(lower.line, context.programme)}
            text = _("{higher} ({field}) exceed the {lower} of the level below ({line})").format(
                **words, field=field_word(field)
            )
            yield finding("nesting", Weight.CONTRADICTION, higher, context, text)


def check_mixtures(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Levels whose counts come exactly to all units, or to the level below, though each is said to hold those above.

    Questions, not verdicts: a sum may be so by chance, and of a province's few districts it often is.
    """
    for levels in _ladders(plan, context, "at-least"):
        lowest = min(context.programme.levels, key=lambda level: level.rank).key
        if levels[0].measure == lowest and levels[0].tier is Tier.COMMUNE:
            yield from _summed_to_all(plan, levels, context) or _summed_to_lowest(levels, context)
    for levels in _ladders(plan, context, "highest"):
        yield from _against_cumulative(plan, levels, context)


def _ladders(plan: Roadmap, context: LintContext, counts: str) -> Iterator[list[Target]]:
    """The exact counts of single levels that stand beside each other, the lowest level first."""
    ranks = {level.key: level.rank for level in context.programme.levels}
    places: dict[tuple[object, ...], dict[int, Target]] = defaultdict(dict)
    for target in plan.targets:
        alike = target.measure in ranks and target.counts == counts and counts_units(target)
        if alike and target.cumulative and is_exact(bounds(target, "cumulative")):
            places[neighbour_key(target)][ranks[target.measure]] = target
    for levels in places.values():
        if len(levels) > 1:
            yield [levels[rank] for rank in sorted(levels)]


def _summed_to_all(plan: Roadmap, levels: Sequence[Target], context: LintContext) -> list[Finding]:
    """Example: 60 at NTM, 30 advanced and 10 model of 100 communes; cumulative counts would have 100 at NTM."""
    printed = [target.total for target in levels if prints_total(target)] or _sizes(printed_totals(plan, levels[0]))
    if _sum(levels) not in (printed or _sizes(bases_of_list(context, levels[0]))):
        return []
    words = {"sum": _terms(levels), "units": units_word(levels[0].tier)}
    text = _("{sum} are all {units}: are these the units whose highest level it is, not cumulative counts?")
    sure = len(levels) > 2 and (bool(printed) or context.exact)
    weight = Weight.DOUBT if sure else Weight.NOTE
    return [finding("levels", weight, levels[0], context, text.format(**words))]


def _summed_to_lowest(levels: Sequence[Target], context: LintContext) -> list[Finding]:
    """Example: 110 at NTM, and beside them 80 advanced and 30 model: these two may be counted by highest level."""
    lowest, *higher = levels
    if len(higher) < 2 or _sum(higher) != lowest.cumulative:
        return []
    words = {"sum": _terms(higher), "line": line_title(lowest.line, context.programme)}
    text = _("{sum}, as many as {line}: are these the units whose highest level it is, not cumulative counts?")
    return [finding("levels", Weight.NOTE, higher[0], context, text.format(**words))]


def _sizes(bases: Sequence[Base]) -> list[int]:
    return [base.size for base in bases]


def _against_cumulative(plan: Roadmap, levels: Sequence[Target], context: LintContext) -> Iterator[Finding]:
    """Counts by highest level that do not come to the cumulative count of the lowest of them.

    Example: highest levels 50 + 30 + 10 = 90, where 95 are at NTM or above.
    """
    alike = levels[0]._replace(counts="at-least")
    for whole in plan.targets:
        printed = bounds(whole, "cumulative")
        beside = whole.line == alike.line and neighbour_key(whole) == neighbour_key(alike)
        if beside and is_exact(printed) and _sum(levels) > (whole.cumulative or 0):
            words = {"sum": _terms(levels), "printed": number(whole.cumulative or 0)}
            text = _("by highest level {sum}, but {printed} is printed as the cumulative count").format(**words)
            yield finding("levels", Weight.CONTRADICTION, whole, context, text)


def _sum(levels: Sequence[Target]) -> int:
    return sum(target.cumulative or 0 for target in levels)


def _terms(levels: Sequence[Target]) -> str:
    return f"{' + '.join(number(target.cumulative or 0) for target in levels)} = {number(_sum(levels))}"


RESULTS = ("baseline", "actual")
LAST_MONTH = 12


def is_of_running_year(plan: Roadmap, figure: Target) -> bool:
    """Whether it is a result of the very year in which the plan was issued, of which more may come."""
    return figure.nature == "actual" and figure.year == plan.issued_by.year and plan.issued_by.month < LAST_MONTH


def own_results(plan: Roadmap, target: Target) -> list[Target]:
    """The results of the same line that the plan prints for an earlier day than a target's, the latest first."""
    alike = [other for other in plan.targets if other.line == target.line and other.nature in RESULTS]
    earlier = [
        other
        for other in alike
        if other.span == "year"
        and (other.year < target.year or (other.year == target.year and is_of_running_year(plan, other)))
    ]
    return sorted(earlier, key=lambda other: -other.year)


def counts_before(plan: Roadmap, target: Target) -> list[int]:
    """The counts of the line that the plan prints last before a figure: its result, and its target."""
    earlier = [
        other
        for other in plan.targets
        if (other.line, other.span) == (target.line, "year") and other.year < target.year
        if (count := bounds(other, "cumulative")) and count.low == count.high
    ]
    last = [
        max((other for other in earlier if (other.nature in RESULTS) is result), key=lambda o: o.year, default=None)
        for result in (True, False)
    ]
    return [other.cumulative or 0 for other in last if other]


class Shortfall(NamedTuple):
    """A target that asks for less than there was, and the sentence that says so."""

    target: Target
    text: str


def check_results(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """The last target of each line that asks for fewer units, or a smaller share, than had reached the level.

    Example: "≥ 75" communes for 2025, when 79 were reached in 2020.
    """
    last: dict[LineKey, Shortfall] = {}
    for target in plan.targets:
        if _counts_up(target) and (text := _below_own(plan, target) or _below_ledger(plan, target, context)):
            earlier = last.get(target.line)
            if earlier is None or earlier.target.year < target.year:
                last[target.line] = Shortfall(target, text)
    for shortfall in last.values():
        yield finding("reached", Weight.DOUBT, shortfall.target, context, shortfall.text)


def _counts_up(target: Target) -> bool:
    """Whether it is a target for units at a level or above it."""
    aimed = target.nature == "target" and bool(target.levels) and target.each is None
    return aimed and target.operator not in ("<=", "<") and target.counts == "at-least"


def _below_own(plan: Roadmap, target: Target) -> str:
    """What the plan's own latest result says, where it is above the target."""
    for result in own_results(plan, target):
        had, share = bounds(result, "cumulative"), percent_bounds(result)
        if target.cumulative is not None and had and is_exact(had):
            if _asked(target) < had.low and not _fewer_units(target, result):
                return _own(amount(target, "cumulative"), amount(result, "cumulative"), result)
            return ""
        if target.percent is not None and share and result.share_of == target.share_of == "all":
            asked = percent_bounds(target._replace(operator="="))
            return _own(percent_text(target), percent_text(result), result) if asked and share.above(asked) else ""
    return ""


def _own(target: str, reached: str, result: Target) -> str:
    words = {"target": target, "reached": reached, "year": result.year, "cite": result.cite}
    return _("the target is {target}, below the {reached} that the plan has reached in {year} ({cite})").format(**words)


def _fewer_units(target: Target, result: Target) -> bool:
    """Whether a count may fall because there are fewer units in all: 79 of 118 before a merger, 75 of 98 after it."""
    return None not in (target.total, result.total) and (target.total or 0) < (result.total or 0)


def _below_ledger(plan: Roadmap, target: Target, context: LintContext) -> str:
    """What the ledger had on the plan's day, where it is above a target still ahead."""
    if target.cumulative is None or target.year < plan.issued_by.year or target.within or own_results(plan, target):
        return ""
    had = _had(target, context)
    if _asked(target) >= had:
        return ""
    words = {"target": amount(target, "cumulative"), "reached": number(had)}
    return _("the target is {target}, but {reached} had been reached when the plan was issued").format(**words)


def _had(target: Target, context: LintContext) -> int:
    """What the ledger has of the lowest level that the figure counts."""
    ranks = {level.key: level.rank for level in context.programme.levels}
    levels = sorted(target.levels, key=lambda level: ranks.get(level, 0)) if counts_units(target) else []
    return context.reached.get((target.tier, levels[0]), 0) if levels else 0


def _asked(target: Target) -> int:
    low, high = printed_ends(target, "cumulative")
    return (high or low or 0) + (target.operator == ">")
