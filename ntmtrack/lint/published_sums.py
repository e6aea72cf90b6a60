"""Parts that reports print beside their whole: bands of criteria and the total, an average and what it came of."""

from collections.abc import Iterator, Sequence
from itertools import islice

from ntmtrack.dates import last_day
from ntmtrack.i18n import _, number, signed
from ntmtrack.lint import Weight
from ntmtrack.lint.percents import rounding_words
from ntmtrack.lint.published_shares import is_beside, total_beside
from ntmtrack.model import Published
from ntmtrack.programmes.criteria.files import criteria_number
from ntmtrack.roadmaps.bands import Band, band_of, partitions
from ntmtrack.roadmaps.shares import PLACES, WHOLE, Rounding, decimals, per_cent, rounded, rounding_of

AVERAGE, MET = "criteria-average", "criteria-met"
_ALL = Band(0)
_MOST_WAYS = 1_000  # in which bands are put together; reports print five


def check_bands(figures: Sequence[Published]) -> Iterator[tuple[Published, Weight, str]]:
    """Every whole that its bands do not add up to, of the figures of one source, day and tier.

    Example: 33 + 7 + 44 + 34 + 0 = 118, but 119 is printed.
    """
    counts = {band: figure for figure in figures if figure.value.isdecimal() and (band := band_of(figure.measure))}
    if not counts:
        return
    first = next(iter(counts.values()))
    total = total_beside(first, figures)
    wholes = {band: int(figure.value) for band, figure in counts.items()} | ({_ALL: total} if total else {})
    for whole, printed in wholes.items():
        for parts in islice(partitions(whole, counts), _MOST_WAYS):
            values = [int(counts[part].value) for part in parts]
            if sum(values) != printed:
                words = {"sum": " + ".join(map(number, values)), "counted": number(sum(values))}
                words |= {"printed": number(printed), "gap": signed(sum(values) - printed)}
                text = _("{sum} = {counted}, but {printed} is printed ({gap})").format(**words)
                yield counts.get(whole, first._replace(measure="units")), Weight.DOUBT, text
                break


def check_averages(figures: Sequence[Published]) -> Iterator[tuple[Published, Weight, str]]:
    """Every average that the sum of criteria and the number of units that its source prints do not give.

    Example: 1.842/116 = 15,88, but 15,98 is printed.
    """
    for figure in figures:
        if figure.measure == AVERAGE:
            beside = [other for other in figures if is_beside(other, figure)]
            met = next((other for other in beside if other.measure == MET and other.value.isdecimal()), None)
            criteria = criteria_number(last_day(figure.as_of).year, figure.tier)
            own = figure.total if figure.total != criteria else None  # 16,8 of 19 is of criteria, not of communes
            if met and (of := own or met.total or total_beside(figure, [one for one in beside if one is not figure])):
                yield from _average(figure, int(met.value), of)


def _average(figure: Published, met: int, of: int) -> Iterator[tuple[Published, Weight, str]]:
    printed, size = figure.value.replace(".", ","), WHOLE * of  # per cents of which are what met/of itself is
    way = rounding_of(met, size, printed)
    if way is Rounding.HALF_UP:
        return
    exact = number(rounded(per_cent(met, size), max(PLACES, decimals(printed))))
    words = {"ratio": f"{number(met)}/{number(of)} = {exact}", "printed": printed}
    text = _("{ratio}, but {printed} is printed").format(**words)
    if way:
        yield figure, Weight.NOTE, f"{text}; {rounding_words(way, met, size, printed)}"
    else:
        yield figure, Weight.DOUBT, text
