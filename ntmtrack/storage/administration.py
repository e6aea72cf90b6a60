"""What the owner of a ledger on a server does there beside its facts: makes it, says who may do what."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import DBAPIError

from ntmtrack.errors import (
    LastOwner,
    MayNotMakeRoles,
    NoLedgerOnServer,
    NoRight,
    OwnRight,
    RoleOfLedger,
    WrongOrder,
)
from ntmtrack.i18n import N_, _
from ntmtrack.storage.address import ServerAddress
from ntmtrack.storage.connection import peeking, refusal_of, revision_of
from ntmtrack.storage.server import rights
from ntmtrack.storage.server.connection import connect
from ntmtrack.storage.server.rights import GivenRight
from ntmtrack.storage.server.schema import make_schema

if TYPE_CHECKING:
    from psycopg import Connection

_ORDER = """
    SELECT pg_encoding_to_char(encoding), CASE datlocprovider WHEN 'i' THEN 'ICU' WHEN 'b' THEN 'C' ELSE datcollate END
    FROM pg_database WHERE datname = current_database()
"""
_RIGHT_ORDERS = ("C", "POSIX", "C.UTF-8", "C.utf8")


def make(address: ServerAddress) -> bool:
    """Makes the ledger, or brings it up to date and mends what holds it, all or nothing; whether there was one.

    Raises WrongOrder, MayNotMakeRoles, DatabaseNewer, and what connecting raises.
    """
    before = _revision(address)
    engine = create_engine("postgresql+psycopg://", creator=lambda: _raw(address), poolclass=NullPool)
    try:
        with _permitted(address), engine.begin() as connection:
            _refuse_order(connection.connection.driver_connection, address)
            make_schema(connection)
    finally:
        engine.dispose()
    return before is not None


def _raw(address: ServerAddress) -> "Connection[Any]":
    raw = connect(address)
    raw.autocommit = False
    return raw


def _revision(address: ServerAddress) -> str | None:
    try:
        with peeking(address) as connection:
            return revision_of(connection, address)
    except NoLedgerOnServer:
        return None


def _refuse_order(raw: Any, address: ServerAddress) -> None:
    """Raises WrongOrder for a database whose texts are not kept and sorted as in a file."""
    found, is_right = order_of(raw)
    if not is_right:
        line = f"createdb --template template0 --locale C --encoding UTF8 {raw.info.dbname}"
        raise WrongOrder(file=address, found=found, line=line)


def order_of(raw: Any) -> tuple[str, bool]:
    """How a database keeps and sorts texts, and whether that is as in a file."""
    encoding, order = raw.execute(_ORDER).fetchone()
    return f"{encoding}, {order}", encoding == "UTF8" and order in _RIGHT_ORDERS


def give(address: ServerAddress, role: str, may: str, scope_id: int | None) -> bool:
    """Gives a right; whether the user was made for it.

    Raises RoleOfLedger, LastOwner, OwnRight, MayNotMakeRoles, NoRight.
    """
    if role.startswith(("ntmtrack_", "pg_")) or role in ("public", "none") or not role:
        raise RoleOfLedger(role=role)
    with _owning(address) as raw:
        if may != "owner":
            _refuse_leaving(raw, address, role)
        return rights.give(raw, GivenRight(role, may, scope_id))


def take_away(address: ServerAddress, role: str, scope_id: int | None) -> int:
    """Takes rights away; how many. Raises LastOwner, OwnRight, MayNotMakeRoles, NoRight."""
    with _owning(address) as raw:
        if scope_id is None:
            _refuse_leaving(raw, address, role)
        return rights.take_away(raw, role, scope_id)


def _refuse_leaving(raw: Any, address: ServerAddress, role: str) -> None:
    """Raises LastOwner, OwnRight where an owner would be one no more who must stay one."""
    owners = [one.role for one in rights.given_rights(raw) if one.may == "owner"]
    if owners == [role]:
        raise LastOwner(role=role, file=address)
    if role in owners and role == raw.info.user:
        raise OwnRight(role=role)


def given_rights(address: ServerAddress) -> list[GivenRight]:
    """What every user may do; raises NoRight."""
    with _owning(address) as raw:
        return rights.given_rights(raw)


@contextmanager
def _owning(address: ServerAddress) -> Iterator["Connection[Any]"]:
    """A transaction of an owner of the ledger; raises NoRight for anybody else, MayNotMakeRoles."""
    with peeking(address) as connection:
        revision_of(connection, address)
        if connection.execute("SELECT is_owner()").fetchone()[0] != 1:
            raise NoRight(file=address, reason=_("only an owner of the ledger says who may do what"))
    with _permitted(address), _raw(address) as raw:
        yield raw


@contextmanager
def _permitted(address: ServerAddress) -> Iterator[None]:
    """Turns what the server says into refusals; raises MayNotMakeRoles where a right of the server is missing."""
    try:
        yield
    except (DBAPIError, psycopg.Error) as wrong:
        said = wrong.orig if isinstance(wrong, DBAPIError) else wrong
        if isinstance(said, InsufficientPrivilege):
            raise MayNotMakeRoles(file=address, reason=_denied(said.diag.message_primary or "")) from wrong
        raise refusal_of(said or wrong, address) from wrong


def _denied(said: str) -> str:
    """What a server denies, in words."""
    return next((_(text) for word, text in _DENIED.items() if word in said), said)


_MADE_BY_OWNER = N_("a ledger is made and mended there by the owner of the database alone")
_DENIED = {
    "role": N_("users and groups are made there by whoever has the right CREATEROLE"),
    **dict.fromkeys(("database", "schema", "owner of"), _MADE_BY_OWNER),
}
