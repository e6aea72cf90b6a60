"""The texts over each column of a table's headings, merged ones over every column that they cover."""

from collections.abc import Collection, Iterator

from ntmtrack.sheets.cells import Block, Sheet, letters_of
from ntmtrack.sheets.headings import is_column
from ntmtrack.text import clean


def heading_texts(sheet: Sheet, top: int, bottom: int, mapped: Collection[str]) -> Iterator[tuple[int, list[str]]]:
    """Each column with its headings from the top downwards; one without any where it is mapped by its letters."""
    width = max((len(sheet.rows[row]) for row in range(top, bottom + 1)), default=0)
    width = max([width, *(block.right + 1 for block in sheet.merged if top <= block.top <= bottom)])
    widest = max(map(len, sheet.rows))
    width = widest if any(map(is_column, mapped)) else min(width, widest)
    above = ""
    for column in range(width):
        texts = [_text(sheet, row, column) for row in range(top, bottom + 1)]
        has_below = any(texts[1:])
        if texts[0]:
            above = "" if _is_merged(sheet, top, column) else texts[0]
        elif has_below and bottom > top:
            texts[0] = above  # a heading over several columns, not merged
        parts = list(dict.fromkeys(text for text in texts if text))
        if parts or letters_of(column) in mapped:
            yield column, parts or [""]


def _text(sheet: Sheet, row: int, column: int) -> str:
    block = across(sheet, row, column)
    value = sheet.at(block.top, block.left).value if block else sheet.at(row, column).value
    return clean(str(value)) if value is not None else ""


def across(sheet: Sheet, row: int, column: int) -> Block | None:
    """The cells merged sideways that a cell belongs to."""
    for block in sheet.merged:
        if block.top <= row <= block.bottom and block.left <= column <= block.right and block.left < block.right:
            return block
    return None


def _is_merged(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a heading says by its merged cells how far it reaches."""
    return any(b.top <= row <= b.bottom and b.left <= column <= b.right for b in sheet.merged)


def merged_into(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a cell only continues one that begins above it."""
    return any(b.top < row <= b.bottom and b.left <= column <= b.right for b in sheet.merged)
