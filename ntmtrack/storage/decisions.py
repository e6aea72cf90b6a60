"""Which decision is meant: numbers return every year and with every issuer, and what is known of one grows."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ntmtrack.dates import last_day, show_day
from ntmtrack.decisions import days_agree, is_same, is_short_of, is_tidy, key_of, titled
from ntmtrack.errors import DecisionDiffers, WhichDecision
from ntmtrack.i18n import _
from ntmtrack.model import Decision
from ntmtrack.rules import YEARS_APART, decision_and_issuer
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.facts import speaking_of
from ntmtrack.storage.queries.recognitions import every_decision
from ntmtrack.text import squeeze


class MatchedDecision(NamedTuple):
    """The decision that is meant, with all that is known of it.

    `known` are those that say the same decision, on record or told elsewhere; of them `respelled` are on record by a
    worse spelling of the number. `apart` are those of its number that are not meant, being of other years.

    Example: 12/QĐ-UBND, told without a day for 2023, is the one on record of 5/3/2023; that of 2019 is `apart`.
    """

    decision: Decision
    known: tuple[Decision, ...] = ()
    apart: tuple[Decision, ...] = ()

    @property
    def respelled(self) -> tuple[Decision, ...]:
        """Those on record whose number gives way to the better spelling."""
        return tuple(
            decision for decision in self.known if decision.id is not None and decision.number != self.decision.number
        )


def find_decision(
    pool: Iterable[Decision], given: Decision, year: int | None = None, rests_on: Decision | None = None
) -> MatchedDecision:
    """Which decision of `pool` is meant by what was told for a recognition of `year`, or `given` itself.

    The same number with another issuer or from another year is another decision. A number without a day means one
    signed in the year that the recognition is for or soon after, or `rests_on`, on which the fact rests already. Raises
    DecisionDiffers where all but the day agrees, WhichDecision where several decisions fit.
    """
    alike = [
        decision for decision in pool if _is_number(decision, given) and not _differ(decision.issuer, given.issuer)
    ]
    if rests_on and not (
        _is_number(rests_on, given) and not _differ(rests_on.issuer, given.issuer) and days_agree(rests_on, given)
    ):
        rests_on = None
    fitting = [decision for decision in alike if _day_fits(decision, given, year, rests_on)]
    if not any(decision.signed_on and decision.id is not None for decision in fitting):
        refuse_other_day(alike, given)
    groups = _groups(fitting)
    if not rests_on and not given.signed_on and len(groups) == 1:
        groups = _with_and_without_day(groups[0])
    if len(groups) > 1:
        raise _which(given, groups)
    group = groups[0] if groups else []
    decision = _together([given, *group])
    on_record = next((other for other in group if other._replace(id=None) == decision), None)
    others = [] if rests_on or given.signed_on else alike
    apart = [decision for decision in others if decision.id is not None and decision not in group]
    return MatchedDecision(on_record or decision, tuple(group), tuple(apart))


def on_record(connection: Connection, apart_from: Sequence[int] = ()) -> list[Decision]:
    """The decisions on record; not those on which nothing rests but the recognitions `apart_from`."""
    decisions = every_decision(connection)
    if not apart_from:
        return decisions
    used: set[int] = set()
    apart = set(apart_from)
    for table, column in speaking_of("decision"):
        rows = connection.execute(f"SELECT id, {column} FROM {table} WHERE voided_by IS NULL").fetchall()
        used |= {decision for key, decision in rows if table != "recognition" or key not in apart}
    return [decision for decision in decisions if decision.id in used]


def contradict(decision: Decision, other: Decision) -> bool:
    """Whether two tell one decision, by number, issuer and year, with two days."""
    same = is_same(decision.number, other.number) and not _differ(decision.issuer, other.issuer)
    return same and _year(decision) == _year(other) and not days_agree(decision, other)


def refuse_other_day(alike: Iterable[Decision], given: Decision) -> None:
    """Raises DecisionDiffers where one on record is the same but for its day."""
    for decision in alike:
        if decision.id is not None and contradict(decision, given):
            known_day, given_day = show_day(decision.signed_on), show_day(given.signed_on)
            raise DecisionDiffers(number=decision.number, known=known_day, given=given_day)


def _is_number(decision: Decision, given: Decision) -> bool:
    numbers = (decision.number, given.number)
    return is_same(*numbers) or is_short_of(*numbers) or is_short_of(*reversed(numbers))


def _day_fits(decision: Decision, given: Decision, year: int | None, rests_on: Decision | None) -> bool:
    if rests_on and rests_on.signed_on is None and given.signed_on is None:
        return decision.signed_on is None  # the same once more: no day is added by guess
    if rests_on:
        return days_agree(decision, rests_on) and days_agree(decision, given)
    if given.signed_on or decision.signed_on is None:
        return days_agree(decision, given)
    return year is None or 0 <= last_day(decision.signed_on).year - year <= YEARS_APART


def _groups(fitting: Sequence[Decision]) -> list[list[Decision]]:
    """The decisions in groups that can each be one; what one leaves out, as its day, contradicts no other."""
    groups: list[list[Decision]] = []
    for decision in sorted(fitting, key=_telling, reverse=True):
        group = next((group for group in groups if all(_may_be_one(decision, other) for other in group)), None)
        if group is not None:
            group.append(decision)
        else:
            groups.append([decision])
    return groups


def _with_and_without_day(group: list[Decision]) -> list[list[Decision]]:
    """The group parted where the record holds it both with a day and without: who tells none may mean either."""
    parts = [
        [decision for decision in group if bool(decision.signed_on) is dated and decision.id is not None]
        for dated in (True, False)
    ]
    return parts if all(parts) else [group]


def _telling(decision: Decision) -> tuple[int, bool, int]:
    """How much is known of a decision, to sort by: its day, its issuer, the letters of its number."""
    return len(decision.signed_on or ""), decision.issuer is not None, len(key_of(decision.number).letters)


def _may_be_one(decision: Decision, other: Decision) -> bool:
    return _is_number(decision, other) and days_agree(decision, other) and not _differ(decision.issuer, other.issuer)


def _together(same: Sequence[Decision]) -> Decision:
    """What several say of one decision: the fullest number, the most exact day, the issuer."""
    day = max((decision.signed_on or "" for decision in same), key=len) or None
    issuer = next((decision.issuer for decision in (*same[1:], same[0]) if decision.issuer), None)
    return Decision(_spelling(same), day, issuer)


def _spelling(same: Sequence[Decision]) -> str:
    """The right spelling of a number: with the letters of its issuer, with its marks; else as it is on record."""
    given, *known_numbers = (decision.number for decision in same)
    fullest = max(len(key_of(number).letters) for number in (given, *known_numbers))
    full = [number for number in (*known_numbers, given) if len(key_of(number).letters) == fullest]
    return given if given in full[:-1] else min(full, key=lambda number: (not is_tidy(number), full.index(number)))


def _which(given: Decision, groups: Iterable[Sequence[Decision]]) -> WhichDecision:
    first = [group[0] for group in groups]
    listed = "; ".join(decision_and_issuer(decision) for decision in first)
    days = [f"--date {show_day(decision.signed_on)}" for decision in first if decision.signed_on]
    issuers = [f'--issuer "{decision.issuer}"' for decision in first if decision.issuer]
    ways = days if len(set(days)) == len(first) else issuers if len(set(issuers)) == len(first) else [*days, *issuers]
    if ways == days and len(days) < len(first):
        ways = [*days, _("--date with the day that the other lacks")]
    return WhichDecision(number=titled(given.number), said=listed, ways=_(" or ").join(ways), known=first)


def _differ(name: str | None, other: str | None) -> bool:
    return bool(name and other) and squeeze(name or "") != squeeze(other or "")


def _year(decision: Decision) -> str:
    return (decision.signed_on or "")[:4]
