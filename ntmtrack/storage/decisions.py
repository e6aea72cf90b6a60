"""Which decision a number means: numbers return every year, and what is known of one grows."""

from collections.abc import Iterable

from ntmtrack.days import show_day
from ntmtrack.errors import DecisionDiffers
from ntmtrack.model import Decision
from ntmtrack.text import squeeze


def settle(on_record: Iterable[Decision], given: Decision) -> Decision:
    """Which of the decisions on record under its number `given` means, or `given` itself, to be added.

    The same number with another issuer or from another year is another decision; so is, for the database, one of which
    more is told now than is on record. Raises DecisionDiffers where number, issuer and year agree but the day does not.
    """
    for known in on_record:
        if _differ(known.issuer, given.issuer) or (_year(known) != _year(given) and _year(known) and _year(given)):
            continue
        if known.signed_on and given.signed_on and not _agree(known.signed_on, given.signed_on):
            raise DecisionDiffers(number=known.number, known=show_day(known.signed_on), given=show_day(given.signed_on))
        if _says_all(known, given):
            return known
    return given


def _says_all(known: Decision, given: Decision) -> bool:
    """Whether the decision on record already tells everything that `given` does."""
    day = not given.signed_on or (known.signed_on or "").startswith(given.signed_on)
    return day and (not given.issuer or known.issuer is not None)


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other) and squeeze(one or "") != squeeze(other or "")


def _year(decision: Decision) -> str:
    return (decision.signed_on or "")[:4]
