"""Recording many units as one action: every one is checked, and none is written if one is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from ntmtrack.commands import Session
from ntmtrack.commands.decisions import ask_which_decision, match_decision, units_called
from ntmtrack.commands.sets import ladder_by
from ntmtrack.dates import show_day
from ntmtrack.decisions import GivenDecision, read_given
from ntmtrack.errors import (
    LevelOfSetBefore,
    RecordedWithLess,
    UnknownUnit,
)
from ntmtrack.i18n import _, ngettext, number
from ntmtrack.model import Act, Decision, Level, Programme, Recognition, Tier, Unit
from ntmtrack.programmes import every, find_level, is_level, of_year, programme
from ntmtrack.programmes.ladders import KEPT, ladder_called, ladder_of, set_key
from ntmtrack.rules import (
    check_days,
    check_recognition,
    check_unit,
    check_year,
    each_once,
    evidence,
    never_counts,
    repeated,
    stood_then,
    year_of_unit,
)
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.membership import rearranged_on
from ntmtrack.storage.queries.recognitions import recognitions_of_unit
from ntmtrack.storage.queries.units import find_unit
from ntmtrack.ways import quoted

_NAMED = 5


@dataclass(frozen=True, slots=True)
class RecordRequest:
    """What `record` was told: units as typed, the recognition without programme and decision, the decision.

    `of_set` is the set of levels by which it was, where it was named.
    """

    units: list[str]
    draft: Recognition
    decision: GivenDecision
    of_set: str | None = None


def record_units(session: Session, request: RecordRequest, *, dry_run: bool) -> None:
    """Records the recognition for every unit of the request; raises the first refusal."""
    ask_which_decision(session, request.decision, lambda given: _record(session, request, given, dry_run=dry_run))


def _record(session: Session, request: RecordRequest, as_typed: GivenDecision, *, dry_run: bool) -> None:
    year = request.draft.year
    assert year is not None
    check_year(year, session.today)
    period = _recognising(year, request)
    given = read_given(as_typed)
    check_days([given.signed_on if given else None, request.draft.announced_on], session.today)
    with session.acting("record", dry_run=dry_run) as ledger:
        decision, warnings = match_decision(ledger, as_typed, given, year, units_called(ledger, request.units))
        draft = request.draft._replace(programme=period.key, decision=decision)
        meant = each_once([recognisable(ledger.connection, typed, period, draft) for typed in request.units])
        drafts = [(unit, _of_its_set(ledger, unit, draft, request.of_set)) for unit in meant]
        levels = [_level(unit, new) for unit, new in drafts]
        _refuse_additions(ledger, drafts)
        for unit, new in drafts:
            warnings += check_recognition(unit, new, recognitions_of_unit(ledger.connection, unit.id))
            warnings += _odd(ledger, unit, new)
            parted_on = partial(rearranged_on, ledger.connection, None)
            warnings += never_counts(units.versions(ledger.connection, unit.id), new, parted_on)
            ledger.record(unit, new)
            if unit.tier is Tier.DISTRICT:
                warnings += _communes_missing(session, ledger, unit, new)
        ledger.summary = _("{level}, {evidence}: {units}").format(
            level=level_labels(levels) + _by_set_before(period, year), evidence=evidence(draft), units=unit_names(meant)
        )
    for warning in warnings:
        session.say(_("Warning: {text}").format(text=warning))


def _recognising(year: int, request: RecordRequest) -> Programme:
    """The levels of the set that was named, else of the year's own; raises UnknownSet, LevelOfSetBefore."""
    running, typed = of_year(year), request.draft.level
    if request.of_set:
        return ladder_of(running, ladder_called(running, request.of_set))
    kept = ladder_of(running, KEPT)
    if request.draft.basis is not Act.ACKNOWLEDGED and not is_level(running, typed) and is_level(kept, typed):
        raise LevelOfSetBefore(programme=running.key, level=typed, before=kept.key)
    return running


def _of_its_set(ledger: Ledger, unit: Unit, new: Recognition, of_set: str | None) -> Recognition:
    """The recognition in the set of what it acknowledges; another, or where a set was named, in that, as it is.

    Its level by its key; raises UnknownLevel.
    """
    if new.basis is Act.ACKNOWLEDGED and not of_set:
        from ntmtrack.progress.constituents import acknowledged_set
        from ntmtrack.storage.queries.constituents import constituents_of

        formed_of = constituents_of(ledger.connection, unit.id)
        new = new._replace(programme=acknowledged_set(formed_of, new.level, new.year or 0).key)
    return new._replace(level=_level(unit, new).key)


def _level(unit: Unit, new: Recognition) -> Level:
    """The level as the tier of a unit has it; raises UnknownLevel."""
    return find_level(programme(new.programme), new.level, unit.tier)


def _refuse_additions(ledger: Ledger, drafts: Sequence[tuple[Unit, Recognition]]) -> None:
    """Raises RecordedWithLess where only a decision or a remark is told beyond what is on record, with how to add it.

    The command is for every unit of which the same is to be added.
    """
    options = [_added(new, recognitions_of_unit(ledger.connection, unit.id)) for unit, new in drafts]
    first = next((place for place, adds in enumerate(options) if adds), None)
    if first is None:
        return
    (unit, new), adds = drafts[first], options[first]
    alike = [of.handle for (of, _new), other in zip(drafts, options, strict=True) if other == adds]
    old = repeated(new, recognitions_of_unit(ledger.connection, unit.id))
    assert old is not None
    words = [("--level", new.level), *adds, ("--reason", _("added later"))]
    typed = " ".join(f"{option} {quoted(value)}" for option, value in words)
    raise RecordedWithLess(
        unit=unit.full_title,
        level=_level(unit, new).label,
        evidence=evidence(old),
        command=f"ntmtrack edit {' '.join(alike)} {typed}",
    )


def _added(new: Recognition, of_unit: Sequence[Recognition]) -> list[tuple[str, str]]:
    """The options of `edit` that add what `new` tells beyond a recognition on record; none where it tells otherwise."""
    old = repeated(new, of_unit)
    if old is None or old.revoked_on or (old.year, old.basis) != (new.year, new.basis):
        return []
    told, known = new.decision or Decision(""), old.decision or Decision("")
    facts = [
        ("--decision", told.number, known.number),
        ("--date", show_day(told.signed_on), show_day(known.signed_on)),
        ("--issuer", told.issuer, known.issuer),
        ("--announced", show_day(new.announced_on), show_day(old.announced_on)),
        ("--source", new.source, old.source),
        ("--note", new.note, old.note),
    ]
    if any(said and before and said != before for _option, said, before in facts):
        return []
    added = [(option, said) for option, said, before in facts if said and not before]
    return [*_which(old, of_unit), *added] if added else []


def _which(meant: Recognition, of_unit: Sequence[Recognition]) -> list[tuple[str, str]]:
    """The options of `edit` that tell a recognition from others of the unit that stand at a level of that name."""
    alike = [one for one in of_unit if one.level == meant.level and one.revoked_on is None]
    sets = {ladder_by(one) for one in alike}
    of_set = [("--set", set_key(every()[-1], ladder_by(meant)))] if len(sets) > 1 else []
    return [*of_set, *([("--of-year", str(meant.year))] if len({one.year for one in alike}) > 1 else [])]


def _odd(ledger: Ledger, unit: Unit, new: Recognition) -> list[str]:
    """Warnings where what is acknowledged is not on record of the units of which this one was formed."""
    if new.basis is not Act.ACKNOWLEDGED:
        return []
    from ntmtrack.progress.constituents import odd_acknowledgement
    from ntmtrack.storage.queries.constituents import constituents_of

    return odd_acknowledgement(unit, new, constituents_of(ledger.connection, unit.id))


def _communes_missing(session: Session, ledger: Ledger, unit: Unit, new: Recognition) -> list[str]:
    """A warning where the communes of a district have not reached what is asked of them, as `check` knows."""
    from ntmtrack.commands.checks.context import CheckContext, LedgerRecords
    from ntmtrack.commands.checks.districts import just_recorded
    from ntmtrack.commands.question import ReportOptions, resolve

    assert new.year is not None
    spec = resolve(ledger.connection, ReportOptions(new.year), session.today, of=unit)
    return just_recorded(CheckContext(LedgerRecords(session.file, ledger.connection), spec), unit, new.level, new.year)


def recognisable(connection: Connection, typed: str, period: Programme, new: Recognition) -> Unit:
    """The unit meant, as it can be recognised; of units that share a name only counted kinds are meant."""
    year = new.year or 0

    def counts(unit: Unit) -> bool:
        alive = unit.alive_in(year_of_unit([unit], new.basis, year))
        return unit.kind in period.counted.get(unit.tier, ()) and alive

    try:
        unit = find_unit(
            connection, typed, counts, stands=lambda unit: stood_then(unit, new.basis, year, new.decided_on)
        )
    except UnknownUnit as unknown:
        from ntmtrack.commands.national import if_not_carried

        raise if_not_carried(connection, unknown, year) from None
    versions = units.versions(connection, unit.id)
    counted_in = year_of_unit(versions, new.basis, year)
    return check_unit(versions, period, counted_in, new.decided_on, also_uncounted=True)


def level_labels(levels: list[Level]) -> str:
    """The levels in words, each once."""
    return ", ".join(dict.fromkeys(level.label for level in levels))


def _by_set_before(ladder: Programme, year: int) -> str:
    """For a summary: by which set of levels it was, where that is not the year's own."""
    return "" if ladder.key == of_year(year).key else _(" (by the {set} set)").format(set=ladder.key)


def unit_names(done: list[Unit]) -> str:
    """The units by name, the first few in full."""
    names = ", ".join(unit.full_title for unit in done[:_NAMED])
    more = len(done) - _NAMED
    if more <= 0:
        return names
    return ngettext("{names} and {count} more", "{names} and {count} more", more).format(
        names=names, count=number(more)
    )
