"""The linter of a plan: every check of it."""

from collections.abc import Callable, Iterator

from ntmtrack.roadmaps.checks import (
    districts,
    excess,
    falls,
    headlines,
    named,
    natures,
    nesting,
    open_bases,
    parts,
    percentages,
    reached,
    sums,
    totals,
    twice,
    versions,
    whole_units,
)
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import Roadmap

CHECKS: tuple[Callable[[Roadmap, Ground], Iterator[Finding]], ...] = (
    sums.findings,
    headlines.findings,
    parts.findings,
    nesting.findings,
    totals.findings,
    districts.findings,
    excess.findings,
    percentages.findings,
    whole_units.findings,
    falls.findings,
    named.findings,
    twice.findings,
    natures.findings,
    reached.findings,
    open_bases.findings,
    versions.findings,
)


def check(plan: Roadmap, ground: Ground) -> list[Finding]:
    """Everything that is wrong or worth knowing in a plan: contradictions first, then doubts, then notes."""
    found = [finding for each in CHECKS for finding in each(plan, ground)]
    return sorted(found, key=lambda finding: list(Weight).index(finding.weight))
