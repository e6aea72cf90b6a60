"""The computer and the program on it, for `doctor`: versions, letters, settings; paths without names."""

import getpass
import locale
import os
import platform
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from ntmtrack import __version__, paths
from ntmtrack.i18n import _, language, number
from ntmtrack.reports.doctor import Diagnosis, Verdict, diagnose

_EXTRA = ("python-calamine", "Pillow", "psycopg")
_NAME = re.compile(r"[\w.-]+")  # of "SQLAlchemy>=2; extra == …" the name
_LETTERS = "ắẰđĐẽƠờỬỵ"
_SHOWN_AS_IS = ("NTMTRACK_LANG", "NO_COLOR")


def computer(*, with_paths: bool) -> Iterator[Diagnosis]:
    """What the program runs on."""
    yield Diagnosis("ntmtrack", __version__)
    yield Diagnosis("python", f"{platform.python_implementation()} {platform.python_version()}")
    yield Diagnosis("sqlite", sqlite3.sqlite_version)
    needed = _needed()
    for name in (*needed, *_EXTRA):
        try:
            yield Diagnosis(f"library.{name}", version(name))
        except PackageNotFoundError:
            yield Diagnosis(f"library.{name}", _("missing"), Verdict.PROBLEM if name in needed else Verdict.NOTE)
    yield Diagnosis("platform", f"{platform.system()} {platform.release()} {platform.machine()}".strip())
    yield Diagnosis("locale", f"{_locale()} · {language()}")
    yield _letters()
    columns = _("{columns} columns").format(columns=number(shutil.get_terminal_size().columns))
    yield Diagnosis("terminal", columns if sys.stdout.isatty() else _("none: the output goes elsewhere"))
    names = sorted(name for name in os.environ if name == "NO_COLOR" or name.startswith("NTMTRACK_"))
    shown = [_variable(name, os.environ[name], with_paths=with_paths) for name in names]
    yield Diagnosis("variables", " · ".join(shown) or _("none"))


def _needed() -> list[str]:
    """The libraries that the installed program says it needs; none where it is not installed as a package."""
    try:
        requirements = requires("ntmtrack") or []
    except PackageNotFoundError:
        return []
    return [
        name[0] for requirement in requirements if "extra ==" not in requirement and (name := _NAME.match(requirement))
    ]


def _locale() -> str:
    try:
        return ".".join(part for part in locale.getlocale() if part) or "C"
    except ValueError:  # a name that Python does not know
        return "?"


def _letters() -> Diagnosis:
    """Whether what is printed can hold the letters of Vietnamese."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    fault = ""
    try:
        _LETTERS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        fault = _("{encoding}: lacks Vietnamese letters; write to a file with -o").format(encoding=encoding)
    return diagnose("letters", fault, encoding, Verdict.WARNING)


def _variable(name: str, value: str, *, with_paths: bool) -> str:
    """A variable that is set; of its value only what tells nothing of a person."""
    if name in _SHOWN_AS_IS:
        return f"{name}={value}"
    if name == paths.ENVIRONMENT and value and with_paths:
        return f"{name}={without_names(value)}"
    return name


def without_names(path: Path | str) -> str:
    """A path with the home folder as `~`, and the user's name elsewhere in it as `…`."""
    whole = Path(path).absolute()
    with suppress(ValueError, RuntimeError):  # elsewhere; no home at all
        whole = Path("~") / whole.relative_to(Path.home())
    try:
        user = getpass.getuser().casefold()
    except (KeyError, OSError, ImportError):
        user = ""
    parts = ["…" if user and part.casefold() == user and place else part for place, part in enumerate(whole.parts)]
    return str(Path(*parts))
