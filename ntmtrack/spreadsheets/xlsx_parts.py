"""What openpyxl does not tell of an .xlsx when it reads row by row: layout, words struck through, remarks.

The parts of the file are run through once before, keeping no cell.
"""

import posixpath
import re
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import IO
from xml.parsers import expat
from zipfile import ZipFile

from ntmtrack.excel import from_excel
from ntmtrack.spreadsheets import Block, number_of
from ntmtrack.spreadsheets.source import LAST_HIDDEN_COLUMN, MOST_MERGED
from ntmtrack.text import clean, whole_number

_CHUNK = 1 << 16
# Excel’s own bounds are XFD and 1048576.
COORDINATE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# Two of them.
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_TRUE = ("1", "true")
_WITHOUT_MORE = frozenset("vtr")  # elements of which nothing else is asked
Start = Callable[[str, dict[str, str]], None]
Text = Callable[[str], None]


class EntityFound(ValueError):
    """The XML declares entities, which no spreadsheet program writes: they can unfold without end."""


class SheetLayout:
    """What one pass over a sheet's XML finds; rows and columns are counted from 0."""

    def __init__(self) -> None:
        self.merged: list[Block] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.unsaved: set[tuple[int, int]] = set()
        self.struck: set[tuple[int, int]] = set()  # in which a part of the text is struck through
        self.last_row = self.last_column = -1
        self.filled = 0
        self._row = self._column = -1
        self._formula = self._valued = self._gives_text = self._is_shared = False

    def read(self, part: IO[bytes], most_rows: int, struck: Collection[str] = ()) -> "SheetLayout":
        """Runs through the XML; hidden rows beyond `most_rows` are not kept. Raises ExpatError, EntityFound.

        `struck` are the numbers of shared texts that are struck through in part.
        """
        parser = expat.ParserCreate()
        self._most_rows = most_rows
        self._struck_texts = struck
        self._parser = parser
        parser.buffer_text = True
        parser.EntityDeclHandler = refuse_entity
        parser.StartElementHandler = self._start
        while data := part.read(_CHUNK):
            parser.Parse(data, False)
        parser.Parse(b"", True)
        self._end_cell()
        return self

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2] if ":" in name else name
        self._parser.CharacterDataHandler = self._value if name == "v" else None
        if name in _WITHOUT_MORE:
            return
        if name == "c":
            self._end_cell()
            self._begin_cell(attributes)
        elif name == "f":
            self._formula = True
        elif name == "is":
            self._valued = True
        elif is_strike(name, attributes):
            self.struck.add((self._row, self._column))
        elif name == "row":
            self._end_cell()
            self._row = whole(attributes.get("r"), self._row + 2) - 1
            self._column = -1
            if attributes.get("hidden") in _TRUE and self._row < self._most_rows:
                self.hidden_rows.add(self._row)
        elif name == "col" and attributes.get("hidden") in _TRUE:
            first, last = whole(attributes.get("min"), 1), whole(attributes.get("max"), 1)
            self.hidden_columns.update(range(first - 1, min(last, LAST_HIDDEN_COLUMN)))
        elif name == "mergeCell" and len(self.merged) < MOST_MERGED:
            self._merge(attributes.get("ref", ""))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        address = COORDINATE.fullmatch(attributes.get("r", ""))
        self._column = number_of(address[1]) if address else self._column + 1
        if address:
            self._row = int(address[2]) - 1
        self._gives_text = attributes.get("t") == "str"
        self._is_shared = attributes.get("t") == "s"

    def _value(self, text: str) -> None:
        self._valued = self._valued or bool(text.strip())
        if self._is_shared and text.strip() in self._struck_texts:
            self.struck.add((self._row, self._column))

    def _end_cell(self) -> None:
        if self._valued:
            self.filled += 1
        elif self._formula and not self._gives_text:
            self.unsaved.add((self._row, self._column))
        if self._valued or self._formula:
            self.last_row = max(self.last_row, self._row)
            self.last_column = max(self.last_column, self._column)
        self._formula = self._valued = self._gives_text = False

    def _merge(self, reference: str) -> None:
        if area := _RANGE.fullmatch(reference):
            left, top, right, bottom = area.groups()
            self.merged.append(Block(int(top) - 1, number_of(left), int(bottom) - 1, number_of(right)))


def whole(text: str | None, otherwise: int) -> int:
    """The number that an attribute tells; `otherwise` where it tells none, or one without end."""
    number = whole_number(text or "")
    return otherwise if number is None else number


def is_strike(name: str, attributes: dict[str, str]) -> bool:
    """Whether an element of the look of a text strikes it through."""
    return name == "strike" and attributes.get("val", "1") in _TRUE


def refuse_entity(*_declared: object) -> None:
    """What a parser calls where a document declares an entity; raises EntityFound."""
    raise EntityFound


_STRINGS = "xl/sharedStrings.xml"


def struck_texts(archive: ZipFile) -> frozenset[str]:
    """The numbers by which cells call such texts; none where the part is damaged. Raises EntityFound."""
    if _STRINGS not in archive.namelist() or b"strike" not in (data := archive.read(_STRINGS)):
        return frozenset()
    struck: set[str] = set()
    last = -1

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal last
        last += name == "si"
        if is_strike(name, attributes):
            struck.add(str(last))

    with suppress(expat.ExpatError):
        run_through(data, start)
    return frozenset(struck)


OWN_AUTHOR = "ntmtrack"  # of what a marked copy says of faults
OWN_PART = "\nntmtrack: "  # begins that in a remark which somebody else wrote before
_KIND = "/comments"  # how the type of such a relation ends


def read_comments(archive: ZipFile, sheet: str) -> dict[tuple[int, int], str]:
    """The remarks on the cells of a sheet, by row and column from 0; none where damaged. Raises EntityFound."""
    folder, name = posixpath.split(sheet.lstrip("/"))
    comments, targets = _Comments(), list[str]()

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith(_KIND):
            targets.append(attributes.get("Target", ""))

    with suppress(KeyError, expat.ExpatError):  # a sheet without relations has no such part
        run_through(archive.read(f"{folder}/_rels/{name}.rels"), relation)
    for target in targets:
        part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        with suppress(KeyError, expat.ExpatError):
            run_through(archive.read(part), comments.start, comments.end, comments.text)
    return comments.texts


def without_own(author: str, text: str) -> str:
    """What somebody else wrote in a remark, without what a marked copy says of faults."""
    written, _part, _own = text.partition(OWN_PART)
    return "" if author == OWN_AUTHOR and written == text else written


class _Comments:
    """One pass over the part that holds the remarks."""

    def __init__(self) -> None:
        self.texts: dict[tuple[int, int], str] = {}
        self._authors: list[str] = []
        self._author = self._cell = ""
        self._written: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "comment":
            self._cell = attributes.get("ref", "")
            place = whole(attributes.get("authorId"), -1)
            self._author = self._authors[place] if 0 <= place < len(self._authors) else ""
        if name in ("author", "comment"):
            self._written.clear()

    def text(self, text: str) -> None:
        self._written.append(text)

    def end(self, name: str) -> None:
        written = from_excel("".join(self._written))
        if name == "author":
            self._authors.append(written.strip())
        elif name == "comment":
            address, remark = COORDINATE.fullmatch(self._cell), clean(without_own(self._author, written))
            if address and remark:
                self.texts[int(address[2]) - 1, number_of(address[1])] = remark


def run_through(data: bytes, start: Start, end: Text | None = None, text: Text | None = None) -> None:
    """Calls for each element, by its name without prefix, what is given; raises ExpatError, EntityFound."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.EntityDeclHandler = refuse_entity
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text:
        parser.CharacterDataHandler = text
    parser.Parse(data, True)
