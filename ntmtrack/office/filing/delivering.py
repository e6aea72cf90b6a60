"""A report brought to its place: over the old one, or beside one that is open in another program."""

import os
from collections.abc import Callable
from pathlib import Path

from ntmtrack.errors import FileBusy, FileInUse
from ntmtrack.files import free_name, refuse_foreign
from ntmtrack.i18n import _
from ntmtrack.office.invocation import Invocation
from ntmtrack.sheets.source import is_open_elsewhere


def deliver(call: Invocation, write: Callable[[Path], object], file: Path) -> Path:
    """Writes the file; beside a file that is open elsewhere, if the person says so. The file written comes back.

    Nothing is held while the person thinks.

    Raises FileInUse, and what `replacing` raises.
    """
    refuse_foreign(file)
    if file.exists() and is_open_elsewhere(file):
        file = _beside(call, file)
        write(file)
        return file
    try:
        write(file)
    except FileBusy as wrong:
        if not (file.exists() and _is_held(wrong, file)):
            raise
        file = _beside(call, file)
        write(file)
    return file


def _beside(call: Invocation, file: Path) -> Path:
    """Another name, if the person takes it; raises FileInUse."""
    other = free_name(file)
    question = _("{file} is open in another program. Write {other} instead?")
    if not call.can_ask or not call.ask(question.format(file=file.name, other=other.name)):
        raise FileInUse(file=file, other=other)
    return other


def _is_held(wrong: FileBusy, file: Path) -> bool:
    """Whether the system lets nobody replace a file though its folder can be written to, as Windows with open ones."""
    return isinstance(wrong.__cause__, PermissionError) and os.access(file.absolute().parent, os.W_OK)
