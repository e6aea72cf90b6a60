"""Roadmaps looked up, shown, checked and written out."""

from pathlib import Path

from ntmtrack.commands.lint_context import lint_context_of
from ntmtrack.commands.plans import in_force, roadmap_called
from ntmtrack.errors import (
    NoRoadmap,
    NoSuchFile,
    NotAPlanFile,
    UnknownRoadmap,
)
from ntmtrack.files import replacing
from ntmtrack.i18n import _
from ntmtrack.lint import Finding, Weight
from ntmtrack.lint.linter import check_plan
from ntmtrack.programmes import programme
from ntmtrack.reports import Report, plan_text
from ntmtrack.reports.checks import PlanFindings, plan_findings_report
from ntmtrack.reports.roadmaps import others_in_force, printed_report, roadmaps_report
from ntmtrack.roadmaps import Roadmap
from ntmtrack.roadmaps.toml import read_roadmap, shipped, to_toml
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import roadmaps
from ntmtrack.text import nearest

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


def find_plan(connection: Connection | None, word: str | None) -> Roadmap:
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


def known_plans(connection: Connection | None) -> dict[str, Roadmap]:
    """Every roadmap that ships, and every one on record, by key."""
    stored = roadmaps.every_roadmap(connection) if connection is not None else []
    return shipped() | {stored.plan.key: stored.plan for stored in stored}


def _near(connection: Connection | None, word: str) -> list[str]:
    return nearest(word, known_plans(connection))


def list_roadmaps(connection: Connection | None) -> Report:
    """The roadmaps on record, and those that ship with the program."""
    stored = roadmaps.every_roadmap(connection) if connection is not None else []
    keys = {stored.plan.key for stored in stored}
    others = [plan for key, plan in shipped().items() if key not in keys]
    return roadmaps_report([(stored.plan, stored.replaced_by) for stored in stored], others)


def plan_report(connection: Connection | None, word: str | None, year: int, *, text: bool = False) -> Report:
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


def check_plans(connection: Connection | None, word: str | None, year: int) -> tuple[Report, bool]:
    """What the linter finds in a plan, without a word in each one in force; and whether any of it is no mere note."""
    plans = []
    for plan in _plans_meant(connection, word, year):
        context = lint_context_of(connection, plan)
        plans.append(PlanFindings(plan, check_plan(plan, context), context.source))
    return plan_findings_report(plans), any(_is_serious(finding) for checked in plans for finding in checked.findings)


def _plans_meant(connection: Connection | None, word: str | None, year: int) -> list[Roadmap]:
    """The plan that a word means; without one those in force, first the one that leads in `year`."""
    if word is None and connection is not None:
        return [stored.plan for stored in in_force(connection, year)]
    return [find_plan(connection, word)]


def _is_serious(finding: Finding) -> bool:
    return finding.weight is not Weight.NOTE
