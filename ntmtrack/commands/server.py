"""`server`: the ledger in a database of a server made and brought up to date, and who may do what there."""

from ntmtrack.commands import Session
from ntmtrack.errors import NoSuchRole, OnlyOnServer, OwnsAll
from ntmtrack.i18n import _
from ntmtrack.reports import Report
from ntmtrack.reports.rights import ListedRight, right_word, rights_report
from ntmtrack.storage import administration
from ntmtrack.storage.address import ServerAddress
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.guards import differences
from ntmtrack.storage.open import reading
from ntmtrack.storage.queries.facts import last_titles
from ntmtrack.storage.queries.units import find_unit


def init(session: Session) -> None:
    """Makes the ledger, or mends it, and says what comes next.

    Raises OnlyOnServer, WrongOrder, MayNotMakeRoles, DatabaseNewer, and what connecting raises.
    """
    address = _address(session, "server init")
    before = administration.make(address)
    session.has_written = True
    if before and (left := _differences(address)):
        text = _(
            "Warning: in {file} something is still not as this program makes it: {differences}. Move the ledger to a"
            " new database: ntmtrack dump FILE, ntmtrack load FILE --db ADDRESS"
        )
        session.say(text.format(file=address, differences=left))
        return
    if before:
        session.say(
            _("The ledger in {file} is up to date: tables, rules and rights are in place.").format(file=address)
        )
        return
    session.say(_("Made the ledger in {file}, with nothing in it yet.").format(file=address))
    session.say(_("Next: ntmtrack init --province PROVINCE; who may work with it: ntmtrack server grant USER"))


def _differences(address: ServerAddress) -> str:
    """What making the ledger again did not mend, in words; "" for nothing."""
    with reading(address) as connection:
        return differences(connection).words()


def grant(session: Session, role: str, may: str, scope: str | None) -> None:
    """Gives a right and says so; a user that the server does not know is made.

    Raises OnlyOnServer, OwnsAll, RoleOfLedger, MayNotMakeRoles, NoRight, and what finding the unit raises.
    """
    address = _address(session, "server grant")
    if scope and may == "owner":
        raise OwnsAll
    unit_id, where = _scope(address, scope)
    is_new = administration.give(address, role, may, unit_id)
    session.has_written = True
    session.say(_("{role}: {right}, {scope}.").format(role=role, right=right_word(may).label, scope=where))
    if is_new:
        session.say(_("The user was made without a password; set one in psql: \\password {role}").format(role=role))


def revoke(session: Session, role: str, scope: str | None) -> None:
    """Takes a right away and says so.

    Raises OnlyOnServer, NoSuchRole, MayNotMakeRoles, NoRight, and what finding the unit raises.
    """
    address = _address(session, "server revoke")
    unit_id, where = _scope(address, scope)
    if not administration.take_away(address, role, unit_id):
        raise NoSuchRole(role=role, file=address)
    session.has_written = True
    session.say(_("{role} has no right any more: {scope}.").format(role=role, scope=where))


def list_rights(session: Session) -> Report:
    """Who may do what; raises OnlyOnServer, NoRight."""
    address = _address(session, "server rights")
    with reading(address) as connection:
        titles = last_titles(connection)
    return rights_report(
        [
            ListedRight(one.role, one.may, titles[one.scope_id] if one.scope_id else None)
            for one in administration.given_rights(address)
        ]
    )


def _scope(address: ServerAddress, typed: str | None) -> tuple[int | None, str]:
    """The unit that is meant, and how it is told; none for the whole ledger."""
    if typed is None:
        return None, _("the whole ledger")
    with reading(address) as connection:
        unit = find_unit(connection, typed, stands=lambda unit: unit.until is None)
        return unit.id, _titled(connection, unit.id)


def _titled(connection: Connection, unit_id: int) -> str:
    return last_titles(connection)[unit_id]


def _address(session: Session, command: str) -> ServerAddress:
    file = session.file
    if not isinstance(file, ServerAddress):
        raise OnlyOnServer(command=command, file=file)
    return file
