"""What is typed at a question, judged there and then, as far as it can be before the rest is known."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ntmtrack.commands import Session
    from ntmtrack.model import Level

_READING = ("import", "restore", "join", "load")  # commands that are given a file, or a folder, which is there
_STDIN = "-"
_RECORDING = ("record", "edit", "import", "carry")  # commands whose year is one that was recognised for


def judge(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Raises what the command would refuse of the value, once read, of one parameter.

    What only the whole command line tells is left to the command, as is a ledger that cannot be read.
    """
    from ntmtrack.errors import NoDatabase

    name = str(param.name)
    check = _CHECKS_OF.get((str(ctx.command.name), name)) or _CHECKS.get(name)
    for one in value if isinstance(value, list | tuple) else [value]:
        with suppress(NoDatabase):
            if check and one is not None:
                check(ctx, one)


def _unit(ctx: click.Context, typed: str) -> None:
    """Raises UnknownUnit, UnitOtherwise for a name of none; which of several is meant the command knows better."""
    from ntmtrack.errors import AmbiguousUnit
    from ntmtrack.storage.queries.units import look_up
    from ntmtrack.units.finder import MatchTerms

    session: Session = ctx.obj
    with suppress(AmbiguousUnit), session.reading() as connection:
        look_up(connection, typed, MatchTerms())


def _year(ctx: click.Context, year: int) -> None:
    """Raises YearInFuture for what is recorded, YearOutsideProgrammes."""
    from ntmtrack.programmes import of_year
    from ntmtrack.rules import check_year

    if ctx.command.name in _RECORDING:
        check_year(year, ctx.obj.today)
    of_year(year)
    if ctx.command.name == "record":
        _stood(ctx, year)


def _stood(ctx: click.Context, year: int) -> None:
    """Raises UnitNotAlive where a unit that is to be recorded did not stand then; what else is wrong of it is left."""
    from ntmtrack.commands.record import recognisable
    from ntmtrack.errors import NtmError, UnitNotAlive
    from ntmtrack.model import Act, Recognition
    from ntmtrack.programmes import of_year
    from ntmtrack.streams import kept_remarks

    session: Session = ctx.obj
    draft = Recognition("", "", year, basis=Act(ctx.params.get("basis") or Act.RECOGNISED))
    with session.reading() as connection, kept_remarks():
        for typed in ctx.params.get("units") or ():
            try:
                recognisable(connection, typed, of_year(year), draft)
            except UnitNotAlive:
                raise
            except NtmError:
                continue


def _level(ctx: click.Context, typed: str) -> None:
    """Raises UnknownLevel, also for one of another set than the year's; NotRecognised for one that no unit has.

    A set or a year that is wrong no other level puts right: the command refuses that.
    """
    from ntmtrack.cli.known_levels import ON_RECORD, levels_meant, units_told
    from ntmtrack.errors import NotRecognised, UnknownLevel, UnknownSet, YearOutsideProgrammes
    from ntmtrack.ingest.options import level_key
    from ntmtrack.programmes import every_level, listed, of_year

    meant: Sequence[Level] = []
    with suppress(UnknownSet, YearOutsideProgrammes):
        meant = levels_meant(ctx)
    if meant and ctx.command.name not in ON_RECORD:
        with suppress(UnknownLevel):
            if level_key(typed) in {level.key for level in meant}:
                return
        raise UnknownLevel(programme=of_year(ctx.params["year"]).key, level=typed, levels=listed(meant))
    key = level_key(typed)
    if meant and key not in {level.key for level in meant}:
        unit = units_told(ctx)[0]
        raise NotRecognised(unit=unit.full_title, level=every_level()[key].label, code=unit.handle)


def _line(ctx: click.Context, typed: str) -> None:
    """Raises UnknownMeasure, UnknownLevel; what else is wrong of the question the command says."""
    from ntmtrack.cli.known_lines import refuse_other
    from ntmtrack.errors import NtmError, UnknownLevel, UnknownMeasure

    try:
        refuse_other(ctx, typed)
    except (UnknownMeasure, UnknownLevel):
        raise
    except NtmError:
        return


def _measure(_ctx: click.Context, typed: str) -> None:
    """Raises NoSuchMeasure."""
    from ntmtrack.measures import find_measure

    find_measure(typed)


def _value_year(ctx: click.Context, year: int) -> None:
    """Raises ValueOfYearToCome, YearTooEarly."""
    from ntmtrack.measures.kept import check_value_year

    check_value_year(year, ctx.obj.today)


def _decided(ctx: click.Context, iso: str) -> None:
    """Raises DecisionInFuture."""
    from ntmtrack.rules import check_days

    check_days([iso], ctx.obj.today)


def _deadline(ctx: click.Context, due: date) -> None:
    """Raises DeadlineGone."""
    from ntmtrack.commands.form_deadline import refuse_gone

    refuse_gone(due, ctx.obj.today)


def _file(ctx: click.Context, typed: object) -> None:
    """Raises NoSuchFile for what is to be read and is not there."""
    from ntmtrack.errors import NoSuchFile
    from ntmtrack.paths import expanded

    if ctx.command.name in _READING and str(typed) != _STDIN and not expanded(str(typed)).exists():
        raise NoSuchFile(file=typed)


def _province(_ctx: click.Context, typed: str) -> None:
    """Raises UnknownProvince; one that was joined to another may still be meant."""
    from ntmtrack.errors import ProvinceJoined
    from ntmtrack.units.gazetteer import FROM_JULY_2025, province

    with suppress(ProvinceJoined):
        province(FROM_JULY_2025, typed)


_CHECKS: dict[str, Callable[[click.Context, Any], None]] = {
    "units": _unit,
    "unit": _unit,
    "district": _unit,
    "scope": _unit,
    "year": _year,
    "level": _level,
    "date": _decided,
    "announced": _decided,
    "deadline": _deadline,
    "province": _province,
    "file": _file,
    "copy": _file,
    "other": _file,
    "path": _file,
}
_CHECKS_OF: dict[tuple[str, str], Callable[[click.Context, Any], None]] = {  # names that mean different things
    ("explain", "measure"): _line,
    ("value", "measure"): _measure,
    ("value", "year"): _value_year,
}
