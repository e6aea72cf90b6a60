"""Progress in the sentences that a chief signs: "Luỹ kế đến ngày 31/12/2021, toàn tỉnh có 90/116 xã đạt chuẩn …"."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from ntmtrack.i18n import _, day
from ntmtrack.model import Basis, Programme, Tier, Unit
from ntmtrack.programmes.ladders import OWN, ladders, set_words
from ntmtrack.progress.evidence import is_empty
from ntmtrack.progress.lack import Missing
from ntmtrack.progress.line import Line
from ntmtrack.progress.status import Status
from ntmtrack.reports.compared_text import asks_nothing, compared, planned_words
from ntmtrack.reports.figures import ReportContext
from ntmtrack.reports.labels import (
    line_units,
    padded,
    parts_note,
    roadmap_label,
    sentence,
    trimmed,
    units_of_moment,
    whole_words,
)
from ntmtrack.reports.lack_words import beside_noughts, lack_note
from ntmtrack.reports.line_words import is_reached, no_unit, told_units
from ntmtrack.reports.lists import MovedUnits
from ntmtrack.reports.moved_text import Annexes, MovedText
from ntmtrack.reports.progress_notes import undated_note, unverified_notes
from ntmtrack.roadmaps.shares import percent

if TYPE_CHECKING:
    from ntmtrack.reports.figures import PlanLines

NOBODY, NO_ANNEX = MovedUnits(), Annexes()
_ABBREVIATION = re.compile(r"\bNTM\b(?!\))")  # but where its full name already stands before it


def progress_paragraphs(
    lines: Sequence[Line],
    context: ReportContext,
    scope: Unit | None,
    beside: Sequence["PlanLines"] = (),
    moved: MovedUnits = NOBODY,
    annexes: Annexes = NO_ANNEX,
    *,
    with_status: bool = False,
    on_paper: bool = False,
) -> list[str]:
    """What was reached, in the plan's sentences, and how that compares with the plan, and with those `beside` it.

    With the names of those who came and left, and who remains; where they are too many, `annexes` list them. In
    figures, the status beside them only with `with_status`. Of a paper that is sent no doubt about texts of the law.
    """
    names = MovedText(moved, context.programme, scope, annexes)
    return _spelled_out(_paragraphs(lines, context, beside, names, with_status=with_status, on_paper=on_paper))


def _paragraphs(
    lines: Sequence[Line],
    context: ReportContext,
    beside: Sequence["PlanLines"],
    names: MovedText,
    *,
    with_status: bool,
    on_paper: bool,
) -> list[str]:
    if context.moment.is_to_come:
        return _to_come(lines, context)
    whole = whole_words(names.scope.tier, names.scope.kind) if names.scope else _("the localities")
    if is_empty(lines):
        text = _("As of {day}, no recognition is on record for {whole}.")
        lacks = lack_note(beside_noughts(lines), context.programme)
        return [text.format(day=_counted_on(context), whole=whole), *undated_note(context), *lacks]
    counted = [line for line in _counted(lines) if not _is_untold(line)]
    plans = [(context.roadmap, _compared(lines)), *((plan.plan, _compared(plan.lines)) for plan in beside)]
    return [
        *(text for ladder in ladders(context.programme) for text in _by_set(ladder, counted, context, names, whole)),
        *(
            paragraph
            for plan, of_plan in plans
            if plan
            for paragraph in compared(of_plan, plan, context, with_status=with_status)
        ),
        *undated_note(context),
        *doubts(lines, context.programme, on_paper=on_paper),
    ]


def doubts(lines: Sequence[Line], programme: Programme, *, on_paper: bool = False) -> list[str]:
    """What of these figures is incomplete, not verified (but on paper), or not real, as a report says it."""
    counted = _counted(lines)
    unverified = [] if on_paper else unverified_notes(counted, programme)
    return [*lack_note(counted, programme), *unverified, *_made_up(counted, programme)]


def _spelled_out(paragraphs: list[str]) -> list[str]:
    """The same with the programme's name in full where it is first said, with the letters that stand for it after."""
    for place, text in enumerate(paragraphs):
        if (full := _ABBREVIATION.sub(_("New Rural Areas (NTM)"), text, count=1)) != text:
            return [*paragraphs[:place], full, *paragraphs[place + 1 :]]
    return paragraphs


def _made_up(lines: Sequence[Line], programme: Programme) -> list[str]:
    """That not all of it is real, and how much of each."""
    parts = [
        _("{count} {units}").format(
            count=f"{padded(line.actual.illustrative)}/{padded(line.actual.reached)}",
            units=told_units(line, programme),
        )
        for line in lines
        if line.actual and line.actual.illustrative
    ]
    return parts_note(_("Illustrative figures, not real: {parts}."), parts)


def _by_set(ladder: str, lines: Sequence[Line], context: ReportContext, names: MovedText, whole: str) -> list[str]:
    """What was reached by one set of levels; in years of two by name, and of the older one only what there is."""
    of_ladder = [line for line in lines if line.key.ladder == ladder and not line.key.within]
    remaining = [words for line in of_ladder if (words := names.lacking(line))]
    texts = [
        *_moved(of_ladder, context, names, whole),
        _standing(of_ladder, context, whole),
        *([_("Remaining: {units}.").format(units="; ".join(remaining))] if remaining else []),
    ]
    if context.programme.kept is None:
        return texts
    if ladder != OWN and not of_ladder:
        return []
    words = sentence(set_words(ladder, context.programme))
    return [_("{by_set}: {text}").format(by_set=words, text=text[:1].lower() + text[1:]) for text in texts]


def _to_come(lines: Sequence[Line], context: ReportContext) -> list[str]:
    """Of a year that has not begun: that there are no figures, and what is planned for it."""
    year = context.moment.day.year
    sentences = [_("The year {year} has not begun: there are no figures of it.").format(year=year)]
    planned = [line for line in lines if line.plan and line.bases and not line.key.each and not asks_nothing(line)]
    if planned and context.roadmap:
        asked = (
            f"{told_units(line, context.programme)} {planned_words(line, line.plan, context.programme)}"
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


def _is_untold(line: Line) -> bool:
    """Whether a line is of a tier of which nothing was ever recorded: its nought is no result."""
    return line.lack is not None and line.lack.missing is Missing.TIER


def _compared(lines: Sequence[Line]) -> list[Line]:
    """The lines that can be held against a plan, those among them that are not due yet."""
    return [line for line in _counted(lines) if not (_is_untold(line) and line.status is Status.INCOMPLETE)]


def _year_words(context: ReportContext) -> str:
    """The year, and up to which day of it where it has not ended then."""
    on = context.moment.day
    if (on.month, on.day) == (12, 31):
        return str(on.year)
    return _("{year} up to {day}").format(year=on.year, day=day(on))


def _moved(lines: Sequence[Line], context: ReportContext, names: MovedText, whole: str) -> list[str]:
    """What was added within the year, and what was lost, each with who they are."""
    added = [names.added(line) for line in lines if line.actual and line.actual.added]
    lost = [part for line in lines if line.actual and line.actual.lost for part in names.lost(line)]
    text = _("In {year}, {whole} has {added}.") if added else _("In {year}, {whole} has no further unit recognised.")
    texts = [text] if added or not lost else []
    if lost:
        texts.append(_("In {year}, there are {lost}."))
    told = {"year": _year_words(context), "whole": whole, "added": "; ".join(added), "lost": "; ".join(lost)}
    return [text.format(**told) for text in texts]


def _standing(lines: Sequence[Line], context: ReportContext, whole: str) -> str:
    """What is reached in all at the day, and what is not."""
    reached = [_reached(line, context.programme) for line in lines if is_reached(line)]
    none = _none_words([line for line in lines if not is_reached(line)], context.programme)
    text = _in_all(reached, none)
    return text.format(day=_counted_on(context), whole=whole, reached="; ".join(reached), none="; ".join(none))


def _none_words(lines: Sequence[Line], programme: Programme) -> list[str]:
    """“chưa có xã nào đạt chuẩn NTM nâng cao”: of each line that nobody has reached."""
    return [no_unit(line, programme) for line in lines if not line.is_at_most]


def _in_all(reached: Sequence[str], none: Sequence[str]) -> str:
    """The sentence for what has been reached, what has not, or neither where no level is planned or reached."""
    if reached and none:
        return _("As of {day}, {whole} has in all {reached}; {none}.")
    if reached:
        return _("As of {day}, {whole} has in all {reached}.")
    return _("As of {day}, {whole} has {none}.") if none else _("As of {day}, {whole} has no unit recognised.")


def _counted_on(context: ReportContext) -> str:
    """The day; that recognitions are counted by the day of decision, and of which day the units are, where another."""
    moment, remarks = context.moment, []
    if context.basis is not Basis.YEAR:
        remarks.append(_("by the day of decision"))
    remarks += units_of_moment(moment)
    return f"{day(moment.day)} ({'; '.join(remarks)})" if remarks else day(moment.day)


def _reached(line: Line, programme: Programme) -> str:
    assert line.actual is not None
    counted = f"{padded(line.actual.reached)}/{padded(line.actual.total)}"
    words = _("{count} {units}").format(count=counted, units=line_units(line.key, programme))
    share = Fraction(line.actual.reached, line.actual.total)
    return f"{words} ({trimmed(percent(share))}%)"
