"""Units added, searched and shown: a new one is checked, put below its parent, and never added twice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ntmtrack.assessment import Assessment
from ntmtrack.commands import Session
from ntmtrack.commands.criteria import marks_notes
from ntmtrack.commands.criteria_sets import KnownSets, province_of
from ntmtrack.commands.values import notes_of_unit
from ntmtrack.dates import show_day
from ntmtrack.errors import (
    CodeTaken,
    ParentEnded,
    UnitExists,
    WrongKind,
)
from ntmtrack.i18n import _
from ntmtrack.mergers import ABOVE, told_name
from ntmtrack.model import KINDS, NewUnit, Participation, Programme, Recognition, Tier, Unit
from ntmtrack.programmes import DEFAULT, programme
from ntmtrack.programmes.ladders import KEPT, ladder_of, set_words
from ntmtrack.reports import Report
from ntmtrack.reports.ancestry import Relative, UnitAncestry
from ntmtrack.reports.criteria_gap import assessed_notes
from ntmtrack.reports.labels import sentence
from ntmtrack.reports.review_results import review_note
from ntmtrack.reports.units import unit_report
from ntmtrack.rules import decision_and_issuer
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.actions import setting
from ntmtrack.storage.queries.constituents import reviews
from ntmtrack.storage.queries.criteria import assessments_of
from ntmtrack.storage.queries.participations import participations_of
from ntmtrack.storage.queries.recognitions import recognitions_of_unit
from ntmtrack.storage.queries.units import find_unit
from ntmtrack.text import fold, letters
from ntmtrack.units import check_code, check_name, known_kind


@dataclass(frozen=True, slots=True)
class NewUnitRequest:
    """A unit to be added, as typed."""

    tier: Tier
    name: str
    parent: str | None
    code: str | None
    kind: str | None
    since: str | None


def add(session: Session, request: NewUnitRequest, *, dry_run: bool) -> None:
    """Adds the unit; raises BadName, WrongKind, BadCode, UnitExists, CodeTaken, UnknownUnit, AmbiguousUnit."""
    typed_kind, name = told_name(request.name, request.tier)
    kind = _kind(request.kind or typed_kind, request.tier)
    check_name(name, request.name)
    code = check_code(request.code, request.tier)
    with session.acting(f"add-{request.tier}", create=True, dry_run=dry_run) as ledger:
        begins = date.fromisoformat(request.since) if request.since else session.today
        parent = _parent(ledger.connection, request, begins)
        new = NewUnit(name, kind, request.tier, code, since=request.since, until=parent.until if parent else None)
        if parent and new.since and new.until and new.since >= new.until:
            raise ParentEnded(parent=parent.title, until=show_day(new.until), since=show_day(new.since))
        _refuse_known(ledger.connection, new, parent)
        ledger.add_unit(new, parent.id if parent else None)
        alike = _alike(ledger.connection, new, parent)
        where = f" ({parent.title})" if parent else ""
        ledger.summary = _("added {unit}").format(unit=f"{kind} {name}{where}")
    if alike:
        text = _("Warning: the name differs only by its marks from {units}.")
        session.say(text.format(units=", ".join(unit.full_title for unit in alike)))


def _kind(typed: str | None, tier: Tier) -> str:
    if typed is None:
        return KINDS[tier][0]
    kind = known_kind(typed)
    if kind not in KINDS[tier]:
        names = {Tier.DISTRICT: _("district"), Tier.COMMUNE: _("commune"), Tier.VILLAGE: _("village")}
        raise WrongKind(kind=kind, tier=names[tier], kinds=", ".join(KINDS[tier]))
    return kind


def _parent(connection: Connection, request: NewUnitRequest, begins: date) -> Unit | None:
    """The unit above: the one named, else the only province that stands when the new one begins."""
    if request.parent is None:
        return units.sole_province(connection, begins)
    above = ABOVE[request.tier]
    return find_unit(
        connection,
        request.parent,
        lambda unit: unit.tier is above[0],
        lambda unit: unit.tier in above,
        across=True,
        stands=units.standing_on(begins),
    )


def _refuse_known(connection: Connection, new: NewUnit, parent: Unit | None) -> None:
    since = new.since or ""
    for unit in units.by_keys(connection, [fold(new.name)], new.code or ""):
        if (unit.until or "9999") <= since:
            continue
        if new.code and unit.code == new.code:
            raise CodeTaken(code=new.code, unit=unit.full_title)
        same_place = unit.parent_id == (parent.id if parent else None)
        if same_place and unit.kind == new.kind and letters(unit.name) == letters(new.name):
            raise UnitExists(unit=unit.full_title, code=unit.code or unit.handle)


def _alike(connection: Connection, new: NewUnit, parent: Unit | None) -> list[Unit]:
    """Units beside the new one whose names are the same but for the marks."""
    beside = units.by_keys(connection, [fold(new.name)], "")
    return [unit for unit in beside if parent and unit.parent_id == parent.id and unit.name != new.name]


def unit_card(connection: Connection, typed: str, today: date) -> Report:
    """All about the unit called `typed`."""
    unit = find_unit(connection, typed, stands=lambda unit: unit.until is None)
    recognitions = recognitions_of_unit(connection, unit.id)
    current = programme(setting(connection, "programme") or DEFAULT)
    versions = units.versions(connection, unit.id)
    lacks = " ".join(_lacks_by_set(unit, recognitions, current))
    report = unit_report(versions, recognitions, lacks, _ancestry(connection, unit, today))
    taking_part = map(_participation, participations_of(connection, unit.id))
    stands = any(known.revoked_on is None for known in recognitions)
    found = None if stands else reviews(connection).get(unit.id)
    reviewed = [review_note(found)] if found else []
    sets = KnownSets(connection, today.isoformat(), province_of(connection, unit, today))
    assessed = assessed_notes([(sets[key], found) for key, found in _last_by_set(connection, unit.id).items()])
    classed = marks_notes(connection, unit.id, today)
    kept = notes_of_unit(connection, unit.id, today)
    return report._replace(notes=[*report.notes, *reviewed, *taking_part, *classed, *assessed, *kept])


def _last_by_set(connection: Connection, unit_id: int) -> dict[str, Assessment]:
    """The last assessment of a unit by each set, by the key of the set."""
    return {one.criteria_set: one for one in assessments_of(connection, unit_id)}


def _participation(known: Participation) -> str:
    """In which programme a unit takes part, since when, by which decision."""
    text = _("Takes part in the {programme} programme since {day}, outside the units that it counts{by}.")
    parts = [decision_and_issuer(known.decision) if known.decision else "", known.source or ""]
    by = "; ".join(filter(None, parts))
    return text.format(programme=known.programme, day=show_day(known.day), by=f": {by}" if by else "")


def _lacks_by_set(unit: Unit, recognitions: Sequence[Recognition], current: Programme) -> Iterator[str]:
    """What a unit lacks to the next level of the programme, and what it keeps of the one before."""
    yield _lacks(unit, recognitions, current)
    kept = ladder_of(current, KEPT)
    standing = [_rank(recognition, kept) for recognition in recognitions if recognition.revoked_on is None]
    if current.kept and any(standing) and unit.kind in kept.counted.get(unit.tier, ()):
        text = _("{kept}: {level}.")
        yield sentence(text.format(kept=set_words(KEPT, current), level=kept.levels[max(standing) - 1].label))


def _rank(recognition: Recognition, ladder: Programme) -> int:
    return ladder.ranks().get(recognition.origin, 0)


def _ancestry(connection: Connection, unit: Unit, today: date) -> UnitAncestry:
    """What a unit was formed of and what it went into; of a district or province that has ended what lies there now."""
    relatives = []
    for link in units.successions(connection, unit.id):
        is_former = link.successor_id == unit.id
        versions = units.versions(connection, link.predecessor_id if is_former else link.successor_id)
        then = [version for version in versions if (version.since or "") < link.day or not is_former]
        relatives.append(Relative(then[-1] if is_former else then[0], is_former, link))
    has_ended = unit.tier is not Tier.COMMUNE and not unit.stands_on(today.isoformat())
    now = units.every_unit(connection, today, unit.id) if has_ended else []
    return UnitAncestry(relatives, [heir for heir in now if heir.tier is Tier.COMMUNE])


def _lacks(unit: Unit, recognitions: Sequence[Recognition], current: Programme) -> str:
    """What a unit lacks to the next level, in a sentence."""
    if unit.kind not in current.kinds_of(unit.tier):
        return _("Units of this kind are not recognised in the {programme} programme.").format(programme=current.key)
    standing = [_rank(recognition, current) for recognition in recognitions if recognition.revoked_on is None]
    levels = current.levels_of(unit.tier)
    missing = [level for level in levels if level.rank not in standing]
    higher = [level for level in levels if level.rank > max(standing, default=0)]
    if not higher:
        text = _("Has the highest level of the {programme} programme.").format(programme=current.key)
    else:
        text = _("Next level: {level}.").format(level=higher[0].label)
    skipped = [level.label for level in missing if level not in higher]
    if skipped:
        text += " " + _("Not on record below its highest level: {levels}.").format(levels=", ".join(skipped))
    return text
