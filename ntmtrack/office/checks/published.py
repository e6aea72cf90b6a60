"""Check of published figures: each recounted, and the units and actions named that explain where it differs."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ntmtrack.dates import show_day
from ntmtrack.i18n import _, number, signed
from ntmtrack.lint import Weight
from ntmtrack.model import Basis
from ntmtrack.office.checks.books import Books, Found
from ntmtrack.office.checks.explaining import exchanged, explained, standings
from ntmtrack.office.recounting import is_added
from ntmtrack.reports.checks import RecountedFigure, published_label
from ntmtrack.reports.labels import basis_label


def figures(books: Books) -> Iterator[Found]:
    """Published figures that the ledger counts otherwise, or does so on one basis only, each with what explains it.

    Also those of which the number agrees and the units do not. What several reports say alike is told once.
    """
    found: dict[tuple[Weight, str, tuple[str, ...]], list[str]] = defaultdict(list)
    for one in books.recounted:
        if judged := _judged(books, one):
            weight, told, units = judged
            found[weight, "; ".join([_said(one, _counted(one)), *told]), tuple(units)].append(one.published.source)
    for (weight, text, named), sources in found.items():
        source = _("source: {source}").format(source=", ".join(dict.fromkeys(sources)))
        yield Found(weight, f"{text}; {source}", named)


def explanation(books: Books, one: RecountedFigure) -> str:
    """What explains that the ledger counts otherwise: units, decisions, actions; "" where nothing is known."""
    judged = _judged(books, one)
    return "; ".join(judged[1]) if judged else ""


def _counted(one: RecountedFigure) -> dict[Basis, int | None]:
    """What the ledger counts on each basis on which the figure may have been counted."""
    counted = {Basis.YEAR: one.by_year, Basis.DECISION: one.by_decision}
    return {one.published.basis: counted[one.published.basis]} if one.published.basis else counted


def _judged(books: Books, one: RecountedFigure) -> tuple[Weight, list[str], list[str]] | None:
    """What is to be said of one figure, with the units named; None where number and units agree on every basis."""
    counted = _counted(one)
    value = int(one.published.value)
    agrees = [basis for basis, count in counted.items() if count == value]
    if len(agrees) == len(counted):
        told, units = exchanged(books, one, agrees[0])
        return (Weight.NOTE, told, units) if told else None
    told, units = ([], []) if is_added(one.published) else explained(books, one, counted)
    return Weight.NOTE if agrees else Weight.DOUBT, told, units


def totals(books: Books) -> Iterator[Found]:
    """Published figures whose whole is not the number of units that the ledger has on that day."""
    for one in books.recounted:
        if one.published.total is None:
            continue
        of = _number_of_units(books, one)
        if of is not None and of != one.published.total:
            text = _("{figure}: published of {total} units; the ledger has {of} on that day; source: {source}")
            said = text.format(
                figure=_figure(one), total=number(one.published.total), of=number(of), source=one.published.source
            )
            yield Found(Weight.NOTE, said)


def _said(one: RecountedFigure, counted: Mapping[Basis, int | None]) -> str:
    """The figure and what the ledger counts on each basis."""
    value = int(one.published.value)
    parts = []
    for basis, count in counted.items():
        if count == value:
            parts.append(_("{count} {basis} (the same)").format(count=number(count), basis=basis_label(basis)))
        elif count is not None:
            gap = signed(count - value)
            parts.append(_("{count} {basis} ({gap})").format(count=number(count), basis=basis_label(basis), gap=gap))
    text = _("{figure}: published {value}; the ledger has {counts}")
    return text.format(figure=_figure(one), value=number(value), counts=", ".join(parts) or "–")


def _figure(one: RecountedFigure) -> str:
    """What a published figure counts, with its day; what was added in a year has the year in its name."""
    label = published_label(one)
    return label if is_added(one.published) else f"{label}, {show_day(one.published.as_of)}"


def _number_of_units(books: Books, one: RecountedFigure) -> int | None:
    """How many units the ledger has on the day of the figure; None where it has none."""
    return sum(path.standings[0] >= 0 for path in standings(books, one, Basis.YEAR).values()) or None
