"""Which givers of one name are one giver, and which words name a person. Pure."""

import re

from ntmtrack.emulation.facts import MovementFacts
from ntmtrack.emulation.registers import Entry, GiverKind
from ntmtrack.model import Tier
from ntmtrack.text import plain, squeeze

_ABOVE = (Tier.PROVINCE, Tier.DISTRICT)
_FIRMS = re.compile(r"(tong )?(cong ty|cty)\b|tap doan\b|doanh nghiep\b|dntn\b|hop tac xa\b|htx\b|ngan hang\b")
_MOST_WORDS = 4


def spans_units(entry: Entry, facts: MovementFacts) -> bool:
    """Whether what others of that name gave elsewhere is of the same giver: of firms and agencies above communes.

    Every commune has its women's union: of other givers a name tells nothing beyond the unit.
    """
    if entry.kind == GiverKind.AGENCY:
        return facts.tiers.get(entry.unit_id) in _ABOVE
    return entry.kind in (GiverKind.COMPANY, GiverKind.COOPERATIVE)


def is_known_everywhere(name: str, unit_id: int, facts: MovementFacts) -> bool:
    """Whether a rewarded giver is one wherever it gives: told so, called a firm, or rewarded above communes."""
    own = (one for one in facts.entries if one.party and squeeze(one.party) == squeeze(name))
    is_told = any(spans_units(one, facts) for one in own)
    return is_told or _is_firm(name) or facts.tiers.get(unit_id) in _ABOVE


def _is_firm(name: str) -> bool:
    return _FIRMS.match(plain(name)) is not None


def may_be_name(text: str) -> bool:
    """Whether words may be a person's name: two to four, each with a capital."""
    words = text.split()
    return 2 <= len(words) <= _MOST_WORDS and all(word[0].isupper() and word.isalpha() for word in words)
