"""What the units of a table would do to the ledger: those it lacks are added, those it has must agree."""

from collections.abc import Iterator, Sequence
from datetime import date

from ntmtrack.dates import show_day
from ntmtrack.errors import NtmError, ParentEnded
from ntmtrack.i18n import _
from ntmtrack.ingest import Problem, ProblemKind
from ntmtrack.ingest.codes import LostZeros, lost_zeros_remarks, with_zeros
from ntmtrack.ingest.columns import Field, TableKind
from ntmtrack.ingest.listed_villages import ListedVillages
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.parents import (
    TIERS,
    ListedUnit,
    Parent,
    Parents,
    RowRefused,
    row_refused,
    row_refused_by,
    stand_together,
)
from ntmtrack.ingest.plan import Change, ImportPlan, ImportTerms, in_order
from ntmtrack.ingest.read_units import CellText, UnitDraft, read_unit_drafts
from ntmtrack.model import CODE_DIGITS, KINDS, NewUnit, Tier, Unit
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.units import Register
from ntmtrack.text import fold, letters
from ntmtrack.units import check_code, check_name, known_kind, split_kind
from ntmtrack.units.rearrangement import UnitRef, Version


def plan_units(connection: Connection | None, tables: Sequence[OfficeTable], terms: ImportTerms) -> ImportPlan:
    """Everything that the tables' units would do; without a ledger all are new."""
    register = Register(units.every_version(connection) if connection else ())
    return _UnitPlacement(register, terms.today).plan(tables)


class _UnitPlacement:
    """The units of a table's rows, each placed among those on record and those of rows before it."""

    def __init__(self, register: Register, today: date) -> None:
        self._register = register
        self._villages = ListedVillages(register, today)
        self._new: list[Change] = []
        self._same: list[Change] = []
        self._problems: list[Problem] = []
        self._placed: list[list[Version]] = []
        self._parents = Parents(register)
        self._lost_zeros: list[LostZeros] = []

    def plan(self, tables: Sequence[OfficeTable]) -> ImportPlan:
        """What the tables would do."""
        described: list[tuple[UnitDraft, NewUnit]] = []
        for table in tables:
            drafts, problems = read_unit_drafts(table)
            self._problems.extend(problems)
            drafts = [*map(self._villages.as_village, drafts)]
            described.extend(self._described([*self._implied(drafts), *drafts]))
        self._parents.districts += [new for _draft, new in described if new.tier is Tier.DISTRICT]
        for draft, new in sorted(described, key=lambda pair: TIERS.index(pair[1].tier)):
            try:
                self._place(draft, new)
            except RowRefused as refused:
                self._problems.append(refused.args[0])
        return ImportPlan(
            what=TableKind.UNITS,
            write=lambda ledger: ledger.place_units(self._placed),
            new=in_order(self._new),
            changed=(),
            same=in_order(self._same),
            problems=self._problems,
            remarks=[*lost_zeros_remarks(self._lost_zeros)],
        )

    def _implied(self, drafts: Sequence[UnitDraft]) -> Iterator[UnitDraft]:
        """The provinces and districts that an official list names with their codes beside its communes, each once."""
        codes = {
            version.code or "" for unit in self._register.everyone() for version in self._register.versions(unit.id)
        }
        codes |= {draft.naming.code.value for draft in drafts if draft.naming.code}
        for draft in drafts:
            naming = draft.naming
            pairs = (
                (Tier.PROVINCE, naming.province, naming.province_code, None),
                (Tier.DISTRICT, naming.district, naming.district_code, naming.province_code),
            )
            for tier, name, code, above in pairs if naming.province_code else ():
                whole = with_zeros(code.value, tier) if code else ""
                if name and code and whole not in codes:
                    codes.add(whole)
                    yield _above(draft, name, code._replace(value=whole), above)

    def _padded(self, draft: UnitDraft, code: str, tier: Tier) -> str:
        """A code with the zeros that a spreadsheet has dropped, which is said."""
        whole = with_zeros(code, tier)
        if whole != code:
            self._lost_zeros.append(LostZeros(draft.ref(Field.CODE), code, whole))
        return whole

    # One row by itself ------------------------------------------------------------------------------------------

    def _described(self, drafts: Sequence[UnitDraft]) -> Iterator[tuple[UnitDraft, NewUnit]]:
        for draft in drafts:
            try:
                yield draft, self._unit(draft)
            except RowRefused as refused:
                self._problems.append(refused.args[0])

    def _unit(self, draft: UnitDraft) -> NewUnit:
        naming = draft.naming
        if naming.village:
            return self._villages.described(draft)
        if naming.unit is None:
            raise row_refused(ProblemKind.UNIT, naming.ref, _("the unit has no name"), _("write its name"))
        typed_kind, name = split_kind(naming.unit.value)
        if typed_kind in KINDS[Tier.VILLAGE] and not naming.kind:  # "Bản Bo" is the whole name of a commune
            typed_kind, name = None, naming.unit.value
        try:
            kind = known_kind(naming.kind.value) if naming.kind else typed_kind
            check_name(name, naming.unit.value)
        except NtmError as wrong:
            raise row_refused_by(ProblemKind.UNIT, draft.ref(Field.KIND), wrong) from wrong
        if kind is None and not draft.is_of_communes:
            says = _("its kind is not told: xã, phường, thị trấn, huyện …")
            raise row_refused(
                ProblemKind.UNIT, naming.ref, says, _("write the kind before the name, or in a column “Loại”")
            )
        code = naming.code.value if naming.code else None
        tier = _tier(kind or "xã", code)
        if code and tier not in CODE_DIGITS:
            says = _("a {kind} has no official code").format(kind=kind)
            raise row_refused(ProblemKind.UNIT, draft.ref(Field.CODE), says, _("leave the code empty"))
        code = self._padded(draft, code, tier) if code else None
        try:
            check_code(code, tier)
        except NtmError as wrong:
            raise row_refused_by(ProblemKind.UNIT, draft.ref(Field.CODE), wrong) from wrong
        if draft.since and draft.until and draft.since >= draft.until:
            raise row_refused(
                ProblemKind.DAY, draft.ref(Field.UNTIL), _("it would end before it begins"), _("correct the days")
            )
        return NewUnit(name, kind or "xã", tier, code, None, draft.since, draft.until, draft.resolution)

    # Among the others -------------------------------------------------------------------------------------------

    def _place(self, draft: UnitDraft, new: NewUnit) -> None:
        if new.tier is Tier.VILLAGE:
            self._place_village(draft, new)
            return
        parent = self._parents.of(draft, new)
        if parent and not new.until:
            new = new._replace(until=parent.until)
        if new.since and new.until and new.since >= new.until:
            ended = ParentEnded(
                parent=parent.title if parent else "", until=show_day(new.until), since=show_day(new.since)
            )
            raise row_refused_by(ProblemKind.DAY, draft.ref(Field.SINCE), ended)
        if self._is_held(draft, new, parent):
            title = f"{new.title} ({parent.title})" if parent else new.title
            self._same.append(Change(title, _("on record"), None, draft.naming.ref))
            return
        earlier = self._parents.by_code.get(new.code or "")
        if earlier:
            self._add_version(draft, new, parent, earlier)
            return
        for other in self._parents.by_name[fold(new.name)]:
            same_place = other.parent == parent and other.unit.kind == new.kind
            if same_place and letters(other.unit.name) == letters(new.name) and stand_together(other.unit, new):
                says = _("{unit} is listed twice").format(unit=new.title)
                raise row_refused(ProblemKind.TWICE, draft.naming.ref, says, _("keep the row that is right"))
        made = ListedUnit(len(self._placed), new, parent)
        self._placed.append([(new, parent.above if parent else UnitRef())])
        self._parents.add(made)
        self._say_new(draft, new, parent)

    def _place_village(self, draft: UnitDraft, new: NewUnit) -> None:
        commune = self._villages.commune(draft)
        parent = Parent(commune.title, UnitRef(commune.id), commune.until)
        new = new._replace(until=new.until or commune.until)
        if self._villages.is_held(draft, new, commune):
            self._same.append(Change(f"{new.title} ({parent.title})", _("on record"), None, draft.naming.ref))
            return
        self._placed.append([(new, parent.above)])
        self._say_new(draft, new, parent)

    def _say_new(self, draft: UnitDraft, new: NewUnit, parent: Parent | None) -> None:
        title = f"{new.title} ({parent.title})" if parent else new.title
        fact = f"{new.kind}, {parent.title}" if parent else new.kind
        self._new.append(Change(title, fact, None, draft.naming.ref, new.kind))

    def _add_version(self, draft: UnitDraft, new: NewUnit, parent: Parent | None, earlier: ListedUnit) -> None:
        """A row with the code of another that stood at another time is a version of the same unit."""
        earlier_versions = self._placed[earlier.place]
        if any(stand_together(version, new) for version, _above in earlier_versions):
            says = _("the code {code} stands here a second time, for {unit}").format(
                code=new.code, unit=earlier.unit.title
            )
            raise row_refused(ProblemKind.TWICE, draft.ref(Field.CODE), says, _("correct the code"))
        earlier_versions.append((new, parent.above if parent else UnitRef()))
        earlier_versions.sort(key=lambda version: version[0].since or "")
        self._say_new(draft, new, parent)

    def _is_held(self, draft: UnitDraft, new: NewUnit, parent: Parent | None) -> bool:
        """Whether the ledger has this very unit; refuses a row that says otherwise of it."""
        same = [unit for unit in self._register.called(new.name) if _is_called(unit, new) and stand_together(unit, new)]
        for unit in self._register.with_code(new.code or ""):
            if stand_together(unit, new) and unit not in same:
                says = _("in the ledger, {code} is the code of {unit}").format(code=new.code, unit=unit.full_title)
                fix = _("correct the name or the code: an import changes no unit on record")
                raise row_refused(ProblemKind.UNIT, draft.ref(Field.CODE), says, fix)
        recorded = [
            unit for unit in same if unit.code == new.code or unit.parent_id == (parent.above.id if parent else None)
        ]
        for unit in recorded:
            self._refuse_other(draft, new, parent, unit)
        return bool(recorded)

    def _refuse_other(self, draft: UnitDraft, new: NewUnit, parent: Parent | None, recorded: Unit) -> None:
        """An import changes no unit on record: what a row tells of one must be what is there."""
        facts = (
            (Field.CODE, new.code, recorded.code),
            (Field.DISTRICT, parent and parent.above.id, recorded.parent_id),
            (Field.SINCE, draft.since, recorded.since),
            (Field.UNTIL, draft.until, recorded.until),
        )
        for field, in_row, on_record in facts:
            if in_row and in_row != on_record:
                says = _("{unit} is on record with another {field}: {known}").format(
                    unit=recorded.full_title,
                    field=field.label,
                    known=recorded.parent_name if field is Field.DISTRICT else on_record,
                )
                fix = _("correct the row: an import changes no unit on record")
                raise row_refused(ProblemKind.UNIT, draft.ref(field), says, fix)


def _above(draft: UnitDraft, name: CellText, code: CellText, above: CellText | None) -> UnitDraft:
    """What a row tells of the province or district that its commune lies in, as a row of its own."""
    naming = draft.naming._replace(
        ref=name.ref, unit=name, code=code, kind=None, district=None, district_code=above, groups=(), province=None
    )
    refs = {Field.CODE: code.ref}
    return UnitDraft(naming, None, None, None, refs, is_of_communes=False)


def _is_called(unit: Unit, new: NewUnit) -> bool:
    return unit.kind == new.kind and letters(unit.name) == letters(new.name)


def _tier(kind: str, code: str | None) -> Tier:
    """The tier of a kind; a city is a province's or a district's, as its code tells."""
    if kind == "thành phố":
        return Tier.PROVINCE if code and len(code) == CODE_DIGITS[Tier.PROVINCE] else Tier.DISTRICT
    return next(tier for tier in TIERS if kind in KINDS[tier])
