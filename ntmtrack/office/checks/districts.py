"""Check of districts: recognised while their communes had not reached what the programme asks of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ntmtrack.dates import year_end
from ntmtrack.i18n import _, number
from ntmtrack.lint import Weight
from ntmtrack.model import Need, Tier, Unit
from ntmtrack.office.checks.books import Books, Found
from ntmtrack.programmes import programme
from ntmtrack.progress import ABSENT, Moment, Standings
from ntmtrack.storage.queries import standings, units
from ntmtrack.storage.queries.standings import View
from ntmtrack.text import few


class _Claim(NamedTuple):
    """A district recognised at a level for a year, under a programme that asks something of its communes."""

    unit_id: int
    level: str
    programme: str
    year: int


class Missing(NamedTuple):
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


def communes_missing(books: Books) -> Iterator[Found]:
    """Districts whose communes had not reached, by the end of the year, what the programme asks of them."""
    text = _(
        "{district}: {level} for {year}, while {reached} of its {total} communes were at {below} by the end of that"
        " year ({asked} needed: {percent}%); not: {units}"
    )
    for one in missing(books):
        own = programme(one.programme)
        said = text.format(
            district=books.title(one.unit_id),
            level=own.level(one.level).label,
            year=one.year,
            reached=number(one.reached),
            total=number(one.total),
            below=own.level(one.need.communes_at).label,
            asked=number(one.asked),
            percent=one.need.percent,
            units=few(one.units),
        )
        if not one.need.verified:
            said += _("; the text that asks for it was not read")
        weight = Weight.DOUBT if one.need.verified else Weight.NOTE
        yield Found(weight, said, [books.title(one.unit_id), *one.units])


def just_recorded(books: Books, unit: Unit, level: str, year: int) -> list[str]:
    """What to say to somebody who records a district whose communes are not on record at what is asked of them."""
    text = _("{reached} of {total} communes at {below} ({asked} needed)")
    parts = [
        text.format(
            reached=number(one.reached),
            total=number(one.total),
            below=programme(one.programme).level(one.need.communes_at).label,
            asked=number(one.asked),
        )
        for one in missing(books)
        if (one.unit_id, one.level, one.year) == (unit.id, level, year)
    ]
    said = _("{district}: on record are {parts}. Which are missing: ntmtrack check district")
    return [said.format(district=unit.title, parts=", ".join(parts))] if parts else []


def missing(books: Books) -> Iterator[Missing]:
    """Every district of the scope that was recognised while communes were missing."""
    claims = list(_claims(books))
    for key in sorted({one.programme for one in claims}):
        own = [one for one in claims if one.programme == key]
        for year in sorted({one.year for one in own}):
            moment = books.at.moment_at(year_end(year))
            view = View(programme(key), books.at.view.basis, books.at.view.scope)
            paths = standings.standings(books.connection, view, [moment], Tier.COMMUNE)
            below = _below(books, moment)
            for claim in (one for one in own if one.year == year):
                for need in programme(key).needs:
                    if need.level == claim.level:
                        yield from _judged(books, claim, need, below.get(claim.unit_id, ()), paths)


def _claims(books: Books) -> Iterator[_Claim]:
    for one in books.census.of(Tier.DISTRICT):
        for known in one.known:
            if known.year is not None and programme(known.programme).needs:
                yield _Claim(one.unit.id, known.level, known.programme, known.year)


def _below(books: Books, moment: Moment) -> Mapping[int, Sequence[int]]:
    """The units below each district on a day."""
    found: dict[int, list[int]] = defaultdict(list)
    for unit_id, parent in units.parents(books.connection, moment.units_on).items():
        if parent is not None:
            found[parent].append(unit_id)
    return found


def _judged(
    books: Books, claim: _Claim, need: Need, communes: Sequence[int], paths: Mapping[int, Standings]
) -> Iterator[Missing]:
    """What is missing where fewer communes than asked had reached the level."""
    rank = programme(claim.programme).level(need.communes_at).rank
    counted = [key for key in communes if key in paths and paths[key].standings[0] != ABSENT]
    short = [key for key in counted if paths[key].standings[0] < rank]
    asked = -(-len(counted) * need.percent // 100)
    if len(counted) - len(short) < asked:
        reached = len(counted) - len(short)
        yield Missing(*claim, need, reached, len(counted), asked, [books.title(key) for key in short])
