"""Check of published figures: each recounted, and the units and actions named that explain where it differs."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from ntmtrack.days import last_day, show_day
from ntmtrack.i18n import _, ngettext, number, signed
from ntmtrack.model import Basis
from ntmtrack.office.changes import standing_between
from ntmtrack.office.checks.books import Books, Found, few
from ntmtrack.office.recounting import is_added, recounted
from ntmtrack.programmes import of_year
from ntmtrack.reports.check_tables import Recounted, published_label
from ntmtrack.reports.ledger_tables import day_of
from ntmtrack.reports.words import basis_label
from ntmtrack.roadmaps.findings import Weight
from ntmtrack.storage.closing import changed_units
from ntmtrack.storage.queries import standing
from ntmtrack.storage.queries.ledger import last_action
from ntmtrack.storage.queries.standing import View

_NEAR = timedelta(days=366)
_EVER = 2999


def figures(books: Books) -> Iterator[Found]:
    """Published figures that the ledger counts otherwise, or does so on one basis only, each with what explains it.

    Also those of which the number agrees and the units do not. What several reports say alike is told once.
    """
    found: dict[tuple[Weight, str, tuple[str, ...]], list[str]] = defaultdict(list)
    for one in recounted(books.connection, books.at, books.published_until):
        if judged := _judged(books, one):
            weight, told, units = judged
            found[weight, "; ".join([_said(one, _counted(one)), *told]), tuple(units)].append(one.published.source)
    for (weight, text, named), sources in found.items():
        source = _("source: {source}").format(source=", ".join(dict.fromkeys(sources)))
        yield Found(weight, f"{text}; {source}", named)


def explanation(books: Books, one: Recounted) -> str:
    """What explains that the ledger counts otherwise: units, decisions, actions; "" where nothing is known."""
    judged = _judged(books, one)
    return "; ".join(judged[1]) if judged else ""


def _counted(one: Recounted) -> dict[Basis, int | None]:
    """What the ledger counts on each basis on which the figure may have been counted."""
    counted = {Basis.YEAR: one.by_year, Basis.DECISION: one.by_decision}
    return {one.published.basis: counted[one.published.basis]} if one.published.basis else counted


def _judged(books: Books, one: Recounted) -> tuple[Weight, list[str], list[str]] | None:
    """What is to be said of one figure, with the units named; None where number and units agree on every basis."""
    counted = _counted(one)
    value = int(one.published.value)
    agrees = [basis for basis, count in counted.items() if count == value]
    if len(agrees) == len(counted):
        told, units = _other_units(books, one, agrees[0])
        return (Weight.NOTE, told, units) if told else None
    told, units = ([], []) if is_added(one.published) else _explained(books, one, counted)
    return Weight.NOTE if agrees else Weight.DOUBT, told, units


def _other_units(books: Books, one: Recounted, basis: Basis) -> tuple[list[str], list[str]]:
    """The units that came and went since the figure was kept, where as many went as came."""
    if is_added(one.published):
        return [], []
    now = _reached(books.connection, books, one, basis)
    return _changed_since(books, one, basis, now) or ([], [])


def totals(books: Books) -> Iterator[Found]:
    """Published figures whose whole is not the number of units that the ledger has on that day."""
    for one in recounted(books.connection, books.at, books.published_until):
        day = last_day(one.published.as_of)
        of = _number_of_units(books, one, day)
        if one.published.total is not None and of is not None and of != one.published.total:
            text = _("{figure}, {day}: published of {total} units; the ledger has {of} on that day; source: {source}")
            said = text.format(
                figure=published_label(one),
                day=show_day(one.published.as_of),
                total=number(one.published.total),
                of=number(of),
                source=one.published.source,
            )
            yield Found(Weight.NOTE, said)


def _said(one: Recounted, counted: Mapping[Basis, int | None]) -> str:
    """The figure and what the ledger counts on each basis."""
    value = int(one.published.value)
    parts = []
    for basis, count in counted.items():
        if count == value:
            parts.append(_("{count} {basis} (the same)").format(count=number(count), basis=basis_label(basis)))
        elif count is not None:
            gap = signed(count - value)
            parts.append(_("{count} {basis} ({gap})").format(count=number(count), basis=basis_label(basis), gap=gap))
    text = _("{figure}: published {value}; the ledger has {counts}")
    figure = published_label(one)
    if not is_added(one.published):
        figure = f"{figure}, {show_day(one.published.as_of)}"
    return text.format(
        figure=figure,
        value=number(value),
        counts=", ".join(parts) or "–",
    )


def _explained(books: Books, one: Recounted, counted: Mapping[Basis, int | None]) -> tuple[list[str], list[str]]:
    """Why the ledger counts otherwise, in sentences, and the units named in them."""
    value = int(one.published.value)
    known = {basis: count for basis, count in counted.items() if count is not None}
    if not known:
        return [], []
    nearest = min(known, key=lambda basis: abs(known[basis] - value))
    now = {basis: _reached(books.connection, books, one, basis) for basis in known}
    if since := _changed_since(books, one, nearest, now[nearest]):
        return since
    if known[nearest] == value:
        return _between_bases(books, one, now[Basis.YEAR], now[Basis.DECISION])
    return _around(books, one, nearest, value - known[nearest])


def _changed_since(
    books: Books, one: Recounted, basis: Basis, now: Collection[int]
) -> tuple[list[str], list[str]] | None:
    """The units that came or went by actions since the figure was kept, where the ledger then bore it out."""
    kept = one.published.action
    if kept is None or kept == last_action(books.connection):
        return None
    with books.known_after(kept) as then_known:
        then = _reached(then_known, books, one, basis)
    if len(then) != int(one.published.value) or then == set(now):
        return None
    told, units = [], []
    for text, changed in (
        (_("since then came: {units}"), set(now) - then),
        (_("since then went: {units}"), then - set(now)),
    ):
        names = [f"{books.title(key)} ({_doers(books, key, kept)})" for key in sorted(changed)]
        if names:
            told.append(text.format(units=few(names)))
            units += [books.title(key) for key in sorted(changed)]
    return told, units


def _doers(books: Books, unit_id: int, since: int) -> str:
    """Which actions since moved a unit's figures, by whom and when; remarks and sources move none."""
    done = [
        _("action {action}, {who}, {day}").format(action=f"{one.id} {one.verb}", who=one.who, day=day_of(one.at))
        for one in reversed(standing_between(books.connection, since, last_action(books.connection)))
        if unit_id in changed_units(books.connection, one.id, _EVER)
    ]
    return "; ".join(done) or _("its units or their belonging")


def _between_bases(
    books: Books, one: Recounted, by_year: set[int], by_decision: set[int]
) -> tuple[list[str], list[str]]:
    """The units that count on one basis only, with why: the day of decision is later, earlier, or not known."""
    begun = standing.begun(books.connection, _view(books, one, Basis.DECISION), one.level.rank)
    told, units = [], []
    for text, keys in (
        (_("by year only: {units}"), by_year - by_decision),
        (_("by decision only: {units}"), by_decision - by_year),
    ):
        names = [_with_day(books, key, begun.get(key)) for key in sorted(keys)]
        if names:
            told.append(text.format(units=few(names)))
            units += [books.title(key) for key in sorted(keys)]
    return told, units


def _with_day(books: Books, unit_id: int, day: str | None) -> str:
    why = _("counts from {day}").format(day=show_day(day)) if day else _("day of decision not known")
    return f"{books.title(unit_id)} ({why})"


def _around(books: Books, one: Recounted, basis: Basis, missing: int) -> tuple[list[str], list[str]]:
    """The units that began to count shortly after the day, where the ledger has too few, or before it, where too many.

    Those that began on one day and are just as many as the gap come alone: they are most likely what explains it.
    """
    day = last_day(one.published.as_of)
    low, high = (day, day + _NEAR) if missing > 0 else (day - _NEAR, day)
    groups: dict[str, list[int]] = defaultdict(list)
    of_tier = _of_tier(books, one, day)
    for unit_id, began in standing.begun(books.connection, _view(books, one, basis), one.level.rank).items():
        if began and low.isoformat() < began <= high.isoformat() and unit_id in of_tier:
            groups[began].append(unit_id)
    just = [(began, keys) for began, keys in groups.items() if len(keys) == abs(missing)]
    nearest = min(just, key=lambda group: abs(date.fromisoformat(group[0]) - day), default=None)
    if nearest:
        return _exactly(books, *nearest)
    keys = [key for began in sorted(groups, reverse=missing < 0) for key in groups[began]]
    if not keys:
        return [_("nothing on record within a year of that day explains it")], []
    text = _("within a year after that day, {basis}: {units}")
    if missing < 0:
        text = _("within a year before that day, {basis}: {units}")
    names = [books.title(key) for key in keys]
    return [text.format(basis=basis_label(basis), units=few(names))], names


def _exactly(books: Books, began: str, keys: Sequence[int]) -> tuple[list[str], list[str]]:
    names = [books.title(key) for key in sorted(keys)]
    decisions = sorted(
        {
            known.decision.number
            for key in keys
            for known in books.recognitions[key]
            if known.decision and (known.decided_on or "") == began
        }
    )
    text = ngettext(
        "just {count} unit counts from {day}{decision}: {units}",
        "just {count} units count from {day}{decision}: {units}",
        len(keys),
    )
    said = text.format(
        count=number(len(keys)),
        day=show_day(began),
        decision=f" ({', '.join(decisions)})" if decisions else "",
        units=few(names),
    )
    return [said], names


def _reached(connection: sqlite3.Connection, books: Books, one: Recounted, basis: Basis) -> set[int]:
    """The units that had reached the level on the day of the figure, by id, as this connection knows it."""
    moment = books.at.moment_at(last_day(one.published.as_of))
    paths = standing.standings(connection, _view(books, one, basis), [moment], one.published.tier)
    return {key for key, path in paths.items() if path.standings[0] >= one.level.rank}


def _of_tier(books: Books, one: Recounted, day: date) -> Collection[int]:
    view = _view(books, one, Basis.YEAR)
    return standing.standings(books.connection, view, [books.at.moment_at(day)], one.published.tier)


def _number_of_units(books: Books, one: Recounted, day: date) -> int | None:
    paths = standing.standings(
        books.connection, _view(books, one, Basis.YEAR), [books.at.moment_at(day)], one.published.tier
    )
    return sum(path.standings[0] >= 0 for path in paths.values()) or None


def _view(books: Books, one: Recounted, basis: Basis) -> View:
    return View(of_year(last_day(one.published.as_of).year), basis, books.at.view.scope)
