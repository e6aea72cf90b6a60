"""Runs the console blocks of a Markdown file and compares, or rewrites, what they show.

A block is ```console; `$ ntmtrack …` is run, the lines after it are what it prints (stdout and stderr), and a last
line `[1]` is an exit code other than 0. The sentence above a block is its intent: which behaviour it shows. All blocks
of a file share one empty folder, and one ledger in it. A block ```toml whose first line is `# tệp NAME` is a file in
that folder; so is a block ```csv NAME. The folder also holds the office tables of sample_data. `<!-- 2026-11-25 -->`
is the day on which what follows is run, `<!-- $ ntmtrack demo -->` is run and not shown. `$ NTMTRACK_USER=xa ntmtrack`
is run in the name of somebody else. `<!-- file: why -->` right above a block says that it tells of a ledger that is a
file, or of none yet: with TESTS_ON_SERVER=1 it is run and not compared.

    python -m tests.transcripts README.md docs/*.md docs/en/*.md tests/cases/*.md      rewrites them
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
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path

from tests import places
from tests.places import ADDRESS, SERVICE
from tests.running import NOW, WHO, Result, run

STEP = re.compile(
    r"^<!-- (?P<day>\d{4}-\d\d-\d\d) -->$|^<!-- \$ (?P<unseen>[^\n]*) -->$"
    r"|(?P<of_file>^<!-- file: [^\n]* -->\n)?^```console\n(?P<shown>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
COMMENT = re.compile(r"^<!-- .* -->$", re.MULTILINE)
FILE = re.compile(r"^```toml\n(# tệp (\S+)\n.*?)^```$", re.DOTALL | re.MULTILINE)
TABLE = re.compile(r"^```csv (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TABLES = Path(__file__).parent.parent / "sample_data" / "office_tables"
BY = "NTMTRACK_USER="
# Of what a ledger on a server has no need: it was made by `server init`, and copies of it are its administrator's.
OF_FILE = re.compile(r"^(?:Đã lập sổ mới|Made a new ledger|Bản sao của sổ trước khi nhập): so\.db\b.*\n", re.MULTILINE)
WHOLE = re.compile(r"^.*\s(?:từng trang dữ liệu|every page is)\s.*\n", re.MULTILINE)
# What is said otherwise there: an action is taken back by its number, for others may write meanwhile.
WAY_BACK = re.compile(
    r"(\((?:thao tác|action) (\d+)\): .* (?:Hoàn tác|Take it back with): ntmtrack undo) \2$", re.MULTILINE
)
STATUS = re.compile(r"^Sổ    ( +so\.db)$", re.MULTILINE)
ENVIRONMENT = {"NTMTRACK_DB": "so.db", "COLUMNS": "100", "TZ": "Asia/Ho_Chi_Minh"}


@dataclass(frozen=True)
class Block:
    """A console block: its first line counted from 1, where it lies in the text, what it is to show and prints now."""

    line: int
    span: tuple[int, int]
    intent: str
    shown: str
    printed: str

    def difference(self) -> str:
        """The first line that is printed otherwise than shown, with its place and the block's intent; "" for none."""
        lines = zip_longest(self.shown.splitlines(), self.printed.splitlines(), fillvalue="(nothing)")
        for line, (shown, printed) in enumerate(lines, start=self.line):
            if shown != printed:
                return f"line {line}, in the block “{self.intent}”:\n  stands:  {shown}\n  printed: {printed}"
        return ""


def blocks(text: str) -> list[Block]:
    """Every console block of `text`, run in turn."""
    with _empty_folder():
        for content, name in FILE.findall(text):
            Path(name).write_text(content, encoding="utf-8")
        for name, content in TABLE.findall(text):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(content, encoding="utf-8")
        shutil.copytree(TABLES, "sample_data/office_tables")
        return list(_run_all(text))


def replay(text: str) -> str:
    """`text` with every console block as the program prints it now."""
    for block in reversed(blocks(text)):
        first, end = block.span
        text = text[:first] + block.printed + text[end:]
    return text


def intents(text: str) -> dict[int, str]:
    """The sentence above every console block by the block's first line; "" where there is none."""
    shown = [step for step in STEP.finditer(text) if step["shown"] is not None]
    return {_line(text, step): _intent(text[: step.start()]) for step in shown}


def _run_all(text: str) -> Iterator[Block]:
    now = NOW
    for step in STEP.finditer(text):
        if step["day"]:
            now = datetime.combine(date.fromisoformat(step["day"]), NOW.timetz())
        elif step["unseen"]:
            assert not _run(step["unseen"], now).code, step["unseen"]
        else:
            printed = "".join(_printed(step["shown"], now))
            shown = step["shown"]
            if places.OFFICE:
                printed = STATUS.sub(r"Tệp sổ\1", WAY_BACK.sub(r"\1", printed))
                shown = _on_server(step, printed)
            yield Block(_line(text, step), step.span("shown"), _intent(text[: step.start()]), shown, printed)


def _on_server(step: re.Match[str], printed: str) -> str:
    """What a block shows where the ledger is on a server; whatever is printed, in one that is about a file."""
    if step["of_file"]:
        return printed
    shown = OF_FILE.sub("", step["shown"])
    return shown if WHOLE.search(printed) else WHOLE.sub("", shown)


def _line(text: str, step: re.Match[str]) -> int:
    return text.count("\n", 0, step.start("shown")) + 1


def _intent(above: str) -> str:
    """The paragraph that `above` ends with: no heading, no table, no other block."""
    paragraph = COMMENT.sub("", above).rstrip().rpartition("\n\n")[2].strip()
    return "" if paragraph.startswith(("#", "|", "```")) or paragraph.endswith("```") else " ".join(paragraph.split())


def _printed(shown: str, now: datetime) -> Iterator[str]:
    """A block's lines: each command with what it prints."""
    for line in shown.splitlines():
        if line.startswith("$ "):
            result = _run(line.removeprefix("$ "), now)
            yield f"{line}\n"
            yield "".join(f"{each.rstrip()}\n" for each in result.both.replace(ADDRESS, SERVICE).splitlines())
            yield f"[{result.code}]\n" if result.code else ""


def _run(line: str, now: datetime) -> Result:
    program, *argv = shlex.split(line)
    who = program.removeprefix(BY) if program.startswith(BY) else WHO
    if program.startswith(BY):
        program, *argv = argv
    assert program == "ntmtrack", line
    if places.OFFICE:
        argv = [ADDRESS if word == SERVICE else word for word in argv]
    return run(*argv, now=now, who=who)


@contextmanager
def _empty_folder() -> Iterator[None]:
    before, here = dict(os.environ), Path.cwd()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as data:
        os.chdir(folder)
        os.environ.pop("NTMTRACK_LANG", None)
        os.environ.update(ENVIRONMENT, XDG_DATA_HOME=data)
        if places.OFFICE:
            places.OFFICE.begin()
            os.environ["NTMTRACK_DB"] = ADDRESS
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
