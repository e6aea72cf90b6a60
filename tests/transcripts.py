"""Runs the console blocks of a Markdown file and compares, or rewrites, what they show.

A block is ```console; `$ ntmtrack …` is run, the lines after it are what it prints (stdout and stderr), and a last
line `[1]` is an exit code other than 0. All blocks of a file share one empty folder, and one ledger in it. A block
```toml whose first line is `# tệp NAME` is a file in that folder; so is a block ```csv NAME. The folder also holds
the office tables of sample_data. Above a block, `<!-- 2026-11-25 -->` is the day on which it and later ones run.

    python -m tests.transcripts README.md tests/transcripts/*.md      rewrites them
"""

import os
import re
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from tests.running import NOW, run

BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.DOTALL | re.MULTILINE)
DAY = re.compile(r"^<!-- (\d{4}-\d\d-\d\d) -->$", re.MULTILINE)
FILE = re.compile(r"^```toml\n(# tệp (\S+)\n.*?)^```$", re.DOTALL | re.MULTILINE)
TABLE = re.compile(r"^```csv (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TABLES = Path(__file__).parent.parent / "sample_data" / "office_tables"
ENVIRONMENT = {"NTMTRACK_DB": "so.db", "COLUMNS": "100", "TZ": "Asia/Ho_Chi_Minh"}


def replay(text: str) -> str:
    """`text` with every console block as the program prints it now."""
    with _empty_folder():
        for content, name in FILE.findall(text):
            Path(name).write_text(content, encoding="utf-8")
        for name, content in TABLE.findall(text):
            Path(name).write_text(content, encoding="utf-8")
        shutil.copytree(TABLES, "sample_data/office_tables")
        return BLOCK.sub(lambda block: "".join(_block(block.group(0), _day(text[: block.start()]))), text)


def commands(text: str) -> list[str]:
    """The command lines of every block."""
    return [line[2:] for block in BLOCK.findall(text) for line in block.splitlines() if line.startswith("$ ")]


def _day(above: str) -> datetime:
    """The moment at which a block is run: the last day given above it."""
    given = DAY.findall(above)
    return datetime.combine(date.fromisoformat(given[-1]), NOW.timetz()) if given else NOW


def _block(text: str, now: datetime) -> Iterator[str]:
    for line in commands(f"```console\n{text}```\n"):
        yield f"$ {line}\n"
        program, *argv = shlex.split(line)
        assert program == "ntmtrack", line
        result = run(*argv, now=now)
        yield "".join(f"{shown.rstrip()}\n" for shown in result.both.splitlines())
        if result.code:
            yield f"[{result.code}]\n"


@contextmanager
def _empty_folder() -> Iterator[None]:
    before, here = dict(os.environ), Path.cwd()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as data:
        os.chdir(folder)
        os.environ.pop("NTMTRACK_LANG", None)
        os.environ.update(ENVIRONMENT, XDG_DATA_HOME=data)
        _set_zone()
        try:
            yield
        finally:
            os.chdir(here)
            os.environ.clear()
            os.environ.update(before)
            _set_zone()


def _set_zone() -> None:
    if hasattr(time, "tzset"):
        time.tzset()


if __name__ == "__main__":
    for name in sys.argv[1:]:
        file = Path(name)
        file.write_text(replay(file.read_text(encoding="utf-8")), encoding="utf-8")
