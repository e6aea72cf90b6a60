"""The sheet of charts: plan and actual over the years, the communes of each district by highest level."""

from collections.abc import Sequence

from ntmtrack.i18n import _
from ntmtrack.model import Tier
from ntmtrack.office.filing.material import Material
from ntmtrack.reports.filed_tables import any_actual, by_target, curves, steps
from ntmtrack.reports.filing import Chart, Look, Role, Series, Sheet
from ntmtrack.reports.values import Report, Table
from ntmtrack.targets import line_title

CHARTS = "charts"
_MOST_PARTS = 70  # bars that a page has room for


def charts(material: Material) -> Sheet:
    """Charts, and beneath them the numbers that they are drawn from."""
    programme = material.at.view.programme
    by_year = curves(material.years, programme)
    titles = [line_title(key, programme) for key, lines in by_target(material.years).items() if any_actual(lines)]
    drawn = [
        Chart(
            title,
            by_year.key,
            None,
            [Series(_("plan"), 2 * place, Role.PLAN), Series(_("actual"), 2 * place + 1, Role.ACTUAL)],
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
    report = Report(CHARTS, title, tables, material.subtitle, notes=notes)
    return Sheet(CHARTS, report, look=Look.WORKING, charts=drawn)


def _steps(material: Material) -> Table | None:
    """The communes by highest level: by district, of many districts by province, else of the scope as one."""
    census = material.census
    levels = census.programme.levels_of(Tier.COMMUNE)
    communes = census.of(Tier.COMMUNE)
    if not communes:
        return None
    parts: dict[str, list[int]] = {}
    for one in communes:
        parts.setdefault(one.unit.parent_name or material.at.scope_name, []).append(one.rank)
    if len(parts) > _MOST_PARTS:
        parts = _by_province(material)
    if len(parts) > _MOST_PARTS:
        parts = {material.at.scope_name: [one.rank for one in communes]}
    ordered: Sequence[str] = list(parts)
    return steps(ordered, [parts[name] for name in ordered], levels)


def _by_province(material: Material) -> dict[str, list[int]]:
    provinces = {one.id: one.parent_name for one in material.districts}
    parts: dict[str, list[int]] = {}
    for one in material.census.of(Tier.COMMUNE):
        name = provinces.get(one.unit.parent_id or 0) or one.unit.parent_name or material.at.scope_name
        parts.setdefault(name, []).append(one.rank)
    return parts
