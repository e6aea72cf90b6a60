"""Who may be proposed for an award under a movement's rules, and who not, for which reason. Pure: facts in, values out.

Nobody is chosen: of those alike all are given, and what the ledger does not tell counts neither for nor against.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from ntmtrack.emulation import AwardRule, Condition, Ground, Movement, Recipient
from ntmtrack.emulation.achievements import (
    Achievement,
    fallen_awards,
    had_most,
    is_revoked,
    reached,
    rewarded,
)
from ntmtrack.emulation.facts import CriteriaMet, MovementFacts, Open, holds, newly_recognised, of_unknown_year
from ntmtrack.emulation.frequencies import Giver, first_of_part, had_before
from ntmtrack.emulation.givers import is_known_everywhere, spans_units
from ntmtrack.emulation.registers import Entry, GivenAward, GiverKind
from ntmtrack.measures.kept import Measurement
from ntmtrack.model import Act, Recognition
from ntmtrack.text import letters, squeeze


class Why(StrEnum):
    """Why somebody may not be proposed."""

    REVOKED = "revoked"
    ACKNOWLEDGED = "acknowledged"  # thừa nhận after a merger: its constituents reached the level
    REWARDED = "rewarded"  # for the same achievement
    PART = "part"  # another unit of the part has the award of the year
    HAD = "had"  # this form of award, as often as it may be given
    CONDITION = "condition"


class Exclusion(NamedTuple):
    """Why somebody may not be proposed: with the award that was given before, or the condition that does not hold."""

    why: Why
    award: GivenAward | None = None
    condition: Condition | None = None


class Finding(NamedTuple):
    """Whether a condition holds; None where the ledger does not tell, or the office judges."""

    condition: Condition
    holds: bool | None


class Candidate(NamedTuple):
    """Somebody for whom the ground of a rule is there, by what, and what stands in the way.

    A unit by its recognition or the criteria that it completed; of a giver `party` (None where no name is told), the
    units that were given to, the sum in đồng, products; `is_one_giver` is false where no name is kept that would tell.
    `ties` is how many have as much, `after` whether only those excluded have more, `open` how many of the part are not
    concluded.
    """

    unit_ids: tuple[int, ...]
    recognition: Recognition | None = None
    met: CriteriaMet | None = None
    part: object = None
    ties: int = 1
    after: bool = False
    open: int = 0
    party: str | None = None
    amount: int | None = None
    is_one_giver: bool = True
    products: tuple[Measurement, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    findings: tuple[Finding, ...] = ()


class RuleCandidates(NamedTuple):
    """The candidates under a rule; the units of each part that are not concluded, with the reason."""

    rule: AwardRule
    found: tuple[Candidate, ...]
    open: tuple[tuple[object, int, Open], ...] = ()

    def within(self, unit_ids: Container[int]) -> "RuleCandidates":
        """Those alone that are, or gave to, one of these units; who leads a part was settled among all of it."""
        found = tuple(one for one in self.found if any(unit in unit_ids for unit in one.unit_ids))
        return self._replace(found=found, open=tuple(one for one in self.open if one[1] in unit_ids))

    @property
    def is_listed(self) -> bool:
        """Whether units are named at all: places of persons are counted, what the office judges is not listed."""
        return is_listed(self.rule)

    @property
    def proposable(self) -> tuple[Candidate, ...]:
        """Those that may be proposed."""
        return tuple(one for one in self.found if not one.exclusions)


def is_listed(rule: AwardRule) -> bool:
    """Whether candidates under a rule are named."""
    is_of_units = rule.recipient in (Recipient.UNIT, Recipient.COLLECTIVE)
    return rule.ground is Ground.CONTRIBUTION or (rule.ground is not Ground.JUDGED and is_of_units)


def candidates(movement: Movement, rule: AwardRule, facts: MovementFacts) -> RuleCandidates:
    """Everybody for whom the ground of a rule is there: those that may be proposed first, then those that may not."""
    if not is_listed(rule):
        return RuleCandidates(rule, ())
    judge = _Judge(movement, rule, facts)
    if rule.ground is Ground.MOST_CRITERIA:
        found, left_open = _with_most(judge)
        return RuleCandidates(rule, _in_order(found), tuple(left_open))
    if rule.ground is Ground.CONTRIBUTION:
        return RuleCandidates(rule, _in_order(_givers(judge)))
    left_open = [(facts.parts.get(unit), unit, Open.NO_YEAR) for unit in of_unknown_year(rule, facts)]
    return RuleCandidates(rule, _in_order(_recognised(judge)), tuple(left_open))


def _in_order(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(found, key=lambda one: bool(one.exclusions)))


class _Judge:
    """What stands in the way of candidates under one rule."""

    def __init__(self, movement: Movement, rule: AwardRule, facts: MovementFacts) -> None:
        self.rule, self.facts = rule, facts
        self._movement = movement
        self._conditions = tuple(movement.conditions_of(rule))
        self._fallen = frozenset(fallen_awards(facts.given, facts.recognitions, facts.day))

    def of_unit(self, candidate: Candidate, achievement: Achievement) -> Candidate:
        """A unit with what stands in its way, and how the conditions stand."""
        unit_id = candidate.unit_ids[0]
        findings = tuple(Finding(one, holds(one, unit_id, self.facts)) for one in self._conditions)
        exclusions = (*candidate.exclusions, *self._given_to(achievement), *_unmet(findings))
        return candidate._replace(findings=findings, exclusions=exclusions)

    def _given_to(self, achievement: Achievement) -> Iterator[Exclusion]:
        """That it was rewarded for the same, or had this form as often as it may be given."""
        facts = self.facts
        if before := rewarded(achievement, facts.year, facts.given, facts.rules, self._fallen):
            yield Exclusion(Why.REWARDED, before)
        elif had := had_before(self._movement, self.rule, facts, achievement):
            yield Exclusion(Why.HAD, had)
        elif first := first_of_part(self._movement, self.rule, facts, achievement.unit_id):
            yield Exclusion(Why.PART, first)

    def of_giver(self, candidate: Candidate) -> Candidate:
        """A giver, with the award of this form that it had."""
        giver = Giver(candidate.party or "", candidate.unit_ids)
        had = had_before(self._movement, self.rule, self.facts, giver)
        return candidate._replace(exclusions=(Exclusion(Why.HAD, had),)) if had else candidate


def _unmet(findings: Iterable[Finding]) -> Iterator[Exclusion]:
    for finding in findings:
        if finding.condition.excludes and finding.holds is False:
            yield Exclusion(Why.CONDITION, condition=finding.condition)


def _recognised(judge: _Judge) -> Iterator[Candidate]:
    for unit_id, one in newly_recognised(judge.rule, judge.facts):
        why = _no_ground(one, judge.facts.day)
        found = Candidate((unit_id,), one, exclusions=(Exclusion(why),) if why else ())
        yield judge.of_unit(found, reached(unit_id, one.level, judge.facts.year))


def _no_ground(one: Recognition, on: date) -> Why | None:
    """Why a recognition is no ground of an award."""
    if is_revoked(one, on):
        return Why.REVOKED
    return Why.ACKNOWLEDGED if one.basis is Act.ACKNOWLEDGED else None


def _with_most(judge: _Judge) -> tuple[list[Candidate], list[tuple[object, int, Open]]]:
    """In each part the units that completed the most criteria; who is not concluded.

    Where one of them is excluded by a condition, those that come after it stand there too.
    """
    facts, by_part, left_open = judge.facts, defaultdict[object, list[int]](list), []
    for unit_id, met in facts.criteria.items():
        if met.open:
            left_open.append((facts.parts.get(unit_id), unit_id, met.open))
        elif unit_id in facts.parts:
            by_part[facts.parts[unit_id]].append(unit_id)
        else:
            left_open.append((None, unit_id, Open.NO_PART))
    not_concluded = [part for part, _unit, _why in left_open]
    found = [
        one._replace(part=part, open=not_concluded.count(part))
        for part, units in by_part.items()
        for one in _leaders(judge, units)
    ]
    return found, left_open


def _leaders(judge: _Judge, units: Sequence[int]) -> Iterator[Candidate]:
    met = judge.facts.criteria
    gains = sorted({gain for unit in units if (gain := met[unit].gain) > 0}, reverse=True)
    for place, gain in enumerate(gains):
        alike = [unit for unit in units if met[unit].gain == gain]
        found = [
            judge.of_unit(
                Candidate((unit,), met=met[unit], ties=len(alike), after=place > 0),
                had_most(unit, judge.facts.year),
            )
            for unit in alike
        ]
        yield from found
        if not all(any(why.why is Why.CONDITION for why in one.exclusions) for one in found):
            return


def _givers(judge: _Judge) -> Iterator[Candidate]:
    """Who gave as much in all as the rule asks for, or has a product of as many stars; nobody private by name."""
    rule = judge.rule
    found: dict[str, Candidate] = {}
    for key, entries in _by_giver(rule, judge.facts).items():
        amount = sum(entry.amount or 0 for entry in entries)
        if rule.at_least is not None and amount >= rule.at_least:
            units = tuple(dict.fromkeys(entry.unit_id for entry in entries))
            first = entries[0]
            party, is_one = (None, bool(first.person)) if rule.recipient.is_private else (first.party, True)
            found[key] = Candidate(units, party=party, amount=amount, is_one_giver=is_one)
    for unit_id, product in judge.facts.products if rule.stars is not None else ():
        if int(product.value) >= (rule.stars or 0) and bool(product.owner) != rule.recipient.is_private:
            key = _maker(product, unit_id, judge.facts)
            old = found.get(key) or Candidate((), party=product.owner)
            units = tuple(dict.fromkeys((*old.unit_ids, unit_id)))
            found[key] = old._replace(unit_ids=units, products=(*old.products, product))
    return map(judge.of_giver, found.values())


def _maker(product: Measurement, unit_id: int, facts: MovementFacts) -> str:
    """By what the maker of a product is told from another, as givers are."""
    owner = squeeze(product.owner or "")
    if owner and is_known_everywhere(owner, unit_id, facts):
        return owner
    return f"{unit_id} {owner or letters(product.name)}"


def _by_giver(rule: AwardRule, facts: MovementFacts) -> dict[str, list[Entry]]:
    """What was given by givers that a rule may be for: private ones apart by their names, which stay untold."""
    by_giver: dict[str, list[Entry]] = defaultdict(list)
    for entry in facts.entries:
        if _is_private(entry) == rule.recipient.is_private and (entry.party or _is_private(entry)):
            name = squeeze(entry.person or entry.party or "")
            here = name if spans_units(entry, facts) else f"{entry.unit_id} {name}"
            by_giver[here if name else f"#{entry.id}"].append(entry)
    return by_giver


def _is_private(entry: Entry) -> bool:
    return entry.kind in (GiverKind.PERSON, GiverKind.HOUSEHOLD)
