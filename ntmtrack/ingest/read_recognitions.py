"""The recognitions that the rows of an office's table tell, in the rows' own words: nothing is checked here."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from ntmtrack.dates import agree, show_day
from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, CellRefs, Problem, ProblemKind
from ntmtrack.ingest.columns import Field
from ntmtrack.ingest.denials import denies
from ntmtrack.ingest.footnotes import denied_by_footnote, read_footnotes
from ntmtrack.ingest.levels import Mark, act_in, tells_plain_act
from ntmtrack.ingest.office_table import OfficeTable, TableRow
from ntmtrack.ingest.read_units import UnitNaming, read_naming
from ntmtrack.ingest.revocations import RevocationText
from ntmtrack.ingest.row_denials import denied_by_comments
from ntmtrack.ingest.row_kinds import GroupHeading, names_district, section_in
from ntmtrack.ingest.row_reader import doubtful_days, nameless_rows, struck_through
from ntmtrack.ingest.row_values import FACTS, RowValues
from ntmtrack.ingest.values import DecisionText, ValueMismatch, decision_in
from ntmtrack.model import Act, Confidence
from ntmtrack.programmes import every_level
from ntmtrack.spreadsheets import Cell


class Defaults(NamedTuple):
    """What was given by hand for every row that does not tell it."""

    level: str | None = None
    year: int | None = None
    number: str | None = None
    signed_on: str | None = None
    issuer: str | None = None
    announced_on: str | None = None
    source: str | None = None
    note: str | None = None
    act: Act | None = None
    of_set: str | None = None  # the key of a criteria set
    since: str | None = None
    counted_in: str | None = None  # the unit of measure of values


class RecognitionDraft(NamedTuple):
    """One recognition as a row tells it. `refs` says where each field stands, `level` is as written."""

    naming: UnitNaming
    level: str | None
    year: int | None
    known_by: str | None
    number: str | None
    signed_on: str | None
    issuer: str | None
    announced_on: str | None
    source: str | None
    note: str | None
    confidence: Confidence
    act: Act | None
    refs: Mapping[Field, CellRef]
    is_lower: bool = False  # a higher level of the same row has taken the year and the decision
    shares_year: bool = False  # the row tells a year that is no one level's
    is_number: bool = False  # marked by a number, which beside a district may be a count
    is_count: bool = False  # marked by a number that is no mark
    is_whole: bool = True  # no cell of it is wrong
    revoked: RevocationText | None = None
    is_one_of_several: bool = False  # the row tells more than one level
    of_export: bool = False  # written by `export`, which tells all that a ledger holds
    of_form: bool = False  # on a form of a round, which the ledger's own facts were written into

    def ref(self, *fields: Field) -> CellRef:
        """Where the first of the fields that has a column stands; the name where none has."""
        return next((self.refs[field] for field in fields if field in self.refs), self.naming.ref)

    @property
    def days(self) -> dict[Field, str | None]:
        """The days that it rests on."""
        return {Field.DATE: self.signed_on, Field.ANNOUNCED: self.announced_on, Field.KNOWN_BY: self.known_by}

    def day_ref(self, field: Field) -> CellRef:
        """Where a day stands: in its own column, or in the cell of the decision or the mark where that is blank."""
        fields = [other for other in (field, Field.DECISION, Field.MARK) if other in self.refs]
        return self.ref(*(other for other in fields if self.refs[other].text), *fields)


class RecognitionDrafts(NamedTuple):
    """What the rows tell: recognitions, rows that tell of none, and what cannot be read."""

    drafts: list[RecognitionDraft]
    without: list[UnitNaming]
    problems: list[Problem]


def read_drafts(table: OfficeTable, defaults: Defaults) -> RecognitionDrafts:
    """Every recognition that the table tells."""
    reading = RecognitionDrafts([], [], [*nameless_rows(table), *doubtful_days(table)])
    footnotes, commented = read_footnotes(table), denied_by_comments(table)
    for row in table.rows:
        if barring := next((group for group in row.groups if _is_of_plans(group)), None):
            reading.problems.append(_not_recognitions(table, barring))
            continue
        if struck := struck_through(table, row):
            reading.problems.append(struck)
            continue
        if denied := [*denied_by_footnote(table, row, footnotes), *commented.get(row.number, ())]:
            reading.problems.extend(denied)
            continue
        naming, problems = read_naming(table, row)
        values = _RowDrafts(table, row, defaults)
        drafts = [*values.drafts(naming)] if naming else []
        if naming and not drafts and not values.problems:
            reading.without.append(naming)
        reading.drafts.extend(draft._replace(is_whole=not values.problems) for draft in drafts)
        reading.problems.extend([*problems, *values.problems])
    return reading


def _is_of_plans(group: GroupHeading) -> bool:
    return not names_district(group.text) and denies(group.text)


def _not_recognitions(table: OfficeTable, group: GroupHeading) -> Problem:
    says = _("the rows below this one are said not to be recognised: planned, registered, not yet or no more")
    ref = CellRef(table.sheet.name, group.row, group.column, group.text)
    fix, choice = _("send only what was recognised"), _("or leave those rows out: {option}").format(option="--skip-bad")
    return Problem(ProblemKind.TABLE, ref, says, fix, choice)


class _RowDrafts:
    """One row with what was given for all rows."""

    def __init__(self, table: OfficeTable, row: TableRow, defaults: Defaults) -> None:
        self._table = table
        self._values = RowValues(table, row)
        self._defaults = defaults
        self.problems = self._values.problems

    def drafts(self, naming: UnitNaming) -> Iterator[RecognitionDraft]:
        """The recognitions of this row: one a level that is told apart, else one."""
        group_level, group_year, group_decision = _facts_of_groups(naming)
        group_year = group_year or self._table.year
        of_all = group_level or self._table.level or self._defaults.level
        of_no_column = self._values.get(Field.LEVEL) or of_all
        levels = [*self._levels(of_no_column)]
        if (
            not levels
            and not self._values.is_denied
            and self._tells_anything(of_all, group_year or self._defaults.year)
        ):
            levels = [of_no_column]
        if levels and levels[-1] is None:
            self._say_no_level(naming)
            return
        if levels and self._leaves_act_open(naming, levels[-1]):
            return
        for level in levels:
            shared = (None, None) if level != levels[-1] else (group_year, group_decision)
            draft = self._draft(naming, level, *shared, is_lower=level != levels[-1])
            yield draft._replace(is_one_of_several=len(levels) > 1)

    def _say_no_level(self, naming: UnitNaming) -> None:
        if self.problems:
            return
        says = _("the row tells a year or a decision, but no level")
        choice = _("or for all rows: {option}").format(option="--level")
        ref = self._values.refs_by_level.get((Field.LEVEL, None), naming.ref)
        self.problems.append(Problem(ProblemKind.LEVEL, ref, says, _("write the level"), choice))

    def _leaves_act_open(self, naming: UnitNaming, level: str | None) -> bool:
        """Whether thừa nhận and công nhận lại have a column each and nothing tells which: a problem of the row."""
        columns = self._table.head.columns
        is_asked = {Field.ACKNOWLEDGED, Field.RE_RECOGNISED} <= {column.field for column in columns}
        if not is_asked or self.problems or self._act(naming, level) or self._is_marked_plain():
            return False
        says = _("neither acknowledged nor re-recognised is marked")
        ref = self._values.refs_by_level[Field.ACKNOWLEDGED, None]
        fix, choice = _("mark the one that is right"), _("or for all rows: {option}").format(option="--basis")
        self.problems.append(Problem(ProblemKind.VALUE, ref, says, fix, choice))
        return True

    def _is_marked_plain(self) -> bool:
        """Whether a column beside them, “Công nhận”, is marked."""
        plain = [one for one in self._table.head.columns if one.field is Field.MARK and tells_plain_act(one.heading)]
        return any(self._values.get(Field.MARK, column.level) for column in plain)

    def _levels(self, of_no_column: str | None) -> Iterator[str | None]:
        """The levels that are marked or told of in columns of their own, the lowest first; None where none is known."""
        levels = dict.fromkeys(level or of_no_column for level in self._values.marked_levels)
        order = every_level()
        ranked = [level for level in order if level in levels]
        return iter([*ranked, *(level for level in levels if level not in order)])

    def _tells_anything(self, level: str | None, year: int | None) -> bool:
        """Whether it tells of a recognition; a name does where a group, or what was given by hand, tells the rest."""
        if any(column.field in (Field.LEVEL, Field.MARK) for column in self._table.head.columns):
            return self._values.tells(Field.LEVEL, *FACTS)
        if any(column.field in (Field.ACKNOWLEDGED, Field.RE_RECOGNISED) for column in self._table.head.columns):
            return self._values.act is not None or self._values.tells(*FACTS)
        return self._values.tells(*FACTS) or bool(level and year)

    def _draft(
        self,
        naming: UnitNaming,
        level: str | None,
        group_year: int | None,
        group_decision: DecisionText | None,
        *,
        is_lower: bool,
    ) -> RecognitionDraft:
        mark = self._values.get(Field.MARK, level) or self._values.get(Field.MARK)
        mark = mark if isinstance(mark, Mark) else Mark(reached=True)
        given = Defaults(source=self._defaults.source, note=self._defaults.note) if is_lower else self._defaults
        fact = partial(self._fact, level=level, is_lower=is_lower)
        decision = fact(Field.DECISION) or mark.decision or group_decision or DecisionText("")
        self._refuse_two_days(level, fact(Field.DATE), decision.day)
        self._refuse_two_years(level, fact(Field.YEAR), mark.year)
        year = fact(Field.YEAR) or mark.year or group_year
        known_by = None if year else fact(Field.KNOWN_BY)
        return RecognitionDraft(
            naming=naming,
            level=level,
            year=year if year or known_by else given.year,
            known_by=known_by,
            number=decision.number or given.number,
            signed_on=fact(Field.DATE) or decision.day or given.signed_on,
            issuer=fact(Field.ISSUER) or decision.issuer or given.issuer,
            announced_on=fact(Field.ANNOUNCED) or given.announced_on,
            source=self._values.get(Field.SOURCE) or given.source,
            note=self._values.get(Field.NOTE) or given.note,
            confidence=self._values.get(Field.CONFIDENCE) or Confidence.RECORDED,
            act=self._act(naming, level),
            refs=self._refs_of(level),
            is_lower=is_lower,
            shares_year=self._values.get(Field.YEAR) is not None,
            is_number=mark.by_number,
            is_count=mark.is_count,
            revoked=self._values.revoked,
            of_export=self._table.is_export,
            of_form=self._table.is_form,
        )

    def _fact(self, field: Field, level: str | None, *, is_lower: bool) -> Any:
        """What the row tells of a field; of a lower level only what a column of that level tells."""
        of_level = self._values.get(field, level)
        return of_level if of_level is not None or is_lower else self._values.get(field)

    def _act(self, naming: UnitNaming, level: str | None) -> Act | None:
        """The act by which a level is held: told in the row, by the heading of its column, by a group, the title."""
        if (told := self._values.act) or (told := self._defaults.act):
            return told
        columns = self._table.head.columns
        of_level = [one.heading for one in columns if one.field in _TOLD_BY_HEADING and one.level in (level, None)]
        groups = [group.text for group in reversed(naming.groups)]
        return act_in(*of_level, *groups, *self._table.titles)

    def _refuse_two_days(self, level: str | None, day: str | None, of_decision: str | None) -> None:
        """A day in the decision's cell and another in a column of its own must agree."""
        if not agree(day, of_decision):
            says = _("the day {day} differs from {other} in the decision's cell").format(
                day=show_day(day), other=show_day(of_decision)
            )
            ref = self._refs_of(level)[Field.DATE]
            self.problems.append(Problem(ProblemKind.DAY, ref, says, _("write the right day in both")))

    def _refuse_two_years(self, level: str | None, year: int | None, of_mark: int | None) -> None:
        """A year in the column of a level and another in a column of its own must agree."""
        if year and of_mark and year != of_mark:
            says = _("the year {year} differs from {other} in another cell of the row")
            ref = self._refs_of(level)[Field.YEAR]
            text = says.format(year=year, other=of_mark)
            fix = _("write {year} here, or correct the other cell").format(year=of_mark)
            self.problems.append(Problem(ProblemKind.YEAR, ref, text, fix))

    def _refs_of(self, level: str | None) -> CellRefs[Field]:
        """Where each field stands: in a column of the level where there is one, else in that of no one level."""
        columns = self._values.columns.items()
        shared = {field: number for (field, of), number in columns if of is None}
        of_level = {field: number for (field, of), number in columns if of == level}
        return CellRefs(self._table.sheet, self._values.row.number, shared | of_level)


# Whose headings tell the act: “QĐ thừa nhận”, “Thừa nhận NTM nâng cao”.
_TOLD_BY_HEADING = (Field.MARK, Field.DECISION, Field.YEAR, Field.DATE)


def _facts_of_groups(naming: UnitNaming) -> tuple[str | None, int | None, DecisionText | None]:
    """The level, year and decision that the groups above a row name, the innermost counting."""
    level: str | None = None
    year: int | None = None
    decision: DecisionText | None = None
    for group in naming.groups:
        if names_district(group.text):
            continue
        section = section_in(group.text)
        level, year = (section.level or level, section.year or year) if section else (level, year)
        decision = group_decision(group) or decision
    return level, year, decision


def group_decision(group: GroupHeading) -> DecisionText | None:
    """The decision that heads a group: "Theo Quyết định số 99/QĐ-UBND ngày 10/02/2021"; None where it names none."""
    text = _ACCORDING_TO.sub("", group.text)
    try:
        return decision_in(Cell(text)) if _A_DECISION.search(text) else None
    except ValueMismatch:
        return None


# “Kèm theo Quyết định …” heads a group by the decision.
_ACCORDING_TO = re.compile(r"^(kèm )?theo\s+", re.IGNORECASE)
# What looks like the number of a decision, or calls it one: other headings are not even tried.
_A_DECISION = re.compile(r"/\s*q[đd]|quyết định", re.IGNORECASE)
