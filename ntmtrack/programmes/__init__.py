"""The law as dated data: one TOML file a programme, read strictly."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ntmtrack.errors import UnknownLevel, UnknownProgramme, YearOutsideProgrammes
from ntmtrack.i18n import LANGUAGES, _
from ntmtrack.model import KINDS, BesideCount, Carry, KeptLadder, Level, Need, Programme, Tier
from ntmtrack.text import squeeze

DEFAULT = "2021-2025"


def keys() -> list[str]:
    """The names of the files, which are the periods ("2011-2015"), the earliest first."""
    return [*_files_beside(__file__)]


@cache
def _files_beside(module: str) -> tuple[str, ...]:
    return tuple(sorted(file.stem for file in Path(module).parent.glob("*.toml")))


@cache
def every() -> tuple[Programme, ...]:
    """The programmes, the earliest first."""
    return tuple(map(programme, keys()))


@cache
def every_level() -> Mapping[str, Level]:
    """The levels of all programmes by their keys, each as the latest programme has it."""
    return {level.key: level for one in every() for level in (*one.apart(), *one.levels)}


@cache
def programme(key: str) -> Programme:
    """The programme called `key`, e.g. "2021-2025"; raises UnknownProgramme."""
    if key not in keys():
        raise UnknownProgramme(name=key, known=", ".join(keys()))
    text = (Path(__file__).parent / f"{key}.toml").read_text(encoding="utf-8")
    return _programme(tomllib.loads(text))


def of_year(year: int) -> Programme:
    """The programme whose period holds `year`; raises YearOutsideProgrammes."""
    for one in map(programme, reversed(keys())):  # which is mostly among the latest: no others need be read
        if one.first_year <= year <= one.last_year:
            return one
    raise YearOutsideProgrammes(year=year, first=every()[0].first_year, last=every()[-1].last_year)


def nearest_to(year: int) -> Programme:
    """The programme whose period holds `year`; of another year the first or the last of all."""
    return of_year(min(max(year, every()[0].first_year), every()[-1].last_year))


def find_level(within: Programme, typed: str, tier: Tier | None = None) -> Level:
    """The level that `typed` names as people type it: "nang-cao", "Nâng cao", "NTMNC"; raises UnknownLevel."""
    levels = (*within.levels_of(tier), *within.apart(tier)) if tier else within.levels
    wanted = squeeze(typed)
    for level in levels:
        if wanted in _words(level):
            return level
    raise UnknownLevel(programme=within.key, level=typed, levels=listed(levels))


def listed(levels: Iterable[Level]) -> str:
    """Levels by key and name, for a choice between them."""
    return ", ".join(f"{level.key} ({level.label})" for level in levels) or _("none")


def is_level(within: Programme, typed: str, tier: Tier | None = None) -> bool:
    """Whether `typed` names a level of the programme, at any tier where none is told."""
    if tier:
        levels = (*within.levels_of(tier), *within.apart(tier))
    else:
        levels = (*within.levels, *within.levels_of(Tier.PROVINCE))
    return any(squeeze(typed) in _words(level) for level in levels)


def find_level_spoken_of(within: Programme, typed: str) -> Level:
    """The level that a plan means, also one of another programme that plans speak of; raises UnknownLevel."""
    wanted = squeeze(typed)
    for level in within.beside:
        if wanted in _words(level):
            return level
    return find_level(within, typed)


def known_level(key: str, level: str, tier: Tier | None = None) -> Level | None:
    """The level of a recognition on record by its own programme, as a tier calls it; None where there is none."""
    period = programme(key)
    levels = (*(period.levels_of(tier) if tier else ()), *period.levels, *period.apart())
    return next((one for one in levels if one.key == level), None)


@cache
def _words(level: Level) -> frozenset[str]:
    """Everything that a level is called, squeezed."""
    called = [word for _language, word in (*level.names, *level.titles)]
    return frozenset(squeeze(word) for word in (level.key, *called, *level.aliases))


_KEYS = {"key", "title", "first_year", "last_year", "source", "units", "counted", "level"}
_LEVEL_KEYS = {"key", "name", "tiers", "aliases"}
_CARRY_KEYS = {"from", "verified", "source"}


def _check(table: Mapping[str, Any], needed: set[str], *optional: str) -> None:
    """A misspelt key must not drop a rule without a word."""
    wrong = (table.keys() - needed - {*optional}) | (needed - table.keys())
    if wrong:
        raise ValueError(f"programme file: unknown or missing keys {sorted(wrong)}")


def _programme(table: Mapping[str, Any]) -> Programme:
    _check(table, _KEYS, "need", "beside", "kept", "recognised", "participating")
    read = Programme(
        key=table["key"],
        title=table["title"],
        first_year=table["first_year"],
        last_year=table["last_year"],
        source=table["source"],
        units=table["units"],
        counted={Tier(tier): tuple(kinds) for tier, kinds in table["counted"].items()},
        levels=tuple(_level(rank, level) for rank, level in enumerate(table["level"], start=1)),
        needs=tuple(map(_need, table.get("need", ()))),
        beside=tuple(_level(0, level) for level in table.get("beside", ())),
        recognised=tuple(map(_beside_count, table.get("recognised", ()))),
        participating=tuple(table.get("participating", ())),
    )
    return read._replace(kept=_kept(table["kept"], read)) if "kept" in table else read


def _kept(table: Mapping[str, Any], running: Programme) -> KeptLadder:
    """The levels of the programme before, for the years and the units of the running one."""
    _check(table, {"programme", "verified", "source"})
    before = programme(table["programme"])
    levels = (
        level._replace(tiers=tuple(tier for tier in level.tiers if tier in running.counted)) for level in before.levels
    )
    ladder = running._replace(key=before.key, levels=tuple(levels), beside=(), recognised=before.recognised)
    return KeptLadder(ladder, table["verified"], table["source"])


def _level(rank: int, table: Mapping[str, Any]) -> Level:
    _check(table, _LEVEL_KEYS, "carries", "title")
    _check(table["name"], {"vi"}, *LANGUAGES)
    _check(table.get("title", {}), set(), *LANGUAGES)
    return Level(
        key=table["key"],
        rank=rank,
        name=table["name"]["vi"],
        names=tuple(table["name"].items()),
        tiers=tuple(Tier(tier) for tier in table["tiers"]),
        aliases=tuple(table["aliases"]),
        carries=tuple(map(_carry, table.get("carries", ()))),
        titles=tuple(table.get("title", {}).items()),
    )


def _need(table: Mapping[str, Any]) -> Need:
    _check(table, {*Need._fields})
    return Need(**table)


def _beside_count(table: Mapping[str, Any]) -> BesideCount:
    _check(table, {"tier", "level", "name", "aliases", "verified", "source"}, "kinds")
    _check(table["name"], {"vi"}, *LANGUAGES)
    names = tuple(table["name"].items())
    tier, aliases = Tier(table["tier"]), tuple(table["aliases"])
    kinds = tuple(table.get("kinds", KINDS[tier]))
    return BesideCount(tier, kinds, table["level"], names, aliases, table["verified"], table["source"])


def _carry(table: Mapping[str, Any]) -> Carry:
    _check(table, _CARRY_KEYS)
    return Carry(table["from"], table["verified"], table["source"])
