"""Where in a TOML file each key stands, so that a problem can name its line.

The standard library's parser gives values without places, so this follows the file's statements with its help: a
statement is as many lines as it takes to parse.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_MOST_FAULTS = 20
_NO_TOML = (ValueError, RecursionError)  # TOMLDecodeError is a ValueError; so is a number of 5000 digits


def places(text: str) -> dict[Path, int]:
    """The line of every table and key of a TOML text that parses, by path: ("line", 0, "figure", 2, "year")."""
    found: dict[Path, int] = {}
    table: Path = ()
    tables: Counter[Path] = Counter()
    for number, lines in _statements(text):
        if header := _HEADER.match(lines[0]):
            table = _open(header[1], header[2].split("."), tables)
            found[table] = number
            continue
        for key in tomllib.loads("\n".join(lines)):
            found[*table, key] = number
            for place, line in enumerate(_elements(number, lines)):
                found[*table, key, place] = line
    return found


def line_of(path: Path, found: dict[Path, int]) -> int:
    """The line of `path`, or of the nearest table around it."""
    while path and path not in found:
        path = path[:-1]
    return found.get(path, 1)


def without_faults(text: str) -> tuple[str, list[tuple[int, str, str]]]:
    """A text that parses, and the lines that had to be blanked out for it: number, line, what the parser says."""
    lines = _lines(text)
    faults: list[tuple[int, str, str]] = []
    while (fault := _fault(lines)) is not None:
        number, reason = fault
        if len(faults) == _MOST_FAULTS or not lines[number - 1].strip():
            return "", [*faults, (number, lines[number - 1].strip(), reason)]
        faults.append((number, lines[number - 1].strip(), reason))
        lines[number - 1] = ""
    return "\n".join(lines), faults


def _lines(text: str) -> list[str]:
    """The lines as TOML sees them: splitlines() would also break a text at U+2028."""
    return text.replace("\r\n", "\n").split("\n")


def _fault(lines: list[str]) -> tuple[int, str] | None:
    """The first line that is no TOML, with what the parser says of it."""
    try:
        tomllib.loads("\n".join(lines))
    except _NO_TOML as wrong:
        place = _AT_LINE.search(str(wrong))
        number = int(place[1]) if place else len(lines)
        return max(1, min(number, len(lines))), _AT_LINE.sub("", str(wrong)).strip()
    return None


def _statements(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each header or `key = value` with the number of its first line."""
    begun: list[str] = []
    first = 0
    for number, line in enumerate(_lines(text), 1):
        if not begun:
            first = number
            if not line.strip() or line.lstrip().startswith("#"):
                continue
        begun.append(line)
        if _HEADER.match(begun[0]) or _parses(begun):
            yield first, begun
            begun = []


def _parses(lines: list[str]) -> bool:
    try:
        tomllib.loads("\n".join(lines))
    except _NO_TOML:
        return False
    return True


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
