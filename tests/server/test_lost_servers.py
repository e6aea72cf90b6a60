"""A server that goes away, is full or of another schema: an action is whole or not there, and told."""

import os
import signal
import threading
import time
from collections import Counter
from contextlib import suppress

import psycopg
import pytest

from ntmtrack.storage.address import ServerAddress
from ntmtrack.storage.chain import breaks
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.open import reading
from tests.faults.rounds import chance, rounds
from tests.faults.soundness import assert_told
from tests.postgresql import as_server
from tests.running import begin, run

EVERYDAY = 5
SURE = 4  # a server may answer for a moment before it notices what was killed
WORDS = ("psycopg", "FATAL", "terminating", "SSL", "role", "relation", "server closed")


@pytest.fixture
def lai_chau(office, database):
    assert run("load", str(begin("Lai Châu")), "--db", database).code == 0
    return database


def told(result, code, address):
    assert_told(result, code, of=address)
    assert not [word for word in WORDS if word in result.err], result.err


def actions(address):
    with reading(ServerAddress(address)) as connection:
        assert breaks(connection) == []
        return connection.execute("SELECT count(*) FROM action").fetchone()[0]


def end_all(cluster, address):
    with psycopg.connect(cluster.address("postgres"), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND application_name = 'ntmtrack'",
            (address.rpartition("/")[2],),
        )


def test_a_connection_that_breaks_in_the_middle_leaves_nothing_half_done(cluster, lai_chau, monkeypatch):
    """The server ends the connection after the facts are written, before they are sealed."""
    finish = Ledger.finish

    def broken(self, *, keep):
        end_all(cluster, lai_chau)
        finish(self, keep=keep)

    monkeypatch.setattr(Ledger, "finish", broken)
    told(run("record", "Mường Khoa", "--level", "ntm", "--year", "2024", "--db", lai_chau), 6, lai_chau)
    monkeypatch.undo()
    assert actions(lai_chau) == 1


def test_a_connection_that_breaks_at_the_commit_is_told_as_not_known(cluster, lai_chau, monkeypatch):
    from sqlmodel import Session

    commit = Session.commit

    def broken(self):
        end_all(cluster, lai_chau)
        commit(self)

    monkeypatch.setattr(Session, "commit", broken)
    refused = run("record", "Mường Khoa", "--level", "ntm", "--year", "2024", "--db", lai_chau)
    told(refused, 6, lai_chau)
    assert "ntmtrack history" in refused.err
    assert actions(lai_chau) == 1


def test_a_reader_whose_connection_breaks_is_told(cluster, lai_chau, monkeypatch):
    from ntmtrack.storage.queries import actions as asked

    newest = asked.newest_first

    def broken(connection, *more):
        end_all(cluster, lai_chau)
        return newest(connection, *more)

    monkeypatch.setattr(asked, "history", lambda *given: list(broken(*given)))
    monkeypatch.setattr("ntmtrack.commands.history.history", asked.history)
    told(run("history", "--db", lai_chau), 6, lai_chau)


@pytest.mark.slow
@pytest.mark.parametrize("death", ["kill -9 of its backend", "immediate shutdown"])
def test_a_server_that_dies_at_any_moment_holds_all_of_an_action_or_nothing(cluster, lai_chau, death, capsys):
    codes = iter(communes(lai_chau))
    whole = seconds_of(lambda: written(lai_chau, codes))
    ends = Counter()
    with chance() as random_one:
        for _ in range(rounds(EVERYDAY)):
            before = actions(lai_chau)
            ends_it = kill if death.startswith("kill") else stop
            dying = threading.Timer(random_one.uniform(0, whole * 1.1), ends_it, [cluster])
            dying.start()
            result = written(lai_chau, codes)
            dying.join()
            wait_until_up(cluster)
            landed = actions(lai_chau) - before
            ends[result.code, landed] += 1
            if result.code:
                told(result, 6, lai_chau)
                assert not landed or "ntmtrack history" in result.err
            assert landed == 1 or result.code
    with capsys.disabled():
        print(f"\n{death}: {dict(ends)} (exit code, actions that landed)")


def communes(address):
    with psycopg.connect(address) as connection:
        rows = connection.execute("SELECT code FROM ntmtrack.unit_version WHERE kind = 'xã' ORDER BY id").fetchall()
    return [row[0] for row in rows]


def written(address, codes):
    return run("record", next(codes), "--level", "ntm", "--year", "2024", "--db", address)


def seconds_of(do):
    do()  # loads the program
    began = time.monotonic()
    assert do().code == 0
    return time.monotonic() - began


def kill(cluster):
    """SIGKILL of the backend that writes: the server ends all connections, and starts anew by itself."""
    with suppress(psycopg.Error, ProcessLookupError):
        with psycopg.connect(cluster.address("postgres"), autocommit=True) as connection:
            found = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE application_name = 'ntmtrack'"
            ).fetchall()
        for (pid,) in found:
            os.kill(pid, signal.SIGKILL)


def stop(cluster):
    """As when the power of the server goes: nothing is written before it ends."""
    as_server(cluster.programs / "pg_ctl", "stop", "-m", "immediate", "-D", cluster.data)


def wait_until_up(cluster):
    answers = 0
    for _ in range(200):
        if not (cluster.data / "postmaster.pid").exists():
            cluster.start()
        with suppress(psycopg.OperationalError), psycopg.connect(cluster.address("postgres")):
            answers += 1
        if answers == SURE:
            return
        time.sleep(0.05)
    raise AssertionError("the server does not come up")
