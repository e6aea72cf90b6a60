"""How many criteria the communes of a scope met at a few moments, and by which set they are asked about."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.commands.criteria_sets import known_set, meant_set, province_of
from ntmtrack.commands.question import ReportSpec
from ntmtrack.dates import year_end
from ntmtrack.errors import NoCriteriaSet
from ntmtrack.i18n import day
from ntmtrack.programmes import of_year
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.programmes.criteria.files import main_set, set_keys
from ntmtrack.progress import Moment, Standings, together
from ntmtrack.progress.criteria import criteria_standings
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import standings
from ntmtrack.storage.queries.criteria import latest_met


class AssessedUnits(NamedTuple):
    """The communes of a scope by how many criteria of a set they met at a few moments, by unit and grouped."""

    of_set: CriteriaSet
    by_unit: Mapping[int, Standings]
    groups: Sequence[Standings]


def assessed_units(
    connection: Connection, spec: ReportSpec, of_set: CriteriaSet, moments: Sequence[Moment]
) -> AssessedUnits:
    """How many criteria of a set the communes of the scope met at each moment, by the last assessment until then.

    Before the set began, by the set of the day.
    """
    counted = standings.standings(connection, spec.view, moments)
    met = [latest_met(connection, _set_on(of_set, moment.day), moment.day.isoformat()) for moment in moments]
    by_unit = criteria_standings(counted, met, of_set.tier)
    return AssessedUnits(of_set, by_unit, together(by_unit.values()))


def ends_of_years(spec: ReportSpec) -> list[Moment]:
    """The end of the year before, with the units that stood then, and the moment asked about.

    Units that came of a rearrangement within the year before stood at its end, whatever that year itself counts.
    """
    end, own = year_end(spec.moment.day.year - 1), spec.own_map
    return [own.moment(end, own.standing_on(end), spec.today), spec.moment]


def none_known(unit: str, spec: ReportSpec) -> NoCriteriaSet:
    """The error that no set is known for a unit on the day asked about."""
    return NoCriteriaSet(unit=unit, day=day(spec.moment.day), known=", ".join(set_keys()))


def set_of_scope(connection: Connection, spec: ReportSpec, typed: str | None) -> CriteriaSet:
    """The set that is meant, as the office of the scope has it on the day.

    Raises UnknownCriteriaSet, NoCriteriaSet.
    """
    of_set = meant_set(spec.view.programme, typed)
    if of_set is None:
        raise none_known(spec.scope_name, spec)
    province = province_of(connection, spec.scope, spec.moment.units_on) if spec.scope else None
    return known_set(connection, of_set.key, spec.moment.day.isoformat(), province)


def _set_on(of_set: CriteriaSet, day: date) -> str:
    """The key of the set, before it began of that of the day."""
    if day.isoformat() >= of_set.since:
        return of_set.key
    earlier = main_set(of_year(day.year).key, of_set.tier)
    return earlier.key if earlier else of_set.key
