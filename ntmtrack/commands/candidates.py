"""`candidates`: who may be proposed under each rule of a movement, by what; who may not, and why."""

from datetime import date

from ntmtrack.commands.movement_facts import known_of
from ntmtrack.commands.movements import WhichMovementOptions, movement_of, units_asked
from ntmtrack.emulation import AwardRule, Movement
from ntmtrack.emulation.candidates import candidates
from ntmtrack.errors import UnknownAward
from ntmtrack.reports import Report
from ntmtrack.reports.candidates import CandidatesOfYear, candidates_report
from ntmtrack.storage.dialect import Connection
from ntmtrack.text import clean, nearest


def list_candidates(
    connection: Connection, which: WhichMovementOptions, form: str | None, year: int, today: date
) -> Report:
    """The candidates of a year for every form of award, or for one.

    Raises UnknownAward, YearNotBegun, what finding the movement raises and counting its units.
    """
    stored = movement_of(connection, which, year)
    rules = [form_called(stored.movement, form)] if form else stored.movement.awards
    known = known_of(connection, stored, year, today)
    found = [candidates(stored.movement, rule, known.facts) for rule in rules]
    movement = stored.movement
    if asked := units_asked(connection, which, known.scope.spec.moment.day):
        found = [one.within(asked[1]) for one in found]
        movement = movement._replace(scope_name=asked[0].title)
    of_set = known.of_set.key if known.of_set else None
    told = CandidatesOfYear(movement, known.scope.spec.moment, known.scope.units, known.parts.titles, of_set)
    return candidates_report(found, told)


def form_called(movement: Movement, typed: str, refusal: type[UnknownAward] = UnknownAward) -> AwardRule:
    """The form of award of a key; raises UnknownAward, or the kind of it that is told."""
    rule = movement.award(clean(typed))
    if rule is None:
        keys = [award.key for award in movement.awards]
        known = ", ".join(keys) or "–"
        raise refusal(typed=clean(typed), movement=movement.key, near=nearest(typed, keys), known=known)
    return rule
