"""A file that is no ledger, or no whole one: every command says so in Vietnamese with the documented exit code, and
leaves it as it is · `restore` keeps what it replaces · nothing stays lying about."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from tests.faults.commands import GOOD, REFUSED_ON_BROKEN, RESTORING, lay_out
from tests.faults.old_ledgers import unpack
from tests.faults.soundness import assert_sound, assert_told, content
from tests.running import run

PAGE = 4096


pytestmark = pytest.mark.of_file("its pages")


def damaged_pages(file, whole):
    file.write_bytes(whole[: 2 * PAGE] + b"\xff" * (10 * PAGE) + whole[12 * PAGE :])


def damaged_here_and_there(file, whole):
    pages = [whole[place : place + PAGE] for place in range(0, len(whole), PAGE)]
    file.write_bytes(b"".join(b"\x5a" * PAGE if number % 3 == 2 else page for number, page in enumerate(pages)))


def without_its_schema(file, whole):
    file.write_bytes(whole[:100] + bytes(3000) + whole[3100:])


def cut_in_half(file, whole):
    file.write_bytes(whole[: len(whole) // 2])


def cut_after_its_header(file, whole):
    file.write_bytes(whole[:100])


def text(file, _whole):
    file.write_text("không phải cơ sở dữ liệu " * 100, encoding="utf-8")


def nothing(file, _whole):
    file.write_bytes(b"")


def folder(file, _whole):
    file.mkdir()


def changed(statement):
    def change(file, whole):
        file.write_bytes(whole)
        with closing(sqlite3.connect(file)) as connection:
            connection.executescript(statement)

    return change


def of_another_program(file, _whole):
    changed("CREATE TABLE alembic_version (version_num TEXT)")(file, b"")


DAMAGED, NO_LEDGER, NEWER = 6, 1, 4
BROKEN = {
    "damaged pages": (damaged_pages, DAMAGED),
    "damaged here and there": (damaged_here_and_there, DAMAGED),
    "without its schema": (without_its_schema, DAMAGED),
    "cut in half": (cut_in_half, DAMAGED),
    "cut after its header": (cut_after_its_header, DAMAGED),
    "a table is missing": (changed("DROP TABLE recognition"), DAMAGED),
    "no version table": (changed("DROP TABLE alembic_version"), DAMAGED),
    "no version": (changed("DELETE FROM alembic_version"), DAMAGED),
    "a version that never was": (changed("UPDATE alembic_version SET version_num = '0000'"), DAMAGED),
    "newer": (changed("UPDATE alembic_version SET version_num = '9999'"), NEWER),
    "text": (text, NO_LEDGER),
    "nothing": (nothing, NO_LEDGER),
    "of another program": (of_another_program, NO_LEDGER),
    "a folder": (folder, NO_LEDGER),
}


@pytest.fixture
def beside(office, built_demo):
    """A folder with what the commands speak of, and the bytes of a whole ledger."""
    lay_out(office, built_demo / "ntmtrack-demo.db")
    return (office / GOOD).read_bytes()


@pytest.mark.parametrize("name", BROKEN)
def test_every_command_refuses_in_words_and_leaves_it(office, beside, name):
    break_it, code = BROKEN[name]
    file = office / "so.db"
    break_it(file, beside)
    before = None if file.is_dir() else file.read_bytes()
    known = {GOOD, "bang.csv", "so.db"}
    for command, argv in REFUSED_ON_BROKEN.items():
        assert_told(run(*argv), code, of=(name, command))
        assert file.is_dir() or file.read_bytes() == before, command
        assert (office / GOOD).read_bytes() == beside
    assert {one.name for one in office.iterdir()} - known <= {"so.db.backups"}


@pytest.mark.parametrize("name", ["damaged pages", "cut in half", "a table is missing", "text", "nothing"])
def test_restore_puts_a_good_ledger_in_its_place_and_keeps_it(office, beside, name):
    break_it, _code = BROKEN[name]
    file = office / "so.db"
    break_it(file, beside)
    before = file.read_bytes()
    done = run(*RESTORING["restore"])
    assert (done.code, ".part" in done.err) == (0, False), done
    assert_sound(file)
    assert run("progress").code == 0
    kept = [one for one in (office / "so.db.backups").iterdir() if "upgrade" not in one.name]
    assert len(kept) == 1
    if "damaged" in kept[0].name:
        assert kept[0].read_bytes() == before


@pytest.mark.parametrize("name", ["newer", "of another program"])
def test_restore_never_takes_the_place_of_what_is_whole_and_not_its_own(office, beside, name):
    break_it, code = BROKEN[name]
    break_it(office / "so.db", beside)
    before = (office / "so.db").read_bytes()
    assert_told(run(*RESTORING["restore"]), code)
    assert (office / "so.db").read_bytes() == before


@pytest.mark.parametrize("name", ["text", "damaged pages"])
def test_a_restore_that_is_refused_at_the_end_leaves_what_was_there(office, beside, name):
    break_it, _code = BROKEN[name]
    break_it(office / "so.db", beside)
    before = (office / "so.db").read_bytes()
    refused = run(*RESTORING["restore"], now=datetime(2020, 1, 1, tzinfo=UTC))
    assert (refused.code, "--trust-clock" in refused.err) == (1, True)
    assert (office / "so.db").read_bytes() == before


def test_restore_leaves_a_folder_alone(office, beside):
    (office / "so.db").mkdir()
    assert_told(run(*RESTORING["restore"]), NO_LEDGER)
    assert sorted(one.name for one in office.iterdir()) == sorted([GOOD, "bang.csv", "so.db"])


def test_a_copy_of_an_earlier_schema_is_put_back_without_leaving_drafts(office, demo):
    copy = unpack("0003", office / "cu.db")
    before = copy.read_bytes()
    assert run("restore", "cu.db", "--yes", "--trust-clock").code == 0
    assert copy.read_bytes() == before
    assert_sound(demo)
    assert {one.name for one in office.iterdir()} == {"so.db", "so.db.backups", "cu.db"}


def test_facts_that_speak_of_what_is_not_there_are_never_put_back(office, demo, beside):
    with closing(sqlite3.connect(office / GOOD)) as connection:
        connection.executescript(
            "DROP TRIGGER IF EXISTS unit_never_deleted; PRAGMA foreign_keys = OFF; DELETE FROM unit WHERE id = 5"
        )
    refused = run(*RESTORING["restore"])
    assert_told(refused, DAMAGED)
    assert "không có trong tệp" in refused.err
    assert demo.read_bytes() == beside


def test_restoring_the_same_is_refused(demo, office):
    shutil.copy(demo, office / "sao.db")
    assert_told(run("restore", "sao.db", "--yes"), 1)
    assert content(demo) == content(office / "sao.db")
