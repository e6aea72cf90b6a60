"""What a unit was formed of and what became of it, in sentences for people and as a table for machines."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from ntmtrack.dates import show_day
from ntmtrack.i18n import _
from ntmtrack.model import Succession, Unit
from ntmtrack.reports import CellKind, Column, Table, day_cell


class Relative(NamedTuple):
    """A unit that went into the one that is shown (`is_former`), or into which that went, as it was then."""

    unit: Unit
    is_former: bool
    link: Succession

    @property
    def is_part(self) -> bool:
        """Whether only a part of the former unit went into the later one."""
        return self.link.extent == "part"


class UnitAncestry(NamedTuple):
    """The units of which one was formed, those it went into, and of a scope that has ended what lies there now."""

    relatives: Sequence[Relative] = ()
    now: Sequence[Unit] = ()

    @property
    def has_gone(self) -> bool:
        """Whether the unit went into others, or lies there no more."""
        return bool(self.now) or any(not relative.is_former for relative in self.relatives)


def ancestry_notes(ancestry: UnitAncestry) -> list[str]:
    """“Từ 01/07/2025, Nghị quyết 1654/NQ-UBTVQH15: hợp thành từ xã …, một phần thị trấn …”; a sentence a day."""
    key = attrgetter("is_former", "link.day", "link.resolution")
    notes = []
    for (is_former, day, resolution), of_day in groupby(ancestry.relatives, key):
        text = _("formed of {units}") if is_former else _("went into {units}")
        names = ", ".join(map(_told, of_day))
        since = _("From {day}, {resolution}: {said}.") if resolution else _("From {day}: {said}.")
        notes.append(since.format(day=show_day(day), resolution=_numbered(resolution), said=text.format(units=names)))
    if ancestry.now:
        text = _("There now: {units}.")
        notes.append(text.format(units=", ".join(unit.title for unit in ancestry.now)))
    return notes


def ancestry_table(ancestry: UnitAncestry) -> Table:
    """A row a unit that it was formed of or went into."""
    columns: list[Column[Relative]] = [
        Column("relation", "relation", of=lambda row: "formed_of" if row.is_former else "went_into"),
        Column("code", "code", of=lambda row: row.unit.code),
        Column("name", "name", of=lambda row: row.unit.full_title),
        Column("extent", "extent", of=lambda row: row.link.extent),
        Column("main", "main", CellKind.COUNT, of=lambda row: None if row.link.main is None else int(row.link.main)),
        Column("day", "day", of=lambda row: day_cell(row.link.day)),
        Column("resolution", "resolution", of=lambda row: row.link.resolution),
    ]
    return Table.of("ancestry", "", ancestry.relatives, columns)


def _told(relative: Relative) -> str:
    """A former unit by its name, a part as such; a later one with how much of the unit it took."""
    title = relative.unit.title
    if not relative.is_part:
        return title
    if relative.is_former:
        return _("part of {unit}").format(unit=title)
    return (_("{unit} (the main part)") if relative.link.main else _("{unit} (in part)")).format(unit=title)


def _numbered(resolution: str | None) -> str:
    """A resolution with the word before its number, where it has none."""
    if not resolution or not resolution[:1].isdigit():
        return resolution or ""
    return _("Resolution {number}").format(number=resolution)
