"""A ledger from a file to a server and back, by way of its dump: nothing of it is believed on either side."""

from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from ntmtrack.errors import SchemaOlder
from ntmtrack.storage.address import Place, ServerAddress
from ntmtrack.storage.connection import HEAD, opened, peeking, revision_of
from ntmtrack.storage.dump import ENDING, Header, dump
from ntmtrack.storage.inspect import says_it_is_a_ledger
from ntmtrack.storage.load import load
from ntmtrack.storage.open import reading


def load_on_server(source: Path, address: ServerAddress, *, keep: bool) -> Header:
    """Fills the empty ledger at an address from a dump or a ledger file, or only checks that it could be filled.

    By way of a file, in which all that is told of a wrong dump is found. Raises SchemaOlder, LedgerNotEmpty, and what
    `load` raises of the source.
    """
    with peeking(address) as there:
        if (revision := revision_of(there, address)) != HEAD:
            raise SchemaOlder(file=address, revision=revision)
        content = import_module("ntmtrack.storage.server.content")
        content.refuse_filled(there, address)
    with TemporaryDirectory(prefix="ntmtrack-") as folder:
        if says_it_is_a_ledger(source):
            source = _dump_of(source, Path(folder))
        header = load(source, made := Path(folder) / "ledger.db", keep=True)
        with opened(made) as connection:
            content.fill(address, connection, keep=keep)
    return header


def _dump_of(ledger: Place, folder: Path) -> Path:
    """Everything that a ledger holds, as text in a folder; raises what reading and dumping it raise."""
    text = folder / f"ledger{ENDING}"
    with reading(ledger) as connection:
        dump(connection, ledger, text)
    return text


def copy_from_server(address: ServerAddress, copy: Path) -> Header:
    """A ledger on a server as a new file, checked like any that is loaded.

    Raises FileExists, DumpChanged where not everything is seen or the chain does not hold.
    """
    with TemporaryDirectory(prefix="ntmtrack-") as folder:
        return load(_dump_of(address, Path(folder)), copy, keep=True)
