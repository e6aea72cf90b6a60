"""What came and went since the end of the year before where units themselves did: mergers, acknowledgements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from ntmtrack.commands.question import ReportSpec
from ntmtrack.commands.standings import counting_by_unit
from ntmtrack.dates import year_end
from ntmtrack.i18n import N_, _
from ntmtrack.model import Act, Recognition, Tier
from ntmtrack.progress import ABSENT, Standings
from ntmtrack.progress.line import Line
from ntmtrack.reports.figures import Turnover
from ntmtrack.roadmaps import LineKey
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import standings, units
from ntmtrack.storage.queries.recognitions import reaching

_HELD_BEFORE = N_("held before, not counted here then")


def turnover_of(
    connection: Connection, spec: ReportSpec, lines: Sequence[Line], *, named: bool = False
) -> dict[LineKey, Turnover]:
    """By line what went with its units and by what the others came; of lines of levels in which any did.

    With the names of the units where they are to be `named`.
    """
    changes: dict[tuple[str, Tier], _LevelTurnover] = {}
    told = {}
    for line in lines:
        if line.plain_level and line.actual and (line.actual.ended or line.actual.appeared):
            ladder = line.key.ladder
            change = changes.setdefault(
                (ladder, line.tier), _LevelTurnover(connection, spec.on_ladder(ladder), line.tier)
            )
            turnover = change.at(line.plain_level.rank)
            if turnover.ended or set(turnover.gained) - {Act.RECOGNISED.label}:
                told[line.key] = turnover._replace(titles=change.titles) if named else turnover
    return told


class _LevelTurnover:
    """Where the units of a tier stood at the end of the year before and at the moment, on one ladder."""

    def __init__(self, connection: Connection, spec: ReportSpec, tier: Tier) -> None:
        self._connection = connection
        self._spec = spec
        self._tier = tier
        self._before = spec.moment_at(year_end(spec.moment.day.year - 1))

    @cached_property
    def _paths(self) -> Mapping[int, Standings]:
        moments = [self._before, self._spec.moment]
        return standings.standings(self._connection, self._spec.view, moments, self._tier)

    @cached_property
    def _recognitions(self) -> Mapping[int, Sequence[Recognition]]:
        return counting_by_unit(self._connection, self._spec)

    @cached_property
    def titles(self) -> Mapping[int, str]:
        """What each unit is called, or was the year before, by id."""
        days = (self._before.units_on, self._spec.moment.units_on)
        before, now = (units.unit_titles(self._connection, day) for day in days)
        return before | now

    def at(self, rank: int) -> Turnover:
        """What came and went at a rank or above."""
        ended = [key for key, path in self._paths.items() if path.ranks[0] >= rank and path.ranks[1] == ABSENT]
        gained: dict[str, list[int]] = defaultdict(list)
        for key, path in self._paths.items():
            if path.ranks[0] < rank <= path.ranks[1]:
                gained[self._by_what(key, path, rank)].append(key)
        return Turnover(ended, gained)

    def _by_what(self, unit_id: int, path: Standings, rank: int) -> str:
        """By what act a unit came to a rank, or that it had it before it was counted here."""
        recognition = reaching(self._recognitions[unit_id], self._spec.view.programme.ranks(), rank)
        act = recognition.basis if recognition else Act.RECOGNISED
        held = path.ranks[0] == ABSENT and max(path.own_ranks[0], default=0) >= rank
        return _(_HELD_BEFORE) if held and act is not Act.ACKNOWLEDGED else act.label
