"""How a finding names lines, units and places, in the language in use."""

from ntmtrack.i18n import N_, _
from ntmtrack.model import Tier
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import LineKey, Target, line_title

_UNITS = {
    Tier.PROVINCE: N_("provinces"),
    Tier.DISTRICT: N_("district-level units"),
    Tier.COMMUNE: N_("communes"),
    Tier.VILLAGE: N_("villages"),
}
_FIELDS = {
    "added": N_("added"),
    "cumulative": N_("cumulative"),
    "percent": N_("per cent"),
    "total": N_("total number"),
    "value": N_("value"),
}


def units_word(tier: Tier) -> str:
    """The units of a tier in the midst of a sentence: "xã"."""
    return _(_UNITS[tier])


def field_word(field: str) -> str:
    """What a figure is: "tăng thêm", "luỹ kế"."""
    return _(_FIELDS[field])


def when(target: Target) -> str:
    """The year, or the period up to it."""
    if target.span == "period":
        return _("the period to {year}").format(year=target.year)
    return str(target.year)


def said_of(line: LineKey, time: str, text: str, ground: Ground) -> str:
    """The sentence with the line and the time that it is about before it."""
    words = {"line": line_title(line, ground.programme), "when": time, "text": text}
    return _("{line}, {when}: {text}").format(**words)


def finding(check: str, weight: Weight, target: Target, ground: Ground, text: str) -> Finding:
    """A finding about one figure of the plan."""
    said = said_of(target.line, when(target), text, ground)
    return Finding(check, weight, target.line, target.year, target.cite, said, when(target), text)
