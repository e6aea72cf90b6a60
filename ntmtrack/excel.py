"""What Excel takes, and how Vietnamese offices print: text that it does not run, its bounds, its days, font and paper.

What would run as a formula gets an apostrophe before it; codes such as _x000D_ are a workbook's own.
"""

import re
from datetime import date

LONGEST_TEXT = 32_767  # letters in a cell
LAST_COLUMN = 16_383  # counted from 0
TALLEST_ROW = 409.0  # points
DAY_0 = date(1899, 12, 30)  # from which days count after 28/2/1900; in a workbook of a Mac 1/1/1904
FIRST_DAY = date(1900, 3, 1)  # it counts a 29/2/1900, so that earlier days are not sure
FONT, SIZE = "Times New Roman", 12
LINE_HEIGHT = 16.0  # points of one line in it
A4 = 9
AS_TEXT, AS_DAY, AS_WHOLE = "@", "dd/mm/yyyy", "0"  # how a cell shows what it holds
# What a spreadsheet takes for the beginning of a formula, and the guard itself.
_RUN = re.compile(r"[=+\-@\t'＝＋－＠]")
# An apostrophe before any other letter was typed by somebody: “'Ân” stays what it is.
_GUARDED = re.compile(rf"'(?={_RUN.pattern})")
_RETURN = "_x000D_"  # so Excel writes a character that XML does not keep, and an underscore that would look like it
_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # an underscore that Excel would take for the beginning of a code
_CODED = re.compile(rf"_x005F_(?=x[0-9A-Fa-f]{{4}}_)|{_RETURN}")


def for_csv(text: str) -> str:
    """Text with an apostrophe where a spreadsheet would run it as a formula."""
    return f"'{text}" if _RUN.match(text) else text


def from_csv(text: str) -> str:
    """The text without the apostrophe that guards it."""
    return _GUARDED.sub("", text, count=1) if _GUARDED.match(text) else text


def for_excel(text: str) -> str:
    """Text for a cell that is marked as text: only what looks guarded or coded needs anything."""
    return _CODE.sub("_x005F_", f"'{text}" if _GUARDED.match(text) else text)


def from_excel(text: str) -> str:
    """The text of a cell without its guard and Excel's codes."""
    return from_csv(_CODED.sub(lambda found: "" if found[0] == _RETURN else "_", text))
