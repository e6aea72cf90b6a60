"""`template --all`: a round of forms, one for each unit asked, with what is on record to be corrected and added to."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.form_recipients import FormRecipient, everyone_asked
from ntmtrack.commands.form_rows import ACTS, Recorded, form_rows, standing
from ntmtrack.commands.question import ReportOptions, ReportSpec, resolve
from ntmtrack.dates import read_full_day
from ntmtrack.errors import DeadlineGone, NoUnits, unwritable
from ntmtrack.file_names import safe_name
from ntmtrack.files import refuse_foreign, replacing
from ntmtrack.i18n import N_, _, day, number
from ntmtrack.ingest.form_mark import PROPERTY, FormMark
from ntmtrack.ingest.round_form import FormTerms, RoundForm, make_book
from ntmtrack.model import Tier
from ntmtrack.programmes import every
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.actions import setting
from ntmtrack.storage.queries.form_rounds import FormRound, every_round, ledger_mark
from ntmtrack.storage.queries.recognitions import recognitions_by_unit
from ntmtrack.text import clean

_KEPT = ("agency", "contact")
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
    """A round made ready: how it is remembered, whether it is new, its forms, what they share, what is to be kept."""

    asked: FormRound
    is_new: bool
    forms: Sequence[RoundForm]
    terms: FormTerms
    scope: str
    to_keep: Mapping[str, str]


def send_forms(session: Session, request: RoundRequest) -> None:
    """Writes the forms of a round, all or none, and keeps whom they ask.

    Raises DeadlineGone, NoUnits, and what `replacing` and `resolve` raise.
    """
    if request.deadline is None and session.can_ask:
        typed = session.ask_text(_("Deadline for the replies, e.g. 15/12/2026; Enter for none"))
        request = request._replace(deadline=read_full_day(typed) if typed else None)
    if request.deadline and request.deadline < session.today:
        raise DeadlineGone(day=day(request.deadline), today=day(session.today))
    with session.reading(as_known=False) as connection:
        planned = _round_of(connection, session, request)
    for form in planned.forms:
        refuse_foreign(form.file)
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
    kept = dict(planned.to_keep)
    if planned.is_new:
        kept[planned.asked.key] = planned.asked.value
    if not kept:
        _write(folder, planned)
        return
    with session.acting("template") as ledger:
        for key, value in kept.items():
            ledger.set(key, value)
        words = [f"{_(_WORDS[key])} “{value}”" for key, value in planned.to_keep.items()]
        sent = _("round {round} of forms, {count} forms")
        words[:0] = [sent.format(round=planned.asked.number, count=len(planned.forms))] if planned.is_new else []
        ledger.summary = "; ".join(words)
        _write(folder, planned)


def _write(folder: Path, planned: _Round) -> None:
    """Every form is made before the first takes its place."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise unwritable(folder, wrong) from wrong
    with ExitStack() as until_all_are_made:
        for form in planned.forms:
            draft = until_all_are_made.enter_context(replacing(form.file))
            draft.write_bytes(make_book(form, planned.terms))


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
    continued = last if last and new.continues(last) else None
    this = continued or new._replace(number=max((one.number for one in rounds), default=0) + 1)
    forms = [*_forms(ledger_mark(connection), request, spec, this, asked, recorded)]
    typed = {key: clean(value) for key in _KEPT if (value := getattr(request, key)) is not None}
    to_keep = {key: value for key, value in typed.items() if (setting(connection, key) or "") != value}
    kept = {key: setting(connection, key) or "" for key in _KEPT} | to_keep
    terms = _terms(connection, spec, this, kept, forms)
    return _Round(this, continued is None, forms, terms, spec.scope_name, to_keep)


def _of_today(connection: sqlite3.Connection, options: ReportOptions, today: date) -> ReportOptions:
    """Asked of the units that stand today, where there are any: those are whom a form reaches."""
    if options.year is None and units.every_unit(connection, today, tier=Tier.COMMUNE):
        return options._replace(year=today.year)
    return options


def _terms(
    connection: sqlite3.Connection,
    spec: ReportSpec,
    this: FormRound,
    kept: Mapping[str, str],
    forms: Sequence[RoundForm],
) -> FormTerms:
    province = units.sole_province(connection, spec.moment.units_on)
    agency = [line.strip() for line in kept["agency"].split(";") if line.strip()]
    programme = spec.view.programme  # beside whose levels those that units keep may be told
    levels = [level.name for level in (*programme.levels, *(programme.kept.ladder.levels if programme.kept else ()))]
    levels += [row.level for form in forms for row in form.rows if row.level]
    return FormTerms(
        sender=agency or [f"UBND {province.title if province else 'tỉnh'}"],  # Vietnamese, as the form is
        sent=this.sent,
        deadline=f"{this.deadline:%d/%m/%Y}" if this.deadline else "",
        contact=kept["contact"],
        levels=list(dict.fromkeys(levels)),
        acts=list(ACTS.values()),
        first_year=every()[0].first_year,
        last_year=(this.deadline or this.sent).year,
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
    titles = [one.title.casefold() for one in asked]
    for one in asked:
        name = one.title if titles.count(one.title.casefold()) == 1 else f"{one.full_title} {one.id}"
        code = FormMark(this.number, one.id, mark).code
        rows = [row for unit in one.units for row in form_rows(unit, standing(recorded, unit))]
        told = {"scope": spec.scope_name, "unit": one.title, "year": str(this.year), "round": str(this.number)}
        yield RoundForm(
            file=request.folder / safe_name(f"Biểu {name}", ".xlsx"),
            asked=one.answers,
            code=code,
            units=[unit.full_title for unit in one.units],
            rows=rows,
            properties={PROPERTY: code, **told},
        )
