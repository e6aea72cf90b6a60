"""Writes a roadmap as the tables that `shape` reads, and as a TOML file that a person can go on with."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from itertools import groupby
from typing import Any

from ntmtrack.dates import is_whole
from ntmtrack.targets import HEAD_FIELDS, LINE_FIELDS, UNIT_LISTS, Roadmap, Target

RANGED = ("added", "cumulative", "percent", "value")
DAYS = ("begins_on", "due_on")
# The order in which a figure is written: when, how it is meant, the numbers, whom it names, where it stands.
FIGURE_KEYS = (
    *("year", "nature", "span", "operator", "percent_operator", "part_of", "within", "each"),
    *("added", "cumulative", "total", "percent", "value"),
    *("begins_on", "due_on", *UNIT_LISTS, "note", "cite"),
)
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def to_tables(plan: Roadmap) -> dict[str, Any]:
    """The plan as plain tables without what goes without saying; figures of one line in a row share its table."""
    lines = groupby(plan.targets, key=lambda target: [getattr(target, field) for field in LINE_FIELDS])
    head = {field: getattr(plan, field) for field in HEAD_FIELDS if getattr(plan, field) not in (None, "")}
    if is_whole(plan.issued_on):
        head["issued_on"] = date.fromisoformat(plan.issued_on)
    return {"roadmap": head, "line": [_line(list(targets)) for _same, targets in lines]}


def _line(targets: list[Target]) -> dict[str, Any]:
    return _said(targets[0], LINE_FIELDS) | {"figure": [_figure(target) for target in targets]}


def _figure(target: Target) -> dict[str, Any]:
    """One figure; a range as its two ends, which needs no operator."""
    figure = _said(target, FIGURE_KEYS)
    for key in RANGED:
        if (high := getattr(target, f"{key}_high")) is not None:
            figure[key] = [figure[key], high]
    for key in DAYS:
        if key in figure and is_whole(figure[key]):
            figure[key] = date.fromisoformat(figure[key])
    return {key: value for key, value in figure.items() if (key, value) != ("operator", "range")}


def _said(target: Target, fields: Iterable[str]) -> dict[str, Any]:
    """The fields that are not as they are where nothing is said."""
    usual = Target._field_defaults
    given = {field: getattr(target, field) for field in fields}
    return {field: _plain(value) for field, value in given.items() if field not in usual or value != usual[field]}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.value if isinstance(value, Enum) else value


def to_toml(plan: Roadmap) -> str:
    """The text of the plan's file: a table a line, within it each figure on a line of its own."""
    tables = to_tables(plan)
    blocks = ["\n".join(["[roadmap]", *_pairs(tables["roadmap"])]), *map(_line_block, tables["line"])]
    return "\n\n".join(blocks) + "\n"


def _line_block(line: Mapping[str, Any]) -> str:
    own = {key: value for key, value in line.items() if key != "figure"}
    figures = [f"  {{ {', '.join(_pairs(figure))} }}," for figure in line["figure"]]
    return "\n".join(["[[line]]", *_pairs(own), "figure = [", *figures, "]"])


def _pairs(table: Mapping[str, Any]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in table.items()]


def _value(value: str | int | date | list[Any]) -> str:
    """A value as TOML writes it."""
    if isinstance(value, str):
        return f'"{_ESCAPED.sub(_escape, value)}"'
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return value.isoformat() if isinstance(value, date) else str(value)


def _escape(found: re.Match[str]) -> str:
    return _SHORT.get(found[0]) or f"\\u{ord(found[0]):04X}"
