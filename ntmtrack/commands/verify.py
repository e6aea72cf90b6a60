"""`verify`: the ledger is as the program wrote it; a report still says what the ledger says."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from ntmtrack.commands import Session
from ntmtrack.commands.export_sheets import uncounted_sheets
from ntmtrack.commands.history import changes_between, sentences
from ntmtrack.commands.question import ReportOptions, resolve
from ntmtrack.commands.recount import counted_totals, label
from ntmtrack.commands.remade_report import can_be_remade, changed_cells
from ntmtrack.errors import NoUnits, NtmError, StampUnreadable, UnitTakenBack, UnknownProgramme
from ntmtrack.i18n import _, day, number
from ntmtrack.model import Basis, Programme, Unit
from ntmtrack.programmes import programme
from ntmtrack.programmes.ladders import level_measured
from ntmtrack.reports import Report
from ntmtrack.reports.doctor import Verification, verification_report
from ntmtrack.reports.labels import basis_label
from ntmtrack.reports.ledger import MovedFigure
from ntmtrack.spreadsheets.properties import Differing, read_stamp
from ntmtrack.spreadsheets.web_page import ENDING, page_stamp
from ntmtrack.stamps import is_as_stamped
from ntmtrack.storage import open
from ntmtrack.storage.chain import breaks, shows_all, version_of
from ntmtrack.storage.dialect import Connection, is_of_file
from ntmtrack.storage.guards import differences
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.actions import last_action, last_hash
from ntmtrack.storage.snapshots import faults
from ntmtrack.text import whole_number

Told = TypeVar("Told")
_NAMED = 8
_SHOWN = 16  # of the 64 digits of a hash: nobody compares more by eye


def verify(session: Session, file: Path | None) -> tuple[Report, bool]:
    """What holds of the ledger and of a report, and whether all of it does.

    Raises NotAReport, StampUnreadable, and what reading the workbook raises.
    """
    read = page_stamp if file and file.suffix.lower() == ENDING else read_stamp
    stamp = read(file) if file else None
    with session.reading() as connection:
        checks = [*_file(connection), *_guards(connection), _chain(connection)]
        moved: list[MovedFigure] = []
        if file and stamp:
            origin = _origin(connection, file, stamp)
            is_own = all(check.holds for check in origin)
            figure_checks, moved = _figures(session, connection, stamp, is_own=is_own)
            checks += [*origin, *([_cells(session, connection, file, stamp)] if is_own else []), *figure_checks]
    return verification_report(checks, moved, file.name if file else None), all(check.holds for check in checks)


def _file(connection: Connection) -> Iterator[Verification]:
    """Whether the file is whole; nothing of a server, which sees to that itself."""
    if not is_of_file(connection):
        return
    damaged = _("pages of the file are damaged, or facts speak of what is not there")
    whole = _("every page is whole, and no fact speaks of what is not there")
    holds = not faults(connection)
    yield Verification("file", whole if holds else damaged, holds=holds)


def _guards(connection: Connection) -> Iterator[Verification]:
    """What differs in the tables and rules of the file, where anything does."""
    schema = differences(connection)
    if schema.is_unsafe:
        text = _("tables and rules of the file are not as this program made them: {differences}")
        yield Verification("guards", text.format(differences=schema.words()), holds=False)
    elif words := schema.words():
        yield Verification("guards", words, holds=True, is_note=True)


def _chain(connection: Connection) -> Verification:
    if not shows_all(connection):
        text = _("not checked: you see a part of the ledger alone; its owner checks it with: ntmtrack verify")
        return Verification("chain", text, holds=True, is_note=True)
    broken = breaks(connection)
    last, digits = last_action(connection), last_hash(connection)[:_SHOWN]
    if not broken:
        text = _("the chain of all {count} actions holds; the last has the hash {hash}")
        return Verification("chain", text.format(count=number(last), hash=digits), holds=True)
    names = ", ".join(str(flaw.action) for flaw in broken)
    text = _("these actions are not as the program wrote them, or are missing: {actions}")
    return Verification("chain", text.format(actions=names), holds=False)


def _origin(connection: Connection, file: Path, stamp: Mapping[str, str]) -> list[Verification]:
    """Whether the report is as it was written, and of this ledger."""
    as_written = is_as_stamped(file)
    saved = _("nothing tells that the file was changed since it was written")
    edited = _("the file was changed since it was written")
    checks = [Verification("workbook", saved if as_written else edited, holds=True, is_note=not as_written)]
    action = _whole(stamp, "action")
    row = connection.execute("SELECT hash, at FROM action WHERE id = :id", {"id": action}).fetchone()
    if row and row[0] == stamp.get("hash"):
        text = _("it was made from this ledger, after action {action}")
        return [*checks, Verification("origin", text.format(action=number(action)), holds=True)]
    text = _("it was not made from this ledger, or the ledger’s history was changed: action {action} has another hash")
    return [*checks, Verification("origin", text.format(action=number(action)), holds=False)]


def _cells(session: Session, connection: Connection, file: Path, stamp: Mapping[str, str]) -> Verification:
    """Whether every cell says what the report said when it was written: it is made again and held against the file."""
    if not can_be_remade(stamp):
        text = _("cells were not looked at: it is a form, or of another version of the program")
        return Verification("cells", text, holds=True, is_note=True)
    _day(stamp, "as_of"), _day(stamp, "units_on"), _day(stamp, "today"), _day_if_any(stamp, "on_map")
    _read(stamp, "basis", Basis)
    try:
        cells = changed_cells(session, file, stamp, lambda then: _scope(then, stamp))
    except (NtmError, KeyError) as wrong:
        raise StampUnreadable(field="asked_for", value=stamp["asked_for"][:60]) from wrong
    if not cells:
        return Verification(
            "cells", _("every figure and text says what it said when the report was written"), holds=True
        )
    listed = [_differs(cell) for cell in cells[:_NAMED]]
    text = _("{count} places say something else than the report did: {cells}")
    return Verification("cells", text.format(count=number(len(cells)), cells="; ".join(listed)), holds=False)


def _differs(cell: Differing) -> str:
    """One cell that says something else, or a sheet too many or too few, in words."""
    if not cell.address:
        text = _("the sheet “{sheet}” is missing") if cell.says is None else _("the sheet “{sheet}” was added")
        return text.format(sheet=cell.sheet)
    text = _("{cell} says {says}, not {should}")
    return text.format(cell=cell.place, says=_shown(cell.says), should=_shown(cell.should))


def _shown(value: object) -> str:
    """What a cell says: texts in quotation marks, so that “116” is told from 116."""
    if value is None:
        return _("nothing")
    return f"“{value}”" if isinstance(value, str) else str(value)


def _figures(
    session: Session, connection: Connection, stamp: Mapping[str, str], *, is_own: bool
) -> tuple[list[Verification], list[MovedFigure]]:
    """Whether the facts behind the report, and its figures, are as they were; the figures that moved, and why.

    Only of a report that was made from this ledger can be told why, or be looked at as known then.
    """
    when = _day(stamp, "as_of")
    if stamp.get("as_known") and is_own:
        with open.reading_after(session.file, _whole(stamp, "action")) as then:
            checks, _none = _compared(session, then, stamp, when)
        text = _("it tells what the ledger knew at the end of {day}; beside it what the ledger knows now")
        note = Verification("known", text.format(day=day(_day(stamp, "as_known"))), holds=True, is_note=True)
        return [*checks, note], _compared(session, connection, stamp, when)[1]
    checks, moved = _compared(session, connection, stamp, when)
    if moved and is_own:
        done = sentences(changes_between(connection, _whole(stamp, "action"), last_action(connection)))
        checks += [Verification("why", line, holds=True, is_note=True) for line in done]
    return checks, moved


def _compared(
    session: Session, connection: Connection, stamp: Mapping[str, str], when: date
) -> tuple[list[Verification], list[MovedFigure]]:
    if version_of(connection, stamp["fingerprint"]):
        text = _("the ledger still tells just what the report rests on (fingerprint {fingerprint})")
        return [Verification("facts", text.format(fingerprint=stamp["fingerprint"]), holds=True)], []
    period = _read(stamp, "programme", programme)
    before = _stamped_figures(stamp, period)
    asked = ReportOptions(
        as_of=when,
        basis=_read(stamp, "basis", Basis),
        units_on=_day_if_any(stamp, "units_on"),
        on_map=_day_if_any(stamp, "on_map"),
    )
    try:
        scope = _scope(connection, stamp)
        seen_on = date.fromisoformat(stamp["today"]) if stamp.get("today") else session.today
        after = counted_totals(connection, resolve(connection, asked, max(seen_on, when), of=scope))
    except NtmError as refusal:
        return [Verification("facts", refusal.lines()[0], holds=False)], []
    moved = [
        MovedFigure(label(key, period), when, before.get(key), after.get(key))
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    ]
    options = _("as of {day}, {basis}").format(day=day(when), basis=basis_label(asked.basis))
    if moved:
        text = _("figures of the report have moved since ({options})")
        return [Verification("figures", text.format(options=options), holds=False)], moved
    text = _("the ledger has changed since, but every total of the report still holds ({options})")
    if names := uncounted_sheets(stamp.get("asked_for", "")):
        text = _(
            "the ledger has changed since; totals by level still hold ({options}), what else stands on {sheets} is not"
            " compared: export it again to see"
        )
    sheets = ", ".join(f"“{name}”" for name in names)
    return [Verification("figures", text.format(options=options, sheets=sheets), holds=True, is_note=True)], []


# What a stamp says of the figures, and nothing else: "commune/ntm=108 district/ntm=4".
_FIGURES = re.compile(r"(?:(?:commune|district)/(?:\d{4}-\d{4}/)?[a-z-]+=\d{1,6}(?: |$))*", re.ASCII)


def _stamped_figures(stamp: Mapping[str, str], programme: Programme) -> dict[str, int]:
    """The figures that the stamp tells, by their keys."""
    text = stamp.get("figures", "")
    pairs = [word.split("=") for word in text.split()] if _FIGURES.fullmatch(text) else []
    measures = [key.split("/", 1)[1] for key, _value in pairs]
    if not pairs or any(of != "units" and level_measured(programme, of) is None for of in measures):
        raise StampUnreadable(field="figures", value=text[:60])
    return {key: int(value) for key, value in pairs}


def _scope(connection: Connection, stamp: Mapping[str, str]) -> Unit | None:
    """The unit whose report it is; None for the whole ledger.

    Raises UnitTakenBack, NoUnits where the ledger never had it.
    """
    if not stamp.get("scope_id"):
        return None
    unit_id = _whole(stamp, "scope_id")
    if versions := units.versions(connection, unit_id):
        return versions[-1]
    if (by := units.taken_back_by(connection, unit_id)) is not None:
        raise UnitTakenBack(unit=stamp.get("scope", "?"), action=by)
    raise NoUnits(scope=stamp.get("scope", "?"))


def _whole(stamp: Mapping[str, str], field: str) -> int:
    return _read(stamp, field, _whole_number)


def _whole_number(text: str) -> int:
    if (whole := whole_number(text)) is None:
        raise ValueError(text)
    return whole


def _day(stamp: Mapping[str, str], field: str) -> date:
    return _read(stamp, field, date.fromisoformat)


def _day_if_any(stamp: Mapping[str, str], field: str) -> date | None:
    return _day(stamp, field) if stamp.get(field) else None


def _read(stamp: Mapping[str, str], field: str, reader: Callable[[str], Told]) -> Told:
    """What a field of the stamp tells; raises StampUnreadable."""
    text = stamp.get(field, "")
    try:
        return reader(text)
    except (ValueError, UnknownProgramme) as wrong:
        raise StampUnreadable(field=field, value=text[:60]) from wrong
