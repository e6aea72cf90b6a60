"""The page to look at, put together: what it shows of every commune comes from the census."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, groupby
from typing import NamedTuple

from ntmtrack.commands.districts import progress_by_district
from ntmtrack.commands.export_data import Material, stamp_of
from ntmtrack.commands.export_sheets import SheetChoice, assemble
from ntmtrack.commands.lists import by_former_district
from ntmtrack.commands.question import ReportOptions
from ntmtrack.commands.standings import Census, CountedUnit
from ntmtrack.errors import NoDistricts, NotParted
from ntmtrack.export import PAGE, Document
from ntmtrack.i18n import _, day, number
from ntmtrack.model import Confidence, Level, Recognition, Tier
from ntmtrack.programmes.ladders import set_words
from ntmtrack.reports import CellKind, Column, Report, Table, cell_text
from ntmtrack.reports.labels import as_of, line_label, mixed_note, roadmap_label, sentence, tier_label
from ntmtrack.reports.page import (
    ListedLevel,
    ListedPart,
    ListedUnit,
    Page,
    Remaining,
    Shade,
    SquaresMap,
    SquaresPart,
    UnitSquare,
    chart_groups,
    headline_groups,
    moved_table,
    moved_title,
)
from ntmtrack.reports.pictures import MappedUnit, letter_of
from ntmtrack.reports.progress_notes import (
    denominator_notes,
    listed_note,
    new_units_note,
    plan_basis,
    turnover_note,
    undated_note,
)
from ntmtrack.reports.progress_text import doubts
from ntmtrack.reports.units import decision_number, signed_cell, year_cell


class _Part(NamedTuple):
    """The communes of a district, or of what stands for one."""

    title: str
    units: Sequence[CountedUnit]


def document_with(material: Material, options: ReportOptions, chosen: SheetChoice) -> Document:
    """The document with these sheets, or the one of which the page is all; raises EmptySheets."""
    if chosen.keys != (PAGE,):
        return assemble(material, options, chosen)
    page = page_of(material)
    return Document(page.title, material.letterhead, (), stamp_of(material, options, PAGE), page)


def page_of(material: Material) -> Page:
    """The whole page; of a year still to come what is planned, and no unit."""
    figures, programme = material.figures, material.spec.view.programme
    lines, to_come = figures.own.lines, material.spec.is_to_come
    parts = [] if to_come else _parts(material)
    rows = {unit.unit.id: row for unit, row in zip(_listed(material, parts), count(1), strict=False)}
    ranking = None if to_come else _ranking(material)
    return Page(
        title=_title(material),
        subtitle=_subtitle(material),
        agency=material.letterhead.agency,
        doubts=[] if to_come else doubts(lines, programme),
        sentences=_sentences(material),
        headlines=headline_groups(lines, programme),
        charts=chart_groups(material.years, programme),
        maps=[_map(census, parts, rows, _set(material, ladder)) for ladder, census in _censuses(material) if parts],
        rankings=[ranked for ranked in ranking.tables if _is_ranked(ranked)] if ranking else [],
        ranking_note=ranking.notes[0] if ranking else "",
        moved=moved_table(material.moved),
        remaining=list(_remaining(material.census, parts)),
        sets=[_set(material, ladder) for ladder, _census in _censuses(material)],
        parts=list(_listed_parts(material, parts, rows)),
        notes=_notes(material),
    )


def _title(material: Material) -> str:
    """What the page is of; a ledger of several provinces is no name for a paper."""
    spec = material.spec
    scope = spec.scope_name if spec.scope else _("the localities")
    return _("Progress of {scope} in {year}").format(scope=scope, year=spec.moment.day.year)


def _subtitle(material: Material) -> str:
    """As of which day, whenever the page is read; and what was known on which, where that was asked for."""
    spec, subtitle = material.spec, material.subtitle
    if not spec.is_to_come:
        subtitle = as_of(spec.moment._replace(asked_on=None), spec.view.basis)
    if material.known is None:
        return subtitle
    known = _("as recorded at the end of {day}").format(day=day(material.known[0]))
    return f"{subtitle}; {known}"


def _sentences(material: Material) -> list[str]:
    """Progress in the sentences of a report, without what is said apart."""
    apart = doubts(material.figures.own.lines, material.spec.view.programme)
    listed = _("section “{title}”").format(title=moved_title())
    return [text for text in material.sentences_with(listed) if text not in apart]


def _notes(material: Material) -> list[str]:
    """What the figures rest on: the plan, how levels are counted, of what the per cents are, the programme."""
    on = material.figures.context
    period = on.programme
    programme = _("Programme: {title} ({source}).").format(title=period.title, source=period.source)
    beside = [roadmap_label(plan.plan) for plan in material.figures.beside if plan.plan]
    others = [_("Other plans that apply: {plans}.").format(plans="; ".join(beside))] if beside else []
    counted = [] if material.spec.is_to_come else list(_counting_notes(material))
    return [*plan_basis(on), *others, *counted, programme]


def _counting_notes(material: Material) -> Iterator[str]:
    """Of what the per cents are, which units stand for others, what came and went, what is left out."""
    lines, on = material.figures.own.lines, material.figures.context
    yield from denominator_notes(lines, on.programme)
    yield from listed_note(on.listed)
    yield from mixed_note(on.mixed)
    yield from turnover_note(lines, on)
    yield from (note for note in undated_note(on) if note not in _sentences(material))
    yield from new_units_note(on.of_new_units, on.moment.day.year)


def _censuses(material: Material) -> list[tuple[str, Census]]:
    """The census by each set of levels, after the name of its ladder."""
    return [] if material.spec.is_to_come else list(material.censuses.items())


def _set(material: Material, ladder: str) -> str:
    """The set of levels as a heading, in years of two."""
    programme = material.spec.view.programme
    return sentence(set_words(ladder, programme)) if programme.kept else ""


def _parts(material: Material) -> list[_Part]:
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
    placed = by_former_district(material.connection, mapped)
    return _grouped([counted_units[unit.unit.id] for unit in placed], [unit.row or "" for unit in placed])


def _grouped(units: Sequence[CountedUnit], titles: Sequence[str]) -> list[_Part]:
    """The units under their titles, which follow each other."""
    pairs = groupby(zip(titles, units, strict=True), key=lambda pair: pair[0])
    return [_Part(title, [unit for _title, unit in of_part]) for title, of_part in pairs]


def _listed(material: Material, parts: Sequence[_Part]) -> Iterator[CountedUnit]:
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


def _map(census: Census, parts: Sequence[_Part], rows: Mapping[int, int], heading: str) -> SquaresMap:
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


def _ranking(material: Material) -> Report | None:
    """The districts by rank, the former ones where those have ended; None of a district, and where there are none."""
    spec = material.spec
    if spec.scope and spec.scope.tier is not Tier.PROVINCE:
        return None
    for former in (False, True):
        try:
            return progress_by_district(material.connection, spec, None, former=former)
        except (NoDistricts, NotParted):
            continue
    return None


def _is_ranked(ranked: Table) -> bool:
    """Whether any unit has any of the levels; the last row is of all districts."""
    whole = zip(ranked.columns, ranked.rows[-1], strict=True)
    return any(cell for column, cell in whole if column.key.endswith("_reached"))


class _LackingPart(NamedTuple):
    """The communes of a district that lack a level, by name."""

    title: str
    names: Sequence[str]


def _remaining(census: Census, parts: Sequence[_Part]) -> Iterator[Remaining]:
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


def _listed_parts(material: Material, parts: Sequence[_Part], rows: Mapping[int, int]) -> Iterator[ListedPart]:
    """The list: the district tier first, then the communes of each part."""
    censuses = [census for _ladder, census in _censuses(material)]
    by_id = [{unit.unit.id: unit for unit in census.units} for census in censuses]

    def listed(unit: CountedUnit, name: str) -> ListedUnit:
        of_sets = [(census, known.get(unit.unit.id)) for census, known in zip(censuses, by_id, strict=True)]
        levels = [_listed_level(census, counted) for census, counted in of_sets if counted]
        return ListedUnit(rows[unit.unit.id], name, levels)

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
