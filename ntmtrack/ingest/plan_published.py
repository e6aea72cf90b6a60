"""What the published figures of a table would do to the ledger: new, corrected, the same, or refused."""

from collections import defaultdict
from collections.abc import Sequence

from ntmtrack.dates import first_day, last_day, show_day
from ntmtrack.i18n import _
from ntmtrack.ingest import Problem, ProblemKind
from ntmtrack.ingest.columns import Field, TableKind
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.plan import Change, ImportPlan, ImportTerms
from ntmtrack.ingest.read_published import PublishedDraft, read_published
from ntmtrack.model import Published, Unit
from ntmtrack.reports.published import measure_label, value_words
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import recognitions
from ntmtrack.storage.queries.scopes import whose


def plan_published(connection: Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> ImportPlan:
    """Everything that the tables' figures would do; raises ScopeNeeded."""
    return _FigurePlacement(connection, terms).plan(tables)


class _FigurePlacement:
    """The figures of a table's rows, each placed among those on record and those of rows before it."""

    def __init__(self, connection: Connection, terms: ImportTerms) -> None:
        self._connection = connection
        self._terms = terms
        self._recorded: dict[int, dict[tuple[str, ...], tuple[int | None, Published]]] = {}
        self._new: list[Change] = []
        self._changed: list[Change] = []
        self._same: list[Change] = []
        self._problems: list[Problem] = []
        self._scopes: dict[int, Unit] = {}
        self._writes: dict[int, list[Published]] = defaultdict(list)
        self._voids: list[int] = []

    def plan(self, tables: Sequence[OfficeTable]) -> ImportPlan:
        """What the tables would do."""
        for table in tables:
            drafts, problems = read_published(table, self._terms.defaults.year)
            self._problems.extend(problems)
            for draft in drafts:
                self._place(draft)
        published = [(self._scopes[scope], figures) for scope, figures in self._writes.items()]
        told = (self._new, self._changed, self._same, self._problems)
        return ImportPlan(TableKind.PUBLISHED, self._write, *told, published=published)

    def _write(self, ledger: Ledger) -> None:
        ledger.void("published_figure", self._voids)
        for scope, figures in self._writes.items():
            ledger.publish(figures, scope)

    def _on_record(self, scope: Unit) -> dict[tuple[str, ...], tuple[int | None, Published]]:
        """The figures of a scope on record and of earlier rows, by what they tell of."""
        if scope.id not in self._recorded:
            kept = recognitions.every_published_figure(self._connection, scope.id)
            self._recorded[scope.id] = {figure.key: (key, figure) for key, figure in kept}
        return self._recorded[scope.id]

    def _place(self, draft: PublishedDraft) -> None:
        if first_day(draft.as_of) > self._terms.today:
            self._refuse(draft, Field.AS_OF, ProblemKind.DAY, _("the day has not come yet"))
            return
        source = draft.source or self._terms.defaults.source or self._terms.file
        told = (draft.tier, draft.measure, draft.as_of, draft.value, draft.total, source, draft.confidence)
        new = Published(*told, percent=draft.percent, share_of=draft.share_of)
        scope = whose(self._connection, self._terms.scope, last_day(draft.as_of))
        recorded = self._on_record(scope)
        key, old = recorded.get(new.key, (None, None))
        if old and old.said == new.said:
            self._same.append(_change(draft, new))
            return
        if old and key is None:
            says = _("another row of this file gives {value} for the same").format(value=value_words(old))
            self._refuse(draft, Field.VALUE, ProblemKind.TWICE, says)
            return
        recorded[new.key] = (None, new)
        self._scopes[scope.id] = scope
        self._writes[scope.id].append(new)
        if old and key is not None:
            self._voids.append(key)
            self._changed.append(_change(draft, new, old))
        else:
            self._new.append(_change(draft, new))

    def _refuse(self, draft: PublishedDraft, field: Field, kind: ProblemKind, says: str) -> None:
        ref = draft.refs.get(field) or draft.place
        self._problems.append(Problem(kind, ref, says, _("correct the cell")))


def _change(draft: PublishedDraft, new: Published, old: Published | None = None) -> Change:
    before = f"{value_words(old)}, {show_day(old.as_of)}" if old else None
    label = measure_label(new.tier, new.measure, new.as_of)
    return Change(label, f"{value_words(new)}, {show_day(new.as_of)}", before, draft.place)
