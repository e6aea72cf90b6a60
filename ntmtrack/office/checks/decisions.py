"""Checks of decisions: one number with two days, one decision twice on record."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ntmtrack.dates import is_whole, show_day
from ntmtrack.decisions import Key, is_short_of, key_of
from ntmtrack.i18n import _
from ntmtrack.lint import Weight
from ntmtrack.model import Decision
from ntmtrack.office.checks.books import Books, Found
from ntmtrack.storage.queries.recognitions import every_decision
from ntmtrack.text import few, squeeze


def days(books: Books) -> Iterator[Found]:
    """One number, in one year and of one issuer, with two days."""
    for group in _alike(every_decision(books.connection)):
        known = sorted({one.signed_on for one in group if one.signed_on and is_whole(one.signed_on)})
        if len(known) > 1:
            units = _resting(books, group)
            if not units:
                continue  # of another scope
            text = _("decision {number} is on record as of {days}; units: {units}")
            said = text.format(number=group[0].number, days=", ".join(map(show_day, known)), units=few(units))
            yield Found(Weight.DOUBT, said, units)


def twice(books: Books) -> Iterator[Found]:
    """One decision on record several times, spelled differently or with more and less told; one that may be several."""
    for group in _alike(every_decision(books.connection)):
        whole = {one.signed_on for one in group if one.signed_on and is_whole(one.signed_on)}
        if len(group) > 1 and len(whole) <= 1:
            units = _resting(books, group)
            if not units:
                continue  # of another scope
            text = _("decision {number} is on record {count} times ({versions}); units: {units}")
            said = text.format(
                number=group[0].number, count=len(group), versions="; ".join(map(_words, group)), units=few(units)
            )
            yield Found(Weight.NOTE, said, units)
    yield from _without_day(books)


def _without_day(books: Books) -> Iterator[Found]:
    """Decisions without a day whose number is on record of several years: any of those may be meant."""
    for number in _by_number(every_decision(books.connection)):
        dated = sorted({one.signed_on for one in number if one.signed_on})
        undated = [one for one in number if not one.signed_on]
        units = _resting(books, undated)
        if len({day[:4] for day in dated}) > 1 and units:
            text = _("decision {number} without a day may be that of {days}; units: {units}")
            days_ = ", ".join(map(show_day, dated))
            yield Found(Weight.NOTE, text.format(number=undated[0].number, days=days_, units=few(units)), units)


def _by_number(decisions: Sequence[Decision]) -> list[list[Decision]]:
    """Decisions by their number, however it is spelled; a short one with the only full one that it may stand for."""
    numbers: dict[Key, list[Decision]] = defaultdict(list)
    for one in decisions:
        numbers[key_of(one.number)].append(one)
    for short in [key for key in numbers if key.is_short]:
        full = [key for key in numbers if is_short_of(numbers[short][0].number, numbers[key][0].number)]
        if len(full) == 1:
            numbers[full[0]] += numbers.pop(short)
    return list(numbers.values())


def _alike(decisions: Sequence[Decision]) -> list[list[Decision]]:
    """Decisions of one number that nothing tells apart but their days: several rows that may be one."""
    found = []
    for number in _by_number(decisions):
        years = {one.signed_on[:4] for one in number if one.signed_on}
        groups: dict[str, list[Decision]] = defaultdict(list)
        for one in number:
            groups[one.signed_on[:4] if one.signed_on else next(iter(years)) if len(years) == 1 else ""].append(one)
        found += [part for group in groups.values() for part in _by_issuer(group)]
    return found


def _by_issuer(group: Sequence[Decision]) -> list[list[Decision]]:
    """The group, parted where several issuers are named."""
    issuers = {squeeze(one.issuer) for one in group if one.issuer}
    if len(issuers) < 2:
        return [list(group)]
    return [[one for one in group if one.issuer and squeeze(one.issuer) == issuer] for issuer in sorted(issuers)]


def _resting(books: Books, group: Sequence[Decision]) -> list[str]:
    """The units whose recognitions rest on any of these decisions."""
    ids = {one.id for one in group}
    return [
        books.title(unit_id)
        for unit_id, known in books.recognitions.items()
        if any(one.decision and one.decision.id in ids for one in known)
    ]


def _words(decision: Decision) -> str:
    parts = [decision.number, show_day(decision.signed_on) or _("no day"), decision.issuer or ""]
    return ", ".join(part for part in parts if part)
