"""In which unit a value is told, and how many of its measure's usual unit one of these is."""

import re
from decimal import Decimal
from typing import NamedTuple

from ntmtrack.measures import PERCENT, Measure
from ntmtrack.text import clean, plain, squeeze

# “triệu đồng/người/năm”, “tr.đ”, “trđ/tháng”, “1.000 đồng”, “nghìn đồng/khẩu/năm”.
_MONEY = re.compile(
    r"(?P<scale>trieu|tr|trd|nghin|ngan|1000|k)?\s*(?P<dong>dong|d|vnd)?"
    r"(?P<rest>(\s*(/|tren|moi|1)?\s*(nguoi|khau|dau nguoi|nam|thang|binh quan))*)"
)
_SCALES = {"trieu": "triệu", "tr": "triệu", "trd": "triệu"} | dict.fromkeys(("nghin", "ngan", "1000", "k"), "nghìn")
_FACTORS = {"triệu": Decimal(1), "nghìn": Decimal("0.001"), "": Decimal("0.000001")}
_MONTHS = 12


class CountedIn(NamedTuple):
    """A unit of measure: its name as it is kept, how many usual units one is, whether all of it was told.

    `is_small` where its values are whole numbers of thousands at least: “62.500 nghìn đồng”.
    """

    name: str
    factor: Decimal = Decimal(1)
    is_whole: bool = True
    is_small: bool = False


def unit_told(measure: Measure, text: str) -> CountedIn | None:
    """The unit of a measure that a text means; None where it is none of its units.

    Example: of an income “trđ/tháng” is 12 of “triệu đồng/người/năm” and kept as “triệu đồng/người/tháng”; “triệu đồng”
    says nothing of the time, and is not whole.
    """
    told = clean(text)
    if measure.is_money:
        return _money(told)
    if not measure.unit:  # an office's own measure
        return CountedIn(told)
    own = {squeeze(word): word for word in (measure.unit, *measure.units)}
    if measure.is_percent:
        own |= {"phantram": PERCENT, PERCENT: PERCENT}
        told = told.replace(" ", "")
    name = own.get(told) or own.get(squeeze(told))
    return CountedIn(name) if name else None


def _money(told: str) -> CountedIn | None:
    text = plain(told.replace("1.000", "1000").replace("tr.", "tr").rstrip(". "))
    match = _MONEY.fullmatch(text)
    if not text or not match or not (match["scale"] or match["dong"]):
        return None
    scale = _SCALES.get(match["scale"] or "", "")
    is_monthly, is_yearly = ("thang" in match["rest"]), bool(re.search(r"\bnam\b", match["rest"]))
    if is_monthly and is_yearly:
        return None
    words = f"{scale} đồng/người/{'tháng' if is_monthly else 'năm'}".strip()
    factor = _FACTORS[scale] * (_MONTHS if is_monthly else 1)
    return CountedIn(words, factor, is_monthly or is_yearly, is_small=scale != "triệu")


def in_usual_unit(measure: Measure, value: Decimal, counted_in: str | None) -> Decimal | None:
    """A value in its measure's usual unit, for comparing; None where its unit is not known to be so many of that.

    Example: of an income 5200 nghìn đồng/người/tháng is 62.4 (triệu đồng/người/năm).
    """
    if counted_in is None or not measure.unit:
        return value
    unit = unit_told(measure, counted_in)
    return None if unit is None else value * unit.factor
