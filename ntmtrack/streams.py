"""What the program says: on streams any of which may be closed or full, and as remarks beside an answer."""

import codecs
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TextIO

from ntmtrack.errors import OutputLost, reason
from ntmtrack.text import encodable

_LIKE_IT = "ntmtrack.like-it"


def open_missing() -> None:
    """Gives every stream that the program was started without one that goes nowhere.

    So no file opened later, a ledger least of all, takes the number of a stream and is written to by mistake.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - as long as the program runs


def never_fail_to_print(stream: TextIO) -> None:
    """UTF-8 into pipes and files; on a console that lacks Vietnamese letters, others like them instead of a crash."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is None:
        return
    if not stream.isatty() and "PYTHONIOENCODING" not in os.environ:
        reconfigure(encoding="utf-8", errors="replace")
        return
    encoding = stream.encoding
    codecs.register_error(_LIKE_IT, lambda wrong: _like_it(wrong, encoding))
    reconfigure(errors=_LIKE_IT)


def _like_it(wrong: UnicodeError, encoding: str) -> tuple[str, int]:
    """What stands for what cannot be printed, and where to go on."""
    assert isinstance(wrong, UnicodeEncodeError)
    return encodable(wrong.object[wrong.start : wrong.end], encoding), wrong.end


def tell(text: str, *, end: str = "\n") -> None:
    """A message on stderr; what was done stays done where nobody can be told of it."""
    try:
        print(text, end=end, file=sys.stderr, flush=True)
    except (OSError, ValueError):
        _give_up("stderr")


@contextmanager
def showing() -> Iterator[None]:
    """A block that writes to stdout, all of which has left the program at its end, or the reader has gone away.

    Raises OutputLost where it cannot be written.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _give_up("stdout")
    except OSError as wrong:
        _give_up("stdout")
        raise OutputLost(reason=reason(wrong)) from wrong


def _give_up(name: str) -> None:
    """Lets a stream go nowhere from now on, also what it still holds."""
    stream = getattr(sys, name)
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, stream.fileno())
            return
        finally:
            os.close(nowhere)
    setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - as long as the program runs


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


@contextmanager
def kept_remarks() -> Iterator[list[str]]:
    """A block whose remarks are kept, for whoever began it to say; where it fails they are said at once."""
    kept: list[str] = []
    token = _listener.set(kept.append)
    try:
        yield kept
    except BaseException:
        _listener.reset(token)
        for text in kept:
            remark(text)
        raise
    _listener.reset(token)
