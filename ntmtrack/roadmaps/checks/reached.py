"""Targets below what the ledger already had on the plan's own day."""

from collections.abc import Iterator

from ntmtrack.i18n import _, number
from ntmtrack.roadmaps.checks.bases import counts_units
from ntmtrack.roadmaps.checks.printed import amount, printed
from ntmtrack.roadmaps.checks.words import finding
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import LineKey, Roadmap, Target


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Each target that asks for fewer units than had reached the level, once a line and year."""
    said: set[tuple[LineKey, int]] = set()
    for target in plan.targets:
        had = _had(target, ground)
        if _counts_up(target, plan) and _asked(target) < had and (target.line, target.year) not in said:
            said.add((target.line, target.year))
            words = {"target": amount(target, "cumulative"), "reached": number(had)}
            text = _("the target is {target}, but {reached} had been reached when the plan was issued")
            yield finding("reached", Weight.DOUBT, target, ground, text.format(**words))


def _counts_up(target: Target, plan: Roadmap) -> bool:
    """Whether it is a count of units at a level, or above it, that is still to be reached."""
    ahead = target.nature == "target" and target.year >= plan.issued_by.year and target.cumulative is not None
    return ahead and target.operator != "<=" and target.counts == "at-least" and not target.within


def _had(target: Target, ground: Ground) -> int:
    """What the ledger has of the lowest level that the figure counts."""
    ranks = {level.key: level.rank for level in ground.programme.levels}
    levels = sorted(target.levels, key=lambda level: ranks.get(level, 0)) if counts_units(target) else []
    return ground.reached.get((target.tier, levels[0]), 0) if levels else 0


def _asked(target: Target) -> int:
    low, high = printed(target, "cumulative")
    return (high or low or 0) + (target.operator == ">")
