"""The kinds of file that a document is written as: one module a kind, `as_` and the ending."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import MappingProxyType
from typing import NamedTuple, Protocol, cast

from ntmtrack.i18n import _
from ntmtrack.reports import Report
from ntmtrack.reports.page import Page

# The sheets of what is signed and filed, by their keys, in order. All others are for the office's own work.
ANNEXES = (
    "summary", "roadmap", "districts", "list", "list-kept", "district-list", "new", "remaining", "carried",
    "bands", "criteria",
)  # fmt: skip


class SheetStyle(StrEnum):
    """How a sheet is dressed."""

    FILED = "filed"  # letterhead, column numbers, signatures
    WORKING = "working"  # a title; for the office itself
    BARE = "bare"  # headings in the first row, nothing else: for other programs


class LinkTarget(NamedTuple):
    """Rows of a table to jump to, from `first` to `last` (from 0); of one column where `column` is given."""

    sheet: str
    table: str
    first: int
    last: int
    column: str | None = None


class Role(StrEnum):
    """What a series of a chart shows."""

    PLAN = "plan"
    ACTUAL = "actual"
    STEP = "step"


class Series(NamedTuple):
    """What a chart draws: a column of its table by its key, or a row by its place, from the second column on."""

    name: str
    cells: str | int
    role: Role


class Chart(NamedTuple):
    """A chart of a table on the same sheet: lines, or else steps to 100%; `labels` a column, None: the headings."""

    title: str
    table: str
    labels: str | None
    series: Sequence[Series]
    is_steps: bool = False


class ReportSheet(NamedTuple):
    """A report as one sheet. `links` lead from a cell (table, row, column) of it to the units behind its number."""

    key: str
    report: Report
    name: str = ""
    look: SheetStyle = SheetStyle.FILED
    counted_in: str = ""
    sentences: Sequence[str] = ()
    links: Mapping[tuple[str, int, str], LinkTarget] = MappingProxyType({})
    charts: Sequence[Chart] = ()
    filtered: bool = False
    one_page: bool = False
    titled: bool = False  # its table has a title of its own, also where it is the only one
    annex: str = ""  # what it is called behind the first sheet of a paper: "Phụ lục I"
    of_submission: bool = False  # it goes with a submission (tờ trình) that is written elsewhere, not with the report
    open_points: Sequence[str] = ()  # what is to be settled before it is signed: said beside the file, not in it
    says_nothing: bool = False  # it has rows, but nothing is told of any: filed only where it is asked for by name

    @property
    def has_letterhead(self) -> bool:
        """Whether it is the paper's first sheet, which bears the letterhead and is signed."""
        return self.look is SheetStyle.FILED and not self.annex


BLANK = "…………"  # to be written by hand


class Letterhead(NamedTuple):
    """Whose paper it is: the agency (one line or two), the place, the report's number, its day; "" where unknown."""

    agency: tuple[str, ...] = ()
    place: str = ""
    number: str = ""
    dated: str = ""

    @property
    def own(self) -> str:
        """The agency that reports."""
        return self.agency[-1] if self.agency else BLANK * 3

    @property
    def above(self) -> str:
        """The agencies above it; "" where it names none."""
        return " – ".join(self.agency[:-1])

    @property
    def blank_number(self) -> str:
        """Room for a number."""
        return "……/BC-……"

    @property
    def blank_day(self) -> str:
        """Room for a day."""
        return _("day …… month …… year ……")


_SUBMISSION = "TTr"  # by which the number of one is known (Decree 30/2020/NĐ-CP, annex III)


def attached_to(letterhead: Letterhead, *, of_submission: bool = False) -> str:
    """The line "(Kèm theo Báo cáo số … ngày … của …)", of a list with a submission "(Kèm theo Tờ trình số … )".

    The number of a report, which is kept, is not that of a submission.
    """
    text, number = _("(Attached to report no. {number}, {day}, of {agency})"), letterhead.number
    if of_submission:
        text = _("(Attached to submission no. {number}, {day}, of {agency})")
        number = number if _SUBMISSION in number else _("……/TTr-……")
    return text.format(
        number=number or letterhead.blank_number,
        day=letterhead.dated or letterhead.blank_day,
        agency=letterhead.own,
    )


PAGE = "page"  # what is asked for where a file is no sheets, but a page to look at


class Document(NamedTuple):
    """The whole: its sheets in order, the letterhead, and the stamp by which it can be checked later.

    Of a page to look at `page` is all, and there are no sheets.
    """

    title: str
    letterhead: Letterhead
    sheets: Sequence[ReportSheet]
    stamp: Mapping[str, str]
    page: Page | None = None

    def names_beyond(self, letters: int) -> list[str]:
        """The sheets on which a text is longer than so many letters."""
        return [sheet.name for sheet in self.sheets if any(len(text) > letters for text in _texts(sheet))]


def _texts(sheet: ReportSheet) -> Iterator[str]:
    yield from (*sheet.sentences, *sheet.report.notes)
    for table in sheet.report.tables:
        yield from (cell for row in table.rows for cell in row if isinstance(cell, str))


_PREFIX = "as_"


class Writer(Protocol):
    """What a kind's module offers. `SHEETS` are the keys of the sheets that it writes unless told; None: all.

    Of a paper that is signed they are `ANNEXES`: then sheets that say nothing are left out. PAGE alone: it writes the
    page, and no sheets.

    `LONGEST` is how many letters of a text it keeps; None: all.
    """

    SHEETS: tuple[str, ...] | None
    LONGEST: int | None

    def write(self, document: Document, file: Path) -> None:
        """Writes the document whole or not at all; raises FileBusy."""


def endings() -> list[str]:
    """The endings of the kinds that there are: ".csv", ".json" …."""
    return [
        f".{module.name.removeprefix(_PREFIX)}" for module in iter_modules(__path__) if module.name.startswith(_PREFIX)
    ]


def writer(file: Path) -> Writer | None:
    """The writer for a file, by its ending; None where there is none."""
    ending = file.suffix.lower()
    if ending not in endings():
        return None
    return cast(Writer, import_module(f"{__name__}.{_PREFIX}{ending.removeprefix('.')}"))
