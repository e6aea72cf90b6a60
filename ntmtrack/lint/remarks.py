"""What to know when reading a plan: its past years and results, bases left open, the version before."""

from collections.abc import Iterator, Sequence

from ntmtrack.dates import show_day
from ntmtrack.i18n import N_, _, number
from ntmtrack.lint import (
    COUNT_FIELDS,
    Finding,
    LintContext,
    Weight,
    amount,
    field_word,
    finding,
    operator_of,
    percent_text,
    printed_ends,
    units_word,
)
from ntmtrack.lint.bases import Base, area_of, base_level, bases_of_reading, units_at_level
from ntmtrack.lint.percents import is_over
from ntmtrack.model import Level
from ntmtrack.roadmaps import LineKey, Roadmap, Target, by_line, line_title
from ntmtrack.roadmaps.shares import value, whole_units


def check_remarks(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Targets gone by, per cents whose base is open, and what differs from the earlier version."""
    yield from check_natures(plan, context)
    yield from check_open_bases(plan, context)
    yield from check_changes(plan, context)


def check_natures(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Targets that were past when the plan was issued, results of years to come, and one note of all results.

    A past target with its result beside it is a table of what was planned and done.
    """
    told = {(target.line, target.year) for target in plan.targets if target.nature != "target"}
    aims = [target for target in plan.targets if target.nature == "target" and (target.line, target.year) not in told]
    past = [target for target in aims if target.year < plan.issued_by.year]
    for year in sorted({target.year for target in past}):
        yield _past(plan, year, [target for target in past if target.year == year], context)
    for target in plan.targets:
        if target.nature == "actual" and target.year > plan.issued_by.year:
            text = _("called a result, but of a year after the plan was issued ({day})")
            yield finding("nature", Weight.CONTRADICTION, target, context, text.format(day=show_day(plan.issued_on)))
    yield from _results(plan, context)


def _past(plan: Roadmap, year: int, targets: Sequence[Target], context: LintContext) -> Finding:
    """One doubt of all targets of a year that was over.

    Example: a plan of July 2022 with targets for 2021, and no results beside them.
    """
    lines = "; ".join(dict.fromkeys(line_title(target.line, context.programme) for target in targets))
    words = {"year": year, "day": show_day(plan.issued_on), "lines": lines}
    text = _("Targets for {year}, which was over when the plan was issued ({day}): {lines}").format(**words)
    return Finding("nature", Weight.DOUBT, targets[0].line, year, targets[0].cite, text)


def _results(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """One note with every figure that was reached already when the plan was issued."""
    results = [t for t in plan.targets if t.nature == "actual" and t.year <= plan.issued_by.year]
    if not results or all(target.nature != "target" for target in plan.targets):
        return
    years = sorted({target.year for target in results})
    listed = "; ".join(f"{year}: {_reached_in(results, year, context)}" for year in years)
    words = {"day": show_day(plan.issued_on), "figures": listed}
    text = _("Already reached when the plan was issued ({day}), not targets: {figures}").format(**words)
    year = years[0] if len(years) == 1 else None
    yield Finding("nature", Weight.NOTE, None, year, results[0].cite, text)


def _reached_in(results: Sequence[Target], year: int, context: LintContext) -> str:
    return ", ".join(
        f"{line_title(target.line, context.programme)} {_figure(target)}" for target in results if target.year == year
    )


def _figure(target: Target) -> str:
    """The most telling figure that is printed: in all, added, or per cent."""
    if target.cumulative is not None:
        return amount(target, "cumulative")
    if target.added is not None:
        return f"+{amount(target, 'added')}"
    return percent_text(target) if target.percent else target.value or ""


_ASKED = {
    ">=": N_("at least {count} of {total}"),
    ">": N_("at least {count} of {total}"),
    "<=": N_("at most {count} of {total}"),
    "about": N_("about {count} of {total}"),
    "=": N_("{count} of {total}"),
}


def check_open_bases(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """One note for each per cent without a total whose base is open.

    Example: "trong đó 10%", of all communes or of the advanced ones.
    """
    for target in plan.targets:
        if target.share_of == "open" and target.percent and target.total is None and not is_over(target):
            readings = _(" or ").join(_reading(plan, context, target, reading) for reading in target.readings)
            words = {"percent": percent_text(target), "readings": readings}
            text = _("the document does not say of what {percent} is: {readings}").format(**words)
            yield finding("open", Weight.NOTE, target, context, text)


def _reading(plan: Roadmap, context: LintContext, target: Target, reading: str) -> str:
    """One base in words, with what it asks in units where that is known."""
    level = base_level(context.programme, target, reading)
    if reading == "all" or level is None:
        text = _("of all {units}").format(units=units_word(target.tier))
    else:
        text = _("of the {units}").format(units=units_at_level(target.tier, level))
    if bases := bases_of_reading(plan, context, target, reading):
        source = f", {bases[0].of}" if reading == "all" else ""
        return f"{text} ({_asked(target, bases[0].size, number(bases[0].size))}{source})"
    least = _least(plan, context, target, level) if level else None
    return f"{text} ({_asked(target, least.size, least.of)})" if least else text


def _asked(target: Target, size: int, total: str) -> str:
    """What the per cent asks of so many: "at least 24 of 241"; for a range, both ends."""
    count = "–".join(number(end) for end in units_needed(target, size) if end is not None)
    return _(_ASKED.get(target.operator, _ASKED["="])).format(count=count, total=total)


def units_needed(target: Target, size: int) -> tuple[int, int | None]:
    """The units that the per cent of so many asks for, as progress counts them; of a range, both ends."""
    return whole_units(target._replace(operator=operator_of(target, "percent")), size)


def _least(plan: Roadmap, context: LintContext, target: Target, level: Level) -> Base | None:
    """The units at the base's level where the plan gives them as a per cent of all: the fewest it asks for."""
    bases = bases_of_reading(plan, context, target, "all")
    for other in plan.targets if bases else ():
        alike = (area_of(other), other.year, other.measure) == (area_of(target), target.year, level.key)
        if alike and other.percent and other.share_of == "all" and other.operator in ("=", ">=", ">"):
            size, _high = units_needed(other, bases[0].size)
            return Base(size, number(size) if other.operator == "=" else f"≥ {number(size)}")
    return None


FigureKey = tuple[LineKey, int, str, str]


def check_changes(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """A note for every figure that differs from the earlier version, and one of all lines that are dropped.

    Example: 40 → 38, in order where communes were merged.
    """
    if context.earlier is None:
        return
    before = {_same(target): target for target in context.earlier.targets}
    for target in plan.targets:
        if (earlier := before.get(_same(target))) and (changes := _changes(earlier, target)):
            text = _("changed from {number}: {changes}").format(number=context.earlier.number, changes=changes)
            text += _falls(earlier, target)
            yield finding("version", Weight.NOTE, target, context, text)
    yield from _dropped(plan, context.earlier, context)


def _same(target: Target) -> FigureKey:
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
        if printed_ends(target, field)[0] is not None:
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
    pairs = [(printed_ends(earlier, field)[0], printed_ends(later, field)[0]) for field in COUNT_FIELDS]
    lower = any(was is not None and now is not None and now < was for was, now in pairs)
    if earlier.percent and later.percent:
        lower = lower or value(later.percent) < value(earlier.percent)
    if not lower or later.measure == "criteria-below" or later.is_at_most:
        return ""
    return _("; a fall is in order only with a reason (a new criteria set, a merger)")


def _dropped(plan: Roadmap, earlier: Roadmap, context: LintContext) -> Iterator[Finding]:
    """One note of all lines that the earlier version has alone."""
    kept = {target.line for target in plan.targets}
    lines = {line: figures for line, figures in by_line(earlier.targets).items() if line not in kept}
    if lines:
        titles = "; ".join(line_title(line, context.programme) for line in lines)
        text = _("In {number}, no longer in this version: {lines}").format(number=earlier.number, lines=titles)
        first = next(iter(lines.values()))[0]
        yield Finding("version", Weight.NOTE, None, None, first.cite, text)
