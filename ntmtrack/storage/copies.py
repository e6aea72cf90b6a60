"""Verified copies of a ledger: made whole or not at all, readable by their owner only; a few kept by themselves."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from ntmtrack.errors import DatabaseDamaged, FileExists
from ntmtrack.storage import files

_KEPT = 5  # copies made by themselves, of each occasion
_FOLDER = ".backups"


def folder_of(file: Path) -> Path:
    """Where the copies of a ledger are kept that are made by themselves."""
    return file.with_name(file.name + _FOLDER)


def set_aside(file: Path, occasion: str, at: datetime | None = None) -> Path:
    """A verified copy of the ledger as it is, before something that touches much of it; older ones make room.

    `occasion` is "upgrade-…", "restore" or "import"; `at` is now. Raises DatabaseDamaged, DatabaseNotWritable.
    """
    folder = folder_of(file)
    with files.translated(file):
        _make_folder(folder, file)
    copy = _free_name(folder, f"{_stamp(at)}-before-{occasion}", file.suffix)
    make(file, copy)
    for old in sorted(folder.glob(f"*-before-{occasion}*{file.suffix}"))[:-_KEPT]:
        old.unlink(missing_ok=True)
    return copy


def set_aside_damaged(file: Path, at: datetime | None = None) -> Path:
    """The file moved away as it is, with the journal that belongs to it: it cannot be copied as a ledger."""
    folder = folder_of(file)
    _make_folder(folder, file)
    kept = _free_name(folder, f"{_stamp(at)}-damaged", file.suffix)
    try:
        journal = file.with_name(file.name + "-journal")
        if journal.exists():
            journal.replace(kept.with_name(kept.name + "-journal"))
        file.replace(kept)
    except OSError as wrong:
        raise files.explain(wrong, file) from wrong
    return kept


def make(file: Path, copy: Path) -> None:
    """A verified copy of the ledger under a name that must be free.

    Raises FileExists, DatabaseDamaged, DatabaseBusy, DatabaseNotWritable.
    """
    if copy.exists():
        raise FileExists(file=copy)
    with draft_beside(copy) as draft:
        with files.translated(file), closing(files.connect(file)) as source:
            source.execute("VACUUM INTO ?", (str(draft),))
        verify(draft)
        publish(draft, copy)


@contextmanager
def draft_beside(target: Path) -> Iterator[Path]:
    """An empty file beside `target`, readable by its owner only, that is gone afterwards whatever happens."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=".part", dir=target.absolute().parent)
    except OSError as wrong:
        raise files.explain(wrong, target) from wrong
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
    finally:
        for leftover in (draft, draft.with_name(draft.name + "-journal")):
            leftover.unlink(missing_ok=True)


def publish(draft: Path, target: Path) -> None:
    """Gives a finished draft its name, safely on the disk; raises FileExists where somebody has just taken it."""
    try:
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        os.link(draft, target)
    except FileExistsError as taken:
        raise FileExists(file=target) from taken
    except OSError:  # a file system without links
        if target.exists():
            raise FileExists(file=target) from None
        draft.rename(target)


def verify(file: Path) -> None:
    """Raises DatabaseDamaged where pages are damaged, or facts speak of what is not there."""
    with files.translated(file), closing(files.connect(file)) as connection:
        if wrong := faults(connection):
            raise DatabaseDamaged(file=file, reason=wrong[0])


def faults(connection: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong in a file: damaged pages, references to nothing; none where it is whole."""
    return damage(connection) or [f"{table} {row} → {to}" for table, row, to in dangling(connection)]


def damage(connection: sqlite3.Connection) -> list[str]:
    """Damaged pages and rows that the schema does not allow, in SQLite's words; the first five."""
    return [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]


def dangling(connection: sqlite3.Connection) -> list[tuple[str, int, str]]:
    """The rows that speak of a row that is not there: their table and id, and the table where it is missing."""
    return [(table, row, to) for table, row, to, _key in connection.execute("PRAGMA foreign_key_check")]


def _make_folder(folder: Path, file: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as wrong:
        raise files.explain(wrong, file) from wrong


def _stamp(at: datetime | None) -> str:
    return f"{(at or datetime.now(UTC)).astimezone():%Y%m%d-%H%M%S}"


def _free_name(folder: Path, stem: str, suffix: str) -> Path:
    name, place = folder / f"{stem}{suffix}", 2
    while name.exists():
        name, place = folder / f"{stem}-{place}{suffix}", place + 1
    return name
