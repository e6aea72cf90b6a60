"""One cause, one finding; and where counts contradict each other, so that a report must say which it uses."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ntmtrack.i18n import _, language
from ntmtrack.lint import Finding, LintContext, Weight, amount, field_word, percent_text, sentence_of, time_of
from ntmtrack.model import Programme
from ntmtrack.programmes import programme
from ntmtrack.roadmaps import Roadmap, Target, by_line

RunChecks = Callable[[Roadmap], list[Finding]]
FIELDS = ("cumulative", "added", "percent", "total")


class Cause(NamedTuple):
    """A printed figure without which all of `findings` would not be; `left` is what is then found."""

    target: Target
    field: str
    findings: list[Finding]
    left: list[Finding]


def merge_by_cause(plan: Roadmap, context: LintContext, everything: Sequence[Finding], run: RunChecks) -> list[Finding]:
    """The findings, those that one wrong figure causes merged into one; `run` makes the checks that do arithmetic.

    A figure that is told to be at fault is left out of what is said of the others, so that their sums start from one
    that is right. Example: 2022 prints 110 for 101. Then 90 + 11 is not 110, and 110 + 12 is not the 113 of 2023.
    """
    notes = [finding for finding in everything if finding.weight is Weight.NOTE or finding.line is None]
    serious = [finding for finding in everything if finding not in notes]
    findings: list[Finding] = []
    for tier, within in dict.fromkeys((finding.line.tier, finding.line.within) for finding in serious if finding.line):
        alike = [target for target in plan.targets if (target.tier, target.within) == (tier, within)]
        part = plan._replace(targets=tuple(alike))
        causes, left = _split_by_cause(part, run)
        findings += [*(_merged(cause, context) for cause in causes), *left]
        for at_fault, *others in causes:
            notes = notes if others else _notes_left(part, at_fault, notes, run)
    return [*notes, *findings]


def merge_by_figure(
    plan: Roadmap, context: LintContext, everything: Sequence[Finding], run: RunChecks
) -> list[Finding]:
    """The findings, those of one line and time merged into one where one figure explains them all.

    `run` gives those of all checks. Example: 3 more districts do not add up, and two are named.
    """
    findings = list(everything)
    places: dict[object, list[Finding]] = defaultdict(list)
    for finding in everything:
        if finding.weight is not Weight.NOTE and finding.line:
            places[finding.line, finding.when].append(finding)
    for several in (place for place in places.values() if len(place) > 1):
        causes = [
            Cause(target, field, several, [])
            for target in plan.targets
            if (target.line, time_of(target)) == (several[0].line, several[0].when)
            for field in FIELDS
            if getattr(target, field) is not None
            and not {*map(_about, several)} & {*map(_about, _serious(_without(plan, target, field), run))}
        ]
        if len(causes) == 1:
            findings[findings.index(several[0])] = _merged(causes, context)
            findings = [finding for finding in findings if finding not in several[1:]]
    return findings


def _split_by_cause(plan: Roadmap, run: RunChecks) -> tuple[list[list[Cause]], list[Finding]]:
    """What is seriously wrong in the figures of one area: cause by cause, then the findings that share no cause."""
    groups = []
    serious = _serious(plan, run)
    while causes := _causes(plan, serious, run):
        groups.append(causes)
        plan, serious = _without(plan, causes[0].target, causes[0].field), causes[0].left
    return groups, serious


def _notes_left(plan: Roadmap, at_fault: Cause, notes: Sequence[Finding], run: RunChecks) -> list[Finding]:
    """The notes without those that only the figure at fault gives rise to."""
    there = {*map(_about, run(plan))}
    left = {*map(_about, run(_without(plan, at_fault.target, at_fault.field)))}
    return [finding for finding in notes if _about(finding) not in there - left]


def _causes(plan: Roadmap, serious: Sequence[Finding], run: RunChecks) -> list[Cause]:
    """The figures that explain most: without them fewest findings are left, and at least two less.

    Several where any of them may be at fault.
    """
    causes = []
    for target, field in _cells(plan, serious) if len(serious) > 1 else ():
        left = _serious(_without(plan, target, field), run)
        gone = [finding for finding in serious if _about(finding) not in set(map(_about, left))]
        if len(gone) > 1 and len(left) <= len(serious) - 2:
            causes.append(Cause(target, field, gone, left))
    fewest = min((len(cause.left) for cause in causes), default=0)
    best = [cause for cause in causes if len(cause.left) == fewest]
    return [cause for cause in best if cause.findings == best[0].findings]


def _about(finding: Finding) -> tuple[object, ...]:
    """What a finding is about: its check, its line and its time."""
    return finding.check, finding.line, finding.when


def _serious(plan: Roadmap, run: RunChecks) -> list[Finding]:
    return [finding for finding in run(plan) if finding.weight is not Weight.NOTE]


def _cells(plan: Roadmap, serious: Sequence[Finding]) -> Iterator[tuple[Target, str]]:
    """The printed numbers that may be at fault: of the lines and years that something is wrong with, and the start."""
    lines = {finding.line for finding in serious}
    years = {plan.base_year, *(finding.year for finding in serious)}
    for target in plan.targets:
        for field in FIELDS if target.line in lines and target.year in years else ():
            if getattr(target, field) is not None:
                yield target, field


def _without(plan: Roadmap, target: Target, field: str) -> Roadmap:
    """The plan as if it did not print that figure."""
    changed = Target(**target._asdict() | {field: None})
    return plan._replace(targets=tuple(changed if figure is target else figure for figure in plan.targets))


def _merged(causes: Sequence[Cause], context: LintContext) -> Finding:
    """The first finding with what the others say, and the figure that alone explains all of them."""
    findings = causes[0].findings
    first = findings[0]
    clauses = [first.clause, *(_following_clause(first, other) for other in findings[1:])]
    if len(causes) == 1:
        clauses.append(_("the figure at odds: {figure}").format(figure=_figure(causes[0])))
    text = "; ".join(dict.fromkeys(clauses))
    assert first.line is not None
    return first._replace(
        weight=min((finding.weight for finding in findings), key=list(Weight).index),
        year=causes[0].target.year if len(causes) == 1 else first.year,
        cite="; ".join(dict.fromkeys(finding.cite for finding in findings)),
        text=sentence_of(first.line, first.when, text, context),
        clause=text,
        years=frozenset(finding.year for finding in findings),
    )


def _following_clause(first: Finding, other: Finding) -> str:
    """What another finding says, with its line and time only where they are not those of the first."""
    if other.line != first.line:
        return other.text
    plain = other.when == first.when or other.check == "headline"  # those say themselves that the period is meant
    return other.clause if plain else f"{other.when}: {other.clause}"


def _figure(cause: Cause) -> str:
    """The figure in words: "tăng thêm 2 (2025)"."""
    target = cause.target
    if cause.field in ("added", "cumulative"):
        shown = amount(target, "added" if cause.field == "added" else "cumulative")
    else:
        shown = percent_text(target) if cause.field == "percent" else str(target.total)
    return f"{field_word(cause.field)} {shown} ({time_of(target)})"


def footnotes(plan: Roadmap, own: Programme, years: Collection[int]) -> list["Finding"]:
    """The contradictions between the counts that a plan prints for these years; the printed cumulative governs."""
    if _is_plain(plan, own, years):
        return []
    return [finding for finding in _contradictions(plan, own.key, language()) if finding.concerns(years)]


@lru_cache(16)  # a report asks for those of each of its years
def _contradictions(plan: Roadmap, key: str, _language: str) -> list["Finding"]:
    """All contradictions between the counts of a plan, held against the programme with the key."""
    from ntmtrack.lint import LintContext, Weight
    from ntmtrack.lint.headlines import check_floors, check_headlines
    from ntmtrack.lint.levels import check_nesting
    from ntmtrack.lint.parts import check_declared_parts
    from ntmtrack.lint.sums import check_sums

    def run(part: Roadmap) -> list["Finding"]:
        return [finding for check in (check_sums, check_floors, check_headlines) for finding in check(part, context)]

    context = LintContext(programme(key))
    counted = [_with_rule(finding) for finding in merge_by_cause(plan, context, run(plan), run)]
    others = [finding for check in (check_declared_parts, check_nesting) for finding in check(plan, context)]
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
            place = (target.tier, target.year, target.within, target.each, target.line.of_set)
            counts.setdefault(place, []).append((ranks[target.measure], target.cumulative))
    ordered = ([count for _rank, count in sorted(levels)] for levels in counts.values())
    return all(by_rank == sorted(by_rank, reverse=True) for by_rank in ordered)
