"""Kiểu mẫu ≤ nâng cao ≤ NTM: a unit at a level is also at those below it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, product

from ntmtrack.i18n import _
from ntmtrack.model import Programme
from ntmtrack.roadmaps.checks.parts import excesses, place
from ntmtrack.roadmaps.checks.words import field_word, finding
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import Roadmap, Target, line_title

_PRINTS: dict[str, Callable[[Target], bool]] = {
    "cumulative": lambda target: target.cumulative is not None,
    "percent": lambda target: target.percent is not None,
}


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Every figure that is larger than one of a lower level beside it; declared parts are another check's."""
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
            places[place(target)].append(target)
    return places


def _neighbours(beside: Sequence[Target], programme: Programme) -> Iterator[tuple[Target, Target]]:
    """Each figure with those of the next level up that is printed."""
    ranked: dict[int, list[Target]] = defaultdict(list)
    for target in beside:
        ranked[rank(target, programme)].append(target)
    for lower, higher in pairwise(sorted(ranked)):
        yield from product(ranked[lower], ranked[higher])


def _excess(field: str, lower: Target, higher: Target, ground: Ground) -> Iterator[Finding]:
    if field == "percent" and None not in (lower.cumulative, higher.cumulative):
        return  # the counts speak for themselves
    for exceeding, less, more in excesses(higher, lower):
        if exceeding == field:
            words = {"higher": more, "lower": less, "line": line_title(lower.line, ground.programme)}
            text = _("{higher} ({field}) exceed the {lower} of the level below ({line})").format(
                **words, field=field_word(field)
            )
            yield finding("nesting", Weight.CONTRADICTION, higher, ground, text)
