"""`import`: a file read, weighed, shown, then written as one action, or refused with every cell named."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ntmtrack.errors import (
    BadRows,
    ChangedMeanwhile,
    DeniedTable,
    FileBusy,
    NotConfirmed,
    OverEdits,
)
from ntmtrack.i18n import _, ngettext, number
from ntmtrack.office.imports.denied_tables import denying_text
from ntmtrack.office.imports.request import Request, refuse_unfit
from ntmtrack.office.imports.shown import report_of
from ntmtrack.office.imports.tables_found import find_tables, hidden_tables
from ntmtrack.office.imports.unread_marks import refuse_unread_marks
from ntmtrack.office.imports.untold import refuse_untold
from ntmtrack.office.imports.weighed import Near, Outcome, Terms, Weighed
from ntmtrack.office.invocation import Invocation
from ntmtrack.office.roadmaps import maybe_reading
from ntmtrack.sheets.annotating import annotate, free_name, is_too_large
from ntmtrack.sheets.books import Book
from ntmtrack.sheets.fault_column import Marked
from ntmtrack.sheets.fields import What
from ntmtrack.sheets.grids import open_book
from ntmtrack.sheets.sources import STDIN, is_open_elsewhere, read_source
from ntmtrack.sheets.tables import Table
from ntmtrack.storage.copies import set_aside
from ntmtrack.storage.queries.ledger import last_action
from ntmtrack.text import few

if TYPE_CHECKING:
    import sqlite3

_LARGE, _MANY = 200_000, 2_000  # bytes, rows: more take about a second
_WORTH_A_COPY = 100  # facts: more are a province at once


def take_in(call: Invocation, request: Request) -> None:
    """Takes a file in; raises what reading it may raise, BadRows, NotConfirmed, ChangedMeanwhile."""
    if request.word.lower().endswith(".toml"):
        _take_in_roadmap(call, request)
        return
    source = read_source(request.word)
    with call.waiting(_("Reading {file}").format(file=source.name), wanted=len(source.data) > _LARGE):
        book = open_book(source)
        what, tables = find_tables(book, request.choice)
    if what is What.ROADMAP:
        _take_in_roadmap(call, request)
        return
    refuse_unfit(what, request)
    if what is What.RECOGNITIONS:
        _refuse_denied(call, book, tables, request)
        refuse_unread_marks(source.name, tables)
        refuse_untold(source.name, tables, request.choice)
    if source.path and is_open_elsewhere(source.path):
        call.say(_("{file} is open in another program: what is not saved there was not read.").format(file=source.name))
    outcome, last = _weighed(call, request, what, tables)
    hidden = hidden_tables(book, what, request.choice)
    call.show(report_of(book, what, tables, outcome.weighed, hidden), request.format, request.output)
    if errors := outcome.weighed.errors:
        copied = _copy(call, request, book, tables, outcome)
        if not request.skip_bad:
            raise BadRows(file=source.name, count=number(len(errors)), copy=copied)
        if copied:
            call.say(copied.strip())
    _write(call, request, outcome, last, source.name)


def _take_in_roadmap(call: Invocation, request: Request) -> None:
    from ntmtrack.office.roadmap_import import take_in as take_in_roadmap

    refuse_unfit(What.ROADMAP, request)
    take_in_roadmap(call, request.word, replace=False, dry_run=request.dry_run)


def _refuse_denied(call: Invocation, book: Book, tables: list[Table], request: Request) -> None:
    """A table whose title, or sheet's name, denies its units is taken only when somebody says that they stand."""
    found = denying_text(tables)
    if found is None or request.yes:
        return
    question = _("{place} “{text}” speaks of what is planned, not recognised or no more. Do its units stand?")
    if not (call.can_ask and request.word != STDIN and call.ask(question.format(**found._asdict()))):
        raise DeniedTable(file=book.source.name, **found._asdict())


# Weighing ------------------------------------------------------------------------------------------------------


def _weighed(call: Invocation, request: Request, what: What, tables: list[Table]) -> tuple[Outcome, int]:
    """What the tables would do, and the ledger's last action then.

    Names that fit only nearly are asked about, and what remarks say was taken back.
    """
    terms = _terms(call, request)
    outcome, last = _weigh_once(call, what, tables, terms)
    near, revoked = outcome.weighed.near, outcome.weighed.revoked
    refused = terms._replace(
        refuse_near=bool(near and not request.accept_near and not _confirms_near(call, request, near)),
        refuse_revoked=bool(revoked and not _confirms_revoked(call, request, revoked)),
    )
    return (outcome, last) if refused == terms else _weigh_once(call, what, tables, refused)


def _terms(call: Invocation, request: Request) -> Terms:
    name = Path(request.word).name if request.word != STDIN else _("standard input")
    return Terms(request.defaults, call.today, name, scope=request.scope)


def _weigh_once(call: Invocation, what: What, tables: list[Table], terms: Terms) -> tuple[Outcome, int]:
    large = sum(len(table.rows) for table in tables) > _MANY
    opened = maybe_reading(call) if what is What.UNITS else call.reading()  # units may begin a ledger
    with call.waiting(_("Checking against the ledger"), wanted=large), opened as connection:
        return _weigh(what, connection, tables, terms), last_action(connection) if connection else 0


def _weigh(what: What, connection: "sqlite3.Connection | None", tables: list[Table], terms: Terms) -> Outcome:
    """By the kind of table; each loads what it needs."""
    if what is What.UNITS:
        from ntmtrack.office.imports.units import weigh as weigh_units

        return weigh_units(connection, tables, terms)
    assert connection is not None
    if what is What.PUBLISHED:
        from ntmtrack.office.imports.published import weigh as weigh_published

        return weigh_published(connection, tables, terms)
    from ntmtrack.office.imports.other_provinces import refuse_other_province
    from ntmtrack.office.imports.recognitions import weigh

    refuse_other_province(connection, tables, terms)
    return weigh(connection, tables, terms)


def _confirms_near(call: Invocation, request: Request, near: list[Near]) -> bool:
    lines = [f"{one.spot.address}  “{one.typed}” → {one.meant} ({one.how})" for one in near]
    return _confirms(call, request, _("These names fit only nearly:"), lines, _("Are these the units meant?"))


def _confirms_revoked(call: Invocation, request: Request, revoked: Sequence[str]) -> bool:
    said, question = _("Remarks say that these were taken back:"), _("Record them as recognised and then revoked?")
    return _confirms(call, request, said, revoked, question)


def _confirms(call: Invocation, request: Request, said: str, lines: Sequence[str], question: str) -> bool:
    """Whether somebody at a terminal says yes to what the lines tell."""
    if not call.can_ask or request.word == STDIN:
        return False
    for text in (said, *(f"  {line}" for line in lines)):
        call.say(text)
    return call.ask(question)


# Faults back to the sender --------------------------------------------------------------------------------------


def _copy(call: Invocation, request: Request, book: Book, tables: list[Table], outcome: Outcome) -> str:
    """Writes the marked copy; what to say of it, "" where none was wanted."""
    path = book.source.path
    if request.no_copy or (request.copy is None and (path is None or request.dry_run)):
        return ""
    sheets = [Marked(table.sheet, table.head.top, table.head.bottom) for table in tables]
    if is_too_large(book):
        return _("The file is too large for a marked copy. ")
    target = request.copy or free_name(path or Path(), request.choice.sheets)
    try:
        lost = annotate(book, sheets, outcome.weighed.errors, target)
    except FileBusy as refused:
        if request.copy:
            raise
        call.say(_("No marked copy: {why}").format(why=refused.lines()[0]))
        return ""
    text = _("Marked copy to send back: {file}{lost}. ")
    return text.format(file=target, lost=f" ({lost})" if lost else "")


# Writing -------------------------------------------------------------------------------------------------------


def _write(call: Invocation, request: Request, outcome: Outcome, last: int, name: str) -> None:
    weighed = outcome.weighed
    if not weighed.writes:
        held = _("Nothing to write: the ledger holds all of it already.")
        call.say(held if weighed.same else _("Nothing to write: the table tells nothing that could be taken in."))
        return
    done = summary(outcome, name)
    if request.dry_run:
        with call.acting("import", create=last == 0, dry_run=True) as ledger:
            outcome.write(ledger)
            ledger.summary = done
        return
    _confirm_over_edits(call, request, weighed, name)
    asks = call.can_ask and request.word != STDIN and not request.yes
    if asks and not call.ask(_("Write this to the ledger?")):
        raise NotConfirmed
    facts = len(weighed.new) + len(weighed.changed)
    if facts >= _WORTH_A_COPY and last:
        copy = set_aside(call.file, "import", call.now)
        call.say(_("A copy of the ledger as it was: {file}").format(file=copy))
    large = facts > _MANY
    with call.waiting(_("Writing"), wanted=large), call.acting("import", create=last == 0) as ledger:
        if ledger.action_id != last + 1:
            raise ChangedMeanwhile
        outcome.write(ledger)
        ledger.summary = done


def _confirm_over_edits(call: Invocation, request: Request, weighed: Weighed, name: str) -> None:
    """A correction that somebody made with a reason is taken back only where that is said in so many words."""
    units = list(dict.fromkeys(weighed.over_edits))
    if not units or request.over_edits:
        return
    named = few(units, 5)
    if not call.can_ask or request.word == STDIN:
        raise OverEdits(file=name, units=named)
    if not call.ask(_("This takes back corrections made with a reason: {units}. Take them back?").format(units=named)):
        raise NotConfirmed


def summary(outcome: Outcome, name: str) -> str:
    """What an import does, in one line for the history."""
    weighed = outcome.weighed
    parts = [_("imported {file}").format(file=name)]
    if weighed.new:
        text = ngettext("{count} new {what}", "{count} new {what}", len(weighed.new))
        parts.append(text.format(count=number(len(weighed.new)), what=outcome.what.label))
    if weighed.changed:
        text = ngettext("{count} corrected", "{count} corrected", len(weighed.changed))
        parts.append(text.format(count=number(len(weighed.changed))))
    if weighed.same:
        parts.append(_("{count} unchanged").format(count=number(len(weighed.same))))
    if weighed.errors:
        parts.append(_("{count} places left out").format(count=number(len(weighed.errors))))
    return ", ".join(parts)
