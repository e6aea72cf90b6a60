"""Opens ntmtrack out of its bundle, in an environment made of the wheels beside it on first use.

That needs neither network nor administrator rights. Then it runs what was asked for, or the menu.
Exit codes: those of ntmtrack · 10 no wheels for this Python (`--probe`) · 12 the environment cannot be made.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import unicodedata
import venv
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

UNFIT, NOT_MADE = 10, 12
ROOT = Path(__file__).resolve().parent.parent
ON_WINDOWS = os.name == "nt"
_FROM = "NTMTRACK_START_FOLDER"  # where the person stands: the start file itself stands elsewhere
_SYSTEMS = {"win-amd64": "windows", "linux-x86_64": "linux"}
_READY = "ready.txt"


def main(arguments: list[str]) -> int:
    """What ntmtrack gives, or one of our own codes."""
    about = json.loads((ROOT / "start" / "bundle.json").read_text(encoding="utf-8"))
    if this_python() not in about["targets"]:
        return UNFIT
    if arguments == ["--probe"]:
        return 0
    home = folder_of_programs()
    place = home / f"{about['version']}-{about['id']}-py{sys.version_info[0]}{sys.version_info[1]}"
    try:
        if not is_ready(place):
            make(place, about["install"])
    except (OSError, subprocess.CalledProcessError) as wrong:
        say(f"Không chuẩn bị được môi trường trong {place}:\n  {_last_lines(wrong)}")
        return NOT_MADE
    settle()
    return run([str(interpreter(place)), "-I", "-m", "ntmtrack", *arguments])


def this_python() -> str:
    """The target that runs this, as bundle.json lists them: "windows-3.13"."""
    system = _SYSTEMS.get(sysconfig.get_platform(), sysconfig.get_platform())
    without_lock = "t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""  # whose wheels are others
    return f"{system}-{sys.version_info[0]}.{sys.version_info[1]}{without_lock}"


def folder_of_programs() -> Path:
    """Where environments are made: the user's own folder for programs' data, never that of the bundle.

    Python of the Microsoft Store is shown a private copy of AppData, which nobody else sees: it gets a folder at home.
    """
    if ON_WINDOWS:
        local = os.environ.get("LOCALAPPDATA")
        base = Path(local) if local and "WindowsApps" not in sys.base_prefix else Path.home()
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "ntmtrack" / "app"


def interpreter(place: Path) -> Path:
    """The Python of an environment."""
    return place / ("Scripts/python.exe" if ON_WINDOWS else "bin/python")


def is_ready(place: Path) -> bool:
    """Whether an environment was made to its end, by the Python that is still there."""
    try:
        return (place / _READY).read_text(encoding="utf-8") == sys.base_prefix and interpreter(place).exists()
    except OSError:
        return False


def make(place: Path, what: str) -> None:
    """Makes an environment; what was left half made is made anew. Raises OSError, CalledProcessError."""
    say("Mở lần đầu: đang chuẩn bị, chừng một phút. Xin chờ, đừng đóng cửa sổ này.")
    place.parent.mkdir(parents=True, exist_ok=True)
    with alone(place):
        if is_ready(place):  # another window has made it meanwhile
            return
        venv.EnvBuilder(clear=True, symlinks=not ON_WINDOWS).create(place)
        python = [str(interpreter(place)), "-I", "-m"]
        options = ["--no-index", "--find-links", str(ROOT / "wheels"), "--no-input", "--no-warn-script-location"]
        for command in (
            [*python, "ensurepip", "--default-pip"],
            [*python, "pip", "--isolated", "--disable-pip-version-check", "install", *options, what],
        ):
            subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        (place / _READY).write_text(sys.base_prefix, encoding="utf-8")
        _remove_others(place)
    say("Xong. Lần sau mở sẽ nhanh.")


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """A block that one window at a time is in: the others wait. The system lets go for a window that was closed."""
    with place.with_name(f"{place.name}.lock").open("a+b") as lock:
        if not is_taken(lock):
            say("Cửa sổ khác đang chuẩn bị. Xin chờ.")
            while not is_taken(lock):
                time.sleep(1)
        yield


def is_taken(lock: BinaryIO) -> bool:
    """Whether the lock, an open file, is now ours: until it is closed."""
    try:
        if sys.platform == "win32":
            import msvcrt

            lock.seek(0)
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _remove_others(place: Path) -> None:
    """Environments of other bundles go, but for one that is open: it cannot be renamed on Windows."""
    for other in place.parent.glob("*-py*"):
        if other.is_dir() and other != place:
            leaving = other.with_name(f"{other.name}.old")
            with suppress(OSError):
                other.rename(leaving)
                shutil.rmtree(leaving, ignore_errors=True)


def settle() -> None:
    """Goes to where the person stands, so that files lie beside what was opened; where nothing can be written, home."""
    with suppress(OSError):
        os.chdir(os.environ.pop(_FROM, "") or ".")
    if not _can_write():
        documents = Path.home() / "Documents"
        os.chdir(documents if documents.is_dir() else Path.home())
        say(f"Tệp sẽ ghi vào {Path.cwd()}")


def _can_write() -> bool:
    """Whether a file can be made here: permissions alone do not tell on Windows."""
    trial = Path(f".ntmtrack-{os.getpid()}")
    try:
        trial.touch()
        trial.unlink()
    except OSError:
        return False
    return (
        "system32" not in os.getcwd().casefold() and os.getcwd().casefold() != os.environ.get("WINDIR", "").casefold()
    )


def run(command: list[str]) -> int:
    """Runs it in this window; on Windows Ctrl-C is for the program alone."""
    if not ON_WINDOWS:
        os.execv(command[0], command)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.call(command)


def say(text: str) -> None:
    """A message on stderr, without marks where the window lacks the letters."""
    encoding = sys.stderr.encoding or "ascii"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D").replace("…", "..."))
        text = apart.encode("ascii", "ignore").decode()
    print(text, file=sys.stderr, flush=True)


def _last_lines(wrong: Exception) -> str:
    """Why it failed: of a program that failed, the end of what it printed."""
    if not isinstance(wrong, subprocess.CalledProcessError):
        return str(wrong)
    told = (wrong.stdout or b"").decode(errors="replace").strip().splitlines()[-5:]
    if any("No module named ensurepip" in line or "python3-venv" in line for line in told):
        told.append("Thiếu gói venv của Python (Debian, Ubuntu: apt install python3-venv).")
    return "\n  ".join(told)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
