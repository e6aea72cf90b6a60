"""Emulation movements as tables: the list of them, the rules of one with their places, what is wrong in them."""

from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from ntmtrack.dates import last_day
from ntmtrack.emulation import AwardRule, Condition, Deadline, Ground, Grouping, Movement, Need
from ntmtrack.i18n import _
from ntmtrack.lint import Finding
from ntmtrack.reports import CellKind, CellValue, Column, LabelledCode, Report, Table, day_cell
from ntmtrack.reports.labels import tier_label
from ntmtrack.reports.movement_words import movement_label, often_words, places_words, span_words, when_words


def movements_report(
    recorded: Sequence[tuple[Movement, str | None]], shipped: Sequence[Movement], today: date
) -> Report:
    """The movements on record, each with the key of the one that took its place; and those that ship beside them."""
    of_movement: list[Column[Movement]] = [
        Column("key", _("Key"), CellKind.KEY, of=lambda one: one.key),
        Column("number", _("Document"), CellKind.KEY, of=lambda one: one.number),
        Column("issued_on", _("Issued"), CellKind.DAY, of=lambda one: day_cell(one.issued_on)),
        Column("issuer", _("Issuer"), of=lambda one: one.issuer),
        Column("scope", _("For"), of=lambda one: one.scope_name),
        Column("span", _("From – until"), of=span_words),
    ]
    columns: list[Column[tuple[Movement, LabelledCode]]] = [
        *(column.of_first() for column in of_movement),
        Column("state", _("State"), of=lambda row: row[1]),
    ]
    rows = [(movement, _state(movement, newer, today)) for movement, newer in recorded]
    rows += [(movement, LabelledCode("shipped", _("ships with the program"))) for movement in shipped]
    notes = [] if recorded else [_("No emulation movement is on record yet.")]
    if shipped:
        notes.append(_("Take a shipped movement into the ledger with: ntmtrack movement import KEY"))
    title = _("Emulation movements")
    return Report("movements", title, [Table.of("movements", title, rows, columns)], notes=notes)


def _state(movement: Movement, newer: str | None, today: date) -> LabelledCode:
    if newer is None:
        is_over = last_day(movement.ends_on) < today
        return LabelledCode("ended", _("ended")) if is_over else LabelledCode("current", _("in force"))
    return LabelledCode("superseded", _("replaced by {key}").format(key=newer))


def movement_report(movement: Movement, others: Sequence[Movement] = ()) -> Report:
    """The rules of one movement, each with its place in the document; a note names the `others` beside it."""
    tables = [_dates(movement.deadlines), _awards(movement.awards), _conditions(movement.conditions)]
    return Report(
        key="movement",
        title=movement_label(movement),
        subtitle=movement.title,
        tables=[table for table in tables if table.rows],
        data=[_tidy(movement)],
        notes=[*_beside(others), *_of_document(movement)],
        facts={
            "key": movement.key,
            "number": movement.number,
            "issued_on": movement.issued_on,
            "issuer": movement.issuer,
            "programme": movement.programme,
            "scope_code": movement.scope_code,
            "scope_name": movement.scope_name,
            "begins_on": movement.begins_on,
            "ends_on": movement.ends_on,
            "grouping": movement.grouping.value,
            "supersedes": movement.supersedes,
            "source": movement.source,
        },
    )


def _dates(deadlines: Sequence[Deadline]) -> Table:
    columns: list[Column[Deadline]] = [
        Column("key", _("Key"), CellKind.KEY, of=lambda one: one.key),
        Column("name", _("What is due"), of=lambda one: one.name),
        Column("when", _("Due"), of=when_words),
        Column("by", _("Who"), of=lambda one: one.by),
        Column("to", _("Sent to"), of=lambda one: one.to),
        Column("cite", _("Place"), of=lambda one: one.cite),
    ]
    return Table.of("dates", _("Dates"), deadlines, columns)


def _awards(awards: Sequence[AwardRule]) -> Table:
    columns: list[Column[AwardRule]] = [
        Column("key", _("Key"), CellKind.KEY, of=lambda one: one.key),
        Column("name", _("Form of award"), of=lambda one: one.name),
        Column("authority", _("Authority"), of=lambda one: one.authority, spare=1),
        Column("recipient", _("To whom"), of=lambda one: LabelledCode(one.recipient.value, one.recipient.label)),
        Column("says", _("Clause"), of=lambda one: one.says),
        Column("often", _("How often"), of=often_words),
        Column("places", _("Places"), of=places_words),
        Column("cite", _("Place"), of=lambda one: one.cite),
    ]
    return Table.of("awards", _("Forms of award"), awards, columns).told()


def _conditions(conditions: Sequence[Condition]) -> Table:
    columns: list[Column[Condition]] = [
        Column("key", _("Key"), CellKind.KEY, of=lambda one: one.key),
        Column("tier", _("Tier"), of=lambda one: LabelledCode(one.tier.value, tier_label(one.tier))),
        Column("says", _("Condition"), of=lambda one: one.says),
        Column("excludes", _("Excludes"), CellKind.MARK, of=lambda one: "x" if one.excludes else None),
        Column("awards", _("Of awards"), of=lambda one: ", ".join(one.awards) or None),
        Column("cite", _("Place"), of=lambda one: one.cite),
    ]
    return Table.of("conditions", _("Conditions"), conditions, columns).told()


_Rule = Deadline | AwardRule | Condition
_FIELDS = tuple(dict.fromkeys((*Deadline._fields, *AwardRule._fields, *Condition._fields)))


def _tidy(movement: Movement) -> Table:
    """Every field of every rule under the names of the movement's file."""
    rules: list[tuple[str, _Rule]] = [
        *(("date", one) for one in movement.deadlines),
        *(("award", one) for one in movement.awards),
        *(("condition", one) for one in movement.conditions),
    ]
    section: Column[tuple[str, _Rule]] = Column("section", "section", of=lambda row: row[0])
    return Table.of("rules", "", rules, [section, *(_field_column(field).of_second() for field in _FIELDS)])


def _field_column(field: str) -> Column[_Rule]:
    kind = CellKind.COUNT if field in ("at_least", "stars", "places") else CellKind.TEXT
    return Column(field, field, kind, of=lambda rule: _plain(getattr(rule, field, None)))


def _plain(value: object) -> CellValue:
    if isinstance(value, tuple):
        parts = (f"{one[0]}: {one[1]}" if isinstance(one, tuple) else str(one) for one in value)
        return "; ".join(parts) or None
    if isinstance(value, bool):
        return int(value)
    return value.value if isinstance(value, Enum) else value  # type: ignore[return-value]  # text, a number, nothing


def _beside(others: Sequence[Movement]) -> list[str]:
    text = _("On record beside it: {movement}; see it with: ntmtrack movement show {key}")
    return [text.format(movement=movement_label(one), key=one.key) for one in others]


_GROUPED = {
    Grouping.DISTRICT: lambda: _("Communes are compared by district."),
    Grouping.FORMER_DISTRICT: lambda: _("Communes are compared by the district that they lay in until 1/7/2025."),
    Grouping.BLOCK: lambda: _("Communes are compared by emulation block."),
}


def _of_document(movement: Movement) -> list[str]:
    text = _("Movement {key}, of {scope}, {span}.")
    notes = [text.format(key=movement.key, scope=movement.scope_name, span=span_words(movement))]
    if _compares(movement):
        notes.append(_GROUPED[movement.grouping]())
    if movement.supersedes:
        notes.append(_("It takes the place of {key}.").format(key=movement.supersedes))
    if movement.source:
        notes.append(_("Source: {source}.").format(source=movement.source))
    return notes


def _compares(movement: Movement) -> bool:
    """Whether any rule holds units of a part against each other."""
    most = any(award.ground is Ground.MOST_CRITERIA for award in movement.awards)
    return most or any(condition.need is Need.HIGHEST_GAIN for condition in movement.conditions)


class MovementFindings(NamedTuple):
    """A movement, and what is found in it."""

    movement: Movement
    findings: Sequence[Finding]


def movement_findings_report(checked: Sequence[MovementFindings]) -> Report:
    """What is found, a sentence each with its place; says so where nothing is."""
    first, alone = checked[0].movement, len(checked) == 1
    rows = [(movement, finding) for movement, found in checked for finding in found]
    columns: list[Column[tuple[Movement, Finding]]] = [
        Column("movement", _("Movement"), CellKind.KEY, of=lambda row: row[0].key),
        Column("weight", _("Weight"), of=lambda row: LabelledCode(row[1].weight.value, row[1].weight.label)),
        Column("text", _("Finding"), of=lambda row: row[1].text),
        Column("cite", _("Place"), of=lambda row: row[1].cite),
    ]
    title = _("Check of {plan}").format(plan=movement_label(first))
    table = Table.of("findings", _("Findings"), rows, columns)
    return Report(
        key="movement-check",
        title=title if alone else _("Check of {count} movements").format(count=len(checked)),
        subtitle=first.title if alone else "",
        tables=[table.only([1, 2, 3]) if alone else table] if rows else [],
        data=[table],
        notes=[note for one in checked for note in _clean(one, alone=alone)],
        facts={"findings": len(rows)},
    )


def _clean(checked: MovementFindings, *, alone: bool) -> list[str]:
    if checked.findings:
        return []
    movement = checked.movement
    count = len(movement.deadlines) + len(movement.awards) + len(movement.conditions)
    clean = _("Nothing wrong was found in {count} rules.").format(count=count)
    return [clean if alone else f"{movement.key}: {clean}"]
