"""Ctrl-C at any moment: what the program says is what happened. Either it is done and said, or nothing was written."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.faults.rounds import chance, rounds
from tests.faults.soundness import actions, assert_sound
from tests.running import run

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="POSIX signals")]

EVERYDAY = 8
RECORD = ("record", "30836", "30840", "--level", "nang-cao", "--year", "2025", "--trust-clock")
DONE, INTERRUPTED, BY_SIGNAL = 0, 130, -signal.SIGINT


def interrupted(file, after):
    """The code and the words of a command that is interrupted once `after` says so."""
    process = subprocess.Popen([sys.executable, "-m", "ntmtrack", *RECORD], stderr=subprocess.PIPE)
    after(process)
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=60)
    return process.returncode, err.decode()


def test_what_is_said_is_what_happened(demo, office):
    whole = shutil.copy(demo, office / "whole.db")
    seen = set()
    with chance() as numbers:
        for number in range(rounds(EVERYDAY)):
            shutil.copy(whole, demo)
            pause = numbers.uniform(0, 0.03 if number % 2 else 0.4)

            def wait(process, pause=pause, number=number):
                while number % 2 and process.poll() is None and not demo.with_name("so.db-journal").exists():
                    time.sleep(0.0001)
                time.sleep(pause)

            code, said = interrupted(demo, wait)
            added = actions(demo) - actions(whole)
            seen.add((code, added))
            assert ("Đã ghi (thao tác 2)" in said) == (added == 1), (code, said)
            assert not ("Chưa ghi gì" in said and added), (code, said)
            assert code in (DONE, INTERRUPTED, BY_SIGNAL) or "Traceback" in said, (code, said)  # before our first line
            assert code != DONE or added, (code, said)
            assert_sound(demo)
    assert seen
    assert run("status").code == 0
