"""Streams that are closed, full, or read by nobody any more: the exit says what happened to the ledger and to files,
and no trace of the machinery is seen."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.commands import COPYING, READING, RESTORING, WRITING, lay_out
from tests.faults.soundness import actions, assert_sound
from tests.places import ON_SERVER, contents, our_ledger
from tests.running import run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full"),
]
PROGRAM = [sys.executable, "-c", "import sys; from ntmtrack.cli import main; sys.exit(main(sys.argv[1:]))"]
FILES = {
    "dump": ("dump", "chu.jsonl"),
    "template": ("template", "bieu.xlsx"),
    "list": ("list", "--level", "ntm", "-o", "a.csv"),
    "export": ("export", "b.csv"),
}
each = pytest.mark.parametrize("streams", ["2>/dev/full", "2>&-", ">&-", "<&- >&- 2>&-"])


def through(argv, streams):
    """The exit code and what is seen on the streams that are left."""
    line = f"{shlex.join([*PROGRAM, *argv])} {streams}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, check=False, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def at_work(demo, office, built_demo):
    lay_out(office, built_demo / "ntmtrack-demo.db")
    run("record", "30840", "--level", "nang-cao", "--year", "2025")
    return demo


@each
def test_what_is_written_is_written_though_nobody_can_be_told(at_work, streams):
    for name in ("record", "undo", "import"):
        before = actions(at_work)
        assert through(WRITING[name], streams)[0] == 0, name
        assert actions(at_work) == before + 1, name
    for name, argv in (COPYING | FILES | ({} if ON_SERVER else RESTORING)).items():
        code, out, err = through(argv, streams)
        assert (code, "Traceback" in out + err) == (0, False), (name, out, err)
    for name in ("sao.db", "chu.jsonl", "bieu.xlsx", "a.csv", "b.csv"):
        assert Path(name).stat().st_size
    assert_sound(at_work)


@each
def test_refusals_and_findings_keep_their_exit_codes(at_work, streams):
    asked = {
        1: ("show", "không có"),
        2: ("progres",),
        3: ("check",),
        0: ("progress",),
    }
    for code, argv in asked.items():
        assert through(argv, streams)[0] == code, argv
    assert through((), streams)[0] == 2


def test_a_full_output_is_told_before_anything_is_written(at_work):
    before = contents(at_work)
    for argv in [*READING.values(), WRITING["import"], ("--help",), ("--version",)]:
        if argv[0] != "export":
            code, _out, err = through(argv, ">/dev/full")
            assert (code, err.splitlines()[0]) == (1, "Lỗi: Không ghi được kết quả ra: đĩa đã đầy"), argv
            assert "Traceback" not in err
    assert contents(at_work) == before


def test_what_stands_is_not_called_off_by_a_full_output(office):
    code, _out, err = through(("demo", "--into", "mau"), ">/dev/full")
    assert (code, "đĩa đã đầy" in err) == (0, True)
    assert actions(office / "mau" / "ntmtrack-demo.db") == 1
    assert (office / "mau" / "ntmtrack-demo.xlsx").exists()


def test_an_import_goes_on_though_its_reader_goes_away(at_work):
    before = actions(at_work)
    assert through(WRITING["import"], "| true; exit ${PIPESTATUS[0]}")[0] == 0
    assert actions(at_work) == before + 1
    for argv in (("--help",), ("list", "--level", "ntm"), ("--version",)):
        code, _out, err = through(argv, "| true; exit ${PIPESTATUS[0]}")
        assert (code, err) == (0, ""), argv


def test_a_ledger_never_takes_the_place_of_a_closed_stream(office):
    for argv in (
        ("init", "--province", "Kiên Giang", "--programme", "2021-2025"),
        ("progress",),
        ("record", "30840", "-l", "ntm", "-y", "2024"),
    ):
        assert through(argv, "<&- >&- 2>&-")[0] == 0
    assert_sound(our_ledger())
    assert actions(our_ledger()) == 2
