"""Check of published figures about criteria: each recounted from what the communes were assessed by its day."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ntmtrack.commands.assessed_units import AssessedUnits, assessed_units
from ntmtrack.commands.checks.context import CheckContext, CheckFinding
from ntmtrack.commands.question import ReportSpec
from ntmtrack.dates import last_day, show_day
from ntmtrack.errors import YearOutsideProgrammes
from ntmtrack.i18n import _, number, signed
from ntmtrack.lint import Weight
from ntmtrack.lint.published_sums import AVERAGE, MET
from ntmtrack.model import Published, Tier
from ntmtrack.programmes import of_year
from ntmtrack.programmes.criteria.files import main_set
from ntmtrack.progress import ABSENT, total
from ntmtrack.progress.criteria import count_criteria, unassessed
from ntmtrack.reports.published import measure_label
from ntmtrack.roadmaps.bands import band_of, criterion_of
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.criteria import latest_assessments


def check_criteria(context: CheckContext) -> Iterator[CheckFinding]:
    """Published bands, criteria, averages of communes that the assessments count otherwise; what cannot be compared.

    A figure is compared once every commune was assessed by its day and nothing is left open that it counts.
    """
    of_days: dict[date, _DayAssessed | None] = {}
    sources_of: dict[str, list[str]] = defaultdict(list)
    open_on: dict[tuple[date, int, int], list[Published]] = defaultdict(list)
    left_out: list[Published] = []
    recounted = {one.published.key for one in context.recounted}
    for figure in context.published:
        if figure.key in recounted:
            continue
        day = last_day(figure.as_of)
        if _is_of_criteria(figure) and day not in of_days:
            of_days[day] = _assessed_on(context.connection, context.spec, day)
        assessed = of_days.get(day) if _is_of_criteria(figure) else None
        if assessed is None:
            left_out.append(figure)
            continue
        counted = assessed.count(figure.measure)
        if counted.known < assessed.communes:
            open_on[day, counted.known, assessed.communes].append(figure)
        elif differs := _difference(figure, counted.value):
            sources_of[differs].append(figure.source)
    for text, sources in sources_of.items():
        source = _("source: {source}").format(source=", ".join(dict.fromkeys(sources)))
        yield CheckFinding(Weight.DOUBT, f"{text}; {source}")
    for (day, known, communes), figures in open_on.items():
        text = _("{figures}, {day}: cannot be compared yet: {known} of {units} communes are assessed and concluded")
        facts = {"day": show_day(day.isoformat()), "known": number(known), "units": number(communes)}
        yield CheckFinding(Weight.NOTE, text.format(figures=_labels(figures), **facts))
    if left_out:
        text = _("published and not held against the ledger by this check: {figures}")
        yield CheckFinding(Weight.NOTE, text.format(figures=_labels(left_out)))


def _is_of_criteria(figure: Published) -> bool:
    measure = figure.measure
    return figure.tier is Tier.COMMUNE and bool(measure in (AVERAGE, MET) or band_of(measure) or criterion_of(measure))


def _difference(figure: Published, counted: Fraction) -> str:
    """The figure and what the ledger counts; "" where they agree, an average to the decimals that are printed."""
    printed = Decimal(figure.value)
    exponent = printed.as_tuple().exponent
    step = Fraction(1, 10 ** -int(exponent)) if figure.measure == AVERAGE else Fraction(1)
    if abs(counted - Fraction(printed)) < step:
        return ""
    shown = round(Decimal(counted.numerator) / counted.denominator, 2)
    count, gap = (shown, shown - printed) if figure.measure == AVERAGE else (int(counted), int(counted) - int(printed))
    text = _("{figure}: published {value}; the ledger has {counts}")
    return text.format(
        figure=f"{_label(figure)}, {show_day(figure.as_of)}",
        value=number(printed),
        counts=f"{number(count)} ({signed(gap)})",
    )


def _label(figure: Published) -> str:
    return measure_label(figure.tier, figure.measure, figure.as_of)


def _labels(figures: Sequence[Published]) -> str:
    return "; ".join(dict.fromkeys(map(_label, figures)))


class _Counted(NamedTuple):
    """What the ledger counts for a figure, and of how many communes it is known whether they count."""

    value: Fraction
    known: int


class _DayAssessed:
    """The communes of a scope on a day by what they were found to meet."""

    def __init__(self, connection: Connection, assessed: AssessedUnits, day: date) -> None:
        self._connection, self._assessed, self._day = connection, assessed, day
        self.communes = total(assessed.groups, Tier.COMMUNE, 0)
        self._known = self.communes - unassessed(assessed.groups, 0)

    def count(self, measure: str) -> _Counted:
        """What is counted for a band, a criterion, the average or the sum of criteria met."""
        if criterion := criterion_of(measure):
            return self._criterion(str(criterion))
        there = [group for group in self._assessed.groups if group.ranks[0] >= 0]
        if band := band_of(measure):
            high = self._assessed.of_set.total if band.high is None else band.high
            sure = sum(one.units for one in there if band.low <= one.ranks[0] and one.verified[0] <= high)
            out = sum(one.units for one in there if one.verified[0] < band.low or one.ranks[0] > high)
            return _Counted(Fraction(sure), sure + out)
        known = sum(one.units for one in there if one.ranks[0] == one.verified[0])
        met = sum(one.ranks[0] * one.units for one in there)
        return _Counted(Fraction(met, self._known or 1) if measure == AVERAGE else Fraction(met), known)

    def _criterion(self, code: str) -> _Counted:
        of_set = self._assessed.of_set
        found = latest_assessments(self._connection, of_set.key, self._day.isoformat())
        counted = [unit for unit, path in self._assessed.by_unit.items() if path.ranks[0] != ABSENT]
        counts = count_criteria([found[unit] for unit in counted if unit in found], of_set)
        one = next((one for one in counts if one.criterion.code == code), None)
        return _Counted(Fraction(one.met), one.assessed - one.not_concluded) if one else _Counted(Fraction(0), 0)


def _assessed_on(connection: Connection, spec: ReportSpec, day: date) -> _DayAssessed | None:
    """The communes assessed by the set of a day; None where there were no communes then, or no set is known."""
    try:
        period = of_year(day.year)
    except YearOutsideProgrammes:
        return None
    of_set = main_set(period.key, Tier.COMMUNE)
    if of_set is None:
        return None
    then = spec._replace(view=spec.view._replace(programme=period))
    found = _DayAssessed(connection, assessed_units(connection, then, of_set, [spec.moment_at(day)]), day)
    return found if found.communes else None
