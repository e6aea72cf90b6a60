"""The keys of a movement's file: which there are in each section, the type and the words of their values."""

from collections.abc import Mapping
from datetime import date

from ntmtrack.emulation import AGENCY, RECOGNISED, Frequency, Ground, Grouping, Need, Recipient
from ntmtrack.model import Tier
from ntmtrack.roadmaps.keys import KeyRule

_TEXT, _NEEDED = KeyRule(str), KeyRule(str, needed=True)
_DAY = KeyRule(date, needed=True, partial=True)
_TIERS = (Tier.DISTRICT, Tier.COMMUNE, Tier.VILLAGE)

HEAD: Mapping[str, KeyRule] = {
    **dict.fromkeys(("key", "title", "number", "issuer", "programme", "scope_code", "scope_name"), _NEEDED),
    **dict.fromkeys(("issued_on", "begins_on", "ends_on"), _DAY),
    "grouping": KeyRule(str, tuple(Grouping)),
    "supersedes": _TEXT,
    "source": _TEXT,
}
DATE: Mapping[str, KeyRule] = {
    **dict.fromkeys(("key", "name", "by", "cite"), _NEEDED),
    "to": _TEXT,
    "yearly": _TEXT,
    "once": KeyRule(date, partial=True, limit=True),
    "monthly": KeyRule(bool),
    "before": KeyRule(bool),
    "of_year": KeyRule(str, ("year", "year-before")),
    "years": KeyRule(list, tables=True),
    "has_day": KeyRule(bool),
    "tier": KeyRule(str, _TIERS),
    "shown_by": KeyRule(str, ("registration",)),
}
AWARD: Mapping[str, KeyRule] = {
    **dict.fromkeys(("key", "name", "authority", "says", "cite"), _NEEDED),
    "recipient": KeyRule(str, tuple(Recipient), needed=True),
    "ground": KeyRule(str, tuple(Ground), needed=True),
    "frequency": KeyRule(str, tuple(Frequency), needed=True),
    "tier": KeyRule(str, _TIERS),
    "levels": KeyRule(list),
    "at_least": KeyRule(int, most=1_000_000_000_000),  # đồng
    "stars": KeyRule(int),
    "places": KeyRule(int),
    "parts": KeyRule(dict),
    "for_each": KeyRule(str, (RECOGNISED, AGENCY)),
    "agencies": KeyRule(dict),
    "years": KeyRule(list, tables=True),
}
CONDITION: Mapping[str, KeyRule] = {
    **dict.fromkeys(("key", "says", "cite"), _NEEDED),
    "tier": KeyRule(str, _TIERS, needed=True),
    "need": KeyRule(str, tuple(Need), needed=True),
    "level": _TEXT,
    "excludes": KeyRule(bool),
    "awards": KeyRule(list),
}
SECTIONS: Mapping[str, Mapping[str, KeyRule]] = {"date": DATE, "award": AWARD, "condition": CONDITION}
