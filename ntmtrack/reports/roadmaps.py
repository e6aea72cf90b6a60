"""Roadmaps as tables: the list of them, and one as the document prints it."""

from collections.abc import Mapping, Sequence

from ntmtrack.dates import show_day
from ntmtrack.i18n import _
from ntmtrack.lint.base import Finding
from ntmtrack.model import Programme
from ntmtrack.reports.labels import roadmap_label
from ntmtrack.reports.plan_words import asked_for, share_words, time_words
from ntmtrack.reports.printed_plan import printed_table
from ntmtrack.reports.report import Cell, CellKind, Column, LabelledCode, Report, Table
from ntmtrack.roadmaps.model import HEAD_FIELDS, LineKey, Roadmap, Target, by_line, line_title
from ntmtrack.roadmaps.shares import decimal


def roadmaps_report(held: Sequence[tuple[Roadmap, str | None]], shipped: Sequence[Roadmap]) -> Report:
    """The roadmaps on record, each with the key of the one that took its place; and those that ship beside them."""
    columns = [
        Column("key", _("Key"), CellKind.KEY),
        Column("number", _("Document"), CellKind.KEY),
        Column("issued_on", _("Issued"), CellKind.DAY),
        Column("issuer", _("Issuer")),
        Column("scope", _("For")),
        Column("programme", _("Programme")),
        Column("state", _("State")),
    ]
    on_record: list[list[Cell]] = [[*_head(plan), _state(newer)] for plan, newer in held]
    others: list[list[Cell]] = [
        [*_head(plan), LabelledCode("shipped", _("ships with the program"))] for plan in shipped
    ]
    notes = [] if held else [_("No roadmap is on record yet.")]
    if others:
        notes.append(_("Take a shipped roadmap into the ledger with: ntmtrack roadmap import KEY"))
    return Report(
        "roadmaps", _("Roadmaps"), [Table("roadmaps", _("Roadmaps"), columns, on_record + others)], notes=notes
    )


def _head(plan: Roadmap) -> list[Cell]:
    return [
        plan.key,
        plan.number,
        LabelledCode(plan.issued_on, show_day(plan.issued_on)),
        plan.issuer,
        plan.scope_name,
        plan.programme,
    ]


def _state(newer: str | None) -> LabelledCode:
    if newer is None:
        return LabelledCode("current", _("in force"))
    return LabelledCode("superseded", _("replaced by {key}").format(key=newer))


def printed_report(
    plan: Roadmap, programme: Programme, findings: Sequence[Finding] = (), others: Sequence[Roadmap] = ()
) -> Report:
    """One roadmap, every figure as its document prints it; a footnote wherever it contradicts itself.

    A note names the `others` that are in force beside it.
    """
    lines = by_line(plan.targets)
    yearly = {key: figures for key, figures in lines.items() if len(figures) > 1}
    single = [figures[0] for figures in lines.values() if len(figures) == 1]
    tables = [
        *([printed_table(plan, yearly, programme)] if yearly else []),
        *([_one_by_one(single, programme)] if single else []),
    ]
    return Report(
        key="roadmap",
        title=roadmap_label(plan),
        subtitle=plan.title,
        tables=tables,
        data=[_tidy(plan)],
        notes=[
            *others_in_force(others),
            *_of_document(plan),
            *_named(plan, programme),
            *_open(plan, programme),
            *_places(yearly),
            *_actual(plan),
            *(f"{finding.weight.label}: {finding.text} ({finding.cite})" for finding in findings),
        ],
        facts=_facts(plan),
    )


def others_in_force(plans: Sequence[Roadmap]) -> list[str]:
    """A sentence that names the plans which are in force beside the one shown, and how each is seen."""
    text = _("In force beside it: {plan}; see it with: ntmtrack roadmap show {key}")
    return [text.format(plan=roadmap_label(plan), key=plan.key) for plan in plans]


def _one_by_one(targets: Sequence[Target], programme: Programme) -> Table:
    columns = [
        Column("line", _("Target")),
        Column("year", _("By")),
        Column("asked", _("Plan")),
        Column("cite", _("Place")),
    ]
    rows: list[list[Cell]] = [
        [
            line_title(target.line, programme),
            time_words(target),
            asked_for(target, with_added=True, with_days=False) or None,
            target.cite,
        ]
        for target in targets
    ]
    return Table("single", _("Targets printed once"), columns, rows)


_COUNTS = ("added", "added_high", "cumulative", "cumulative_high", "total", "threshold", "relative_to")


_PRINTED = ("percent", "value")  # as numbers, and beside them as the document prints them


def _tidy(plan: Roadmap) -> Table:
    """Every field of every figure under the names of the plan file."""
    kinds = {"year": CellKind.YEAR}
    kinds |= dict.fromkeys(_COUNTS, CellKind.COUNT)
    kinds |= dict.fromkeys(("percent", "percent_high", "value", "value_high"), CellKind.PERCENT)
    numbers = [f"{field}{end}" for field in _PRINTED for end in ("", "_high")]
    columns = [Column(field, field, kinds.get(field, CellKind.TEXT)) for field in Target._fields]
    columns += [Column(f"{field}_printed", f"{field}_printed") for field in _PRINTED]
    rows = [
        [
            *(decimal(getattr(target, f)) if f in numbers else _plain(getattr(target, f)) for f in Target._fields),
            *(_as_printed(target, field) for field in _PRINTED),
        ]
        for target in plan.targets
    ]
    return Table("targets", "", columns, rows)


def _as_printed(target: Target, field: str) -> str | None:
    """The figure with its decimals as they stand in the document: "57,50", of a range "12,5–25"."""
    ends = [end for end in (getattr(target, field), getattr(target, f"{field}_high")) if end]
    return "–".join(ends) or None


def _facts(plan: Roadmap) -> dict[str, str | int | None]:
    return {field: getattr(plan, field) for field in HEAD_FIELDS}


def _plain(value: object) -> Cell:
    if isinstance(value, tuple):
        return "; ".join(value) or None
    return value.isoformat() if hasattr(value, "isoformat") else value  # type: ignore[return-value]


def _of_document(plan: Roadmap) -> list[str]:
    notes = [_("For {scope}, programme {programme}.").format(scope=plan.scope_name, programme=plan.programme)]
    if plan.supersedes:
        notes.append(_("It takes the place of {key}.").format(key=plan.supersedes))
    if plan.source:
        notes.append(_("Source: {source}.").format(source=plan.source))
    return notes


def _named(plan: Roadmap, programme: Programme) -> list[str]:
    said = []
    for target in plan.targets:
        for text, names in (
            (_("The plan names for {line}: {units}."), target.units),
            (_("In reserve for {line}: {units}."), target.reserve),
            (_("Registered for {line}: {units}."), target.registered),
        ):
            if names:
                said.append(text.format(line=line_title(target.line, programme), units=", ".join(names)))
    return said


def _open(plan: Roadmap, programme: Programme) -> list[str]:
    text = _("{line}: of what {asked} is, the document leaves open; possible: {bases}.")
    return [
        text.format(
            line=line_title(target.line, programme),
            asked=asked_for(target),
            bases="; ".join(share_words(share, target.line, programme) for share in target.readings),
        )
        for target in plan.targets
        if target.share_of == "open"
    ]


def _places(yearly: Mapping[LineKey, Sequence[Target]]) -> list[str]:
    """Where in the document the figures of the table by year stand."""
    cites = dict.fromkeys(target.cite for figures in yearly.values() for target in figures)
    return [_("Figures from: {places}.").format(places="; ".join(cites))] if cites else []


def _actual(plan: Roadmap) -> list[str]:
    years = sorted({target.year for target in plan.targets if target.nature == "actual"})
    if not years:
        return []
    text = _("The document states {years} as already reached, not as a target.")
    return [text.format(years=", ".join(map(str, years)))]
