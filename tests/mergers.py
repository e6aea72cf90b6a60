"""Ledgers whose units have merged, made by the ledger's own writes: what other commands then make of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ntmtrack.model import NewUnit, Tier
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.transaction import acting
from ntmtrack.units.rearrangement import Descent, Extent, Rearrangement, UnitRef
from tests.running import NOW, WHO

JULY_2025 = "2025-07-01"


class Former(NamedTuple):
    """A unit that went into another: "xã Sơn Bình", whole or in part."""

    title: str
    extent: Extent = "whole"
    main: bool | None = None


class Formed(NamedTuple):
    """A new unit and of what it was formed."""

    title: str
    code: str
    of: Sequence[Former]


def merge(file: Path, formed: Sequence[Formed], day: str = JULY_2025) -> None:
    """A new ledger of tỉnh Kiên Giang, huyện Hòn Đất whose communes became `formed` on `day`.

    The former ones have the codes 30001, 30002 … in the order in which they are named.
    """
    titles = list(dict.fromkeys(former.title for one in formed for former in one.of))
    old = [_unit(title, f"30{place:03}", until=day) for place, title in enumerate(titles, start=1)]
    new = [_unit(one.title, one.code, since=day) for one in formed]
    above = [NewUnit("Kiên Giang", "tỉnh", Tier.PROVINCE, "91"), NewUnit("Hòn Đất", "huyện", Tier.DISTRICT, "903")]
    places = {unit.code: UnitRef(place=place) for place, unit in enumerate((*above, *old, *new))}
    parents = [UnitRef(), places["91"], *(places["903"] for _ in old), *(places["91"] for _ in new)]
    formers = {title: places[unit.code] for title, unit in zip(titles, old, strict=True)}
    with acting(file, Ledger.Stamp("init", WHO, NOW), create=True) as ledger:
        ledger.rearrange(
            Rearrangement(
                begins=[[pair] for pair in zip((*above, *old, *new), parents, strict=True)],
                descents=[
                    Descent(formers[of.title], places[one.code], of.extent, day, of.main, "1654/NQ-UBTVQH15")
                    for one in formed
                    for of in one.of
                ],
            )
        )
        ledger.summary = "merged"


def _unit(title: str, code: str, since: str | None = None, until: str | None = None) -> NewUnit:
    kind = next(kind for kind in ("xã", "phường", "thị trấn", "đặc khu") if title.startswith(kind + " "))
    return NewUnit(title.removeprefix(kind + " "), kind, Tier.COMMUNE, code, since=since, until=until)
