"""What a table of awards would do to the ledger: new, told already, or refused as `award` refuses it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from ntmtrack.dates import first_day, show_day
from ntmtrack.emulation import AwardRule
from ntmtrack.emulation.achievements import award_words
from ntmtrack.emulation.facts import MovementFacts
from ntmtrack.emulation.giving import Form, checked
from ntmtrack.emulation.registers import GivenAward
from ntmtrack.errors import (
    AchievementNeeded,
    AcknowledgedOnly,
    AlreadyRewarded,
    AwardLevelNeeded,
    AwardOfYearToCome,
    DecisionInFuture,
    HadThisAward,
    NotForThisAward,
    NtmError,
    PersonAsRecipient,
    PlacesExceeded,
    RecipientNeeded,
    UnitNotAlive,
)
from ntmtrack.i18n import N_, _, day
from ntmtrack.ingest import Problem, ProblemKind
from ntmtrack.ingest.areas import refusal_problem
from ntmtrack.ingest.columns import TableKind
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.plan import Change, ImportPlan, ImportTerms
from ntmtrack.ingest.read_awards import AwardDraft, read_awards
from ntmtrack.ingest.row_placement import RowPlacement
from ntmtrack.ingest.title_areas import refuse_other_province
from ntmtrack.model import Decision, Unit
from ntmtrack.programmes import find_level, is_level, of_year
from ntmtrack.rules import check_alive
from ntmtrack.storage.decisions import find_decision
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.emulation import award_row, every_movement
from ntmtrack.storage.queries.given_awards import given_facts
from ntmtrack.storage.queries.recognitions import every_decision
from ntmtrack.text import few, letters, squeeze
from ntmtrack.units.finder import MatchTerms

_Key = tuple[object, ...]


def plan_awards(connection: Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> ImportPlan:
    """Everything that the tables' awards would do; raises TitleOfOtherProvince."""
    refuse_other_province(connection, tables, terms)
    placement = _Placement(connection, tables, terms)
    for table in tables:
        placement.take(table)
    return placement.plan()


class _Placement(RowPlacement):
    """The awards of rows, each checked beside those on record and those of rows before it."""

    def __init__(self, connection: Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> None:
        super().__init__(connection, tables, terms)
        self._facts: dict[int, MovementFacts] = {}
        self._accepted: list[tuple[GivenAward, Decision | None]] = []
        self._told: Counter[tuple[_Key, str | None]] | None = None

    def take(self, table: OfficeTable) -> None:
        """Reads a table and checks each award; what keeps one out is a problem."""
        drafts, problems = read_awards(table, self._terms.defaults)
        self._problems += problems
        for draft in drafts:
            unit = self._unit(draft)
            if unit:
                self._take(draft, unit)

    def plan(self) -> ImportPlan:
        """What the tables would do."""
        return self._planned(TableKind.AWARDS, self._write)

    def _write(self, ledger: Ledger) -> None:
        rows = [award_row(award) | {"decision": decision} for award, decision in self._accepted]
        ledger.add_facts("award", rows)

    def _unit(self, draft: AwardDraft) -> Unit | None:
        """The unit of a row as it last stood in the year; None and a problem where it is open."""
        year = draft.year
        if year > self._terms.today.year:
            refused = AwardOfYearToCome(year=year, today=day(self._terms.today))
            self._problems.append(refusal_problem(ProblemKind.YEAR, draft.ref, refused))
            return None
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

    def _take(self, draft: AwardDraft, unit: Unit) -> None:
        try:
            form = self._form(draft, unit)
            decision = self._decision(draft)
            new = self._award(draft, unit, form, decision)
            words = _words(new)
            if self._is_told(new):
                self._same.append(Change(unit.full_title, words, None, draft.ref, words))
                return
            kept = checked(new, unit, form, self._facts_of(draft.year))
        except NtmError as refused:
            self._problems.append(_problem(draft, refused))
            return
        except _Unclear as unclear:
            fix = _("write the key of one of them")
            self._problems.append(Problem(ProblemKind.VALUE, draft.ref, str(unclear), fix))
            return
        self._accepted.append((kept, decision))
        self._new.append(Change(unit.full_title, words, None, draft.ref, words))

    def _facts_of(self, year: int) -> MovementFacts:
        """What the ledger tells of a year, with the awards of the rows before."""
        if year not in self._facts:
            tiers = {unit.id: unit.tier for unit in self._register.everyone()}
            self._facts[year] = given_facts(self._connection, year, tiers, self._terms.today)
        facts = self._facts[year]
        return facts._replace(given=[*facts.given, *(award for award, _decision in self._accepted)])

    @cached_property
    def _movements(self) -> Sequence[tuple[frozenset[int], Form]]:
        """Every form of award of the movements that stand, with the units that its movement is of."""
        stored = [one for one in every_movement(self._connection) if one.replaced_by is None]
        inside = {one.id: frozenset(units.inside(self._connection, one.scope_id)) for one in stored}
        return [(inside[one.id], Form(one.movement, rule)) for one in stored for rule in one.movement.awards]

    def _form(self, draft: AwardDraft, unit: Unit) -> Form | None:
        """The form that a cell means by its key or its name; None of one that no movement has; raises _Unclear."""
        forms = [form for of, form in self._movements if unit.id in of and draft.year in form.movement.years]
        by_key = [form for form in forms if _is_key(draft.form, form.rule)]
        by_name = [
            form
            for form in forms
            if letters(form.rule.name) == letters(draft.form) and form.rule.tier in (None, unit.tier)
        ]
        found = by_key or by_name
        if len(found) > 1:
            keys = few([f"{form.rule.key} ({form.movement.key})" for form in found])
            raise _Unclear(_("“{text}” fits several forms of award: {keys}").format(text=draft.form, keys=keys))
        return found[0] if found else None

    @cached_property
    def _decisions(self) -> Sequence[Decision]:
        return every_decision(self._connection)

    def _decision(self, draft: AwardDraft) -> Decision | None:
        """The decision that a row means, the one on record where it fits; raises DecisionInFuture, DecisionDiffers."""
        told = draft.decision
        if told is None:
            return None
        if told.signed_on and first_day(told.signed_on) > self._terms.today:
            raise DecisionInFuture(day=show_day(told.signed_on), today=day(self._terms.today))
        return find_decision(self._decisions, told, draft.year).decision

    def _award(self, draft: AwardDraft, unit: Unit, form: Form | None, decision: Decision | None) -> GivenAward:
        """The award as it is told: an achievement that is a level by its words is that level."""
        period, told = of_year(draft.year), draft.achievement or ""
        of_level = draft.level or (told if told and is_level(period, told, unit.tier) else "")
        level = find_level(period, of_level, unit.tier).key if of_level else None
        return GivenAward(
            unit_id=unit.id,
            name=form.rule.name if form else draft.form,
            year=draft.year,
            achievement="" if of_level == told else told,
            movement=form.movement.key if form else None,
            form=form.rule.key if form else None,
            authority=form.rule.authority if form else None,
            level=level,
            recipient=draft.recipient,
            places=draft.places,
            number=decision.number if decision else None,
            signed_on=decision.signed_on if decision else None,
            source=draft.source or self._terms.file,
            note=draft.note,
            person=draft.person,
        )

    def _is_told(self, new: GivenAward) -> bool:
        """Whether the ledger holds it, of the level where one is told: as many rows as it holds are no news."""
        if self._told is None:
            on_record = (one for one in self._facts_of(new.year).given if one.id is not None)
            line = self._facts_of(new.year).line
            self._told = Counter((_key(one, line(one.movement)), one.level) for one in on_record)
        key = _key(new, self._facts_of(new.year).line(new.movement))
        for told, count in self._told.items():
            if count and told[0] == key and new.level in (None, told[1]):
                self._told[told] -= 1
                return True
        return False


_FIXES: Mapping[type[NtmError], str] = {
    AchievementNeeded: N_("write it below “Thành tích”"),
    AwardLevelNeeded: N_("write the level below “Thành tích”"),
    RecipientNeeded: N_("write it below “Đối tượng”"),
    AlreadyRewarded: N_("leave the row out, or write what else it was for"),
    HadThisAward: N_("leave the row out"),
    PlacesExceeded: N_("leave the row out, or record it by itself: ntmtrack award … --over REASON"),
    NotForThisAward: N_("correct the cell"),
    AcknowledgedOnly: N_("leave the row out, or write what else it was for"),
    PersonAsRecipient: N_("write the role below “Đối tượng” in small letters, the name below “Họ và tên”"),
}


def _problem(draft: AwardDraft, refused: NtmError) -> Problem:
    """A refusal as the problem of a row, with what can be done about it in a table."""
    if type(refused) in _FIXES:
        return Problem(ProblemKind.VALUE, draft.ref, refused.lines()[0], _(_FIXES[type(refused)]))
    return refusal_problem(ProblemKind.VALUE, draft.ref, refused)


class _Unclear(Exception):
    """A form of award that may be several."""


def _is_key(text: str, rule: AwardRule) -> bool:
    """Whether a cell tells a form by its key: “A2”, “A2 · Bằng khen”, “A2. Bằng khen của …”."""
    first = text.split()[0].rstrip(".:;,)-–·") if text.split() else ""
    return first.casefold() == rule.key.casefold()


def _key(one: GivenAward, line: str | None) -> _Key:
    """By what the same award is told twice, however its achievement is worded; `line` is its movement of today."""
    who = (squeeze(one.recipient or ""), squeeze(one.person or ""))
    return one.unit_id, line, one.form, letters(one.name), one.year, one.places, *who


def _words(one: GivenAward) -> str:
    parts = [award_words(one), one.recipient or "", one.achievement]
    if one.places > 1:
        parts.append(_("{count} places").format(count=one.places))
    return ", ".join(filter(None, parts))
