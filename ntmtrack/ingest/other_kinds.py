"""Tables of kinds that are read only where somebody says so: told before their rows pass for units or recognitions."""

from collections.abc import Iterator, Sequence

from ntmtrack.errors import AnotherKind
from ntmtrack.i18n import _
from ntmtrack.ingest.columns import MARKED, TELLING, Field, FieldColumn, TableKind
from ntmtrack.ingest.head import Head, HeaderSearch
from ntmtrack.ingest.header import find_heads
from ntmtrack.ingest.header_rows import filled_columns
from ntmtrack.ingest.options import ImportOptions
from ntmtrack.ingest.register_headings import (
    speaks_of_a_register,
    speaks_of_registering,
    speaks_of_rewarding,
    title_of_awards,
)
from ntmtrack.spreadsheets import Sheet
from ntmtrack.text import few

_NEVER_TRIED = (TableKind.VALUES, TableKind.GROUPS, TableKind.REGISTRATIONS, TableKind.ENTRIES, TableKind.AWARDS)
_SURELY = (Field.LEVEL, Field.MARK, Field.DECISION)  # a year is of registrations too
_OF_ENTRIES = (*TELLING[TableKind.ENTRIES], Field.GIVER)
_MISTAKEN = (None, TableKind.UNITS, TableKind.RECOGNITIONS)


def refuse_other_kind(file: str, taken_for: TableKind | None, sheets: Sequence[Sheet], options: ImportOptions) -> None:
    """Refuses values or groups that would be read as units, or as recognitions by what was given for all rows.

    Raises AnotherKind. A table that tells of recognitions in columns of its own may have such columns beside.
    """
    is_said = options.what is not None and not options.is_assumed
    if is_said or taken_for not in _MISTAKEN:
        return
    for sheet in sheets:
        for kind in _NEVER_TRIED:
            columns = [*_telling(sheet, kind, options)]
            if columns and not _tells_recognitions(sheet, columns, options, kind):
                told = _("; if these are {what}: --what {word}")
                otherwise = told.format(what=taken_for.label, word=taken_for.value) if taken_for else ""
                headings = few([f"“{column.heading}”" for column in columns])
                raise AnotherKind(file=file, what=kind.label, columns=headings, word=kind.value, otherwise=otherwise)


def _tells_recognitions(sheet: Sheet, others: Sequence[FieldColumn], options: ImportOptions, kind: TableKind) -> bool:
    """Whether recognitions are told by the table itself, and not only in columns that tell something else.

    Decisions and levels of a list of awards are those of the awards.
    """
    if kind is TableKind.AWARDS:
        return False
    own = _SURELY if kind in (TableKind.REGISTRATIONS, TableKind.ENTRIES) else TELLING[TableKind.RECOGNITIONS]
    aside = {column.number for column in others}
    for head in find_heads(sheet, HeaderSearch(TableKind.RECOGNITIONS, options.mapped)):
        telling = {column.number for column in head.columns if column.field in own}
        if telling - aside or not (telling or kind is TableKind.ENTRIES):
            return True
    return False


def _telling(sheet: Sheet, kind: TableKind, options: ImportOptions) -> Iterator[FieldColumn]:
    """The columns of a sheet that tell values or groups and nothing else."""
    for head in find_heads(sheet, HeaderSearch(kind, options.mapped)):
        fields = {column.field for column in head.columns}
        for column in head.columns:
            is_measure = column.field is Field.VALUE and (column.level is not None or Field.INDICATOR in fields)
            is_of_product = column.field in (Field.PRODUCT, Field.STARS) and {Field.PRODUCT, Field.STARS} <= fields
            if kind is TableKind.AWARDS:
                says_so = speaks_of_rewarding(column.heading) or _is_titled_so(sheet, head)
                is_told = column.field in TELLING[kind] and says_so
            elif kind is TableKind.ENTRIES:
                is_gift = Field.GIVER in fields or (Field.PARTY in fields and fields & {Field.TARGET, Field.VALUE})
                is_told = bool(is_gift) and column.field in _OF_ENTRIES and speaks_of_a_register(column.heading)
            elif kind is TableKind.REGISTRATIONS:
                is_told = column.field in TELLING[kind] and speaks_of_registering(column.heading)
            else:
                is_told = (is_measure or is_of_product) if kind is TableKind.VALUES else column.field in MARKED
            if is_told:
                yield column


def _is_titled_so(sheet: Sheet, head: Head) -> bool:
    """Whether a title above a table says that somebody was rewarded."""
    above = (sheet.at(row, column) for row in range(head.top) for column in filled_columns(sheet, row))
    return any(title_of_awards(cell.text) for cell in above)
