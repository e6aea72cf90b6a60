"""What became of units, as the rows of an office’s table tell it, in the rows’ own words."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.columns import Field, simple
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.read_units import CellText, whole_day
from ntmtrack.ingest.row_reader import ColumnReader, RowReader, readable_rows
from ntmtrack.ingest.values import ValueMismatch, clean_text
from ntmtrack.spreadsheets import Cell
from ntmtrack.units.rearrangement import Extent

# “một phần xã X”, “phần còn lại của xã X”, “toàn bộ xã X”: how much of a unit, before its name.
_PART = re.compile(r"(?:một phần|phần còn lại|phần)(?: diện tích| dân số| của|,|và| tự nhiên)*\s+", re.IGNORECASE)
_WHOLE = re.compile(r"(?:toàn bộ|nguyên trạng)(?: diện tích| dân số| của|,|và| tự nhiên)*\s+", re.IGNORECASE)
_AND = re.compile(r"\s*[;\n]\s*|\s*,\s*|\s+và\s+(?=(?:một phần|phần|toàn bộ|xã|phường|thị trấn|[A-ZĐ]))")


class ChangeDraft(NamedTuple):
    """One old unit that goes, whole or in part, into a new one; `listed` where a cell names several old units."""

    old: CellText
    old_code: CellText | None
    places: tuple[str, ...]
    extent: Extent
    new: CellText | None
    new_code: CellText | None
    new_kind: CellText | None
    new_parent: CellText | None
    day: CellText | None
    resolution: str | None
    is_listed: bool = False


def read_change_drafts(table: OfficeTable) -> tuple[list[ChangeDraft], list[Problem]]:
    """Every change that the table lists, and what cannot be read; a cell with several old units is not yet parted."""
    drafts: list[ChangeDraft] = []
    problems: list[Problem] = []
    for row in readable_rows(table, problems):
        cells = RowReader(table, row, _READERS)
        texts = {field: CellText(value, cells.refs[field]) for field in _READERS if (value := cells.value(field))}
        problems += cells.problems
        if cells.problems:
            continue
        old = texts.get(Field.OLD_UNIT) or texts.get(Field.OLD_CODE)
        if old is None:
            ref = CellRef(table.sheet.name, row.number)
            problems.append(
                Problem(
                    ProblemKind.UNIT, ref, _("the row names no old unit"), _("write the old unit, or clear the row")
                )
            )
            continue
        told = texts.get(Field.EXTENT)
        places = tuple(texts[field].value for field in (Field.DISTRICT, Field.PROVINCE) if field in texts)
        resolution = texts.get(Field.RESOLUTION)
        drafts.append(
            ChangeDraft(
                old,
                texts.get(Field.OLD_CODE),
                places,
                "part" if told and told.value == "part" else "whole",
                texts.get(Field.NEW_UNIT),
                texts.get(Field.NEW_CODE),
                texts.get(Field.NEW_KIND),
                texts.get(Field.NEW_PARENT),
                texts.get(Field.SINCE),
                resolution.value if resolution else None,
            )
        )
    return drafts, problems


def parted(draft: ChangeDraft) -> Iterator[ChangeDraft]:
    """The old units that one cell names, each with how much of it goes: "xã A, xã B và một phần xã C"."""
    for text in _AND.split(draft.old.value):
        if text.strip():
            yield with_extent(draft._replace(old=CellText(text.strip(), draft.old.ref), is_listed=True))


def with_extent(draft: ChangeDraft) -> ChangeDraft:
    """The draft with what stands before the name of the old unit taken for how much of it goes."""
    text = draft.old.value
    if part := _PART.match(text):
        return draft._replace(old=CellText(text[part.end() :], draft.old.ref), extent="part")
    if whole := _WHOLE.match(text):
        return draft._replace(old=CellText(text[whole.end() :], draft.old.ref))
    return draft


def _extent(cell: Cell) -> str:
    """“whole” or “part”; raises ValueMismatch where a cell tells neither."""
    text = simple(clean_text(cell))
    if re.search(r"\b(mot phan|phan con lai|part)\b", text):
        return "part"
    if re.search(r"\b(toan bo|nguyen trang|giu nguyen|whole|tron)\b", text):
        return "whole"
    raise ValueMismatch(_("“{text}” tells neither “toàn bộ” nor “một phần”").format(text=clean_text(cell)))


_NAME = ColumnReader(ProblemKind.UNIT, clean_text)
_READERS: Mapping[Field, ColumnReader] = {
    Field.OLD_UNIT: _NAME,
    Field.OLD_CODE: _NAME,
    Field.DISTRICT: _NAME,
    Field.PROVINCE: _NAME,
    Field.NEW_UNIT: _NAME,
    Field.NEW_CODE: _NAME,
    Field.NEW_KIND: _NAME,
    Field.NEW_PARENT: _NAME,
    Field.EXTENT: ColumnReader(ProblemKind.VALUE, _extent),
    Field.SINCE: ColumnReader(ProblemKind.DAY, whole_day),
    Field.RESOLUTION: ColumnReader(ProblemKind.VALUE, clean_text),
}
