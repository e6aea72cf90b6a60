"""Kiểu mẫu ≤ nâng cao ≤ NTM: what the figures of several levels say of each other."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, product

from ntmtrack.i18n import _, number
from ntmtrack.lint.base import Finding, LintContext, Weight, field_word, finding, units_word
from ntmtrack.lint.bases import Base, bases_of_list, counts_units, printed_totals, prints_total
from ntmtrack.lint.intervals import bounds, is_exact
from ntmtrack.lint.parts import context_of, excesses
from ntmtrack.model import Programme, Tier
from ntmtrack.roadmaps.model import Roadmap, Target, line_title


def check_levels(plan: Roadmap, ground: LintContext) -> Iterator[Finding]:
    """Levels that exceed a lower one, and counts that look like those by highest level."""
    yield from nesting(plan, ground)
    yield from mixtures(plan, ground)


_PRINTS: dict[str, Callable[[Target], bool]] = {
    "cumulative": lambda target: target.cumulative is not None,
    "percent": lambda target: target.percent is not None,
}


def nesting(plan: Roadmap, ground: LintContext) -> Iterator[Finding]:
    """Every figure that is larger than one of a lower level beside it; declared parts are another check's.

    Example: 66 model communes, but 60 advanced ones, that these are among.
    """
    for beside in _places(plan, ground.programme).values():
        for field, prints in _PRINTS.items():
            printing = [target for target in beside if prints(target)]
            for lower, higher in _neighbours(printing, ground.programme):
                if higher.part_of != lower.measure:
                    yield from _excess(field, lower, higher, ground)


def rank(target: Target, programme: Programme) -> int:
    """The rank of the lowest level that a figure counts; 0 where it counts something else."""
    ranks = {level.key: level.rank for level in programme.levels}
    return min((ranks.get(level, 0) for level in target.levels), default=0)


def _places(plan: Roadmap, programme: Programme) -> dict[tuple[object, ...], list[Target]]:
    """The figures of levels that stand beside each other."""
    places: dict[tuple[object, ...], list[Target]] = defaultdict(list)
    for target in plan.targets:
        if target.counts == "at-least" and rank(target, programme):
            places[context_of(target)].append(target)
    return places


def _neighbours(beside: Sequence[Target], programme: Programme) -> Iterator[tuple[Target, Target]]:
    """Each figure with those of the next level up that is printed."""
    ranked: dict[int, list[Target]] = defaultdict(list)
    for target in beside:
        ranked[rank(target, programme)].append(target)
    for lower, higher in pairwise(sorted(ranked)):
        yield from product(ranked[lower], ranked[higher])


def _excess(field: str, lower: Target, higher: Target, ground: LintContext) -> Iterator[Finding]:
    if field == "percent" and None not in (lower.cumulative, higher.cumulative):
        return  # the counts speak for themselves
    for exceeding, less, more in excesses(higher, lower):
        if exceeding == field:
            words = {"higher": more, "lower": less, "line": line_title(lower.line, ground.programme)}
            text = _("{higher} ({field}) exceed the {lower} of the level below ({line})").format(
                **words, field=field_word(field)
            )
            yield finding("nesting", Weight.CONTRADICTION, higher, ground, text)


def mixtures(plan: Roadmap, ground: LintContext) -> Iterator[Finding]:
    """Levels whose counts come exactly to all units, or to the level below, though each is said to hold those above.

    Questions, not verdicts: a sum may be so by chance, and of a province's few districts it often is.
    """
    for levels in _ladders(plan, ground, "at-least"):
        lowest = min(ground.programme.levels, key=lambda level: level.rank).key
        if levels[0].measure == lowest and levels[0].tier is Tier.COMMUNE:
            yield from _summed_to_all(plan, levels, ground) or _summed_to_lowest(levels, ground)
    for levels in _ladders(plan, ground, "highest"):
        yield from _against_cumulative(plan, levels, ground)


def _ladders(plan: Roadmap, ground: LintContext, counts: str) -> Iterator[list[Target]]:
    """The exact counts of single levels that stand beside each other, the lowest level first."""
    ranks = {level.key: level.rank for level in ground.programme.levels}
    places: dict[tuple[object, ...], dict[int, Target]] = defaultdict(dict)
    for target in plan.targets:
        alike = target.measure in ranks and target.counts == counts and counts_units(target)
        if alike and target.cumulative and is_exact(bounds(target, "cumulative")):
            places[context_of(target)][ranks[target.measure]] = target
    for levels in places.values():
        if len(levels) > 1:
            yield [levels[rank] for rank in sorted(levels)]


def _summed_to_all(plan: Roadmap, levels: Sequence[Target], ground: LintContext) -> list[Finding]:
    """Example: 60 at NTM, 30 advanced and 10 model of 100 communes; cumulative counts would have 100 at NTM."""
    printed = [target.total for target in levels if prints_total(target)] or _sizes(printed_totals(plan, levels[0]))
    if _sum(levels) not in (printed or _sizes(bases_of_list(ground, levels[0]))):
        return []
    words = {"sum": _terms(levels), "units": units_word(levels[0].tier)}
    text = _("{sum} are all {units}: are these the units whose highest level it is, not cumulative counts?")
    sure = len(levels) > 2 and (bool(printed) or ground.exact)
    weight = Weight.DOUBT if sure else Weight.NOTE
    return [finding("levels", weight, levels[0], ground, text.format(**words))]


def _summed_to_lowest(levels: Sequence[Target], ground: LintContext) -> list[Finding]:
    """Example: 110 at NTM, and beside them 80 advanced and 30 model: these two may be counted by highest level."""
    lowest, *higher = levels
    if len(higher) < 2 or _sum(higher) != lowest.cumulative:
        return []
    words = {"sum": _terms(higher), "line": line_title(lowest.line, ground.programme)}
    text = _("{sum}, as many as {line}: are these the units whose highest level it is, not cumulative counts?")
    return [finding("levels", Weight.NOTE, higher[0], ground, text.format(**words))]


def _sizes(bases: Sequence[Base]) -> list[int]:
    return [base.size for base in bases]


def _against_cumulative(plan: Roadmap, levels: Sequence[Target], ground: LintContext) -> Iterator[Finding]:
    """Counts by highest level that do not come to the cumulative count of the lowest of them.

    Example: highest levels 50 + 30 + 10 = 90, where 95 are at NTM or above.
    """
    alike = levels[0]._replace(counts="at-least")
    for whole in plan.targets:
        printed = bounds(whole, "cumulative")
        beside = whole.line == alike.line and context_of(whole) == context_of(alike)
        if beside and is_exact(printed) and _sum(levels) > (whole.cumulative or 0):
            words = {"sum": _terms(levels), "printed": number(whole.cumulative or 0)}
            text = _("by highest level {sum}, but {printed} is printed as the cumulative count").format(**words)
            yield finding("levels", Weight.CONTRADICTION, whole, ground, text)


def _sum(levels: Sequence[Target]) -> int:
    return sum(target.cumulative or 0 for target in levels)


def _terms(levels: Sequence[Target]) -> str:
    return f"{' + '.join(number(target.cumulative or 0) for target in levels)} = {number(_sum(levels))}"
