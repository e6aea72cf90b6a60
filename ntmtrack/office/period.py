"""The lines of every year of the period, side by side."""

import sqlite3
from collections.abc import Collection, Container, Sequence

from ntmtrack.dates import year_end
from ntmtrack.office.progress_lines import Seen, judged, open_lines, shown_targets
from ntmtrack.office.question import Viewpoint, day_of, place, timeline
from ntmtrack.office.subsets import towns_apart
from ntmtrack.progress.compute import LineQuestion, lines_at
from ntmtrack.progress.line import Line
from ntmtrack.roadmaps import LineKey
from ntmtrack.storage.queries import standings
from ntmtrack.storage.queries.roadmaps import Held


def lines_by_year(
    connection: sqlite3.Connection, at: Viewpoint, *, straight: bool = False, also: Collection[LineKey] = ()
) -> list[tuple[int, list[Line]]]:
    """The lines of every year of the programme; those of years after the viewpoint's have a plan and no data.

    Lines named in `also` are among them whether or not anything is planned or reached.
    """
    period = at.view.programme
    seen_year = min(at.moment.day.year, at.today.year)
    days = {year: day_of(year, at.today) for year in range(period.first_year, period.last_year + 1)}
    days[at.moment.day.year] = at.moment.day
    plans: dict[int, list[Held]] = {year: at.plans.in_order(year, at.scope_name) for year in days}
    bases = {held.plan.base_year for several in plans.values() for held in several}
    moments = timeline(at, [*map(year_end, {at.base_year, *bases}), year_end(period.first_year - 1), *days.values()])
    paths = standings.paths(connection, at.view, moments)

    def of_plan(held: Held | None, year: int, shown: Container[LineKey]) -> list[Line]:
        # later years are planned with the denominators of today
        seen = days[max(min(year, seen_year), period.first_year)]
        base = held.plan.base_year if held else at.base_year
        asked = LineQuestion(year, days[year], place(moments, seen), place(moments, year_end(base)), base, straight)
        targets = towns_apart(shown_targets(held.plan.targets if held else ()))
        found = lines_at(paths, period, targets, asked, shown)
        moment = at.moment_at(seen)
        return judged(connection, at._replace(moment=moment), Seen(paths, asked, moments), found, held)

    def lines(year: int, shown: Container[LineKey]) -> list[Line]:
        own = plans[year]
        leading = of_plan(own[0] if own else None, year, shown)
        return _filled_up(leading, [of_plan(held, year, shown) for held in own[1:]])

    shown = {*also, *(line.key for year in days if year <= seen_year for line in lines(year, ()))}
    return [(year, found if year <= seen_year else open_lines(found)) for year in days if (found := lines(year, shown))]


def _filled_up(lines: Sequence[Line], others: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines of the plan that leads; where it sets nothing for the year, those of the first other plan that does."""
    found = {line.key: line for line in lines}
    for line in (line for of_plan in others for line in of_plan):
        if line.plan and not line.is_of_another_year and not _is_set(found.get(line.key)):
            found[line.key] = line
    return list(found.values())


def _is_set(line: Line | None) -> bool:
    return line is not None and line.plan is not None and not line.is_of_another_year
