"""Text as spreadsheet files take it, and back.

What would run as a formula gets an apostrophe before it; codes such as _x000D_ are a workbook's own.
"""

import re

LONGEST_TEXT = 32_767  # letters in a cell of Excel
# What a spreadsheet takes for the beginning of a formula, and the guard itself.
_RUN = re.compile(r"[=+\-@\t'＝＋－＠]")
_GUARDED = re.compile(rf"'(?={_RUN.pattern})")
_RETURN = "_x000D_"  # so Excel writes a character that XML does not keep, and an underscore that would look like it
_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
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
