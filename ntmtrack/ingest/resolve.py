"""The recognitions of a table with their units, levels and decisions known, or refused with the reason."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ntmtrack.dates import last_day
from ntmtrack.errors import (
    AfterHigherLevel,
    BeforePrerequisite,
    DecisionDiffers,
    DecisionInFuture,
    NtmError,
    UnknownLevel,
    WhichDecision,
    YearInFuture,
    YearOutsideProgrammes,
)
from ntmtrack.i18n import N_, _
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.areas import refusal_problem
from ntmtrack.ingest.columns import Field
from ntmtrack.ingest.decisions import Recorded, TableDecisions
from ntmtrack.ingest.levels import HOW_TO_MARK, level_name
from ntmtrack.ingest.match_units import UnitMatcher, split_communes
from ntmtrack.ingest.merge import as_on_record, unclear_revocation
from ntmtrack.ingest.plan import Change, ImportTerms
from ntmtrack.ingest.read_recognitions import RecognitionDraft, RecognitionDrafts
from ntmtrack.model import Act, Level, Programme, Recognition, Tier, Unit
from ntmtrack.programmes import find_level, of_year
from ntmtrack.progress.constituents import Constituent, acknowledged_set
from ntmtrack.rules import check_days, check_unit, check_year, evidence, stood_then, year_of_unit
from ntmtrack.units.finder import MatchTerms

_KINDS: dict[type[NtmError], tuple[ProblemKind, Field]] = {
    UnknownLevel: (ProblemKind.LEVEL, Field.LEVEL),
    YearInFuture: (ProblemKind.YEAR, Field.YEAR),
    YearOutsideProgrammes: (ProblemKind.YEAR, Field.YEAR),
    WhichDecision: (ProblemKind.DECISION, Field.DECISION),
    DecisionDiffers: (ProblemKind.DECISION, Field.DECISION),
    BeforePrerequisite: (ProblemKind.RULE, Field.YEAR),
    AfterHigherLevel: (ProblemKind.RULE, Field.YEAR),
}
_CORRECT = N_("correct the cell")


class RecognitionClaim(NamedTuple):
    """A draft whose unit, level and programme are known; `recognition` as it would be recorded."""

    draft: RecognitionDraft
    unit: Unit
    level: Level
    recognition: Recognition


class Resolver:
    """Finds the unit, level, programme and decision of each draft.

    Drafts that are refused are told in `problems`; `again` holds lower levels that a row marks without a year of their
    own and that are on record already.
    """

    def __init__(
        self,
        finder: UnitMatcher,
        recorded: Recorded,
        decisions: TableDecisions,
        terms: ImportTerms,
        constituents: Callable[[], Mapping[int, Sequence[Constituent]]],
    ) -> None:
        self.problems: list[Problem] = []
        self.again: list[Change] = []
        self._finder = finder
        self._recorded = recorded
        self._terms = terms
        self._constituents = constituents
        self.decisions = decisions

    def resolve(self, readings: Sequence[RecognitionDrafts]) -> list[RecognitionClaim]:
        """The claims of all rows; what keeps a row out is added to `problems`."""
        for reading in readings:
            self.problems.extend(reading.problems)
            for naming in reading.without:
                self.problems.extend(self._finder.meant(naming, MatchTerms()).problems)
        drafts = [
            draft._replace(naming=naming)  # a row whose cell lists several communes tells the same of each
            for reading in readings
            for draft in reading.drafts
            for naming in split_communes(self._finder.register, draft.naming)
        ]
        self.problems.extend(self.decisions.learn([draft for draft in drafts if draft.is_whole]))
        return [claim for draft in drafts if (claim := self._claim(draft))]

    def _claim(self, draft: RecognitionDraft) -> RecognitionClaim | None:
        """The draft with its unit and level; None where it is refused."""
        programme, act = self._programme(draft), draft.act or Act.RECOGNISED
        year = draft.year or (last_day(draft.known_by).year if draft.known_by else None)

        def counts(unit: Unit) -> bool:
            return (
                programme is None
                or year is None
                or (
                    unit.kind in programme.counted.get(unit.tier, ()) and unit.alive_in(year_of_unit([unit], act, year))
                )
            )

        decided = draft.signed_on or draft.announced_on
        terms = MatchTerms(counts, stands=lambda unit: year is None or stood_then(unit, act, year, decided))
        match = self._finder.meant(draft.naming, terms, (act, year, decided))
        self.problems.extend(match.problems)
        if self._refuses_number(draft, match.unit) or match.unit is None or not draft.is_whole:
            return None
        if programme is None or year is None:
            self._without_year(draft, match.unit)
            return None
        if self._refuses_days_to_come(draft):
            return None
        try:
            versions = self._finder.register.versions(match.unit.id)
            is_village = match.unit.tier is Tier.VILLAGE
            counted_in = year_of_unit(versions, act, year)
            unit = check_unit(versions, programme, counted_in, decided, also_uncounted=is_village)
            programme = self._set_of(draft, unit, programme, year)
            level = find_level(programme, level_name(draft.level or ""), unit.tier)
            recognition = self._recognition(draft, programme, level, unit)
        except NtmError as refused:
            self.problems.append(refused_draft(draft, refused))
            return None
        return self._held_against_ledger(draft, unit, level, recognition)

    def _held_against_ledger(
        self, draft: RecognitionDraft, unit: Unit, level: Level, recognition: Recognition
    ) -> RecognitionClaim | None:
        """The claim, of what a row says was taken back only what is clear; None where that is not."""
        if recorded := as_on_record(draft, recognition, self._recorded.get(unit.id, ())):
            meant = (
                recognition if recorded.revoked else recognition._replace(revoked_on=None, note=None)
            )  # the remark is of another
            return RecognitionClaim(recorded, unit, level, meant)
        if draft.revoked and (problem := unclear_revocation(draft.revoked, draft, unit, recognition, self._terms)):
            self.problems.append(problem)
            return None
        return RecognitionClaim(draft, unit, level, recognition)

    def _set_of(self, draft: RecognitionDraft, unit: Unit, programme: Programme, year: int) -> Programme:
        """The set that a recognition belongs to: that of its year, or of what it acknowledges."""
        if draft.act is not Act.ACKNOWLEDGED:
            return programme
        return acknowledged_set(self._constituents().get(unit.id, ()), level_name(draft.level or ""), year)

    def _programme(self, draft: RecognitionDraft) -> Programme | None:
        year = draft.year or (last_day(draft.known_by).year if draft.known_by else None)
        if year is None:
            return None
        try:
            check_year(draft.year or 0, self._terms.today)
            return of_year(year)
        except NtmError as refused:
            if draft.is_whole:
                self.problems.append(refused_draft(draft, refused))
            return None

    def _refuses_days_to_come(self, draft: RecognitionDraft) -> bool:
        """Whether a day that the row tells has not come: each is a problem of its own cell."""
        to_come = [(draft.day_ref(field), wrong) for field, day in draft.days.items() if (wrong := self._to_come(day))]
        if draft.revoked and (wrong := self._to_come(draft.revoked.day)):
            to_come.append((draft.revoked.ref, wrong))
        self.problems.extend(
            refusal_problem(ProblemKind.DAY, ref, refused)._replace(fix=_(_CORRECT)) for ref, refused in to_come
        )
        return bool(to_come)

    def _to_come(self, day: str | None) -> DecisionInFuture | None:
        try:
            check_days([day], self._terms.today)
        except DecisionInFuture as refused:
            return refused
        return None

    def _without_year(self, draft: RecognitionDraft, unit: Unit) -> None:
        """A lower level of the same row that is on record already is told again; else its year is missing."""
        if draft.year or draft.known_by:
            return  # told already
        recorded = [
            entry
            for entry in self._recorded.get(unit.id, ())
            if entry.level == draft.level and entry.revoked_on is None
        ]
        if draft.is_lower and recorded:
            self.again.append(Change(unit.full_title, evidence(recorded[-1]), None, draft.naming.ref))
            return
        says = _("no year recognised for is told")
        fix, choice = _("write the year in the row"), _("or for all rows: {option}").format(option="--year")
        if draft.is_lower and draft.shares_year:
            says = _("two levels are marked and one year is told: it was read as that of the higher one")
            fix, choice = _("tell the lower level’s own year, or take its mark away"), ""
        ref = draft.ref(Field.MARK) if draft.is_lower else draft.ref(Field.YEAR, Field.MARK)
        self._say(ProblemKind.YEAR, ref, says, fix, choice)

    def _recognition(self, draft: RecognitionDraft, programme: Programme, level: Level, unit: Unit) -> Recognition:
        year = draft.year or (last_day(draft.known_by).year if draft.known_by else 0)
        decision = self.decisions.settled(draft, year, unit.id, level.key)
        # A day without a number is the day that it was announced, as far as the row knows.
        announced = draft.announced_on or (draft.signed_on if draft.number is None else None)
        return Recognition(
            level=level.key,
            programme=programme.key,
            year=draft.year,
            known_by=draft.known_by,
            decision=decision,
            announced_on=announced,
            source=draft.source,
            note=draft.note,
            confidence=draft.confidence,
            basis=draft.act or Act.RECOGNISED,
            revoked_on=draft.revoked.day if draft.revoked else None,
        )

    def _refuses_number(self, draft: RecognitionDraft, unit: Unit | None) -> bool:
        """Whether a number marks a level: beside a district even 1 may be a count, beside a commune 1 is a mark."""
        if draft.is_number and unit and unit.tier is Tier.DISTRICT:
            says = _("a number beside {unit} may count its communes").format(unit=unit.title)
            fix = _("clear the cell where it counts; write the year where the unit itself is recognised")
        elif draft.is_count:
            says, fix = _("neither a mark (x, Đạt), nor a year, nor a decision"), _(HOW_TO_MARK)
        else:
            return False
        self._say(ProblemKind.LEVEL, draft.ref(Field.MARK), says, fix)
        return True

    def _say(self, kind: ProblemKind, ref: CellRef, says: str, fix: str, choice: str = "") -> None:
        self.problems.append(Problem(kind, ref, says, fix, choice))


def refused_draft(draft: RecognitionDraft, refused: NtmError) -> Problem:
    """The problem that a draft is refused."""
    kind, field = _KINDS.get(type(refused), (ProblemKind.UNIT, Field.UNIT))
    problem = refusal_problem(kind, draft.ref(field, Field.MARK, Field.YEAR, Field.KNOWN_BY), refused)
    if isinstance(refused, YearOutsideProgrammes):  # whose hint speaks of options
        problem = problem._replace(fix=_(_CORRECT))
    if isinstance(refused, WhichDecision):
        choice = _("or for all rows: {option}").format(option=refused.facts["ways"])
        problem = problem._replace(fix=_("write the day of the one that is meant"), choice=choice)
    return problem
