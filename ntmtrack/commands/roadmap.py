"""Roadmaps looked up, shown, checked and written out."""

import sqlite3
from pathlib import Path

from ntmtrack.commands import Session
from ntmtrack.commands.lint_context import lint_context_of
from ntmtrack.commands.plan_units import stood_in
from ntmtrack.commands.plans import in_force, roadmap_called
from ntmtrack.dates import day_asked
from ntmtrack.errors import (
    NoRoadmap,
    NoSuchFile,
    NotAPlanFile,
    NotInProgramme,
    ScopeNeeded,
    UnknownFormat,
    UnknownRoadmap,
)
from ntmtrack.files import refuse_foreign, replacing
from ntmtrack.i18n import _, number
from ntmtrack.ingest.roadmap_blank import Blank, write_blank
from ntmtrack.lint import Finding, Weight
from ntmtrack.lint.linter import check_plan
from ntmtrack.model import Programme, Tier, Unit
from ntmtrack.programmes import every, of_year, programme
from ntmtrack.reports import Report, plan_text
from ntmtrack.reports.checks import PlanFindings, plan_findings_report
from ntmtrack.reports.roadmaps import others_in_force, printed_report, roadmaps_report
from ntmtrack.roadmaps import Roadmap
from ntmtrack.roadmaps.toml import read_roadmap, shipped, to_toml
from ntmtrack.storage.queries import roadmaps, units
from ntmtrack.storage.queries.membership import lifetime
from ntmtrack.storage.queries.scopes import find_scope
from ntmtrack.storage.queries.units import standing_on
from ntmtrack.text import nearest, squeeze

FORMS = (".xlsx", ".csv")  # a plan as a table; .toml is the other form


def read_plan(file: Path) -> Roadmap:
    """The plan in a file, by its ending; raises NoSuchFile, NotAPlanFile, CannotRead, BadRoadmap."""
    if not file.exists():
        raise NoSuchFile(file=file)
    ending = file.suffix.lower()
    if ending == ".toml":
        return read_roadmap(file)
    if ending in FORMS:
        from ntmtrack.ingest.roadmap_form import read_form

        return read_form(file)
    raise NotAPlanFile(file=file)


def write_plan(plan: Roadmap, file: Path) -> None:
    """Writes a plan as a file that `read_plan` reads back; raises NotAPlanFile, FileBusy, TooLongForExcel."""
    ending = file.suffix.lower()
    if ending not in (".toml", *FORMS):
        raise NotAPlanFile(file=file)
    if ending == ".toml":
        with replacing(file) as draft:
            draft.write_text(to_toml(plan), encoding="utf-8")
    else:
        from ntmtrack.ingest.roadmap_form import write_form

        write_form(plan, file)


def find_plan(connection: sqlite3.Connection | None, word: str | None) -> Roadmap:
    """The plan that a word means: a file, a key on record, a key that ships with the program; the only one if none.

    Raises UnknownRoadmap, and what reading a file may raise.
    """
    if word is not None and names_a_file(word):
        return read_plan(Path(word))
    stored = roadmap_called(connection, word) if connection is not None else None
    if stored is not None:
        return stored.plan
    if word in shipped():
        return shipped()[word]
    if word is None:
        raise NoRoadmap(scope=_("any unit of this ledger"))
    raise UnknownRoadmap(key=word or "", near=_near(connection, word or ""))


def names_a_file(word: str) -> bool:
    """Whether a word is meant as a plan file rather than as a key."""
    return Path(word).suffix.lower() in (".toml", *FORMS) or Path(word).is_file()


def known_plans(connection: sqlite3.Connection | None) -> dict[str, Roadmap]:
    """Every roadmap that ships, and every one on record, by key."""
    stored = roadmaps.every_roadmap(connection) if connection is not None else []
    return shipped() | {stored.plan.key: stored.plan for stored in stored}


def _near(connection: sqlite3.Connection | None, word: str) -> list[str]:
    return nearest(word, known_plans(connection))


def list_roadmaps(connection: sqlite3.Connection | None) -> Report:
    """The roadmaps on record, and those that ship with the program."""
    stored = roadmaps.every_roadmap(connection) if connection is not None else []
    keys = {stored.plan.key for stored in stored}
    others = [plan for key, plan in shipped().items() if key not in keys]
    return roadmaps_report([(stored.plan, stored.replaced_by) for stored in stored], others)


def plan_report(connection: sqlite3.Connection | None, word: str | None, year: int, *, text: bool = False) -> Report:
    """A plan as its document prints it, with footnotes where it contradicts itself; with `text` in sentences.

    Without a word the one that leads in `year`, and a note that names the others in force.
    """
    plan, *others = _plans_meant(connection, word, year)
    period = programme(plan.programme)
    wrong = [
        finding
        for finding in check_plan(plan, lint_context_of(connection, plan))
        if finding.weight is Weight.CONTRADICTION
    ]
    report = printed_report(plan, period, wrong, others)
    if not text:
        return report
    return report._replace(text=[*plan_text.plan_paragraphs(plan, period), *others_in_force(others)])


def check_plans(connection: sqlite3.Connection | None, word: str | None, year: int) -> tuple[Report, bool]:
    """What the linter finds in a plan, without a word in each one in force; and whether any of it is no mere note."""
    plans = []
    for plan in _plans_meant(connection, word, year):
        context = lint_context_of(connection, plan)
        plans.append(PlanFindings(plan, check_plan(plan, context), context.source))
    return plan_findings_report(plans), any(_is_serious(finding) for checked in plans for finding in checked.findings)


def _plans_meant(connection: sqlite3.Connection | None, word: str | None, year: int) -> list[Roadmap]:
    """The plan that a word means; without one those in force, first the one that leads in `year`."""
    if word is None and connection is not None:
        return [stored.plan for stored in in_force(connection, year)]
    return [find_plan(connection, word)]


def _is_serious(finding: Finding) -> bool:
    return finding.weight is not Weight.NOTE


_BELOW = {
    Tier.PROVINCE: (Tier.DISTRICT, Tier.COMMUNE),
    Tier.DISTRICT: (Tier.DISTRICT, Tier.COMMUNE),
    Tier.COMMUNE: (Tier.COMMUNE,),
}


def make_roadmap(session: Session, file: Path, scope: str | None, year: int | None) -> None:
    """Writes the form to `file`; raises UnknownFormat, NotInProgramme, ScopeNeeded, and what it calls may raise."""
    if file.suffix.lower() != ".xlsx":
        raise UnknownFormat(file=file, stem=file.stem or "plan", command="roadmap new")
    refuse_foreign(file)
    with session.reading() as connection:
        when = day_asked(year or session.today.year, session.today)
        unit = find_scope(connection, scope, standing_on(when)) if scope else units.sole_province(connection, when)
        if unit is None:
            raise ScopeNeeded()
        programme = of_year(year) if year else _last_of(connection, unit, session.today.year)
        blank = _blank(connection, unit, programme)
    if not stood_in(unit, programme):
        raise NotInProgramme(programme=programme.key, scope=unit.title)
    count = write_blank(file, blank)
    text = _('Wrote {file}: {count} lines for {scope}, {programme}; take it in with: ntmtrack roadmap import "{file}"')
    session.say(text.format(file=file, count=number(count), scope=unit.title, programme=programme.key))
    running = _begun(session.today.year)[-1]
    if year is None and running != programme and stood_in(unit, running):
        session.say(_("For {programme}: --year {year}").format(programme=running.key, year=running.first_year))


def _begun(year: int) -> list[Programme]:
    """The programmes that had begun by the end of a year, the last one at the end."""
    return [programme for programme in every() if programme.first_year <= year]


def _last_of(connection: sqlite3.Connection, unit: Unit, year: int) -> Programme:
    """The last programme begun in which the unit stood, and units of the ledger inside it, where it holds any."""
    standing = [programme for programme in _begun(year) if stood_in(unit, programme)] or _begun(year)[-1:]
    counted = [programme for programme in standing if _has_units(connection, unit, programme)]
    return (counted or standing)[-1]


def _has_units(connection: sqlite3.Connection, unit: Unit, programme: Programme) -> bool:
    """Whether the ledger has units inside `unit` that the programme counts, in its years."""
    kinds = [kind for kinds in programme.counted.values() for kind in kinds]
    stood = lifetime(connection, unit.id, kinds)
    return stood is not None and int(stood.last[:4]) >= programme.first_year


def _blank(connection: sqlite3.Connection, unit: Unit, programme: Programme) -> Blank:
    head: dict[str, str | int] = {
        "key": _free_key(connection, f"{_slug(unit.name)}-{programme.key}"),
        "issuer": f"UBND {unit.title}",
        "programme": programme.key,
        "scope_code": unit.code or "",
        "scope_name": unit.title,
        "base_year": programme.first_year - 1,
    }
    return Blank(
        head, programme, [tier for tier in _BELOW[unit.tier] if programme.levels_of(tier) and tier in programme.counted]
    )


def _slug(name: str) -> str:
    """A name as keys have it: "kien-giang"."""
    return "-".join(filter(None, (squeeze(word) for word in name.split())))


def _free_key(connection: sqlite3.Connection, key: str) -> str:
    """A key that no roadmap on record has: kien-giang-2021-2025, kien-giang-2021-2025-2."""
    taken = {stored.plan.key for stored in roadmaps.every_roadmap(connection)}
    further = (f"{key}-{place}" for place in range(2, len(taken) + 2))
    return next(free for free in (key, *further) if free not in taken)
