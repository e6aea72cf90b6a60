"""The program as a process of its own that is killed: at a random moment, or while a file is being written."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

WAITS_AT_MOST = 60.0
_LOOKS_EVERY = 0.0002


class Death(NamedTuple):
    """How a process ended: killed, or done before it could be; and whether it left a journal behind."""

    killed: bool
    left_journal: bool


def start(*argv: str, folder: Path) -> "subprocess.Popen[bytes]":
    """The program at work in `folder`, on the ledger so.db there."""
    return subprocess.Popen(
        [sys.executable, "-m", "ntmtrack", *argv],
        cwd=folder,
        env=os.environ | {"NTMTRACK_DB": str(folder / "so.db"), "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def seconds_alive(*argv: str, folder: Path) -> float:
    """How long the command takes when nobody kills it."""
    began = time.monotonic()
    assert start(*argv, folder=folder).wait(WAITS_AT_MOST) == 0, argv
    return time.monotonic() - began


def kill_after(seconds: float, *argv: str, folder: Path) -> Death:
    """Starts the command and kills it that much later."""
    process = start(*argv, folder=folder)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    return _death(process, folder)


def kill_while_writing(pattern: str, seconds: float, *argv: str, folder: Path) -> Death:
    """Starts the command and kills it that much after a file of this pattern appears: a journal, a draft."""
    before = set(folder.glob(pattern))
    process = start(*argv, folder=folder)
    while process.poll() is None and set(folder.glob(pattern)) <= before:
        time.sleep(_LOOKS_EVERY)
    time.sleep(seconds)
    process.kill()
    return _death(process, folder)


def moment(chance: random.Random, whole: float) -> float:
    """A moment of a run that takes `whole` seconds: three in four fall in its second half, where it commits."""
    return chance.uniform(whole / 2, whole * 1.05) if chance.random() < 0.75 else chance.uniform(0, whole / 2)


def _death(process: "subprocess.Popen[bytes]", folder: Path) -> Death:
    code = process.wait(WAITS_AT_MOST)
    assert code in (0, -signal.SIGKILL), code
    journal = folder / "so.db-journal"
    return Death(code != 0, journal.exists() and journal.stat().st_size > 0)
