"""Forty programs write to one ledger on a server at once while ten read it: nothing is lost, nothing is half seen."""

import json
import time
from pathlib import Path

import psycopg
import pytest

from ntmtrack.storage.address import ServerAddress
from ntmtrack.storage.chain import breaks
from ntmtrack.storage.open import reading
from tests.faults.rounds import rounds
from tests.faults.test_crowds import EACH, READ, finished, start
from tests.running import begin, run

ROOT = Path(__file__).parent.parent.parent
WRITERS, READERS, EVERYDAY = 40, 10, 3


# Who reads looks at what is read before asking again.
PATIENT_READ = READ.replace("while not", "import time\nwhile not time.sleep(3) and not")


@pytest.mark.slow
def test_forty_writers_and_ten_readers(office, database, monkeypatch, capsys):
    each = min(rounds(EVERYDAY), 50)
    for province in ("Thanh Hóa", "Nghệ An", "Hà Nội"):  # a thousand communes
        file = begin(province)
    assert run("load", str(file), "--db", database).code == 0
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("NTMTRACK_DB", database)
    codes = communes(database)
    with psycopg.connect(database) as connection:
        (before,) = connection.execute("SELECT count(*) FROM ntmtrack.action").fetchone()
    share = len(codes) // WRITERS // EACH * EACH
    readers = [start("-c", PATIENT_READ) for _ in range(READERS)]
    began = time.monotonic()
    writers = [
        start("-m", "tests.faults.writer", str(each), *codes[place * share : (place + 1) * share])
        for place in range(WRITERS)
    ]
    told = [json.loads(finished(writer)) for writer in writers]
    took = time.monotonic() - began
    (office / "done").touch()
    seen = [look for reader in readers for look in json.loads(finished(reader))]
    assert [one["refused"] for one in told if one["refused"]] == []
    done = sum(len(one["seconds"]) for one in told)
    with reading(ServerAddress(database)) as connection:
        assert connection.execute("SELECT count(*), max(id) FROM action").fetchone() == (before + done, before + done)
        assert breaks(connection) == []
    assert {look[0] for look in seen} == {0}
    assert [look for look in seen if look[1] % EACH or look[2] % EACH] == []
    seconds = sorted(second for one in told for second in one["seconds"])
    with capsys.disabled():
        print(
            f"\n{done} actions of {WRITERS} writers in {took:.1f} s, {done / took:.1f} a second; half of them within"
            f" {seconds[len(seconds) // 2]:.2f} s, the slowest in {seconds[-1]:.2f} s; {len(seen)} looks of"
            f" {READERS} readers"
        )


def communes(database: str) -> list[str]:
    with psycopg.connect(database) as connection:
        rows = connection.execute("SELECT code FROM ntmtrack.unit_version WHERE kind = 'xã' ORDER BY id").fetchall()
    return [row[0] for row in rows]
