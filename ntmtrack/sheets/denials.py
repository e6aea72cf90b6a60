"""Texts that say of units that they are planned, not yet or not recognised, or no more: one judgement for every place.

It holds for titles, sheets' names, headings, groups, remarks, verdicts, footnotes and the comments of cells.
"""

import re
from functools import cache, lru_cache

from ntmtrack.sheets.fields import AHEAD, AMBIGUOUS_BARE, DENIED, ENDED, NO_DENIALS, PLANNED
from ntmtrack.sheets.headings import simple
from ntmtrack.text import clean

_NO_DENIAL = re.compile(rf"\b({'|'.join(NO_DENIALS)})\b", re.IGNORECASE)
_BUT_ENDS = tuple(word for word in PLANNED + DENIED if word != "thu hồi")
_COUNTS = re.compile(r"\b[0-9]+\s+(?=(tiêu chí|tieu chi|tc)\b)", re.IGNORECASE)  # "nợ 02 tiêu chí"


def denies(text: str, *, but_ends: bool = False) -> bool:
    """Whether a text says of units that they are only planned, registered, not yet recognised, or no more.

    With `but_ends` that they are no more is left aside: a table of revocations tells each.
    """
    words = _BUT_ENDS if but_ends else PLANNED + DENIED + ENDED
    return speaks_of(_COUNTS.sub("", _NO_DENIAL.sub(" ", clean(text))), words)


def looks_ahead(text: str) -> bool:
    """Whether a text denies nothing and tells of an aim, maybe of the next level: “Đăng ký nâng cao 2026”."""
    others = tuple(word for word in PLANNED if word not in AHEAD)
    return speaks_of(clean(text), AHEAD) and not speaks_of(clean(text), others + DENIED + ENDED)


def ends(text: str) -> bool:
    """Whether a text says that a recognition is no more, in other words than “thu hồi”."""
    return speaks_of(_NO_DENIAL.sub(" ", clean(text)), ENDED)


@lru_cache(4_000)
def speaks_of(text: str, words: tuple[str, ...]) -> bool:
    """Whether any of the words stands in a text; where the text has marks, with its marks: Khổng Lào is a commune."""
    marked, bare = _pattern(words)
    return bool(bare.search(simple(text)) if text.isascii() else marked.search(clean(text).casefold()))


@cache
def _pattern(words: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    unmistaken = (word for word in words if word not in AMBIGUOUS_BARE)
    marked, bare = "|".join(words), "|".join(map(simple, unmistaken))
    return re.compile(rf"\b({marked})\b"), re.compile(rf"\b({bare})\b")
