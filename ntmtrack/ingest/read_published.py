"""The published figures that the rows of an office's table tell."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import NamedTuple

from ntmtrack.dates import last_day
from ntmtrack.i18n import _, number
from ntmtrack.ingest import CellRef, Problem, ProblemKind, cell_ref, map_option
from ntmtrack.ingest.columns import Field, simple
from ntmtrack.ingest.figure_columns import columns_of_units, concerns, is_measure
from ntmtrack.ingest.measures import DECIMALS, criteria_of, exceeds_whole, read_measure, read_share, tier_named
from ntmtrack.ingest.office_table import OfficeTable, TableRow
from ntmtrack.ingest.printed_figures import (
    PrintedFigure,
    number_text,
    percent_in,
    read_count,
    read_decimal,
)
from ntmtrack.ingest.row_reader import ColumnReader, RowReader, readable_rows
from ntmtrack.ingest.values import ValueMismatch, clean_text, confidence_in, read_moment
from ntmtrack.lint.published_sums import AVERAGE, MET
from ntmtrack.model import Confidence, Tier
from ntmtrack.programmes import nearest_to
from ntmtrack.roadmaps.bands import measure_in_set
from ntmtrack.roadmaps.shares import WHOLE, value


class PublishedDraft(NamedTuple):
    """One figure as a row tells it; as_of in ISO, possibly partial."""

    tier: Tier
    measure: str
    as_of: str
    value: str
    total: int | None
    source: str | None
    confidence: Confidence
    refs: Mapping[Field, CellRef]
    percent: str | None = None
    share_of: str | None = None

    @property
    def place(self) -> CellRef:
        """Where it is told: the cell of the measure, of the value where that heads a column."""
        return self.refs.get(Field.MEASURE) or self.refs[Field.VALUE]


def read_published(table: OfficeTable, year: int | None) -> tuple[list[PublishedDraft], list[Problem]]:
    """Every figure of the table; `year` is that of rows which tell none."""
    drafts: list[PublishedDraft] = []
    sums: list[PublishedDraft] = []  # told with an average, perhaps by a row of their own too
    problems: list[Problem] = []
    problems += _of_other_units(table)
    for row in readable_rows(table, problems):
        for cells, measure in _figures_in(table, row):
            figure = _Figure(table, cells, measure)
            told = figure.drafts(year)
            drafts += told[:1]
            sums += told[1:]
            problems += figure.problems
    said = {(draft.tier, draft.measure, draft.as_of, draft.source, draft.value) for draft in drafts}
    alone = [draft for draft in sums if (draft.tier, draft.measure, draft.as_of, draft.source, draft.value) not in said]
    return [*drafts, *alone], problems


def _of_other_units(table: OfficeTable) -> Iterator[Problem]:
    """The cells that name whose figures a row tells: all that are read are of one unit."""
    for place in columns_of_units(table.head):
        says = _("the row’s figures are of this unit; those of one table are read for one unit alone")
        fix = _("one table for each unit, with {scope}; or leave the column out: {option}")
        fix = fix.format(scope="--scope", option=map_option(place, Field.SKIP.value))
        for row in table.rows:
            if not table.sheet.at(row.number, place).is_blank:
                yield Problem(ProblemKind.UNIT, cell_ref(table.sheet, row.number, place), says, fix)


def _figures_in(table: OfficeTable, row: TableRow) -> Iterator[tuple[TableRow, str | None]]:
    """The row, or where a column a measure stands, for each that tells a value its cells, with the measure."""
    measures = [column.level for column in table.head.columns if is_measure(column)]
    if not measures:
        yield row, None
    for measure in measures:
        cells = tuple(pair for pair in row.cells if concerns(pair[0], measure or ""))
        if any(column.level == measure for column, _cell in cells):
            yield row._replace(cells=cells), measure


class _Figure:
    """One row, read as it is asked for: what cannot be read and what is lacking are problems of it."""

    def __init__(self, table: OfficeTable, row: TableRow, measure: str | None) -> None:
        self._heading = measure  # where a column a measure stands
        self._cells = RowReader(table, row, _READERS)
        self.problems = self._cells.problems
        self._row = CellRef(table.sheet.name, row.number)

    def drafts(self, year: int | None) -> list[PublishedDraft]:
        """The figure, then of an average the sum that it came of; no figure where anything is wrong with the row."""
        text = self._heading or self._cells.value(Field.MEASURE) or ""
        tier = self._tier(text)
        as_of = self._cells.value(Field.AS_OF) or (str(year) if year else None)
        criteria = criteria_of(as_of, tier) if tier and as_of else None
        measure = self._measure(text, as_of, criteria)
        printed = self._printed(measure, criteria)
        if as_of is None and Field.AS_OF not in self._cells.refs:
            says = _("as of which day is not told")
            choice = _("or for all rows: {option}").format(option="--year")
            self._say(ProblemKind.DAY, Field.MEASURE, says, _("write it in the row"), choice)
        if printed is None and not self.problems:
            alone = Field.PERCENT if Field.PERCENT in self._cells.refs else Field.MEASURE
            self._say(ProblemKind.VALUE, alone, _("the row tells no value"), _("write the number"))
        share_of = self._share_of(measure, as_of)
        source = self._cells.value(Field.SOURCE)
        confidence = self._cells.value(Field.CONFIDENCE) or Confidence.CONFIRMED
        if self.problems or tier is None or measure is None or as_of is None or printed is None:
            return []
        said = (printed.value, printed.total, source, confidence, self._cells.refs, printed.percent, share_of)
        draft = PublishedDraft(tier, measure, as_of, *said)
        if printed.sum is None:
            return [draft]
        return [draft, draft._replace(measure=MET, value=str(printed.sum), percent=None, share_of=None)]

    def _tier(self, measure: str) -> Tier | None:
        text = simple(self._cells.value(Field.TIER) or "")
        if text in ("province", "tinh", "cap tinh"):
            return Tier.PROVINCE
        if tier := tier_named(text or measure):
            return tier
        says = _("whether communes or districts are counted is not told")
        self._say(ProblemKind.VALUE, Field.MEASURE, says, _("write “Xã đạt chuẩn NTM”, or the tier in a column “Cấp”"))
        return None

    def _measure(self, text: str, as_of: str | None, criteria: int | None) -> str | None:
        """The key of what is counted, as the criteria set of its day has it."""
        measure = read_measure(text)
        if measure is None:
            says = _("neither a level nor another known measure")
            fix = _("write, for one, “Xã đạt chuẩn NTM”, “Huyện NTM nâng cao”, “Xã đạt 15–18 tiêu chí”")
            self._say(ProblemKind.VALUE, Field.MEASURE, says, fix)
            return None
        if as_of is None or criteria is None:
            return measure
        in_set = measure_in_set(measure, criteria)
        if in_set is None:
            says = _("the set of {programme} has {count} criteria")
            programme = nearest_to(last_day(as_of).year).key.replace("-", "–")
            says = says.format(programme=programme, count=number(criteria))
            self._say(ProblemKind.VALUE, Field.MEASURE, says, _("correct the cell"))
        return in_set

    def _printed(self, measure: str | None, criteria: int | None) -> PrintedFigure | None:
        """The value, out of how many and what per cent: each in a column of its own, or as 54/94 (57,45%)."""
        read = read_decimal if measure in DECIMALS else read_count
        reader = ColumnReader(ProblemKind.VALUE, lambda cell: read(number_text(cell)))
        printed: PrintedFigure | None = self._cells.value(Field.VALUE, reader)
        of = self._total()
        percent: str | None = self._cells.value(Field.PERCENT)
        if printed is None:
            return None
        if percent and printed.percent and percent != printed.percent:
            says = _("{percent}% stands beside the number, {other}% in a column of its own")
            says = says.format(percent=printed.percent, other=percent)
            self._say(ProblemKind.VALUE, Field.PERCENT, says, _("correct the cell"))
        if of is not None and printed.total not in (None, of) and not (measure == AVERAGE and of == criteria):
            says = _("{total} stands beside the number, {other} in a column of its own")
            says = says.format(total=number(printed.total or 0), other=number(of))
            self._say(ProblemKind.VALUE, Field.TOTAL, says, _("correct the cell"))
        total = of if printed.total is None else printed.total
        printed = printed._replace(total=total, percent=percent or printed.percent)
        if measure and criteria:
            self._refuse_more_than_all(printed, measure, criteria)
        return printed

    def _total(self) -> int | None:
        """Out of how many, from a column of its own; None where that says in words what the per cent is of."""
        text: str | None = self._cells.value(Field.TOTAL)
        if not text or _is_words(text):
            return None
        with suppress(ValueMismatch):
            of = read_count(text)
            if of.total is None and of.percent is None:
                return int(of.value)
        self._say(ProblemKind.VALUE, Field.TOTAL, _("a whole number is expected"), _("correct the cell"))
        return None

    def _refuse_more_than_all(self, printed: PrintedFigure, measure: str, criteria: int) -> None:
        """Says that a count, an average or a share is more than there are."""
        if exceeds_whole(measure, printed.value, printed.total, criteria):
            of = criteria if measure == AVERAGE else printed.total
            shown = number(Decimal(printed.value))
            says = _("{value} of {total} is more than there are").format(value=shown, total=of)
            self._say(ProblemKind.VALUE, Field.VALUE, says, _("correct the cell"))
        if printed.percent and measure not in DECIMALS and value(printed.percent) > WHOLE:
            says = _("{percent} is more than there are: a share of the whole is 100% at most")
            field = Field.PERCENT if Field.PERCENT in self._cells.refs else Field.VALUE
            self._say(ProblemKind.VALUE, field, says.format(percent=f"{printed.percent}%"), _("correct the cell"))

    def _share_of(self, measure: str | None, as_of: str | None) -> str | None:
        """The base of the per cent, by a word or by the level of its units: “tổng số xã”, “xã NTM nâng cao”."""
        if measure is None or as_of is None:
            return None
        told = None
        for field in (Field.TOTAL, Field.SHARE_OF):
            text = self._cells.value(field)
            if not text or (field is Field.TOTAL and not _is_words(text)):
                continue
            told = read_share(text, nearest_to(last_day(as_of).year), measure)
            if told is None:
                says = _("of what the per cent is cannot be read here")
                self._say(ProblemKind.VALUE, field, says, _("write “tổng số xã”, “xã NTM” or “mức liền dưới”"))
        return told

    def _say(self, kind: ProblemKind, field: Field, says: str, fix: str, choice: str = "") -> None:
        field = Field.VALUE if self._heading and field is Field.MEASURE else field
        self.problems.append(Problem(kind, self._cells.refs.get(field, self._row), says, fix, choice))


def _is_words(text: str) -> bool:
    """Whether a cell that should hold a number holds words: “tổng số xã”."""
    return any(map(str.isalpha, text)) and not any(map(str.isdigit, text))


_READERS: Mapping[Field, ColumnReader] = {
    Field.TIER: ColumnReader(ProblemKind.VALUE, clean_text),
    Field.MEASURE: ColumnReader(ProblemKind.VALUE, clean_text),
    Field.AS_OF: ColumnReader(ProblemKind.DAY, read_moment),
    Field.TOTAL: ColumnReader(ProblemKind.VALUE, number_text),
    Field.PERCENT: ColumnReader(ProblemKind.VALUE, percent_in),
    Field.SHARE_OF: ColumnReader(ProblemKind.VALUE, clean_text),
    Field.SOURCE: ColumnReader(ProblemKind.VALUE, clean_text),
    Field.CONFIDENCE: ColumnReader(ProblemKind.VALUE, confidence_in),
}
