"""Every unit of a page to look at: its square, its row in the list, what it has not reached."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from ntmtrack.commands.export_data import Material
from ntmtrack.commands.lists import by_former_district
from ntmtrack.commands.standings import Census, CountedUnit
from ntmtrack.i18n import _, number
from ntmtrack.model import Confidence, Level, Recognition, Tier
from ntmtrack.reports import CellKind, Column, Table, cell_text
from ntmtrack.reports.labels import line_label, tier_label
from ntmtrack.reports.page import (
    ListedLevel,
    ListedPart,
    Remaining,
    Shade,
    SquaresMap,
    SquaresPart,
    UnitOnPage,
    UnitSquare,
)
from ntmtrack.reports.pictures import MappedUnit, letter_of
from ntmtrack.reports.units import decision_number, signed_cell, year_cell


class CommunePart(NamedTuple):
    """The communes of a district, or of what stands for one."""

    title: str
    units: Sequence[CountedUnit]


def parts_of(material: Material) -> list[CommunePart]:
    """The communes by district; without districts by province, by former district, or by the alphabet."""
    communes = material.census.of(Tier.COMMUNE)
    districts = {unit.id: unit for unit in material.districts}
    if any(counted.unit.parent_id in districts for counted in communes):
        several = len({unit.parent_id for unit in districts.values()}) > 1
        titles = {key: unit.full_title if several else unit.title.strip() for key, unit in districts.items()}
        return _grouped(communes, [titles.get(one.unit.parent_id or 0, one.unit.parent_name or "") for one in communes])
    if len({counted.unit.parent_id for counted in communes}) > 1:
        return _grouped(communes, [counted.unit.parent_name or "" for counted in communes])
    counted_units = {counted.unit.id: counted for counted in communes}
    mapped = [MappedUnit(counted.unit, None, made_up=False) for counted in communes]
    placed = by_former_district(material.connection, mapped, as_headings=True)
    return _grouped([counted_units[unit.unit.id] for unit in placed], [unit.row or "" for unit in placed])


def _grouped(units: Sequence[CountedUnit], titles: Sequence[str]) -> list[CommunePart]:
    """The units under their titles, which follow each other."""
    pairs = groupby(zip(titles, units, strict=True), key=lambda pair: pair[0])
    return [CommunePart(title, [unit for _title, unit in of_part]) for title, of_part in pairs]


def listed_units(material: Material, parts: Sequence[CommunePart]) -> Iterator[CountedUnit]:
    """Every unit of the list in its order: the district tier, then the communes part by part."""
    if parts:
        yield from material.census.of(Tier.DISTRICT)
    for part in parts:
        yield from part.units


def _shades(levels: Sequence[Level]) -> dict[Level | None, Shade]:
    """How each level is drawn: the highest in the darkest tint of three, whatever their number."""
    tints = {len(levels): 3, 1: 1}
    none = Shade(letter_of(None), 0, _("none yet"))
    return {None: none} | {level: Shade(letter_of(level), tints.get(level.rank, 2), level.label) for level in levels}


def _shade(census: Census, counted: CountedUnit) -> Shade:
    return _shades(census.programme.levels_of(counted.unit.tier))[census.level(counted.rank)]


def _behind(census: Census, counted: CountedUnit) -> Recognition | None:
    """The recognition by which a unit has its highest level."""
    level = census.level(counted.rank)
    return census.reaching(counted, level) if level else None


def map_of(census: Census, parts: Sequence[CommunePart], rows: Mapping[int, int], heading: str) -> SquaresMap:
    """The squares of the communes; those of a census of another set stand in the same places."""
    counted = {unit.unit.id: unit for unit in census.of(Tier.COMMUNE)}
    levels = census.programme.levels_of(Tier.COMMUNE)
    shades = _shades(levels)

    def square(unit: CountedUnit) -> UnitSquare:
        behind = _behind(census, unit)
        made_up = behind is not None and behind.confidence is Confidence.ILLUSTRATIVE
        return UnitSquare(rows[unit.unit.id], unit.unit.name, shades[census.level(unit.rank)], made_up)

    drawn = [
        SquaresPart(part.title, [square(counted[unit.unit.id]) for unit in part.units if unit.unit.id in counted])
        for part in parts
    ]
    counts = Counter(census.level(unit.rank) for unit in counted.values())
    legend = [(shades[level], counts[level]) for level in (*reversed(levels), None)]
    return SquaresMap(heading, drawn, legend)


class _LackingPart(NamedTuple):
    """The communes of a district that lack a level, by name."""

    title: str
    names: Sequence[str]


def remaining_of(census: Census, parts: Sequence[CommunePart]) -> Iterator[Remaining]:
    """Of each level the communes that lack it; by name unless none or all of them do."""
    total = len(census.of(Tier.COMMUNE))
    for level in census.programme.levels_of(Tier.COMMUNE):
        lacking = [
            _LackingPart(part.title, [unit.unit.name for unit in part.units if unit.rank < level.rank])
            for part in parts
        ]
        lacking = [part for part in lacking if part.names]
        missing = sum(len(part.names) for part in lacking)
        if not total:
            return
        text = {0: _("{line}: all {total} communes"), total: _("{line}: none of {total} communes yet")}.get(missing)
        text = text or _("{line}: {missing} of {total} communes not yet")
        title = text.format(line=line_label(Tier.COMMUNE, level), missing=number(missing), total=number(total))
        yield Remaining(title, _lacking_table(lacking) if 0 < missing < total else None)


def _lacking_table(lacking: Sequence[_LackingPart]) -> Table:
    columns: list[Column[_LackingPart]] = [
        Column("part", _("Unit"), of=lambda part: part.title),
        Column("count", _("Communes"), CellKind.COUNT, of=lambda part: len(part.names)),
        Column("names", _("Names"), of=lambda part: ", ".join(part.names)),
    ]
    return Table.of("remaining", "", lacking, columns)


def listed_parts(material: Material, parts: Sequence[CommunePart], rows: Mapping[int, int]) -> Iterator[ListedPart]:
    """The list: the district tier first, then the communes of each part."""
    censuses = list(material.censuses.values())
    by_id = [{unit.unit.id: unit for unit in census.units} for census in censuses]

    def listed(unit: CountedUnit, name: str) -> UnitOnPage:
        of_sets = [(census, known.get(unit.unit.id)) for census, known in zip(censuses, by_id, strict=True)]
        levels = [_listed_level(census, counted) for census, counted in of_sets if counted]
        return UnitOnPage(rows[unit.unit.id], name, levels)

    if parts and (districts := material.census.of(Tier.DISTRICT)):
        yield ListedPart(tier_label(Tier.DISTRICT), [listed(unit, unit.unit.title.strip()) for unit in districts])
    for part in parts:
        yield ListedPart(part.title, [listed(unit, unit.unit.name) for unit in part.units])


def _listed_level(census: Census, counted: CountedUnit) -> ListedLevel:
    shade, behind = _shade(census, counted), _behind(census, counted)
    if behind is None:
        return ListedLevel(shade)
    decided, signed = decision_number(behind), signed_cell(behind)
    text = _("{number} of {day}") if signed else "{number}"
    decision = text.format(number=decided, day=cell_text(signed, CellKind.TEXT)) if decided else ""
    return ListedLevel(shade, cell_text(year_cell(behind), CellKind.YEAR), decision)
