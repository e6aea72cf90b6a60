"""What a table of entries of a register would do to the ledger: new, corrected, told already, or refused."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from ntmtrack.dates import show_day
from ntmtrack.emulation.entries import (
    CONTRIBUTION,
    check_days,
    check_entry,
    entry_words,
    fields_beside,
    lacking_fields,
    place_of,
    refuse_beside,
    same_entry,
    time_of,
)
from ntmtrack.emulation.registers import REGISTERS, Entry
from ntmtrack.errors import (
    DayInFuture,
    NtmError,
    UnitNotAlive,
    UntilBefore,
)
from ntmtrack.i18n import _
from ntmtrack.ingest import Problem, ProblemKind
from ntmtrack.ingest.areas import refusal_problem
from ntmtrack.ingest.columns import Field, TableKind
from ntmtrack.ingest.entry_problems import beside_fields_problem, beside_problem, lacking_problem, names_problem
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.plan import Change, ImportPlan, ImportTerms
from ntmtrack.ingest.read_entries import EntryDraft, read_entries
from ntmtrack.ingest.row_placement import RowPlacement
from ntmtrack.ingest.title_areas import refuse_other_province
from ntmtrack.model import Unit
from ntmtrack.rules import check_stood
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries.emulation import entries, entry_row, told_with_reason
from ntmtrack.units.finder import MatchTerms

_ADDED = ("amount", "until", "document", "note", "person")


def plan_entries(connection: Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> ImportPlan:
    """Everything that the tables' entries would do; raises TitleOfOtherProvince, NoBookTold."""
    refuse_other_province(connection, tables, terms)
    placement = _Placement(connection, tables, terms)
    for table in tables:
        placement.take(table)
    return placement.plan()


class _Placement(RowPlacement):
    """The entries of rows, each placed among those of its unit on record and those of rows before it."""

    def __init__(self, connection: Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> None:
        super().__init__(connection, tables, terms)
        self._known: dict[tuple[str, int], list[Entry]] = defaultdict(list)
        for one in entries(connection):
            self._known[one.book, one.unit_id].append(one)
        self._of_file: dict[tuple[str, int], list[Entry]] = defaultdict(list)
        self._claims: list[tuple[EntryDraft, Unit, Entry]] = []
        self._writes: list[Entry] = []
        self._by_hand = told_with_reason(connection, "register_entry")
        self._rows_in_place: Counter[tuple[object, ...]] = Counter()

    def take(self, table: OfficeTable) -> None:
        """Reads a table and finds the unit of each entry; what keeps one out is a problem."""
        drafts, problems = read_entries(table, self._terms.defaults, self._terms.file)
        self._problems += problems
        for draft in drafts:
            try:
                self._claim(draft)
            except NtmError as refused:
                self._refuse(draft, refused)

    def _claim(self, draft: EntryDraft) -> None:
        """Adds the claim of a draft; raises what is wrong with it."""
        if others := fields_beside(draft.book, draft.told):
            self._problems.append(beside_fields_problem(draft, others))
            return
        rest = {name: value for name, value in draft.told.items() if name not in ("what", "day")}
        texts = {name: str(draft.told.get(name) or "") for name in ("what", "day")}
        new = Entry(unit_id=0, book=draft.book, **texts, **rest)  # type: ignore[arg-type]  # as they were read
        if lacking := lacking_fields(new):
            self._problems.append(lacking_problem(draft, lacking))
            return
        check_entry(new)
        check_days(new, self._terms.today)
        if unit := self._unit(draft):
            new = new._replace(unit_id=unit.id)
            self._rows_in_place[place_of(new)] += 1
            self._claims.append((draft, unit, new))

    def _unit(self, draft: EntryDraft) -> Unit | None:
        """The unit of a row as it stood then; None and a problem where it is open; raises UnitNotAlive."""
        begins, ends = time_of(draft.book, draft.told)

        def stood(unit: Unit) -> bool:
            return (unit.since or "") <= ends and (unit.until or "9999") > begins

        terms = MatchTerms(stood, stands=lambda unit: unit.stands_on(ends))
        match = self._finder.meant(draft.naming.by_own_kind, terms, (begins, ends))
        self._problems += match.problems
        if match.unit is None:
            return None
        when = show_day(str(draft.told["day"]))
        return check_stood(self._register.versions(match.unit.id), begins, ends, when)

    def _refuse(self, draft: EntryDraft, refused: NtmError) -> None:
        kind, ref = ProblemKind.VALUE, draft.ref
        if in_columns := names_problem(draft, refused):
            self._problems.append(in_columns)
            return
        if isinstance(refused, UnitNotAlive):
            kind, ref = ProblemKind.UNIT, draft.naming.ref
        elif isinstance(refused, DayInFuture | UntilBefore):
            kind, ref = ProblemKind.DAY, draft.refs.get(Field.SINCE, ref)
        self._problems.append(refusal_problem(kind, ref, refused))

    def plan(self) -> ImportPlan:
        """What the tables would do; a row with a fault is left out whole."""
        bad = self._bad_rows
        for draft, unit, new in self._claims:
            if (draft.naming.ref.sheet, draft.naming.ref.row) not in bad:
                self._place(draft, unit, new)
        return self._planned(TableKind.ENTRIES, self._write)

    def _write(self, ledger: Ledger) -> None:
        ledger.void("register_entry", self._voids)
        ledger.add_facts("register_entry", [entry_row(new) for new in self._writes])

    def _place(self, draft: EntryDraft, unit: Unit, new: Entry) -> None:
        """Weighs an entry against the ledger and the rows before it; one alone in its place is corrected."""
        of_file = self._of_file[new.book, unit.id]
        if new.book == CONTRIBUTION and any(same_entry(new, one) for one in of_file):
            says, fix = _("another row tells the same gift"), _("tell the two apart by what was given, or delete one")
            self._problems.append(Problem(ProblemKind.TWICE, draft.ref, says, fix))
            return
        of_file.append(new)
        known = self._known[new.book, unit.id]
        old = self._corrected(new, known)
        kept = new._replace(**{name: getattr(new, name) or getattr(old, name) for name in _ADDED}) if old else new
        words = f"{_(REGISTERS[new.book])}, {entry_words(kept)}"
        change = Change(unit.full_title, words, None, draft.ref, words)
        if any(same_entry(new, one) for one in known) and (old is None or _said(kept) == _said(old)):
            self._same.append(change)
            return
        others = [one for one in known if one is not old]
        try:
            refuse_beside(unit.full_title, new, others)
        except NtmError as refused:
            self._problems.append(beside_problem(draft, refused))
            return
        self._known[new.book, unit.id] = [*others, kept]
        self._writes.append(kept)
        if old is None or old.id is None:
            self._new.append(change)
            return
        self._voids.append(old.id)
        self._changed.append(change._replace(before=f"{_(REGISTERS[old.book])}, {entry_words(old)}"))
        if old.id in self._by_hand:
            self._over_edits.append(unit.full_title)

    def _corrected(self, new: Entry, known: Sequence[Entry]) -> Entry | None:
        """The entry on record that a row tells anew: the only one in its place, which no other row of the file has."""
        in_place = [one for one in known if one.id is not None and place_of(one) == place_of(new)]
        return in_place[0] if len(in_place) == 1 and self._rows_in_place[place_of(new)] == 1 else None


def _said(one: Entry) -> tuple[object, ...]:
    """What an entry says, but for where it is known from."""
    return one.what, one.party, one.amount, one.until, one.document, one.note
