"""How something is done, in the words of whoever sits there: a command that is typed, or choices of the menu."""

import os
import re
from contextvars import ContextVar

from ntmtrack.i18n import _

_ON_WINDOWS = os.name == "nt"
_PLAINLY = re.compile(r"[\w./:+-]+")  # what every shell takes as it stands
_is_of_menu: ContextVar[bool] = ContextVar("is_of_menu", default=False)


def speak_as(*, of_menu: bool) -> None:
    """Has every way from now on told as choices of the menu, or as commands."""
    _is_of_menu.set(of_menu)


def way(by_command: str, by_menu: str) -> str:
    """What is said to somebody who types commands, or to the menu's user."""
    return by_menu if _is_of_menu.get() else by_command


def way_over() -> str:
    """How a ledger of the units until 30/6/2025 is carried over to those of today."""
    return way(
        "ntmtrack rearrange --national",
        _("“Look up, correct, go back to a copy …”, “Carry over to the units of today (1/7/2025)”"),
    )


def quoted(word: str) -> str:
    """A word as cmd.exe and PowerShell take it, or a shell of the POSIX kind where this is one."""
    if _PLAINLY.fullmatch(word):
        return word
    if _ON_WINDOWS:
        ended = re.sub(r"(\\+)$", r"\1\1", re.sub(r'(\\*)"', r'\1\1\\"', word))
        return f'"{ended}"'
    if re.search(r"[\"$`\\!]", word):
        import shlex

        return shlex.quote(word)
    return f'"{word}"'
