"""Check of published figures: each recounted, and the units and actions named that explain where it differs."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ntmtrack.commands.checks.context import CheckContext, CheckFinding
from ntmtrack.commands.checks.criteria import check_criteria
from ntmtrack.commands.checks.explanation import exchanged, explained_figures, published_standings
from ntmtrack.commands.recount import is_added
from ntmtrack.dates import show_day
from ntmtrack.i18n import _, number, signed
from ntmtrack.lint import Weight
from ntmtrack.model import Basis
from ntmtrack.reports.checks import RecountedFigure, published_label
from ntmtrack.reports.labels import basis_label


def check_figures(context: CheckContext) -> Iterator[CheckFinding]:
    """Published figures that the ledger counts otherwise, or does so on one basis only, each with what explains it.

    Also those of which the number agrees and the units do not. What several reports say alike is told once.
    """
    sources_of: dict[tuple[Weight, str, tuple[str, ...]], list[str]] = defaultdict(list)
    for figure in context.recounted:
        if judged := _judged(context, figure):
            weight, causes, units = judged
            sources_of[weight, "; ".join([_figure_words(figure, _counted(figure)), *causes]), tuple(units)].append(
                figure.published.source
            )
    for (weight, text, named), sources in sources_of.items():
        source = _("source: {source}").format(source=", ".join(dict.fromkeys(sources)))
        yield CheckFinding(weight, f"{text}; {source}", named)
    yield from check_criteria(context)


def explanation(context: CheckContext, figure: RecountedFigure) -> str:
    """What explains that the ledger counts otherwise: units, decisions, actions; "" where nothing is known."""
    judged = _judged(context, figure)
    return "; ".join(judged[1]) if judged else ""


def _counted(figure: RecountedFigure) -> dict[Basis, int | None]:
    """What the ledger counts on each basis on which the figure may have been counted."""
    counted = {Basis.YEAR: figure.by_year, Basis.DECISION: figure.by_decision}
    return {figure.published.basis: counted[figure.published.basis]} if figure.published.basis else counted


def _judged(context: CheckContext, figure: RecountedFigure) -> tuple[Weight, list[str], list[str]] | None:
    """What is to be said of one figure, with the units named; None where number and units agree on every basis."""
    counted = _counted(figure)
    value = int(figure.published.value)
    agrees = [basis for basis, count in counted.items() if count == value]
    if len(agrees) == len(counted):
        causes, units = exchanged(context, figure, agrees[0])
        return (Weight.NOTE, causes, units) if causes else None
    causes, units = ([], []) if is_added(figure.published) else explained_figures(context, figure, counted)
    return Weight.NOTE if agrees else Weight.DOUBT, causes, units


def check_unit_totals(context: CheckContext) -> Iterator[CheckFinding]:
    """Published figures whose whole is not the number of units that the ledger has on that day."""
    for figure in context.recounted:
        if figure.published.total is None:
            continue
        of = _number_of_units(context, figure)
        is_of_some = figure.published.share_of not in (None, "all")  # the total may then be that of those alone
        if of is not None and of != figure.published.total and not (is_of_some and figure.published.total < of):
            text = _("{figure}: published of {total} units; the ledger has {of} on that day; source: {source}")
            sentence = text.format(
                figure=_figure(figure),
                total=number(figure.published.total),
                of=number(of),
                source=figure.published.source,
            )
            yield CheckFinding(Weight.NOTE, sentence)


def _figure_words(figure: RecountedFigure, counted: Mapping[Basis, int | None]) -> str:
    """The figure and what the ledger counts on each basis."""
    value = int(figure.published.value)
    parts = []
    for basis, count in counted.items():
        if count == value:
            parts.append(_("{count} {basis} (the same)").format(count=number(count), basis=basis_label(basis)))
        elif count is not None:
            gap = signed(count - value)
            parts.append(_("{count} {basis} ({gap})").format(count=number(count), basis=basis_label(basis), gap=gap))
    text = _("{figure}: published {value}; the ledger has {counts}")
    return text.format(figure=_figure(figure), value=number(value), counts=", ".join(parts) or "–")


def _figure(figure: RecountedFigure) -> str:
    """What a published figure counts, with its day; what was added in a year has the year in its name."""
    label = published_label(figure)
    return label if is_added(figure.published) else f"{label}, {show_day(figure.published.as_of)}"


def _number_of_units(context: CheckContext, figure: RecountedFigure) -> int | None:
    """How many units the ledger has on the day of the figure; None where it has none."""
    return sum(path.ranks[0] >= 0 for path in published_standings(context, figure, Basis.YEAR).values()) or None
