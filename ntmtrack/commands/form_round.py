"""`template --all`: a round of forms, one for each unit asked, with what is on record to be corrected and added to."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, NoReturn

from ntmtrack.commands import Session
from ntmtrack.commands.form_deadline import is_put_off, open_before, refuse_gone
from ntmtrack.commands.form_recipients import FormRecipient, everyone_asked
from ntmtrack.commands.form_rows import ACTS, Recorded, form_rows, standing
from ntmtrack.commands.letterhead import LetterheadOptions, letterhead
from ntmtrack.commands.question import ReportOptions, ReportSpec, resolve
from ntmtrack.commands.template import of_today, offered_levels
from ntmtrack.errors import (
    ChangedMeanwhile,
    FileInUse,
    NoSuchRound,
    NoUnits,
    unwritable,
)
from ntmtrack.file_names import safe_name
from ntmtrack.files import refuse_foreign, replace_all
from ntmtrack.i18n import N_, _, day, number
from ntmtrack.ingest.form_mark import PROPERTY, FormMark
from ntmtrack.ingest.round_form import FormTerms, RoundForm, make_book
from ntmtrack.programmes import every
from ntmtrack.spreadsheets.source import is_open_elsewhere
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.actions import keeps_choices, last_done, setting
from ntmtrack.storage.queries.form_rounds import FormRound, every_round, last_number, ledger_mark
from ntmtrack.storage.queries.recognitions import recognitions_by_unit
from ntmtrack.text import clean
from ntmtrack.ways import way

_WORDS = {"agency": N_("agency"), "contact": N_("contact")}


class RoundRequest(NamedTuple):
    """Where the forms go, about which units, one for each of what, what is told of the round; None where not typed.

    `number` is that of the round that they are of.
    """

    folder: Path
    options: ReportOptions
    by: str | None = None
    deadline: date | None = None
    agency: str | None = None
    contact: str | None = None
    number: int | None = None


class _Round(NamedTuple):
    """A round made ready: how it is remembered, and was until now; its forms, what they share, what is to be kept.

    It holds of the ledger as it was after its action `last`.
    """

    asked: FormRound
    before: FormRound | None
    forms: Sequence[RoundForm]
    terms: FormTerms
    scope: str
    to_keep: Mapping[str, str]
    last: int


def send_forms(session: Session, request: RoundRequest) -> None:
    """Writes the forms of a round, all or none, and keeps whom they ask.

    Raises DeadlineGone, NoSuchRound, NoUnits, FileInUse, ChangedMeanwhile, and what `replacing` and `resolve` raise.
    """
    with session.reading(as_known=False) as connection:
        planned = _round_of(connection, session, request)
        open_round = None if planned.before else open_before(connection, planned.asked)
    if open_round and session.can_ask and is_put_off(session, open_round):
        session.settled += ["--round", str(open_round.number)]
        with session.reading(as_known=False) as connection:
            planned = _round_of(connection, session, request._replace(number=open_round.number))
    due = planned.asked.deadline
    refuse_gone(due, session.today)
    for form in planned.forms:
        refuse_foreign(form.file)
        if form.file.exists() and is_open_elsewhere(form.file):
            raise FileInUse(file=form.file)
    with session.waiting(_("Writing {file} …").format(file=request.folder), wanted=True):
        _write_and_keep(session, request.folder, planned)
    count = number(len(planned.forms))
    text = _(
        "Wrote {count} forms in {folder}: round {round}, {scope}{due}. Put the returns into a folder of their own and"
        " take them in with: {way}"
    )
    due_words = _(", due {day}").format(day=day(due)) if due else ""
    session.say(
        text.format(
            count=count,
            folder=request.folder,
            round=planned.asked.number,
            scope=planned.scope,
            due=due_words,
            way=way(_("ntmtrack import FOLDER"), _("“Send forms”, “Take in what came back”")),
        )
    )
    if open_round and not session.can_ask:
        text = _("{waiting} If these are still its forms: ntmtrack undo, then add --round {round}")
        session.say(text.format(waiting=open_round.words, round=open_round.number))


def _write_and_keep(session: Session, folder: Path, planned: _Round) -> None:
    """Writes the forms and keeps the round, both or neither."""
    contents = {form.file: make_book(form, planned.terms) for form in planned.forms}
    kept = dict(planned.to_keep)
    if planned.asked != planned.before:
        kept[planned.asked.key] = planned.asked.value
    if not kept:
        _write(folder, contents)
        return
    with session.acting("template") as ledger:
        if ledger.action_id != planned.last + 1:
            raise ChangedMeanwhile
        for key, value in kept.items():
            ledger.set(key, value)
        words = [f"{_(_WORDS[key])} “{value}”" for key, value in planned.to_keep.items()]
        if planned.asked.key in kept:
            first, again = _("round {round} of forms, {count} forms"), _("round {round} of forms, {count} written anew")
            sent = again if planned.before else first
            words.insert(0, sent.format(round=planned.asked.number, count=len(planned.forms)))
            if planned.before and planned.asked.deadline and planned.asked.deadline != planned.before.deadline:
                words.insert(1, _("due {day}").format(day=day(planned.asked.deadline)))
        ledger.summary = "; ".join(words)
        _write(folder, contents)


def _write(folder: Path, contents: Mapping[Path, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise unwritable(folder, wrong) from wrong
    replace_all(contents)


# Making the round -------------------------------------------------------------------------------------------------


def _round_of(connection: Connection, session: Session, request: RoundRequest) -> _Round:
    spec = resolve(connection, of_today(connection, request.options, session.today), session.today)
    asked = [*everyone_asked(connection, spec, request.by)]
    if not asked:
        raise NoUnits(scope=spec.scope_name)
    rounds = every_round(connection)
    recorded = recognitions_by_unit(connection)
    titles = {one.id: one.title for one in asked}
    listed = {one.id: [held.id for unit in one.units for held in standing(recorded, unit) if held.id] for one in asked}
    new = FormRound(0, session.today, request.deadline, spec.moment.day.year, titles, listed)
    before = _before(rounds, new, request.number)
    this = before.with_forms(new) if before else new._replace(number=last_number(connection) + 1)
    forms = [*_forms(ledger_mark(connection), request, spec, this, asked, recorded)]
    typed, kept = LetterheadOptions(request.agency), setting(connection, "contact") or ""
    contact = kept if request.contact is None else clean(request.contact)
    to_keep = typed.to_keep(connection) | (
        {"contact": contact} if contact != kept and keeps_choices(connection) else {}
    )
    agency = letterhead(connection, spec, typed).agency
    terms = _terms(connection, spec, this._replace(sent=session.today), (agency, contact), forms)
    return _Round(this, before, forms, terms, spec.scope_name, to_keep, last_done(connection))


def _before(rounds: Sequence[FormRound], new: FormRound, asked: int | None) -> FormRound | None:
    """The round, as it was, that forms written now are of; None for a new one; raises NoSuchRound."""
    if asked is not None:
        return next((one for one in rounds if one.number == asked), None) or _refuse_round(rounds, asked)
    return rounds[-1] if rounds and new.continues(rounds[-1]) else None


def _refuse_round(rounds: Sequence[FormRound], asked: int) -> NoReturn:
    raise NoSuchRound(round=asked, known=", ".join(str(one.number) for one in rounds) or _("none"))


def _terms(
    connection: Connection,
    spec: ReportSpec,
    told: FormRound,
    asked_by: tuple[Sequence[str], str],
    forms: Sequence[RoundForm],
) -> FormTerms:
    province = units.sole_province(connection, spec.moment.units_on)
    agency, contact = asked_by
    levels = offered_levels(spec)
    levels += [row.level for form in forms for row in form.rows if row.level]
    return FormTerms(
        sender=agency or [f"UBND {province.title if province else 'tỉnh'}"],  # Vietnamese, as the form is
        told_on=told.sent,
        deadline=f"{told.deadline:%d/%m/%Y}" if told.deadline else "",
        contact=contact,
        levels=list(dict.fromkeys(levels)),
        acts=list(ACTS.values()),
        first_year=every()[0].first_year,
        last_year=(told.deadline or told.sent).year,
    )


def _forms(
    mark: str,
    request: RoundRequest,
    spec: ReportSpec,
    this: FormRound,
    asked: Sequence[FormRecipient],
    recorded: Recorded,
) -> Iterator[RoundForm]:
    """The forms with their files, of which no two share a name on any system."""
    for one, name in zip(asked, _file_names(asked), strict=True):
        code = FormMark(this.number, one.id, mark).code
        rows = [row for unit in one.units for row in form_rows(unit, standing(recorded, unit))]
        told = {"scope": spec.scope_name, "unit": one.title, "year": str(this.year), "round": str(this.number)}
        yield RoundForm(
            file=request.folder / name,
            asked=one.answers,
            code=code,
            units=[unit.full_title for unit in one.units],
            rows=rows,
            properties={PROPERTY: code, **told},
        )


def _file_names(asked: Sequence[FormRecipient]) -> Iterator[str]:
    """The name of each one's form: by its title, and by its id too where others would have the same."""
    names = [safe_name(f"Biểu {one.title}", ".xlsx") for one in asked]
    borne = Counter(name.casefold() for name in names)
    for one, name in zip(asked, names, strict=True):
        yield name if borne[name.casefold()] == 1 else safe_name(f"Biểu {one.full_title}", f" {one.id}.xlsx")
