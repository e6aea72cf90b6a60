"""What the shell may complete: units of the ledger, words for levels. Silent when anything is amiss."""

import typer

from ntmtrack.errors import NtmError


def unit_names(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Names of units in the ledger that begin as typed, each with its district; codes where digits are typed."""
    from ntmtrack.storage.files import reading
    from ntmtrack.storage.queries.units import every
    from ntmtrack.text import clean

    try:
        with reading(ctx.obj.file) as connection:
            units = every(connection)
    except NtmError:
        return []
    if incomplete.isdigit():
        return [
            (unit.code, unit.full_title) for unit in units if (unit.code or "").startswith(incomplete) and unit.code
        ]
    return [(unit.name, unit.full_title) for unit in units if unit.name.startswith(clean(incomplete))]


def level_words(incomplete: str) -> list[str]:
    """The keys of every level of every programme."""
    from ntmtrack.programmes import KEYS, programme

    levels = dict.fromkeys(level.key for key in KEYS for level in programme(key).levels)
    return [key for key in levels if key.startswith(incomplete)]


def roadmap_keys(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The keys of the roadmaps on record and of those that ship, each with what it is for."""
    from ntmtrack.office.roadmaps import known_plans, maybe_reading

    try:
        with maybe_reading(ctx.obj) as connection:
            plans = known_plans(connection)
    except NtmError:
        return []
    return [(key, plan.scope_name) for key, plan in plans.items() if key.startswith(incomplete)]


def check_names(incomplete: str) -> list[str]:
    """The names of the checks."""
    from ntmtrack.office.checks.running import CHECKS

    return [name for name in CHECKS if name.startswith(incomplete)]
