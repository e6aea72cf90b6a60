"""How much a ledger was told: what verdicts may rest on."""

from datetime import date

from ntmtrack.model import Tier
from ntmtrack.progress.evidence import Recorded
from ntmtrack.storage.dialect import Connection, is_of_file
from ntmtrack.storage.queries.actions import closed_until
from ntmtrack.storage.queries.membership import concerned, day_facts, placed_cte

_ABOVE = """
    WITH RECURSIVE above(unit_id) AS (
        SELECT CAST(:scope AS BIGINT)
        UNION SELECT parent_id FROM unit_version JOIN above USING (unit_id)
        WHERE parent_id IS NOT NULL AND voided_by IS NULL)
    SELECT DISTINCT unit_id FROM above JOIN unit_version USING (unit_id)
    WHERE tier = 'province' AND voided_by IS NULL"""


def units_held(connection: Connection, scope: int, day: date) -> int:
    """How many communes, wards and special zones of a scope stood on a day by the ledger."""
    text = f"WITH RECURSIVE {placed_cte(scope, 1)} SELECT count(*) FROM placed WHERE at <> 0 AND tier = 'commune'"
    (count,) = connection.execute(text, {"scope": scope} | day_facts([day])).fetchone()
    return int(count)


def shows_part(connection: Connection, scope: int | None) -> bool:
    """Whether a server shows whoever reads but a part of the units of a scope; without one of those in the ledger."""
    if is_of_file(connection):
        return False
    (is_whole,) = connection.execute(
        "SELECT sees_all() OR :scope IN (SELECT written_units())", {"scope": scope}
    ).fetchone()
    return not is_whole


def recorded(connection: Connection, scope: int | None, day: date) -> Recorded:
    """What was told of the province of a scope and of what it was made of by a day: of which years, by tier.

    Without a scope, of the whole ledger. The closed years are the ledger's.
    """
    provinces = [] if scope is None else [row[0] for row in connection.execute(_ABOVE, {"scope": scope})]
    told_of = set().union(*(concerned(connection, province, day) for province in provinces))
    listed = ", ".join(map(str, sorted(told_of)))
    villages = (
        f"SELECT unit_id FROM unit_version WHERE tier = 'village' AND voided_by IS NULL AND parent_id IN ({listed})"
    )
    meant = f"AND (unit_id IN ({listed}) OR unit_id IN ({villages}))" if scope is not None else ""
    rows = connection.execute(f"""
        WITH told(unit_id, year) AS (
            SELECT unit_id, coalesce(year, CAST(substr(known_by, 1, 4) AS INTEGER))
            FROM recognition WHERE voided_by IS NULL {meant}
            UNION ALL
            SELECT unit_id, CAST(substr(day, 1, 4) AS INTEGER)
            FROM revocation JOIN recognition ON recognition.id = revocation.recognition_id
            WHERE revocation.voided_by IS NULL {meant})
        SELECT tier, min(year), max(year) FROM told
        JOIN (SELECT DISTINCT unit_id, tier FROM unit_version WHERE voided_by IS NULL) AS placed USING (unit_id)
        GROUP BY tier""")
    return Recorded({Tier(tier): (first, last) for tier, first, last in rows}, closed_until(connection) or 0)
