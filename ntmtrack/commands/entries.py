"""`entry` as a list: the entries of a register with what they come to; how many each register has."""

import sqlite3
from datetime import date
from typing import NamedTuple

from ntmtrack.emulation.entries import find_book, is_of_year, sums
from ntmtrack.emulation.registers import REGISTERS
from ntmtrack.reports import Report
from ntmtrack.reports.entries import EnteredUnit, SummedUnits, books_report, entries_report
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.emulation import entries
from ntmtrack.storage.queries.scopes import find_scope
from ntmtrack.storage.queries.units import standing_on


class EntrySearch(NamedTuple):
    """Which entries are asked for: of a register as typed, of a year, within a unit."""

    book: str
    year: int | None = None
    scope: str | None = None


def list_books(connection: sqlite3.Connection) -> Report:
    """How many entries each register has."""
    every = entries(connection)
    return books_report([(book, sum(one.book == book for one in every)) for book in REGISTERS])


def list_entries(connection: sqlite3.Connection, search: EntrySearch, today: date) -> Report:
    """The entries of a register, the earliest first, and their sums.

    Raises UnknownWord, and what finding the scope raises.
    """
    book = find_book(search.book)
    on = min(date(search.year, 12, 31), today) if search.year else today
    scope = find_scope(connection, search.scope, standing_on(on)) if search.scope else None
    inside = units.inside(connection, scope.id) if scope else None
    chosen = [
        one
        for one in entries(connection, book)
        if (search.year is None or is_of_year(one, search.year)) and (inside is None or one.unit_id in inside)
    ]
    known = units.Register(units.every_version(connection)) if chosen else None
    rows = []
    titles: dict[int, str] = {}
    for one in chosen:
        assert known
        versions = known.versions(one.unit_id)
        unit = next((version for version in reversed(versions) if (version.since or "") <= one.day), versions[0])
        rows.append(EnteredUnit(unit, one))
        titles[one.unit_id] = unit.title
    summed = [SummedUnits(each, [titles[key] for key in each.units]) for each in sums(book, chosen)]
    return entries_report(book, rows, summed, search.year, scope.title if scope else None)
