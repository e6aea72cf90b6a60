"""What is to be said beside an answer: told where it comes up, however deep, and said once by the edge.

A name that fits only nearly is found far below the command that shows the answer.
"""

from collections.abc import Callable
from contextvars import ContextVar

_listener: ContextVar[Callable[[str], None] | None] = ContextVar("listener", default=None)


def listen(say: Callable[[str], None]) -> None:
    """Has every remark from now on said by `say`, the same one once."""
    said: set[str] = set()

    def once(text: str) -> None:
        if text not in said:
            said.add(text)
            say(text)

    _listener.set(once)


def remark(text: str) -> None:
    """Says something to whoever listens."""
    if listener := _listener.get():
        listener(text)
