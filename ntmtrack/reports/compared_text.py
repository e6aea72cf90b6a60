"""How what was reached compares with a plan, in sentences: "40 xã … (kế hoạch 39, chênh lệch +1)"."""

import re
from collections.abc import Iterator, Sequence

from ntmtrack.i18n import _, number, signed
from ntmtrack.model import Programme
from ntmtrack.progress.line import Line
from ntmtrack.progress.status import JUDGED, Origin, Status
from ntmtrack.reports.figures import ReportContext
from ntmtrack.reports.labels import figure_with_operator, padded, range_text, roadmap_label, trimmed
from ntmtrack.reports.line_words import counted_units, is_reached, no_unit, told_units
from ntmtrack.reports.plan_words import asked_for, due_words, goals_words, held_words, share_words
from ntmtrack.roadmaps import REMAINING, Roadmap, Target
from ntmtrack.roadmaps.shares import percent

_SIGNS = {"≥": ">=", "≤": "<=", ">": ">", "<": "<"}
_SIGNED = re.compile(r"([≥≤><]) ([^\s;:,)]+(?:,[0-9]+%?)?)")  # a sign with its figure, which a sentence says in words


def compared(lines: Sequence[Line], plan: Roadmap, context: ReportContext, *, with_status: bool = False) -> list[str]:
    """How what was reached compares with the targets of a plan that are due; then what is left of the others."""
    planned = [line for line in lines if line.plan and not asks_nothing(line)]
    due = [line for line in planned if line.status is not Status.NOT_DUE and not line.is_later]
    sentences = []
    if due:
        against = (_against(line, line.plan, context.programme, with_status=with_status) for line in due if line.plan)
        sentences.append(
            _("Against the roadmap ({plan}): {lines}.").format(plan=roadmap_label(plan), lines="; ".join(against))
        )
    to_come = [(line, line.plan) for line in planned if line.plan and line not in due]
    for _due, when in sorted({(target.due_by, due_words(target)) for _line, target in to_come}):
        left = [_still_left(line, of, context.programme) for line, of in to_come if due_words(of) == when]
        text = _("Planned {when}, not due yet ({plan}): {lines}.")
        sentences.append(text.format(when=when, plan=roadmap_label(plan), lines="; ".join(left)))
    return sentences


def asks_nothing(line: Line) -> bool:
    """Whether a plan has none yet by then, and none there are: nothing to be said of."""
    return line.goal is not None and line.goal.low == 0 and line.goal.top == 0 and not is_reached(line)


def _still_left(line: Line, plan: Target, programme: Programme) -> str:
    """“xã đạt chuẩn NTM nâng cao 46, đã có 05 (10,87%), còn 41”; of "at most" those too many."""
    asked, has = _plan_number(line, plan, programme), _padded_reached(line)
    parts = [f"{told_units(line, programme)}{':' if line.key.name else ''} {asked}"]
    share = "–".join(dict.fromkeys(trimmed(percent(reached)) for reached in line.share_reached or ()))
    if not is_reached(line):
        parts.append(_("none so far"))
    else:
        parts.append((_("{count} so far ({share}%)") if share else _("{count} so far")).format(count=has, share=share))
    if line.left and line.left[1] == 0 and not line.is_at_most:
        parts.append(_("nothing left"))
    elif line.left and line.left[1]:
        fewest, most = line.left
        text = _("{count} too many") if line.is_at_most else _("{count} left")
        parts.append(text.format(count=range_text(fewest, most if most > fewest else None)))
    return ", ".join(parts)


def _padded_reached(line: Line) -> str:
    return padded(line.actual.reached if line.actual else 0)


def _against(line: Line, plan: Target, programme: Programme, *, with_status: bool) -> str:
    """“40 xã … (kế hoạch 39, chênh lệch +1)”, in figures: a verdict only where it is asked for.

    Of what nobody has reached “chưa có xã nào đạt chuẩn NTM kiểu mẫu (kế hoạch 04)”.
    """
    parts = [_("planned {plan}").format(plan=planned_words(line, plan, programme)), *_distance(line)]
    if with_status and line.status in (*JUDGED, Status.INCOMPLETE):
        parts.append(line.status.label)
    if is_reached(line):
        what = counted_units(line, programme)
    elif line.is_at_most:
        what = _("no {units}").format(units=told_units(line, programme))
    else:
        what = no_unit(line, programme)
    return f"{what} ({', '.join(parts)})"


def _distance(line: Line) -> Iterator[str]:
    """How far what was reached is from the plan; of a plan that may mean several numbers what is left by each."""
    if not is_reached(line) and not line.is_at_most:
        return
    if line.gap is not None:
        yield _("gap {gap}").format(gap=signed(line.gap))
    elif line.left and line.left[0] > 0:
        yield _("{count} left").format(count=range_text(*line.left))


def planned_words(line: Line, target: Target, programme: Programme) -> str:
    """What is planned, and for when: of another year its year, on a straight way that it is ours."""
    if line.goal and line.goal.origin is Origin.STRAIGHT:
        count = (
            figure_with_operator(padded(line.goal.number), "<=") if line.goal.low is None else padded(line.goal.number)
        )
        return _("{count}, on a straight way to {year} that is not printed").format(count=count, year=target.year)
    words = _plan_number(line, target, programme)
    tells_day = target.due_on is None or target.cumulative is None
    return words if target.year == line.year and tells_day else f"{words}, {due_words(target)}"


def _plan_number(line: Line, target: Target, programme: Programme) -> str:
    """The planned number alone where one is printed, else all that is; of a per cent its base if not all units.

    A per cent with a sign of its own stands beside the number: both are asked for.
    """
    if target.cumulative is not None:
        planned = range_text(target.cumulative, target.cumulative_high)
        units = held_words(planned) if target.hold else figure_with_operator(planned, target.operator)
        return f"{_percent_words(target)}, {units}" if target.percent and target.percent_operator else units
    asked = asked_for(target)
    if target.share_of not in ("all", "open", REMAINING) and not target.base:  # what is left is said in `asked`
        base, count = share_words(target.share_of, line.key, programme), line.base or len(target.registered)
        asked = _("{asked} of {base}").format(asked=asked, base=f"{base} ({number(count)})" if count else base)
    needed = goals_words(line.readings)
    if line.goal and needed == str(line.goal.number):
        needed = padded(line.goal.number)
    return _SIGNED.sub(
        lambda match: figure_with_operator(match[2], _SIGNS[match[1]]), ": ".join(filter(None, (asked, needed)))
    )


def _percent_words(target: Target) -> str:
    """The printed per cent with its operator: “ít nhất 40%”."""
    ends = "–".join(end for end in (target.percent, target.percent_high) if end)
    return figure_with_operator(f"{ends}%", target.percent_sign)
