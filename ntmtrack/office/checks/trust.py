"""Checks of the ledger itself: the chain of its actions, the figures of closed years."""

from collections.abc import Iterator

from ntmtrack.i18n import _
from ntmtrack.lint import Weight
from ntmtrack.model import Done
from ntmtrack.office.checks.books import Books, Found
from ntmtrack.storage.chain import breaks
from ntmtrack.storage.closed_years import asked_after, have_moved, moves, rests_on
from ntmtrack.storage.guards import differences
from ntmtrack.storage.queries.actions import closed_years, history, last_action


def chain(books: Books) -> Iterator[Found]:
    """Actions that were changed or removed by anything but this program."""
    for broken in breaks(books.connection):
        text = _("action {action} is missing") if broken.is_missing else _("action {action} is not as it was written")
        yield Found(Weight.CONTRADICTION, text.format(action=broken.action))


def guards(books: Books) -> Iterator[Found]:
    """Tables and rules of the file that are not as this program made them."""
    found = differences(books.connection)
    if found.is_unsafe:
        text = _("tables and rules of the file are not as this program made them: {differences}")
        yield Found(Weight.CONTRADICTION, text.format(differences=found.words()))


def closed(books: Books) -> Iterator[Found]:
    """Closed years whose figures rest on something else now, with the actions that reopened them."""
    for year, fingerprint, action_id in closed_years(books.connection):
        then, now = (asked_after(books.connection, one, year) for one in (action_id, last_action(books.connection)))
        if rests_on(books.connection, year) == fingerprint and not have_moved(then, now):
            continue
        since = [
            one
            for one in history(books.connection)
            if one.id > action_id and (one.reopened or moves(books.connection, one.id, year))
        ]
        told = "; ".join(map(_reopening, reversed(since)))
        text = _("the year {year}, closed by action {action}, was changed since by: {told}")
        said = text.format(year=year, action=action_id, told=told or _("no action of this program"))
        with_reason = Weight.NOTE if all(one.reopened for one in since) else Weight.DOUBT
        yield Found(with_reason if since else Weight.CONTRADICTION, said)


def _reopening(one: Done) -> str:
    reason = f" ({one.reopened})" if one.reopened else ""
    return f"{one.id} {one.verb}{reason}: {one.summary}"
