"""Checks of districts: recognised while too few of their communes had the levels that the programme asks for."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ntmtrack.commands.checks.context import CheckContext, CheckFinding
from ntmtrack.dates import year_end
from ntmtrack.i18n import _, number
from ntmtrack.lint import Weight
from ntmtrack.model import Need, Tier, Unit
from ntmtrack.programmes import programme
from ntmtrack.progress import ABSENT, Moment, Standings
from ntmtrack.storage.queries import standings, units
from ntmtrack.storage.queries.standings import View
from ntmtrack.text import few


class _RecognisedDistrict(NamedTuple):
    """A district recognised at a level for a year, under a programme that asks something of its communes."""

    unit_id: int
    level: str
    programme: str
    year: int


class CommunesMissing(NamedTuple):
    """A district recognised while communes were missing: how many of them had reached what is asked of how many."""

    unit_id: int
    level: str
    programme: str
    year: int
    need: Need
    reached: int
    total: int
    asked: int
    units: Sequence[str]


def check_district_communes(context: CheckContext) -> Iterator[CheckFinding]:
    """Districts whose communes had not reached, by the end of the year, what the programme asks of them."""
    text = _(
        "{district}: {level} for {year}, while {reached} of its {total} communes were at {below} by the end of that"
        " year ({asked} needed: {percent}%); not: {units}"
    )
    for shortfall in missing(context):
        of_programme = programme(shortfall.programme)
        sentence = text.format(
            district=context.title(shortfall.unit_id),
            level=of_programme.level(shortfall.level).label,
            year=shortfall.year,
            reached=number(shortfall.reached),
            total=number(shortfall.total),
            below=of_programme.level(shortfall.need.communes_at).title,
            asked=number(shortfall.asked),
            percent=shortfall.need.percent,
            units=few(shortfall.units),
        )
        if not shortfall.need.verified:
            sentence += _("; the text that asks for it was not read")
        weight = Weight.DOUBT if shortfall.need.verified else Weight.NOTE
        yield CheckFinding(weight, sentence, [context.title(shortfall.unit_id), *shortfall.units])


def just_recorded(context: CheckContext, unit: Unit, level: str, year: int) -> list[str]:
    """What to say to somebody who records a district whose communes are not on record at what is asked of them."""
    text = _("{reached} of {total} communes at {below} ({asked} needed)")
    parts = [
        text.format(
            reached=number(shortfall.reached),
            total=number(shortfall.total),
            below=programme(shortfall.programme).level(shortfall.need.communes_at).title,
            asked=number(shortfall.asked),
        )
        for shortfall in missing(context)
        if (shortfall.unit_id, shortfall.level, shortfall.year) == (unit.id, level, year)
    ]
    sentence = _("{district}: on record are {parts}. Which are missing: ntmtrack check district")
    return [sentence.format(district=unit.title, parts=", ".join(parts))] if parts else []


def missing(context: CheckContext) -> Iterator[CommunesMissing]:
    """Every district of the scope that was recognised while communes were missing."""
    claims = list(_claims(context))
    for key in sorted({district.programme for district in claims}):
        districts = [district for district in claims if district.programme == key]
        for year in sorted({district.year for district in districts}):
            moment = context.spec.moment_at(year_end(year))
            view = View(programme(key), context.spec.view.basis, context.spec.view.scope)
            paths = standings.standings(context.connection, view, [moment], Tier.COMMUNE)
            below = _below(context, moment)
            for claim in (district for district in districts if district.year == year):
                for need in programme(key).needs:
                    if need.level == claim.level:
                        yield from _judged(context, claim, need, below.get(claim.unit_id, ()), paths)


def _claims(context: CheckContext) -> Iterator[_RecognisedDistrict]:
    for counted in context.census.of(Tier.DISTRICT):
        for recognition in counted.recognitions:
            if recognition.year is not None and programme(recognition.programme).needs:
                yield _RecognisedDistrict(counted.unit.id, recognition.level, recognition.programme, recognition.year)


def _below(context: CheckContext, moment: Moment) -> Mapping[int, Sequence[int]]:
    """The units below each district on a day."""
    by_district: dict[int, list[int]] = defaultdict(list)
    for unit_id, parent in units.parents(context.connection, moment.units_on).items():
        if parent is not None:
            by_district[parent].append(unit_id)
    return by_district


def _judged(
    context: CheckContext,
    claim: _RecognisedDistrict,
    need: Need,
    communes: Sequence[int],
    paths: Mapping[int, Standings],
) -> Iterator[CommunesMissing]:
    """What is missing where fewer communes than asked had reached the level."""
    rank = programme(claim.programme).level(need.communes_at).rank
    counted = [key for key in communes if key in paths and paths[key].ranks[0] != ABSENT]
    short = [key for key in counted if paths[key].ranks[0] < rank]
    asked = -(-len(counted) * need.percent // 100)
    if len(counted) - len(short) < asked:
        reached = len(counted) - len(short)
        yield CommunesMissing(*claim, need, reached, len(counted), asked, [context.title(key) for key in short])
