"""The levels that can be meant, by the year and the units that a command line tells; what is on record of the units."""

from typing import TYPE_CHECKING

import click

from ntmtrack.i18n import _

if TYPE_CHECKING:
    from ntmtrack.commands import Session
    from ntmtrack.model import Level, Recognition, Unit
    from ntmtrack.storage.dialect import Connection

ON_RECORD = ("edit", "revoke")  # commands whose level is one that the units hold
_RECORDING = ("record", "import")  # commands whose level is one of the year's own set


def levels_meant(ctx: click.Context) -> "list[Level]":
    """Those that units hold, of what is on record; those of the year's set; none where neither is known.

    Raises NoDatabase, UnknownSet, YearOutsideProgrammes.
    """
    if ctx.command.name in ON_RECORD:
        return _held(ctx)
    return _of_year(ctx) if ctx.command.name in _RECORDING else []


def units_told(ctx: click.Context) -> "list[Unit]":
    """The units that the line names, all of a name of several; none for a word that is no unit's.

    None for a shell that completes either, since a ledger of an earlier schema is upgraded to be read.
    """
    from ntmtrack.errors import AmbiguousUnit, NtmError
    from ntmtrack.storage.queries.units import look_up
    from ntmtrack.streams import kept_remarks
    from ntmtrack.units.finder import MatchTerms

    session: Session = ctx.obj
    told: list[Unit] = []
    for typed in () if ctx.resilient_parsing else ctx.params.get("units") or ():
        try:
            with session.reading() as connection, kept_remarks():
                told.append(look_up(connection, typed, MatchTerms(across=True)).unit)
        except AmbiguousUnit as several:
            told += several.facts["units"]  # type: ignore[arg-type]  # which the finder put there
        except NtmError:
            continue
    return told


def say_recorded(ctx: click.Context) -> None:
    """Says what is on record of the units that are to be corrected; of those of one name that have anything."""
    session: Session = ctx.obj
    with session.reading() as connection:
        told = [(unit, _recorded(connection, unit)) for unit in units_told(ctx)]
    known_names = {unit.name for unit, recorded in told if recorded}
    for unit, recorded in told:
        if not recorded and unit.name in known_names:
            continue
        known = "; ".join(f"{level.label}, {_known(one)}" for one, level in recorded)
        text = _("On record of {unit}: {known}.")
        session.say(text.format(unit=unit.full_title, known=known or _("no recognition")))


def _known(one: "Recognition") -> str:
    """How a recognition is known, and since when it holds no more."""
    from ntmtrack.dates import show_day
    from ntmtrack.rules import evidence

    since = one.revoked_on and _("revoked from {day}").format(day=show_day(one.revoked_on))
    return ", ".join(filter(None, (evidence(one), since)))


def _recorded(connection: "Connection", unit: "Unit") -> "list[tuple[Recognition, Level]]":
    """The recognitions of a unit, each with its level."""
    from ntmtrack.programmes import known_level
    from ntmtrack.storage.queries.recognitions import recognitions_of_unit

    recognitions = [
        (one, known_level(one.programme, one.level, unit.tier)) for one in recognitions_of_unit(connection, unit.id)
    ]
    return [(one, level) for one, level in recognitions if level]


def _held(ctx: click.Context) -> "list[Level]":
    session: Session = ctx.obj
    with session.reading() as connection:
        held = [
            level
            for unit in units_told(ctx)
            for one, level in _recorded(connection, unit)
            if not (one.revoked_on and ctx.command.name == "revoke")
        ]
    return [*{level.key: level for level in held}.values()]


def _of_year(ctx: click.Context) -> "list[Level]":
    """The levels of the year's own set, or of the set that is named, at the tiers of the units."""
    from ntmtrack.model import Act
    from ntmtrack.programmes import of_year
    from ntmtrack.programmes.ladders import OWN, ladder_called, ladder_of

    year, named = ctx.params.get("year"), ctx.params.get("of_set")
    if year is None or ctx.params.get("basis") == Act.ACKNOWLEDGED:  # what is acknowledged may be of an older set
        return []
    running = of_year(year)
    levels = ladder_of(running, ladder_called(running, named) if named else OWN).levels
    tiers = {unit.tier for unit in units_told(ctx)}
    return [level for level in levels if not tiers or tiers & {*level.tiers}]
