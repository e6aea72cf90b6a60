"""The sheets of progress: the summary with its sentences, the whole period, the districts."""

from collections import Counter
from collections.abc import Iterator

from ntmtrack.commands.export_data import Material
from ntmtrack.commands.export_lists import UnitLinks
from ntmtrack.export import LinkTarget, ReportSheet, SheetStyle
from ntmtrack.i18n import _, number
from ntmtrack.model import Tier
from ntmtrack.programmes.ladders import KEPT, OWN
from ntmtrack.progress.compute import TIERS
from ntmtrack.progress.evidence import is_empty
from ntmtrack.progress.line import Line
from ntmtrack.reports import Report, Table, period, progress_tables
from ntmtrack.reports.labels import tier_label
from ntmtrack.reports.line_columns import beside_tables, by_ladder
from ntmtrack.reports.paper import paper_notes, telling
from ntmtrack.reports.period import LINES, YEARS, DistrictRemarks, numbered, period_report
from ntmtrack.reports.plan_notes import beside_notes
from ntmtrack.reports.progress_notes import doubt_notes, plan_basis
from ntmtrack.roadmaps import LineKey
from ntmtrack.units.namesakes import namesakes

NOT_OF_THE_YEAR = ("other-years", "others")  # tables of what a plan asks for another year, or without any figures
SUMMARY, ROADMAP, BESIDE, DISTRICTS = "summary", "roadmap", "beside", "districts"


def summary_sheet(material: Material) -> ReportSheet:
    """The targets of the year on one page, in the sentences of a report, with links to the units behind."""
    figures = material.figures
    on = figures.context
    highest = progress_tables.highest_table(figures.ladders, on.programme)
    lines = [line.in_its_year for line in figures.own.lines]
    sentences = material.sentences if figures.ladders and not is_empty(lines) else []
    notes = paper_notes(lines, on, with_status=material.with_status, with_doubts=not sentences)
    report = material.progress._replace(
        title=_("Progress of {scope} in {year}").format(scope=material.paper_scope, year=on.moment.day.year),
        subtitle=material.paper_subtitle,
        tables=[numbered(table) for table in (*_of_the_year(material), *([highest] if highest.rows else []))],
        notes=[note for note in notes if note not in sentences],
    )
    return ReportSheet(
        SUMMARY,
        report,
        counted_in=_counted_in(material),
        sentences=sentences,
        links=dict(_links(material)) if figures.ladders else {},
        one_page=True,
    )


def _of_the_year(material: Material) -> list[Table]:
    """What the ledger counts against what the plan asks for that very year."""
    on = material.figures.context
    lines = telling(material.figures.own.lines) or material.figures.own.lines
    tables = progress_tables.tables_against_plan(lines, on.moment.day.year, on.programme)
    if not any(_has_plan(table) for table in tables):
        tables[0] = tables[0]._replace(title=_("Actual figures"))
    return [table for table in tables if table.key not in NOT_OF_THE_YEAR]


def _has_plan(table: Table) -> bool:
    """Whether a table of lines has any figure of a plan."""
    of_plan = [at for at, column in enumerate(table.columns) if column.key.startswith("plan_")]
    return table.key not in NOT_OF_THE_YEAR and any(row[at] is not None for row in table.rows for at in of_plan)


def _links(material: Material) -> Iterator[tuple[tuple[str, int, str], LinkTarget]]:
    """From every number of the summary to its list; from the plan's to the plan."""
    links = {ladder: UnitLinks(material, ladder) for ladder in material.censuses}
    plans, programme = _years_of_targets(material), material.spec.view.programme
    counted = [line for line in material.figures.own.lines if line.bases]
    for ladder, _heading, lines in by_ladder(counted, programme):
        key = progress_tables.table_key(LINES, ladder)
        for row, line in enumerate(lines):
            for column in ("plan_added", "plan_cumulative", "plan_percent"):
                yield (key, row, column), plans[line.key]
            for column, place in _behind(links[ladder], line).items() if ladder in links else ():
                yield (key, row, column), place
    for row, steps in enumerate(steps for steps in material.figures.ladders if steps.total):
        where = links[OWN if steps.programme.key == programme.key else KEPT]
        yield ("highest", row, "total"), where.everyone(steps.tier)
        yield ("highest", row, "none"), where.highest(steps.tier, 0)
        for level in steps.programme.levels_of(steps.tier):
            yield ("highest", row, level.field), where.highest(steps.tier, level.rank)


def _behind(where: UnitLinks, line: Line) -> dict[str, LinkTarget]:
    """The units behind the actual figures of a line; none of tiers that no sheet lists."""
    if line.actual is None or line.tier not in TIERS:
        return {}
    level = line.plain_level
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


def _years_of_targets(material: Material) -> dict[LineKey, LinkTarget]:
    """Where on the roadmap's sheet the years of each target stand."""
    places, first = {}, 0
    for key, lines in period.by_target(material.telling_years).items():
        places[key] = LinkTarget(ROADMAP, YEARS, first, first + len(lines) - 1)
        first += len(lines)
    return places


def roadmap_sheet(material: Material) -> ReportSheet:
    """The whole period year by year."""
    on = material.context_of_years
    whole = period_report(material.years, on)
    table = period.years_table(material.telling_years, on.programme)
    shown = [line for _year, lines in material.years for line in lines if line.actual]
    report = whole._replace(
        title=_("Progress of {scope}, {programme}").format(scope=material.paper_scope, programme=on.programme.key),
        subtitle=material.paper_subtitle,
        tables=[table],
        notes=paper_notes(shown, on, with_status=material.with_status),
    )
    planned = any(line.plan for _year, lines in material.telling_years for line in lines)
    return ReportSheet(ROADMAP, report, counted_in=_counted_in(material), says_nothing=is_empty(shown) and not planned)


def other_plans_sheet(material: Material) -> ReportSheet | None:
    """What the plan asks for beyond the year, and the plans beside it, each with what it asks for; None without any."""
    plans, programme = material.figures.beside, material.spec.view.programme
    own = material.figures.own.lines
    tables = progress_tables.tables_against_plan(own, material.spec.moment.day.year, programme)
    tables = [*(table for table in tables if table.key in NOT_OF_THE_YEAR), *beside_tables(plans, programme)]
    if not tables:
        return None
    lines = [*(line for line in own if line.is_of_another_year), *(line for plan in plans for line in plan.lines)]
    notes = [
        *plan_basis(material.figures.context)[1:2],
        *doubt_notes(lines, programme),
        *beside_notes(plans, programme),
    ]
    title = _("Other plans beside the roadmap of {scope}").format(scope=material.spec.scope_name)
    data = [progress_tables.tidy_table(plans, BESIDE)]
    report = Report(BESIDE, title, tables, material.subtitle, notes=notes, data=data)
    return ReportSheet(BESIDE, report, look=SheetStyle.WORKING, counted_in=_counted_in(material), titled=True)


def districts_sheet(material: Material) -> ReportSheet | None:
    """The districts in official order; None where there are none, or the scope is one of them."""
    figures = material.district_figures
    if figures is None or (material.spec.scope and material.spec.scope.tier is Tier.DISTRICT):
        return None
    on = material.figures.context
    levels = on.programme.levels_of(Tier.COMMUNE)
    year = material.spec.moment.day.year
    table = period.districts_table(figures.districts, figures.whole.lines, levels, _of_districts(material), year)
    lines = [line._replace(plan=None, goals={}) for line in figures.whole.lines.values()]  # no plan is shown here
    title = _("Progress of {scope} by district in {year}").format(scope=material.paper_scope, year=year)
    plans = plan_basis(on)[:1]
    notes = [note for note in paper_notes(lines, on) if note not in plans]
    report = Report("districts", title, [table], material.paper_subtitle, notes=[*notes, *_outside(material)])
    return ReportSheet(DISTRICTS, report, counted_in=tier_label(Tier.COMMUNE).lower())


def _of_districts(material: Material) -> dict[int, DistrictRemarks]:
    """What is told of each district beside its figures; its province too where several share a name."""
    made_up = Counter(counted.unit.parent_id for counted in material.census.of(Tier.COMMUNE) if counted.is_made_up)
    shared = namesakes(material.districts)
    return {
        unit.id: DistrictRemarks(
            name=shared.get(unit.id, unit.title),
            level=material.levels_of_districts.get(unit.id),
            made_up=made_up[unit.id],
        )
        for unit in material.districts
    }


def _outside(material: Material) -> list[str]:
    """That communes belong to no district, and are not in the table."""
    districts = {unit.id for unit in material.districts}
    count = sum(counted.unit.parent_id not in districts for counted in material.census.of(Tier.COMMUNE))
    text = _("Not in this table: {count} communes that belong to no district.")
    return [text.format(count=number(count))] if count else []


def _counted_in(material: Material) -> str:
    """What the figures count: communes, and districts where there are any."""
    both = material.census.of(Tier.DISTRICT)
    return _("communes; district-level units") if both else tier_label(Tier.COMMUNE).lower()
