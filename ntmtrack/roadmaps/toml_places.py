"""Where in a TOML file each key stands, so that a problem can name its line.

The standard library's parser gives values without places, so this follows the file's statements with its help: a
statement is as many lines as it takes to parse.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

Path = tuple[str | int, ...]

# “[roadmap]”, “[[line.figure]]”.
_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
# The same with brackets too many or too few, to be mended.
_ANY_HEADER = re.compile(r"\s*(\[\[?\s*([\w.-]+)\s*\]?\])\s*(?:#.*)?")
SAID = re.compile(r"""\"(?:[^"\\\n]|\\.)*\"|'[^'\n]*'|#.*""")  # what stands in quotes on one line, and comments
_OF_LINES = ('"' * 3, "'" * 3)  # quotation marks of a text of several lines
_MOST_TRIED = 100
_UNCLOSED = "Unclosed array"  # as the parser says it of one that it finds before the end
# Where the parser stopped, in its own words.
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_MOST_FAULTS = 20
_NO_TOML = (ValueError, RecursionError)  # TOMLDecodeError is a ValueError; so is a number of 5000 digits


def key_lines(text: str) -> dict[Path, int]:
    """The line of every table and key of a TOML text that parses, by path: ("line", 0, "figure", 2, "year")."""
    line_of_key: dict[Path, int] = {}
    table: Path = ()
    tables: Counter[Path] = Counter()
    for number, lines in _statements(text):
        if header := _HEADER.match(lines[0]):
            table = _open(header[1], header[2].split("."), tables)
            line_of_key[table] = number
            continue
        for key in tomllib.loads("\n".join(lines)):
            line_of_key[*table, key] = number
            for place, line in enumerate(_elements(number, lines)):
                line_of_key[*table, key, place] = line
    return line_of_key


def line_of(path: Path, lines: dict[Path, int]) -> int:
    """The line of `path`, or of the nearest table around it."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def with_headers(text: str, right: Mapping[str, str]) -> tuple[str, list[tuple[int, str, str]]]:
    """The text with the headers that are `right` by the names of tables; of those mended number, line, right one."""
    lines = _lines(text)
    wrong = []
    for place, line in enumerate(lines):
        found = _ANY_HEADER.fullmatch(line)
        if found and "".join(found[1].split()) != (header := right.get(found[2], found[1])):
            wrong.append((place + 1, line.strip(), header))
            lines[place] = header
    return "\n".join(lines), wrong


def without_faults(text: str) -> tuple[str, list[tuple[int, str, str]]]:
    """A text that parses, and the lines that had to be blanked out for it: number, line, what the parser says.

    What is opened and never closed is blanked out up to the next header, so that it does not swallow what follows.
    """
    lines = _lines(text)
    faults: list[tuple[int, str, str]] = []
    while (fault := _fault(lines)) is not None:
        first, last, reason = fault
        line = lines[first - 1].strip()
        faults.append((first, line, reason))
        if len(faults) > _MOST_FAULTS or not line:
            return "", faults
        lines[first - 1 : last] = [""] * (last + 1 - first)
    return "\n".join(lines), faults


def _lines(text: str) -> list[str]:
    """The lines as TOML sees them: splitlines() would also break a text at U+2028."""
    return text.replace("\r\n", "\n").split("\n")


def _fault(lines: list[str]) -> tuple[int, int, str] | None:
    """The first lines that are no TOML, from and to, with what the parser says; sought from header to header."""
    wrong = _wrong(lines)
    headers = [place for place, line in enumerate(lines) if _HEADER.match(line)] if wrong else []
    for begin, end in pairwise([0, *headers, len(lines)]):
        if within := _wrong(lines[begin:end]):
            number, reason = within
            if not _at_end(reason):
                return begin + number, begin + number, reason
            return begin + _last_begun(lines[begin:end]), end, _UNCLOSED
    return (wrong[0], wrong[0], wrong[1]) if wrong else None


def _wrong(lines: list[str]) -> tuple[int, str] | None:
    """The line that the parser stops at, and what it says."""
    try:
        tomllib.loads("\n".join(lines))
    except _NO_TOML as wrong:
        place = _AT_LINE.search(str(wrong))
        number = int(place[1]) if place else len(lines)
        return max(1, min(number, len(lines))), _AT_LINE.sub("", str(wrong)).strip()
    return None


def _at_end(reason: str) -> bool:
    return reason.endswith("(at end of document)")


def _last_begun(lines: list[str]) -> int:
    """The line of the statement that these lines end within."""
    ended = 0
    for number, statement in _statements("\n".join(lines)):
        ended = number + len(statement) - 1
    return next((number for number in range(ended + 1, len(lines)) if _is_said(lines[number - 1])), len(lines))


def _statements(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each header or `key = value` with the number of its first line."""
    begun: list[str] = []
    first = depth = tried = 0
    for number, line in enumerate(_lines(text), 1):
        if not begun:
            first, depth, tried = number, 0, 0
            if not _is_said(line):
                continue
        begun.append(line)
        depth += _opened(line)
        tried += any(quotes in line for quotes in _OF_LINES)
        # Within brackets it goes on, unless these stand in a text of several lines; not to parse it anew at every line.
        may_end = depth <= 0 or 0 < tried < _MOST_TRIED
        if _HEADER.match(begun[0]) or (may_end and _wrong(begun) is None):
            yield first, begun
            begun = []


def _opened(line: str) -> int:
    """How many more brackets a line opens than it closes."""
    bare = SAID.sub("", line)
    return sum(bare.count(sign) for sign in "[{") - sum(bare.count(sign) for sign in "]}")


def _is_said(line: str) -> bool:
    """Whether a line is neither blank nor a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _open(brackets: str, names: list[str], tables: Counter[Path]) -> Path:
    """The path of the table that a header opens: [[line.figure]] is the next figure of the last line."""
    path: Path = ()
    for depth, name in enumerate(names, 1):
        path = (*path, name)
        if depth == len(names) and brackets == "[[":
            tables[path] += 1
        if path in tables:
            path = (*path, tables[path] - 1)
    return path


def _elements(number: int, lines: list[str]) -> Iterator[int]:
    """The lines on which the inline tables of an array begin, one a line as people write them."""
    if len(lines) > 1:
        yield from (number + place for place, line in enumerate(lines) if line.lstrip().startswith("{"))
