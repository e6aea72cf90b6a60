"""The sheets of emulation movements: sơ kết, tổng kết of their years; the list with a submission of awards."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from ntmtrack.commands.calendar_lines import calendar_of
from ntmtrack.commands.export_data import Material
from ntmtrack.commands.export_progress import summary_sheet
from ntmtrack.commands.kept_pledges import Judge
from ntmtrack.commands.movement_facts import KnownOfMovement, known_of, scope_of_year
from ntmtrack.commands.movements import WhichMovementOptions, keys_of
from ntmtrack.dates import day_asked, year_end
from ntmtrack.emulation.achievements import Recognitions
from ntmtrack.emulation.candidates import candidates, is_listed
from ntmtrack.emulation.facts import newly_recognised
from ntmtrack.emulation.quota import Quota, quotas
from ntmtrack.emulation.review import Span, YearOfMovement, in_all, spans, was_given_by, was_sent_by, year_of_movement
from ntmtrack.export import ReportSheet
from ntmtrack.i18n import _
from ntmtrack.model import Recognition
from ntmtrack.reports import Report
from ntmtrack.reports.labels import document_label
from ntmtrack.reports.moved_text import Annexes
from ntmtrack.reports.movement_review import FormCount, forms_table, review_sentences, years_table
from ntmtrack.reports.proposals import Proposal, UnitsOfYear, points_left, proposals_of, proposals_report
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.emulation import StoredMovement, entries, every_movement, registrations
from ntmtrack.storage.queries.given_awards import given_facts

MOVEMENT, PROPOSALS = "movement", "proposals"
_NO_LISTS = Annexes(None, None, None)  # the sheet stands by itself
_HIGHEST = "highest"  # the table of the summary that tells nothing of the year


def _movements(material: Material) -> list[StoredMovement]:
    """The movements of the unit whose report it is, of its only province where it is of the whole ledger."""
    moment = material.spec.moment
    scope = material.spec.scope or units.sole_province(material.connection, moment.units_on)
    return [
        stored
        for stored in every_movement(material.connection)
        if scope
        and stored.scope_id == scope.id
        and stored.replaced_by is None
        and moment.day.year in stored.movement.years
    ]


def _until(material: Material) -> date:
    """The day by which the ledger is asked: today of a whole year, else the day of the report."""
    spec = material.spec
    return spec.today if spec.moment.day == day_asked(spec.moment.day.year, spec.today) else spec.moment.day


def proposals_sheet(material: Material) -> ReportSheet | None:
    """Whom to propose for which award, as an office submits it; None without a movement."""
    movements = _movements(material)
    if not movements:
        return None
    year = material.spec.moment.day.year
    rows = [row for stored in movements for row in _proposals(material.connection, stored, year, _until(material))]
    title = _("List of proposals for awards, {year}, {scope}").format(year=year, scope=material.paper_scope)
    report = proposals_report(rows, title, [stored.movement for stored in movements])
    if material.spec.moment.day != year_end(year):
        report = report._replace(subtitle=f"{report.subtitle}; {material.paper_subtitle}")
    return ReportSheet(
        PROPOSALS,
        report,
        annex=_("Annex"),
        of_submission=True,
        open_points=list(points_left(rows)),
        says_nothing=not rows,
    )


def _proposals(connection: Connection, stored: StoredMovement, year: int, today: date) -> Iterator[Proposal]:
    known = known_of(connection, stored, year, today)
    found = [candidates(stored.movement, rule, known.facts) for rule in stored.movement.awards]
    of = UnitsOfYear(stored.movement, dict(known.scope.units), dict(known.parts.titles), year)
    return proposals_of(found, list(_places(known)), of)


def _places(known: KnownOfMovement) -> Iterator[tuple[Quota, Sequence[Recognition]]]:
    """The places of each rule with the recognitions by which there are any."""
    for quota in quotas(known.stored.movement, known.facts):
        found = newly_recognised(quota.rule, known.facts)
        yield quota, [one for unit, one in found if unit == quota.unit_id and one.level in quota.levels]


def movement_sheet(material: Material) -> ReportSheet | None:
    """What each year of a movement brought until the day of the report, and who may be proposed; None without one."""
    movements = _movements(material)
    if not movements:
        return None
    progress = summary_sheet(material)
    tables = [table for table in progress.report.tables if table.key != _HIGHEST]
    sentences = material.sentences_with(_NO_LISTS)
    last_years = []
    for place, stored in enumerate(movements, start=1):
        counted = spans(stored.movement.years[0], material.spec.moment.day)
        keys = _keys_of_awards(material.connection, movements, stored)
        years = [_year(material, stored, keys, span) for span in counted if span.first == span.last]
        of = stored.movement.number if len(movements) > 1 else None
        tables.append(years_table(years, counted, place, of))
        if not counted[-1].is_part:  # who may be proposed is known at the end of a year
            tables.append(forms_table(_forms(material, stored), counted[-1].last, place, of))
        last_years.append(years[-1])
    sentences += review_sentences(in_all(last_years), spans(last_years[0].year, material.spec.moment.day)[0])
    title = _("Results of the emulation movement, {scope}").format(scope=material.paper_scope)
    named = "; ".join(f"{one.movement.title}, {document_label(one.movement.number)}" for one in movements)
    report = Report(MOVEMENT, title, tables, f"{named}; {material.paper_subtitle}", notes=progress.report.notes)
    return ReportSheet(MOVEMENT, report, sentences=sentences, titled=True)


def _keys_of_awards(
    connection: Connection, movements: Sequence[StoredMovement], stored: StoredMovement
) -> Collection[str | None]:
    """What awards of a movement are told under: its keys; of the first also no movement, lest they be counted twice."""
    keys = keys_of(stored, every_movement(connection))
    return {*keys, None} if stored == movements[0] else keys


def _year(material: Material, stored: StoredMovement, keys: Collection[str | None], span: Span) -> YearOfMovement:
    """What a year brought, of awards those under `keys`; of one not counted to its end what was known by the day."""
    connection, year = material.connection, span.last
    asked = span.until if span.is_part else material.spec.today
    scope = scope_of_year(connection, stored, year, material.spec.today)
    judge = Judge(connection, year, asked)
    pledged = (one for one in registrations(connection, year) if one.unit_id in scope.units)
    facts = given_facts(connection, year, scope.tiers, asked)
    given = [one for one in facts.given if was_given_by(one, asked)]
    facts = facts._replace(recognitions=_decided_by(asked, facts.recognitions), given=given)
    places = quotas(stored.movement, facts)
    return year_of_movement(
        span,
        [(one, judge.judged(one).outcome) for one in pledged if was_sent_by(one, asked)],
        [one for one in given if one.unit_id in scope.units and one.movement in keys],
        (sum(one.earned for one in places), sum(one.used for one in places)),
        [one for one in entries(connection) if one.unit_id in scope.units],
        calendar_of(connection, WhichMovementOptions(key=stored.movement.key), [year], span.until).lines,
    )


def _decided_by(on: date, recognitions: Recognitions) -> Recognitions:
    """The recognitions but for those whose decision was signed after a day."""
    return {
        unit: [one for one in known if not (one.decision and (one.decision.signed_on or "") > on.isoformat())]
        for unit, known in recognitions.items()
    }


def _forms(material: Material, stored: StoredMovement) -> list[FormCount]:
    """How many may be proposed under each rule for the year of the report."""
    known = known_of(material.connection, stored, material.spec.moment.day.year, _until(material))
    places = quotas(stored.movement, known.facts)
    counts = []
    for rule in stored.movement.awards:
        found = candidates(stored.movement, rule, known.facts).found if is_listed(rule) else None
        left = sum(max(quota.left, 0) for quota in places if quota.rule == rule) if rule.places is not None else None
        proposed = None if found is None else sum(not one.exclusions for one in found)
        if found is not None or left is not None:
            counts.append(FormCount(rule, proposed, None if found is None else len(found) - (proposed or 0), left))
    return counts
