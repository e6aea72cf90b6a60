"""A plan as a bare table, as offices write it: year, measure, what is added in the year, what there is in all.

Whose plan it is stands elsewhere. A year or a measure that is not written again is that of the row above; whether xã or
huyện are counted is in the words of the measure, and goes without saying where only xã are.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ntmtrack.errors import BadRoadmap
from ntmtrack.i18n import N_, _
from ntmtrack.ingest.columns import simple
from ntmtrack.ingest.levels import tier_in
from ntmtrack.ingest.roadmap_form import FormReader
from ntmtrack.ingest.roadmap_words import GUIDE, table_key
from ntmtrack.model import Programme
from ntmtrack.roadmaps import Roadmap
from ntmtrack.roadmaps.keys import Fault
from ntmtrack.spreadsheets import Grid, coordinate
from ntmtrack.spreadsheets.open import read_grid

_CARRIED = ("tier", "measure", "year")  # from the row above, where cells are merged
_PRINTED = ("added", "cumulative", "percent", "value")


def read_table(file: Path, head: Mapping[str, Any], programme: Programme) -> Roadmap:
    """The plan with this head and the figures of a table; raises BadRoadmap naming every problem, CannotRead."""
    reading = _BareTableReader(read_grid(file, besides=GUIDE), file.name, head, programme)
    plan, problems = reading.roadmap()
    if problems or plan is None:
        raise BadRoadmap(file=file, problems=[*problems])
    return plan


class _BareTableReader(FormReader):
    """One pass over the cells of a bare table."""

    needed = ("measure", "year")
    column_key = staticmethod(table_key)

    def __init__(self, grid: Grid, name: str, head: Mapping[str, Any], programme: Programme) -> None:
        super().__init__(grid, name)
        self._given = dict(head)
        self._tiers = [tier for tier in programme.counted if programme.levels_of(tier)]

    def _head(self) -> dict[str, Any]:
        return self._given

    def _figures(self) -> Iterator[tuple[int, dict[str, Any]]]:
        above: dict[str, Any] = {}
        for number, keys in self._filled_rows():
            told = {key: self._value(key, number, self._columns[key]) for key in keys if key in _CARRIED}
            if "measure" in told and "tier" not in keys:
                above.pop("tier", None)
                told |= self._tier(number)
            above |= told
            if not {*keys} & {*_PRINTED}:
                continue
            usual = {"cite": _("table {file}, row {row}").format(file=self._name, row=number + 1)}
            yield from ((number, usual | above | figure) for figure in self._together(number, keys))

    def _tier(self, number: int) -> dict[str, Any]:
        """The tier that the words of a measure tell, else the only one that is counted; what is not told is said."""
        place = self._columns["measure"]
        tier = tier_in(simple(self._grid[number][place].text)) or (self._tiers[0] if len(self._tiers) == 1 else None)
        if tier is None:
            text = N_("whether xã or huyện are counted is not told: write “Xã …”, “Huyện …”, or a column Cấp")
            self._problems.append(Fault(coordinate(number, place), "", _(text)))
        return {"tier": tier.value} if tier else {}
