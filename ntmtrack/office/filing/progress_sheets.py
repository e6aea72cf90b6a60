"""The sheets of progress: the summary with its sentences, the whole period, the districts."""

from collections.abc import Iterator

from ntmtrack.i18n import _
from ntmtrack.model import Level, Tier
from ntmtrack.office.filing.list_sheets import Whereabouts
from ntmtrack.office.filing.material import Material
from ntmtrack.progress.lines import Line
from ntmtrack.reports import filed_tables, progress_tables
from ntmtrack.reports.filed_tables import LINES, YEARS, numbered
from ntmtrack.reports.filing import Place, Sheet
from ntmtrack.reports.list_tables import key_of
from ntmtrack.reports.period_table import whole_period
from ntmtrack.reports.plan_notes import beside_notes
from ntmtrack.reports.progress_notes import denominators, doubts, plan_basis
from ntmtrack.reports.progress_text import of_progress
from ntmtrack.reports.values import Report
from ntmtrack.reports.words import tier_label

SUMMARY, ROADMAP, BESIDE, DISTRICTS = "summary", "roadmap", "beside", "districts"


def summary(material: Material) -> Sheet:
    """The targets of the year on one page, in the sentences of a report, with links to the units behind."""
    figures = material.figures
    programme, on = figures.grounds.programme, figures.grounds
    whole = progress_tables.one_moment(figures)
    lines, *others = progress_tables.against_plan(figures.own.lines, on.moment.day.year, programme)
    highest = progress_tables.highest_levels(figures.ladders, programme)
    said = [*plan_basis(on)[:2], *denominators(figures.own.lines, programme), *see_notes()]
    report = whole._replace(
        tables=[numbered(lines), *others, *([numbered(highest)] if highest.rows else [])],
        notes=said,
    )
    return Sheet(
        SUMMARY,
        report,
        counted_in=_("units"),
        sentences=of_progress(figures.own.lines, on, material.at.scope) if figures.ladders else [],
        links=dict(_links(material)) if figures.ladders else {},
        one_page=True,
    )


def see_notes() -> list[str]:
    """Where the rest is told."""
    text = _("What the figures rest on, and the rule of the status, stands on the sheet “{sheet}”.")
    return [text.format(sheet=_("Notes"))]


def _links(material: Material) -> Iterator[tuple[tuple[str, int, str], Place]]:
    """From every number of the summary to its list; from the plan's to the plan."""
    where = Whereabouts(material)
    for row, line in enumerate(line for line in material.figures.own.lines if line.bases):
        for column in ("plan_added", "plan_cumulative", "plan_percent"):
            yield (LINES, row, column), _of_plan(material, line)
        for column, place in _behind(where, line).items():
            yield (LINES, row, column), place
    for row, ladder in enumerate(ladder for ladder in material.figures.ladders if ladder.total):
        levels = material.at.view.programme.levels_of(ladder.tier)
        yield ("highest", row, "total"), where.everyone(ladder.tier)
        yield ("highest", row, "none"), where.highest(ladder.tier, 0)
        for level in levels:
            yield ("highest", row, key_of(level)), where.highest(ladder.tier, level.rank)


def _behind(where: Whereabouts, line: Line) -> dict[str, Place]:
    """The units behind the actual figures of a line."""
    if line.actual is None:
        return {}
    level = _plain_level(line)
    if level is None:
        everyone = where.everyone(line.tier)
        return dict.fromkeys(("total", "actual_added", "actual_cumulative", "actual_percent", "gap"), everyone)
    reached = where.at_least(line.tier, level)
    behind = (line.gap or 0) < 0
    return {
        "total": where.everyone(line.tier),
        "actual_added": where.added(line.tier, level),
        "actual_cumulative": reached,
        "actual_percent": reached,
        "gap": where.lacking(line.tier, level) if behind else reached,
    }


def _plain_level(line: Line) -> Level | None:
    """The level of a line that counts everyone at it or above; None of any other line."""
    return line.level if line.level and line.key.counts == "at-least" and not line.key.each else None


def _of_plan(material: Material, line: Line) -> Place:
    first = 0
    for key, lines in filed_tables.by_target(material.years).items():
        if key == line.key:
            return Place(ROADMAP, YEARS, first, first + len(lines) - 1)
        first += len(lines)
    return Place(ROADMAP, YEARS, 0, first - 1)


def roadmap(material: Material) -> Sheet:
    """The whole period year by year."""
    on = material.grounds_of_years
    whole = whole_period(material.years, on)
    table = filed_tables.year_by_year(material.years, on.programme)
    shown = [line for _year, lines in material.years for line in lines if line.actual]
    said = [*plan_basis(on)[:2], *doubts(shown, on.programme), *denominators(shown, on.programme), *see_notes()]
    report = whole._replace(tables=[table], notes=said)
    return Sheet(ROADMAP, report, counted_in=_("units"))


def beside(material: Material) -> Sheet | None:
    """The plans beside the main one, each with what it asks for; None where there are none."""
    plans, programme = material.figures.beside, material.at.view.programme
    tables = progress_tables.plans_beside(plans, programme)
    if not tables:
        return None
    title = tables[0].title if len(tables) == 1 else _("Other plans beside the roadmap")
    notes = [*plan_basis(material.figures.grounds)[1:2], *beside_notes(plans, programme)]
    title = f"{title} · {material.at.scope_name}"
    data = [progress_tables.tidy(plans, BESIDE)]
    report = Report(BESIDE, title, tables, material.subtitle, notes=notes, data=data)
    return Sheet(BESIDE, report, counted_in=_("units"))


def districts(material: Material) -> Sheet | None:
    """The districts in official order; None where there are none."""
    parted = material.parted
    if parted is None:
        return None
    on = material.figures.grounds
    levels = on.programme.levels_of(Tier.COMMUNE)
    year = material.at.moment.day.year
    table = filed_tables.districts(parted.districts, parted.whole.lines, levels, material.levels_of_districts, year)
    lines = list(parted.whole.lines.values())
    title = _("Progress of {scope} by district in {year}").format(scope=material.at.scope_name, year=year)
    said = [*plan_basis(on)[1:2], *doubts(lines, on.programme), *denominators(lines, on.programme)]
    report = Report("districts", title, [table], material.subtitle, notes=said)
    return Sheet(DISTRICTS, report, counted_in=tier_label(Tier.COMMUNE).lower())
