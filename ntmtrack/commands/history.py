"""`status`, `history`: what the ledger holds, what was done to it, and what one action changed."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType

from ntmtrack.commands.describe import DescribedFact, describe
from ntmtrack.i18n import _, ngettext, number
from ntmtrack.model import Done
from ntmtrack.reports import Report, ledger
from ntmtrack.reports.ledger import FactChange
from ntmtrack.storage.address import Place
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.open import first_moment
from ntmtrack.storage.queries import facts
from ntmtrack.storage.queries.actions import (
    ActionFilter,
    closed_until,
    counts,
    find_action,
    history,
    last_action,
    last_of,
    newest_first,
    setting,
)
from ntmtrack.storage.queries.facts import TABLES, WrittenFact
from ntmtrack.storage.queries.proposals import waiting
from ntmtrack.storage.queries.units import find_unit
from ntmtrack.text import whole_number


def ledger_status(connection: Connection, file: Place, pressing: str | None) -> Report:
    """Which ledger this is, how much it holds, which years are closed, who wrote last, which dates are pressing."""
    last = next((action for action in newest_first(connection) if action.joined_by is None), None)
    programme = setting(connection, "programme")
    held = counts(connection) | {"proposal": len(waiting(connection))}
    place = file if isinstance(file, Path) else str(file)
    return ledger.status_report(place, held, last, programme, closed_until(connection), pressing)


def has_movement(connection: Connection) -> bool:
    """Whether an emulation movement is on record: asked before anything of a calendar is loaded."""
    return connection.execute("SELECT 1 FROM movement WHERE voided_by IS NULL LIMIT 1").fetchone() is not None


def list_history(
    connection: Connection, what: str | None, limit: int | None, since: date | None, *, full: bool
) -> Report:
    """The actions, the newest first; those about the unit `what` and what belongs to it.

    Where `what` is a number, what that action did; one that no action has is the code of a unit.
    Raises UnknownUnit, AmbiguousUnit, NoSuchAction.
    """
    if what and (number := _action_meant(connection, what)):
        done = find_action(connection, number)
        return ledger.action_report(done, changes_by(connection, done.id))
    unit = find_unit(connection, what, stands=lambda unit: unit.until is None) if what else None
    began = first_moment(since) if since else None
    actions = history(connection, ActionFilter(limit, began, unit.id if unit else None, below=True))
    if not full:
        return ledger.history_report(actions, unit.full_title if unit else None)
    return ledger.full_history_report([(action, changes_by(connection, action.id)) for action in actions])


def _action_meant(connection: Connection, what: str) -> int | None:
    """The number of an action; None for a name, and for the code of a unit that no action has as its number."""
    number = whole_number(what)
    if number is None or (number <= last_action(connection) and not what.startswith("0")):
        return number
    row = connection.execute("SELECT 1 FROM unit_version WHERE code = :code LIMIT 1", {"code": what}).fetchone()
    return None if row else number


Doers = Mapping[tuple[str, ...], Collection[int]]  # by the key of a fact

_NAMED, _LINES = 5, 8
_NOBODY: Doers = MappingProxyType({})


def changes_by(connection: Connection, action_id: int) -> list[FactChange]:
    """What one action changed, with those that it took in from another ledger."""
    return changes_between(connection, action_id - 1, last_of(connection, action_id))


def changes_between(
    connection: Connection,
    low: int,
    high: int,
    within: Container[int | None] | None = None,
    doers: Doers = _NOBODY,
) -> list[FactChange]:
    """What the actions after `low` up to `high` changed in all.

    What was undone meanwhile is not among it; with `within` only facts about those units are.
    """
    gone, came = (_about(within, side) for side in facts.facts_between(connection, low, high))
    titles = facts.last_titles(connection)
    return pair_facts(_facts(gone, titles), _facts(came, titles), doers)


def doers(connection: Connection, low: int, high: int) -> Doers:
    """Which actions after `low` up to `high` changed a fact, by its key: those that still count."""
    standing_actions = {action.id for action in lasting_actions(connection, low, high)}
    actions_of: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for written in facts.touched_facts(connection, low, high):
        fact = describe(written, "", str(written.unit_id))
        actions_of[fact.key] |= {written.action, written.voided_by or 0} & standing_actions
    return actions_of


def lasting_actions(connection: Connection, low: int, high: int) -> list[Done]:
    """The actions after `low` up to `high` that still count, the latest first: no pairs of doing and undoing."""
    actions = []
    for action in newest_first(connection):
        if action.id <= low:
            break
        if action.id <= high and action.undone_by is None and (action.undoes is None or action.undoes <= low):
            actions.append(action)
    return actions


def _about(within: Container[int | None] | None, facts: Iterable[WrittenFact]) -> list[WrittenFact]:
    return [fact for fact in facts if within is None or fact.unit_id in within]


def described_facts(connection: Connection, within: Container[int | None] | None = None) -> list[DescribedFact]:
    """Everything that the ledger tells now, units by their code: to be held against another ledger.

    With `within` only facts about those units.
    """
    titles = facts.last_titles(connection)
    codes = facts.codes(connection)
    return [
        describe(
            fact, titles.get(fact.unit_id or 0, ""), codes.get(fact.unit_id or 0) or titles.get(fact.unit_id or 0, "")
        )
        for fact in _about(within, facts.standing_facts(connection))
    ]


def _facts(facts: Iterable[WrittenFact], titles: Mapping[int, str]) -> list[DescribedFact]:
    return [describe(fact, titles.get(fact.unit_id or 0, ""), str(fact.unit_id)) for fact in facts]


def pair_facts(
    gone: Iterable[DescribedFact], came: Iterable[DescribedFact], doers: Doers = _NOBODY
) -> list[FactChange]:
    """What stood before beside what stands instead: facts of one unit and subject belong together.

    What is the same on both sides is no change. Of a roadmap that is new or gone only the document is told.
    """
    before, after = _by_key(gone), _by_key(came)
    whole = {key[1] for key in before.keys() ^ after.keys() if key[0] == "roadmap"}
    changes = []
    for key in dict.fromkeys((*before, *after)):
        if key[0] == "target" and key[1] in whole:
            continue
        olds, news = before.get(key, []), after.get(key, [])
        same = {fact.parts for fact in olds} & {fact.parts for fact in news}
        olds, news = ([fact for fact in side if fact.parts not in same] for side in (olds, news))
        changes += [_change(old, new, doers.get(key, ())) for old, new in _pairs(olds, news)]
    return sorted(changes, key=lambda change: (TABLES.index(change.table), change.order))


def _pairs(
    olds: list[DescribedFact], news: list[DescribedFact]
) -> Iterator[tuple[DescribedFact | None, DescribedFact | None]]:
    """Facts before and after, near ones together."""
    left = list(news)
    alone = []
    for old in olds:
        match = next((new for new in left if new.near == old.near), None)
        if match is None:
            alone.append(old)
        else:
            left.remove(match)
            yield old, match
    yield from zip_longest(alone, left)


def reverse(changes: Iterable[FactChange]) -> list[FactChange]:
    """The changes that going back would make."""
    return [change._replace(before=change.after, after=change.before) for change in changes]


def _by_key(facts: Iterable[DescribedFact]) -> dict[tuple[str, ...], list[DescribedFact]]:
    grouped: dict[tuple[str, ...], list[DescribedFact]] = defaultdict(list)
    for fact in facts:
        grouped[fact.key].append(fact)
    return grouped


def _change(old: DescribedFact | None, new: DescribedFact | None, doers: Collection[int]) -> FactChange:
    shown = new or old
    assert shown is not None
    before, after = (fact.said if fact else None for fact in (old, new))
    if old and new:
        before, after = _where_they_differ(old.parts, new.parts)
    return FactChange(
        table=shown.table,
        unit=shown.unit,
        subject=shown.subject,
        before=before,
        after=after,
        kind=shown.kind,
        name=shown.name,
        actions=tuple(sorted(doers)),
        order=shown.order,
    )


def _where_they_differ(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """What two versions of a fact say differently."""
    differing = [(was, became) for was, became in zip(old, new, strict=True) if was != became]
    before, after = ("; ".join(part for part in side if part) or "–" for side in zip(*differing, strict=True))
    return before, after


def sentences(changes: Sequence[FactChange], *, most: int = _LINES) -> list[str]:
    """The changes as a few lines, those of many units alike in one; the last says how many are left out."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        is_change = change.before is not None and change.after is not None
        grouped[_change_words(change)].append(change.unit if is_change else change.name)
    lines = [_naming(sentence, names) for sentence, names in grouped.items()]
    left = len(lines) - most
    if left > 1:
        more = ngettext("and {count} more kind of change", "and {count} more kinds of change", left)
        lines = [*lines[:most], more.format(count=number(left))]
    return lines


def _change_words(change: FactChange) -> str:
    if change.before is not None and change.after is not None:
        text = _("changes: {subject} {before} → {after}")
        return text.format(subject=change.subject, before=change.before, after=change.after)
    return (_("comes: {what}") if change.before is None else _("goes: {what}")).format(what=change.kind)


def _naming(sentence: str, names: Sequence[str]) -> str:
    """What was changed with the first few of those it was changed of."""
    named = [name for name in names if name]
    if not named:
        return sentence
    more = len(named) - _NAMED
    rest = ngettext(" and {count} more", " and {count} more", more).format(count=number(more)) if more > 0 else ""
    return f"{sentence}: {', '.join(named[:_NAMED])}{rest}"
