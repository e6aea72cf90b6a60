"""Money as offices write it, in đồng: “120 triệu”, “1,5 tỷ”, “350.000 đồng”; never guessed."""

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from ntmtrack.errors import AmountNotWhole, BadAmount, BadMeasuredValue
from ntmtrack.i18n import _, number
from ntmtrack.measures import Measure
from ntmtrack.measures.read import read_number
from ntmtrack.measures.units import CountedIn
from ntmtrack.text import clean, plain

_MONEY = Measure("money", (), (), "đồng")
_MOST = 10**15  # đồng: more is a slip of the pen
_TOLD = re.compile(r"([0-9][0-9., ]*)\s*(.*)")
# A scale with how many đồng it is; those whose values are whole numbers of thousands part them by points.
SCALES: Mapping[str, int] = MappingProxyType({"đồng": 1, "nghìn đồng": 10**3, "triệu đồng": 10**6, "tỷ đồng": 10**9})
_SMALL = ("đồng", "nghìn đồng")
_WORDS = {
    "đồng": ("dong", "d", "vnd", "vnđ"),
    "nghìn đồng": ("nghin", "ngan", "nghin dong", "ngan dong", "1000 dong", "1000d", "k"),
    "triệu đồng": ("trieu", "tr", "trd", "trieu dong", "tr dong", "trieud", "trvnd", "trieu vnd"),
    "tỷ đồng": ("ty", "ti", "ty dong", "ti dong"),
}
_BY_WORD = {word: scale for scale, words in _WORDS.items() for word in words}


def scale_called(words: str) -> str | None:
    """The scale that words mean: "triệu đồng" of "trđ", "tr.đ", "Triệu đồng"; None where they mean none."""
    return _BY_WORD.get(" ".join(plain(clean(words).replace("1.000", "1000").replace(".", "")).split()))


def read_amount(text: str, usual: str | None = None) -> int:
    """The đồng that a text tells; `usual` is the scale where it tells none.

    Raises BadAmount, also where no scale is told, UnclearNumber, AmountNotWhole.
    """
    told = _TOLD.fullmatch(clean(text))
    scale = (scale_called(told[2]) if told[2] else usual) if told else None
    if told is None or scale is None:
        raise BadAmount(text=clean(text))
    try:
        value = read_number(_MONEY, told[1].strip(), CountedIn(scale, is_small=scale in _SMALL))
    except BadMeasuredValue as wrong:
        raise BadAmount(text=clean(text)) from wrong
    return _whole(value * SCALES[scale], clean(text))


def _whole(amount: Decimal, text: str) -> int:
    if amount != amount.to_integral_value():
        raise AmountNotWhole(text=text)
    if not 0 < amount <= _MOST:
        raise BadAmount(text=text)
    return int(amount)


def amount_words(amount: int) -> str:
    """An amount in words: "120.000.000 đồng"."""
    return _("{amount} đồng").format(amount=number(amount))
