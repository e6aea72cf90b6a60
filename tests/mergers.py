"""Ledgers whose units have merged, made by the ledger's own writes: what other commands then make of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ntmtrack.model import NewUnit, Tier
from ntmtrack.storage.inserts import ParentRef, UnitInsert
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.plan_tables import Succession
from ntmtrack.storage.transaction import acting
from tests.running import NOW, WHO

JULY_2025 = "2025-07-01"


class Former(NamedTuple):
    """A unit that went into another: "xã Sơn Bình", whole or in part."""

    title: str
    extent: str = "whole"
    main: int | None = None


class Formed(NamedTuple):
    """A new unit and of what it was formed."""

    title: str
    code: str
    of: Sequence[Former]


def merge(file: Path, formed: Sequence[Formed], day: str = JULY_2025, *, begun: str | None = None) -> None:
    """A new ledger of tỉnh Kiên Giang, huyện Hòn Đất whose communes became `formed` on `day`; former ones are coded."""
    titles = list(dict.fromkeys(former.title for one in formed for former in one.of))
    with acting(file, Ledger.Stamp("init", WHO, NOW), create=True) as ledger:
        above = [NewUnit("Kiên Giang", "tỉnh", Tier.PROVINCE, "91")]
        above += [NewUnit("Hòn Đất", "huyện", Tier.DISTRICT, "903", until=day)]
        old = [_unit(title, f"30{place:03}", until=day, since=begun) for place, title in enumerate(titles, start=1)]
        new = [_unit(one.title, one.code, since=day) for one in formed]
        parents = [None, 0, *([1] * len(old)), *([0] * len(new))]
        every = [*above, *old, *new]
        ids = ledger.place_units(
            [UnitInsert(((unit, ParentRef(place=place)),)) for unit, place in zip(every, parents, strict=True)]
        )
        by_title = dict(zip([*titles, *(one.title for one in formed)], ids[2:], strict=False))
        for one, successor in zip(formed, ids[2 + len(old) :], strict=True):
            for former in one.of:
                ledger._session.add(
                    Succession(
                        action_id=ledger.action_id,
                        predecessor_id=by_title[former.title],
                        successor_id=successor,
                        extent=former.extent,
                        day=day,
                        main=former.main,
                        resolution="1654/NQ-UBTVQH15",
                    )
                )
        ledger.summary = "merged"


def _unit(title: str, code: str, *, since: str | None = None, until: str | None = None) -> NewUnit:
    kind = next(kind for kind in ("xã", "phường", "thị trấn", "đặc khu") if title.startswith(kind + " "))
    return NewUnit(title.removeprefix(kind + " "), kind, Tier.COMMUNE, code, since=since, until=until)
