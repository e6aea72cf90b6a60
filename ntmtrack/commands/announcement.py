"""What is said of an action when it is done: what it did by which number, and how it is taken back."""

from ntmtrack.i18n import _, number
from ntmtrack.storage.dialect import is_of_file
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries.proposals import WITHDRAW
from ntmtrack.ways import way


class Announcement:
    """What is said of an action, or of several that one command did: read while the ledger is open, said afterwards."""

    def __init__(self, ledger: Ledger) -> None:
        self.actions = range(ledger.first_id, ledger.action_id + 1)
        self.was_undo, self._was_proposed = ledger.verb == "undo", ledger.proposes
        self._is_shared = not is_of_file(ledger.connection)
        self._is_final = ledger.verb == WITHDRAW and ledger.may_only_propose
        self._done = ledger.headline or ledger.summary

    def would_be(self, *, is_trial: bool) -> str:
        """What would be done, of which nothing is written."""
        text = _("To be written: {done}.") if is_trial else _("Nothing was written (--dry-run). It would be: {done}")
        if self._was_proposed:
            text = (
                _("To be proposed: {done}.")
                if is_trial
                else _("Nothing was written (--dry-run). It would be proposed: {done}")
            )
        return text.format(done=self._done)

    def line(self) -> str:
        """What was done by which action, and how it is taken back."""
        first, last = number(self.actions[0]), number(self.actions[-1])
        text = _("Done (action {action}): {done}.") if first == last else _("Done (actions {first}–{action}): {done}.")
        if self._was_proposed:
            text = _("Proposed (action {action}), waits to be taken: {done}.")
        return f"{text.format(first=first, action=last, done=self._done)} {self._way_back()}".rstrip()

    def _way_back(self) -> str:
        if self._was_proposed:
            return _("Withdraw it with: ntmtrack undo {action}").format(action=self.actions[-1])
        if self._is_final:
            return ""  # to let it wait again is no proposal
        if self.was_undo:
            return _("Do it again with: ntmtrack redo")
        if len(self.actions) > 1:
            text = _("Take them back one by one, the last first: ntmtrack undo {action}")
            return text.format(action=self.actions[-1])
        by_number = _("Take it back with: ntmtrack undo {action}").format(action=self.actions[-1])
        return way(
            by_number if self._is_shared else _("Take it back with: ntmtrack undo"),
            _("Take it back: “Look up, correct, go back to a copy …”, “Take back what was done last”"),
        )
