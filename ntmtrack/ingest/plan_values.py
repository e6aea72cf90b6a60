"""What the values of a table would do to the ledger: new, corrected, the same, or refused with the reason."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from ntmtrack.dates import first_day, year_end
from ntmtrack.errors import NtmError, UnitNotAlive
from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.areas import refusal_problem
from ntmtrack.ingest.columns import Field, TableKind
from ntmtrack.ingest.doubts import Doubts
from ntmtrack.ingest.match_units import UnitMatcher
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.plan import Change, ImportPlan, ImportTerms, in_order
from ntmtrack.ingest.read_values import ValueDraft, read_values
from ntmtrack.ingest.row_kinds import is_of_province
from ntmtrack.ingest.title_areas import refuse_other_province
from ntmtrack.measures import measure_label, number_kept, value_words
from ntmtrack.measures.kept import Measurement, check_validity, check_value_year, filled
from ntmtrack.model import Decision, Tier, Unit
from ntmtrack.rules import check_alive
from ntmtrack.storage.decisions import find_decision
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.criteria import corrected_measurements, measurement_row, measurements
from ntmtrack.storage.queries.recognitions import every_decision
from ntmtrack.storage.queries.scopes import find_scope
from ntmtrack.storage.queries.units import Register, standing_on
from ntmtrack.text import letters
from ntmtrack.units.finder import MatchTerms

_Key = tuple[int, str, int, str]


def plan_values(connection: Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> ImportPlan:
    """Everything that the tables' values would do.

    Raises TitleOfOtherProvince, UnitOfValuesNeeded, YearOfValuesNeeded.
    """
    refuse_other_province(connection, tables, terms)
    resolver = _ValueResolver(connection, tables, terms)
    for table in tables:
        drafts, problems = read_values(table, terms.defaults)
        resolver.problems += problems
        for draft in drafts:
            resolver.resolve(draft)
    placed = _place_all(connection, resolver)
    return ImportPlan(
        what=TableKind.VALUES,
        write=placed.write,
        new=in_order(placed.new),
        changed=in_order(placed.changed),
        same=in_order(placed.same),
        problems=resolver.problems,
        remarks=resolver.finder.remarks,
        near=sorted(resolver.doubts.near.values(), key=lambda near: near.ref),
        doubts=sorted(resolver.doubts.open.values(), key=lambda doubt: doubt.ref),
        chosen=resolver.doubts.chosen,
        over_edits=placed.over_edits,
    )


def _place_all(connection: Connection, resolver: "_ValueResolver") -> "_ValuePlacement":
    """Every value of the rows that are right throughout, placed: a row with a fault is left out whole.

    What is found wrong on the way is added to the problems.
    """
    recorded = _Recorded(connection)
    bad = {_row(problem.ref) for problem in resolver.problems}
    while True:
        placed = _ValuePlacement(recorded)
        for claim in resolver.claims:
            if _row(claim.draft.ref) not in bad:
                placed.place(claim)
        found = {_row(problem.ref) for problem in placed.problems}
        resolver.problems += placed.problems
        if found <= bad:
            return placed
        bad |= found


def _row(ref: CellRef) -> tuple[str, int]:
    return ref.sheet, ref.row


class _Claim(NamedTuple):
    """A draft whose unit is known, with what would be kept of it."""

    draft: ValueDraft
    unit: Unit
    new: Measurement

    @property
    def key(self) -> _Key:
        """Of what it is the one value."""
        return self.unit.id, self.new.measure, self.new.year, letters(self.new.name)


class _Recorded:
    """The values on record, and which of them somebody corrected with a reason."""

    def __init__(self, connection: Connection) -> None:
        known = measurements(connection)
        self.by_key = {(unit, one.measure, one.year, letters(one.name)): one for unit, one in known}
        self.corrected = corrected_measurements(connection)


class _ValuePlacement:
    """The values of a table, each placed among those on record and those of rows before it."""

    def __init__(self, recorded: _Recorded) -> None:
        self._recorded = recorded
        self._told: dict[_Key, Measurement] = {}
        self._writes: list[tuple[Unit, Measurement]] = []
        self._voids: list[int] = []
        self.new: list[Change] = []
        self.changed: list[Change] = []
        self.same: list[Change] = []
        self.over_edits: list[str] = []
        self.problems: list[Problem] = []

    def write(self, ledger: Ledger) -> None:
        """Writes what was placed in the ledger's open action."""
        ledger.void("measurement", self._voids)
        ledger.add_facts("measurement", [measurement_row(unit.id, new) for unit, new in self._writes])

    def place(self, claim: _Claim) -> None:
        """Weighs a value against the ledger and the rows before it."""
        before = self._told.setdefault(claim.key, claim.new)
        if before is not claim.new:
            self._twice(claim, before)
            return
        old = self._recorded.by_key.get(claim.key)
        new = filled(claim.new, old) if old else claim.new
        if old and _said(new) == _said(old):
            self.same.append(_change(claim, new))
            return
        self._writes.append((claim.unit, new))
        if old and old.id is not None:
            self._voids.append(old.id)
            self.over_edits += [claim.unit.full_title] if old.id in self._recorded.corrected else []
        (self.changed if old else self.new).append(_change(claim, new, old))

    def _twice(self, claim: _Claim, before: Measurement) -> None:
        """Refuses a second value of one unit, measure and year that differs; the same once more is no news."""
        if _said(before) == _said(claim.new):
            return
        value = value_words(before.value, before.counted_in)
        says = _("another row of this file gives {value} for the same").format(value=value)
        fix = _("correct one of them")
        if claim.new.name:
            fix = _("correct one of them; two products of one name are told apart by whose they are")
        self.problems.append(Problem(ProblemKind.TWICE, claim.draft.ref, says, fix))


class _ValueResolver:
    """Finds the unit and the decision of each draft; those that are refused are told in `problems`."""

    def __init__(self, connection: Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> None:
        self._connection = connection
        self._terms = terms
        self._register = Register(units.every_version(connection))
        self.doubts = Doubts(terms.settled, refused=terms.refuse_near, sheets=[table.sheet for table in tables])
        titles = [title for table in tables for title in table.titles]
        self.finder = UnitMatcher(self._register, self.doubts, scope=terms.scope, titles=titles)
        self.claims: list[_Claim] = []
        self.problems: list[Problem] = []

    def resolve(self, draft: ValueDraft) -> None:
        """Adds the claim of a draft, or what keeps it out."""
        unit = self._unit(draft)
        new = self._measurement(draft) if unit else None
        if unit and new:
            self.claims.append(_Claim(draft, unit, new))

    @cached_property
    def _decisions(self) -> Sequence[Decision]:
        return every_decision(self._connection)

    def _unit(self, draft: ValueDraft) -> Unit | None:
        """The unit of a row as it stood in the year; None where it is not known or did not stand then."""
        naming, year = draft.naming, draft.year
        try:
            check_value_year(year, self._terms.today)
            if naming.unit and is_of_province(naming.unit.value):
                return self._province(year)
            terms = MatchTerms(
                lambda unit: unit.alive_in(year),
                stands=lambda unit: unit.stands_on(f"{year}-12-31"),
            )
            match = self.finder.meant(naming.by_own_kind, terms, year)
            self.problems += match.problems
            return check_alive(self._register.versions(match.unit.id), year) if match.unit else None
        except NtmError as refused:
            kind = ProblemKind.UNIT if isinstance(refused, UnitNotAlive) else ProblemKind.YEAR
            ref = naming.ref if kind is ProblemKind.UNIT else draft.refs.get(Field.YEAR, draft.ref)
            self.problems.append(refusal_problem(kind, ref, refused))
            return None

    def _province(self, year: int) -> Unit:
        """Whose row “Toàn tỉnh” is: the province in which all rows lie, else the only one; raises UnitNotAlive."""
        on = year_end(year)
        scope = find_scope(self._connection, self._terms.scope, standing_on(on)) if self._terms.scope else None
        province = scope if scope and scope.tier is Tier.PROVINCE else units.sole_province(self._connection, on)
        if province is None:
            raise UnitNotAlive(unit=_("the province"), when=year, span="–")
        return check_alive(self._register.versions(province.id), year)

    def _measurement(self, draft: ValueDraft) -> Measurement | None:
        """The value as it would be kept, its decision the one on record that it means; None where it is refused."""
        decision = draft.decision
        try:
            if decision and decision.signed_on and first_day(decision.signed_on) > self._terms.today:
                raise _DayToCome
            check_validity(decision.signed_on if decision else None, draft.valid_until)
            decision = find_decision(self._decisions, decision, draft.year).decision if decision else None
        except _DayToCome:
            self._refuse(draft, Field.DATE, ProblemKind.DAY, _("the day has not come yet"), _("correct the cell"))
            return None
        except NtmError as refused:
            says, fix = (*refused.lines(), "")[:2]
            is_day = refused.facts.get("until") is not None
            field = Field.VALID_UNTIL if is_day else Field.DECISION
            self._refuse(draft, field, ProblemKind.DAY if is_day else ProblemKind.DECISION, says, fix)
            return None
        told = (draft.measure.key, draft.year, draft.told.value, draft.name, draft.told.counted_in)
        source = draft.source or self._terms.file
        return Measurement(*told, draft.owner, draft.valid_until, decision, source=source, note=draft.note)

    def _refuse(self, draft: ValueDraft, field: Field, kind: ProblemKind, says: str, fix: str) -> None:
        self.problems.append(Problem(kind, draft.refs.get(field, draft.ref), says, fix))


class _DayToCome(NtmError):
    """A decision of a day that has not come."""


def _said(one: Measurement) -> tuple[object, ...]:
    """What a value says, but for where it is known from."""
    decision = one.decision[:3] if one.decision else None
    return number_kept(one.value), one.counted_in, one.owner, one.valid_until, decision, one.note


def _change(claim: _Claim, new: Measurement, old: Measurement | None = None) -> Change:
    label = measure_label(new.measure, new.name)
    value, before = (value_words(one.value, one.counted_in) if one else "" for one in (new, old))
    fact = _("{measure}, {year}: {value}").format(measure=label, year=new.year, value=value)
    brief = _("{measure}, {year}").format(measure=measure_label(new.measure), year=new.year)
    return Change(claim.unit.full_title, fact, before or None, claim.draft.ref, brief)
