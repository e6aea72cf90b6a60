"""Progress as a paragraph for a report: "Lũy kế đến 31/12/2021, toàn tỉnh có 90/116 xã đạt chuẩn NTM (77,59%); …"."""

from collections.abc import Sequence
from fractions import Fraction

from ntmtrack.i18n import _, day, number
from ntmtrack.model import Basis, Programme, Unit
from ntmtrack.progress.goals import Origin
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
from ntmtrack.reports.plan_words import asked_for, share_words
from ntmtrack.reports.progress_notes import Grounds, doubts
from ntmtrack.reports.words import roadmap_label
from ntmtrack.shares import percent
from ntmtrack.targets import Target, line_title


def of_progress(lines: Sequence[Line], grounds: Grounds, scope: Unit | None) -> list[str]:
    """What was reached, in the plan's sentences, and how that compares with the plan."""
    counted = [line for line in lines if line.actual and not line.key.each and (line.plan or line.actual.reached)]
    whole = whole_words(scope.tier) if scope else grounds.scope
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
    first = _within_year(added, lost).format(year=year, whole=whole, added="; ".join([*added, *lost]))
    reached = [_reached(line, grounds.programme) for line in counted if line.actual and line.actual.reached]
    none = [unit_words(line.tier, level_words(line, grounds.programme)) for line in counted if not _is_reached(line)]
    total = _in_all(reached, none).format(
        day=_counted_on(grounds), whole=whole, reached="; ".join(reached), none=", ".join(none)
    )
    return [sentence(first), sentence(total), *_compared(counted, grounds), *doubts(counted, grounds.programme)]


def _within_year(added: Sequence[str], lost: Sequence[str]) -> str:
    """The sentence for a year in which units were added, only lost, or neither."""
    if added:
        return _("In {year}, {whole} has {added}.")
    return _("In {year}, {whole}: {added}.") if lost else _("In {year}, {whole} has no further unit recognised.")


def _in_all(reached: Sequence[str], none: Sequence[str]) -> str:
    """The sentence for what has been reached, what has not, or neither where no level is planned or reached."""
    if reached and none:
        return _("As of {day}, {whole} has in all {reached}; as yet no {none}.")
    if reached:
        return _("As of {day}, {whole} has in all {reached}.")
    return (
        _("As of {day}, {whole} has as yet no {none}.") if none else _("As of {day}, {whole} has no unit recognised.")
    )


def _counted_on(grounds: Grounds) -> str:
    """The day, and that recognitions are counted by the day of decision where they are."""
    written = day(grounds.moment.day)
    if grounds.basis is Basis.YEAR:
        return written
    return _("{day} (by the day of decision)").format(day=written)


def _is_reached(line: Line) -> bool:
    return line.actual is not None and line.actual.reached > 0


def _compared(lines: Sequence[Line], grounds: Grounds) -> list[str]:
    if grounds.roadmap is None:
        return []
    said = [_against(line, line.plan, grounds.programme) for line in lines if line.plan]
    if not said:
        return []
    on = grounds.moment.day
    text = _("Against the roadmap ({plan}): {lines}.")
    if (on.month, on.day) != (12, 31):
        text = _("Against the roadmap for the whole year {year} ({plan}): {lines}.")
    return [text.format(plan=roadmap_label(grounds.roadmap), lines="; ".join(said), year=on.year)]


def _against(line: Line, plan: Target, programme: Programme) -> str:
    """“Xã NTM nâng cao 40, vượt kế hoạch 01 (39)”."""
    text = _("{line} {actual}, {status} ({plan})")
    if line.goal and line.goal.low is None:  # "at most": to have more is to miss it
        kept = line.gap is not None and line.gap <= 0
        text = _("{line} {actual}, within the plan ({plan})") if kept else _("{line} {actual}, {gap} too many ({plan})")
    elif line.gap is not None:
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
        plan=_planned(line, plan, programme),
    )


def _planned(line: Line, target: Target, programme: Programme) -> str:
    """What is planned, and for when: of another year its year, on a straight way that it is ours."""
    if line.goal and line.goal.origin is Origin.STRAIGHT:
        count = operated(padded(line.goal.number), target) if line.goal.low is None else padded(line.goal.number)
        return _("{count}, on a straight way to {year} that is not printed").format(count=count, year=target.year)
    said = _plan_number(line, target, programme)
    return said if target.year == line.year else _("{plan}, by {year}").format(plan=said, year=target.year)


def _plan_number(line: Line, target: Target, programme: Programme) -> str:
    """The planned number alone where one is printed, else all that is; of a per cent its base if not all units."""
    if target.cumulative is not None:
        return operated(span(target.cumulative, target.cumulative_high), target)
    asked = asked_for(target)
    if target.share_of not in ("all", "open") and not target.base:
        base, count = share_words(target.share_of, line.key, programme), line.base or len(target.registered)
        asked = _("{asked} of {base}").format(asked=asked, base=f"{base} ({number(count)})" if count else base)
    return f"{asked}: {padded(line.goal.number)}" if line.goal else asked


def _reached(line: Line, programme: Programme) -> str:
    assert line.actual is not None
    counted = f"{padded(line.actual.reached)}/{padded(line.actual.total)}"
    said = _("{count} {units}").format(count=counted, units=unit_words(line.tier, level_words(line, programme)))
    share = Fraction(line.actual.reached, line.actual.total)
    return f"{said} ({trimmed(percent(share))}%)"
