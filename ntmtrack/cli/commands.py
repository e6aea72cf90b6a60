"""Where each command is declared. Only the module of the command that is asked for is loaded; the help loads all."""

from collections.abc import Sequence
from importlib import import_module

# In the order in which the help lists them.
DECLARED = {
    "setup": ("demo", "init", "help"),
    "units": ("add-district", "add-commune", "units", "show"),
    "recognitions": ("record", "revoke", "edit"),
    "imports": ("import", "template"),
    "questions": ("progress", "explain", "map", "trend", "list", "remaining"),
    "checking": ("check",),
    "roadmaps": ("roadmap",),
    "export": ("export",),
    "publishing": ("publish", "close-year"),
    "ledger": ("status", "history", "diff", "undo", "redo"),
    "safekeeping": ("backup", "restore", "verify"),
    "keeping": ("dump", "load", "doctor"),
}


def declare(arguments: Sequence[str] = ()) -> None:
    """Declares the command that a command line names, or every command where it names none that is known."""
    word = _first_word(arguments)
    if word == "--version":
        return
    modules = [module for module, names in DECLARED.items() if word in names]
    for module in modules or DECLARED:
        import_module(f"ntmtrack.cli.{module}")


def declared() -> list[str]:
    """The names of all commands."""
    return [name for names in DECLARED.values() for name in names]


def _first_word(arguments: Sequence[str]) -> str | None:
    """The first word that is neither an option nor an option's value, or --version where that comes first."""
    rest = iter(arguments)
    for word in rest:
        if word in ("--db", "--lang"):
            next(rest, None)
        elif word == "--version" or not word.startswith("-"):
            return word
    return None
