"""Rounds of forms: which units were sent one, by when they are to reply, who has replied by which action.

A round is a remembered choice (a setting) of the action that wrote its forms; a reply is one of the action that took
the form in, as is that a form came back with faults. So all are taken back with their action.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack.storage.dialect import Connection

_KEY = "form/"
_FAULTS = "/faults"  # ends the key of what came back with faults


class FormRound(NamedTuple):
    """One round: its number from 1, when its forms were written, the deadline, and whom each form asks, by unit.

    0 in the place of a unit's id stands for what is asked in one form and is no unit. `listed` are the recognitions
    that each form says by itself, by id.
    """

    number: int
    sent: date
    deadline: date | None
    year: int
    units: Mapping[int, str]
    listed: Mapping[int, Sequence[int]] = MappingProxyType({})

    @property
    def key(self) -> str:
        """The key under which it is remembered."""
        return f"{_KEY}{self.number}"

    @property
    def value(self) -> str:
        """What is remembered of it."""
        deadline = self.deadline.isoformat() if self.deadline else None
        told = {"sent": self.sent.isoformat(), "deadline": deadline, "year": self.year, "units": self.units}
        return json.dumps({**told, "listed": self.listed}, ensure_ascii=False)

    def continues(self, other: "FormRound") -> bool:
        """Whether forms written now are those of an earlier round, or some of them: same deadline, or the same day."""
        is_same = (self.year, self.deadline) == (
            other.year,
            other.deadline,
        ) and self.units.items() <= other.units.items()
        return is_same and (self.deadline is not None or self.sent == other.sent)

    def may_be_put_off(self, other: "FormRound") -> bool:
        """Whether forms written now may be those of an earlier round, or some of them, of another deadline."""
        return (self.year, self.deadline) != (other.year, other.deadline) and (
            self.year == other.year and self.units.items() <= other.units.items()
        )

    def with_forms(self, new: "FormRound") -> "FormRound":
        """The round once forms of it are written anew: to whom, what they list, by when, where a day is told."""
        return self._replace(
            deadline=new.deadline or self.deadline,
            units={**self.units, **new.units},
            listed={**self.listed, **new.listed},
        )

    def reply_key(self, unit: int) -> str:
        """The key under which the reply of a unit is remembered."""
        return f"{self.key}/{unit}"

    def faults_key(self, unit: int) -> str:
        """The key under which it is remembered that the form of a unit came back with faults."""
        return f"{self.reply_key(unit)}{_FAULTS}"


class FormReply(NamedTuple):
    """A reply: the action that took it in, on which day (ISO, UTC), the name of its file; how many faults it had."""

    action: int
    at: str
    file: str
    faults: int = 0

    @property
    def fault_value(self) -> str:
        """What is remembered of one with faults."""
        return json.dumps({"file": self.file, "faults": self.faults}, ensure_ascii=False)


def every_round(connection: Connection) -> list[FormRound]:
    """The rounds, the earliest first."""
    told = {key: remembered_round(key, value) for key, value, _action, _at in _remembered(connection)}
    return sorted((one for one in told.values() if one), key=lambda one: one.number)


def last_number(connection: Connection) -> int:
    """The highest number that a round ever had, also one taken back, whose forms may still come; 0 for none."""
    keys = connection.execute("SELECT key FROM setting WHERE key LIKE :keys", {"keys": f"{_KEY}%"})
    numbers = (key.removeprefix(_KEY) for (key,) in keys)
    return max((int(number) for number in numbers if number.isdigit()), default=0)


def replies(connection: Connection, asked: FormRound) -> dict[int, FormReply]:
    """The last reply of each unit that replied to a round."""
    begins = f"{asked.key}/"
    return {
        int(key.removeprefix(begins)): FormReply(action, at, file)
        for key, file, action, at in _remembered(connection)
        if key.startswith(begins) and not key.endswith(_FAULTS)
    }


def faulty_replies(connection: Connection, asked: FormRound) -> dict[int, FormReply]:
    """What each unit last sent back with faults, where nothing that it sent was taken in later."""
    begins, taken = f"{asked.key}/", replies(connection, asked)
    found = {
        int(key.removeprefix(begins).removesuffix(_FAULTS)): FormReply(action, at, **json.loads(value))
        for key, value, action, at in _remembered(connection)
        if key.startswith(begins) and key.endswith(_FAULTS)
    }
    return {unit: one for unit, one in found.items() if unit not in taken or taken[unit].action <= one.action}


def ledger_mark(connection: Connection) -> str:
    """What tells this ledger from others: the beginning of its first action's hash."""
    row = connection.execute("SELECT hash FROM action ORDER BY id LIMIT 1").fetchone()
    return str(row[0] or "")[:8] if row else ""


def _remembered(connection: Connection) -> list[tuple[str, str, int, str]]:
    """Key, value, action and its time of all that is remembered of forms, the earliest first."""
    return connection.execute(
        "SELECT s.key, s.value, a.id, coalesce(a.done_at, a.at)"
        " FROM setting AS s JOIN action AS a ON a.id = s.action_id WHERE s.key LIKE :keys"
        " AND s.voided_by IS NULL ORDER BY coalesce(s.restores_id, s.id)",
        {"keys": f"{_KEY}%"},
    ).fetchall()


def remembered_round(key: str, value: str) -> FormRound | None:
    """The round that a key and what is remembered under it tell; None where they tell of something else."""
    number = key.removeprefix(_KEY)
    if key == number or not number.isdigit():
        return None
    told = json.loads(value)
    deadline = date.fromisoformat(told["deadline"]) if told["deadline"] else None
    units = {int(unit): title for unit, title in told["units"].items()}
    listed = {int(unit): ids for unit, ids in told.get("listed", {}).items()}
    return FormRound(int(number), date.fromisoformat(told["sent"]), deadline, told["year"], units, listed)


def replied_to(key: str) -> int | None:
    """The number of the round that a key remembers a reply to; None where it remembers something else."""
    number, slash, _unit = key.removeprefix(_KEY).partition("/")
    return int(number) if key.startswith(_KEY) and slash and number.isdigit() else None


def remembered_faults(key: str, value: str) -> FormReply | None:
    """What came back with faults, as a key and what is remembered under it tell; None where they tell of no such."""
    return FormReply(0, "", **json.loads(value)) if replied_to(key) and key.endswith(_FAULTS) else None
