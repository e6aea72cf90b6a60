"""Whether a refusal proposes only what there is: options of the command that refused, commands and their options."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import click

from ntmtrack.cli import declare
from ntmtrack.cli.app import tree

OPTION = re.compile(r"(?<![\w/.-])--?[a-z][a-z-]*")
COMMAND = re.compile(
    r"ntmtrack ((?:roadmap |movement |server |criteria (?=export|import|show))?[a-z][a-z-]*|(?=--help))"
)
APART = "   "  # between two proposals of one line


def untrue(argv: Sequence[str], said: str) -> list[str]:
    """What the hints of a refusal by `argv` name and what is not there; `said` is what it printed."""
    refused, _error, hints = said.partition("\n")
    while refused and not refused.startswith(("Lỗi: ", "Error: ")):
        refused, _error, hints = hints.partition("\n")
    own = _named(" ".join(argv))
    return [wrong for line in hints.splitlines() for part in line.split(APART) for wrong in _wrong(part, own)]


def _wrong(part: str, own: str) -> list[str]:
    """What is not there in one proposal: before it names a command, options are those of the command that refused."""
    pieces = COMMAND.split(part.partition("createdb ")[0])  # which is a program of the server's own
    commands = [own, *pieces[1::2]]
    wrong = []
    for command, text in zip(commands, pieces[::2], strict=True):
        if command not in _options():
            wrong.append(f"ntmtrack {command}: {part.strip()}")
        else:
            strange = [option for option in OPTION.findall(text) if option not in _options()[command]]
            wrong.extend(f"{command} {option}: {part.strip()}" for option in strange)
    return wrong


def _named(line: str) -> str:
    return next((name for name in sorted(_options(), key=len, reverse=True) if f"{line} ".startswith(f"{name} ")), "")


@cache
def _options() -> dict[str, set[str]]:
    """Every command by its name, "roadmap show", with its options; "" is the program itself."""
    declare()
    found = {"": {"--help", "--version"}}
    for name, command in _walk(tree(), ""):
        found[name] = {option for param in command.params for option in param.opts} | {"--help", "-h"}
    return found


def _walk(group: click.Group, above: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield (full := f"{above}{name}"), command
        if isinstance(command, click.Group):
            yield from _walk(command, f"{full} ")
