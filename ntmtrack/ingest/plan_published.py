"""What the published figures of a table would do to the ledger: new, corrected or the same."""

import sqlite3
from collections.abc import Sequence
from decimal import Decimal

from ntmtrack.dates import first_day, show_day
from ntmtrack.i18n import _, number
from ntmtrack.ingest.columns import Field, What
from ntmtrack.ingest.levels import level_name
from ntmtrack.ingest.options import Change, ImportPlan, Terms
from ntmtrack.ingest.problems import Kind, Problem
from ntmtrack.ingest.read_published import PublishedDraft, read_published
from ntmtrack.ingest.table import Table
from ntmtrack.model import Published, Tier, Unit
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import recognitions
from ntmtrack.storage.queries.scopes import whose


def plan_published(connection: sqlite3.Connection, tables: Sequence[Table], terms: Terms) -> ImportPlan:
    """Everything that the tables' figures would do; raises ScopeNeeded."""
    return _Placement(connection, whose(connection, terms.scope), terms).plan(tables)


class _Placement:
    """The figures of a table's rows, each placed among those on record and those of rows before it."""

    def __init__(self, connection: sqlite3.Connection, scope: Unit, terms: Terms) -> None:
        self._scope = scope
        self._terms = terms
        self._held: dict[tuple[str, ...], tuple[int | None, Published]] = {
            figure.key: (key, figure) for key, figure in recognitions.every(connection, scope.id)
        }
        self._new: list[Change] = []
        self._changed: list[Change] = []
        self._same: list[Change] = []
        self._problems: list[Problem] = []
        self._writes: list[Published] = []
        self._voids: list[int] = []

    def plan(self, tables: Sequence[Table]) -> ImportPlan:
        """What the tables would do."""
        for table in tables:
            drafts, problems = read_published(table, self._terms.defaults.year)
            self._problems.extend(problems)
            for draft in drafts:
                self._place(draft)
        return ImportPlan(What.PUBLISHED, self._write, self._new, self._changed, self._same, self._problems)

    def _write(self, ledger: Ledger) -> None:
        ledger.void("published_figure", self._voids)
        ledger.publish(self._writes, self._scope.id)

    def _place(self, draft: PublishedDraft) -> None:
        if first_day(draft.as_of) > self._terms.today:
            self._refuse(draft, Field.AS_OF, Kind.DAY, _("the day has not come yet"))
            return
        source = draft.source or self._terms.defaults.source or self._terms.file
        new = Published(draft.tier, draft.measure, draft.as_of, draft.value, draft.total, source, draft.confidence)
        key, old = self._held.get(new.key, (None, None))
        if old and (old.value, old.total) == (new.value, new.total):
            self._same.append(self._change(draft, new))
            return
        if old and key is None:
            says = _("another row of this file gives {value} for the same").format(value=_value(old))
            self._refuse(draft, Field.VALUE, Kind.TWICE, says)
            return
        self._held[new.key] = (None, new)
        self._writes.append(new)
        if old and key is not None:
            self._voids.append(key)
            self._changed.append(self._change(draft, new, old))
        else:
            self._new.append(self._change(draft, new))

    def _change(self, draft: PublishedDraft, new: Published, old: Published | None = None) -> Change:
        counted = {Tier.COMMUNE: _("communes"), Tier.DISTRICT: _("districts")}.get(new.tier, self._scope.title)
        measure, _dot, how = new.measure.partition(".")
        name = f"{level_name(measure)} ({how})" if how else level_name(measure)
        told = f"{_value(new)}, {show_day(new.as_of)}"
        before = f"{_value(old)}, {show_day(old.as_of)}" if old else None
        return Change(f"{counted}, {name}", told, before, draft.spots[Field.MEASURE])

    def _refuse(self, draft: PublishedDraft, field: Field, kind: Kind, says: str) -> None:
        spot = draft.spots.get(field) or draft.spots[Field.MEASURE]
        self._problems.append(Problem(kind, spot, says, _("correct the cell")))


def _value(figure: Published) -> str:
    value = number(Decimal(figure.value)) if figure.value.replace(".", "", 1).isdigit() else figure.value
    return f"{value}/{number(figure.total)}" if figure.total else value
