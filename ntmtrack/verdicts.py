"""The words in which offices say that a criterion is met or not, and the lists in which they name criteria."""

import re

from ntmtrack.text import squeeze

MET = frozenset(("dat", "co", "x", "met", "yes", "d", "hoanthanh", "dadat"))
NOT_MET = frozenset(
    ("chua", "chuadat", "khong", "khongdat", "notmet", "no", "cd", "k", "ko", "kd", "kdat", "chuahoanthanh")
)
_NONE = (["0"], ["khong"], ["none"])


def codes_in(text: str) -> list[str]:
    """The codes of a list as typed: "5, 17.2", "TC5; TC 17"; "0" or "không" is none."""
    bare = re.sub(r"(?i)\b(?:tc|tiêu chí|tieu chi)\s*(?:số\b|so\b)?\s*", "", text)
    words = [word for word in re.split(r"[;,\s]+", bare.strip().strip(".")) if word]
    return [] if [squeeze(word) for word in words] in _NONE else words
