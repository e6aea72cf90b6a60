"""What the ledger tells as the rules of awards ask for it: who was recognised, who was rewarded by which rule."""

from collections.abc import Mapping
from datetime import date

from ntmtrack.emulation.achievements import Rules
from ntmtrack.emulation.facts import MovementFacts
from ntmtrack.model import Decision, Tier
from ntmtrack.programmes import of_year
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.emulation import awards, entries, every_movement
from ntmtrack.storage.queries.recognitions import recognitions_by_unit
from ntmtrack.storage.queries.units import every_version


def given_facts(connection: Connection, year: int, tiers: Mapping[int, Tier], today: date) -> MovementFacts:
    """Who of these units was recognised, who was rewarded: what quotas and awards need.

    Recognitions are those by the programme of the year: a level of an earlier one is another, whatever its name.
    """
    period = of_year(year).key
    own = {unit: known for unit, known in recognitions_by_unit(connection).items() if unit in tiers}
    given = awards(connection)
    return MovementFacts(
        year=year,
        day=today,
        tiers=tiers,
        recognitions={unit: [one for one in known if one.programme == period] for unit, known in own.items()},
        given=given,
        rules=rules_on_record(connection),
        titles={unit.id: unit.full_title for unit in every_version(connection)} if given else {},
        lines=lines_on_record(connection),
        entries=entries(connection, "contribution"),
    )


def rules_on_record(connection: Connection) -> Rules:
    """The forms of award of every movement on record, by the keys of both."""
    movements = [stored.movement for stored in every_movement(connection)]
    return {(movement.key, rule.key): rule for movement in movements for rule in movement.awards}


def lines_on_record(connection: Connection) -> dict[str, str]:
    """Of each movement on record the key of the one that has its place today; its own where none has."""
    taken_by = {stored.movement.key: stored.replaced_by for stored in every_movement(connection)}

    def last(key: str) -> str:
        newer = taken_by.get(key)
        return last(newer) if newer else key

    return {key: last(key) for key in taken_by}


def decision_of_award(connection: Connection, award_id: int | None) -> Decision | None:
    """The decision by which an award on record was given."""
    row = connection.execute(
        """SELECT d.number, d.signed_on, d.issuer, d.id FROM award AS f JOIN decision AS d ON d.id = f.decision_id
           WHERE f.id = ?""",
        (award_id,),
    ).fetchone()
    return Decision(*row) if row else None
