"""`dump`, `load`: the whole ledger as text, and back."""

from pathlib import Path

from ntmtrack import paths
from ntmtrack.i18n import _, number
from ntmtrack.office.invocation import Invocation
from ntmtrack.storage.chain import breaks
from ntmtrack.storage.dump import Header


def dump(call: Invocation, target: Path) -> None:
    """Writes the ledger as text and says how much; warns where it was changed by another program.

    Raises NoDatabase, DumpIsOneFile, CannotDump, and what `replacing` raises.
    """
    from ntmtrack.storage.dump import dump as write

    with call.reading() as connection:
        header = write(connection, call.file, target)
        broken = breaks(connection)
    call.say(_("Wrote {path}: {content}.").format(path=target, content=_content(header)))
    if broken:
        text = _("Warning: the chain of hashes does not hold at action {action}: this text cannot be loaded again.")
        call.say(text.format(action=number(broken[0].action)))


def load(call: Invocation, source: Path, *, dry_run: bool) -> None:
    """Makes a new ledger from such a text and says so; see `storage.load.load` for what it raises."""
    from ntmtrack.storage.load import load as make

    header = make(source, call.file, keep=not dry_run)
    if dry_run:
        text = _("Nothing was written (--dry-run). {source} is whole: {content}.")
        call.say(text.format(source=source, content=_content(header)))
        return
    text = _("Made a new ledger from {source}: {file} ({content}).")
    call.say(text.format(source=source, file=call.file, content=_content(header)))
    if paths.on_shared_folder(call.file):
        call.say(_("Warning: it lies in a synchronised or network folder, where a ledger can be damaged."))


def _content(header: Header) -> str:
    return _("{actions} actions, {facts} rows of facts").format(
        actions=number(header.actions), facts=number(header.facts)
    )
