"""A dump as it lies on the disk: its header and its rows, each with its place; nothing is believed of them yet."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ntmtrack.errors import BadDump, CannotRead, NoSuchFile, NotADump, reason
from ntmtrack.i18n import _, number
from ntmtrack.storage.dump_form import ENDING, HEADER, TABLES, Header, excerpt, read_header, read_object


class Line(NamedTuple):
    """One row: the file and the line where it stands, its values by column."""

    file: Path
    line: int
    values: dict[str, object]

    def wrong(self, why: str) -> BadDump:
        """The refusal of this row."""
        shown = excerpt(json.dumps(self.values, ensure_ascii=False).encode(errors="replace"))
        return BadDump(place=_place(self.file, self.line), reason=why, excerpt=shown)


class Dump(NamedTuple):
    """A dump as read: `rows` by table."""

    header: Header
    rows: dict[str, list[Line]]


def read_dump(source: Path) -> Dump:
    """What a folder or a file holds; raises NoSuchFile, NotADump, DumpNewer, BadDump, CannotRead."""
    try:
        if source.is_dir():
            header, lines = _read_folder(source)
        elif source.is_file():
            header, lines = _read_file(source)
        elif source.exists():
            raise NotADump(place=str(source))
        else:
            raise NoSuchFile(file=source)
    except OSError as wrong:
        raise CannotRead(file=source, reason=reason(wrong)) from wrong
    for table, told in header.rows.items():
        if len(lines[table]) != told:
            text = _("the header tells {told} rows of {table}, there are {found}")
            told_and_found = text.format(told=number(told), table=table, found=number(len(lines[table])))
            raise BadDump(place=str(source), reason=told_and_found)
    return Dump(header, lines)


def _read_folder(folder: Path) -> tuple[Header, dict[str, list[Line]]]:
    file = folder / HEADER
    if not file.is_file():
        raise NotADump(place=str(folder))
    header = read_header(file.read_bytes(), str(file))
    rows: dict[str, list[Line]] = {}
    for table in TABLES:
        named = folder / f"{table}{ENDING}"
        if not named.is_file() and header.rows[table]:
            raise BadDump(place=str(folder), reason=_("the file {name} is missing").format(name=named.name))
        rows[table] = list(_lines(named)) if named.is_file() else []
    return header, rows


def _read_file(file: Path) -> tuple[Header, dict[str, list[Line]]]:
    with file.open("rb") as opened:
        header = read_header(opened.readline(), _place(file, 1))
    rows: dict[str, list[Line]] = {table: [] for table in TABLES}
    for row in _lines(file, after=1):
        table = row.values.get("table")
        if not isinstance(table, str) or table not in rows:
            raise row.wrong(_("there is no table “{table}”").format(table=table))
        rows[table].append(row)
        del row.values["table"]
    return header, rows


def _lines(file: Path, after: int = 0) -> Iterator[Line]:
    """The rows of a file from the line that comes after so many."""
    with file.open("rb") as opened:
        for nth, text in enumerate(opened, start=1):
            if nth > after:
                yield Line(file, nth, read_object(text, _place(file, nth)))


def _place(file: Path, line: int) -> str:
    return _("{file}, line {line}").format(file=file, line=line)
