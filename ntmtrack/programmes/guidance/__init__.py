"""What guidance says of recognitions of units that merge, as dated data: one TOML file a guidance, read strictly."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

Constituents = Literal["all", "town", "part", "some"]  # of what a unit was formed: see the first of the files
Proposes = Literal["acknowledge", "review"]
YearOf = Literal["latest", "decision"]  # that of the constituent recognised last, or of the decision


class YearRule(NamedTuple):
    """For which year a level is acknowledged; `verified` is whether a text saying so was read."""

    of: YearOf
    verified: bool
    source: str


class CarryingCase(NamedTuple):
    """What is proposed for a unit of such constituents; `verified` is whether a text saying so was read."""

    constituents: Constituents
    proposes: Proposes
    verified: bool
    source: str


class CarryingRule(NamedTuple):
    """A guidance: its number, who issued it, on which day; from then on it holds for mergers."""

    number: str
    issuer: str
    title: str
    issued_on: date
    year: YearRule
    cases: tuple[CarryingCase, ...]

    def case(self, constituents: Constituents) -> CarryingCase:
        """What it says of such constituents."""
        return next(case for case in self.cases if case.constituents == constituents)


class Guidance(NamedTuple):
    """The rule by which a merger is looked at; `unknown_since`: from which day on its own guidance is not known."""

    rule: CarryingRule
    unknown_since: date | None = None


def guidance(day: date) -> Guidance:
    """What is known for mergers of a day: the latest guidance until then, for earlier ones the first."""
    days = days_known()
    return _guidance(max((known for known in days if known <= day), default=days[0]))


@cache
def days_known() -> tuple[date, ...]:
    """The days from which something is said of mergers, the earliest first."""
    return tuple(sorted(date.fromisoformat(file.stem) for file in Path(__file__).parent.glob("*.toml")))


@cache
def _guidance(day: date) -> Guidance:
    text = (Path(__file__).parent / f"{day.isoformat()}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    if "follows" in table:
        _check(table, {"follows", "verified", "source"})
        return Guidance(_guidance(date.fromisoformat(table["follows"])).rule, day)
    _check(table, {"number", "issuer", "title", "year", "case"})
    _check(table["year"], {*YearRule._fields})
    cases = tuple(map(_case, table["case"]))
    if sorted(case.constituents for case in cases) != sorted(get_args(Constituents)):
        raise ValueError(f"guidance file {day}: one case each of {get_args(Constituents)}")
    year = YearRule(**table["year"])
    _one_of(year.of, get_args(YearOf))
    return Guidance(CarryingRule(table["number"], table["issuer"], table["title"], day, year, cases))


def _case(table: Mapping[str, Any]) -> CarryingCase:
    _check(table, {*CarryingCase._fields})
    _one_of(table["constituents"], get_args(Constituents))
    _one_of(table["proposes"], get_args(Proposes))
    return CarryingCase(**table)


def _one_of(word: str, known: tuple[str, ...]) -> None:
    if word not in known:
        raise ValueError(f"guidance file: {word!r} is none of {known}")


def _check(table: Mapping[str, Any], needed: set[str]) -> None:
    """A misspelt key must not drop a rule without a word."""
    if wrong := table.keys() ^ needed:
        raise ValueError(f"guidance file: unknown or missing keys {sorted(wrong)}")
