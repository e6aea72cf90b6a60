"""Closed years: whatever would change a figure of them is refused by every command that writes, by name, with exit
code 5 · what changes no figure is not · the reason for reopening stays."""

import json

import pytest

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
    before = closed.read_bytes()
    refused = run(*argv)
    assert (refused.code, "Năm 2023 đã khoá sổ" in refused.err) == (5, True)
    assert closed.read_bytes() == before
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
    assert "112/116" in next(one["after"] for one in kept if "Xã đạt chuẩn NTM" in one["subject"])
    assert run("check", "published").out.count("khoá sổ năm 2023") == 0
