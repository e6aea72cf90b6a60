"""Roadmaps as TOML files: read with every problem at once, written as people go on with them, those that ship."""

from collections.abc import Container, Iterable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from ntmtrack.dates import is_whole
from ntmtrack.errors import BadRoadmap
from ntmtrack.roadmaps import HEAD_FIELDS, LINE_FIELDS, UNIT_LISTS, Roadmap, Target
from ntmtrack.roadmaps.schema import read_tables
from ntmtrack.roadmaps.toml_text import pairs, read_toml

_HEADERS = {"roadmap": "[roadmap]", "line": "[[line]]", "line.figure": "[[line.figure]]"}


def read_roadmap(file: Path) -> Roadmap:
    """The roadmap in a TOML file; raises BadRoadmap naming every problem with its line, CannotRead."""
    plan, problems = read_toml(file, _HEADERS, read_tables)
    if plan is None:
        raise BadRoadmap(file=file, problems=problems)
    return plan


RANGED = ("added", "cumulative", "percent", "value")
DAYS = ("begins_on", "due_on")
# The order in which a figure is written: when, how it is meant, the numbers, whom it names, where it stands.
FIGURE_KEYS = (
    *("year", "nature", "span", "operator", "percent_operator", "hold", "part_of", "within", "each"),
    *("added", "cumulative", "total", "percent", "value"),
    *("begins_on", "due_on", *UNIT_LISTS, "note", "cite"),
)


def to_tables(plan: Roadmap) -> dict[str, Any]:
    """The plan as plain tables without what goes without saying; figures of one line in a row share its table."""
    lines = groupby(plan.targets, key=lambda target: [getattr(target, field) for field in LINE_FIELDS])
    head = {field: getattr(plan, field) for field in HEAD_FIELDS if getattr(plan, field) not in (None, "")}
    if is_whole(plan.issued_on):
        head["issued_on"] = date.fromisoformat(plan.issued_on)
    return {"roadmap": head, "line": [_line_table(list(targets)) for _same, targets in lines]}


def _line_table(targets: list[Target]) -> dict[str, Any]:
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
    unsaid = ("operator", ">=" if target.hold else "range")
    return {key: value for key, value in figure.items() if (key, value) != unsaid}


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
    blocks = ["\n".join(["[roadmap]", *pairs(tables["roadmap"])]), *map(_line_block, tables["line"])]
    return "\n\n".join(blocks) + "\n"


def _line_block(line: Mapping[str, Any]) -> str:
    own = {key: value for key, value in line.items() if key != "figure"}
    figures = [f"  {{ {', '.join(pairs(figure))} }}," for figure in line["figure"]]
    return "\n".join(["[[line]]", *pairs(own), "figure = [", *figures, "]"])


_PLANS = Path(__file__).parent / "plans"


@cache
def shipped() -> dict[str, Roadmap]:
    """Every roadmap that ships with the program, by key."""
    plans = [read_roadmap(file) for file in sorted(_PLANS.glob("*.toml"))]
    return {plan.key: plan for plan in plans}


def built_in(programme: str, scope_codes: Container[str | None]) -> list[Roadmap]:
    """The shipped roadmaps of a programme: the country's own, and those for units with one of these codes."""
    return [
        plan
        for plan in shipped().values()
        if plan.programme == programme and (plan.is_national or plan.scope_code in scope_codes)
    ]
