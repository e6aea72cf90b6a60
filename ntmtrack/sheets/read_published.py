"""The published figures that the rows of an office's table tell."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.model import Confidence, Tier
from ntmtrack.sheets.cells import Cell
from ntmtrack.sheets.columns import BESIDE_LEVELS, Field, simple
from ntmtrack.sheets.denials import denies
from ntmtrack.sheets.levels import levels_in, tier_in
from ntmtrack.sheets.problems import Kind, Problem, Spot, spot_at
from ntmtrack.sheets.row_reader import doubtful_days, nameless, struck_through, unfit
from ntmtrack.sheets.table import Row, Table
from ntmtrack.sheets.values import Unfit, confidence_in, day_told, decimal_text, is_number, text_in
from ntmtrack.text import clean

_OTHERS = (
    (r"tong so( (xa|huyen|don vi))?|units", "units"),
    (r".*\b(binh quan|average)\b.*\b(tieu chi|criteria)\b.*|.*tieu chi binh quan.*", "average-criteria"),
    (r".*\bthu nhap\b.*|rural income", "rural-income"),
)
_DECIMALS = ("average-criteria", "rural-income")
_ADDED = re.compile(r"\b(tang them|trong nam|added)\b")
_DECIDED = re.compile(r"\b(da co quyet dinh|decided)\b")
_BESIDE = BESIDE_LEVELS | {
    *(
        "so",
        "luong",
        "tong",
        "cap",
        "tang",
        "them",
        "trong",
        "nam",
        "luy",
        "ke",
        "co",
        "quyet",
        "dinh",
        "added",
        "decided",
    ),
    *("thi", "thanh", "pho", "quan", "commune", "communes", "district", "districts"),
}
_WHOLE, _UNITS = r"([0-9]{1,3}(?:\.[0-9]{3}){1,2}|[0-9]{1,9})", r"(?:\s*(?:xã|huyện|đơn vị))?"
_COUNT = re.compile(rf"{_WHOLE}{_UNITS}")
_DECIMAL = re.compile(r"([0-9]{1,9})[.,]([0-9]{1,2})")
_OF = re.compile(rf"{_WHOLE}\s*/\s*{_WHOLE}{_UNITS}")


class PublishedDraft(NamedTuple):
    """One figure as a row tells it; as_of in ISO, possibly partial."""

    tier: Tier
    measure: str
    as_of: str
    value: str
    total: int | None
    source: str | None
    confidence: Confidence
    spots: Mapping[Field, Spot]


def read_published(table: Table, year: int | None) -> tuple[list[PublishedDraft], list[Problem]]:
    """Every figure of the table; `year` is that of rows which tell none."""
    drafts: list[PublishedDraft] = []
    problems = [*nameless(table), *doubtful_days(table)]
    for row in table.rows:
        if struck := struck_through(table, row):
            problems.append(struck)
            continue
        draft, wrong = _Figure(table, row).draft(year)
        problems += wrong
        drafts += [draft] if draft else []
    return drafts, problems


class _Figure:
    def __init__(self, table: Table, row: Row) -> None:
        self._table = table
        self._row = row
        self._problems: list[Problem] = []
        self._spots = {c.field: spot_at(table.sheet, row.number, c.number) for c, _cell in row.told}

    def draft(self, year: int | None) -> tuple[PublishedDraft | None, list[Problem]]:
        """The figure, or what is wrong with the row."""
        text = self._text(Field.MEASURE) or ""
        tier = self._tier(text)
        measure = self._measure(text)
        as_of = self._day() or (str(year) if year else None)
        value, total = self._value(is_count=measure is None or measure.partition(".")[0] not in _DECIMALS)
        if as_of is None and Field.AS_OF not in self._spots:
            says = _("as of which day is not told")
            choice = _("or for all rows: {option}").format(option="--year")
            self._say(Kind.DAY, Field.MEASURE, says, _("write it in the row"), choice)
        if value is None and not self._problems:
            self._say(Kind.VALUE, Field.MEASURE, _("the row tells no value"), _("write the number"))
        source, confidence = self._text(Field.SOURCE), self._confidence()
        if self._problems or tier is None or measure is None or as_of is None or value is None:
            return None, self._problems
        return PublishedDraft(tier, measure, as_of, value, total, source, confidence, self._spots), []

    def _text(self, field: Field) -> str | None:
        told = self._row.cell(field)
        if told is None:
            return None
        try:
            return clean(text_in(told[1]))
        except Unfit as wrong:
            self._problems.append(unfit(Kind.VALUE, self._table, self._row.number, told[0], wrong))
            return None

    def _confidence(self) -> Confidence:
        told = self._row.cell(Field.CONFIDENCE)
        try:
            return confidence_in(told[1]) if told else Confidence.CONFIRMED
        except Unfit as wrong:
            assert told is not None
            self._problems.append(unfit(Kind.VALUE, self._table, self._row.number, told[0], wrong))
            return Confidence.CONFIRMED

    def _tier(self, measure: str) -> Tier | None:
        own = simple(self._text(Field.TIER) or "")
        if own in ("province", "tinh", "cap tinh"):
            return Tier.PROVINCE
        if tier := tier_in(own or simple(measure)):
            return tier
        says = _("whether communes or districts are counted is not told")
        self._say(Kind.VALUE, Field.MEASURE, says, _("write “Xã đạt chuẩn NTM”, or the tier in a column “Cấp”"))
        return None

    def _measure(self, text: str) -> str | None:
        bare = simple(text)
        suffix = ".added" if _ADDED.search(bare) else ".decided" if _DECIDED.search(bare) else ""
        other = next((key for pattern, key in _OTHERS if re.fullmatch(pattern, bare)), None)
        levels, rest = levels_in(bare)
        is_plain = {*rest.split()} <= _BESIDE and not denies(text)
        found = other or (levels[0] if len(levels) == 1 and is_plain else None)
        if found is None:
            says = _("neither a level nor another known measure")
            self._say(Kind.VALUE, Field.MEASURE, says, _("write, for one, “Xã đạt chuẩn NTM”, “Huyện NTM nâng cao”"))
            return None
        return f"{found}{suffix}"

    def _day(self) -> str | None:
        told = self._row.cell(Field.AS_OF)
        if told is None:
            return None
        try:
            return day_told(told[1])
        except Unfit as wrong:
            self._problems.append(unfit(Kind.DAY, self._table, self._row.number, told[0], wrong))
            return None

    def _value(self, *, is_count: bool) -> tuple[str | None, int | None]:
        """The value, and out of how many: in a column of its own, or as 90/116."""
        value = self._number(Field.VALUE, is_count=is_count)
        total = self._number(Field.TOTAL, is_count=True)
        if value and "/" in value:
            value, _slash, total = value.partition("/")
        if total is not None and not total.isdigit():
            self._say(Kind.VALUE, Field.TOTAL, _("a whole number is expected"), _("correct the cell"))
            total = None
        if value and total and value.isdigit() and int(value) > int(total):
            says = _("{value} of {total} is more than there are").format(value=value, total=total)
            self._say(Kind.VALUE, Field.VALUE, says, _("correct the cell"))
        return value, int(total) if total else None

    def _number(self, field: Field, *, is_count: bool) -> str | None:
        told = self._row.cell(field)
        if told is None:
            return None
        try:
            return _number_in(told[1], is_count=is_count)
        except Unfit as wrong:
            self._problems.append(unfit(Kind.VALUE, self._table, self._row.number, told[0], wrong))
            return None

    def _say(self, kind: Kind, field: Field, says: str, fix: str, choice: str = "") -> None:
        spot = self._spots.get(field) or Spot(self._table.sheet.name, self._row.number)
        self._problems.append(Problem(kind, spot, says, fix, choice))


def _number_in(cell: Cell, *, is_count: bool) -> str:
    """A number as the ledger keeps it: digits and a decimal point; "90/116" as it is; raises Unfit.

    A count is whole; of another number a point before three digits may part thousands or decimals, and is refused.
    """
    if is_number(cell.value) and not cell.fault:
        text = decimal_text(Decimal(f"{cell.value:.15g}")) if "%" not in cell.format else "%"
    else:
        text = clean(text_in(cell))
    if is_count and (found := _OF.fullmatch(text)):
        return "/".join(part.replace(".", "") for part in found.groups())
    if (found := _COUNT.fullmatch(text)) and (is_count or "." not in found[1]):
        return found[1].replace(".", "")
    if not is_count and (found := _DECIMAL.fullmatch(text)):
        return f"{found[1]}.{found[2]}"
    raise Unfit(_("a whole number is expected") if is_count else _("this is no number"))
