"""What the national changes of units make of a ledger: what ends, begins and goes on. Pure: no ledger is opened."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from ntmtrack.model import NewUnit, Succession, Tier, Unit
from ntmtrack.units.carried_over import CarriedOver, Division, MadeUnit
from ntmtrack.units.changes import ListedChange, later_changes, listed_changes, lives, province_of, units_by_code
from ntmtrack.units.followers import follow_communes
from ntmtrack.units.gazetteer import BEFORE_JULY_2025, FROM_JULY_2025, REORGANISED_ON
from ntmtrack.units.held_units import HeldUnits
from ntmtrack.units.rearrangement import Descent, Part, Rearrangement, UnitRef, Version, is_same_unit

Mains = Mapping[str, str]  # of divided units, by code: the code of the unit that the main part went into


def carry_over(
    every_version: Iterable[Unit],
    known: Iterable[Succession],
    until: str,
    bring: Collection[str] = (),
    mains: Mains | None = None,
) -> CarriedOver:
    """What the changes until the ISO day `until` make of the units of a ledger; nothing of it twice.

    `known` is what the ledger tells already of what became of what. Of the provinces of today in `bring`, by code, also
    what the ledger lacks of the old units and the new ones.
    """
    pairs = {(succession.predecessor_id, succession.successor_id) for succession in known}
    return _CarryingOver(list(every_version), pairs, until, bring, mains or {}).done()


class _CarryingOver:
    """Puts the change together: old units found or brought, new ones begun or found, what became of what."""

    def __init__(
        self,
        every_version: Sequence[Unit],
        known: Collection[tuple[int, int]],
        until: str,
        bring: Collection[str],
        mains: Mains,
    ) -> None:
        self._known = known
        self._until = until
        self._bring = bring
        self._mains = mains
        self._old_list, self._new_list = units_by_code(BEFORE_JULY_2025), units_by_code(FROM_JULY_2025)
        self._parts = self._parts_of_new()
        self._merged = {code for code, parts in self._parts.items() if len(code) == 2 and len(parts) > 1}
        held = HeldUnits(every_version, self._merged)
        self._old, self._new, self._held = held.old, held.new, held.versions
        self._begins: list[list[Version]] = []
        self._goes_on: list[tuple[int, Version]] = []
        self._ends: dict[int, str] = {}
        self._starts = held.starts
        self._descents: list[Descent] = []
        self._told = CarriedOver(until, unknown=held.unknown)

    def done(self) -> CarriedOver:
        """The whole change, with what is to be said of it."""
        if self._until >= REORGANISED_ON:
            for code in sorted(self._provinces()):
                self._carry_province(code)
        for unit in self._told.unknown:
            if unit.kind != "xã":
                self._end(unit.id)
        for change in later_changes(self._until):
            self._change_kind(change)
        self._goes_on += follow_communes(self._held, self._descents, self._goes_on)
        self._told.change = Rearrangement(self._ends, self._begins, self._goes_on, self._descents, self._starts)
        return self._told

    @staticmethod
    def _parts_of_new() -> Mapping[str, list[ListedChange]]:
        parts: dict[str, list[ListedChange]] = defaultdict(list)
        for change in listed_changes():
            if change.day == REORGANISED_ON:
                parts[change.new_code].append(change)
        return parts

    def _provinces(self) -> set[str]:
        """The provinces of today that the ledger holds old units of, and those to be brought."""
        held = {province_of(BEFORE_JULY_2025, self._old_list[code]) for code in self._old}
        return {change.new_code for code in held for change in listed_changes() if change.old_code == code} | {
            *self._bring
        }

    # One province ------------------------------------------------------------------------------------------------

    def _carry_province(self, code: str) -> None:
        inside = [unit for unit in self._new_list.values() if unit.parent_code == code]
        brings = code in self._bring
        if brings:
            self._bring_old({change.old_code for unit in inside for change in self._parts[unit.code or ""]})
            for change in self._parts[code]:
                self._bring_old([change.old_code])
        todo = [unit for unit in inside if brings or self._concerns(unit)]
        before = len(self._begins), len(self._goes_on), len(self._descents)
        self._begin(self._new_list[code], UnitRef())
        for unit in todo:
            self._begin(unit, self._new[code])
        self._end_above(code)
        if before != (len(self._begins), len(self._goes_on), len(self._descents)):
            self._told.provinces.append(self._new_list[code].title)

    def _concerns(self, unit: NewUnit) -> bool:
        """Whether the ledger holds anything that a new unit was made of; what it lacks beside that is noted."""
        parts = self._parts[unit.code or ""]
        lacking = [self._old_list[part.old_code] for part in parts if part.old_code not in self._old]
        if len(lacking) == len(parts):
            return False
        self._told.missing += lacking
        return True

    def _bring_old(self, codes: Iterable[str]) -> None:
        """Adds old units that the ledger lacks, with the districts and provinces above them."""
        for code in sorted(codes, key=lambda code: (len(code), code)):
            if code in self._old:
                continue
            unit = self._old_list[code]
            if unit.parent_code:
                self._bring_old([unit.parent_code])
            above = self._old[unit.parent_code] if unit.parent_code else UnitRef()
            self._told.brought.append(unit)
            heir = self._same_unit_held(code)
            if heir is not None:  # the ledger has it since 1/7/2025 only
                self._goes_on.append((heir, (unit._replace(until=REORGANISED_ON), above)))
                self._old[code] = UnitRef(heir)
                continue
            self._old[code] = UnitRef(place=len(self._begins))
            self._begins.append([(unit, above)])

    def _same_unit_held(self, old_code: str) -> int | None:
        """The unit on record since 1/7/2025 that an old one goes on as."""
        for new_code, ref in self._new.items():
            parts = self._parts[new_code]
            if parts[0].old_code == old_code and is_same_unit(self._as_parts(parts), self._new_list[new_code].tier):
                return ref.id
        return None

    def _as_parts(self, changes: Sequence[ListedChange]) -> list[Part]:
        return [
            Part(
                self._old.get(change.old_code, UnitRef()),
                self._old_list[change.old_code].tier,
                "whole" if change.is_whole else "part",
                self._main(change),
                change.resolution,
            )
            for change in changes
        ]

    def _main(self, change: ListedChange) -> bool | None:
        chosen = self._mains.get(change.old_code)
        return change.main if chosen is None or change.is_whole else change.new_code == chosen

    def _begin(self, unit: NewUnit, above: UnitRef) -> None:
        """A unit of today begins, or goes on, where it does not stand yet; and what it was made of goes into it."""
        code = unit.code or ""
        changes = [change for change in self._parts[code] if change.old_code in self._old]
        parts = self._as_parts(changes)
        is_same = is_same_unit(self._as_parts(self._parts[code]), unit.tier)
        old = parts[0].old if parts else UnitRef()
        if code in self._new and ((is_same and self._new[code] == old) or not parts):
            return
        if code in self._new:
            self._descend(changes, parts, self._new[code])
            return
        versions = [(version._replace(parent_code=None), above) for version in lives(unit, self._until)]
        versions = [
            (version._replace(resolution=version.resolution or _resolution(parts)), up) for version, up in versions
        ]
        if is_same and parts:
            self._go_on(unit, old, versions)
        else:
            self._new[code] = UnitRef(place=len(self._begins))
            self._begins.append([*versions])
            self._descend(changes, parts, self._new[code])
        if unit.tier is Tier.COMMUNE:
            made_of = [(self._old_list[change.old_code], change.is_whole) for change in changes]
            self._told.made.append(MadeUnit(unit, made_of, is_same and bool(parts), _resolution(parts)))

    def _go_on(self, unit: NewUnit, old: UnitRef, versions: Sequence[Version]) -> None:
        self._new[unit.code or ""] = old
        if unit.tier is Tier.PROVINCE:  # as it was: nothing of it changes
            return
        if old.place is not None:
            self._begins[old.place] += versions
        else:
            assert old.id is not None
            self._goes_on += [(old.id, version) for version in versions]
        self._told.old.append(self._old_list[self._parts[unit.code or ""][0].old_code])

    def _descend(self, changes: Sequence[ListedChange], parts: Sequence[Part], new: UnitRef) -> None:
        for change, part in zip(changes, parts, strict=True):
            if (part.old.id, new.id) in self._known and new.id is not None:
                continue
            self._descents.append(Descent(part.old, new, part.extent, REORGANISED_ON, part.main, part.resolution))
            if part.old.id is not None and part.old.id not in self._ends:
                self._end(part.old.id)
            self._tell_old(change)

    def _tell_old(self, change: ListedChange) -> None:
        unit = self._old_list[change.old_code]
        if unit.tier is not Tier.COMMUNE:
            return
        if change.is_whole:
            self._told.old.append(unit)
        elif not any(division.code == unit.code for division in self._told.divided):
            self._told.old.append(unit)
            into = [row for row in listed_changes() if row.old_code == unit.code and row.day == REORGANISED_ON]
            into.sort(key=lambda row: not self._main(row))
            division = Division(unit.title, unit.code or "", [self._new_list[row.new_code] for row in into])
            self._told.divided.append(division)

    def _end(self, unit_id: int) -> None:
        if any((unit.until or "9999") > REORGANISED_ON for unit in self._held[unit_id]):
            self._ends[unit_id] = REORGANISED_ON

    def _end_above(self, code: str) -> None:
        """The districts end, and the provinces that were merged."""
        for old_code, ref in self._old.items():
            unit = self._old_list[old_code]
            is_above = unit.tier is Tier.DISTRICT or (unit.tier is Tier.PROVINCE and code in self._merged)
            if is_above and ref.id is not None and self._became(unit) == code:
                self._end(ref.id)

    def _became(self, unit: NewUnit) -> str:
        top = province_of(BEFORE_JULY_2025, unit)
        return next(
            code for code, parts in self._parts.items() if len(code) == 2 and top in {p.old_code for p in parts}
        )

    # Changes of kind -----------------------------------------------------------------------------------------------

    def _change_kind(self, change: ListedChange) -> None:
        """A unit on record is of another kind from a later day on."""
        for versions in self._held.values():
            for unit in versions:
                stands = (unit.since or "") < change.day < (unit.until or "9999")
                if stands and unit.code == change.new_code and unit.kind != change.kind and self._is_of_today(unit):
                    new = NewUnit(
                        unit.name, change.kind, unit.tier, unit.code, None, change.day, None, change.resolution
                    )
                    self._goes_on.append((unit.id, (new, UnitRef(unit.parent_id))))
                    self._told.of_kind.append(new)

    def _is_of_today(self, unit: Unit) -> bool:
        return unit.id not in self._ends


def _resolution(parts: Sequence[Part]) -> str | None:
    return next((part.resolution for part in parts if part.resolution), None)
