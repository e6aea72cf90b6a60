"""What a return replies to: the forms of this ledger's rounds that an imported file is, kept with its action."""

import sqlite3
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.i18n import _
from ntmtrack.ingest.columns import TableKind
from ntmtrack.ingest.form_mark import marks_in
from ntmtrack.ingest.plan import FoundTables, ImportPlan
from ntmtrack.programmes import known_level
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.form_rounds import FormRound, every_round, ledger_mark, replies
from ntmtrack.storage.queries.recognitions import recognitions_by_unit
from ntmtrack.streams import remark
from ntmtrack.text import few

_NAMED = 10  # facts named at once


class Reply(NamedTuple):
    """A form that a file is: of which round, whose, in which file, whether nothing had come of it yet."""

    asked: FormRound
    unit: int
    file: str
    is_first: bool

    @property
    def words(self) -> str:
        """Which form it is."""
        return _("form of {unit}, round {round}").format(unit=self.asked.units[self.unit], round=self.asked.number)

    def write(self, ledger: Ledger) -> None:
        """Keeps in the open action that it came."""
        ledger.set(self.asked.reply_key(self.unit), self.file)


def replies_in(session: Session, found: FoundTables, plan: ImportPlan) -> Sequence[Reply]:
    """The forms that a file is; says where this ledger did not send it, or it lacks what it said when it was sent."""
    marks = marks_in(found) if found.what is TableKind.RECOGNITIONS else []
    if not marks:
        return []
    with session.reading() as connection:
        own, rounds = ledger_mark(connection), {one.number: one for one in every_round(connection)}
        known = {one.number: replies(connection, one) for one in rounds.values()}
        ours = [mark for mark in marks if mark.ledger == own and mark.round in rounds]
        ours = [mark for mark in ours if mark.unit in rounds[mark.round].units]
        listed = {key for mark in ours for key in rounds[mark.round].listed.get(mark.unit, ())}
        lacking = [*_lacking(connection, listed, plan)]
    if lacking:
        text = _("What the form said and this return leaves out stays as it is: {facts}.")
        remark(text.format(facts=few(lacking, _NAMED)))
    if len(ours) < len(marks):
        remark(
            _("{file} bears the code of a form that this ledger did not send: read as any table.").format(
                file=found.name
            )
        )
    return [Reply(rounds[mark.round], mark.unit, found.name, mark.unit not in known[mark.round]) for mark in ours]


def _lacking(connection: sqlite3.Connection, listed: Set[int], plan: ImportPlan) -> Iterator[str]:
    """The recognitions, by id, that still stand and no row of the plan tells of."""
    lacking = listed - {change.held for change in (*plan.new, *plan.changed, *plan.same)}
    for unit_id, every in recognitions_by_unit(connection).items() if lacking else ():
        for one in (one for one in every if one.id in lacking):
            unit = units.versions(connection, unit_id)[-1]
            level = known_level(one.programme, one.level, unit.tier)
            yield f"{unit.full_title}, {level.label if level else one.level}"
