"""A ledger on a server, for `doctor`: whether it is reached, what it runs on, what holds it, what one may do there."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import cast

from ntmtrack.errors import NtmError
from ntmtrack.i18n import _, local_time, ngettext, number
from ntmtrack.reports.doctor import Diagnosis, Verdict, diagnose
from ntmtrack.reports.rights import right_word
from ntmtrack.storage.address import ServerAddress
from ntmtrack.storage.administration import order_of
from ntmtrack.storage.chain import breaks, shows_all
from ntmtrack.storage.connection import HEAD, peeking, revision_of
from ntmtrack.storage.guards import differences
from ntmtrack.storage.server.connection import ServerConnection

_CLOCK_MAY_DIFFER = timedelta(hours=1)
_MOST_SHOWN = 5


def server_checkup(address: ServerAddress, now: datetime, *, with_paths: bool) -> Iterator[Diagnosis]:
    """The checks of the server and the ledger there; without `with_paths` neither names the computer nor a user."""
    shown = str(address) if with_paths else _("the server that was named (address hidden; shown with --paths)")
    try:
        with peeking(address) as opened:
            connection = cast("ServerConnection", opened)
            yield Diagnosis("server", shown, Verdict.OK)
            yield from _of_database(connection)
            yield from _of_ledger(connection, address, now)
    except NtmError as refusal:
        yield Diagnosis("server", refusal.lines()[0].replace(str(address), shown), Verdict.PROBLEM)


def _of_database(connection: ServerConnection) -> Iterator[Diagnosis]:
    row = connection.execute("SELECT current_setting('server_version'), inet_server_addr() <<= '127.0.0.0/8'")
    version, is_near = row.fetchone()
    yield Diagnosis("postgresql", str(version))
    found, is_right = order_of(connection.raw)
    text = _("{found}: a ledger needs UTF8 and C").format(found=found)
    yield diagnose("order", "" if is_right else text, found)
    bare = not connection.raw.pgconn.ssl_in_use and is_near is not None and not is_near
    text = _("no: add sslmode=verify-full to the address")
    open_but_near = _("yes") if connection.raw.pgconn.ssl_in_use else _("no; it is this computer")
    yield diagnose("encrypted", text if bare else "", open_but_near, Verdict.WARNING)


def _of_ledger(connection: ServerConnection, address: ServerAddress, now: datetime) -> Iterator[Diagnosis]:
    revision = revision_of(connection, address)
    state = _("{revision}; the program’s is {head}").format(revision=revision, head=HEAD)
    if revision != HEAD:
        text = _("its owner brings it up to date: ntmtrack server init --db ADDRESS")
        yield Diagnosis("schema", f"{state} · {text}", Verdict.PROBLEM)
        return
    yield Diagnosis("schema", state, Verdict.OK)
    yield _right(connection)
    schema = differences(connection)
    text = _("{differences} · its owner mends it: ntmtrack server init --db ADDRESS")
    fault = text.format(differences=schema.words()) if schema.words() else ""
    weight = Verdict.PROBLEM if schema.is_unsafe else Verdict.WARNING
    yield diagnose("rules", fault, _("as this program made them"), weight)
    yield _chain(connection)
    yield from _clock(connection, now)


def _right(connection: ServerConnection) -> Diagnosis:
    (right,) = connection.execute("SELECT my_right()").fetchone()
    if right is None:
        return Diagnosis(
            "right", _("none; ask the owner of the ledger for it (ntmtrack server grant)"), Verdict.PROBLEM
        )
    scopes = len(connection.execute("SELECT my_scopes()").fetchall())
    where = ngettext("of {count} unit and what belongs to it", "of {count} units and what belongs to them", scopes)
    whole = _("the whole ledger")
    return Diagnosis("right", f"{right_word(right).label}, {where.format(count=number(scopes)) if scopes else whole}")


def _chain(connection: ServerConnection) -> Diagnosis:
    if not shows_all(connection):
        return Diagnosis("chain", _("not checked: a part of the ledger alone is seen"))
    broken = [flaw.action for flaw in breaks(connection)]
    shown = ", ".join(map(str, broken[:_MOST_SHOWN])) + (" …" if len(broken) > _MOST_SHOWN else "")
    text = _("does not hold at action {actions}: changed by another program, or left out").format(actions=shown)
    (actions,) = connection.execute("SELECT count(*) FROM action").fetchone()
    return diagnose("chain", text if broken else "", _("holds, {count} actions").format(count=number(actions)))


def _clock(connection: ServerConnection, now: datetime) -> Iterator[Diagnosis]:
    """Whether this computer's clock and the server's tell the same."""
    (there,) = connection.execute("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS')").fetchone()
    apart = abs(datetime.fromisoformat(f"{there}+00:00") - now)
    times = {"now": local_time(now.isoformat()), "there": local_time(f"{there}+00:00")}
    text = _("the clock says {now}, that of the server {there}: set the wrong one right").format(**times)
    fault = text if apart > _CLOCK_MAY_DIFFER else ""
    yield diagnose("clock_there", fault, _("{now}, as the server’s").format(**times), Verdict.WARNING)
