"""What decides of earlier actions is shown in words before it is done; at a terminal once the person says so."""

from collections.abc import Callable

from ntmtrack.commands import Session
from ntmtrack.commands.history import changes_by, sentences
from ntmtrack.errors import ChangedMeanwhile, NotConfirmed
from ntmtrack.i18n import _
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.transaction import acting

Say = Callable[[str], None]


def carry_out(session: Session, verb: str, do: Callable[[Ledger, Say], None], *, yes: bool, dry_run: bool) -> None:
    """Does it, telling what changes; on a terminal only once the person says so, who is told before.

    The ledger is not held while the person thinks. Raises NotConfirmed, ChangedMeanwhile, and what `do` raises.
    """
    asks = session.can_ask and not yes and not dry_run
    seen = 0
    if asks:
        with acting(session.file, session.stamp(verb), dry_run=True) as ledger:
            do(ledger, session.say)
            seen = ledger.first_id
        if not session.ask(_("Do this?")):
            raise NotConfirmed
    with session.acting(verb, dry_run=dry_run) as ledger:
        if asks and ledger.first_id != seen:
            raise ChangedMeanwhile
        do(ledger, _say_nothing if asks else session.say)


def _say_nothing(_text: str) -> None:
    """For what was told before."""


def changes_in_words(ledger: Ledger) -> list[str]:
    """What the action under way changes, in a few lines; raises YearClosed."""
    ledger.refuse_closed()
    return [f"· {line}" for line in sentences(changes_by(ledger.connection, ledger.action_id))]
