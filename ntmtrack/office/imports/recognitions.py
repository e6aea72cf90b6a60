"""The recognitions of a table weighed against the ledger: new, corrected, the same, or refused with the reason."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ntmtrack.days import show_day
from ntmtrack.errors import NtmError
from ntmtrack.i18n import _
from ntmtrack.model import Recognition, Unit
from ntmtrack.office.decisions import Told, read_told
from ntmtrack.office.imports.claims import Claim, Claims
from ntmtrack.office.imports.edits_undone import EditsUndone
from ntmtrack.office.imports.merging import contradicts, in_detail, is_later, is_office, is_weaker, merged
from ntmtrack.office.imports.revocations import (
    Ending,
    before_its_end,
    is_on_record,
    revoked_already,
    same_fact,
    told_again,
    words,
)
from ntmtrack.office.imports.titles_told import outside
from ntmtrack.office.imports.unit_lists import apart
from ntmtrack.office.imports.units_meant import Finder
from ntmtrack.office.imports.unread_units import refuse_unread_units
from ntmtrack.office.imports.weighed import Change, Outcome, Terms, Weighed
from ntmtrack.rules import check_recognition, evidence, repeated, when
from ntmtrack.sheets.fields import Field, What
from ntmtrack.sheets.naming_rows import Naming
from ntmtrack.sheets.problems import Kind, Problem, Spot
from ntmtrack.sheets.recognition_rows import Defaults, Draft, Reading, read_drafts
from ntmtrack.sheets.revocations import Revoked
from ntmtrack.sheets.tables import Table
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import recognitions, units
from ntmtrack.storage.queries.register import Register


def weigh(connection: sqlite3.Connection, tables: Sequence[Table], terms: Terms) -> Outcome:
    """Everything that the tables' recognitions would do, nothing being written; raises UnitsUnread."""
    register = Register(units.every_version(connection))
    refuse_unread_units(register, tables, terms.file)
    titles = [title for table in tables for title in table.titles]
    finder = Finder(register, refuse_near=terms.refuse_near, scope=terms.scope, titles=titles)
    weighing = _Weighing(connection, finder, terms)
    weighed = weighing.weigh([read_drafts(table, _read(terms.defaults)) for table in tables])
    for table in tables:
        weighed.remarks.extend(outside(register, table.titles, weighing.written(table.sheet.name)))
    return Outcome(What.RECOGNITIONS, weighed, weighing.write)


def _read(given: Defaults) -> Defaults:
    """What was given for all rows, number, day and issuer of the decision parted; raises as `record` does."""
    if given.number is None:
        return given
    decision = read_told(Told(given.number, given.signed_on, given.issuer))
    assert decision is not None
    return given._replace(number=decision.number, signed_on=decision.signed_on, issuer=decision.issuer)


class _Weighing:
    def __init__(self, connection: sqlite3.Connection, finder: Finder, terms: Terms) -> None:
        self._finder = finder
        self._file = terms.file
        self._held = recognitions.by_unit(connection)
        self._claims = Claims(self._finder, self._held, recognitions.every_decision(connection), terms)
        self._edits = EditsUndone(connection)
        self._placed: list[Claim] = []
        self._over_edits: list[str] = []
        self._revoked: list[str] = []
        self._result = Weighed([], [], [], [], self._claims.problems, [], [], self._revoked, self._over_edits)
        self._begin()

    def _begin(self) -> None:
        """Nothing is placed yet."""
        self._told: dict[tuple[int, str], list[Claim]] = defaultdict(list)
        self._now: dict[int, list[Recognition]] = {}
        self._warnings: list[tuple[Spot, str]] = []
        self._writes: list[tuple[int, Recognition]] = []
        self._voids: list[int] = []
        self._over_edits.clear()
        self._revoked.clear()
        self._endings: list[Ending] = []
        self._taken_back: list[str] = []
        for changes in (self._result.new, self._result.changed, self._result.same):
            changes.clear()

    def weigh(self, readings: Sequence[Reading]) -> Weighed:
        for reading in readings:
            self._result.problems.extend(reading.problems)
            self._result.silent.extend(naming.spot for naming in reading.without)
            for naming in reading.without:
                self._result.problems.extend(self._finder.meant(naming, lambda _unit: True).problems)
        drafts = [one for reading in readings for draft in reading.drafts for one in self._apart(draft)]
        self._claims.learn(drafts)
        claims = [claim for draft in drafts if (claim := self._claims.claim(draft))]
        self._placed = sorted(claims, key=lambda one: (one.unit.id, one.told.since(), one.level.rank))
        self._place_all(self._placed)
        self._result.near.extend(sorted(self._finder.near.values(), key=lambda near: near.spot))
        self._result.remarks.extend([*self._finder.remarks, *self._claims.decisions.remarks])
        self._result.remarks.extend(self._taken_back)
        self._result.remarks.extend(f"{spot.address}: {text}" for spot, text in sorted(self._warnings))
        for group in (self._result.new, self._result.changed, self._result.same):
            group.sort(key=lambda change: change.spot)
        return self._result

    def written(self, sheet: str) -> list[tuple[Naming, Unit]]:
        """The rows of a sheet of which anything would be written, and their units."""
        spots = {change.spot for change in (*self._result.new, *self._result.changed)}
        rows = [(claim.draft.naming, claim.unit) for claim in self._placed]
        return [(naming, unit) for naming, unit in rows if naming.spot in spots and naming.spot.sheet == sheet]

    def _apart(self, draft: Draft) -> Iterator[Draft]:
        """A row whose cell lists several communes tells the same of each."""
        return (draft._replace(naming=naming) for naming in apart(self._finder.register, draft.naming))

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
        self._result.same.extend(change for change in self._claims.again if _row(change.spot) not in bad)

    def write(self, ledger: Ledger) -> None:
        """Writes what was weighed, in the ledger's open action."""
        ledger.void("recognition", self._voids)
        for ending in self._endings:
            ending.write(ledger)
        ledger.record_all(self._writes)
        written = [*(one for _unit, one in self._writes), *(ending.new for ending in self._endings)]
        self._claims.decisions.put_right(ledger, {one.decision for one in written})

    def _place(self, claim: Claim) -> None:
        earlier = self._told[claim.unit.id, claim.level.key]
        once = not claim.draft.of_export  # a ledger may hold one level twice, of two periods; one list tells it once
        if first := next((one for one in earlier if once or repeated(claim.told, [one.told])), None):
            self._twice(claim, first)
            return
        earlier.append(claim)
        held = self._now.get(claim.unit.id) or self._held.get(claim.unit.id, [])
        if claim.draft.revoked:
            self._place_revoked(claim, claim.draft.revoked, held)
            return
        old = repeated(claim.told, held) or told_again(claim.told, held)
        if old and old.revoked_on:
            self._rule(claim, revoked_already(old))
            return
        new = self._merged(claim, old)
        if new is None:
            return
        if old and new == old:
            self._result.same.append(self._change(claim, new))
            return
        others = [one for one in held if one is not old]
        try:
            warnings = check_recognition(claim.unit, new, others, old)
        except NtmError as refused:
            self._claims.refuse(claim.draft, refused)
            return
        self._warnings.extend((claim.draft.naming.spot, text) for text in warnings)
        self._now[claim.unit.id] = [*others, new]
        source = new.source or self._source(claim, old)
        self._writes.append((claim.unit.id, new._replace(id=None, source=source)))
        if old is None:
            self._result.new.append(self._change(claim, new))
        else:
            assert old.id is not None
            self._note_edit(claim, old, new)
            self._voids.append(old.id)
            self._result.changed.append(self._change(claim, new, old))

    def _merged(self, claim: Claim, old: Recognition | None) -> Recognition | None:
        """What is told with what is on record; None where the row must not change that, which is a problem."""
        if old is None:
            return claim.told
        new = merged(old, claim.told)
        if is_later(old, claim.told):
            says = _("it is on record for a later year than the row says ({evidence})")
        elif new != old and is_weaker(claim.told, old):
            says = _("it is on record by better evidence ({evidence}); this row does not replace that")
        else:
            return new
        self._rule(claim, says.format(evidence=evidence(old)))
        return None

    def _place_revoked(self, claim: Claim, revoked: Revoked, held: Sequence[Recognition]) -> None:
        """Places a recognition that was taken back later: what the row corrects of it is corrected too."""
        old = same_fact(claim.told, held)
        if old and old.revoked_on:
            self._place_ended(claim, revoked, old)
            return
        is_remark = old is not None and revoked.spot == claim.draft.spots.get(Field.NOTE)  # the revocation's, then
        told = claim.told._replace(revoked_on=None, note=None if is_remark else claim.told.note)
        new = self._merged(claim._replace(told=told), old)
        if new is None:
            return
        others = [one for one in held if one is not old]
        try:
            warnings = check_recognition(claim.unit, new, before_its_end(claim.told, others))
        except NtmError as refused:
            self._claims.refuse(claim.draft, refused)
            return
        self._warnings.extend((claim.draft.naming.spot, text) for text in warnings)
        self._now[claim.unit.id] = [*others, new._replace(revoked_on=revoked.day)]
        corrects = old is not None and new != old
        if old and corrects:
            assert old.id is not None
            self._note_edit(claim, old, new)
            self._voids.append(old.id)
        written = new._replace(source=new.source or self._source(claim, old))
        self._endings.append(Ending(claim.unit, written, revoked, None if corrects or old is None else old.id))
        said = words(revoked)
        if not revoked.in_column:
            self._revoked.append(f"{revoked.spot.address}: {claim.unit.full_title}, {claim.level.label}: {said}")
        change = self._change(claim, new, old)
        change = change._replace(told=f"{change.told}; {said}")
        (self._result.changed if old else self._result.new).append(change)

    def _place_ended(self, claim: Claim, revoked: Revoked, old: Recognition) -> None:
        """Places a recognition whose revocation is on record already."""
        if not is_on_record(old, revoked):
            says = _("on record it was revoked on another day, {day}").format(day=show_day(old.revoked_on))
            self._rule(claim, says)
        elif contradicts(old, claim.told):
            self._rule(claim, revoked_already(old))
        else:
            self._result.same.append(self._change(claim, old))

    def _source(self, claim: Claim, old: Recognition | None) -> str | None:
        """The file as the source of what is new; a table with a column of sources tells them all."""
        is_known = Field.SOURCE in claim.draft.spots or (old and is_office(old))
        return None if is_known else self._file

    def _note_edit(self, claim: Claim, old: Recognition, new: Recognition) -> None:
        """Notes a correction with a reason that the row takes back."""
        if edit := self._edits.undone(claim.unit.id, old, new):
            text = _("{place}: {unit} was corrected ({edit}), which this row takes back")
            place = claim.draft.naming.spot.address
            self._taken_back.append(text.format(place=place, unit=claim.unit.full_title, edit=edit))
            self._over_edits.append(claim.unit.full_title)

    def _twice(self, claim: Claim, first: Claim) -> None:
        if merged(first.told, claim.told) == first.told:
            return  # the same once more
        says = _("{unit} is told of at {level} here and, differently, in {place}")
        for one, other in ((claim, first), (first, claim)):
            place = other.draft.naming.spot.address
            text = says.format(unit=claim.unit.full_title, level=claim.level.label, place=place)
            problem = Problem(Kind.TWICE, one.draft.naming.spot, text, _("keep the row that is right"))
            self._claims.problems.append(problem)

    def _change(self, claim: Claim, new: Recognition, old: Recognition | None = None) -> Change:
        told, before = evidence(new), evidence(old) if old else None
        if old and told == before:  # then what differs is told beside it
            told, before = (in_detail(one, other) for one, other in ((new, old), (old, new)))
        brief = f"{claim.level.label}, {when(new)}"
        return Change(claim.unit.full_title, f"{claim.level.label}, {told}", before, claim.draft.naming.spot, brief)

    def _rule(self, claim: Claim, says: str) -> None:
        problem = Problem(Kind.RULE, claim.draft.spot(Field.YEAR), says, _("leave the row out"))
        self._claims.problems.append(problem)


def _row(spot: Spot) -> tuple[str, int]:
    return spot.sheet, spot.row
