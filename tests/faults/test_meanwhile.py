"""What happens to the ledger while a command is at work: deleted, replaced, moved; the clock set back."""

import shutil
from datetime import UTC, datetime

import pytest

from ntmtrack.errors import NtmError
from ntmtrack.model import Recognition
from ntmtrack.storage import connection, snapshots, tables, transaction
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.open import reading
from ntmtrack.storage.queries.units import find_unit
from ntmtrack.storage.transaction import acting
from tests.faults.soundness import assert_sound, assert_told, content
from tests.places import contents
from tests.running import NOW, run

RECORD = ("record", "30836", "--level", "nang-cao", "--year", "2025")


def delete(file):
    file.unlink()


def replace(file):
    shutil.copy(file, file.with_name("other.db"))
    file.with_name("other.db").replace(file)


def move(file):
    file.rename(file.with_name("elsewhere.db"))


@pytest.mark.of_file("it is deleted, replaced or moved")
@pytest.mark.parametrize("happens", [delete, replace, move])
def test_between_the_look_and_the_write(demo, office, monkeypatch, happens):
    def open_late(file):
        happens(file)
        return open_engine(file)

    open_engine = transaction.open_engine
    monkeypatch.setattr(transaction, "open_engine", open_late)
    before = content(demo)
    assert_told(run(*RECORD), 6, of=happens)
    assert [content(file) for file in office.glob("*.db")] == ([] if happens is delete else [before])


@pytest.mark.of_file("it is deleted, replaced or moved")
@pytest.mark.parametrize("happens", [delete, replace, move])
def test_between_the_write_and_the_commit(demo, office, happens):
    before = content(demo)

    def record():
        with acting(demo, Ledger.Stamp("record", "x", NOW)) as ledger:
            ledger.record(find_unit(ledger.connection, "30836"), Recognition("nang-cao", "2021-2025", 2025))
            happens(demo)

    with pytest.raises(NtmError) as refusal:
        record()
    assert "vừa bị dời" in "".join(refusal.value.lines())
    assert [content(file) for file in office.glob("*.db")] == ([] if happens is delete else [before])


@pytest.mark.of_file("it is deleted, replaced or moved")
@pytest.mark.parametrize("happens", [delete, replace, move])
def test_under_a_report_that_is_being_made(demo, happens):
    with reading(demo) as connection:
        happens(demo)
        assert connection.execute("SELECT count(*) FROM recognition").fetchone()[0] > 0


def test_a_clock_set_back_writes_nothing_until_it_is_trusted(demo):
    before, long_ago = contents(demo), datetime(2025, 12, 31, tzinfo=UTC)
    writing = [
        RECORD,
        ("undo",),
        ("close-year", "2021"),
        ("init", "--province", "Lai Châu", "--programme", "2021-2025"),
    ]
    for argv in writing:
        refused = run(*argv, now=long_ago)
        assert_told(refused, 1, of=argv)
        assert "--trust-clock" in refused.err
        assert contents(demo) == before
    assert run("progress", "--year", "2024", now=long_ago).code == 0
    assert run(*RECORD, "--trust-clock", now=long_ago).code == 0
    assert_sound(demo)


@pytest.mark.of_file("copies of files")
def test_every_command_that_refuses_a_clock_can_be_told_to_trust_it(demo, office):
    assert run("backup", "sao.db").code == 0
    assert run(*RECORD).code == 0
    refused = run("restore", "sao.db", "--yes", now=datetime(2020, 1, 1, tzinfo=UTC))
    assert (refused.code, "--trust-clock" in refused.err) == (1, True)
    assert run("restore", "sao.db", "--yes", "--trust-clock", now=datetime(2020, 1, 1, tzinfo=UTC)).code == 0
    assert_sound(demo)


@pytest.mark.of_file("copies of files")
def test_nobody_writes_between_the_copy_and_the_replacement(demo, monkeypatch):
    monkeypatch.setattr(tables, "BUSY_SECONDS", 0.2)
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.2)
    codes = []

    def set_aside(*given):
        copy = make_copy(*given)
        codes.append(run(*RECORD).code)
        return copy

    assert run("backup", "sao.db").code == 0
    assert run("record", "30838", "--level", "kieu-mau", "--year", "2025").code == 0
    make_copy = snapshots.set_aside
    monkeypatch.setattr(snapshots, "set_aside", set_aside)
    assert run("restore", "sao.db", "--yes").code == 0
    assert codes == [6]
    monkeypatch.setattr(snapshots, "set_aside", make_copy)
    assert run(*RECORD).code == 0
    assert_sound(demo)
