"""A person at a console: keys that are typed, as prompt_toolkit reads them, without a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from ntmtrack import dialogue
from ntmtrack.commands import Session

_ASK = Session.ask
ENTER, DOWN, CTRL_C = "\r", "\x1b[B", "\x03"


@contextmanager
def typing(monkeypatch: pytest.MonkeyPatch, *keys: str) -> Iterator[None]:
    """A block in which somebody sits at a console and types these keys, Enter after every text, and at last Ctrl-C."""
    monkeypatch.setattr(Session, "can_ask", True)
    monkeypatch.setattr(dialogue, "has_console", lambda: True)
    if Session.ask is _ASK:  # whoever types agrees, unless a test says otherwise
        monkeypatch.setattr(Session, "ask", lambda _self, _question: True)
    with create_pipe_input() as typed, create_app_session(input=typed, output=DummyOutput()):
        at_last = (CTRL_C, CTRL_C)  # so that a question too many stops, and the menu behind it
        typed.send_text("".join(key if key in (ENTER, DOWN, CTRL_C) else f"{key}{ENTER}" for key in (*keys, *at_last)))
        yield
