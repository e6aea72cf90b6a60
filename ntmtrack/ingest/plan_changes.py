"""What a table of changes would do to the units of the ledger: each new unit with what goes into it, checked whole."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ntmtrack.errors import AmbiguousUnit, NtmError, UnknownUnit
from ntmtrack.i18n import _
from ntmtrack.ingest import Problem, ProblemKind
from ntmtrack.ingest.areas import refusal_problem
from ntmtrack.ingest.codes import with_zeros
from ntmtrack.ingest.columns import TableKind
from ntmtrack.ingest.parents import RowRefused, row_refused, row_refused_by
from ntmtrack.ingest.plan import Change, ImportPlan, ImportTerms, in_order
from ntmtrack.ingest.read_changes import ChangeDraft, parted, read_change_drafts, with_extent
from ntmtrack.ingest.table import OfficeTable
from ntmtrack.mergers import (
    ABOVE,
    ToldUnit,
    UnitHistory,
    day_before,
    new_unit,
    refuse_later,
    refuse_taken,
    stands_on,
)
from ntmtrack.model import Tier, Unit
from ntmtrack.rules import check_days
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.recognitions import recognitions_by_unit
from ntmtrack.storage.queries.units import Register
from ntmtrack.text import letters
from ntmtrack.units import known_kind, split_kind
from ntmtrack.units.finder import MatchTerms, find
from ntmtrack.units.rearrangement import Merger, Part, Rearrangement, UnitRef, compose

_Key = tuple[str, str, str, str]  # of a new unit: day, code, name, where it lies
_Found = tuple[ChangeDraft, Unit]


def plan_changes(connection: sqlite3.Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> ImportPlan:
    """Everything that the tables' changes would do together."""
    return _ChangePlacement(connection, terms).plan(tables)


class _ChangePlacement:
    """The changes of a table's rows: old units found, put together by new unit, held against all units known."""

    def __init__(self, connection: sqlite3.Connection, terms: ImportTerms) -> None:
        every = units.every_version(connection)
        self._register = Register(every)
        self._history = UnitHistory(every, units.successions(connection))
        self._recognitions = recognitions_by_unit(connection)
        self._terms = terms
        self._problems: list[Problem] = []
        self._new: list[Change] = []

    def plan(self, tables: Sequence[OfficeTable]) -> ImportPlan:
        """What the tables would do."""
        found: list[_Found] = []
        for table in tables:
            drafts, problems = read_change_drafts(table)
            self._problems += problems
            for draft in drafts:
                found += self._kept(self._found(draft))
        found = self._consistent(found)
        by_day: dict[str, dict[_Key, list[_Found]]] = defaultdict(lambda: defaultdict(list))
        for draft, unit in found:
            assert draft.day
            by_day[draft.day.value][_key(draft)].append((draft, unit))
        changes = [change for day, of_day in sorted(by_day.items()) if (change := self._composed(day, of_day))]
        return ImportPlan(
            what=TableKind.CHANGES,
            write=lambda ledger: ledger.rearrange_all(changes),
            new=in_order(self._new),
            changed=(),
            same=(),
            problems=self._problems,
        )

    def _kept(self, found: Iterator[_Found]) -> list[_Found]:
        """What is found of a row: all of it, or nothing and a problem."""
        try:
            return list(found)
        except RowRefused as refused:
            self._problems.append(refused.args[0])
            return []

    # One row by itself ---------------------------------------------------------------------------------------------

    def _found(self, draft: ChangeDraft) -> Iterator[_Found]:
        if draft.day is None:
            says, fix = _("the day from which it holds is not told"), _("add a column “Ngày hiệu lực”")
            raise row_refused(ProblemKind.DAY, draft.old.ref, says, fix)
        if draft.new is None:
            says, fix = _("the new unit is not named"), _("write the new unit in each row")
            raise row_refused(ProblemKind.UNIT, draft.old.ref, says, fix)
        try:
            check_days([draft.day.value], self._terms.today)
        except NtmError as wrong:
            raise row_refused_by(ProblemKind.DAY, draft.day.ref, wrong) from wrong
        single = with_extent(draft)
        try:
            yield single, self._old(single)
        except UnknownUnit as unknown:
            several = list(parted(draft))
            if len(several) < 2:
                raise row_refused_by(ProblemKind.UNIT, draft.old.ref, unknown) from unknown
            for each in several:
                try:
                    yield each, self._old(each)
                except NtmError as wrong:
                    raise RowRefused(refusal_problem(ProblemKind.UNIT, draft.old.ref, wrong)) from wrong
        except AmbiguousUnit as wrong:
            raise RowRefused(refusal_problem(ProblemKind.UNIT, draft.old.ref, wrong)) from wrong
        except NtmError as wrong:
            raise row_refused_by(ProblemKind.UNIT, draft.old.ref, wrong) from wrong

    def _old(self, draft: ChangeDraft) -> Unit:
        """The old unit as it stood on the day before; raises what `find` and `UnitHistory.before` do."""
        assert draft.day
        day = draft.day.value
        typed = ", ".join((draft.old.value, *draft.places))
        if draft.old_code and not draft.is_listed:
            typed = with_zeros(draft.old_code.value, Tier.COMMUNE)
        match = find(self._register, typed, MatchTerms(across=True, stands=stands_on(day_before(day))))
        return self._history.before(match.unit.id, day)

    # All rows together ---------------------------------------------------------------------------------------------

    def _consistent(self, found: Sequence[_Found]) -> list[_Found]:
        """The rows but those that tell a unit whole twice, or whole and in part; and rows in a circle."""
        told = Counter((unit.id, draft.day.value if draft.day else "") for draft, unit in found)
        wholes = {(unit.id, draft.day.value if draft.day else "") for draft, unit in found if draft.extent == "whole"}
        fitting = []
        for draft, unit in found:
            key = (unit.id, draft.day.value if draft.day else "")
            if key in wholes and told[key] > 1:
                says = _("{unit} goes whole into one unit, and stands in another row too").format(unit=unit.full_title)
                fix = _("keep one row, or write “một phần” in each")
                self._problems.append(Problem(ProblemKind.TWICE, draft.old.ref, says, fix))
                continue
            fitting.append((draft, unit))
        return [pair for pair in fitting if not self._is_in_circle(pair, fitting)]

    def _is_in_circle(self, pair: _Found, found: Sequence[_Found]) -> bool:
        """Whether a unit would become, step by step, what it was itself."""
        becomes = {
            letters(unit.title): letters(_title(draft, unit)) for draft, unit in found if draft.extent == "whole"
        }
        draft, unit = pair
        start = letters(unit.title)
        step, seen = becomes.get(start), set()
        while step is not None and step not in seen and step != start:
            seen.add(step)
            step = becomes.get(step)
        if step != start or becomes.get(start) == start:
            return False
        says = _("{unit} would become itself again by the rows of this table").format(unit=unit.full_title)
        self._problems.append(Problem(ProblemKind.RULE, draft.old.ref, says, _("correct the old or the new unit")))
        return True

    def _composed(self, day: str, of_day: Mapping[_Key, Sequence[_Found]]) -> Rearrangement | None:
        """What the rows of one day change together; None where a new unit cannot be."""
        mergers, before = [], len(self._problems)
        for several in of_day.values():
            try:
                mergers.append(self._merger(several, day))
            except RowRefused as refused:
                self._problems.append(refused.args[0])
        change = compose(mergers)
        for merger, several in zip(mergers, of_day.values(), strict=False):
            draft = several[0][0]
            ref = draft.new.ref if draft.new else draft.old.ref
            try:
                refuse_taken(self._history, [merger], change)
            except NtmError as wrong:
                self._problems.append(refusal_problem(ProblemKind.UNIT, ref, wrong))
        if len(self._problems) > before:
            return None
        try:
            refuse_later(self._history, self._recognitions, change.ends)
            change = self._history.with_children(change, [merger.new for merger in mergers], day)
        except NtmError as wrong:
            first = next(iter(of_day.values()))[0][0]
            self._problems.append(refusal_problem(ProblemKind.RULE, first.old.ref, wrong))
            return None
        self._tell(of_day, mergers)
        return change

    def _merger(self, several: Sequence[_Found], day: str) -> Merger:
        draft = several[0][0]
        assert draft.new
        olds = [unit for _draft, unit in several]
        ref = draft.new.ref
        kind, name = split_kind(draft.new.value)
        try:
            kind = known_kind(draft.new_kind.value) if draft.new_kind else kind
            above = self._history.above(olds, self._parent(draft, olds), day)
            code = with_zeros(draft.new_code.value, olds[0].tier) if draft.new_code else None
            new = new_unit(ToldUnit(name, kind, code, draft.resolution), olds, above, day)
        except NtmError as wrong:
            raise RowRefused(refusal_problem(ProblemKind.UNIT, ref, wrong)) from wrong
        parts = [
            Part(UnitRef(unit.id), unit.tier, each.extent, None, each.resolution or draft.resolution)
            for each, unit in several
        ]
        return Merger(new, UnitRef(above.id if above else None), parts)

    def _parent(self, draft: ChangeDraft, olds: Sequence[Unit]) -> Unit | None:
        if draft.new_parent is None:
            return None
        assert draft.day
        tiers = ABOVE.get(olds[0].tier, ())
        terms = MatchTerms(only=lambda unit: unit.tier in tiers, across=True, stands=stands_on(draft.day.value))
        return find(self._register, draft.new_parent.value, terms).unit

    def _tell(self, of_day: Mapping[_Key, Sequence[_Found]], mergers: Sequence[Merger]) -> None:
        part = _("part of {unit}")
        for merger, several in zip(mergers, of_day.values(), strict=True):
            made_of = [
                unit.title if draft.extent == "whole" else part.format(unit=unit.title) for draft, unit in several
            ]
            draft = several[0][0]
            ref = draft.new.ref if draft.new else draft.old.ref
            self._new.append(Change(merger.new.title, "← " + ", ".join(made_of), None, ref, merger.new.kind))


def _key(draft: ChangeDraft) -> _Key:
    assert draft.day
    assert draft.new
    return (
        draft.day.value,
        draft.new_code.value if draft.new_code else "",
        letters(draft.new.value),
        letters(draft.new_parent.value) if draft.new_parent else ", ".join(draft.places),
    )


def _title(draft: ChangeDraft, unit: Unit) -> str:
    """What the new unit of a row is called, of the old one's kind where it tells none."""
    assert draft.new
    kind, name = split_kind(draft.new.value)
    return f"{kind or unit.kind} {name}"
