"""`rearrange`: units merged, divided, renamed, moved, of another kind or code, ended; one action, shown first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ntmtrack.commands import Session
from ntmtrack.dates import day_before, show_day
from ntmtrack.errors import (
    AcrossProvinces,
    AmbiguousUnit,
    BecomesWhat,
    ChangedMeanwhile,
    HasUnits,
    NotConfirmed,
    NothingChanges,
    OneOf,
    OneUnitOnly,
    OnlyWith,
    UnknownUnit,
)
from ntmtrack.i18n import _
from ntmtrack.mergers import (
    ABOVE,
    NAMED,
    ToldUnit,
    UnitHistory,
    new_unit,
    refuse_later,
    refuse_taken,
    stands_on,
    told_later,
    told_name,
)
from ntmtrack.model import NewUnit, Tier, Unit
from ntmtrack.reports.rearrangement import NewUnitRow, rearrangement_report
from ntmtrack.rules import check_day, each_once
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.actions import last_done
from ntmtrack.storage.queries.recognitions import recognitions_by_unit
from ntmtrack.storage.queries.units import find_unit
from ntmtrack.text import few
from ntmtrack.units import known_kind
from ntmtrack.units.finder import MatchTerms
from ntmtrack.units.rearrangement import Extent, Merger, Part, Rearrangement, UnitRef, compose, is_same_unit


@dataclass(frozen=True, slots=True)
class RearrangeRequest:
    """What becomes of units, as typed: `parts` give but a part of theirs, `into` are the new units."""

    units: Sequence[str]
    on: str
    parts: Sequence[str] = ()
    into: Sequence[str] = ()
    rename: str | None = None
    kind: str | None = None
    code: str | None = None
    move_to: str | None = None
    ends: bool = False
    resolution: str | None = None

    @property
    def told(self) -> list[str]:
        """The options that say what becomes of the units."""
        options = (("--into", self.into), ("--rename", self.rename), ("--end", self.ends))
        return [option for option, value in options if value]

    @property
    def of_units_that_go_on(self) -> list[str]:
        """The options that say what a unit is like from then on."""
        options = (("--kind", self.kind), ("--code", self.code), ("--move-to", self.move_to))
        return [option for option, value in options if value]


@dataclass(frozen=True, slots=True)
class _Drafted:
    """What would be written, its rows for the preview, its summary; whether it joins units of several provinces."""

    change: Rearrangement
    rows: Sequence[NewUnitRow]
    summary: str
    is_across: bool = False


def rearrange_units(session: Session, request: RearrangeRequest, *, yes: bool, dry_run: bool) -> None:
    """Rearranges units as one action; on a terminal shown first, and written only once the person says so.

    Raises OneOf, OnlyWith, NamedTwice, BecomesWhat, OneUnitOnly, UnknownUnit, AmbiguousUnit, NotStanding,
    AlreadyRearranged, SayKind, SayParent, UnitExists, CodeTaken, AcrossProvinces, HasUnits, RecognisedAfterEnd,
    RecognisedBefore, NotConfirmed.
    """
    if len(request.told) > 1:
        raise OneOf(options=", ".join(request.told))
    if request.ends and request.of_units_that_go_on:
        raise OneOf(options=", ".join(["--end", *request.of_units_that_go_on]))
    if request.parts and not request.into:
        raise OnlyWith(option="--part", other="--into")
    check_day(request.on, session.today)
    with session.reading() as connection:
        drafted = _draft(connection, request)
        seen = last_done(connection)
    asks = session.can_ask and not yes and not dry_run
    if drafted.is_across and not (yes or asks):
        raise AcrossProvinces(done=drafted.summary)
    if asks or dry_run:
        session.show(rearrangement_report(drafted.rows, _("Units from {day}").format(day=show_day(request.on))), None)
    if asks and not session.ask(_("Write this to the ledger?")):
        raise NotConfirmed
    with session.acting("rearrange", dry_run=dry_run) as ledger:
        if ledger.action_id != seen + 1 and not dry_run:
            raise ChangedMeanwhile
        ledger.rearrange(drafted.change)
        ledger.summary = drafted.summary


def _draft(connection: Connection, request: RearrangeRequest) -> _Drafted:
    drafting = _Drafting(connection, request)
    if request.into:
        return drafting.merged()
    if request.ends:
        return drafting.ended()
    return drafting.changed()


class _Drafting:
    """What a request makes of the units of a ledger."""

    def __init__(self, connection: Connection, request: RearrangeRequest) -> None:
        self._connection = connection
        self._request = request
        self._history = UnitHistory(units.every_version(connection), units.successions(connection))

    # What becomes of them ------------------------------------------------------------------------------------------

    def merged(self) -> _Drafted:
        """Units that go into others: whole into one, or divided among several; `parts` give but a part."""
        request = self._request
        if len(request.into) > 1 and request.code:
            raise OneUnitOnly(option="--code")
        if later := self._told_later():
            return later
        whole, parts = self._standing(request.units), self._standing(request.parts)
        olds = each_once([*whole, *parts])
        above = self._above(olds)
        names = [told_name(text, olds[0].tier) for text in request.into]
        mergers = [
            Merger(self._new(kind, name, olds, above), _ref(above), self._parts(whole, parts)) for kind, name in names
        ]
        if is_same_unit(mergers[0].parts, olds[0].tier) and not request.code:
            mergers = [mergers[0]._replace(new=mergers[0].new._replace(code=olds[0].code))]
        change = compose(mergers)
        lasting = {unit.id for unit in parts}  # these give a part and go on, into however many it goes
        change = change._replace(ends={key: day for key, day in change.ends.items() if key not in lasting})
        self._refuse_taken(mergers, change)
        change = self._history.with_children(change, [merger.new for merger in mergers], request.on)
        rows = [self._row(merger.new, above, self._made_of(whole, parts)) for merger in mergers]
        return self._drafted(change, rows, [*olds, *([above] if above else [])])

    def ended(self) -> _Drafted:
        """Units that are no more."""
        on = self._request.on
        olds = each_once(self._standing(self._request.units))
        change = Rearrangement(dict.fromkeys((unit.id for unit in olds), on))
        if below := self._history.below(change.ends.keys(), on):
            listed = few([unit.full_title for unit in below], NAMED)
            raise HasUnits(unit=olds[0].full_title, units=listed, day=show_day(on))
        rows = [NewUnitRow(unit.full_title, unit.code, on, _("ends"), self._request.resolution) for unit in olds]
        return self._drafted(change, rows, olds)

    def changed(self) -> _Drafted:
        """Units that go on: with another name, kind or code, or below another unit."""
        request = self._request
        if not (request.rename or request.of_units_that_go_on):
            raise BecomesWhat
        for option, value in (("--rename", request.rename), ("--code", request.code)):
            if value and len(request.units) > 1:
                raise OneUnitOnly(option=option)
        olds = each_once(self._standing(request.units))
        above = {unit.id: self._above([unit]) for unit in olds}
        mergers = [self._changed(unit, above[unit.id]) for unit in olds]
        change = compose(mergers)
        self._refuse_taken(mergers, change)
        rows = [
            self._row(merger.new, above[unit.id], unit.full_title) for merger, unit in zip(mergers, olds, strict=True)
        ]
        return self._drafted(change, rows, [*olds, *filter(None, above.values())])

    def _changed(self, unit: Unit, above: Unit | None) -> Merger:
        request = self._request
        kind, name = told_name(request.rename, unit.tier) if request.rename else (None, unit.name)
        new = self._new(kind or (None if request.kind else unit.kind), name, [unit], above)
        until = unit.until if (unit.until or "9999") > request.on else new.until  # it ended with the list that day
        new = new._replace(code=new.code or unit.code, until=until)
        if (new.kind, new.name, new.code, above and above.id) == (unit.kind, unit.name, unit.code, unit.parent_id):
            raise NothingChanges(unit=unit.full_title)
        return Merger(new, _ref(above), [Part(UnitRef(unit.id), unit.tier, "whole", None, request.resolution)])

    def _told_later(self) -> _Drafted | None:
        """What a unit on record was made of, where the ledger holds none of the units named but that one."""
        request = self._request
        if len(request.into) != 1 or request.parts or any(map(self._is_known, request.units)):
            return None
        kind, name = told_name(request.into[0], Tier.COMMUNE)
        told = ToldUnit(name, known_kind(request.kind) if request.kind else kind, resolution=request.resolution)
        by_unit = recognitions_by_unit(self._connection)
        later = told_later(self._history, by_unit, request.units, told, request.on)
        if later is None:
            return None
        target, change = later
        title = _("{unit}, on record until now without its beginning").format(unit=target.full_title)
        listed = ", ".join(versions[0][0].title for versions in change.begins)
        return self._drafted(change, [NewUnitRow(title, target.code, request.on, listed, request.resolution)], [target])

    def _refuse_taken(self, mergers: Sequence[Merger], change: Rearrangement) -> None:
        for merger in mergers:
            refuse_taken(self._history, merger, change, mergers)

    # Units found ---------------------------------------------------------------------------------------------------

    def _standing(self, typed: Iterable[str]) -> list[Unit]:
        """The units named, each as it stood on the day before; raises what `UnitHistory.before` does."""
        stands = stands_on(day_before(self._request.on))
        found = [find_unit(self._connection, text, across=True, stands=stands) for text in typed]
        return [self._history.before(unit.id, self._request.on) for unit in found]

    def _is_known(self, typed: str) -> bool:
        try:
            units.look_up(self._connection, typed, MatchTerms())
        except AmbiguousUnit:
            return True
        except UnknownUnit as unknown:
            return type(unknown) is not UnknownUnit  # a unit of another kind or place bears the name
        return True

    def _above(self, olds: Sequence[Unit]) -> Unit | None:
        """The unit that new ones belong to; raises what `UnitHistory.above` does."""
        told = None
        if self._request.move_to:
            tiers = ABOVE.get(olds[0].tier, ())
            told = find_unit(
                self._connection,
                self._request.move_to,
                only=lambda unit: unit.tier in tiers,
                across=True,
                stands=stands_on(self._request.on),
            )
        return self._history.above(olds, told, self._request.on)

    def _new(self, kind: str | None, name: str, olds: Sequence[Unit], above: Unit | None) -> NewUnit:
        request = self._request
        kind = known_kind(request.kind) if request.kind else kind
        return new_unit(ToldUnit(name, kind, request.code, request.resolution), olds, above, request.on)

    def _parts(self, whole: Sequence[Unit], parts: Sequence[Unit]) -> list[Part]:
        extent: Extent = "whole" if len(self._request.into) == 1 else "part"
        resolution = self._request.resolution
        return [
            *(Part(UnitRef(unit.id), unit.tier, extent, None, resolution) for unit in whole),
            *(Part(UnitRef(unit.id), unit.tier, "part", None, resolution) for unit in parts),
        ]

    # In words ------------------------------------------------------------------------------------------------------

    def _made_of(self, whole: Sequence[Unit], parts: Sequence[Unit]) -> str:
        part = _("part of {unit}")
        in_parts = [*(whole if len(self._request.into) > 1 else ()), *parts]
        names = [] if len(self._request.into) > 1 else [unit.full_title for unit in whole]
        return ", ".join([*names, *(part.format(unit=unit.full_title) for unit in in_parts)])

    def _row(self, new: NewUnit, above: Unit | None, made_of: str) -> NewUnitRow:
        title = f"{new.title} ({above.title})" if above else new.title
        return NewUnitRow(title, new.code, self._request.on, made_of, self._request.resolution)

    def _drafted(self, change: Rearrangement, rows: Sequence[NewUnitRow], about: Sequence[Unit]) -> _Drafted:
        self._history.refuse_earlier_end(change.ends)
        refuse_later(self._history, recognitions_by_unit(self._connection), change)
        ends = _("ends")
        told = "; ".join(
            f"{row.title}: {ends}" if row.made_of == ends else f"{row.made_of} → {row.title}" for row in rows
        )
        text = _("from {day}: {changes}").format(day=show_day(self._request.on), changes=told)
        if self._request.resolution:
            text = f"{text} ({self._request.resolution})"
        return _Drafted(change, rows, text, len(self._history.provinces(about, self._request.on)) > 1)


def _ref(above: Unit | None) -> UnitRef:
    return UnitRef(above.id if above else None)
