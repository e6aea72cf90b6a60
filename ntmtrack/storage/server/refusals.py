"""What a server says, as refusals for an officer."""

import os
import re
from pathlib import Path

import psycopg
from psycopg import errors

from ntmtrack.errors import (
    BadAddress,
    ConnectionLost,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseNotWritable,
    LoginRefused,
    NoRight,
    NoSuchDatabase,
    NoSuchService,
    NotSafe,
    NtmError,
    ServerFull,
    ServerUnreachable,
)
from ntmtrack.i18n import N_, _
from ntmtrack.storage.address import ServerAddress
from ntmtrack.storage.connection import ONLY_READ, OTHER_TABLES

TURN_SECONDS = 60  # that a writer waits for those before it
_NONE_SUPPLIED = "fe_sendauth: no password supplied"
_OPEN_TO_OTHERS = N_("others can read the file .pgpass, which therefore does not count: chmod 600 ~/.pgpass")
# What libpq says when it cannot connect: it tells no codes. The first that is in it counts.
_SAID: tuple[tuple[str, type[NtmError], str], ...] = (
    ("too many clients", ServerFull, N_("too many are working with it at once")),
    ("too many connections", ServerFull, N_("too many are working with it at once")),
    ("remaining connection slots", ServerFull, N_("too many are working with it at once")),
    ("Connection refused", ServerUnreachable, N_("nothing answers there")),
    ("timeout", ServerUnreachable, N_("it does not answer")),
    ("could not translate host name", ServerUnreachable, N_("there is no computer of that name")),
    ("Name or service not known", ServerUnreachable, N_("there is no computer of that name")),
    ("starting up", ServerUnreachable, N_("it is starting")),
    ("not yet accepting", ServerUnreachable, N_("it is starting")),
    ("in recovery mode", ServerUnreachable, N_("it is starting")),
    ("shutting down", ServerUnreachable, N_("it is shutting down")),
    ("server closed the connection", ServerUnreachable, N_("it broke the connection off")),
    ("Connection reset", ServerUnreachable, N_("it broke the connection off")),
    ("terminating connection", ServerUnreachable, N_("it broke the connection off")),
    ("password authentication failed", LoginRefused, N_("the password is wrong")),
    (_NONE_SUPPLIED, LoginRefused, N_("there is no password for it in .pgpass")),
    ("pg_hba.conf", NotSafe, N_("it lets nobody in from this computer in this way (encrypted or not)")),
    ("does not match host name", NotSafe, N_("its certificate is of another computer name")),
    ("certificate verify failed", NotSafe, N_("its certificate is not signed by whom this computer trusts")),
    ("root certificate file", NotSafe, N_("the certificate to check it by (sslrootcert) is missing on this computer")),
    ("sslrootcert", NotSafe, N_("the certificate to check it by (sslrootcert) is missing on this computer")),
    ("SSL", NotSafe, N_("the connection cannot be encrypted as it must be")),
    ('role "', LoginRefused, N_("there is no such user")),
    ('database "', NoSuchDatabase, ""),
    ("definition of service", NoSuchService, ""),
    ("service file", NoSuchService, ""),
    ("No such file or directory", ServerUnreachable, N_("nothing answers there")),
)
_QUOTED = re.compile('"([^"]+)"')
_BAD_ADDRESS = ('missing "="', "invalid")


def unreachable(wrong: psycopg.OperationalError, address: ServerAddress) -> NtmError:
    """Why no connection came about."""
    said = str(wrong)
    for words, refusal, why in _SAID:
        if words in said:
            why = _OPEN_TO_OTHERS if words == _NONE_SUPPLIED and _others_read_passwords() else why
            return refusal(file=address, service=address.name, reason=_(why) if why else "")
    last = said.strip().splitlines()[-1] if said.strip() else ""
    if any(words in said for words in _BAD_ADDRESS):
        part = _QUOTED.search(last)
        return BadAddress(file=address, reason=_("“{part}” cannot stand there").format(part=part[1] if part else last))
    return ServerUnreachable(file=address, reason=_("it says “{words}”").format(words=last))


def _others_read_passwords() -> bool:
    """Whether libpq leaves the file of passwords alone; it tells so in words of its own."""
    file = Path(os.environ.get("PGPASSFILE") or "~/.pgpass").expanduser()
    try:
        return os.name != "nt" and bool(file.stat().st_mode & 0o077)
    except OSError:
        return False


def refusal_of(wrong: psycopg.Error, address: ServerAddress) -> NtmError:
    """What an error of a statement means for the ledger at an address."""
    said = wrong.diag.message_primary or str(wrong)
    if isinstance(wrong, errors.InsufficientPrivilege):
        return NoRight(file=address, reason=_right_of(wrong))
    if isinstance(wrong, errors.LockNotAvailable | errors.DeadlockDetected | errors.SerializationFailure):
        return DatabaseBusy(file=address, seconds=TURN_SECONDS)
    if isinstance(wrong, errors.DiskFull):
        return ServerFull(file=address, reason=_("the disk is full"))
    if isinstance(wrong, errors.OutOfMemory | errors.TooManyConnections | errors.ConfigurationLimitExceeded):
        return ServerFull(file=address, reason=said)
    if isinstance(wrong, errors.ReadOnlySqlTransaction):
        return DatabaseNotWritable(file=address, reason=_(ONLY_READ))
    if isinstance(wrong, errors.UndefinedTable | errors.UndefinedColumn | errors.InvalidSchemaName):
        return DatabaseDamaged(file=address, reason=_(OTHER_TABLES))
    if isinstance(wrong, errors.AdminShutdown | errors.CrashShutdown | errors.CannotConnectNow):
        return ConnectionLost(file=address, reason=_("the server was stopped"))
    if isinstance(wrong, psycopg.OperationalError | psycopg.InterfaceError) and not wrong.sqlstate:
        return ConnectionLost(file=address, reason=_("the server does not answer any more"))
    return DatabaseDamaged(file=address, reason=said)


def is_ours(wrong: BaseException | None) -> bool:
    """Whether an error is the fault of a statement, not of the server or of a right."""
    if isinstance(wrong, psycopg.IntegrityError | psycopg.DataError):
        return True
    return isinstance(wrong, psycopg.ProgrammingError) and not isinstance(wrong, _NO_FAULTS)


_NO_FAULTS = (
    errors.InsufficientPrivilege,
    errors.UndefinedTable,
    errors.UndefinedColumn,
    errors.InvalidSchemaName,
)


def _right_of(wrong: psycopg.Error) -> str:
    """Which right is missing: to units of others, or to something in general."""
    said = wrong.diag.message_primary or ""
    text = next((text for word, text in _NO_RIGHT.items() if word in said), None)
    return _(text) if text else said


# What `rights.sql` and `write_rules` say.
_NO_RIGHT = {
    "ntmtrack: units": N_("it is not only about units within what is yours"),
    "ntmtrack: whole": N_("it is about the whole ledger, and takes a right to all of it"),
    "ntmtrack: decision": N_("it rests on a decision that is not within what is yours"),
    "ntmtrack: proposed": N_("you may only propose"),
    "ntmtrack: own action": N_("an action is written by this program alone, and in your own name"),
    "ntmtrack: sealed": N_("an action is ended by this program alone"),
    "row-level security": N_("you may only read"),
    "permission denied": N_("you may only read"),
}
