"""`verify`: the ledger is as the program wrote it; a report still says what the ledger says."""

import sqlite3
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ntmtrack.errors import NtmError, StampUnreadable
from ntmtrack.i18n import _, day, number
from ntmtrack.model import Basis
from ntmtrack.office.changes import between, sentences
from ntmtrack.office.invocation import Invocation
from ntmtrack.office.totals import label, totals
from ntmtrack.office.viewpoint import Asked, take
from ntmtrack.programmes import programme
from ntmtrack.reports.change_tables import Moved
from ntmtrack.reports.values import Report
from ntmtrack.reports.verdicts import Verdict, verdicts
from ntmtrack.reports.words import basis_label
from ntmtrack.sheets.stamps import is_ours, read_stamp
from ntmtrack.storage import known
from ntmtrack.storage.chain import breaks
from ntmtrack.storage.files import reading
from ntmtrack.storage.queries.fingerprint import fingerprint
from ntmtrack.storage.queries.ledger import last_action, last_hash

_SHOWN = 16  # of the 64 digits of a hash: nobody compares more by eye


def verify(call: Invocation, file: Path | None) -> tuple[Report, bool]:
    """What holds of the ledger and of a report, and whether all of it does.

    Raises NotAReport, StampUnreadable, and what reading the workbook raises.
    """
    stamp = read_stamp(file) if file else None
    with call.reading() as connection:
        found = [_chain(connection)]
        moved: list[Moved] = []
        if file and stamp:
            found += _origin(connection, file, stamp)
            told, moved = _figures(call, connection, stamp)
            found += told
    return verdicts(found, moved, file.name if file else None), all(one.holds for one in found)


def _chain(connection: sqlite3.Connection) -> Verdict:
    broken = breaks(connection)
    last, digits = last_action(connection), last_hash(connection)[:_SHOWN]
    if not broken:
        text = _("the chain of all {count} actions holds; the last has the hash {hash}")
        return Verdict("chain", text.format(count=number(last), hash=digits), holds=True)
    names = ", ".join(str(one.action) for one in broken)
    text = _("these actions are not as the program wrote them, or are missing: {actions}")
    return Verdict("chain", text.format(actions=names), holds=False)


def _origin(connection: sqlite3.Connection, file: Path, stamp: Mapping[str, str]) -> list[Verdict]:
    """Whether the report is as it was written, and of this ledger."""
    as_written = is_ours(file)
    saved = _("nobody has saved the workbook since it was written")
    edited = _("the workbook was saved since it was written: its cells may say something else than its stamp")
    found = [Verdict("workbook", saved if as_written else edited, holds=True, is_note=not as_written)]
    action = _whole(stamp, "action")
    row = connection.execute("SELECT hash, at FROM action WHERE id = :id", {"id": action}).fetchone()
    if row and row[0] == stamp.get("hash"):
        text = _("it was made from this ledger, after action {action}")
        return [*found, Verdict("origin", text.format(action=number(action)), holds=True)]
    text = _("it was not made from this ledger, or the ledger’s history was changed: action {action} has another hash")
    return [*found, Verdict("origin", text.format(action=number(action)), holds=False)]


def _figures(
    call: Invocation, connection: sqlite3.Connection, stamp: Mapping[str, str]
) -> tuple[list[Verdict], list[Moved]]:
    """Whether the facts behind the report, and its figures, are as they were; the figures that moved, and why."""
    when = _day(stamp, "as_of")
    if stamp.get("as_known"):
        with reading(call.file, lambda opened: known.look_back(opened, _whole(stamp, "action"))) as then:
            return _compared(call, then, stamp, when)
    told, moved = _compared(call, connection, stamp, when)
    if moved:
        done = sentences(between(connection, _whole(stamp, "action"), last_action(connection)))
        told += [Verdict("why", line, holds=True, is_note=True) for line in done]
    return told, moved


def _compared(
    call: Invocation, connection: sqlite3.Connection, stamp: Mapping[str, str], when: date
) -> tuple[list[Verdict], list[Moved]]:
    if fingerprint(connection) == stamp["fingerprint"]:
        text = _("the ledger still tells just what the report rests on (fingerprint {fingerprint})")
        return [Verdict("facts", text.format(fingerprint=stamp["fingerprint"]), holds=True)], []
    before = _stamped_figures(stamp)
    asked = Asked(None, when, Basis(stamp.get("basis", "year")), stamp.get("scope_code") or None)
    try:
        after = totals(connection, take(connection, asked, max(call.today, when)))
    except NtmError as refusal:
        return [Verdict("facts", refusal.lines()[0], holds=False)], []
    own = programme(stamp.get("programme", "2021-2025"))
    moved = [
        Moved(label(key, own), when, before.get(key), after.get(key))
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    ]
    options = _("as of {day}, {basis}").format(day=day(when), basis=basis_label(asked.basis))
    if moved:
        text = _("figures of the report have moved since ({options})")
        return [Verdict("figures", text.format(options=options), holds=False)], moved
    text = _("the ledger has changed since, but every total of the report still holds ({options})")
    return [Verdict("figures", text.format(options=options), holds=True, is_note=True)], []


def _stamped_figures(stamp: Mapping[str, str]) -> dict[str, int]:
    pairs = (word.split("=") for word in stamp.get("figures", "").split())
    try:
        return {key: int(value) for key, value in pairs}
    except ValueError as wrong:
        raise StampUnreadable(field="figures", value=stamp["figures"][:60]) from wrong


def _whole(stamp: Mapping[str, str], field: str) -> int:
    text = stamp.get(field, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise StampUnreadable(field=field, value=text[:60])
    return int(text)


def _day(stamp: Mapping[str, str], field: str) -> date:
    try:
        return date.fromisoformat(stamp.get(field, ""))
    except ValueError as wrong:
        raise StampUnreadable(field=field, value=stamp.get(field, "")[:60]) from wrong
