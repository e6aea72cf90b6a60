"""What a kind of fact is: its columns, what it refers to, whom it is about, how it is told."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

UNIT = "unit"
_NONE: Mapping[str, Any] = MappingProxyType({})


class FactColumn(NamedTuple):
    """One column: what it holds, int or str; the table that its number refers to; the words of its codes.

    The word of a code that goes without saying is "". An ISO day may be known to the month or the year alone.
    """

    name: str
    holds: type
    refers: str | None
    codes: Mapping[str, str]
    is_day: bool
    is_remark: bool  # no figure rests on it
    is_derived: bool  # it says nothing that another column does not
    is_private: bool  # a person's name: it is told to nobody else, and no hash is taken over it

    @property
    def word(self) -> str:
        """What stands under its number in words: "parent" of `parent_id`."""
        return self.name.removesuffix("_id")


class FactKind(NamedTuple):
    """One kind of fact; columns are named as in its table, words are filled with what they say.

    Attributes:
        about: the columns that tell whom it is about, the unit first; it may be what another fact is about.
        identity: what makes two facts the same one at two times; `near` is the part that a correction may change.
        settles: the day from which figures of closed years rest on it; None where none do (plans: `closed_years`).
        held_by: what lets no two of one identity stand: a rule of the file, or undo, which brings none back beside one
            told anew. `room` is the condition where a rule of the file holds more than the identity.
        part_of: the column of the fact that it goes and comes with.
        is_shared: it goes once no fact speaks of it, and comes with one that does.
        is_choice: a remembered choice, no fact of the programme.
        is_counted: `status` tells how many there are.
        subject, parts: its words; where there are none, it is told with the facts that speak of it.
        many, each: what many have in common that come or go at once, and what each is called among them.

    """

    table: str
    columns: tuple[FactColumn, ...]
    about: tuple[str, ...]
    identity: tuple[str, ...]
    near: str = ""
    settles: str | None = None
    held_by: Literal["file", "undo"] | None = None
    room: str = ""
    part_of: str | None = None
    is_shared: bool = False
    is_choice: bool = False
    is_counted: bool = False
    subject: str = ""
    parts: tuple[str, ...] = ()
    many: str = "{subject} {said}"
    each: str = "{unit}"

    @property
    def is_voidable(self) -> bool:
        """Whether it can be voided and come back as a copy: all but a unit's identity, which has but versions."""
        return bool(self.columns)

    @property
    def all_columns(self) -> tuple[str, ...]:
        """The names of its columns with those that every fact has."""
        copies = ["restores_id"] if self.is_voidable else []
        return ("id", "action_id", "voided_by", *(column.name for column in self.columns), *copies)

    @property
    def whole(self) -> FactColumn | None:
        """The column of the fact that it is part of."""
        return next((column for column in self.columns if column.name == self.part_of), None)


_MARKS = ("number", "day", "remark", "derived", "private")


def declare(
    table: str,
    columns: str = "",
    *,
    about: str = "",
    identity: str = "",
    codes: Mapping[str, Mapping[str, str]] = _NONE,
    **rest: Any,
) -> FactKind:
    """A kind, its columns in one text: "code" holds texts, "year:number" numbers, "unit_id:unit" refers to a table."""
    declared = []
    for word in columns.split():
        name, *marks = word.split(":")
        refers = next((mark for mark in marks if mark not in _MARKS), None)
        holds = int if refers or "number" in marks else str
        declared.append(
            FactColumn(name, holds, refers, codes.get(name, _NONE), *(mark in marks for mark in _MARKS[1:]))
        )
    return FactKind(table, tuple(declared), tuple(about.split()), tuple(identity.split()), **rest)
