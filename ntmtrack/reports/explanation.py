"""A line of the progress step by step: what is counted, what is planned, every measure with its arithmetic."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ntmtrack.i18n import _, day, number
from ntmtrack.model import Programme
from ntmtrack.progress.lack import Missing
from ntmtrack.progress.line import Actual, Line
from ntmtrack.progress.measured import LineValue
from ntmtrack.progress.status import Goal, Origin, Status, due_on
from ntmtrack.reports import CellKind, Column, Report, Table, cell_text
from ntmtrack.reports.figures import PlanLines, ReportContext
from ntmtrack.reports.labels import as_of
from ntmtrack.reports.lack_words import missing_words
from ntmtrack.reports.line_columns import shown_cell
from ntmtrack.reports.plan_notes import no_whole_number
from ntmtrack.reports.plan_words import added_words, asked_for, goal_words, share_words
from ntmtrack.reports.progress_notes import notes_on_progress
from ntmtrack.reports.progress_tables import report_facts, tidy_table
from ntmtrack.reports.tasks import task_steps
from ntmtrack.reports.turnover_notes import turnover_names
from ntmtrack.roadmaps import NOT_COUNTED, REMAINING, Target, line_title
from ntmtrack.roadmaps.shares import decimals, percent, rounded


class Step(NamedTuple):
    """One step: what it gives, the arithmetic or the source, the result."""

    what: str
    how: str
    result: str


def explanation_report(lines: Sequence[Line], context: ReportContext, units: Sequence[Report]) -> Report:
    """The steps of these lines, and beneath them the units that are counted."""
    columns: list[Column[Step]] = [
        Column("what", _("Step"), of=lambda step: step.what),
        Column("how", _("Computation"), of=lambda step: step.how),
        Column("result", _("Result"), of=lambda step: step.result),
    ]
    tables = [
        Table.of("steps", line_title(line.key, context.programme), _steps(line, context), columns) for line in lines
    ]
    behind = [table for report in units for table in report.tables]
    return Report(
        key="explain",
        title=_("{line} of {scope} in {year}, worked out").format(
            line=line_title(lines[0].key, context.programme), scope=context.scope, year=context.moment.day.year
        ),
        subtitle=as_of(context.moment, context.basis),
        tables=[*tables, *behind],
        data=[tidy_table([PlanLines(context.roadmap, lines)]), tables[0], *(behind or [Table("units", "", [], [])])],
        notes=[*notes_on_progress(lines, context), *turnover_names(lines, context)],
        facts=report_facts(context),
    )


def _steps(line: Line, context: ReportContext) -> Iterator[Step]:
    """Every step from the units counted to the status; without a plan what is counted alone."""
    programme = context.programme
    if line.actual:
        yield from _counted(line, line.actual, programme)
    if line.value:
        yield Step(_("Reached, A"), value_words(line.value), number(rounded(line.value.number, 2)))
    if context.roadmap:
        yield from _planned(line, programme)
    if line.actual and line.is_later:
        yield from _left(line, line.actual, programme)
    elif line.actual and line.goal:
        yield from _distance(line, line.actual)
    if line.actual:
        yield from _ahead(line, line.actual)
    yield from (Step(*step) for step in task_steps(line))
    if context.roadmap:
        why = missing_words(line.lack, programme) if line.lack and not line.actual else _why(line)
        yield Step(_("Status"), why, line.status.label)


def _counted(line: Line, actual: Actual, programme: Programme) -> Iterator[Step]:
    yield Step(_("Reached, A"), _reached(line, actual), number(actual.reached))
    yield Step(
        _("Denominator, N"), share_words("all", line.key._replace(tier=line.tier), programme), number(actual.total)
    )
    if line.share_of != "all":
        yield Step(
            _("Base of the per cent"),
            share_words(line.share_of, line.key, programme),
            number(line.bases[line.share_of]),
        )
    if line.share is not None:
        ratio = f"{number(actual.reached)} ÷ {number(line.bases[line.share_of])}"
        yield Step(_("Share"), ratio, _per_cent(line.share))


def _reached(line: Line, actual: Actual) -> str:
    """How the number came about: from that of the year before; of criteria by reviews."""
    if line.level is None:
        return _("by the last assessment of each")
    before = actual.reached - actual.added + actual.lost
    return _("{before} at the end of {year} + {added} added − {lost} lost").format(
        before=number(before), year=line.year - 1, added=number(actual.added), lost=number(actual.lost)
    )


def _planned(line: Line, programme: Programme) -> Iterator[Step]:
    plan = line.plan
    if plan is None:
        yield Step(_("Plan, P"), _("nothing is printed for {year}").format(year=line.year), "–")
        return
    where = plan.cite if plan.year == line.year else _("{cite} (for {year})").format(cite=plan.cite, year=plan.year)
    yield Step(_("The plan prints"), where, asked_for(plan) or "–")
    if plan.added is not None:
        yield Step(_("of which added"), where, added_words(line.addition or plan))
    for share, goal in line.goals.items():
        yield Step(_("Plan, P"), _origin(line, share, goal, programme), goal_words(goal))


def _origin(line: Line, share: str, goal: Goal, programme: Programme) -> str:
    plan = line.plan
    assert plan is not None
    if goal.origin is Origin.PERCENT:
        text = _("{asked} of {base} ({count}), in whole units: {rule}")
        return text.format(
            asked=asked_for(plan, with_base=False),
            base=share_words(share, line.key, programme),
            count=number(goal.base or 0),
            rule=_whole_units(plan, goal),
        )
    if goal.origin is Origin.ADDED and plan.share_of == REMAINING:
        return _("the number before + {asked}").format(asked=asked_for(plan))
    if goal.is_boundless:
        return _("the number before + what is added: “at least” and “at most” together set no bound")
    return {
        Origin.PRINTED: _("printed as cumulative"),
        Origin.ADDED: _("the number before + what is added"),
        Origin.EACH: _("districts that must keep the rule"),
        Origin.STRAIGHT: _("on a straight way that is ours, not the plan's"),
    }[goal.origin]


def _whole_units(plan: Target, goal: Goal) -> str:
    """How a per cent becomes a number of units."""
    if goal.either is not None:
        return no_whole_number(plan, goal)
    if plan.is_at_most or plan.operator == "range":
        return _("the most, or the ends, that fit")
    if plan.operator == ">":
        return _("the first number above it")
    exact = plan.operator != "about" and not decimals(plan.percent or "")
    return _("the first number not below it") if exact else _("the first number that gives it when rounded as printed")


def _left(line: Line, actual: Actual, programme: Programme) -> Iterator[Step]:
    """Of a target of a later year: the share reached, what is left, and the pace that it asks for."""
    numbers = [reading.number for goal in line.readings for reading in goal.readings]
    asked, reached = _(" or ").join(map(number, dict.fromkeys(numbers))), number(actual.reached)
    share, left, pace = (shown_cell(key, line) for key in ("share_reached", "left", "pace_left"))
    if share is not None:
        yield Step(_("Done so far, of the plan"), f"{reached} ÷ {asked}", f"{cell_text(share, CellKind.PERCENT)}%")
    if left is not None:
        yield Step(_("Left"), f"{asked} − {reached}", cell_text(left, CellKind.COUNT))
    if pace is not None and line.plan:
        how = _("{left} ÷ years from {day} to {due}")
        words = how.format(left=cell_text(left, CellKind.COUNT), day=day(line.day), due=day(due_on(line.plan)))
        yield Step(_("Needed a year from now"), words, cell_text(pace, CellKind.RATE))


def _distance(line: Line, actual: Actual) -> Iterator[Step]:
    reached, asked, start = number(actual.reached), number(line.asked or 0), number(actual.start)
    yield Step(_("Gap in units"), f"{reached} − {asked}", _signed(Decimal(line.gap or 0), 0))
    if line.points is not None and line.share is not None and line.plan_share is not None:
        shares = f"{_per_cent(line.share)} − {_per_cent(line.plan_share)}"
        yield Step(_("Gap in percentage points"), shares, _signed(percent(line.points), 2))
    yield Step(_("Done so far, of the plan"), f"{reached} ÷ {asked}", _share(line.completion))
    if line.plan and line.is_yearly and line.plan.added is not None:
        ratio = f"{number(actual.added)} ÷ {number(line.plan.added)}"
        yield Step(_("Done in the year, of the plan"), ratio, _share(line.year_completion))
    if line.lack and line.lack.missing is Missing.ASSESSED_BEFORE:
        return
    yield Step(_("Baseline, A₀"), _baseline(line), start)
    way = f"({reached} − {start}) ÷ ({asked} − {start})"
    yield Step(_("Of the way from the baseline"), way, _share(line.from_baseline))


def _baseline(line: Line) -> str:
    """Where the number at the end of the base year comes from; the approved path may begin with another."""
    if line.actual and line.actual.start_printed:
        return _("the baseline that the document prints")
    held = _("in the ledger at the end of {year}").format(year=line.base_year)
    planned = next((point.units for point in line.path if int(point.time) - 1 == line.base_year), None)
    if line.actual is None or planned in (None, line.actual.start):
        return held
    return _("{held}; the path of the plan begins with {count}").format(held=held, count=number(planned))


def _ahead(line: Line, actual: Actual) -> Iterator[Step]:
    if line.months is not None and line.status is not Status.NOT_DUE:  # a plan prints no way within a year
        yield Step(_("Months ahead (+) or behind (−)"), _on_path(line, actual), _signed(rounded(line.months, 1), 1))
    within_the_year = line.status is Status.NOT_DUE and line.final_year == line.year  # what is left is no yearly pace
    if (
        line.final
        and line.final.low is not None
        and line.pace is not None
        and not line.is_later
        and not within_the_year
    ):
        how = _("({final} − {count}) ÷ years from {day} to the end of {year}")
        text = how.format(
            final=number(line.final.low), count=number(actual.reached), day=day(line.day), year=line.final_year
        )
        yield Step(_("Needed a year from now"), text, number(rounded(line.pace, 1)))
    if not line.key.each and line.level:
        yield Step(_("Room to move up"), _("units whose highest level is the one below"), number(actual.room))


def _on_path(line: Line, actual: Actual) -> str:
    """Where the path has the actual number, or that it never goes so far."""
    path = " → ".join(f"{number(point.units)} ({int(point.time) - 1})" for point in line.path)
    beyond = actual.reached > max(point.units for point in line.path)
    how = _("the path {path} has {count} at that distance from {day}")
    if beyond:
        how = _("the path {path} ends below {count}; its end is at that distance from {day}")
    return how.format(path=path, count=number(actual.reached), day=day(line.day))


def _why(line: Line) -> str:
    """Which branch of the published rule applied."""
    if line.status is Status.NOT_CONCLUDED and line.plan and line.plan.share_of in NOT_COUNTED and not line.goals:
        return _("the per cent is of units that the ledger does not count apart")
    if line.status is Status.NOT_DUE and line.plan:
        return _("P is due on {due}, after {day}").format(due=day(due_on(line.plan)), day=day(line.day))
    if any(goal.is_boundless for goal in line.goals.values()):
        return _("what the plan adds sets no bound to the cumulative number")
    if line.is_at_most and (why := _why_of_most(line)):
        return why
    return {
        Status.AHEAD: _("A exceeds P"),
        Status.REACHED: _("A equals P, or lies inside its range"),
        Status.CLOSE: _("one unit short of a P of 5 or more, or at least 95% of it"),
        Status.LATE: _("at least 60% of the way planned from the baseline"),
        Status.VERY_LATE: _("less than 60% of the way planned from the baseline"),
        Status.NOT_CONCLUDED: _("the possible readings, or what is not verified, give different statuses"),
        Status.NO_PLAN: _("the plan has no figure to compare with"),
        Status.NO_DATA: _("the ledger holds no figures for this"),
        Status.INCOMPLETE: _("too little is recorded to tell whether it is late"),
        Status.DONE: _("as told, with that evidence"),
        Status.UNDER_WAY: _("told as under way, and not overdue"),
        Status.OVERDUE: _("not told as done, and its day has passed"),
        Status.DROPPED: _("told as dropped"),
    }[line.status]


def _why_of_most(line: Line) -> str | None:
    """The same of a number that must not be passed; None where the words for other targets hold."""
    if line.status is Status.AHEAD:
        return _("A stays below P, the most that is allowed")
    if line.status is Status.CLOSE:
        return _("one more than a P of 5 or more, or P is at least 95% of A")
    if line.status is Status.VERY_LATE and line.actual and line.goal and line.actual.start <= line.goal.top:
        return _("A passes P, the most that is allowed, and did not before")
    return None


def _share(share: Fraction | None) -> str:
    return "–" if share is None else _per_cent(share)


def _per_cent(share: Fraction) -> str:
    return f"{number(percent(share))}%"


def value_words(value: LineValue) -> str:
    """The two numbers whose quotient a value is: "51,2 (2024) ÷ 38,5 (2020)"; of one number where it is from."""
    parts = [f"{number(_shortest(part))} ({what})" for what, part in value.parts]
    return " ÷ ".join(parts) or _("in the ledger")


def _shortest(exact: Fraction) -> Decimal:
    """A number with as many decimals as it needs, two at most: 62,5, 40."""
    return next(short for places in (0, 1, 2) if (short := rounded(exact, places)) == exact or places == 2)


def _signed(value: Decimal, decimals: int) -> str:
    text = number(abs(value).quantize(Decimal(1).scaleb(-decimals)))
    return f"+{text}" if value > 0 else f"−{text}" if value < 0 else text
