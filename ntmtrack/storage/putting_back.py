"""A ledger put back from a copy: verified, marked as restored, and brought into place in one step.

The content goes into the file that is there, by SQLite's own backup in one transaction, so that other programs which
have it open go on with the new content. A file that SQLite cannot read is replaced instead.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ntmtrack.errors import ChainBroken, ChangedMeanwhile, DatabaseDamaged, NoDatabase, NotALedger, NtmError
from ntmtrack.storage import copies, files
from ntmtrack.storage.acting import marked, publish
from ntmtrack.storage.chain import breaks
from ntmtrack.storage.ledger import Ledger


@contextmanager
def verified(copy: Path, beside: Path) -> Iterator[Path]:
    """The content of a copy as a draft beside `beside`, at the present schema, found whole; gone afterwards.

    Raises NoDatabase, NotALedger, DatabaseNewer, DatabaseDamaged, ChainBroken.
    """
    if not files.exists(copy):
        raise NoDatabase(file=copy)
    for place in (copy, beside):
        if place.is_dir():
            raise NotALedger(file=place)
    with copies.draft_beside(beside) as draft:
        _duplicate(copy, draft)
        try:
            copies.verify(draft)
            _bring_up_to_date(draft)
            with files.reading(draft) as connection:
                broken = breaks(connection)
        except NtmError as refusal:
            if refusal.facts.get("file") == draft:
                refusal.facts["file"] = copy
            raise
        if broken:
            raise ChainBroken(file=copy, actions=", ".join(str(one.action) for one in broken))
        yield draft


def _bring_up_to_date(draft: Path) -> None:
    """Upgrades a draft without a copy of it: it is one."""
    with files.translated(draft), closing(files.connect(draft)) as connection:
        is_behind = files.revision_of(connection, draft) != files.HEAD
    if is_behind:
        from ntmtrack.storage.schema import migrate

        migrate(draft)


def put_back(draft: Path, file: Path, stamp: Ledger.Stamp, summary: str) -> Path | None:
    """Makes the draft the ledger; the replaced one is kept, and its copy given back (None: there was none).

    That it was restored is the last action of the ledger then. Raises ChangedMeanwhile where another program wrote to
    the replaced one after it was copied, DatabaseBusy, DatabaseNotWritable.
    """
    if not file.exists():
        _mark(draft, stamp, summary, None)
        publish(draft, file)
        return None
    with files.translated(file), closing(files.connect(file)) as target:
        version = _version(target)
        kept, is_whole = _keep(file)
        _mark(draft, stamp, summary, kept)
        if is_whole:
            _fill(draft, target, version)
            with suppress(OSError):
                file.chmod(0o600)
    if not is_whole:
        copies.replace(draft, file)
    return kept


def _mark(draft: Path, stamp: Ledger.Stamp, summary: str, kept: Path | None) -> None:
    with marked(draft, stamp) as ledger:
        ledger.summary = summary.format(kept=kept.name if kept else "–")


def _keep(file: Path) -> tuple[Path, bool]:
    """A copy of the file that is to be replaced, and whether SQLite can read it."""
    try:
        return copies.set_aside(file, "restore"), True
    except (DatabaseDamaged, NotALedger):
        return copies.set_aside_damaged(file), False


def _version(target: sqlite3.Connection) -> int | None:
    """What changes whenever another program writes to the file; None where SQLite cannot read it."""
    with suppress(sqlite3.DatabaseError):
        return int(target.execute("PRAGMA data_version").fetchone()[0])
    return None


def _duplicate(copy: Path, draft: Path) -> None:
    with files.translated(copy), closing(files.connect(copy)) as source, closing(sqlite3.connect(draft)) as target:
        files.revision_of(source, copy)
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # takes the lock that keeps writers out
        source.backup(target)


def _fill(draft: Path, target: sqlite3.Connection, version: int | None) -> None:
    """The content of the draft into the ledger, in one transaction, held against all others from the look on."""
    target.execute("PRAGMA synchronous = FULL")
    target.execute("PRAGMA locking_mode = EXCLUSIVE")  # what is locked stays so until the connection is closed
    target.execute("BEGIN EXCLUSIVE")
    target.execute("COMMIT")
    if _version(target) != version:
        raise ChangedMeanwhile
    with closing(files.connect(draft)) as source:
        source.backup(target)
