"""The form that districts fill in, offering the units that stand and the levels that there are."""

import sqlite3
from pathlib import Path

from ntmtrack.errors import UnknownFormat
from ntmtrack.files import refuse_foreign
from ntmtrack.i18n import _, number
from ntmtrack.model import Tier
from ntmtrack.office.invocation import Invocation
from ntmtrack.office.question import Asked, Viewpoint, take
from ntmtrack.programmes import every
from ntmtrack.sheets.district_form import Choices, write_template
from ntmtrack.storage.queries import units


def make(call: Invocation, file: Path, asked: Asked) -> None:
    """Writes the form to `file`; raises UnknownFormat, and what `replacing` and `take` raise."""
    if file.suffix.lower() != ".xlsx":
        raise UnknownFormat(file=file, stem=file.stem or "recognitions", command="template")
    refuse_foreign(file)
    with call.reading() as connection:
        choices = _choices(connection, take(connection, asked, call.today), call)
    write_template(file, choices)
    text = _("Wrote {file}: a form with {units} units of {scope}; take it in again with: ntmtrack import")
    call.say(text.format(file=file, units=number(len(choices.units)), scope=choices.scope))


def _choices(connection: sqlite3.Connection, at: Viewpoint, call: Invocation) -> Choices:
    counted = at.view.programme.counted
    standing = units.every(connection, at.moment.units_on, at.view.scope)
    named = [unit for unit in standing if unit.kind in counted.get(unit.tier, ())]
    communes = [unit for unit in named if unit.tier is Tier.COMMUNE]
    districts = [unit for unit in named if unit.tier is Tier.DISTRICT]
    province = units.sole_province(connection)
    return Choices(
        scope=at.scope_name,
        issuer=f"UBND {province.title if province else 'tỉnh'}",  # Vietnamese, as the form is
        units=[unit.full_title for unit in (*communes, *districts)],
        levels=[level.name for level in at.view.programme.levels],
        first_year=every()[0].first_year,
        last_year=call.today.year,
    )
