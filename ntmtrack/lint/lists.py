"""Lists of names: as many as the figure says, and no unit twice."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ntmtrack.i18n import _, number
from ntmtrack.lint import (
    CountField,
    Finding,
    Interval,
    LintContext,
    Weight,
    amount,
    bounds,
    exactly,
    field_word,
    finding,
    operator_of,
    percent_text,
)
from ntmtrack.lint.bases import bases_of_reading, declared_bases
from ntmtrack.lint.levels import counts_before
from ntmtrack.lint.names import bearers, kindless, listed_units
from ntmtrack.roadmaps import Roadmap, Target, by_line
from ntmtrack.roadmaps.keys import between_commas
from ntmtrack.roadmaps.shares import whole_units
from ntmtrack.units import split_kind


def check_lists(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Lists that are longer or shorter than their figure, and units that stand twice."""
    yield from check_lengths(plan, context)
    yield from check_repetitions(plan, context)


def check_lengths(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Every list of names that is longer or shorter than its figure."""
    for target in plan.targets:
        if target.units and not target.each and not _has_several_in_one(plan, target, context):
            if target.added is None and target.cumulative is None:
                yield from _against_percent(plan, target, context)
            else:
                yield from _against_count(plan, target, context)


def _has_several_in_one(plan: Roadmap, target: Target, context: LintContext) -> bool:
    """Whether a place of the list holds more than one unit, which is said where the names are weighed."""
    if not any(len(between_commas(text)) > 1 for text in target.units):
        return False
    listed = listed_units(plan, target.tier, context)
    return any(map(listed.in_one, target.units))


def _lengths(target: Target) -> list[Interval]:
    """How many units are named, without and with those in reserve."""
    return [exactly(len(target.units)), exactly(len(target.units) + len(target.reserve))]


def _against_count(plan: Roadmap, target: Target, context: LintContext) -> Iterator[Finding]:
    """The names against what is added, else against the cumulative count or what it has beyond an earlier one.

    Example: “thêm 06 huyện” with five names; five names and one in reserve are six.
    """
    field: CountField = "cumulative" if target.added is None else "added"
    allowed = bounds(target, field)
    if allowed is None or _agrees(plan, target, allowed):
        return
    names = _lengths(target)
    more = all(length.above(allowed) for length in names)  # fewer may be a list of some of them
    if more and target.name:  # a line of its own about these units, of which so many are to reach it
        return
    words = {"names": number(len(target.units)), "count": amount(target, field)}
    text = _("{names} units are named, but {count} is printed ({field})").format(**words, field=field_word(field))
    yield finding("named", Weight.CONTRADICTION if more else Weight.DOUBT, target, context, text)


def _agrees(plan: Roadmap, target: Target, allowed: Interval) -> bool:
    whole = bounds(target, "cumulative")
    for names in _lengths(target):
        if not names.apart(allowed) or names == whole:
            return True
        grown = (names.plus(exactly(before)) for before in counts_before(plan, target))
        if whole and target.added is None and any(not count.apart(whole) for count in grown):
            return True
    return False


def _against_percent(plan: Roadmap, target: Target, context: LintContext) -> Iterator[Finding]:
    """The names, and those that had reached the level before, against a per cent alone.

    Example: 60 % of 15 districts are 9; six names and two districts before make 8.
    """
    bases = declared_bases(plan, context, target) or bases_of_reading(plan, context, target, target.share_of)
    if target.percent is None or not bases or operator_of(target, "percent") == "<=":
        return
    named = len(target.units) + len(target.reserve)
    before = max(counts_before(plan, target), default=None)
    needed = min(whole_units(target._replace(operator=operator_of(target, "percent")), base.size)[0] for base in bases)
    if named + (before or 0) >= needed:
        return
    words = {"named": number(named), "percent": percent_text(target), "total": number(bases[0].size)}
    text = _("{named} units are named, but {percent} of {total} are {needed}").format(**words, needed=number(needed))
    if before:
        text += _("; {before} had reached it before").format(before=number(before))
    sure = before is not None and bool(declared_bases(plan, context, target))
    yield finding("named", Weight.DOUBT if sure else Weight.NOTE, target, context, text)


def check_repetitions(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Names that stand twice in one list, or in the lists of two years of a line."""
    for target in plan.targets:
        yield from _in_one_list(target, context)
    for figures in by_line(plan.targets).values():
        if figures[0].levels:
            yield from _in_two_years(figures, context)


def _in_one_list(target: Target, context: LintContext) -> Iterator[Finding]:
    """Names that stand twice among the units and the reserve; two units may bear one name.

    Example: huyện Hòn Đất among the units, and in reserve.
    """
    for names in ((*target.units, *target.reserve), target.registered):
        for alike in _alike(names).values():
            if len(alike) > _bearers(alike, target, context):
                text = _("{name} is named {count} times").format(name=alike[0], count=number(len(alike)))
                yield finding("named", Weight.DOUBT, target, context, text)


def _alike(names: Sequence[str]) -> dict[str, list[str]]:
    by_name: dict[str, list[str]] = {}
    for name in names:
        by_name.setdefault(kindless(name), []).append(name)
    return by_name


def _bearers(alike: Sequence[str], target: Target, context: LintContext) -> int:
    """How many units these names may be: as many as the list has, or as the kinds said ("huyện", "thành phố")."""
    kinds = {split_kind(name)[0] for name in alike} - {None}
    return max(1, len(kinds), len(bearers(alike[0], context.units.get(target.tier, ()))))


def _in_two_years(figures: Sequence[Target], context: LintContext) -> Iterator[Finding]:
    """Units that are to reach the level in a year, and again in a later one.

    Example: xã Mỹ Thuận among those of 2023 and those of 2024.
    """
    years = [figure for figure in figures if (figure.span, figure.nature) == ("year", "target") and figure.units]
    for later in sorted(years, key=lambda figure: figure.year):
        before = [figure for figure in years if figure.year < later.year and not _repeats(later, figure)]
        for key in Counter(map(kindless, later.units)):
            named = [(figure.year, name) for figure in before for name in _alike(figure.units).get(key, ())]
            alike = [name for _year, name in named] + _alike(later.units)[key]
            if named and len(alike) > _bearers(alike, later, context):
                text = _("{name} is named for {year} already, but counts once")
                text = text.format(name=alike[-1], year=min(named)[0])
                yield finding("named", Weight.DOUBT, later, context, text)


def _repeats(later: Target, earlier: Target) -> bool:
    """Whether a list may be of all units so far, with those of an earlier year."""
    names, added, cumulative = exactly(len(later.units)), bounds(later, "added"), bounds(later, "cumulative")
    if cumulative and not names.apart(cumulative):
        return True
    if added or cumulative:
        return False
    return set(_alike(earlier.units)) < set(_alike(later.units))
