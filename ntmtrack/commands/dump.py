"""`dump`, `load`: the whole ledger as text, and back."""

from pathlib import Path

from ntmtrack import paths
from ntmtrack.commands import Session
from ntmtrack.errors import PartOfLedger
from ntmtrack.i18n import _, number
from ntmtrack.storage.address import Place
from ntmtrack.storage.chain import breaks, shows_all
from ntmtrack.storage.dump import Header, names_kept
from ntmtrack.storage.dump import dump as write


def dump(session: Session, target: Path, *, for_sharing: bool = False) -> None:
    """Writes the ledger as text and says how much; warns where it was changed by another program.

    With `for_sharing` without names of persons, of which it says how many were left out; without it, that they are in.

    Raises NoDatabase, PartOfLedger, DumpIsOneFile, CannotDump, and what `replacing` raises.
    """
    with session.reading() as connection:
        if not shows_all(connection):
            raise PartOfLedger(file=session.file)
        header = write(connection, session.file, target, for_sharing=for_sharing)
        broken, named = breaks(connection), names_kept(connection)
    session.say(_("Wrote {path}: {content}.").format(path=target, content=_content(header)))
    if named:
        text = _("Names of persons in it: {count}. Without them, to hand it over: ntmtrack dump {path} --for-sharing")
        if for_sharing:
            text = _("Names of persons that were left out: {count}.")
        session.say(text.format(count=number(named), path=target))
    if broken:
        text = _("Warning: the chain of hashes does not hold at action {action}: this text cannot be loaded again.")
        session.say(text.format(action=number(broken[0].action)))


def load(session: Session, source: Path, *, dry_run: bool) -> None:
    """Makes a new ledger from such a text and says so; see `storage.load` and `storage.transfer` for what is raised."""
    header = _make(source, session.file, keep=not dry_run)
    if dry_run:
        text = _("Nothing was written (--dry-run). {source} is whole: {content}.")
        session.say(text.format(source=source, content=_content(header)))
        return
    text = _("Made a new ledger from {source}: {file} ({content}).")
    session.say(text.format(source=source, file=session.file, content=_content(header)))
    if paths.on_shared_folder(session.file):
        session.say(_("Warning: it lies in a synchronised or network folder, where a ledger can be damaged."))


def _make(source: Path, place: Place, *, keep: bool) -> Header:
    if isinstance(place, Path):
        from ntmtrack.storage.load import load as make

        return make(source, place, keep=keep)
    from ntmtrack.storage.transfer import load_on_server

    return load_on_server(source, place, keep=keep)


def _content(header: Header) -> str:
    return _("{actions} actions, {facts} rows of facts").format(
        actions=number(header.actions), facts=number(header.facts)
    )
