"""Checks of units: one that stands twice on record, successions that cannot be."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from ntmtrack.commands.checks.context import CheckContext, CheckFinding
from ntmtrack.dates import day_asked, show_day
from ntmtrack.i18n import _, number
from ntmtrack.lint import Weight
from ntmtrack.model import Act, Unit
from ntmtrack.progress.constituents import not_held_before
from ntmtrack.reports.progress_notes import listed_words
from ntmtrack.storage.queries.constituents import every_constituent
from ntmtrack.storage.queries.units import successions, written_by
from ntmtrack.text import letters


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


def check_snapshots(context: CheckContext) -> Iterator[CheckFinding]:
    """Years for whose units only a later list is known, and how to say more."""
    first, last = context.spec.view.programme.first_year, context.spec.moment.day.year
    days = {year: day_asked(year, context.spec.today) for year in range(first, last + 1)}
    listed = {year: on for year, when in days.items() if (on := context.spec.moment_at(when).listed_on)}
    if note := listed_words(listed):
        text = _(
            "{scope}: {note}; enter the mergers before it (ntmtrack rearrange), and from when the list is complete:"
            " ntmtrack rearrange --complete-since DAY"
        )
        yield CheckFinding(Weight.NOTE, text.format(scope=context.spec.scope_name, note=note))


def check_successions(context: CheckContext) -> Iterator[CheckFinding]:
    """A unit and the one that it went into whole, both counted at the moment."""
    counted = {unit.unit.id: unit.rank for unit in context.census.units}
    for old, new, extent, day, *_rest in successions(context.connection):
        if extent == "whole" and day <= context.spec.moment.units_on.isoformat() and old in counted and new in counted:
            names = [context.title(old), context.title(new)]
            text = _("{unit} went into {successor} on {day}, and both are counted")
            sentence = text.format(unit=names[0], successor=names[1], day=show_day(day))
            yield CheckFinding(Weight.DOUBT, sentence, names)


def check_acknowledged(context: CheckContext) -> Iterator[CheckFinding]:
    """Levels acknowledged after a merger that are not on record of all of which the unit was formed."""
    for unit_id, formed_of in every_constituent(context.connection).items():
        for known in context.recognitions.get(unit_id, ()):
            if known.basis is not Act.ACKNOWLEDGED or known.revoked_on:
                continue
            unit = context.versions[unit_id][-1]
            if text := not_held_before(unit, known, formed_of):
                yield CheckFinding(Weight.NOTE, text.removesuffix("."), [unit.full_title])
