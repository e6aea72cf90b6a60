"""Checks of the ledger file itself: the chain of its actions, its rules, years that were closed."""

from collections.abc import Iterator

from ntmtrack.commands.checks.context import CheckContext, CheckFinding
from ntmtrack.i18n import _
from ntmtrack.lint import Weight
from ntmtrack.model import Done
from ntmtrack.reports.work import work_label
from ntmtrack.storage.chain import breaks, shows_all
from ntmtrack.storage.closed_years import asked_after, have_moved, moves, rests_on
from ntmtrack.storage.guards import differences
from ntmtrack.storage.queries.actions import closed_years, history, last_action
from ntmtrack.storage.queries.proposals import proposing_actions


def check_chain(context: CheckContext) -> Iterator[CheckFinding]:
    """Actions that were changed or removed by anything but this program."""
    if not shows_all(context.connection):
        text = _("the chain of actions was not checked: you see a part of the ledger alone")
        yield CheckFinding(Weight.NOTE, text)
        return
    for broken in breaks(context.connection):
        text = _("action {action} is missing") if broken.is_missing else _("action {action} is not as it was written")
        yield CheckFinding(Weight.CONTRADICTION, text.format(action=broken.action))


def check_guards(context: CheckContext) -> Iterator[CheckFinding]:
    """Tables and rules of the file that are not as this program made them."""
    schema = differences(context.connection)
    if schema.is_unsafe:
        text = _("tables and rules of the file are not as this program made them: {differences}")
        yield CheckFinding(Weight.CONTRADICTION, text.format(differences=schema.words()))


def check_closed_years(context: CheckContext) -> Iterator[CheckFinding]:
    """Closed years whose figures rest on something else now, with the actions that reopened them."""
    only_proposed = proposing_actions(context.connection)
    sees_it = shows_all(context.connection)  # what a year rests on is told of the whole ledger alone
    for year, fingerprint, action_id in closed_years(context.connection):
        then, now = (
            asked_after(context.connection, after, year) for after in (action_id, last_action(context.connection))
        )
        is_same = not sees_it or rests_on(context.connection, year) == fingerprint
        if is_same and not have_moved(then, now):
            continue
        since = [
            action
            for action in history(context.connection)
            if action.id > action_id
            and action.joined_by is None
            and action.id not in only_proposed
            and (action.reopened or moves(context.connection, action.id, year))
        ]
        reasons = "; ".join(map(_reopening, reversed(since)))
        text = _("the year {year}, closed by action {action}, was changed since by: {told}")
        sentence = text.format(year=year, action=action_id, told=reasons or _("no action of this program"))
        with_reason = Weight.NOTE if all(action.reopened for action in since) else Weight.DOUBT
        yield CheckFinding(with_reason if since else Weight.CONTRADICTION, sentence)


def _reopening(action: Done) -> str:
    reason = f" ({action.reopened})" if action.reopened else ""
    return f"{action.id} {work_label(action.verb).label}{reason}: {action.summary}"
