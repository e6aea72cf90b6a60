"""`diff`: what changed between two days, or between two ledgers, and how each total moved."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ntmtrack import paths
from ntmtrack.days import last_day, read_day
from ntmtrack.errors import BadDay, NoSuchFile, NothingToCount, NotThatWay, NoUnits, UnknownUnit
from ntmtrack.i18n import _, day, number
from ntmtrack.office import changes
from ntmtrack.office.invocation import Invocation
from ntmtrack.office.known import known_on
from ntmtrack.office.totals import label, totals
from ntmtrack.office.viewpoint import Asked, take
from ntmtrack.reports.change_tables import Change, Moved, differences
from ntmtrack.reports.values import Report
from ntmtrack.storage import known
from ntmtrack.storage.files import reading
from ntmtrack.storage.queries.ledger import history, last_action, last_hash


class Side(NamedTuple):
    """One of the two that are compared: a ledger as known after an action, and what it is called."""

    connection: sqlite3.Connection
    file: Path
    until: int
    name: str


def difference(call: Invocation, begins: str, ends: str | None, asked: Asked) -> Report:
    """What changed from `begins` to `ends`, each a day or a ledger file; to now where `ends` is left out.

    Totals are those of the question `asked`. Raises NotKnownYet, NoSuchFile, NotThatWay, and what `take` raises.
    """
    with ExitStack() as opened:
        one, other = (opened.enter_context(_side(call, word)) for word in (begins, ends))
        if one.file.resolve() == other.file.resolve() and one.until > other.until:
            raise NotThatWay(begins=one.name, ends=other.name)
        if grew_from(one.connection, one.until, other.connection):
            found = changes.between(opened.enter_context(reading(other.file)), one.until, other.until)
            actions = _actions(other, one.until)
        else:
            found, actions = _compared(one, other), []
        return differences(f"{one.name} → {other.name}", _moved(call, one, other, asked), found, actions)


def grew_from(earlier: sqlite3.Connection, until: int, later: sqlite3.Connection) -> bool:
    """Whether one ledger is an earlier state of another: its last action is there too, with the same hash."""
    found = later.execute("SELECT hash FROM action WHERE id = :id", {"id": until}).fetchone()
    return found is not None and found[0] == last_hash(earlier)


@contextmanager
def _side(call: Invocation, word: str | None) -> Iterator[Side]:
    """One side, open for reading: the ledger of a file, or our own as known on a day; as it is now for None."""
    if word is not None and _names_a_ledger(word):
        file = paths.expanded(word)
        if not file.exists():
            raise NoSuchFile(file=word)
        with reading(file) as connection:
            yield Side(connection, file, last_action(connection), file.name)
        return
    when = last_day(read_day(word)) if word is not None else None
    with reading(call.file) as connection:
        until = last_action(connection) if when is None else known_on(connection, when, call.today)
    with known.reading_after(call.file, until) as connection:
        name = day(when) if when else _("now")
        yield Side(connection, call.file, until, _("{day} (action {action})").format(day=name, action=number(until)))


def _names_a_ledger(word: str) -> bool:
    """Whether a word is a file's name rather than a day."""
    try:
        read_day(word)
    except BadDay:
        return True
    return Path(word).is_file()


def _compared(one: Side, other: Side) -> list[Change]:
    """What two ledgers tell differently: facts are held together by unit and subject."""
    return changes.paired(changes.standing(one.connection), changes.standing(other.connection))


def _actions(side: Side, after: int) -> list[tuple[int, str]]:
    """The actions since, the earliest first, with what they did."""
    return [(done.id, done.summary) for done in reversed(history(side.connection)) if done.id > after]


def _moved(call: Invocation, one: Side, other: Side, asked: Asked) -> list[Moved]:
    """The figures of every level on both sides, at the moment that is asked of the later one."""
    at = take(other.connection, asked, call.today)
    fixed = asked._replace(year=None, as_of=at.moment.day)
    before, after = _totals(one, fixed, call.today), totals(other.connection, at)
    return [
        Moved(label(key, at.view.programme), at.moment.day, before.get(key), after.get(key))
        for key in dict.fromkeys((*after, *before))
    ]


def _totals(side: Side, asked: Asked, today: date) -> dict[str, int]:
    """The figures of one side; none where it had no such units."""
    try:
        return totals(side.connection, take(side.connection, asked, today))
    except (NoUnits, NothingToCount, UnknownUnit):
        return {}
