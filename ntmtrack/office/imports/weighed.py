"""What a table would do to the ledger: what is new, corrected, the same, and what is wrong."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ntmtrack.sheets.fields import What
from ntmtrack.sheets.problems import Problem, Spot
from ntmtrack.sheets.recognition_rows import Defaults


class Change(NamedTuple):
    """One row's fact: the unit, what is told of it, what was on record (None: nothing), where it stands.

    `brief` says of what is told as much as many rows share.
    """

    unit: str
    told: str
    before: str | None
    spot: Spot
    brief: str = ""


class Near(NamedTuple):
    """A name that fits a unit only nearly, and what is dropped then: to be confirmed."""

    typed: str
    meant: str
    how: str
    spot: Spot


if TYPE_CHECKING:
    from ntmtrack.storage.ledger import Ledger


class Weighed(NamedTuple):
    """The facts of a table sorted by what they would do, in the order of its rows."""

    new: list[Change]
    changed: list[Change]
    same: list[Change]
    near: list[Near]
    problems: list[Problem]
    remarks: list[str]
    silent: list[Spot]  # rows that name a unit and tell nothing of it
    revoked: Sequence[str] = ()  # what remarks say was taken back: to be confirmed
    over_edits: Sequence[str] = ()  # units whose correction with a reason would be taken back

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep a row out."""
        return sorted(dict.fromkeys(self.problems), key=lambda one: one.order)

    @property
    def writes(self) -> bool:
        """Whether anything would be written."""
        return bool(self.new or self.changed)


class Terms(NamedTuple):
    """Under which terms tables are weighed: what holds for all rows, today, the file's name, what is refused."""

    defaults: Defaults
    today: date
    file: str
    refuse_near: bool = False
    refuse_revoked: bool = False  # what only a remark says was taken back
    scope: str | None = None


class Outcome(NamedTuple):
    """What a table would do, and how to do it in an open action."""

    what: What
    weighed: Weighed
    write: "Callable[[Ledger], None]"
