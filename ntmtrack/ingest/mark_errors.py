"""A copy of the sender's own file with its faults marked: cells in colour with remarks, and a column “Lỗi”.

openpyxl keeps the look of cells, widths, merges and print set-up; pictures, shapes and macros are not copied.
"""

import csv
import io
import os
import warnings
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from ntmtrack.excel import LAST_COLUMN, for_csv
from ntmtrack.file_names import safe_name
from ntmtrack.files import replacing
from ntmtrack.i18n import _
from ntmtrack.ingest import Problem
from ntmtrack.ingest.columns import simple
from ntmtrack.spreadsheets import Book, Form
from ntmtrack.spreadsheets.fault_column import HEADING, MarkedTable, put_column
from ntmtrack.spreadsheets.open import delimiter_of
from ntmtrack.spreadsheets.source import LARGEST_MARKED, MOST_COLUMNS
from ntmtrack.spreadsheets.xlsx import DAMAGE
from ntmtrack.spreadsheets.xlsx_parts import OWN_AUTHOR, OWN_PART, without_own
from ntmtrack.spreadsheets.xlsx_style import put, save
from ntmtrack.written_files import is_ours

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_SUFFIX = "lỗi"
_COLOUR = "FFFFC7CE"


def free_name(file: Path, sheets: Sequence[str] = ()) -> Path:
    """A name beside `file` for its marked copy, as "danh sách (lỗi).xlsx", "danh sách (lỗi 2).xlsx".

    Of some sheets alone their names stand in it, "danh sách, NTM (lỗi).xlsx": each keeps its own marks.

    The first that no file has, or an earlier copy that nobody has touched: copies do not pile up.
    """
    ending = ".csv" if file.suffix.lower() in (".csv", ".tsv", ".txt") else ".xlsx"
    named = ", ".join([file.stem, *sheets])
    number = 1
    while True:
        suffix = _SUFFIX if number == 1 else f"{_SUFFIX} {number}"
        copy = file.with_name(safe_name(named, f" ({suffix}){ending}"))
        if not os.path.lexists(copy) or is_ours(copy):
            return copy
        number += 1


def is_too_large(book: Book) -> bool:
    """Whether a marked copy would take more memory than it is worth: all sheets of a workbook are held for it."""
    if book.form is not Form.XLSX:
        return False
    with ZipFile(io.BytesIO(book.source.data)) as archive:
        sizes = [part.file_size for part in archive.infolist() if part.filename.startswith("xl/worksheets/")]
    return sum(sizes) > LARGEST_MARKED


def write_marked_copy(book: Book, sheets: Sequence[MarkedTable], problems: Sequence[Problem], target: Path) -> str:
    """Writes the marked copy, whole or not at all; gives in words what of the sender's file it lacks, "" for nothing.

    What somebody left out without its being wrong is told beside its row, and not marked.

    Raises FileBusy.
    """
    if target.suffix.lower() == ".csv":
        _annotate_text(book, sheets[0], problems, target)
        return ""
    own_workbook = _as_sent(book)
    workbook = own_workbook or _values_of(book)
    for marked in sheets:
        of_sheet = [problem for problem in problems if problem.ref.sheet == marked.sheet.name]
        _mark(workbook[marked.sheet.name or workbook.sheetnames[0]], marked, of_sheet)
    save(workbook, target)
    if own_workbook:
        return _not_copied(book)
    return "" if book.form is Form.TEXT else _("of the old or damaged form only the values are copied, not the look")


def _fault_text(problem: Problem) -> str:
    """The fault and what to do, as sentences."""
    sentences = (text.rstrip(".") for text in (problem.rule, problem.fix) if text)
    return " ".join(f"{text[:1].upper()}{text[1:]}{'' if text.endswith('?') else '.'}" for text in sentences)


def _by_row(problems: Sequence[Problem]) -> Mapping[int, str]:
    """What is wrong in each row, in one text."""
    rows: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        rows[problem.ref.row].append(f"{problem.ref.address.rpartition('!')[2]}: {_fault_text(problem)}")
    return {row: "\n".join(dict.fromkeys(texts)) for row, texts in rows.items()}


def _column_of_faults(marked: MarkedTable) -> int:
    """Where the faults are told: in the column of an earlier marked copy, else right of the table."""
    for row in marked.sheet.rows[marked.top : marked.bottom + 1]:
        for column, cell in enumerate(row):
            if simple(cell.text) == simple(HEADING):
                return column
    widths = [len(row) for row in marked.sheet.rows[marked.top :]]
    merged = [block.right + 1 for block in marked.sheet.merged if block.bottom >= marked.top]
    return min(max([*widths, *merged], default=0), LAST_COLUMN)


# Text ----------------------------------------------------------------------------------------------------------


def _annotate_text(book: Book, marked: MarkedTable, problems: Sequence[Problem], target: Path) -> None:
    column = _column_of_faults(marked)
    faults = {marked.top: HEADING, **_by_row(problems)}
    out = io.StringIO()
    delimiter = delimiter_of(book.source.data.decode("utf-8", errors="replace"))
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for number, row in enumerate(marked.sheet.rows):
        cells = [cell.text for cell in row[:column]]
        cells += [""] * (column - len(cells)) + [faults.get(number, "")]
        writer.writerow([for_csv(text) for text in cells])
    with replacing(target) as draft:
        draft.write_text(out.getvalue(), encoding="utf-8-sig", newline="")


# Excel ---------------------------------------------------------------------------------------------------------


def _as_sent(book: Book) -> "Workbook | None":
    """The sender's workbook with its look; None where it is an old .xls or .ods, or its look is damaged."""
    from openpyxl import load_workbook

    if book.form is not Form.XLSX:
        return None
    with warnings.catch_warnings(), suppress(*DAMAGE):
        warnings.simplefilter("ignore")
        return load_workbook(io.BytesIO(book.source.data))
    return None


def _values_of(book: Book) -> "Workbook":
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.worksheets[0])
    for name in book.names:
        sheet = made.create_sheet(name or "CSV")
        for row, cells in enumerate(book.read(name).rows, 1):
            for column, cell in enumerate(cells, 1):
                if not cell.is_blank:
                    put(sheet.cell(row, column), cell.value)
    return made


def _mark(sheet: "Worksheet", marked: MarkedTable, problems: Sequence[Problem]) -> None:
    from openpyxl.styles import PatternFill

    _unmark(sheet)
    colour = PatternFill("solid", start_color=_COLOUR, end_color=_COLOUR)
    first = _first_cells(sheet, {problem.ref.row + 1 for problem in problems})
    for problem in problems:
        if problem.ref.column is not None and not problem.is_agreed:
            place = (problem.ref.row + 1, problem.ref.column + 1)
            cell: Any = sheet.cell(*first.get(place, place))
            cell.fill = colour
            _remark(cell, _fault_text(problem))
    put_column(sheet, marked, _column_of_faults(marked) + 1, _by_row(problems))


def _unmark(sheet: Any) -> None:
    """Takes away what an earlier marked copy left."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    for cell in list(sheet._cells.values()):  # iter_rows() would make every cell up to the last
        if getattr(cell, "comment", None) is not None and cell.comment.author == OWN_AUTHOR:
            written = without_own(OWN_AUTHOR, cell.comment.text)
            cell.comment = Comment(written, "") if written else None
            cell.fill = PatternFill()


def _first_cells(sheet: "Worksheet", rows: set[int]) -> dict[tuple[int, int], tuple[int, int]]:
    """Of merged cells in these rows, the first cell, which shows what stands in them."""
    return {
        (row, column): (block.min_row, block.min_col)
        for block in sheet.merged_cells.ranges
        for row in range(block.min_row, block.max_row + 1)
        if row in rows
        for column in range(block.min_col, min(block.max_col, MOST_COLUMNS) + 1)
    }


def _remark(cell: Any, text: str) -> None:
    from openpyxl.comments import Comment

    before = cell.comment
    joined = "" if before is None else f"{before.text}\n" if before.author == OWN_AUTHOR else f"{before.text}{OWN_PART}"
    cell.comment = Comment(f"{joined}{text}", OWN_AUTHOR, height=120, width=320)


def _not_copied(book: Book) -> str:
    """What of the sender's workbook openpyxl does not copy, in words; "" where nothing."""
    names = book.source.data
    lost = [
        word
        for mark, word in (
            (b"xl/media/", _("pictures")),
            (b"xl/vbaProject", _("macros")),
            (b"xl/drawings/drawing", _("shapes")),
        )
        if mark in names
    ]
    return _("not copied: {things}").format(things=", ".join(lost)) if lost else ""
