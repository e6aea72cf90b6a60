"""The names that a form asks for between double braces, and what is known of them; wrong ones are told all at once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ntmtrack.errors import CannotRead, UnknownNames
from ntmtrack.i18n import _
from ntmtrack.text import nearest

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

NAME = re.compile(r"\{\{\s*(#?)\s*([\w.]+)\s*\}\}")
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


class _Unknown(NamedTuple):
    place: str
    name: str


def check_names(file: str, book: "Workbook", values: Values) -> None:
    """Raises UnknownNames where nothing is known of a name, with its place in the form."""
    unknown = list(_unknown(file, book, values))
    if not unknown:
        return
    known = [
        *values.single,
        *values.lists,
        *(f"{key}.{field}" for key, of in values.lists.items() for field in of.fields),
    ]
    near = dict.fromkeys(near for one in unknown[:_SHOWN] for near in nearest(one.name, known))
    raise UnknownNames(
        file=file,
        names=", ".join(f"{one.name} ({one.place})" for one in unknown[:_SHOWN]),
        near=", ".join(list(near)[:_SHOWN]) or "–",
    )


def _unknown(file: str, book: "Workbook", values: Values) -> Iterator[_Unknown]:
    for sheet in book.worksheets:
        lists = repeated_rows(file, sheet)
        for cells in sheet.iter_rows():
            for cell in cells:
                if isinstance(cell.value, str) and "{{" in cell.value:
                    known = _known_in(values, lists.get(cell.row or 0))
                    for mark, name in NAME.findall(cell.value):
                        if name.lower() not in (values.lists if mark else known):
                            yield _Unknown(f"{sheet.title}!{cell.coordinate}", f"{mark}{name}")


def _known_in(values: Values, name: str | None) -> set[str]:
    """The names that may stand in a row, of a list where it is repeated for one."""
    listed = values.lists.get(name or "")
    fields = listed.fields if listed else ()
    return {*values.single, *fields, *(f"{name}.{field}" for field in fields)}


def repeated_rows(file: str, sheet: "Worksheet") -> dict[int, str]:
    """The rows with `{{#list}}`, and which list."""
    found: dict[int, str] = {}
    for row, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        for text in cells:
            for mark, name in NAME.findall(text) if isinstance(text, str) else ():
                if mark and found.setdefault(row, name.lower()) != name.lower():
                    two = _("row {row} of “{sheet}” asks for two lists, #{first} and #{second}; choose one")
                    told = two.format(row=row, sheet=sheet.title, first=found[row], second=name)
                    raise CannotRead(file=file, reason=told)
    return found
