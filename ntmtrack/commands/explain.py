"""`explain`: one line of the progress worked out step by step, and the units behind it."""

from collections.abc import Sequence

from ntmtrack.commands.criteria_gap import units_counted
from ntmtrack.commands.lists import units_behind_number
from ntmtrack.commands.progress_lines import plans_compared, report_context, since_base
from ntmtrack.commands.question import ReportSpec
from ntmtrack.commands.turnover import turnover_of
from ntmtrack.commands.village_lines import ladder_of_line, of_villages, village_base
from ntmtrack.errors import UnknownLevel, UnknownMeasure
from ntmtrack.model import Level, Tier
from ntmtrack.programmes import DEFAULT, is_level, programme
from ntmtrack.programmes.ladders import LADDERS, find_on_ladders, ladder_of, ladders
from ntmtrack.progress.compute import TIERS, plain_line
from ntmtrack.progress.line import Line
from ntmtrack.reports import Report, explanation
from ntmtrack.reports.figures import PlanLines
from ntmtrack.roadmaps import COUNTED_MEASURES, JOIN, line_title
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.actions import setting
from ntmtrack.storage.queries.roadmaps import every_roadmap
from ntmtrack.text import squeeze


def explanation_of(
    connection: Connection, spec: ReportSpec, tier: Tier, typed: str, *, straight: bool = False
) -> Report:
    """The computation of one line, its figures and rules, and the units that are counted.

    Raises UnknownMeasure, UnknownLevel, OneRoadmapHere.
    """
    plan, leading = _leading(lines_meant(connection, spec, tier, typed, straight=straight))
    chosen = list(leading)
    keys = [line.key for line in chosen]
    on = report_context(connection, spec)._replace(roadmap=plan)
    noted = [finding for finding in on.contradictions if plan is spec.roadmap and finding.line in keys]
    return explanation.explanation_report(
        chosen,
        on._replace(contradictions=noted, turnover=turnover_of(connection, spec, chosen, named=True)),
        _units(connection, spec, tier, chosen),
    )


def lines_meant(
    connection: Connection, spec: ReportSpec, tier: Tier, typed: str, *, straight: bool = False
) -> list[PlanLines]:
    """The plans that have lines meant by `typed`, each with these.

    Raises UnknownMeasure for none, UnknownLevel, OneRoadmapHere.
    """
    spec.need_one_plan()
    tier, typed = _of_tier(spec, tier, typed)
    every = plans_compared(connection, spec, since_base(connection, spec, spec.base_year), straight=straight)
    plans = [PlanLines(plan, chosen) for plan, lines in every if (chosen := _chosen(lines, spec, tier, typed))]
    if not plans:
        lines = [line for plan in every for line in plan.lines]
        raise UnknownMeasure(measure=typed, known="; ".join(_titles(lines, spec)))
    return plans


def table_titles(connection: Connection, spec: ReportSpec) -> list[str]:
    """The lines of the table of progress, as it prints them; raises OneRoadmapHere."""
    spec.need_one_plan()
    leading, *_beside = plans_compared(connection, spec, since_base(connection, spec, spec.base_year))
    return _titles(leading.lines, spec)


def measures(connection: Connection) -> list[str]:
    """What may be explained, as tables print it: the levels of the ledger's programme, and what its plans ask for."""
    period = programme(setting(connection, "programme") or DEFAULT)
    levels = [plain_line(tier, level.key) for tier in TIERS[::-1] for level in period.levels_of(tier)]
    plans = [stored.plan for stored in every_roadmap(connection) if stored.plan.programme == period.key]
    asked = [target.line for plan in plans for target in plan.targets if not target.within]
    return list(dict.fromkeys(line_title(key, period) for key in [*levels, *asked]))


def _leading(plans: Sequence[PlanLines]) -> PlanLines:
    """Of the plans that have a line, the first of the scope's own that sets a target for it; else the first."""
    of_scope = [plan for plan in plans if plan.plan is None or not plan.plan.is_national]
    planned = [plan for plan in of_scope if any(line.plan for line in plan.lines)]
    return next(iter((*planned, *of_scope)), plans[0])


def _units(connection: Connection, spec: ReportSpec, tier: Tier, lines: Sequence[Line]) -> list[Report]:
    """The units that these lines count, on each ladder on which the ledger counts any."""
    first = {
        line.key.ladder: line
        for line in reversed(lines)
        if line.actual and line.actual.reached and line.level and not (line.key.each or line.key.is_of_some)
    }
    by_criteria = [units_counted(connection, spec, line) for line in lines if line.key.measure in COUNTED_MEASURES]
    return [report for report in by_criteria if report] + [
        _of_villages(connection, spec, line, line.level)
        if of_villages(line)
        else units_behind_number(
            connection, spec, tier, line.level, ladder=ladder, highest=line.key.counts == "highest"
        )
        for ladder in LADDERS
        if (line := first.get(ladder)) and line.level
    ]


def _of_villages(connection: Connection, spec: ReportSpec, line: Line, level: Level) -> Report:
    base = village_base(connection, spec, line.plan)
    among = base.villages if base else ()
    return units_behind_number(connection, spec, Tier.VILLAGE, level, ladder=ladder_of_line(line, spec), among=among)


def _chosen(lines: Sequence[Line], spec: ReportSpec, tier: Tier, typed: str) -> list[Line]:
    """The lines that `typed` means: by their printed titles, those of a level of the tier, or of another measure.

    Raises UnknownLevel where it is a level that units of this tier do not have.
    """
    titled = [line for line in lines if squeeze(line_title(line.key, spec.view.programme)) == squeeze(typed)]
    if titled:
        return titled
    try:
        _ladder, level = find_on_ladders(spec.view.programme, typed, tier, None)
    except UnknownLevel:
        if _is_level(spec, typed):
            raise
        chosen = [line for line in lines if squeeze(typed) in (squeeze(line.key.measure), squeeze(line.key.name or ""))]
    else:
        chosen = [line for line in lines if line.key.tier is tier and _is_of(line, level)]
    return chosen


# Tiers as labels of today and of before begin with them.
_TIERS = {"cấp xã": Tier.COMMUNE, "xã": Tier.COMMUNE, "cấp huyện": Tier.DISTRICT, "huyện": Tier.DISTRICT}
_TIERS |= {"thôn, bản": Tier.VILLAGE, "thôn": Tier.VILLAGE, "bản": Tier.VILLAGE, "villages:": Tier.VILLAGE}
_TIERS |= {"communes:": Tier.COMMUNE, "districts:": Tier.DISTRICT}


def _of_tier(spec: ReportSpec, tier: Tier, typed: str) -> tuple[Tier, str]:
    """The tier and the level of a label: "Cấp huyện NTM nâng cao" is of districts, whatever tier is asked about."""
    for words, of in _TIERS.items():
        level = typed.strip()[len(words) :].strip()
        if typed.strip().casefold().startswith(f"{words} ") and _is_level(spec, level):
            return of, level
    return tier, typed


def _is_of(line: Line, level: Level) -> bool:
    """Whether a line is about a level, be it of towns and cities, or the other districts, alone."""
    of_line = line.level.key if line.level else None
    is_of_some = line.key.is_of_some or of_villages(line)
    return level.key in line.key.measure.split(JOIN) or (is_of_some and of_line == level.key)


def _is_level(spec: ReportSpec, typed: str) -> bool:
    programme = spec.view.programme
    return any(is_level(ladder_of(programme, ladder), typed) for ladder in ladders(programme))


def _titles(lines: Sequence[Line], spec: ReportSpec) -> list[str]:
    return [*dict.fromkeys(line_title(line.key, spec.view.programme) for line in lines)]
