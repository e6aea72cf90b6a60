"""`export`: what an office files, sheet by sheet."""

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.export_data import Material, stamp_of
from ntmtrack.commands.export_page import document_with
from ntmtrack.commands.export_progress import ROADMAP, SUMMARY
from ntmtrack.commands.export_sheets import SheetChoice, choose_sheets, working_sheets
from ntmtrack.commands.letterhead import WORDS, LetterheadOptions, letterhead, outdated_agency
from ntmtrack.commands.office_forms import form_meant, is_shipped, refuse_unfit_question
from ntmtrack.commands.question import ReportOptions, resolve
from ntmtrack.commands.template_values import form_values
from ntmtrack.errors import FileBusy, FileExists, FileInUse, NotAForm, NotJudged, OneOf, PageIsWhole, UnknownEnding
from ntmtrack.export import PAGE, Document, Writer, endings, writer
from ntmtrack.files import free_name, refuse_foreign
from ntmtrack.i18n import _, number
from ntmtrack.reports.progress_notes import doubt_notes
from ntmtrack.spreadsheets.fill_template import FilledForm, fill_form
from ntmtrack.spreadsheets.fill_word_form import fill_word_form
from ntmtrack.spreadsheets.source import is_open_elsewhere
from ntmtrack.storage.dialect import Connection


def deliver(session: Session, write: Callable[[Path], object], file: Path) -> Path:
    """Writes the file; beside one that the system holds, if the person says so. The file written comes back.

    Nothing is held while the person thinks.

    Raises FileInUse, and what `replacing` raises.
    """
    try:
        write(file)
    except FileBusy as wrong:
        if not (file.exists() and _is_held(wrong, file)):
            raise
        file = _beside(session, file)
        write(file)
    return file


def _unopened(session: Session, file: Path) -> Path:
    """The file, or one beside it where it is open elsewhere and the person says so; raises FileInUse."""
    return _beside(session, file) if file.exists() and is_open_elsewhere(file) else file


def _beside(session: Session, file: Path) -> Path:
    """Another name, if the person takes it; raises FileInUse."""
    other = free_name(file)
    question = _("{file} is open in another program. Write {other} instead?")
    if not session.can_ask or not session.ask(question.format(file=file.name, other=other.name)):
        raise FileInUse(file=file)
    return other


def _is_held(wrong: FileBusy, file: Path) -> bool:
    """Whether the system lets nobody replace a file though its folder can be written to, as Windows with open ones."""
    return isinstance(wrong.__cause__, PermissionError) and os.access(file.absolute().parent, os.W_OK)


class ExportRequest(NamedTuple):
    """A file, what it is asked about, and with which sheets or from which form.

    `working`: the sheets of the office's own work go into a workbook beside it; `with_status`: plan and actual are
    also judged.
    """

    file: Path
    options: ReportOptions
    sheets: str | None = None
    template: Path | None = None
    given: LetterheadOptions = LetterheadOptions()
    working: bool = False
    with_status: bool = False


class FileJob(NamedTuple):
    """How a file is written, whatever its name turns out to be, and what is said once it is."""

    write: Callable[[Path], object]
    said: Callable[[Path], str]


def export(session: Session, request: ExportRequest) -> None:
    """Writes the file, and the working sheets beside it, only where both can be written.

    Raises UnknownEnding, UnknownSheet, NotJudged, FileInUse, FileBusy, and what `resolve` raises; with a form also what
    `form_meant`, `refuse_unfit_form`, `refuse_unfit_question` and filling it in raise.
    """
    request = request._replace(template=form_meant(request.template))
    if request.template:
        refuse_unfit_form(request, request.template)
    jobs = _jobs(session, request)
    for file in jobs:
        refuse_foreign(file)
    free = {_unopened(session, file): job for file, job in jobs.items()}  # before any is written
    for file, job in free.items():
        session.say(job.said(deliver(session, partial(_write, session, request.given, job), file)))
        session.has_written = True


def _jobs(session: Session, request: ExportRequest) -> dict[Path, FileJob]:
    """How each file is written; what the ledger was asked for and no sheet shows is kept no longer."""
    files = dict(_files(request))
    waiting = session.waiting(_("Working out the figures …"), wanted=True)
    with waiting, _undisturbed(), session.reading() as connection:
        material = _material(connection, session, request)
        jobs = {request.file: from_form(material, request, request.template)} if request.template else {}
        return jobs | {file: _of_sheets(material, request, *chosen) for file, chosen in files.items()}


def _write(session: Session, typed: LetterheadOptions, job: FileJob, file: Path) -> None:
    """Writes the file and keeps what was typed for the letterhead, both or neither."""
    with (
        _keeping(session, typed),
        _undisturbed(),
        session.waiting(_("Writing {file} …").format(file=file.name), wanted=True),
    ):
        job.write(file)


def _of_sheets(material: Material, request: ExportRequest, chosen: Writer, sheets: SheetChoice) -> FileJob:
    """How a file is written that has sheets of ours, and what is then said of it."""
    document = document_with(material, request.options, sheets)
    return FileJob(partial(chosen.write, document), partial(_written_words, document, chosen.LONGEST))


def _files(request: ExportRequest) -> Iterator[tuple[Path, tuple[Writer, SheetChoice]]]:
    """The file asked for, unless it is a form, and beside it that of the working sheets, each with its sheets.

    Raises UnknownEnding, UnknownSheet, PageIsWhole, NotJudged.
    """
    if request.template is None:
        chosen = _writer(request.file)
        if request.sheets is not None and chosen.SHEETS == (PAGE,):
            raise PageIsWhole(file=request.file.name)
        sheets = choose_sheets(request.sheets, chosen.SHEETS)
        if request.with_status and not {*sheets.keys} & {SUMMARY, ROADMAP}:
            raise NotJudged(file=request.file.name)
        yield request.file, (chosen, sheets)
    if request.working:
        file = working_file(request.file)
        yield file, (_writer(file), working_sheets())


def _writer(file: Path) -> Writer:
    if chosen := writer(file):
        return chosen
    raise UnknownEnding(file=file, known=", ".join(endings()), stem=file.stem or "report")


def working_file(file: Path) -> Path:
    """Where the working sheets of a report go: "report (số liệu làm việc).xlsx" beside "report.xlsx"."""
    words = _("working figures")
    return file.with_name(f"{file.stem} ({words}).xlsx")


def _written_words(document: Document, longest: int | None, file: Path) -> str:
    """What was written, and whether a cell holds less of it than the ledger."""
    if document.page:
        return _("Wrote {file}: a page to be opened in any browser; it needs no network.").format(file=file)
    names = ", ".join(sheet.name for sheet in document.sheets)
    sentence = _("Wrote {file}: {sheets}.").format(file=file, sheets=names)
    if points := [point for sheet in document.sheets for point in sheet.open_points]:
        sentence += " " + _("Before it is submitted: {points}.").format(points="; ".join(points))
    if longest is None or not (cut := document.names_beyond(longest)):
        return sentence
    text = _("Excel holds {count} letters in a cell: longer texts were cut on {sheets}. They are whole in .json.")
    return f"{sentence} {text.format(count=number(longest), sheets=', '.join(cut))}"


def document_of(connection: Connection, session: Session, request: ExportRequest, sheets: SheetChoice) -> Document:
    """The document with these sheets; raises OneRoadmapHere where several plans apply."""
    return document_with(_material(connection, session, request), request.options, sheets)


def _material(connection: Connection, session: Session, request: ExportRequest) -> Material:
    spec = resolve(connection, request.options, session.today, planned=True)
    spec.need_one_plan()
    if request.given.agency is None and (agency := outdated_agency(connection, spec.moment.units_on)):
        text = _("Letterhead left open, since “{agency}” is of a province that has ended; the one of today: --agency")
        session.say(text.format(agency=agency))
    head = letterhead(connection, spec, request.given)
    return Material(session.file, connection, spec, head, session.known, with_status=request.with_status)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without Python's search for circles, of which a report makes none: a sixth of the time of a large one."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _keeping(session: Session, typed: LetterheadOptions) -> Iterator[None]:
    """Keeps what was typed for the letterhead as one action, unless the file cannot be written."""
    with session.reading(as_known=False) as connection:
        new = typed.to_keep(connection)
    if not new:
        yield
        return
    with session.acting("export") as ledger:
        for key, value in new.items():
            ledger.set(key, value)
        parts = "; ".join(f"{_(WORDS[key])} “{value}”" for key, value in new.items())
        ledger.summary = _("Letterhead of reports: {parts}").format(parts=parts)
        yield


_FORMS = {".xlsx": ".xlsx", ".xltx": ".xlsx", ".docx": ".docx", ".dotx": ".docx"}  # and what is written from them


def refuse_unfit_form(request: ExportRequest, form: Path) -> None:
    """Raises OneOf, NotAForm, FileExists where the form cannot be what is asked for, or the file not be written."""
    for option, is_given in (("--with-status", request.with_status), ("--sheets", request.sheets is not None)):
        if is_given:
            raise OneOf(options=f"{option}, --template")
    if _FORMS.get(form.suffix.lower()) != request.file.suffix.lower():
        raise NotAForm(form=form.name, file=request.file.name)
    if request.file.exists() and form.exists() and request.file.samefile(form):
        raise FileExists(file=form)


def from_form(material: Material, request: ExportRequest, form: Path) -> FileJob:
    """How a form is filled in, and what is then said of what the copy lacks."""
    refuse_unfit_question(form, material.spec)
    values, stamp = form_values(material), stamp_of(material, request.options, "template")
    doubts: list[str] = [*doubt_notes(material.figures.own.lines, material.spec.view.programme)]
    if is_shipped(form):
        doubts = [_("The form was not held against the circular: check it before it is sent."), *doubts]
    fill = fill_form if request.file.suffix.lower() == ".xlsx" else fill_word_form
    done: list[FilledForm] = []
    return FileJob(
        lambda file: done.append(fill(form, values, file, stamp)),
        lambda file: _filled_words(file, done[-1], doubts),
    )


def _filled_words(file: Path, filled: FilledForm, doubts: Sequence[str]) -> str:
    """What was filled in, what the copy has lost, what Excel has still to work out."""
    sentences = [_("Wrote {file}: {count} places filled in.").format(file=file, count=number(filled.places))]
    if filled.lost:
        sentences.append(_("Not kept from the form: {lost}.").format(lost=", ".join(filled.lost)))
    if filled.formulas:
        text = _("{count} formulas: their results show once Excel has opened the file.")
        sentences.append(text.format(count=number(filled.formulas)))
    return " ".join([*sentences, *doubts])
