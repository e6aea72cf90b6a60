"""What the recognitions of a table would do to the ledger: new, corrected, the same, or refused with the reason."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

from ntmtrack.decisions import GivenDecision, read_given
from ntmtrack.ingest import Problem
from ntmtrack.ingest.columns import TableKind
from ntmtrack.ingest.decisions import TableDecisions
from ntmtrack.ingest.doubts import Doubts
from ntmtrack.ingest.match_units import UnitMatcher
from ntmtrack.ingest.merge import RecordedEdits
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.placement import RecognitionPlacement, row_of
from ntmtrack.ingest.plan import ImportPlan, ImportTerms, in_order
from ntmtrack.ingest.read_recognitions import Defaults, read_drafts
from ntmtrack.ingest.resolve import RecognitionClaim, Resolver
from ntmtrack.ingest.title_areas import refuse_other_province, units_outside
from ntmtrack.ingest.unread import refuse_unread_units, told_by_title
from ntmtrack.model import Recognition, Unit
from ntmtrack.rules import never_counts
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import recognitions, units
from ntmtrack.storage.queries.constituents import every_constituent
from ntmtrack.storage.queries.decision_homes import DecisionHomes
from ntmtrack.storage.queries.membership import rearranged_on
from ntmtrack.storage.queries.units import Register


def plan_recognitions(connection: Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> ImportPlan:
    """Everything that the tables' recognitions would do; raises UnitsUnread, TitleOfOtherProvince."""
    refuse_other_province(connection, tables, terms)
    register = Register(units.every_version(connection))
    refuse_unread_units(register, tables, terms.file)
    titles = [title for table in tables for title in table.titles]
    doubts = Doubts(terms.settled, refused=terms.refuse_near, sheets=[table.sheet for table in tables])
    finder = UnitMatcher(register, doubts, scope=terms.scope, titles=titles)
    recorded = recognitions.recognitions_by_unit(connection)
    homes = DecisionHomes(connection) if units.is_of_several(connection) else None
    decisions = TableDecisions(recorded, recognitions.every_decision(connection), homes)
    constituents = cache(partial(every_constituent, connection))  # read once a row tells of an acknowledgement
    resolver = Resolver(finder, recorded, decisions, terms, constituents)
    given = _with_decision(terms.defaults)
    readings = [read_drafts(table, told_by_title(table, given) if terms.by_title else given) for table in tables]
    claims = resolver.resolve(readings)
    parted_on = cache(partial(rearranged_on, connection, None))

    def odd(unit: Unit, new: Recognition) -> list[str]:
        return never_counts(register.versions(unit.id), new, parted_on)

    edits = RecordedEdits(connection)
    placed = _place_all(
        claims, resolver.problems, partial(RecognitionPlacement, recorded, edits, terms.file, constituents, odd)
    )
    bad = {row_of(problem.ref) for problem in resolver.problems}
    return ImportPlan(
        what=TableKind.RECOGNITIONS,
        write=partial(_write, placed, resolver.decisions),
        new=in_order(placed.new),
        changed=in_order(placed.changed),
        same=in_order([*placed.same, *(change for change in resolver.again if row_of(change.ref) not in bad)]),
        problems=resolver.problems,
        remarks=[
            *finder.remarks,
            *resolver.decisions.remarks,
            *placed.remarks,
            *_of_other_districts(register, tables, placed),
        ],
        near=sorted(doubts.near.values(), key=lambda near: near.ref),
        doubts=sorted(doubts.open.values(), key=lambda doubt: doubt.ref),
        chosen=doubts.chosen,
        silent=[naming.ref for reading in readings for naming in reading.without],
        revoked=placed.revoked,
        over_edits=placed.over_edits,
    )


def _of_other_districts(
    register: Register, tables: Sequence[OfficeTable], placed: RecognitionPlacement
) -> Iterator[str]:
    """A remark on what is written of units outside the district of a table's title."""
    for table in tables:
        yield from units_outside(register, table.titles, placed.written(table.sheet.name))


def _with_decision(given: Defaults) -> Defaults:
    """What was given for all rows, number, day and issuer of the decision parted; raises as `record` does."""
    if given.number is None:
        return given
    decision = read_given(GivenDecision(given.number, given.signed_on, given.issuer))
    assert decision is not None
    return given._replace(number=decision.number, signed_on=decision.signed_on, issuer=decision.issuer)


def _place_all(
    claims: Sequence[RecognitionClaim], problems: list[Problem], empty: Callable[[], RecognitionPlacement]
) -> RecognitionPlacement:
    """Every claim of the rows that are right throughout, placed: a row with a fault is left out whole.

    What is found wrong on the way is added to `problems`.
    """
    ordered = sorted(claims, key=lambda claim: (claim.unit.id, claim.recognition.since(), claim.level.rank))
    bad: set[tuple[str, int]] = set()
    while True:
        placed = empty()
        for claim in ordered:
            if row_of(claim.draft.naming.ref) not in bad:
                placed.place(claim)
        problems += placed.problems
        faulty = {row_of(problem.ref) for problem in problems}
        if faulty <= bad:
            return placed
        bad |= faulty


def _write(placed: RecognitionPlacement, decisions: TableDecisions, ledger: Ledger) -> None:
    """Writes what was placed in the ledger's open action."""
    placed.write(ledger)
    decisions.put_right(ledger, placed.decisions)
