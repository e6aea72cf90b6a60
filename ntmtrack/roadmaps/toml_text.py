"""TOML files that people write: read with everything that is wrong at once, each with its line."""

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from ntmtrack.errors import CannotRead, reason
from ntmtrack.i18n import N_, _, number
from ntmtrack.roadmaps import toml_places
from ntmtrack.roadmaps.keys import Fault

Read = TypeVar("Read")
# From tables, and a function that says where a key stands, to what they tell and what is wrong in them.
Reader = Callable[[Mapping[str, Any], Callable[[toml_places.Path], str]], tuple[Read | None, list[Fault]]]


def read_toml(file: Path, headers: Mapping[str, str], read: Reader[Read]) -> tuple[Read | None, list[Fault]]:
    """What a file tells by `read`, None where anything is wrong in it; and all that is, by line.

    `headers` are those of its tables, by name, as they are written. Raises CannotRead.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as wrong:
        raise CannotRead(file=file, reason=reason(wrong)) from wrong
    except UnicodeDecodeError:
        return None, [Fault(file.name, "", _("not a text in UTF-8"))]
    if beyond := _beyond(text):
        return None, [Fault(file.name, "", beyond)]
    headed, wrong_headers = toml_places.with_headers(text, headers)
    sound, faults = toml_places.without_faults(headed)
    problems = [_no_header(number, line, right) for number, line, right in wrong_headers]
    problems += [_no_toml(number, line, wrong) for number, line, wrong in faults]
    unread = {line.partition("=")[0].strip() for _number, line, _wrong in faults}
    known = cache(lambda: toml_places.key_lines(sound))  # only where there is a problem to place
    told, lines = read(tomllib.loads(sound), lambda path: _line_number(toml_places.line_of(path, known())))
    if sound or not (faults or wrong_headers):  # else nothing was left to read, and all would be called missing
        problems += [problem for problem in lines if problem.key not in unread]
    problems.sort(key=_number)
    return (None if problems else told), problems


def _beyond(text: str) -> str | None:
    """What is too much in a text for a plan; the parser would be busy with it for minutes."""
    if len(text) > _MOST_LETTERS or text.count("\n") > _MOST_LINES:
        much = _("too long for a plan: at most {letters} letters in {lines} lines")
        return much.format(letters=number(_MOST_LETTERS), lines=number(_MOST_LINES))
    if _DEEP.search(toml_places.SAID.sub('""', text)):
        return _("a key of more than {count} parts: a plan has none such").format(count=_MOST_PARTS)
    return None


def _number(problem: Fault) -> int:
    return int(problem.where.rpartition(" ")[2])


_MOST_LETTERS, _MOST_LINES, _MOST_PARTS = 500_000, 5_000, 8
# A dotted key, a.b.c…: the parser’s time grows with the square of its parts.
_DEEP = re.compile(rf"""(?<![\w-])(?:(?:[\w-]+|\"\")[ \t]*\.[ \t]*){{{_MOST_PARTS},}}""")
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


def _no_toml(number: int, line: str, wrong: str) -> Fault:
    """A line that the parser could not read, and why where it can be told in words."""
    text = _("this is no TOML: {line} ({reason})") if wrong in _REASONS else _("this is no TOML: {line}")
    return Fault(_line_number(number), "", text.format(line=line, reason=_(_REASONS.get(wrong, wrong))))


def _no_header(number: int, line: str, right: str) -> Fault:
    return Fault(_line_number(number), "", _("this is no TOML: {line} (write {right})").format(line=line, right=right))


def _line_number(number: int) -> str:
    return _("line {number}").format(number=number)


# What TOML takes in quotes only escaped, and signs that an editor shows as line ends or not at all.
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def pairs(table: Mapping[str, Any]) -> list[str]:
    """The statements `key = value` of a table."""
    return [f"{key} = {toml_value(value)}" for key, value in table.items()]


def toml_value(value: str | int | date | list[Any] | Mapping[str, Any]) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{_ESCAPED.sub(_escape, value)}"'
    if isinstance(value, list):
        return f"[{', '.join(map(toml_value, value))}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(' = '.join(map(toml_value, pair)) for pair in value.items())} }}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _escape(letter: re.Match[str]) -> str:
    return _SHORT.get(letter[0]) or f"\\u{ord(letter[0]):04X}"
