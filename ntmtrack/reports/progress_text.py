"""Progress as a paragraph for a report: "Lũy kế đến 31/12/2021, toàn tỉnh có 90/116 xã đạt chuẩn NTM (77,59%); …"."""

from collections.abc import Sequence
from fractions import Fraction

from ntmtrack.i18n import _, day
from ntmtrack.model import Programme, Tier, Unit
from ntmtrack.progress.lines import Line
from ntmtrack.reports.official_words import (
    level_words,
    more,
    operated,
    padded,
    sentence,
    span,
    trimmed,
    unit_words,
    whole_words,
)
from ntmtrack.reports.plan_words import asked_for
from ntmtrack.reports.progress_notes import Grounds, doubts
from ntmtrack.reports.words import roadmap_label
from ntmtrack.shares import percent
from ntmtrack.targets import Target, line_title


def of_progress(lines: Sequence[Line], grounds: Grounds, scope: Unit | None) -> list[str]:
    """What was reached, in the plan's sentences, and how that compares with the plan."""
    counted = [line for line in lines if line.actual and not line.key.each and (line.plan or line.actual.reached)]
    whole = whole_words(scope.tier if scope else Tier.PROVINCE)
    year = grounds.moment.day.year
    added = [
        more(padded(line.actual.added), unit_words(line.tier, level_words(line, grounds.programme)))
        for line in counted
        if line.actual and line.actual.added
    ]
    lost = [
        _("{count} fewer {units}").format(
            count=padded(line.actual.lost), units=unit_words(line.tier, level_words(line, grounds.programme))
        )
        for line in counted
        if line.actual and line.actual.lost
    ]
    first = _("In {year}, {whole} has {added}.").format(year=year, whole=whole, added="; ".join([*added, *lost]))
    if not added and not lost:
        first = _("In {year}, {whole} has no further unit recognised.").format(year=year, whole=whole)
    reached = [_reached(line, grounds.programme) for line in counted if line.actual and line.actual.reached]
    none = [unit_words(line.tier, level_words(line, grounds.programme)) for line in counted if not _is_reached(line)]
    parts = [*reached, *([_("as yet no {units}").format(units=", ".join(none))] if none else [])]
    total = _("As of {day}, {whole} has in all {reached}.").format(
        day=day(grounds.moment.day), whole=whole, reached="; ".join(parts)
    )
    return [sentence(first), sentence(total), *_compared(counted, grounds), *doubts(counted, grounds.programme)]


def _is_reached(line: Line) -> bool:
    return line.actual is not None and line.actual.reached > 0


def _compared(lines: Sequence[Line], grounds: Grounds) -> list[str]:
    if grounds.roadmap is None:
        return []
    said = [_against(line, line.plan, grounds.programme) for line in lines if line.plan]
    if not said:
        return []
    text = _("Against the roadmap ({plan}): {lines}.")
    return [text.format(plan=roadmap_label(grounds.roadmap), lines="; ".join(said))]


def _against(line: Line, plan: Target, programme: Programme) -> str:
    """“Xã NTM nâng cao 40, vượt kế hoạch 01 (39)”."""
    text = _("{line} {actual}, {status} ({plan})")
    if line.gap is not None:
        text = {
            1: _("{line} {actual}, {gap} above the plan ({plan})"),
            0: _("{line} {actual}, as planned ({plan})"),
            -1: _("{line} {actual}, {gap} below the plan ({plan})"),
        }[(line.gap > 0) - (line.gap < 0)]
    return text.format(
        line=line_title(line.key, programme),
        actual=padded(line.actual.reached if line.actual else 0),
        status=line.status.label,
        gap=padded(abs(line.gap or 0)),
        plan=_plan_number(line, plan),
    )


def _plan_number(line: Line, target: Target) -> str:
    """The planned number alone where one is printed, else all that is."""
    if line.is_ours and line.goal:
        return padded(line.goal.number)
    if target.cumulative is None:
        return f"{asked_for(target)}: {padded(line.goal.number)}" if line.goal else asked_for(target)
    return operated(span(target.cumulative, target.cumulative_high), target)


def _reached(line: Line, programme: Programme) -> str:
    assert line.actual is not None
    counted = f"{padded(line.actual.reached)}/{padded(line.actual.total)}"
    said = _("{count} {units}").format(count=counted, units=unit_words(line.tier, level_words(line, programme)))
    share = Fraction(line.actual.reached, line.actual.total)
    return f"{said} ({trimmed(percent(share))}%)"
