"""How something is done, in the words of whoever sits there: a command that is typed, or choices of the menu."""

from contextvars import ContextVar

from ntmtrack.i18n import _

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
