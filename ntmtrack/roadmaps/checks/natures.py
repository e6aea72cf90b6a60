"""Targets for years gone by, and results among the targets."""

from collections.abc import Iterator, Sequence

from ntmtrack.days import show_day
from ntmtrack.i18n import _
from ntmtrack.roadmaps.checks.printed import amount, percent_text
from ntmtrack.roadmaps.checks.words import finding
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import Roadmap, Target, line_title


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Targets that were past when the plan was issued, results of years to come, and one note of all results.

    A past target with its result beside it is a table of what was planned and done.
    """
    told = {(target.line, target.year) for target in plan.targets if target.nature != "target"}
    aims = [target for target in plan.targets if target.nature == "target" and (target.line, target.year) not in told]
    past = [target for target in aims if target.year < plan.issued_by.year]
    for year in sorted({target.year for target in past}):
        yield _past(plan, year, [target for target in past if target.year == year], ground)
    for target in plan.targets:
        if target.nature == "actual" and target.year > plan.issued_by.year:
            text = _("called a result, but of a year after the plan was issued ({day})")
            yield finding("nature", Weight.CONTRADICTION, target, ground, text.format(day=show_day(plan.issued_on)))
    yield from _results(plan, ground)


def _past(plan: Roadmap, year: int, targets: Sequence[Target], ground: Ground) -> Finding:
    """One doubt of all targets of a year that was over."""
    lines = "; ".join(dict.fromkeys(line_title(target.line, ground.programme) for target in targets))
    words = {"year": year, "day": show_day(plan.issued_on), "lines": lines}
    text = _("Targets for {year}, which was over when the plan was issued ({day}): {lines}").format(**words)
    return Finding("nature", Weight.DOUBT, targets[0].line, year, targets[0].cite, text)


def _results(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """One note with every figure that was reached already when the plan was issued."""
    results = [t for t in plan.targets if t.nature == "actual" and t.year <= plan.issued_by.year]
    if not results or all(target.nature != "target" for target in plan.targets):
        return
    years = sorted({target.year for target in results})
    listed = "; ".join(f"{year}: {_figures(results, year, ground)}" for year in years)
    words = {"day": show_day(plan.issued_on), "figures": listed}
    text = _("Already reached when the plan was issued ({day}), not targets: {figures}").format(**words)
    year = years[0] if len(years) == 1 else None
    yield Finding("nature", Weight.NOTE, None, year, results[0].cite, text)


def _figures(results: Sequence[Target], year: int, ground: Ground) -> str:
    return ", ".join(
        f"{line_title(target.line, ground.programme)} {_figure(target)}" for target in results if target.year == year
    )


def _figure(target: Target) -> str:
    """The most telling figure that is printed: in all, added, or per cent."""
    if target.cumulative is not None:
        return amount(target, "cumulative")
    if target.added is not None:
        return f"+{amount(target, 'added')}"
    return percent_text(target) if target.percent else target.value or ""
