"""A ledger put back from a copy: verified, marked as restored, and brought into place in one step.

The content goes into the file that is there, by SQLite's own backup in one transaction, so that other programs which
have it open go on with the new content. A file that SQLite cannot read is replaced instead.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ntmtrack.errors import ChainBroken, DatabaseBusy, DatabaseDamaged, NoDatabase, NotALedger, NtmError
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

    That it was restored is the last action of the ledger then. Raises DatabaseBusy, DatabaseNotWritable.
    """
    kept, is_whole = _keep(file)
    with marked(draft, stamp) as ledger:
        ledger.summary = summary.format(kept=kept.name if kept else "–")
    if kept is None:
        publish(draft, file)
    elif is_whole:
        _fill(draft, file)
    else:
        copies.replace(draft, file)
    return kept


def _keep(file: Path) -> tuple[Path | None, bool]:
    """A copy of the file that is to be replaced, where there is one; and whether SQLite can read it."""
    if not file.exists():
        return None, False
    try:
        return copies.set_aside(file, "restore"), True
    except (DatabaseDamaged, NotALedger):
        return copies.set_aside_damaged(file), False


def _duplicate(copy: Path, draft: Path) -> None:
    with files.translated(copy), closing(files.connect(copy)) as source, closing(sqlite3.connect(draft)) as target:
        files.revision_of(source, copy)
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # takes the lock that keeps writers out
        source.backup(target)


def _fill(draft: Path, file: Path) -> None:
    """The content of the draft into the file, in one transaction; raises DatabaseBusy after waiting as usual."""
    until = time.monotonic() + files.BUSY_SECONDS

    def wait(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            raise DatabaseBusy(file=file, seconds=files.BUSY_SECONDS)

    with files.translated(file), closing(files.connect(draft)) as source, closing(files.connect(file)) as target:
        target.execute("PRAGMA synchronous = FULL")
        source.backup(target, progress=wait, sleep=0.1)
    with suppress(OSError):
        file.chmod(0o600)
