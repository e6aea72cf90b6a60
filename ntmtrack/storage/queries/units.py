"""Units: found by name or code, listed, counted."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from ntmtrack.errors import UnitNotSeen, UnknownUnit
from ntmtrack.model import Succession, Tier, Unit
from ntmtrack.rules import check_alive
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.facts import scopes_shown
from ntmtrack.storage.queries.membership import INSIDE, day_facts, placed_cte
from ntmtrack.streams import remark
from ntmtrack.text import fold, nearest, sort_key
from ntmtrack.units.finder import FoundUnit, MatchTerms, find

_UNIT = """
    SELECT v.unit_id, v.name, v.kind, v.tier, v.code, v.parent_id,
           (SELECT p.kind || ' ' || p.name FROM unit_version AS p
            WHERE p.unit_id = v.parent_id AND p.voided_by IS NULL
              AND coalesce(p.since, '') < coalesce(v.until, '9999')
            ORDER BY coalesce(p.since, '') DESC LIMIT 1),
           v.since, v.until
    FROM unit_version AS v WHERE v.voided_by IS NULL
"""


def by_keys(connection: Connection, keys: Iterable[str], code: str) -> list[Unit]:
    """Every version of every unit whose match key is among `keys`, or whose code is `code`."""
    listed = list(keys)
    marks = ", ".join(f":key{place}" for place in range(len(listed))) or "NULL"
    facts = {f"key{place}": key for place, key in enumerate(listed)} | {"code": code}
    return _units(connection, f"{_UNIT} AND (v.name_key IN ({marks}) OR v.code = :code)", facts)


def every_version(connection: Connection) -> list[Unit]:
    """All versions of all units, the oldest of each first."""
    return _units(connection, f"{_UNIT} ORDER BY v.unit_id, coalesce(v.since, '')", {})


def versions(connection: Connection, unit_id: int) -> list[Unit]:
    """All versions of one unit, the oldest first."""
    text = f"{_UNIT} AND v.unit_id = :unit ORDER BY coalesce(v.since, '')"
    return _units(connection, text, {"unit": unit_id})


def every_unit(
    connection: Connection,
    on: date | None = None,
    scope: int | None = None,
    tier: Tier | None = None,
    *,
    villages: bool = False,
) -> list[Unit]:
    """Every unit (of a tier) as it stood on a day, of those that belonged to `scope` then, itself or its heirs.

    Villages, which are many, are among them only where they are asked for.
    Without a day each in its last version, of all that ever belonged to it. In the order of the official list: by code,
    units without one last by name.
    """
    has_villages = villages or tier is Tier.VILLAGE
    but = "" if has_villages else " AND v.tier <> 'village'"
    if on is None:
        text = (
            f"WITH RECURSIVE {INSIDE} {_UNIT}"
            " AND (:scope IS NULL OR v.unit_id IN (SELECT unit_id FROM inside)) AND (:tier IS NULL OR v.tier = :tier)"
            f"{but} AND NOT EXISTS (SELECT 1 FROM unit_version AS later"
            "   WHERE later.unit_id = v.unit_id AND later.voided_by IS NULL"
            "     AND coalesce(later.since, '') > coalesce(v.since, ''))"
        )
    else:
        text = (
            f"WITH RECURSIVE {placed_cte(scope, 1, villages=has_villages)} {_UNIT}"
            " AND v.id IN (SELECT version_id FROM placed WHERE at <> 0) AND (:tier IS NULL OR v.tier = :tier)"
        )
    units = _units(connection, text, {"scope": scope, "tier": tier} | day_facts([on] if on else []))
    return sorted(units, key=official_order)


def parents(connection: Connection, on: date) -> dict[int, int | None]:
    """What every unit that stands on a day belongs to, by id."""
    rows = connection.execute(
        "SELECT unit_id, parent_id FROM unit_version WHERE voided_by IS NULL"
        " AND coalesce(since, '') <= :day AND coalesce(until, '9999') > :day",
        {"day": on.isoformat()},
    )
    return dict(rows.fetchall())


def villages_below(connection: Connection, on: date, communes: Collection[int]) -> dict[int, int]:
    """The villages that stand below these communes on a day, each with its commune, by id."""
    rows = connection.execute(
        "SELECT unit_id, parent_id FROM unit_version WHERE voided_by IS NULL AND tier = 'village'"
        " AND coalesce(since, '') <= :day AND coalesce(until, '9999') > :day",
        {"day": on.isoformat()},
    )
    return {unit: commune for unit, commune in rows if commune in communes}


def unit_titles(connection: Connection, on: date) -> dict[int, str]:
    """Kind and name of every unit that stands on a day, by id."""
    rows = connection.execute(
        "SELECT unit_id, kind || ' ' || name FROM unit_version WHERE voided_by IS NULL"
        " AND coalesce(since, '') <= :day AND coalesce(until, '9999') > :day",
        {"day": on.isoformat()},
    )
    return dict(rows.fetchall())


def official_order(unit: Unit) -> tuple[bool, str, object]:
    """The order of the official list: code, then the Vietnamese alphabet."""
    return (unit.code is None, unit.code or "", () if unit.code else sort_key(unit.name))


def inside(connection: Connection, scope: int) -> set[int]:
    """A unit and whatever has ever belonged to it, by id."""
    rows = connection.execute(f"WITH RECURSIVE {INSIDE} SELECT unit_id FROM inside", {"scope": scope})
    return {row[0] for row in rows}


def written_by(connection: Connection) -> dict[int, int]:
    """The action that last wrote each unit, by id."""
    rows = connection.execute(
        "SELECT unit_id, max(action_id) FROM unit_version WHERE voided_by IS NULL GROUP BY unit_id"
    )
    return dict(rows.fetchall())


def taken_back_by(connection: Connection, unit_id: int) -> int | None:
    """The last action that voided a version of a unit; None where none did."""
    (action,) = connection.execute(
        "SELECT max(voided_by) FROM unit_version WHERE unit_id = :unit", {"unit": unit_id}
    ).fetchone()
    return None if action is None else int(action)


def successions(connection: Connection, about: int | None = None) -> list[Succession]:
    """What became of what, the earliest first; of one unit of what it was formed, and what it went into."""
    rows = connection.execute(
        "SELECT predecessor_id, successor_id, extent, day, main, resolution FROM succession WHERE voided_by IS NULL"
        " AND (:unit IS NULL OR predecessor_id = :unit OR successor_id = :unit) ORDER BY day, id",
        {"unit": about},
    )
    return [
        Succession(old, new, extent, on, None if main is None else bool(main), resolution)
        for old, new, extent, on, main, resolution in rows
    ]


def all_names(connection: Connection) -> list[str]:
    """All unit names, to suggest near ones from."""
    return [row[0] for row in connection.execute("SELECT DISTINCT name FROM unit_version WHERE voided_by IS NULL")]


def all_provinces(connection: Connection) -> list[Unit]:
    """The provinces of the ledger, in their last version."""
    return every_unit(connection, tier=Tier.PROVINCE)


def provinces_on(connection: Connection, on: date) -> list[Unit]:
    """The provinces that stand on a day, those among them that have ended and become no other; all where none does."""
    every, day = all_provinces(connection), on.isoformat()
    standing = every_unit(connection, on, tier=Tier.PROVINCE)
    ended = [unit for unit in every if (unit.until or "9999") <= day and not successors(connection, unit.id)]
    return [*standing, *ended] or every


def is_of_several(connection: Connection) -> bool:
    """Whether the ledger holds several provinces, by whichever parent-less units there are."""
    rows = connection.execute(
        "SELECT DISTINCT unit_id FROM unit_version WHERE parent_id IS NULL AND voided_by IS NULL LIMIT 2"
    )
    return len(rows.fetchall()) > 1


def sole_province(connection: Connection, on: date) -> Unit | None:
    """The only province that stands on a day, or None when none does or several do."""
    provinces = provinces_on(connection, on)
    return provinces[0] if len(provinces) == 1 else None


def successors(connection: Connection, unit_id: int) -> set[int]:
    """The units that a unit went into, by id."""
    rows = connection.execute(
        "SELECT successor_id FROM succession WHERE voided_by IS NULL AND predecessor_id = :unit", {"unit": unit_id}
    )
    return {row[0] for row in rows}


def predecessors(connection: Connection, unit_id: int) -> list[Unit]:
    """The units that went into a unit, of its own tier, in their last version."""
    text = (
        f"{_UNIT} AND v.unit_id IN (SELECT predecessor_id FROM succession"
        "   WHERE voided_by IS NULL AND successor_id = :unit)"
        " AND v.tier = (SELECT tier FROM unit_version WHERE unit_id = :unit AND voided_by IS NULL LIMIT 1)"
        " ORDER BY coalesce(v.since, '')"
    )
    return sorted({unit.id: unit for unit in _units(connection, text, {"unit": unit_id})}.values(), key=official_order)


def first_change(connection: Connection, scope: int, but: str) -> str | None:
    """The first ISO day on which a unit of `scope` is known to have ended; None where the ledger tells no change.

    `but` is the day on which a whole list ends: that tells of no unit's own change.
    """
    text = f"""WITH RECURSIVE {INSIDE}
        SELECT min(until) FROM unit_version WHERE voided_by IS NULL AND unit_id IN (SELECT unit_id FROM inside)
          AND tier IN ('commune', 'district') AND until <> :but"""
    (first,) = connection.execute(text, {"scope": scope, "but": but}).fetchone()
    return first if first is None else str(first)


def _units(connection: Connection, text: str, facts: Mapping[str, object]) -> list[Unit]:
    tiers = {str(tier): tier for tier in Tier}
    rows = connection.execute(text, facts)
    return [Unit(key, name, kind, tiers[tier], *rest) for key, name, kind, tier, *rest in rows]


class _LedgerUnits:
    """The units of a ledger for the finder, one query a name: enough for a command that names a few."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def bearing(self, keys: Collection[str], code: str) -> list[Unit]:
        return by_keys(self._connection, keys, code)

    def versions(self, unit_id: int) -> Sequence[Unit]:
        return versions(self._connection, unit_id)

    def names(self, _within: Collection[int]) -> list[str]:
        return all_names(self._connection)


def find_unit(
    connection: Connection,
    typed: str,
    prefer: Callable[[Unit], bool] = lambda _unit: True,
    only: Callable[[Unit], bool] = lambda _unit: True,
    *,
    across: bool = False,
    stands: Callable[[Unit], bool] = lambda _unit: True,
) -> Unit:
    """The one unit called `typed`, or with that code, in its last version; what was dropped to find it is said.

    The terms are those of `MatchTerms`. Raises UnknownUnit, UnitOtherwise, AmbiguousUnit.
    """
    terms = MatchTerms(prefer, only, across=across, stands=stands)
    return remark_match(connection, typed, look_up(connection, typed, terms))


def unit_in_year(connection: Connection, typed: str, year: int) -> Unit:
    """The unit meant as it last stood in a year, one that stood at its end before others.

    Raises UnitNotAlive, and what `find_unit` raises.
    """

    def stands(unit: Unit) -> bool:
        return unit.stands_on(f"{year}-12-31")

    found = find_unit(connection, typed, lambda unit: unit.alive_in(year), stands=stands)
    return check_alive(versions(connection, found.id), year)


def look_up(connection: Connection, typed: str, terms: MatchTerms) -> FoundUnit:
    """What a typed name means, nothing being said of how; raises as `find_unit` does."""
    try:
        return find(_LedgerUnits(connection), typed, terms)
    except UnknownUnit as unknown:
        if type(unknown) is not UnknownUnit or not (shown := scopes_shown(connection)):
            raise
        alike = unknown.facts.get("near")
        near = nearest(typed, alike if isinstance(alike, list) else (), at_least=_NEAR_OF_FEW)
        raise UnitNotSeen(name=typed, near=near, units="; ".join(shown.values())) from unknown


def remark_match(connection: Connection, typed: str, match: FoundUnit) -> Unit:
    """The unit found, in its last version; says what was dropped to find it."""
    if match.is_near:
        remark(match.note(typed))
    return versions(connection, match.unit.id)[-1]


def standing_on(day: date) -> Callable[[Unit], bool]:
    """Whether a unit stands on `day`: to prefer it over one that has ended."""
    iso = day.isoformat()
    return lambda unit: unit.stands_on(iso)


_NEAR_OF_FEW = 0.85  # whoever sees a few units and names another one rarely means one of these
_MOST_COMPARED = 300_000  # names compared for suggestions in one run: some seconds


class Register:
    """All units in memory for the finder, by match key, by code and by id: for tables of thousands of names."""

    def __init__(self, every_version: Iterable[Unit]) -> None:
        self._by_key: dict[str, list[Unit]] = defaultdict(list)
        self._by_code: dict[str, list[Unit]] = defaultdict(list)
        self._by_id: dict[int, list[Unit]] = defaultdict(list)
        self._beneath: dict[int, set[str]] = defaultdict(set)
        self._villages: dict[int, list[Unit]] = defaultdict(list)
        self._names: set[str] = set()
        self._compared = 0
        for version in every_version:
            self._by_id[version.id].append(version)
            if version.tier is Tier.VILLAGE:
                self._villages[version.parent_id or 0].append(version)
                continue
            self._by_key[fold(version.name)].append(version)
            self._names.add(version.name)
            if version.code:
                self._by_code[version.code].append(version)
            if version.parent_id is not None:
                self._beneath[version.parent_id].add(version.name)

    def versions(self, unit_id: int) -> list[Unit]:
        """All versions of one unit, the oldest first."""
        return self._by_id[unit_id]

    def with_code(self, code: str) -> list[Unit]:
        """The versions that have or had a code."""
        return self._by_code.get(code, [])

    def villages(self, commune_id: int) -> list[Unit]:
        """The versions of villages below a commune; a table asks for them in no other way."""
        return self._villages[commune_id]

    def called(self, name: str) -> list[Unit]:
        """The versions whose name has the same match key."""
        return self._by_key.get(fold(name), [])

    def everyone(self) -> Iterator[Unit]:
        """Each unit in its last version."""
        return (versions[-1] for versions in self._by_id.values())

    def bearing(self, keys: Collection[str], code: str) -> list[Unit]:
        """The versions with a match key among `keys`, or with the code."""
        return [*self.with_code(code), *(unit for key in keys for unit in self._by_key.get(key, ()))]

    def names(self, within: Collection[int]) -> set[str]:
        """The names to suggest near ones from: none any more when too many have been compared."""
        names = set().union(*(self._beneath[above] for above in within)) if within else self._names
        if self._compared + len(names) > _MOST_COMPARED:
            return set()
        self._compared += len(names)
        return names
