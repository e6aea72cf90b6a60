"""The keys of a plan file: which there are, the type and the words of their values, and whether a value fits."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from unicodedata import normalize

from ntmtrack.dates import read_day
from ntmtrack.errors import BadDay
from ntmtrack.i18n import N_, _
from ntmtrack.model import KINDS, Tier
from ntmtrack.roadmaps import COUNTS, NATURES, OF_SET, OPERATORS, READINGS, SHARES, SPANS
from ntmtrack.roadmaps.words import read_due
from ntmtrack.text import clean
from ntmtrack.units import split_kind


class Fault(NamedTuple):
    """One thing wrong with a file of rules or figures: where, at which key, in words."""

    where: str
    key: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.key}: {self.text}" if self.key else f"{self.where}: {self.text}"


class KeyRule(NamedTuple):
    """A key that a table may have: the type of its value, and the words that it must be one of."""

    type: type
    choices: tuple[str, ...] = ()
    needed: bool = False
    ranged: bool = False  # may be two values: from, to
    partial: bool = False  # a day of which perhaps only the month or the year is known; kept as ISO text
    tables: bool = False  # a list of tables, or of numbers, checked elsewhere
    limit: bool = False  # a day that may be meant as the one before which something is due
    most: int = 1_000_000  # no number of units is larger


HEAD = {
    **dict.fromkeys(("key", "title", "number", "issuer", "programme", "scope_name"), KeyRule(str, needed=True)),
    "scope_code": KeyRule(str),
    "issued_on": KeyRule(date, needed=True, partial=True),
    "base_year": KeyRule(int, needed=True),
    "supersedes": KeyRule(str),
    "source": KeyRule(str),
}
LINE = {
    "tier": KeyRule(str, tuple(Tier), needed=True),
    "measure": KeyRule(str, needed=True),
    "counts": KeyRule(str, COUNTS),
    "threshold": KeyRule(int),
    "name": KeyRule(str),
    "counted_in": KeyRule(str),
    "share_of": KeyRule(str, SHARES),
    "base": KeyRule(str),
    "readings": KeyRule(list, READINGS),
    "relative_to": KeyRule(int),
    "of_set": KeyRule(str, OF_SET),
    "figure": KeyRule(list, needed=True, tables=True),
}
FIGURE = {
    "year": KeyRule(int, needed=True),
    "nature": KeyRule(str, NATURES),
    "span": KeyRule(str, SPANS),
    "operator": KeyRule(str, OPERATORS),
    "percent_operator": KeyRule(str, tuple(sign for sign in OPERATORS if sign != "range")),
    "added": KeyRule(int, ranged=True),
    "cumulative": KeyRule(int, ranged=True),
    "percent": KeyRule(str, ranged=True),
    "total": KeyRule(int),
    "value": KeyRule(str, ranged=True),
    "hold": KeyRule(bool),
    "part_of": KeyRule(str),
    "within": KeyRule(str),
    "each": KeyRule(str, tuple(Tier)),
    "begins_on": KeyRule(date, partial=True),
    "due_on": KeyRule(date, partial=True, limit=True),
    "note": KeyRule(str),
    "units": KeyRule(list),
    "reserve": KeyRule(list),
    "registered": KeyRule(list),
    "cite": KeyRule(str, needed=True),
}
_NAMED = {
    str: N_("text in quotes"),
    int: N_("a whole number"),
    date: N_("a day such as 2022-07-12, without quotes"),
    list: N_("a list"),
    bool: N_("true or false"),
    dict: N_("a table"),
}
# Control signs and halves of letters: Excel writes none of them, and a terminal would obey some.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MOST_LETTERS = 10_000


def value_fault(value: object, rule: KeyRule) -> tuple[str, dict[str, str]] | None:
    """What is wrong with a value by its rule: a message and its facts."""
    if rule.ranged and isinstance(value, list):
        if len(value) != 2 or any(type(end) is not rule.type for end in value):
            return N_("a range is written as two ends: [2, 3], in a table 2–3"), {}
        return _fault_of_number(max(value), rule) if rule.type is int else None
    if rule.partial and type(value) is not rule.type:
        return None if rule.limit and read_due(str(value)) else _fault_of_day(value)
    if type(value) is not rule.type:
        return N_("wrong type, {type} expected"), {"type": _(_NAMED[rule.type])}
    if isinstance(value, str) and not clean(value):
        return N_("empty"), {}
    words = value if isinstance(value, list) else [value]
    if rule.choices and any(word not in rule.choices for word in words):
        return N_("must be one of {choices}"), {"choices": ", ".join(rule.choices)}
    if isinstance(value, list) and not rule.tables:
        return _fault_of_list(value)
    if isinstance(value, int):
        return _fault_of_number(value, rule)
    return _fault_of_text(value) if isinstance(value, str) else None


def _fault_of_day(value: object) -> tuple[str, dict[str, str]] | None:
    try:
        read_day(value if isinstance(value, str) else "")
    except BadDay:
        return N_("no such day; write 2022-07-12, or “2022-07” or “2022” where only that is known"), {}
    return None


def _fault_of_number(value: int, rule: KeyRule) -> tuple[str, dict[str, str]] | None:
    return (N_("this number is too large"), {}) if abs(value) > rule.most else None


def _fault_of_list(value: Sequence[object]) -> tuple[str, dict[str, str]] | None:
    """What is wrong with a list of names, beside its choices."""
    if not _is_words(value):
        return N_("wrong type, {type} expected"), {"type": _("a list of texts in quotes")}
    if any(re.search(r"[;\r\n]", str(word).strip()) for word in value):
        return N_("one name in each pair of quotes, without “;”"), {}
    return next(filter(None, (_fault_of_text(str(word)) for word in value)), None)


def _fault_of_text(value: str) -> tuple[str, dict[str, str]] | None:
    """What no document has in a text, and no spreadsheet can hold."""
    if sign := _UNPRINTABLE.search(value):
        return N_("has a character that cannot be printed: {code}"), {"code": f"U+{ord(sign[0]):04X}"}
    if len(value) > _MOST_LETTERS:
        return N_("longer than {count} letters"), {"count": str(_MOST_LETTERS)}
    return None


def _is_words(value: Sequence[object]) -> bool:
    return bool(value) and all(isinstance(word, str) and clean(word) for word in value)


def normal_value(value: Any, rule: KeyRule) -> Any:
    """Text in NFC without blanks around; a list of texts, not a range, as a tuple; a day that may be partial in ISO."""
    if rule.partial:
        return read_due(str(value)) if rule.limit else read_day(str(value))
    if isinstance(value, str):
        return _tidy(value)
    if rule.type is list and _is_words(value):
        return tuple(map(_tidy, value))
    return value


def _tidy(text: str) -> str:
    return normalize("NFC", re.sub(r"\r\n?", "\n", text)).strip()


def size(end: int | str) -> float:
    """An end of a range, to compare; 0 where it is no number, which is said elsewhere."""
    text = str(end).replace(",", ".")
    return float(text) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) else 0


_KINDS = "|".join(sorted({kind for kinds in KINDS.values() for kind in kinds}, key=len, reverse=True))
# “gồm 02 xã: …”, “các xã …” before a list of names.
_LEAD = re.compile(rf"(?:(?:bao\s+)?gồm\s+)?(?:các|[0-9]+)\s+(?:{_KINDS})\s*(?::\s*|\s+)(?=\S)", re.IGNORECASE)
# “An Ninh, An Đồng và An Khê”.
_BETWEEN = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+", re.IGNORECASE)


def split_names(text: str, tier: Tier) -> list[str]:
    """The names of units of a tier in a text, each with the district or province that it is said to be in.

    Several only where that is sure: each bears its kind, or “các xã” stands before them. “An Ninh, An Đồng” may be a
    commune and its district, and stays one.
    """
    lead = _LEAD.match(text)
    parts = between_commas(text[lead.end() :] if lead else text)
    if "(" in text or not all(parts):
        return [text]
    kinds = [split_kind(part)[0] for part in parts]
    begins = [kind in KINDS[tier] if kind else bool(lead) for kind in kinds]
    if sum(begins) < 2 or not begins[0] or not (lead or all(kinds)):
        return [text]
    names: list[str] = []
    for part, is_first in zip(parts, begins, strict=True):
        if is_first:
            names.append(part)
        else:
            names[-1] += f", {part}"
    return names


def between_commas(text: str) -> list[str]:
    """What stands between the commas and “và” of a text."""
    return _BETWEEN.split(text)
