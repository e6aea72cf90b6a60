"""What a return replies to: the forms of this ledger's rounds that an imported file is, kept with its action."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.i18n import _
from ntmtrack.ingest.columns import TableKind
from ntmtrack.ingest.form_mark import marks_in
from ntmtrack.ingest.plan import FoundTables
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries.form_rounds import FormRound, every_round, ledger_mark, replies
from ntmtrack.streams import remark


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


def replies_in(session: Session, found: FoundTables) -> Sequence[Reply]:
    """The forms that a file is; says where it is one that this ledger did not send, or no longer knows of."""
    marks = marks_in(found) if found.what is TableKind.RECOGNITIONS else []
    if not marks:
        return []
    with session.reading() as connection:
        own, rounds = ledger_mark(connection), {one.number: one for one in every_round(connection)}
        known = {one.number: replies(connection, one) for one in rounds.values()}
    ours = [mark for mark in marks if mark.ledger == own and mark.unit in getattr(rounds.get(mark.round), "units", ())]
    if len(ours) < len(marks):
        remark(
            _("{file} bears the code of a form that this ledger did not send: read as any table.").format(
                file=found.name
            )
        )
    return [Reply(rounds[mark.round], mark.unit, found.name, mark.unit not in known[mark.round]) for mark in ours]
