"""Adding one unit: its name, kind and code checked, its parent found, nothing added twice."""

import re
import sqlite3
from dataclasses import dataclass

from ntmtrack.dates import show_day
from ntmtrack.errors import BadCode, BadName, CodeTaken, ParentEnded, UnitExists, WrongKind
from ntmtrack.i18n import _
from ntmtrack.model import CODE_DIGITS, KINDS, MOST_LETTERS, NewUnit, Tier, Unit
from ntmtrack.office.invocation import Invocation
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.units import find_unit
from ntmtrack.text import clean, fold, letters, squeeze
from ntmtrack.units import split_kind

_EXAMPLES = {Tier.PROVINCE: "91", Tier.DISTRICT: "903", Tier.COMMUNE: "30838"}


@dataclass(frozen=True, slots=True)
class Wish:
    """A unit to be added, as typed."""

    tier: Tier
    name: str
    parent: str | None
    code: str | None
    kind: str | None
    since: str | None


def add(call: Invocation, wish: Wish, *, dry_run: bool) -> None:
    """Adds the unit; raises BadName, WrongKind, BadCode, UnitExists, CodeTaken, UnknownUnit, AmbiguousUnit."""
    typed_kind, name = split_kind(wish.name)
    if typed_kind in KINDS[Tier.VILLAGE]:  # "Bản Bo" is the whole name of a commune
        typed_kind, name = None, clean(wish.name)
    kind = _kind(wish.kind or typed_kind, wish.tier)
    check_name(name, wish.name)
    code = check_code(wish.code, wish.tier)
    with call.acting(f"add-{wish.tier}", create=True, dry_run=dry_run) as ledger:
        parent = _parent(ledger.connection, wish.parent, wish.tier)
        new = NewUnit(name, kind, wish.tier, code, since=wish.since, until=parent.until if parent else None)
        if parent and new.since and new.until and new.since >= new.until:
            raise ParentEnded(parent=parent.title, until=show_day(new.until), since=show_day(new.since))
        _refuse_known(ledger.connection, new, parent)
        ledger.add_unit(new, parent.id if parent else None)
        alike = _alike(ledger.connection, new, parent)
        where = f" ({parent.title})" if parent else ""
        ledger.summary = _("added {unit}").format(unit=f"{kind} {name}{where}")
    if alike:
        text = _("Warning: the name differs only by its marks from {units}.")
        call.say(text.format(units=", ".join(unit.full_title for unit in alike)))


def known_kind(typed: str) -> str:
    """The kind of unit that `typed` means: "thi tran" → "thị trấn"; raises WrongKind."""
    kinds = dict.fromkeys(kind for tier in KINDS.values() for kind in tier)
    for kind in kinds:
        if squeeze(kind) == squeeze(typed) or split_kind(f"{typed} x")[0] == kind:
            return kind
    raise WrongKind(kind=typed, tier=_("unit"), kinds=", ".join(kinds))


def _kind(typed: str | None, tier: Tier) -> str:
    if typed is None:
        return KINDS[tier][0]
    kind = known_kind(typed)
    if kind not in KINDS[tier]:
        names = {Tier.DISTRICT: _("district"), Tier.COMMUNE: _("commune")}
        raise WrongKind(kind=kind, tier=names[tier], kinds=", ".join(KINDS[tier]))
    return kind


def check_name(name: str, typed: str) -> None:
    """Refuses a name that is none; raises BadName."""
    if not 1 <= len(name) <= MOST_LETTERS or not re.search(r"\w", name):
        raise BadName(name=clean(typed)[:60])


def check_code(code: str | None, tier: Tier) -> str | None:
    """The code, where it has the digits that its tier has; raises BadCode."""
    if code is None:
        return None
    digits = CODE_DIGITS[tier]
    if not (len(code) == digits and code.isascii() and code.isdigit()):
        raise BadCode(code=code, digits=digits, example=_EXAMPLES[tier])
    return code


def _parent(connection: sqlite3.Connection, typed: str | None, tier: Tier) -> Unit | None:
    """The unit above: the one named, else the ledger's only province."""
    if typed is None:
        return units.sole_province(connection)
    above = (Tier.DISTRICT, Tier.PROVINCE) if tier is Tier.COMMUNE else (Tier.PROVINCE,)
    return find_unit(
        connection, typed, lambda unit: unit.tier is above[0], lambda unit: unit.tier in above, across=True
    )


def _refuse_known(connection: sqlite3.Connection, new: NewUnit, parent: Unit | None) -> None:
    since = new.since or ""
    for known in units.by_keys(connection, [fold(new.name)], new.code or ""):
        if (known.until or "9999") <= since:
            continue
        if new.code and known.code == new.code:
            raise CodeTaken(code=new.code, unit=known.full_title)
        same_place = known.parent_id == (parent.id if parent else None)
        if same_place and known.kind == new.kind and letters(known.name) == letters(new.name):
            raise UnitExists(unit=known.full_title, code=known.code or known.handle)


def _alike(connection: sqlite3.Connection, new: NewUnit, parent: Unit | None) -> list[Unit]:
    """Units beside the new one whose names are the same but for the marks."""
    beside = units.by_keys(connection, [fold(new.name)], "")
    return [known for known in beside if parent and known.parent_id == parent.id and known.name != new.name]
