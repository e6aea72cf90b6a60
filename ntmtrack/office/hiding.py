"""Paths without the name of whoever sits at the computer."""

import getpass
from contextlib import suppress
from pathlib import Path


def without_names(path: Path | str) -> str:
    """A path with the home folder as `~`, and the user's name elsewhere in it as `…`."""
    whole = Path(path).absolute()
    with suppress(ValueError, RuntimeError):  # elsewhere; no home at all
        whole = Path("~") / whole.relative_to(Path.home())
    try:
        user = getpass.getuser().casefold()
    except (KeyError, OSError, ImportError):
        user = ""
    parts = ["…" if user and part.casefold() == user and place else part for place, part in enumerate(whole.parts)]
    return str(Path(*parts))
