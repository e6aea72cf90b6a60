"""Questions with arrow keys and completion, where the console can show them; nothing else loads what draws them."""

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ntmtrack.i18n import _
from ntmtrack.text import plain, visible

if TYPE_CHECKING:
    from prompt_toolkit.output import Output

_BESIDE = 8  # columns that stand before a choice
_SHORTCUTS = 9  # choices that are picked by their number


class Offer(NamedTuple):
    """What may be typed, and what is said of it beside it."""

    text: str
    says: str = ""


def has_console() -> bool:
    """Whether the console can redraw lines and give single keys: no dumb terminal, nothing piped."""
    if not (sys.stderr.isatty() and sys.stdin.isatty()) or os.environ.get("TERM", "") in ("dumb", "unknown"):
        return False
    return _can_draw()


def choose(question: str, choices: Sequence[str]) -> int:
    """Which of several, counted from 0; raises KeyboardInterrupt."""
    import questionary

    listed = [
        questionary.Choice(_folded(text, indent=" " * _BESIDE), value=place) for place, text in enumerate(choices)
    ]
    by_number = len(choices) <= _SHORTCUTS
    hint = _("(arrow keys or a number, then Enter)") if by_number else _("(arrow keys, then Enter)")
    asked = questionary.select(
        _folded(f"{question} {hint}"),
        listed,
        qmark="",
        instruction=" ",
        use_shortcuts=by_number,
        use_jk_keys=False,
        use_emacs_keys=False,
        **_drawn(),
    )
    chosen = asked.unsafe_ask()
    assert isinstance(chosen, int)
    return chosen


def read_text(question: str, usual: str = "", offers: Sequence[Offer] = (), *, is_path: bool = False) -> str:
    """What the person types, with what is offered as completion, or paths; raises KeyboardInterrupt, EOFError."""
    import questionary
    from prompt_toolkit.completion import Completer, Completion, PathCompleter

    class Offered(Completer):
        """Completes with the offers in which a word begins as typed, marks or none."""

        def get_completions(self, document: Any, _event: Any) -> Iterator[Completion]:
            for offer in fitting(document.text, offers):
                beside = offer.says if offer.says != offer.text else ""
                yield Completion(offer.text, -len(document.text), display_meta=visible(beside))

    completer = PathCompleter(expanduser=True) if is_path else Offered() if offers else None
    asked = questionary.text(
        _folded(question), default=usual, qmark="", completer=completer, complete_while_typing=bool(offers), **_drawn()
    )
    return str(asked.unsafe_ask())


def _folded(text: str, indent: str = "") -> str:
    """A text in lines that the console need not break."""
    room = max(shutil.get_terminal_size().columns - _BESIDE, _BESIDE)
    return textwrap.fill(visible(text), room, subsequent_indent=indent or " ", break_long_words=False)


def fitting(typed: str, offers: Iterable[Offer]) -> list[Offer]:
    """The offers in which a word begins as typed, marks or none; those that begin so whole come first."""
    begun = plain(typed)
    known = [(plain(offer.text), offer) for offer in offers]
    at_once = [offer for key, offer in known if key.startswith(begun)]
    return [*at_once, *(offer for key, offer in known if not key.startswith(begun) and f" {begun}" in f" {key}")]


def _drawn() -> dict[str, Any]:
    """Drawn on stderr, so that an answer that is piped on stays clean; as the tests have it where they do."""
    from prompt_toolkit.application import get_app_session

    own = get_app_session()._output  # a session that was given its output keeps it
    return {} if own is not None else {"output": _output()}


def _output() -> "Output":
    from prompt_toolkit.output import create_output

    return create_output(stdout=sys.stderr)


@cache
def _can_draw() -> bool:
    try:
        _output()
    except Exception as wrong:
        if type(wrong).__name__ != "NoConsoleScreenBufferError":  # which only Windows has: a console of another kind
            raise
        return False
    return True
