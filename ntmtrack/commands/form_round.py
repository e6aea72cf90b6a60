"""`template --all`: a round of forms, one for each unit asked, with what is on record to be corrected and added to."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.export import LetterheadOptions, letterhead
from ntmtrack.commands.form_recipients import FormRecipient, everyone_asked
from ntmtrack.commands.form_rows import ACTS, Recorded, form_rows, standing
from ntmtrack.commands.question import ReportOptions, ReportSpec, resolve
from ntmtrack.errors import ChangedMeanwhile, DeadlineGone, FileInUse, NoUnits, unwritable
from ntmtrack.file_names import safe_name
from ntmtrack.files import refuse_foreign, replace_all
from ntmtrack.i18n import N_, _, day, number
from ntmtrack.ingest.form_mark import PROPERTY, FormMark
from ntmtrack.ingest.round_form import FormTerms, RoundForm, make_book
from ntmtrack.model import Tier
from ntmtrack.programmes import DEFAULT, every, programme
from ntmtrack.spreadsheets.source import is_open_elsewhere
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.actions import last_action, setting
from ntmtrack.storage.queries.form_rounds import FormRound, every_round, last_number, ledger_mark
from ntmtrack.storage.queries.recognitions import recognitions_by_unit
from ntmtrack.text import clean

_WORDS = {"agency": N_("agency"), "contact": N_("contact")}


class RoundRequest(NamedTuple):
    """Where the forms go, about which units, one for each of what, what is told of the round; None where not typed."""

    folder: Path
    options: ReportOptions
    by: str | None = None
    deadline: date | None = None
    agency: str | None = None
    contact: str | None = None


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

    Raises DeadlineGone, NoUnits, FileInUse, ChangedMeanwhile, and what `replacing` and `resolve` raise.
    """
    if request.deadline and request.deadline < session.today:
        raise DeadlineGone(day=day(request.deadline), today=day(session.today))
    with session.reading(as_known=False) as connection:
        planned = _round_of(connection, session, request)
    for form in planned.forms:
        refuse_foreign(form.file)
        if form.file.exists() and is_open_elsewhere(form.file):
            raise FileInUse(file=form.file)
    with session.waiting(_("Writing {file} …").format(file=request.folder), wanted=True):
        _write_and_keep(session, request.folder, planned)
    count, due = number(len(planned.forms)), planned.asked.deadline
    text = _(
        "Wrote {count} forms in {folder}: round {round}, {scope}{due}. Put the returns into a folder of their own and"
        " take them in with: ntmtrack import FOLDER"
    )
    due_words = _(", due {day}").format(day=day(due)) if due else ""
    session.say(
        text.format(count=count, folder=request.folder, round=planned.asked.number, scope=planned.scope, due=due_words)
    )


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
        ledger.summary = "; ".join(words)
        _write(folder, contents)


def _write(folder: Path, contents: Mapping[Path, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise unwritable(folder, wrong) from wrong
    replace_all(contents)


# Making the round -------------------------------------------------------------------------------------------------


def _round_of(connection: sqlite3.Connection, session: Session, request: RoundRequest) -> _Round:
    spec = resolve(connection, _of_today(connection, request.options, session.today), session.today)
    asked = [*everyone_asked(connection, spec, request.by)]
    if not asked:
        raise NoUnits(scope=spec.scope_name)
    rounds = every_round(connection)
    recorded = recognitions_by_unit(connection)
    titles = {one.id: one.title for one in asked}
    listed = {one.id: [held.id for unit in one.units for held in standing(recorded, unit) if held.id] for one in asked}
    new = FormRound(0, session.today, request.deadline, spec.moment.day.year, titles, listed)
    last = rounds[-1] if rounds else None
    before = last if last and new.continues(last) else None
    this = before.with_listed(listed) if before else new._replace(number=last_number(connection) + 1)
    forms = [*_forms(ledger_mark(connection), request, spec, this, asked, recorded)]
    typed, kept = LetterheadOptions(request.agency), setting(connection, "contact") or ""
    contact = kept if request.contact is None else clean(request.contact)
    to_keep = typed.to_keep(connection) | ({"contact": contact} if contact != kept else {})
    agency = letterhead(connection, spec, typed).agency
    terms = _terms(connection, spec, new, (agency, contact), forms)
    return _Round(this, before, forms, terms, spec.scope_name, to_keep, last_action(connection))


def _of_today(connection: sqlite3.Connection, options: ReportOptions, today: date) -> ReportOptions:
    """Asked of the units that stand today, whom a form reaches; where none do, of those at the programme's end.

    Whatever was recorded last: else a fact of a later year would make a round that goes on another.
    """
    if options.year is not None:
        return options
    last = programme(setting(connection, "programme") or DEFAULT).last_year
    stands = units.every_unit(connection, today, tier=Tier.COMMUNE)
    return options._replace(year=today.year if stands else min(today.year, last))


def _terms(
    connection: sqlite3.Connection,
    spec: ReportSpec,
    told: FormRound,
    asked_by: tuple[Sequence[str], str],
    forms: Sequence[RoundForm],
) -> FormTerms:
    province = units.sole_province(connection, spec.moment.units_on)
    agency, contact = asked_by
    period = spec.view.programme  # beside whose levels those that units keep may be told
    levels = [level.name for level in (*period.levels, *(period.kept.ladder.levels if period.kept else ()))]
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
