"""An action as it is done: opened, ended, sealed, committed as a whole; proposed where it is only to be proposed."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, cast

from sqlmodel import Session

from ntmtrack import __version__
from ntmtrack.errors import ClockBehind, MayOnlyPropose, NeverProposed
from ntmtrack.i18n import _, local_time
from ntmtrack.storage import undo
from ntmtrack.storage.chain import seal
from ntmtrack.storage.closed_years import refuse_closed
from ntmtrack.storage.dialect import Connection, is_of_file
from ntmtrack.storage.queries.proposals import PROPOSE, REFUSE, TAKE, WITHDRAW
from ntmtrack.storage.tables import Action

# What decides of other actions, or is about the ledger and the office rather than about units.
_NEVER_PROPOSED = frozenset(
    (
        *("undo", "redo", TAKE, REFUSE, "close-year", "export", "template"),
        *("init", "demo", "join", "load", "restore", "doctor --mend"),
    )
)
_LAST_DONE = "SELECT id, at FROM action ORDER BY id DESC LIMIT 1"
_LAST_DONE_ON_SERVER = "SELECT id, at FROM last_done()"  # seen or not by whoever writes
_ALLOWED = timedelta(hours=1)  # two programs that write at once, a clock that is corrected by minutes


def driver_of(session: Session) -> Connection:
    """The driver's connection of a session, inside its transaction."""
    connection = session.connection().connection.driver_connection
    if isinstance(connection, sqlite3.Connection):
        return connection
    from ntmtrack.storage.server.connection import ServerConnection

    return ServerConnection(cast("Any", connection))


class OpenAction:
    """One action, or several of one command, in the transaction of a session.

    Where it `proposes`, that action is taken back by a second one as it ends: it waits until somebody takes it.
    """

    class Stamp(NamedTuple):
        """Which command writes, whose, when; why closed years may be changed; to trust the clock; only to propose.

        With `may_only_propose` whoever writes has no choice.
        """

        verb: str
        who: str
        at: datetime
        reopen: str | None = None
        trusts_clock: bool = False
        proposes: bool = False
        may_only_propose: bool = False

    def __init__(self, session: Session, stamp: Stamp) -> None:
        """Opens the action; raises ClockBehind; NeverProposed, MayOnlyPropose for what no proposal can be made of."""
        self._session = session
        self._stamp = stamp
        if stamp.proposes and stamp.verb != "undo":  # by which a proposal is withdrawn
            self._refuse_unproposable(stamp.verb)
        if not stamp.trusts_clock:
            _refuse_clock_behind(self.connection, stamp.at.astimezone(UTC))
        self._begin(stamp.verb)
        self.first_id = self.action_id
        self.is_ending = False  # whether the commit was asked for
        self.headline = ""

    def _begin(self, verb: str) -> None:
        at = self._stamp.at.astimezone(UTC).isoformat(timespec="seconds")
        self._action = Action(at=at, who=self._stamp.who, verb=verb, summary="", version=__version__)
        self._session.add(self._action)
        self._session.flush()
        self.summary = ""
        self.reason: str | None = None
        self.undoes: int | None = None

    def _refuse_unproposable(self, verb: str) -> None:
        """Raises NeverProposed for a command of which no proposal can be made, MayOnlyPropose where it must be one."""
        if verb not in _NEVER_PROPOSED:
            return
        if self._stamp.may_only_propose:
            raise MayOnlyPropose(command=verb)
        raise NeverProposed(command=verb)

    @property
    def action_id(self) -> int:
        """The number of this action in the history."""
        assert self._action.id is not None
        return self._action.id

    @property
    def who(self) -> str:
        """In whose name this action is done."""
        return self._action.who

    @property
    def verb(self) -> str:
        """Which command this action is of."""
        return self._action.verb

    @verb.setter
    def verb(self, verb: str) -> None:
        self._action.verb = verb

    @property
    def proposes(self) -> bool:
        """Whether what is done is only proposed; not so what withdraws a proposal."""
        return self._stamp.proposes and self.verb != WITHDRAW

    @property
    def may_only_propose(self) -> bool:
        """Whether whoever writes has no right but to propose."""
        return self._stamp.may_only_propose

    @property
    def connection(self) -> Connection:
        """The driver's connection, inside the open transaction: for reading what this write rests on."""
        return driver_of(self._session)

    def finish(self, *, keep: bool) -> None:
        """Seals and commits what was done, or takes everything back; raises what opening it does, and YearClosed."""
        self._end(self._judged())
        if self.proposes:
            self._refuse_unproposable(self.verb)
            self._propose()
        if keep:
            seal(self.connection, self.first_id)
            self.is_ending = True
            self._session.commit()
        else:
            self._session.rollback()

    def begin_next(self) -> None:
        """Ends the action and opens another of the same command; `headline` then tells what they did together."""
        self._end(self._judged())
        self._begin(self.verb)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of the action: where it is refused, it alone is taken back."""
        with self._session.begin_nested():
            yield

    def _judged(self) -> str | None:
        self._session.flush()
        undo.void_unused_decisions(self.connection, self.action_id)
        return self.refuse_closed()

    def _end(self, reopened: str | None) -> None:
        self._action.summary = self.summary
        self._action.reason = self.reason
        self._action.undoes_id = self.undoes
        self._action.reopened = reopened
        self._session.flush()

    def _propose(self) -> None:
        """Takes back what was just done by an action of its own: nothing of it counts, all of it can be done again.

        Nothing can rest on it yet, and together the two change no closed year: neither is asked.
        """
        proposed, summary = self.action_id, self.summary
        self._begin(PROPOSE)
        undo.take_back(self.connection, proposed, self.action_id)
        undo.void_unused_decisions(self.connection, self.action_id)
        self.undoes = proposed
        self.summary = _("proposed action {action}: {summary}").format(action=proposed, summary=summary)
        self._end(None)

    def refuse_closed(self) -> str | None:
        """The reason given where what was done so far changes closed years, None where not; raises YearClosed."""
        self._session.flush()
        return refuse_closed(self.connection, self.action_id, self._stamp.reopen)


def _refuse_clock_behind(connection: Connection, now: datetime) -> None:
    """Raises ClockBehind where the last action was done over an hour later than `now`."""
    row = connection.execute(_LAST_DONE if is_of_file(connection) else _LAST_DONE_ON_SERVER).fetchone()
    if row is None:
        return
    last = datetime.fromisoformat(row[1])
    if now < last - _ALLOWED:
        raise ClockBehind(now=local_time(now.isoformat()), last=local_time(row[1]), action=row[0])
