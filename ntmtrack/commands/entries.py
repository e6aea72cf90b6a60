"""`entry` as a list: the entries of a register with what they come to; how many each register has."""

from datetime import date
from typing import NamedTuple

from ntmtrack.emulation.entries import find_book, is_of_year
from ntmtrack.emulation.registers import REGISTERS, Entry
from ntmtrack.emulation.sums import sums
from ntmtrack.reports import Report
from ntmtrack.reports.entries import EnteredUnit, EntriesShown, SummedUnits, books_report, entries_report
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.emulation import entries
from ntmtrack.storage.queries.scopes import find_scope
from ntmtrack.storage.queries.units import standing_on


class EntrySearch(NamedTuple):
    """Which entries are asked for: of a register as typed, of a year, within a unit; whether persons are named."""

    book: str | None = None
    year: int | None = None
    scope: str | None = None
    shows_persons: bool = False


class _Found(NamedTuple):
    """The entries asked for, every unit by its versions, and the title of the scope."""

    entries: list[Entry]
    register: units.Register
    scope: str | None


def list_books(connection: Connection, search: EntrySearch, today: date) -> Report:
    """How many entries each register has, of what is asked for; raises what finding the scope raises."""
    found = _found(connection, search, today)
    counts = [(book, sum(one.book == book for one in found.entries)) for book in REGISTERS]
    return books_report(counts, search.year, found.scope)


def _found(connection: Connection, search: EntrySearch, today: date) -> _Found:
    """The entries of the year and within the scope; of a unit that has ended what lasts ends with it."""
    on = min(date(search.year, 12, 31), today) if search.year else today
    scope = find_scope(connection, search.scope, standing_on(on)) if search.scope else None
    inside = units.inside(connection, scope.id) if scope else None
    every = entries(connection, find_book(search.book) if search.book else None)
    register = units.Register(units.every_version(connection) if every else [])
    chosen = [
        one
        for one in every
        if (inside is None or one.unit_id in inside)
        and (search.year is None or is_of_year(one, search.year, register.versions(one.unit_id)[-1].until))
    ]
    return _Found(chosen, register, scope.title if scope else None)


def list_entries(connection: Connection, search: EntrySearch, today: date) -> Report:
    """The entries of a register, the earliest first, and their sums.

    Raises UnknownWord, and what finding the scope raises.
    """
    assert search.book
    book = find_book(search.book)
    found = _found(connection, search, today)
    rows = []
    titles: dict[int, str] = {}
    for one in found.entries:
        versions = found.register.versions(one.unit_id)
        unit = next((version for version in reversed(versions) if (version.since or "") <= one.day), versions[0])
        rows.append(EnteredUnit(unit, one))
        titles[one.unit_id] = unit.title
    summed = [SummedUnits(each, [titles[key] for key in each.units]) for each in sums(book, found.entries)]
    return entries_report(book, rows, summed, EntriesShown(search.year, found.scope, search.shows_persons))
