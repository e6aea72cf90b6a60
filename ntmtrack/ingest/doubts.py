"""Names of a table that are not sure: of several units, or near one; what a person said of each row, or name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.read_units import CellText
from ntmtrack.model import Unit
from ntmtrack.spreadsheets import Sheet
from ntmtrack.units.finder import FoundUnit

# A name as it is written, and the units, by id, that it may mean; its cell where those are several.
DoubtKey = tuple[str, frozenset[int], CellRef | None]
Settled = Mapping[DoubtKey, Unit | None]  # the one that is meant, of those or another; None where its rows are left out


class Doubt(NamedTuple):
    """A name that may mean one of several units, or one that it fits only nearly; `how` says what is dropped then."""

    typed: str
    units: tuple[Unit, ...]
    ref: CellRef
    how: str = ""

    @property
    def key(self) -> DoubtKey:
        """What one answer settles: a name like one unit wherever it stands; of several units in this cell alone.

        Two rows of one name may well be two units; those of one cell that is merged over them are asked about once.
        """
        return *self.asked, self.ref if self.is_of_several else None

    @property
    def asked(self) -> tuple[str, frozenset[int]]:
        """What is the same in all rows that are asked about alike."""
        return self.typed, frozenset(unit.id for unit in self.units)

    @property
    def is_of_several(self) -> bool:
        """Whether more than one unit may be meant."""
        return len(self.units) > 1

    @property
    def meant(self) -> str:
        """The one unit that it nearly fits, in full."""
        return self.units[0].full_title


class Doubts:
    """The doubts of one table: near names are kept in `near` to be confirmed, or refused; others in `open`."""

    def __init__(self, settled: Settled, *, refused: bool, sheets: Sequence[Sheet] = ()) -> None:
        self.near: dict[DoubtKey, Doubt] = {}
        self.open: dict[DoubtKey, Doubt] = {}
        self._chosen = defaultdict[str, dict[str, None]](dict)  # the cells for which each choice was made
        self._settled = settled
        self._refused = refused
        self._tops = {  # the first rows of cells that are merged downwards
            (sheet.name, row, block.left): block.top
            for sheet in sheets
            for block in sheet.merged
            for row in range(block.top + 1, min(block.bottom + 1, len(sheet.rows)))
        }

    def answer(self, typed: CellText, units: Sequence[Unit], how: str = "") -> "Unit | Problem | None":
        """What a person said a name means, or the problem that its rows are left out; None where nobody was asked."""
        doubt = Doubt(typed.value, tuple(units), self._whole(typed.ref), how)
        if doubt.key not in self._settled:
            self.open.setdefault(doubt.key, doubt)
            return None
        unit = self._settled[doubt.key]
        left_out = _("left out")
        cells = self._chosen[f"“{typed.value}” → {unit.full_title if unit else left_out}"]
        if doubt.is_of_several:
            cells[doubt.ref.address] = None
        if unit:
            return unit
        return Problem(ProblemKind.UNIT, typed.ref, _("left out, as was said when it was taken in"), is_agreed=True)

    def _whole(self, ref: CellRef) -> CellRef:
        """The cell that is merged over a place, by its first row; the place itself where none is."""
        return ref._replace(row=self._tops.get((ref.sheet, ref.row, ref.column or 0), ref.row))

    @property
    def chosen(self) -> list[str]:
        """What a person said of each name, after the cells of one that was settled row by row."""
        return [f"{', '.join(cells)} {said}".strip() for said, cells in self._chosen.items()]

    def weigh(self, match: FoundUnit, name: CellText) -> Unit | Problem:
        """The unit that is meant, a near fit being kept; a problem where such are refused, or its rows left out."""
        if not match.is_near:
            return match.unit
        doubt = Doubt(name.value, (match.unit,), name.ref, match.how())
        if doubt.key in self._settled:
            return self.answer(name, doubt.units) or match.unit
        if self._refused:
            says = _("the name fits {unit} only {how}").format(unit=match.unit.full_title, how=match.how())
            choice = _("or take such names: {option}").format(option="--accept-near")
            return Problem(ProblemKind.UNIT, name.ref, says, _("write the name as it is in the ledger"), choice)
        self.near.setdefault(doubt.key, doubt)
        return match.unit
