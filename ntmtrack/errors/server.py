"""Refusals of a ledger on a server."""

from ntmtrack.errors.base import NtmError
from ntmtrack.i18n import N_


class PasswordInAddress(NtmError):
    exit_code = 2
    said = N_("The address {address} was given with a password, which others can read on this computer.")
    hint = N_("Change that password, keep the new one in the file .pgpass, and give the address without it.")


class NoServerDriver(NtmError):
    exit_code = 6
    said = N_("To work with the ledger at {file}, the part of the program for servers is missing on this computer.")
    hint = N_("Install it: pip install 'ntmtrack[server]'")


class BadAddress(NtmError):
    exit_code = 2
    said = N_("“{file}” is not an address of a ledger on a server: {reason}")
    hint = N_("Write it like this: postgresql://USER@COMPUTER/DATABASE, or service=NAME.")


class ServerUnreachable(NtmError):
    exit_code = 6
    said = N_("The server of {file} cannot be reached: {reason}")
    hint = N_("Nothing was written. Check the network and the address, or ask who looks after the server.")


class LoginRefused(NtmError):
    exit_code = 6
    said = N_("The server of {file} lets nobody in who signs in so: {reason}")
    hint = N_("Nothing was written. Check the user name, and the password in .pgpass, or ask its administrator.")


class NotSafe(NtmError):
    exit_code = 6
    said = N_("No safe connection to the server of {file}: {reason}")
    hint = N_("Nothing was written. Ask its administrator; do not switch encryption or the check of certificates off.")


class NoSuchDatabase(NtmError):
    exit_code = 6
    said = N_("The server of {file} has no database of that name.")
    hint = N_("Nothing was written. Check the name after the last “/” of the address, or ask its administrator.")


class NoSuchService(NtmError):
    exit_code = 2
    said = N_("This computer knows no server by the name “{service}”.")
    hint = N_("Names of servers stand in the file .pg_service.conf, each with its address: see ntmtrack help may-chu")


class ServerFull(NtmError):
    exit_code = 6
    said = N_("The server of {file} has no room left: {reason}")
    hint = N_("Nothing was written. Try again later, or tell who looks after the server.")


class ConnectionLost(NtmError):
    exit_code = 6
    said = N_("The connection to {file} broke: {reason}")
    hint = N_("Nothing was written. Run the command again.")


class EndUnknown(NtmError):
    exit_code = 6
    said = N_("The connection to {file} broke while action {action} was being finished.")
    hint = N_("Look whether it was kept before you write it again: ntmtrack history")


class NoRight(NtmError):
    exit_code = 6
    said = N_("This may not be done in the ledger at {file}: {reason}")
    hint = N_("Nothing was written. Ask the owner of the ledger for the right (ntmtrack server grant).")


class PartOfLedger(NtmError):
    exit_code = 6
    said = N_("Of the ledger at {file} you see a part alone, which does not make a whole text.")
    hint = N_("Nothing was written. Who sees all of it writes it, or gives you the right: ntmtrack server grant")


class SeveralScopes(NtmError):
    said = N_("Whose figures are asked for is not told: you see what is about {units} alone, and no more of the whole.")
    hint = N_("Name one of them: --scope UNIT")


class NotSeenWhole(NtmError):
    exit_code = 6
    said = N_("Of {unit} you see a part alone, which makes no figures of the whole.")
    hint = N_("Ask for what is yours: {units}. Who is to see more is given it by the owner: ntmtrack server grant")


class TakenUnseen(NtmError):
    said = N_(
        "In the ledger at {file} something of what you give, as a code, is taken by what lies outside what you see."
    )
    hint = N_("Nothing was written. Check what you gave, or ask the owner of the ledger.")


class ActionNotSeen(NtmError):
    said = N_("No action {action} is among what you see: it is about other units, or is not there.")
    hint = N_("See what was done with: ntmtrack history")


class LastOwner(NtmError):
    said = N_("{role} is the only owner of the ledger at {file}: without one nobody could give rights any more.")
    hint = N_("Nothing was done. Make somebody else an owner first: ntmtrack server grant USER --as owner")


class OwnRight(NtmError):
    said = N_("{role} is who signed in: nobody takes or changes his own right as an owner.")
    hint = N_("Nothing was done. Let another owner do it.")


class NoRightThere(NtmError):
    said = N_("{role} has no right given of {unit} itself, only this: {rights}")
    hint = N_("Nothing was done. Take away what is meant, or all: ntmtrack server revoke USER")


class MayNotMakeRoles(NtmError):
    exit_code = 6
    said = N_("Who signs in so may not make what is needed in {file}: {reason}")
    hint = N_(
        "Nothing was done. Let an administrator of the server do it, or give you the rights CREATEROLE and CREATE."
    )


class WrongOrder(NtmError):
    exit_code = 6
    said = N_("The database {file} sorts and keeps texts as {found}; a ledger needs UTF8 and C, as in a file.")
    hint = N_("Nothing was done. Make one that is right: {line}")


class NoSuchRole(NtmError):
    said = N_("{role} has no right to the ledger at {file}.")
    hint = N_("Nothing was done. Who has which: ntmtrack server rights")


class RoleOfLedger(NtmError):
    said = N_("“{role}” is no user of the server: it is a group, or kept for the server itself.")
    hint = N_("Nothing was done. Give the name under which the officer signs in.")


class OnlyOnServer(NtmError):
    exit_code = 2
    said = N_("“{command}” is for a ledger on a server; {file} is a file.")
    hint = N_("Nothing was done. Say which server: --db postgresql://USER@COMPUTER/DATABASE")


class OwnsAll(NtmError):
    exit_code = 2
    said = N_("An owner has the whole ledger: --scope cannot be said with --as owner.")
    hint = N_("Nothing was done. Leave out one of the two.")


class NoLedgerOnServer(NtmError):
    said = N_("There is no ledger yet in {file}.")
    hint = N_("Its owner makes it: ntmtrack server init --db ADDRESS")


class SchemaOlder(NtmError):
    exit_code = 4
    said = N_("The ledger in {file} is of an earlier schema ({revision}).")
    hint = N_("Nothing was written. Its owner brings it up to date: ntmtrack server init --db ADDRESS")


class LedgerNotEmpty(NtmError):
    said = N_("The ledger in {file} holds actions until number {action}: only an empty one can be loaded.")
    hint = N_("Nothing was written. Use a new database, or take the other ledger in: ntmtrack join OTHER.db")


class NotRestoredOnServer(NtmError):
    exit_code = 2
    said = N_("“restore” is for a ledger in a file; {file} is on a server.")
    hint = N_(
        "Nothing was done. Put the copy into a new database, which its administrator makes: ntmtrack server init, then"
        " ntmtrack load COPY.db"
    )


class NotOnServer(NtmError):
    exit_code = 2
    said = N_("“{command}” is for a ledger in a file; {file} is on a server.")
    hint = N_(
        "Nothing was done. As a file it is had so: ntmtrack dump so.jsonl, then ntmtrack load so.jsonl --db so.db"
    )
