"""Checks of decisions: one number with two days, one decision twice on record."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ntmtrack.days import is_whole, show_day
from ntmtrack.i18n import _
from ntmtrack.model import Decision
from ntmtrack.office.checks.books import Books, Found, few
from ntmtrack.roadmaps.findings import Weight
from ntmtrack.storage.queries.recognitions import every_decision
from ntmtrack.text import squeeze


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
    """One decision on record several times: spelled differently, or with more and less told of it."""
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


def _alike(decisions: Sequence[Decision]) -> list[list[Decision]]:
    """Decisions of one number that nothing tells apart but their days: several rows that may be one."""
    groups: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    years: dict[str, set[str]] = defaultdict(set)
    for one in decisions:
        if one.signed_on:
            years[squeeze(one.number)].add(one.signed_on[:4])
    for one in decisions:
        number = squeeze(one.number)
        year = one.signed_on[:4] if one.signed_on else min(years[number], default="") if len(years[number]) < 2 else ""
        groups[number, year].append(one)
    return [part for group in groups.values() for part in _by_issuer(group)]


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
