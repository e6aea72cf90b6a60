"""Criteria on the sheets of a report: communes by how many they meet, and criterion by criterion, in official words."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ntmtrack.i18n import _, number
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.progress.criteria import CriterionCounts
from ntmtrack.reports import CellKind, Column, Report, Table
from ntmtrack.reports.labels import made_up_assessments
from ntmtrack.roadmaps.shares import rounded


class CountedSet(NamedTuple):
    """A set with each of its criteria counted; of how many communes, and how many of those assessed are made up."""

    of_set: CriteriaSet
    counts: Sequence[CriterionCounts]
    units: int
    made_up: int

    @property
    def assessed(self) -> int:
        """How many communes were assessed by it."""
        return self.counts[0].assessed if self.counts else 0


def bands_sheet_report(bands: Report, of_set: CriteriaSet, title: str, subtitle: str) -> Report:
    """The report of `bands` as a sheet: its figures as they are, the set by the name that its decision gives it."""
    tables = [table._replace(title=_("Bands of criteria met")) for table in bands.tables]
    return bands._replace(title=title, subtitle=subtitle, tables=tables, notes=[set_note(of_set), *bands.notes])


def criteria_report(sets: Sequence[CountedSet], title: str, subtitle: str) -> Report:
    """For every set a table: each criterion with the communes that meet it, do not, or of which nothing is known."""
    tables = [
        Table.of(f"criteria-{place}", one.of_set.title, one.counts, _columns())
        for place, one in enumerate(sets, start=1)
    ]
    pairs = [(one.of_set, counts) for one in sets for counts in one.counts]
    set_column: Column[tuple[CriteriaSet, CriterionCounts]] = Column("set", "set", of=lambda pair: pair[0].key)
    tidy = Table.of("criteria", "", pairs, [set_column, *(column.of_second() for column in _columns())])
    notes = [note for one in sets for note in _notes(one, named=len(sets) > 1)]
    notes.append(_("The per cents are of the communes assessed."))
    return Report("criteria", title, tables, subtitle, notes=list(dict.fromkeys(notes)), data=[tidy])


def _columns() -> list[Column[CriterionCounts]]:
    met, missing, percent = _("Communes that meet it"), _("Communes that do not"), _("Per cent")
    return [
        Column("criterion", _("Code"), CellKind.KEY, of=lambda one: one.criterion.code),
        Column("name", _("Criterion"), of=lambda one: one.criterion.name),
        Column("assessed", _("Communes assessed"), CellKind.COUNT, of=lambda one: one.assessed),
        Column("met", _("Number"), CellKind.COUNT, met, lambda one: one.met),
        Column("met_percent", percent, CellKind.PERCENT, met, lambda one: _share(one.met, one)),
        Column("missing", _("Number"), CellKind.COUNT, missing, lambda one: one.missing),
        Column("missing_percent", percent, CellKind.PERCENT, missing, lambda one: _share(one.missing, one)),
        Column("open", _("Communes not concluded"), CellKind.COUNT, of=lambda one: one.not_concluded or None),
    ]


def _share(count: int, one: CriterionCounts) -> Decimal | None:
    return rounded(Fraction(count * 100, one.assessed), 2) if one.assessed else None


def _notes(one: CountedSet, *, named: bool) -> list[str]:
    """By which set; who was not assessed, and of whom only a number is known, where not everybody was told of."""
    of = f"{one.of_set.title}: " if named else ""
    notes = [set_note(one.of_set)]
    if left := one.units - one.assessed:
        notes.append(
            of + _("{count} of {total} communes were not assessed.").format(count=number(left), total=one.units)
        )
    untold = one.counts[0].untold if one.counts else 0
    if untold:
        text = _("Of {count} communes only the number of criteria met is known: no criterion of theirs is concluded.")
        notes.append(of + text.format(count=number(untold)))
    return [*notes, *made_up_assessments(one.made_up)]


def set_note(of_set: CriteriaSet) -> str:
    """By which set, and whose it is."""
    return _("By the set of criteria: {title} ({source}).").format(title=of_set.title, source=of_set.source)
