"""The recognitions of a table weighed against the ledger: new, corrected, the same, or refused with the reason."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ntmtrack.days import last_day
from ntmtrack.errors import (
    AfterHigherLevel,
    BeforePrerequisite,
    DecisionDiffers,
    DecisionInFuture,
    NtmError,
    UnknownLevel,
    YearInFuture,
    YearOutsideProgrammes,
)
from ntmtrack.i18n import _
from ntmtrack.model import Confidence, Decision, Level, Programme, Recognition, Tier, Unit
from ntmtrack.office.imports.merging import merged
from ntmtrack.office.imports.units_meant import Finder, refusal
from ntmtrack.office.imports.weighed import Change, Outcome, Terms, Weighed
from ntmtrack.programmes import find_level, of_year
from ntmtrack.rules import YEARS_APART, check_days, check_recognition, check_unit, check_year, evidence, repeated, when
from ntmtrack.sheets.fields import Field, What
from ntmtrack.sheets.headings import level_name
from ntmtrack.sheets.problems import Kind, Problem, Spot
from ntmtrack.sheets.recognition_rows import Draft, Reading, read_drafts
from ntmtrack.sheets.tables import Table
from ntmtrack.storage.decisions import settle
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import recognitions, units
from ntmtrack.storage.queries.register import Register
from ntmtrack.text import squeeze

_KINDS: dict[type[NtmError], tuple[Kind, Field]] = {
    UnknownLevel: (Kind.LEVEL, Field.LEVEL),
    YearInFuture: (Kind.YEAR, Field.YEAR),
    YearOutsideProgrammes: (Kind.YEAR, Field.YEAR),
    DecisionInFuture: (Kind.DAY, Field.DATE),
    DecisionDiffers: (Kind.DECISION, Field.DECISION),
    BeforePrerequisite: (Kind.RULE, Field.YEAR),
    AfterHigherLevel: (Kind.RULE, Field.YEAR),
}


class Claim(NamedTuple):
    """A draft whose unit, level and programme are known."""

    draft: Draft
    unit: Unit
    level: Level
    told: Recognition


def weigh(connection: sqlite3.Connection, tables: Sequence[Table], terms: Terms) -> Outcome:
    """Everything that the tables' recognitions would do, nothing being written."""
    weighing = _Weighing(connection, terms)
    weighed = weighing.weigh([read_drafts(table, terms.defaults) for table in tables])
    return Outcome(What.RECOGNITIONS, weighed, weighing.write)


class _Weighing:
    def __init__(self, connection: sqlite3.Connection, terms: Terms) -> None:
        self._finder = Finder(
            Register(units.every_version(connection)), refuse_near=terms.refuse_near, scope=terms.scope
        )
        self._terms = terms
        self._held = recognitions.by_unit(connection)
        self._decisions: dict[str, list[Decision]] = defaultdict(list)
        for known in recognitions.every_decision(connection):
            self._decisions[squeeze(known.number)].append(known)
        self._sole_use = _sole_use(self._held)
        self._result = Weighed([], [], [], [], [], [], [])
        self._again: list[Change] = []  # lower levels that are on record
        self._begin()

    def _begin(self) -> None:
        """Nothing is placed yet."""
        self._told: dict[tuple[int, str], Claim] = {}
        self._now: dict[int, list[Recognition]] = {}
        self._warnings: list[tuple[Spot, str]] = []
        self._writes: list[tuple[int, Recognition]] = []
        self._voids: list[int] = []
        for changes in (self._result.new, self._result.changed, self._result.same):
            changes.clear()

    def weigh(self, readings: Sequence[Reading]) -> Weighed:
        for reading in readings:
            self._result.problems.extend(reading.problems)
            self._result.silent.extend(naming.spot for naming in reading.without)
            for naming in reading.without:
                self._result.problems.extend(self._finder.meant(naming, lambda _unit: True).problems)
        drafts = [draft for reading in readings for draft in reading.drafts]
        claims = [claim for draft in drafts if (claim := self._claim(draft))]
        self._place_all(sorted(claims, key=lambda one: (one.unit.id, one.told.since(), one.level.rank)))
        self._result.near.extend(sorted(self._finder.near.values(), key=lambda near: near.spot))
        self._result.remarks.extend(self._finder.remarks)
        self._result.remarks.extend(f"{spot.address}: {text}" for spot, text in sorted(self._warnings))
        for group in (self._result.new, self._result.changed, self._result.same):
            group.sort(key=lambda change: change.spot)
        return self._result

    def _place_all(self, claims: Sequence[Claim]) -> None:
        """Places every claim of the rows that are right throughout: a row with a fault is left out whole."""
        bad: set[tuple[str, int]] = set()
        while True:
            self._begin()
            for claim in claims:
                if _row(claim.draft.naming.spot) not in bad:
                    self._place(claim)
            found = {_row(problem.spot) for problem in self._result.problems}
            if found <= bad:
                break
            bad |= found
        self._result.same.extend(change for change in self._again if _row(change.spot) not in bad)

    def write(self, ledger: Ledger) -> None:
        """Writes what was weighed, in the ledger's open action."""
        ledger.void("recognition", self._voids)
        ledger.record_all(self._writes)

    # One draft --------------------------------------------------------------------------------------------------

    def _claim(self, draft: Draft) -> Claim | None:
        """The draft with its unit and level; None with the problem told."""
        own = self._programme(draft)
        year = draft.year or (last_day(draft.known_by).year if draft.known_by else None)

        def counts(unit: Unit) -> bool:
            return own is None or year is None or (unit.kind in own.counted.get(unit.tier, ()) and unit.alive_in(year))

        found = self._finder.meant(draft.naming, counts, year)
        self._result.problems.extend(found.problems)
        if found.unit is None or not draft.is_whole:
            return None
        if own is None or year is None:
            self._without_year(draft, found.unit)
            return None
        try:
            check_days([draft.signed_on, draft.announced_on], self._terms.today)
            decided = draft.signed_on or draft.announced_on
            unit = check_unit(self._finder.register.versions(found.unit.id), own, year, decided)
            if draft.is_number and unit.tier is Tier.DISTRICT:
                self._refuse_count(draft, unit)
                return None
            level = find_level(own, level_name(draft.level or ""), unit.tier)
            told = self._recognition(draft, own, level, unit)
        except NtmError as refused:
            self._refuse(draft, refused)
            return None
        return Claim(draft, unit, level, told)

    def _programme(self, draft: Draft) -> Programme | None:
        year = draft.year or (last_day(draft.known_by).year if draft.known_by else None)
        if year is None:
            return None
        try:
            check_year(draft.year or 0, self._terms.today)
            return of_year(year)
        except NtmError as refused:
            if draft.is_whole:
                self._refuse(draft, refused)
            return None

    def _without_year(self, draft: Draft, unit: Unit) -> None:
        """A lower level of the same row that is on record already is told again; else its year is missing."""
        if draft.year or draft.known_by:
            return  # told already
        held = [one for one in self._held.get(unit.id, ()) if one.level == draft.level and one.revoked_on is None]
        if draft.is_lower and held:
            self._again.append(Change(unit.full_title, evidence(held[-1]), None, draft.naming.spot))
            return
        says = _("no year recognised for is told")
        fix, choice = _("write the year in the row"), _("or for all rows: {option}").format(option="--year")
        if draft.is_lower and draft.shares_year:
            says = _("two levels are marked and one year is told: it was read as that of the higher one")
            fix, choice = _("tell the lower level’s own year, or take its mark away"), ""
        spot = draft.spot(Field.MARK) if draft.is_lower else draft.spot(Field.YEAR, Field.MARK)
        self._problem(Kind.YEAR, spot, says, fix, choice)

    def _recognition(self, draft: Draft, own: Programme, level: Level, unit: Unit) -> Recognition:
        decision = Decision(draft.number, draft.signed_on, draft.issuer) if draft.number else None
        if decision:
            known = self._decisions[squeeze(decision.number)]
            likely = [one for one in known if self._may_be(one, draft, (unit.id, level.key))]
            decision = settle(likely, decision)
            if decision.id is None and decision not in known:
                known.append(decision)
        # A day without a number is the day that it was announced, as far as the row knows.
        announced = draft.announced_on or (draft.signed_on if draft.number is None else None)
        return Recognition(
            level=level.key,
            programme=own.key,
            year=draft.year,
            known_by=draft.known_by,
            decision=decision,
            announced_on=announced,
            source=draft.source,
            note=draft.note,
            confidence=draft.confidence,
        )

    def _may_be(self, known: Decision, draft: Draft, told_of: tuple[int, str]) -> bool:
        """Whether a decision on record may be the one of a row; numbers begin anew every year.

        Without a day, only one signed in the year recognised for or soon after; with another day, none that nothing
        else rests on: then the day is what the row corrects.
        """
        if known.signed_on is None:
            return True
        if draft.signed_on is None:
            return draft.year is None or 0 <= last_day(known.signed_on).year - draft.year <= YEARS_APART
        agree = known.signed_on.startswith(draft.signed_on) or draft.signed_on.startswith(known.signed_on)
        return agree or self._sole_use.get(known.id) != told_of

    def _refuse_count(self, draft: Draft, unit: Unit) -> None:
        says = _("a number beside {unit} may count its communes").format(unit=unit.title)
        self._problem(Kind.LEVEL, draft.spot(Field.MARK), says, _("write x where the unit itself is recognised"))

    # Against what is held ---------------------------------------------------------------------------------------

    def _place(self, claim: Claim) -> None:
        first = self._told.setdefault((claim.unit.id, claim.level.key), claim)
        if first is not claim:
            self._twice(claim, first)
            return
        held = self._now.get(claim.unit.id) or self._held.get(claim.unit.id, [])
        old = repeated(claim.told, held)
        if old and old.revoked_on:
            says = _("it is on record ({evidence}) and was revoked later; an import does not change that")
            self._rule(claim, says.format(evidence=evidence(old)), _("leave the row out"))
            return
        if old and claim.told.confidence is Confidence.ILLUSTRATIVE and old.confidence is not Confidence.ILLUSTRATIVE:
            says = _("it is on record by evidence ({evidence}); a made-up row does not replace that")
            self._rule(claim, says.format(evidence=evidence(old)), _("leave the row out"))
            return
        new = merged(old, claim.told) if old else claim.told
        if old and new == old:
            self._result.same.append(self._change(claim, new))
            return
        others = [one for one in held if one is not old]
        try:
            warnings = check_recognition(claim.unit, new, others)
        except NtmError as refused:
            self._refuse(claim.draft, refused)
            return
        self._warnings.extend((claim.draft.naming.spot, text) for text in warnings)
        self._now[claim.unit.id] = [*others, new]
        self._writes.append((claim.unit.id, new._replace(id=None, source=new.source or self._terms.file)))
        if old is None:
            self._result.new.append(self._change(claim, new))
        else:
            assert old.id is not None
            self._voids.append(old.id)
            self._result.changed.append(self._change(claim, new, old))

    def _twice(self, claim: Claim, first: Claim) -> None:
        if merged(first.told, claim.told) == first.told:
            return  # the same once more
        says = _("{unit} is told of at {level} here and, differently, in {place}")
        place = first.draft.naming.spot.address
        text = says.format(unit=claim.unit.full_title, level=claim.level.label, place=place)
        self._problem(Kind.TWICE, claim.draft.naming.spot, text, _("keep the row that is right"))

    def _change(self, claim: Claim, new: Recognition, old: Recognition | None = None) -> Change:
        told, before = evidence(new), evidence(old) if old else None
        if old and told == before:  # then what differs is told beside it
            told, before = (_with_remarks(one, other) for one, other in ((new, old), (old, new)))
        brief = f"{claim.level.label}, {when(new)}"
        return Change(claim.unit.full_title, f"{claim.level.label}, {told}", before, claim.draft.naming.spot, brief)

    # Refusals ---------------------------------------------------------------------------------------------------

    def _refuse(self, draft: Draft, refused: NtmError) -> None:
        kind, field = _KINDS.get(type(refused), (Kind.UNIT, Field.UNIT))
        problem = refusal(kind, draft.spot(field, Field.MARK, Field.YEAR), refused)
        if isinstance(refused, YearOutsideProgrammes | DecisionInFuture):  # whose hints speak of options
            problem = problem._replace(fix=_("correct the cell"))
        self._result.problems.append(problem)

    def _rule(self, claim: Claim, says: str, fix: str) -> None:
        self._problem(Kind.RULE, claim.draft.spot(Field.YEAR), says, fix)

    def _problem(self, kind: Kind, spot: Spot, says: str, fix: str, choice: str = "") -> None:
        self._result.problems.append(Problem(kind, spot, says, fix, choice))


def _row(spot: Spot) -> tuple[str, int]:
    return spot.sheet, spot.row


def _sole_use(held: Mapping[int, Sequence[Recognition]]) -> dict[int | None, tuple[int, str] | None]:
    """Of each decision on record, the unit and level that alone rest on it; None where several do."""
    uses: dict[int | None, tuple[int, str] | None] = {}
    for unit_id, own_recognitions in held.items():
        for one in own_recognitions:
            if one.decision:
                own = (unit_id, one.level)
                uses[one.decision.id] = own if uses.get(one.decision.id, own) == own else None
    return uses


def _with_remarks(one: Recognition, other: Recognition) -> str:
    """How a recognition is known, with the remark and source in which it differs from another."""
    parts = [evidence(one)]
    parts += [one.note or "–"] if one.note != other.note else []
    parts += [one.source or "–"] if one.source != other.source else []
    return "; ".join(parts)
