"""What the shell may complete: units of the ledger, words for levels. Silent when anything is amiss."""

import typer

from ntmtrack.errors import NtmError


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
            units = every_unit(connection)
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


def level_words(incomplete: str) -> list[str]:
    """The keys of every level of every programme."""
    from ntmtrack.programmes import every_level

    return [key for key in every_level() if key.startswith(incomplete)]


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


def topics(incomplete: str) -> list[str]:
    """The pages of help, and the commands."""
    from ntmtrack.cli import declared
    from ntmtrack.commands.help import pages

    return [name for name in (*pages(), *declared()) if name.startswith(incomplete)]


def check_names(incomplete: str) -> list[str]:
    """The names of the checks."""
    from ntmtrack.commands.check import CHECKS

    return [name for name in CHECKS if name.startswith(incomplete)]
