"""Movements as TOML files: read with everything that is wrong at once, written as people go on with them."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from ntmtrack.dates import is_whole
from ntmtrack.emulation import Movement
from ntmtrack.emulation.keys import HEAD, SECTIONS
from ntmtrack.emulation.schema import read_tables
from ntmtrack.errors import BadMovement
from ntmtrack.roadmaps.toml_text import pairs, read_toml, toml_value

_HEADERS = {"movement": "[movement]"} | {section: f"[[{section}]]" for section in SECTIONS}
FIELD_OF = {"date": "deadlines", "award": "awards", "condition": "conditions"}
_DICTS = ("parts", "agencies")


def read_movement(file: Path) -> Movement:
    """The movement in a TOML file; raises BadMovement naming everything that is wrong with its line, CannotRead."""
    movement, faults = read_toml(file, _HEADERS, read_tables)
    if movement is None:
        raise BadMovement(file=file, problems=faults)
    return movement


def to_tables(movement: Movement) -> dict[str, Any]:
    """The movement as plain tables without what goes without saying."""
    head = {key: _plain(key, getattr(movement, key)) for key in HEAD if getattr(movement, key) is not None}
    rules = {section: [_said(rule) for rule in getattr(movement, FIELD_OF[section])] for section in SECTIONS}
    return {"movement": head, **{section: rows for section, rows in rules.items() if rows}}


def _said(rule: Any) -> dict[str, Any]:
    usual = rule._field_defaults
    given = rule._asdict()
    return {key: _plain(key, value) for key, value in given.items() if key not in usual or value != usual[key]}


def _plain(key: str, value: Any) -> Any:
    if key in _DICTS:
        return dict(value)
    if isinstance(value, tuple):
        return list(value)
    if key in ("issued_on", "begins_on", "ends_on", "once") and is_whole(value):
        return date.fromisoformat(value)
    return value.value if isinstance(value, Enum) else value


def to_toml(movement: Movement) -> str:
    """The text of the movement's file."""
    tables = to_tables(movement)
    blocks = [_block("[movement]", tables["movement"])]
    blocks += [_block(f"[[{section}]]", row) for section in SECTIONS for row in tables.get(section, ())]
    return "\n\n".join(blocks) + "\n"


def _block(header: str, table: Mapping[str, Any]) -> str:
    return "\n".join([header, *pairs(table)])


class RuleText(NamedTuple):
    """A rule as the ledger keeps it: its section, key and name, what else it says as TOML, its place in the text."""

    section: str
    key: str
    name: str
    says: str
    cite: str


def to_rules(movement: Movement) -> list[RuleText]:
    """The rules of a movement as the ledger keeps them, in the order of the file."""
    tables = to_tables(movement)
    return [
        RuleText(section, row["key"], row[_name(row)], _rest(row), row["cite"])
        for section in SECTIONS
        for row in tables.get(section, ())
    ]


def _name(row: Mapping[str, Any]) -> str:
    return "name" if "name" in row else "says"


def _rest(row: Mapping[str, Any]) -> str:
    kept = {key: value for key, value in row.items() if key not in ("key", "cite", _name(row))}
    return ", ".join(f"{key} = {toml_value(value)}" for key, value in kept.items())


def from_rules(head: Mapping[str, Any], rules: Iterable[RuleText]) -> Movement:
    """The movement of a head and rules as the ledger keeps them."""
    tables: dict[str, Any] = {"movement": {key: value for key, value in head.items() if value is not None}}
    for rule in rules:
        kept = tomllib.loads(f"row = {{ {rule.says} }}")["row"]
        name = "says" if rule.section == "condition" else "name"
        tables.setdefault(rule.section, []).append({"key": rule.key, name: rule.name, **kept, "cite": rule.cite})
    movement, faults = read_tables(tables, lambda _path: str(head["key"]))
    if movement is None:
        raise BadMovement(file=head["key"], problems=faults)
    return movement


_MOVEMENTS = Path(__file__).parent / "movements"


@cache
def shipped() -> dict[str, Movement]:
    """Every movement that ships with the program, by key."""
    movements = [read_movement(file) for file in sorted(_MOVEMENTS.glob("*.toml"))]
    return {movement.key: movement for movement in movements}
