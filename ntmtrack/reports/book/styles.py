"""The look of cells: Times New Roman, thin borders, numbers as Vietnamese offices print them."""

from typing import TYPE_CHECKING

from ntmtrack.excel import AS_DAY, AS_WHOLE, FONT, SIZE
from ntmtrack.i18n import language

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

COUNT, GAP, PERCENT, RATE = "#,##0", "+#,##0;-#,##0;0", "0.00", "0.0"
SIGNED = "+0.00;-0.00;0.00"
_SPACE = "_)"
_VIETNAMESE = "[$-42A]"  # Excel takes separators from Windows, LibreOffice from this
_HEAD_FILL, _SUM_FILL = "#DDEBF7", "#F2F2F2"
Look = str | int | bool


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Look], ...], Format] = {}

    def get(self, **properties: Look) -> "Format":
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
        more: dict[str, Look] = {"num_format": in_language(number)} if number else {"text_wrap": True}
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
    return ";".join(spaced if language() == "en" else (_VIETNAMESE + part for part in spaced))
