"""What a cell says of a criterion, by word, mark or value; what a mark and an empty cell mean in a sheet."""

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from ntmtrack.i18n import N_, _
from ntmtrack.ingest.columns import REMEMBERED
from ntmtrack.ingest.values import ValueMismatch, clean_text, is_number
from ntmtrack.spreadsheets import Cell
from ntmtrack.text import squeeze, unmarked
from ntmtrack.verdicts import MET, NOT_MET


class Sign(StrEnum):
    """How a cell speaks: in a word, by a mark that may stand for either, by nothing, a value alone."""

    MET = "met"
    NOT_MET = "not met"
    MARK = "mark"  # x, ✓, +
    ONE = "one"
    ZERO = "zero"
    MINUS = "minus"
    C = "c"  # có, or chưa
    OPEN = "open"  # not assessed
    EMPTY = "empty"
    VALUE = "value"


class CellResult(NamedTuple):
    """What a cell says, and the value that it holds."""

    sign: Sign
    value: Decimal | None = None


_TICKS = frozenset("✓✔√☑")  # which say yes wherever they stand
_MARKS = frozenset("xXvV+●•■")
_DASHES = frozenset("-–—−")
_OPEN = frozenset(
    (
        *("chuarasoat", "chuadanhgia", "khongdanhgia", "khongrasoat", "chuaro", "khongapdung", "kad"),
        *("chuacosolieu", "khongcosolieu", "kxd", "khongxacdinh", "notassessed"),
    )
)
# A number with what it is counted in, “62,5 triệu đồng/người”, “95%”, “1.250 m2”; a verdict may stand beside it.
_VALUED = re.compile(
    r"(?P<before>[^\d]*?)\(?\s*[≥>=]*\s*(?P<number>-?[0-9]+(?:[.,][0-9]+)*)\s*(?P<per_cent>%)?(?P<after>.*)", re.DOTALL
)
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:[.,][0-9]{3})+")
_PLAIN = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_UNITS = re.compile(
    r"(trieu|trd|tr|dong|nguoi|nam|ho|km|m2|m|mo hinh|san pham|sp|truong|thon|ap|ban|ty|nghin|lit|ngay|dem|diem"
    r"|/|\s|[().,:;-])*"
)
_MOST_PER_CENT = 100
HOW_TO_TELL = N_("write đạt or chưa, x, or a value such as 62,5 or 95%")


def read_result(cell: Cell) -> CellResult:
    """What a cell says; raises ValueMismatch."""
    if cell.fault:
        raise ValueMismatch(cell.fault)
    if isinstance(cell.value, bool):
        return CellResult(Sign.MET if cell.value else Sign.NOT_MET)
    if is_number(cell.value):
        return _of_number(Decimal(f"{cell.value:.15g}"), is_share="%" in cell.format)
    if cell.is_blank:
        return CellResult(Sign.EMPTY)
    return _of_text(clean_text(cell))


def _of_number(number: Decimal, *, is_share: bool) -> CellResult:
    if is_share:
        return CellResult(Sign.VALUE, _per_cent(number * 100))
    if number in (0, 1):
        return CellResult(Sign.ONE if number else Sign.ZERO, number)
    return CellResult(Sign.VALUE, number)


def _per_cent(value: Decimal) -> Decimal:
    if not 0 <= value <= _MOST_PER_CENT:
        raise ValueMismatch(_("a per cent lies between 0 and 100"))
    return value.normalize() if value else Decimal(0)


@lru_cache(REMEMBERED)
def _of_text(text: str) -> CellResult:
    if text in _TICKS:
        return CellResult(Sign.MET)
    if text in _MARKS:
        return CellResult(Sign.MARK)
    if text in _DASHES:
        return CellResult(Sign.MINUS)
    word = squeeze(text)
    if word == "c":
        return CellResult(Sign.C)
    if word in _OPEN:
        return CellResult(Sign.OPEN)
    if word in MET | NOT_MET:
        return CellResult(Sign.MET if word in MET else Sign.NOT_MET)
    if text in ("✗", "✘", "×"):
        raise ValueMismatch(_("this sign may say yes or no"))
    return _valued(text)


def _valued(text: str) -> CellResult:
    """A value, with its unit, or with a verdict beside it; raises ValueMismatch."""
    match = _VALUED.fullmatch(text)
    if match is None:
        raise ValueMismatch(_("this does not say whether the criterion is met"))
    number = match["number"]
    if _THOUSANDS.fullmatch(number) and not match["per_cent"]:
        raise ValueMismatch(_("{number}: thousands or decimals?").format(number=number))
    if not _PLAIN.fullmatch(number):
        raise ValueMismatch(_("this is no number"))
    value = Decimal(number.replace(",", "."))
    value = _per_cent(value) if match["per_cent"] else value
    beside = [word for part in (match["before"], match["after"]) if (word := squeeze(part.strip(" ()-–:;,./")))]
    verdicts = [word in MET for word in beside if word in MET | NOT_MET]
    if len(verdicts) == 1 and len(beside) == 1:
        return CellResult(Sign.MET if verdicts[0] else Sign.NOT_MET, value)
    if not all(_UNITS.fullmatch(unmarked(part)) for part in (match["before"], match["after"])):
        raise ValueMismatch(_("this does not say whether the criterion is met"))
    is_digit = value in (0, 1) and not match["per_cent"] and not beside
    return CellResult((Sign.ONE if value else Sign.ZERO) if is_digit else Sign.VALUE, value)


class SheetReading(NamedTuple):
    """What the signs of a sheet mean; `empty` None where an empty cell says nothing. `said` tells of it."""

    mark: bool | None
    empty: bool | None
    c: bool | None
    has_plus: bool = False

    def verdict(self, sign: Sign) -> bool | None:
        """Whether a criterion of which a cell speaks so is met; None where that is open."""
        if sign in (Sign.MET, Sign.NOT_MET):
            return sign is Sign.MET
        if sign is Sign.MARK:
            return self.mark
        if sign in (Sign.ONE, Sign.ZERO):
            return sign is Sign.ONE
        if sign is Sign.C:
            return self.c
        if sign is Sign.MINUS:
            return False if self.has_plus else self.empty
        return self.empty if sign is Sign.EMPTY else None


class SheetSigns(NamedTuple):
    """Which signs a sheet uses: +, x and a yes in one row, a title or headings that speak of what is not met.

    `c_means` is what its legend says of “C”.
    """

    used: frozenset[Sign]
    has_plus: bool = False
    mixes: bool = False
    denies: bool = False
    c_means: bool | None = None
    is_blank_open: bool = False  # a legend says that an empty cell was not assessed

    @property
    def says_no(self) -> bool:
        """Whether it says of anything that it is not met."""
        return bool(self.used & {Sign.NOT_MET, Sign.ZERO}) or (self.has_plus and Sign.MINUS in self.used)

    @property
    def says_yes(self) -> bool:
        """Whether it says of anything that it is met, in more than a mark."""
        return bool(self.used & {Sign.MET, Sign.ONE})

    @property
    def c(self) -> bool | None:
        """What “C” means: beside “Đ” or x “chưa”, beside “K” “có”; None beside both or neither."""
        if self.c_means is not None or Sign.C not in self.used:
            return self.c_means
        has_yes = self.says_yes or Sign.MARK in self.used
        return self.says_no if has_yes != self.says_no else None

    @property
    def is_unsure(self) -> bool:
        """Whether only counts can tell how it is meant: x or an empty cell may be either."""
        has_marks = Sign.MARK in self.used
        only_no = self.says_no and not self.says_yes and not has_marks and self.c is not True
        has_empty = bool(self.used & {Sign.EMPTY, Sign.MINUS})
        return (only_no and has_empty and not self.is_blank_open) or (
            has_marks and (self.mixes or (self.denies and not self.says_yes))
        )

    @property
    def readings(self) -> list[SheetReading]:
        """How it may be read, the likeliest first; the others only where counts ask for them."""
        c = self.c
        says_no = self.says_no or (Sign.C in self.used and c is False)
        usual = SheetReading(True, None if says_no or self.is_blank_open else False, c, self.has_plus)
        if self.is_blank_open:
            return [usual]
        others = [usual._replace(empty=True)] if says_no else []
        if Sign.MARK in self.used and (self.mixes or not (self.says_yes or says_no)):
            others += [usual._replace(mark=False, empty=True), usual._replace(mark=False, empty=None)]
        return [usual, *others]
