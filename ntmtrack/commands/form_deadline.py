"""Forms by another day than those of the last round: whether its deadline is put off, or a new round begins."""

from datetime import date
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.errors import DeadlineGone, NotConfirmed
from ntmtrack.i18n import _, day, number
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.form_rounds import FormRound, every_round, replies


def refuse_gone(due: date | None, today: date) -> None:
    """Raises DeadlineGone for a day that is over."""
    if due and due < today:
        raise DeadlineGone(day=day(due), today=day(today))


class OpenRound(NamedTuple):
    """A round by its number, in words how many have not replied to it, and by when its forms written now are due."""

    number: int
    words: str
    due: date | None


def open_before(connection: Connection, new: FormRound) -> OpenRound | None:
    """The round before a new one, of the same units, where some have not replied; else None."""
    last = next((one for one in reversed(every_round(connection)) if one.number < new.number), None)
    waiting = len(last.units.keys() - replies(connection, last).keys()) if last else 0
    if last is None or not waiting or not new.may_be_put_off(last):
        return None
    text = _("{count} of {total} units have not replied to round {round}{due}.")
    due = _(", due {day}").format(day=day(last.deadline)) if last.deadline else ""
    words = text.format(count=number(waiting), total=number(len(last.units)), round=last.number, due=due)
    return OpenRound(last.number, words, new.deadline or last.deadline)


def is_put_off(session: Session, last: OpenRound) -> bool:
    """Whether a person says that the forms are of the last round; raises NotConfirmed where of none."""
    due = _(", due {day}").format(day=day(last.due)) if last.due else ""
    ways = [_("still of round {round}{due}").format(round=last.number, due=due), _("of a new round")]
    question = _("{waiting} What are these forms of?").format(waiting=last.words)
    chosen = session.choose(question, ways, none=_("Stop"))
    if chosen is None:
        raise NotConfirmed
    return chosen == 0
