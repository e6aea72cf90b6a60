"""What a report of progress is made from: the lines of each plan, and what they rest on."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ntmtrack.model import Basis, Programme, Unit
from ntmtrack.progress import Ladder, Moment
from ntmtrack.progress.line import Line
from ntmtrack.roadmaps import LineKey, Roadmap

if TYPE_CHECKING:
    from ntmtrack.lint import Finding
    from ntmtrack.progress.plan import NamedUnits


class Turnover(NamedTuple):
    """What came and went at a level since the end of the year before, by the ids of units.

    `ended` are those that held it and are counted no more, `gained` those that came to it, by what they did; `titles`
    what they are called, where they are to be named.
    """

    ended: Sequence[int]
    gained: Mapping[str, Sequence[int]]
    titles: Mapping[int, str] = MappingProxyType({})

    def names(self, ids: Sequence[int]) -> list[str]:
        """What these units are called."""
        return [self.titles[key] for key in ids]


class ReportContext(NamedTuple):
    """What a progress report rests on: said in its heading and its notes.

    `contradictions` are those that the linter finds in the plan itself; `leading` are the plans that lead in other
    years than the one asked about, each with these years; `is_filled_up`: what the plan of a year does not set is taken
    from the scope's other plans; `of_former` are plans of the units that the scope was made of; `listed` the years
    shown for whose units a later list stands, each with its day; `participants` the units by kind that take part
    without being counted; `turnover` by line what came and went where units themselves did; `mixed` units of another
    map by the level that some of what they were made of held; `of_others` is a plan for the units of another day, which
    the figures are not held against; `of_new_units` how many recognitions of the year are of units that began with the
    map of a later day within it.
    """

    programme: Programme
    basis: Basis
    scope: str
    moment: Moment
    roadmap: Roadmap | None
    undated: int = 0
    contradictions: Sequence["Finding"] = ()
    leading: Sequence[tuple[Roadmap, Sequence[int]]] = ()
    is_filled_up: bool = False
    participants: Mapping[str, int] = MappingProxyType({})
    of_former: Sequence[tuple[Roadmap, Unit]] = ()
    listed: Mapping[int, date] = MappingProxyType({})
    turnover: Mapping[LineKey, Turnover] = MappingProxyType({})
    mixed: Mapping[str, Sequence[str]] = MappingProxyType({})
    of_others: tuple[Roadmap, date] | None = None
    of_new_units: tuple[int, date] | None = None


class PlanLines(NamedTuple):
    """Lines held against one plan (None: there is none)."""

    plan: Roadmap | None
    lines: Sequence[Line]


class ProgressFigures(NamedTuple):
    """Everything that is known of one moment: the lines of the plan, and of those beside it; levels; names."""

    own: PlanLines
    beside: Sequence[PlanLines]
    ladders: Sequence[Ladder]
    names: Sequence["NamedUnits"]
    context: ReportContext
