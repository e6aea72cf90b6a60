"""A movement as a workbook: a sheet of labels and values, then one each of dates, forms of award, conditions."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ntmtrack.emulation import Movement
from ntmtrack.emulation.keys import SECTIONS
from ntmtrack.emulation.schema import read_tables
from ntmtrack.emulation.toml import to_tables
from ntmtrack.errors import BadMovement, UnknownProgramme
from ntmtrack.i18n import N_, _
from ntmtrack.ingest.movement_cells import form_value, read_cell
from ntmtrack.ingest.movement_labels import (
    ASKED,
    GUIDE,
    HEAD_ASKED,
    HEAD_SHEET,
    HEADINGS_OF_HEAD,
    SHEETS,
    bare,
    column_key,
    column_of,
    guide,
    head_key,
    is_needed,
    labelled,
    labels,
    reading_order,
    section_called,
)
from ntmtrack.ingest.roadmap_words import is_numbering
from ntmtrack.ingest.values import ValueMismatch
from ntmtrack.model import Programme
from ntmtrack.programmes import programme
from ntmtrack.roadmaps.keys import Fault
from ntmtrack.roadmaps.toml_places import Path as Place
from ntmtrack.spreadsheets import Book, Cell, Sheet, coordinate
from ntmtrack.spreadsheets.open import open_book
from ntmtrack.spreadsheets.source import read_source
from ntmtrack.spreadsheets.write_grid import write_grid
from ntmtrack.text import nearest

_FEWEST = 3  # headings that make a row the one of the headings
_HEAD = "movement"  # the table of the head in a TOML file


def read_form(file: Path) -> Movement:
    """The movement in a workbook; raises BadMovement naming every problem with its cell, CannotRead."""
    reading = _WorkbookReader(open_book(read_source(file)), file.name)
    movement, problems = reading.movement()
    if movement is None:
        raise BadMovement(file=file, problems=problems)
    return movement


def write_form(movement: Movement, file: Path) -> None:
    """Writes the movement's workbook whole or not at all, with every column; raises FileBusy, TooLongForExcel."""
    tables = to_tables(movement)
    period = programme(movement.programme)
    head = [[one.label, form_value(key, tables[_HEAD], period)] for key, one in HEAD_ASKED.items()]
    sheets: dict[str, list[list[object]]] = {}
    for section, asked in ASKED.items():
        rows = [[form_value(key, rule, period) for key in asked] for rule in tables.get(section, ())]
        sheets[SHEETS[section]] = [[one.label for one in asked.values()], *rows]
    write_grid([HEADINGS_OF_HEAD, *head], file, more={**sheets, GUIDE: guide()}, title=HEAD_SHEET)


class _WorkbookReader:
    """One pass over the sheets of a form, collecting what is wrong and where each value stands."""

    def __init__(self, book: Book, name: str) -> None:
        self._book = book
        self._name = name
        self._problems: list[Fault] = []
        self._places: dict[Place, tuple[str, int, int | None]] = {}  # sheet, row, column of what the tables hold
        self._headed: set[tuple[str, int]] = set()  # the columns with a heading, also one that is not known
        self._programme: Programme | None = None

    def movement(self) -> tuple[Movement | None, list[Fault]]:
        """The movement, or what is wrong, once for a cell, sheet by sheet in the order of reading."""
        sheets = self._sheets()
        tables: dict[str, Any] = {_HEAD: self._head(sheets[""])} if "" in sheets else {}
        self._programme = _programme(tables.get(_HEAD, {}).get("programme"))
        tables |= {section: self._rules(section, sheets[section]) for section in SECTIONS if section in sheets}
        movement, wrong = read_tables(tables, self._where)
        said = {fault.where for fault in self._problems if fault.where != self._name or "" not in sheets}
        found = [*self._problems, *(labelled(fault) for fault in wrong if fault.where not in said)]
        problems = sorted(dict.fromkeys(found), key=reading_order)
        return (None if problems else movement), problems

    def _sheets(self) -> dict[str, Sheet]:
        """The sheets in sight by the section that each holds."""
        found: dict[str, Sheet] = {}
        for name in self._book.shown:
            section = section_called(name)
            if section is not None:
                found.setdefault(section, self._book.read(name).spread())
            elif bare(name) != bare(GUIDE) and (near := nearest(name, [HEAD_SHEET, *SHEETS.values()], 1)):
                text = _("the sheet is called “{name}”; do you mean “{near}”?").format(name=name, near=near[0])
                self._problems.append(Fault(self._name, "", text))
        if "" not in found:
            text = _("there is no sheet “{name}”").format(name=HEAD_SHEET)
            self._problems.append(Fault(self._name, "", text))
        return found

    def _head(self, sheet: Sheet) -> dict[str, Any]:
        """The pairs of label and value; what stands above the first label is a title."""
        head: dict[str, Any] = {}
        begun = False
        for row, cells in enumerate(sheet.rows):
            filled = [column for column, cell in enumerate(cells) if not cell.is_blank]
            key = head_key(cells[filled[0]].value) if filled else None
            begun = begun or key is not None
            if key is not None:
                head |= self._pair(key, row, cells, filled)
            elif filled and begun:
                text = cells[filled[0]].shown
                near = _near(nearest(text, [one.label for one in HEAD_ASKED.values()], 1))
                self._say(("", row, filled[0]), N_("unknown label “{text}”{near}"), text=text, near=near)
        return head

    def _pair(self, key: str, row: int, cells: list[Cell], filled: list[int]) -> dict[str, Any]:
        """What the value beside a label tells."""
        if (_HEAD, key) in self._places:
            text = N_("“{label}” stands here a second time")
            self._say(("", row, filled[0]), text, label=HEAD_ASKED[key].label)
            return {}
        column = (*filled, filled[0] + 1)[1]
        self._places[_HEAD, key] = ("", row, column)
        return self._value(key, "", row, column, cells[column]) if len(filled) > 1 else {}

    def _rules(self, section: str, sheet: Sheet) -> list[dict[str, Any]]:
        """The rules of a sheet, one a row below its headings."""
        top = next((row for row in range(len(sheet.rows)) if self._is_heading(section, sheet.rows[row])), None)
        if top is None:
            if any(not cell.is_blank for row in sheet.rows for cell in row):
                names = ", ".join(one.label for key, one in ASKED[section].items() if is_needed(section, key))
                self._say((section, 0, None), N_("there is no row with the headings {labels}"), labels=names)
            return []
        columns = self._columns(section, sheet, top)
        rules: list[dict[str, Any]] = []
        for row in range(top + 1, len(sheet.rows)):
            if told := self._told(section, sheet, row, columns):
                place = (section, len(rules))
                self._places[place] = self._places.get((section, "due")) or (section, row, columns.get("due"))
                self._places |= {(*place, key): (section, row, column) for key, column in columns.items()}
                rules.append(self._rule(section, sheet, row, told))
                if section == "date" and "due" in columns.keys() - told.keys():
                    self._say((section, row, columns["due"]), N_("missing"), key=ASKED[section]["due"].label)
        return rules

    def _rule(self, section: str, sheet: Sheet, row: int, told: Mapping[str, int]) -> dict[str, Any]:
        """What the cells of a row tell together; a column of its own goes before what a day tells beside it."""
        rule: dict[str, Any] = {}
        for key, column in told.items():
            value = self._value(key, section, row, column, sheet.at(row, column))
            rule = value | rule if key == "due" else rule | value
        return rule

    def _is_heading(self, section: str, row: list[Cell]) -> bool:
        return sum(column_key(section, cell.value) is not None for cell in row) >= _FEWEST

    def _columns(self, section: str, sheet: Sheet, top: int) -> dict[str, int]:
        """Which column holds what; says which headings are unknown, doubled, missing."""
        columns: dict[str, int] = {}
        for column, cell in enumerate(sheet.rows[top]):
            key = column_key(section, cell.value)
            if not cell.is_blank:
                self._headed.add((section, column))
            if cell.is_blank or is_numbering(cell.value):
                continue
            if key is None:
                near = _near(nearest(cell.text, [one.label for one in ASKED[section].values()], 1))
                self._say((section, top, column), N_("unknown heading “{text}”{near}"), text=cell.shown, near=near)
            elif key in columns:
                label = ASKED[section][key].label
                self._say((section, top, column), N_("“{label}” stands here a second time"), label=label)
            else:
                columns[key] = column
        self._lacking(section, top, columns)
        return columns

    def _lacking(self, section: str, top: int, columns: Mapping[str, int]) -> None:
        """Says which columns there must be are not there: at the row of the headings, once."""
        for key, one in ASKED[section].items():
            if key not in columns and is_needed(section, key):
                self._say((section, top, None), N_("there is no column “{label}”"), label=one.label)
                self._places[section, key] = (section, top, None)

    def _told(self, section: str, sheet: Sheet, row: int, columns: Mapping[str, int]) -> dict[str, int]:
        """The cells of a row that say something, by key; none of a row below the rules, as of signatures."""
        for column, cell in enumerate(sheet.rows[row]):
            if not cell.is_blank and (section, column) not in self._headed:
                self._say((section, row, column), N_("nothing is expected here: “{text}”"), text=cell.shown)
        told = {key: column for key, column in columns.items() if not sheet.at(row, column).is_blank}
        if told and not any(is_needed(section, key) for key in told if key != "cite"):
            column = next(iter(told.values()))
            text = N_("“{text}” stands in a row without {labels}")
            lacking = (key for key in columns if key not in told and is_needed(section, key))
            needed = ", ".join(ASKED[section][key].label for key in lacking)
            self._say((section, row, column), text, text=sheet.at(row, column).shown, labels=needed)
            return {}
        return told

    def _value(self, key: str, section: str, row: int, column: int, cell: Cell) -> dict[str, Any]:
        """What a cell tells by the keys of a TOML file; as it is where it does not fit, which is said."""
        try:
            value = read_cell(key, cell, self._programme)
        except ValueMismatch as wrong:
            at = self._named((section, row, column))
            self._problems.append(Fault(at, labels(section)[key], str(wrong)))
            return {} if key == "due" else {key: cell.value}
        return value if key == "due" else {key: value}

    def _where(self, path: Place) -> str:
        """The cell of a key, the row of a rule, the name of the file."""
        if path[:1] == (_HEAD,):
            return self._named(self._places.get(path[:2])) if len(path) > 1 else self._name
        key = column_of(str(path[2])) if len(path) > 2 else None
        place = self._places.get((*path[:2], key)) if key else self._places.get(path[:2])
        return self._named(place or self._places.get((path[0], str(key))) or self._places.get(path[:2]))

    def _named(self, place: tuple[str, int, int | None] | None) -> str:
        if place is None:
            return self._name
        section, row, column = place
        at = coordinate(row, column) if column is not None else _("row {number}").format(number=row + 1)
        return f"{SHEETS.get(section, HEAD_SHEET)}, {at}"

    def _say(self, at: tuple[str, int, int | None], message: str, key: str = "", **facts: str) -> None:
        self._problems.append(Fault(self._named(at), key, _(message).format(**facts)))


def _programme(key: object) -> Programme | None:
    try:
        return programme(str(key))
    except UnknownProgramme:
        return None


def _near(near: list[str]) -> str:
    return _("; do you mean {near}?").format(near=f"“{near[0]}”") if near else ""
