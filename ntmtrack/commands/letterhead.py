"""The letterhead of what an office sends: what is typed for it, and what the ledger keeps of it."""

import re
from datetime import date
from typing import NamedTuple

from ntmtrack.commands.question import ReportSpec
from ntmtrack.export import Letterhead
from ntmtrack.i18n import N_, day_in_letters
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.actions import keeps_choices, setting
from ntmtrack.text import clean, plain

WORDS = {"agency": N_("agency"), "place": N_("place"), "number": N_("number")}
_KEPT = ("agency", "place", "number")


class LetterheadOptions(NamedTuple):
    """What was typed for this report; None where it is as kept. The day is never kept."""

    agency: str | None = None
    place: str | None = None
    number: str | None = None
    dated: date | None = None

    @property
    def typed(self) -> dict[str, str]:
        """What is typed of what is kept."""
        return {key: clean(value) for key in _KEPT if (value := getattr(self, key)) is not None}

    def to_keep(self, connection: Connection) -> dict[str, str]:
        """What is typed and not yet kept so; nothing of it for who keeps no choices of the whole ledger."""
        if not self.typed or not keeps_choices(connection):
            return {}
        return {key: value for key, value in self.typed.items() if (setting(connection, key) or "") != value}


def letterhead(connection: Connection, spec: ReportSpec, typed: LetterheadOptions) -> Letterhead:
    """The letterhead of a report; its place is the scope's name where none was ever given."""
    fields = {key: setting(connection, key) or "" for key in _KEPT}
    if outdated_agency(connection, spec.moment.units_on):
        fields["agency"] = ""
    fields |= typed.typed
    lines = tuple(line.strip() for line in fields["agency"].split(";") if line.strip())
    return Letterhead(
        agency=lines,
        place=fields["place"] or (spec.scope.name if spec.scope else ""),
        number=fields["number"],
        dated=day_in_letters(typed.dated) if typed.dated else "",
    )


def outdated_agency(connection: Connection, on: date) -> str:
    """The agency that the ledger keeps, where it bears the name of a province that had ended by a day; else "".

    Not that of a commune so called, nor of an agency that names a province of the day.
    """
    agency = setting(connection, "agency") or ""
    every = units.all_provinces(connection) if agency else []
    standing = {unit.name for unit in every if unit.stands_on(on.isoformat())}
    ended = {unit.name for unit in every if (unit.until or "9999") <= on.isoformat()} - standing
    if any(_named(agency, name) for name in standing):
        return ""
    return agency if any(_named(agency, name) for name in ended) else ""


def _named(agency: str, province: str) -> bool:
    """Whether an agency's lines name a province, and no commune or district of its name."""
    words = plain(agency.replace(";", " "))
    return re.search(rf"(?<!\bxa )(?<!\bphuong )(?<!\bhuyen )(?<!\bkhu )\b{plain(province)}\b", words) is not None
