"""What a server says, as refusals for an officer."""

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
    NtmError,
    ServerFull,
    ServerUnreachable,
)
from ntmtrack.i18n import N_, _
from ntmtrack.storage.address import ServerAddress
from ntmtrack.storage.connection import ONLY_READ, OTHER_TABLES

TURN_SECONDS = 60  # that a writer waits for those before it
# What libpq says when it cannot connect: it tells no codes, and words of its own in English alone.
_NOT_LET_IN = {
    "password authentication failed": N_("the password is wrong"),
    "no password supplied": N_("there is no password for it in .pgpass"),
    "pg_hba.conf": N_("it lets nobody in from this computer in this way (encrypted or not)"),
    "SSL": N_("the connection cannot be encrypted as it must be"),
    'role "': N_("there is no such user"),
    'database "': N_("there is no such database"),
}
_NOT_REACHED = {
    "Connection refused": N_("nothing answers there"),
    "timeout": N_("it does not answer"),
    "could not translate host name": N_("there is no computer of that name"),
    "Name or service not known": N_("there is no computer of that name"),
    "No such file or directory": N_("nothing answers there"),
    "starting up": N_("it is starting"),
    "not yet accepting": N_("it is starting"),
    "in recovery mode": N_("it is starting"),
    "server closed the connection": N_("it broke the connection off"),
    "Connection reset": N_("it broke the connection off"),
    "terminating connection": N_("it broke the connection off"),
    "shutting down": N_("it is shutting down"),
}
_FULL = {
    "too many clients": N_("too many are working with it at once"),
    "too many connections": N_("too many are working with it at once"),
    "remaining connection slots": N_("too many are working with it at once"),
}
_BAD_ADDRESS = ('missing "="', "invalid", "definition of service", "service file")


def unreachable(wrong: psycopg.OperationalError, address: ServerAddress) -> NtmError:
    """Why no connection came about."""
    said = str(wrong)
    for refusal, reasons in ((ServerFull, _FULL), (ServerUnreachable, _NOT_REACHED), (LoginRefused, _NOT_LET_IN)):
        for words, why in reasons.items():
            if words in said:
                return refusal(file=address, reason=_(why))
    last = said.strip().splitlines()[-1] if said.strip() else ""
    if any(words in said for words in _BAD_ADDRESS):
        return BadAddress(file=address, reason=last)
    return ServerUnreachable(file=address, reason=last)


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
    "ntmtrack: decision": N_("it rests on a decision that is not within what is yours"),
    "ntmtrack: proposed": N_("you may only propose"),
    "ntmtrack: own action": N_("an action is written by this program alone, and in your own name"),
    "ntmtrack: sealed": N_("an action is ended by this program alone"),
    "row-level security": N_("you may only read"),
    "permission denied": N_("you may only read"),
}
