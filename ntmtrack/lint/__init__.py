"""What is wrong in a plan or worth knowing: each module one subject, pure, findings in the order of the document."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack.i18n import N_, _
from ntmtrack.model import Programme, Tier
from ntmtrack.roadmaps import LineKey, Roadmap, Target, line_title


class Weight(StrEnum):
    """How much a finding weighs: only contradictions and doubts make `roadmap check` fail."""

    CONTRADICTION = "contradiction"  # the document says two things that cannot both be
    DOUBT = "doubt"  # something cannot be so as printed, or is surely not meant
    NOTE = "note"  # to know when reading the figures: an open base, a condition

    @property
    def label(self) -> str:
        """The weight as a word in the language in use."""
        return _(_WEIGHTS[self])


_WEIGHTS = {
    Weight.CONTRADICTION: N_("contradiction"),
    Weight.DOUBT: N_("doubt"),
    Weight.NOTE: N_("note"),
}


class Finding(NamedTuple):
    """One finding: by which check, of which line and year, where in the document; one sentence with arithmetic.

    `clause` is the sentence without the line and the time (`when`) before it. `years` are those of all that is told in
    it, where several findings are told as one.
    """

    check: str
    weight: Weight
    line: LineKey | None
    year: int | None
    cite: str
    text: str
    when: str = ""
    clause: str = ""
    years: frozenset[int | None] = frozenset()

    def concerns(self, years: Collection[int]) -> bool:
        """Whether anything that it tells is of one of these years."""
        return any(year in years for year in (self.year, *self.years))


class LintContext(NamedTuple):
    """What is known of a plan's scope beside the document.

    `totals` are the units of the counted kinds, `units` the titles of all units, `lying_in` what those of each title
    lie in, from `source`; `exact` is whether that is as of the plan's own day. `reached` is what the ledger counts as
    reached on that day, by tier and level.
    """

    programme: Programme
    source: str = ""
    exact: bool = False
    totals: Mapping[Tier, int] = MappingProxyType({})
    units: Mapping[Tier, Sequence[str]] = MappingProxyType({})
    lying_in: Mapping[str, Sequence[str]] = MappingProxyType({})
    reached: Mapping[tuple[Tier, str], int] = MappingProxyType({})
    earlier: Roadmap | None = None


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


def time_of(target: Target) -> str:
    """The year, or the period up to it."""
    if target.span == "period":
        return _("the period to {year}").format(year=target.year)
    return str(target.year)


def sentence_of(line: LineKey, time: str, text: str, context: LintContext) -> str:
    """The sentence with the line and the time that it is about before it."""
    words = {"line": line_title(line, context.programme), "when": time, "text": text}
    return _("{line}, {when}: {text}").format(**words)


def finding(check: str, weight: Weight, target: Target, context: LintContext, text: str) -> Finding:
    """A finding about one figure of the plan."""
    whole = sentence_of(target.line, time_of(target), text, context)
    return Finding(check, weight, target.line, target.year, target.cite, whole, time_of(target), text)
