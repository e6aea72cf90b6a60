"""Units that a plan names in one breath: "xã An Ninh, xã An Đồng", "02 huyện: Đông Hưng, Hưng Hà"."""

import re

from ntmtrack.model import KINDS, Tier
from ntmtrack.units.names import split_kind

_KINDS = "|".join(sorted({kind for kinds in KINDS.values() for kind in kinds}, key=len, reverse=True))
_LEAD = re.compile(rf"(?:(?:bao\s+)?gồm\s+)?(?:các|[0-9]+)\s+(?:{_KINDS})\s*(?::\s*|\s+)(?=\S)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+", re.IGNORECASE)


def apart(text: str, tier: Tier) -> list[str]:
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
