"""What a table of changes would do to the units of the ledger: each new unit with what goes into it, checked whole."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ntmtrack.dates import day_before
from ntmtrack.errors import AmbiguousUnit, NtmError, UnknownUnit
from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.areas import refusal_problem
from ntmtrack.ingest.codes import with_zeros
from ntmtrack.ingest.columns import TableKind
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.parents import RowRefused, row_refused, row_refused_by
from ntmtrack.ingest.plan import Change, ImportPlan, ImportTerms, in_order
from ntmtrack.ingest.read_changes import ChangeDraft, parted, read_change_drafts, with_extent
from ntmtrack.mergers import (
    ABOVE,
    ToldUnit,
    UnitHistory,
    new_unit,
    refuse_later,
    refuse_taken,
    stands_on,
    told_later,
    told_name,
)
from ntmtrack.model import Tier, Unit
from ntmtrack.rules import check_days
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.recognitions import recognitions_by_unit
from ntmtrack.storage.queries.units import Register
from ntmtrack.text import letters, nearest
from ntmtrack.units import known_kind
from ntmtrack.units.finder import MatchTerms, find
from ntmtrack.units.rearrangement import Merger, Part, Rearrangement, UnitRef, compose, is_same_unit

_Key = tuple[str, str, str]  # of a new unit: day, name, where it lies
_Found = tuple[ChangeDraft, Unit | None]  # a unit is None where the ledger holds none so called


class _Group(NamedTuple):
    """The rows of one new unit, and what they make of it."""

    rows: Sequence[_Found]
    merger: Merger

    @property
    def ref(self) -> CellRef:
        """Where the new unit stands."""
        draft = self.rows[0][0]
        return draft.new.ref if draft.new else draft.old.ref


def plan_changes(connection: Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> ImportPlan:
    """Everything that the tables' changes would do together."""
    return _ChangePlacement(connection, terms).plan(tables)


class _ChangePlacement:
    """The changes of a table's rows: old units found, put together by new unit, held against all units known."""

    def __init__(self, connection: Connection, terms: ImportTerms) -> None:
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
        by_key: dict[_Key, list[_Found]] = defaultdict(list)
        for draft, unit in self._consistent(found):
            by_key[_key(draft)].append((draft, unit))
        changes = [change for rows in by_key.values() if (change := self._told_later(rows))]
        by_day: dict[str, list[Sequence[_Found]]] = defaultdict(list)
        for (day, *_rest), rows in by_key.items():
            if any(unit is not None for _draft, unit in rows):
                by_day[day].append(rows)
        changes += [change for day, groups in sorted(by_day.items()) if (change := self._composed(day, groups))]
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
        single, several = with_extent(draft), list(parted(draft))
        try:
            unit = self._old(single)
        except RowRefused:
            if len(several) < 2:
                raise
            unit = None
        if unit or len(several) < 2:
            yield single, unit
            return
        for each in several:
            yield each, self._old(each)

    def _old(self, draft: ChangeDraft) -> Unit | None:
        """The old unit as it stood on the day before; None where none is so called. Raises RowRefused."""
        assert draft.day
        day = draft.day.value
        typed = ", ".join((draft.old.value, *draft.places))
        if draft.old_code and not draft.is_listed:
            typed = with_zeros(draft.old_code.value, Tier.COMMUNE)
        try:
            match = find(self._register, typed, MatchTerms(across=True, stands=stands_on(day_before(day))))
            return self._history.before(match.unit.id, day)
        except AmbiguousUnit as wrong:
            raise RowRefused(refusal_problem(ProblemKind.UNIT, draft.old.ref, wrong)) from wrong
        except UnknownUnit as unknown:
            if type(unknown) is UnknownUnit:
                return None
            raise row_refused_by(ProblemKind.UNIT, draft.old.ref, unknown) from unknown
        except NtmError as wrong:
            raise row_refused_by(ProblemKind.UNIT, draft.old.ref, wrong) from wrong

    def _told_later(self, rows: Sequence[_Found]) -> Rearrangement | None:
        """What the unit of these rows was made of, where the ledger holds only that; problems where it cannot be."""
        if all(unit is not None for _draft, unit in rows):
            return None
        draft = rows[0][0]
        assert draft.day
        assert draft.new
        try:
            kind, name = told_name(draft.new.value, Tier.COMMUNE)
            told = ToldUnit(name, known_kind(draft.new_kind.value) if draft.new_kind else kind, None, draft.resolution)
            formers = [each.old.value for each, unit in rows if unit is None]
            later = (
                told_later(self._history, self._recognitions, formers, told, draft.day.value)
                if len(formers) == len(rows)
                else None
            )
        except NtmError as wrong:
            self._problems.append(refusal_problem(ProblemKind.UNIT, draft.new.ref, wrong))
            return None
        if later is None:
            self._say_unknown(rows)
            return None
        target, change = later
        made_of = ", ".join(versions[0][0].title for versions in change.begins)
        self._new.append(Change(target.full_title, f"← {made_of}", None, draft.new.ref, target.kind))
        return change

    def _say_unknown(self, rows: Sequence[_Found]) -> None:
        for draft, unit in rows:
            if unit is None:
                near = nearest(draft.old.value, self._register.names(()))
                unknown = UnknownUnit(name=draft.old.value, near=near)
                self._problems.append(refusal_problem(ProblemKind.UNIT, draft.old.ref, unknown))

    # All rows together ---------------------------------------------------------------------------------------------

    def _consistent(self, found: Sequence[_Found]) -> list[_Found]:
        """The rows but those that tell a unit whole and stand beside another row of it; and rows in a circle."""
        told = Counter(unit.id for _draft, unit in found if unit)
        wholes = {unit.id for draft, unit in found if unit and draft.extent == "whole"}
        fitting: list[_Found] = []
        for draft, unit in found:
            if unit and unit.id in wholes and told[unit.id] > 1:
                says = _("{unit} goes whole into one unit, and stands in another row too").format(unit=unit.full_title)
                fix = _("keep one row, or write “một phần” in each")
                self._problems.append(Problem(ProblemKind.TWICE, draft.old.ref, says, fix))
                continue
            fitting.append((draft, unit))
        return [pair for pair in fitting if not self._is_in_circle(pair, fitting)]

    def _is_in_circle(self, pair: _Found, found: Sequence[_Found]) -> bool:
        """Whether a unit would become, step by step, what it was itself."""
        becomes = {
            (letters(unit.title), unit.parent_id): (letters(_title(draft, unit)), self._place(draft, unit))
            for draft, unit in found
            if unit and draft.extent == "whole"
        }
        draft, unit = pair
        if unit is None:
            return False
        start = (letters(unit.title), unit.parent_id)
        step, seen = becomes.get(start), set()
        while step is not None and step not in seen and step != start:
            seen.add(step)
            step = becomes.get(step)
        if step != start or becomes.get(start) == start:
            return False
        says = _("{unit} would become itself again by the rows of this table").format(unit=unit.full_title)
        self._problems.append(Problem(ProblemKind.RULE, draft.old.ref, says, _("correct the old or the new unit")))
        return True

    def _place(self, draft: ChangeDraft, unit: Unit) -> int | None:
        """The unit that the new one of a row lies in, that of the old one where none is told."""
        try:
            told = self._parent(draft, [unit])
        except NtmError:
            return None  # told with the new unit
        return told.id if told else unit.parent_id

    def _composed(self, day: str, of_day: Sequence[Sequence[_Found]]) -> Rearrangement | None:
        """What the rows of one day change together, those left out of which the new unit cannot be."""
        groups = [group for rows in of_day if (group := self._group(rows, day))]
        change = compose([group.merger for group in groups])
        fitting = [group for group in groups if self._fits(group, change, groups)]
        change = compose([group.merger for group in fitting])
        try:
            self._history.refuse_earlier_end(change.ends)
            refuse_later(self._history, self._recognitions, change)
            change = self._history.with_children(change, [group.merger.new for group in fitting], day)
        except NtmError as wrong:
            self._problems.append(refusal_problem(ProblemKind.RULE, fitting[0].ref, wrong))
            return None
        self._tell(fitting)
        return None if change.is_empty else change

    def _group(self, rows: Sequence[_Found], day: str) -> _Group | None:
        known = [(draft, unit) for draft, unit in rows if unit]
        if len(known) < len(rows):  # told with the row that names none
            return None
        try:
            return _Group(rows, self._merger(known, day))
        except RowRefused as refused:
            self._problems.append(refused.args[0])
            return None

    def _fits(self, group: _Group, change: Rearrangement, groups: Sequence[_Group]) -> bool:
        """Whether the new unit of a group takes no other's name or code; a problem where it does."""
        try:
            refuse_taken(self._history, group.merger, change, [other.merger for other in groups])
        except NtmError as wrong:
            self._problems.append(refusal_problem(ProblemKind.UNIT, group.ref, wrong))
            return False
        return True

    def _merger(self, several: Sequence[tuple[ChangeDraft, Unit]], day: str) -> Merger:
        draft = several[0][0]
        assert draft.new
        olds = [unit for _draft, unit in several]
        ref = draft.new.ref
        kind, name = told_name(draft.new.value, olds[0].tier)
        parts = [
            Part(UnitRef(unit.id), unit.tier, each.extent, None, each.resolution or draft.resolution)
            for each, unit in several
        ]
        try:
            kind = known_kind(draft.new_kind.value) if draft.new_kind else kind
            above = self._history.above(olds, self._parent(draft, olds), day)
            code = with_zeros(draft.new_code.value, olds[0].tier) if draft.new_code else None
            if code is None and is_same_unit(parts, olds[0].tier):
                code = olds[0].code
            new = new_unit(ToldUnit(name, kind, code, draft.resolution), olds, above, day)
        except NtmError as wrong:
            raise RowRefused(refusal_problem(ProblemKind.UNIT, ref, wrong)) from wrong
        return Merger(new, UnitRef(above.id if above else None), parts)

    def _parent(self, draft: ChangeDraft, olds: Sequence[Unit]) -> Unit | None:
        if draft.new_parent is None:
            return None
        assert draft.day
        tiers = ABOVE.get(olds[0].tier, ())
        terms = MatchTerms(only=lambda unit: unit.tier in tiers, across=True, stands=stands_on(draft.day.value))
        return find(self._register, draft.new_parent.value, terms).unit

    def _tell(self, groups: Sequence[_Group]) -> None:
        part = _("part of {unit}")
        for group in groups:
            made_of = [
                unit.title if draft.extent == "whole" else part.format(unit=unit.title)
                for draft, unit in group.rows
                if unit
            ]
            new = group.merger.new
            self._new.append(Change(new.title, "← " + ", ".join(made_of), None, group.ref, new.kind))


def _key(draft: ChangeDraft) -> _Key:
    assert draft.day
    assert draft.new
    return (
        draft.day.value,
        letters(draft.new.value),
        letters(draft.new_parent.value) if draft.new_parent else ", ".join(draft.places),
    )


def _title(draft: ChangeDraft, unit: Unit) -> str:
    """What the new unit of a row is called, of the old one's kind where it tells none."""
    assert draft.new
    kind, name = told_name(draft.new.value, unit.tier)
    return f"{kind or unit.kind} {name}"
