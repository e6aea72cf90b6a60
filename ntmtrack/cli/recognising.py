"""Recording and revoking many units as one action: every one is checked, and none is written if one is refused."""

from dataclasses import dataclass

from ntmtrack.cli.invocation import Invocation
from ntmtrack.days import show_day
from ntmtrack.errors import IssuerNeedsDecision, NotRecognised, RevokedBefore
from ntmtrack.i18n import _, ngettext, number
from ntmtrack.model import Decision, Level, Programme, Recognition, Unit
from ntmtrack.programmes import find_level, of_year, programme
from ntmtrack.rules import check_days, check_recognition, check_unit, check_year, evidence
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import recognitions, units
from ntmtrack.storage.queries.find import find_unit
from ntmtrack.text import clean

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Claim:
    """What `record` was told: units as typed, the recognition without programme and decision, the decision's parts."""

    units: list[str]
    draft: Recognition
    number: str | None
    signed_on: str | None
    issuer: str | None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What `revoke` was told."""

    units: list[str]
    level: str
    number: str | None
    signed_on: str | None
    issuer: str | None
    reason: str | None


def record_all(call: Invocation, claim: Claim, *, dry_run: bool) -> None:
    """Records the recognition for every unit of the claim; raises the first refusal."""
    year = claim.draft.year
    assert year is not None
    own = of_year(year)
    check_year(year, call.today)
    check_days([claim.signed_on, claim.draft.announced_on], call.today)
    decision = _decision(claim.number, claim.signed_on, claim.issuer)
    warnings: list[str] = []
    with call.acting("record", dry_run=dry_run) as ledger:
        done = []
        for typed in claim.units:
            unit = _recognisable(ledger, typed, own, year)
            level = find_level(own, claim.draft.level, unit.tier)
            new = claim.draft._replace(level=level.key, programme=own.key, decision=decision)
            held = recognitions.of_unit(ledger.connection, unit.id)
            warnings += check_recognition(unit, new, held)
            ledger.record(unit, new)
            done.append((unit, level))
        ledger.summary = _("{level}, {evidence}: {units}").format(
            level=_levels(done), evidence=evidence(new), units=_names([unit for unit, _level in done])
        )
    for warning in warnings:
        call.say(_("Warning: {text}").format(text=warning))


def revoke_all(call: Invocation, wanted: Withdrawal, *, dry_run: bool) -> None:
    """Ends the standing recognition of every unit at the level; raises the first refusal."""
    check_days([wanted.signed_on], call.today)
    decision = _decision(wanted.number, wanted.signed_on, wanted.issuer)
    day = wanted.signed_on or call.today.isoformat()
    warnings: list[str] = []
    with call.acting("revoke", dry_run=dry_run) as ledger:
        done = []
        for typed in wanted.units:
            unit = find_unit(ledger.connection, typed, lambda unit: unit.kind == "xã")
            held = recognitions.of_unit(ledger.connection, unit.id)
            ended, level = _standing(unit, held, wanted.level)
            if day < ended.first_day():
                raise RevokedBefore(
                    unit=unit.full_title, day=ended.first_day(), level=level.label, revoked=show_day(day)
                )
            assert ended.id is not None
            ledger.revoke(ended.id, day, decision, clean(wanted.reason) if wanted.reason else None)
            warnings += _still_above(unit, held, level)
            done.append((unit, level))
        ledger.summary = _("revoked {level} from {day}: {units}").format(
            level=_levels(done), day=show_day(day), units=_names([unit for unit, _level in done])
        )
    for warning in warnings:
        call.say(_("Warning: {text}").format(text=warning))


def _decision(number_: str | None, signed_on: str | None, issuer: str | None) -> Decision | None:
    if number_ is not None and clean(number_):
        return Decision(clean(number_), signed_on, clean(issuer) if issuer else None)
    given = [option for option, value in (("--date", signed_on), ("--issuer", issuer)) if value]
    if given:
        raise IssuerNeedsDecision(options=", ".join(given))
    return None


def _recognisable(ledger: Ledger, typed: str, own: Programme, year: int) -> Unit:
    """The unit meant, as it can be recognised for `year`; of units that share a name only counted kinds are meant."""

    def counts(unit: Unit) -> bool:
        return unit.kind in own.counted.get(unit.tier, ()) and unit.alive_in(year)

    unit = find_unit(ledger.connection, typed, counts)
    return check_unit(units.versions(ledger.connection, unit.id), own, year)


def _standing(unit: Unit, held: list[Recognition], typed: str) -> tuple[Recognition, Level]:
    """The unit's unrevoked recognition at the level typed, the latest first; raises NotRecognised, UnknownLevel."""
    level = None
    for one in reversed([known for known in held if known.revoked_on is None]):
        level = find_level(programme(one.programme), typed, unit.tier)
        if one.level == level.key:
            return one, level
    label = level.label if level else typed
    raise NotRecognised(unit=unit.full_title, level=label, code=unit.handle)


def _still_above(unit: Unit, held: list[Recognition], level: Level) -> list[str]:
    """A warning where a higher level stands on, so that the unit is still counted at this one."""
    higher = []
    for one in held:
        own = programme(one.programme)
        if one.revoked_on is None and own.level(one.level).rank > level.rank:
            higher.append(own.level(one.level).label)
    text = _("{unit} keeps {levels} and so still counts at {level}.")
    return [text.format(unit=unit.full_title, levels=", ".join(higher), level=level.label)] if higher else []


def _levels(done: list[tuple[Unit, Level]]) -> str:
    return ", ".join(dict.fromkeys(level.label for _unit, level in done))


def _names(done: list[Unit]) -> str:
    """The units by name, the first few in full."""
    names = ", ".join(unit.full_title for unit in done[:_NAMED])
    more = len(done) - _NAMED
    if more <= 0:
        return names
    return ngettext("{names} and {count} more", "{names} and {count} more", more).format(
        names=names, count=number(more)
    )
