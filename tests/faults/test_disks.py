"""A full disk, one that can only be read, a limit on the size of files: told in words, nothing half written, and all
is as it was once there is room again."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.faults.commands import COPYING, FROM_IT, READING, RESTORING, WRITING, lay_out
from tests.faults.disks import fill, set_writable, small_disk
from tests.faults.old_ledgers import unpack
from tests.faults.rounds import ASKED
from tests.faults.soundness import actions, assert_sound, assert_told, content
from tests.running import run

pytestmark = pytest.mark.of_file("its disk")

DISK = 3_000_000
# Bytes left: for nothing, for a journal's beginning, for part of a write.
ROOMS = (0, 8_000, 40_000, 150_000) if ASKED else (0, 40_000)
MAKING = {
    "export": READING["export"],
    "init": ("init", "--province", "Lai Châu", "--programme", "2021-2025", "--db", "moi.db"),
}
CODE = {"export": 1}  # a report that cannot be written leaves the ledger as it is


@pytest.fixture
def disk(tmp_path, built_demo, monkeypatch):
    """A small disk with a ledger on it, which commands work in."""
    with small_disk(tmp_path / "disk", DISK) as place:
        shutil.copy(built_demo / "ntmtrack-demo.db", place / "so.db")
        lay_out(place, place / "so.db")
        monkeypatch.chdir(place)
        monkeypatch.setenv("NTMTRACK_DB", str(place / "so.db"))
        yield place
        monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("room", ROOMS)
def test_a_full_disk(disk, room):
    known = content(disk / "so.db")
    for name, argv in (WRITING | COPYING | RESTORING | FROM_IT | MAKING).items():
        present = set(disk.rglob("*"))
        filler = fill(disk, room)
        done = run(*argv)
        filler.unlink()
        if done.code or not room:
            refused = "\n".join(done.err.splitlines()[-2:])
            assert (done.code, "đĩa đã đầy" in refused) == (CODE.get(name, 6), True), (name, done)
            assert "Excel" not in refused, name
            assert name != "backup" or "sao.db: đĩa" in refused
            assert content(disk / "so.db") == known, name
            assert {one for one in set(disk.rglob("*")) - present if not one.is_dir()} == set(), name
        known = content(disk / "so.db")
        assert_sound(disk / "so.db")
    assert run("record", "30840", "--level", "nang-cao", "--year", "2025").code == 0


def test_an_upgrade_on_a_full_disk_leaves_the_old_file(disk):
    for room in ROOMS:
        old = unpack("0001", disk / "cu.db")
        before = old.read_bytes()
        filler = fill(disk, room)
        read, refused = run("status", "--db", "cu.db"), run("undo", "--db", "cu.db")
        filler.unlink()
        assert (read.code, "đĩa đã đầy" in read.err) == (0, True)  # read through a copy elsewhere
        assert_told(refused, 6)
        assert old.read_bytes() == before
        shutil.rmtree(disk / "cu.db.backups", ignore_errors=True)
    assert run("status", "--db", "cu.db").code == 0


def test_a_disk_that_can_only_be_read(disk):
    before = (disk / "so.db").read_bytes()
    set_writable(disk, writable=False)
    for name, argv in (WRITING | COPYING | RESTORING | MAKING).items():
        refused = run(*argv)
        assert (refused.code, "chỉ được đọc" in refused.err) == (CODE.get(name, 6), True), (name, refused)
    for name, argv in READING.items():
        if name != "export":
            assert run(*argv).code in (0, 3), name
    set_writable(disk, writable=True)
    assert (disk / "so.db").read_bytes() == before


LIMITED = """
import resource, sys
from ntmtrack.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="POSIX limits")
@pytest.mark.parametrize("limit", [4_096, 340_000])
def test_a_limit_on_the_size_of_files(demo, office, limit):
    before = demo.read_bytes()
    table = "\n".join(["Tên xã,Huyện", *(f"Xã thứ {number} {'dài ' * 20},Hòn Đất" for number in range(500))])
    (office / "bang.csv").write_text(table, encoding="utf-8")
    argv = ["import", "bang.csv", "--what", "units", "--yes"]
    done = subprocess.run([sys.executable, "-c", LIMITED, str(limit), *argv], capture_output=True, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (6, False), done.stderr.decode()
    assert actions(demo) == 1
    assert demo.read_bytes() == before
    assert [file for file in office.iterdir() if file.name.startswith(".")] == []
