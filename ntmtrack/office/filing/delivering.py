"""A report brought to its place: over the old one, or beside one that is open in another program."""

import os
from collections.abc import Callable
from pathlib import Path

from ntmtrack.errors import FileBusy, FileInUse
from ntmtrack.i18n import _
from ntmtrack.office.invocation import Invocation
from ntmtrack.sheets.sources import is_open_elsewhere


def deliver(call: Invocation, write: Callable[[Path], object], file: Path) -> Path:
    """Writes the file; beside a file that is open elsewhere, if the person says so. The file written comes back."""
    try:
        if file.exists() and is_open_elsewhere(file):
            raise FileBusy(file=file, reason=_("it is open in another program"))
        with call.waiting(_("Writing {file} …").format(file=file.name), wanted=True):
            write(file)
    except FileBusy as wrong:
        if not (file.exists() and (is_open_elsewhere(file) or _is_held(file, wrong))):
            raise
        other = free_name(file)
        question = _("{file} is open in another program. Write {other} instead?")
        if not call.can_ask or not call.ask(question.format(file=file.name, other=other.name)):
            raise FileInUse(file=file, other=other) from wrong
        write(other)
        return other
    return file


def _is_held(file: Path, wrong: FileBusy) -> bool:
    """Whether the system lets nobody replace a file though its folder can be written to, as Windows with open ones."""
    return isinstance(wrong.__cause__, PermissionError) and os.access(file.absolute().parent, os.W_OK)


def free_name(file: Path) -> Path:
    """The first of "report (2).xlsx", "report (3).xlsx" … that is not there."""
    place = 2
    while (other := file.with_name(f"{file.stem} ({place}){file.suffix}")).exists():
        place += 1
    return other
