"""`import`, `template`: the spreadsheets that offices send, and the form that they fill in."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import click
import typer
from click.core import ParameterSource

from ntmtrack.cli import options
from ntmtrack.cli.app import RECORD, FormCommand, WriteCommand, command, session_of
from ntmtrack.cli.completion import tables_at_hand, unit_names
from ntmtrack.cli.kinds import with_option
from ntmtrack.dates import read_full_day
from ntmtrack.i18n import N_, _

File = Annotated[
    str,
    typer.Argument(
        metavar=N_("FILE"),
        click_type=click.Path(path_type=str, allow_dash=True),
        autocompletion=tables_at_hand,
        help=N_("The file: .xlsx, .csv, .xls, .ods; - for standard input; or a folder of such files."),
    ),
]
What = Annotated[
    Literal["recognitions", "units", "changes", "roadmap", "published"] | None,
    typer.Option("--what", help=N_("What it lists; told by its headings if left out.")),
]
Sheets = Annotated[
    list[str] | None,
    typer.Option("--sheet", metavar=N_("SHEET"), help=N_("The sheet to read; may be given several times.")),
]
AllSheets = Annotated[
    bool,
    typer.Option("--all-sheets", help=N_("Read every sheet in sight, each by its own title; one action for all.")),
]
Mapped = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar=N_("HEADING=FIELD"), help=N_("What a column tells: “Tên xã=unit”, “D=year”, “E=skip”.")
    ),
]
Level = Annotated[str | None, options.level_option(N_("The level of every row that tells none."))]
Year = Annotated[int | None, options.year_option(N_("The year recognised for, of every row that tells none."))]
Scope = Annotated[
    str | None,
    typer.Option(
        "--scope",
        "-s",
        metavar=N_("UNIT"),
        autocompletion=unit_names,
        help=N_("The district or province in which all rows lie; whose published figures these are."),
    ),
]
AcceptNear = Annotated[
    bool, typer.Option("--accept-near", help=N_("Take names that fit only nearly, as without their marks."))
]
SkipBad = Annotated[
    bool, typer.Option("--skip-bad", help=N_("Leave out the rows that are wrong, and write the others."))
]
OverEdits = Annotated[
    bool, typer.Option("--over-edits", help=N_("Also take back corrections that were made with a reason (edit)."))
]
SkipHidden = Annotated[bool, typer.Option("--skip-hidden", help=N_("Leave out hidden rows."))]
Annotate = Annotated[
    Path | None,
    typer.Option(
        "--annotate",
        metavar=N_("FILE"),
        help=N_("Where the marked copy of a wrong file goes; beside the file if left out."),
    ),
]
NoAnnotate = Annotated[bool, typer.Option("--no-annotate", help=N_("Write no marked copy."))]


@command(
    "import",
    RECORD,
    N_("Take in the spreadsheet that an office sent: checked whole, shown, then written as one action."),
    "ntmtrack import danh-sach.xlsx --dry-run\n"
    "ntmtrack import danh-sach.xlsx --level nang-cao --year 2023\n"
    'ntmtrack import bao-cao.csv --map "Thời gian=year" --skip-bad\n'
    'ntmtrack import "Biểu gửi về"',
    cls=WriteCommand,
)
def import_(
    ctx: typer.Context,
    *,
    file: File,
    what: What = None,
    sheet: Sheets = None,
    all_sheets: AllSheets = False,
    mapped: Mapped = None,
    level: Level = None,
    year: Year = None,
    decision: options.DecisionNumber = None,
    date: options.DecisionDay = None,
    issuer: options.Issuer = None,
    announced: options.Announced = None,
    basis: options.ActWord = None,
    source: options.Source = None,
    note: options.Note = None,
    scope: Scope = None,
    accept_near: AcceptNear = False,
    skip_bad: SkipBad = False,
    skip_hidden: SkipHidden = False,
    over_edits: OverEdits = False,
    annotate: Annotate = None,
    no_annotate: NoAnnotate = False,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.commands.import_ import import_file
    from ntmtrack.errors import OneOf
    from ntmtrack.ingest.columns import TableKind
    from ntmtrack.ingest.options import ImportOptions, level_key, read_mapping
    from ntmtrack.ingest.read_recognitions import Defaults
    from ntmtrack.model import Act

    if sheet and all_sheets:
        raise OneOf(options="--sheet, --all-sheets")
    meanings = dict(map(read_mapping, mapped or ()))
    level = level_key(level) if level else None
    import_options = ImportOptions(
        word=file,
        defaults=Defaults(level, year, decision, date, issuer, announced, source, note, Act(basis) if basis else None),
        what=TableKind(what) if what else None,
        sheets=tuple(sheet or ()),
        all_sheets=all_sheets,
        mapped=meanings,
        skip_hidden=skip_hidden,
        scope=scope,
        accept_near=accept_near,
        skip_bad=skip_bad,
        over_edits=over_edits,
        yes=yes,
        dry_run=dry_run,
        copy=annotate,
        no_copy=no_annotate,
        format=shown.format_,
        output=shown.output,
    )
    if (folder := Path(file)).is_dir():
        from ntmtrack.commands.import_folder import import_folder

        if code := import_folder(session_of(ctx), folder, import_options):
            raise typer.Exit(code)
        return
    import_file(session_of(ctx), import_options)


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
    if missing:
        from ntmtrack.commands.missing_forms import missing_forms

        shown.show(session, missing_forms(session, round_))
    elif all_:
        from ntmtrack.commands.form_round import RoundRequest, send_forms

        send_forms(session, RoundRequest(all_, question, by, deadline, agency, contact, round_))
    elif file:
        from ntmtrack.commands.template import make_form

        make_form(session, file, question)
