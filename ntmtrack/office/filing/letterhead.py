"""The letterhead: kept in the ledger once it is given, so that the next report need not be told again."""

import sqlite3
from datetime import date
from typing import NamedTuple

from ntmtrack.export.document import Letterhead
from ntmtrack.i18n import day_in_letters
from ntmtrack.office.question import Viewpoint
from ntmtrack.storage.queries.actions import setting
from ntmtrack.text import clean

_KEPT = ("agency", "place", "number")


class Given(NamedTuple):
    """What was typed for this report; None where it is as kept. The day is never kept."""

    agency: str | None = None
    place: str | None = None
    number: str | None = None
    dated: date | None = None

    def to_keep(self, connection: sqlite3.Connection) -> dict[str, str]:
        """What is typed and not yet kept so."""
        typed = {key: clean(value) for key in _KEPT if (value := getattr(self, key)) is not None}
        return {key: value for key, value in typed.items() if (setting(connection, key) or "") != value}


def letterhead(connection: sqlite3.Connection, at: Viewpoint, given: Given) -> Letterhead:
    """The letterhead of a report; its place is the scope's name where none was ever given."""
    known = {key: setting(connection, key) or "" for key in _KEPT} | given.to_keep(connection)
    lines = tuple(line.strip() for line in known["agency"].split(";") if line.strip())
    return Letterhead(
        agency=lines,
        place=known["place"] or (at.scope.name if at.scope else ""),
        number=known["number"],
        dated=day_in_letters(given.dated) if given.dated else "",
    )
