"""By which criteria set, and as of which day, a table of assessments is: told by hand, by its title, by its columns."""

import re
from collections.abc import Callable, Sequence

from ntmtrack.dates import last_day, show_day
from ntmtrack.errors import NoAssessedDay, NoCriteriaSet, NoSetTold
from ntmtrack.i18n import _
from ntmtrack.ingest.columns import simple
from ntmtrack.ingest.criteria_head import is_of_criterion
from ntmtrack.ingest.criteria_headings import CriterionHeading, criterion_heading, meant_code
from ntmtrack.ingest.levels import levels_in
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.read_assessments import AssessmentDraft
from ntmtrack.ingest.title_days import title_days
from ntmtrack.model import Tier
from ntmtrack.programmes import of_year
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.programmes.criteria.files import find_set, set_keys, sets_of

KnownSet = Callable[[str, str], CriteriaSet]  # a set by its key on an ISO day, as the office has it


def day_of(
    table: OfficeTable, drafts: Sequence[AssessmentDraft], file: str, on: str | None, year: int | None
) -> str | None:
    """The day of the rows that tell none: as told by hand, by the title, by the sheet's name; None where all do.

    Raises NoAssessedDay where none does, or several.
    """
    if on or all(draft.day for draft in drafts):
        return on
    days = title_days(table.titles) or title_days([table.sheet.name])
    if len(days) == 1 and (year is None or days[0].startswith(str(year))):
        return days[0]
    if year:
        return f"{year}-12-31"
    place = f"{file}, “{table.sheet.name}”" if table.sheet.name else file
    raise NoAssessedDay(file=place, days=", ".join(map(show_day, days)) or "–")


def set_of(
    table: OfficeTable, drafts: Sequence[AssessmentDraft], day: str, told: str | None, known: KnownSet, file: str
) -> tuple[CriteriaSet, str]:
    """The set of a table, and how it is known; raises NoSetTold, NoCriteriaSet, UnknownCriteriaSet.

    Where no set has all that the table names it is the nearest: what it lacks is a fault of its own cell.
    """
    period = of_year(last_day(day).year)
    if told:
        return known(find_set(period, told).key, day), ""
    keys = dict.fromkeys((period.key, *([period.kept.ladder.key] if period.kept else [])))
    possible = [known(one.key, day) for key in keys for one in sets_of(key) if one.since <= day]
    possible = [one for one in possible if one.criteria and one.tier is (table.tier or Tier.COMMUNE)]
    headings = headings_of(table, drafts)
    fitting = [one for one in possible if not _misfits(one, headings)]
    titled = _levels(table)
    named = [one for one in fitting if one.level in titled] if len(titled) == 1 else fitting
    if len(named) == 1:
        by = _("as its title tells") if len(fitting) > 1 else _("as its columns tell")
        return named[0], by
    if len(named) > 1:
        totals = {draft.told_met.total for draft in drafts if draft.told_met and draft.told_met.total}
        named = [one for one in named if totals <= {one.total}] or named
        likely = _of_length(named, headings) or named
        if len(likely) == 1:
            return likely[0], _("as its columns tell")
    names = [one.key for one in named or fitting or possible]
    if fitting:
        raise NoSetTold(file=file, keys=names, known=", ".join(names))
    if not possible:
        raise NoCriteriaSet(unit=file, day=show_day(day), known=", ".join(set_keys()))
    of_title = [one for one in possible if one.level in titled] if len(titled) == 1 else []
    return min(of_title or possible, key=lambda one: (len(_misfits(one, headings)), len(one.asks))), ""


def _of_length(sets: Sequence[CriteriaSet], headings: Sequence[Sequence[str]]) -> list[CriteriaSet]:
    """The sets that have as many criteria as are told of, where all that are told are numbered."""
    codes = {heading.code for parts in headings if (heading := criterion_heading(parts)) and heading.code}
    whole = {code for code in codes if "." not in code}
    return [one for one in sets if whole == {criterion.code for criterion in one.criteria}]


def _levels(table: OfficeTable) -> tuple[str, ...]:
    """The levels that the titles name, else the sheet's name."""
    titles = [
        simple(re.sub(r"chương trình mục tiêu quốc gia[^,;.]*nông thôn mới", " ", text, flags=re.IGNORECASE))
        for text in table.titles
    ]
    levels = dict.fromkeys(level for text in titles for level in levels_in(text)[0])
    return tuple(levels) or levels_in(simple(table.sheet.name))[0]


def headings_of(table: OfficeTable, drafts: Sequence[AssessmentDraft]) -> list[tuple[str, ...]]:
    """How its criteria are called, by columns or by rows, each once."""
    of_columns = [column.heading for column in table.head.columns if is_of_criterion(column)]
    if not of_columns:
        of_columns = [told.called for draft in drafts for told in draft.results]
    return [tuple(text.split(" / ")) for text in dict.fromkeys(of_columns)]


def groups_in(headings: Sequence[Sequence[str]]) -> frozenset[str]:
    """The parts that stand over several of them."""
    parts = [part for heading in headings for part in dict.fromkeys(heading[:-1])]
    return frozenset(part for part in parts if parts.count(part) > 1)


def heading_in(of_set: CriteriaSet, parts: Sequence[str], groups: frozenset[str]) -> str | None:
    """The code of a set that headings mean; None where it has none such."""
    heading = criterion_heading(parts, groups)
    if heading is None:
        heading = CriterionHeading(None, tuple(simple(part) for part in reversed(parts)))
    return meant_code(of_set, heading)


def _misfits(of_set: CriteriaSet, headings: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    groups = groups_in(headings)
    return [parts for parts in headings if heading_in(of_set, parts, groups) is None]
