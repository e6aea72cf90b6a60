"""The sheets that name units: all of them by level, the new ones, those that remain.

Their order lets every number of the summary be one run of rows: the register goes from the highest level down, the
new units level by level.
"""

from collections.abc import Callable, Sequence

from ntmtrack.commands.export_data import Material
from ntmtrack.commands.newcomers import new_at
from ntmtrack.commands.standings import Census, CountedUnit
from ntmtrack.export import Chart, LinkTarget, ReportSheet, Role, Series, SheetStyle
from ntmtrack.i18n import _
from ntmtrack.model import Level, Tier, Unit
from ntmtrack.programmes.ladders import KEPT, OWN
from ntmtrack.progress.line import Line
from ntmtrack.reports import Report, Table, lists
from ntmtrack.reports.labels import tier_label
from ntmtrack.reports.lack_words import lack_note
from ntmtrack.reports.lists import UNITS, RegisterEntry
from ntmtrack.reports.period import any_actual, by_target, curves_table, steps_table
from ntmtrack.reports.progress_notes import doubt_notes, undated_note
from ntmtrack.reports.progress_tables import table_key
from ntmtrack.roadmaps import line_title

LIST, LIST_KEPT, DISTRICT_LIST, NEW, REMAINING = "list", "list-kept", "district-list", "new", "remaining"


def commune_list_sheet(material: Material) -> ReportSheet:
    """Every commune, from the highest level down, within a level by district."""
    return _register(material, OWN, Tier.COMMUNE, LIST)


def kept_list_sheet(material: Material) -> ReportSheet | None:
    """Every commune in the same way by what it keeps of the programme before; None where nothing is kept so."""
    if material.kept_census is None:
        return None
    return _register(material, KEPT, Tier.COMMUNE, LIST_KEPT)


def district_list_sheet(material: Material) -> ReportSheet | None:
    """Every district in the same way; None where there are none."""
    if not material.census.of(Tier.DISTRICT):
        return None
    return _register(material, OWN, Tier.DISTRICT, DISTRICT_LIST)


def _register(material: Material, ladder: str, tier: Tier, key: str) -> ReportSheet:
    census = material.censuses[ladder]
    entries = [_entry(census, counted) for counted in by_rank(census, tier)]
    levels = census.programme.levels_of(tier)
    title = _("Register of recognised units: {tier}").format(
        tier=_("communes") if tier is Tier.COMMUNE else _("districts")
    )
    shown = census.programme._replace(levels=levels)
    by_set = material.words_of(ladder) if tier is Tier.COMMUNE else ""
    title = f"{title}, {material.paper_scope}{by_set}"
    report = lists.register_report(entries, shown, title, material.paper_subtitle)
    notes = [*report.notes, *lack_note(_lines_of(material, tier, ladder), census.programme)]
    report = _with_undated(material, report._replace(notes=notes))
    counts = lists.counts_by_level(entries, levels, tier)
    anything = any(entry.highest or entry.revoked for entry in entries)
    return ReportSheet(key, report, sentences=[counts], filtered=True, says_nothing=not anything)


def _lines_of(material: Material, tier: Tier, ladder: str) -> list[Line]:
    """The lines of the year on a tier by one set of levels."""
    return [line for line in material.figures.own.lines if (line.tier, line.key.ladder) == (tier, ladder)]


def _entry(census: Census, counted: CountedUnit) -> RegisterEntry:
    return RegisterEntry(counted.unit, census.level(counted.rank), counted.first_at, counted.revoked)


def _with_undated(material: Material, report: Report) -> Report:
    """The report with how many recognitions are left out for want of a day."""
    return report._replace(notes=[*report.notes, *undated_note(material.figures.context)])


def by_rank(census: Census, tier: Tier) -> list[CountedUnit]:
    """The units of a tier from the highest level down."""
    return sorted(census.of(tier), key=lambda counted: -counted.rank)


def new_units_sheet(material: Material) -> ReportSheet:
    """The units that reached a level within the year, level by level."""
    moved = material.moved
    title = _("Units newly recognised in {year}").format(year=material.spec.moment.day.year)
    title = f"{title}, {material.paper_scope}"
    report = lists.newcomers_report(moved.new, moved.lost, title, material.paper_subtitle)
    nobody = not (moved.new or moved.lost)
    return ReportSheet(NEW, _with_undated(material, report), filtered=True, says_nothing=nobody)


def remaining_sheet(material: Material) -> ReportSheet:
    """The communes below the highest level, district by district, and what they lack."""
    census = material.census
    levels = census.programme.levels_of(Tier.COMMUNE)
    below = [_entry(census, counted) for counted in census.of(Tier.COMMUNE) if counted.rank < len(levels)]
    title = _("Communes that have not yet reached a level")
    title = f"{title}, {material.paper_scope}{material.words_of(OWN)}"
    report = lists.missing_report(below, levels, title, material.paper_subtitle)
    lines = _lines_of(material, Tier.COMMUNE, OWN)
    doubts = [*lack_note(lines, census.programme), *doubt_notes(lines, census.programme, on_paper=True)]
    report = report._replace(notes=list(dict.fromkeys([*report.notes, *doubts])))
    report = _with_undated(material, report)
    counted_in = tier_label(Tier.COMMUNE).lower()
    return ReportSheet(REMAINING, report, counted_in=counted_in, filtered=bool(below), says_nothing=not below)


class UnitLinks:
    """On which rows of which sheet the units behind a number of a ladder stand; of none, the headings of the list."""

    def __init__(self, material: Material, ladder: str) -> None:
        self._ladder, self._census = ladder, material.censuses[ladder]
        self._added: dict[tuple[Tier, str], LinkTarget] = {}
        first = 0
        for of_ladder, census in material.censuses.items():
            for (tier, level), counted_units in new_at(census).items():
                if of_ladder == ladder:
                    self._added[tier, level.key] = LinkTarget(NEW, UNITS, first, first + len(counted_units) - 1)
                first += len(counted_units)

    def everyone(self, tier: Tier) -> LinkTarget:
        """All units of a tier."""
        return self._of_list(tier, 0, len(self._census.of(tier)))

    def at_least(self, tier: Tier, level: Level) -> LinkTarget:
        """Those that have reached a level: the register begins with them."""
        return self._of_list(tier, 0, self._count_from(tier, level.rank))

    def highest(self, tier: Tier, rank: int) -> LinkTarget:
        """Those whose highest level has this rank."""
        return self._of_list(tier, self._count_from(tier, rank + 1), self._count_from(tier, rank))

    def added(self, tier: Tier, level: Level) -> LinkTarget:
        """Those new at a level."""
        return self._added[tier, level.key]

    def lacking(self, tier: Tier, level: Level) -> LinkTarget:
        """Those that have not reached a level: of districts the end of the register."""
        everyone = self._census.of(tier)
        if tier is Tier.DISTRICT or self._ladder != OWN:
            return self._of_list(tier, self._count_from(tier, level.rank), len(everyone))
        below = [counted for counted in everyone if counted.rank < len(self._census.programme.levels_of(tier))]
        return LinkTarget(REMAINING, UNITS, 0, len(below) - 1, level.field)

    def _count_from(self, tier: Tier, rank: int) -> int:
        return sum(counted.rank >= rank for counted in self._census.of(tier))

    def _of_list(self, tier: Tier, first: int, end: int) -> LinkTarget:
        of_communes = LIST if self._ladder == OWN else LIST_KEPT
        return LinkTarget(DISTRICT_LIST if tier is Tier.DISTRICT else of_communes, UNITS, first, end - 1)


CHARTS = "charts"
_MOST_PARTS = 70  # bars that a page has room for


def charts_sheet(material: Material) -> ReportSheet:
    """Charts, and beneath them the numbers that they are drawn from."""
    programme = material.spec.view.programme
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
    parted = [table for ladder, census in material.censuses.items() if (table := _steps(material, census, ladder))]
    for by_part in parted:
        levels = [Series(column.title, column.key, Role.STEP) for column in by_part.columns[1:]]
        drawn.append(Chart(by_part.title, by_part.key, "part", levels, is_steps=True))
    tables = [by_year, *parted]
    title = _("Charts: progress of {scope}").format(scope=material.spec.scope_name)
    notes = [_("Plan and actual are cumulative numbers of units; a level counts units at that level or above.")]
    notes += doubt_notes(material.figures.own.lines, programme)
    report = Report(CHARTS, title, tables, material.subtitle, notes=notes)
    return ReportSheet(CHARTS, report, look=SheetStyle.WORKING, charts=drawn)


def _steps(material: Material, census: Census, ladder: str) -> Table | None:
    """The communes by highest level: by district, of many districts by province, else of the scope as one."""
    levels = census.programme.levels_of(Tier.COMMUNE)
    communes = census.of(Tier.COMMUNE)
    if not communes:
        return None
    parts = _parts(communes, lambda unit: (unit.parent_id or 0, unit.parent_name or material.spec.scope_name))
    if len(parts) > _MOST_PARTS:
        provinces = {
            district.id: (district.parent_id or 0, district.parent_name or "") for district in material.districts
        }
        parts = _parts(communes, lambda unit: provinces.get(unit.parent_id or 0, (unit.parent_id or 0, "")))
    if len(parts) > _MOST_PARTS:
        parts = {(0, material.spec.scope_name): [commune.rank for commune in communes]}
    table = steps_table([name for _key, name in parts], list(parts.values()), levels)
    return table._replace(key=table_key(table.key, ladder), title=f"{table.title}{material.words_of(ladder)}")


Part = tuple[int, str]  # a unit's id, and what it is called


def _parts(communes: Sequence[CountedUnit], part_of: Callable[[Unit], Part]) -> dict[Part, list[int]]:
    """The ranks of the communes of each part."""
    parts: dict[Part, list[int]] = {}
    for commune in communes:
        parts.setdefault(part_of(commune.unit), []).append(commune.rank)
    return parts
