"""How a finding names lines, units and places, in the language in use."""

from ntmtrack.i18n import N_, _
from ntmtrack.model import Programme, Tier
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import LineKey, Target, measure_name

_LINES = {
    Tier.PROVINCE: N_("Provinces: {level}"),
    Tier.DISTRICT: N_("Districts: {level}"),
    Tier.COMMUNE: N_("Communes: {level}"),
    Tier.VILLAGE: N_("Villages: {level}"),
}
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


def line_label(line: LineKey, programme: Programme) -> str:
    """What a line counts: "Xã NTM nâng cao", with the unit within which; a named line by its own name."""
    label = measure_name(line, programme)
    if not line.name:
        label = _(_LINES[line.tier]).format(level=label)
    return f"{label} ({line.within})" if line.within else label


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


def said_of(target: Target, ground: Ground, text: str) -> str:
    """The sentence with the line and the time that it is about before it."""
    line = line_label(target.line, ground.programme)
    return _("{line}, {when}: {text}").format(line=line, when=when(target), text=text)


def finding(check: str, weight: Weight, target: Target, ground: Ground, text: str) -> Finding:
    """A finding about one figure of the plan."""
    return Finding(check, weight, target.line, target.year, target.cite, said_of(target, ground, text))
