"""Check of units: one that stands twice on record, under one code or under one name in one place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from ntmtrack.i18n import _, number
from ntmtrack.lint import Weight
from ntmtrack.model import Unit
from ntmtrack.office.checks.books import Books, Found
from ntmtrack.storage.queries.units import written_by
from ntmtrack.text import letters


def twice(books: Books) -> Iterator[Found]:
    """Units that share a code, or name and place, on the same days: each of them is counted."""
    every = [unit for unit_id in books.unit_ids for unit in books.versions[unit_id]]
    found: dict[frozenset[int], str] = {}
    for alike in _grouped((unit.code, unit) for unit in every if unit.code):
        found[_at_once(alike)] = _("the code {code} is that of {count} units at once: {units}").format(
            code=alike[0].code, count=number(len(_at_once(alike))), units="{units}"
        )
    for alike in _grouped(((unit.kind, letters(unit.name), unit.parent_id), unit) for unit in every):
        text = _("{unit} stands on record {count} times: {units}")
        found.setdefault(
            _at_once(alike),
            text.format(unit=alike[0].full_title, count=number(len(_at_once(alike))), units="{units}"),
        )
    found.pop(frozenset(), None)
    actions = written_by(books.connection) if found else {}
    for ids, text in found.items():
        units = [books.title(one) for one in sorted(ids)]
        told = _("{unit}, action {action}")
        named = [told.format(unit=books.title(one), action=actions[one]) for one in sorted(ids)]
        yield Found(Weight.DOUBT, text.format(units="; ".join(named)), units)


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
        for one, other in combinations(alike, 2)
        if one.id != other.id
        and (one.since or "") < (other.until or "9999")
        and (other.since or "") < (one.until or "9999")
        for unit in (one, other)
    )
