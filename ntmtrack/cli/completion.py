"""What the shell may complete: units of the ledger, words for levels. Silent when anything is amiss."""

from contextlib import suppress
from pathlib import Path

import typer

from ntmtrack.errors import AmbiguousUnit, DidYouMean, NtmError
from ntmtrack.i18n import _

_MOST_FILES = 8  # told at once


class _Offered(str):
    """A name to be offered though it begins otherwise than typed, in its marks: typer drops what does not begin so."""

    __slots__ = ()

    def startswith(self, *_begun: object) -> bool:
        return True


def unit_names(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Names of units in the ledger that begin as typed, marks or none, each with its district; codes for digits."""
    from ntmtrack.storage.open import reading
    from ntmtrack.storage.queries.units import every_unit
    from ntmtrack.text import plain

    try:
        with reading(ctx.obj.file, as_it_is=True) as connection:
            units = sorted(every_unit(connection), key=lambda unit: unit.until is not None)  # those of today first
    except NtmError:
        return []
    if incomplete.isdigit():
        return [
            (unit.code, unit.full_title) for unit in units if (unit.code or "").startswith(incomplete) and unit.code
        ]
    begun = plain(incomplete)
    called: list[tuple[str, str]] = [
        (_Offered(unit.name), unit.full_title) for unit in units if plain(unit.name).startswith(begun)
    ]
    return called or [(_Offered(unit.title), unit.full_title) for unit in units if plain(unit.title).startswith(begun)]


def level_words(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The keys of the levels that can be meant with what the line tells, each with its name."""
    from ntmtrack.cli.known_levels import levels_meant
    from ntmtrack.programmes import every_level

    levels = [*every_level().values()]
    with suppress(NtmError):
        levels = levels_meant(ctx) or levels
    return [(level.key, level.label) for level in levels if level.key.startswith(incomplete)]


def value_measures(_ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The measures of which values are kept, by their names."""
    from ntmtrack.measures import every_measure
    from ntmtrack.text import plain

    begun = plain(incomplete)
    return [(_Offered(one.label), one.unit) for one in every_measure().values() if plain(one.label).startswith(begun)]


def measure_words(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The levels, then what else the plans on record ask for, as tables print them; to a person, those of one table.

    Raises to a person what keeps any line from being told, such as a year without units.
    """
    from ntmtrack.cli.known_lines import titles_told
    from ntmtrack.commands.explain import measures
    from ntmtrack.storage.open import reading
    from ntmtrack.text import plain

    if not ctx.resilient_parsing:
        with suppress(AmbiguousUnit, DidYouMean):  # which are settled once the command runs
            return [(_Offered(title), "") for title in titles_told(ctx)]
    try:
        with reading(ctx.obj.file, as_it_is=True) as connection:
            titles = measures(connection)
    except NtmError:
        return level_words(ctx, incomplete)
    return [(_Offered(title), "") for title in titles if plain(title).startswith(plain(incomplete))]


def province_names(incomplete: str) -> list[tuple[str, str]]:
    """The provinces of today, then those until 30/6/2025 that are no more, by name."""
    from ntmtrack.text import plain
    from ntmtrack.units.gazetteer import BEFORE_JULY_2025, FROM_JULY_2025, provinces

    begun, today = plain(incomplete), {unit.name: unit.title for unit in provinces(FROM_JULY_2025)}
    ended = _("{province} (until 30/6/2025)")
    before = {unit.name: ended.format(province=unit.title) for unit in provinces(BEFORE_JULY_2025)}
    names = (before | today) if begun else (today | {name: before[name] for name in before if name not in today})
    return [(_Offered(name), says) for name, says in names.items() if plain(name).startswith(begun)]


def tables_at_hand(incomplete: str) -> list[tuple[str, str]]:
    """The spreadsheets of this folder, and of where browsers save, the newest first, each with its day.

    But those that this program wrote and nobody changed: reports, forms that are to be sent, marked copies.
    """
    from itertools import islice

    from ntmtrack.paths import tables_at_hand
    from ntmtrack.written_files import is_ours

    files = (file for file in tables_at_hand() if str(file).startswith(incomplete) and not is_ours(file))
    return [_with_day(file) for file in islice(files, _MOST_FILES)]


def copies_at_hand(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The ledgers beside the one in use, the newest first, each with its day."""
    file = ctx.obj.file
    beside = [copy for copy in file.parent.glob(f"*{file.suffix}") if copy != file and copy.is_file()]
    copies = sorted(
        (copy for copy in beside if str(copy).startswith(incomplete)), key=lambda copy: -copy.stat().st_mtime
    )
    return [_with_day(copy, copy.name) for copy in copies[:_MOST_FILES]]


def _with_day(file: Path, name: str = "") -> tuple[str, str]:
    """A file, and how it is told: when it was saved before its name, since a console may cut a long path off."""
    from datetime import datetime

    from ntmtrack.i18n import day

    saved = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
    return _Offered(file), f"{day(saved)} {saved:%H:%M}  {name or file}"


def roadmap_keys(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The keys of the roadmaps on record and of those that ship, each with what it is for."""
    from ntmtrack.commands.roadmap import known_plans
    from ntmtrack.storage.open import reading

    try:
        with reading(ctx.obj.file, as_it_is=True) as connection:
            plans = known_plans(connection)
    except NtmError:
        plans = known_plans(None)
    return [(key, plan.scope_name) for key, plan in plans.items() if key.startswith(incomplete)]


def movement_keys(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The keys of the emulation movements on record and of those that ship, each with what it is of."""
    from ntmtrack.commands.movement import known_movements
    from ntmtrack.storage.open import reading

    try:
        with reading(ctx.obj.file, as_it_is=True) as connection:
            movements = known_movements(connection)
    except NtmError:
        movements = known_movements(None)
    return [(key, movement.scope_name) for key, movement in movements.items() if key.startswith(incomplete)]


def set_words(incomplete: str) -> list[tuple[str, str]]:
    """The keys of the criteria sets, each with its title; those of a programme first."""
    from ntmtrack.programmes.criteria.files import criteria_set, set_keys

    return [(key, criteria_set(key).title) for key in set_keys() if incomplete in key]


def mark_names(incomplete: str) -> list[str]:
    """The words for how units are classed, marks optional."""
    from ntmtrack.programmes.marks import every_word
    from ntmtrack.text import plain

    return [_Offered(word) for word in every_word() if plain(word).startswith(plain(incomplete))]


def topics(incomplete: str) -> list[str]:
    """The pages of help, and the commands."""
    from ntmtrack.cli import declared
    from ntmtrack.commands.help import pages

    return [name for name in (*pages(), *declared()) if name.startswith(incomplete)]


def check_names(incomplete: str) -> list[str]:
    """The names of the checks."""
    from ntmtrack.commands.check import CHECKS

    return [name for name in CHECKS if name.startswith(incomplete)]
