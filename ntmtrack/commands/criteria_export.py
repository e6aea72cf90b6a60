"""`criteria export`: a set as a table that an office fills in, and takes in again with `criteria import`."""

from datetime import date
from pathlib import Path

from ntmtrack.commands import Session
from ntmtrack.commands.criteria import province_meant, set_called
from ntmtrack.errors import NoRowsOfItsOwn, UnknownFormat
from ntmtrack.ingest.criteria_form import write_criteria_form
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.programmes.criteria.office import OfficeCriterion, told
from ntmtrack.storage.queries.actions import last_action
from ntmtrack.storage.queries.criteria import office_criteria

_ENDINGS = (".xlsx", ".csv")


def export_set(session: Session, typed: str, file: Path, scope: str | None = None) -> None:
    """Writes a set with what the office says of it; of a province's own rows where a scope is told.

    Raises UnknownCriteriaSet, NoRowsOfItsOwn, UnknownFormat, FileBusy, and what finding the scope raises.
    """
    of_set = fillable(typed, session.today)
    if file.suffix.lower() not in _ENDINGS:
        raise UnknownFormat(file=file, stem=file.stem, command=f"criteria export {of_set.key} -o")
    with session.maybe_reading() as connection:
        rows = office_criteria(connection, of_set.key) if connection else []
        province = province_meant(connection, scope, session.today) if connection and scope else None
        last = last_action(connection) if connection else 0
    own = [row for row in rows if row.scope_id == (province.id if province else None)]
    above: list[OfficeCriterion] = [row for row in rows if row.scope_id is None] if province else []
    write_criteria_form(told(of_set.on(session.today.isoformat()), above, "9999"), own, last, file)
    session.say_written(file)


def fillable(typed: str, today: date) -> CriteriaSet:
    """The set that is meant, where an office may fill it in; raises UnknownCriteriaSet, NoRowsOfItsOwn."""
    of_set = set_called(typed, today.year)
    if of_set.of:
        raise NoRowsOfItsOwn(criteria_set=of_set.key, other=of_set.of)
    return of_set
