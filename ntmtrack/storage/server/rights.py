"""The roles of a ledger on a server and what they may do: given and taken back, listed."""

from typing import NamedTuple

from psycopg import sql

from ntmtrack.storage.server.connection import Raw

READER, WRITER, OWNER = "ntmtrack_reader", "ntmtrack_writer", "ntmtrack_owner"


class GivenRight(NamedTuple):
    """What a role may do, in a unit and what belongs to it; without one in the whole ledger."""

    role: str
    may: str
    scope_id: int | None = None


def give(raw: Raw, right: GivenRight) -> bool:
    """Lets a role do something; a role has one right, in one or several units. Whether the role was made for it."""
    is_new = not exists(raw, right.role)
    role = sql.Identifier(right.role)
    if is_new:
        raw.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
    if right.may == "owner":
        take_away(raw, right.role)
        raw.execute(sql.SQL("GRANT {} TO {} WITH ADMIN OPTION").format(sql.Identifier(OWNER), role))
        return is_new
    _leave_owners(raw, right.role)
    raw.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(READER if right.may == "reader" else WRITER), role))
    raw.execute(
        "DELETE FROM ntmtrack_rights.given WHERE role = %(role)s AND"
        " (%(scope)s::bigint IS NULL OR scope_id IS NULL OR scope_id = %(scope)s)",
        {"role": right.role, "scope": right.scope_id},
    )
    raw.execute("UPDATE ntmtrack_rights.given SET may = %s WHERE role = %s", (right.may, right.role))
    raw.execute("INSERT INTO ntmtrack_rights.given VALUES (%s, %s, %s)", (right.role, right.scope_id, right.may))
    return is_new


def take_away(raw: Raw, role: str, scope_id: int | None = None) -> int:
    """Takes away what a role may do, in one unit or altogether; how many rights those were.

    What the groups of the server let it do stays: without a right of this ledger it is nothing.
    """
    taken = raw.execute(
        "DELETE FROM ntmtrack_rights.given WHERE role = %(role)s"
        " AND (%(scope)s::bigint IS NULL OR scope_id = %(scope)s)",
        {"role": role, "scope": scope_id},
    ).rowcount
    return taken + (0 if scope_id is not None else _leave_owners(raw, role))


def _leave_owners(raw: Raw, role: str) -> int:
    if not exists(raw, role) or not is_member(raw, role, OWNER):
        return 0
    raw.execute(sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(OWNER), sql.Identifier(role)))
    return 1


def given_rights(raw: Raw) -> list[GivenRight]:
    """What every role may do, owners first."""
    owners = raw.execute(
        "SELECT m.rolname FROM pg_auth_members AS a JOIN pg_roles AS m ON m.oid = a.member"
        " WHERE a.roleid = %s::regrole ORDER BY 1",
        (OWNER,),
    ).fetchall()
    given = raw.execute("SELECT role, may, scope_id FROM ntmtrack_rights.given ORDER BY role, scope_id").fetchall()
    return [*(GivenRight(role, "owner") for (role,) in owners), *(GivenRight(*row) for row in given)]


def exists(raw: Raw, role: str) -> bool:
    """Whether the server knows a role."""
    return raw.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone() is not None


def is_member(raw: Raw, member: str, of: str) -> bool:
    """Whether a role was given another one: a superuser counts as a member only where he was."""
    row = raw.execute(
        "SELECT 1 FROM pg_auth_members WHERE member = %s::regrole AND roleid = %s::regrole",
        (_quoted(member), _quoted(of)),
    ).fetchone()
    return row is not None


def _quoted(role: str) -> str:
    return '"' + role.replace('"', '""') + '"'
