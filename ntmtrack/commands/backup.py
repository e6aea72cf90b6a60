"""`backup`, `restore`: verified copies of the ledger, and going back to one."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ntmtrack.commands import Session, history, uninterrupted
from ntmtrack.errors import (
    CopyInTheWay,
    CopyNotWritten,
    DatabaseDamaged,
    DatabaseNotWritable,
    NoPlace,
    NotALedger,
    NotConfirmed,
    OtherLedger,
    PartOfLedger,
    RestoreSame,
    YearClosed,
)
from ntmtrack.files import free_name, is_forced, place_of, refuse_foreign, takes_a_stream
from ntmtrack.i18n import _, number
from ntmtrack.reports.ledger import FactChange
from ntmtrack.storage import snapshots
from ntmtrack.storage.address import Place
from ntmtrack.storage.chain import breaks, shows_all
from ntmtrack.storage.closed_years import asked_after, have_moved, rests_on
from ntmtrack.storage.connection import exists
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.guards import differences
from ntmtrack.storage.open import reading
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.actions import closed_until, common_action, last_action
from ntmtrack.storage.restore import put_back, verified


def back_up(session: Session, target: Path | None) -> None:
    """Writes a verified copy, under a name of its own beside the ledger where none is given.

    A file that lies there is replaced only where --force says so, and never another ledger, which may be the last of
    its kind. Raises NoDatabase, PartOfLedger, CopyInTheWay, OverLedger, DatabaseDamaged, CopyNotWritten.
    """
    ledger = session.file
    with session.reading() as connection:
        if not shows_all(connection):
            raise PartOfLedger(file=ledger)
        last, broken = last_action(connection), breaks(connection)
    copy = target or ledger.parent
    if copy.is_dir():
        copy = _own_name(ledger, session.today, copy)
    if os.path.lexists(copy):
        _refuse_replacing(ledger, copy)
    if isinstance(ledger, Path):
        _make(ledger, copy)
    else:
        from ntmtrack.storage.transfer import copy_from_server

        copy_from_server(ledger, copy)
    text = _("Wrote {file}: a verified copy of the ledger after action {action}.")
    session.say(text.format(file=copy, action=number(last)))
    if broken:
        session.say(_("Warning: the ledger’s history was changed by something else; see: ntmtrack verify"))


def _make(ledger: Path, copy: Path) -> None:
    """The copy; that its place cannot be written to is told of the copy, not of the ledger."""
    try:
        snapshots.copy_ledger(ledger, copy, over=is_forced())
    except DatabaseNotWritable as refusal:
        if refusal.facts["file"] == ledger:
            raise
        raise CopyNotWritten(**refusal.facts) from refusal


def _refuse_replacing(ledger: Place, copy: Path) -> None:
    """Raises CopyInTheWay unless --force says that it is meant, then OverLedger for a ledger that is no copy of ours.

    A pipe or a device cannot hold a copy that is verified: NoPlace; a link that leads nowhere: DanglingLink.
    """
    place_of(copy)
    if takes_a_stream(copy):
        raise NoPlace(file=copy, reason=_("it is no file"))
    if not is_forced() or not isinstance(ledger, Path):
        raise CopyInTheWay(file=copy, other=free_name(copy).name)
    if snapshots.is_earlier_copy(copy, ledger):
        return
    refuse_foreign(copy)


def _own_name(ledger: Place, today: date, folder: Path) -> Path:
    """A free name in a folder, with the day: "so-2026-11-21.db"."""
    name = f"{ledger.stem}-{today.isoformat()}{ledger.suffix or '.db'}"
    return snapshots.free_copy_name(folder / name)


def restore(session: Session, copy: Path, *, yes: bool, dry_run: bool) -> None:
    """Puts the ledger back as a copy has it, once it is verified; the replaced ledger is kept.

    On a terminal only once the person says so. Raises NoSuchFile, NotACopy, CopyDamaged, CopyStrange, DatabaseNewer,
    ChainBroken, RestoreSame, OtherLedger without `yes` where nobody can be asked, YearClosed where closed years would
    be open again, NotConfirmed, ClockBehind, DatabaseBusy, DatabaseNotWritable.
    """
    file = session.file_alone("restore")
    with verified(copy, file) as draft:
        going = _going_back(file, draft, copy)
        for line in going.lines:
            session.say(line)
        if going.opens and not session.reopen:
            raise YearClosed(year=going.opens, what="")
        if dry_run:
            session.say(_("Nothing was written (--dry-run)."))
            return
        if not yes and not session.can_ask and going.is_other:
            raise OtherLedger(copy=copy)
        if session.can_ask and not yes and not session.ask(_("Put the ledger back as this copy has it?")):
            raise NotConfirmed
        summary = _("put back from {file}; what it replaced is {kept}").format(file=copy.name, kept="{kept}")
        with uninterrupted():
            kept = put_back(draft, file, session.stamp("restore"), summary)
            session.has_written = True
            session.say(_("Done: {file} is as {copy} has it.").format(file=file, copy=copy))
            if kept:
                session.say(_("The ledger that it replaced is {kept}").format(kept=kept))


class _RestoreChanges(NamedTuple):
    """What going back to a copy would change, in words; whether it is another ledger; the closed year it opens."""

    lines: list[str]
    is_other: bool = False
    opens: int | None = None


def _going_back(file: Path, draft: Path, copy: Path) -> _RestoreChanges:
    """What going back would change; what is whole and no ledger of this program is not replaced.

    Raises RestoreSame, NotALedger, DatabaseNewer.
    """
    if not exists(file) or not file.stat().st_size:
        return _RestoreChanges([_("There is no ledger yet: {file} will be made.").format(file=file)])
    try:
        snapshots.refuse_damaged(file)
    except (DatabaseDamaged, NotALedger) as refusal:
        return _RestoreChanges([refusal.lines()[0], _("It makes room for the copy.")])
    with reading(draft) as then:
        try:
            with reading(file) as now:
                going = _against(now, then)
        except DatabaseDamaged as refusal:
            return _RestoreChanges([refusal.lines()[0], _("It makes room for the copy.")])
    if not going.lines:
        raise RestoreSame(copy=copy)
    return going


def _against(now: Connection, then: Connection) -> _RestoreChanges:
    """What the ledger as it is would lose or get back; no lines where the copy holds just the same."""
    here, there, common = last_action(now), last_action(then), common_action(then, now)
    closed = closed_until(now)
    opens = closed if closed and _is_opened(now, then, closed) else None
    if breaks(now) or not common:
        first = _("The copy is another ledger: {there}. Against this one: {here}.")
        first = first.format(there=_provinces(then), here=_provinces(now))
        changes = history.pair_facts(history.described_facts(now), history.described_facts(then))
        return _RestoreChanges([first, *_bullets(changes)], is_other=not common, opens=opens)
    if common == here == there:
        return _RestoreChanges(_rules_back(now))
    if common == there:
        text = _("The copy is this ledger after action {action}; what {count} later actions did will be gone:")
        changes = history.reverse(history.changes_between(now, there, here))
        return _RestoreChanges(
            [text.format(action=number(there), count=number(here - there)), *_bullets(changes)], opens=opens
        )
    text = _("The copy and this ledger parted after action {action}. What changes:")
    changes = history.pair_facts(history.described_facts(now), history.described_facts(then))
    return _RestoreChanges([text.format(action=number(common)), *_bullets(changes)], opens=opens)


def _rules_back(now: Connection) -> list[str]:
    """That the rules of the ledger file would be the program's again, where they are not."""
    words = differences(now).words()
    return (
        [_("The facts are the same; tables and rules are put back: {differences}").format(differences=words)]
        if words
        else []
    )


def _is_opened(now: Connection, then: Connection, closed: int) -> bool:
    """Whether a closed year would be open again, or its figures would rest on something else."""
    asked = (asked_after(connection, last_action(connection), closed) for connection in (now, then))
    return (closed_until(then) or 0) < closed or rests_on(now, closed) != rests_on(then, closed) or have_moved(*asked)


def _bullets(changes: Sequence[FactChange]) -> list[str]:
    return [f"· {line}" for line in history.sentences(changes)] or ["· " + _("no fact")]


def _provinces(connection: Connection) -> str:
    return ", ".join(unit.title for unit in units.all_provinces(connection)) or "–"
