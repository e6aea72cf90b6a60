"""One cause, one finding: what a single wrong figure makes several checks say is told once, with that figure."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.roadmaps.checks.intervals import amount, percent_text
from ntmtrack.roadmaps.checks.words import field_word, said_of, when
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import Roadmap, Target

Run = Callable[[Roadmap], list[Finding]]
FIELDS = ("cumulative", "added", "percent", "total")


class Cause(NamedTuple):
    """A printed figure without which all of `findings` would not be; `left` is what is then found."""

    target: Target
    field: str
    findings: list[Finding]
    left: list[Finding]


def told_once(plan: Roadmap, ground: Ground, found: Sequence[Finding], run: Run) -> list[Finding]:
    """The findings with those of one cause as one; `run` gives those of the checks that do arithmetic.

    A figure that is told to be at fault is left out of what is said of the others, so that their sums start from one
    that is right. Example: 2022 prints 110 for 101. Then 90 + 11 is not 110, and 110 + 12 is not the 113 of 2023.
    """
    told = [finding for finding in found if finding.weight is Weight.NOTE or finding.line is None]
    serious = [finding for finding in found if finding not in told]
    for tier, within in dict.fromkeys((one.line.tier, one.line.within) for one in serious if one.line):
        alike = [target for target in plan.targets if (target.tier, target.within) == (tier, within)]
        told += _told(plan._replace(targets=tuple(alike)), ground, run)
    return told


def _told(plan: Roadmap, ground: Ground, run: Run) -> list[Finding]:
    """What is seriously wrong in the figures of one area, cause by cause, then whatever has none in common."""
    told = []
    serious = _serious(plan, run)
    while causes := _causes(plan, serious, run):
        told.append(_as_one(causes, ground))
        plan, serious = _without(plan, causes[0].target, causes[0].field), causes[0].left
    return [*told, *serious]


def _causes(plan: Roadmap, serious: Sequence[Finding], run: Run) -> list[Cause]:
    """The figures without which fewest findings are left, two less at least: several where any may be at fault."""
    causes = []
    for target, field in _cells(plan, serious) if len(serious) > 1 else ():
        left = _serious(_without(plan, target, field), run)
        gone = [finding for finding in serious if _about(finding) not in set(map(_about, left))]
        if len(gone) > 1 and len(left) <= len(serious) - 2:
            causes.append(Cause(target, field, gone, left))
    fewest = min((len(cause.left) for cause in causes), default=0)
    best = [cause for cause in causes if len(cause.left) == fewest]
    return [cause for cause in best if cause.findings == best[0].findings]


def _about(finding: Finding) -> tuple[object, ...]:
    """What a finding is of, whatever it says."""
    return finding.check, finding.line, finding.when


def _serious(plan: Roadmap, run: Run) -> list[Finding]:
    return [finding for finding in run(plan) if finding.weight is not Weight.NOTE]


def _cells(plan: Roadmap, serious: Sequence[Finding]) -> Iterator[tuple[Target, str]]:
    """The printed numbers that may be at fault: of the lines and years that something is wrong with, and the start."""
    lines = {finding.line for finding in serious}
    years = {plan.base_year, *(finding.year for finding in serious)}
    for target in plan.targets:
        for field in FIELDS if target.line in lines and target.year in years else ():
            if getattr(target, field) is not None:
                yield target, field


def _without(plan: Roadmap, target: Target, field: str) -> Roadmap:
    """The plan as if it did not print that figure."""
    changed = Target(**target._asdict() | {field: None})
    return plan._replace(targets=tuple(changed if each is target else each for each in plan.targets))


def _as_one(causes: Sequence[Cause], ground: Ground) -> Finding:
    """The first finding with what the others say, and the figure that alone explains all of them."""
    found = causes[0].findings
    first = found[0]
    clauses = [first.clause, *(_after(first, other) for other in found[1:])]
    if len(causes) == 1:
        clauses.append(_("the figure at odds: {figure}").format(figure=_figure(causes[0])))
    text = "; ".join(dict.fromkeys(clauses))
    assert first.line is not None
    return first._replace(
        weight=min((one.weight for one in found), key=list(Weight).index),
        year=causes[0].target.year if len(causes) == 1 else first.year,
        cite="; ".join(dict.fromkeys(one.cite for one in found)),
        text=said_of(first.line, first.when, text, ground),
        clause=text,
    )


def _after(first: Finding, other: Finding) -> str:
    """What another finding says, with its line and time only where they are not those of the first."""
    if other.line != first.line:
        return other.text
    plain = other.when == first.when or other.check == "headline"  # those say themselves that the period is meant
    return other.clause if plain else f"{other.when}: {other.clause}"


def _figure(cause: Cause) -> str:
    """The figure in words: "tăng thêm 2 (2025)"."""
    target = cause.target
    if cause.field in ("added", "cumulative"):
        shown = amount(target, "added" if cause.field == "added" else "cumulative")
    else:
        shown = percent_text(target) if cause.field == "percent" else str(target.total)
    return f"{field_word(cause.field)} {shown} ({when(target)})"
