"""The names of a table that are not sure, settled one by one by who sits at the terminal."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from ntmtrack.dialogue import Offer
from ntmtrack.errors import AmbiguousUnit, NotConfirmed, NtmError
from ntmtrack.i18n import _, number
from ntmtrack.ingest.doubts import Doubt, DoubtKey
from ntmtrack.model import Tier, Unit
from ntmtrack.storage.queries.units import every_unit, look_up
from ntmtrack.text import few
from ntmtrack.units.finder import MatchTerms

if TYPE_CHECKING:
    from ntmtrack.commands import Session

_FEW = 3  # cells that are told of one choice


def review(session: "Session", doubts: Sequence[Doubt]) -> dict[DoubtKey, Unit | None]:
    """The unit that each name means; None where its rows are to be left out.

    A name of several units is asked about row by row, and what was said of it before is told. Raises NotConfirmed where
    somebody would rather stop: nothing was written.
    """
    said: dict[DoubtKey, Unit | None] = {}
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


def _cells_by_unit(alike: Sequence[Doubt], said: Mapping[DoubtKey, Unit | None]) -> dict[Unit, list[str]]:
    """For which cells each unit was chosen."""
    cells = defaultdict[Unit, list[str]](list)
    for doubt in alike:
        unit = said.get(doubt.key)
        if unit is not None:
            cells[unit].append(doubt.ref.address)
    return cells


def _settled(
    session: "Session", doubt: Doubt, question: str, cells_by_unit: Mapping[Unit, Sequence[str]]
) -> Unit | None:
    how = f" ({doubt.how})" if doubt.how else ""
    units = [*dict.fromkeys((*doubt.units, *cells_by_unit))]
    listed = [
        _choice(f"{unit.listed}{how if unit in doubt.units else ''}", cells_by_unit.get(unit, ())) for unit in units
    ]
    leave_out = _("leave this row out") if doubt.is_of_several else _("leave its rows out")
    while True:
        chosen = session.choose(
            question, [*listed, _("another unit: type it"), leave_out], none=_("stop, write nothing")
        )
        if chosen is None:
            raise NotConfirmed
        if chosen > len(units):
            return None
        unit = units[chosen] if chosen < len(units) else _typed_unit(session, doubt.units[0].tier)
        if unit:
            return unit


def _typed_unit(session: "Session", tier: Tier) -> Unit | None:
    """The unit of a tier that is typed, None for none; what a name fits only nearly, or several, is picked."""
    with session.reading() as connection:
        offers = [Offer(unit.full_title) for unit in every_unit(connection, tier=tier)]
    while typed := session.ask_text(_("Name or code of the unit (Enter: back)"), offers=offers):
        try:
            with session.reading() as connection:
                match = look_up(connection, typed, MatchTerms(only=lambda unit: unit.tier is tier))
            if not match.is_near:
                return match.unit
            fitting = [match.unit]
        except AmbiguousUnit as several:
            fitting = [*cast("Sequence[Unit]", several.facts["units"])]
        except NtmError as wrong:
            session.say("\n".join(wrong.lines()))
            continue
        question = _("“{name}”: which unit is meant?").format(name=typed)
        chosen = session.choose(question, [unit.listed for unit in fitting], none=_("Another: type it again"))
        if chosen is not None:
            return fitting[chosen]
    return None


def _choice(unit: str, cells: Sequence[str]) -> str:
    """A unit, and the cells for which it was chosen before."""
    return _("{unit} – chosen for {cells}").format(unit=unit, cells=few(cells, _FEW)) if cells else unit
