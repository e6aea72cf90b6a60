"""Roadmaps as tables: the list of them, and one as the document prints it."""

from collections.abc import Sequence

from ntmtrack.i18n import _, number
from ntmtrack.model import Programme, Roadmap, Target
from ntmtrack.reports.values import Cell, CellKind, Column, Report, Table
from ntmtrack.reports.words import measure_label, roadmap_label


def roadmaps(plans: Sequence[Roadmap]) -> Report:
    """The roadmaps on record."""
    columns = [
        Column("key", _("Key")),
        Column("number", _("Document")),
        Column("issued_on", _("Issued"), CellKind.DAY),
        Column("issuer", _("Issuer")),
        Column("scope", _("For")),
        Column("programme", _("Programme")),
    ]
    rows: list[list[Cell]] = [
        [plan.key, plan.number, plan.issued_on, plan.issuer, plan.scope_name, plan.programme] for plan in plans
    ]
    notes = [] if rows else [_("No roadmap is on record yet.")]
    return Report("roadmaps", _("Roadmaps"), [Table("roadmaps", _("Roadmaps"), columns, rows)], notes=notes)


def as_printed(plan: Roadmap, programme: Programme) -> Report:
    """One roadmap, every figure as its document prints it."""
    years = sorted({target.year for target in plan.targets if target.span == "year"})
    whole = _("{first}–{last}").format(first=years[0] if years else plan.base_year + 1, last=programme.last_year)
    columns = [
        Column("line", _("Target")),
        Column("figure", ""),
        *(Column(f"y{year}", str(year)) for year in years),
        Column("period", whole),
    ]
    rows: list[list[Cell]] = []
    sections = set()
    for tier, measure in dict.fromkeys((target.tier, target.measure) for target in plan.targets):
        sections.add(len(rows))
        of_line = [target for target in plan.targets if (target.tier, target.measure) == (tier, measure)]
        cells = [_printed(of_line, year, "year") for year in years] + [_printed(of_line, None, "period")]
        for place, name in enumerate((_("added"), _("cumulative"), _("per cent"))):
            label = measure_label(tier, measure, programme) if place == 0 else ""
            rows.append([label, name, *(cell[place] for cell in cells)])
    return Report(
        key="roadmap",
        title=roadmap_label(plan),
        subtitle=plan.title,
        tables=[Table("printed", plan.number, columns, rows, frozenset(sections))],
        data=[_tidy(plan)],
        notes=[*_named(plan, programme), *_places(plan), *_actual(plan)],
        facts={"key": plan.key, "number": plan.number, "scope": plan.scope_name, "programme": plan.programme},
    )


def _printed(of_line: Sequence[Target], year: int | None, span: str) -> tuple[Cell, Cell, Cell]:
    """Added, cumulative (with its total) and per cent of one year or of the period; dashes where nothing is printed."""
    found = [target for target in of_line if target.span == span and year in (None, target.year)]
    if not found:
        return "–", "–", "–"
    target = found[0]
    cumulative = number(target.cumulative) if target.cumulative is not None else "–"
    if target.total is not None and target.cumulative is not None:
        cumulative += f"/{number(target.total)}"
    return (
        "–" if target.added is None else number(target.added),
        cumulative,
        target.percent or "–",
    )


def _tidy(plan: Roadmap) -> Table:
    keys = ("added", "cumulative", "total")
    columns = [
        Column("tier", "tier"),
        Column("measure", "measure"),
        Column("span", "span"),
        Column("nature", "nature"),
        Column("year", "year", CellKind.YEAR),
        *(Column(key, key, CellKind.COUNT) for key in keys),
        Column("percent", "percent"),
        Column("share_of", "share_of"),
        Column("units", "units"),
        Column("cite", "cite"),
    ]
    rows: list[list[Cell]] = [
        [
            target.tier.value,
            target.measure,
            target.span,
            target.nature,
            target.year,
            target.added,
            target.cumulative,
            target.total,
            target.percent,
            target.share_of,
            "; ".join(target.units),
            target.cite,
        ]
        for target in plan.targets
    ]
    return Table("targets", "", columns, rows)


def _named(plan: Roadmap, programme: Programme) -> list[str]:
    return [
        _("The plan names for {line}: {units}.").format(
            line=measure_label(target.tier, target.measure, programme), units=", ".join(target.units)
        )
        for target in plan.targets
        if target.units
    ]


def _places(plan: Roadmap) -> list[str]:
    """Where in the document the figures stand."""
    cites = dict.fromkeys(target.cite for target in plan.targets)
    return [_("Figures from: {places}.").format(places="; ".join(cites))]


def _actual(plan: Roadmap) -> list[str]:
    years = sorted({target.year for target in plan.targets if target.nature == "actual"})
    if not years:
        return []
    text = _("The document states {years} as already reached, not as a target.")
    return [text.format(years=", ".join(map(str, years)))]
