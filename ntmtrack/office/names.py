"""By name: the units that the plan names against those that were recognised."""

import sqlite3

from ntmtrack.dates import year_end
from ntmtrack.model import Basis, Tier
from ntmtrack.office.progress_lines import shown_targets
from ntmtrack.office.question import Viewpoint, place, timeline
from ntmtrack.progress.plan import NamedUnits, compare_names
from ntmtrack.storage.queries import standings as standing
from ntmtrack.storage.queries import units


def compared_by_name(connection: sqlite3.Connection, at: Viewpoint) -> list[NamedUnits]:
    """The comparison by name, for every target of a level in which the roadmap names units."""
    levels = {level.key: level for level in at.view.programme.levels}
    held = at.plans.own
    named = [
        target
        for target in shown_targets(held.plan.targets if held else ())
        if target.tier in (Tier.DISTRICT, Tier.COMMUNE)
        and set(target.levels) & levels.keys()
        and (target.units or target.registered)
    ]
    if not named or held is None:
        return []
    titles = units.titles(connection, at.moment.units_on)
    base = year_end(at.base_year)
    moments = timeline(at, [base, at.moment.day])
    standings = standing.standings(connection, at.view, moments)
    first = {  # what the plan began with, also where the decision came later than its base year
        key: path.standings[0]
        for key, path in standing.standings(connection, at.view._replace(basis=Basis.YEAR), moments[:1]).items()
    }
    compared = []
    for target in named:
        rank = min(levels[key].rank for key in target.levels if key in levels)
        alike = [other for other in named if other.line == target.line]
        of_tier = [(key, path.standings) for key, path in standings.items() if path.tier is target.tier]
        reached = [key for key, ranks in of_tier if ranks[place(moments, at.moment.day)] >= rank]
        before = [key for key, _ranks in of_tier if first.get(key, 0) >= rank]
        compared.append(compare_names(target, held.units, reached, before, titles, alike))
    return compared
