"""Notes on what a plan asks for: what follows from printed figures, bases left open, what the ledger does not hold."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from ntmtrack.i18n import _, number
from ntmtrack.model import Programme, Tier
from ntmtrack.programmes.ladders import set_words
from ntmtrack.progress.line import Line
from ntmtrack.progress.status import Goal, Origin
from ntmtrack.reports.labels import parts_note
from ntmtrack.reports.plan_words import asked_for, goal_words, share_words
from ntmtrack.roadmaps import MILESTONE, NOT_COUNTED, LineKey, Roadmap, Target, line_title
from ntmtrack.roadmaps.shares import percent

if TYPE_CHECKING:
    from ntmtrack.progress.plan import NamedUnits
    from ntmtrack.reports.figures import PlanLines


def notes_on_figures(lines: Sequence[Line], programme: Programme) -> list[str]:
    """Which planned figures of these lines are ours, or are several, the plan printing none or leaving them open."""
    return [
        *_worked_out(lines, programme),
        *_between_two(lines, programme),
        *_straight([("", line) for line in lines], programme),
        *_open_bases(lines, programme),
        *_open_sets(lines, programme),
    ]


def notes_on_plan(lines: Sequence[Line], programme: Programme) -> list[str]:
    """What else the plan asks for of which the ledger has no figures."""
    return [*_not_counted(lines, programme), *_milestones(lines)]


def notes_on_districts(lines: Sequence[tuple[str, Line]], programme: Programme) -> list[str]:
    """What must be said of the figures that a plan has for districts; each line with the district that it is for."""
    worked = [f"{district}: {_worked(line, [line], programme)}" for district, line in lines if _is_worked_out(line)]
    return [*parts_note(_("Of districts, worked out too: {parts}."), worked), *_straight(lines, programme)]


def _is_worked_out(line: Line) -> bool:
    """Whether the number of units follows from a per cent or an addition that the plan prints alone."""
    return line.plan is not None and line.goal is not None and line.goal.origin in (Origin.PERCENT, Origin.ADDED)


def _titled(line: Line, lines: Sequence[Line], programme: Programme) -> str:
    """A line's title, with its year where there are lines of several years, or its target is of another."""
    title = line_title(line.key, programme)
    if line.plan and line.is_of_another_year:
        return f"{title} ({line.plan.year})"
    return title if len({line.year for line in lines}) == 1 else f"{title} {line.year}"


def _worked_out(lines: Sequence[Line], programme: Programme) -> list[str]:
    """Where the plan prints a per cent or an addition alone: the units that it asks for; of several years the last."""
    last = {line.key: line for line in lines if _is_worked_out(line)}
    text = _("Plan figures in brackets are worked out, the plan printing per cents or additions alone: {parts}.")
    return parts_note(text, (_worked(line, lines, programme) for line in last.values()))


def _worked(line: Line, lines: Sequence[Line], programme: Programme) -> str:
    assert line.plan is not None
    assert line.goal is not None
    title = _titled(line, lines, programme)
    if line.goal.origin is Origin.ADDED:
        text = _("{line} {units}, the baseline and what is added")
        return text.format(line=title, units=goal_words(line.goal))
    return _("{line} {asked} of {base} = {units}").format(
        line=title,
        asked=asked_for(line.plan, with_base=False),
        base=number(line.goal.base or 0),
        units=goal_words(line.goal, signed=False),
    )


def _between_two(lines: Sequence[Line], programme: Programme) -> list[str]:
    """Each per cent that no whole number of units gives, with the two beside it; of several years the last."""
    last = {
        line.key: (line, reading)
        for line in lines
        if line.actual
        for reading in line.readings
        if reading.either is not None and reading.origin is Origin.PERCENT
    }
    return [
        f"{_titled(line, lines, programme)}: {no_whole_number(line.plan, goal)}"
        for line, goal in last.values()
        if line.plan
    ]


def no_whole_number(target: Target, goal: Goal) -> str:
    """That no whole number gives a printed per cent: what the two beside it give, and that both are looked at."""
    text = _("no whole number of {base} gives {asked}: {below}, {above}; both are looked at.")
    below, above = (f"{number(count or 0)} = {_share(count or 0, goal.base or 1)}" for count in (goal.low, goal.either))
    return text.format(base=number(goal.base or 0), asked=f"{target.percent}%", below=below, above=above)


def _share(count: int, base: int) -> str:
    return f"{number(percent(Fraction(count, base)))}%"


def _of(district: str, line: Line, programme: Programme) -> str:
    """A line's title, after the district that it is for."""
    title = line_title(line.key, programme)
    return f"{district}: {title}" if district else title


def _is_straight(line: Line) -> bool:
    return line.goal is not None and line.goal.origin is Origin.STRAIGHT


def _straight(lines: Sequence[tuple[str, Line]], programme: Programme) -> list[str]:
    """Where P lies on a way that the plan does not print."""
    text = _("P lies on a straight way that is ours, not the plan's, where it prints no figure for the year: {parts}.")
    parts = (_of(district, line, programme) for district, line in lines if _is_straight(line))
    return parts_note(text, dict.fromkeys(parts))


def _open_bases(lines: Sequence[Line], programme: Programme) -> list[str]:
    """Each per cent whose base the document leaves open, under every reading; of several years the last."""
    last = {
        line.key: line
        for line in lines
        if line.plan and line.plan.share_of == "open" and line.actual and "open" not in line.goals
        if not _is_straight(line)
    }
    return [
        _("{line}: the document leaves open of what {asked} is: {readings}.").format(
            line=_titled(line, lines, programme),
            asked=asked_for(line.plan),
            readings="; ".join(_reading(line, share, programme) for share in line.plan.readings),
        )
        for line in last.values()
        if line.plan
    ]


def _open_sets(lines: Sequence[Line], programme: Programme) -> list[str]:
    """Each target of which the document leaves open by which set of levels it counts, by both; of years the last."""
    readings: dict[LineKey, dict[str, Line]] = {}
    for line in lines:
        if line.key.is_open and line.actual:
            readings.setdefault(line.key._replace(of_set=None), {})[line.key.ladder] = line
    text = _("{line}: the document leaves open by which set it counts: {readings}.")
    return [
        text.format(
            line=line_title(key, programme),
            readings="; ".join(
                _("{by_set} reached {count}").format(
                    by_set=set_words(ladder, programme), count=number(line.actual.reached if line.actual else 0)
                )
                for ladder, line in by_ladder.items()
            ),
        )
        for key, by_ladder in readings.items()
    ]


def _reading(line: Line, share: str, programme: Programme) -> str:
    base = share_words(share, line.key, programme)
    goal = line.goals.get(share)
    if goal is None:
        return _("of {base} ({count})").format(base=base, count=number(line.bases.get(share, 0)))
    text = _("of {base} ({count}) it asks for {units}, reached {reached}")
    return text.format(
        base=base,
        count=number(goal.base or 0),
        units=goal_words(goal),
        reached=number(line.actual.reached if line.actual else 0),
    )


def _not_counted(lines: Sequence[Line], programme: Programme) -> list[str]:
    """Per cents of units that the ledger does not count apart, so that what was reached has none beside them."""
    parts = (
        f"{line_title(line.key, programme)} ({line.plan.base or share_words(line.plan.share_of, line.key, programme)})"
        for line in lines
        if line.plan and line.actual and line.plan.percent and line.plan.share_of in NOT_COUNTED and line.base is None
    )
    return parts_note(_("Per cents of what the ledger does not count apart: {parts}."), dict.fromkeys(parts))


def other_bases(lines: Sequence[Line], programme: Programme) -> list[str]:
    """What the per cents are of where that is not all units, and how many that is."""
    parts = []
    others = [line for line in lines if line.share_of != "all" or line.key.is_of_some or line.tier is Tier.VILLAGE]
    for key, share in dict.fromkeys((line.key, line.share_of) for line in others):
        bases = {line.year: line.bases[share] for line in others if (line.key, line.share_of) == (key, share)}
        parts.append(f"{line_title(key, programme)}: {share_words(share, key, programme)} ({words_by_year(bases)})")
    return parts


def words_by_year(counts: Mapping[int, int]) -> str:
    """One number where it stays the same, else that of each year."""
    if len(set(counts.values())) == 1:
        return number(next(iter(counts.values())))
    return "; ".join(f"{year}: {number(count)}" for year, count in counts.items())


def denominators_note(parts: Sequence[str]) -> list[str]:
    """The note on what per cents are of; none without any."""
    return [_("Denominators: {totals}.").format(totals=", ".join(parts))] if parts else []


def _milestones(lines: Sequence[Line]) -> list[str]:
    """What the plan sets itself to do by a day, which is no figure."""
    milestones = [
        f"{line.key.name} ({_asked(line.plan)})"
        for line in lines
        if line.plan and line.key.measure == MILESTONE and line.task is None
    ]
    return parts_note(_("Also in the plan, not kept in this ledger (no data): {parts}."), dict.fromkeys(milestones))


def no_data_notes(plan: Roadmap | None, lines: Sequence[Line], programme: Programme) -> list[str]:
    """What a plan asks for of which the ledger holds no figures: said in a note where no table has it."""
    parts = [
        f"{line_title(line.key, programme)} ({_asked(line.plan)})" for line in lines if line.plan and not line.task
    ]
    if not parts or plan is None:
        return []
    text = _("Also asked for by {plan} (no data): {parts}.")
    return [text.format(plan=plan.number, parts="; ".join(dict.fromkeys(parts)))]


def _asked(target: Target) -> str:
    """What is asked for, of a sentence without figures the year."""
    return asked_for(target, with_base=False) or str(target.year)


def beside_notes(beside: Sequence["PlanLines"], programme: Programme) -> list[str]:
    """What must be said of the plans shown beside the main one."""
    notes = []
    for plan in beside:
        counted = [line for line in plan.lines if line.actual]
        noted = [
            *denominators_note(other_bases(counted, programme)),
            *_straight([("", line) for line in counted], programme),
            *_open_bases(counted, programme),
            *_open_sets(counted, programme),
            *_not_counted(counted, programme),
        ]
        notes += [f"{plan.plan.number if plan.plan else '–'}: {note}" for note in noted]
        notes += no_data_notes(plan.plan, [line for line in plan.lines if not line.is_told], programme)
    return notes


def named_units_note(names: "NamedUnits", programme: Programme) -> str:
    """Units that the plan names against units that reached the level."""
    groups = [
        (_("reached {names}"), names.reached),
        (_("not yet {names}"), names.late),
        (_("reached but not in the plan {names}"), names.beyond),
    ]
    parts = "; ".join(phrase.format(names=", ".join(units)) for phrase, units in groups if units)
    text = _("By name, {line} ({year}): {parts}.").format(
        line=line_title(names.target.line, programme), year=names.target.year, parts=parts or _("none")
    )
    if names.reserve:
        text += " " + _("Reached, of those in reserve: {names}.").format(names=", ".join(names.reserve))
    if names.unknown:
        text += " " + _("Not found in the ledger, or fitting several units: {names}.").format(
            names=", ".join(names.unknown)
        )
    return text
