"""Where the counts of a plan contradict each other, so that a report must say which figure it goes by.

Apart from the whole linter: progress asks for these on every run, and mostly no check need be loaded at all.
"""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ntmtrack.i18n import _, language
from ntmtrack.model import Programme
from ntmtrack.programmes import programme
from ntmtrack.targets import Roadmap, Target, by_line

if TYPE_CHECKING:
    from ntmtrack.roadmaps.findings import Finding


def footnotes(plan: Roadmap, own: Programme, years: Collection[int]) -> list["Finding"]:
    """The contradictions between the counts that a plan prints for these years; the printed cumulative governs."""
    if _is_plain(plan, own, years):
        return []
    return [finding for finding in _contradictions(plan, own.key, language()) if finding.concerns(years)]


@lru_cache(16)  # a report asks for those of each of its years
def _contradictions(plan: Roadmap, key: str, _language: str) -> list["Finding"]:
    """All contradictions between the counts of a plan, held against the programme with the key."""
    from ntmtrack.roadmaps.causes import told_once
    from ntmtrack.roadmaps.checks import floors, headlines, sums
    from ntmtrack.roadmaps.checks.levels import nesting
    from ntmtrack.roadmaps.checks.parts import declared_parts
    from ntmtrack.roadmaps.findings import Ground, Weight

    def run(part: Roadmap) -> list["Finding"]:
        return [finding for check in (sums, floors, headlines) for finding in check.findings(part, ground)]

    ground = Ground(programme(key))
    counted = [_with_rule(finding) for finding in told_once(plan, ground, run(plan), run)]
    others = [finding for check in (declared_parts, nesting) for finding in check(plan, ground)]
    return [finding for finding in (*counted, *others) if finding.weight is Weight.CONTRADICTION]


def _with_rule(finding: "Finding") -> "Finding":
    """A broken sum, with which of its figures is used."""
    if finding.check != "sum":
        return finding
    return finding._replace(text=_("{finding}; the printed cumulative figure governs").format(finding=finding.text))


def _is_plain(plan: Roadmap, programme: Programme, years: Collection[int]) -> bool:
    """Whether the figures of these years are plainly sound: exact yearly ones that add up and nest."""
    shown = [target for target in plan.targets if target.year in years]
    simple = all(target.span == "year" and target.operator == "=" and not target.part_of for target in shown)
    sums = (_adds_up(figures, years) for figures in by_line(plan.targets).values())
    return simple and all(sums) and _nests(shown, programme)


def _adds_up(figures: Sequence[Target], years: Collection[int]) -> bool:
    """Whether in these years every cumulative figure is the one before and what is added."""
    yearly = sorted((target for target in figures if target.span == "year"), key=lambda target: target.year)
    printed = [target for target in yearly if target.cumulative is not None]
    if any(target.added is not None and target.cumulative is None for target in yearly):
        return False
    before = [None, *(target.cumulative for target in printed)]
    return all(
        _follows(target.cumulative or 0, previous, target.added)
        for target, previous in zip(printed, before, strict=False)
        if target.year in years
    )


def _follows(count: int, before: int | None, added: int | None) -> bool:
    if added is None:
        return True
    return count >= added if before is None else count == before + added


def _nests(shown: Sequence[Target], programme: Programme) -> bool:
    """Whether no level has more units than the one below it."""
    ranks = {level.key: level.rank for level in programme.levels}
    counts: dict[tuple[object, ...], list[tuple[int, int]]] = {}
    for target in shown:
        if target.measure in ranks and target.cumulative is not None:
            place = (target.tier, target.year, target.within, target.each)
            counts.setdefault(place, []).append((ranks[target.measure], target.cumulative))
    ordered = ([count for _rank, count in sorted(levels)] for levels in counts.values())
    return all(found == sorted(found, reverse=True) for found in ordered)
