"""What a start costs: which modules each kind of command loads. An allow-list by home, not a stopwatch."""

import subprocess
import sys

import pytest

HEAVY = {"sqlmodel", "sqlalchemy", "alembic", "pydantic", "openpyxl", "rich", "babel", "platformdirs", "mako"}
HEAVY |= {"docx", "lxml"}
HEAVY |= {"questionary", "prompt_toolkit"}  # what draws questions: only a question at a terminal loads it
EMULATION = {
    "emulation",
    "commands.calendar",
    "commands.calendar_file",
    "commands.calendar_lines",
    "commands.movements",
}
EMULATION |= {"emulation.calendar", "emulation.pledges", "emulation.registers", "emulation.toml", "reports.calendar"}
EMULATION |= {"commands.task", "storage.queries.emulation"}  # without a movement on record
LIST_OWN = """
import atexit, sys
atexit.register(lambda: print(*(name for name in sys.modules if name.startswith("ntmtrack.")), file=sys.stderr))
from ntmtrack.cli import main
sys.exit(main(sys.argv[1:]))
"""
LIST_MODULES = """
import atexit, sys
atexit.register(lambda: print(*sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr))
from ntmtrack.cli import main
sys.exit(main(sys.argv[1:]))
"""


def loaded(*argv):
    """The top-level modules loaded by one command, in a fresh interpreter."""
    done = subprocess.run([sys.executable, "-c", LIST_MODULES, *argv], capture_output=True, check=False)
    return set(done.stderr.decode().splitlines()[-1].split())


@pytest.mark.parametrize(
    "argv",
    [
        ["--help"],
        ["--version"],
        ["progress", "--help"],
        ["roadmap", "--help"],
        ["progres"],
        ["bao-cao"],
        ["tien-do", "--help"],
        [],
        ["record"],
        ["import"],
        ["help"],
        ["help", "cach-tinh"],
        ["help", "roadmap", "check"],
    ],
)
def test_help_loads_nothing_heavy(argv):
    assert not loaded(*argv) & (HEAVY | {"sqlite3"})


def test_completion_loads_nothing_heavy(monkeypatch):
    monkeypatch.setenv("_NTMTRACK_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "ntmtrack rec")
    monkeypatch.setenv("COMP_CWORD", "1")
    done = subprocess.run([sys.executable, "-c", LIST_MODULES], capture_output=True, check=False)
    assert done.stdout.decode().split() == ["record"]
    assert not {*done.stderr.decode().split()} & HEAVY


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (["show", "Mỹ Th"], ["Mỹ Thái", "Mỹ Thuận"]),
        (["show", "hon d"], ["Hòn Đất", "Hòn Đất"]),
        (["record", "3083"], ["30832", "30835", "30836", "30838"]),
        (["list", "--level", "n"], ["ntm", "nang-cao"]),
        (["help", "l"], ["lenh", "lich-thi-dua", "lo-trinh", "list", "load"]),
    ],
)
def test_units_and_levels_are_completed(monkeypatch, words, completed):
    monkeypatch.setenv("_NTMTRACK_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", " ".join(["ntmtrack", *words[:-1], repr(words[-1])]))
    monkeypatch.setenv("COMP_CWORD", str(len(words)))
    done = subprocess.run([sys.executable, "-c", LIST_MODULES], capture_output=True, check=False)
    assert done.stdout.decode().splitlines() == completed


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    "argv",
    [
        ["progress", "--year", "2024"],
        ["progress", "--years"],
        ["list", "--level", "ntm"],
        ["remaining", "--level", "nang-cao"],
        ["units"],
        ["show", "30838"],
        ["status"],
        ["history"],
        ["roadmap", "show"],
        ["progress", "-f", "csv"],
        ["progress", "-f", "json"],
    ],
)
def test_reading_into_a_pipe_needs_the_standard_library_and_typer_only(argv):
    assert not loaded(*argv) & HEAVY


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("argv", [["status"], ["history"], ["progress"], ["--help"]])
def test_without_a_movement_nothing_of_emulation_is_loaded(argv):
    done = subprocess.run([sys.executable, "-c", LIST_OWN, *argv], capture_output=True, check=True)
    own = {name.removeprefix("ntmtrack.") for name in done.stderr.decode().split()}
    assert "cli.app" in own
    assert not own & EMULATION


@pytest.mark.usefixtures("demo")
def test_writing_loads_the_orm_but_neither_alembic_nor_openpyxl():
    modules = loaded("record", "30836", "--level", "nang-cao", "--year", "2025")
    assert "sqlmodel" in modules
    assert not modules & {"alembic", "openpyxl", "rich", "mako", "questionary", "prompt_toolkit"}


@pytest.mark.usefixtures("demo")
def test_exporting_loads_the_writer_but_neither_the_reader_nor_the_orm():
    modules = loaded("export", "r.xlsx")
    assert "xlsxwriter" in modules
    assert not modules & {"openpyxl", "sqlmodel", "sqlalchemy", "alembic", "pydantic", "rich"}
