"""A sheet as a page: letterhead, title, charts and tables, what is said beneath, signatures, and how it is printed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ntmtrack.excel import A4, FONT, LINE_HEIGHT
from ntmtrack.export import BLANK, Letterhead, ReportSheet, SheetStyle, attached_to
from ntmtrack.export.workbook.charts import draw_chart
from ntmtrack.export.workbook.layout import (
    PageLayout,
    RowHeights,
    TableRows,
    column_widths,
    even_widths,
    linked_cells,
    page_breaks,
)
from ntmtrack.export.workbook.style import Styles, lines_needed
from ntmtrack.export.workbook.table import Links, TableWriter, shortened
from ntmtrack.i18n import _
from ntmtrack.reports import CellKind, Table

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_MARGIN = 0.5  # inches
_CHARTS_SCALE = 72  # per cent: on one page also where the digits of the font in place of ours are a quarter wider
_SCROLLED = 12  # columns that a screen shows at once
_SIGNING_ROWS = 5  # left free for signature and seal
_LEFT_PART = 0.45  # of the width: the agency's; the rest is the country's

SheetLayouts = Mapping[str, tuple[ReportSheet, PageLayout]]


class SheetWriter:
    """One sheet of the workbook being written. `places` tells where everything of every sheet stands."""

    def __init__(self, book: "Workbook", looks: Styles, sheet: ReportSheet, places: SheetLayouts) -> None:
        self._book = book
        self._looks = looks
        self._sheet = sheet
        self._places = places
        self._layout = places[sheet.key][1]
        self._page: Worksheet = book.add_worksheet(sheet.name)
        self._widths: list[float] = []
        self._rows = RowHeights(self._page)
        self._last = self._layout.below

    def write(self, letterhead: Letterhead) -> None:
        """Everything of the sheet: the bodies of its tables first, for they tell how wide the columns are."""
        tables = [table.in_text() for table in self._sheet.report.tables]
        grids = [self._grid(table) for table in tables]
        widest = [grid.write_body(self._links(table)) for grid, table in zip(grids, tables, strict=True)]
        self._widths = even_widths(tables) if self._sheet.charts else column_widths(tables, widest)
        for place, width in enumerate(self._widths):
            self._page.set_column(place, place, width)
        for grid, table, most in zip(grids, tables, widest, strict=True):
            grid.set_heights(self._widths, most)
            grid.write_head(self._widths, numbered=self._sheet.look is SheetStyle.FILED)
            self._title_of_table(table)
        if self._sheet.look is not SheetStyle.BARE:
            self._titles(letterhead)
            self._beneath()
        for chart in self._sheet.charts:
            draw_chart(self._book, self._page, self._sheet, self._layout, self._widths, chart)
        self._set_up(tables)

    def _grid(self, table: Table) -> TableWriter:
        span = self._layout.tables[table.key]
        dashes = not self._sheet.charts
        return TableWriter(self._page, self._rows, self._looks, table, span, dashes=dashes, end=self._end_of(table))

    def _end_of(self, table: Table) -> int:
        """The column up to which the last text of a table goes on that stands beneath a wider one."""
        first = self._sheet.report.tables[0]
        is_beneath = self._sheet.look is SheetStyle.FILED and table.key != first.key
        is_text = table.columns[-1].kind is CellKind.TEXT
        return len(first.in_text().columns) - 1 if is_beneath and is_text else 0

    def _links(self, table: Table) -> Links:
        """Where the cells of a table lead to, by row and column."""
        keys = {column.key: place for place, column in enumerate(table.columns)}
        return {
            (row, keys[column]): self._link(place.sheet, linked_cells(place, *self._places[place.sheet]))
            for (of, row, column), place in self._sheet.links.items()
            if of == table.key and column in keys and place.sheet in self._places
        }

    def _link(self, key: str, cells: str) -> str:
        name = self._places[key][0].name.replace("'", "''")
        return f"internal:'{name}'!{cells}"

    def _titles(self, letterhead: Letterhead) -> None:
        row, report = self._layout.title, self._sheet.report
        if self._sheet.has_letterhead:
            self._letterhead(letterhead)
        elif self._sheet.annex:
            self._line(row, self._sheet.annex, bold=True, size=14)
            row += 1
        self._line(row, report.title.upper(), bold=True, size=14)
        if self._sheet.annex:
            self._line(row + 1, attached_to(letterhead, of_submission=self._sheet.of_submission), italic=True)
            row += 1
        elif self._sheet.has_letterhead:
            self._rows.set(row + 1, LINE_HEIGHT / 3)
            row += 1
        if not self._sheet.counted_in:
            self._line(row + 1, report.subtitle, italic=True)
            return
        middle = self._middle()
        self._part(row + 1, 0, middle - 1, report.subtitle, "left", italic=True)
        text = _("Counted in: {units}").format(units=self._sheet.counted_in)
        self._part(row + 1, middle, len(self._widths) - 1, text, "right", italic=True)

    def _letterhead(self, letterhead: Letterhead) -> None:
        """The agency on the left, the country's name and motto on the right, number and day beneath."""
        number = letterhead.number or letterhead.blank_number
        day, place = letterhead.dated or letterhead.blank_day, letterhead.place or BLANK
        middle, last = self._middle(), len(self._widths) - 1
        self._part(0, 0, middle - 1, letterhead.above.upper())
        self._part(0, middle, last, _("SOCIALIST REPUBLIC OF VIET NAM"), bold=True)
        self._part(1, 0, middle - 1, letterhead.own.upper(), bold=True)
        self._part(1, middle, last, _("Independence - Freedom - Happiness"), bold=True, underline=1)
        self._part(2, 0, middle - 1, _("No.: {number}").format(number=number))
        self._part(2, middle, last, _("{place}, {day}").format(place=place, day=day), italic=True)
        self._rows.set(3, LINE_HEIGHT / 2)

    def _middle(self) -> int:
        """The column with which the right part of the page begins."""
        whole_width, passed = sum(self._widths), 0.0
        for place, width in enumerate(self._widths[:-1]):
            passed += width
            if passed >= whole_width * _LEFT_PART:
                return place + 1
        return max(1, len(self._widths) - 1)

    def _part(
        self, row: int, first: int, last: int, text: str, align: str = "center", **style: str | int | bool
    ) -> None:
        """A text over some of the columns."""
        if not text:
            return
        look = self._looks.get(align=align, text_wrap=True, **style)
        if first == last:
            self._page.write_string(row, first, shortened(text), look)
        else:
            self._page.merge_range(row, first, row, last, shortened(text), look)
        lines = lines_needed(text, sum(self._widths[first : last + 1]), bold="bold" in style)
        self._rows.set(row, lines * LINE_HEIGHT + 2)

    def _line(self, row: int, text: str, *, bold: bool = False, italic: bool = False, size: int = 12) -> None:
        """A line of text in the middle of the page."""
        if not text:
            return
        style = {"bold": True} if bold else {"italic": True} if italic else {}
        self._across(row, text, size, align="center", **style)

    def _across(self, row: int, text: str, size: int = 12, **style: str | bool) -> None:
        """A text over all columns, as many lines high as it needs."""
        look = self._looks.get(font_size=size, text_wrap=True, **style)
        if len(self._widths) > 1:
            self._page.merge_range(row, 0, row, len(self._widths) - 1, shortened(text), look)
        else:
            self._page.write_string(row, 0, shortened(text), look)
        lines = lines_needed(text, sum(self._widths) * 12 / size, bold="bold" in style)
        self._rows.set(row, lines * LINE_HEIGHT * size / 12 + 2)

    def _title_of_table(self, table: Table) -> None:
        named = self._layout.tables[table.key].title
        if named is not None:
            self._across(named, table.title, bold=True, align="left")

    def _beneath(self) -> None:
        """Sentences, notes, and where it is signed."""
        row = self._layout.below + 1
        for sentence in self._sheet.sentences:
            self._across(row, sentence, align="left")
            row += 1
        for note in self._sheet.report.notes:
            self._across(row, f"- {note}", 11, align="left", italic=True)
            row += 1
        self._last = row
        if self._sheet.has_letterhead:
            middle = self._middle()
            self._part(row + 1, 0, middle - 1, _("DRAWN UP BY"), bold=True)
            self._part(row + 1, middle, len(self._widths) - 1, _("HEAD OF THE AGENCY"), bold=True)
            self._part(row + 2, 0, middle - 1, _("(signature, full name)"), italic=True)
            self._part(row + 2, middle, len(self._widths) - 1, _("(signature, seal, full name)"), italic=True)
            self._last = row + 2 + _SIGNING_ROWS
            self._page.write_blank(self._last, 0, None, self._looks.get())

    def _set_up(self, tables: list[Table]) -> None:
        """How the sheet is printed and seen."""
        page = self._page
        page.set_landscape()
        page.set_paper(A4)
        page.set_margins(_MARGIN, _MARGIN, _MARGIN, 0.7)
        page.center_horizontally()
        page.set_footer(f'&C&"{FONT},Italic"&10' + _("Page &P/&N"))
        page.hide_gridlines(2 if self._sheet.look is not SheetStyle.BARE else 0)
        # The headings of one table must not stand over another: of several, those of the last go on over its pages.
        last = tables[-1] if tables and not (self._sheet.charts or self._sheet.one_page) else None
        alone = tables[0] if len(tables) == 1 and not self._sheet.charts else None
        headed = alone or last
        self._set_pages(self._layout.tables[headed.key] if headed else None)
        if alone:
            self._set_sight(alone, self._layout.tables[alone.key])

    def _set_pages(self, headed: TableRows | None) -> None:
        """On how many pages it goes; `headed` is where the table stands whose headings go on over its pages."""
        page = self._page
        if self._sheet.charts:  # they fit the width as they are, and only so are breaks kept
            page.set_print_scale(_CHARTS_SCALE)
            page.set_h_pagebreaks(page_breaks(self._sheet, self._layout))
            return
        width, heads = sum(self._widths), range(headed.head, headed.body) if headed else range(0)
        is_one = self._sheet.one_page and self._rows.fit_one_page(self._last, width)
        pages = 1 if is_one else self._rows.pages(self._last, width, heads)
        page.fit_to_pages(1, pages)
        if headed:
            page.repeat_rows(headed.head, headed.body - 1)
            if not pages:
                self._rows.keep_some_with_the_end(range(headed.body, headed.end), self._last, width, heads)

    def _set_sight(self, table: Table, span: TableRows) -> None:
        """What stays in sight while one scrolls, and the filter."""
        self._page.freeze_panes(span.body, _columns_to_the_name(table))
        if self._sheet.filtered and span.end > span.body:
            self._page.autofilter(span.body - 1, 0, span.end - 1 - table.sums, len(table.columns) - 1)


def _columns_to_the_name(table: Table) -> int:
    """The columns up to the name, where so many stand beside it that one must scroll."""
    names = [place for place, column in enumerate(table.columns) if column.kind in (CellKind.TEXT, CellKind.KEY)]
    return names[0] + 1 if names and len(table.columns) > _SCROLLED else 0
