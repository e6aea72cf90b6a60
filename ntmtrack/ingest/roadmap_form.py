"""A roadmap as a table in .xlsx or .csv: above, its head as label and value; below, one figure a row."""

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ntmtrack.errors import BadRoadmap, UnknownProgramme
from ntmtrack.i18n import N_, _
from ntmtrack.ingest.roadmap_cells import form_value, read_cell
from ntmtrack.ingest.roadmap_figures import is_dash, merge_figures
from ntmtrack.ingest.roadmap_words import GUIDE, HEAD_LABELS, LABELS, column_key, guide, head_key, is_numbering
from ntmtrack.ingest.values import ValueMismatch
from ntmtrack.model import Programme
from ntmtrack.programmes import programme
from ntmtrack.roadmaps import LINE_FIELDS, Roadmap, toml_places
from ntmtrack.roadmaps.keys import Fault
from ntmtrack.roadmaps.schema import read_tables
from ntmtrack.roadmaps.toml import to_tables
from ntmtrack.spreadsheets import Cell, Grid, coordinate
from ntmtrack.spreadsheets.open import read_grid
from ntmtrack.spreadsheets.write_grid import write_grid
from ntmtrack.text import nearest, plain

_ALWAYS = ("tier", "measure", "year", "nature", "span", "added", "cumulative", "total", "percent", "cite")
_FIGURES = ("added", "cumulative", "total", "percent", "value", "threshold", "relative_to", "begins_on", "due_on")
_GIVEN = {"tier", "measure", "year", "nature", "span"}  # a row with no more is a line of the blank form left empty
# Rows of sums, as “Tổng cộng”, “Cộng cấp xã”: no line of the plan.
_TOTAL = re.compile(r"(tong( cong| so)?|cong)( (cac )?(xa|huyen|don vi|toan tinh|ca tinh|cap huyen|cap xa))*:?")


def read_form(file: Path) -> Roadmap:
    """The roadmap in a table; raises BadRoadmap naming every problem with its cell, CannotRead."""
    reading = FormReader(read_grid(file, besides=GUIDE), file.name)
    plan, problems = reading.roadmap()
    if problems or plan is None:
        raise BadRoadmap(file=file, problems=[*problems])
    return plan


def write_form(plan: Roadmap, file: Path) -> None:
    """Writes the plan's table whole or not at all, with the usual columns and those it uses; a guide on a second sheet.

    Raises FileBusy, TooLongForExcel.
    """
    tables = to_tables(plan)
    figures = [line | figure for line in tables["line"] for figure in line["figure"]]
    used = [key for key in LABELS if key in _ALWAYS or any(key in figure for figure in figures)]
    plan_programme = _programme(plan.programme)
    values = {key: form_value(key, tables["roadmap"].get(key), plan_programme) for key in HEAD_LABELS}
    if file.suffix.lower() == ".xlsx" and isinstance(values["issued_on"], date):
        values["issued_on"] = f"{values['issued_on']:%d/%m/%Y}"  # in a cell of text, where “2022” too stays what it is
    head: list[list[object]] = [[label, values[key]] for key, label in HEAD_LABELS.items()]
    rows = [[form_value(key, figure.get(key), plan_programme) for key in used] for figure in figures]
    table: list[list[object]] = [*head, [], [LABELS[key] for key in used], *rows]
    write_grid(table, file, head=len(head) + 1, more={GUIDE: guide()})


def _programme(key: object) -> Programme | None:
    try:
        return programme(str(key))
    except UnknownProgramme:
        return None


class FormReader:
    """One pass over the cells of a form, collecting what is wrong and where each value stands."""

    needed: tuple[str, ...] = ("tier", "measure", "year", "cite")
    column_key: Callable[[object], str | None] = staticmethod(column_key)

    def __init__(self, grid: Grid, name: str) -> None:
        self._grid = grid
        self._name = name
        self._problems: list[Fault] = []
        self._head_places: dict[str, str] = {}
        self._rows: dict[toml_places.Path, int] = {}
        self._columns: dict[str, int] = {}
        self._top = next((number for number, row in enumerate(grid) if self._is_heading(row)), len(grid))
        self._numbering: int | None = None
        self._programme: Programme | None = None

    def _labels(self) -> str:
        return ", ".join(LABELS[key] for key in self.needed if key != "cite")

    def _is_heading(self, row: list[Cell]) -> bool:
        return sum(self.column_key(cell.value) is not None for cell in row) > 2

    def roadmap(self) -> tuple[Roadmap | None, list[Fault]]:
        """The roadmap, or what is wrong: once for a cell, in the form's own words where it has some."""
        head = self._head()
        self._programme = _programme(head.get("programme"))
        if self._top == len(self._grid):
            self._say(
                self._name,
                N_("there is no row with the headings {labels}"),
                labels=", ".join(LABELS[key] for key in self.needed if key != "cite"),
            )
            return None, self._problems
        self._headings()
        plan, wrong = read_tables({"roadmap": head, "line": self._lines()}, self._where)
        cells = {problem.where for problem in self._problems}
        labelled = [problem._replace(key=_label(problem)) for problem in wrong if problem.where not in cells]
        problems = sorted(dict.fromkeys([*self._problems, *labelled]), key=_order)
        return (None if problems else plan), problems

    def _head(self) -> dict[str, Any]:
        """The pairs of label and value above the headings; what stands above the first label is a title."""
        head: dict[str, Any] = {}
        for number, row in enumerate(self._grid[: self._top]):
            filled = [column for column, cell in enumerate(row) if not cell.is_blank]
            if not filled:
                continue
            key = head_key(row[filled[0]].value)
            if key is None:
                self._unknown_label(number, filled)
            elif key in self._head_places:
                self._say(
                    coordinate(number, filled[0]), N_("“{label}” stands here a second time"), label=HEAD_LABELS[key]
                )
            else:
                self._head_places[key] = coordinate(number, (*filled, filled[0] + 1)[1])
                if len(filled) > 1:
                    head[key] = self._value(key, number, filled[1])
                self._refuse_more(number, filled[2:])
        return head

    def _unknown_label(self, number: int, filled: list[int]) -> None:
        text = self._grid[number][filled[0]].text
        near = nearest(text, HEAD_LABELS.values(), 1)
        if self._head_places or (near and len(filled) > 1):
            self._say(coordinate(number, filled[0]), N_("unknown label “{text}”{near}"), text=text, near=_near(near))

    def _refuse_more(self, number: int, columns: list[int]) -> None:
        for column in columns:
            text = self._grid[number][column].text
            self._say(coordinate(number, column), N_("nothing is expected here: “{text}”"), text=text)

    def _headings(self) -> None:
        """Which column holds what."""
        for column, cell in enumerate(self._grid[self._top]):
            if cell.is_blank:
                continue
            key, where = self.column_key(cell.value), coordinate(self._top, column)
            if is_numbering(cell.value):
                self._numbering = column
            elif key is None:
                near = _near(nearest(cell.text, LABELS.values(), 1))
                self._say(where, N_("unknown heading “{text}”{near}"), text=cell.text, near=near)
            elif key in self._columns:
                self._say(where, N_("“{label}” stands here a second time"), label=LABELS[key])
            self._columns.setdefault(key or f"column {column}", column)  # what has no known heading is said once
        for key in self.needed:
            if key not in self._columns:
                self._say(_row(self._top), N_("there is no column “{label}”"), label=LABELS[key])

    def _lines(self) -> list[dict[str, Any]]:
        """The figures below the headings; rows of one line that follow each other share its table."""
        lines: list[dict[str, Any]] = []
        shared: dict[str, Any] | None = None
        for number, figure in self._figures():
            line = {key: figure.pop(key) for key in LINE_FIELDS if key in figure}
            if line != shared:
                shared = line
                self._rows["line", len(lines)] = number
                lines.append(line | {"figure": []})
            line_figures = lines[-1]["figure"]
            self._rows["line", len(lines) - 1, "figure", len(line_figures)] = number
            line_figures.append(figure)
        return lines

    def _filled_rows(self) -> Iterator[tuple[int, list[str]]]:
        """The rows below the headings but those of sums, each with the keys of its cells that say something."""
        for number, row in enumerate(self._grid[self._top + 1 :], self._top + 1):
            filled = self._filled(row)
            if filled and not _TOTAL.fullmatch(plain(row[filled[0]].text)):
                self._refuse_more(number, [column for column in filled if column not in self._columns.values()])
                yield number, [key for key in LABELS if self._columns.get(key) in filled]

    def _filled(self, row: list[Cell]) -> list[int]:
        return [column for column, cell in enumerate(row) if not (cell.is_blank or self._says_nothing(column, cell))]

    def _figures(self) -> Iterator[tuple[int, dict[str, Any]]]:
        for number, keys in self._filled_rows():
            if missing := {"tier", "measure"} - {*keys}:
                self._merged(number, self._filled(self._grid[number]), missing)
            if {"tier", "measure"} & {*keys} and {*keys} - _GIVEN:
                yield from ((number, figure) for figure in self._together(number, keys))

    def _together(self, number: int, keys: list[str]) -> list[dict[str, Any]]:
        """The figures of a row, each value in its own column whatever other cell tells it."""
        figures, wrong = merge_figures({key: self._value(key, number, self._columns[key]) for key in keys})
        for key, text in wrong:
            self._problems.append(Fault(coordinate(number, self._columns.get(key, 0)), LABELS[key], text))
        return figures

    def _merged(self, number: int, filled: list[int], missing: Collection[str]) -> None:
        """Says of a row that it lacks what each row must have, as one does whose cells are merged with those above."""
        if len(missing) > 1:
            says = N_(
                "“{text}” stands in a row without Cấp and Chỉ tiêu: write both in every row of a figure; unmerge cells"
            )
            self._say(coordinate(number, filled[0]), says, text=self._grid[number][filled[0]].text)
        for key in missing:
            if len(missing) == 1 and key in self._columns:
                says = N_("missing {label}: write it in every row of a figure; unmerge cells that are merged")
                self._say(coordinate(number, self._columns[key]), says, label=LABELS[key])

    def _says_nothing(self, column: int, cell: Cell) -> bool:
        """Whether a cell only numbers its row, under the heading STT, or has a dash where nothing is printed."""
        if column == self._numbering:
            return bool(re.fullmatch(r"[0-9.]+", cell.text))
        return is_dash(cell.value) and any(self._columns.get(key) == column for key in _FIGURES)

    def _value(self, key: str, row: int, column: int) -> Any:
        """The value as a plan file would have it; as it is where it does not fit, which is said."""
        cell = self._grid[row][column]
        try:
            return read_cell(key, cell, self._programme)
        except ValueMismatch as wrong:
            self._problems.append(Fault(coordinate(row, column), {**LABELS, **HEAD_LABELS}[key], str(wrong)))
            return cell.value

    def _where(self, path: toml_places.Path) -> str:
        """The cell of a key, or the row of a figure, or the row of the headings."""
        if path[:1] == ("roadmap",):
            return self._head_places.get(str(path[-1]), self._name)
        row = next((self._rows[path[:end]] for end in (4, 2) if path[:end] in self._rows), self._top)
        column = self._columns.get(str(path[-1]))
        return coordinate(row, column) if column is not None else _row(self._top if path[-1] in self.needed else row)

    def _say(self, where: str, message: str, **facts: str) -> None:
        self._problems.append(Fault(where, "", _(message).format(**facts)))


def _order(problem: Fault) -> tuple[int, int, str]:
    """As one reads: row by row, in each from left to right; what concerns a whole row before its cells."""
    address = re.search(r"([A-Z]*)([0-9]+)$", problem.where)
    return (int(address[2]), len(address[1]), address[1]) if address else (0, 0, "")


def _row(number: int) -> str:
    return _("row {number}").format(number=number + 1)


def _label(problem: Fault) -> str:
    return {**HEAD_LABELS, **LABELS}.get(problem.key, "")


def _near(near: list[str]) -> str:
    return _("; do you mean {near}?").format(near=f"“{near[0]}”") if near else ""
