"""The options that commands share: one name, one meaning, one help text everywhere."""

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ntmtrack.cli.app import Options
from ntmtrack.cli.completion import level_words, mark_names, movement_keys, roadmap_keys, unit_names
from ntmtrack.dates import first_day, last_day, read_day, read_full_day, read_year
from ntmtrack.errors import BadAction, BadCount
from ntmtrack.i18n import N_

if TYPE_CHECKING:
    from ntmtrack.commands import Session
    from ntmtrack.commands.question import ReportOptions
    from ntmtrack.reports import Report


_MOST_FIGURES = 9  # of a count: more is a slip
PROBLEMS_FOUND = 3  # the exit code of checks that found something wrong


class Format(StrEnum):
    """How a report is written."""

    TABLE = "table"
    PLAIN = "plain"
    CSV = "csv"
    JSON = "json"


def read_count(text: str) -> int:
    """A whole number from 1; raises BadCount."""
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_FIGURES and int(text) > 0):
        raise BadCount(text=text)
    return int(text)


def read_units(text: str) -> int:
    """A whole number of units, from 0; raises BadCount."""
    return 0 if text.strip() == "0" else read_count(text)


def read_action(text: str) -> int:
    """The number of an action; raises BadAction."""
    try:
        return read_count(text)
    except BadCount as wrong:
        raise BadAction(text=text) from wrong


def read_map(text: str | None) -> date | None:
    """The day whose units are meant; None for each day's own."""
    return None if text is None or text.strip().casefold() in ("own", "riêng") else last_day(read_day(text))


def read_last_day(text: str) -> date:
    """A day as typed; the last day of a month or a year that is given alone."""
    return last_day(read_day(text))


def read_first_day(text: str) -> date:
    """A day as typed; the first day of a month or a year that is given alone."""
    return first_day(read_day(text))


def read_any_day(text: str) -> str:
    """A day as typed, or as much of it as is known, in ISO."""
    return read_day(text)


def read_whole_day(text: str) -> str:
    """A whole day as typed, in ISO; a month or a year alone is not enough."""
    return read_full_day(text).isoformat()


def read_act(text: str) -> str:
    """The form of recognition that words mean, by its key; raises UnknownWord."""
    from ntmtrack.rules import find_act

    return find_act(text).value


def read_state(text: str) -> str:
    """The state after a merger that a word means, by its key; raises UnknownWord."""
    from ntmtrack.errors import UnknownWord
    from ntmtrack.progress.constituents import CarryState
    from ntmtrack.text import squeeze

    for state in CarryState:
        if squeeze(text) in (squeeze(state.value), squeeze(state.label)):
            return state.value
    raise UnknownWord(text=text, known=", ".join(f"“{state.label}”" for state in CarryState))


TierWord = Literal["commune", "district"]
TierOfUnits = Literal["commune", "district", "village"]


def level_option(says: str) -> Any:
    """--level, with what it means for a command."""
    return typer.Option("--level", "-l", metavar=N_("LEVEL"), autocompletion=level_words, help=says)


def year_option(says: str, *names: str) -> Any:
    """--year, or a year under other names, with what it means for a command."""
    return typer.Option(*(names or ("--year", "-y")), metavar=N_("YEAR"), parser=read_year, help=says)


Tier = Annotated[TierWord, typer.Option("--tier", "-t", help=N_("Communes (commune) or districts (district)."))]
Year = Annotated[int | None, year_option(N_("The year; its last day is meant."))]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", metavar=N_("DAY"), parser=read_last_day, help=N_("Count on this day, e.g. 30/6/2024.")),
]
Basis = Annotated[
    Literal["year", "decision"],
    typer.Option("--basis", help=N_("Count by the year recognised for (year) or by the day of decision (decision).")),
]
Scope = Annotated[
    str | None,
    typer.Option(
        "--scope",
        "-s",
        metavar=N_("UNIT"),
        autocompletion=unit_names,
        help=N_("Only this district or province, by name or code."),
    ),
]
SetKey = Annotated[
    str | None,
    typer.Option(
        "--set", metavar=N_("SET"), help=N_("By which set of levels, from 2026 on: 2026-2030, or 2021-2025 as kept.")
    ),
]
LevelWord = Annotated[str, level_option(N_("The level, as you would write it: ntm, nâng cao, NTMNC, kieu-mau …"))]
Group = Annotated[
    str | None,
    typer.Option(
        "--group",
        metavar=N_("GROUP"),
        autocompletion=mark_names,
        help=N_("Only what is of such units: 1, 2, 3, khu vực III, a region, biên giới …"),
    ),
]
Units = Annotated[
    list[str],
    typer.Argument(
        metavar=N_("UNIT…"),
        autocompletion=unit_names,
        help=N_("Units by name or code; “Bình An, Châu Thành” where two share a name."),
    ),
]
OnMap = Annotated[
    str | None,
    typer.Option(
        "--map",
        metavar=N_("DAY"),
        help=N_("On the units of this day, e.g. 1/7/2025; own: those of the day asked about."),
    ),
]
RoadmapKey = Annotated[
    str | None,
    typer.Option(
        "--roadmap",
        metavar=N_("KEY"),
        autocompletion=roadmap_keys,
        help=N_("This roadmap, or all that apply (all); see: ntmtrack roadmap list"),
    ),
]
PlanKey = Annotated[
    str | None,
    typer.Option(
        "--roadmap",
        metavar=N_("KEY"),
        autocompletion=roadmap_keys,
        help=N_("This roadmap, on record or one that ships; see: ntmtrack roadmap list"),
    ),
]
MovementKey = Annotated[
    str | None,
    typer.Option(
        "--movement",
        metavar=N_("KEY"),
        autocompletion=movement_keys,
        help=N_("This emulation movement, where several fit; see: ntmtrack movement list"),
    ),
]
OutputFormat = Annotated[
    Format | None,
    typer.Option("--format", "-f", help=N_("Table on a terminal and plain text in a pipe, unless you choose.")),
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar=N_("FILE"), help=N_("Write to this file instead."))
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("Say what would be done; write nothing."))]
DecisionNumber = Annotated[
    str | None, typer.Option("--decision", metavar=N_("NUMBER"), help=N_("The decision's number, e.g. 2903/QĐ-UBND."))
]
DecisionDay = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar=N_("DAY"),
        parser=read_day,
        help=N_("The day it was signed, e.g. 20/12/2024; 12/2024 or 2024 where only that is known."),
    ),
]
Issuer = Annotated[
    str | None, typer.Option("--issuer", metavar=N_("ISSUER"), help=N_("Who issued it, e.g. UBND tỉnh Kiên Giang."))
]
Note = Annotated[str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("A remark to keep with it."))]
Reason = Annotated[
    str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why what is on record is corrected."))
]
Evidence = Annotated[str | None, typer.Option("--evidence", metavar=N_("TEXT"), help=N_("What shows that it is done."))]
Persons = Annotated[bool, typer.Option("--persons", help=N_("List with the names of persons; on the screen only."))]
Announced = Annotated[
    str | None, typer.Option("--announced", metavar=N_("DAY"), parser=read_day, help=N_("The day it was announced."))
]
Source = Annotated[
    str | None,
    typer.Option("--source", metavar=N_("TEXT"), help=N_("Where this is known from; a table’s name if left out.")),
]
ActWord = Annotated[
    str | None,
    typer.Option(
        "--basis",
        metavar=N_("FORM"),
        parser=read_act,
        help=N_("How it is held: recognised (công nhận), acknowledged (thừa nhận), re-recognised (công nhận lại)."),
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help=N_("Write without asking."))]


SkipBad = Annotated[
    bool, typer.Option("--skip-bad", help=N_("Leave out the rows that are wrong, and write the others."))
]


class SpecOptions(Options):
    """On which day, counted how, and of which units something is asked."""

    as_of: AsOf = None
    basis: Basis = "year"
    scope: Scope = None

    def report_options(self, year: int | None) -> "ReportOptions":
        """The question about a year."""
        from ntmtrack import model
        from ntmtrack.commands.question import ReportOptions

        return ReportOptions(year, self.as_of, model.Basis(self.basis), self.scope)


class MapOptions(SpecOptions):
    """The same, and on which map."""

    map_: OnMap = None

    def report_options(self, year: int | None) -> "ReportOptions":
        """The question about a year."""
        return super().report_options(year)._replace(on_map=read_map(self.map_))


class PlannedSpecOptions(SpecOptions):
    """The same, and against which plan."""

    roadmap: RoadmapKey = None

    def report_options(self, year: int | None) -> "ReportOptions":
        """The question about a year."""
        return super().report_options(year)._replace(roadmap=self.roadmap)


class WhichMovement(Options):
    """Of which emulation movement."""

    scope: Annotated[
        str | None,
        typer.Option(
            "--scope", "-s", metavar=N_("UNIT"), autocompletion=unit_names, help=N_("Whose movement, by name or code.")
        ),
    ] = None
    movement: MovementKey = None


class OutputOptions(Options):
    """How a report is shown, and where."""

    format_: OutputFormat = None
    output: Output = None

    def show(self, session: "Session", report: "Report") -> None:
        """Shows a report of a call so; raises OutputLost."""
        session.show(report, self.format_, self.output)


def refuse_off_screen(shown: OutputOptions) -> None:
    """Raises PersonsOnScreenOnly where a list with names of persons would go anywhere but to a screen."""
    from ntmtrack.errors import PersonsOnScreenOnly

    if shown.output or shown.format_ not in (None, "table") or not sys.stdout.isatty():
        raise PersonsOnScreenOnly


class QuestionOptions(OutputOptions, SpecOptions):
    """What is asked, and how the answer is shown."""


class MapQuestionOptions(MapOptions, QuestionOptions):
    """What is asked on which map, and how the answer is shown."""


class PlannedQuestionOptions(OutputOptions, PlannedSpecOptions):
    """What is asked, against which plan, and how the answer is shown."""


class PlannedMapOptions(MapOptions, PlannedSpecOptions):
    """What is asked on which map, and against which plan."""


class PlannedMapQuestionOptions(MapOptions, PlannedQuestionOptions):
    """What is asked on which map, against which plan, and how the answer is shown."""
