"""Per cents that reports print beside their counts: half up in silence; cut off, rounded twice, or of another base."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack.dates import last_day
from ntmtrack.i18n import N_, _, number
from ntmtrack.lint import Weight, units_word
from ntmtrack.lint.bases import Base
from ntmtrack.lint.percents import beside_printed, explain_percent, fits_base
from ntmtrack.model import Level, Published
from ntmtrack.programmes import nearest_to
from ntmtrack.programmes.ladders import ladder_of, level_measured, measure_of
from ntmtrack.roadmaps import READINGS, Target
from ntmtrack.roadmaps.shares import rounding_of

ADDED = ".added"
UNITS = "units"  # the measure of how many there are in all
_BASES = {
    "all": N_("all {units}"),
    "ntm": N_("{units} at NTM"),
    "nested": N_("{units} at the level just below"),
}
_TOLD_BY = (
    N_("{units}, by the same source"),
    N_("{units}, in the ledger"),
    N_("{units}, in the ledger by day of decision"),
)
_NONE: Mapping[str, int] = MappingProxyType({})


class KnownBases(NamedTuple):
    """What a per cent may be of, by "all", "ntm", "nested": as its own source prints it, as the ledger counts it.

    The ledger counts by the year recognised for and by the day of decision; one of them where it is told which.
    """

    own: Mapping[str, int] = _NONE
    by_year: Mapping[str, int] = _NONE
    by_decision: Mapping[str, int] = _NONE


def base_levels(figure: Published) -> dict[str, Level]:
    """The levels whose units the per cent of a figure may be of, beside all: the lowest, and the one just below."""
    programme = nearest_to(last_day(figure.as_of).year)
    measured = level_measured(programme, figure.measure.removesuffix(ADDED))
    levels = ladder_of(programme, measured[0] if measured else "own").levels
    if measured is None:
        return {"ntm": levels[0]}
    lower = [level for level in levels if level.rank < measured[1].rank]
    return {"ntm": lower[0], "nested": lower[-1]} if lower else {}


def own_bases(figure: Published, beside: Sequence[Published]) -> dict[str, int]:
    """The bases that a source prints itself: its figures of the same tier and day."""
    programme = nearest_to(last_day(figure.as_of).year)
    measured = level_measured(programme, figure.measure.removesuffix(ADDED))
    ladder = measured[0] if measured else "own"
    alike = [other for other in beside if is_beside(other, figure)]
    said = {other.measure: int(other.value) for other in alike if other.value.isdecimal()}
    bases = {
        share: said[key]
        for share, level in base_levels(figure).items()
        if (key := measure_of(programme, ladder, level)) in said
    }
    total = total_beside(figure, alike)
    return bases | ({"all": total} if total else {})


def is_beside(figure: Published, other: Published) -> bool:
    """Whether two figures are of one report: of its source, day and tier, counted in one way."""
    told = ("source", "as_of", "tier", "basis")
    return all(getattr(figure, name) == getattr(other, name) for name in told)


def total_beside(figure: Published, beside: Sequence[Published]) -> int | None:
    """How many units of the tier there are in all, as the source of a figure prints it beside."""
    alike = [other for other in beside if is_beside(other, figure)]
    whole = next((int(other.value) for other in alike if other.measure == UNITS and other.value.isdecimal()), None)
    totals = (other.total for other in alike if other.value.isdecimal() and other.share_of in (None, "all"))
    return whole or next((total for total in totals if total), None)


def check_share(figure: Published, known: KnownBases) -> tuple[Weight, str] | None:
    """What is wrong with a printed per cent, as a clause with its arithmetic; None where its base gives it half up.

    Example: 33/119 = 27,73%, but 27,32% is printed; no known base gives it.
    """
    if figure.percent is None or not figure.value.isdecimal():
        return None
    if figure.share_of not in (None, "all", *base_levels(figure)):
        return Weight.DOUBT, _("said to be of units at a level below, and there is none")
    count, printed = int(figure.value), figure.percent
    target = Target(
        tier=figure.tier,
        measure="other",
        year=last_day(figure.as_of).year,
        nature="actual",
        cumulative=count,
        percent=printed,
    )
    every = _every_base(figure, known)
    declared = _declared(figure, known, every)
    if not declared or any(fits_base(base.size, target) for base in declared):
        return None
    declared.sort(key=lambda base: rounding_of(count, base.size, printed) is None)
    others = [base for base in every if base not in declared]
    text = beside_printed(declared[0].size, target)
    if reason := explain_percent(declared, [], target):
        return Weight.NOTE, f"{text}; {reason}"
    if reason := explain_percent([], others, target):
        return Weight.DOUBT, f"{text}; {reason}"
    tried = _("no known base gives it: {bases}").format(
        bases=", ".join(f"{number(base.size)} ({base.of})" for base in (*declared, *others))
    )
    return Weight.DOUBT, f"{text}; {tried}"


def _every_base(figure: Published, known: KnownBases) -> list[Base]:
    """Every denominator that may be meant, each size once: as printed, then as the ledger has it."""
    bases = [Base(figure.total, _("the printed total"))] if figure.total else []
    bases += [
        Base(of[share], _(by).format(units=_(_BASES[share]).format(units=units_word(figure.tier))))
        for of, by in zip(known, _TOLD_BY, strict=True)
        for share in READINGS
        if share in of
    ]
    by_size: dict[int, Base] = {}
    for base in bases:
        if base.size and base.size >= int(figure.value):  # of fewer it cannot be a part
            by_size.setdefault(base.size, base)
    return [*by_size.values()]


def _declared(figure: Published, known: KnownBases, every: Sequence[Base]) -> list[Base]:
    """The denominators of which the per cent is said to be; where nothing is said the printed total, else any.

    None where it is said to be of units whose number nobody tells.
    """
    if figure.share_of is None:
        return [base for base in every if figure.total in (None, base.size)]
    told = {of[figure.share_of] for of in known if figure.share_of in of}
    totals = {of["all"] for of in known if "all" in of}
    if figure.total and (figure.share_of == "all" or (told and figure.total not in totals)):
        told.add(figure.total)  # beside a share of some it may be the number of those
    return [base for base in every if base.size in told]
