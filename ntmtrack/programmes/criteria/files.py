"""The criteria sets that ship: one TOML file a set, called by its programme and what it is of, read strictly."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ntmtrack.errors import UnknownCriteriaSet
from ntmtrack.model import Programme, Tier
from ntmtrack.programmes import is_level, keys, nearest_to, programme
from ntmtrack.programmes.criteria import (
    Amendment,
    Condition,
    Content,
    CriteriaSet,
    Criterion,
    Threshold,
    Verified,
)
from ntmtrack.text import squeeze


@cache
def set_keys() -> tuple[str, ...]:
    """The keys of all sets, "2021-2025/xa-ntm", the earliest programme first."""
    names = sorted(file.stem for file in Path(__file__).parent.glob("*.toml"))
    return tuple(name.replace(".", "/", 1) for name in names)


@cache
def criteria_set(key: str) -> CriteriaSet:
    """The set of a key as its decision has it; raises UnknownCriteriaSet."""
    if key not in set_keys():
        raise UnknownCriteriaSet(name=key, known=", ".join(set_keys()))
    file = Path(__file__).parent / f"{key.replace('/', '.', 1)}.toml"
    return _set(tomllib.loads(file.read_text(encoding="utf-8")))


def sets_of(period: str, tier: Tier | None = None) -> list[CriteriaSet]:
    """The sets of a programme, of one tier alone where it is told."""
    sets = [criteria_set(key) for key in set_keys() if key.startswith(f"{period}/")]
    return [one for one in sets if tier in (None, one.tier)]


def set_of_level(period: str, tier: Tier, level: str, kind: str = "") -> CriteriaSet | None:
    """The set by which units of a tier, and of a kind, are assessed for a level; None where none is known."""
    sets = (one for one in sets_of(period, tier) if one.level == level)
    return next((one for one in sets if kind in one.kinds or not one.kinds or (not kind and one.of is None)), None)


def main_set(period: str, tier: Tier = Tier.COMMUNE, kind: str = "") -> CriteriaSet | None:
    """The set of the lowest level of a tier, by which criteria are counted where no other is named."""
    levels = programme(period).levels_of(tier)
    return set_of_level(period, tier, levels[0].key, kind) if levels else None


@cache
def criteria_number(year: int, tier: Tier = Tier.COMMUNE) -> int | None:
    """How many criteria the set of a tier has in a year, in years before the first set as that; None where none is."""
    period = nearest_to(year).key
    later = (main_set(key, tier) for key in keys() if key >= period)
    return next((one.total for one in later if one), None)


def find_set(within: Programme, typed: str) -> CriteriaSet:
    """The set that is meant: by its key, with or without the programme, or by its level, of communes first.

    Raises UnknownCriteriaSet.
    """
    wanted = typed.strip().replace("–", "-")
    if wanted in set_keys():
        return criteria_set(wanted)
    own = sorted(sets_of(within.key), key=lambda one: one.tier is not Tier.COMMUNE)
    for one in own:
        if squeeze(one.key.partition("/")[2]) == squeeze(wanted):
            return one
    if is_level(within, wanted):
        for one in own:
            if one.of is None and any(level.key == one.level for level in _levels_called(within, wanted, one.tier)):
                return one
    raise UnknownCriteriaSet(name=typed, known=", ".join(one.key for one in own) or ", ".join(set_keys()))


def _levels_called(within: Programme, typed: str, tier: Tier) -> list[Any]:
    return [level for level in within.levels_of(tier) if is_level(within._replace(levels=(level,)), typed, tier)]


_KEYS = {"key", "title", "since", "source", "tier", "level", "sources"}
_OPTIONAL = ("criteria", "contents", "bands", "kinds", "of", "asks", "criterion", "condition", "threshold", "amended")
_ROW = {"code", "verified", "source"}


def _set(table: Mapping[str, Any]) -> CriteriaSet:
    _check(table, _KEYS, *_OPTIONAL)
    sources = table["sources"]
    read = CriteriaSet(
        key=table["key"],
        title=table["title"],
        since=table["since"].isoformat(),
        source=table["source"],
        tier=Tier(table["tier"]),
        level=table["level"],
        number=table.get("criteria"),
        contents_number=table.get("contents"),
        bands=tuple(table.get("bands", ())),
        kinds=tuple(table.get("kinds", ())),
        of=table.get("of"),
        asks=tuple(table.get("asks", ())),
        criteria=tuple(_criterion(row, sources) for row in table.get("criterion", ())),
        conditions=tuple(_condition(row, sources) for row in table.get("condition", ())),
        thresholds=tuple(_threshold(row, sources) for row in table.get("threshold", ())),
        amendments=tuple(_amendment(row, sources) for row in table.get("amended", ())),
    )
    codes = {item.code for item in read.items} | {criterion.code for criterion in read.criteria}
    told = {threshold.code for threshold in read.thresholds} | {change.code for change in read.amendments}
    if unknown := told - codes:
        raise ValueError(f"criteria set {read.key}: thresholds or changes of codes that it lacks: {sorted(unknown)}")
    return read


def _criterion(row: Mapping[str, Any], sources: Mapping[str, str]) -> Criterion:
    _check(row, {*_ROW, "name"}, "says", "contents")
    verified, source = Verified(row["verified"]), sources[row["source"]]
    contents = []
    for content in row.get("contents", ()):
        _check(content, {"code", "name"}, "verified", "source", "compulsory")
        checked = Verified(content.get("verified", verified))
        own = sources[content["source"]] if "source" in content else source
        contents.append(Content(content["code"], content["name"], checked, own, content.get("compulsory", False)))
    return Criterion(row["code"], row["name"], verified, source, row.get("says"), tuple(contents))


def _condition(row: Mapping[str, Any], sources: Mapping[str, str]) -> Condition:
    _check(row, {*_ROW, "name"}, "operator", "value", "counted_in", "applies_to", "communes_at", "participants")
    return Condition(**{**row, "verified": Verified(row["verified"]), "source": sources[row["source"]]})


def _threshold(row: Mapping[str, Any], sources: Mapping[str, str]) -> Threshold:
    _check(row, {*_ROW, "operator", "value"}, "counted_in", "applies_to", "year")
    verified = Verified(row["verified"]) is Verified.YES
    return Threshold(**{**row, "verified": verified, "source": sources[row["source"]]})


def _amendment(row: Mapping[str, Any], sources: Mapping[str, str]) -> Amendment:
    _check(row, {*_ROW, "since", "decision", "name"})
    known = {"since": row["since"].isoformat(), "verified": Verified(row["verified"]), "source": sources[row["source"]]}
    return Amendment(**{**row, **known})


def _check(table: Mapping[str, Any], needed: set[str], *optional: str) -> None:
    """A misspelt key must not drop a rule without a word."""
    wrong = (table.keys() - needed - {*optional}) | (needed - table.keys())
    if wrong:
        raise ValueError(f"criteria set file: unknown or missing keys {sorted(wrong)}")
