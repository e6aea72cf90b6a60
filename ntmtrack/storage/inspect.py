"""A file that may be anything, looked into for `doctor`: nothing of it is changed, upgraded or believed."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ntmtrack.storage import connection, snapshots

_WAITS = 2  # seconds for another program that writes
_HEAD, _BEGINS = 100, b"SQLite format 3\0"
_JOURNAL_BEGINS = b"\xd9\xd5\x05\xf9"


@contextmanager
def looked_into(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection that only reads, of whatever schema; raises sqlite3.Error, OSError."""
    address = f"{file.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=_WAITS, isolation_level=None)) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_schema")
        yield connection


def trouble(wrong: BaseException, file: Path) -> tuple[str, bool]:
    """Why a file could not be looked into, and whether another program uses it."""
    why = str(connection.refusal_of(wrong, file).facts.get("reason") or wrong)
    return why, getattr(wrong, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def says_it_is_a_ledger(file: Path) -> bool:
    """Whether the first page of a file says so, even where nothing else can be read; raises OSError."""
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
    is_sqlite = len(head) == _HEAD and head.startswith(_BEGINS)
    return is_sqlite and int.from_bytes(head[68:72]) == connection.APPLICATION_ID


def has_hot_journal(file: Path) -> bool:
    """Whether a write was broken off there (or is under way)."""
    try:
        with connection.journal_of(file).open("rb") as opened:
            return opened.read(len(_JOURNAL_BEGINS)) == _JOURNAL_BEGINS
    except OSError:
        return False


def free_bytes(folder: Path) -> int | None:
    """What is free on the disk of a folder; None where the system does not tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def network_of(file: Path, mounts: str) -> str | None:
    """The kind of network file system that a file lies on, such as nfs4, by the lines of /proc/mounts."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) > 2:
            mounted = Path(parts[1].replace("\\040", " "))
            if len(mounted.parts) >= best and file.is_relative_to(mounted):
                best, kind = len(mounted.parts), parts[2]
    return kind if kind.startswith(("nfs", "cifs", "smb", "9p", "fuse.sshfs", "afs", "ceph")) else None


def kept_copies(file: Path) -> list[str]:
    """The names of the copies that were made by themselves of this ledger, the newest last."""
    try:
        names = (copy.name for copy in snapshots.folder_of(file).iterdir())
        return sorted(name for name in names if name[0].isdigit() and name.endswith(file.suffix))
    except OSError:
        return []
