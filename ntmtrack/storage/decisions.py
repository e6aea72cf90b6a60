"""Which decision is meant: numbers return every year and with every issuer, and what is known of one grows."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ntmtrack.dates import last_day, show_day
from ntmtrack.decisions import days_agree, is_same, is_short_of, is_tidy, key_of, titled
from ntmtrack.errors import DecisionDiffers, WhichDecision
from ntmtrack.i18n import _
from ntmtrack.model import Decision
from ntmtrack.rules import YEARS_APART, decision_and_issuer
from ntmtrack.storage.facts import speaking_of
from ntmtrack.storage.queries.records import every_decision
from ntmtrack.text import squeeze


class MatchedDecision(NamedTuple):
    """The decision that is meant, with all that is known of it.

    `known` are those that say the same decision, on record or told elsewhere; of them `respelled` are on record by a
    worse spelling of the number. `apart` are those of its number that are not meant, being of other years.
    """

    decision: Decision
    known: tuple[Decision, ...] = ()
    apart: tuple[Decision, ...] = ()

    @property
    def respelled(self) -> tuple[Decision, ...]:
        """Those on record whose number gives way to the better spelling."""
        return tuple(one for one in self.known if one.id is not None and one.number != self.decision.number)


def find_decision(
    pool: Iterable[Decision], given: Decision, year: int | None = None, own: Decision | None = None
) -> MatchedDecision:
    """Which decision of `pool` is meant by what was told for a recognition of `year`, or `given` itself.

    The same number with another issuer or from another year is another decision. A number without a day means one
    signed in the year that the recognition is for or soon after, or `own`, on which the fact rests already. Raises
    DecisionDiffers where all but the day agrees, WhichDecision where several decisions fit.
    """
    alike = [one for one in pool if _is_number(one, given) and not _differ(one.issuer, given.issuer)]
    if own and not (_is_number(own, given) and not _differ(own.issuer, given.issuer) and days_agree(own, given)):
        own = None
    fitting = [one for one in alike if _day_fits(one, given, year, own)]
    if not any(one.signed_on and one.id is not None for one in fitting):
        refuse_other_day(alike, given)
    groups = _groups(fitting)
    if not own and not given.signed_on and len(groups) == 1:
        groups = _with_and_without_day(groups[0])
    if len(groups) > 1:
        raise _which(given, groups)
    group = groups[0] if groups else []
    told = _together([given, *group])
    on_record = next((one for one in group if one._replace(id=None) == told), None)
    others = [] if own or given.signed_on else alike
    apart = [one for one in others if one.id is not None and one not in group]
    return MatchedDecision(on_record or told, tuple(group), tuple(apart))


def on_record(connection: sqlite3.Connection, apart_from: Sequence[int] = ()) -> list[Decision]:
    """The decisions on record; not those on which nothing rests but the recognitions `apart_from`."""
    known = every_decision(connection)
    if not apart_from:
        return known
    used: set[int] = set()
    apart = set(apart_from)
    for table, column in speaking_of("decision"):
        rows = connection.execute(f"SELECT id, {column} FROM {table} WHERE voided_by IS NULL").fetchall()
        used |= {decision for key, decision in rows if table != "recognition" or key not in apart}
    return [one for one in known if one.id in used]


def contradict(one: Decision, other: Decision) -> bool:
    """Whether two tell one decision, by number, issuer and year, with two days."""
    same = is_same(one.number, other.number) and not _differ(one.issuer, other.issuer)
    return same and _year(one) == _year(other) and not days_agree(one, other)


def refuse_other_day(alike: Iterable[Decision], given: Decision) -> None:
    """Raises DecisionDiffers where one on record is the same but for its day."""
    for one in alike:
        if one.id is not None and contradict(one, given):
            known, told = show_day(one.signed_on), show_day(given.signed_on)
            raise DecisionDiffers(number=one.number, known=known, given=told)


def _is_number(one: Decision, given: Decision) -> bool:
    numbers = (one.number, given.number)
    return is_same(*numbers) or is_short_of(*numbers) or is_short_of(*reversed(numbers))


def _day_fits(one: Decision, given: Decision, year: int | None, own: Decision | None) -> bool:
    if own and own.signed_on is None and given.signed_on is None:
        return one.signed_on is None  # the same once more: no day is added by guess
    if own:
        return days_agree(one, own) and days_agree(one, given)
    if given.signed_on or one.signed_on is None:
        return days_agree(one, given)
    return year is None or 0 <= last_day(one.signed_on).year - year <= YEARS_APART


def _groups(fitting: Sequence[Decision]) -> list[list[Decision]]:
    """The decisions, those that can be one together; one that tells less says no other."""
    groups: list[list[Decision]] = []
    for one in sorted(fitting, key=_telling, reverse=True):
        group = next((group for group in groups if all(_may_be_one(one, other) for other in group)), None)
        if group is not None:
            group.append(one)
        else:
            groups.append([one])
    return groups


def _with_and_without_day(group: list[Decision]) -> list[list[Decision]]:
    """The group parted where the record holds it both with a day and without: who tells none may mean either."""
    parts = [[one for one in group if bool(one.signed_on) is dated and one.id is not None] for dated in (True, False)]
    return parts if all(parts) else [group]


def _telling(one: Decision) -> tuple[int, bool, int]:
    """How much of a decision is told: its day, its issuer, the letters of its number."""
    return len(one.signed_on or ""), one.issuer is not None, len(key_of(one.number).letters)


def _may_be_one(one: Decision, other: Decision) -> bool:
    return _is_number(one, other) and days_agree(one, other) and not _differ(one.issuer, other.issuer)


def _together(said: Sequence[Decision]) -> Decision:
    """What several say of one decision: the fullest number, the most exact day, the issuer."""
    day = max((one.signed_on or "" for one in said), key=len) or None
    issuer = next((one.issuer for one in (*said[1:], said[0]) if one.issuer), None)
    return Decision(_spelling(said), day, issuer)


def _spelling(said: Sequence[Decision]) -> str:
    """The right spelling of a number: with the letters of its issuer, with its marks; else as it is on record."""
    given, *known = (one.number for one in said)
    fullest = max(len(key_of(number).letters) for number in (given, *known))
    full = [number for number in (*known, given) if len(key_of(number).letters) == fullest]
    return given if given in full[:-1] else min(full, key=lambda number: (not is_tidy(number), full.index(number)))


def _which(given: Decision, groups: Iterable[Sequence[Decision]]) -> WhichDecision:
    first = [group[0] for group in groups]
    said = "; ".join(decision_and_issuer(one) for one in first)
    days = [f"--date {show_day(one.signed_on)}" for one in first if one.signed_on]
    issuers = [f'--issuer "{one.issuer}"' for one in first if one.issuer]
    ways = days if len(set(days)) == len(first) else issuers if len(set(issuers)) == len(first) else [*days, *issuers]
    if ways == days and len(days) < len(first):
        ways = [*days, _("--date with the day that the other lacks")]
    return WhichDecision(number=titled(given.number), said=said, ways=_(" or ").join(ways), known=first)


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other) and squeeze(one or "") != squeeze(other or "")


def _year(decision: Decision) -> str:
    return (decision.signed_on or "")[:4]
