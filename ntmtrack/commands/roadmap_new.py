"""`roadmap new`: the blank form of a roadmap, or the roadmap that a bare table of its figures tells."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.plan_units import stood_in
from ntmtrack.commands.roadmap import write_plan
from ntmtrack.dates import day_asked, read_day
from ntmtrack.errors import BadYear, NotInProgramme, NtmError, PlanHeadMissing, ScopeNeeded, UnknownFormat
from ntmtrack.files import refuse_foreign
from ntmtrack.i18n import N_, _, number
from ntmtrack.ingest.roadmap_blank import Blank, write_blank
from ntmtrack.ingest.roadmap_words import HEAD_LABELS
from ntmtrack.model import Programme, Tier, Unit
from ntmtrack.programmes import every, of_year
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import roadmaps, units
from ntmtrack.storage.queries.membership import lifetime
from ntmtrack.storage.queries.scopes import find_scope
from ntmtrack.storage.queries.units import standing_on
from ntmtrack.text import squeeze

_BELOW = {
    Tier.PROVINCE: (Tier.DISTRICT, Tier.COMMUNE),
    Tier.DISTRICT: (Tier.DISTRICT, Tier.COMMUNE),
    Tier.COMMUNE: (Tier.COMMUNE,),
}


class NewRoadmap(NamedTuple):
    """What `roadmap new` was told: whose plan, of which year's programme, a bare table, and what of its head.

    `head` has fields of the plan files; a day is in ISO, perhaps partial.
    """

    scope: str | None
    year: int | None
    table: Path | None
    head: Mapping[str, str | int]


def make_roadmap(session: Session, file: Path, request: NewRoadmap) -> None:
    """Writes the form, or the plan of a table, to `file`; on a terminal asks for what is missing of its head.

    Raises UnknownFormat, NotInProgramme, ScopeNeeded, PlanHeadMissing, and what it calls may raise.
    """
    if request.table is None and file.suffix.lower() != ".xlsx":
        raise UnknownFormat(file=file, stem=file.stem or "plan", command="roadmap new")
    refuse_foreign(file)
    with session.reading() as connection:
        unit = _scope(session, connection, request)
        programme = of_year(request.year) if request.year else _last_of(connection, unit, session.today.year)
        blank = _blank(connection, unit, programme)
    if not stood_in(unit, programme):
        raise NotInProgramme(programme=programme.key, scope=unit.title)
    head = _completed(session, {**blank.head, **request.head}, request)
    if request.table is None:
        count = write_blank(file, blank._replace(head=head))
        text = _(
            'Wrote {file}: {count} lines for {scope}, {programme}; take it in with: ntmtrack roadmap import "{file}"'
        )
    else:
        count = _write_table(file, request.table, head, programme)
        text = _(
            'Wrote {file}: {count} figures for {scope}, {programme}; take it in with: ntmtrack roadmap import "{file}"'
        )
    session.say(text.format(file=file, count=number(count), scope=unit.title, programme=programme.key))
    running = _begun(session.today.year)[-1]
    if request.year is None and running != programme and stood_in(unit, running):
        session.say(_("For {programme}: --year {year}").format(programme=running.key, year=running.first_year))


def _write_table(file: Path, table: Path, head: Mapping[str, str | int], programme: Programme) -> int:
    """Writes the plan that a bare table tells, and gives the number of its figures; raises PlanHeadMissing."""
    from ntmtrack.ingest.roadmap_table import read_table

    missing = [key for key in _ASKED if not head.get(key)]
    if missing:
        raise PlanHeadMissing(
            missing=", ".join(HEAD_LABELS[key] for key in missing), options=" ".join(_OPTIONS[key] for key in missing)
        )
    plan = read_table(table, head, programme)
    write_plan(plan, file)
    return len(plan.targets)


# What is asked of a head, in this order, and the option that tells it.
_ASKED = {
    "number": N_("Number of the document, as 12/KH-UBND"),
    "issuer": N_("Who issued it"),
    "issued_on": N_("The day it was issued, e.g. 20/3/2026; 3/2026 or 2026 where only that is known"),
    "base_year": N_("Base year: the plan counts from the end of it"),
    "title": N_("Title of the document"),
}
_OPTIONS = {
    "number": '--number "…"',
    "issuer": '--issuer "…"',
    "issued_on": "--date …",
    "base_year": "--base-year …",
    "title": '--title "…"',
}


def _completed(session: Session, head: dict[str, str | int], request: NewRoadmap) -> dict[str, str | int]:
    """The head with what the person tells who sits at the terminal; Enter takes what is shown, or leaves it blank."""
    if not session.can_ask:
        return head
    for key, question in _ASKED.items():
        if key not in request.head:
            answer = _asked(session, _(question), str(head.get(key, "")), _READERS.get(key, str))
            head |= {key: answer} if answer else {}
    return head


def _asked(session: Session, question: str, usual: str, read: Callable[[str], str | int]) -> str | int | None:
    """The answer as the plan has it; asked again until it can be read; None where nothing is answered."""
    while True:
        answer = session.ask_text(question, usual)
        try:
            return read(answer) if answer else None
        except NtmError as wrong:
            for line in wrong.lines():
                session.say(line)


def _year(text: str) -> int:
    if not (len(text) == len("2025") and text.isascii() and text.isdigit()):
        raise BadYear(text=text)
    return int(text)


_READERS: Mapping[str, Callable[[str], str | int]] = {"issued_on": read_day, "base_year": _year}


def _scope(session: Session, connection: Connection, request: NewRoadmap) -> Unit:
    """The unit that the plan is for, asked for on a terminal; raises ScopeNeeded, and what finding it may raise."""
    when = day_asked(request.year or session.today.year, session.today)
    sole = None if request.scope else units.sole_province(connection, when)
    if sole:
        return sole
    typed = request.scope or (
        session.ask_text(_("Whose plan it is: a province, district or commune")) if session.can_ask else ""
    )
    if not typed:
        raise ScopeNeeded
    return find_scope(connection, typed, standing_on(when))


def _begun(year: int) -> list[Programme]:
    """The programmes that had begun by the end of a year, the last one at the end."""
    return [programme for programme in every() if programme.first_year <= year]


def _last_of(connection: Connection, unit: Unit, year: int) -> Programme:
    """The last programme begun in which the unit stood, and units of the ledger inside it, where it holds any."""
    standing = [programme for programme in _begun(year) if stood_in(unit, programme)] or _begun(year)[-1:]
    counted = [programme for programme in standing if _has_units(connection, unit, programme)]
    return (counted or standing)[-1]


def _has_units(connection: Connection, unit: Unit, programme: Programme) -> bool:
    """Whether the ledger has units inside `unit` that the programme counts, in its years."""
    kinds = [kind for kinds in programme.counted.values() for kind in kinds]
    stood = lifetime(connection, unit.id, kinds)
    return stood is not None and int(stood.last[:4]) >= programme.first_year


def _blank(connection: Connection, unit: Unit, programme: Programme) -> Blank:
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


def _free_key(connection: Connection, key: str) -> str:
    """A key that no roadmap on record has: kien-giang-2021-2025, kien-giang-2021-2025-2."""
    taken = {stored.plan.key for stored in roadmaps.every_roadmap(connection)}
    further = (f"{key}-{place}" for place in range(2, len(taken) + 2))
    return next(free for free in (key, *further) if free not in taken)
