"""“Trong đó”: what the document calls a part is no larger than its whole."""

from collections.abc import Iterator

from ntmtrack.i18n import _
from ntmtrack.roadmaps.checks.intervals import bounds, percent_bounds
from ntmtrack.roadmaps.checks.printed import COUNT_FIELDS, amount, percent_text
from ntmtrack.roadmaps.checks.words import field_word, finding
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import Roadmap, Target, line_title

FIXED_BASES = ("all", "ntm")  # shares of these may be compared with each other


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Every part larger than its whole, added, cumulative and per cent apart; a note where no whole is printed."""
    for part in plan.targets:
        if part.part_of and not _whole_printed(plan, part):
            yield _of_nothing(part, ground)
        for whole in wholes(plan, part):
            for field, less, more in excesses(part, whole):
                words = {"part": more, "whole": less, "line": line_title(whole.line, ground.programme)}
                text = _("{part} ({field}) are called a part of {whole} ({line}), but {part} > {whole}").format(
                    **words, field=field_word(field)
                )
                yield finding("part", Weight.CONTRADICTION, part, ground, text)


def _whole_printed(plan: Roadmap, part: Target) -> bool:
    """Whether the plan prints its whole for that year, or for the period up to it or a later one."""
    alike = [target for target in plan.targets if (target.tier, target.within) == (part.tier, part.within)]
    wholes = [target for target in alike if target.measure == part.part_of]
    return any(whole.year == part.year or (whole.span == "period" and whole.year > part.year) for whole in wholes)


def _of_nothing(part: Target, ground: Ground) -> Finding:
    whole = part._replace(measure=part.part_of or "", name=None, each=None, counts="at-least")
    text = _("called a part of {whole}, for which the document prints no figure then")
    label = line_title(whole.line, ground.programme)
    return finding("part", Weight.NOTE, part, ground, text.format(whole=label))


def place(target: Target) -> tuple[object, ...]:
    """What figures share that stand beside each other: tier, year, span, nature and what they are within."""
    return (target.tier, target.year, target.span, target.nature, target.within, target.each, target.name)


def wholes(plan: Roadmap, part: Target) -> list[Target]:
    """The figures that `part` is said to be a part of."""
    if part.part_of is None:
        return []
    beside = [whole for whole in plan.targets if place(whole) == place(part)]
    return [whole for whole in beside if whole.measure == part.part_of and whole.counts == "at-least"]


def excesses(part: Target, whole: Target) -> Iterator[tuple[str, str, str]]:
    """Where the part is surely larger: which figure, the whole's and the part's as printed."""
    for field in COUNT_FIELDS:
        more, less = bounds(part, field), bounds(whole, field)
        if more and less and more.above(less):
            yield field, amount(whole, field), amount(part, field)
    share, of = percent_bounds(part), percent_bounds(whole)
    if share and of and same_base(part, whole) and share.above(of):
        yield "percent", percent_text(whole), percent_text(part)


def same_base(one: Target, other: Target) -> bool:
    """Whether two per cents are surely of the same units."""
    return one.share_of == other.share_of and one.share_of in FIXED_BASES
