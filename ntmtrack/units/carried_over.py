"""What carries a ledger over the national changes of units, as a value: to be shown, then written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ntmtrack.model import NewUnit, Unit
from ntmtrack.units.changes import lives
from ntmtrack.units.rearrangement import Rearrangement


class Division(NamedTuple):
    """A unit that was divided: its title and code, and the units that its parts went into, the main one first."""

    title: str
    code: str
    into: Sequence[NewUnit]


class MadeUnit(NamedTuple):
    """A unit of today, what it is made of, each whole or in part, and whether it is an old one that goes on."""

    unit: NewUnit
    parts: Sequence[tuple[NewUnit, bool]]
    goes_on: bool
    resolution: str | None


@dataclass
class CarriedOver:
    """What carries a ledger over the national changes, and what is to be said of it first.

    `old` and `made` are the commune-level units that change, as of the day before and after. `missing` are units that
    the list has and the ledger lacks, beside others of which the same new unit is made; `unknown` communes of the
    ledger that the list does not have; those that are no xã end, and what they went into stays open.
    """

    until: str
    change: Rearrangement = field(default_factory=Rearrangement)
    provinces: list[str] = field(default_factory=list)
    old: list[NewUnit] = field(default_factory=list)
    made: list[MadeUnit] = field(default_factory=list)
    brought: list[NewUnit] = field(default_factory=list)
    of_kind: list[NewUnit] = field(default_factory=list)
    divided: list[Division] = field(default_factory=list)
    missing: list[NewUnit] = field(default_factory=list)
    unknown: list[Unit] = field(default_factory=list)

    @property
    def new(self) -> list[NewUnit]:
        """The commune-level units of after the change."""
        return [made.unit for made in self.made]

    @property
    def new_today(self) -> list[NewUnit]:
        """The same as they are by the last change of kind."""
        return [lives(made.unit, self.until)[-1] for made in self.made]

    @property
    def kept(self) -> int:
        """How many of them are old ones that go on, with another parent, name or kind."""
        return sum(made.goes_on for made in self.made)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to carry over."""
        return self.change.is_empty
