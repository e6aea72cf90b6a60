"""The one finder of units: which unit a typed name means in any command or table, never guessing between two.

Rank: the code · the exact name · the same letters (case, tone mark place, II and 2, apostrophes) · near: the same only
when marks are left out, or by an earlier kind of a district, or in a province that the ledger does not hold. Kind
and places that are told must be the unit's. What was dropped to make a name fit is in the result, to be told.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from enum import IntEnum, StrEnum
from typing import NamedTuple, Protocol

from ntmtrack.errors import AmbiguousUnit, UnitNotAsked, UnitOtherwise, UnknownUnit
from ntmtrack.i18n import N_, _
from ntmtrack.model import KINDS, Tier, Unit
from ntmtrack.text import clean, few, nearest, plain, same_letters, same_unmarked
from ntmtrack.units import EARLIER_KINDS, NameReading, TypedName, run_on, take_apart

Accepts = Callable[[Unit], bool]


class Closeness(IntEnum):
    """How near a typed name is to a unit's, the nearest first."""

    CODE = 0
    EXACT = 1
    LETTERS = 2  # but for case, the place of tone marks, how a numeral is written, apostrophes, hyphens
    FOLDED = 3  # but for marks


class Dropped(StrEnum):
    """What was left out of account to make a name fit."""

    MARKS = "marks"
    KIND = "kind"  # of a district that has another kind now
    SLIP = "slip"  # of the pen, in a name that no unit bears
    PROVINCE = "province"  # told, and the unit lies in none that the ledger holds

    @property
    def label(self) -> str:
        """In words: “khi bỏ dấu”."""
        return _(_DROPPED[self])


_TIERS = (*Tier,)  # the largest first
# Beside a name: “(cũ)” of a unit that has ended, “(mới)” of one that goes on; whether it still stands.
_ERAS = {"cu": False, "moi": True}
_MOST_WAYS = 6  # to write one of several, told one by one
_DROPPED = {
    Dropped.MARKS: N_("when marks are left out"),
    Dropped.KIND: N_("by an earlier kind of unit"),
    Dropped.SLIP: N_("when a slip of the pen is mended"),
    Dropped.PROVINCE: N_("when the province, which the ledger lacks, is left out"),
}


class FoundUnit(NamedTuple):
    """A unit that a name fits, how closely, and what was dropped to make it fit."""

    unit: Unit
    closeness: Closeness
    dropped: frozenset[Dropped] = frozenset()

    @property
    def is_near(self) -> bool:
        """Whether it fits only nearly: to be said, or confirmed."""
        return bool(self.dropped)

    def note(self, typed: str) -> str:
        """What is to be said of a name that fits only nearly."""
        text = _("Note: “{name}” fits {unit} {how}.")
        return text.format(name=typed, unit=self.unit.full_title, how=self.how())

    def how(self) -> str:
        """What was dropped, in words."""
        return ", ".join(dropped.label for dropped in Dropped if dropped in self.dropped)


class Units(Protocol):
    """The units of a ledger, as the finder needs them."""

    def bearing(self, keys: Collection[str], code: str) -> Iterable[Unit]:
        """Every version with a match key among `keys`, or with the code."""

    def versions(self, unit_id: int) -> Sequence[Unit]:
        """All versions of one unit, the oldest first."""

    def names(self, within: Collection[int]) -> Iterable[str]:
        """The names to suggest near ones from: of the units in `within`, of all where it is empty."""


class MatchTerms(NamedTuple):
    """What a command knows besides the name.

    Only units that `only` accepts can be meant. Versions that do not stand at the time in question (`stands`) yield to
    those that do, unless these fit only nearly and those do not. Among several that fit exactly or in the same letters
    `prefer` settles, unless they are of several tiers and `across` is false. `within` are units to one of which it
    belongs.
    """

    prefer: Accepts = lambda _unit: True
    only: Accepts = lambda _unit: True
    within: Collection[int] = ()
    across: bool = False
    stands: Accepts = lambda _unit: True


_ANY = MatchTerms()


def find(units: Units, typed: str | TypedName, terms: MatchTerms = _ANY) -> FoundUnit:
    """The one unit that a name means; raises AmbiguousUnit with all that it fits, UnknownUnit, UnitOtherwise."""
    typed_name = take_apart(typed) if isinstance(typed, str) else typed
    fitting = fits(units, typed_name, terms)
    if not fitting and all(match.is_near for match in _bearers(units, typed_name.whole)):
        fitting = fits(units, run_on(typed_name.typed), terms)
    if not fitting:
        raise _unknown(units, typed_name, terms)
    return settle(units, typed_name.typed, fitting, terms)


def settle(units: Units, typed: str, fitting: Sequence[FoundUnit], terms: MatchTerms) -> FoundUnit:
    """The one unit of those that a name fits; raises AmbiguousUnit where nothing settles between several."""
    meant = _settled(fitting, terms)
    if len(meant) == 1:
        return meant[0]
    several = [match.unit for match in meant]
    listed = few([unit.listed for unit in several])
    written = _written(units, several)
    raise AmbiguousUnit(
        name=typed,
        count=len(several),
        candidates=listed,
        ways=ways_of(written) if len(several) <= _MOST_WAYS else _("the name with its district or province, as listed"),
        written=written,
        units=several,
        is_near=meant[0].is_near,
    )


def fits(units: Units, typed_name: TypedName, terms: MatchTerms = _ANY) -> list[FoundUnit]:
    """Every version that a name may mean, under the terms."""
    candidates = [unit for unit in dict.fromkeys(units.bearing(typed_name.keys, typed_name.typed)) if terms.only(unit)]
    if terms.within:
        candidates = [unit for unit in candidates if lies_in(units, unit, terms.within)]
    return [match for unit in candidates if (match := fit(units, unit, typed_name))]


def fit(units: Units, unit: Unit, typed_name: TypedName) -> FoundUnit | None:
    """How a name fits a unit: by its code, or by name, kind and places; None where it does not."""
    if unit.code is not None and unit.code == typed_name.typed:
        return FoundUnit(unit, Closeness.CODE)
    fitting = [match for reading in typed_name.readings if (match := _as_read(units, unit, reading))]
    return min(fitting, key=_rank, default=None)


def lies_in(units: Units, unit: Unit, within: Collection[int]) -> bool:
    """Whether a version of a unit belongs to one of the units, directly or not."""
    return unit.parent_id in within or any(unit.id in within for unit in above(units, unit))


def above(units: Units, unit: Unit) -> Iterator[Unit]:
    """Every version of every unit that this version lies in, the nearest first."""
    seen = {unit.id}
    parents = [unit.parent_id]
    while parents := [parent for parent in dict.fromkeys(parents) if parent is not None and parent not in seen]:
        versions = [version for parent in parents for version in units.versions(parent)]
        seen.update(parents)
        yield from versions
        parents = [version.parent_id for version in versions]


# One reading of one unit ---------------------------------------------------------------------------------------


def _as_read(units: Units, unit: Unit, reading: NameReading) -> FoundUnit | None:
    named = _as_called(unit, reading)
    if named is None or not reading.places:
        return named
    eras = [place for place in reading.places if plain(place) in _ERAS]
    if any(_ERAS[plain(era)] == bool(unit.until) for era in eras):
        return None
    around = [*above(units, unit)]
    has_province = any(unit.tier is Tier.PROVINCE for unit in around)
    closeness, dropped = named.closeness, named.dropped
    for place in reading.places:
        if place in eras:
            continue
        fitting = [match for higher in around if (match := _as_place(higher, place))]
        if not fitting and (has_province or not _may_be_province(place, reading.places)):
            return None
        if not fitting:
            dropped |= {Dropped.PROVINCE}
            continue
        nearest_tier = max(_TIERS.index(match.unit.tier) for match in fitting)
        match = min((match for match in fitting if _TIERS.index(match.unit.tier) == nearest_tier), key=_rank)
        closeness, dropped = max(closeness, match.closeness), dropped | match.dropped
        around = [unit for unit in around if _TIERS.index(unit.tier) < nearest_tier]
    return FoundUnit(unit, closeness, dropped)


def _as_place(unit: Unit, place: str) -> FoundUnit | None:
    if unit.code is not None and unit.code == clean(place):
        return FoundUnit(unit, Closeness.CODE)
    readings = [reading for reading in take_apart(place).readings if not reading.places]
    return min((match for reading in readings if (match := _as_called(unit, reading))), key=_rank, default=None)


def _as_called(unit: Unit, reading: NameReading) -> FoundUnit | None:
    """Whether a unit has the kind and name of a reading, its places left aside."""
    closeness = _closeness(unit.name, reading.name)
    if closeness is None:
        return None
    dropped = {Dropped.MARKS} if closeness is Closeness.FOLDED else set()
    if reading.kind not in (None, unit.kind):
        if unit.tier is not Tier.DISTRICT or reading.kind not in EARLIER_KINDS.get(unit.kind, ()):
            return None
        dropped.add(Dropped.KIND)
    return FoundUnit(unit, closeness, frozenset(dropped))


def _closeness(stored: str, typed: str) -> Closeness | None:
    if stored == typed:
        return Closeness.EXACT
    if same_letters(typed, stored):
        return Closeness.LETTERS
    return Closeness.FOLDED if same_unmarked(typed, stored) else None


def _may_be_province(place: str, places: Sequence[str]) -> bool:
    """Whether a place is told as a province, or stands where one does: the last, after a district."""
    is_last = len(places) > 1 and place == places[-1]
    return is_last or any(reading.kind == "tỉnh" for reading in take_apart(place).readings)


# Among several -------------------------------------------------------------------------------------------------


def _rank(match: FoundUnit) -> tuple[bool, int, int]:
    return match.is_near, match.closeness, len(match.dropped)


def _settled(fitting: Sequence[FoundUnit], terms: MatchTerms) -> list[FoundUnit]:
    """The unit meant, or all between which nothing settles: the nearest fits, of near ones every one.

    Villages, whose names are those of communes over and over, yield to larger units.
    """
    sure = [match for match in fitting if not match.is_near]
    alike = sure or fitting
    larger = [match for match in alike if match.unit.tier is not Tier.VILLAGE] or alike
    standing = [match for match in larger if terms.stands(match.unit)] or larger
    best = min(map(_rank, standing))
    ranked = [match for match in standing if best[0] or _rank(match) == best]
    units = _one_each(ranked)
    if len(units) == 1 or best[0] or (not terms.across and len({unit.unit.tier for unit in units}) > 1):
        return units
    return _one_each([match for match in ranked if terms.prefer(match.unit)] or ranked)


def _one_each(versions: Sequence[FoundUnit]) -> list[FoundUnit]:
    """The last version of each unit."""
    last: dict[int, FoundUnit] = {}
    for version in sorted(versions, key=lambda match: match.unit.since or ""):
        last[version.unit.id] = version
    return sorted(last.values(), key=lambda match: match.unit.code or "~")


def _unknown(units: Units, typed_name: TypedName, terms: MatchTerms) -> UnknownUnit:
    """Why a name means none: its bearers are of another kind or lie elsewhere, or it has none."""
    of_villages = [reading.name for reading in typed_name.readings if reading.kind in KINDS[Tier.VILLAGE]]
    borne = _bearers(
        units, [reading.name for reading in typed_name.readings if reading.kind not in KINDS[Tier.VILLAGE]]
    )
    borne = borne or [match for match in _bearers(units, of_villages) if match.unit.tier is Tier.VILLAGE]
    if bearers := [
        match.unit for match in _one_each([match for match in borne if _rank(match) == min(map(_rank, borne))])
    ]:
        refusal = UnitNotAsked if fits(units, typed_name) else UnitOtherwise
        return refusal(name=typed_name.typed, others=_listed(bearers), units=tuple(bearers))
    return UnknownUnit(name=typed_name.typed, near=nearest(typed_name.name, units.names(terms.within)))


def _bearers(units: Units, names: Iterable[str]) -> list[FoundUnit]:
    """The units that bear one of the names, whatever is told of their kind and place."""
    return fits(units, TypedName("", tuple(NameReading(None, name) for name in dict.fromkeys(names) if name), ()))


def _listed(several: Sequence[Unit]) -> str:
    return ", ".join(unit.full_title for unit in several)


def _written(units: Units, several: Sequence[Unit]) -> list[str]:
    """How each of several is written so that it fits none of the others; where they are many, its code, if it has one.

    It takes its time to find each way.
    """
    if len(several) <= _MOST_WAYS:
        return [_unmistakable(units, unit, several) for unit in several]
    return [unit.code or unit.title for unit in several]


def ways_of(names: Iterable[str]) -> str:
    """Each of the names in quotation marks, to choose from."""
    return _(" or ").join(f"“{name}”" for name in dict.fromkeys(names))


def _unmistakable(units: Units, unit: Unit, several: Sequence[Unit]) -> str:
    """A way to write one of several that means none of the others, and, where there is one, no unit at all but it."""
    above_it = [f"{unit.title}, {place}" for place in dict.fromkeys(one.title for one in above(units, unit))]
    era = "cũ" if unit.until else "mới"
    ways = [unit.title, *above_it, f"{unit.title} ({era})", *(f"{written} ({era})" for written in above_it)]
    for among in (None, several):
        for written in ways:
            typed_name = take_apart(written)
            fitting = (
                fits(units, typed_name)
                if among is None
                else [match for other in among if (match := fit(units, other, typed_name))]
            )
            if [match.unit for match in _settled(fitting, _ANY)] == [unit]:
                return written
    return unit.code or unit.title
