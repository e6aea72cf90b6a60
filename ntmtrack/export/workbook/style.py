"""The look of cells: Times New Roman, thin borders, numbers as Vietnamese offices print them."""

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from ntmtrack.excel import AS_DAY, AS_WHOLE, FONT, SIZE
from ntmtrack.i18n import conventions

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook


COUNT, GAP, PERCENT, RATE = "#,##0", "+#,##0;-#,##0;0", "0.00", "0.0"
SIGNED = "+0.00;-0.00;0.00"
_SPACE = "_)"
_HEAD_FILL, _SUM_FILL = "#DDEBF7", "#F2F2F2"
FormatValue = str | int | bool


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, FormatValue], ...], Format] = {}

    def get(self, **properties: FormatValue) -> "Format":
        """The format with these properties, in the office's font."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            whole = {"font_name": FONT, "font_size": SIZE, "valign": "vcenter"} | properties
            self._made[key] = self._book.add_format(whole)
        return self._made[key]

    def head(self) -> "Format":
        """A heading."""
        return self.get(bold=True, align="center", border=1, text_wrap=True, bg_color=_HEAD_FILL)

    def column_number(self) -> "Format":
        """The number under a heading."""
        return self.get(italic=True, align="center", border=1, font_size=10)

    def body(self, align: str, number: str, *, is_sum: bool, begins: bool, is_link: bool) -> "Format":
        """A cell of a table: `begins` a group, is in a row of sums, leads to a list."""
        more: dict[str, FormatValue] = {"num_format": in_language(number)} if number else {"text_wrap": True}
        if align == "left" or (align == "right" and not number):
            more |= {"indent": 1}
        if is_sum:
            more |= {"bold": True, "bg_color": _SUM_FILL}
        if begins:
            more |= {"top": 2}
        if is_link:
            more |= {"font_color": "#1F3864", "underline": 0}
        return self.get(align=align, border=1, **more)


def in_language(number: str) -> str:
    """A number format with the separators of the language of the report, and a little space after the number."""
    spaced = [part + _SPACE for part in number.split(";")] if number not in (AS_WHOLE, AS_DAY) else [number]
    return ";".join(conventions().number_format + part for part in spaced)


# In thousandths of the font's size; a digit is 500. Letters with marks are as wide as those without.
_DIGIT = 500
_WIDTHS = {
    **dict.fromkeys("iljtf|/\\:;.,'’! ()[]-", 300),
    **dict.fromkeys("rsazecv", 440),
    **dict.fromkeys("mwMW%…", 890),
    **dict.fromkeys("ABCDEGHKLNOPQRSTUVXYZĐ", 700),
    **dict.fromkeys("IJ", 380),
}
_BOLD = 1.07
WIDEST = max(_WIDTHS.values()) / _DIGIT  # of a letter, in digits


@lru_cache(4096)
def _of(char: str) -> int:
    plain = char if char in _WIDTHS else unicodedata.normalize("NFD", char)[0]
    return _WIDTHS.get(plain, _DIGIT)


@lru_cache(20_000)
def text_width(text: str, *, bold: bool = False) -> float:
    """The width of a text on one line."""
    width = sum(map(_of, text)) / _DIGIT
    return width * _BOLD if bold else width


def lines_needed(text: str, width: float, *, bold: bool = False) -> int:
    """How many lines a text fills in a column of `width`, broken between words, in longer ones wherever it must."""
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0.0
        for word in paragraph.split(" "):
            wide = text_width(word, bold=bold)
            gap = _of(" ") / _DIGIT if used else 0.0
            if used and used + gap + wide > width:
                lines, used, gap = lines + 1, 0.0, 0.0
            more = int((used + gap + wide) // max(width, 1)) if wide > width else 0
            lines += more
            used = used + gap + wide - more * width
    return lines
