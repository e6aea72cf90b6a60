"""The linter of a plan: every check of it."""

from collections.abc import Callable, Iterator, Sequence

from ntmtrack.lint import (
    Finding,
    LintContext,
    Weight,
    headlines,
    levels,
    lists,
    names,
    parts,
    percents,
    remarks,
    sums,
    totals,
)
from ntmtrack.lint.contradictions import merge_by_cause, merge_by_figure
from ntmtrack.roadmaps import Roadmap

PlanCheck = Callable[[Roadmap, LintContext], Iterator[Finding]]

ARITHMETIC: tuple[PlanCheck, ...] = (  # of counts and per cents, where one wrong figure may show several times
    sums.check_sums,
    headlines.check_floors,
    headlines.check_headlines,
    totals.check_totals,
    percents.check_percents,
    levels.check_results,
    levels.check_levels,
)
OTHERS: tuple[PlanCheck, ...] = (parts.check_parts, names.check_named_units, lists.check_lists, remarks.check_remarks)


def check_plan(plan: Roadmap, context: LintContext) -> list[Finding]:
    """Everything that is wrong or worth knowing in a plan: contradictions first, then doubts, then notes."""
    figures = merge_by_cause(
        plan, context, _run(ARITHMETIC, plan, context), lambda part: _run(ARITHMETIC, part, context)
    )
    everything = [*figures, *_run(OTHERS, plan, context)]
    findings = merge_by_figure(plan, context, everything, lambda part: _run((*ARITHMETIC, *OTHERS), part, context))
    return sorted(findings, key=lambda finding: list(Weight).index(finding.weight))


def _run(checks: Sequence[PlanCheck], plan: Roadmap, context: LintContext) -> list[Finding]:
    return [finding for check in checks for finding in check(plan, context)]
