"""What a ledger holds is its owner's alone: the file, its journal, its copies, drafts; and no command starts a shell,
reads code from data or opens a connection."""

import ast
import os
import stat
from pathlib import Path

import pytest

import ntmtrack
from ntmtrack.storage import snapshots
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.transaction import acting
from tests.faults.old_ledgers import unpack
from tests.faults.soundness import OWNER_ONLY
from tests.running import NOW, run

SOURCES = sorted(Path(ntmtrack.__file__).parent.rglob("*.py"))
NEVER_IMPORTED = {"pickle", "marshal", "shelve", "socket", "ssl", "urllib", "http", "ftplib", "smtplib", "subprocess"}
NEVER_CALLED = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.startfile"}

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")


@pytest.fixture
def generous():
    """Files are for everybody here unless a program says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder):
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.rglob("*") if file.is_file()}


@pytest.mark.of_file("who may read it")
@posix
def test_ledgers_copies_and_journals(office, generous):
    assert run("init", "--province", "Kiên Giang", "--programme", "2021-2025").code == 0
    assert run("backup").code == 0
    assert run("backup", "sao.db").code == 0
    assert run("record", "30836", "--level", "ntm", "--year", "2020").code == 0
    (office / "so.db").chmod(0o644)
    assert run("restore", "sao.db", "--yes").code == 0
    (office / "so.db").write_bytes(b"damaged" * 1000)
    assert run("restore", "sao.db", "--yes").code == 0
    unpack("0001", office / "cu.db")
    assert run("status", "--db", "cu.db").code == 0
    with acting(office / "so.db", Ledger.Stamp("record", "x", NOW)) as ledger:
        ledger.set("programme", "2021-2025")
        found = modes(office)
    assert "so.db-journal" in found
    assert len(found) >= 7
    assert set(found.values()) == {OWNER_ONLY}, found
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in office.glob("*.backups")} == {0o700}


@pytest.mark.of_file("who may read it")
@posix
def test_drafts(office, generous):
    with snapshots.draft_beside(office / "so.db") as draft:
        draft.write_bytes(b"x")
        assert stat.S_IMODE(draft.stat().st_mode) == OWNER_ONLY


def dangers(node):
    """What a piece of source does that it should not."""
    if isinstance(node, ast.Import):
        return {name.name.split(".")[0] for name in node.names} & NEVER_IMPORTED
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").split(".")[0]} & NEVER_IMPORTED
    if isinstance(node, ast.Call):
        return ({ast.unparse(node.func)} & NEVER_CALLED) | {word.arg for word in node.keywords if word.arg == "shell"}
    return set()


def test_nothing_is_run_that_was_not_written_here():
    found = [
        (source.name, node.lineno, dangers(node))
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_bytes()))
        if dangers(node)
    ]
    assert found == []
    assert dangers(ast.parse("os.system('x')").body[0].value) == {"os.system"}
