"""What a table of registrations would do to the ledger: new, amended, told already, or refused with the reason."""

from collections import defaultdict
from collections.abc import Sequence

from ntmtrack.emulation.pledges import beside, check_pledge, pledge_words
from ntmtrack.emulation.registers import LEVEL, Registration
from ntmtrack.errors import (
    DayInFuture,
    LevelHeld,
    LevelOfSetEnded,
    NoSetToCount,
    NtmError,
    ReceivedBeforeSent,
    UnitNotAlive,
    UnknownLevel,
    YearOfPledge,
)
from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.areas import refusal_problem
from ntmtrack.ingest.columns import Field, TableKind
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.plan import Change, ImportPlan, ImportTerms
from ntmtrack.ingest.read_registrations import PledgeDraft, read_registrations
from ntmtrack.ingest.row_placement import RowPlacement
from ntmtrack.ingest.title_areas import named_district, refuse_other_province
from ntmtrack.model import Tier, Unit
from ntmtrack.rules import check_alive, check_day
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries.emulation import registration_row, registrations, told_with_reason
from ntmtrack.storage.queries.pledges import check_sent, pledge_of_unit
from ntmtrack.storage.queries.units import find_unit
from ntmtrack.units.finder import MatchTerms

_ADDED = ("sent_on", "sender_id", "received_on", "document", "note")
_OF_LEVELS = (LevelHeld, LevelOfSetEnded, UnknownLevel)


def plan_registrations(connection: Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> ImportPlan:
    """Everything that the tables' registrations would do; raises TitleOfOtherProvince."""
    refuse_other_province(connection, tables, terms)
    placement = _Placement(connection, tables, terms)
    for table in tables:
        placement.take(table)
    return placement.plan()


class _Placement(RowPlacement):
    """The pledges of rows, each placed among those of its unit on record and those of rows before it."""

    def __init__(self, connection: Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> None:
        super().__init__(connection, tables, terms)
        self._known: dict[tuple[int, int], list[Registration]] = defaultdict(list)
        for one in registrations(connection):
            self._known[one.unit_id, one.year].append(one)
        self._by_hand = told_with_reason(connection, "registration")
        self._before: dict[tuple[int, int], list[Registration]] = defaultdict(list)
        self._claims: list[tuple[PledgeDraft, Unit, Registration]] = []
        self._writes: list[Registration] = []

    def take(self, table: OfficeTable) -> None:
        """Reads a table and finds the unit of each pledge; what keeps one out is a problem."""
        drafts, problems = read_registrations(table, self._terms.defaults)
        self._problems += problems
        districts = (unit for unit in self._register.everyone() if unit.tier is Tier.DISTRICT)
        sender = named_district(table.titles, districts)
        for draft in drafts:
            told = self._told_in(draft)
            unit = self._unit(draft) if told else None
            if told and unit and (new := self._pledged(draft, unit, told, sender)):
                self._claims.append((draft, unit, new))

    def plan(self) -> ImportPlan:
        """What the tables would do; a row with a fault is left out whole."""
        self._refuse_contradictions()
        bad = self._bad_rows
        for draft, unit, new in self._claims:
            if (draft.ref.sheet, draft.ref.row) not in bad:
                self._place(draft, unit, new)
        return self._planned(TableKind.REGISTRATIONS, self._write)

    def _write(self, ledger: Ledger) -> None:
        ledger.void("registration", self._voids)
        ledger.add_facts("registration", [registration_row(new) for new in self._writes])

    def _unit(self, draft: PledgeDraft) -> Unit | None:
        """The unit of a row as it stands in the year; None and a problem where it is open."""
        year = draft.year
        terms = MatchTerms(lambda unit: unit.alive_in(year), stands=lambda unit: unit.stands_on(f"{year}-12-31"))
        match = self._finder.meant(draft.naming.by_own_kind, terms, year)
        self._problems += match.problems
        if match.unit is None:
            return None
        try:
            return check_alive(self._register.versions(match.unit.id), year)
        except UnitNotAlive as refused:
            self._problems.append(refusal_problem(ProblemKind.UNIT, draft.naming.ref, refused))
            return None

    def _told_in(self, draft: PledgeDraft) -> Registration | None:
        """The registration as it is told, without its unit; None and a problem where its days or year cannot be."""
        new = Registration(
            unit_id=0,
            year=draft.year,
            pledge=draft.pledge,
            value=draft.value,
            sent_on=draft.sent_on or self._terms.on_day,
            received_on=draft.received_on,
            document=draft.document,
            source=draft.source or self._terms.file,
            note=draft.note,
        )
        try:
            check_day(new.sent_on, self._terms.today)
            check_day(new.received_on, self._terms.today)
            check_pledge(new, self._terms.today)
        except NtmError as refused:
            self._refuse(draft, refused)
            return None
        return new

    def _pledged(self, draft: PledgeDraft, unit: Unit, told: Registration, of_title: str | None) -> Registration | None:
        """The registration as it would be kept of a unit; None and a problem where it is refused."""
        sender = self._sender(draft.sender or (of_title if unit.parent_name == of_title else None), told)
        new = told._replace(sender_id=sender if sender != unit.id else None)
        try:
            if not draft.sender:
                check_sent(self._register.versions(unit.id), new)
            return pledge_of_unit(self._connection, unit, new, self._terms.today)
        except NtmError as refused:
            self._refuse(draft, refused)
            return None

    def _sender(self, typed: str | None, new: Registration) -> int | None:
        """The unit that sent it, by id; an agency, which is no unit, sends nothing by itself."""
        if not typed:
            return None
        on = new.sent_on or new.received_on or f"{new.year}-01-01"
        larger = (Tier.PROVINCE, Tier.DISTRICT)
        try:
            return find_unit(
                self._connection,
                typed,
                lambda unit: unit.tier in larger and unit.stands_on(on),
                across=True,
                stands=lambda unit: unit.stands_on(on),
            ).id
        except NtmError:
            return None

    def _refuse(self, draft: PledgeDraft, refused: NtmError) -> None:
        kind, field = ProblemKind.RULE, None
        if isinstance(refused, NoSetToCount):
            fix = _("write it in words, into a column “Nội dung đăng ký khác”")
            self._problems.append(Problem(kind, draft.ref, refused.lines()[0], fix))
            return
        if isinstance(refused, YearOfPledge):
            kind, field = ProblemKind.YEAR, Field.FOR_YEAR
        elif isinstance(refused, UnitNotAlive):
            kind, field = ProblemKind.DAY, Field.SENT
        elif isinstance(refused, DayInFuture | ReceivedBeforeSent):
            kind, field = ProblemKind.DAY, Field.RECEIVED if draft.received_on else Field.SENT
        elif isinstance(refused, _OF_LEVELS) and draft.pledge == LEVEL:
            kind = ProblemKind.LEVEL
        ref = draft.refs[field] if field and field in draft.refs else draft.ref
        self._problems.append(refusal_problem(kind, ref, refused))

    def _refuse_contradictions(self) -> None:
        """Tells the pledges that say otherwise than a row before them."""
        bad = self._bad_rows
        first: dict[tuple[int, int], list[tuple[Registration, CellRef]]] = defaultdict(list)
        for draft, unit, new in self._claims:
            if (draft.ref.sheet, draft.ref.row) in bad:
                continue
            before = next(((one, ref) for one, ref in first[unit.id, new.year] if beside(new, [one])), None)
            if before is None:
                first[unit.id, new.year].append((new, draft.ref))
            elif before[0].value != new.value:
                says = _("{place} says something else of the same unit").format(place=before[1].address)
                self._problems.append(Problem(ProblemKind.TWICE, draft.ref, says, _("keep the row that is right")))

    def _place(self, draft: PledgeDraft, unit: Unit, new: Registration) -> None:
        """Weighs a pledge against the ledger and the rows before it."""
        key = unit.id, new.year
        old = beside(new, self._known[key])
        kept = new._replace(**{name: getattr(new, name) or getattr(old, name) for name in _ADDED}) if old else new
        change = Change(unit.full_title, _words(kept), None, draft.ref, _words(kept))
        if beside(new, self._before[key]) or (old and _said(kept) == _said(old)):
            self._same.append(change)
            return
        self._before[key].append(new)
        self._writes.append(kept)
        if old is None or old.id is None:
            self._new.append(change)
            return
        self._voids.append(old.id)
        self._changed.append(change._replace(before=_words(old)))
        if old.id in self._by_hand:
            self._over_edits.append(unit.full_title)


def _words(one: Registration) -> str:
    return _("{year}: {pledge}").format(year=one.year, pledge=pledge_words(one))


def _said(one: Registration) -> tuple[object, ...]:
    """What a registration says, but for where it is known from."""
    return (one.value, *(getattr(one, name) for name in _ADDED))
