"""`history`: what was done to the ledger, and what one action changed."""

import sqlite3
from datetime import date

from ntmtrack.office.changes import made_by
from ntmtrack.reports import Report, ledger
from ntmtrack.storage.as_known import first_moment
from ntmtrack.storage.queries.actions import Which, action, history, last_action
from ntmtrack.storage.queries.units import find_unit
from ntmtrack.text import whole_number


def annals(
    connection: sqlite3.Connection, what: str | None, limit: int | None, since: date | None, *, full: bool
) -> Report:
    """The actions, the newest first; those about the unit `what` and what belongs to it.

    Where `what` is a number, what that action did; one that no action has is the code of a unit.
    Raises UnknownUnit, AmbiguousUnit, NoSuchAction.
    """
    if what and (number := _action_meant(connection, what)):
        done = action(connection, number)
        return ledger.one_action(done, made_by(connection, done.id))
    unit = find_unit(connection, what) if what else None
    began = first_moment(since) if since else None
    found = history(connection, Which(limit, began, unit.id if unit else None, below=True))
    if not full:
        return ledger.history_report(found, unit.full_title if unit else None)
    return ledger.full_history([(one, made_by(connection, one.id)) for one in found])


def _action_meant(connection: sqlite3.Connection, what: str) -> int | None:
    """The number of an action; None for a name, and for the code of a unit that no action has as its number."""
    number = whole_number(what)
    if number is None or (number <= last_action(connection) and not what.startswith("0")):
        return number
    row = connection.execute("SELECT 1 FROM unit_version WHERE code = :code LIMIT 1", {"code": what}).fetchone()
    return None if row else number
