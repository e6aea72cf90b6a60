"""The check-up: a good ledger · damaged, truncated, foreign, newer, older, missing, odd files, none of which is changed
or makes it fail · where a ledger lies, who may read it · no name of a person or a unit is shown."""

import json
import lzma
import os
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from ntmtrack.commands import computer, doctor
from ntmtrack.commands.computer import without_names
from ntmtrack.storage import inspect
from tests.running import NOW, run
from tests.test_storage import DATABASES


def findings(*argv, code=0, now=NOW):
    """What the check-up found: by the name of the check, what was found and what it means."""
    told = run("doctor", "-f", "json", *argv, now=now)
    assert told.code == code, told.both
    assert not told.err
    return {one["check"]: (one["found"], one["verdict"]) for one in json.loads(told.out)["checks"]}


def test_a_good_ledger(demo):
    before = demo.read_bytes()
    found = findings()
    assert {name for name, (_told, verdict) in found.items() if verdict not in ("ok", "note")} == set()
    for name in ("kind", "schema", "integrity", "references", "chain", "clock", "journal", "permissions", "free"):
        assert found[name][1] == "ok", name
    assert found["chain"][0] == "khớp, 1 thao tác"
    assert demo.read_bytes() == before
    assert [one.name for one in demo.parent.iterdir()] == [demo.name]


@pytest.mark.usefixtures("demo")
def test_in_every_form():
    assert "Chuỗi mã băm" in run("doctor").out
    assert run("doctor", "-f", "csv").out.startswith("check,found,verdict\nfile,")
    assert run("doctor", "-o", "a.json").code == 0
    assert json.loads(Path("a.json").read_text(encoding="utf-8"))["problems"] == 0
    assert "Chain of hashes" in run("doctor", "--lang", "en").out


def test_no_ledger_is_no_problem(office):
    assert findings()["file"][1] == "note"
    assert list(office.iterdir()) == []


def test_a_ledger_changed_by_another_program(demo):
    with sqlite3.connect(demo) as connection:
        connection.execute("INSERT INTO setting (action_id, key, value) VALUES (1, 'x', 'y')")
        connection.execute("INSERT INTO revocation (action_id, recognition_id, day) VALUES (1, 99999, '2025-01-01')")
    found = findings(code=3)
    assert found["chain"] == ("không khớp ở thao tác 1: bị chương trình khác sửa hoặc bỏ bớt", "problem")
    assert found["references"] == ("số dòng nhắc đến dòng không có: 1", "problem")
    assert found["integrity"][1] == "ok"


@pytest.mark.parametrize("kept", [100, 101, 5000, 4096, 100_000, 200_000])
def test_a_truncated_ledger(demo, kept):
    demo.write_bytes(demo.read_bytes()[:kept])
    found = findings(code=3)
    assert "problem" in (found["kind"][1], found.get("integrity", ("", ""))[1])


@pytest.mark.parametrize("page", range(1, 60, 7))
def test_a_damaged_page(demo, page):
    whole = demo.read_bytes()
    demo.write_bytes(whole[: page * 4096] + b"\xff" * 4096 + whole[(page + 1) * 4096 :])
    assert findings(code=3)["integrity"][1] == "problem"


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0", b"PK\x03\x04" * 100, bytes(8192)])
def test_a_file_of_another_kind(office, content):
    (office / "so.db").write_bytes(content)
    assert findings(code=3)["kind"][1] == "problem"
    assert (office / "so.db").read_bytes() == content


def test_a_database_of_another_program(office):
    with sqlite3.connect(office / "so.db") as connection:
        connection.execute("CREATE TABLE t (a)")
    assert findings(code=3)["kind"] == ("không phải là sổ của ntmtrack", "problem")


def test_odd_places(office):
    assert findings("--db", str(office), code=3)["file"][1] == "problem"
    (office / "a").touch()
    assert findings("--db", "a/so.db", code=3)["file"][1] == "problem"
    if os.name == "posix":
        assert findings("--db", os.devnull, code=3)["file"][1] == "problem"


def test_a_newer_ledger(demo):
    with sqlite3.connect(demo) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    found = findings(code=3)
    assert (found["schema"][1], found["chain"][1]) == ("problem", "note")
    assert "cập nhật chương trình" in found["schema"][0]


@pytest.mark.parametrize("schema", ["0001", "0002", "0003"])
def test_an_older_ledger_is_not_upgraded(office, schema):
    file = office / "so.db"
    file.write_bytes(lzma.decompress((DATABASES / f"{schema}.db.xz").read_bytes()))
    before = file.read_bytes()
    found = findings(now=NOW + timedelta(days=3))
    assert (found["schema"][1], found["chain"][1], found["integrity"][1]) == ("note", "note", "ok")
    assert file.read_bytes() == before


def test_a_table_that_is_gone(demo):
    with sqlite3.connect(demo) as connection:
        connection.execute("DROP TABLE alembic_version")
        connection.execute("DROP TABLE closed_year")
    assert findings(code=3)["schema"][1] == "problem"


def test_a_clock_that_was_set_back(demo):
    assert findings(now=NOW - timedelta(days=1), code=3)["clock"][1] == "problem"
    with sqlite3.connect(demo) as connection:
        connection.execute("DROP TRIGGER action_sealed")
        connection.execute("UPDATE action SET at = 'hôm qua'")
    assert findings(code=3)["clock"][1] == "warning"


def test_a_write_that_was_broken_off(demo):
    journal = demo.with_name(demo.name + "-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(8000))
    before = demo.read_bytes(), journal.read_bytes()
    assert findings()["journal"][1] == "warning"
    assert (demo.read_bytes(), journal.read_bytes()) == before


def test_a_ledger_in_use_by_another_program(demo, monkeypatch):
    monkeypatch.setattr(inspect, "_WAITS", 0)
    with sqlite3.connect(demo) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert findings()["kind"][1] == "warning"


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_who_may_read_and_write(demo, monkeypatch):
    demo.chmod(0o644)
    monkeypatch.setattr(os, "access", lambda *_asked: False)
    found = findings()
    assert (found["permissions"][1], found["writable"][1]) == ("warning", "warning")


def test_little_room(monkeypatch, demo):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(1, 1, 5_000_000))
    assert findings()["free"] == ("4.882 KB", "warning")


@pytest.mark.parametrize(
    ("mounts", "kind"),
    [
        ("", None),
        ("/dev/sda1 / ext4 rw 0 0\n", None),
        ("/dev/sda1 / ext4 rw 0 0\nsrv:/x /mnt/chung\\040phong nfs4 rw 0 0\n", "nfs4"),
        ("//srv/x /mnt cifs rw 0 0\n/dev/sdb /mnt/chung\\040phong ext4 rw 0 0\n", None),
        ("a /mnt fuse.sshfs rw 0 0\n", "fuse.sshfs"),
        ("C:\\ /mnt 9p rw 0 0\nrubbish\n", "9p"),
    ],
)
def test_network_file_systems(mounts, kind):
    assert inspect.network_of(Path("/mnt/chung phong/so.db"), mounts) == kind


def test_a_shared_folder(office, demo, monkeypatch):
    (office / "OneDrive - UBND").mkdir()
    shared = shutil.copy(demo, office / "OneDrive - UBND" / "so.db")
    assert findings("--db", str(shared))["shared"][1] == "warning"
    monkeypatch.setattr(doctor, "_mounts", lambda: "srv:/x / nfs rw 0 0\n")
    assert "(nfs)" in findings()["shared"][0]


@pytest.mark.usefixtures("demo")
def test_copies_are_counted():
    folder = Path("so.db.backups")
    folder.mkdir()
    for name in ("20261120-090000-before-import.db", "20261121-080000-before-upgrade-0003.db", ".x.part"):
        (folder / name).touch()
    assert findings()["copies"][0] == "2 · 20261121-080000-before-upgrade-0003.db"


def test_no_names_are_shown(demo, monkeypatch):
    home = demo.parent / "nguyenvana"
    (home / "sổ").mkdir(parents=True)
    shutil.copy(demo, home / "sổ" / "so.db")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("LOGNAME", "USER", "USERNAME"):
        monkeypatch.setenv(name, "nguyenvana")
    monkeypatch.setenv("NTMTRACK_USER", "Nguyễn Văn A")
    monkeypatch.setenv("NTMTRACK_DB", str(home / "sổ" / "so.db"))
    monkeypatch.setenv("NO_COLOR", "1")
    for told in (run("doctor").out, run("doctor", "-f", "json").out, run("doctor", "--db", str(home / "sổ" / "x")).out):
        for personal in ("nguyenvana", "Nguyễn Văn A", "canbo", "Mỹ Thuận", "Hòn Đất", "sổ/", "so.db"):
            assert personal not in told.replace("\\", "/"), personal
        assert "NO_COLOR=1 · NTMTRACK_DB · NTMTRACK_USER" in told
        assert "có thể gửi cho người hỗ trợ" in told


def test_paths_are_shown_when_asked_for(demo, monkeypatch):
    for name in ("LOGNAME", "USER", "USERNAME"):
        monkeypatch.setenv(name, "nguyenvana")
    home = demo.parent / "nguyenvana"
    (home / "So UBND xa Hon Dat").mkdir(parents=True)
    shutil.copy(demo, home / "So UBND xa Hon Dat" / "so.db")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("NTMTRACK_DB", str(home / "So UBND xa Hon Dat" / "so.db"))
    assert "Hon Dat" not in run("doctor").out
    told = run("doctor", "--paths").out
    assert str(Path("~/So UBND xa Hon Dat/so.db")) in told
    assert "nguyenvana" not in told
    assert "có thể gửi cho người hỗ trợ" not in told
    assert without_names("/mnt/NguyenVanA/so.db").replace("\\", "/").endswith("/mnt/…/so.db")


def test_a_console_without_vietnamese_and_a_missing_library(monkeypatch):
    class Console:
        encoding = "cp1252"

        def isatty(self):
            return True

    monkeypatch.setattr(computer.sys, "stdout", Console())
    monkeypatch.setattr(computer, "_needed", lambda: ("no-such-library",))
    monkeypatch.setattr(computer.locale, "getlocale", lambda: (_ for _ in ()).throw(ValueError))
    found = {one.key: one for one in computer.computer(with_paths=False)}
    assert found["letters"].verdict == "warning"
    assert found["library.no-such-library"].verdict == "problem"
    assert found["locale"].found.startswith("?")
    assert found["terminal"].found.startswith("rộng ")


def test_it_offers_no_reason_for_figures_that_it_cannot_change():
    said = run("doctor", "--help").out
    assert ("--trust-clock" in said, "--reopen" in said) == (True, False)
