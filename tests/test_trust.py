"""Reports held against the ledger · copies and going back to them · upgrades that fail · automatic copies."""

import json
import lzma
import os
import sqlite3
import stat
import time
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from ntmtrack.commands import import_
from ntmtrack.storage import migrate, snapshots
from ntmtrack.storage.open import reading
from tests.running import NOW, begin, run
from tests.test_history import facts, tamper

DATABASES = Path(__file__).parent / "databases"


HELD = dict.fromkeys(("file", "chain", "workbook", "origin", "cells"), "holds")


def verdicts(*argv):
    done = run("verify", *argv, "-f", "json")
    told = json.loads(done.out)
    return done.code, {one["key"]: one["verdict"] for one in told["verdicts"]}, told["totals"]


def test_a_report_holds_until_a_figure_moves(demo):
    run("export", "bc.xlsx", "--year", "2024", "--sheets", "summary")
    assert verdicts("bc.xlsx")[:2] == (
        0,
        HELD | {"facts": "holds"},
    )
    run("record", "30836", "-l", "nc", "--year", "2025")
    assert verdicts("bc.xlsx")[:2] == (
        0,
        HELD | {"figures": "note"},
    )
    run("record", "30840", "-l", "nc", "--year", "2024")
    code, told, moved = verdicts("bc.xlsx")
    assert (code, told["figures"], [(one["line"], one["gap"]) for one in moved]) == (
        3,
        "broken",
        [("Xã đạt chuẩn NTM nâng cao", 1)],
    )
    run("undo")
    run("undo", "2")
    assert verdicts("bc.xlsx")[0] == 0


def test_a_report_as_known_then_holds_for_ever(demo):
    run("record", "30836", "-l", "nc", "--year", "2024", now=NOW.replace(day=25))
    done = run("export", "cu.xlsx", "--year", "2024", "--as-known", "22/11/2026", now=NOW.replace(day=26))
    assert done.code == 0, done.err
    assert verdicts("cu.xlsx")[0] == 0
    sheet = openpyxl.load_workbook("cu.xlsx")["Danh sách"]
    heading = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=8) for cell in row if cell.value)
    assert "theo số liệu đã ghi đến hết ngày 22/11/2026" in heading


def test_a_report_that_was_saved_again_or_is_of_another_ledger(demo, office):
    run("export", "bc.xlsx", "--year", "2024", "--sheets", "list")
    book = openpyxl.load_workbook("bc.xlsx")
    book.properties.created = NOW.replace(tzinfo=None)
    book.save("sua.xlsx")
    assert verdicts("sua.xlsx")[1]["workbook"] == "note"
    begin("Kiên Giang", db="khac.db")
    code, told, _moved = verdicts("bc.xlsx", "--db", "khac.db")
    assert (code, told["origin"]) == (3, "broken")


def test_a_cell_that_was_changed_is_named_whoever_saved_the_file(demo):
    run("export", "bc.xlsx", "--year", "2024", "--sheets", "summary,list", "--number", "12/BC", "--date", "5/1/2025")
    run("record", "30836", "-l", "nc", "--year", "2025")
    assert verdicts("bc.xlsx")[1]["cells"] == "holds"
    book = openpyxl.load_workbook("bc.xlsx")
    cell = next(one for row in book["Tổng hợp"].iter_rows() for one in row if one.value == 116)
    cell.value = 99
    book.save("sua.xlsx")
    told = run("verify", "sua.xlsx")
    assert (told.code, f"Tổng hợp!{cell.coordinate} ghi 99, lẽ ra là 116" in told.out) == (3, True)
    del book["Danh sách"]
    book.create_sheet("Thêm")
    cell.value = "116"
    book.save("sua.xlsx")
    told = run("verify", "sua.xlsx").out
    assert "thiếu trang “Danh sách”; có thêm trang “Thêm”" in told
    assert "ghi “116”, lẽ ra là 116" in told


def test_a_report_in_english_is_verified_in_vietnamese_and_the_other_way_round(demo):
    for written, read in (("en", "vi"), ("vi", "en")):
        run("export", "bc.xlsx", "--year", "2024", "--lang", written)
        done = run("verify", "bc.xlsx", "-f", "json", "--lang", read)
        assert {one["key"]: one["verdict"] for one in json.loads(done.out)["verdicts"]}["cells"] == "holds"


def test_both_files_of_a_report_hold_and_so_does_one_with_all_its_sheets(demo):
    run("export", "bc.xlsx", "--year", "2024", "--working", "--with-status")
    run("export", "all.xlsx", "--year", "2024", "--sheets", "all")
    for file in ("bc.xlsx", "bc (số liệu làm việc).xlsx", "all.xlsx"):
        assert verdicts(file)[:2] == (0, HELD | {"facts": "holds"}), file


def test_the_cells_of_a_report_that_was_laid_out_otherwise_are_not_looked_at(demo):
    run("export", "bc.xlsx", "--year", "2024")
    book = openpyxl.load_workbook("bc.xlsx")
    properties = book.custom_doc_props.props
    book.custom_doc_props.props = [one for one in properties if one.name != "ntmtrack layout"]
    book["Tổng hợp"]["A5"] = "Tiêu đề của phiên bản trước"
    book.save("cu.xlsx")
    code, told, _moved = verdicts("cu.xlsx")
    assert (code, told["cells"], told["facts"]) == (0, "note", "holds")


def test_why_is_not_told_of_a_report_of_another_ledger(demo, office):
    run("export", "bc.xlsx", "--year", "2024", "--sheets", "list")
    begin("Kiên Giang", db="khac.db")
    run("record", "30838", "-l", "ntm", "--year", "2024", "--db", "khac.db")
    told = run("verify", "bc.xlsx", "--db", "khac.db")
    assert (told.code, "từ đó đến nay" in told.out) == (3, False)


def test_a_form_of_the_office_carries_the_stamp_too(demo):
    book = openpyxl.Workbook()
    book.active.append(["{{ntm.luy_ke}}", "{{so_biet_den_ngay}}"])
    book.save("mau.xlsx")
    assert run("export", "bieu.xlsx", "--template", "mau.xlsx", "--year", "2024").code == 0
    assert verdicts("bieu.xlsx")[0] == 0


def test_a_stamp_that_was_changed_is_told(demo):
    run("export", "bc.xlsx", "--year", "2024", "--sheets", "list")
    book = openpyxl.load_workbook("bc.xlsx")
    for one in book.custom_doc_props.props:
        if one.name == "ntmtrack as_of":
            one.value = "hôm qua"
    book.save("sua.xlsx")
    run("record", "30836", "-l", "nc", "--year", "2024")
    refused = run("verify", "sua.xlsx")
    assert (refused.code, "as_of là “hôm qua”" in refused.err) == (1, True)


@pytest.mark.of_file("copies of files")
def test_going_back_keeps_what_was_replaced(demo, office):
    assert run("backup", "sao.db").code == 0
    before = facts(demo)
    run("record", "30836", "-l", "nc", "--year", "2024")
    after = facts(demo)
    assert run("restore", "sao.db").code == 0
    assert facts(demo) == before
    (kept,) = (office / "so.db.backups").glob("*-before-restore.db")
    assert facts(kept) == after
    assert run("restore", str(kept)).code == 0
    assert facts(demo) == after
    assert run("verify").code == 0


@pytest.mark.of_file("copies of files")
def test_programs_that_have_the_ledger_open_go_on_with_what_was_put_back(demo):
    run("backup", "sao.db")
    run("record", "30836", "-l", "nc", "--year", "2024")
    with sqlite3.connect(demo) as other:
        before = other.execute("SELECT max(id) FROM recognition").fetchone()
        assert run("restore", "sao.db").code == 0
        assert other.execute("SELECT max(id) FROM recognition").fetchone() != before
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.of_file("copies of files")
def test_a_copy_that_was_changed_is_not_put_back(demo):
    run("backup", "sao.db")
    tamper("sao.db", "UPDATE recognition SET year = 2023 WHERE id = 3")
    run("record", "30836", "-l", "nc", "--year", "2024")
    before = demo.read_bytes()
    refused = run("restore", "sao.db")
    assert (refused.code, "sao.db đã bị sửa ngoài chương trình, ở các thao tác: 1" in refused.err) == (3, True)
    assert demo.read_bytes() == before


@pytest.mark.of_file("copies of files")
def test_a_copy_that_cannot_be_read_is_named_and_the_ledger_left(demo, office):
    run("backup", "sao.db")
    (office / "sao.db").write_bytes((office / "sao.db").read_bytes()[:9000])
    before = demo.read_bytes()
    refused = run("restore", "sao.db")
    assert (refused.code, "Không đọc được bản sao sao.db" in refused.err, "vẫn nguyên" in refused.err) == (
        6,
        True,
        True,
    )
    assert demo.read_bytes() == before


@pytest.mark.of_file("copies of files")
def test_another_ledger_takes_the_place_of_this_one_only_when_that_is_said(demo):
    begin("Lai Châu", db="khac.db")
    before = demo.read_bytes()
    refused = run("restore", "khac.db")
    assert (refused.code, "tỉnh Lai Châu" in refused.err, "tỉnh Kiên Giang" in refused.err) == (1, True, True)
    assert demo.read_bytes() == before
    assert run("restore", "khac.db", "--yes").code == 0


@pytest.mark.of_file("copies of files")
def test_going_back_to_before_a_closing_needs_a_reason(demo):
    run("backup", "sao.db")
    run("close-year", "2023")
    assert run("restore", "sao.db").code == 5
    assert run("restore", "sao.db", "--reopen", "khoá nhầm").code == 0
    assert "khoá nhầm" in run("history", "-n", "1").out


@pytest.mark.of_file("copies of files")
def test_going_back_to_other_figures_of_a_closed_year_needs_a_reason(demo):
    run("close-year", "2023")
    run("backup", "sao.db")
    run("record", "Vĩnh Bình Bắc", "-l", "nc", "--year", "2023", "--reopen", "sót")
    assert run("restore", "sao.db").code == 5
    assert run("restore", "sao.db", "--reopen", "nhầm").code == 0


@pytest.mark.of_file("copies of files")
def test_a_copy_goes_to_a_new_computer_and_into_a_new_folder(demo, office):
    run("backup", "sao.db")
    assert run("restore", "sao.db", "--db", "moi/so/so.db", "--dry-run").code == 0
    assert not (office / "moi").exists()
    assert run("restore", "sao.db", "--db", "moi/so/so.db").code == 0
    assert facts(office / "moi/so/so.db") == facts(demo)


@pytest.mark.of_file("copies of files")
@pytest.mark.slow
def test_copies_that_hold_what_the_ledger_lacks_are_kept(demo, office):
    run("backup", "sao.db")
    run("record", "30836", "-l", "nc", "--year", "2024")
    for minute in range(8):
        run("export", "a.md", "--agency", f"A{minute}", now=NOW.replace(minute=minute))
        assert run("restore", "sao.db", now=NOW.replace(minute=minute)).code == 0
    kept = sorted((office / "so.db.backups").glob("*-before-restore.db"))
    with reading(kept[0]) as connection:
        assert connection.execute("SELECT count(*) FROM action WHERE verb = 'record'").fetchone() == (1,)


@pytest.mark.of_file("copies of files")
@pytest.mark.parametrize("damage", ["pages", "cut", "text", "journal"])
def test_a_ledger_that_cannot_be_read_makes_room_for_its_copy(demo, office, damage):
    run("backup", "sao.db")
    before = facts(demo)
    whole = bytearray(demo.read_bytes())
    if damage in ("pages", "journal"):
        whole[4096:40960] = b"\xff" * 36864
    demo.write_bytes(b"hong" * 3000 if damage == "text" else whole[:9000] if damage == "cut" else whole)
    if damage == "journal":
        (office / "so.db-journal").write_bytes(b"\xff" * 600)
    done = run("restore", "sao.db")
    assert done.code == 0, done.err
    assert facts(demo) == before
    assert list((office / "so.db.backups").glob("*-damaged.db"))
    assert run("verify").code == 0


@pytest.mark.of_file("copies of files")
def test_what_a_killed_program_left_long_ago_is_taken_away(demo, office):
    for name, age in ((".sao-abc.part", 2), (".sao-new.part", 0)):
        (office / name).touch()
        os.utime(office / name, times=(time.time() - age * 86_400,) * 2)
    run("backup", "sao.db")
    assert {one.name for one in office.iterdir()} == {"so.db", "sao.db", ".sao-new.part"}


@pytest.mark.of_file("copies of files")
def test_a_copy_is_never_written_over_and_is_its_owners_alone(demo, office):
    assert run("backup").code == 0
    (own,) = office.glob("so-2026-11-21.db")
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    assert run("backup").code == 0
    assert (office / "so-2026-11-21-2.db").exists()
    assert run("backup", str(own)).code == 1


@pytest.mark.of_file("copies of files")
def test_a_large_import_is_preceded_by_a_copy_of_which_few_are_kept(demo, office, monkeypatch):
    monkeypatch.setattr(import_, "_WORTH_A_COPY", 1)
    for year in range(7):
        (office / "a.csv").write_text(f"Tên xã,Danh hiệu,Năm đạt chuẩn\nSơn Bình,NTM,{2015 + year}\n", encoding="utf-8")
        done = run("import", "a.csv", "--yes", now=NOW.replace(minute=year))
        assert done.code == 0, done.err
    assert "Bản sao của sổ trước khi nhập" in done.err
    kept = sorted(file.name for file in (office / "so.db.backups").glob("*-before-import.db"))
    assert len(kept) == 5
    assert stat.S_IMODE((office / "so.db.backups").stat().st_mode) == 0o700


@pytest.mark.of_file("upgrades of files")
def test_an_upgrade_that_fails_says_where_the_copy_is(office, monkeypatch):
    file = office / "so.db"
    file.write_bytes(lzma.decompress((DATABASES / "0003.db.xz").read_bytes()))
    before = file.read_bytes()

    def half_way(config, _revision):
        config.attributes["connection"].exec_driver_sql("CREATE TABLE half_done (id INTEGER)")
        config.attributes["connection"].exec_driver_sql("INSERT INTO missing VALUES (1)")

    monkeypatch.setattr(migrate.command, "upgrade", half_way)
    refused = run("status")
    (copy,) = snapshots.folder_of(file).glob("*-before-upgrade-0003.db")
    assert (refused.code, copy.name in refused.err) == (6, True)
    assert file.read_bytes() == before


@pytest.mark.of_file("upgrades of files")
def test_actions_of_earlier_schemas_become_links_of_the_chain(office):
    file = office / "so.db"
    file.write_bytes(lzma.decompress((DATABASES / "0003.db.xz").read_bytes()))
    with reading(file) as connection:
        undone = connection.execute("SELECT id, undoes_id FROM action WHERE undoes_id IS NOT NULL").fetchall()
    assert undone == [(5, 4), (9, 8), (11, 10)]
    assert run("verify").code == 0
    later = NOW.replace(day=24)
    assert run("undo", "3", now=later).code == 0
    assert run("redo", now=later).code == 0
    assert run("undo", "10", now=later).code == 1
    assert run("redo", "10", now=later).code == 0
    assert run("verify").code == 0


def test_a_report_of_a_unit_that_was_taken_back_since(demo):
    """Its cells are as they were written; nobody is accused of having changed it."""
    assert run("add-commune", "Xã Mới", "-d", "903").code == 0
    assert run("export", "bc.xlsx", "--scope", "Xã Mới", "--year", "2024").code == 0
    assert run("undo").code == 0
    code, told = verdicts("bc.xlsx")[:2]
    assert code == 3
    assert {key: word for key, word in told.items() if word != "holds"} == {"facts": "broken"}
    said = run("verify", "bc.xlsx").out
    assert "xã Mới" in said
    assert "không còn trong sổ: thao tác 3" in said
    assert "bị sửa" not in said
    assert run("redo").code == 0
    assert run("verify", "bc.xlsx").code == 0


@pytest.mark.of_file("copies of files")
def test_of_many_copies_of_one_moment_the_last_are_kept(demo):
    for _ in range(12):
        made = snapshots.set_aside(demo, "import", NOW)
        assert made.exists()
    earlier = snapshots.set_aside(demo, "import", NOW - timedelta(days=3))  # the clock was set back
    assert earlier.exists()
    assert len(list((demo.parent / "so.db.backups").iterdir())) == 5
