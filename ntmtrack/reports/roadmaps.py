"""Roadmaps as tables: the list of them, and one as the document prints it."""

from collections.abc import Mapping, Sequence

from ntmtrack.i18n import _
from ntmtrack.lint import Finding
from ntmtrack.model import Programme
from ntmtrack.reports import CellKind, CellValue, Column, LabelledCode, Report, Table, day_cell
from ntmtrack.reports.labels import roadmap_label
from ntmtrack.reports.plan_words import asked_for, share_words, time_words
from ntmtrack.reports.printed_plan import printed_table
from ntmtrack.roadmaps import HEAD_FIELDS, OPEN, LineKey, Roadmap, Target, by_line, line_title
from ntmtrack.roadmaps.shares import decimal


def roadmaps_report(recorded: Sequence[tuple[Roadmap, str | None]], shipped: Sequence[Roadmap]) -> Report:
    """The roadmaps on record, each with the key of the one that took its place; and those that ship beside them."""
    of_plan: list[Column[Roadmap]] = [
        Column("key", _("Key"), CellKind.KEY, of=lambda plan: plan.key),
        Column("number", _("Document"), CellKind.KEY, of=lambda plan: plan.number),
        Column("issued_on", _("Issued"), CellKind.DAY, of=lambda plan: day_cell(plan.issued_on)),
        Column("issuer", _("Issuer"), of=lambda plan: plan.issuer),
        Column("scope", _("For"), of=lambda plan: plan.scope_name),
        Column("programme", _("Programme"), of=lambda plan: plan.programme),
    ]
    columns: list[Column[tuple[Roadmap, LabelledCode]]] = [
        *(column.of_first() for column in of_plan),
        Column("state", _("State"), of=lambda row: row[1]),
    ]
    rows = [(plan, _state(newer)) for plan, newer in recorded]
    rows += [(plan, LabelledCode("shipped", _("ships with the program"))) for plan in shipped]
    notes = [] if recorded else [_("No roadmap is on record yet.")]
    if shipped:
        notes.append(_("Take a shipped roadmap into the ledger with: ntmtrack roadmap import KEY"))
    return Report("roadmaps", _("Roadmaps"), [Table.of("roadmaps", _("Roadmaps"), rows, columns)], notes=notes)


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
            *_open_sets(plan, programme),
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
    columns: list[Column[Target]] = [
        Column("line", _("Target"), of=lambda target: line_title(target.line, programme)),
        Column("year", _("By"), of=time_words),
        Column("asked", _("Plan"), of=lambda target: asked_for(target, with_added=True, with_days=False) or None),
        Column("cite", _("Place"), of=lambda target: target.cite),
    ]
    return Table.of("single", _("Targets printed once"), targets, columns)


_COUNTS = ("added", "added_high", "cumulative", "cumulative_high", "total", "threshold", "relative_to")


_PRINTED = ("percent", "value")  # as numbers, and beside them as the document prints them
_NUMBERS = ("percent", "percent_high", "value", "value_high")


def _tidy(plan: Roadmap) -> Table:
    """Every field of every figure under the names of the plan file."""
    kinds = {"year": CellKind.YEAR}
    kinds |= dict.fromkeys(_COUNTS, CellKind.COUNT)
    kinds |= dict.fromkeys(_NUMBERS, CellKind.PERCENT)
    columns = [_field_column(field, kinds.get(field, CellKind.TEXT)) for field in Target._fields]
    return Table.of("targets", "", plan.targets, [*columns, *map(_printed_column, _PRINTED)])


def _field_column(field: str, kind: CellKind) -> Column[Target]:
    as_cell = decimal if field in _NUMBERS else _plain
    return Column(field, field, kind, of=lambda target: as_cell(getattr(target, field)))


def _printed_column(field: str) -> Column[Target]:
    return Column(f"{field}_printed", f"{field}_printed", of=lambda target: _as_printed(target, field))


def _as_printed(target: Target, field: str) -> str | None:
    """The figure with its decimals as they stand in the document: "57,50", of a range "12,5–25"."""
    ends = [end for end in (getattr(target, field), getattr(target, f"{field}_high")) if end]
    return "–".join(ends) or None


def _facts(plan: Roadmap) -> dict[str, str | int | None]:
    return {field: getattr(plan, field) for field in HEAD_FIELDS}


def _plain(value: object) -> CellValue:
    if isinstance(value, tuple):
        return "; ".join(value) or None
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if hasattr(value, "isoformat") else value  # type: ignore[return-value]


def _of_document(plan: Roadmap) -> list[str]:
    notes = [_("For {scope}, programme {programme}.").format(scope=plan.scope_name, programme=plan.programme)]
    if plan.supersedes:
        notes.append(_("It takes the place of {key}.").format(key=plan.supersedes))
    if plan.source:
        notes.append(_("Source: {source}.").format(source=plan.source))
    return notes


def _named(plan: Roadmap, programme: Programme) -> list[str]:
    notes = []
    for target in plan.targets:
        for text, names in (
            (_("The plan names for {line}: {units}."), target.units),
            (_("In reserve for {line}: {units}."), target.reserve),
            (_("Registered for {line}: {units}."), target.registered),
        ):
            if names:
                notes.append(text.format(line=line_title(target.line, programme), units=", ".join(names)))
    return notes


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


def _open_sets(plan: Roadmap, programme: Programme) -> list[str]:
    text = _("The document leaves open by which set of levels it counts: {lines}.")
    lines = [line_title(line, programme) for line in by_line(plan.targets) if line.of_set == OPEN]
    return [text.format(lines="; ".join(lines))] if lines else []


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
