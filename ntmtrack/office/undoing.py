"""Taking back an action: what it wrote is voided, what it voided stands again."""

from ntmtrack.i18n import _
from ntmtrack.office.invocation import Invocation
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries.ledger import last_standing_action
from ntmtrack.storage.queries.roadmaps import brought_back, every, voided_by


def take_back_last(call: Invocation, *, dry_run: bool) -> None:
    """Takes back the last action that still stands; raises NothingToUndo."""
    with call.acting("undo", dry_run=dry_run) as ledger:
        last = last_standing_action(ledger.connection)
        ledger.void_action(last.id)
        for copy in brought_back(ledger.connection, last.id):
            ledger.void_roadmap(copy)
        if last.verb == "roadmap import":
            _bring_back_roadmaps(ledger, last.id)
        ledger.summary = _("took back action {action}: {summary}").format(action=last.id, summary=last.summary)


def _bring_back_roadmaps(ledger: Ledger, action_id: int) -> None:
    """Adds again the roadmaps that the action voided when it corrected them: a voided row stays voided."""
    from ntmtrack.office.province import add_roadmap
    from ntmtrack.storage.plans import Place

    for held in voided_by(ledger.connection, action_id):
        older = [one.id for one in every(ledger.connection) if one.plan.key == held.plan.supersedes]
        add_roadmap(ledger, held.plan, Place(held.scope_id, older[0] if older else None, held.root))
