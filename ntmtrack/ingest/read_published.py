"""The published figures that the rows of an office's table tell."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.columns import BESIDE_LEVELS, Field, simple
from ntmtrack.ingest.denials import denies
from ntmtrack.ingest.levels import levels_in, tier_in
from ntmtrack.ingest.office_table import OfficeTable, TableRow
from ntmtrack.ingest.row_reader import ColumnReader, RowReader, readable_rows
from ntmtrack.ingest.values import ValueMismatch, clean_text, confidence_in, is_number, read_moment
from ntmtrack.model import Confidence, Tier
from ntmtrack.spreadsheets import Cell

# Measures besides levels, by the simple text that names them.
_OTHERS = (
    (r"tong so( (xa|huyen|don vi))?|units", "units"),
    (r".*\b(binh quan|average)\b.*\b(tieu chi|criteria)\b.*|.*tieu chi binh quan.*", "average-criteria"),
    (r".*\bthu nhap\b.*|rural income", "rural-income"),
)
_DECIMALS = ("average-criteria", "rural-income")
# “tăng thêm trong năm” counts what was added, “đã có quyết định” what is decided: figures beside the cumulative one.
_ADDED = re.compile(r"\b(tang them|trong nam|added)\b")
_DECIDED = re.compile(r"\b(da co quyet dinh|decided)\b")
_BESIDE = BESIDE_LEVELS | {
    *("so", "luong", "tong", "cap", "tang", "them", "trong", "nam", "luy", "ke", "co", "quyet", "dinh", "added"),
    *("decided", "thi", "thanh", "pho", "quan", "commune", "communes", "district", "districts"),
}
# Thousands are parted by points in all groups or in none: “1.234”, “1234”, never “1.23”.
_WHOLE, _UNITS = r"([0-9]{1,3}(?:\.[0-9]{3}){1,2}|[0-9]{1,9})", r"(?:\s*(?:xã|huyện|đơn vị))?"
# “1.234 xã”, “90”: a number of units.
_COUNT = re.compile(rf"{_WHOLE}{_UNITS}")
_DECIMAL = re.compile(r"([0-9]{1,9})[.,]([0-9]{1,2})")  # three digits may be thousands
_OF = re.compile(rf"{_WHOLE}\s*/\s*{_WHOLE}{_UNITS}")  # “90/116 xã”


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


def read_published(table: OfficeTable, year: int | None) -> tuple[list[PublishedDraft], list[Problem]]:
    """Every figure of the table; `year` is that of rows which tell none."""
    drafts: list[PublishedDraft] = []
    problems: list[Problem] = []
    for row in readable_rows(table, problems):
        draft, wrong = _Figure(table, row).draft(year)
        problems += wrong
        drafts += [draft] if draft else []
    return drafts, problems


class _Figure:
    """One row, read as it is asked for: what cannot be read and what is lacking are problems of it."""

    def __init__(self, table: OfficeTable, row: TableRow) -> None:
        self._cells = RowReader(table, row, _READERS)
        self._problems = self._cells.problems
        self._row = CellRef(table.sheet.name, row.number)

    def draft(self, year: int | None) -> tuple[PublishedDraft | None, list[Problem]]:
        """The figure, or what is wrong with the row."""
        text = self._cells.value(Field.MEASURE) or ""
        tier = self._tier(text)
        measure = self._measure(text)
        as_of = self._cells.value(Field.AS_OF) or (str(year) if year else None)
        value, total = self._value(_decimal if measure and measure.partition(".")[0] in _DECIMALS else _count)
        if as_of is None and Field.AS_OF not in self._cells.refs:
            says = _("as of which day is not told")
            choice = _("or for all rows: {option}").format(option="--year")
            self._say(ProblemKind.DAY, Field.MEASURE, says, _("write it in the row"), choice)
        if value is None and not self._problems:
            self._say(ProblemKind.VALUE, Field.MEASURE, _("the row tells no value"), _("write the number"))
        source = self._cells.value(Field.SOURCE)
        confidence = self._cells.value(Field.CONFIDENCE) or Confidence.CONFIRMED
        if self._problems or tier is None or measure is None or as_of is None or value is None:
            return None, self._problems
        return PublishedDraft(tier, measure, as_of, value, total, source, confidence, self._cells.refs), []

    def _tier(self, measure: str) -> Tier | None:
        text = simple(self._cells.value(Field.TIER) or "")
        if text in ("province", "tinh", "cap tinh"):
            return Tier.PROVINCE
        if tier := tier_in(text or simple(measure)):
            return tier
        says = _("whether communes or districts are counted is not told")
        self._say(ProblemKind.VALUE, Field.MEASURE, says, _("write “Xã đạt chuẩn NTM”, or the tier in a column “Cấp”"))
        return None

    def _measure(self, text: str) -> str | None:
        """The key of what is counted: “Xã NTM nâng cao tăng thêm” → "nang-cao.added"."""
        bare = simple(text)
        suffix = ".added" if _ADDED.search(bare) else ".decided" if _DECIDED.search(bare) else ""
        other = next((key for pattern, key in _OTHERS if re.fullmatch(pattern, bare)), None)
        levels, rest = levels_in(bare)
        is_plain = {*rest.split()} <= _BESIDE and not denies(text)
        measure = other or (levels[0] if len(levels) == 1 and is_plain else None)
        if measure is None:
            says = _("neither a level nor another known measure")
            self._say(
                ProblemKind.VALUE, Field.MEASURE, says, _("write, for one, “Xã đạt chuẩn NTM”, “Huyện NTM nâng cao”")
            )
            return None
        return f"{measure}{suffix}"

    def _value(self, figure: Callable[[Cell], str]) -> tuple[str | None, int | None]:
        """The value, and out of how many: in a column of its own, or as 90/116."""
        value: str | None = self._cells.value(Field.VALUE, ColumnReader(ProblemKind.VALUE, figure))
        total: str | None = self._cells.value(Field.TOTAL)
        if value and "/" in value:
            value, _slash, total = value.partition("/")
        if total is not None and not total.isdigit():
            self._say(ProblemKind.VALUE, Field.TOTAL, _("a whole number is expected"), _("correct the cell"))
            total = None
        if value and total and value.isdigit() and int(value) > int(total):
            says = _("{value} of {total} is more than there are").format(value=value, total=total)
            self._say(ProblemKind.VALUE, Field.VALUE, says, _("correct the cell"))
        return value, int(total) if total else None

    def _say(self, kind: ProblemKind, field: Field, says: str, fix: str, choice: str = "") -> None:
        self._problems.append(Problem(kind, self._cells.refs.get(field, self._row), says, fix, choice))


def _count(cell: Cell) -> str:
    """A whole number in plain digits, with its total if told: “1.234 xã” → "1234", “90/116”; raises ValueMismatch."""
    text = _number_text(cell)
    if shares := _OF.fullmatch(text):
        return "/".join(part.replace(".", "") for part in shares.groups())
    if whole := _COUNT.fullmatch(text):
        return whole[1].replace(".", "")
    raise ValueMismatch(_("a whole number is expected"))


def _decimal(cell: Cell) -> str:
    """Another number, with a decimal point; raises ValueMismatch, also for “1.234”: thousands or decimals."""
    text = _number_text(cell)
    if (whole := _COUNT.fullmatch(text)) and "." not in whole[1]:
        return whole[1]
    if decimal := _DECIMAL.fullmatch(text):
        return f"{decimal[1]}.{decimal[2]}"
    raise ValueMismatch(_("this is no number"))


def _number_text(cell: Cell) -> str:
    """A number as it reads; of a cell that shows per cents only "%", which is no number of units."""
    if is_number(cell.value) and not cell.fault and "%" in cell.format:
        return "%"
    return clean_text(cell)


_READERS: Mapping[Field, ColumnReader] = {
    Field.TIER: ColumnReader(ProblemKind.VALUE, clean_text),
    Field.MEASURE: ColumnReader(ProblemKind.VALUE, clean_text),
    Field.AS_OF: ColumnReader(ProblemKind.DAY, read_moment),
    Field.TOTAL: ColumnReader(ProblemKind.VALUE, _count),
    Field.SOURCE: ColumnReader(ProblemKind.VALUE, clean_text),
    Field.CONFIDENCE: ColumnReader(ProblemKind.VALUE, confidence_in),
}
