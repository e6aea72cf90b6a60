"""The names of a table that are not sure, settled one by one by who sits at the terminal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ntmtrack.errors import NotConfirmed
from ntmtrack.i18n import _, number
from ntmtrack.ingest.doubts import Doubt, DoubtKey

if TYPE_CHECKING:
    from ntmtrack.commands import Session


def review(session: "Session", doubts: Sequence[Doubt]) -> dict[DoubtKey, int | None]:
    """What each name means, by the unit's id; None where its rows are to be left out.

    Raises NotConfirmed where somebody would rather stop: nothing was written.
    """
    return {doubt.key: _settled(session, doubt, place, len(doubts)) for place, doubt in enumerate(doubts, start=1)}


def _settled(session: "Session", doubt: Doubt, place: int, count: int) -> int | None:
    text = _("Name {place} of {count}, {cell} “{name}”: which unit is meant?")
    question = text.format(place=number(place), count=number(count), cell=doubt.ref.address, name=doubt.typed)
    how = f" ({doubt.how})" if doubt.how else ""
    listed = [f"{unit.listed}{how}" for unit in doubt.units]
    chosen = session.choose(question, [*listed, _("leave its rows out")], none=_("stop, write nothing"))
    if chosen is None:
        raise NotConfirmed
    return doubt.units[chosen].id if chosen < len(doubt.units) else None
