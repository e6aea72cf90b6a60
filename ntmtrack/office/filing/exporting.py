"""`export` from end to end: what is asked for is put together and written whole; the letterhead is kept."""

import gc
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from ntmtrack.errors import UnknownEnding
from ntmtrack.export import Writer, endings, writer
from ntmtrack.export.document import Document
from ntmtrack.i18n import N_, _, number
from ntmtrack.office.filing.assembling import assemble, sheet_keys
from ntmtrack.office.filing.delivering import deliver
from ntmtrack.office.filing.form_export import from_form
from ntmtrack.office.filing.letterhead import Given, letterhead
from ntmtrack.office.filing.material import Material
from ntmtrack.office.filing.request import Job, Request
from ntmtrack.office.invocation import Invocation
from ntmtrack.office.question import take

_WORDS = {"agency": N_("agency"), "place": N_("place"), "number": N_("number")}


def export(call: Invocation, request: Request) -> None:
    """Writes the file; raises UnknownEnding, UnknownSheet, FileInUse, FileBusy, and what `take` raises.

    With a form also what `from_form` and filling it in raise.
    """
    job = from_form(call, request, request.template) if request.template else _of_sheets(call, request)
    file = deliver(call, partial(_write, call, request.given, job), request.file)
    call.say(job.said(file))


def _write(call: Invocation, given: Given, job: Job, file: Path) -> None:
    """Writes the file and keeps what was typed for the letterhead, both or neither."""
    with _keeping(call, given), _undisturbed(), call.waiting(_("Writing {file} …").format(file=file.name), wanted=True):
        job.write(file)


def _of_sheets(call: Invocation, request: Request) -> Job:
    """How the sheets asked for are written, and what is then said."""
    chosen = writer(request.file)
    if chosen is None:
        raise UnknownEnding(file=request.file, known=", ".join(endings()), stem=request.file.stem or "report")
    filing = _put_together(call, request, chosen)
    return Job(partial(chosen.write, filing), partial(_told, filing, chosen.LONGEST))


def _told(filing: Document, longest: int | None, file: Path) -> str:
    """What was written, and whether a cell holds less of it than the ledger."""
    names = ", ".join(sheet.name for sheet in filing.sheets)
    said = _("Wrote {file}: {sheets}.").format(file=file, sheets=names)
    if longest is None or not (cut := filing.names_beyond(longest)):
        return said
    text = _("Excel holds {count} letters in a cell: longer texts were cut on {sheets}. They are whole in .json.")
    return f"{said} {text.format(count=number(longest), sheets=', '.join(cut))}"


def _put_together(call: Invocation, request: Request, chosen: Writer) -> Document:
    """The filing that a request asks for."""
    by_itself = chosen.SHEETS if request.sheets is None else None
    keys = list(by_itself) if by_itself else sheet_keys(request.sheets)
    waiting = call.waiting(_("Working out the figures …"), wanted=True)
    with waiting, _undisturbed(), call.reading() as connection:
        return filing_of(connection, call, request, keys)


def filing_of(connection: sqlite3.Connection, call: Invocation, request: Request, keys: list[str]) -> Document:
    """The filing with these sheets; raises OneRoadmapHere where several plans apply."""
    at = take(connection, request.asked, call.today, planned=True)
    at.need_one_plan()
    material = Material(connection, at, letterhead(connection, at, request.given), call.known)
    return assemble(material, request.asked, keys, by_name=request.sheets is not None)


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
def _keeping(call: Invocation, given: Given) -> Iterator[None]:
    """Keeps what was typed for the letterhead as one action, unless the file cannot be written."""
    with call.reading(as_known=False) as connection:
        new = given.to_keep(connection)
    if not new:
        yield
        return
    with call.acting("export") as ledger:
        for key, value in new.items():
            ledger.set(key, value)
        parts = "; ".join(f"{_(_WORDS[key])} “{value}”" for key, value in new.items())
        ledger.summary = _("Letterhead of reports: {parts}").format(parts=parts)
        yield
