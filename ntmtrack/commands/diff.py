"""`diff`: what changed between two days, or between two ledgers, and how each total moved."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ntmtrack import paths
from ntmtrack.commands import Session, history
from ntmtrack.commands.question import ReportOptions, resolve
from ntmtrack.commands.recount import counted_totals, label
from ntmtrack.dates import last_day, read_day
from ntmtrack.errors import BadDay, NoSuchAction, NoSuchFile, NothingToCount, NotThatWay, NoUnits, UnknownUnit
from ntmtrack.i18n import _, day, number
from ntmtrack.reports import Report
from ntmtrack.reports.ledger import FactChange, MovedFigure, actions_table, differences_report
from ntmtrack.storage import open
from ntmtrack.storage.address import Place, is_same, server_address
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.open import known_on, reading
from ntmtrack.storage.queries.actions import common_action, last_action
from ntmtrack.storage.queries.membership import members
from ntmtrack.storage.queries.proposals import whole_step
from ntmtrack.storage.queries.scopes import find_scope
from ntmtrack.storage.queries.units import inside, standing_on
from ntmtrack.text import unmarked


class Side(NamedTuple):
    """One of the two that are compared: a ledger as known after an action, and what it is called."""

    connection: Connection
    file: Place
    until: int
    name: str


def difference(session: Session, begins: str, ends: str | None, options: ReportOptions) -> Report:
    """What changed from `begins` to `ends`, each a day, an action or a ledger file; to now where `ends` is left out.

    Totals are those of the question `options`. Raises NotKnownYet, NoSuchFile, NotThatWay, and what `resolve` raises.
    """
    with ExitStack() as opened:
        side, other = (opened.enter_context(_side(session, word)) for word in (begins, ends))
        if is_same(side.file, other.file) and side.until > other.until:
            raise NotThatWay(begins=side.name, ends=other.name)
        if common_action(side.connection, other.connection) == side.until:
            whole = opened.enter_context(reading(other.file))
            who = history.doers(whole, side.until, other.until)
            changes = history.changes_between(whole, side.until, other.until, _within(session, other, options), who)
            done = history.lasting_actions(other.connection, side.until, other.until)
            if options.scope:
                doing = {key for change in changes for key in change.actions}
                done = [action for action in done if action.id in doing]
            doers = actions_table(done[::-1], _("By these actions"))
        else:
            changes, doers = _compared(session, side, other, options), None
        return differences_report(f"{side.name} → {other.name}", _moved(session, side, other, options), changes, doers)


@contextmanager
def _side(session: Session, word: str | None) -> Iterator[Side]:
    """One side, open for reading: the ledger of a file, or our own as known on a day; as it is now for None."""
    if word is not None and (file := _named_ledger(word)):
        with reading(file) as connection:
            yield Side(connection, file, last_action(connection), file.name)
        return
    with reading(session.file) as connection:
        until, name = _moment(connection, word, session.today)
    with open.reading_after(session.file, until) as connection:
        yield Side(connection, session.file, until, name)


def _moment(connection: Connection, word: str | None, today: date) -> tuple[int, str]:
    """The last action of one side and what that is called: now, a day, or after an action by its number."""
    last = last_action(connection)
    if word is not None and (action := _action(word)) is not None:
        if action > last:
            raise NoSuchAction(action=action, last=last)
        return whole_step(connection, action), _("action {action}").format(action=number(action))
    when = last_day(read_day(word)) if word is not None else None
    until = known_on(connection, when, today) if when else last
    return until, _("{day} (action {action})").format(day=day(when) if when else _("now"), action=number(until))


_ACTION = re.compile(r"(?:#|(?:thao tac|action)\s)\s*([0-9][0-9.,]*)|([0-9]{1,3})")  # four digits alone are a year


def _action(word: str) -> int | None:
    """The number of the action that a word names: "12", "#1000", "thao tác 1.000"; None of another word."""
    found = _ACTION.fullmatch(unmarked(word).casefold())
    return int(re.sub("[.,]", "", found[1] or found[2])) if found else None


def _named_ledger(word: str) -> Place | None:
    """The ledger that a word names, None for a day or an action; raises NoSuchFile, PasswordInAddress."""
    if server := server_address(word):
        return server
    if not _names_a_file(word):
        return None
    file = paths.expanded(word)
    if not file.exists():
        raise NoSuchFile(file=word)
    return file


def _names_a_file(word: str) -> bool:
    """Whether a word is a file's name rather than a day or an action."""
    if _action(word) is not None:
        return Path(word).is_file()
    try:
        read_day(word)
    except BadDay:
        return True
    return Path(word).is_file()


def _compared(session: Session, first: Side, second: Side, options: ReportOptions) -> list[FactChange]:
    """What two ledgers tell differently: facts are held together by unit and subject."""
    before, after = (
        history.described_facts(side.connection, _within(session, side, options)) for side in (first, second)
    )
    return history.pair_facts(before, after)


def _within(session: Session, side: Side, options: ReportOptions) -> set[int] | None:
    """The units that a question is about, in one ledger; None for all of them."""
    if options.scope is None:
        return None
    try:
        scope = find_scope(side.connection, options.scope, standing_on(session.today))
    except UnknownUnit:
        return set()
    return inside(side.connection, scope.id) | members(side.connection, scope.id, session.today)


def _moved(session: Session, side: Side, other: Side, options: ReportOptions) -> list[MovedFigure]:
    """The figures of every level on both sides, at the moment that is asked of the later one."""
    spec = resolve(other.connection, options, session.today)
    fixed = options if options.as_of else options._replace(year=spec.moment.day.year)
    before, after = _totals(side, fixed, session.today), counted_totals(other.connection, spec)
    return [
        MovedFigure(label(key, spec.view.programme), spec.moment.day, before.get(key), after.get(key))
        for key in dict.fromkeys((*after, *before))
    ]


def _totals(side: Side, options: ReportOptions, today: date) -> dict[str, int]:
    """The figures of one side; none where it had no such units."""
    try:
        return counted_totals(side.connection, resolve(side.connection, options, today))
    except (NoUnits, NothingToCount, UnknownUnit):
        return {}
