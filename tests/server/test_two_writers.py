"""Two who write about the same unit at once: one lands, the other is told what changed, and nothing of his is written ·
a ledger that is moved between the look and the write."""

import json
import subprocess
import sys
import time

import psycopg
import pytest

from ntmtrack.storage import transaction
from ntmtrack.storage.address import ServerAddress
from tests.faults.soundness import actions, assert_sound, assert_told
from tests.postgresql import execute
from tests.running import begin, run

UNIT = "Mường Khoa"
RECORD = ("record", UNIT, "--level", "ntm", "--year", "2024")
REVOKE = ("revoke", UNIT, "--level", "ntm", "--decision", "1/QĐ-UBND", "--date", "1/6/2025")
WRITE = """
import contextlib, io, json, sys
from ntmtrack.cli import main
with contextlib.redirect_stderr(io.StringIO()) as said:
    code = main(sys.argv[1:])
print(json.dumps([code, said.getvalue()]))
"""
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'ntmtrack.alembic_version'::regclass"


@pytest.fixture
def lai_chau(office, database, monkeypatch):
    assert run("load", str(begin("Lai Châu")), "--db", database).code == 0
    monkeypatch.setenv("NTMTRACK_DB", database)
    return ServerAddress(database)


def at_once(*lines):
    """Each has looked at the ledger and waits for its turn; then they are let go. The codes and words of each."""
    with psycopg.connect(lines[0][-1]) as holding:
        holding.execute("SELECT ntmtrack.take_turn()")
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITE, *line, "--trust-clock"], stdout=subprocess.PIPE)
            for line in lines
        ]
        while holding.execute(WAITING).fetchone()[0] < len(writers):
            assert [one.poll() for one in writers] == [None] * len(writers)
            time.sleep(0.05)
    return sorted(json.loads(writer.communicate(timeout=60)[0]) for writer in writers)


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        (RECORD, "đã được công nhận đạt chuẩn NTM (năm 2024)"),
        pytest.param(REVOKE, "đã bị thu hồi từ 01/06/2025", marks=pytest.mark.slow),
    ],
)
def test_one_lands_and_the_other_is_told_what_changed(lai_chau, line, changed):
    assert line is RECORD or run(*RECORD).code == 0
    before = actions(lai_chau)
    (done, _said), (refused, why) = at_once((*line, "--db", str(lai_chau)), (*line, "--db", str(lai_chau)))
    assert (done, refused, changed in why) == (0, 1, True), why
    assert actions(lai_chau) == before + 1
    assert_sound(lai_chau)


def test_a_ledger_that_is_moved_between_the_look_and_the_write(cluster, lai_chau, monkeypatch):
    def open_late(place):
        execute(cluster, f"ALTER DATABASE {place.name} RENAME TO {place.name}_moved")
        return open_engine(place)

    open_engine = transaction.open_engine
    monkeypatch.setattr(transaction, "open_engine", open_late)
    assert_told(run(*RECORD), 6, of=lai_chau)
    execute(cluster, f"ALTER DATABASE {lai_chau.name}_moved RENAME TO {lai_chau.name}")
    assert actions(lai_chau) == 1
