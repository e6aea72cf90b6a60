"""What the recognitions of a table would do to the ledger: new, corrected, the same, or refused with the reason."""

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial

from ntmtrack.decisions import GivenDecision, read_given
from ntmtrack.ingest.columns import What
from ntmtrack.ingest.decisions import DecisionsTold
from ntmtrack.ingest.match_units import Finder
from ntmtrack.ingest.merge import EditsUndone
from ntmtrack.ingest.options import ImportPlan, Terms, in_order
from ntmtrack.ingest.placement import Placement, row_of
from ntmtrack.ingest.problems import Problem
from ntmtrack.ingest.read_recognitions import Defaults, read_drafts
from ntmtrack.ingest.resolve import Claim, Resolver
from ntmtrack.ingest.table import Table
from ntmtrack.ingest.titles import outside, refuse_other_province
from ntmtrack.ingest.unread import refuse_unread_units
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import recognitions, units
from ntmtrack.storage.queries.units import Register


def plan_recognitions(connection: sqlite3.Connection, tables: Sequence[Table], terms: Terms) -> ImportPlan:
    """Everything that the tables' recognitions would do; raises UnitsUnread, TitleOfOtherProvince."""
    refuse_other_province(connection, tables, terms)
    register = Register(units.every_version(connection))
    refuse_unread_units(register, tables, terms.file)
    titles = [title for table in tables for title in table.titles]
    finder = Finder(register, refuse_near=terms.refuse_near, scope=terms.scope, titles=titles)
    held = recognitions.by_unit(connection)
    resolver = Resolver(finder, held, recognitions.every_decision(connection), terms)
    readings = [read_drafts(table, _read(terms.defaults)) for table in tables]
    claims = resolver.resolve(readings)
    placed = _placed(claims, resolver.problems, partial(Placement, held, EditsUndone(connection), terms.file))
    bad = {row_of(problem.spot) for problem in resolver.problems}
    return ImportPlan(
        what=What.RECOGNITIONS,
        write=partial(_write, placed, resolver.decisions),
        new=in_order(placed.new),
        changed=in_order(placed.changed),
        same=in_order([*placed.same, *(change for change in resolver.again if row_of(change.spot) not in bad)]),
        problems=resolver.problems,
        remarks=[
            *finder.remarks,
            *resolver.decisions.remarks,
            *placed.remarks,
            *(text for table in tables for text in outside(register, table.titles, placed.written(table.sheet.name))),
        ],
        near=sorted(finder.near.values(), key=lambda near: near.spot),
        silent=[naming.spot for reading in readings for naming in reading.without],
        revoked=placed.revoked,
        over_edits=placed.over_edits,
    )


def _read(given: Defaults) -> Defaults:
    """What was given for all rows, number, day and issuer of the decision parted; raises as `record` does."""
    if given.number is None:
        return given
    decision = read_given(GivenDecision(given.number, given.signed_on, given.issuer))
    assert decision is not None
    return given._replace(number=decision.number, signed_on=decision.signed_on, issuer=decision.issuer)


def _placed(claims: Sequence[Claim], problems: list[Problem], empty: Callable[[], Placement]) -> Placement:
    """Every claim of the rows that are right throughout, placed: a row with a fault is left out whole.

    What is found wrong on the way is added to `problems`.
    """
    ordered = sorted(claims, key=lambda claim: (claim.unit.id, claim.told.since(), claim.level.rank))
    bad: set[tuple[str, int]] = set()
    while True:
        placed = empty()
        for claim in ordered:
            if row_of(claim.draft.naming.spot) not in bad:
                placed.place(claim)
        problems += placed.problems
        found = {row_of(problem.spot) for problem in problems}
        if found <= bad:
            return placed
        bad |= found


def _write(placed: Placement, decisions: DecisionsTold, ledger: Ledger) -> None:
    """Writes what was placed in the ledger's open action."""
    placed.write(ledger)
    decisions.put_right(ledger, placed.decisions)
