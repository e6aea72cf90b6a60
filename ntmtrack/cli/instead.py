"""What is done, or said, of a command line that begins with no command: a file, a year, another word."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ntmtrack.cli.names import alias, is_said, meant_by
from ntmtrack.errors import NoSuchCommand
from ntmtrack.i18n import _, language
from ntmtrack.paths import TABLES
from ntmtrack.ways import quoted

if TYPE_CHECKING:
    from ntmtrack.commands import Session

_YEAR = re.compile(r"(19|20)[0-9]{2}")
_LEDGERS = (".db", ".sqlite", ".sqlite3")


def instead(ctx: click.Context, group: click.Group, words: Sequence[str]) -> list[str]:
    """The command line that is meant by words that begin with no command, where a person says so.

    Raises NoSuchCommand with what may be meant.
    """
    session: Session | None = ctx.obj
    is_root = ctx.parent is None
    if is_root and _is_table(words[0]) and session is not None and session.can_ask:
        line = ["import", *words]
        if session.ask(_("Take {file} into the ledger?").format(file=words[0])):
            return line
    lines = _for_what_it_is(words) if is_root else []
    above = "" if is_root else f" {ctx.info_name}"
    both = " ".join(words[:2])  # “thong ke”, as it is typed without quotation marks
    typed = both if is_root and is_said(both) else words[0]
    near = [f"ntmtrack {line}" for line in lines] or [
        _both_names(f"ntmtrack{above} ", name, alias(name, above.strip()))
        for name in meant_by(typed, [*group.commands], above.strip())
    ]
    raise NoSuchCommand(name=typed, near=near, command=f"ntmtrack{above}")


def _is_table(word: str) -> bool:
    return word.lower().endswith(TABLES)


def _for_what_it_is(words: Sequence[str]) -> list[str]:
    """The command for a file, a folder, or a year."""
    word = words[0]
    if _is_table(word) or (Path(word).is_dir() and not word.isalnum()):
        return [f"import {quoted(word)}"]
    if word.lower().endswith(_LEDGERS):
        return [f"status --db {quoted(word)}"]
    if word.lower().endswith(".jsonl"):
        return [f"load {quoted(word)}"]
    return [f"progress --year {word}"] if _YEAR.fullmatch(word) else []


def _both_names(before: str, name: str, other: str) -> str:
    return f"{before}{name} ({other})" if other and language() == "vi" else f"{before}{name}"
