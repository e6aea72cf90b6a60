"""What may become of units on a day: the checks of mergers, splits and changes against every unit known. Pure."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ntmtrack.dates import day_before, first_day, show_day
from ntmtrack.errors import (
    AlreadyChanged,
    AlreadyRearranged,
    ChangedLater,
    CodeTaken,
    HasUnits,
    NotStanding,
    ParentEnded,
    RecognisedAfterEnd,
    RecognisedBefore,
    SayKind,
    SayParent,
    UnitExists,
    WrongKind,
)
from ntmtrack.i18n import number
from ntmtrack.model import KINDS, NewUnit, Recognition, Succession, Tier, Unit
from ntmtrack.rules import evidence, span_of
from ntmtrack.text import clean, few, letters
from ntmtrack.units import check_code, check_name, split_kind, split_village_kind
from ntmtrack.units.rearrangement import Descent, Merger, Rearrangement, UnitRef, Version

NAMED = 5  # units in a sentence
ABOVE: Mapping[Tier, tuple[Tier, ...]] = {
    Tier.COMMUNE: (Tier.DISTRICT, Tier.PROVINCE),
    Tier.DISTRICT: (Tier.PROVINCE,),
    Tier.VILLAGE: (Tier.COMMUNE,),
}


def stands_on(day: str) -> Callable[[Unit], bool]:
    """Whether a version stands on an ISO day."""
    return lambda unit: unit.stands_on(day)


class ToldUnit(NamedTuple):
    """What is told of a new unit; None where the old ones tell it."""

    name: str
    kind: str | None = None
    code: str | None = None
    resolution: str | None = None


class UnitHistory:
    """All units over all days, with what became of what."""

    def __init__(self, every_version: Iterable[Unit], successions: Iterable[Succession]) -> None:
        self._versions: dict[int, list[Unit]] = defaultdict(list)
        self._went: dict[int, list[Succession]] = defaultdict(list)
        for unit in every_version:
            self._versions[unit.id].append(unit)
        for succession in successions:
            self._went[succession.predecessor_id].append(succession)

    def versions(self, unit_id: int) -> list[Unit]:
        """All versions of a unit, the oldest first."""
        return self._versions[unit_id]

    def on(self, day: str) -> list[Unit]:
        """Every unit that stands on an ISO day."""
        stands = stands_on(day)
        return [unit for versions in self._versions.values() for unit in versions if stands(unit)]

    def before(self, unit_id: int, day: str) -> Unit:
        """A unit as it stood on the day before; raises NotStanding, AlreadyRearranged, AlreadyChanged."""
        versions = self._versions[unit_id]
        if changed := next((version for version in versions if version.since == day and version != versions[0]), None):
            raise AlreadyChanged(unit=changed.full_title, day=show_day(day), kind=changed.kind)
        standing = next(filter(stands_on(day_before(day)), versions), None)
        went = [step for step in self._went[unit_id] if step.day == day or (standing is None and step.day < day)]
        if went and all(step.extent == "whole" or step.day < day or len(went) > 1 for step in went):
            heirs = few([self._versions[step.successor_id][-1].full_title for step in went], NAMED)
            raise AlreadyRearranged(unit=versions[-1].full_title, day=show_day(went[-1].day), heirs=heirs)
        if standing is None:
            raise NotStanding(unit=versions[-1].full_title, day=show_day(day_before(day)), span=span_of(versions))
        return standing

    def refuse_earlier_end(self, ends: Mapping[int, str]) -> None:
        """Refuses to end units before a later change of theirs that is on record; raises ChangedLater."""
        for unit_id, day in ends.items():
            days = [step.day for step in self._went[unit_id] if step.day > day]
            days += [unit.since for unit in self._versions[unit_id] if unit.since and unit.since > day]
            if days:
                title = self._versions[unit_id][-1].full_title
                raise ChangedLater(unit=title, day=show_day(day), later=show_day(min(days)))

    def above(self, olds: Sequence[Unit], told: Unit | None, day: str) -> Unit | None:
        """The unit that new ones belong to: as told, else that of all the old ones; raises SayParent, ParentEnded."""
        parents = {unit.parent_id for unit in olds} if told is None else {told.id}
        if len(parents) > 1:
            raise SayParent(units=few([unit.full_title for unit in olds], NAMED))
        (parent,) = parents
        if parent is None:
            return None
        versions = self._versions[parent]
        standing = next(filter(stands_on(day), versions), None)
        if standing is None:
            raise ParentEnded(parent=versions[-1].title, until=show_day(versions[-1].until), since=show_day(day))
        return standing

    def provinces(self, about: Iterable[Unit], day: str) -> set[int]:
        """The provinces that units lie in, by id, as of the day before."""
        found = set()
        for unit in about:
            top = unit
            while top.parent_id is not None:
                versions = self._versions[top.parent_id]
                top = next(filter(stands_on(day_before(day)), versions), versions[-1])
            found.add(top.id)
        return found

    def below(self, unit_ids: Collection[int], day: str) -> list[Unit]:
        """What lies in units on a day, they themselves left out."""
        return [unit for unit in self.on(day) if unit.parent_id in unit_ids and unit.id not in unit_ids]

    def refuse_taken(self, new: NewUnit, above: int | None, gone: Collection[int]) -> None:
        """Refuses a name or a code that another unit has on that day; raises UnitExists, CodeTaken."""
        for unit in self.on(new.since or ""):
            if unit.id in gone:
                continue
            if new.code and unit.code == new.code:
                raise CodeTaken(code=new.code, unit=unit.full_title)
            if unit.parent_id == above and unit.kind == new.kind and letters(unit.name) == letters(new.name):
                raise UnitExists(unit=unit.full_title, code=unit.handle)

    def with_children(self, change: Rearrangement, news: Sequence[NewUnit], day: str) -> Rearrangement:
        """The change with what lay in a unit that ends put into the one new unit; raises HasUnits for several."""
        moved = list(self._moved(change, news, day))
        return change._replace(goes_on=[*change.goes_on, *moved])

    def _moved(self, change: Rearrangement, news: Sequence[NewUnit], day: str) -> Iterator[tuple[int, Version]]:
        for unit in self.below(change.ends.keys(), day):
            if len(news) > 1:
                title = self._versions[unit.parent_id or 0][-1].full_title
                raise HasUnits(unit=title, units=unit.title, day=show_day(day))
            new = NewUnit(unit.name, unit.kind, unit.tier, unit.code, None, day, unit.until, news[0].resolution)
            yield unit.id, (new, UnitRef(place=0))


def new_unit(told: ToldUnit, olds: Sequence[Unit], above: Unit | None, day: str) -> NewUnit:
    """A new unit as told, of the tier of the old ones; raises WrongKind, SayKind, BadName, BadCode."""
    name, kind = told.name, told.kind
    tier = olds[0].tier
    kinds = list(dict.fromkeys(unit.kind for unit in olds))
    if kind is None and len(kinds) > 1:
        raise SayKind(unit=name, kinds=", ".join(sorted(kinds)))
    kind = kind or kinds[0]
    if kind not in KINDS[tier] or any(unit.tier is not tier for unit in olds):
        raise WrongKind(kind=kind, tier=", ".join(kinds), kinds=", ".join(KINDS[tier]))
    check_name(name, name)
    until = above.until if above else None
    return NewUnit(clean(name), kind, tier, check_code(told.code, tier), None, day, until, told.resolution)


def refuse_taken(history: UnitHistory, merger: Merger, change: Rearrangement, others: Iterable[Merger] = ()) -> None:
    """Refuses a new unit whose name or code is another's, or that of another new one; raises UnitExists, CodeTaken."""
    new = merger.new
    for other in (other for other in others if other is not merger):
        if new.code and other.new.code == new.code:
            raise CodeTaken(code=new.code, unit=other.new.title)
        if other.above == merger.above and letters(other.new.title) == letters(new.title):
            raise UnitExists(unit=new.title, code=f'"{new.title}"')
    gone = {*change.ends, *(unit_id for unit_id, _version in change.goes_on)}
    history.refuse_taken(new, merger.above.id, gone)


def told_name(text: str, tier: Tier) -> tuple[str | None, str]:
    """The kind and the name of a new unit of a tier as typed; a kind of villages is of a commune's name: "Bản Hon"."""
    if tier is Tier.VILLAGE:
        return split_village_kind(text)
    kind, name = split_kind(text)
    return (None, clean(text)) if kind in KINDS[Tier.VILLAGE] else (kind, name)


def told_later(
    history: UnitHistory,
    by_unit: Mapping[int, Sequence[Recognition]],
    formers: Sequence[str],
    told: ToldUnit,
    day: str,
) -> tuple[Unit, Rearrangement] | None:
    """What a unit on record was made of, where the ledger holds only the unit itself: a later list is no history.

    The unit, and the change; None where no unit so called stands without a beginning. Raises RecognisedBefore.
    """
    named = [
        unit
        for unit in history.on(day)
        if letters(unit.name) == letters(told.name)
        and told.kind in (None, unit.kind)
        and unit.tier in (Tier.COMMUNE, Tier.DISTRICT)
    ]
    if len(named) != 1 or named[0].since is not None or len(formers) < 2:
        return None
    (target,) = named
    for recognition in by_unit.get(target.id, ()):
        if recognition.year and day > f"{recognition.year}-12-31":
            raise RecognisedBefore(unit=target.full_title, day=show_day(day), evidence=evidence(recognition))
    begins: list[list[Version]] = []
    for typed in formers:
        kind, name = told_name(typed, target.tier)
        check_name(name, typed)
        old = NewUnit(name, kind or KINDS[target.tier][0], target.tier, until=day)
        begins.append([(old, UnitRef(target.parent_id))])
    descents = [
        Descent(UnitRef(place=place), UnitRef(target.id), "whole", day, None, told.resolution)
        for place in range(len(begins))
    ]
    return target, Rearrangement(begins=begins, descents=descents, starts={target.id: day})


def refuse_later(
    history: UnitHistory,
    by_unit: Mapping[int, Sequence[Recognition]],
    change: Rearrangement,
    *,
    decided: bool = True,
) -> None:
    """Refuses to end a unit, or to give it another kind, before a year that it is recognised for.

    Raises RecognisedAfterEnd.

    With `decided` also before the day of a decision: of the whole nation's units it may have been signed later.
    """
    named = [
        f"{history.versions(unit_id)[-1].full_title} ({evidence(recognition)})"
        for unit_id, ended in {**_of_other_kind(history, change), **change.ends}.items()
        for recognition in by_unit.get(unit_id, ())
        if _is_after(recognition, ended, decided=decided)
    ]
    if named:
        raise RecognisedAfterEnd(count=number(len(named)), units=few(named, NAMED))


def _of_other_kind(history: UnitHistory, change: Rearrangement) -> dict[int, str]:
    """The units that are of another kind, each from the day on."""
    return {
        unit_id: new.since
        for unit_id, (new, _above) in change.goes_on
        if new.since
        and (before := next(filter(stands_on(day_before(new.since)), history.versions(unit_id)), None))
        and before.kind != new.kind
    }


def _is_after(recognition: Recognition, ended: str, *, decided: bool) -> bool:
    if decided and recognition.decided_on and first_day(recognition.decided_on).isoformat() >= ended:
        return True
    return recognition.year is not None and ended <= f"{recognition.year}-01-01"
