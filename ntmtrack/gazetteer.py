"""The national lists of administrative units that ship with the program (danh mục hành chính).

Two lists: the 63 provinces with districts just before 1/7/2025, and the 34 provinces without districts from that
day. Codes are those of the statistics office. Source: package vietnamadminunits 1.0.4 (MIT).
"""

import csv
import io
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ntmtrack.errors import ProvinceOfOtherEra, UnknownProvince
from ntmtrack.kinds import split_kind, split_plain_kind
from ntmtrack.model import NewUnit, Tier
from ntmtrack.text import fold, fold_keys, nearest

REORGANISED_ON = "2025-07-01"


@dataclass(frozen=True, slots=True)
class UnitList:
    """One national list: its file, and from and until when its units stood as far as the list tells."""

    file: str
    title: str
    since: str | None
    until: str | None
    districts: bool


BEFORE_JULY_2025 = UnitList("units_vn_2025-06.csv.xz", "30/6/2025", None, REORGANISED_ON, True)
FROM_JULY_2025 = UnitList("units_vn_2025-07.csv.xz", "1/7/2025", REORGANISED_ON, None, False)


def unit_list(programme: str) -> UnitList:
    """The list that `programme` works on."""
    return FROM_JULY_2025 if programme >= "2026" else BEFORE_JULY_2025


def provinces(units: UnitList) -> list[NewUnit]:
    """The provinces of a list, in the order of their codes."""
    return [unit for unit in _read(units) if unit.tier is Tier.PROVINCE]


def province(units: UnitList, name: str) -> list[NewUnit]:
    """The province called `name`, its districts and its communes, parents first; raises UnknownProvince."""
    every = list(_read(units))
    top = _find([unit for unit in every if unit.tier is Tier.PROVINCE], name, units)
    inside = {top.code}
    chosen = [top]
    for unit in every:
        if unit.parent_code in inside:
            chosen.append(unit)
            inside.add(unit.code)
    return chosen


def below(units: UnitList, code: str) -> list[NewUnit]:
    """The unit with this code and everything below it, parents first; raises UnknownProvince where there is none."""
    inside = {code}
    chosen = []
    for unit in _read(units):
        if unit.code in inside or unit.parent_code in inside:
            chosen.append(unit)
            inside.add(unit.code or "")
    if not chosen:
        raise UnknownProvince(name=code, list=units.title, count=len(provinces(units)), near=[])
    return chosen


def _find(known: list[NewUnit], name: str, units: UnitList) -> NewUnit:
    wanted = {
        key for _, rest in (split_kind(name), split_plain_kind(name), (None, name)) for key in fold_keys(rest)
    } | {_SHORT_NAMES.get(fold(name).replace(" ", ""), "")}
    for unit in known:
        if fold(unit.name) in wanted or unit.code == name.strip():
            return unit
    other = BEFORE_JULY_2025 if units is FROM_JULY_2025 else FROM_JULY_2025
    if any(row["name"] for row in _rows(other) if len(row["code"]) == 2 and fold(row["name"]) in wanted):
        raise ProvinceOfOtherEra(name=name, list=units.title, other=other.title, programme=_PROGRAMME[other])
    near = nearest(name, [unit.name for unit in known])
    raise UnknownProvince(name=name, list=units.title, count=len(known), near=near)


_PROGRAMME = {BEFORE_JULY_2025: "2021-2025", FROM_JULY_2025: "2026-2030"}
_SHORT_NAMES = {"tphcm": "ho chi minh", "hcm": "ho chi minh", "saigon": "ho chi minh", "hn": "ha noi"}


def _read(units: UnitList) -> Iterator[NewUnit]:
    """The list's units, provinces before districts before communes."""
    before, after = ({(row["code"], row["name"]) for row in _rows(one)} for one in (BEFORE_JULY_2025, FROM_JULY_2025))
    for row in sorted(_rows(units), key=lambda row: len(row["code"])):
        tier = {2: Tier.PROVINCE, 3: Tier.DISTRICT}.get(len(row["code"]), Tier.COMMUNE)
        goes_on = tier is Tier.PROVINCE and (row["code"], row["name"]) in before & after
        yield NewUnit(
            name=row["name"],
            kind=row["kind"],
            tier=tier,
            code=row["code"],
            parent_code=row["parent_code"] or None,
            since=None if goes_on else units.since,
            until=None if goes_on else units.until,
        )


@cache
def _rows(units: UnitList) -> list[dict[str, str]]:
    packed = (Path(__file__).parent / "data" / units.file).read_bytes()
    return list(csv.DictReader(io.StringIO(lzma.decompress(packed).decode("utf-8"))))
