"""The unit above each unit of a table: one that the ledger holds, or another row of the table itself."""

from collections import defaultdict
from typing import NamedTuple

from ntmtrack.errors import NtmError
from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.areas import refusal_problem, says_where
from ntmtrack.ingest.codes import code_disagrees, with_zeros
from ntmtrack.ingest.read_units import CellText, UnitDraft
from ntmtrack.model import NewUnit, Tier, Unit
from ntmtrack.storage.queries.units import Register
from ntmtrack.text import fold, same_letters
from ntmtrack.units import TypedName, split_kind, take_apart
from ntmtrack.units.finder import MatchTerms, find, fit
from ntmtrack.units.rearrangement import UnitRef

TIERS = (Tier.PROVINCE, Tier.DISTRICT, Tier.COMMUNE, Tier.VILLAGE)


class RowRefused(Exception):
    """A row that cannot be taken; holds its problem."""


class Parent(NamedTuple):
    """The unit above a row's: held by the ledger, or new from another row."""

    title: str
    above: UnitRef
    until: str | None = None


class ListedUnit(NamedTuple):
    """A unit that the ledger lacks, with its place in the list of those to be written."""

    place: int
    unit: NewUnit
    parent: Parent | None


class Parents:
    """Finds the units above; the new ones are told by `add`."""

    def __init__(self, register: Register) -> None:
        self.by_code: dict[str, ListedUnit] = {}
        self.by_name: dict[str, list[ListedUnit]] = defaultdict(list)
        self.districts: list[Unit | NewUnit] = [unit for unit in register.everyone() if unit.tier is Tier.DISTRICT]
        self._register = register
        self._provinces = [unit for unit in register.everyone() if unit.tier is Tier.PROVINCE]
        self._new_provinces: list[ListedUnit] = []

    def add(self, made: ListedUnit) -> None:
        """A new unit, below which others may lie."""
        self.by_name[fold(made.unit.name)].append(made)
        self._new_provinces += [made] if made.unit.tier is Tier.PROVINCE else []
        if made.unit.code:
            self.by_code[made.unit.code] = made

    def of(self, draft: UnitDraft, new: NewUnit) -> Parent | None:
        """The unit above a row's; None where there is none; raises RowRefused."""
        naming = draft.naming
        if new.tier is Tier.PROVINCE:
            return None
        if naming.district_code:
            return self._with_code(naming.district_code, naming.district, new.tier)
        if naming.district:
            return self._called(naming.district.value, naming.district.ref, new.tier)
        for group in reversed(naming.groups):
            if says_where(group):
                return self._called(group.text, naming.ref_of(group), new.tier)
        if new.tier is Tier.COMMUNE and any(stand_together(district, new) for district in self.districts):
            says = _("its district is not told")
            raise row_refused(ProblemKind.UNIT, naming.ref, says, _("write it in a column “Huyện”, or in a row above"))
        if naming.province_code:
            return self._with_code(naming.province_code, naming.province, Tier.DISTRICT)
        if naming.province:
            return self._called(naming.province.value, naming.province.ref, Tier.DISTRICT)
        return self._sole_province()

    def _sole_province(self) -> Parent | None:
        recorded, new = self._provinces, self._new_provinces
        if len(recorded) + len(new) != 1:
            return None
        return _of_held(recorded[0]) if recorded else _of_new(new[0])

    def _with_code(self, code: CellText, name: CellText | None, below: Tier) -> Parent:
        """The unit with a code, the last that had it, which the name beside it must not contradict."""
        above = TIERS[: TIERS.index(below)]
        for whole in dict.fromkeys((code.value, with_zeros(code.value, above[-1]))):
            if whole in self.by_code and self.by_code[whole].unit.tier in above:
                return _of_new(self.by_code[whole])
            if units := [unit for unit in self._register.with_code(whole) if unit.tier in above]:
                called = [unit for unit in units if name is None or fit(self._register, unit, take_apart(name.value))]
                if not called:
                    raise RowRefused(code_disagrees(code.ref, units[-1]))
                return _of_held(called[-1])
        says = _("no unit has the code {code}, here or in the ledger").format(code=code.value)
        raise row_refused(ProblemKind.UNIT, code.ref, says, _("correct the code, or list that unit too"))

    def _called(self, text: str, ref: CellRef, below: Tier) -> Parent:
        name = take_apart(text)
        above = TIERS[: TIERS.index(below)]
        listed = [
            candidate for key in name.keys for candidate in self.by_name.get(key, ()) if candidate.unit.tier in above
        ]
        new = [candidate for candidate in listed if _is_exactly(candidate, name)]
        if len(new) == 1:
            return _of_new(new[0])
        try:
            match = find(self._register, name, MatchTerms(only=lambda unit: unit.tier in above))
        except NtmError as wrong:
            raise row_refused_by(ProblemKind.UNIT, ref, wrong) from wrong
        if match.is_near:
            says = _("the name fits {unit} only {how}").format(unit=match.unit.full_title, how=match.how())
            raise row_refused(ProblemKind.UNIT, ref, says, _("write the name as it is in the ledger"))
        return _of_held(match.unit)


def _is_exactly(new: ListedUnit, name: TypedName) -> bool:
    """Whether a name means a unit of the table: of its kind and in its place, if they are typed, and with its marks."""
    above = new.parent.title if new.parent else ""
    return any(
        reading.kind in (None, new.unit.kind)
        and same_letters(reading.name, new.unit.name)
        and all(same_letters(place, above) or same_letters(place, split_kind(above)[1]) for place in reading.places)
        for reading in name.readings
    )


def stand_together(unit: Unit | NewUnit, other: Unit | NewUnit) -> bool:
    """Whether both stand on some day."""
    return (unit.since or "") < (other.until or "9999") and (other.since or "") < (unit.until or "9999")


def _of_held(unit: Unit) -> Parent:
    return Parent(unit.title, UnitRef(unit.id), unit.until)


def _of_new(new: ListedUnit) -> Parent:
    return Parent(new.unit.title, UnitRef(place=new.place), new.unit.until)


def row_refused(kind: ProblemKind, ref: CellRef, says: str, fix: str) -> RowRefused:
    """The refusal of a row, in words."""
    return RowRefused(Problem(kind, ref, says, fix))


def row_refused_by(kind: ProblemKind, ref: CellRef, wrong: NtmError) -> RowRefused:
    """The refusal of a row, in the words of an error."""
    return RowRefused(refusal_problem(kind, ref, wrong))
