"""The totals of a moment, by a key that stays: the units of each tier, and those at each level or above."""

import sqlite3

from ntmtrack.i18n import _
from ntmtrack.model import Programme, Tier
from ntmtrack.office.question import Viewpoint
from ntmtrack.progress import at_least, reached, total
from ntmtrack.progress.compute import TIERS
from ntmtrack.reports.labels import line_label, tier_label
from ntmtrack.storage.queries import standings

_ALL = "units"


def totals(connection: sqlite3.Connection, at: Viewpoint) -> dict[str, int]:
    """The figures of the viewpoint, by "commune/units", "commune/ntm" …; none of a tier that has no units."""
    paths = standings.paths(connection, at.view, [at.moment])
    found = {}
    for tier in TIERS:
        if of := total(paths, tier, 0):
            found[f"{tier}/{_ALL}"] = of
            for level in at.view.programme.levels_of(tier):
                found[f"{tier}/{level.key}"] = reached(paths, tier, at_least(level.rank), 0)
    return found


def label(key: str, programme: Programme) -> str:
    """What a figure counts, in words: "Xã NTM nâng cao", "Tổng số xã"."""
    tier, level = key.split("/")
    if level == _ALL:
        return _("All {tier}").format(tier=tier_label(Tier(tier)).lower())
    return line_label(Tier(tier), programme.level(level))
