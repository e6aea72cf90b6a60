"""Reads one roadmap file in TOML: every problem found at once, with its line."""

import re
import tomllib
from functools import cache
from pathlib import Path

from ntmtrack.errors import BadRoadmap, CannotRead, reason
from ntmtrack.i18n import N_, _, number
from ntmtrack.roadmaps import places
from ntmtrack.roadmaps.shape import Problem, read_tables
from ntmtrack.targets import Roadmap


def read_roadmap(file: Path) -> Roadmap:
    """The roadmap in a TOML file; raises BadRoadmap naming every problem with its line, CannotRead."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as wrong:
        raise CannotRead(file=file, reason=reason(wrong)) from wrong
    except UnicodeDecodeError as wrong:
        raise BadRoadmap(file=file, problems=[Problem(file.name, "", _("not a text in UTF-8"))]) from wrong
    if beyond := _beyond(text):
        raise BadRoadmap(file=file, problems=[Problem(file.name, "", beyond)])
    headed, headers = places.with_headers(text, _HEADERS)
    sound, faults = places.without_faults(headed)
    problems = [_no_header(number, line, right) for number, line, right in headers]
    problems += [_no_toml(number, line, wrong) for number, line, wrong in faults]
    unread = {line.partition("=")[0].strip() for _number, line, _wrong in faults}
    known = cache(lambda: places.places(sound))  # only where there is a problem to place
    plan, found = read_tables(tomllib.loads(sound), lambda path: _line(places.line_of(path, known())))
    if sound or not (faults or headers):  # else nothing was left to read, and all would be called missing
        problems += [problem for problem in found if problem.key not in unread]
    if problems or plan is None:
        problems.sort(key=_number)
        raise BadRoadmap(file=file, problems=problems)
    return plan


def _beyond(text: str) -> str | None:
    """What is too much in a text for a plan; the parser would be busy with it for minutes."""
    if len(text) > _MOST_LETTERS or text.count("\n") > _MOST_LINES:
        much = _("too long for a plan: at most {letters} letters in {lines} lines")
        return much.format(letters=number(_MOST_LETTERS), lines=number(_MOST_LINES))
    if _DEEP.search(places.SAID.sub('""', text)):
        return _("a key of more than {count} parts: a plan has none such").format(count=_MOST_PARTS)
    return None


def _number(problem: Problem) -> int:
    return int(problem.where.rpartition(" ")[2])


_MOST_LETTERS, _MOST_LINES, _MOST_PARTS = 500_000, 5_000, 8
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


def _no_toml(number: int, line: str, wrong: str) -> Problem:
    """A line that the parser could not read, and why where it can be told in words."""
    text = _("this is no TOML: {line} ({reason})") if wrong in _REASONS else _("this is no TOML: {line}")
    return Problem(_line(number), "", text.format(line=line, reason=_(_REASONS.get(wrong, wrong))))


def _no_header(number: int, line: str, right: str) -> Problem:
    return Problem(_line(number), "", _("this is no TOML: {line} (write {right})").format(line=line, right=right))


def _line(number: int) -> str:
    return _("line {number}").format(number=number)
