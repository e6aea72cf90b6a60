"""The copy of a table in which its faults are marked, to go back to who sent it."""

from pathlib import Path

from ntmtrack.commands import Session
from ntmtrack.errors import FileBusy, unwritable
from ntmtrack.i18n import N_, _
from ntmtrack.ingest.options import ImportOptions
from ntmtrack.ingest.plan import FoundTables, ImportPlan

FAULTS = N_("With faults")  # the folder of marked copies, within that of returns


def keep_copy(session: Session, options: ImportOptions, found_tables: FoundTables, plan: ImportPlan) -> str:
    """Writes the marked copy; what to say of it, "" where none was wanted."""
    path = found_tables.book.source.path
    if options.no_copy or (options.copy is None and (path is None or options.dry_run)):
        return ""
    from ntmtrack.ingest.mark_errors import free_name, is_too_large, write_marked_copy
    from ntmtrack.spreadsheets.fault_column import MarkedTable

    if is_too_large(found_tables.book):
        return _("The file is too large for a marked copy. ")
    sheets = [MarkedTable(table.sheet, table.head.top, table.head.bottom) for table in found_tables.tables]
    try:
        target = options.copy or free_name(_kept_apart(options, path or Path()), options.sheets)
        lost = write_marked_copy(found_tables.book, sheets, [*plan.faults, *plan.left_out], target)
    except FileBusy as refused:
        if options.copy:
            raise
        session.say(_("No marked copy: {why}").format(why=refused.lines()[0]))
        return ""
    text = _("Marked copy to send back: {file}{lost}. ")
    return text.format(file=target, lost=f" ({lost})" if lost else "")


def _kept_apart(options: ImportOptions, path: Path) -> Path:
    """Where a marked copy goes: beside the file, of a folder's files into a folder of their own; raises FileBusy."""
    if not options.folder:
        return path
    own = options.folder / _(FAULTS)
    try:
        own.mkdir(exist_ok=True)
    except OSError as wrong:
        raise unwritable(own, wrong) from wrong
    return own / path.name
