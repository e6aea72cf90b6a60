"""What plans of tables share whose rows tell something of a unit: the finder, what became of rows, the plan of that."""

from collections.abc import Callable, Sequence

from ntmtrack.ingest import Problem
from ntmtrack.ingest.columns import TableKind
from ntmtrack.ingest.doubts import Doubts
from ntmtrack.ingest.match_units import UnitMatcher
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.plan import Change, ImportPlan, ImportTerms, in_order
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.units import Register


class RowPlacement:
    """The rows of tables, each to be placed beside what is on record: what is new, changed, told already, wrong."""

    def __init__(self, connection: Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> None:
        self._connection, self._terms = connection, terms
        self._doubts = Doubts(terms.settled, refused=terms.refuse_near, sheets=[table.sheet for table in tables])
        titles = [title for table in tables for title in table.titles]
        self._register = Register(units.every_version(connection))
        self._finder = UnitMatcher(self._register, self._doubts, scope=terms.scope, titles=titles)
        self._problems: list[Problem] = []
        self._voids: list[int] = []
        self._new: list[Change] = []
        self._changed: list[Change] = []
        self._same: list[Change] = []
        self._over_edits: list[str] = []

    @property
    def _bad_rows(self) -> set[tuple[str, int]]:
        """The rows in which anything is wrong."""
        return {(problem.ref.sheet, problem.ref.row) for problem in self._problems}

    def _planned(self, what: TableKind, write: Callable[[Ledger], object]) -> ImportPlan:
        """The plan of what became of the rows, in their order."""
        return ImportPlan(
            what=what,
            write=write,
            new=in_order(self._new),
            changed=in_order(self._changed),
            same=in_order(self._same),
            problems=self._problems,
            remarks=self._finder.remarks,
            near=sorted(self._doubts.near.values(), key=lambda near: near.ref),
            doubts=sorted(self._doubts.open.values(), key=lambda doubt: doubt.ref),
            chosen=self._doubts.chosen,
            over_edits=self._over_edits,
        )
