"""The registers of the emulation movement as they are kept: registrations, awards given, sponsorship, contributions."""

from enum import StrEnum
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.model import CRITERIA as CRITERIA
from ntmtrack.model import GIVERS
from ntmtrack.model import LEVEL as LEVEL
from ntmtrack.model import REGISTERS as REGISTERS
from ntmtrack.model import TEXT as TEXT


class GiverKind(StrEnum):
    """Who gave something."""

    PERSON = "person"
    HOUSEHOLD = "household"
    COMPANY = "company"
    COOPERATIVE = "cooperative"
    AGENCY = "agency"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The word, in the language in use."""
        return _(GIVERS[self])

    @property
    def is_private(self) -> bool:
        """Whether its name is a person's."""
        return self in (GiverKind.PERSON, GiverKind.HOUSEHOLD)


class Registration(NamedTuple):
    """Đăng ký thi đua of a unit for a year: a level by its key, so many criteria more, or a target in words.

    Days are ISO, perhaps of a month or a year alone; `sender_id` is the unit that sent it, None where it is the same.
    """

    unit_id: int
    year: int
    pledge: str
    value: str
    sent_on: str | None = None
    sender_id: int | None = None
    received_on: str | None = None
    document: str | None = None
    source: str | None = None
    note: str | None = None
    id: int | None = None


class GivenAward(NamedTuple):
    """An award that was given for an achievement of a year; `form` is the key of the rule of `movement`.

    `level` is the key of the level that was reached, where that is the achievement; `recipient` is who, by role or as a
    collective, where not the unit; `over` is why it goes beyond the places there are. `person` is told to nobody else.
    """

    unit_id: int
    name: str
    year: int
    achievement: str
    movement: str | None = None
    form: str | None = None
    authority: str | None = None
    level: str | None = None
    recipient: str | None = None
    places: int = 1
    number: str | None = None
    signed_on: str | None = None
    over: str | None = None
    source: str | None = None
    note: str | None = None
    person: str | None = None
    id: int | None = None


class Entry(NamedTuple):
    """An entry of one of `REGISTERS`: a party (agency, giver, block, whoever inspects), a unit, from a day on.

    `kind` is the kind of giver, or what else the register parts by; `amount` is in đồng, of a block in points.
    """

    unit_id: int
    book: str
    what: str
    day: str
    kind: str | None = None
    party: str | None = None
    until: str | None = None
    amount: int | None = None
    document: str | None = None
    source: str | None = None
    note: str | None = None
    person: str | None = None
    id: int | None = None
