"""`template`: the forms that offices fill in, one or a whole round, and who has not replied."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import click
import typer
from click.core import ParameterSource

from ntmtrack.cli import options
from ntmtrack.cli.app import RECORD, FormCommand, command, session_of
from ntmtrack.cli.kinds import with_option
from ntmtrack.dates import read_full_day
from ntmtrack.i18n import N_, _

if TYPE_CHECKING:
    from ntmtrack.commands import Session
    from ntmtrack.commands.question import ReportOptions


class _TemplateCommand(FormCommand):
    """A command that does one of several things, each by an option or an argument of its own."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the command line; which of them is meant is asked for where none is told and somebody can answer.

        Raises TooLittleTold, Abort.
        """
        session = ctx.obj
        if session is None or ctx.resilient_parsing or self._is_told(ctx, args):
            return super().parse_args(ctx, args)
        if not session.can_ask:
            from ntmtrack.errors import TooLittleTold

            folder = _("Forms sent")
            example = f'ntmtrack template --all "{folder}" --deadline 15/12/2026'
            raise TooLittleTold(what=_("the file, --all FOLDER or --missing"), example=example)
        from ntmtrack.cli.choices import choose_forms

        chosen = choose_forms(session)
        if chosen is None:
            raise click.Abort
        session.wanted, session.tells_line = chosen.wanted, True
        return super().parse_args(ctx, [*chosen.words[1:], *args])

    def _is_told(self, ctx: click.Context, args: Sequence[str]) -> bool:
        """Whether the line tells it, or asks for help, or cannot be read."""
        try:
            told, _left, _order = self.make_parser(ctx).parse_args(with_option(self, ctx, [*args]))
        except click.UsageError:
            return True
        ways = [param for param in self.get_params(ctx) if param.name in ("file", "all_", "missing", "help")]
        return any(param.consume_value(ctx, told)[1] is ParameterSource.COMMANDLINE for param in ways)


@command(
    "template",
    RECORD,
    N_("Write forms for offices to fill in, one or a whole round; say who has not replied."),
    "ntmtrack template recognitions.xlsx\n"
    'ntmtrack template "Biểu Hòn Đất.xlsx" --scope "Hòn Đất"\n'
    "ntmtrack template ra-soat.xlsx --what assessments --set nang-cao --on 30/6/2026\n"
    "ntmtrack template dang-ky.xlsx --what registrations --year 2027\n"
    'ntmtrack template --all "Biểu gửi đi" --deadline 15/12/2026 --contact "Phòng Nghiệp vụ"\n'
    "ntmtrack template --missing",
    cls=_TemplateCommand,
)
def template(
    ctx: typer.Context,
    *,
    file: Annotated[
        Path | None, typer.Argument(metavar=N_("FILE"), help=N_("The form to write, ending in .xlsx."))
    ] = None,
    all_: Annotated[
        Path | None,
        typer.Option(
            "--all",
            metavar=N_("FOLDER"),
            help=N_("A round: a form for each district, or commune where there are none, with what is on record."),
        ),
    ] = None,
    missing: Annotated[bool, typer.Option("--missing", help=N_("Who has not replied to the last round."))] = False,
    by: Annotated[
        Literal["district", "commune", "former-district"] | None,
        typer.Option("--by", help=N_("With --all: a form for each of these instead.")),
    ] = None,
    deadline: Annotated[
        date | None,
        typer.Option("--deadline", metavar=N_("DAY"), parser=read_full_day, help=N_("By when they are to reply.")),
    ] = None,
    agency: Annotated[
        str | None,
        typer.Option("--agency", metavar=N_("TEXT"), help=N_("Whose forms they are, as on reports. Kept.")),
    ] = None,
    contact: Annotated[
        str | None, typer.Option("--contact", metavar=N_("TEXT"), help=N_("Whom to ask about them. Kept."))
    ] = None,
    round_: Annotated[
        int | None,
        typer.Option(
            "--round",
            metavar=N_("N"),
            parser=options.read_count,
            help=N_(
                "This round: who has not replied to it (--missing), or its forms anew, by another day too (--all)."
            ),
        ),
    ] = None,
    what: Annotated[
        Literal["recognitions", "assessments", "registrations", "entries", "awards"],
        typer.Option(
            "--what",
            help=N_("What it asks for: recognitions, assessments, registrations, entries of registers, awards given."),
        ),
    ] = "recognitions",
    of_set: Annotated[
        str | None, typer.Option("--set", metavar=N_("SET"), help=N_("Of assessments: by which criteria set."))
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar=N_("DAY"),
            parser=options.read_whole_day,
            help=N_("Of assessments: the day; today if left out."),
        ),
    ] = None,
    scope: options.Scope = None,
    year: options.Year = None,
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.commands.question import ReportOptions
    from ntmtrack.errors import OneOf, OnlyWith

    if sum((file is not None, all_ is not None, missing)) != 1:
        raise OneOf(options=", ".join((_("FILE"), "--all", "--missing")))
    of_all = {"--by": by, "--deadline": deadline, "--agency": agency, "--contact": contact}
    of_missing = {"--format": shown.format_, "--output": shown.output}
    for owner, given, is_meant in (("--all", of_all, all_), ("--missing", of_missing, missing)):
        if strange := [option for option, value in given.items() if value is not None and not is_meant]:
            raise OnlyWith(option=", ".join(strange), other=owner)
    if round_ is not None and file:
        raise OnlyWith(option="--round", other="--all, --missing")
    session, question = session_of(ctx), ReportOptions(year, scope=scope)
    is_of_assessments = what == "assessments" and file is not None
    if (of_set or on) and not is_of_assessments:
        raise OnlyWith(option=", ".join(filter(None, (of_set and "--set", on and "--on"))), other="--what assessments")
    if is_of_assessments and file:
        from ntmtrack.commands.template_assessments import make_assessment_form

        make_assessment_form(session, file, of_set, on or (f"{year}-12-31" if year else None), scope)
    elif missing:
        from ntmtrack.commands.missing_forms import missing_forms

        shown.show(session, missing_forms(session, round_))
    elif all_:
        from ntmtrack.commands.form_round import RoundRequest, send_forms

        send_forms(session, RoundRequest(all_, question, by, deadline, agency, contact, round_))
    elif file:
        _make_form(session, file, what, question)


def _make_form(session: "Session", file: Path, what: str, question: "ReportOptions") -> None:
    """One form: for registrations, of the other registers, of awards, else for recognitions."""
    if what == "registrations":
        from ntmtrack.commands.template_registers import make_registration_form

        make_registration_form(session, file, question.year, question.scope)
    elif what == "entries":
        from ntmtrack.commands.template_registers import make_entry_form

        make_entry_form(session, file, question.scope)
    elif what == "awards":
        from ntmtrack.commands.template_registers import make_award_form

        make_award_form(session, file, question.scope)
    else:
        from ntmtrack.commands.template import make_form

        make_form(session, file, question)
