"""Lines about some of the units alone: those that the plan names ("xã biên giới …"), or its towns and cities."""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.model import Tier
from ntmtrack.office.question import Viewpoint
from ntmtrack.progress import Moment
from ntmtrack.progress.compute import LineQuestion, line_at
from ntmtrack.progress.line import Line
from ntmtrack.roadmaps import TOWNS, WITHOUT_TOWNS, LineKey, Target
from ntmtrack.storage.queries import standings, units
from ntmtrack.storage.queries.roadmaps import Held

_URBAN = ("thị xã", "thành phố")
_OF_DISTRICTS = (TOWNS, WITHOUT_TOWNS)


class Part(NamedTuple):
    """What is asked: at which moments, of which plan."""

    held: Held
    moments: Sequence[Moment]
    asked: LineQuestion


def is_of_some(line: Line) -> bool:
    """Whether a line is about some units alone, of which the ledger may know which they are."""
    is_urban = line.key.tier is Tier.DISTRICT and line.key.measure in _OF_DISTRICTS
    return bool((line.key.name and line.level) or is_urban) and not line.key.each


def towns_apart(targets: Sequence[Target]) -> list[Target]:
    """The targets; where towns and cities are counted apart, those of districts are about the other districts alone."""
    apart = any(target.tier is Tier.DISTRICT and target.measure == TOWNS for target in targets)
    return [
        target._replace(measure=WITHOUT_TOWNS)
        if apart and target.tier is Tier.DISTRICT and target.measure == "ntm"
        else target
        for target in targets
    ]


def counted_apart(connection: sqlite3.Connection, at: Viewpoint, part: Part, lines: Sequence[Line]) -> list[Line]:
    """The lines, of those about some units alone what these have reached; without data where any is not known."""
    stood = standings.standings(connection, at.view, part.moments)
    counted = []
    for line in lines:
        if is_of_some(line) and (members := _members(connection, at, part.held, line.key)):
            paths = [stood[unit] for unit in members if unit in stood]
            plain = _plain(line.key)
            figures = [
                one._replace(name=None, measure=plain.measure)
                for one in towns_apart(part.held.plan.targets)
                if one.line == line.key
            ]
            line = line_at(paths, at.view.programme, plain, figures, part.asked)._replace(key=line.key)
        counted.append(line)
    return counted


def _plain(key: LineKey) -> LineKey:
    """The same line as if it were about all units."""
    return key._replace(name=None, measure="ntm" if key.measure in _OF_DISTRICTS else key.measure)


def _members(connection: sqlite3.Connection, at: Viewpoint, held: Held, key: LineKey) -> set[int]:
    """The units that a line about some of them means; none where one is not surely known."""
    if key.name:
        targets = [one for one in towns_apart(held.plan.targets) if one.line == key]
        named = {name for one in targets for name in (*one.units, *one.registered)}
        known = {held.units.get((key.tier, name)) for name in named}
        return {unit for unit in known if unit is not None} if None not in known else set()
    return {
        unit.id
        for unit in units.every(connection, at.moment.units_on, at.view.scope)
        if unit.tier is key.tier and (unit.kind in _URBAN) == (key.measure == TOWNS)
    }
