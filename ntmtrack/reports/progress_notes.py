"""The notes beneath progress: what it rests on, the rule of the status, and what a reader must not overlook."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from ntmtrack.dates import day_before, show_day
from ntmtrack.i18n import _, day, number
from ntmtrack.model import Programme, Tier, kind_name
from ntmtrack.programmes.ladders import KEPT, OWN, set_words
from ntmtrack.progress.evidence import is_empty
from ntmtrack.progress.lack import Missing
from ntmtrack.progress.line import Line
from ntmtrack.progress.status import JUDGED, STATUS_RULE
from ntmtrack.reports import Note
from ntmtrack.reports.figures import ReportContext
from ntmtrack.reports.labels import mixed_note, parts_note, roadmap_label, sentence, span_of_years, tier_label
from ntmtrack.reports.lack_words import beside_noughts, lack_note
from ntmtrack.reports.plan_notes import denominators_note, notes_on_figures, notes_on_plan, other_bases, words_by_year
from ntmtrack.reports.turnover_notes import lost_note, turnover_note
from ntmtrack.roadmaps import UNSAID, line_title

_MADE_UP, _UNVERIFIED = 8, 6  # weights


def notes_on_progress(lines: Sequence[Line], context: ReportContext, *, with_ways: bool = True) -> list[Note]:
    """All notes on these lines, of one year or of several; with the options to ask otherwise by, but on paper."""
    return [
        Note(text, weight)
        for notes, weight, _beside_table in _weighed(lines, context, with_ways=with_ways)
        for text in notes
    ]


def vital_notes(lines: Sequence[Line], context: ReportContext) -> list[str]:
    """What a reader must know who has the table alone: what per cents are of, what was lost, what is left out."""
    return [
        text
        for notes, _weight, is_of_table in _weighed(lines, context, with_ways=False)
        if is_of_table
        for text in notes
    ]


def _weighed(
    lines: Sequence[Line], context: ReportContext, *, with_ways: bool
) -> Iterator[tuple[Sequence[str], int, bool]]:
    """The notes in their order, each with its weight: 0 what only explains; whether a table alone needs it."""
    programme, year = context.programme, context.moment.day.year
    basis, *counting = plan_basis(context, with_ways=with_ways)
    lacks = lack_note(beside_noughts(lines), programme, with_ways=with_ways)
    yield nothing_note(lines), 9, True
    yield lacks, 9, False
    yield [basis], (2 if lacks else 4) * (not _is_plain(context)), False
    yield [*counting, *status_rule(lines, context)], 0, False
    yield unverified_notes(lines, programme), _UNVERIFIED, False
    yield _made_up_note(lines, programme), _MADE_UP, False
    yield denominator_notes(lines, programme), 0, True
    yield listed_note(context.listed), 1, True
    yield mixed_note(context.mixed), 5, True
    yield notes_on_figures(lines, programme), 4, True
    yield notes_on_plan(lines, programme), 0, True
    yield _within_year(lines, context), 2, True
    yield _footnotes(lines, context), 0, False
    yield [*turnover_note(lines, context), *lost_note(lines, context)], 3, True
    yield [] if _tell_of_undated(lines) else undated_note(context), 7, True
    yield new_units_note(context.of_new_units, year, with_ways=with_ways), 5, True
    yield _participants(context), 0, False


def _is_plain(context: ReportContext) -> bool:
    """Whether one plan, which was in force, is all that the figures are held against."""
    plan = context.roadmap
    if plan is None or context.of_others or context.leading or context.is_filled_up:
        return False
    return not plan.supersedes or plan.issued_from <= context.moment.day


def nothing_note(lines: Sequence[Line]) -> list[str]:
    """That every 0 is the ledger's, where it counts no recognition at all."""
    text = _("The ledger holds no recognition that counts here: each 0 says only that.")
    return [text] if is_empty(lines) else []


def doubt_notes(lines: Sequence[Line], programme: Programme, *, on_paper: bool = False) -> list[Note]:
    """What of these figures is incomplete, what is not verified, and what is not real.

    Which texts were not verified is a matter of the office's own work: nothing of it on a paper that is sent.
    """
    lacking = lack_note(beside_noughts(lines), programme)
    of_texts = [] if on_paper else unverified_notes(lines, programme)
    unverified = [Note(text, _UNVERIFIED) for text in [*lacking, *of_texts]]
    return [*unverified, *(Note(text, _MADE_UP) for text in _made_up_note(lines, programme))]


def _made_up_note(lines: Sequence[Line], programme: Programme) -> list[str]:
    text = _("ILLUSTRATIVE data, not real: {parts}.")
    return _resting(lines, programme, lambda line: line.actual.illustrative if line.actual else 0, text)


def unverified_notes(lines: Sequence[Line], programme: Programme) -> list[str]:
    """What of these figures is not verified."""
    unverified = _("Not concluded, recognised in an earlier programme and no verified text that it counts on: {parts}.")
    return [*_kept_note(lines, programme), *_resting(lines, programme, _unverified, unverified)]


def _unverified(line: Line) -> int:
    """The units of a line that count in doubt; of what is kept of the programme before that is said of all at once."""
    return line.actual.unverified if line.actual and line.key.of_set not in UNSAID else 0


def _kept_note(lines: Sequence[Line], programme: Programme) -> list[str]:
    """Once, that no text was read by which units keep what they were recognised at before."""
    kept = programme.kept
    if (
        not kept
        or kept.verified
        or not any(line.key.ladder != OWN and line.actual and line.actual.reached for line in lines)
    ):
        return []
    text = _("Not concluded, what is {kept} ({source}), but where the plan itself counts it.")
    return [text.format(kept=set_words(KEPT, programme), source=kept.source)]


def plan_basis(context: ReportContext, *, with_ways: bool = False) -> list[str]:
    """Which plans the figures are held against, and how levels are counted.

    With `with_ways` also by which options to ask otherwise: that is for the screen, not for a paper that is signed.
    """
    at_least = _("A level counts units at that level or above.")
    if context.of_others:
        other, day_ = context.of_others
        text = _("Roadmap {plan} is for the units of {day}: not compared.")
        return [text.format(plan=roadmap_label(other), day=day(day_)), at_least]
    if context.roadmap is None:
        text = _("No roadmap of the {programme} programme is on record for this scope: actual figures only.")
        former = _of_former(context, with_ways=with_ways)
        return [" ".join([text.format(programme=context.programme.key), *former]), at_least]
    plan = _("Roadmap: {plan}.").format(plan=roadmap_label(context.roadmap))
    if context.roadmap.supersedes and context.roadmap.issued_from > context.moment.day:
        plan += " " + _issued_after(context.roadmap.supersedes, with_ways=with_ways)
    for other, years in context.leading:
        plan += " " + _("{years}: {plan}.").format(years=", ".join(map(str, years)), plan=roadmap_label(other))
    if context.is_filled_up:
        plan += " " + _("What that plan does not set for a year is the other plan's.")
    return [plan, at_least]


def _issued_after(before: str, *, with_ways: bool) -> str:
    if not with_ways:
        return _("It was issued after this day.")
    return _("It was issued after this day; the one before it: --roadmap {key}").format(key=before)


def _of_former(context: ReportContext, *, with_ways: bool) -> list[str]:
    """Whose plans ran, where the scope was made of units that have ended, and how to ask about those."""
    text = _("Roadmap {number} is of {scope} (until {until}).")
    if with_ways:
        text = _('Roadmap {number} is of {scope} (until {until}): add --scope "{scope}".')
    return [
        text.format(number=plan.number, scope=unit.title, until=show_day(day_before(unit.until)))
        for plan, unit in context.of_former
        if unit.until
    ]


def status_rule(lines: Sequence[Line], context: ReportContext) -> list[str]:
    """The rule of the status, where any line has one by it."""
    if context.roadmap is None or not any(line.status in JUDGED for line in lines):
        return []
    rule = _(STATUS_RULE).format(base=context.roadmap.base_year)
    if any(line.status in JUDGED and line.is_at_most for line in lines):
        rule += " " + _("Of “at most” and “less than” the other way round.")
    return [rule]


def denominator_notes(lines: Sequence[Line], programme: Programme) -> list[str]:
    """What the per cents are of, and how many that is; of several years how many in each, where that changes."""
    counted = [line for line in lines if line.actual]
    parts = []
    of_all = [line for line in counted if not (line.key.is_of_some or line.key.within or line.tier is Tier.VILLAGE)]
    for tier in dict.fromkeys(line.tier for line in of_all):
        totals = {line.year: line.actual.total for line in of_all if line.tier is tier and line.actual}
        parts.append(_("all {tier} ({count})").format(tier=tier_label(tier).lower(), count=words_by_year(totals)))
    return denominators_note([*parts, *other_bases(counted, programme)])


def listed_note(listed: Mapping[int, date]) -> list[str]:
    """For which years a later list stands, where several are shown; of one the heading says it."""
    words = listed_words(listed)
    return [f"{sentence(words)}."] if words else []


def listed_words(listed: Mapping[int, date]) -> str:
    """For which years a later list stands, and of which day it is."""
    text = _("the list of communes of {years} is that of {day}")
    by_day: dict[date, list[int]] = defaultdict(list)
    for year, on in sorted(listed.items()):
        by_day[on].append(year)
    return "; ".join(text.format(years=span_of_years(years), day=day(on)) for on, years in by_day.items())


def _within_year(lines: Sequence[Line], context: ReportContext) -> list[str]:
    """In the midst of a year the plan is that of the whole year."""
    day_ = context.moment.day
    planned = any(line.plan and line.plan.year == line.year == day_.year for line in lines)
    if not planned or (day_.month, day_.day) == (12, 31):
        return []
    return [_("The plan is that of the whole year {year}.").format(year=day_.year)]


def _footnotes(lines: Sequence[Line], context: ReportContext) -> list[str]:
    """Where the plan contradicts itself in the years shown; what it prints as cumulative is used."""
    years = {line.year for line in lines}
    return [
        _("The plan contradicts itself: {finding} ({cite})").format(finding=finding.text, cite=finding.cite)
        for finding in context.contradictions
        if finding.year in years
    ]


def _tell_of_undated(lines: Sequence[Line]) -> bool:
    """Whether a verdict is withheld for want of days of decision, which says how many."""
    return any(line.lack and line.lack.missing is Missing.DAYS for line in lines)


def undated_note(context: ReportContext) -> list[str]:
    """How many recognitions are left out because no day of decision is known."""
    if not context.undated:
        return []
    text = _("Left out: {count} recognitions whose day of decision is not known.")
    return [text.format(count=number(context.undated))]


def new_units_note(new: tuple[int, date] | None, year: int, *, with_ways: bool = False) -> list[str]:
    """How many recognitions of a year that was parted are of its new units, which the units counted leave out."""
    if new is None:
        return []
    text = _("{count} recognitions of {year} are of units that began on {day}: not counted here.")
    if with_ways:
        text = _("{count} recognitions of {year} are of new units and not counted here: --map {day}")
    return [text.format(count=number(new[0]), year=year, day=day(new[1]))]


def _participants(context: ReportContext) -> list[str]:
    """Who takes part without being counted, by kind; empty where nobody does."""
    if not context.participants:
        return []
    kinds = [f"{number(count)} {kind_name(kind)}" for kind, count in context.participants.items()]
    return [_("Outside the denominator: {kinds} take part.").format(kinds=", ".join(kinds))]


def _resting(lines: Sequence[Line], programme: Programme, count: Callable[[Line], int], text: str) -> list[str]:
    """A note on the lines that rest on something doubtful; of several years, each line's last that does."""
    last = {line.key: line for line in lines if count(line)}
    several = len({line.year for line in lines}) > 1
    parts = [
        _("{line} {count} of {reached}").format(
            line=line_title(line.key, programme),
            count=number(count(line)),
            reached=number(line.actual.reached if line.actual else 0),
        )
        + (f" ({line.year})" if several else "")
        for line in last.values()
    ]
    return parts_note(text, parts)
