"""One line of the progress worked out step by step, and the units behind it."""

import sqlite3
from collections.abc import Sequence

from ntmtrack.errors import UnknownLevel, UnknownMeasure
from ntmtrack.model import Level, Tier
from ntmtrack.office.lists import behind_number
from ntmtrack.office.progress import grounds, lines_of, since_base
from ntmtrack.office.viewpoint import Viewpoint
from ntmtrack.programmes import find_level
from ntmtrack.progress.lines import Line
from ntmtrack.reports import explanation
from ntmtrack.reports.plan_words import key_label
from ntmtrack.reports.values import Report
from ntmtrack.text import squeeze


def explained(
    connection: sqlite3.Connection, at: Viewpoint, tier: Tier, typed: str, *, straight: bool = False
) -> Report:
    """The computation of one line, its figures and rules, and the units that are counted; raises UnknownMeasure."""
    seen = since_base(connection, at, at.base_year)
    lines = lines_of(connection, seen, at, at.roadmap, straight=straight)
    beside = [line for held in at.plans.beside for line in lines_of(connection, seen, at, held.plan)]
    chosen = _chosen(lines, at, tier, typed) or _chosen(beside, at, tier, typed)
    if not chosen:
        raise UnknownMeasure(measure=typed, known=_known([*lines, *beside], at))
    counted = [line for line in chosen if line.actual and line.level and not line.key.each]
    to_come = at.moment.day.year > at.today.year
    units = None
    if counted and not to_come:
        highest = counted[0].key.counts == "highest"
        units = behind_number(connection, at, tier, _level(counted[0]), highest=highest)
    return explanation.explained(chosen, grounds(connection, at), units)


def _chosen(lines: Sequence[Line], at: Viewpoint, tier: Tier, typed: str) -> list[Line]:
    """The lines that `typed` means: those of a level of the tier, else those of another measure, of any tier."""
    try:
        level = find_level(at.view.programme, typed, tier)
    except UnknownLevel:
        found = [line for line in lines if squeeze(typed) in (squeeze(line.key.measure), squeeze(line.key.name or ""))]
    else:
        found = [line for line in lines if line.key.tier is tier and level.key in line.key.measure.split("+")]
    return found


def _known(lines: Sequence[Line], at: Viewpoint) -> str:
    named = (f"{line.key.measure} ({key_label(line.key, at.view.programme)})" for line in lines)
    return ", ".join(dict.fromkeys(named))


def _level(line: Line) -> Level:
    assert line.level is not None
    return line.level
