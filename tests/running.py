"""Running the program inside the test process, with a fixed clock and user."""

import contextlib
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ntmtrack.cli import declare, main
from ntmtrack.commands import Session
from ntmtrack.storage.address import Place, ServerAddress
from tests import places
from tests.hints import untrue
from tests.places import WHO

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)

declare()  # all at once: the help lists commands in the order in which they are declared


@dataclass(frozen=True)
class Result:
    """What a command printed and its exit code; `both` is stdout and stderr as a terminal interleaves them."""

    code: int
    out: str
    err: str
    both: str


class _Tee(io.StringIO):
    def __init__(self, other: io.StringIO) -> None:
        super().__init__()
        self._other = other

    def write(self, text: str) -> int:
        self._other.write(text)
        return super().write(text)


def run(*argv: str, now: datetime = NOW, who: str = WHO) -> Result:
    """One command line, as main() runs it; what a refusal proposes must be there."""
    both = io.StringIO()
    out, err = _Tee(both), _Tee(both)
    if places.OFFICE:
        places.OFFICE.sign_in(who)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), _language_put_back():
        code = main(list(argv), Session(now=now, user=who))
    assert not (code and untrue(argv, err.getvalue())), untrue(argv, err.getvalue())
    return Result(code, out.getvalue(), err.getvalue(), both.getvalue())


def begin(province: str, programme: str = "2021-2025", db: str | Path | None = None) -> Place:
    """Where a test begins: a ledger gets a province. What `init` makes of the same file is made once and copied."""
    file = Path(db) if db else places.our_ledger()
    if isinstance(file, ServerAddress):
        assert places.OFFICE
        places.OFFICE.begin_once((province, programme), _init)
        return file
    file.write_bytes(_begun(province, programme, file.read_bytes() if file.exists() else None))
    return file


@cache
def _begun(province: str, programme: str, before: bytes | None) -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "so.db"
        if before is not None:
            file.write_bytes(before)
        _init(province, programme, "--db", str(file))
        return file.read_bytes()


def _init(province: str, programme: str, *where: str) -> None:
    made = run("init", "--province", province, "--programme", programme, *where)
    assert made.code == 0, made.both


def keep_number(file: Place, number: str, kept: str) -> None:
    """A ledger whose decision `number` is kept as `kept`, as an older program kept whatever was typed."""
    with places.by_hand(file) as connection, places.rules_away(connection):
        connection.execute("UPDATE decision SET number = ? WHERE number = ?", (kept, number))
        assert connection.execute("SELECT 1 FROM decision WHERE number = ?", (kept,)).fetchone()


@contextlib.contextmanager
def _language_put_back() -> Iterator[None]:
    """The program tells gettext its language through LANGUAGE; leave the test's own environment as it was."""
    before = os.environ.get("LANGUAGE")
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("LANGUAGE", None)
        else:
            os.environ["LANGUAGE"] = before
