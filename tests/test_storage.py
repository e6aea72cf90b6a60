"""The file: what the database itself refuses · all or nothing · locked, read-only, foreign, newer, empty files ·
the schema and its migration say the same · nothing is ever deleted."""

import json
import lzma
import os
import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory

from ntmtrack.errors import AlreadyRecognised, NtmError
from ntmtrack.model import Recognition, Tier, Unit
from ntmtrack.storage import connection as storage_connection
from ntmtrack.storage import migrate, tables
from ntmtrack.storage import open as storage_open
from ntmtrack.storage.chain import fingerprint
from ntmtrack.storage.configuration import configuration
from ntmtrack.storage.every_table import METADATA
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.open import reading
from ntmtrack.storage.queries.units import find_unit
from ntmtrack.storage.tables import open_engine
from ntmtrack.storage.transaction import acting
from tests.places import asked, by_hand, contents
from tests.running import begin, run

NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
LATER = datetime(2026, 11, 23, tzinfo=UTC)  # when the ledgers of earlier schemas had been made
DATABASES = Path(__file__).parent / "databases"  # one small ledger of every released schema


def raw(file):
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


@pytest.mark.filterwarnings("ignore:.*expression-based index")  # uq_decision_current: SQLite cannot be asked for it
def test_the_tables_and_the_migration_say_the_same(office):
    (office / "new.db").touch()
    migrate.migrate(office / "new.db")
    engine = open_engine(office / "new.db")
    with engine.begin() as connection:
        command.check(configuration(connection, METADATA))
        script = ScriptDirectory.from_config(configuration(connection, METADATA))
        assert script.get_current_head() == storage_connection.HEAD
    engine.dispose()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE unit_version SET kind = 'làng' WHERE id = 5",
        "UPDATE unit_version SET tier = 'district' WHERE kind = 'xã'",
        "UPDATE unit_version SET since = '2030-01-01' WHERE id = 5",
        "UPDATE unit_version SET name = '' WHERE id = 5",
        "UPDATE unit_version SET parent_id = 99999 WHERE id = 5",
        "UPDATE recognition SET year = 20244 WHERE id = 5",
        "UPDATE recognition SET year = NULL, known_by = NULL WHERE id = 5",
        "UPDATE recognition SET confidence = 'sure' WHERE id = 5",
        "UPDATE target SET operator = '~' WHERE id = 5",
        "INSERT INTO unit_version (action_id, unit_id, name, name_key, kind, tier) SELECT 1, unit_id, name, name_key,"
        " kind, tier FROM unit_version WHERE id = 5",
        "INSERT INTO recognition (action_id, unit_id, programme, level, year, basis, confidence)"
        " SELECT 1, unit_id, programme, level, 2024, basis, confidence FROM recognition WHERE id = 12",
        "INSERT INTO decision (action_id, number, signed_on, issuer) SELECT 1, number, signed_on, issuer FROM decision",
        "DELETE FROM recognition WHERE id = 5",
        "DELETE FROM action",
    ],
)
def test_the_database_itself_refuses(demo, change):
    with by_hand(demo) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(change)


def test_a_level_is_free_again_once_revoked(demo):
    assert run("revoke", "30838", "--level", "nang-cao", "--decision", "1/QĐ-UBND", "--date", "1/5/2025").code == 0
    assert run("record", "30838", "--level", "nang-cao", "--year", "2025").code == 0
    assert run("record", "30838", "--level", "nang-cao", "--year", "2025").code == 1


def test_the_border_translates_what_the_database_refuses(demo):
    with pytest.raises(AlreadyRecognised), acting(demo, Ledger.Stamp("record", "x", NOW)) as ledger:
        ledger.record(find_unit(ledger.connection, "30838"), Recognition("nang-cao", "2021-2025", 2025))


def test_one_refusal_among_many_units_writes_nothing(demo):
    before = run("status", "--format", "json").out
    refused = run(
        "record",
        "Sơn Bình",
        "Mỹ Thái",
        "Ngọc Thuận",
        "--level",
        "nang-cao",
        "--year",
        "2025",
        "--decision",
        "7/QĐ-UBND",
    )
    assert refused.code == 1
    assert "Ngọc Thuận" in refused.err
    assert run("status", "--format", "json").out == before


def test_an_error_in_the_middle_of_a_write_leaves_no_trace(demo):
    before = contents(demo)

    def break_off():
        with acting(demo, Ledger.Stamp("record", "x", NOW)) as ledger:
            ledger.record(find_unit(ledger.connection, "30836"), Recognition("nang-cao", "2021-2025", 2025))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert contents(demo) == before


def test_a_dry_run_leaves_the_file_as_it_was(demo):
    before = contents(demo)
    assert run("record", "30836", "--level", "nang-cao", "--year", "2025", "--dry-run").code == 0
    assert contents(demo) == before


@pytest.mark.of_file("no ledger yet")
def test_a_refused_first_write_leaves_no_ledger_behind(office):
    assert run("add-commune", "Mỹ Thuận", "--district", "Hòn Đất").code == 1
    assert run("add-district", "Hòn Đất", "--dry-run").code == 0
    assert not (office / "so.db").exists()


@pytest.mark.of_file("its folder")
@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_ledger_is_readable_by_its_owner_only(office):
    run("add-district", "Hòn Đất")
    assert stat.S_IMODE((office / "so.db").stat().st_mode) == 0o600


def test_taking_back_gives_the_same_facts_and_keeps_the_rows(demo):
    def facts():
        tables = ("decision", "recognition", "revocation", "unit_version")
        return {t: asked(demo, f"SELECT * FROM {t} WHERE voided_by IS NULL ORDER BY id") for t in tables}

    before = facts()
    run("record", "30836", "--level", "nang-cao", "--year", "2025", "--decision", "8/QĐ-UBND")
    assert facts() != before
    assert run("undo").code == 0
    assert facts() == before
    assert asked(demo, "SELECT count(*) FROM recognition WHERE voided_by IS NOT NULL") == [(1,)]


@pytest.mark.of_file("its pages")
def test_a_file_held_by_another_program_is_waited_for_then_refused(demo, monkeypatch):
    monkeypatch.setattr(storage_connection, "BUSY_SECONDS", 0.2)
    monkeypatch.setattr(tables, "BUSY_SECONDS", 0.2)
    holder = raw(demo)
    holder.execute("BEGIN EXCLUSIVE")
    for argv in (["record", "30836", "--level", "nang-cao", "--year", "2025"], ["progress"]):
        refused = run(*argv)
        assert (refused.code, "đang bị chương trình khác giữ" in refused.err) == (6, True)
        assert refused.err.count("\n") <= 3
    holder.rollback()
    assert run("record", "30836", "--level", "nang-cao", "--year", "2025").code == 0


def test_a_newer_ledger_is_refused_unchanged(demo):
    with by_hand(demo) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = contents(demo)
    for argv in (["progress"], ["record", "30836", "--level", "nang-cao", "--year", "2025"]):
        assert run(*argv).code == 4
    assert contents(demo) == before


def test_files_that_are_not_ledgers(office):
    (office / "empty.db").touch()
    (office / "text.db").write_text("không phải cơ sở dữ liệu" * 100, encoding="utf-8")
    with sqlite3.connect(office / "other.db") as other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
    for name in ("empty.db", "text.db", "other.db"):
        before = (office / name).read_bytes()
        for argv in (["progress"], ["add-district", "Hòn Đất"]):
            refused = run(*argv, "--db", name)
            assert (refused.code, "không phải là sổ" in refused.err) == (1, True), (name, argv)
        assert (office / name).read_bytes() == before


@pytest.mark.of_file("its pages")
def test_a_damaged_ledger_is_said_to_be_damaged(demo):
    whole = bytearray(demo.read_bytes())
    whole[4096:20480] = b"\xff" * 16384
    demo.write_bytes(whole)
    refused = run("progress")
    assert (refused.code, "Không đọc được" in refused.err) == (6, True)


@pytest.mark.skipif(os.name == "nt" or getattr(os, "geteuid", int)() == 0, reason="the superuser may write anywhere")
def test_an_unwritable_folder(office):
    (office / "locked").mkdir(mode=0o500)
    assert run("add-district", "Hòn Đất", "--db", "locked/so.db").code == 6


def test_a_folder_that_cannot_be_made(office):
    (office / "file").touch()
    refused = run("add-district", "Hòn Đất", "--db", "file/so.db")
    assert (refused.code, "Không ghi được vào" in refused.err) == (6, True)


@pytest.mark.of_file("its folder")
@pytest.mark.skipif(os.name == "nt" or getattr(os, "geteuid", int)() == 0, reason="the superuser may write anywhere")
def test_a_read_only_ledger_is_read_and_not_written(demo):
    demo.chmod(0o400)
    demo.parent.chmod(0o500)
    try:
        assert run("progress", "--year", "2024").code == 0
        assert run("record", "30836", "--level", "nang-cao", "--year", "2025").code == 6
    finally:
        demo.parent.chmod(0o700)


def test_undoing_brings_back_the_setting_before(office):
    begin("Kiên Giang")
    begin("An Giang", "2026-2030")
    assert json.loads(run("status", "--format", "json").out)["programme"] == "2026-2030"
    run("undo")
    assert json.loads(run("status", "--format", "json").out)["programme"] == "2021-2025"


@pytest.mark.of_file("its folder")
@pytest.mark.slow
def test_many_first_writes_at_once_each_land_or_are_refused_whole(office):
    code = "import sys; from ntmtrack.cli import main; sys.exit(main(sys.argv[1:]))"
    running = [
        subprocess.Popen([sys.executable, "-c", code, "add-district", f"Huyện {name}"], stderr=subprocess.PIPE)
        for name in ("Một", "Hai", "Ba", "Bốn")
    ]
    said = [process.communicate(timeout=60)[1].decode() for process in running]
    codes = [process.returncode for process in running]
    assert set(codes) <= {0, 6}, said
    actions = raw(office / "so.db").execute("SELECT count(*) FROM action").fetchone()[0]
    assert actions == codes.count(0)
    assert [file.name for file in office.iterdir()] == ["so.db"]


@pytest.mark.of_file("its folder")
def test_a_file_system_without_links(office, monkeypatch):
    def refuse(*_names):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    assert run("add-district", "Hòn Đất").code == 0
    assert run("units").code == 0
    assert [file.name for file in office.iterdir()] == ["so.db"]


@pytest.mark.of_file("its folder")
def test_a_ledger_made_by_somebody_else_meanwhile_is_left_alone(office, monkeypatch):
    def taken(_draft, file):
        file.write_text("của người khác", encoding="utf-8")
        raise FileExistsError(17, "exists")

    monkeypatch.setattr(os, "link", taken)
    refused = run("add-district", "Hòn Đất")
    assert (refused.code, "Chương trình khác vừa lập" in refused.err) == (6, True)
    assert (office / "so.db").read_text(encoding="utf-8") == "của người khác"
    assert [file.name for file in office.iterdir()] == ["so.db"]


@pytest.mark.of_file("its folder")
def test_a_ledger_is_never_overwritten_by_a_report(demo):
    before = contents(demo)
    for argv in (["list", "--level", "ntm", "-o", str(demo)], ["units", "-o", str(demo), "-f", "csv"]):
        refused = run(*argv)
        assert (refused.code, "là sổ hoặc cơ sở dữ liệu" in refused.err) == (1, True)
    assert contents(demo) == before


def test_a_folder_is_no_ledger(office):
    assert run("status", "--db", str(office)).code == 1
    assert run("init", "--province", "Lai Châu", "--programme", "2021-2025", "--db", str(office)).code == 1


@pytest.mark.of_file("upgrades of files")
def test_an_older_ledger_is_copied_then_upgraded(office, demo, monkeypatch):
    steps = []
    for module in (storage_open, migrate):
        monkeypatch.setattr(module, "HEAD", "9998")
    monkeypatch.setattr(migrate, "migrate", lambda file: steps.append(file))
    with reading(demo):
        pass
    assert steps == [demo]
    (copy,) = office.glob(f"so.db.backups/*-before-upgrade-{storage_connection.HEAD}.db")
    assert raw(copy).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_ledger_of_the_first_schema_keeps_its_roadmap(office):
    file = office / "cu.db"
    file.write_bytes(lzma.decompress((DATABASES / "0001.db.xz").read_bytes()))
    shown = json.loads(run("progress", "--year", "2022", "--db", str(file), "-f", "json").out)
    commune = next(line for line in shown["lines"] if (line["tier"], line["level"]) == ("commune", "ntm"))
    assert (commune["plan_cumulative"], commune["actual_cumulative"], commune["total"]) == (101, 1, 2)
    held = json.loads(run("roadmap", "show", "--db", str(file), "-f", "json").out)
    assert (held["scope_code"], held["scope_name"], len(held["targets"])) == ("91", "tỉnh Kiên Giang", 25)
    assert held["targets"][0]["units"].startswith("thành phố Hà Tiên; huyện Vĩnh Thuận")
    assert list(office.glob("cu.db.backups/*-before-upgrade-0001.db"))
    assert raw(file).execute("PRAGMA foreign_key_check").fetchall() == []
    with pytest.raises(sqlite3.IntegrityError):
        raw(file).execute("DELETE FROM target")


@pytest.mark.of_file("upgrades of files")
def test_a_ledger_of_the_second_schema_takes_corrections(office):
    """Its facts are counted as before, and a correction can be undone."""
    file = office / "so.db"
    file.write_bytes(lzma.decompress((DATABASES / "0002.db.xz").read_bytes()))
    before = run("list", "--level", "ntm", "--year", "2019", "-f", "csv").out
    (office / "a.csv").write_text("Tên xã,Danh hiệu,Năm đạt chuẩn\nNgọc Thuận,NTM,2018\n", encoding="utf-8")
    assert run("import", "a.csv", now=LATER).code == 0
    assert run("list", "--level", "ntm", "--year", "2019", "-f", "csv").out != before
    assert run("undo", now=LATER).code == 0
    assert run("list", "--level", "ntm", "--year", "2019", "-f", "csv").out == before
    assert raw(file).execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.of_file("upgrades of files")
def test_a_plan_of_the_fifth_schema_says_the_same_and_takes_what_it_could_not(office):
    """Its figures, their fingerprint and the chain stay; "<" and an operator of the per cent's own go in."""
    file = office / "so.db"
    file.write_bytes(lzma.decompress((DATABASES / "0005.db.xz").read_bytes()))
    columns = "key, place, year, operator, cumulative, percent, due_on"
    select = f"SELECT {columns} FROM target JOIN roadmap ON roadmap.id = roadmap_id ORDER BY target.id"
    before = raw(file).execute(select).fetchall()
    assert run("verify").code == 0
    assert raw(file).execute(select).fetchall() == before
    assert fingerprint(raw(file), 1) == "28a1-4085-b180-9dcc"  # as the program of that schema gave it
    opened = raw(file)
    for change in ("operator = '<'", "percent_operator = '>='", "due_on = '2022-06'"):
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            opened.execute(f"UPDATE target SET {change}")


@pytest.mark.of_file("upgrades of files")
def test_recognitions_of_the_sixth_schema_stay_as_they_are_and_may_be_carried(office):
    """The facts, their fingerprint, the rules of the file and the chain stay; an acknowledgement anew goes in."""
    file = office / "so.db"
    file.write_bytes(lzma.decompress((DATABASES / "0006.db.xz").read_bytes()))
    select = "SELECT unit_id, programme, level, year, decision_id, basis, voided_by FROM recognition ORDER BY id"
    before = raw(file).execute(select).fetchall()
    rules = set(raw(file).execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'index')").fetchall())
    assert run("verify", now=LATER).code == 0
    assert raw(file).execute(select).fetchall() == before
    assert fingerprint(raw(file)) == "128e-8e5c-328e-f98e"  # as the program of that schema gave it
    opened = raw(file)
    assert rules <= set(opened.execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'index')").fetchall())
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        opened.execute("UPDATE recognition SET basis = 're-recognised'")
    with pytest.raises(sqlite3.IntegrityError, match="one standing recognition"):
        opened.execute(
            "INSERT INTO recognition (action_id, unit_id, programme, level, year, basis, confidence)"
            " SELECT 1, unit_id, programme, level, 2024, 're-recognised', confidence FROM recognition"
            " WHERE voided_by IS NULL"
        )


@pytest.mark.of_file("upgrades of files")
def test_a_ledger_of_the_seventh_schema_stays_as_it_is_and_takes_villages_of_every_kind(office):
    """The facts, their fingerprint, the rules of the file and the chain stay; a làng goes in, a kind made up not."""
    file = office / "so.db"
    file.write_bytes(lzma.decompress((DATABASES / "0007.db.xz").read_bytes()))
    select = "SELECT id, unit_id, code, name, kind, tier, parent_id, since, until FROM unit_version ORDER BY id"
    before = raw(file).execute(select).fetchall()
    rules = set(raw(file).execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'index')").fetchall())
    assert run("verify", now=LATER).code == 0
    assert raw(file).execute(select).fetchall() == before
    assert fingerprint(raw(file)) == "d7dc-3cc1-3f83-f841"  # as the program of that schema gave it
    opened = raw(file)
    assert rules <= set(opened.execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'index')").fetchall())
    village = (
        "INSERT INTO unit_version (action_id, unit_id, name, name_key, kind, tier)"
        " VALUES (1, 1, 'A', 'a', ?, 'village')"
    )
    with pytest.raises(sqlite3.IntegrityError, match="known_kind"):
        opened.execute(village, ("xứ",))
    with pytest.raises(sqlite3.IntegrityError, match="overlapping versions"):
        opened.execute(village, ("làng",))
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        opened.execute("UPDATE published_figure SET share_of = 'ntm'")


@pytest.mark.of_file("upgrades of files")
def test_a_migration_that_fails_half_way_leaves_the_old_file(demo, monkeypatch):
    before = raw(demo).execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()

    def half_way(config, _revision):
        connection = config.attributes["connection"]
        connection.exec_driver_sql("CREATE TABLE half_done (id INTEGER)")
        connection.exec_driver_sql("INSERT INTO missing VALUES (1)")

    monkeypatch.setattr(migrate.command, "upgrade", half_way)
    with pytest.raises(NtmError):
        migrate.migrate(demo)
    assert raw(demo).execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall() == before


@pytest.mark.slow
def test_two_programs_writing_at_once_lose_nothing(demo):
    code = "import sys; from ntmtrack.cli import main; sys.exit(main(sys.argv[1:]))"
    communes = ["30836", "30840", "30841", "30844"]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, "record", unit, "--level", "nang-cao", "--year", "2025"],
            stderr=subprocess.PIPE,
        )
        for unit in communes
    ]
    for process in running:
        _out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err.decode()
    assert asked(demo, "SELECT count(*) FROM action WHERE verb = 'record'") == [(len(communes),)]


@pytest.mark.of_file("its folder")
@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_link_to_nothing_is_named(office, demo):
    (office / "lien-ket.db").symlink_to(office / "o-cung-da-rut" / "so.db")
    run("dump", "so.jsonl")
    for argv in (
        ("init", "-p", "Kiên Giang", "--programme", "2021-2025"),
        ("add-district", "Hòn Đất"),
        ("progress",),
        ("load", "so.jsonl"),
        ("restore", "so.db", "--yes"),
    ):
        refused = run(*argv, "--db", "lien-ket.db")
        assert (refused.code, "o-cung-da-rut" in refused.err) == (6, True), (argv, refused.err)
    assert run("doctor", "--db", "lien-ket.db").code == 3
    assert (office / "lien-ket.db").is_symlink()


def test_odd_file_names(office):
    name = "sổ của huyện #1 (2024)? %20.db" if os.name != "nt" else "sổ của huyện #1 (2024) %20.db"
    assert run("add-district", "Hòn Đất", "--db", name).code == 0
    assert run("units", "--db", name).code == 0
    assert (office / name).exists()


def test_units_keep_what_the_model_says():
    unit = Unit(1, "Mỹ Thuận", "xã", Tier.COMMUNE, until="2025-07-01")
    assert unit.alive_in(2025)
    assert not unit.alive_in(2026)
