"""`template --missing`: who has not replied to a round of forms, who has with faults, and who has, by which action."""

from datetime import datetime

from ntmtrack.commands import Session
from ntmtrack.errors import NoRound, NoSuchRound
from ntmtrack.i18n import _
from ntmtrack.reports import Report
from ntmtrack.reports.form_rounds import AskedUnit, RoundFacts, round_report
from ntmtrack.storage.queries.form_rounds import FormReply, every_round, faulty_replies, replies


def missing_forms(session: Session, number: int | None = None) -> Report:
    """The units of a round, of the last where none is named; raises NoRound, NoSuchRound."""
    with session.reading(as_known=False) as connection:
        rounds = {one.number: one for one in every_round(connection)}
        if not rounds:
            raise NoRound(folder=_("Forms sent"))
        if number is not None and number not in rounds:
            raise NoSuchRound(round=number, known=", ".join(map(str, rounds)))
        asked = rounds[number or max(rounds)]
        replied, faulty = replies(connection, asked), faulty_replies(connection, asked)
    units = [_asked_unit(title, replied.get(unit), faulty.get(unit)) for unit, title in asked.units.items()]
    facts = RoundFacts(asked.number, asked.sent, asked.deadline, asked.year)
    return round_report(facts, units, session.today)


def _asked_unit(title: str, reply: FormReply | None, faulty: FormReply | None) -> AskedUnit:
    came = faulty or reply
    if came is None:
        return AskedUnit(title)
    on = datetime.fromisoformat((reply or came).at).astimezone().date()
    return AskedUnit(title, on, came.action, came.file, came.faults, is_taken_in=reply is not None)
