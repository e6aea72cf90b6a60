"""What the ledger tells as the rules of awards ask for it: who was recognised, who was rewarded by which rule."""

import sqlite3
from collections.abc import Mapping
from datetime import date

from ntmtrack.emulation.achievements import Rules
from ntmtrack.emulation.facts import MovementFacts
from ntmtrack.model import Tier
from ntmtrack.programmes import of_year
from ntmtrack.storage.queries.emulation import awards, every_movement
from ntmtrack.storage.queries.recognitions import recognitions_by_unit


def given_facts(connection: sqlite3.Connection, year: int, tiers: Mapping[int, Tier], today: date) -> MovementFacts:
    """Who of these units was recognised, who was rewarded: what quotas and awards need.

    Recognitions are those by the programme of the year: a level of an earlier one is another, whatever its name.
    """
    period = of_year(year).key
    own = {unit: known for unit, known in recognitions_by_unit(connection).items() if unit in tiers}
    return MovementFacts(
        year=year,
        day=today,
        tiers=tiers,
        recognitions={unit: [one for one in known if one.programme == period] for unit, known in own.items()},
        given=awards(connection),
        rules=rules_on_record(connection),
    )


def rules_on_record(connection: sqlite3.Connection) -> Rules:
    """The forms of award of every movement on record, by the keys of both."""
    movements = [stored.movement for stored in every_movement(connection)]
    return {(movement.key, rule.key): rule for movement in movements for rule in movement.awards}
