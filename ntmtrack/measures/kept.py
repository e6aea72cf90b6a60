"""What may be kept of a value besides its number: of which year, how long a product is recognised."""

from datetime import date

from ntmtrack.dates import first_day, last_day, show_day
from ntmtrack.errors import LapsedBeforeDecision, NameNeeded, NoNameHere, ValueOfYearToCome, YearTooEarly
from ntmtrack.i18n import day
from ntmtrack.measures import OCOP, Measure

FIRST_YEAR = 2000


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
