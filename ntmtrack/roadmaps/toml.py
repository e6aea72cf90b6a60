"""Roadmaps as TOML files: read with every problem at once, written as people go on with them, those that ship."""

import re
import tomllib
from collections.abc import Container, Iterable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from ntmtrack.dates import is_whole
from ntmtrack.errors import BadRoadmap, CannotRead, reason
from ntmtrack.i18n import N_, _, number
from ntmtrack.roadmaps import HEAD_FIELDS, LINE_FIELDS, UNIT_LISTS, Roadmap, Target, toml_places
from ntmtrack.roadmaps.schema import PlanProblem, read_tables


def read_roadmap(file: Path) -> Roadmap:
    """The roadmap in a TOML file; raises BadRoadmap naming every problem with its line, CannotRead."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as wrong:
        raise CannotRead(file=file, reason=reason(wrong)) from wrong
    except UnicodeDecodeError as wrong:
        raise BadRoadmap(file=file, problems=[PlanProblem(file.name, "", _("not a text in UTF-8"))]) from wrong
    if beyond := _beyond(text):
        raise BadRoadmap(file=file, problems=[PlanProblem(file.name, "", beyond)])
    headed, headers = toml_places.with_headers(text, _HEADERS)
    sound, faults = toml_places.without_faults(headed)
    problems = [_no_header(number, line, right) for number, line, right in headers]
    problems += [_no_toml(number, line, wrong) for number, line, wrong in faults]
    unread = {line.partition("=")[0].strip() for _number, line, _wrong in faults}
    known = cache(lambda: toml_places.key_lines(sound))  # only where there is a problem to place
    plan, lines = read_tables(tomllib.loads(sound), lambda path: _line_number(toml_places.line_of(path, known())))
    if sound or not (faults or headers):  # else nothing was left to read, and all would be called missing
        problems += [problem for problem in lines if problem.key not in unread]
    if problems or plan is None:
        problems.sort(key=_number)
        raise BadRoadmap(file=file, problems=problems)
    return plan


def _beyond(text: str) -> str | None:
    """What is too much in a text for a plan; the parser would be busy with it for minutes."""
    if len(text) > _MOST_LETTERS or text.count("\n") > _MOST_LINES:
        much = _("too long for a plan: at most {letters} letters in {lines} lines")
        return much.format(letters=number(_MOST_LETTERS), lines=number(_MOST_LINES))
    if _DEEP.search(toml_places.SAID.sub('""', text)):
        return _("a key of more than {count} parts: a plan has none such").format(count=_MOST_PARTS)
    return None


def _number(problem: PlanProblem) -> int:
    return int(problem.where.rpartition(" ")[2])


_MOST_LETTERS, _MOST_LINES, _MOST_PARTS = 500_000, 5_000, 8
# A dotted key, a.b.c…: the parser’s time grows with the square of its parts.
_DEEP = re.compile(rf"""(?<![\w-])(?:(?:[\w-]+|\"\")[ \t]*\.[ \t]*){{{_MOST_PARTS},}}""")
_HEADERS = {"roadmap": "[roadmap]", "line": "[[line]]", "line.figure": "[[line.figure]]"}
_REASONS = {
    "Invalid date or datetime": N_("a day or time that does not exist"),
    "Invalid value": N_("the value is not understood; texts stand in quotes"),
    "Expected '=' after a key in a key/value pair": N_('a key is not followed by "="'),
    "Cannot overwrite a value": N_("the same key stands here a second time"),
    "Expected newline or end of document after a statement": N_("the value is not understood; texts stand in quotes"),
    "Unclosed array": N_("a bracket or a quotation mark is not closed"),
    "Unclosed inline table": N_("a bracket or a quotation mark is not closed"),
    "Unterminated string": N_("a bracket or a quotation mark is not closed"),
    "Expected ']' at the end of a table declaration": N_("a bracket or a quotation mark is not closed"),
    "Expected ']]' at the end of an array declaration": N_("a bracket or a quotation mark is not closed"),
    "Unescaped '\\' in a string": N_("inside quotes write \\\\ for \\"),
}


def _no_toml(number: int, line: str, wrong: str) -> PlanProblem:
    """A line that the parser could not read, and why where it can be told in words."""
    text = _("this is no TOML: {line} ({reason})") if wrong in _REASONS else _("this is no TOML: {line}")
    return PlanProblem(_line_number(number), "", text.format(line=line, reason=_(_REASONS.get(wrong, wrong))))


def _no_header(number: int, line: str, right: str) -> PlanProblem:
    return PlanProblem(
        _line_number(number), "", _("this is no TOML: {line} (write {right})").format(line=line, right=right)
    )


def _line_number(number: int) -> str:
    return _("line {number}").format(number=number)


RANGED = ("added", "cumulative", "percent", "value")
DAYS = ("begins_on", "due_on")
# The order in which a figure is written: when, how it is meant, the numbers, whom it names, where it stands.
FIGURE_KEYS = (
    *("year", "nature", "span", "operator", "percent_operator", "hold", "part_of", "within", "each"),
    *("added", "cumulative", "total", "percent", "value"),
    *("begins_on", "due_on", *UNIT_LISTS, "note", "cite"),
)
# What TOML takes in quotes only escaped, and signs that an editor shows as line ends or not at all.
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


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
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{_ESCAPED.sub(_escape, value)}"'
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return value.isoformat() if isinstance(value, date) else str(value)


def _escape(letter: re.Match[str]) -> str:
    return _SHORT.get(letter[0]) or f"\\u{ord(letter[0]):04X}"


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
