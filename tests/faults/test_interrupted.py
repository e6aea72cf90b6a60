"""Ctrl-C at any moment: what the program says is what happened. Either it is done and said, or nothing was written."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from ntmtrack.storage.dialect import is_of_file
from tests.faults.rounds import chance, rounds
from tests.faults.soundness import actions, assert_sound
from tests.places import SERVICE, by_hand, kept, put_back
from tests.running import run

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="POSIX signals")]

EVERYDAY = 8
WAITING = 4  # seconds: the program has begun, and has not given up
RECORD = ("record", "30836", "30840", "--level", "nang-cao", "--year", "2025", "--trust-clock")
DONE, INTERRUPTED, BY_SIGNAL = 0, 130, -signal.SIGINT


def is_writing(place):
    """Whether a command is at its write: a journal beside the file, the lock of writers on a server."""
    if isinstance(place, Path):
        return place.with_name("so.db-journal").exists()
    import psycopg

    with psycopg.connect(service=SERVICE) as connection:
        return connection.execute("SELECT 1 FROM pg_locks WHERE mode = 'ExclusiveLock' AND relation > 0").fetchone()


def interrupted(after):
    """The code and the words of a command that is interrupted once `after` says so."""
    process = subprocess.Popen(
        [sys.executable, "-m", "ntmtrack", *RECORD],
        stderr=subprocess.PIPE,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # a shell's job in the background ignores it
    )
    after(process)
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=60)
    return process.returncode, err.decode()


def test_what_is_said_is_what_happened(demo, office):
    whole = kept(demo)
    before = actions(demo)
    seen = set()
    with chance() as numbers:
        for number in range(rounds(EVERYDAY)):
            put_back(demo, whole)
            pause = numbers.uniform(0, 0.03 if number % 2 else 0.4)

            def wait(process, pause=pause, number=number):
                while number % 2 and process.poll() is None and not is_writing(demo):
                    time.sleep(0.0001)
                time.sleep(pause)

            code, said = interrupted(wait)
            added = actions(demo) - before
            seen.add((code, added))
            assert ("Đã ghi (thao tác 2)" in said) == (added == 1), (code, said)
            assert not ("Chưa ghi gì" in said and added), (code, said)
            assert code in (DONE, INTERRUPTED, BY_SIGNAL) or "Traceback" in said, (code, said)  # before our first line
            assert code != DONE or added, (code, said)
            assert_sound(demo)
    assert seen
    assert run("status").code == 0


def test_who_waits_for_another_to_end_may_stop(demo):
    """Who writes keeps the others waiting; Ctrl-C ends the wait at once, and nothing is written."""

    def wait(process):
        time.sleep(WAITING)
        assert process.poll() is None

    with by_hand(demo) as connection:
        connection.execute("BEGIN IMMEDIATE" if is_of_file(connection) else "BEGIN")
        if not is_of_file(connection):
            connection.execute("SELECT take_turn()")
        began = time.monotonic()
        code, said = interrupted(wait)
        assert time.monotonic() - began < 2 * WAITING
        connection.execute("ROLLBACK")
    assert (code, "Chưa ghi gì" in said, actions(demo)) == (INTERRUPTED, True, 1), said
