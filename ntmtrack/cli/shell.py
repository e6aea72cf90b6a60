"""A command line as a shell takes it, to be copied."""

import os
import re

import click

LINE = "ntmtrack.line"  # of a context: the words behind the command's name, as completed
_ON_WINDOWS = os.name == "nt"
_PLAINLY = re.compile(r"[\w./:+-]+")  # what every shell takes as it stands


def command_line(ctx: click.Context) -> str:
    """The command as it can be copied into a shell."""
    return " ".join([ctx.command_path, *map(quoted, ctx.meta[LINE])])


def quoted(word: str) -> str:
    """A word as cmd.exe and PowerShell take it, or a shell of the POSIX kind where this is one."""
    if _PLAINLY.fullmatch(word):
        return word
    if _ON_WINDOWS:
        ended = re.sub(r"(\\+)$", r"\1\1", re.sub(r'(\\*)"', r'\1\1\\"', word))
        return f'"{ended}"'
    if re.search(r"[\"$`\\!]", word):
        import shlex

        return shlex.quote(word)
    return f'"{word}"'
