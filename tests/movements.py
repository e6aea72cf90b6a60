"""Movements on record, for tests: those that ship, and made-up ones that differ from them in what a test needs."""

from ntmtrack.commands import Session
from ntmtrack.emulation import Movement
from ntmtrack.emulation.toml import shipped
from ntmtrack.model import Tier
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.emulation import movement_id, movement_row, rule_rows
from tests.running import NOW, WHO

LAI_CHAU = shipped()["thi-dua-lai-chau"]


def of_communes(key: str = "thu-2026") -> Movement:
    """A made-up movement of Lai Châu for 2026–2030, whose communes register by 15/01."""
    asked = next(one for one in LAI_CHAU.deadlines if one.shown_by)
    years = {"begins_on": "2026-01-01", "ends_on": "2030-12-31", "programme": "2026-2030"}
    by = asked._replace(tier=Tier.COMMUNE, by="UBND các xã")
    return LAI_CHAU._replace(key=key, number="1/KH-THU", deadlines=(by,), awards=(), conditions=(), **years)


def take_in(movement: Movement) -> None:
    """Keeps a movement in the ledger of the test."""
    with Session(now=NOW, user=WHO).acting("movement import") as ledger:
        [scope] = units.by_keys(ledger.connection, [], movement.scope_code)
        older = movement_id(ledger.connection, movement.supersedes) if movement.supersedes else None
        ledger.add_facts("movement", [movement_row(movement, scope.id, older)])
        (key,) = ledger.connection.execute("SELECT max(id) FROM movement").fetchone()
        ledger.add_facts("movement_rule", rule_rows(movement, key))
        ledger.summary = movement.key
