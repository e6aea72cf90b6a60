"""Checks of districts and their communes, of units on record twice, and of the ledger file itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from ntmtrack.commands.checks.context import CheckContext, CheckFinding
from ntmtrack.dates import year_end
from ntmtrack.i18n import _, number
from ntmtrack.lint import Weight
from ntmtrack.model import Done, Need, Tier, Unit
from ntmtrack.programmes import programme
from ntmtrack.progress import ABSENT, Moment, Standings
from ntmtrack.storage.chain import breaks
from ntmtrack.storage.closed_years import asked_after, have_moved, moves, rests_on
from ntmtrack.storage.guards import differences
from ntmtrack.storage.queries import standings, units
from ntmtrack.storage.queries.actions import closed_years, history, last_action
from ntmtrack.storage.queries.standings import View
from ntmtrack.storage.queries.units import written_by
from ntmtrack.text import few, letters


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
            below=of_programme.level(shortfall.need.communes_at).label,
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
            below=programme(shortfall.programme).level(shortfall.need.communes_at).label,
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


def check_chain(context: CheckContext) -> Iterator[CheckFinding]:
    """Actions that were changed or removed by anything but this program."""
    for broken in breaks(context.connection):
        text = _("action {action} is missing") if broken.is_missing else _("action {action} is not as it was written")
        yield CheckFinding(Weight.CONTRADICTION, text.format(action=broken.action))


def check_guards(context: CheckContext) -> Iterator[CheckFinding]:
    """Tables and rules of the file that are not as this program made them."""
    schema = differences(context.connection)
    if schema.is_unsafe:
        text = _("tables and rules of the file are not as this program made them: {differences}")
        yield CheckFinding(Weight.CONTRADICTION, text.format(differences=schema.words()))


def check_closed_years(context: CheckContext) -> Iterator[CheckFinding]:
    """Closed years whose figures rest on something else now, with the actions that reopened them."""
    for year, fingerprint, action_id in closed_years(context.connection):
        then, now = (
            asked_after(context.connection, after, year) for after in (action_id, last_action(context.connection))
        )
        if rests_on(context.connection, year) == fingerprint and not have_moved(then, now):
            continue
        since = [
            action
            for action in history(context.connection)
            if action.id > action_id and (action.reopened or moves(context.connection, action.id, year))
        ]
        reasons = "; ".join(map(_reopening, reversed(since)))
        text = _("the year {year}, closed by action {action}, was changed since by: {told}")
        sentence = text.format(year=year, action=action_id, told=reasons or _("no action of this program"))
        with_reason = Weight.NOTE if all(action.reopened for action in since) else Weight.DOUBT
        yield CheckFinding(with_reason if since else Weight.CONTRADICTION, sentence)


def _reopening(action: Done) -> str:
    reason = f" ({action.reopened})" if action.reopened else ""
    return f"{action.id} {action.verb}{reason}: {action.summary}"


def check_units_twice(context: CheckContext) -> Iterator[CheckFinding]:
    """Units that share a code, or name and place, on the same days: each of them is counted."""
    every = [unit for unit_id in context.unit_ids for unit in context.versions[unit_id]]
    texts: dict[frozenset[int], str] = {}
    for alike in _grouped((unit.code, unit) for unit in every if unit.code):
        texts[_at_once(alike)] = _("the code {code} is that of {count} units at once: {units}").format(
            code=alike[0].code, count=number(len(_at_once(alike))), units="{units}"
        )
    for alike in _grouped(((unit.kind, letters(unit.name), unit.parent_id), unit) for unit in every):
        text = _("{unit} stands on record {count} times: {units}")
        texts.setdefault(
            _at_once(alike), text.format(unit=alike[0].full_title, count=number(len(_at_once(alike))), units="{units}")
        )
    texts.pop(frozenset(), None)
    actions = written_by(context.connection) if texts else {}
    for ids, text in texts.items():
        units = [context.title(key) for key in sorted(ids)]
        unit_text = _("{unit}, action {action}")
        named = [unit_text.format(unit=context.title(key), action=actions[key]) for key in sorted(ids)]
        yield CheckFinding(Weight.DOUBT, text.format(units="; ".join(named)), units)


def _grouped(units: Iterable[tuple[object, Unit]]) -> Iterator[Sequence[Unit]]:
    """The versions that share a key, where several do."""
    groups: dict[object, list[Unit]] = defaultdict(list)
    for key, unit in units:
        groups[key].append(unit)
    return (group for group in groups.values() if len({unit.id for unit in group}) > 1)


def _at_once(alike: Sequence[Unit]) -> frozenset[int]:
    """The units of which some version stood together with another's, by id."""
    return frozenset(
        unit.id
        for first, second in combinations(alike, 2)
        if first.id != second.id
        and (first.since or "") < (second.until or "9999")
        and (second.since or "") < (first.until or "9999")
        for unit in (first, second)
    )
