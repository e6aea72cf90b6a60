"""A figure as a report prints it: “54/94 (57,45%)”, “33 xã, đạt 27,73 %”, “15,88 (1.842/116)”."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.ingest.values import ValueMismatch, clean_text, decimal_text, is_number
from ntmtrack.spreadsheets import Cell


class PrintedFigure(NamedTuple):
    """What is printed of one figure, numbers in plain digits; per cents with a decimal comma, as plans have them.

    `total` is out of how many; `sum` what was divided by them where the value is an average.
    """

    value: str
    total: int | None = None
    percent: str | None = None
    sum: int | None = None


# Thousands are parted by points in all groups or in none: “1.234”, “1234”, never “1.23”.
_WHOLE, _UNITS = r"([0-9]{1,3}(?:\.[0-9]{3}){1,2}|[0-9]{1,9})", r"(?:\s*(?:xã|huyện|đơn vị|thôn|bản|ấp|tiêu chí))?"
_DECIMAL = r"([0-9]{1,9}[.,][0-9]{1,2})"  # three digits may be thousands
_NUMBER = r"([0-9]{1,6}(?:[.,][0-9]{1,9})?)"
_BESIDE = rf"(?:\s*[(,;:–=-]?\s*(?:(?:đạt|chiếm|bằng|tỷ lệ|tỉ lệ)\s*)*{_NUMBER}\s*%\s*\)?)?"
# “1.234 xã”, “90”, “33 xã (27,73%)”.
_COUNT = re.compile(rf"{_WHOLE}{_UNITS}{_BESIDE}")
_OF = re.compile(rf"{_WHOLE}{_UNITS}\s*/\s*{_WHOLE}{_UNITS}{_BESIDE}")  # “90/116 xã”, “54/94 (57,45%)”
_AVERAGE = re.compile(rf"(?:{_DECIMAL}|{_WHOLE}){_UNITS}(?:\s*/\s*(?:xã|huyện|thôn))?")
# “15,88 (1.842/116)”, “1.842/116 = 15,88”.
_DIVIDED = rf"{_WHOLE}{_UNITS}\s*/\s*{_WHOLE}{_UNITS}"
_AVERAGE_OF = re.compile(rf"{_AVERAGE.pattern}\s*[(=:]\s*{_DIVIDED}\s*\)?")
_OF_AVERAGE = re.compile(rf"{_DIVIDED}\s*[(=:]\s*{_AVERAGE.pattern}\s*\)?")
_PERCENT = re.compile(rf"{_NUMBER}\s*%?")
_SHOWN = 9  # decimals that a spreadsheet shows of its own


def read_count(text: str) -> PrintedFigure:
    """A number of units, with its total and per cent if told; raises ValueMismatch.

    Example: “1.234 xã” is "1234", “54/94 (57,45%)” 54 of 94 and "57,45".
    """
    if match := _OF.fullmatch(text):
        return PrintedFigure(_digits(match[1]), int(_digits(match[2])), _comma(match[3]))
    if match := _COUNT.fullmatch(text):
        return PrintedFigure(_digits(match[1]), None, _comma(match[2]))
    raise ValueMismatch(_("a whole number is expected"))


def read_decimal(text: str) -> PrintedFigure:
    """Another number, with a decimal point; raises ValueMismatch, also for “1.234”: thousands or decimals.

    Example: “15,88” is "15.88", “1.842/116 = 15,88” also the sum 1842 of 116.
    """
    if match := _AVERAGE_OF.fullmatch(text):
        decimal, whole, divided, by = match.groups()
    elif match := _OF_AVERAGE.fullmatch(text):
        divided, by, decimal, whole = match.groups()
    elif match := _AVERAGE.fullmatch(text):
        (decimal, whole), divided, by = match.groups(), None, None
    else:
        raise ValueMismatch(_("this is no number"))
    if whole and "." in whole:
        raise ValueMismatch(_("this is no number"))
    value = decimal.replace(",", ".") if decimal else whole
    if divided is None or by is None:
        return PrintedFigure(value)
    return PrintedFigure(value, int(_digits(by)), None, int(_digits(divided)))


def read_percent(text: str) -> str:
    """A per cent as printed, with a decimal comma: “27,32 %” → "27,32"; raises ValueMismatch."""
    if match := _PERCENT.fullmatch(text):
        return str(_comma(match[1]))
    raise ValueMismatch(_("no per cent can be read here"))


def percent_in(cell: Cell) -> str:
    """The per cent that a cell shows; raises ValueMismatch. Example: 0.2732 in a cell “0.00%” is "27,32"."""
    if not is_number(cell.value) or cell.fault:
        return read_percent(clean_text(cell))
    places = re.search(r"\.(0+)", cell.format)
    share = Decimal(f"{cell.value:.15g}") * (100 if "%" in cell.format else 1)
    shown = len(places[1]) if places else 0 if "%" in cell.format or cell.format.strip() == "0" else _SHOWN
    rounded = share.quantize(Decimal(1).scaleb(-shown), ROUND_HALF_UP)
    return read_percent(f"{rounded:f}" if places else decimal_text(rounded))


def number_text(cell: Cell) -> str:
    """A number as it reads; of a cell that shows per cents only "%", which is no number of units."""
    if is_number(cell.value) and not cell.fault and "%" in cell.format:
        return "%"
    return clean_text(cell)


def _digits(text: str) -> str:
    return text.replace(".", "")


def _comma(text: str | None) -> str | None:
    return text.replace(".", ",") if text else None
