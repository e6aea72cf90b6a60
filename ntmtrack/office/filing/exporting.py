"""`export` from end to end: what is asked for is put together and written whole; the letterhead is kept."""

import gc
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ntmtrack.errors import FileBusy, FileInUse, UnknownEnding
from ntmtrack.i18n import N_, _
from ntmtrack.office.filing.assembling import SHEETS, assemble, sheet_keys
from ntmtrack.office.filing.letterhead import Given, letterhead
from ntmtrack.office.filing.material import Material
from ntmtrack.office.invocation import Invocation
from ntmtrack.office.viewpoint import Asked, take
from ntmtrack.reports.files import Writer, endings, writer
from ntmtrack.reports.filing import Filing


class Request(NamedTuple):
    """What is to be exported, and to where."""

    file: Path
    asked: Asked
    sheets: str | None = None
    given: Given = Given()


def export(call: Invocation, request: Request) -> None:
    """Writes the file; raises UnknownEnding, UnknownSheet, FileInUse, FileBusy, and what `take` raises."""
    chosen = writer(request.file)
    if chosen is None:
        raise UnknownEnding(file=request.file.name, known=", ".join(endings()), stem=request.file.stem or "report")
    with _undisturbed():
        filing = put_together(call, request, chosen)
        with _keeping(call, request.given):
            file = _write(call, chosen, filing, request.file)
    call.say(_("Wrote {file}: {sheets}.").format(file=file, sheets=", ".join(sheet.name for sheet in filing.sheets)))


def put_together(call: Invocation, request: Request, chosen: Writer) -> Filing:
    """The filing that a request asks for."""
    keys = sheet_keys(request.sheets) if request.sheets is not None else list(chosen.SHEETS or SHEETS)
    with call.reading() as connection:
        return filing_of(connection, call, request, keys)


def filing_of(connection: sqlite3.Connection, call: Invocation, request: Request, keys: list[str]) -> Filing:
    """The filing with these sheets; raises OneRoadmapHere where several plans apply."""
    at = take(connection, request.asked, call.today, planned=True)
    at.plans.need_one(at.scope_name)
    return assemble(Material(connection, at), letterhead(connection, at, request.given), keys)


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
    with call.reading() as connection:
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


_WORDS = {"agency": N_("agency"), "place": N_("place"), "number": N_("number")}


def _write(call: Invocation, chosen: Writer, filing: Filing, file: Path) -> Path:
    """Writes the filing; beside a file that is open elsewhere, if the person says so. The file written comes back."""
    try:
        if is_open(file):
            raise FileBusy(file=file, reason=_("it is open in another program"))
        chosen.write(filing, file)
    except FileBusy as wrong:
        if not (is_open(file) or _is_held(file, wrong)):
            raise
        other = free_name(file)
        question = _("{file} is open in another program. Write {other} instead?")
        if not call.can_ask or not call.ask(question.format(file=file.name, other=other.name)):
            raise FileInUse(file=file, other=other) from wrong
        chosen.write(filing, other)
        return other
    return file


def is_open(file: Path) -> bool:
    """Whether Excel or LibreOffice has put the note beside a file that says so."""
    notes = (f"~${file.name}", f".~lock.{file.name}#")
    return file.exists() and any(file.with_name(note).exists() for note in notes)


def _is_held(file: Path, wrong: FileBusy) -> bool:
    """Whether the system lets nobody replace a file though its folder can be written to, as Windows with open ones."""
    return isinstance(wrong.__cause__, PermissionError) and file.exists() and os.access(file.absolute().parent, os.W_OK)


def free_name(file: Path) -> Path:
    """The first of "report (2).xlsx", "report (3).xlsx" … that is not there."""
    place = 2
    while (other := file.with_name(f"{file.stem} ({place}){file.suffix}")).exists():
        place += 1
    return other
