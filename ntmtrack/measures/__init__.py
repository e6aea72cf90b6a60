"""What is measured of units by year: the measures that are known, as data, and how one is found by its words."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from ntmtrack.errors import NoSuchMeasure
from ntmtrack.i18n import _, language, number
from ntmtrack.text import clean, nearest, squeeze

OCOP, OTHER = "ocop", "other"
PERCENT = "%"
LEAST_RECOGNISED = 3  # stars: a product of fewer is rated and not recognised
STARS = range(1, 6)


class Measure(NamedTuple):
    """One measure: its name by language, the words that offices use, its usual unit, what it may be.

    `units` are other words for that unit; `usual` is where a value lies that is told without one. One `counted` is a
    whole number that may be summed over units, or kept one by one by its names; one `named` is always kept by a name.
    """

    key: str
    names: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    unit: str
    units: tuple[str, ...] = ()
    better: str = "open"
    usual: tuple[int, int] | None = None
    counted: bool = False
    named: bool = False

    @property
    def label(self) -> str:
        """Its name in the language in use."""
        return dict(self.names).get(language(), self.key)

    @property
    def is_percent(self) -> bool:
        """Whether it is a per cent, from 0 to 100."""
        return self.unit == PERCENT

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money by the head, in thousands or millions, by the year or the month."""
        return self.usual is not None

    @property
    def all_words(self) -> tuple[str, ...]:
        """Every word that means it, first its own names and its key."""
        return (*(name for _language, name in self.names), self.key, *self.words)


@cache
def every_measure() -> Mapping[str, Measure]:
    """The measures that are known, by key, in the order in which they are listed."""
    text = (Path(__file__).parent / "measures.toml").read_text(encoding="utf-8")
    return {row["key"]: _measure(row) for row in tomllib.loads(text)["measure"]}


def find_measure(typed: str) -> Measure:
    """The measure that words mean: "thu nhập", "income"; raises NoSuchMeasure."""
    by_word = _by_word()
    if found := by_word.get(squeeze(typed)):
        return every_measure()[found]
    shown = {name: key for key, one in every_measure().items() for name in (one.label, *one.words)}
    near = [word for word in nearest(clean(typed), [*shown]) if shown[word] != OTHER]
    known = ", ".join(one.label for one in every_measure().values() if one.key != OTHER)
    raise NoSuchMeasure(text=clean(typed), near=near, known=known)


def measure_called(words: str) -> Measure | None:
    """The measure that words of a heading mean; None where they mean none, or an office's own."""
    found = _by_word().get(squeeze(words))
    return None if found in (None, OTHER) else every_measure()[str(found)]


def measure_label(key: str, name: str = "") -> str:
    """What was measured, in words: “sản phẩm OCOP “Khô cá lóc””; an office's own measure by its name alone."""
    measure = every_measure().get(key)
    label = measure.label if measure else key
    if not name:
        return label
    return name if key == OTHER else _("{measure} “{name}”").format(measure=label, name=name)


def value_words(value: str, counted_in: str | None) -> str:
    """A value as people read it: "62.5" in triệu đồng/người/năm → “62,5 triệu đồng/người/năm”."""
    kept = number_kept(value)
    shown = value if kept is None else number(kept)
    return f"{shown} {counted_in}" if counted_in else shown


def number_kept(value: str) -> Decimal | None:
    """The number that a value is, kept as plain digits with a decimal point or comma; None where it is none."""
    plain = value.replace(",", ".")
    return Decimal(plain) if plain.removeprefix("-").replace(".", "", 1).isdecimal() else None


@cache
def _by_word() -> Mapping[str, str]:
    return {squeeze(word): one.key for one in every_measure().values() for word in one.all_words}


_KEYS = {"key", "name", "words", "unit", "better"}
_OPTIONAL = {"units", "usual", "counted", "named"}


def _measure(row: Mapping[str, Any]) -> Measure:
    """A misspelt key must not drop a rule without a word."""
    if wrong := (row.keys() - _KEYS - _OPTIONAL) | (_KEYS - row.keys()):
        raise ValueError(f"measures.toml, {row.get('key')}: unknown or missing keys {sorted(wrong)}")
    return Measure(
        key=row["key"],
        names=tuple(row["name"].items()),
        words=tuple(row["words"]),
        unit=row["unit"],
        units=tuple(row.get("units", ())),
        better=row["better"],
        usual=tuple(row["usual"]) if "usual" in row else None,
        counted=row.get("counted", False),
        named=row.get("named", False),
    )
