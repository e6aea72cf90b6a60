"""Eight programs write to one ledger at once while others read it: none waits in vain, nothing is lost, and whoever
reads sees an action whole or not at all."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.rounds import rounds
from tests.faults.soundness import actions, assert_sound
from tests.running import run

ROOT = Path(__file__).parent.parent.parent
WRITERS, READERS, EVERYDAY = 8, 2, 12
EACH = 2  # communes that an action records

READ = """
import contextlib, io, json, os, sys
from ntmtrack.cli import main
seen = []
while not os.path.exists("done"):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        code = main(["status", "-f", "json"])
    told = json.loads(out.getvalue() or "{}")
    seen.append([code, told.get("recognition"), told.get("revocation"), told.get("last_action")])
print(json.dumps(seen))
"""


@pytest.mark.slow
@pytest.mark.of_file("tests/server/test_crowds.py has a crowd on a server")
def test_a_crowd_of_writers_and_readers(office, monkeypatch, capsys):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    file, each = office / "so.db", min(rounds(EVERYDAY), 100)
    assert run("init", "--province", "Thanh Hóa", "--programme", "2021-2025").code == 0
    with closing(sqlite3.connect(file)) as connection:
        codes = [row[0] for row in connection.execute("SELECT code FROM unit_version WHERE kind = 'xã' ORDER BY id")]
    readers = [start("-c", READ) for _ in range(READERS)]
    began = time.monotonic()
    share = len(codes) // WRITERS // EACH * EACH
    writers = [
        start("-m", "tests.faults.writer", str(each), *codes[place * share : (place + 1) * share])
        for place in range(WRITERS)
    ]
    told = [json.loads(finished(writer)) for writer in writers]
    took = time.monotonic() - began
    (office / "done").touch()
    seen = [look for reader in readers for look in json.loads(finished(reader))]
    assert [one["refused"] for one in told if one["refused"]] == []
    assert actions(file) == 1 + WRITERS * each
    assert_sound(file)
    assert {look[0] for look in seen} == {0}
    assert [look for look in seen if look[1] % EACH or look[2] % EACH] == []
    seconds = sorted(second for one in told for second in one["seconds"])
    with capsys.disabled():
        print(
            f"\n{len(seconds)} actions of {WRITERS} writers in {took:.1f} s, {len(seconds) / took:.1f} a second;"
            f" half of them within {seconds[len(seconds) // 2]:.2f} s, the slowest in {seconds[-1]:.2f} s;"
            f" {len(seen)} looks of {READERS} readers"
        )


def start(*argv):
    return subprocess.Popen([sys.executable, *argv], env=dict(os.environ), stdout=subprocess.PIPE)


def finished(process):
    out, _err = process.communicate(timeout=1800)
    assert process.returncode == 0
    return out.decode()
