"""Figures as people write them in a form: "≥ 17", "ít nhất 40% (khoảng 47)", "64/92", "23 trong 25 xã đăng ký".

Such a cell tells more than its column asks for: an operator, a total, a base; that goes to their columns.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from ntmtrack.i18n import N_, _
from ntmtrack.ingest.roadmap_words import LABELS
from ntmtrack.ingest.values import ValueMismatch
from ntmtrack.roadmaps import REMAINING, UNIT_LISTS
from ntmtrack.roadmaps.words import WORDS, first_words, word_meant
from ntmtrack.text import clean, unmarked

_COUNT_WORDS = N_("write a number of units: 17, ≥ 17, khoảng 47, 01–02, 64/92")
_PERCENT_WORDS = N_("write a per cent: 40, 40%, ≥ 40%, khoảng 40–45%")
_IS_PERCENT = N_("“{text}” is a per cent: write it in the column “Tỷ lệ (%)”")
_IS_COUNT = N_("“{text}” is a number of units: write it in the column “Luỹ kế” or “Tăng thêm”")
_IS_ADDED = N_("“{text}” is an addition: write it in the column “Tăng thêm”")
_IS_CUMULATIVE = N_("“{text}” is a cumulative number: write it in the column “Luỹ kế”")
_PERCENT_ADDED = N_("“{text}” is an addition, but this is the share of all that is reached: write that, or nothing")
_IS_NOTE = N_("“{text}” is no figure: write it in the column “Ghi chú”")
_TWO_SIGNS_HERE = N_("“{text}” says a range and “{sign}” at once: write one of them, as 20–25 or ≥ 20")
_TWO_VALUES = N_("says something else than the column “{column}” of the same row")
_TWO_SIGNS = N_("has another sign than the column “{column}” of the same row: write the two figures in two rows")
_OF_REACHED = ("cumulative", "total", "percent", "percent_operator", "value")
_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9}"
_SIGNS = r"=>|>=|=<|<=|[≥≤<>=~≈]"
# Words before a number that say what is done with it, any of them in a row.
_LEAD = re.compile(
    r"(?:(?:co|co them|them|tang|tang them|phan dau|dat|cong nhan|cong nhan them|luy ke|nang len)\s+|\+\s*)*"
)
# Of those, the ones that add to what there is.
_ADDED_LEAD = re.compile(r"\b(?:them|tang)\b|\+")
# And those that speak of all that is reached.
_CUMULATIVE_LEAD = re.compile(r"\b(?:luy ke|nang len)\b")
# A sign, or one or two words, right before the digits.
_OPERATOR = re.compile(rf"({_SIGNS}|[a-z]+(?: [a-z]+)?)\s*(?=[0-9])")
# “17”, “01–02”, “64/92”, “23 trong số 25”: a number, the end of a range, the total.
_FIGURES = re.compile(
    rf"(?P<low>{_NUMBER})(?:\s*[-–—]\s*(?P<high>{_NUMBER}))?"
    rf"(?:\s*(?:/|trong(?: so)?|tren(?: tong so)?)\s*(?P<total>{_NUMBER}))?"
)
# What is counted, behind the number.
_UNITS = re.compile(
    r"(?:don vi(?: cap (?:huyen|xa))?|(?:huyen, )?thi xa, thanh pho|xa|huyen|thi xa|thanh pho|phuong|thi tran|tinh|thon"
    r"|ban|ap|buon|to dan pho|san pham|tieu chi|vuon|mo hinh)\b"
)
# What may follow the unit without changing the figure, “đăng ký” and “trở lên” apart.
_TAIL = re.compile(r"(?:tro len|dang ky|con lai|(?:da )?dat chuan(?: ntm)?|\s)*")
# A second figure in brackets: “40% (47 xã)”.
_BRACKETS = re.compile(r"^(.*?)\s*\(([^()]*)\)$")
# Or behind words that say that it is the share: “47 xã, đạt 40%”.
_WITH_SHARE = re.compile(
    r"^(.*[^\s,;])[\s,;]+(?:đạt|chiếm|bằng|tương đương|tỷ lệ|tỉ lệ)\s+([0-9.,–-]+\s*%)$", re.IGNORECASE
)
# None, in words.
_NONE_LEFT = re.compile(r"khong (?:con|co)(?: (?:xa|huyen|don vi)(?: nao)?)?")
# All that are left, in words: how many these are, the ledger says.
_ALL_LEFT = re.compile(r"(?:(?:cac|so|tat ca|toan bo|100 ?%(?: so)?)\s+)*(?:xa |huyen |don vi )?con lai")
# “40%”, “40–45%”, with what the share is of; more than these words is a remark.
_PERCENT = re.compile(
    r"(?P<low>[0-9]{1,3}(?:[.,][0-9]+)?)\s*%?(?:\s*[-–—]\s*(?P<high>[0-9]{1,3}(?:[.,][0-9]+)?))?\s*%?"
    r"(?P<rest>(?:\s+(?:tro len|con lai|dang ky"
    r"|(?:so |tong so )?(?:xa|huyen|thon|ban|ap|don vi)(?: cap huyen)?(?:, (?:thon|ban|ap))*))*)"
)


class FigureText(NamedTuple):
    """What a cell says for its own column; its operator, what it tells of the total or the base, a second figure.

    `hold`: it says that so many are to keep what they have.
    """

    value: Any
    sign: str | None = None
    total: int | None = None
    share_of: str | None = None
    hold: bool | None = None
    second: "SecondFigure | None" = None


class SecondFigure(NamedTuple):
    """A figure in brackets behind another, and the column in which it belongs."""

    key: str
    figure: FigureText


# “duy trì 69 xã”, “giữ vững 100%”, “duy trì ổn định …”.
_HOLD = re.compile(
    r"(?:tiếp tục\s+)?(?:duy trì|giữ vững|giữ)\s+(?:(?:ổn định|vững|ở mức|và giữ vững)\s+)?", re.IGNORECASE
)


def without_hold(text: str) -> str | None:
    """What stands behind “duy trì”; None where that does not open the text."""
    typed = clean(text)
    return typed[match.end() :] if (match := _HOLD.match(typed)) else None


def is_dash(text: object) -> bool:
    """Whether a cell says by a dash or dots that nothing is printed."""
    return isinstance(text, str) and bool(re.fullmatch(r"[-–—.…\s]+", text))


def read_count(text: str, key: str) -> FigureText:
    """A number of units with what stands around it, for the column of `key`; raises ValueMismatch in words.

    Example: "64/92" → FigureText(64, total=92).
    """
    bare = unmarked(text)
    if _NONE_LEFT.fullmatch(bare):
        return FigureText(0)
    if (parts := _BRACKETS.match(clean(text))) and _UNITS.fullmatch(unmarked(parts[2])):
        return read_count(parts[1], key)
    if parts := _BRACKETS.match(clean(text)) or _WITH_SHARE.match(clean(text)):
        _need_figure(parts[2])
        return read_count(parts[1], key)._replace(second=SecondFigure("percent", read_percent(parts[2])))
    if _ALL_LEFT.fullmatch(bare):
        return FigureText(None, share_of=REMAINING)
    if bare.rstrip().endswith("%"):
        raise ValueMismatch(_(_IS_PERCENT).format(text=text.strip()))
    _need_column(bare, text.strip(), key)
    operator, rest = read_operator(bare)
    figures = _FIGURES.match(rest)
    if not figures:
        raise ValueMismatch(_(_COUNT_WORDS))
    tail = rest[figures.end() :].strip()
    if unit := _UNITS.match(tail):
        tail = tail[unit.end() :].strip()
    if not _TAIL.fullmatch(tail):
        raise ValueMismatch(_(_COUNT_WORDS))
    low, high, total = (int(part.replace(".", "")) if part else None for part in figures.group("low", "high", "total"))
    sign = ">=" if tail.startswith("tro len") else operator
    if high is not None and sign not in (None, "about"):
        raise ValueMismatch(_(_TWO_SIGNS_HERE).format(text=text.strip(), sign=first_words(WORDS["operator"])[sign]))
    return FigureText(low if high is None else [low, high], sign, total, "registered" if "dang ky" in tail else None)


def read_percent(text: str) -> FigureText:
    """A per cent as text as printed, with what stands around it; raises ValueMismatch in words."""
    if parts := _BRACKETS.match(clean(text)):
        _need_figure(parts[2])
        return read_percent(parts[1])._replace(second=SecondFigure("cumulative", read_count(parts[2], "cumulative")))
    if _ADDED_LEAD.search(_lead(unmarked(text))):
        raise ValueMismatch(_(_PERCENT_ADDED).format(text=text.strip()))
    operator, rest = read_operator(unmarked(text), _PERCENT_WORDS)
    figures = _PERCENT.fullmatch(rest)
    if not figures:
        if _FIGURES.match(rest) and "/" in rest:
            raise ValueMismatch(_(_IS_COUNT).format(text=text.strip()))
        raise ValueMismatch(_(_PERCENT_WORDS))
    low, high, tail = figures.group("low", "high", "rest")
    share = REMAINING if "con lai" in tail else "registered" if "dang ky" in tail else None
    ends = [end.replace(".", ",") for end in (low, high) if end]
    sign = ">=" if "tro len" in tail else operator
    if high and sign not in (None, "about"):
        raise ValueMismatch(_(_TWO_SIGNS_HERE).format(text=text.strip(), sign=first_words(WORDS["operator"])[sign]))
    return FigureText(ends if high else ends[0], sign, share_of=share)


def _lead(text: str) -> str:
    """The words before a number that tell what is done: "luy ke ", "tang them "."""
    return match[0] if (match := _LEAD.match(text)) else ""


def _need_column(bare: str, text: str, key: str) -> None:
    """Raises ValueMismatch where a number says itself that it belongs in the other of the two columns for counts."""
    lead = _lead(bare)
    added, cumulative = _ADDED_LEAD.search(lead), _CUMULATIVE_LEAD.search(lead)
    if added and cumulative:
        raise ValueMismatch(_(_COUNT_WORDS))
    if added and key == "cumulative":
        raise ValueMismatch(_(_IS_ADDED).format(text=text))
    if cumulative and key == "added":
        raise ValueMismatch(_(_IS_CUMULATIVE).format(text=text))


def _need_figure(text: str) -> None:
    """Raises ValueMismatch where what stands in brackets behind a figure is a remark."""
    if not re.search(r"[0-9]", text):
        raise ValueMismatch(_(_IS_NOTE).format(text=text))


def read_operator(text: str, otherwise: str = _COUNT_WORDS) -> tuple[str | None, str]:
    """The operator before a number, and the rest; raises ValueMismatch in the words of `otherwise` for another word."""
    rest = text.removeprefix(_lead(text))
    sign = _OPERATOR.match(rest)
    if not sign:
        return None, rest
    meant = word_meant("operator", sign[1]) or (">=" if sign[1] == "tu" and rest.endswith("tro len") else None)
    if meant is None:
        raise ValueMismatch(_(otherwise))
    return meant, rest[sign.end() :]


def merge_figures(figure: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """A row's figures, what its cells tell of other columns put there; and each key that is told twice, with why not.

    Example: “≥ 17” below “Luỹ kế” → [{"cumulative": 17, "operator": ">="}], [].

    One operator before a count or a per cent holds for both; where both have one, each keeps its own. What is added and
    what is reached in all are two figures where their cells print different operators.
    """
    plain = {key: value.value if isinstance(value, FigureText) else value for key, value in figure.items()}
    cells = [(key, key, text) for key, text in figure.items() if isinstance(text, FigureText)]
    cells += [(cell, text.second.key, text.second.figure) for cell, _key, text in cells if text.second]
    wrong: list[tuple[str, str]] = []
    for cell, key, text in cells:
        facts = {key: text.value, "total": text.total, "share_of": text.share_of, "hold": text.hold}
        for field, value in facts.items():
            if value is not None and plain.setdefault(field, value) != value:
                wrong.append((cell, _(_TWO_VALUES).format(column=LABELS[field])))
    signs = {key: text.sign for _cell, key, text in cells if text.sign}
    empty = {key for key, _key, text in cells if text.value is None}
    printed = {key: value for key, value in plain.items() if key not in empty}
    if _is_apart(printed, signs):
        alone = {key: printed.pop(key) for key in ("added", *UNIT_LISTS) if key in printed}
        added = {key: value for key, value in printed.items() if key not in _OF_REACHED} | alone
        added_sign = {"added": signs.pop("added")} if "added" in signs else {}
        return [_signed(added, added_sign, wrong), _signed(printed, signs, wrong)], wrong
    return [_signed(printed, signs, wrong)], wrong


def _is_apart(figure: Mapping[str, Any], signs: Mapping[str, str]) -> bool:
    """Whether what is added and what is reached in all are printed with different operators."""
    both = {"added", "cumulative"} <= figure.keys() and "operator" not in figure
    return both and signs.get("added") != signs.get("cumulative", signs.get("percent"))


def _signed(figure: dict[str, Any], signs: Mapping[str, str], wrong: list[tuple[str, str]]) -> dict[str, Any]:
    """A figure with the operators that its cells print; what does not agree goes to `wrong`."""
    operator = figure.get("operator")
    counted = {key: sign for key, sign in signs.items() if key != "percent"}
    first = next(iter(counted), "operator")
    for key, sign in counted.items():
        if operator not in (None, sign):
            wrong.append((key, _(_TWO_VALUES).format(column=LABELS["operator"])))
        elif sign != counted[first]:
            wrong.append((key, _(_TWO_SIGNS).format(column=LABELS[first])))
    of_percent = signs.get("percent")
    if counted:
        figure.setdefault("operator", counted[first])
    if of_percent:
        alone = not (counted or operator) and ("added" not in figure or "cumulative" in figure)
        figure.setdefault("operator" if alone else "percent_operator", of_percent)
    elif {*counted} == {"added"} and "percent" in figure and "cumulative" not in figure:
        figure.setdefault("percent_operator", "=")  # the share of all is another figure than what is added
    return figure
