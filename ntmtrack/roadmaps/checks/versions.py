"""A plan against the version that it takes the place of."""

from collections.abc import Iterator

from ntmtrack.i18n import _
from ntmtrack.roadmaps.checks.printed import COUNT_FIELDS, amount, percent_text, printed
from ntmtrack.roadmaps.checks.shares import value
from ntmtrack.roadmaps.checks.words import field_word, finding
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import LineKey, Roadmap, Target, by_line, line_title

Same = tuple[LineKey, int, str, str]


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """A note for every figure that differs from the earlier version, and one of all lines that are dropped."""
    if ground.earlier is None:
        return
    before = {_same(target): target for target in ground.earlier.targets}
    for target in plan.targets:
        if (earlier := before.get(_same(target))) and (changes := _changes(earlier, target)):
            text = _("changed from {number}: {changes}").format(number=ground.earlier.number, changes=changes)
            text += _falls(earlier, target)
            yield finding("version", Weight.NOTE, target, ground, text)
    yield from _dropped(plan, ground.earlier, ground)


def _same(target: Target) -> Same:
    return target.line, target.year, target.span, target.nature


def _changes(earlier: Target, later: Target) -> str:
    """What is new: "luỹ kế 40 → 38; tỷ lệ 34,48% → 32,76%"; empty where the two print the same."""
    were, are = _figures(earlier), _figures(later)
    changed = [field for field in were | are if were.get(field) != are.get(field)]
    return "; ".join(f"{field_word(field)} {were.get(field, '—')} → {are.get(field, '—')}" for field in changed)


def _figures(target: Target) -> dict[str, str]:
    """Every figure as printed, by field."""
    figures: dict[str, str] = {}
    for field in COUNT_FIELDS:
        if printed(target, field)[0] is not None:
            figures[field] = amount(target, field)
    if target.percent is not None:
        figures["percent"] = percent_text(target)
    if target.total is not None:
        figures["total"] = str(target.total)
    if target.value is not None:
        figures["value"] = "–".join(end for end in (target.value, target.value_high) if end)
    return figures


def _falls(earlier: Target, later: Target) -> str:
    """The reminder that a lower target wants a reason."""
    pairs = [(printed(earlier, field)[0], printed(later, field)[0]) for field in COUNT_FIELDS]
    lower = any(one is not None and other is not None and other < one for one, other in pairs)
    if earlier.percent and later.percent:
        lower = lower or value(later.percent) < value(earlier.percent)
    if not lower or later.measure == "criteria-below" or later.operator == "<=":
        return ""
    return _("; a fall is in order only with a reason (a new criteria set, a merger)")


def _dropped(plan: Roadmap, earlier: Roadmap, ground: Ground) -> Iterator[Finding]:
    """One note of all lines that the earlier version has alone."""
    kept = {target.line for target in plan.targets}
    lines = {line: figures for line, figures in by_line(earlier.targets).items() if line not in kept}
    if lines:
        titles = "; ".join(line_title(line, ground.programme) for line in lines)
        text = _("In {number}, no longer in this version: {lines}").format(number=earlier.number, lines=titles)
        first = next(iter(lines.values()))[0]
        yield Finding("version", Weight.NOTE, None, None, first.cite, text)
