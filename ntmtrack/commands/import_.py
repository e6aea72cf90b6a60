"""`import`: a plan is made of a file, shown, then applied as one action, or refused with every cell named."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date

from ntmtrack.commands import Session
from ntmtrack.commands.form_replies import keep_faults, replies_in
from ntmtrack.commands.marked_copy import keep_copy
from ntmtrack.commands.name_review import review
from ntmtrack.errors import (
    BadRows,
    ChangedMeanwhile,
    DeniedTable,
    NotConfirmed,
    NtmError,
    OverEdits,
    PlannedFigures,
)
from ntmtrack.i18n import N_, _
from ntmtrack.ingest.columns import TableKind
from ntmtrack.ingest.detect import find_tables, without_hidden
from ntmtrack.ingest.options import ImportOptions, refuse_unfit
from ntmtrack.ingest.plan import FoundTables, ImportPlan, ImportTerms, Waiting
from ntmtrack.ingest.summary import report_of
from ntmtrack.ingest.titles import denying_text, planned_text
from ntmtrack.ingest.unread import refuse_unread_marks, refuse_untold
from ntmtrack.spreadsheets import ranges
from ntmtrack.spreadsheets.open import open_book
from ntmtrack.spreadsheets.source import STDIN, read_source
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.actions import last_done
from ntmtrack.storage.snapshots import set_aside_before
from ntmtrack.streams import kept_remarks, remark
from ntmtrack.text import few

Opening = Callable[[], AbstractContextManager[Connection | None]]
_LARGE, _MANY = 200_000, 2_000  # bytes, rows: more take about a second
_MOST_ODD = 10  # figures told one by one
_WORTH_A_COPY = 100  # facts: more are a province at once
# What is asked of a table whose own words deny it.
_OF_DENIED = {
    TableKind.RECOGNITIONS: N_(
        "{place} “{text}” speaks of what is planned, not recognised or no more. Do its units stand?"
    ),
    TableKind.PUBLISHED: N_("{place} “{text}” speaks of what is planned. Were its figures published as results?"),
    TableKind.VALUES: N_("{place} “{text}” speaks of what is planned. Are its values results?"),
    TableKind.ASSESSMENTS: N_("{place} “{text}” speaks of what is planned. Are its values results?"),
}


def import_file(session: Session, options: ImportOptions) -> int | None:
    """Takes a file in; gives the action, None where there was nothing to write.

    Raises what reading it may raise, BadRows, NotConfirmed, ChangedMeanwhile.
    """
    found_tables = read_tables(options, session.waiting)
    if found_tables is None:
        from ntmtrack.commands.roadmap_import import import_roadmap

        import_roadmap(session, options.word, dry_run=options.dry_run)
        return None
    found_tables = _in_sight(session, options, found_tables)
    try:
        plan = _agreed_plan(session, options, found_tables)
        if options.is_shown:
            session.show(report_of(found_tables, plan), options.format, options.output)
        return _apply(session, options, found_tables, plan)
    except NtmError as refused:
        if refused.exit_code == BadRows.exit_code and not options.dry_run:
            keep_faults(session, found_tables, refused)
        raise


# Making the plan: nothing is asked or said ------------------------------------------------------------------------


def read_tables(options: ImportOptions, waiting: Waiting) -> FoundTables | None:
    """The tables of the file; None where it is a roadmap; raises what reading and `find_tables` may, OnlyForTables."""
    what, found_tables = TableKind.ROADMAP, None
    if not options.word.lower().endswith(".toml"):
        source = read_source(options.word)
        with waiting(_("Reading {file}").format(file=source.name), wanted=len(source.data) > _LARGE):
            book = open_book(source)
            what, tables = find_tables(book, options)
        found_tables = FoundTables(book, what, tables, options) if what is not TableKind.ROADMAP else None
    refuse_unfit(what, options)
    return found_tables


def make_plan(read: FoundTables, opening: Opening, waiting: Waiting, terms: ImportTerms) -> ImportPlan:
    """What the tables would do to the ledger that is opened.

    Raises UnitsUnread, TitleOfOtherProvince, ScopeNeeded; MarksUnread, NoLevelTold, NoYearTold, NeitherTold,
    SheetsDiffer where recognitions would be lost, or guessed.
    """
    if read.what is TableKind.RECOGNITIONS:
        refuse_unread_marks(read.name, read.tables)
        refuse_untold(read.name, read.tables, read.options)
    with waiting(_("Checking against the ledger"), wanted=read.rows > _MANY), opening() as connection:
        with kept_remarks() as notes:
            plan = _plan_of_kind(read, connection, terms)
        return plan._replace(notes=notes, last=last_done(connection) if connection else 0)


def _plan_of_kind(found_tables: FoundTables, connection: Connection | None, terms: ImportTerms) -> ImportPlan:
    """The plan of a kind of table; each loads what it needs."""
    if found_tables.what is TableKind.UNITS:
        from ntmtrack.ingest.plan_units import plan_units

        return plan_units(connection, found_tables.tables, terms)
    assert connection is not None
    if found_tables.what is TableKind.CHANGES:
        from ntmtrack.ingest.plan_changes import plan_changes

        return plan_changes(connection, found_tables.tables, terms)
    if found_tables.what is TableKind.GROUPS:
        from ntmtrack.ingest.plan_marks import plan_marks

        return plan_marks(connection, found_tables.tables, terms)
    if found_tables.what is TableKind.CRITERIA:
        from ntmtrack.ingest.plan_criteria import plan_criteria

        return plan_criteria(connection, found_tables.tables, terms)
    if found_tables.what is TableKind.VALUES:
        from ntmtrack.ingest.plan_values import plan_values

        return plan_values(connection, found_tables.tables, terms)
    if found_tables.what in (TableKind.REGISTRATIONS, TableKind.ENTRIES, TableKind.AWARDS):
        return _plan_of_emulation(found_tables, connection, terms)
    if found_tables.what is TableKind.PUBLISHED:
        from ntmtrack.ingest.plan_published import plan_published

        plan = plan_published(connection, found_tables.tables, terms)
        return plan._replace(remarks=_odd_figures(connection, plan, terms.today))
    if found_tables.what is TableKind.ASSESSMENTS:
        from ntmtrack.ingest.plan_assessments import plan_assessments

        return plan_assessments(connection, found_tables.tables, terms)
    from ntmtrack.ingest.plan_facts import plan_recognitions

    return plan_recognitions(connection, found_tables.tables, terms)


def _plan_of_emulation(found_tables: FoundTables, connection: Connection, terms: ImportTerms) -> ImportPlan:
    """The same of what is kept of a movement."""
    if found_tables.what is TableKind.REGISTRATIONS:
        from ntmtrack.ingest.plan_registrations import plan_registrations

        return plan_registrations(connection, found_tables.tables, terms)
    if found_tables.what is TableKind.ENTRIES:
        from ntmtrack.ingest.plan_entries import plan_entries

        return plan_entries(connection, found_tables.tables, terms)
    from ntmtrack.ingest.plan_awards import plan_awards

    return plan_awards(connection, found_tables.tables, terms)


def _odd_figures(connection: Connection, plan: ImportPlan, today: date) -> list[str]:
    """What the figures that would be kept do not come of, the first of many."""
    from ntmtrack.commands.printed_shares import odd_figures

    odd = [text for scope, figures in plan.published for text in odd_figures(connection, scope, figures, today)]
    more = len(odd) - _MOST_ODD
    return [*odd[:_MOST_ODD], *([f"… (+{more})"] if more > 0 else [])]


# Asking and saying ------------------------------------------------------------------------------------------------


def _confirm_denied(session: Session, options: ImportOptions, found_tables: FoundTables) -> None:
    """A table whose title, or sheet's name, denies what it tells is taken only when somebody says that it stands."""
    is_answered = options.yes and not options.folder  # of one file, by somebody who has looked at it
    question = _OF_DENIED.get(found_tables.what)
    find = planned_text if found_tables.what is TableKind.ASSESSMENTS else denying_text
    denying = find(found_tables.tables) if question and not is_answered else None
    if question is None or denying is None:
        return
    if not _can_ask(session, options):
        refusal = DeniedTable if found_tables.what is TableKind.RECOGNITIONS else PlannedFigures
        raise refusal(file=found_tables.name, **denying._asdict())
    if not session.ask(_(question).format(**denying._asdict())):
        raise NotConfirmed


def _in_sight(session: Session, options: ImportOptions, found_tables: FoundTables) -> FoundTables:
    """The tables without their hidden rows, where somebody says so."""
    tables = found_tables.tables
    hidden = [
        f"{table.sheet.name}: {ranges(table.hidden)}" if len(tables) > 1 else ranges(table.hidden)
        for table in tables
        if table.hidden
    ]
    question = _("Hidden rows hold units too: {rows}. Leave them out?").format(rows="; ".join(hidden))
    if not hidden or options.yes or not _can_ask(session, options) or not session.ask(question):
        return found_tables
    _repeat(session, options, "--skip-hidden")
    return found_tables._replace(tables=[*map(without_hidden, tables)])


def _repeat(session: Session, options: ImportOptions, option: str) -> None:
    """Has the command that is told say what was answered of its one file."""
    if not options.folder:
        session.settled.append(option)


def _agreed_plan(session: Session, options: ImportOptions, found_tables: FoundTables) -> ImportPlan:
    """The plan of the tables; names that fit only nearly, and what remarks say was taken back, only as agreed."""
    _confirm_denied(session, options, found_tables)
    if found_tables.is_open_elsewhere:
        open_elsewhere = _("{file} is open in another program: what is not saved there was not read.")
        session.say(open_elsewhere.format(file=found_tables.name))
    terms = ImportTerms(
        *(options.defaults, session.today, found_tables.name, options.scope),
        by_title=options.all_sheets,
        of_set=options.of_set,
        on_day=options.on_day,
    )
    begins = found_tables.what is TableKind.UNITS  # which may begin a ledger
    opening = session.maybe_reading if begins else session.reading
    plan = make_plan(found_tables, opening, session.waiting, terms)
    for note in plan.notes:
        remark(note)
    while _can_ask(session, options) and not options.yes and plan.doubts:
        terms = terms._replace(settled={**terms.settled, **review(session, plan.doubts)})
        plan = make_plan(found_tables, opening, session.waiting, terms)
    near = [f"{name.ref.address}  “{name.typed}” → {name.meant} ({name.how})" for name in plan.near]
    of_near = _("These names fit only nearly:"), near, _("Are these the units meant? (no: each is asked by itself)")
    accepts_near = options.accept_near or _confirms(session, options, *of_near)
    if near and accepts_near and not options.accept_near:
        _repeat(session, options, "--accept-near")
    if not accepts_near and _can_ask(session, options):
        terms = terms._replace(settled={**terms.settled, **review(session, plan.near)})
        plan, accepts_near = make_plan(found_tables, opening, session.waiting, terms), True
    of_revoked = (
        _("Remarks say that these were taken back:"),
        plan.revoked,
        _("Record them as recognised and then revoked?"),
    )
    refused = terms._replace(
        refuse_near=not accepts_near,
        refuse_revoked=not _confirms(session, options, *of_revoked),
    )
    return plan if refused == terms else make_plan(found_tables, opening, session.waiting, refused)


def _confirms(session: Session, options: ImportOptions, heading: str, lines: Sequence[str], question: str) -> bool:
    """Whether somebody at a terminal says yes to what the lines tell, if there are any."""
    if not lines:
        return True
    if not _can_ask(session, options):
        return False
    for text in (heading, *(f"  {line}" for line in lines)):
        session.say(text)
    return session.ask(question)


def _can_ask(session: Session, options: ImportOptions) -> bool:
    return session.can_ask and options.word != STDIN


# Faults back to the sender ----------------------------------------------------------------------------------------


def _refuse_errors(session: Session, options: ImportOptions, found_tables: FoundTables, plan: ImportPlan) -> bool:
    """Refuses a file with errors, unless its other rows are wanted; either way writes the marked copy.

    Whether somebody was asked and wants them written.
    """
    if not plan.faults:
        return False
    may_ask = _can_ask(session, options) and not (options.skip_bad or options.yes or options.dry_run)
    agrees = may_ask and plan.facts > 0 and session.ask(_("Write the right rows and leave the wrong ones out?"))
    copied = keep_copy(session, options, found_tables, plan)
    if not (options.skip_bad or agrees):
        or_skip = "." if may_ask and plan.facts else _(", or leave those rows out: --skip-bad")
        raise BadRows(file=found_tables.name, count=len(plan.faults), copy=copied, or_skip=or_skip)
    if agrees:
        _repeat(session, options, "--skip-bad")
    if copied:
        session.say(copied.strip())
    return agrees


# Applying ---------------------------------------------------------------------------------------------------------


def _apply(session: Session, options: ImportOptions, found_tables: FoundTables, plan: ImportPlan) -> int | None:
    """Writes the plan as one action once somebody agrees, and gives it; None where there is nothing to write.

    Raises BadRows, NotConfirmed, OverEdits, ChangedMeanwhile.
    """
    agrees = _refuse_errors(session, options, found_tables, plan)
    replies = replies_in(session, found_tables, plan)
    if not plan.facts and not any(reply.is_news for reply in replies):
        all_held = _("Nothing to write: the ledger holds all of it already.")
        session.say(all_held if plan.same else _("Nothing to write: the table tells nothing that could be taken in."))
        return None
    if not options.dry_run:
        _confirm_over_edits(session, options, plan, found_tables.name)
        asks = _can_ask(session, options) and not (options.yes or agrees)
        if asks and not session.ask(_("Write this to the ledger?")):
            raise NotConfirmed
        if plan.facts >= _WORTH_A_COPY and plan.last:
            copy = set_aside_before(session.file, "import", session.now)
            if copy:
                session.say(_("A copy of the ledger as it was: {file}").format(file=copy))
    waiting = session.waiting(_("Writing"), wanted=plan.facts > _MANY and not options.dry_run)
    with waiting, session.acting("import", create=plan.last == 0, dry_run=options.dry_run) as ledger:
        if ledger.action_id != plan.last + 1 and not options.dry_run:
            raise ChangedMeanwhile
        plan.write(ledger)
        for reply in replies:
            reply.write(ledger)
        ledger.summary = ", ".join((plan.summary(found_tables), *(reply.words for reply in replies)))
        return ledger.action_id


def _confirm_over_edits(session: Session, options: ImportOptions, plan: ImportPlan, name: str) -> None:
    """A correction that somebody made with a reason is taken back only where that is said in so many words."""
    units = list(dict.fromkeys(plan.over_edits))
    if not units or options.over_edits:
        return
    named = few(units, 5)
    if not _can_ask(session, options):
        raise OverEdits(file=name, units=named)
    if not session.ask(
        _("This takes back corrections made with a reason: {units}. Take them back?").format(units=named)
    ):
        raise NotConfirmed
