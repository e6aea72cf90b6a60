"""`quota`: the places for persons that a year earned by the movement's rules, used and left."""

from datetime import date

from ntmtrack.commands.movement_facts import scope_of_year
from ntmtrack.commands.movements import WhichMovementOptions, movement_of, units_asked
from ntmtrack.emulation.quota import quotas
from ntmtrack.reports import Report
from ntmtrack.reports.awards import PlacesOfYear, quota_report
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.given_awards import given_facts


def places_of_year(connection: Connection, which: WhichMovementOptions, year: int, today: date) -> Report:
    """The places by rule and by unit; raises YearNotBegun, what finding the movement raises and counting its units."""
    stored = movement_of(connection, which, year)
    scope = scope_of_year(connection, stored, year, today)
    places = quotas(stored.movement, given_facts(connection, year, scope.tiers, today))
    movement = stored.movement
    if asked := units_asked(connection, which, scope.spec.moment.day):
        places = [one for one in places if one.unit_id in asked[1]]
        movement = movement._replace(scope_name=asked[0].title)
    return quota_report(PlacesOfYear(movement, year, places, scope.units))
