"""What the recognitions of a table would do to the ledger: new, corrected, the same, or refused with the reason."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cache, partial

from ntmtrack.dates import first_day, last_day, show_day
from ntmtrack.decisions import GivenDecision, read_given
from ntmtrack.i18n import _, number
from ntmtrack.ingest import Problem, ProblemKind
from ntmtrack.ingest.columns import Field, TableKind
from ntmtrack.ingest.decisions import TableDecisions
from ntmtrack.ingest.doubts import Doubts
from ntmtrack.ingest.levels import level_name
from ntmtrack.ingest.match_units import UnitMatcher
from ntmtrack.ingest.merge import RecordedEdits
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.placement import RecognitionPlacement, row_of
from ntmtrack.ingest.plan import Change, ImportPlan, ImportTerms, in_order
from ntmtrack.ingest.read_published import PublishedDraft, read_published
from ntmtrack.ingest.read_recognitions import Defaults, read_drafts
from ntmtrack.ingest.resolve import RecognitionClaim, Resolver
from ntmtrack.ingest.title_areas import refuse_other_province, units_outside
from ntmtrack.ingest.unread import refuse_unread_units, told_by_title
from ntmtrack.model import Published, Recognition, Tier, Unit
from ntmtrack.rules import never_counts
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import recognitions, units
from ntmtrack.storage.queries.constituents import every_constituent
from ntmtrack.storage.queries.decision_homes import DecisionHomes
from ntmtrack.storage.queries.membership import rearranged_on
from ntmtrack.storage.queries.scopes import whose
from ntmtrack.storage.queries.units import Register


def plan_recognitions(connection: sqlite3.Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> ImportPlan:
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


def plan_published(connection: sqlite3.Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> ImportPlan:
    """Everything that the tables' figures would do; raises ScopeNeeded."""
    return _FigurePlacement(connection, terms).plan(tables)


class _FigurePlacement:
    """The figures of a table's rows, each placed among those on record and those of rows before it."""

    def __init__(self, connection: sqlite3.Connection, terms: ImportTerms) -> None:
        self._connection = connection
        self._terms = terms
        self._recorded: dict[int, dict[tuple[str, ...], tuple[int | None, Published]]] = {}
        self._new: list[Change] = []
        self._changed: list[Change] = []
        self._same: list[Change] = []
        self._problems: list[Problem] = []
        self._writes: dict[int, list[Published]] = defaultdict(list)
        self._voids: list[int] = []

    def plan(self, tables: Sequence[OfficeTable]) -> ImportPlan:
        """What the tables would do."""
        for table in tables:
            drafts, problems = read_published(table, self._terms.defaults.year)
            self._problems.extend(problems)
            for draft in drafts:
                self._place(draft)
        return ImportPlan(TableKind.PUBLISHED, self._write, self._new, self._changed, self._same, self._problems)

    def _write(self, ledger: Ledger) -> None:
        ledger.void("published_figure", self._voids)
        for scope, figures in self._writes.items():
            ledger.publish(figures, scope)

    def _on_record(self, scope: Unit) -> dict[tuple[str, ...], tuple[int | None, Published]]:
        """The figures of a scope on record and of earlier rows, by what they tell of."""
        if scope.id not in self._recorded:
            kept = recognitions.every_published_figure(self._connection, scope.id)
            self._recorded[scope.id] = {figure.key: (key, figure) for key, figure in kept}
        return self._recorded[scope.id]

    def _place(self, draft: PublishedDraft) -> None:
        if first_day(draft.as_of) > self._terms.today:
            self._refuse(draft, Field.AS_OF, ProblemKind.DAY, _("the day has not come yet"))
            return
        source = draft.source or self._terms.defaults.source or self._terms.file
        new = Published(draft.tier, draft.measure, draft.as_of, draft.value, draft.total, source, draft.confidence)
        scope = whose(self._connection, self._terms.scope, last_day(draft.as_of))
        recorded = self._on_record(scope)
        key, old = recorded.get(new.key, (None, None))
        if old and (old.value, old.total) == (new.value, new.total):
            self._same.append(_change(draft, scope, new))
            return
        if old and key is None:
            says = _("another row of this file gives {value} for the same").format(value=_value_text(old))
            self._refuse(draft, Field.VALUE, ProblemKind.TWICE, says)
            return
        recorded[new.key] = (None, new)
        self._writes[scope.id].append(new)
        if old and key is not None:
            self._voids.append(key)
            self._changed.append(_change(draft, scope, new, old))
        else:
            self._new.append(_change(draft, scope, new))

    def _refuse(self, draft: PublishedDraft, field: Field, kind: ProblemKind, says: str) -> None:
        ref = draft.refs.get(field) or draft.refs[Field.MEASURE]
        self._problems.append(Problem(kind, ref, says, _("correct the cell")))


def _change(draft: PublishedDraft, scope: Unit, new: Published, old: Published | None = None) -> Change:
    counted = {Tier.COMMUNE: _("communes"), Tier.DISTRICT: _("districts")}.get(new.tier, scope.title)
    measure, _dot, how = new.measure.partition(".")
    name = f"{level_name(measure)} ({how})" if how else level_name(measure)
    fact = f"{_value_text(new)}, {show_day(new.as_of)}"
    before = f"{_value_text(old)}, {show_day(old.as_of)}" if old else None
    return Change(f"{counted}, {name}", fact, before, draft.refs[Field.MEASURE])


def _value_text(figure: Published) -> str:
    value = number(Decimal(figure.value)) if figure.value.replace(".", "", 1).isdigit() else figure.value
    return f"{value}/{number(figure.total)}" if figure.total else value
