"""Places for persons and how many are used; the awards that were given, with those whose ground was taken back."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from ntmtrack.emulation import AGENCY, AwardRule, Movement
from ntmtrack.emulation.quota import Quota
from ntmtrack.emulation.registers import GivenAward
from ntmtrack.i18n import _, number
from ntmtrack.model import Recognition, Tier, Unit
from ntmtrack.programmes import find_level, known_level, of_year, programme
from ntmtrack.reports import CellKind, CellValue, Column, LabelledCode, Report, Table, day_cell


class PlacesOfYear(NamedTuple):
    """The places of a movement in a year, the units by id."""

    movement: Movement
    year: int
    places: Sequence[Quota]
    units: Mapping[int, Unit]


def quota_report(of: PlacesOfYear) -> Report:
    """Each rule in sum, then by unit or agency: what was earned (by part), used, left; the whole of all rules last."""
    rules = [rule for rule in of.movement.awards if rule.places is not None]
    by_rule, by_unit = _by_rule(rules, of), _by_unit(of)
    shown = by_rule.only([at for at, column in enumerate(by_rule.columns) if column.key != "says"])
    return Report(
        key="quota",
        title=_("Places for persons of {year}: {title}").format(year=of.year, title=of.movement.title),
        subtitle=of.movement.scope_name,
        tables=[table.told() for table in (shown, by_unit) if table.rows],
        data=[by_rule, by_unit],
        notes=[*_quota_notes(rules, of)],
        facts={"movement": of.movement.key, "year": of.year},
    )


class _Sum(NamedTuple):
    rule: AwardRule | None
    earned: int
    used: int
    units: int
    left: int  # what one unit was given beyond its places takes none from another


def _by_rule(rules: Sequence[AwardRule], of: PlacesOfYear) -> Table:
    """What is earned of places for each recognition; of those for each agency only what is used can be summed."""
    sums = [_sum(rule, [one for one in of.places if one.rule.key == rule.key]) for rule in rules]
    counted = [one[1:] for one in sums] or [(0, 0, 0, 0)]
    whole = _Sum(None, *map(sum, zip(*counted, strict=True)))
    columns: list[Column[_Sum]] = [
        Column("form", _("Form"), CellKind.KEY, of=lambda one: one.rule.key if one.rule else _("In all")),
        Column("recipient", _("To whom"), of=lambda one: one.rule.recipient.label if one.rule else None),
        Column("says", _("Clause says"), of=lambda one: one.rule.says if one.rule else None),
        Column("cite", _("Clause"), of=lambda one: one.rule.cite if one.rule else None),
        Column("units", _("Units, agencies"), CellKind.COUNT, of=lambda one: one.units),
        Column("earned", _("places"), CellKind.COUNT, _("Places"), lambda one: one.earned),
        Column("used", _("used"), CellKind.COUNT, _("Places"), lambda one: one.used),
        Column("left", _("left"), CellKind.COUNT, _("Places"), lambda one: one.left),
    ]
    return Table.of("rules", "", [*sums, whole], columns)._replace(sums=1)


def _sum(rule: AwardRule, places: Sequence[Quota]) -> _Sum:
    left = sum(max(one.left, 0) for one in places)
    earning = sum(bool(one.earned) for one in places)
    return _Sum(rule, sum(one.earned for one in places), sum(one.used for one in places), earning, left)


def _by_unit(of: PlacesOfYear) -> Table:
    columns: list[Column[Quota]] = [
        Column("form", _("Form"), CellKind.KEY, of=lambda one: one.rule.key),
        Column("unit", _("Unit, agency"), of=lambda one: _whose(one, of)),
        Column("parent", _("In"), of=lambda one: _parent(of.units.get(one.unit_id or 0))),
        Column("levels", _("Recognised"), of=lambda one: _levels(one, of) or None),
        Column("earned", _("places"), CellKind.COUNT, _("Places"), lambda one: one.earned),
        Column("parts", _("by part"), CellKind.TEXT, _("Places"), lambda one: _parts(one) or None),
        Column("used", _("used"), CellKind.COUNT, _("Places"), lambda one: one.used),
        Column("left", _("left"), CellKind.COUNT, _("Places"), lambda one: one.left),
    ]
    return Table.of("units", _("By unit"), of.places, columns, group=lambda one: one.rule.key)


def _whose(one: Quota, of: PlacesOfYear) -> CellValue:
    if one.unit_id is None:
        return one.agency
    return _unit_cell(of.units.get(one.unit_id))


def _levels(one: Quota, of: PlacesOfYear) -> str:
    levels = programme(of.movement.programme)
    return ", ".join(find_level(levels, key, one.rule.tier).label for key in one.levels)


def _parts(one: Quota) -> str:
    return ", ".join(f"{name} {number(count)}" for name, count in one.parts)


def _quota_notes(rules: Sequence[AwardRule], of: PlacesOfYear) -> Iterator[str]:
    if not rules:
        yield _("The movement gives places to nobody.")
    if any(one.left < 0 for one in of.places):
        yield _("What a unit was given beyond its places takes none from another.")
    for rule in rules:
        if rule.for_each == AGENCY:
            is_then = not rule.years or of.year in rule.years
            text = _("{form}: at most {places} for each agency; an agency is listed once it was given any.")
            if not is_then:
                text = _("{form}: only at reviews, in {years}.")
            yield text.format(form=rule.key, places=rule.places, years=", ".join(map(str, rule.years)))


class AwardsOfYear(NamedTuple):
    """The awards of a year with their units by id; by id of the award the recognition that was taken back.

    `of` names the scope and the movement, where they are told.
    """

    year: int
    given: Sequence[GivenAward]
    units: Mapping[int, Unit]
    fallen: Mapping[int, Recognition]
    of: str = ""
    shows_persons: bool = False


def awards_report(of: AwardsOfYear) -> Report:
    """The awards of a year in order; how many of each form, with how many places; those that nothing holds any more."""
    columns: list[Column[GivenAward]] = [
        Column("number", _("No."), CellKind.COUNT),
        Column("form", _("Form"), CellKind.KEY, of=lambda one: one.form),
        Column("name", _("Award"), of=lambda one: one.name),
        Column("authority", _("Given by"), of=lambda one: one.authority, spare=3),
        Column("unit", _("Unit"), of=lambda one: _unit_cell(of.units.get(one.unit_id))),
        Column("parent", _("In"), of=lambda one: _parent(of.units.get(one.unit_id)), spare=2),
        Column("recipient", _("To whom"), of=lambda one: one.recipient),
        Column("achievement", _("For what"), of=lambda one: one.achievement),
        Column("level", _("Level"), of=lambda one: _level_cell(one, of)),
        Column("places", _("Places"), CellKind.COUNT, of=lambda one: one.places),
        Column("decision", _("Decision"), of=lambda one: one.number),
        Column("signed_on", _("Signed"), CellKind.DAY, of=lambda one: day_cell(one.signed_on)),
        Column("revoked", _("Recognition revoked"), CellKind.DAY, of=lambda one: _revoked(one, of)),
        Column("over", _("Beyond the places because"), of=lambda one: one.over),
    ]
    if of.shows_persons:
        columns.append(Column("person", _("Person"), of=lambda one: one.person))
    shown = [column for column in columns if column.key != "level"]
    tidy, forms = Table.of("awards", "", of.given, columns), _counted(of)
    return Report(
        key="awards",
        title=_("Awards of {year}").format(year=of.year),
        subtitle=of.of,
        tables=[table.told() for table in (Table.of("awards", "", of.given, shown), forms) if table.rows],
        data=[tidy, forms],
        notes=[*_awards_notes(of)],
        facts={"year": of.year},
    )


def _unit_cell(unit: Unit | None) -> LabelledCode | None:
    return LabelledCode(unit.code or unit.title, unit.title) if unit else None


def _parent(unit: Unit | None) -> str | None:
    return unit.parent_name if unit else None


def _level_cell(one: GivenAward, of: AwardsOfYear) -> LabelledCode | None:
    if not one.level:
        return None
    unit = of.units.get(one.unit_id)
    level = known_level(of_year(one.year).key, one.level, unit.tier if unit else Tier.COMMUNE)
    return LabelledCode(one.level, level.label if level else one.level)


def _revoked(one: GivenAward, of: AwardsOfYear) -> LabelledCode | None:
    ground = of.fallen.get(one.id or 0)
    return day_cell(ground.revoked_on) if ground else None


def _counted(of: AwardsOfYear) -> Table:
    """How many awards of each form, of how many places: in all, and by decision."""
    names = dict.fromkeys((one.form, one.name) for one in of.given)
    rows = [(name, [one for one in of.given if (one.form, one.name) == name]) for name in names]

    def total(count: Callable[[Collection[GivenAward]], int]) -> Callable[[tuple[object, list[GivenAward]]], int]:
        return lambda row: count(row[1])

    columns: list[Column[tuple[tuple[str | None, str], list[GivenAward]]]] = [
        Column("form", _("Form"), CellKind.KEY, of=lambda row: row[0][0]),
        Column("name", _("Award"), of=lambda row: row[0][1]),
        Column("awards", _("Awards"), CellKind.COUNT, of=total(len)),
        Column("places", _("Places"), CellKind.COUNT, of=total(lambda own: sum(one.places for one in own))),
    ]
    return Table.of("forms", _("By form"), rows, columns)


def _awards_notes(of: AwardsOfYear) -> Iterator[str]:
    if not of.given:
        yield _("No award of {year} is on record: ntmtrack award, ntmtrack import --what awards.").format(year=of.year)
    if any(one.id in of.fallen for one in of.given):
        yield _("An award falls with what it was given for: see to those whose recognition was revoked.")
