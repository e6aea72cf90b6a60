"""The national lists of administrative units that ship with the program (danh mục hành chính).

Two lists: the 63 provinces with districts just before 1/7/2025, and the 34 provinces without districts from that
day. Codes are those of the statistics office. Source: package vietnamadminunits 1.0.4 (MIT).
"""

import csv
import io
import lzma
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache

from ntmtrack.errors import ProvinceJoined, UnknownProvince
from ntmtrack.model import NewUnit, Tier
from ntmtrack.paths import PACKAGE
from ntmtrack.text import nearest, plain, same_unmarked, squeeze
from ntmtrack.units import take_apart

REORGANISED_ON = "2025-07-01"


@dataclass(frozen=True, slots=True)
class UnitList:
    """One national list: how programmes name it, and from and until when its units stood as far as the list tells."""

    key: str
    title: str
    since: str | None
    until: str | None


BEFORE_JULY_2025 = UnitList("2025-06", "30/6/2025", None, REORGANISED_ON)
FROM_JULY_2025 = UnitList("2025-07", "1/7/2025", REORGANISED_ON, None)


def unit_list(key: str) -> UnitList:
    """The list that a programme names."""
    return {unit_list.key: unit_list for unit_list in (BEFORE_JULY_2025, FROM_JULY_2025)}[key]


def every_unit(units: UnitList) -> tuple[NewUnit, ...]:
    """All units of a list, provinces before districts before communes."""
    return _read(units)


def provinces(units: UnitList) -> list[NewUnit]:
    """The provinces of a list, in the order of their codes."""
    return [unit for unit in _read(units) if unit.tier is Tier.PROVINCE]


def province(units: UnitList, name: str) -> list[NewUnit]:
    """The province called `name`, its districts and its communes, parents first; raises UnknownProvince."""
    every = _read(units)
    top = _find([unit for unit in every if unit.tier is Tier.PROVINCE], name, units)
    inside = {top.code}
    chosen = [top]
    for unit in every:
        if unit.parent_code in inside:
            chosen.append(unit)
            inside.add(unit.code)
    return chosen


def whole_of(province: str | None) -> int:
    """How many communes, wards and special zones the list of 1/7/2025 has in the province with this code; 0 in none."""
    return sum(unit.parent_code == province for unit in _read(FROM_JULY_2025) if unit.tier is Tier.COMMUNE)


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


def heir(code: str) -> NewUnit:
    """The province from 1/7/2025 that a province before that day became, or became part of.

    Each new commune bears the code of one of those it was made of, and provinces were joined whole.
    """
    inside = {unit.code for unit in below(BEFORE_JULY_2025, code)}
    new = {unit.code: unit for unit in _read(FROM_JULY_2025)}
    return next(new[unit.parent_code] for unit in new.values() if unit.parent_code and unit.code in inside)


def former_units(code: str, name: str) -> list[tuple[NewUnit, NewUnit | None]]:
    """The provinces and districts called `name` that ended on 30/6/2025 within what is now the province with `code`.

    Each with the province that it lay in.
    """
    before = {unit.code: unit for unit in _read(BEFORE_JULY_2025) if unit.tier in (Tier.PROVINCE, Tier.DISTRICT)}
    now_called = {unit.title for unit in provinces(FROM_JULY_2025) if unit.code == code}
    ended = [
        unit
        for unit in before.values()
        if unit.until and same_unmarked(name, unit.name) and unit.title not in now_called
    ]
    with_parents = [(unit, before.get(unit.parent_code)) for unit in ended]
    now = {top: heir(top).code for unit, above in with_parents if (top := (above or unit).code)}
    return [(unit, above) for unit, above in with_parents if now.get((above or unit).code or "") == code]


def provinces_named(text: str) -> list[NewUnit]:
    """The provinces of either list that a text speaks of as such: "… trên địa bàn tỉnh Đồng Tháp năm 2023"."""
    every = [*provinces(FROM_JULY_2025), *provinces(BEFORE_JULY_2025)]
    words = plain(text).translate(_NO_SIGNS).split()
    after = [words[place + 1 :] for place, word in enumerate(words) if word == "tinh"]
    named = (
        next((unit for most in _LENGTHS if (unit := _called(every, " ".join(rest[:most])))), None) for rest in after
    )
    return [unit for unit in named if unit]


@cache
def known_complete_since() -> dict[tuple[str, str], str]:
    """From which ISO day on the list up to 30/6/2025 is known to be a province's, by its code and name; of most not."""
    rows = csv.DictReader((PACKAGE / "data" / "complete_lists.csv").read_text(encoding="utf-8").splitlines())
    return {(row["code"], row["name"]): row["complete_since"] for row in rows}


def _find(candidates: list[NewUnit], name: str, units: UnitList) -> NewUnit:
    if called := _called(candidates, name):
        return called
    earlier = provinces(BEFORE_JULY_2025)
    if there := _called(earlier, name):
        raise ProvinceJoined(name=there.title, list=units.title, now=heir(there.code or "").title)
    typed, every = take_apart(name).name, [unit.name for unit in (*candidates, *earlier)]
    near = _begun(typed, every)
    begun = near[0] if len(near) == 1 else None
    raise UnknownProvince(
        name=name, list=units.title, count=len(candidates), near=near or nearest(typed, every), begun=begun
    )


def _begun(typed: str, every: Iterable[str]) -> list[str]:
    """The names that begin as typed, or have one besides that does, marks or none; none for less than two letters."""
    begun = squeeze(typed)
    if len(begun) < _BEGUN:
        return []
    besides = {official for usual, official in _USUAL_NAMES.items() if usual.startswith(begun)}
    names = dict.fromkeys(every)
    return [name for name in names if (key := squeeze(name)).startswith(begun) or key in besides]


def _called(units: list[NewUnit], name: str) -> NewUnit | None:
    """The province of that code or name, as people write it: any kind before it, without marks or blanks, shortened."""
    names = {squeeze(reading.name) for reading in take_apart(name).readings if not reading.places} | {squeeze(name)}
    names |= {_USUAL_NAMES[name] for name in names if name in _USUAL_NAMES}
    return next((unit for unit in units if unit.code == name.strip() or squeeze(unit.name) in names), None)


_BEGUN = 2  # letters that are a beginning
_LENGTHS = (4, 3, 2, 1)  # in words, of a province's name
_NO_SIGNS = str.maketrans(dict.fromkeys('()[],;:"“”', " "))
# Names in use besides the official ones, both in small plain letters without blanks.
_USUAL_NAMES = {
    **dict.fromkeys(("tphcm", "hcm", "hcmc", "tphochiminh", "saigon", "tpsaigon", "sg", "hochiminhcity"), "hochiminh"),
    **dict.fromkeys(("hn", "tphn", "hanoicity"), "hanoi"),
    **dict.fromkeys(("thuathienhue", "thuathien", "tth", "tphue"), "hue"),
    **dict.fromkeys(("brvt", "vungtau", "baria", "bariavungtau"), "bariavungtau"),
    **dict.fromkeys(("daclac", "daklac", "darlac"), "daklak"),
    "dacnong": "daknong",
    "baccan": "backan",
    "congtum": "kontum",
    "tphp": "haiphong",
    "tpdn": "danang",
    "tpct": "cantho",
}


@cache
def _read(units: UnitList) -> tuple[NewUnit, ...]:
    """The list's units, provinces before districts before communes."""
    unmerged = _unmerged()
    return tuple(_unit(row, units, unmerged) for row in sorted(_rows(units), key=lambda row: len(row["code"])))


@cache
def _unmerged() -> frozenset[str]:
    """The codes of the provinces that stayed as they were on 1/7/2025.

    Each new commune bears the code of one of those it was made of, and provinces were joined whole.
    """
    before = {row["code"]: row["parent_code"] for row in _rows(BEFORE_JULY_2025)}
    joined: dict[str, set[str]] = defaultdict(set)
    for row in _rows(FROM_JULY_2025):
        if (district := before.get(row["code"])) and row["parent_code"]:
            joined[row["parent_code"]].add(before[district])
    return frozenset(code for code, provinces_before in joined.items() if len(provinces_before) == 1)


def _unit(row: dict[str, str], units: UnitList, unmerged: Container[str]) -> NewUnit:
    tier = {2: Tier.PROVINCE, 3: Tier.DISTRICT}.get(len(row["code"]), Tier.COMMUNE)
    goes_on = tier is Tier.PROVINCE and row["code"] in unmerged
    return NewUnit(
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
    packed = (PACKAGE / "data" / f"units_vn_{units.key}.csv.xz").read_bytes()
    return list(csv.DictReader(io.StringIO(lzma.decompress(packed).decode("utf-8"))))
