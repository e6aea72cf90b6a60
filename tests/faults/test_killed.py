"""kill -9 at any moment: the ledger opens, is sound, and holds all of the action or nothing of it · a report is the old
one or a whole new one · a hot journal is rolled back by the next command · what stays behind is its owner's alone."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import load_workbook

from tests.faults.killing import kill_after, kill_while_writing, moment, seconds_alive
from tests.faults.old_ledgers import unpack
from tests.faults.rounds import chance, rounds
from tests.faults.soundness import OWNER_ONLY, assert_sound, content
from tests.running import run

pytestmark = [
    pytest.mark.of_file("its journal; tests/server/test_lost_servers.py kills servers"),
    pytest.mark.skipif(os.name == "nt", reason="POSIX signals"),
]

EVERYDAY = 6
ROWS = 100


class Job(NamedTuple):
    """A command to be killed; what it is prepared with; the file that is there only while it commits, and how long."""

    prepare: Callable[[Path, Path], None]
    argv: tuple[str, ...]
    commits_while: str = "so.db-journal"
    seconds: float = 0.02


def copied(province, folder):
    shutil.copy(province, folder / "so.db")


def with_table(province, folder):
    copied(province, folder)
    rows = [f"{code},NTM,2021,{place % 7}/QĐ-UBND" for place, code in enumerate(communes(province)[:ROWS])]
    text = "\n".join(["Mã,Danh hiệu,Năm đạt chuẩn,Số quyết định", *rows])
    (folder / "bang.csv").write_text(text, encoding="utf-8")


def imported(province, folder):
    with_table(province, folder)
    seconds_alive("import", "bang.csv", "--yes", folder=folder)


def backed_up(province, folder):
    copied(province, folder)
    seconds_alive("backup", "cu.db", folder=folder)
    seconds_alive("record", *communes(province)[:3], "--level", "ntm", "--year", "2022", folder=folder)


def of_an_earlier_schema(_province, folder):
    unpack("0003", folder / "so.db")


def reported(province, folder):
    copied(province, folder)
    seconds_alive("export", "report.xlsx", "--year", "2021", folder=folder)


def communes(province):
    with closing(sqlite3.connect(province)) as connection:
        return [row[0] for row in connection.execute("SELECT code FROM unit_version WHERE kind = 'xã' ORDER BY id")]


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """A province with many communes, by the system's clock, as the killed programs have it."""
    folder = tmp_path_factory.mktemp("province")
    seconds_alive("init", "--province", "Thanh Hóa", "--programme", "2021-2025", folder=folder)
    return folder / "so.db"


def job_named(name, province):
    if name == "record":
        units = communes(province)[:12]
        return Job(copied, ("record", *units, "--level", "ntm", "--year", "2021", "--decision", "5/QĐ-UBND"))
    return {
        "import": Job(with_table, ("import", "bang.csv", "--yes")),
        "undo": Job(imported, ("undo",)),
        "restore": Job(backed_up, ("restore", "cu.db", "--yes")),
        "upgrade": Job(of_an_earlier_schema, ("status",), seconds=0.2),
        "export": Job(reported, ("export", "report.xlsx", "--year", "2022"), ".report-*", 0.1),
    }[name]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["record", "import", "undo", "restore", "upgrade", "export"])
def test_all_of_it_or_nothing(province, name, tmp_path, capsys):
    job = job_named(name, province)
    start, whole = tmp_path / "start", tmp_path / "whole"
    start.mkdir()
    job.prepare(province, start)
    shutil.copytree(start, whole)
    takes = seconds_alive(*job.argv, folder=whole)
    before, after = content(start / "so.db"), content(whole / "so.db")
    seen: Counter[str] = Counter()
    with chance() as numbers:
        for number in range(rounds(EVERYDAY)):
            # A place of its own: a report put back by hand where the program wrote another counts as somebody else's.
            folder = shutil.copytree(start, tmp_path / f"round {number}")
            if number % 2:
                pause = numbers.uniform(0, job.seconds)
                death = kill_while_writing(job.commits_while, pause, *job.argv, folder=folder)
            else:
                death = kill_after(moment(numbers, takes), *job.argv, folder=folder)
            seen["killed" if death.killed else "done before it could be killed"] += 1
            seen["with a hot journal"] += death.left_journal
            seen["files left over"] += len(left_over(start, folder))
            seen[f"report: {report(start, folder)}"] += 1
            seen[f"ledger: {ledger(folder, before, after)}"] += 1
            shutil.rmtree(folder)
    with capsys.disabled():
        print(f"\n{name} ({takes:.2f} s): " + ", ".join(f"{count} {what}" for what, count in sorted(seen.items())))


@pytest.mark.slow
def test_going_back_over_a_damaged_file_leaves_it_or_the_whole_copy(province, tmp_path):
    start = tmp_path / "start"
    start.mkdir()
    backed_up(province, start)
    damaged = b"damaged" * 10_000
    (start / "so.db").write_bytes(damaged)
    whole = shutil.copytree(start, tmp_path / "whole")
    takes = seconds_alive("restore", "cu.db", "--yes", folder=whole)
    after = content(whole / "so.db")
    with chance() as numbers:
        for _ in range(rounds(EVERYDAY)):
            folder = shutil.copytree(start, tmp_path / "round")
            kill_after(numbers.uniform(takes / 2, takes * 1.05), "restore", "cu.db", "--yes", folder=folder)
            if (folder / "so.db").read_bytes() != damaged:
                assert content(folder / "so.db") == after
                assert_sound(folder / "so.db")
            left_over(start, folder)
            shutil.rmtree(folder)


def ledger(folder, before, after):
    """Whether the action is there; SQLite alone and our next command make the same of what was left behind."""
    by_sqlite = shutil.copytree(folder, folder.with_name("by-sqlite"))
    found = content(by_sqlite / "so.db")
    shutil.rmtree(by_sqlite)
    assert found in (before, after)
    assert run("status", "--db", str(folder / "so.db")).code == 0
    healed = content(folder / "so.db")
    assert healed == (found if "closed_year" in before else after)  # an older schema is upgraded by any command
    assert_sound(folder / "so.db")
    return "as it was" if found == before else "all of it"


def report(start, folder):
    """Whether the report is the old one, byte for byte, or a whole new one."""
    old, new = start / "report.xlsx", folder / "report.xlsx"
    if not old.exists():
        return "none"
    if new.read_bytes() == old.read_bytes():
        return "as it was"
    assert zipfile.ZipFile(new).testzip() is None
    assert load_workbook(new).sheetnames == load_workbook(old).sheetnames
    return "a whole new one"


def left_over(start, folder):
    """Drafts that nobody could clear away, which only their owner can read."""
    known = {file.relative_to(start) for file in start.rglob("*")}
    new = [file for file in folder.rglob("*") if file.is_file() and file.relative_to(folder) not in known]
    assert {stat.S_IMODE(file.stat().st_mode) for file in new} <= {OWNER_ONLY}, new
    return [file for file in new if file.name.startswith(".")]


HALF_A_WRITE = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("INSERT INTO action (at, who, verb, summary, version) VALUES ('2026-11-21', 'x', 'x', 'x', 'x')")
for _ in range(2000):
    connection.execute("INSERT INTO setting (key, value, action_id) SELECT 'x', hex(randomblob(500)), 1")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("argv", [["status"], ["record", "30836", "--level", "nang-cao", "--year", "2025"]])
def test_a_hot_journal_is_rolled_back_by_the_next_command(demo, argv):
    before, size = content(demo), demo.stat().st_size
    subprocess.run([sys.executable, "-c", HALF_A_WRITE, str(demo)], check=False)
    assert demo.stat().st_size > size  # half of it is in the file
    assert demo.with_name("so.db-journal").exists()
    assert run(*argv).code == 0
    assert not demo.with_name("so.db-journal").exists()
    assert_sound(demo)
    if argv == ["status"]:
        assert content(demo) == before
