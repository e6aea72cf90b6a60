"""Closed years: whatever would change a figure of them is refused by every command that writes, by name, with exit
code 5 · what changes no figure is not · the reason for reopening stays."""

import json
import re
from pathlib import Path

import pytest

from ntmtrack.storage import closed_years
from ntmtrack.storage.closed_years import asked_after, have_moved
from ntmtrack.storage.open import reading
from tests.places import contents
from tests.running import run


@pytest.fixture
def closed(demo):
    assert run("close-year", "2023").code == 0
    return demo


REFUSED = {
    "record": ("record", "30836", "-l", "nc", "--year", "2023"),
    "record by decision": (
        "record",
        "Vĩnh Bình Bắc",
        "-l",
        "nc",
        "--year",
        "2022",
        "--decision",
        "1/QĐ",
        "--date",
        "1/2/2024",
    ),
    "revoke": ("revoke", "30931", "-l", "ntm", "--date", "1/6/2023"),
    "edit the year": ("edit", "30931", "-l", "ntm", "--year", "2020", "--reason", "x"),
    "edit the day": ("edit", "--of-decision", "1007/QĐ-UBND", "--date", "3/5/2019", "--reason", "x"),
    "add a commune": ("add-commune", "Xã Cũ", "-d", "903"),
    "undo the closing": ("undo",),
    "import": ("import", "a.csv", "--yes"),
    "a trial": ("import", "a.csv", "--dry-run"),
}
ALLOWED = {
    "a later year": ("record", "30836", "-l", "nc", "--year", "2024"),
    "a later revocation": ("revoke", "30931", "-l", "ntm", "--date", "1/6/2024"),
    "a decision's number": ("edit", "--of-decision", "1007/QĐ-UBND", "--decision", "1070/QĐ-UBND", "--reason", "x"),
    "a remark": ("edit", "30931", "-l", "ntm", "--note", "đã xem bản giấy", "--reason", "x"),
    "a day after the closed years": ("edit", "30836", "-l", "ntm", "--announced", "10/8/2024", "--reason", "x"),
    "a younger commune": ("add-commune", "Xã Mới", "-d", "903", "--since", "1/1/2024"),
    "a published figure": ("publish", "-l", "ntm", "--value", "108", "--as-of", "10/2023", "--source", "Báo"),
    "a letterhead": ("export", "a.md", "--number", "12/BC"),
}


@pytest.mark.parametrize("argv", REFUSED.values(), ids=REFUSED)
def test_what_changes_a_figure_is_refused_unless_reopened(office, closed, argv):
    (office / "a.csv").write_text("Tên xã,Danh hiệu,Năm đạt chuẩn\nSơn Bình,NTM nâng cao,2023\n", encoding="utf-8")
    before = contents(closed)
    refused = run(*argv)
    assert (refused.code, "Năm 2023 đã khoá sổ" in refused.err) == (5, True)
    assert contents(closed) == before
    assert run(*argv, "--reopen", "có văn bản").code == 0
    if "--dry-run" in argv:
        return
    (last,) = json.loads(run("history", "-n", "1", "-f", "json").out)["actions"]
    assert "mở lại năm đã khoá: có văn bản" in run("history", "-n", "1").out
    assert last["id"] == 3


@pytest.mark.parametrize("argv", ALLOWED.values(), ids=ALLOWED)
def test_what_changes_no_figure_is_not_refused(closed, argv):
    done = run(*argv)
    assert done.code == 0, done.err
    assert "mở lại" not in run("history", "-n", "1").out


def test_figures_of_closed_years_are_kept_as_published(closed):
    kept = json.loads(run("history", "2", "-f", "json").out)["changes"]
    assert "112/116" in next(
        one["after"] for one in kept if re.search(r"Xã đạt chuẩn NTM\b(?! nâng| kiểu)", one["subject"])
    )
    assert run("check", "published").out.count("khoá sổ năm 2023") == 0


def plan(name, *changes, supersedes=None):
    """Kien Giang's plan under another key and number, with changes in its text."""
    assert run("roadmap", "export", name, "--roadmap", "kien-giang-kh168").code == 0
    file = Path(name)
    text = file.read_text("utf-8").replace('"kien-giang-kh168"', f'"{file.stem}"', 1).replace("168/KH", "99/KH")
    if supersedes:
        text = text.replace("base_year", f'supersedes = "{supersedes}"\nbase_year', 1)
    for old, new in changes:
        assert re.search(old, text), old
        text = re.sub(old, new, text)
    file.write_text(text, encoding="utf-8")
    return name


COMMUNES_2023 = (r"(year = 2023, [^}]*?cumulative = )\d+", r"\g<1>99")
TITLE = ('title = "', 'title = "Bản sửa: ')


def asked(*argv):
    return run("progress", "--year", "2023", "-f", "json", *argv).out


@pytest.mark.usefixtures("closed")
def test_a_plan_that_takes_the_place_of_another_keeps_what_was_asked_for():
    moving = ("roadmap", "import", plan("moi.toml", COMMUNES_2023, supersedes="kien-giang-kh168"))
    before = asked()
    for argv in (moving, (*moving, "--dry-run")):
        refused = run(*argv)
        assert (refused.code, "99/KH-UBND" in refused.err) == (5, True), refused.both
    assert asked() == before
    assert run(*moving, "--reopen", "nghị quyết mới").code == 0
    assert asked() != before
    told = json.loads(run("check", "closed", "-f", "json").out)["findings"]
    assert [(one["weight"], "nhập lộ trình (nghị quyết mới)" in one["text"]) for one in told] == [("note", True)]
    assert run("undo", "--yes").code == 5
    assert run("undo", "--yes", "--reopen", "lại").code == 0
    assert asked() == before
    assert run("check", "closed").out == ""


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([COMMUNES_2023], 5),
        ([TITLE], 0),
        ([(r"(year = 2025, [^}]*?cumulative = )\d+", r"\g<1>99")], 0),
    ],
)
def test_a_corrected_plan_may_change_what_no_closed_year_is_held_against(changes, code):
    corrected = plan("kien-giang-kh168.toml", *changes)
    assert run("roadmap", "import", corrected, "--replace").code == code


@pytest.mark.usefixtures("closed")
def test_a_second_plan_may_not_ask_otherwise_of_a_closed_year():
    assert run("roadmap", "import", plan("hai.toml", COMMUNES_2023)).code == 5
    assert run("roadmap", "import", plan("ba.toml", TITLE)).code == 0


def test_a_first_plan_moves_nothing(closed):
    with reading(closed) as connection:
        nothing, plan_of_kien_giang = asked_after(connection, 0, 2023), asked_after(connection, 1, 2023)
    assert plan_of_kien_giang
    assert not nothing
    assert not have_moved(nothing, plan_of_kien_giang)
    assert have_moved(plan_of_kien_giang, nothing)


def test_plans_that_an_earlier_version_let_pass_are_told_without_an_accusation(closed, monkeypatch):
    monkeypatch.setattr(closed_years, "moves", lambda *_asked: [])
    assert run("roadmap", "import", plan("moi.toml", COMMUNES_2023, supersedes="kien-giang-kh168")).code == 0
    monkeypatch.undo()
    monkeypatch.setenv("NTMTRACK_DB", str(closed))
    ((weight, text),) = [
        (one["weight"], one["text"]) for one in json.loads(run("check", "closed", "-f", "json").out)["findings"]
    ]
    assert (weight, "3 nhập lộ trình" in text, "không phải thao tác" in text) == ("doubt", True, False)
