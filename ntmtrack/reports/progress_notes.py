"""The notes beneath progress: what it rests on, the rule of the status, and what a reader must not overlook."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ntmtrack.counts import Moment
from ntmtrack.i18n import _, number
from ntmtrack.model import Basis, Programme
from ntmtrack.progress.goals import Origin
from ntmtrack.progress.lines import Line
from ntmtrack.progress.status import STATUS_RULE
from ntmtrack.reports.plan_words import asked_for, share_words
from ntmtrack.reports.words import roadmap_label, tier_label
from ntmtrack.targets import MILESTONE, Roadmap, Target, line_title

if TYPE_CHECKING:
    from ntmtrack.progress.names import ByName
    from ntmtrack.reports.progress_tables import Compared
    from ntmtrack.roadmaps.findings import Finding


class Grounds(NamedTuple):
    """What a progress report rests on: said in its heading and its notes.

    `contradictions` are those that the linter finds in the plan itself.
    """

    programme: Programme
    basis: Basis
    scope: str
    moment: Moment
    roadmap: Roadmap | None
    undated: int = 0
    contradictions: Sequence["Finding"] = ()


def notes(lines: Sequence[Line], grounds: Grounds) -> list[str]:
    """All notes on these lines, of one year or of several."""
    programme = grounds.programme
    return [
        *_plan(grounds),
        *doubts(lines, programme),
        *denominators(lines, programme),
        *_from_percent(lines, programme),
        *_straight(lines),
        *_other_year(lines, programme),
        *_within_year(grounds),
        *open_bases(lines, programme),
        *_footnotes(lines, grounds),
        *_milestones(lines),
        *_lost(lines, programme),
        *_undated(grounds),
    ]


def doubts(lines: Sequence[Line], programme: Programme) -> list[str]:
    """What of these figures is not verified, and what is not real."""
    unverified = _("Not concluded, recognised in an earlier programme and no verified text that it counts on: {parts}.")
    return [
        *_resting(lines, programme, lambda line: line.actual.unverified if line.actual else 0, unverified),
        *_resting(
            lines,
            programme,
            lambda line: line.actual.illustrative if line.actual else 0,
            _("ILLUSTRATIVE data, not real: {parts}."),
        ),
    ]


def beside_notes(beside: Sequence["Compared"], programme: Programme) -> list[str]:
    """What must be said of the plans shown beside the main one."""
    said = []
    for one in beside:
        said += open_bases(one.lines, programme)
        said += without_data(one.plan, [line for line in one.lines if line.actual is None], programme)
    return said


def without_data(plan: Roadmap | None, lines: Sequence[Line], programme: Programme) -> list[str]:
    """What a plan asks for of which the ledger holds no figures: said in a note where no table has it."""
    parts = [f"{line_title(line.key, programme)} ({_asked(line.plan)})" for line in lines if line.plan]
    if not parts or plan is None:
        return []
    text = _("Also asked for by {plan} (no data): {parts}.")
    return [text.format(plan=plan.number, parts="; ".join(dict.fromkeys(parts)))]


def _asked(target: Target) -> str:
    """What is asked for, of a sentence without figures the year."""
    asked = asked_for(target, with_base=False)
    return str(target.year) if asked == "–" else asked


def by_name_note(names: "ByName", programme: Programme) -> str:
    """Units that the plan names against units that reached the level."""
    text = _("By name, {line} ({year}): reached {reached}; not yet {late}; reached but not in the plan {beyond}.")
    said = text.format(
        line=line_title(names.target.line, programme),
        year=names.target.year,
        reached=", ".join(names.reached) or "–",
        late=", ".join(names.late) or "–",
        beyond=", ".join(names.beyond) or "–",
    )
    if names.reserve:
        said += " " + _("Reached, of those in reserve: {names}.").format(names=", ".join(names.reserve))
    if names.unknown:
        said += " " + _("Not found in the ledger, or fitting several units: {names}.").format(
            names=", ".join(names.unknown)
        )
    return said


def _plan(grounds: Grounds) -> list[str]:
    at_least = _("A level counts units at that level or above.")
    if grounds.roadmap is None:
        text = _("No roadmap of the {programme} programme is on record for this scope: actual figures only.")
        return [text.format(programme=grounds.programme.key), at_least]
    plan = _("Roadmap: {plan}.").format(plan=roadmap_label(grounds.roadmap))
    if grounds.roadmap.supersedes and grounds.roadmap.issued_on > grounds.moment.day:
        plan += " " + _("It was issued after this day; the one before it: --roadmap {key}").format(
            key=grounds.roadmap.supersedes
        )
    return [plan, at_least, _(STATUS_RULE).format(base=grounds.roadmap.base_year)]


def denominators(lines: Sequence[Line], programme: Programme) -> list[str]:
    """What the per cents are of, and how many that is."""
    parts = []
    counted = [line for line in lines if line.actual]
    for tier in dict.fromkeys(line.tier for line in counted):
        totals = {line.year: line.actual.total for line in counted if line.tier is tier and line.actual}
        same = len(set(totals.values())) == 1
        each = [f"{year}: {number(count)}" for year, count in totals.items()]
        count = number(next(iter(totals.values()))) if same else "; ".join(each)
        parts.append(_("all {tier} ({count})").format(tier=tier_label(tier).lower(), count=count))
    parts += dict.fromkeys(
        f"{line_title(line.key, programme)}: {share_words(line.share_of, line.key, programme)}"
        f" ({number(line.bases[line.share_of])})"
        for line in counted
        if line.share_of != "all"
    )
    return [_("Denominators: {totals}.").format(totals=", ".join(parts))] if parts else []


def _from_percent(lines: Sequence[Line], programme: Programme) -> list[str]:
    """Where the plan prints a per cent alone: how many units that asks for today."""
    parts = [
        _("{line} {asked} of {base} = {units}").format(
            line=line_title(line.key, programme),
            asked=asked_for(line.plan),
            base=number(line.goal.base or 0),
            units=number(line.goal.number),
        )
        for line in {line.key: line for line in lines}.values()
        if line.plan and line.goal and line.goal.origin is Origin.PERCENT
    ]
    text = _("Plan figures in brackets follow from printed per cents, in units of today's denominators: {parts}.")
    return [text.format(parts="; ".join(parts))] if parts else []


def _other_year(lines: Sequence[Line], programme: Programme) -> list[str]:
    """Where the plan has no figure for the year asked about and its final target is compared with."""
    parts = [
        f"{line_title(line.key, programme)} ({line.plan.year})"
        for line in lines
        if line.plan and line.goal and line.actual and line.plan.year != line.year and not line.is_ours
    ]
    text = _("Compared with the target of a later or earlier year, the plan having none for this: {parts}.")
    return [text.format(parts="; ".join(dict.fromkeys(parts)))] if parts else []


def _within_year(grounds: Grounds) -> list[str]:
    """In the midst of a year the plan is that of the whole year."""
    day_ = grounds.moment.day
    if grounds.roadmap is None or (day_.month, day_.day) == (12, 31):
        return []
    return [_("The plan is that of the whole year {year}.").format(year=day_.year)]


def _straight(lines: Sequence[Line]) -> list[str]:
    if not any(line.goal and line.goal.origin is Origin.STRAIGHT for line in lines):
        return []
    return [_("Where the plan prints no figure for the year, P lies on a straight way that is ours, not the plan's.")]


def open_bases(lines: Sequence[Line], programme: Programme) -> list[str]:
    """Each per cent whose base the document leaves open, under every reading that asks for something else."""
    return [
        _("{line}: the document leaves open of what {asked} is: {readings}.").format(
            line=line_title(line.key, programme),
            asked=asked_for(line.plan),
            readings="; ".join(_reading(line, share, programme) for share in line.plan.readings),
        )
        for line in lines
        if line.plan and line.plan.share_of == "open" and line.actual and "open" not in line.goals
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
        units=number(goal.number),
        reached=number(line.actual.reached if line.actual else 0),
    )


def _footnotes(lines: Sequence[Line], grounds: Grounds) -> list[str]:
    """Where the plan contradicts itself in the years shown; what it prints as cumulative is used."""
    years = {line.year for line in lines}
    return [
        _("The plan contradicts itself: {finding} ({cite})").format(finding=finding.text, cite=finding.cite)
        for finding in grounds.contradictions
        if finding.year in years
    ]


def _milestones(lines: Sequence[Line]) -> list[str]:
    """What the plan sets itself to do by a day, which is no figure."""
    said = [f"{line.key.name} ({_asked(line.plan)})" for line in lines if line.plan and line.key.measure == MILESTONE]
    text = _("Also in the plan, not kept in this ledger (no data): {parts}.")
    return [text.format(parts="; ".join(dict.fromkeys(said)))] if said else []


def _lost(lines: Sequence[Line], programme: Programme) -> list[str]:
    gone = [
        f"{line_title(line.key, programme)} {number(line.actual.lost)} ({line.year})"
        for line in lines
        if line.actual and line.actual.lost and line.key.counts != "highest"  # those also move up
    ]
    if not gone:
        return []
    text = _("Lost since the end of the year before (revoked, merged, no longer a commune): {lines}.")
    return [text.format(lines="; ".join(gone))]


def _undated(grounds: Grounds) -> list[str]:
    if not grounds.undated:
        return []
    text = _("Left out: {count} recognitions whose day of decision is not known.")
    return [text.format(count=number(grounds.undated))]


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
    return [text.format(parts="; ".join(parts))] if parts else []
