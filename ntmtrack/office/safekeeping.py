"""`backup`, `restore`: verified copies of the ledger, and going back to one."""

from pathlib import Path

from ntmtrack.errors import NotConfirmed, NtmError, RestoreSame
from ntmtrack.i18n import _, number
from ntmtrack.office import changes
from ntmtrack.office.differing import grew_from
from ntmtrack.office.interrupts import uninterrupted
from ntmtrack.office.invocation import Invocation
from ntmtrack.storage import copies, putting_back
from ntmtrack.storage.chain import breaks
from ntmtrack.storage.files import reading
from ntmtrack.storage.queries.ledger import last_action


def back_up(call: Invocation, target: Path | None) -> None:
    """Writes a verified copy, under a name of its own beside the ledger where none is given.

    Raises NoDatabase, FileExists, DatabaseDamaged, DatabaseNotWritable.
    """
    with call.reading() as connection:
        last, broken = last_action(connection), breaks(connection)
    copy = target or _own_name(call)
    if copy.is_dir():
        copy = copy / _own_name(call).name
    copies.make(call.file, copy)
    text = _("Wrote {file}: a verified copy of the ledger after action {action}.")
    call.say(text.format(file=copy, action=number(last)))
    if broken:
        call.say(_("Warning: the ledger’s history was changed by something else; see: ntmtrack verify"))


def _own_name(call: Invocation) -> Path:
    """A free name beside the ledger, with the day: "so-2026-11-21.db"."""
    stem = f"{call.file.stem}-{call.today.isoformat()}"
    copy, place = call.file.with_name(f"{stem}{call.file.suffix}"), 2
    while copy.exists():
        copy, place = call.file.with_name(f"{stem}-{place}{call.file.suffix}"), place + 1
    return copy


def restore(call: Invocation, copy: Path, *, yes: bool, dry_run: bool) -> None:
    """Puts the ledger back as a copy has it, once it is verified; the replaced ledger is kept.

    On a terminal only once the person says so. Raises NoDatabase, NotALedger, DatabaseNewer, DatabaseDamaged,
    ChainBroken, RestoreSame, NotConfirmed, DatabaseBusy, DatabaseNotWritable.
    """
    with putting_back.verified(copy, call.file) as draft:
        for line in _what_differs(call, draft, copy):
            call.say(line)
        if dry_run:
            call.say(_("Nothing was written (--dry-run)."))
            return
        if call.can_ask and not yes and not call.ask(_("Put the ledger back as this copy has it?")):
            raise NotConfirmed
        summary = _("put back from {file}; what it replaced is {kept}").format(file=copy.name, kept="{kept}")
        with uninterrupted():
            kept = putting_back.put_back(draft, call.file, call.stamp("restore"), summary)
            call.has_written = True
            call.say(_("Done: {file} is as {copy} has it.").format(file=call.file, copy=copy))
            if kept:
                call.say(_("The ledger that it replaced is {kept}").format(kept=kept))


def _what_differs(call: Invocation, draft: Path, copy: Path) -> list[str]:
    """What going back would change, in words."""
    if not call.file.exists():
        return [_("There is no ledger yet: {file} will be made.").format(file=call.file)]
    try:
        with reading(draft) as then, reading(call.file) as now:  # what the inner one refuses speaks of the ledger
            here, there = last_action(now), last_action(then)
            if grew_from(then, there, now) and not breaks(now):
                if here == there:
                    raise RestoreSame(copy=copy)
                text = _("The copy is this ledger after action {action}; what {count} later actions did will be gone:")
                found = changes.reverse(changes.between(now, there, here))
                first = text.format(action=number(there), count=number(here - there))
            else:
                first = _("The copy is another ledger, or one that went its own way. Against this one:")
                found = changes.paired(changes.standing(now), changes.standing(then))
            return [first, *(f"· {line}" for line in changes.sentences(found))]
    except RestoreSame:
        raise
    except NtmError as refusal:
        return [refusal.lines()[0], _("It makes room for the copy.")]
