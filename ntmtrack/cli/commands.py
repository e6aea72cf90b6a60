"""Where each command is declared. Only the module of the command that is asked for is loaded; the help loads all."""

from collections.abc import Sequence
from importlib import import_module

# In the order in which the help lists them.
DECLARED = {
    "setup": ("demo", "init", "help", "add-district", "add-commune", "units", "show"),
    "recognitions": ("record", "revoke", "edit"),
    "imports": ("import", "template"),
    "questions": ("progress", "explain", "map", "trend", "list", "remaining"),
    "roadmaps": ("roadmap",),
    "reports": ("check", "export", "publish", "close-year"),
    "ledger": ("status", "history", "diff", "undo", "redo"),
    "backup": ("backup", "restore", "verify", "dump", "load", "doctor"),
}


def declare(arguments: Sequence[str] = ()) -> str | None:
    """Declares the command that a command line names, or every command where it names none that is known; its name."""
    word = _first_word(arguments)
    if word == "--version":
        return word
    modules = [module for module, names in DECLARED.items() if word in names]
    for module in modules or DECLARED:
        import_module(f"ntmtrack.cli.{module}")
    return word if modules else None


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
