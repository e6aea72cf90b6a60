"""The whole ledger as text that can be compared line by line: written whole or not at all, for its owner only."""

import json
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from ntmtrack.errors import BadDump, CannotDump, DumpInTheWay, DumpNewer, NotADump, unwritable
from ntmtrack.ownership import remember
from ntmtrack.storage import files
from ntmtrack.storage.dump_form import ENDING, HEADER, TABLES, Header, columns_of, fits, is_one_file, read_header
from ntmtrack.writing import free_name, place_of, refuse_foreign, replacing

# An earlier dump is replaced in this order: `action` first and the header last, so that a mixture never passes for a
# dump. Where there is none yet the header comes first: what is left half-way is known for ours and mended.
_FILES = (*(f"{table}{ENDING}" for table in TABLES), HEADER)
_DRAFT, _PART = ".ntmtrack-", ".part"
_LEFT_BEHIND = 3600  # seconds: a draft as old as this is no longer written


def dump(connection: sqlite3.Connection, file: Path, target: Path) -> Header:
    """Writes everything that the ledger in `file` holds to `target`: one file where it ends in .jsonl, else a folder.

    A new folder and a single file appear in one step. In a folder that holds an earlier dump each file is replaced in
    one step, and all are put back where one cannot be; a program killed in between leaves old and new files side by
    side, which `load` refuses, and the next dump mends. Whatever else lies there stays.
    Raises DumpInTheWay, CannotDump, and what `replacing` raises.
    """
    header = Header(files.HEAD, {table: _count(connection, table) for table in TABLES})
    try:
        if is_one_file(target):
            with replacing(target, private=True) as draft:
                lines = (line for table in TABLES for line in _lines(connection, file, table, named=True))
                _write(draft, header.text(), lines)
        else:
            _refuse_in_the_way(target)
            _write_folder(connection, file, target, header)
    except OSError as wrong:
        raise unwritable(target, wrong) from wrong
    return header


def _refuse_in_the_way(folder: Path) -> None:
    """Only files of an earlier dump are replaced; a folder may also be empty, or hold hidden things such as .git."""
    if not os.path.lexists(folder):
        return
    if not folder.is_dir() or not (
        _begins_dump(folder / HEADER) or all(one.name.startswith(".") for one in folder.iterdir())
    ):
        place = folder.resolve()  # "." has no name of its own, nor has the root
        raise DumpInTheWay(path=folder, other=free_name(place if place.name else place / "so").name)
    for name in _FILES:
        refuse_foreign(folder / name, instead=folder)


def _begins_dump(header: Path) -> bool:
    if not header.is_file():
        return False
    try:
        read_header(header.read_bytes(), str(header))
    except (NotADump, BadDump):
        return False
    except DumpNewer:
        pass
    return True


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _lines(connection: sqlite3.Connection, file: Path, table: str, *, named: bool) -> Iterator[str]:
    """The rows of a table as JSON, with the name of the table where they are `named`; raises CannotDump."""
    columns = columns_of(connection, table)
    begin = {"table": table} if named else {}
    for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id"):
        told = {column: value for column, value in zip(columns, row, strict=True) if value is not None}
        for column, value in told.items():
            if not fits(value, columns[column]):
                raise CannotDump(file=file, column=column, table=table, row=told["id"])
        yield json.dumps(begin | told, ensure_ascii=False) + "\n"


def _write(file: Path, header: str, lines: Iterator[str]) -> None:
    """A file readable by its owner only, safely on the disk."""
    with file.open("w", encoding="utf-8", newline="\n") as out:
        file.chmod(0o600)
        out.write(header)
        out.writelines(lines)
        out.flush()
        os.fsync(out.fileno())


def _write_folder(connection: sqlite3.Connection, file: Path, target: Path, header: Header) -> None:
    """Every file in a folder of its own first, on the disk of the target; then all take their places."""
    beside = target if target.exists() else target.absolute().parent
    draft = Path(tempfile.mkdtemp(prefix=_DRAFT, suffix=_PART, dir=beside))
    try:
        for table in TABLES:
            _write(draft / f"{table}{ENDING}", "", _lines(connection, file, table, named=False))
        _write(draft / HEADER, header.text(indent=2), iter(()))
        for name in _FILES:
            remember(draft / name, target / name)
        if target.exists():
            _take_places(draft, target)
            _clear(target)
        else:
            draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _take_places(draft: Path, target: Path) -> None:
    """Puts each file in the place of the earlier one, or all the earlier ones back."""
    earlier = draft / "earlier"
    earlier.mkdir()
    for name in _FILES:
        if (target / name).exists():
            shutil.copy2(target / name, earlier / name)
    replaced: list[str] = []
    try:
        for name in _FILES if (target / HEADER).exists() else reversed(_FILES):
            replaced.append(name)
            (draft / name).replace(place_of(target / name))
    except BaseException:
        for name in replaced:
            if (earlier / name).exists():
                (earlier / name).replace(target / name)
            else:
                (target / name).unlink(missing_ok=True)
        raise


def _clear(target: Path) -> None:
    """Takes away the drafts that programs killed half-way left behind."""
    for left in target.glob(f"{_DRAFT}*{_PART}"):
        if time.time() - left.stat().st_mtime > _LEFT_BEHIND:
            shutil.rmtree(left, ignore_errors=True)
