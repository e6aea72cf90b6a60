"""A per cent whose base the document leaves open: what it may mean, and what each reading asks."""

from collections.abc import Iterator

from ntmtrack.i18n import N_, _, number
from ntmtrack.model import Level
from ntmtrack.roadmaps.checks.bases import Base, area, base_level, level_words, of_reading
from ntmtrack.roadmaps.checks.excess import is_over
from ntmtrack.roadmaps.checks.printed import operator_of, percent_text
from ntmtrack.roadmaps.checks.words import finding, units_word
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.shares import whole_units
from ntmtrack.targets import Roadmap, Target

_ASKED = {
    ">=": N_("at least {count} of {total}"),
    ">": N_("at least {count} of {total}"),
    "<=": N_("at most {count} of {total}"),
    "about": N_("about {count} of {total}"),
    "=": N_("{count} of {total}"),
}


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """One note for each per cent without a total whose base is open."""
    for target in plan.targets:
        if target.share_of == "open" and target.percent and target.total is None and not is_over(target):
            readings = _(" or ").join(_reading(plan, ground, target, reading) for reading in target.readings)
            words = {"percent": percent_text(target), "readings": readings}
            text = _("the document does not say of what {percent} is: {readings}").format(**words)
            yield finding("open", Weight.NOTE, target, ground, text)


def _reading(plan: Roadmap, ground: Ground, target: Target, reading: str) -> str:
    """One base in words, with what it asks in units where that is known."""
    level = base_level(ground.programme, target, reading)
    if reading == "all" or level is None:
        text = _("of all {units}").format(units=units_word(target.tier))
    else:
        text = _("of the {units}").format(units=level_words(target.tier, level))
    if bases := of_reading(plan, ground, target, reading):
        source = f", {bases[0].of}" if reading == "all" else ""
        return f"{text} ({_asked(target, bases[0].size, number(bases[0].size))}{source})"
    least = _least(plan, ground, target, level) if level else None
    return f"{text} ({_asked(target, least.size, least.of)})" if least else text


def _asked(target: Target, size: int, total: str) -> str:
    """What the per cent asks of so many: "at least 24 of 241"; for a range, both ends."""
    count = "–".join(number(end) for end in needed(target, size) if end is not None)
    return _(_ASKED.get(target.operator, _ASKED["="])).format(count=count, total=total)


def needed(target: Target, size: int) -> tuple[int, int | None]:
    """The units that the per cent of so many asks for, as progress counts them; of a range, both ends."""
    return whole_units(target._replace(operator=operator_of(target, "percent")), size)


def _least(plan: Roadmap, ground: Ground, target: Target, level: Level) -> Base | None:
    """The units at the base's level where the plan gives them as a per cent of all: the fewest it asks for."""
    bases = of_reading(plan, ground, target, "all")
    for other in plan.targets if bases else ():
        alike = (area(other), other.year, other.measure) == (area(target), target.year, level.key)
        if alike and other.percent and other.share_of == "all" and other.operator in ("=", ">=", ">"):
            size, _high = needed(other, bases[0].size)
            return Base(size, number(size) if other.operator == "=" else f"≥ {number(size)}")
    return None
