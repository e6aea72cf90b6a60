"""What was read from an office's table and what it would do, as a report."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from ntmtrack.i18n import N_, _, ngettext, number
from ntmtrack.reports import CellKind, Column, Report, Table

_NAMED = 40  # units named in one line
_MOST_TEXTS = 60  # lines before they are drawn together; machines get every fact
STATES = {
    "new": N_("new"),
    "changed": N_("corrected"),
    "same": N_("unchanged"),
    "refused": N_("refused"),
    "left_out": N_("left out as you said"),
}
_SELDOM = "left_out"  # told only where there are any


class ReadColumn(NamedTuple):
    """A column of the file: its letters with the sheet, its heading, what it was taken for ("": not used)."""

    column: str
    heading: str
    meaning: str


class ImportedFact(NamedTuple):
    """One fact of the file: new, changed or same; refused with what is wrong and what to do; left out as was said."""

    state: str
    cell: str
    unit: str = ""
    told: str = ""
    before: str = ""
    kind: str = ""
    value: str = ""
    rule: str = ""
    fix: str = ""
    brief: str = ""  # what is told, as far as many facts share it


class ImportSummary(NamedTuple):
    """What was read: the file, what it lists, its columns, its facts in the order of the file, remarks."""

    file: str
    what: str
    where: str
    rows: int
    columns: Sequence[ReadColumn]
    lines: Sequence[ImportedFact]
    remarks: Sequence[str]
    facts: Mapping[str, str | int | None]
    is_own_form: bool = False  # whose columns are known to whoever sent it
    named: str = ""  # what its facts are of, where those are no units


def import_report(read: ImportSummary) -> Report:
    """What was taken for what, what is new, corrected or the same, and what is wrong, by kind."""
    counts = {state: sum(line.state == state for line in read.lines) for state in STATES}
    parts = [f"{_(STATES[state])} {number(count)}" for state, count in counts.items() if count or state != _SELDOM]
    text = ngettext("{file}: {what}, {count} row", "{file}: {what}, {count} rows", read.rows)
    is_known = read.is_own_form and all(column.meaning for column in read.columns)
    tables = [] if is_known else [_columns(read.columns)]
    tables += [*_changes(read.lines, read.named or _("Units")), *_problems(read.lines)]
    return Report(
        key="import",
        title=text.format(file=read.file, what=read.what, count=number(read.rows)),
        subtitle=f"{read.where} · {' · '.join(parts)}",
        tables=tables,
        notes=read.remarks,
        facts={**read.facts, "rows": read.rows, **counts},
        data=lambda: [_for_machines(read.lines), _columns_for_machines(read.columns)],
    )


def _columns(columns: Sequence[ReadColumn]) -> Table:
    heads: list[Column[ReadColumn]] = [
        Column("column", _("Column"), of=lambda column: column.column),
        Column("heading", _("Heading in the file"), of=lambda column: column.heading),
        Column("meaning", _("Read as"), of=lambda column: column.meaning or _("not used")),
    ]
    return Table.of("columns", _("What was taken for what"), columns, heads)


def _changes(lines: Sequence[ImportedFact], named: str) -> list[Table]:
    """Facts that say the same in one row, their units by name."""
    by_text = _by_text(lines, brief=False)
    if len(by_text) > _MOST_TEXTS:
        by_text = _by_text(lines, brief=True)
    if not by_text:
        return []
    order = [*STATES]
    columns: list[Column[tuple[str, str, list[str]]]] = [
        Column("state", _("Outcome"), of=lambda row: _(STATES[row[0]])),
        Column("told", _("Content"), of=lambda row: row[1]),
        Column("count", _("Count"), CellKind.COUNT, of=lambda row: len(row[2])),
        Column("units", named, of=lambda row: _named(row[2])),
    ]
    rows = sorted(
        ((state, text, units) for (state, text), units in by_text.items()), key=lambda row: order.index(row[0])
    )
    return [Table.of("changes", _("What it does to the ledger"), rows, columns)]


def _by_text(lines: Sequence[ImportedFact], *, brief: bool) -> dict[tuple[str, str], list[str]]:
    """The units of facts that are new, corrected or the same, by what is told of them."""
    by_text: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        if line.state in ("refused", "left_out"):
            continue
        text = line.brief if brief and line.brief else line.told
        if line.state == "changed":
            text = f"{line.before} → {line.told}"
        by_text.setdefault((line.state, "" if line.state == "same" else text), []).append(line.unit)
    return by_text


def _named(units: Sequence[str]) -> str:
    names = ", ".join(dict.fromkeys(units[:_NAMED]))
    more = len(units) - _NAMED
    if more <= 0:
        return names
    text = ngettext("{names} and {count} more", "{names} and {count} more", more)
    return text.format(names=names, count=number(more))


def _problems(lines: Sequence[ImportedFact]) -> list[Table]:
    columns: list[Column[ImportedFact]] = [
        Column("cell", _("Cell"), CellKind.KEY, of=lambda fact: fact.cell),
        Column("value", _("It says"), of=lambda fact: fact.value),
        Column("rule", _("What is wrong"), of=lambda fact: fact.rule),
        Column("fix", _("What to do"), of=lambda fact: fact.fix),
    ]
    refused = [line for line in lines if line.state == "refused"]
    tables = []
    for kind, alike in groupby(refused, key=lambda line: line.kind):
        facts = list(alike)
        title = _("Wrong: {kind} ({count})").format(kind=kind, count=len(facts))
        tables.append(Table.of("problems", title, facts, columns))
    return tables


def _for_machines(lines: Sequence[ImportedFact]) -> Table:
    return Table.of("lines", "", lines, [_field_column(field) for field in ImportedFact._fields if field != "brief"])


def _field_column(field: str) -> Column[ImportedFact]:
    return Column(field, field, of=lambda fact: getattr(fact, field) or None)


def _columns_for_machines(columns: Sequence[ReadColumn]) -> Table:
    return Table("columns", "", [Column(field, field) for field in ReadColumn._fields], columns)
