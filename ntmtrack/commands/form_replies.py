"""What a return replies to: the forms of this ledger's rounds that an imported file is, kept with its action.

Also of a return that has faults it is kept that it came, so that nobody waits for what is to be mended.
"""

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.errors import BadRows, NtmError
from ntmtrack.i18n import _, number
from ntmtrack.ingest.columns import TableKind
from ntmtrack.ingest.form_mark import FormMark, marks_in
from ntmtrack.ingest.plan import FoundTables, ImportPlan
from ntmtrack.programmes import known_level
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.form_rounds import (
    FormReply,
    FormRound,
    every_round,
    faulty_replies,
    ledger_mark,
    replies,
)
from ntmtrack.storage.queries.recognitions import recognitions_by_unit
from ntmtrack.streams import remark
from ntmtrack.text import few

_NAMED = 10  # facts named at once


class Reply(NamedTuple):
    """A form that a file is: of which round, whose, in which file; how many faults it has; whether that is news."""

    asked: FormRound
    unit: int
    file: str
    faults: int
    is_news: bool

    @property
    def words(self) -> str:
        """Which form it is, and how many faults it has."""
        text = _("form of {unit}, round {round}")
        if self.faults:
            text = _("form of {unit}, round {round} ({count} faults)")
        unit = self.asked.units[self.unit]
        return text.format(unit=unit, round=self.asked.number, count=number(self.faults))

    def write(self, ledger: Ledger, *, is_taken_in: bool = True) -> None:
        """Keeps in the open action that it came, and with how many faults."""
        if is_taken_in:
            ledger.set(self.asked.reply_key(self.unit), self.file)
        if self.faults:
            faulty = FormReply(ledger.action_id, "", self.file, self.faults)
            ledger.set(self.asked.faults_key(self.unit), faulty.fault_value)


def replies_in(session: Session, found: FoundTables, plan: ImportPlan) -> Sequence[Reply]:
    """The forms that a file is; says where this ledger did not send it, or it lacks what it said when it was sent."""
    marks = marks_in(found) if found.what is TableKind.RECOGNITIONS else []
    if not marks:
        return []
    with session.reading() as connection:
        asked = _asked(connection, marks)
        listed = {key for of_round, unit in asked for key in of_round.listed.get(unit, ())}
        lacking = [*_lacking(connection, listed, plan)]
        ours = [_reply(connection, *one, found.name, len(plan.faults)) for one in asked]
    if lacking:
        text = _("What the form said and this return leaves out stays as it is: {facts}.")
        remark(text.format(facts=few(lacking, _NAMED)))
    if len(ours) < len(marks):
        remark(
            _("{file} bears the code of a form that this ledger did not send: read as any table.").format(
                file=found.name
            )
        )
    return ours


def keep_faults(session: Session, found: FoundTables, refused: NtmError) -> None:
    """Keeps as an action that a return came with faults, where it is a form that this ledger sent; once of one file.

    But where a person can still say what the return leaves untold. What keeps that from being kept is said: it is told
    already why the return was refused.
    """
    marks = marks_in(found) if found.what is TableKind.RECOGNITIONS else []
    is_final = isinstance(refused, BadRows) or found.options.folder or not session.can_ask
    if not (marks and is_final):
        return
    faults = refused.facts["count"] if isinstance(refused, BadRows) else 1
    assert isinstance(faults, int)
    try:
        with session.reading() as connection:
            every = [_faulty(connection, *one, found.name, faults) for one in _asked(connection, marks)]
        came = [reply for reply in every if reply.is_news]
        if not came:
            return
        with session.acting("import") as ledger:
            for reply in came:
                reply.write(ledger, is_taken_in=False)
            ledger.summary = _("came, to be mended: {forms}").format(forms=", ".join(reply.words for reply in came))
    except NtmError as wrong:
        session.say(wrong.lines()[0])


def _asked(connection: Connection, marks: Sequence[FormMark]) -> list[tuple[FormRound, int]]:
    """The forms of marks that this ledger sent: the round, and the unit by its id."""
    own, rounds = ledger_mark(connection), {one.number: one for one in every_round(connection)}
    ours = [mark for mark in marks if mark.ledger == own and mark.round in rounds]
    return [(rounds[mark.round], mark.unit) for mark in ours if mark.unit in rounds[mark.round].units]


def _reply(connection: Connection, asked: FormRound, unit: int, file: str, faults: int) -> Reply:
    """A return that is taken in; news where none was yet, or the last that came had more faults, or fewer."""
    last = faulty_replies(connection, asked).get(unit)
    is_news = unit not in replies(connection, asked) or (last.faults if last else 0) != faults
    return Reply(asked, unit, file, faults, is_news)


def _faulty(connection: Connection, asked: FormRound, unit: int, file: str, faults: int) -> Reply:
    """A return that is refused; no news where one was taken in, or the last had the same name and as many faults."""
    last = faulty_replies(connection, asked).get(unit)
    is_known = last is not None and (last.file, last.faults) == (file, faults)
    return Reply(asked, unit, file, faults, not is_known and unit not in replies(connection, asked))


def _lacking(connection: Connection, listed: Set[int], plan: ImportPlan) -> Iterator[str]:
    """The recognitions, by id, that still stand and no row of the plan tells of."""
    lacking = listed - {change.held for change in (*plan.new, *plan.changed, *plan.same)}
    for unit_id, every in recognitions_by_unit(connection).items() if lacking else ():
        for one in (one for one in every if one.id in lacking):
            unit = units.versions(connection, unit_id)[-1]
            level = known_level(one.programme, one.level, unit.tier)
            yield f"{unit.full_title}, {level.label if level else one.level}"
