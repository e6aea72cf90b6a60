"""The column that tells each row's level, known by the names of levels that stand in it, however it is headed."""

from collections.abc import Collection, Iterator, Sequence

from ntmtrack.ingest.column_contents import Unused, texts_down_to_signatures
from ntmtrack.ingest.columns import BESIDE_LEVELS, NOT_REACHED, Field, FieldColumn, simple
from ntmtrack.ingest.denials import denies
from ntmtrack.ingest.headings import speaks_of_plans
from ntmtrack.ingest.levels import is_mark, levels_in, read_level, standard_level
from ntmtrack.programmes import every_level
from ntmtrack.spreadsheets import Sheet

# Words that head a column of levels and none of marks: “Đạt mức”, “Danh hiệu NTM”, “Loại xã NTM”, “Kết quả đạt”.
_OF_LEVELS = frozenset(("muc", "hieu", "loai", "hang", "ket"))
# What may stand beside them where the heading tells nothing by itself: “Loại xã”, “Kết quả xây dựng NTM”.
_ANYWHERE = (
    *("ten", "cac", "cap", "do", "xep", "phan", "hinh", "thuc", "thuoc", "bo", "tieu", "chi", "thanh", "tich"),
    *("noi", "dung", "xay", "hien", "danh", "gia", "trang", "thai", "ntm", "phuong", "dac", "khu", "cong", "nhan"),
)
_BESIDE = BESIDE_LEVELS | _OF_LEVELS | frozenset(_ANYWHERE)
_MAY_HOLD_THEM = (Field.MARK, Field.KIND, Field.ACT)


def with_level_column(
    sheet: Sheet, bottom: int, columns: list[FieldColumn], unused: Sequence[Unused], by_hand: Collection[int]
) -> list[FieldColumn]:
    """The columns, the only one in whose cells names of levels stand as that of the level, where none is headed so.

    What is told by hand stays as it is.
    """
    if any(column.field is Field.LEVEL for column in columns):
        return columns
    headed = [column for column in columns if column.field in _MAY_HOLD_THEM and column.number not in by_hand]
    one_of_levels = sum(column.field is Field.MARK and column.level is not None for column in columns) == 1
    found = [
        column
        for column in (*headed, *_wordless(unused))
        if (column.level is None or one_of_levels) and _holds_levels(sheet, bottom, column)
    ]
    if len(found) != 1:
        return columns
    others = [column for column in columns if column.number != found[0].number]
    return sorted([*others, found[0]._replace(field=Field.LEVEL, level=None, year=None)])


def _wordless(unused: Sequence[Unused]) -> Iterator[FieldColumn]:
    """The columns whose headings tell nothing by themselves and may stand over levels; none of plans."""
    for number, heading in unused:
        text = simple(heading)
        rest = levels_in(text)[1].split()
        if text and {*rest} <= _BESIDE and not speaks_of_plans(text):
            yield FieldColumn(number, Field.SKIP, None, heading)


def _holds_levels(sheet: Sheet, bottom: int, column: FieldColumn) -> bool:
    """Whether names of levels stand in a column: in most cells, beside no other mark; under a level, two of them.

    “NTM” alone also names the programme: a column headed so is of any level where its cells tell several.
    """
    if column.level not in (None, standard_level()):
        return False
    texts = [
        text
        for text in texts_down_to_signatures(sheet, bottom, column.number)
        if not (text in NOT_REACHED or simple(text) in NOT_REACHED or denies(text))
    ]
    named = [key for text in texts if (key := _level_of(text))]
    if len(named) * 2 <= len(texts) or any(is_mark(text) and not _level_of(text) for text in texts):
        return False
    is_of_levels = not _OF_LEVELS.isdisjoint(simple(column.heading).split())
    return column.level is None or is_of_levels or (len({*named}) > 1 and len(named) == len(texts))


def _level_of(text: str) -> str | None:
    """The level that a cell names, be it “Đạt chuẩn” alone."""
    key = standard_level() if simple(text) == "dat chuan" else read_level(text).key
    return key if key in every_level() else None
