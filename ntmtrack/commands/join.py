"""`join`: the ledger of another office becomes a part of this one; shown before it is done, one action to take back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ntmtrack import paths
from ntmtrack.commands import Session
from ntmtrack.commands.describe import DescribedFact, describe
from ntmtrack.commands.national import can_be_carried_over
from ntmtrack.errors import ChangedMeanwhile, JoinConflicts, NotConfirmed
from ntmtrack.i18n import _, number
from ntmtrack.reports.join import ComingFacts, Contradiction, join_report
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.fact_kind import UNIT
from ntmtrack.storage.join import GuestLedger, read_guest, reading_guest, refuse_joined, take_in, whose_is
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.overlap import Conflict, Overlap, Row, Same, overlap_of
from ntmtrack.storage.queries import facts, units
from ntmtrack.storage.queries.actions import closed_until, last_action
from ntmtrack.storage.queries.recognitions import revocation_ids
from ntmtrack.storage.snapshots import set_aside_before
from ntmtrack.storage.transaction import acting
from ntmtrack.text import few
from ntmtrack.units.gazetteer import REORGANISED_ON
from ntmtrack.ways import way_over

_NAMED = 3


class _JoinPlan(NamedTuple):
    """What would be taken in, whose it is, beside what our ledger holds after its action `last`."""

    file: Path
    whose: str
    guest: GuestLedger
    overlap: Overlap
    coming: Mapping[str, ComingFacts]
    last: int
    is_closed: bool

    @property
    def is_empty(self) -> bool:
        """Whether our ledger holds all of it already."""
        return not any(of_kind.coming for table, of_kind in self.coming.items() if table != "action")

    def write(self, ledger: Ledger) -> None:
        """Takes it in; raises ChangedMeanwhile."""
        if ledger.action_id != self.last + 1:
            raise ChangedMeanwhile
        take_in(ledger, self.guest, self.overlap.same, self.whose)
        text = _("took in {file} ({whose}): {unit} units, {recognition} recognitions, {action} actions")
        counts = {table: number(self.coming[table].coming) for table in ("unit", "recognition", "action")}
        ledger.summary = text.format(file=self.file.name, whose=self.whose, **counts)


def join(session: Session, word: str, *, yes: bool, dry_run: bool) -> None:
    """Takes the ledger in the file `word` in, once it was shown what comes and, on a terminal, somebody agrees.

    Raises NoSuchFile, NoLedgerToJoin, OlderToJoin, DatabaseNewer, DatabaseBusy, DatabaseDamaged, SchemaStrange,
    ChainBroken, JoinsItself, JoinedAlready, JoinedThere, JoinConflicts, NotConfirmed, ChangedMeanwhile, YearClosed.
    """
    plan = _shown_plan(session, paths.expanded(word))
    if plan.is_empty:
        session.say(_("Nothing to write: the ledger holds all of it already."))
        return
    if not dry_run:
        if plan.is_closed:  # what is refused for that is refused before anybody is asked
            with acting(session.file, session.stamp("join"), dry_run=True) as ledger:
                plan.write(ledger)
        if session.can_ask and not yes and not session.ask(_("Take this ledger in?")):
            raise NotConfirmed
        copy = set_aside_before(session.file, "join", session.now)
        if copy:
            session.say(_("A copy of the ledger as it was: {file}").format(file=copy))
    with session.acting("join", dry_run=dry_run) as ledger:
        plan.write(ledger)
        is_half = _is_half_carried(ledger.connection, session.today)
    if is_half:
        session.say(_("Not all of it is carried over: {way}").format(way=way_over()))


def _is_half_carried(connection: Connection, today: date) -> bool:
    """Whether some units of the ledger are carried over 1/7/2025 and others are not."""
    if all(succession.day != REORGANISED_ON for succession in units.successions(connection)):
        return False
    return can_be_carried_over(connection, today)


def _shown_plan(session: Session, file: Path) -> _JoinPlan:
    """What would be taken in, shown; raises JoinConflicts, and what reading the other ledger raises."""
    with session.reading() as ours, reading_guest(file) as theirs:
        refuse_joined(theirs, ours, file)
        overlap, guest = overlap_of(theirs, ours), read_guest(theirs)
        whose = few(whose_is(theirs), _NAMED) or file.stem
        coming = dict(_coming(guest, overlap.same))
        contradictions = _contradictions(ours, theirs, overlap.conflicts)
        session.show(join_report(file.name, whose, coming, contradictions, _notes(ours, theirs)), None)
        if contradictions:
            raise JoinConflicts(file=file, count=number(len(contradictions)))
        return _JoinPlan(file, whose, guest, overlap, coming, last_action(ours), bool(closed_until(ours)))


def _coming(guest: GuestLedger, same: Same) -> Iterator[tuple[str, ComingFacts]]:
    """By kind, what would come and what both hold; of units those that stand or stood."""
    yield "action", ComingFacts(len(guest.actions), 0)
    for table in guest.facts:
        rows = guest.facts["unit_version" if table == UNIT else table].values()
        known = {
            row["unit_id" if table == UNIT else "id"]: _name(row, table) for row in rows if row["voided_by"] is None
        }
        both = [known[key] for key in known if key in same.get(table, {})]
        yield table, ComingFacts(len(known) - len(both), len(both), few([name for name in both if name], _NAMED))


def _name(row: Row, table: str) -> str:
    return f"{row['kind']} {row['name']}" if table == UNIT else str(row.get("number") or "")


def _contradictions(ours: Connection, theirs: Connection, conflicts: Sequence[Conflict]) -> list[Contradiction]:
    """What cannot both be, in words."""
    if not conflicts:
        return []
    here, there = _Words(ours), _Words(theirs)
    told = []
    for table, our_id, their_id in conflicts:
        left, right = here.fact(table, our_id), there.fact(table, their_id)
        shown = left or right
        if shown is None:
            continue
        says, other = here.said(table, our_id), there.said(table, their_id)
        if says == other:
            other = _("names other units")
        elif left and right and left.subject != right.subject:
            other = f"{right.subject} {other}"
        told.append(Contradiction(shown.unit, shown.subject, says, other))
    return told


class _Words:
    """What the facts of one ledger say, by table and id."""

    def __init__(self, connection: Connection) -> None:
        titles = facts.last_titles(connection)
        self._facts: Mapping[tuple[str, int], DescribedFact] = {
            (fact.table, fact.id): describe(fact, titles.get(fact.unit_id or 0, ""), "")
            for fact in facts.standing_facts(connection)
        }
        self._revoked = revocation_ids(connection)

    def fact(self, table: str, key: int | None) -> DescribedFact | None:
        return self._facts.get((table, key or 0))

    def said(self, table: str, key: int | None) -> str | None:
        """What a fact says; of a recognition also how it was taken back."""
        fact = self.fact(table, key)
        if fact is None:
            return None
        by = self._facts.get(("revocation", self._revoked.get(key or 0, 0))) if table == "recognition" else None
        return "; ".join([fact.said, *([f"{by.subject}, {by.said}"] if by else [])])


def _notes(ours: Connection, theirs: Connection) -> list[str]:
    """That years closed there are not closed here."""
    closed = closed_until(theirs)
    if closed is None or (closed_until(ours) or 0) >= closed:
        return []
    text = _("The years until {year} are closed there, not here; close them after joining: ntmtrack close-year {year}")
    return [text.format(year=closed)]
