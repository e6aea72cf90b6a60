"""The command tree: how commands are declared, helped, translated, and given the options that all share."""

import re
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from datetime import date
from functools import cache, wraps
from inspect import Parameter, Signature, get_annotations, signature
from typing import Annotated, Any, TypeVar, cast

import click
import typer
from typer.core import TyperArgument

from ntmtrack import __version__
from ntmtrack.cli.groups import ASK as ASK  # the panels under which commands are declared
from ntmtrack.cli.groups import LEDGER as LEDGER
from ntmtrack.cli.groups import PROGRAM, CommandGroup, FirstPage
from ntmtrack.cli.groups import RECORD as RECORD
from ntmtrack.cli.groups import REPORT as REPORT
from ntmtrack.cli.groups import START as START
from ntmtrack.cli.kinds import ActionCommand as ActionCommand
from ntmtrack.cli.kinds import Command as Command
from ntmtrack.cli.kinds import DecidingCommand as DecidingCommand
from ntmtrack.cli.kinds import FileCommand as FileCommand
from ntmtrack.cli.kinds import FormCommand as FormCommand
from ntmtrack.cli.kinds import ReadCommand as ReadCommand
from ntmtrack.cli.kinds import ReadFileCommand as ReadFileCommand
from ntmtrack.cli.kinds import ReadWriteCommand as ReadWriteCommand
from ntmtrack.cli.kinds import ReportCommand as ReportCommand
from ntmtrack.cli.kinds import WriteCommand as WriteCommand
from ntmtrack.cli.kinds import YearCommand as YearCommand
from ntmtrack.commands import Session
from ntmtrack.dates import last_day, read_day
from ntmtrack.i18n import LANGUAGES, N_, _, language

Function = TypeVar("Function", bound=Callable[..., None])

# Typer words these two options itself, untranslated.
_OF_TYPER = (
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)


app = typer.Typer(
    name=PROGRAM,
    cls=FirstPage,
    help=N_(
        "Keeps who was recognised at which level of the New Rural Areas programme (nông thôn mới), and"
        " compares it with the roadmap."
    ),
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    suggest_commands=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def group_of(
    name: str, panel: str, says: str, cls: type[CommandGroup] = CommandGroup, *, needs_command: bool = True
) -> typer.Typer:
    """A group of commands in the program, told in a panel of the help; alone it gives help where it needs a command."""
    group = typer.Typer(
        name=name, cls=cls, help=says, rich_markup_mode=None, no_args_is_help=needs_command, suggest_commands=False
    )
    app.add_typer(group, rich_help_panel=panel)
    return group


roadmap_app = group_of("roadmap", ASK, N_("Roadmaps: the plans that progress is compared with."))
movement_app = group_of(
    "movement", ASK, N_("Emulation movements: their dates, forms of award, conditions, as their documents have them.")
)
server_app = group_of("server", LEDGER, N_("The ledger on a PostgreSQL server: made, and who may do what there."))


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"ntmtrack {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help=N_("The program's version."))
    ] = False,
) -> None:
    """What every command line begins with."""


def command(
    name: str,
    panel: str,
    says: str,
    examples: str,
    group: typer.Typer = app,
    *,
    cls: type[Command] = Command,
    asks: Sequence[str] = (),
) -> Callable[[Function], Function]:
    """Declares a command: its name, its place in the help, one sentence, examples to copy, what it does to the ledger.

    Commands of one class share the options of that class. A parameter that is of a class of options is declared as
    these. `asks` are the parameters that are asked for, in this order, where one that is needed is missing; without
    it those that are needed are.
    """
    declared = group.command(name, cls=cls, help=says, epilog=examples, rich_help_panel=panel)

    def declare(function: Function) -> Function:
        each = _spread(function)
        each.__dict__["asks"] = asks
        return declared(each)

    return declare


class Options:
    """Options that commands declare as one parameter: those of the class above first, each under its own name."""

    def __init__(self, **given: Any) -> None:
        self.__dict__.update(given)

    @classmethod
    def parameters(cls) -> list[Parameter]:
        """Each option as a parameter by itself."""
        classes = [above for above in reversed(cls.mro()) if issubclass(above, Options)]
        kinds = {name: kind for above in classes for name, kind in get_annotations(above).items()}
        return [
            Parameter(name, Parameter.KEYWORD_ONLY, default=getattr(cls, name), annotation=kind)
            for name, kind in kinds.items()
        ]


def _spread(function: Function) -> Function:
    """The function with one parameter for each option of its `Options`, as typer needs it."""
    declared = signature(function).parameters.values()
    several = {param.name: param.annotation for param in declared if _is_several(param.annotation)}
    if not several:
        return function
    parameters = {
        param.name: several[param.name].parameters() if param.name in several else [param] for param in declared
    }

    @wraps(function)
    def taking_each(**given: Any) -> None:
        for name in several:
            given[name] = several[name](**{param.name: given.pop(param.name) for param in parameters[name]})
        function(**given)

    each = [param.replace(kind=Parameter.KEYWORD_ONLY) for group in parameters.values() for param in group]
    taking_each.__signature__ = Signature(each)  # type: ignore[attr-defined]  # which `signature` reads
    return cast(Function, taking_each)


def _is_several(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Options)


def session_of(ctx: typer.Context) -> Session:
    """The session that `main` handed to this command."""
    return cast(Session, ctx.obj)


def tree(name: str | None = None) -> click.Group:
    """The tree of the commands that are declared, or of the one called `name` alone, which takes less time to build.

    It is in the language in use, every command with the shared options.
    """
    groups = [app, *(added.typer_instance for added in app.registered_groups if added.typer_instance)]
    return _tree(language(), name, sum(len(group.registered_commands) for group in groups))


def list_commands(ctx: click.Context) -> None:
    """Prints every command by panel, and the options of the program."""
    root = tree()
    assert isinstance(root, FirstPage)
    typer.echo(root.whole_help(click.Context(root, info_name="ntmtrack", **root.context_settings)) + "\n")


@cache  # who runs many command lines in one process, as examples and tests do, builds it once
def _tree(_language: str, name: str | None, _declared: int) -> click.Group:
    part = copy(app)
    if name:
        part.registered_commands = [entry for entry in app.registered_commands if entry.name == name]
        part.registered_groups = [
            entry for entry in app.registered_groups if entry.typer_instance and entry.typer_instance.info.name == name
        ]
    root = typer.main.get_command(part)
    assert isinstance(root, click.Group)
    for declared in _walk(root):
        declared.params.extend(_options_of(declared))
        declared.help = declared.help and _(declared.help)
        for param in declared.params:
            _translate(param)
    return root


def _walk(command: click.Command) -> Iterator[click.Command]:
    yield command
    for sub in getattr(command, "commands", {}).values():
        yield from _walk(sub)


def _translate(param: click.Parameter) -> None:
    if isinstance(param, click.Option | TyperArgument) and param.help:
        param.help = _(param.help)
    if param.metavar and re.fullmatch(r"[A-Z=]+…?", param.metavar):
        param.metavar = _(param.metavar)


def _options_of(command: click.Command) -> list[click.Option]:
    """The options that a command shares with others of its class."""
    options = []
    if isinstance(command, ReadCommand):
        says = N_("What the ledger knew at the end of this day, e.g. 31/12/2024; corrections since then are left out.")
        options.append(_shared("--as-known", says, metavar=N_("DAY"), type=_day))
    if isinstance(command, WriteCommand):
        says = N_("Why figures of a closed year are changed; kept in the history.")
        options.append(_shared("--reopen", says, metavar=N_("REASON")))
        says = N_("Only propose it: it counts once somebody takes it (ntmtrack take).")
        options.append(_shared("--as-proposal", says, is_flag=True, hidden=command.is_deciding))
    if isinstance(command, ActionCommand):
        says = N_("Write though the last action is later than this computer’s clock.")
        options.append(_shared("--trust-clock", says, is_flag=True))
    if isinstance(command, FileCommand) or any(param.name == "output" for param in command.params):
        says = N_("Replace a file of that name, though this program did not write it or it was changed since.")
        options.append(_shared("--force", says, is_flag=True))
    options.append(
        _shared("--db", N_("The ledger to work on: a file, or an address on a server."), metavar=N_("LEDGER"))
    )
    options.append(_shared("--lang", N_("The language of the output."), type=click.Choice([*LANGUAGES])))
    options.append(_shared("--debug", N_("Show the program's own trace when something goes wrong."), is_flag=True))
    return options


def _shared(name: str, says: str, **kinds: Any) -> click.Option:
    return click.Option([name], expose_value=False, callback=_remember, help=says, **kinds)


def _day(text: str) -> date:
    """A day as typed; the last day of a month or a year that is given alone."""
    return last_day(read_day(text))


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Keeps a shared option, wherever on the command line it stands."""
    if value and ctx.obj is not None:
        setattr(ctx.obj, str(param.name), value)
