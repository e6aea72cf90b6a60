"""What came and went since the end of the year before where units themselves did: mergers, acknowledgements."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence

from ntmtrack.commands.question import ReportSpec
from ntmtrack.commands.standings import counting_by_unit
from ntmtrack.dates import year_end
from ntmtrack.i18n import N_, _
from ntmtrack.model import Act
from ntmtrack.progress import ABSENT
from ntmtrack.progress.line import Line
from ntmtrack.reports.figures import Turnover
from ntmtrack.roadmaps import LineKey
from ntmtrack.storage.queries import standings, units
from ntmtrack.storage.queries.recognitions import reaching

_HELD_BEFORE = N_("held before, not counted here then")


def turnover_of(connection: sqlite3.Connection, spec: ReportSpec, lines: Sequence[Line]) -> dict[LineKey, Turnover]:
    """By line what went with its units and by what the others came; of lines of levels in which any did."""
    told = {}
    for line in lines:
        if line.plain_level and line.actual and (line.actual.ended or line.actual.appeared):
            turnover = _turnover(connection, spec.on_ladder(line.key.ladder), line, line.plain_level.rank)
            if turnover.ended or set(turnover.gained) - {Act.RECOGNISED.label}:
                told[line.key] = turnover
    return told


def _turnover(connection: sqlite3.Connection, spec: ReportSpec, line: Line, rank: int) -> Turnover:
    before = spec.moment_at(year_end(spec.moment.day.year - 1))
    paths = standings.standings(connection, spec.view, [before, spec.moment], line.tier)
    titles = units.unit_titles(connection, before.units_on) | units.unit_titles(connection, spec.moment.units_on)
    recognitions, scale = counting_by_unit(connection, spec), spec.view.programme.ranks()
    gained: dict[str, list[str]] = defaultdict(list)
    ended = []
    for key, path in paths.items():
        then, now = path.ranks
        if then >= rank and now == ABSENT:
            ended.append(titles[key])
        elif then < rank <= now:
            recognition = reaching(recognitions[key], scale, rank)
            act = recognition.basis if recognition else Act.RECOGNISED
            held = then == ABSENT and max(path.own_ranks[0], default=0) >= rank and act is not Act.ACKNOWLEDGED
            gained[_(_HELD_BEFORE) if held else act.label].append(titles[key])
    return Turnover(ended, gained)
