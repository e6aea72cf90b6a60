"""As many units are named as the figure says, with or without those in reserve."""

from collections.abc import Iterator

from ntmtrack.i18n import _, number
from ntmtrack.roadmaps.checks.bases import declared, of_reading
from ntmtrack.roadmaps.checks.intervals import Interval, bounds, exactly
from ntmtrack.roadmaps.checks.printed import Field, amount, operator_of, percent_text
from ntmtrack.roadmaps.checks.results import counts_before
from ntmtrack.roadmaps.checks.words import field_word, finding
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.shares import whole_units
from ntmtrack.targets import Roadmap, Target


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Every list of names that is longer or shorter than its figure."""
    for target in plan.targets:
        if target.units and not target.each:
            if target.added is None and target.cumulative is None:
                yield from _against_percent(plan, target, ground)
            else:
                yield from _against_count(plan, target, ground)


def _lengths(target: Target) -> list[Interval]:
    """How many units are named, without and with those in reserve."""
    return [exactly(len(target.units)), exactly(len(target.units) + len(target.reserve))]


def _against_count(plan: Roadmap, target: Target, ground: Ground) -> Iterator[Finding]:
    """The names against what is added, else against the cumulative count or what it has beyond an earlier one.

    Example: “thêm 06 huyện” with five names; five names and one in reserve are six.
    """
    field: Field = "cumulative" if target.added is None else "added"
    allowed = bounds(target, field)
    if allowed is None or _agrees(plan, target, allowed):
        return
    names = _lengths(target)
    words = {"names": number(len(target.units)), "count": amount(target, field)}
    text = _("{names} units are named, but {count} is printed ({field})").format(**words, field=field_word(field))
    more = all(length.above(allowed) for length in names)  # fewer may be a list of some of them
    yield finding("named", Weight.CONTRADICTION if more else Weight.DOUBT, target, ground, text)


def _agrees(plan: Roadmap, target: Target, allowed: Interval) -> bool:
    whole = bounds(target, "cumulative")
    for names in _lengths(target):
        if not names.apart(allowed) or names == whole:
            return True
        grown = (names.plus(exactly(before)) for before in counts_before(plan, target))
        if whole and target.added is None and any(not count.apart(whole) for count in grown):
            return True
    return False


def _against_percent(plan: Roadmap, target: Target, ground: Ground) -> Iterator[Finding]:
    """The names, and those that had reached the level before, against a per cent alone.

    Example: 60 % of 15 districts are 9; six names and two districts before make 8.
    """
    bases = declared(plan, ground, target) or of_reading(plan, ground, target, target.share_of)
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
    sure = before is not None and bool(declared(plan, ground, target))
    yield finding("named", Weight.DOUBT if sure else Weight.NOTE, target, ground, text)
