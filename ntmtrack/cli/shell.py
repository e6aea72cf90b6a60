"""A command line as a shell takes it, to be copied."""

import click

from ntmtrack.ways import quoted

LINE = "ntmtrack.line"  # of a context: the words behind the command's name, as completed


def command_line(ctx: click.Context) -> str:
    """The command as it can be copied into a shell."""
    return " ".join([ctx.command_path, *map(quoted, ctx.meta[LINE])])
