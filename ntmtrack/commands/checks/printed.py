"""Checks of published figures by their own arithmetic: per cents, bands and their whole, averages."""

from collections.abc import Iterable, Iterator

from ntmtrack.commands.checks.context import CheckContext, CheckFinding
from ntmtrack.commands.printed_shares import check_shares, sentence_on
from ntmtrack.lint import Weight
from ntmtrack.lint.published_sums import check_averages, check_bands
from ntmtrack.model import Published


def check_percents(context: CheckContext) -> Iterator[CheckFinding]:
    """Published per cents that their base does not give half up."""
    yield from _findings(check_shares(context.connection, context.spec, context.published, context.published))


def check_parts(context: CheckContext) -> Iterator[CheckFinding]:
    """Published wholes that their bands do not add up to, and averages that do not come of their sum."""
    reports: dict[tuple[object, ...], list[Published]] = {}
    for figure in context.published:
        reports.setdefault((figure.source, figure.as_of, figure.tier, figure.basis), []).append(figure)
    for figures in reports.values():
        yield from _findings(check_bands(figures))
        yield from _findings(check_averages(figures))


def _findings(found: Iterable[tuple[Published, Weight, str]]) -> Iterator[CheckFinding]:
    for figure, weight, clause in found:
        yield CheckFinding(weight, sentence_on(figure, clause))
