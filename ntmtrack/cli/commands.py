"""Where each command is declared. Only the module of the command that is asked for is loaded; the help loads all."""

from collections.abc import Sequence
from importlib import import_module

# In the order in which the help lists them.
DECLARED = {
    "setup": ("demo", "init"),
    "units": ("add-district", "add-commune", "units", "show"),
    "recognitions": ("record", "revoke", "undo"),
    "asking": ("progress", "list", "remaining"),
    "roadmaps": ("roadmap",),
    "export": ("export",),
    "ledger": ("status", "history"),
}


def declare(arguments: Sequence[str] = ()) -> None:
    """Declares the command that a command line names, or every command where it names none that is known."""
    if "--version" in arguments[:_SEARCHED]:
        return
    asked = {module for module, names in DECLARED.items() if {*names} & {*arguments[:_SEARCHED]}}
    for module in DECLARED if len(asked) != 1 else asked:
        import_module(f"ntmtrack.cli.{module}")


_SEARCHED = 4  # a command may stand behind "--db FILE" or "--lang en"
