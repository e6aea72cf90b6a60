"""The names that a form asks for between double braces, and what is known of them; wrong ones are told all at once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from ntmtrack.errors import CannotRead, UnknownNames
from ntmtrack.i18n import _, day, number
from ntmtrack.text import nearest

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# “{{ten}}”; “{{#xa}}” repeats its row for each of a list.
NAME = re.compile(r"\{\{\s*(#?)\s*([\w.]+)\s*\}\}")
# What begins as a name does, whole or not: a slip is told, not left in the form.
_BRACES = re.compile(r"\{\{[^{}]*\}{0,2}")
_SIDES = ("left", "center", "right")
_SHOWN = 10  # unknown names told at once


class Year(int):
    """A year: a number that is written without separators."""


Value = str | int | Decimal | date | None
Item = Mapping[str, Value]


class Items(NamedTuple):
    """A list that a form may ask for: the names of what is told of each item, and the items."""

    fields: Sequence[str]
    items: Sequence[Item]


class Values(NamedTuple):
    """What a form may ask for: single values by name, and lists of items with names of their own."""

    single: Mapping[str, Value]
    lists: Mapping[str, Items]


class UnknownFormName(NamedTuple):
    """A name of which nothing is known, with its place in the form."""

    place: str
    name: str


def shown(value: Value) -> str:
    """A value within a text."""
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    return str(value) if isinstance(value, str | Year) else number(value)


def check_names(file: str, book: "Workbook", values: Values) -> None:
    """Raises UnknownNames where nothing is known of a name, with its place in the form."""
    refuse_unknown(file, [*_unknown(file, book, values), *_unknown_named(book, values)], values)


def refuse_unknown(file: str, unknown: Sequence[UnknownFormName], values: Values) -> None:
    """Raises UnknownNames with these names, where there are any, and those that are like them."""
    unknown = list(dict.fromkeys(unknown))
    if not unknown:
        return
    known = [
        *values.single,
        *values.lists,
        *(f"{key}.{field}" for key, of in values.lists.items() for field in of.fields),
    ]
    near = dict.fromkeys(near for wrong in unknown[:_SHOWN] for near in nearest(wrong.name, known))
    raise UnknownNames(
        file=file,
        names=", ".join(f"{wrong.name} ({wrong.place})" for wrong in unknown[:_SHOWN]),
        near=", ".join(list(near)[:_SHOWN]) or "–",
    )


def _unknown(file: str, book: "Workbook", values: Values) -> Iterator[UnknownFormName]:
    for sheet in book.worksheets:
        lists = repeated_rows(file, sheet)
        for cells in sheet.iter_rows():
            for cell in cells:
                if isinstance(cell.value, str) and "{{" in cell.value:
                    known = known_in(values, lists.get(cell.row or 0))
                    for name in wrong_names(cell.value, known, values):
                        yield UnknownFormName(f"{sheet.title}!{cell.coordinate}", name)
        for part in margins(sheet):
            for name in wrong_names(part.text or "", set(values.single), values):
                yield UnknownFormName(_("header or footer of {sheet}").format(sheet=sheet.title), name)


def wrong_names(text: str, known: set[str], values: Values) -> Iterator[str]:
    """The names in a text that nothing is known of, and what begins like a name and is none."""
    for mark, name in NAME.findall(text):
        if name.lower() not in (values.lists if mark else known):
            yield f"{mark}{name}"
    for rest in _BRACES.findall(NAME.sub("", text)):
        yield rest.strip("{} ") or rest


def _unknown_named(book: "Workbook", values: Values) -> Iterator[UnknownFormName]:
    """Named cells that are called as a figure nearly is, and by that name none."""
    firsts = {name.partition(".")[0] for name in values.single if "." in name}
    for name in book.defined_names.values():
        key = name.name.lower()
        if "." in key and key.partition(".")[0] in firsts and key not in values.single and cells_of(name, book):
            yield UnknownFormName(_("named cell"), name.name)


def cells_of(name: Any, book: "Workbook") -> list[tuple[str, str]]:
    """The sheet and first cell of every area that a name stands for; none where it is broken, or a whole column."""
    if "#REF" in (name.attr_text or "#REF"):
        return []
    first = ((title, area.replace("$", "").partition(":")[0]) for title, area in name.destinations)
    return [(title, cell) for title, cell in first if title in book.sheetnames and re.fullmatch(r"[A-Z]+[0-9]+", cell)]


def margins(sheet: "Worksheet") -> list[Any]:
    """The parts of a sheet's headers and footers."""
    whole: list[Any] = [sheet.oddHeader, sheet.oddFooter, sheet.evenHeader, sheet.evenFooter]
    return [getattr(part, side) for part in (*whole, sheet.firstHeader, sheet.firstFooter) for side in _SIDES if part]


def known_in(values: Values, name: str | None) -> set[str]:
    """The names that may stand in a row, of a list where it is repeated for one."""
    listed = values.lists.get(name or "")
    fields = listed.fields if listed else ()
    return {*values.single, *fields, *(f"{name}.{field}" for field in fields)}


def repeated_rows(file: str, sheet: "Worksheet") -> dict[int, str]:
    """The rows with `{{#list}}`, and which list."""
    lists: dict[int, str] = {}
    for row, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        for text in cells:
            for mark, name in NAME.findall(text) if isinstance(text, str) else ():
                if mark and lists.setdefault(row, name.lower()) != name.lower():
                    two = _("row {row} of “{sheet}” asks for two lists, #{first} and #{second}; choose one")
                    reason = two.format(row=row, sheet=sheet.title, first=lists[row], second=name)
                    raise CannotRead(file=file, reason=reason)
    return lists
