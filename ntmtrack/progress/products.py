"""Values by year compared, and what is counted one by one on a day: OCOP products, model hamlets, gardens."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from ntmtrack.dates import last_day
from ntmtrack.i18n import N_, _
from ntmtrack.measures import LEAST_RECOGNISED, OCOP, every_measure, number_kept
from ntmtrack.measures.kept import Measurement
from ntmtrack.measures.units import in_usual_unit
from ntmtrack.text import letters

_HUNDREDTH = Decimal("0.01")


class Validity(StrEnum):
    """How long an OCOP product is recognised, seen from a day."""

    VALID = "valid"
    LAPSED = "lapsed"
    UNTOLD = "untold"  # until when it is valid is not on record
    UNRECOGNISED = "unrecognised"  # of fewer than 3 stars

    @property
    def label(self) -> str:
        """The word, in the language in use."""
        return _(_VALIDITIES[self])


_VALIDITIES = {
    Validity.VALID: N_("valid"),
    Validity.LAPSED: N_("lapsed"),
    Validity.UNTOLD: N_("term not told"),
    Validity.UNRECOGNISED: N_("fewer than 3 stars"),
}


class Product(NamedTuple):
    """An OCOP product of a unit as last recognised, and how it stands on a day."""

    unit_id: int
    recognised: Measurement
    validity: Validity

    @property
    def stars(self) -> int:
        """Its stars, 1 to 5."""
        return int(self.recognised.value)


def amount(measured: Measurement) -> Decimal | None:
    """A value in the usual unit of its measure; None where it is in another that cannot be turned into that."""
    known = every_measure().get(measured.measure)
    value = number_kept(measured.value)
    return value if value is None or known is None else in_usual_unit(known, value, measured.counted_in)


def ratio(new: Measurement, base: Measurement) -> Decimal | None:
    """How many times the base a value is, exact; None where they cannot be compared or the base is 0."""
    if _is_of_other_unit(new, base):
        return None
    one, other = amount(new), amount(base)
    return None if one is None or not other else one / other


def difference(new: Measurement, base: Measurement) -> Decimal | None:
    """How much more a value is than the base, in the usual unit; None where they cannot be compared."""
    if _is_of_other_unit(new, base):
        return None
    one, other = amount(new), amount(base)
    return None if one is None or other is None else one - other


def _is_of_other_unit(new: Measurement, base: Measurement) -> bool:
    """Whether two values of an office's own measure are in different units."""
    known = every_measure().get(new.measure)
    return (known is None or not known.unit) and new.counted_in != base.counted_in


def rounded(value: Decimal) -> Decimal:
    """Rounded once, half up, to two decimals."""
    return value.quantize(_HUNDREDTH, ROUND_HALF_UP)


def products_on(measured: Iterable[tuple[int, Measurement]], day: date) -> list[Product]:
    """The OCOP products of units as they stand on a day: each as it was last recognised until then.

    One whose term is not on record is neither valid nor lapsed, one of fewer than 3 stars not recognised.
    """
    last: dict[tuple[int, str], Measurement] = {}
    for unit_id, one in measured:
        if one.measure != OCOP or not _is_known_on(one, day):
            continue
        key = (unit_id, letters(one.name))
        if key not in last or last[key].year <= one.year:
            last[key] = one
    return [Product(unit_id, one, _validity(one, day)) for (unit_id, _name), one in last.items()]


def number_on(measured: Iterable[Measurement], day: date) -> int | None:
    """How many of a counted measure one unit has on a day: the number of the last year until then, or its entries.

    The later tells; of one year the number does. Entries are kept by name; those that have lapsed, and products of
    fewer than 3 stars, count no more. None where nothing is kept until then.
    """
    until = [one for one in measured if _is_known_on(one, day)]
    numbers = [(one.year, int(told)) for one in until if not one.name and (told := number_kept(one.value)) is not None]
    named_in = max((one.year for one in until if one.name), default=0)
    if numbers and max(numbers)[0] >= named_in:
        return max(numbers)[1]
    last = {letters(one.name): one for one in sorted(until, key=lambda one: one.year) if one.name}
    return sum(counts_on(one, day) for one in last.values()) if last else None


def counts_on(one: Measurement, day: date) -> bool:
    """Whether an entry kept by name counts on a day: it has not lapsed, and is recognised where it is a product."""
    if one.measure == OCOP and _validity(one, day) is Validity.UNRECOGNISED:
        return False
    return one.valid_until is None or last_day(one.valid_until) >= day


def _is_known_on(one: Measurement, day: date) -> bool:
    """Whether a product was recognised by a day: by its year, within that by its decision where the day is known."""
    if one.year != day.year:
        return one.year < day.year
    signed = one.decision.signed_on if one.decision else None
    return signed is None or int(signed[:4]) != one.year or last_day(signed) <= day


def _validity(one: Measurement, day: date) -> Validity:
    if int(one.value) < LEAST_RECOGNISED:
        return Validity.UNRECOGNISED
    if one.valid_until is None:
        return Validity.UNTOLD
    return Validity.VALID if last_day(one.valid_until) >= day else Validity.LAPSED


def by_unit(measured: Iterable[tuple[int, Measurement]]) -> Iterator[tuple[int, list[Measurement]]]:
    """The values of each unit, measure and name, by year."""
    series: dict[tuple[int, str, str], list[Measurement]] = {}
    for unit_id, one in measured:
        series.setdefault((unit_id, one.measure, letters(one.name)), []).append(one)
    for (unit_id, _measure, _name), values in series.items():
        yield unit_id, sorted(values, key=lambda one: one.year)
