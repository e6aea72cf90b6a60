"""The kinds of command, by what they do to the ledger and to files; what all do when they are called."""

import re
from typing import Any

import click
from typer.core import TyperCommand

from ntmtrack.cli.missing_parameters import complete
from ntmtrack.cli.settlement import settle
from ntmtrack.cli.shell import LINE, command_line
from ntmtrack.errors import NotConfirmed, NtmError
from ntmtrack.i18n import _
from ntmtrack.streams import tell
from ntmtrack.text import visible


class Command(TyperCommand):
    """A command whose help leads with examples."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does, examples, how it is called, its options."""
        self.format_help_text(ctx, formatter)
        if self.epilog:
            with formatter.section(_("Examples")):
                for line in self.epilog.splitlines():
                    formatter.write(f"  {line}\n")
        formatter.write_paragraph()
        self.format_usage(ctx, formatter)
        self.format_options(ctx, formatter)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The pieces of the usage line, its placeholder in the language in use."""
        return [_("[OPTIONS]") if piece == "[OPTIONS]" else piece for piece in super().collect_usage_pieces(ctx)]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the command line; what it lacks is asked for where somebody can answer.

        Raises TooLittleTold, Abort.
        """
        session = ctx.obj
        args = args if ctx.resilient_parsing else with_option(self, ctx, args)
        if session is None or ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        ctx.meta[LINE] = [*args]
        try:
            if not session.wanted:
                return super().parse_args(ctx, args)
        except click.MissingParameter:
            pass
        ctx.meta[LINE] = complete(ctx, self, ctx.meta[LINE])
        session.tells_line = True
        ctx.params.clear()
        return super().parse_args(ctx, [*ctx.meta[LINE]])

    def invoke(self, ctx: click.Context) -> Any:
        """Runs it; what was asked for is told as a command line. Units of one name are asked about at a terminal."""
        session = ctx.obj
        if session is None:
            return self._carry_out(ctx)
        try:
            while True:
                try:
                    if session.can_ask and self._is_to_agree(ctx):
                        self._agree(ctx)
                    return self._carry_out(ctx)
                except NtmError as wrong:
                    if not (session.can_ask and settle(ctx, wrong)):
                        raise
                    session.tells_line = True
        except (KeyboardInterrupt, click.Abort, EOFError):
            session.tells_line = False
            raise
        finally:
            if session.tells_line:
                ctx.meta[LINE] += session.settled
                tell(visible(_("The command was: {line}").format(line=command_line(ctx))))  # not folded, to be copied

    def _is_to_agree(self, ctx: click.Context) -> bool:
        """Whether somebody at a terminal is asked before it is written: where answers put the line together."""
        return bool(ctx.obj.tells_line)

    def _agree(self, ctx: click.Context) -> None:
        """What was put together by answers is written once it was read; nothing to do for a command that writes none.

        Raises NotConfirmed, and what the command refuses.
        """

    def _carry_out(self, ctx: click.Context) -> Any:
        """Runs it once; what it writes replaces files of others only where --force was given."""
        if not (ctx.obj and ctx.obj.force):
            return super().invoke(ctx)
        from ntmtrack.files import forcing

        with forcing():
            return super().invoke(ctx)


# Of the options that a word alone may be meant for: what such a word looks like. The first that a command has counts.
_ALONE = {"--from": re.compile("[^-].*"), "--year": re.compile("[0-9]{4}")}


def with_option(command: click.Command, ctx: click.Context, args: list[str]) -> list[str]:
    """The command line, a word that stands alone and is no argument as the option meant: `progress 2024`, `diff 3`."""
    option, param = next(((opt, param) for opt in _ALONE for param in command.params if opt in param.opts), ("", None))
    if param is None:
        return args
    try:
        given, left, _order = command.make_parser(ctx).parse_args([*args])
    except click.UsageError:
        return args
    if len(left) != 1 or not _ALONE[option].fullmatch(left[0]) or given.get(param.name or "") is not None:
        return args
    for place in [place for place, word in enumerate(args) if word == left[0]]:
        others = [*args[:place], *args[place + 1 :]]
        if command.make_parser(ctx).parse_args([*others])[:2] == (given, []):
            return [*others, option, left[0]]
    return args


class FileCommand(Command):
    """A command whose argument is the file to write."""


class ReadCommand(Command):
    """A command that tells what the ledger knows, today or as of an earlier day."""


class ActionCommand(Command):
    """A command that may write an action, though no figure changes by it."""


class WriteCommand(ActionCommand):
    """A command that writes to the ledger as one action, or proposes that."""

    is_deciding = False

    def _agree(self, ctx: click.Context) -> None:
        if ctx.params.get("dry_run") is not False or "yes" in ctx.params:  # which ask by themselves
            return
        session, ctx.params["dry_run"] = ctx.obj, True
        session.is_trial = True
        try:
            self._carry_out(ctx)
        finally:
            session.is_trial = ctx.params["dry_run"] = False
        if not session.ask(_("Write this to the ledger?")):
            raise NotConfirmed


class DecidingCommand(WriteCommand):
    """A command that decides of earlier actions, or is about the whole ledger: nothing that could be proposed."""

    is_deciding = True


class YearCommand(WriteCommand):
    """A command that writes of the last year with data where none is named; at a terminal only once that is agreed."""

    def _is_to_agree(self, ctx: click.Context) -> bool:
        return super()._is_to_agree(ctx) or all(ctx.params[name] is None for name in ("year", "as_of"))


class FormCommand(FileCommand, ActionCommand):
    """A command that writes files and may keep what it sent, though no figure changes by it."""


class ReadFileCommand(ReadCommand, FileCommand):
    """A command that tells what the ledger knows, in the file that is its argument."""


class ReadWriteCommand(ReadCommand, WriteCommand):
    """A command that tells what the ledger knows, and may write to it as one action."""


class ReportCommand(ReadFileCommand, WriteCommand):
    """A command that tells what the ledger knows, in the file that is its argument, and may write to the ledger."""

    is_deciding = True
