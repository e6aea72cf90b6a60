"""The sheet of charts: plan and actual over the years, the communes of each district by highest level."""

from collections.abc import Callable, Sequence

from ntmtrack.export.document import Chart, Look, Role, Series, Sheet
from ntmtrack.i18n import _
from ntmtrack.model import Tier, Unit
from ntmtrack.office.census import Counted
from ntmtrack.office.filing.material import Material
from ntmtrack.reports import Report, Table
from ntmtrack.reports.period import any_actual, by_target, curves_table, steps_table
from ntmtrack.reports.progress_notes import doubt_notes
from ntmtrack.roadmaps import line_title

CHARTS = "charts"
_MOST_PARTS = 70  # bars that a page has room for


def charts(material: Material) -> Sheet:
    """Charts, and beneath them the numbers that they are drawn from."""
    programme = material.at.view.programme
    by_year = curves_table(material.years, programme)
    titles = [line_title(key, programme) for key, lines in by_target(material.years).items() if any_actual(lines)]
    drawn = [
        Chart(
            title,
            by_year.key,
            None,
            [
                *([Series(_("plan"), 2 * place, Role.PLAN)] if any(by_year.rows[2 * place][1:]) else []),
                Series(_("actual"), 2 * place + 1, Role.ACTUAL),
            ],
        )
        for place, title in enumerate(titles)
    ]
    by_part = _steps(material)
    if by_part:
        levels = [Series(column.title, column.key, Role.STEP) for column in by_part.columns[1:]]
        drawn.append(Chart(by_part.title, by_part.key, "part", levels, is_steps=True))
    tables = [by_year, *([by_part] if by_part else [])]
    title = _("Charts: progress of {scope}").format(scope=material.at.scope_name)
    notes = [_("Plan and actual are cumulative numbers of units; a level counts units at that level or above.")]
    notes += doubt_notes(material.figures.own.lines, programme)
    report = Report(CHARTS, title, tables, material.subtitle, notes=notes)
    return Sheet(CHARTS, report, look=Look.WORKING, charts=drawn)


def _steps(material: Material) -> Table | None:
    """The communes by highest level: by district, of many districts by province, else of the scope as one."""
    census = material.census
    levels = census.programme.levels_of(Tier.COMMUNE)
    communes = census.of(Tier.COMMUNE)
    if not communes:
        return None
    parts = _parts(communes, lambda unit: (unit.parent_id or 0, unit.parent_name or material.at.scope_name))
    if len(parts) > _MOST_PARTS:
        provinces = {one.id: (one.parent_id or 0, one.parent_name or "") for one in material.districts}
        parts = _parts(communes, lambda unit: provinces.get(unit.parent_id or 0, (unit.parent_id or 0, "")))
    if len(parts) > _MOST_PARTS:
        parts = {(0, material.at.scope_name): [one.rank for one in communes]}
    return steps_table([name for _key, name in parts], list(parts.values()), levels)


Part = tuple[int, str]  # a unit's id, and what it is called


def _parts(communes: Sequence[Counted], part_of: Callable[[Unit], Part]) -> dict[Part, list[int]]:
    """The ranks of the communes of each part."""
    parts: dict[Part, list[int]] = {}
    for one in communes:
        parts.setdefault(part_of(one.unit), []).append(one.rank)
    return parts
