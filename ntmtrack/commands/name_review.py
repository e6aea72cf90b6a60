"""The names of a table that are not sure, settled one by one by who sits at the terminal."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ntmtrack.errors import NotConfirmed
from ntmtrack.i18n import _, number
from ntmtrack.ingest.doubts import Doubt, DoubtKey
from ntmtrack.text import few

if TYPE_CHECKING:
    from ntmtrack.commands import Session

_FEW = 3  # cells that are told of one choice


def review(session: "Session", doubts: Sequence[Doubt]) -> dict[DoubtKey, int | None]:
    """What each name means, by the unit's id; None where its rows are to be left out.

    A name of several units is asked about row by row, and what was said of it before is told. Raises NotConfirmed where
    somebody would rather stop: nothing was written.
    """
    said: dict[DoubtKey, int | None] = {}
    for place, doubt in enumerate(doubts, start=1):
        alike = [other for other in doubts if other.asked == doubt.asked]
        text = _("Name {place} of {count}, {cell} “{name}”: which unit is meant?")
        if len(alike) > 1:
            text = _("Name {place} of {count}, {cell} “{name}” (one of {rows} rows of this name): which unit is meant?")
        question = text.format(
            place=number(place),
            count=number(len(doubts)),
            cell=doubt.ref.address,
            name=doubt.typed,
            rows=number(len(alike)),
        )
        said[doubt.key] = _settled(session, doubt, question, _cells_by_unit(alike, said))
    return said


def _cells_by_unit(alike: Sequence[Doubt], said: Mapping[DoubtKey, int | None]) -> dict[int, list[str]]:
    """For which cells each unit was chosen."""
    cells = defaultdict[int, list[str]](list)
    for doubt in alike:
        unit = said.get(doubt.key)
        if unit is not None:
            cells[unit].append(doubt.ref.address)
    return cells


def _settled(session: "Session", doubt: Doubt, question: str, cells_by_unit: Mapping[int, Sequence[str]]) -> int | None:
    how = f" ({doubt.how})" if doubt.how else ""
    listed = [_choice(f"{unit.listed}{how}", cells_by_unit.get(unit.id, ())) for unit in doubt.units]
    leave_out = _("leave this row out") if doubt.is_of_several else _("leave its rows out")
    chosen = session.choose(question, [*listed, leave_out], none=_("stop, write nothing"))
    if chosen is None:
        raise NotConfirmed
    return doubt.units[chosen].id if chosen < len(doubt.units) else None


def _choice(unit: str, cells: Sequence[str]) -> str:
    """A unit, and the cells for which it was chosen before."""
    return _("{unit} – chosen for {cells}").format(unit=unit, cells=few(cells, _FEW)) if cells else unit
