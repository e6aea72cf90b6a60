"""What explains that the ledger does not bear out a published figure: units, decisions and actions behind it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from ntmtrack.commands.checks.context import CheckContext
from ntmtrack.commands.recount import is_added
from ntmtrack.dates import last_day, show_day
from ntmtrack.i18n import _, day_of, ngettext, number
from ntmtrack.model import Basis, Done
from ntmtrack.programmes import of_year
from ntmtrack.programmes.ladders import ladder_of
from ntmtrack.progress import Standings
from ntmtrack.reports.checks import RecountedFigure
from ntmtrack.reports.labels import basis_label
from ntmtrack.reports.work import work_label
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.actions import last_action
from ntmtrack.storage.queries.standings import View, first_days, standings
from ntmtrack.text import few

_NEAR = timedelta(days=366)


def explained_figures(
    context: CheckContext, figure: RecountedFigure, counted: Mapping[Basis, int | None]
) -> tuple[list[str], list[str]]:
    """Why the ledger counts one published figure otherwise, in sentences, and the units named in them.

    `counted` is what it counts on each basis on which the figure may have been counted.
    """
    value = int(figure.published.value)
    counts = {basis: count for basis, count in counted.items() if count is not None}
    if not counts:
        return [], []
    nearest = min(counts, key=lambda basis: abs(counts[basis] - value))
    now = {basis: _reached(context, figure, basis) for basis in counts}
    if since := _changed_since(context, figure, nearest, now[nearest]):
        return since
    if counts[nearest] == value:
        return _between_bases(context, figure, now[Basis.YEAR], now[Basis.DECISION])
    return _around(context, figure, nearest, value - counts[nearest])


def exchanged(context: CheckContext, figure: RecountedFigure, basis: Basis) -> tuple[list[str], list[str]]:
    """The units that came and went since the figure was kept, where as many went as came."""
    if is_added(figure.published):
        return [], []
    return _changed_since(context, figure, basis, _reached(context, figure, basis)) or ([], [])


def _changed_since(
    context: CheckContext, figure: RecountedFigure, basis: Basis, now: Collection[int]
) -> tuple[list[str], list[str]] | None:
    """The units that came or went by actions since the figure was kept, where the ledger then bore it out."""
    kept = figure.published.action
    if kept is None or kept == last_action(context.connection):
        return None
    with context.known_after(kept) as then_known:
        then = _reached(context, figure, basis, then_known)
    if len(then) != int(figure.published.value) or then == set(now):
        return None
    causes, units = [], []
    for text, changed in (
        (_("since then came: {units}"), set(now) - then),
        (_("since then went: {units}"), then - set(now)),
    ):
        names = [
            f"{context.title(key)} ({_by_whom(context.moved_since(kept).get(key, ()))})" for key in sorted(changed)
        ]
        if names:
            causes.append(text.format(units=few(names)))
            units += [context.title(key) for key in sorted(changed)]
    return causes, units


def _by_whom(done: Iterable[Done]) -> str:
    """Which actions moved a unit's figures, by whom and when."""
    text = _("action {action}, {who}, {day}")
    actions = [
        text.format(action=f"{action.id} {work_label(action.verb).label}", who=action.who, day=day_of(action.at))
        for action in done
    ]
    return "; ".join(actions) or _("its units or their belonging")


def _between_bases(
    context: CheckContext, figure: RecountedFigure, by_year: set[int], by_decision: set[int]
) -> tuple[list[str], list[str]]:
    """The units that count on one basis only, with why: the day of decision is later, earlier, or not known."""
    begun = first_days(context.connection, _view(context, figure, Basis.DECISION), figure.level.rank)
    causes, units = [], []
    for text, keys in (
        (_("by year only: {units}"), by_year - by_decision),
        (_("by decision only: {units}"), by_decision - by_year),
    ):
        names = [_with_day(context, key, begun.get(key)) for key in sorted(keys)]
        if names:
            causes.append(text.format(units=few(names)))
            units += [context.title(key) for key in sorted(keys)]
    return causes, units


def _with_day(context: CheckContext, unit_id: int, day: str | None) -> str:
    why = _("counts from {day}").format(day=show_day(day)) if day else _("day of decision not known")
    return f"{context.title(unit_id)} ({why})"


def _around(context: CheckContext, figure: RecountedFigure, basis: Basis, missing: int) -> tuple[list[str], list[str]]:
    """The units that began to count shortly after the day, where the ledger has too few, or before it, where too many.

    Those that began on one day and are just as many as the gap come alone: they are most likely what explains it.
    """
    day = last_day(figure.published.as_of)
    low, high = (day, day + _NEAR) if missing > 0 else (day - _NEAR, day)
    groups: dict[str, list[int]] = defaultdict(list)
    of_tier = published_standings(context, figure, basis)
    for unit_id, began in first_days(context.connection, _view(context, figure, basis), figure.level.rank).items():
        if began and low.isoformat() < began <= high.isoformat() and unit_id in of_tier:
            groups[began].append(unit_id)
    just = [(began, keys) for began, keys in groups.items() if len(keys) == abs(missing)]
    nearest = min(just, key=lambda group: abs(date.fromisoformat(group[0]) - day), default=None)
    if nearest:
        return _exactly(context, *nearest)
    keys = [key for began in sorted(groups, reverse=missing < 0) for key in groups[began]]
    if not keys:
        return [_("nothing on record within a year of that day explains it")], []
    text = _("within a year after that day, {basis}: {units}")
    if missing < 0:
        text = _("within a year before that day, {basis}: {units}")
    names = [context.title(key) for key in keys]
    return [text.format(basis=basis_label(basis), units=few(names))], names


def _exactly(context: CheckContext, began: str, keys: Sequence[int]) -> tuple[list[str], list[str]]:
    names = [context.title(key) for key in sorted(keys)]
    decisions = sorted(
        {
            recognition.decision.number
            for key in keys
            for recognition in context.recognitions[key]
            if recognition.decision and (recognition.decided_on or "") == began
        }
    )
    text = ngettext(
        "just {count} unit counts from {day}{decision}: {units}",
        "just {count} units count from {day}{decision}: {units}",
        len(keys),
    )
    sentence = text.format(
        count=number(len(keys)),
        day=show_day(began),
        decision=f" ({', '.join(decisions)})" if decisions else "",
        units=few(names),
    )
    return [sentence], names


def _reached(
    context: CheckContext, figure: RecountedFigure, basis: Basis, ledger: Connection | None = None
) -> set[int]:
    """The units that had reached the level on the day of the figure, by id: as known now, or by another connection."""
    return {
        key
        for key, path in published_standings(context, figure, basis, ledger).items()
        if path.ranks[0] >= figure.level.rank
    }


def published_standings(
    context: CheckContext, figure: RecountedFigure, basis: Basis, ledger: Connection | None = None
) -> Mapping[int, Standings]:
    """Where each unit of the figure's tier stood on its day, by id: as known now, or by another connection."""
    moment = context.spec.moment_at(last_day(figure.published.as_of))
    return standings(ledger or context.connection, _view(context, figure, basis), [moment], figure.published.tier)


def _view(context: CheckContext, figure: RecountedFigure, basis: Basis) -> View:
    programme = ladder_of(of_year(last_day(figure.published.as_of).year), figure.ladder)
    return View(programme, basis, context.spec.view.scope)
