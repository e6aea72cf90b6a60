"""One command that writes: a transaction with its action, all of it kept or none.

What is done to the ledger that `acting` yields, and the summary given to it, is one action of the history.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError
from sqlmodel import Session

from ntmtrack.errors import MadeMeanwhile, NoDatabase, NtmError
from ntmtrack.storage import files
from ntmtrack.storage.engine import open_engine
from ntmtrack.storage.ledger import Ledger


@contextmanager
def acting(
    file: Path, *, verb: str, who: str, at: datetime, create: bool = False, dry_run: bool = False
) -> Iterator[Ledger]:
    """One write to the ledger in `file`; with `create` a missing file is made, in the same step as its first action.

    Raises NoDatabase, and whatever `files.explain` makes of a busy, read-only or damaged file.
    """
    if files.exists(file):
        with files.reading(file):
            pass  # refuses what is not a ledger, upgrades an older one
        with _transaction(file, Ledger.Stamp(verb, who, at), keep=not dry_run) as ledger:
            yield ledger
        return
    if not create:
        raise NoDatabase(file=file)
    with _draft(file) as draft:
        with _transaction(draft, Ledger.Stamp(verb, who, at), keep=not dry_run) as ledger:
            yield ledger
        if not dry_run:
            _publish(draft, file)


@contextmanager
def _transaction(file: Path, stamp: Ledger.Stamp, *, keep: bool) -> Iterator[Ledger]:
    engine = open_engine(file)
    try:
        with files.translated(file), Session(engine) as session:
            ledger = Ledger(session, stamp)
            yield ledger
            ledger.finish(keep=keep)
    except (IntegrityError, ProgrammingError):
        raise  # our own fault, not the file's
    except DBAPIError as wrong:
        raise files.explain(wrong.orig or wrong, file) from wrong
    finally:
        engine.dispose()


@contextmanager
def _draft(file: Path) -> Iterator[Path]:
    """A new, empty ledger beside `file`, under a name of its own and readable by its owner only."""
    from ntmtrack.storage import schema

    missing = [folder for folder in file.absolute().parents if not folder.exists()]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{file.stem}-", suffix=".part", dir=file.absolute().parent)
    except OSError as wrong:
        raise files.explain(wrong, file) from wrong
    os.close(handle)
    draft = Path(name)
    try:
        schema.migrate(draft)
        yield draft
    except NtmError as refusal:
        if refusal.facts.get("file") == draft:
            refusal.facts["file"] = file  # the name that the user knows
        raise
    finally:
        draft.unlink(missing_ok=True)
        for folder in missing:  # made for a ledger that did not come about
            with suppress(OSError):
                folder.rmdir()


def _publish(draft: Path, file: Path) -> None:
    """Gives the finished draft its name, unless somebody else has just taken it."""
    try:
        os.link(draft, file)
    except FileExistsError as taken:
        raise MadeMeanwhile(file=file) from taken
    except OSError:  # a file system without links
        if file.exists():
            raise MadeMeanwhile(file=file) from None
        draft.rename(file)
