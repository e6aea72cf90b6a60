"""Columns that tell the same, or stand apart: of two tables side by side, or one too many; that is not guessed."""

from collections.abc import Collection

from ntmtrack.errors import ColumnsApart, HeadingTwice, SideBySide
from ntmtrack.i18n import _
from ntmtrack.sheets.cells import Sheet, address
from ntmtrack.sheets.fields import Column, Field
from ntmtrack.sheets.heads import Head
from ntmtrack.sheets.map_options import map_option


def refuse_doubtful(file: str, place: str, sheet: Sheet, head: Head) -> None:
    """Raises HeadingTwice, SideBySide, ColumnsApart, each with the options that settle it."""
    _refuse_repeated(file, place, sheet, head)
    _refuse_apart(file, sheet, head)


def _refuse_apart(file: str, sheet: Sheet, head: Head) -> None:
    """Columns beyond a blank one may sum up the table, or belong to it: that is not guessed."""
    if head.apart:
        raise ColumnsApart(
            file=file,
            columns=", ".join(f"“{one.heading}” ({_cell(sheet, head, one.number)})" for one in head.apart),
            read=" ".join(map_option(one.number, _word_of(one)) for one in head.apart),
            skip=" ".join(map_option(one.number, Field.SKIP.value) for one in head.apart),
        )


def _word_of(column: Column) -> str:
    """What --map calls what a column tells: year, nang-cao, nang-cao.year."""
    if column.level and column.field is Field.MARK:
        return column.level
    return f"{column.level}.{column.field.value}" if column.level else column.field.value


def _refuse_repeated(file: str, place: str, sheet: Sheet, head: Head) -> None:
    """Two columns that tell the same: of two tables side by side, or one too many."""
    if not head.repeated:
        return
    one, other = head.repeated[0]
    first, second = (_skips(head, at) for at in (0, 1))
    either = _("{one}, or {other}").format(one=second, other=first) if len(first) <= len(second) else second
    if len([pair for pair in head.repeated if pair[0].field in (Field.UNIT, Field.CODE, Field.YEAR)]) > 1:
        raise SideBySide(place=place, row=head.bottom + 1, left=second, right=first)
    raise HeadingTwice(
        file=file,
        field=one.field.label,
        first=f"“{one.heading}” ({_cell(sheet, head, one.number)})",
        second=f"“{other.heading}” ({_cell(sheet, head, other.number)})",
        skips=either,
    )


def _skips(head: Head, which: int) -> str:
    """The options that leave out one column of each pair that tells the same, with what stands beside it alone."""
    headed = {column.number for column in head.columns} | {place for place, _text in head.unused}
    left_out: set[int] = set()
    for pair in head.repeated:
        block = _block(headed, pair[which].number)
        left_out |= {pair[which].number} if pair[1 - which].number in block else block
    read = [one for one in head.columns if one.number in left_out and one.field not in (Field.SKIP, Field.NUMBERING)]
    return " ".join(map_option(one.number, Field.SKIP.value) for one in read)


def _block(headed: Collection[int], column: int) -> set[int]:
    """The columns side by side with one, up to one without a heading."""
    first = last = column
    while first - 1 in headed:
        first -= 1
    while last + 1 in headed:
        last += 1
    return {*range(first, last + 1)}


def _cell(sheet: Sheet, head: Head, column: int) -> str:
    return address(sheet.name, head.bottom, column)
