"""`server`: the ledger in a database of a server made and brought up to date, and who may do what there."""

from ntmtrack.commands import Session
from ntmtrack.errors import NoRightThere, NoSuchRole, OnlyOnServer, OwnsAll
from ntmtrack.i18n import _
from ntmtrack.model import Tier
from ntmtrack.reports import Report
from ntmtrack.reports.rights import ListedRight, right_word, rights_report
from ntmtrack.storage import administration
from ntmtrack.storage.address import ServerAddress
from ntmtrack.storage.guards import differences
from ntmtrack.storage.open import reading
from ntmtrack.storage.queries.facts import last_titles
from ntmtrack.storage.queries.units import every_unit, find_unit


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
    text = _(
        "Next: ntmtrack init --province PROVINCE, or from a file: ntmtrack load so.db --db {file}; who may work with"
        " it: ntmtrack server grant USER"
    )
    session.say(text.format(file=address))


def _differences(address: ServerAddress) -> str:
    """What making the ledger again did not mend, in words; "" for nothing."""
    with reading(address) as connection:
        return differences(connection).words()


def grant(session: Session, role: str, may: str, scope: str | None) -> None:
    """Gives a right and says all that the user has now, and had; a user that the server does not know is made.

    Raises OnlyOnServer, OwnsAll, RoleOfLedger, LastOwner, OwnRight, MayNotMakeRoles, NoRight, and what finding the unit
    raises.
    """
    address = _address(session, "server grant")
    if scope and may == "owner":
        raise OwnsAll
    unit_id, is_all = _scope(address, scope)
    before = _told(address, role)
    is_new = administration.give(address, role, may, unit_id)
    session.has_written = True
    _say_rights(session, address, role, before)
    if is_all:
        text = _(
            "Note: {scope} is all that the ledger holds; plans and criteria of the ledger are written, and years"
            " closed, by whoever was given a right without --scope."
        )
        session.say(text.format(scope=_titles(address)[unit_id or 0]))
    if is_new:
        name = role if role.isidentifier() and role == role.lower() else '"' + role.replace('"', '""') + '"'
        session.say(_("The user was made without a password; set one in psql: \\password {role}").format(role=name))


def _say_rights(session: Session, address: ServerAddress, role: str, before: str) -> None:
    """All that a user has now, and had before where it was something else."""
    now = _told(address, role)
    text = _("{role}: {rights}") if now else _("{role} has no right any more.")
    session.say(text.format(role=role, rights=now))
    if before and before != now:
        session.say(_("Before: {rights}").format(rights=before))


def _told(address: ServerAddress, role: str) -> str:
    """All that a user may do, in words; "" for nothing."""
    own = [one for one in administration.given_rights(address) if one.role == role]
    if not own:
        return ""
    titles = _titles(address)
    where = [titles[one.scope_id] if one.scope_id else _("the whole ledger") for one in own]
    return _("{right}, {scope}.").format(right=right_word(own[0].may).label, scope="; ".join(where))


def revoke(session: Session, role: str, scope: str | None) -> None:
    """Takes a right away and says what is left.

    Raises OnlyOnServer, NoSuchRole, NoRightThere, LastOwner, OwnRight, MayNotMakeRoles, NoRight, and what finding the
    unit raises.
    """
    address = _address(session, "server revoke")
    unit_id, _is_all = _scope(address, scope)
    before = _told(address, role)
    if not before:
        raise NoSuchRole(role=role, file=address)
    if not administration.take_away(address, role, unit_id):
        raise NoRightThere(role=role, unit=_titles(address)[unit_id or 0], rights=before)
    session.has_written = True
    _say_rights(session, address, role, before)


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


def _scope(address: ServerAddress, typed: str | None) -> tuple[int | None, bool]:
    """The unit that is meant, none for the whole ledger; whether a unit is all that there is."""
    if typed is None:
        return None, False
    with reading(address) as connection:
        unit = find_unit(connection, typed, stands=lambda unit: unit.until is None)
        return unit.id, [one.id for one in every_unit(connection, tier=Tier.PROVINCE)] == [unit.id]


def _titles(address: ServerAddress) -> dict[int, str]:
    with reading(address) as connection:
        return last_titles(connection)


def _address(session: Session, command: str) -> ServerAddress:
    file = session.file
    if not isinstance(file, ServerAddress):
        raise OnlyOnServer(command=command, file=file)
    return file
