"""The national changes of units that ship with the program: what became of what, and when.

From 1/7/2025 (NQ 1654 … 1687/NQ-UBTVQH15) 63 provinces became 34, districts ended, 10.035 commune-level units became
3.321; from 30/4/2026 (NQ 237/NQ-UBTVQH16, 30/2026/QH16) ten communes of Đồng Nai are wards, and it is a city. Source of
the first: table of the National Statistics Office of 7/2025 (`ntmtrack/data/README.md`).
"""

import csv
import io
import lzma
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from ntmtrack.model import NewUnit
from ntmtrack.paths import PACKAGE
from ntmtrack.units.gazetteer import REORGANISED_ON, UnitList, every_unit


class ListedChange(NamedTuple):
    """One row of the list: a unit went, whole or in part, into another on a day, or is of another kind from then on.

    `main` is True for the one of several parts that the people or the centre of a unit went with.
    """

    day: str
    old_code: str
    new_code: str
    kind: str
    is_whole: bool
    main: bool | None
    resolution: str | None


@cache
def listed_changes() -> tuple[ListedChange, ...]:
    """The list, in the order of days."""
    packed = (PACKAGE / "data" / "changes_vn.csv.xz").read_bytes()
    rows = csv.DictReader(io.StringIO(lzma.decompress(packed).decode("utf-8")))
    main = {"1": True, "0": False}
    return tuple(
        ListedChange(
            row["day"],
            row["old_code"],
            row["new_code"],
            row["kind"],
            row["extent"] == "whole",
            main.get(row["main"]),
            row["resolution"] or None,
        )
        for row in rows
    )


def lives(new: NewUnit, until: str) -> list[NewUnit]:
    """A unit of the list of 1/7/2025 in all its versions from then on, as far as changes until a day tell."""
    versions = [new]
    for change in _later_changes_by_code().get(new.code or "", ()):
        if change.day <= until:
            versions[-1] = versions[-1]._replace(until=change.day)
            versions.append(new._replace(kind=change.kind, since=change.day, until=None, resolution=change.resolution))
    return versions


class EarlierChange(NamedTuple):
    """A unit that the list of 30/6/2025 has no more, and the listed one that it became or went into whole.

    It became that one, of another kind, where both have one name.
    """

    day: str
    kind: str
    name: str
    new_code: str
    new_kind: str
    new_name: str
    resolution: str


@cache
def earlier_changes() -> tuple[EarlierChange, ...]:
    """What is known, with its source, of changes before the list of 30/6/2025."""
    text = (PACKAGE / "data" / "changes_before_2025.csv").read_text(encoding="utf-8")
    return tuple(EarlierChange(**row) for row in csv.DictReader(text.splitlines()))


def later_changes(until: str) -> list[ListedChange]:
    """The changes after 1/7/2025 until an ISO day."""
    return [change for change in listed_changes() if REORGANISED_ON < change.day <= until]


@cache
def _later_changes_by_code() -> Mapping[str, list[ListedChange]]:
    """All of them, by the code of the unit that they are about: few, found once among ten thousand rows."""
    changes: dict[str, list[ListedChange]] = defaultdict(list)
    for change in later_changes("9999"):
        changes[change.new_code].append(change)
    return dict(changes)


@cache
def units_by_code(units: UnitList) -> Mapping[str, NewUnit]:
    """The units of a list by their codes."""
    return {unit.code: unit for unit in every_unit(units) if unit.code}


def province_of(units: UnitList, unit: NewUnit) -> str:
    """The code of the province that a unit of a list lies in."""
    listed = units_by_code(units)
    while unit.parent_code:
        unit = listed[unit.parent_code]
    return unit.code or ""
