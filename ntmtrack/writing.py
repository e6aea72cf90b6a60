"""Files that are written whole or not at all: a draft beside the target takes its place in one step."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ntmtrack.errors import FileBusy, OverLedger, reason

LONGEST = 255  # letters of such a property
STAMP = "ntmtrack "  # begins the name of every property that a report carries in its file
_LEDGER_BEGINS = b"SQLite format 3"


@contextmanager
def replacing(target: Path, *, private: bool = False) -> Iterator[Path]:
    """A draft that replaces `target` when the block ends well, and leaves no trace when it does not.

    A `private` file is readable by its owner only, whatever was in its place.

    Raises FileBusy where the system refuses, OverLedger where `target` is a ledger.
    """
    _refuse_ledger(target)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=target.suffix, dir=target.absolute().parent)
        os.close(handle)
        draft = Path(name)
        try:
            yield draft
            draft.chmod(0o600 if private else _mode(target))
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as wrong:
        raise FileBusy(file=target, reason=reason(wrong)) from wrong


def _refuse_ledger(target: Path) -> None:
    if target.is_file():
        with target.open("rb") as file:
            if file.read(len(_LEDGER_BEGINS)) == _LEDGER_BEGINS:
                raise OverLedger(file=target)


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or what a new file is given here."""
    if target.exists():
        return target.stat().st_mode
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
