"""Which units came to a level within the year, and which left one: by name, level by level."""

from collections.abc import Mapping, Sequence

from ntmtrack.commands.question import ReportSpec
from ntmtrack.commands.standings import Census, CountedUnit, take_census, where_stood
from ntmtrack.model import Level, Programme, Recognition, Tier, Unit
from ntmtrack.programmes.ladders import OWN, ladders, set_words
from ntmtrack.progress.compute import TIERS
from ntmtrack.reports.lists import Loss, MovedUnits, Newcomer
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.recognitions import recognitions_by_unit


def moved_units(connection: Connection, spec: ReportSpec) -> MovedUnits:
    """Those who came to a level and those who left one, of each set of levels; those still below every own level."""
    recognitions = recognitions_by_unit(connection)
    censuses = {}
    for ladder in ladders(spec.view.programme):
        on_ladder = spec.on_ladder(ladder)
        censuses[ladder] = take_census(connection, on_ladder, where_stood(connection, on_ladder), recognitions)
    return moved_in(censuses, recognitions, spec.view.programme)


def moved_in(
    censuses: Mapping[str, Census], recognitions: Mapping[int, Sequence[Recognition]], programme: Programme
) -> MovedUnits:
    """The same of censuses that were taken, by ladder; `recognitions` are all there are, by unit."""
    new = [newcomer for ladder, census in censuses.items() for newcomer in _newcomers(census, ladder, programme)]
    lost = [loss for ladder, census in censuses.items() for loss in _losses(census, recognitions, ladder, programme)]
    return MovedUnits(new, lost, _lacking(censuses[OWN]))


def _lacking(census: Census) -> list[Newcomer]:
    """The units of each tier that have not come to its lowest level of the programme's own yet."""
    return [
        Newcomer(level, counted.unit, None)
        for tier in TIERS
        for level in census.programme.levels_of(tier)[:1]
        for counted in census.of(tier)
        if counted.rank < level.rank
    ]


def new_at(census: Census) -> dict[tuple[Tier, Level], list[CountedUnit]]:
    """The units new at each level, tier by tier, the lowest level first."""
    return {
        (tier, level): [counted for counted in census.of(tier) if counted.before < level.rank <= counted.rank]
        for tier in TIERS
        for level in census.programme.levels_of(tier)
    }


def _newcomers(census: Census, ladder: str, programme: Programme) -> list[Newcomer]:
    return [
        Newcomer(
            level,
            counted.unit,
            census.reaching(counted, level),
            level.key not in counted.first_at,
            _said_of(ladder, programme),
            ladder,
        )
        for (_tier, level), of_level in new_at(census).items()
        for counted in of_level
    ]


def _said_of(ladder: str, programme: Programme) -> str:
    """What is said of a level that is not one of the programme's own: by which set."""
    return "" if ladder == OWN else set_words(ladder, programme)


def _losses(
    census: Census, recognitions: Mapping[int, Sequence[Recognition]], ladder: str, programme: Programme
) -> list[Loss]:
    """The units that no longer have a level that they had at the end of the year before, level by level."""
    by_set = _said_of(ladder, programme)
    lost = [
        Loss(level, counted.unit, _revoked(census, recognitions, counted.unit, level), by_set, ladder)
        for counted in census.units
        for level in census.programme.levels[max(counted.rank, 0) : counted.before]
    ]
    ended = [
        Loss(level, unit, None, by_set, ladder)
        for unit, rank in census.ended
        for level in census.programme.levels[:rank]
    ]
    return sorted([*lost, *ended], key=lambda loss: (TIERS.index(loss.unit.tier), loss.level.rank))


def _revoked(
    census: Census, recognitions: Mapping[int, Sequence[Recognition]], unit: Unit, level: Level
) -> list[Recognition]:
    """The recognitions of a level or a higher one that were taken back from a unit."""
    scale = census.programme.ranks()
    return [
        recognition
        for recognition in recognitions.get(unit.id, ())
        if recognition.revoked_on and scale.get(recognition.origin, 0) >= level.rank
    ]
