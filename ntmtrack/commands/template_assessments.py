"""`template --what assessments`: the form of a criteria set, with what was last found of each unit filled in."""

from datetime import date
from pathlib import Path

from ntmtrack.assessment import Assessment, check_set_for
from ntmtrack.commands import Session
from ntmtrack.commands.criteria_sets import known_set, meant_set
from ntmtrack.commands.question import ReportOptions, resolve
from ntmtrack.errors import NoCriteriaSet, NtmError, UnknownFormat
from ntmtrack.files import refuse_foreign
from ntmtrack.i18n import _, number
from ntmtrack.ingest.assessment_form import AssessedRow, write_assessment_form
from ntmtrack.model import Unit
from ntmtrack.programmes import of_year
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.programmes.criteria.files import set_keys
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.criteria import latest_assessments
from ntmtrack.ways import way


def make_assessment_form(session: Session, file: Path, typed: str | None, on: str | None, scope: str | None) -> None:
    """Writes the form of a set as of an ISO day, today where none is told.

    Raises UnknownFormat, UnknownCriteriaSet, NoCriteriaSet, and what `replacing` and `resolve` raise.
    """
    if file.suffix.lower() != ".xlsx":
        raise UnknownFormat(file=file, stem=file.stem or "assessments", command="template")
    refuse_foreign(file)
    day = date.fromisoformat(on) if on else session.today
    with session.reading() as connection:
        spec = resolve(connection, ReportOptions(day.year, scope=scope), session.today)
        of_set = meant_set(of_year(day.year), typed)
        if of_set is None or not of_set.criteria:
            raise NoCriteriaSet(unit=spec.scope_name, day=f"{day:%d/%m/%Y}", known=", ".join(set_keys()))
        of_set = known_set(connection, of_set.key, day.isoformat())
        standing = units.every_unit(connection, day, spec.view.scope, tier=of_set.tier)
        last = latest_assessments(connection, of_set.key, day.isoformat())
        rows = [
            AssessedRow(unit.full_title, _results(of_set, last.get(unit.id)))
            for unit in standing
            if _is_for(of_set, unit, day)
        ]
        title = spec.scope.full_title if spec.scope else _province(units.sole_province(connection, day))
    write_assessment_form(file, of_set, day, title, rows)
    text = way(
        _("Wrote {file}: {units} units, set {criteria_set}; take it in again with: ntmtrack import"),
        _("Wrote {file}: {units} units, set {criteria_set}; take it in again with: “Take in a file”"),
    )
    session.say(text.format(file=file, units=number(len(rows)), criteria_set=of_set.key))


def _province(province: Unit | None) -> str:
    return province.title if province else ""


def _is_for(of_set: CriteriaSet, unit: Unit, day: date) -> bool:
    try:
        check_set_for(of_set, unit, day.isoformat())
    except NtmError:
        return False
    return True


def _results(of_set: CriteriaSet, last: Assessment | None) -> dict[str, bool]:
    """Of each criterion whether it was met, where that is known."""
    if last is None or last.missing is None:
        return {}
    of_codes = {code: of_set.criterion_of(code) for code in (*last.missing, *last.unknown)}
    not_met = {criterion.code for code in last.missing if (criterion := of_codes[code])}
    unknown = {criterion.code for code in last.unknown if (criterion := of_codes[code])}
    known = (criterion.code for criterion in of_set.criteria if criterion.code not in unknown - not_met)
    return {code: code not in not_met for code in known}
