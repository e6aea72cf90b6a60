"""Which unit a question is about, for whoever was given a part of a ledger on a server."""

from datetime import date

from ntmtrack.errors import NotAScope, NotSeenWhole, SeveralScopes
from ntmtrack.model import Tier, Unit
from ntmtrack.storage.dialect import Connection, is_of_file
from ntmtrack.storage.queries.facts import scopes_shown
from ntmtrack.storage.queries.units import sole_province, versions


def usual_scope(connection: Connection, on: date) -> Unit | None:
    """What a question is about that names no unit: what whoever asks was given, else the only province of a day.

    Raises SeveralScopes where he was given several units, NotAScope for a ward or a town.
    """
    if not (shown := scopes_shown(connection)):
        return sole_province(connection, on)
    if len(shown) > 1:
        raise SeveralScopes(units="; ".join(shown.values()))
    unit = versions(connection, next(iter(shown)))[-1]
    if unit.tier is Tier.COMMUNE and unit.kind != "xã":
        raise NotAScope(unit=unit.full_title)
    return unit


def seen_whole(connection: Connection, unit: Unit) -> Unit:
    """A unit that is asked about; raises NotSeenWhole where only a part of it is shown to whoever asks."""
    if is_of_file(connection):
        return unit
    asked = connection.execute("SELECT sees_all() OR :unit IN (SELECT seen_units())", {"unit": unit.id}).fetchone()
    if not asked[0]:
        raise NotSeenWhole(unit=unit.title, units="; ".join(scopes_shown(connection).values()))
    return unit
