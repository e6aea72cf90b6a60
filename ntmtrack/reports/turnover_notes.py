"""Notes on what came and went at a level since the end of the year before, in numbers and by name."""

from collections.abc import Iterator, Sequence

from ntmtrack.i18n import _, number
from ntmtrack.progress.line import Line
from ntmtrack.reports.figures import ReportContext, Turnover
from ntmtrack.roadmaps import line_title
from ntmtrack.text import few


def turnover_note(lines: Sequence[Line], context: ReportContext) -> list[str]:
    """By how many the units at a level are fewer and more since the end of the year before, and why."""
    told = [
        f"{line_title(line.key, context.programme)} {'; '.join(_changes(line, turnover))}"
        for line in lines
        if (turnover := _turnover_of(line, context))
    ]
    text = _("Since the end of the year before: {lines}.")
    return [text.format(lines="; ".join(told))] if told else []


def _turnover_of(line: Line, context: ReportContext) -> Turnover | None:
    return context.turnover.get(line.key) if line.year == context.moment.day.year else None


def _changes(line: Line, turnover: Turnover) -> Iterator[str]:
    if turnover.ended:
        yield _("{count} fewer by rearrangement of units").format(count=number(len(turnover.ended)))
    revoked = line.actual.lost - len(turnover.ended) if line.actual else 0
    if revoked:
        yield _("{count} fewer by revocation").format(count=number(revoked))
    gained = {act: len(ids) for act, ids in turnover.gained.items()}
    if len(gained) == 1:
        yield _("{count} more: {acts}").format(count=number(sum(gained.values())), acts=next(iter(gained)))
    elif gained:
        acts = ", ".join(f"{act} {number(count)}" for act, count in gained.items())
        yield _("{count} more: {acts}").format(count=number(sum(gained.values())), acts=acts)


def turnover_names(lines: Sequence[Line], context: ReportContext) -> list[str]:
    """The same by name."""
    named = [turnover for line in lines if (turnover := _turnover_of(line, context))]
    notes = [
        _("Fewer by rearrangement of units: {units}.").format(units=few(turnover.names(turnover.ended)))
        for turnover in named
        if turnover.ended
    ]
    text = _("More, {act}: {units}.")
    gained = [(act, turnover.names(ids)) for turnover in named for act, ids in turnover.gained.items()]
    return list(dict.fromkeys([*notes, *(text.format(act=act, units=few(names)) for act, names in gained)]))


def lost_note(lines: Sequence[Line], context: ReportContext) -> list[str]:
    """How many units were lost where it is not told why."""
    gone = [
        f"{line_title(line.key, context.programme)} {number(line.actual.lost)} ({line.year})"
        for line in lines
        if line.actual and line.actual.lost and line.key.counts != "highest"  # those also move up
        if not _turnover_of(line, context)
    ]
    if not gone:
        return []
    text = _("Lost since the end of the year before (revoked, merged, no longer a commune): {lines}.")
    return [text.format(lines="; ".join(gone))]
