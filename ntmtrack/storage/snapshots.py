"""Verified copies of a ledger: made whole or not at all, readable by their owner only; a few kept by themselves."""

import glob
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path

from ntmtrack.errors import CopyNotWritten, DatabaseDamaged, DatabaseNotWritable, FileExists
from ntmtrack.files import free_name, place_of
from ntmtrack.i18n import _
from ntmtrack.storage.address import Place, ServerAddress
from ntmtrack.storage.connection import DAMAGED_PAGES, connect, journal_of, opened, refusal_of, translated
from ntmtrack.storage.dialect import Connection, is_of_file

_KEPT = 5  # copies made by themselves, of each occasion
_FOLDER = ".backups"
_A_DAY = 86_400  # seconds


def folder_of(file: Path) -> Path:
    """Where the copies of a ledger are kept that are made by themselves."""
    return file.with_name(file.name + _FOLDER)


def set_aside_before(file: Place, occasion: str, at: datetime) -> Path | None:
    """The same for whoever names the copy to a person; None of a server, of which its administrator keeps copies."""
    return None if isinstance(file, ServerAddress) else set_aside(file, occasion, at)


def set_aside(file: Path, occasion: str, at: datetime | None = None, held: sqlite3.Connection | None = None) -> Path:
    """A verified copy of the ledger as it is, before something that touches much of it; older ones make room.

    `occasion` is "upgrade-…", "restore" or "import"; `at` is now; `held` is a connection that holds the ledger: its
    caller prunes. Raises DatabaseDamaged, DatabaseNotWritable.
    """
    folder = folder_of(file)
    with translated(file):
        _make_folder(folder, file)
    while True:
        copy = free_copy_name(folder / f"{_stamp(at)}-before-{occasion}{file.suffix}")
        try:
            copy_ledger(file, copy, held)
        except FileExists:  # another program has just taken the name
            continue
        if held is None:
            prune(file, occasion, copy)
        return copy


def prune(file: Path, occasion: str, made: Path) -> None:
    """Removes older copies of an occasion whose every action the ledger has; what it lacks is kept for good.

    So is the copy just `made`, whatever the clock said of it.
    """
    others = [copy for copy in folder_of(file).glob(f"*-before-{occasion}*{file.suffix}") if copy != made]
    for old in sorted(others, key=_age)[: -(_KEPT - 1)]:
        if is_earlier_copy(old, file):
            old.unlink(missing_ok=True)


def _age(copy: Path) -> tuple[str, float]:
    """By when copies follow each other: the moment in the name; within one, when they were written."""
    with suppress(FileNotFoundError):  # another program has just removed it
        return copy.name[: len(_stamp(None))], copy.stat().st_mtime
    return "", 0


def is_earlier_copy(old: Path, file: Path) -> bool:
    """Whether the last action of a copy is in the ledger too, with the same hash; the ledger is no copy of itself."""
    try:
        if old.samefile(file):
            return False
        with closing(connect(old)) as then, closing(connect(file)) as now:
            last = then.execute("SELECT id, hash FROM action ORDER BY id DESC LIMIT 1").fetchone()
            shared = now.execute("SELECT 1 FROM action WHERE id = ? AND hash = ?", last or (0, "")).fetchone()
    except (sqlite3.Error, OSError):
        return False
    return shared is not None


def set_aside_damaged(file: Path, at: datetime | None = None) -> Path:
    """The file copied byte for byte, with the journal that belongs to it: it cannot be copied as a ledger."""
    folder = folder_of(file)
    _make_folder(folder, file)
    kept = free_copy_name(folder / f"{_stamp(at)}-damaged{file.suffix}")
    try:
        for damaged, copy in ((journal_of(file), journal_of(kept)), (file, kept)):
            if damaged.exists():
                shutil.copyfile(damaged, copy)
                copy.chmod(0o600)
    except OSError as wrong:
        raise refusal_of(wrong, file) from wrong
    return kept


def copy_ledger(file: Path, copy: Path, held: sqlite3.Connection | None = None, *, over: bool = False) -> None:
    """A verified copy of the ledger; through `held` where that holds the ledger; `over` what lies there, if told so.

    Raises FileExists, DatabaseDamaged, DatabaseBusy, DatabaseNotWritable.
    """
    if copy.exists() and not over:
        raise FileExists(file=copy)
    copy = place_of(copy)
    with draft_beside(copy) as draft:
        with translated(file), nullcontext(held) if held else opened(file) as source:
            _write_into(draft, source, copy)
        refuse_damaged(draft, file)
        if over:
            replace(draft, copy)
        else:
            name_draft(draft, copy)


def _write_into(draft: Path, source: sqlite3.Connection, copy: Path) -> None:
    """The ledger is only read: what cannot be written is the copy, CopyNotWritten."""
    try:
        source.execute("VACUUM INTO ?", (str(draft),))
    except sqlite3.OperationalError as wrong:
        refusal = refusal_of(wrong, copy)
        if isinstance(refusal, DatabaseNotWritable):
            raise CopyNotWritten(file=copy, reason=refusal.facts["reason"]) from wrong
        raise


@contextmanager
def folder_made_for(file: Path) -> Iterator[None]:
    """Makes the folder of a file that is to come about; takes it away again where it did not."""
    missing = [folder for folder in file.absolute().parents if not folder.exists()]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise refusal_of(wrong, file) from wrong
    try:
        yield
    finally:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()


@contextmanager
def draft_beside(target: Path) -> Iterator[Path]:
    """An empty file beside `target`, readable by its owner only, that is gone afterwards whatever happens.

    What a killed program left of such files a day ago and longer is taken away.
    """
    try:
        _clear_drafts(target)
        handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=".part", dir=target.absolute().parent)
    except OSError as wrong:
        raise refusal_of(wrong, target) from wrong
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
    finally:
        for leftover in (draft, journal_of(draft)):
            leftover.unlink(missing_ok=True)


def _clear_drafts(target: Path) -> None:
    yesterday = time.time() - _A_DAY
    for old in target.absolute().parent.glob(f".{glob.escape(target.stem)}-*.part*"):
        with suppress(OSError):
            if old.is_file() and old.stat().st_mtime < yesterday:
                old.unlink()


def name_draft(draft: Path, target: Path) -> None:
    """Gives a finished draft its name, safely on the disk; raises FileExists where somebody has just taken it."""
    try:
        _sync(draft)
        os.link(draft, target)
    except FileExistsError as taken:
        raise FileExists(file=target) from taken
    except OSError:  # a file system without links
        if target.exists():
            raise FileExists(file=target) from None
        draft.rename(target)


def replace(draft: Path, old: Path) -> None:
    """Puts a finished draft in the place of a file, whose journal would spoil it."""
    try:
        _sync(draft)
        journal_of(old).unlink(missing_ok=True)
        draft.replace(old)
    except OSError as wrong:
        raise refusal_of(wrong, old) from wrong


def _sync(draft: Path) -> None:
    with draft.open("rb+") as file:
        os.fsync(file.fileno())


def refuse_damaged(file: Path, original: Path | None = None) -> None:
    """Raises DatabaseDamaged where pages are damaged, or facts speak of what is not there; of a copy, in `original`."""
    named = original or file
    with opened(file) as connection:
        if damage(connection):
            raise DatabaseDamaged(file=named, reason=_(DAMAGED_PAGES))
        if lacking := dangling(connection):
            table, row, to = lacking[0]
            text = _("it speaks of what it lacks: {row}")
            raise DatabaseDamaged(file=named, reason=text.format(row=f"{table} {row} → {to}"))


def faults(connection: Connection) -> list[str]:
    """What SQLite finds wrong in a file: damaged pages, references to nothing; none where it is whole.

    A server sees to that itself.
    """
    return damage(connection) or [f"{table} {row} → {to}" for table, row, to in dangling(connection)]


def damage(connection: Connection) -> list[str]:
    """Damaged pages and rows that the schema does not allow, in SQLite's words; the first five."""
    if not is_of_file(connection):
        return []
    return [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]


def dangling(connection: Connection) -> list[tuple[str, int, str]]:
    """The rows that speak of a row that is not there: their table and id, and the table where it is missing."""
    if not is_of_file(connection):
        return []
    return [(table, row, to) for table, row, to, _key in connection.execute("PRAGMA foreign_key_check")]


def _make_folder(folder: Path, file: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as wrong:
        raise refusal_of(wrong, file) from wrong


def _stamp(at: datetime | None) -> str:
    return f"{(at or datetime.now(UTC)).astimezone():%Y%m%d-%H%M%S}"


def free_copy_name(copy: Path) -> Path:
    """The name itself, or the first of "so-2.db", "so-3.db" … that is not there."""
    return free_name(copy, "-{}") if os.path.lexists(copy) else copy
