"""What is found in a ledger file that may be anything: nothing of it is changed, upgraded or believed."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, TypeVar

from ntmtrack.storage import chain, copies, files
from ntmtrack.storage.guards import Differences, differences

Found = TypeVar("Found")
_WAITS = 2  # seconds for another program that writes
_HEAD, _BEGINS = 100, b"SQLite format 3\0"
_JOURNAL_BEGINS = b"\xd9\xd5\x05\xf9"
_OTHERS_READ = stat.S_IRGRP | stat.S_IROTH


class Contents(NamedTuple):
    """What SQLite reads in the file; None where it could not, `trouble` then says why, `is_busy` that it is in use."""

    application: int | None = None
    revision: str | None = None
    damage: list[str] | None = None
    dangling: int | None = None
    broken: list[int] | None = None
    differing: Differences | None = None
    actions: int | None = None
    last_at: str | None = None
    trouble: str = ""
    is_busy: bool = False

    @property
    def is_ledger(self) -> bool:
        """Whether the file says that it is one of ours."""
        return self.application == files.APPLICATION_ID


class Place(NamedTuple):
    """How the file lies on its disk: sizes in bytes; None where the system does not tell."""

    size: int
    free: int | None
    others_read: bool | None
    is_writable: bool
    has_hot_journal: bool
    network: str | None


class Copies(NamedTuple):
    """The copies made by themselves: how many, and the name of the newest."""

    kept: int
    newest: str | None


def contents(file: Path) -> Contents:
    """What the file holds, as far as it can be read; that it is a ledger is told even where nothing else is."""
    found = Contents()
    try:
        found = found._replace(application=_told_application(file))
        address = f"{file.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=_WAITS, isolation_level=None)) as connection:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_schema")
            if found.is_ledger:
                found = _ledger(connection, found)
    except (sqlite3.Error, OSError) as wrong:
        code = getattr(wrong, "sqlite_errorcode", 0) & 0xFF
        why = str(files.explain(wrong, file).facts.get("reason") or wrong)
        return found._replace(trouble=why, is_busy=code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))
    return found


def _told_application(file: Path) -> int | None:
    """Whose the file is by its first page; None where it is no SQLite file."""
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
    return int.from_bytes(head[68:72]) if len(head) == _HEAD and head.startswith(_BEGINS) else None


def _ledger(connection: sqlite3.Connection, found: Contents) -> Contents:
    """Each question by itself: what one cannot tell, another may."""
    row = _asked(lambda: connection.execute("SELECT version_num FROM alembic_version").fetchone())
    damage = _asked(lambda: copies.damage(connection), lambda wrong: [wrong])
    dangling = _asked(lambda: len(copies.dangling(connection)))
    revision = str(row[0]) if row else None
    last = _asked(lambda: connection.execute("SELECT count(*), max(at) FROM action").fetchone())
    broken = differing = None
    if revision == files.HEAD:
        differing = _asked(lambda: differences(connection))
    if revision == files.HEAD and not damage:
        broken = _asked(lambda: [one.action for one in chain.breaks(connection)])
    return found._replace(
        revision=revision,
        damage=damage,
        dangling=dangling,
        broken=broken,
        differing=differing,
        actions=last[0] if last else None,
        last_at=last[1] if last else None,
    )


def _asked(question: Callable[[], Found], otherwise: Callable[[str], Found] | None = None) -> Found | None:
    try:
        return question()
    except (sqlite3.DatabaseError, AssertionError) as wrong:
        return otherwise(str(wrong)) if otherwise else None


def place(file: Path, mounts: str) -> Place:
    """How the file lies on its disk; `mounts` is the text of /proc/mounts where there is one."""
    told = file.stat()
    folder = file.absolute().parent
    return Place(
        size=told.st_size,
        free=free_bytes(folder),
        others_read=bool(told.st_mode & _OTHERS_READ) if os.name == "posix" else None,
        is_writable=files.is_writable(file),
        has_hot_journal=_is_hot(files.journal_of(file)),
        network=network_of(file.resolve(), mounts),
    )


def free_bytes(folder: Path) -> int | None:
    """What is free on the disk of a folder."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _is_hot(journal: Path) -> bool:
    """Whether a write was broken off there (or is under way)."""
    try:
        with journal.open("rb") as opened:
            return opened.read(len(_JOURNAL_BEGINS)) == _JOURNAL_BEGINS
    except OSError:
        return False


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


def kept_copies(file: Path) -> Copies:
    """The copies that were made by themselves of this ledger."""
    try:
        found = (one.name for one in copies.folder_of(file).iterdir())
        names = sorted(name for name in found if name[0].isdigit() and name.endswith(file.suffix))
    except OSError:
        names = []
    return Copies(len(names), names[-1] if names else None)
