"""What a table of assessments would do to the ledger: each held against its set, its counts and what is on record."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, partial
from typing import NamedTuple

from ntmtrack.assessment import Assessment, check_set_for, concluded, is_for
from ntmtrack.dates import is_whole, last_day, show_day
from ntmtrack.errors import CountUnlikeList, MetAndMissing, MoreMetThanThereAre, NtmError, UnknownCriterion
from ntmtrack.i18n import _
from ntmtrack.i18n import day as day_words
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.areas import refusal_problem
from ntmtrack.ingest.assessed_by import day_of, set_of
from ntmtrack.ingest.columns import Field, TableKind
from ntmtrack.ingest.doubts import Doubts
from ntmtrack.ingest.match_units import UnitMatcher
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.plan import Change, ImportPlan, ImportTerms, in_order
from ntmtrack.ingest.read_assessments import AssessmentDraft, read_assessments
from ntmtrack.ingest.sheet_unit import unit_of_sheet
from ntmtrack.ingest.title_areas import refuse_other_province
from ntmtrack.ingest.told_results import SheetResults
from ntmtrack.model import Unit
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.programmes.criteria.files import criteria_set
from ntmtrack.programmes.criteria.office import told
from ntmtrack.rules import check_standing
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.criteria import (
    assessment_row,
    assessments,
    corrected_assessments,
    office_criteria,
    words_applying,
)
from ntmtrack.storage.queries.units import Register
from ntmtrack.units.finder import MatchTerms

_OF_RESULTS = (CountUnlikeList, MetAndMissing, MoreMetThanThereAre, UnknownCriterion)
_Key = tuple[int, str, str]  # of an assessment: unit, set, day


class _Claim(NamedTuple):
    """What a row claims of a unit, and where it stands."""

    unit: Unit
    found: Assessment
    ref: CellRef


def plan_assessments(connection: Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> ImportPlan:
    """Everything that the tables' assessments would do; raises NoAssessedDay, NoSetTold, TitleOfOtherProvince."""
    refuse_other_province(connection, tables, terms)
    return _AssessmentPlacement(connection, tables, terms).plan(tables)


class _AssessmentPlacement:
    """The assessments of tables, each placed among those on record and those of rows before it."""

    def __init__(self, connection: Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> None:
        self._connection, self._terms = connection, terms
        self._register = Register(units.every_version(connection))
        self._doubts = Doubts(terms.settled, refused=terms.refuse_near, sheets=[table.sheet for table in tables])
        titles = [title for table in tables for title in table.titles]
        self._finder = UnitMatcher(self._register, self._doubts, scope=terms.scope, titles=titles)
        self._parents = cache(partial(_parents, connection))
        self._words = cache(partial(words_applying, connection))
        self._office = cache(partial(office_criteria, connection))
        self._known = cache(self._set_on)
        self._edits = cache(partial(corrected_assessments, connection))
        self._recorded: dict[_Key, Assessment] = {
            (unit, one.criteria_set, one.day): one for unit, one in assessments(connection)
        }
        self._claims: dict[_Key, list[_Claim]] = defaultdict(list)
        self._new: list[Change] = []
        self._changed: list[Change] = []
        self._same: list[Change] = []
        self._problems: list[Problem] = []
        self._remarks: list[str] = []
        self._silent: list[CellRef] = []
        self._over_edits: list[str] = []
        self._writes: list[tuple[int, Assessment]] = []
        self._voids: list[int] = []

    def plan(self, tables: Sequence[OfficeTable]) -> ImportPlan:
        """What the tables would do."""
        for table in tables:
            self._take(table)
        self._place_all()
        return ImportPlan(
            what=TableKind.ASSESSMENTS,
            write=self._write,
            new=in_order(self._new),
            changed=in_order(self._changed),
            same=in_order(self._same),
            problems=self._problems,
            remarks=[*self._finder.remarks, *self._remarks],
            near=sorted(self._doubts.near.values(), key=lambda near: near.ref),
            doubts=sorted(self._doubts.open.values(), key=lambda doubt: doubt.ref),
            chosen=self._doubts.chosen,
            silent=self._silent,
            over_edits=self._over_edits,
        )

    def _write(self, ledger: Ledger) -> None:
        ledger.void("assessment", self._voids)
        ledger.add_facts("assessment", [assessment_row(unit, new) for unit, new in self._writes])

    # A table as a whole --------------------------------------------------------------------------------------------

    def _take(self, table: OfficeTable) -> None:
        named, wrong = unit_of_sheet(self._register, table)
        if wrong:
            self._problems.append(wrong)
            return
        reading = read_assessments(table, named)
        self._problems += reading.problems
        self._silent += [naming.ref for naming in reading.without]
        if not reading.drafts:
            return
        given = self._terms.defaults
        day = day_of(table, reading.drafts, self._terms.file, self._terms.on_day, given.year)
        first = last_day(day or reading.drafts[0].day or "").isoformat()
        of_set, by = set_of(table, reading.drafts, first, self._terms.of_set, self._known, self._terms.file)
        results = SheetResults(table, of_set, reading.drafts)
        self._say_terms(table, of_set, day, by, results)
        for draft in reading.drafts if results.is_readable else ():
            self._draft(draft, of_set, draft.day or day, results)
        self._problems += results.problems  # of headings, or of rows

    def _say_terms(
        self, table: OfficeTable, of_set: CriteriaSet, day: str | None, by: str, results: SheetResults
    ) -> None:
        """Remarks on what holds for all rows: the set, the day, what an empty cell means."""
        where = f"{table.sheet.name}: " if table.sheet.name else ""
        text = _("Criteria set: {criteria_set}").format(criteria_set=of_set.key) + (f" ({by})" if by else "")
        text += "; " + _("assessed on {day}").format(day=show_day(day)) if day else ""
        self._remarks.append(f"{where}{text}.")
        self._remarks += [f"{where}{said}" for said in results.said]

    def _set_on(self, key: str, day: str, province: int | None = None) -> CriteriaSet:
        return told(criteria_set(key).on(day), self._office(key), day, province)

    # One row by itself ---------------------------------------------------------------------------------------------

    def _draft(self, draft: AssessmentDraft, of_set: CriteriaSet, day: str | None, results: SheetResults) -> None:
        day_ref = draft.ref(Field.AS_OF)
        if day is None:
            self._refuse(ProblemKind.DAY, day_ref, _("the day of the assessment is not told"), _("write it in the row"))
            return
        if not is_whole(day):
            day = last_day(day).isoformat()
        if day > self._terms.today.isoformat():
            self._refuse(ProblemKind.DAY, day_ref, _("the day has not come yet"), _("correct the cell"), _day_choice())
            return
        terms = MatchTerms(partial(is_for, of_set), stands=lambda unit: unit.stands_on(day))
        match = self._finder.meant(draft.naming, terms, (of_set.key, day))
        self._problems += match.problems
        if match.unit is None:
            return
        try:
            claim = self._claim(match.unit, draft, of_set, day, results)
        except NtmError as refused:
            kind = ProblemKind.VALUE if isinstance(refused, _OF_RESULTS) else ProblemKind.UNIT
            self._problems.append(refusal_problem(kind, draft.naming.ref, refused))
            return
        if claim:
            self._claims[claim.unit.id, claim.found.criteria_set, claim.found.day].append(claim)

    def _claim(
        self, meant: Unit, draft: AssessmentDraft, of_set: CriteriaSet, day: str, results: SheetResults
    ) -> _Claim | None:
        """What a row claims; None where something is wrong with it. Raises what `concluded` and the rules do."""
        unit = check_standing(self._register.versions(meant.id), day)
        check_set_for(of_set, unit, day)
        province = self._province(unit, day)
        words = self._words(day).get(unit.id, ())
        own = self._known(of_set.key, day, province)
        told_of = results.told(draft, own, day, words)
        if told_of is None:
            return None
        found = concluded(own, told_of, day, words)
        given = self._terms.defaults
        source = draft.source or given.source or self._terms.file
        return _Claim(unit, found._replace(source=source, note=draft.note or given.note), draft.naming.ref)

    def _province(self, unit: Unit, day: str) -> int | None:
        above, at = self._parents(day), unit.id
        while (parent := above.get(at)) is not None:
            at = parent
        return at

    # Among what is on record ---------------------------------------------------------------------------------------

    def _place_all(self) -> None:
        """Places what the rows claim; of one unit, set and day only where all rows agree."""
        for (unit, of_set, day), claims in self._claims.items():
            first, *others = claims
            if any(_facts(other.found) != _facts(first.found) for other in others):
                for claim in claims:
                    self._twice(claim, next(other for other in claims if other is not claim))
                continue
            self._same += map(_change, others)
            self._place(first, self._recorded.get((unit, of_set, day)))

    def _place(self, claim: _Claim, old: Assessment | None) -> None:
        if old is not None and not _tells_more(old, claim.found):
            self._same.append(_change(claim))
            return
        self._writes.append((claim.unit.id, claim.found))
        if old is None:
            self._new.append(_change(claim))
            return
        assert old.id is not None
        self._changed.append(_change(claim, old))
        self._voids.append(old.id)
        self._note_edit(claim, old)

    def _twice(self, claim: _Claim, other: _Claim) -> None:
        says = _("{place} tells otherwise of {unit} on the same day: {results}").format(
            place=other.ref.address, unit=claim.unit.full_title, results=assessment_text(other.found)
        )
        self._refuse(ProblemKind.TWICE, claim.ref, says, _("delete the wrong row"))

    def _note_edit(self, claim: _Claim, old: Assessment) -> None:
        """Notes a correction with a reason that the row takes back."""
        edit = self._edits().get(old.id or 0)
        if edit is None:
            return
        when = day_words(datetime.fromisoformat(edit.at).astimezone().date())
        text = _("{place}: {unit} was corrected ({edit}), which this row takes back")
        by = _("{who}, {day}, “{reason}”").format(who=edit.who, day=when, reason=edit.reason)
        self._remarks.append(text.format(place=claim.ref.address, unit=claim.unit.full_title, edit=by))
        self._over_edits.append(claim.unit.full_title)

    def _refuse(self, kind: ProblemKind, ref: CellRef, says: str, fix: str, choice: str = "") -> None:
        self._problems.append(Problem(kind, ref, says, fix, choice))


def _day_choice() -> str:
    return _("or for all rows: {option}").format(option="--on")


def _parents(connection: Connection, day: str) -> dict[int, int | None]:
    return units.parents(connection, date.fromisoformat(day))


def _facts(one: Assessment) -> tuple[object, ...]:
    return one.met, one.missing, one.unknown, one.results


def _tells_more(old: Assessment, new: Assessment) -> bool:
    """Whether an assessment tells otherwise than the one on record, or more; a mere number repeats the same one."""
    if new.missing is None and new.met == old.met and not new.results:
        return False
    return _facts(new) != _facts(old)


def assessment_text(one: Assessment) -> str:
    """“đạt 17 tiêu chí, chưa đạt: 5, 17.2; chưa kết luận: 10”."""
    words = [_("{met} criteria met").format(met=one.met)]
    words += [_("not met: {missing}").format(missing=", ".join(one.missing))] if one.missing else []
    words += [_("not concluded: {codes}").format(codes=", ".join(one.unknown))] if one.unknown else []
    return ", ".join(words)


def _change(claim: _Claim, old: Assessment | None = None) -> Change:
    when = f"{claim.found.criteria_set}, {show_day(claim.found.day)}"
    fact = f"{when}: {assessment_text(claim.found)}"
    before = assessment_text(old) if old else None
    brief = f"{when}: " + _("{met} criteria met").format(met=claim.found.met)
    return Change(claim.unit.full_title, fact, before, claim.ref, brief)
