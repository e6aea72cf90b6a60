"""The page to look at, put together: what it shows of every commune comes from the census."""

from collections.abc import Iterator
from itertools import count

from ntmtrack.commands.districts import progress_by_district
from ntmtrack.commands.export_data import Material, stamp_of
from ntmtrack.commands.export_sheets import SheetChoice, assemble
from ntmtrack.commands.page_units import listed_parts, listed_units, map_of, parts_of, remaining_of
from ntmtrack.commands.question import ReportOptions
from ntmtrack.commands.standings import Census
from ntmtrack.errors import NoDistricts, NotParted
from ntmtrack.export import PAGE, Document
from ntmtrack.i18n import _, day
from ntmtrack.model import Tier
from ntmtrack.programmes.ladders import set_words
from ntmtrack.reports import Report, Table
from ntmtrack.reports.labels import as_of, mixed_note, roadmap_label, sentence
from ntmtrack.reports.moved_text import Annexes
from ntmtrack.reports.page import (
    Page,
)
from ntmtrack.reports.page_figures import (
    chart_groups,
    headline_groups,
    listed_title,
    moved_table,
    moved_title,
    remaining_title,
)
from ntmtrack.reports.progress_notes import (
    denominator_notes,
    listed_note,
    new_units_note,
    plan_basis,
    undated_note,
)
from ntmtrack.reports.progress_text import doubts
from ntmtrack.reports.turnover_notes import turnover_note


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
    parts = [] if to_come else parts_of(material)
    rows = {unit.unit.id: row for unit, row in zip(listed_units(material, parts), count(1), strict=False)}
    ranking = None if to_come else _ranking(material)
    return Page(
        title=_title(material),
        subtitle=_subtitle(material),
        agency=material.letterhead.agency,
        doubts=[] if to_come else doubts(lines, programme, on_paper=True),
        sentences=_sentences(material),
        headlines=headline_groups(lines, programme),
        charts=chart_groups(material.years, programme),
        maps=[map_of(census, parts, rows, _set(material, ladder)) for ladder, census in _censuses(material) if parts],
        rankings=[ranked for ranked in ranking.tables if _is_ranked(ranked)] if ranking else [],
        ranking_note=ranking.notes[0] if ranking else "",
        moved=moved_table(material.moved),
        remaining=list(remaining_of(material.census, parts)),
        sets=[_set(material, ladder) for ladder, _census in _censuses(material)],
        parts=list(listed_parts(material, parts, rows)),
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
    apart = doubts(material.figures.own.lines, material.spec.view.programme, on_paper=True)
    titles = (moved_title(), remaining_title(), listed_title())
    sections = Annexes(*(_("section “{title}”").format(title=title) for title in titles))
    return [text for text in material.sentences_with(sections) if text not in apart]


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
