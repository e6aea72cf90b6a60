"""`doctor --mend`: the rules of the ledger file put back as this program made them; no fact is touched."""

from ntmtrack.errors import ForeignParts, NotConfirmed
from ntmtrack.i18n import _
from ntmtrack.office.interrupts import uninterrupted
from ntmtrack.office.invocation import Invocation
from ntmtrack.storage.guards import Differences, differences, listed


def mend(call: Invocation, *, yes: bool) -> None:
    """Puts back what is missing or changed, takes away what is planted, after saying so; a copy is kept.

    What is foreign is taken away only where somebody says yes. Raises NotConfirmed, ForeignParts, and what
    `storage.mending.mend` raises.
    """
    with call.reading() as connection:
        found = differences(connection)
    if not (found.to_make or found.to_remove):
        call.say(_("There is no rule of the file to put back or to take away."))
        return
    done = _in_words(found)
    if not yes and not call.can_ask and found.to_remove:
        raise ForeignParts(parts=listed(found.to_remove))
    call.say(_("To be done: {done}.").format(done=done))
    if not yes and call.can_ask and not call.ask(_("Do this?")):
        raise NotConfirmed
    from ntmtrack.storage.restore import mend as carry_out

    with uninterrupted():
        kept = carry_out(call.file, call.stamp("doctor --mend"), found, done)
        call.has_written = True
        call.say(_("Done. The ledger as it was before is {kept}").format(kept=kept))


def _in_words(found: Differences) -> str:
    told = (
        (_("put back: {parts}"), found.to_make),
        (_("taken away: {parts}"), found.to_remove),
    )
    return "; ".join(text.format(parts=listed(parts)) for text, parts in told if parts)
