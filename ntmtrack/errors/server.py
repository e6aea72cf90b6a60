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
    hint = N_("Nothing was written. Who may do what is given by the owner of the ledger: ntmtrack server grant")


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


class NotOnServer(NtmError):
    exit_code = 2
    said = N_("“{command}” is for a ledger in a file; {file} is on a server.")
    hint = N_(
        "Nothing was done. As a file it is had so: ntmtrack dump so.jsonl, then ntmtrack load so.jsonl --db so.db"
    )
