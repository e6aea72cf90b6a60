"""What a list of groups would do to the ledger: new marks, corrected ones, those told already."""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from ntmtrack.dates import last_day, show_day
from ntmtrack.i18n import _
from ntmtrack.ingest import Problem, ProblemKind
from ntmtrack.ingest.columns import TableKind
from ntmtrack.ingest.decisions import decision_told
from ntmtrack.ingest.match_units import split_communes
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.plan import Change, ImportPlan, ImportTerms
from ntmtrack.ingest.read_marks import MarkDraft, read_marks
from ntmtrack.ingest.row_placement import RowPlacement
from ntmtrack.model import Unit
from ntmtrack.programmes.marks import MARKS, UnitMark, mark_beside, mark_words
from ntmtrack.rules import check_days
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.criteria import mark_row, marks_of
from ntmtrack.units.finder import MatchTerms


def plan_marks(connection: Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> ImportPlan:
    """Everything that the tables' marks would do; raises DecisionInFuture and what finding the decision raises."""
    check_days([terms.defaults.signed_on], terms.today)
    return _MarkPlacement(connection, tables, terms).plan(tables)


class _MarkPlacement(RowPlacement):
    """The marks of rows, each placed among those of its unit on record and those of rows before it."""

    def __init__(self, connection: Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> None:
        super().__init__(connection, tables, terms)
        self._decision = decision_told(connection, terms.defaults, terms.today)
        self._known: dict[int, list[UnitMark]] = defaultdict(list)
        self._told: dict[tuple[int, str, str], MarkDraft] = {}
        self._writes: list[tuple[int, UnitMark]] = []

    def plan(self, tables: Sequence[OfficeTable]) -> ImportPlan:
        """What the tables would do."""
        for table in tables:
            drafts, problems = read_marks(table)
            self._problems += problems
            for draft in drafts:
                for naming in split_communes(self._finder.register, draft.naming):
                    self._place(draft._replace(naming=naming))
        return self._planned(TableKind.GROUPS, self._write)

    def _write(self, ledger: Ledger) -> None:
        ledger.void("unit_mark", self._voids)
        ledger.add_facts("unit_mark", [mark_row(unit, new) for unit, new in self._writes])

    def _place(self, draft: MarkDraft) -> None:
        since = draft.since or (self._decision.signed_on if self._decision else None) or self._terms.defaults.signed_on
        if since is None:
            says, fix = _("from which day on is not told"), _("add a column “Từ ngày”")
            choice = _("or for all rows: {option}").format(option="--date")
            self._problems.append(Problem(ProblemKind.DAY, draft.naming.ref, says, fix, choice))
            return
        day = last_day(since)
        if day > self._terms.today:
            self._problems.append(
                Problem(ProblemKind.DAY, draft.naming.ref, _("the day has not come yet"), _("correct the cell"))
            )
            return
        if unit := self._unit(draft, day.isoformat()):
            source = draft.source or self._terms.defaults.source or (None if self._decision else self._terms.file)
            self._add(draft, unit, UnitMark(draft.mark, draft.value, day.isoformat(), self._decision, source))

    def _unit(self, draft: MarkDraft, day: str) -> Unit | None:
        """The unit that a row means on a day, of a tier that may be so marked; None and a problem where it is open."""

        def stands(unit: Unit) -> bool:
            return unit.stands_on(day)

        tiers = MARKS[draft.mark].tiers
        terms = MatchTerms(lambda unit: unit.tier in tiers and stands(unit), stands=stands)
        match = self._finder.meant(draft.naming, terms, (draft.mark, day))
        self._problems += match.problems
        if match.unit is None:
            return None
        versions = [version for version in units.versions(self._connection, match.unit.id) if version.stands_on(day)]
        says = ""
        if not versions:
            says = _("{unit} did not stand on {day}").format(unit=match.unit.full_title, day=show_day(day))
        elif versions[0].tier not in tiers:
            words = mark_words(draft.mark, draft.value)
            says = _("{unit} cannot be marked “{mark}”").format(unit=versions[0].full_title, mark=words)
        if says:
            self._problems.append(Problem(ProblemKind.UNIT, draft.naming.ref, says, _("correct the cell")))
            return None
        return versions[0]

    def _add(self, draft: MarkDraft, unit: Unit, new: UnitMark) -> None:
        if unit.id not in self._known:
            self._known[unit.id] = marks_of(self._connection, unit.id)
        words = _words(new)
        before = self._told.setdefault((unit.id, new.mark, new.since), draft)
        if before is not draft and before.value != new.value:
            says = _("{place} says something else of the same unit").format(place=before.ref.address)
            self._problems.append(Problem(ProblemKind.TWICE, draft.ref, says, _("keep the row that is right")))
            return
        beside = mark_beside(self._known[unit.id], new)
        change = partial(Change, unit.full_title, words, ref=draft.ref, brief=words)
        if before is not draft or beside.is_told:
            self._same.append(change(None))
            return
        self._writes.append((unit.id, new))
        if beside.replaced and beside.replaced.id is not None:
            self._voids.append(beside.replaced.id)
            self._changed.append(change(_words(beside.replaced)))
        else:
            self._new.append(change(None))


def _words(mark: UnitMark) -> str:
    """A mark and from which day on it holds."""
    return _("{mark} from {day}").format(mark=mark_words(mark.mark, mark.value), day=show_day(mark.since))
