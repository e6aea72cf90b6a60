"""The computer and the program on it, for `doctor`: versions, letters, settings."""

import locale
import os
import platform
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from ntmtrack import __version__, paths
from ntmtrack.i18n import _, language, number
from ntmtrack.office.hiding import without_names
from ntmtrack.reports.checkup_table import Finding, Verdict

_EXTRA = ("python-calamine", "Pillow")
_NAME = re.compile(r"[\w.-]+")
_LETTERS = "ắẰđĐẽƠờỬỵ"
_SHOWN_AS_IS = ("NTMTRACK_LANG", "NO_COLOR")


def computer(*, with_paths: bool) -> Iterator[Finding]:
    """What the program runs on."""
    yield Finding("ntmtrack", "ntmtrack", __version__)
    yield Finding("python", "Python", f"{platform.python_implementation()} {platform.python_version()}")
    yield Finding("sqlite", "SQLite", sqlite3.sqlite_version)
    yield from _libraries()
    yield Finding("platform", _("System"), f"{platform.system()} {platform.release()} {platform.machine()}".strip())
    yield Finding("locale", _("Language of the system · of the program"), f"{_locale()} · {language()}")
    yield _letters()
    yield _terminal()
    yield _variables(with_paths=with_paths)


def _libraries() -> Iterator[Finding]:
    needed = _needed()
    for name in (*needed, *_EXTRA):
        try:
            yield Finding(f"library.{name}", name, version(name))
        except PackageNotFoundError:
            yield Finding(f"library.{name}", name, _("missing"), Verdict.PROBLEM if name in needed else Verdict.NOTE)


def _needed() -> list[str]:
    """The libraries that the installed program says it needs; none where it is not installed as a package."""
    try:
        told = requires("ntmtrack") or []
    except PackageNotFoundError:
        return []
    return [found[0] for one in told if "extra ==" not in one and (found := _NAME.match(one))]


def _locale() -> str:
    try:
        return ".".join(part for part in locale.getlocale() if part) or "C"
    except ValueError:  # a name that Python does not know
        return "?"


def _letters() -> Finding:
    """Whether what is printed can hold the letters of Vietnamese."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        _LETTERS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        text = _("{encoding}: lacks Vietnamese letters; write to a file with -o").format(encoding=encoding)
        return Finding("letters", _("Letters of the output"), text, Verdict.WARNING)
    return Finding("letters", _("Letters of the output"), encoding, Verdict.OK)


def _terminal() -> Finding:
    if not sys.stdout.isatty():
        return Finding("terminal", _("Terminal"), _("none: the output goes elsewhere"))
    columns = shutil.get_terminal_size().columns
    return Finding("terminal", _("Terminal"), _("{columns} columns").format(columns=number(columns)))


def _variables(*, with_paths: bool) -> Finding:
    """Which of our variables are set; of their values only those that tell nothing of a person."""
    names = sorted(name for name in os.environ if name == "NO_COLOR" or name.startswith("NTMTRACK_"))
    shown = [_variable(name, os.environ[name], with_paths=with_paths) for name in names]
    return Finding("variables", _("Variables that are set"), " · ".join(shown) or _("none"))


def _variable(name: str, value: str, *, with_paths: bool) -> str:
    if name in _SHOWN_AS_IS:
        return f"{name}={value}"
    if name == paths.ENVIRONMENT and value and with_paths:
        return f"{name}={without_names(value)}"
    return name
