"""The help of the program and of its groups: the month's work on one page, every command by panel."""

from typing import TYPE_CHECKING

import click
from typer.core import TyperGroup

from ntmtrack.cli.instead import instead
from ntmtrack.cli.names import OF_THE_MONTH, alias, called
from ntmtrack.i18n import N_, _, language

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

PROGRAM = "ntmtrack"
START = N_("Start")
RECORD = N_("Record")
ASK = N_("Ask")
REPORT = N_("Report")
LEDGER = N_("The ledger")
_WHOLE = 1000  # short helps are never cut
_NAMES = 28  # columns of names in lists of commands
_OF_ALIASES = "vi"  # the language whose help shows them
PANELS = (START, RECORD, ASK, REPORT, LEDGER)
_FURTHER = (
    N_("A menu that asks: ntmtrack"),
    N_("One command: ntmtrack record --help"),
    N_("All commands, and pages to read: ntmtrack help"),
    N_("Every command takes --db LEDGER, --lang vi|en, --help"),
)


class CommandGroup(TyperGroup):
    """A group whose help lists its commands by panel, and whose commands have Vietnamese names too."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it is, its commands by panel, how it is called, its options."""
        self.format_help_text(ctx, formatter)
        self.format_commands(ctx, formatter)
        formatter.write_paragraph()
        self.format_usage(ctx, formatter)
        click.Command.format_options(self, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """A section per panel, commands in the order in which they were declared."""
        commands = list(self.commands.values())
        for panel in PANELS:
            rows = [
                (self._named(command.name or ""), command.get_short_help_str(_WHOLE))
                for command in commands
                if getattr(command, "rich_help_panel", None) == panel and not command.hidden
            ]
            if rows:
                with formatter.section(_(panel)):
                    formatter.write_dl(rows, col_max=_NAMES)

    def _named(self, name: str) -> str:
        """A command's name, with its Vietnamese one beside it where that language is in use."""
        other = alias(name, self.above) if language() == _OF_ALIASES else ""
        return f"{name}, {other}" if other else name

    @property
    def above(self) -> str:
        """The group's name as part of its commands'; "" for the program itself."""
        return "" if self.name == PROGRAM else str(self.name)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The pieces of the usage line in the language in use."""
        return [_("[OPTIONS]"), _("COMMAND …")]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named, in Vietnamese too, and the words behind it; raises NoSuchCommand."""
        found = self.get_command(ctx, args[0]) or self.get_command(ctx, called(args[0], self.above) or "")
        if found is None and not ctx.resilient_parsing:
            line = instead(ctx, self, args)
            found, args = self.get_command(ctx, line[0]), [*line]
        return (found.name, found, args[1:]) if found else (None, None, args[1:])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """Commands that begin as typed, by either name."""
        items = super().shell_complete(ctx, incomplete)
        others = {alias(name, self.above): name for name in self.commands} if incomplete else {}
        own = {item.value for item in items}
        return items + [
            type(items[0])(other, help=name) if items else _item(other, name)
            for other, name in others.items()
            if other.startswith(incomplete) and name not in own
        ]


def _item(value: str, says: str) -> "CompletionItem":
    from click.shell_completion import CompletionItem

    return CompletionItem(value, help=says)


class FirstPage(CommandGroup):
    """The program itself, whose help is one page: the commands of the month, and where the others are told."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it is, the commands of the month, where to read on."""
        self.format_help_text(ctx, formatter)
        rows = [(self._named(name), _(says)) for name, says in OF_THE_MONTH.items() if name in self.commands]
        with formatter.section(_("The work of the month")):
            formatter.write_dl(rows, col_max=_NAMES)
        formatter.write_paragraph()
        self.format_usage(ctx, formatter)
        formatter.write_paragraph()
        for text in _FURTHER:
            formatter.write(f"  {_(text)}\n")

    def whole_help(self, ctx: click.Context) -> str:
        """Every command by panel, and the options of the program."""
        formatter = ctx.make_formatter()
        super().format_help(ctx, formatter)
        return formatter.getvalue().rstrip("\n")
