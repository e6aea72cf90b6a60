"""Progress as a paragraph for a report: "Lũy kế đến 31/12/2021, toàn tỉnh có 90/116 xã đạt chuẩn NTM (77,59%); …"."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from ntmtrack.i18n import _, day, number
from ntmtrack.model import Basis, Programme, Tier, Unit
from ntmtrack.programmes.ladders import OWN, ladders, set_words
from ntmtrack.progress.line import Line
from ntmtrack.progress.status import Origin, Status
from ntmtrack.reports import CellKind, cell_text
from ntmtrack.reports.figures import ReportContext
from ntmtrack.reports.labels import (
    figure_with_operator,
    line_units,
    more_units,
    padded,
    range_text,
    roadmap_label,
    sentence,
    trimmed,
    units_of_moment,
    whole_words,
)
from ntmtrack.reports.line_columns import shown_cell
from ntmtrack.reports.plan_words import asked_for, due_words, goals_words, held_words, share_words
from ntmtrack.reports.progress_notes import doubt_notes, is_empty, undated_note
from ntmtrack.roadmaps import REMAINING, Roadmap, Target, line_title
from ntmtrack.roadmaps.shares import percent

if TYPE_CHECKING:
    from ntmtrack.reports.figures import PlanLines


def progress_paragraphs(
    lines: Sequence[Line], context: ReportContext, scope: Unit | None, beside: Sequence["PlanLines"] = ()
) -> list[str]:
    """What was reached, in the plan's sentences, and how that compares with the plan, and with those `beside` it."""
    if context.moment.is_to_come:
        return _to_come(lines, context)
    whole = whole_words(scope.tier, scope.kind) if scope else context.scope
    if is_empty(lines):
        text = _("{day}: the ledger holds no recognition in {whole} that counts.")
        return [sentence(text.format(day=_counted_on(context), whole=whole)), *undated_note(context)]
    counted = _counted(lines)
    plans = [(context.roadmap, counted), *((plan.plan, _counted(plan.lines)) for plan in beside)]
    return [
        *(text for ladder in ladders(context.programme) for text in _by_set(ladder, counted, context, whole)),
        *(paragraph for plan, of_plan in plans if plan for paragraph in _compared(of_plan, plan, context)),
        *undated_note(context),
        *doubt_notes(counted, context.programme),
    ]


def _by_set(ladder: str, lines: Sequence[Line], context: ReportContext, whole: str) -> list[str]:
    """What was reached by one set of levels; in years of two by name, and of the older one only what there is."""
    of_ladder = [line for line in lines if line.key.ladder == ladder and not line.key.within]
    texts = [_moved(of_ladder, context, whole), _standing(of_ladder, context, whole)]
    if context.programme.kept is None:
        return list(map(sentence, texts))
    if ladder != OWN and not of_ladder:
        return []
    words = sentence(set_words(ladder, context.programme))
    return [_("{by_set}: {text}").format(by_set=words, text=text[:1].lower() + text[1:]) for text in texts]


def _to_come(lines: Sequence[Line], context: ReportContext) -> list[str]:
    """Of a year that has not begun: that there are no figures, and what is planned for it."""
    year = context.moment.day.year
    sentences = [_("The year {year} has not begun: there are no figures of it.").format(year=year)]
    planned = [line for line in lines if line.plan and line.bases and not line.key.each]
    if planned and context.roadmap:
        asked = (
            f"{line_title(line.key, context.programme)} {_planned(line, line.plan, context.programme)}"
            for line in planned
            if line.plan
        )
        text = _("The roadmap ({plan}) asks for: {lines}.")
        sentences.append(text.format(plan=roadmap_label(context.roadmap), lines="; ".join(asked)))
    return sentences


def _counted(lines: Sequence[Line]) -> list[Line]:
    """The lines of which the ledger counts anything, or the plan asks for something; only so the province itself."""
    return [
        line
        for line in lines
        if line.actual and not line.key.each and (line.plan or (line.actual.reached and line.tier is not Tier.PROVINCE))
    ]


def _year_words(context: ReportContext) -> str:
    """The year, and up to which day of it where it has not ended then."""
    on = context.moment.day
    if (on.month, on.day) == (12, 31):
        return str(on.year)
    return _("{year} up to {day}").format(year=on.year, day=day(on))


def _moved(lines: Sequence[Line], context: ReportContext, whole: str) -> str:
    """What was added within the year, and what was lost."""
    added = [_added(line, context.programme) for line in lines if line.actual and line.actual.added]
    lost = [
        _("{count} fewer {units}").format(count=padded(line.actual.lost), units=line_units(line.key, context.programme))
        for line in lines
        if line.actual and line.actual.lost
    ]
    text = _within_year(added, lost)
    return text.format(year=_year_words(context), whole=whole, added="; ".join([*added, *lost]))


def _added(line: Line, programme: Programme) -> str:
    """“thêm 05 xã đạt chuẩn NTM (trong đó 02 tính theo mức cao hơn)”: how many are not recognised at it themselves."""
    assert line.actual is not None
    words = more_units(padded(line.actual.added), line_units(line.key, programme))
    if not line.actual.added_from_above:
        return words
    return _("{added} ({count} of them by a higher level)").format(
        added=words, count=padded(line.actual.added_from_above)
    )


def _standing(lines: Sequence[Line], context: ReportContext, whole: str) -> str:
    """What is reached in all at the day, and what is not."""
    reached = [_reached(line, context.programme) for line in lines if _is_reached(line)]
    none = [line_units(line.key, context.programme) for line in lines if not _is_reached(line)]
    text = _in_all(reached, none)
    return text.format(day=_counted_on(context), whole=whole, reached="; ".join(reached), none=", ".join(none))


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


def _counted_on(context: ReportContext) -> str:
    """The day; that recognitions are counted by the day of decision, and of which day the units are, where another."""
    moment, remarks = context.moment, []
    if context.basis is not Basis.YEAR:
        remarks.append(_("by the day of decision"))
    remarks += units_of_moment(moment)
    return f"{day(moment.day)} ({'; '.join(remarks)})" if remarks else day(moment.day)


def _is_reached(line: Line) -> bool:
    return line.actual is not None and line.actual.reached > 0


def _compared(lines: Sequence[Line], plan: Roadmap, context: ReportContext) -> list[str]:
    """How what was reached compares with the targets of a plan that are due; then what is left of the others."""
    planned = [line for line in lines if line.plan]
    due = [line for line in planned if line.status is not Status.NOT_DUE]
    sentences = []
    if due:
        compared = "; ".join(_against(line, line.plan, context.programme) for line in due if line.plan)
        sentences.append(_("Against the roadmap ({plan}): {lines}.").format(plan=roadmap_label(plan), lines=compared))
    to_come = [(line, line.plan) for line in planned if line.plan and line not in due]
    for _due, when in sorted({(target.due_by, due_words(target)) for _line, target in to_come}):
        left = [_still_left(line, of, context.programme) for line, of in to_come if due_words(of) == when]
        text = _("Not due yet, {when} ({plan}): {lines}.")
        sentences.append(text.format(when=when, plan=roadmap_label(plan), lines="; ".join(left)))
    return sentences


def _still_left(line: Line, plan: Target, programme: Programme) -> str:
    """“Xã NTM nâng cao 05 (chỉ tiêu ≥ 46), bằng 10,87%, còn 41, mỗi năm cần 20,5”; of "at most" those too many."""
    title, asked = line_title(line.key, programme), _plan_number(line, plan, programme)
    parts = [_("{line} {actual} (target {plan})").format(line=title, actual=_padded_reached(line), plan=asked)]
    left, pace = (_figure(line, key) for key in ("left", "pace_left"))
    share = "–".join(dict.fromkeys(trimmed(percent(reached)) for reached in line.share_reached or ()))
    if share:
        parts.append(_("{share}% of it").format(share=share))
    if line.left and line.left[1] == 0:
        parts.append(_("nothing left"))
    elif line.left:
        left = padded(line.left[0]) if line.left[0] == line.left[1] else left
        parts.append((_("{count} left") if share else _("{count} too many")).format(count=left))
        if pace and line.is_later:
            parts.append(_("{pace} a year").format(pace=pace))
    return ", ".join(parts)


def _figure(line: Line, key: str) -> str:
    """A figure of a line as a table shows it; nothing where there is none."""
    cell = shown_cell(key, line)
    return "" if cell is None else cell_text(cell, CellKind.RATE)


def _padded_reached(line: Line) -> str:
    return padded(line.actual.reached if line.actual else 0)


def _against(line: Line, plan: Target, programme: Programme) -> str:
    """“Xã NTM nâng cao 40, vượt kế hoạch 01 (39)”."""
    text, gap = _("{line} {actual}, {status} ({plan})"), padded(abs(line.gap or 0))
    if line.goal and line.goal.low is None:  # "at most": to have more is to miss it
        kept = line.gap is not None and line.gap <= 0
        text = _("{line} {actual}, within the plan ({plan})") if kept else _("{line} {actual}, {gap} too many ({plan})")
    elif line.gap is None and line.left and line.left[0] > 0 and not line.is_at_most:  # by every reading
        text = _("{line} {actual}, {gap} below the plan ({plan})")
        gap = range_text(*line.left)
    elif line.gap is not None:
        text = {
            1: _("{line} {actual}, {gap} above the plan ({plan})"),
            0: _("{line} {actual}, as planned ({plan})"),
            -1: _("{line} {actual}, {gap} below the plan ({plan})"),
        }[(line.gap > 0) - (line.gap < 0)]
    return text.format(
        line=line_title(line.key, programme),
        actual=_padded_reached(line),
        status=line.status.label,
        gap=gap,
        plan=_planned(line, plan, programme),
    )


def _planned(line: Line, target: Target, programme: Programme) -> str:
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
    return f"{asked}: {needed}" if needed else asked


def _percent_words(target: Target) -> str:
    """The printed per cent with its operator: “ít nhất 40%”."""
    ends = "–".join(end for end in (target.percent, target.percent_high) if end)
    return figure_with_operator(f"{ends}%", target.percent_sign)


def _reached(line: Line, programme: Programme) -> str:
    assert line.actual is not None
    counted = f"{padded(line.actual.reached)}/{padded(line.actual.total)}"
    words = _("{count} {units}").format(count=counted, units=line_units(line.key, programme))
    share = Fraction(line.actual.reached, line.actual.total)
    return f"{words} ({trimmed(percent(share))}%)"
