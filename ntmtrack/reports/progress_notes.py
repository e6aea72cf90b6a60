"""The notes beneath progress: what it rests on, the rule of the status, and what a reader must not overlook."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ntmtrack.counts import Moment
from ntmtrack.i18n import _, number
from ntmtrack.model import Basis, Programme, Roadmap
from ntmtrack.progress import STATUS_RULE, ByName, Line
from ntmtrack.reports.words import line_label, roadmap_label, tier_label


class Grounds(NamedTuple):
    """What a progress report rests on: said in its heading and its notes."""

    programme: Programme
    basis: Basis
    scope: str
    moment: Moment
    roadmap: Roadmap | None
    undated: int = 0


def notes(lines: Sequence[Line], grounds: Grounds) -> list[str]:
    """All notes on these lines, of one year or of several."""
    return [
        *_plan(grounds),
        *_denominators(lines),
        *_lost(lines),
        *_undated(grounds),
        *_resting(
            lines,
            lambda line: line.unverified,
            _("Not concluded, recognised in an earlier programme and no verified text that it counts on: {parts}."),
        ),
        *_resting(lines, lambda line: line.illustrative, _("ILLUSTRATIVE data, not real: {parts}.")),
    ]


def by_name_note(names: ByName) -> str:
    """Units that the plan names against units that reached the level."""
    text = _("By name, {line}: reached {reached}; not yet {late}; reached but not in the plan {beyond}.")
    return text.format(
        line=line_label(names.tier, names.level),
        reached=", ".join(names.reached) or "–",
        late=", ".join(names.late) or "–",
        beyond=", ".join(names.beyond) or "–",
    )


def _plan(grounds: Grounds) -> list[str]:
    at_least = _("A level counts units at that level or above.")
    if grounds.roadmap is None:
        text = _("No roadmap of the {programme} programme is on record for this scope: actual figures only.")
        return [text.format(programme=grounds.programme.key), at_least]
    plan = _("Roadmap: {plan}.").format(plan=roadmap_label(grounds.roadmap))
    return [plan, at_least, _(STATUS_RULE).format(base=grounds.roadmap.base_year)]


def _denominators(lines: Sequence[Line]) -> list[str]:
    parts = []
    for tier in dict.fromkeys(line.tier for line in lines):
        totals = {line.year: line.total for line in lines if line.tier is tier}
        same = len(set(totals.values())) == 1
        each = [f"{year}: {number(count)}" for year, count in totals.items()]
        count = number(next(iter(totals.values()))) if same else "; ".join(each)
        parts.append(_("all {tier} ({count})").format(tier=tier_label(tier).lower(), count=count))
    return [_("Denominators: {totals}.").format(totals=", ".join(parts))] if parts else []


def _lost(lines: Sequence[Line]) -> list[str]:
    gone = [f"{line_label(line.tier, line.level)} {number(line.lost)} ({line.year})" for line in lines if line.lost]
    if not gone:
        return []
    text = _("Lost since the end of the year before (revoked, merged, no longer a commune): {lines}.")
    return [text.format(lines="; ".join(gone))]


def _undated(grounds: Grounds) -> list[str]:
    if not grounds.undated:
        return []
    text = _("Left out: {count} recognitions whose day of decision is not known.")
    return [text.format(count=number(grounds.undated))]


def _resting(lines: Sequence[Line], count: Callable[[Line], int], text: str) -> list[str]:
    """A note on the lines that rest on something doubtful; of several years, each line's last that does."""
    last = {(line.tier, line.level.key): line for line in lines if count(line)}
    several = len({line.year for line in lines}) > 1
    parts = [
        _("{line} {count} of {reached}").format(
            line=line_label(line.tier, line.level), count=number(count(line)), reached=number(line.reached)
        )
        + (f" ({line.year})" if several else "")
        for line in last.values()
    ]
    return [text.format(parts="; ".join(parts))] if parts else []
