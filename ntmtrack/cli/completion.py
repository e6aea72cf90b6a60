"""What the shell may complete: units of the ledger, words for levels. Silent when anything is amiss."""

import typer

from ntmtrack.errors import NtmError


def unit_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of units in the ledger that begin as typed, with or without marks."""
    from ntmtrack import paths
    from ntmtrack.storage.files import reading
    from ntmtrack.storage.queries.units import names
    from ntmtrack.text import fold

    try:
        with reading(paths.ledger_file(ctx.params.get("db"))) as connection:
            return [name for name in names(connection) if fold(name).startswith(fold(incomplete))]
    except NtmError:
        return []


def level_words(incomplete: str) -> list[str]:
    """The keys of every level of every programme."""
    from ntmtrack.programmes import KEYS, programme

    levels = dict.fromkeys(level.key for key in KEYS for level in programme(key).levels)
    return [key for key in levels if key.startswith(incomplete)]
