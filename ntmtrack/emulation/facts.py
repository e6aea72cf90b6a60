"""What the ledger tells for a movement and a year, as its rules ask for it. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple

from ntmtrack.emulation import AwardRule, Condition, Need
from ntmtrack.emulation.achievements import Recognitions, Rules, is_revoked
from ntmtrack.emulation.registers import Entry, GivenAward
from ntmtrack.i18n import N_, _
from ntmtrack.measures.kept import Measurement
from ntmtrack.model import Act, Recognition, Tier


class Open(StrEnum):
    """Why it is not concluded how many criteria a unit completed in a year."""

    NEW = "new"
    NOT_BEFORE = "not-before"
    NOT_ANEW = "not-anew"
    LEFT_OPEN = "left-open"
    NO_PART = "no-part"
    NO_YEAR = "no-year"

    @property
    def label(self) -> str:
        """The reason, in the language in use."""
        return _(_OPEN[self])


_OPEN = {
    Open.NEW: N_("a unit of less than a year"),
    Open.NOT_BEFORE: N_("not assessed until the end of the year before"),
    Open.NOT_ANEW: N_("not assessed in the year"),
    Open.LEFT_OPEN: N_("assessed, with criteria left open"),
    Open.NO_PART: N_("in no known part"),
    Open.NO_YEAR: N_("the year of its recognition is not known"),
}


class CriteriaMet(NamedTuple):
    """Criteria that a unit met at the end of the year before and of the year; `open` is why that is not concluded."""

    before: int
    now: int
    open: Open | None = None

    @property
    def gain(self) -> int:
        """How many it completed in the year."""
        return self.now - self.before


_NONE: Mapping[Any, Any] = MappingProxyType({})


class MovementFacts(NamedTuple):
    """What the ledger tells for a movement and a year.

    Attributes:
        day: by which day recognitions must not have been taken back.
        tiers: the tier of each unit of the scope; `parts` the part in which communes are compared.
        given: every award, with the `rules` by which they were given; `titles` of the units that they are of.
        lines: of each movement the key of the one that has its place today, or its own.
        arrears: whether a unit was said to be in arrears, where anything was said.
        criteria: how many criteria communes met; `gain_ranks` is the rank of each part by what it gained.
        entries: what was given until the end of the year; `products` those recognised and valid then.
        levels_below: the levels that communes of a district had reached.
        registered: who registered for the year; `on_time` who reported in time, where that is told of every date.

    """

    year: int
    day: date
    tiers: Mapping[int, Tier]
    recognitions: Recognitions
    given: Sequence[GivenAward] = ()
    rules: Rules = _NONE
    titles: Mapping[int, str] = _NONE
    lines: Mapping[str, str] = _NONE
    parts: Mapping[int, object] = _NONE
    arrears: Mapping[int, bool] = _NONE
    criteria: Mapping[int, CriteriaMet] = _NONE
    gain_ranks: Mapping[object, int] = _NONE
    entries: Sequence[Entry] = ()
    products: Sequence[tuple[int, Measurement]] = ()
    levels_below: Mapping[int, frozenset[str]] = _NONE
    registered: frozenset[int] = frozenset()
    on_time: Mapping[int, bool] = _NONE

    def is_by(self, award: GivenAward, movement: str, form: str) -> bool:
        """Whether an award is of a form of a movement, or of one that it took the place of."""
        return award.form == form and self.line(award.movement) == self.line(movement)

    def line(self, movement: str | None) -> str | None:
        """The movement that has the place of one today."""
        return self.lines.get(movement, movement) if movement else None


def gain_ranks(criteria: Mapping[int, CriteriaMet], parts: Mapping[int, object]) -> dict[object, int]:
    """The rank of each part by the criteria that its units gained on average; equal gains share one.

    Nothing is known while one unit of any part is not concluded: it may change every rank.
    """
    by_part: dict[object, list[CriteriaMet]] = defaultdict(list)
    for unit_id, met in criteria.items():
        if unit_id in parts:
            by_part[parts[unit_id]].append(met)
    if any(met.open for own in by_part.values() for met in own):
        return {}
    gains = {part: Fraction(sum(met.gain for met in own), len(own)) for part, own in by_part.items()}
    in_order = sorted(gains.values(), reverse=True)
    return {part: in_order.index(gain) + 1 for part, gain in gains.items()}


def holds(condition: Condition, unit_id: int, facts: MovementFacts) -> bool | None:
    """Whether a condition holds of a unit; None where the ledger does not tell, or the office judges."""
    if condition.need is Need.NO_ARREARS:
        told = facts.arrears.get(unit_id)
        return None if told is None else not told
    if condition.need is Need.HAS_COMMUNE_AT:
        return condition.level in facts.levels_below.get(unit_id, ())
    if condition.need is Need.HIGHEST_GAIN:
        rank = facts.gain_ranks.get(unit_id)
        return None if rank is None else rank == 1
    if condition.need is Need.REPORTS_ON_TIME:
        return facts.on_time.get(unit_id)
    if condition.need is Need.REGISTERED:
        return unit_id in facts.registered
    return None


def newly_recognised(rule: AwardRule, facts: MovementFacts) -> Iterator[tuple[int, Recognition]]:
    """The units of the rule's tier that were recognised for the year at its levels, revoked ones among them."""
    for unit_id, tier in facts.tiers.items():
        for one in facts.recognitions.get(unit_id, ()) if tier is rule.tier else ():
            if one.level in rule.levels and one.year == facts.year:
                yield unit_id, one


def of_unknown_year(rule: AwardRule, facts: MovementFacts) -> Iterator[int]:
    """The units that are known to have had a level of the rule by a later day alone: it may be of the year or not."""
    for unit_id, tier in facts.tiers.items():
        own = facts.recognitions.get(unit_id, ()) if tier is rule.tier else ()
        told = {one.level for one in own if one.year is not None}
        if any(one.level in rule.levels and one.level not in told and _may_be_of(one, facts) for one in own):
            yield unit_id


def _may_be_of(one: Recognition, facts: MovementFacts) -> bool:
    is_ground = one.basis is not Act.ACKNOWLEDGED and not is_revoked(one, facts.day)
    return is_ground and int((one.known_by or "0")[:4]) >= facts.year
