"""Entries of a register of emulation as a table, with what they come to; no person's name is among them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ntmtrack.emulation.amounts import amount_words
from ntmtrack.emulation.entries import BLOCK, CONTRIBUTION, SPONSORSHIP
from ntmtrack.emulation.registers import REGISTERS, Entry, GiverKind
from ntmtrack.emulation.sums import Sum
from ntmtrack.i18n import N_, _, ngettext, number
from ntmtrack.model import Unit
from ntmtrack.reports import CellKind, Column, LabelledCode, Report, Table, day_cell
from ntmtrack.reports.labels import counted_units
from ntmtrack.text import few

_MOST_NAMED = 20


class EnteredUnit(NamedTuple):
    """An entry and its unit as it stood then."""

    unit: Unit
    entry: Entry


class SummedUnits(NamedTuple):
    """What several entries come to, with the titles of their units."""

    sum: Sum
    titles: Sequence[str]


_PARTIES = {
    SPONSORSHIP: N_("Sponsor"),
    CONTRIBUTION: N_("Giver"),
    "inspection": N_("Inspected by"),
    "meeting": N_("Held by"),
}
_THINGS = {
    SPONSORSHIP: N_("What is given"),
    CONTRIBUTION: N_("What was given"),
    BLOCK: N_("Block"),
    "inspection": N_("What was found"),
    "meeting": N_("What it was about"),
    "model": N_("Model"),
}
_SUMMED = {CONTRIBUTION: N_("By kind of giver"), SPONSORSHIP: N_("By sponsor"), BLOCK: N_("By block")}


class EntriesShown(NamedTuple):
    """Of which year and within which unit entries were asked for; whether names of persons are shown."""

    year: int | None
    scope: str | None
    persons: bool = False


def books_report(counts: Sequence[tuple[str, int]], year: int | None, scope: str | None) -> Report:
    """The registers, each with how many entries it has, of a year and within a unit where these are told."""
    columns = [
        Column[tuple[str, int]]("book", _("Register"), of=lambda row: LabelledCode(row[0], _(REGISTERS[row[0]]))),
        Column[tuple[str, int]]("entries", _("Entries"), CellKind.COUNT, of=lambda row: row[1]),
    ]
    title = " · ".join(filter(None, (_("Registers of emulation"), str(year or ""), scope)))
    return Report("registers", title, [Table.of("registers", "", counts, columns)])


def entries_report(
    book: str, rows: Sequence[EnteredUnit], summed: Sequence[SummedUnits], asked: EntriesShown
) -> Report:
    """The entries in the order given, and their sums."""
    name = _(REGISTERS[book])
    title = _("Register: {book}").format(book=name) if asked.year is None else f"{name}, {asked.year}"
    entered = Table.of("entries", "", rows, [*_columns(book), *(_persons() if asked.persons else ())])
    sums = Table.of("sums", _(_SUMMED.get(book, "")), summed, _sum_columns(book)) if summed else None
    return Report(
        key="register",
        title=" · ".join(filter(None, (f"{title[:1].upper()}{title[1:]}", asked.scope))),
        tables=[table.told() for table in (entered, sums) if table and table.rows],
        data=[table for table in (entered, sums) if table],
        notes=_notes(book, rows, name),
        facts={"book": book, "year": asked.year},
    )


def _columns(book: str) -> list[Column[EnteredUnit]]:
    amount = _("Points") if book == BLOCK else _("Value (đồng)")
    return [
        Column("code", _("Code"), of=lambda row: row.unit.code, spare=4),
        Column("unit", _("Unit"), of=lambda row: row.unit.full_title),
        Column("kind", _("Kind of giver"), of=lambda row: _kind(row.entry.kind)),
        Column("party", _(_PARTIES.get(book, "Giver")), of=lambda row: row.entry.party),
        Column("what", _(_THINGS[book]), of=lambda row: row.entry.what),
        Column("day", _("Day"), CellKind.DAY, of=lambda row: day_cell(row.entry.day)),
        Column("until", _("Until day"), CellKind.DAY, of=lambda row: day_cell(row.entry.until)),
        Column("amount", amount, CellKind.COUNT, of=lambda row: row.entry.amount),
        Column("document", _("Document"), of=lambda row: row.entry.document, spare=2),
        Column("note", _("Remark"), of=lambda row: row.entry.note, spare=3),
    ]


def _persons() -> list[Column[EnteredUnit]]:
    return [Column("person", _("Person"), of=lambda row: row.entry.person)]


def _kind(kind: str | None) -> LabelledCode | None:
    return LabelledCode(kind, GiverKind(kind).label) if kind else None


def _sum_columns(book: str) -> list[Column[SummedUnits]]:
    of: Callable[[SummedUnits], LabelledCode | str | None] = (
        (lambda row: _kind(row.sum.of)) if book == CONTRIBUTION else (lambda row: row.sum.of)
    )
    heading = _("Kind of giver") if book == CONTRIBUTION else _({SPONSORSHIP: N_("Sponsor")}.get(book, N_("Block")))
    columns: list[Column[SummedUnits]] = [Column("of", heading, of=of)]
    if book == CONTRIBUTION:
        return [
            *columns,
            Column("entries", _("Gifts"), CellKind.COUNT, of=lambda row: row.sum.entered),
            Column("units", _("Number of units"), CellKind.COUNT, of=lambda row: len(row.sum.units)),
            Column("amount", _("Value (đồng)"), CellKind.COUNT, of=lambda row: row.sum.amount),
            Column("without_amount", _("Without a value"), CellKind.COUNT, of=lambda row: row.sum.untold or None),
        ]
    return [
        *columns,
        Column("units", _("Number of units"), CellKind.COUNT, of=lambda row: len(row.sum.units)),
        Column("named", _("Which units"), of=lambda row: few(list(row.titles), _MOST_NAMED)),
    ]


def _notes(book: str, rows: Sequence[EnteredUnit], name: str) -> list[str]:
    """How many entries of how many units; of contributions what they come to."""
    if not rows:
        return [_("The register “{book}” has no such entry: ntmtrack entry, ntmtrack import.").format(book=name)]
    units = len({row.unit.id for row in rows})
    entered = ngettext("{count} entry", "{count} entries", len(rows)).format(count=number(len(rows)))
    text = _("{entries}, {units}.").format(entries=entered, units=counted_units(units))
    if book != CONTRIBUTION:
        return [text]
    told = [row.entry.amount for row in rows if row.entry.amount is not None]
    total = _("In all {amount}.").format(amount=amount_words(sum(told)))
    untold = len(rows) - len(told)
    no_value = ngettext("{count} entry has no value.", "{count} entries have no value.", untold)
    without = no_value.format(count=number(untold)) if untold else ""
    return [" ".join(filter(None, (text, total, without)))]
