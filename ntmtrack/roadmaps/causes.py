"""One cause, one finding: what a single wrong figure makes several checks say is told once, with that figure."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.roadmaps.checks.printed import amount, percent_text
from ntmtrack.roadmaps.checks.words import field_word, said_of, when
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import LineKey, Roadmap, Target

Run = Callable[[Roadmap], list[Finding]]
FIELDS = ("cumulative", "added", "percent", "total")


class Cause(NamedTuple):
    """A printed figure without which all of `findings` would not be."""

    target: Target
    field: str
    findings: Sequence[Finding]


def told_once(plan: Roadmap, ground: Ground, found: Sequence[Finding], run: Run) -> list[Finding]:
    """The findings with those of one cause as one; `run` gives those of the checks that do arithmetic.

    Example: 2022 prints 110 for 101. Then 90 + 11 is not 110, and 110 + 12 is not the 113 of 2023: one wrong figure.
    """
    left = list(found)
    for line in _lines_told_of_twice(found):
        within = plan._replace(targets=tuple(target for target in plan.targets if target.line == line))
        while causes := _causes(within, run):
            gone = {finding.text for finding in causes[0].findings}
            if not gone <= {finding.text for finding in left}:
                break
            place = next(i for i, finding in enumerate(left) if finding.text in gone)
            left = [finding for finding in left if finding.text not in gone]
            left.insert(place, _as_one(causes, ground))
            within = _without(within, causes[0])
    return left


def _lines_told_of_twice(found: Sequence[Finding]) -> list[LineKey]:
    lines = [finding.line for finding in found if finding.line and finding.weight is not Weight.NOTE]
    return [line for line in dict.fromkeys(lines) if lines.count(line) > 1]


def _causes(plan: Roadmap, run: Run) -> list[Cause]:
    """The figures without which most findings, and two at least, would not be, where nothing else would be found."""
    serious = _serious(plan, run)
    causes = []
    for target, field in _cells(plan) if len(serious) > 1 else ():
        left = {finding.text for finding in _serious(_without(plan, Cause(target, field, ())), run)}
        gone = [finding for finding in serious if finding.text not in left]
        if len(gone) > 1 and left <= {finding.text for finding in serious}:
            causes.append(Cause(target, field, gone))
    most = max((len(cause.findings) for cause in causes), default=0)
    best = [cause for cause in causes if len(cause.findings) == most]
    return [cause for cause in best if cause.findings == best[0].findings]


def _serious(plan: Roadmap, run: Run) -> list[Finding]:
    return [finding for finding in run(plan) if finding.weight is not Weight.NOTE]


def _cells(plan: Roadmap) -> Iterator[tuple[Target, str]]:
    """Every printed number."""
    for target in plan.targets:
        for field in FIELDS:
            if getattr(target, field) is not None:
                yield target, field


def _without(plan: Roadmap, cause: Cause) -> Roadmap:
    """The plan as if it did not print that figure."""
    changed = Target(**cause.target._asdict() | {cause.field: None})
    return plan._replace(targets=tuple(changed if target is cause.target else target for target in plan.targets))


def _as_one(causes: Sequence[Cause], ground: Ground) -> Finding:
    """The first finding with what the others say, and the figure that alone explains all of them."""
    first, *others = causes[0].findings
    clauses = [first.clause]
    for other in others:
        plain = other.when == first.when or other.check == "headline"  # those say themselves that the period is meant
        clauses.append(other.clause if plain else f"{other.when}: {other.clause}")
    if len(causes) == 1:
        clauses.append(_("the figure at odds: {figure}").format(figure=_figure(causes[0])))
    line = first.line
    assert line is not None
    weight = min((one.weight for one in causes[0].findings), key=list(Weight).index)
    cite = "; ".join(dict.fromkeys(one.cite for one in causes[0].findings))
    text = "; ".join(dict.fromkeys(clauses))
    said = said_of(line, first.when, text, ground)
    year = causes[0].target.year if len(causes) == 1 else first.year
    return first._replace(weight=weight, year=year, cite=cite, text=said, clause=text)


def _figure(cause: Cause) -> str:
    """The figure in words: "tăng thêm 2 (2025)"."""
    target = cause.target
    if cause.field in ("added", "cumulative"):
        shown = amount(target, "added" if cause.field == "added" else "cumulative")
    else:
        shown = percent_text(target) if cause.field == "percent" else str(target.total)
    return f"{field_word(cause.field)} {shown} ({when(target)})"
