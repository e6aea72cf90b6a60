"""A value as it is kept, and what may be kept of it besides its number: its year, how long a product is recognised."""

from datetime import date
from typing import NamedTuple

from ntmtrack.dates import first_day, last_day, show_day
from ntmtrack.errors import LapsedBeforeDecision, NameNeeded, NoNameHere, ValueOfYearToCome, YearTooEarly
from ntmtrack.i18n import day
from ntmtrack.measures import OCOP, Measure
from ntmtrack.model import Confidence, Decision

FIRST_YEAR = 2000


class Measurement(NamedTuple):
    """A value of a unit in a year; `name` is what is measured, where there may be many, as OCOP products."""

    measure: str
    year: int
    value: str
    name: str = ""
    counted_in: str | None = None
    owner: str | None = None
    valid_until: str | None = None
    decision: Decision | None = None
    confidence: Confidence = Confidence.RECORDED
    source: str | None = None
    note: str | None = None
    id: int | None = None


def filled(new: Measurement, old: Measurement) -> Measurement:
    """A value with what it does not tell as the one on record has it: whose it is, its decision, its source."""
    untold = {name: getattr(old, name) for name in _BESIDE_VALUE if getattr(new, name) is None}
    return new._replace(name=old.name, **untold)


_BESIDE_VALUE = ("owner", "valid_until", "decision", "source", "note")


def check_value_year(year: int, today: date) -> None:
    """Refuses a year that has not begun, or before values are kept; raises ValueOfYearToCome, YearTooEarly."""
    if year > today.year:
        raise ValueOfYearToCome(year=year, today=day(today))
    if year < FIRST_YEAR:
        raise YearTooEarly(year=year)


def check_validity(decided: str | None, until: str | None) -> None:
    """Refuses a product that would have lapsed before it was recognised; raises LapsedBeforeDecision."""
    if decided and until and last_day(until) < first_day(decided):
        raise LapsedBeforeDecision(until=show_day(until), day=show_day(decided))


def check_name(measure: Measure, name: str, of_products: list[str]) -> None:
    """Refuses a measure that lacks the name it is kept by, and what is told only of products (`of_products`).

    Raises NameNeeded, NoNameHere.
    """
    if measure.named and not name:
        raise NameNeeded(measure=measure.label)
    wrong = [] if measure.key == OCOP else of_products
    if name and not (measure.named or measure.counted):
        wrong = ["--name", *wrong]
    if wrong:
        raise NoNameHere(options=", ".join(wrong), measure=measure.label)
