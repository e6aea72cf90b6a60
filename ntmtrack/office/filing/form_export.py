"""`export --template`: an office's own form filled in."""

from collections.abc import Sequence
from pathlib import Path

from ntmtrack.errors import FileExists, NotAForm, OneOf
from ntmtrack.i18n import _, number
from ntmtrack.office.filing.form_values import form_values
from ntmtrack.office.filing.letterhead import letterhead
from ntmtrack.office.filing.material import Material
from ntmtrack.office.filing.request import Job, Request
from ntmtrack.office.filing.stamping import stamp_of
from ntmtrack.office.invocation import Invocation
from ntmtrack.office.question import take
from ntmtrack.reports.progress_notes import doubt_notes
from ntmtrack.sheets.fill_template import Filled, fill_form

_FORMS = (".xlsx", ".xltx")


def from_form(call: Invocation, request: Request, form: Path) -> Job:
    """How a form is filled in, and what is then said of what the copy lacks; raises OneOf, NotAForm, FileExists."""
    if request.sheets is not None:
        raise OneOf(options="--sheets, --template")
    if form.suffix.lower() not in _FORMS or request.file.suffix.lower() != ".xlsx":
        raise NotAForm(form=form.name, file=request.file.name)
    if request.file.exists() and form.exists() and request.file.samefile(form):
        raise FileExists(file=form)
    with call.reading() as connection:
        at = take(connection, request.asked, call.today, planned=True)
        at.need_one_plan()
        material = Material(connection, at, letterhead(connection, at, request.given), call.known)
        values, stamp = form_values(material), stamp_of(material, request.asked, "template")
        told = doubt_notes(material.figures.own.lines, at.view.programme)
    done: list[Filled] = []
    return Job(lambda file: done.append(fill_form(form, values, file, stamp)), lambda file: _told(file, done[-1], told))


def _told(file: Path, filled: Filled, doubts: Sequence[str]) -> str:
    """What was filled in, what the copy has lost, what Excel has still to work out."""
    said = [_("Wrote {file}: {count} places filled in.").format(file=file, count=number(filled.places))]
    if filled.lost:
        said.append(_("Not kept from the form: {lost}.").format(lost=", ".join(filled.lost)))
    if filled.formulas:
        text = _("{count} formulas: their results show once Excel has opened the file.")
        said.append(text.format(count=number(filled.formulas)))
    return " ".join([*said, *doubts])
