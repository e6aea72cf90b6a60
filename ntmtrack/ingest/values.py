"""What a cell says, however a spreadsheet keeps it: text, a whole number, a day, a decision."""

import re
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import NamedTuple

from ntmtrack import programmes
from ntmtrack.dates import find_day, read_day
from ntmtrack.decisions import read_decision
from ntmtrack.errors import BadDay, BadDecision, TwoInOne, UnknownWord
from ntmtrack.i18n import N_, _
from ntmtrack.model import MOST_LETTERS, Act, Confidence
from ntmtrack.rules import YEARS_APART, find_act
from ntmtrack.spreadsheets import Cell
from ntmtrack.text import clean, squeeze

NOT_TEXT = N_("Excel made a day of what was written here: set the cell to Text and write it again")
FIRST_YEAR = 1945  # Excel takes a year typed into a cell for days for one of 1905
_PARTLY_SHOWN = {frozenset("my"): "%Y-%m", frozenset("y"): "%Y"}  # what a day is kept as, by what a cell shows of it
_SERIALS = range(20_000, 80_000)  # 1954 to 2119
# The same days as a text of five digits.
_SERIAL = re.compile(r"[2-7][0-9]{4}")
# A year within a text, no part of a day or of a longer number.
A_YEAR = re.compile(r"(?<![0-9/.-])((?:19|20)[0-9]{2})(?![0-9/.-])")
# Four digits, with “năm” before them or the “.0” that programs leave behind.
_FOUR_DIGITS = re.compile(r"(?:năm\s*|nam\s*)?[0-9]{4}(?:\.0?)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:năm\s*|nam\s*)?((?:19|20)[0-9]{2})(?:\.0?)?", re.IGNORECASE)


class ValueMismatch(Exception):
    """What a cell holds does not fit its column; the message is in the language in use."""


class Ambiguous(ValueMismatch):
    """A cell tells of one thing or another, and not of which; `fix` is how to write either."""

    def __init__(self, says: str, fix: str) -> None:
        super().__init__(says)
        self.fix = fix


class DecisionText(NamedTuple):
    """A decision as one cell tells it; the day possibly partial, ISO."""

    number: str
    day: str | None = None
    issuer: str | None = None


def is_number(value: object) -> bool:
    """Whether a cell holds a number, not a truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def decimal_text(number: Decimal) -> str:
    """A number with a decimal comma and no zeros at its end."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def text_in(cell: Cell) -> str:
    """The text of a cell, a number as it reads; raises ValueMismatch."""
    if cell.fault:
        raise ValueMismatch(cell.fault)
    if isinstance(cell.value, str):
        return cell.value
    if is_number(cell.value):
        return decimal_text(Decimal(f"{cell.value:.15g}"))
    raise ValueMismatch(_(NOT_TEXT) if isinstance(cell.value, date) else _("text is expected here"))


def clean_text(cell: Cell) -> str:
    """The text of a cell as names and numbers are written, without doubled blanks; raises ValueMismatch."""
    return clean(text_in(cell))


def year_in(cell: Cell) -> int:
    """A year: 2023, "2023", "Năm 2023"; also one that Excel shows as a day of 1905. Raises ValueMismatch."""
    if cell.fault:
        raise ValueMismatch(cell.fault)
    value = cell.value
    if isinstance(value, date):
        serial = (value - cell.day_0).days
        if _YEAR.fullmatch(str(serial)):  # the number 2023 in a cell that shows days
            return serial
        if shown_partly(cell) == "%Y":
            return value.year
        raise ValueMismatch(_("a day stands where the year recognised for is expected"))
    text = clean_text(cell)
    if year := _YEAR.fullmatch(text):
        return int(year[1])
    if _FOUR_DIGITS.fullmatch(text):
        first, *_others, last = programmes.every()
        says = _("the year must lie between {first} and {last}")
        raise ValueMismatch(says.format(first=first.first_year, last=last.last_year))
    raise ValueMismatch(_("this is not a year of four digits"))


def day_in(cell: Cell) -> str:
    """A day, month or year in ISO: of a real day, Excel's number of one, or text as people write it.

    Raises ValueMismatch. Example: 45646 and “20/12/2024” → "2024-12-20", “tháng 12/2024” → "2024-12".
    """
    if cell.fault:
        raise ValueMismatch(cell.fault)
    value = cell.value
    if isinstance(value, date):
        if value.year < FIRST_YEAR:
            raise ValueMismatch(_(NOT_TEXT))
        return f"{value:{shown_partly(cell) or '%Y-%m-%d'}}"
    if isinstance(value, int | float) and value in _SERIALS:
        return _of_serial(int(value), cell)
    text = clean_text(cell)
    if _SERIAL.fullmatch(text):
        return _of_serial(int(text), cell)
    day, rest = _take_day(text)
    if day and not rest.strip(" .,()"):
        return day
    bare = re.sub(r"^(ngày|năm)\s+", "", text, flags=re.IGNORECASE).replace(" ", "")
    return _read(bare if bare[:1].isdigit() else text)


def _of_serial(number: int, cell: Cell) -> str:
    return (cell.day_0 + timedelta(days=number)).isoformat()


def _read(text: str) -> str:
    try:
        return read_day(text)
    except BadDay as wrong:
        raise ValueMismatch(wrong.lines()[0]) from wrong


def shown_partly(cell: Cell) -> str | None:
    """How a day is kept of which the cell shows only the month and year, or the year."""
    return _PARTLY_SHOWN.get(_shown(cell))


def shown_whole(cell: Cell) -> bool:
    """Whether a cell shows day, month and year of the day that it holds."""
    return _shown(cell) == frozenset("dmy")


def _shown(cell: Cell) -> frozenset[str]:
    return frozenset(re.sub(r'"[^"]*"|\[[^]]*\]|\\.', "", cell.format).lower()) & set("dmy")


def _take_day(text: str) -> tuple[str | None, str]:
    """The first day written in a text, and the text without it; raises ValueMismatch."""
    try:
        return find_day(text)
    except BadDay as wrong:
        raise ValueMismatch(wrong.lines()[0]) from wrong


def decision_in(cell: Cell) -> DecisionText:
    """A decision as it is written in one cell: "1007/QĐ-UBND ngày 02/5/2019"; raises ValueMismatch."""
    if isinstance(cell.value, date) and not cell.fault:
        if shown_whole(cell):
            return DecisionText("", day_in(cell))  # somebody wrote the day alone
        raise ValueMismatch(_(NOT_TEXT))
    try:
        return DecisionText(*read_decision(text_in(cell))[:3])
    except BadDecision as wrong:
        raise ValueMismatch(_("no number of one decision can be read here")) from wrong
    except TwoInOne as wrong:
        raise ValueMismatch(
            _("the cell tells of more than one decision or day: {found}").format(**wrong.facts)
        ) from wrong
    except BadDay as wrong:
        raise ValueMismatch(wrong.lines()[0]) from wrong


def decision_of_export(cell: Cell) -> DecisionText:
    """A number that `export` wrote, as the ledger holds it, also one kept by an older program; raises ValueMismatch.

    Where somebody wrote number and day into the cell since, they are parted.
    """
    text = clean_text(cell)
    try:
        decision = decision_in(cell)
    except ValueMismatch:
        decision = DecisionText(text)
    if decision.day or decision.issuer:
        return decision
    if len(text) > MOST_LETTERS:
        raise ValueMismatch(BadDecision(number=text[:60]).lines()[0])
    return DecisionText(text)


def confidence_in(cell: Cell) -> Confidence:
    """How far a fact may be relied on, by its key or its word; raises ValueMismatch."""
    word = squeeze(text_in(cell))
    for confidence in Confidence:
        if word in (squeeze(confidence.value), squeeze(confidence.label)):
            return confidence
    choices = ", ".join(confidence.label for confidence in Confidence)
    raise ValueMismatch(_("unknown; write one of: {choices}").format(choices=choices))


def act_of(cell: Cell) -> Act:
    """The form of recognition that a cell tells; raises ValueMismatch."""
    try:
        return find_act(text_in(cell))
    except UnknownWord as wrong:
        choices = ", ".join(act.label for act in Act)
        raise ValueMismatch(_("unknown; write one of: {choices}").format(choices=choices)) from wrong


_MONTHS = 12
# A moment as programs write it (ISO 8601), with its zone or without.
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?( ?(Z|[+-][0-9]{2}:?[0-9]{2}))?"
)
# A day as people write it, with an hour behind.
_CLOCK = re.compile(r"(.*[0-9]{4})\s+[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AaPp][Mm])?")
_HERE = timezone(timedelta(hours=7))  # where a moment told with its zone is a day
# A day with the same sign twice and two digits of the year; no part of “12/2019/20”.
_TWO_DIGITS = re.compile(r"(?<![0-9/])([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{2})(?![0-9/])")
# Two numbers and a year, with an hour or without: which of the two is the month, the numbers tell.
_MONTH_FIRST = re.compile(r"\s*([0-9]{1,2})[/.-]([0-9]{1,2})[/.-][0-9]{4}(\s+[0-9:]+( ?[AaPp][Mm])?)?\s*")


def read_moment(cell: Cell) -> str:
    """A day, a month or a year in ISO, as `day_in` reads it, whatever hour stands behind it; raises ValueMismatch."""
    if not isinstance(cell.value, str) or cell.fault:
        return day_in(cell)
    return day_in(cell._replace(value=without_clock(clean(cell.value))))


def without_clock(text: str) -> str:
    """The day of a moment that a program wrote: "2021-01-05T17:00:00Z" is 6/1/2021 in Vietnam."""
    if match := _MOMENT.fullmatch(text):
        try:
            moment = datetime.fromisoformat(text.replace(",", ".").replace(" +", "+").replace(" Z", "Z"))
            return (moment.astimezone(_HERE) if moment.tzinfo else moment).date().isoformat()
        except (ValueError, OverflowError):  # the last day that there is has no next
            return match[1]
    match = _CLOCK.fullmatch(text)
    return match[1] if match else text


def with_whole_year(text: str, near: int | None) -> str | None:
    """A text with the year of its day whole that has two digits; None where there is none, or one far from `near`."""
    short = _TWO_DIGITS.search(text)
    if short is None:
        return None
    day, sign, month, year = short[1], short[2], short[3], 2000 + int(short[4])
    if near and abs(year - near) > YEARS_APART:
        return None
    try:
        date(year, int(month), int(day))
    except ValueError:
        return None
    return f"{text[: short.start()]}{day}{sign}{month}{sign}{year}{text[short.end() :]}"


def is_month_first(cell: Cell) -> bool | None:
    """Whether a text can only be a day with its month first (01/25/2020); None where it may be read either way."""
    parts = _MONTH_FIRST.fullmatch(cell.value) if isinstance(cell.value, str) and not cell.fault else None
    if not parts or int(parts[1]) == int(parts[2]):
        return False
    first, second = int(parts[1]), int(parts[2])
    return None if first <= _MONTHS and second <= _MONTHS else first <= _MONTHS < second
