"""Lines of a plan about villages: of all of the scope, or of those of its communes in special difficulty alone."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.commands.question import ReportSpec
from ntmtrack.model import Tier
from ntmtrack.programmes import is_level
from ntmtrack.programmes.ladders import ladder_of
from ntmtrack.programmes.marks import SPECIAL
from ntmtrack.progress import Moment
from ntmtrack.progress.compute import LineQuestion, line_at
from ntmtrack.progress.lack import Missing, MissingData
from ntmtrack.progress.line import Line
from ntmtrack.progress.status import JUDGED, Status
from ntmtrack.roadmaps import OTHER_BASE, Target
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import standings, units
from ntmtrack.storage.queries.criteria import marks_on
from ntmtrack.text import plain

_IN_DIFFICULTY = "dac biet kho khan"
_SHORT = (Status.LATE, Status.VERY_LATE, Status.CLOSE)


class VillageBase(NamedTuple):
    """The villages that a target is about, and the communes that they lie in; `covered` is how many of these have any.

    `is_marked` is whether any commune is marked so, where only those in special difficulty are meant.
    """

    villages: frozenset[int]
    communes: int
    covered: int
    is_marked: bool


def of_villages(line: Line) -> bool:
    """Whether a line counts villages of the whole scope."""
    key = line.key
    return key.tier is Tier.VILLAGE and line.plan is not None and not (key.each or key.within or key.name)


def with_villages(
    connection: Connection,
    spec: ReportSpec,
    moments: Sequence[Moment],
    question: LineQuestion,
    lines: Sequence[Line],
    targets: Sequence[Target],
) -> list[Line]:
    """The lines, those of villages with what these have reached; the others as they are."""
    if spec.is_to_come or not any(map(of_villages, lines)):
        return [*lines]
    return [
        _counted(connection, spec, moments, question, line, targets) if of_villages(line) else line for line in lines
    ]


def village_base(connection: Connection, spec: ReportSpec, plan: Target | None) -> VillageBase | None:
    """The villages that a target is about; None where the ledger cannot tell which."""
    if plan is None:
        return None
    is_of_some = any(_IN_DIFFICULTY in plain(text) for text in (plan.base or "", plan.note or ""))
    if plan.share_of == OTHER_BASE and not is_of_some:
        return None
    day = spec.moment.units_on
    marks = marks_on(connection, day.isoformat()) if is_of_some else {}
    if is_of_some and not marks:
        return VillageBase(frozenset(), 0, 0, is_marked=False)
    meant = {
        unit.id
        for unit in units.every_unit(connection, day, spec.view.scope, Tier.COMMUNE)
        if (SPECIAL in marks.get(unit.id, {}) if is_of_some else unit.kind in _recognised(spec))
    }
    villages = units.villages_below(connection, day, meant)
    return VillageBase(frozenset(villages), len(meant), len({*villages.values()}), bool(meant))


def _recognised(spec: ReportSpec) -> Sequence[str]:
    """The kinds of communes that are recognised: of their villages a list is due."""
    return spec.view.programme.kinds_of(Tier.COMMUNE)


def ladder_of_line(line: Line, spec: ReportSpec) -> str:
    """The ladder that a line of villages is counted on: its own, or a level that stands by itself."""
    programme = ladder_of(spec.view.programme, line.key.ladder)
    alone = (
        level.key
        for level in programme.apart(Tier.VILLAGE)
        if is_level(programme.of_apart(level.key), line.key.measure, Tier.VILLAGE)
    )
    return next(alone, line.key.ladder)


def _counted(
    connection: Connection,
    spec: ReportSpec,
    moments: Sequence[Moment],
    question: LineQuestion,
    line: Line,
    targets: Sequence[Target],
) -> Line:
    """One line with its figures; without, and with what is missing, where no list of villages is on record."""
    assert line.plan is not None
    base = village_base(connection, spec, line.plan)
    if base is None:
        return line
    if not base.is_marked:
        return line._replace(lack=MissingData(Missing.MARKS, line.key))
    if not base.covered:
        return line._replace(lack=MissingData(Missing.VILLAGES, line.key, held=0, asked=base.communes))
    of = spec.on_ladder(ladder_of_line(line, spec))
    stood = standings.standings(connection, of.view, moments, Tier.VILLAGE)
    groups = [path for unit, path in stood.items() if unit in base.villages]
    programme, key = of.view.programme, line.key
    if key.measure not in {level.key for level in programme.levels}:
        key = key._replace(measure=programme.levels[0].key)
    figures = [
        target._replace(measure=key.measure, share_of="all" if target.share_of == OTHER_BASE else target.share_of)
        for target in targets
        if target.line == line.key
    ]
    counted = line_at(groups, programme, key, figures, question._replace(ladder=line.key.ladder))
    return _as_printed(_borne(counted, base), line)


def _borne(line: Line, base: VillageBase) -> Line:
    """The line; no verdict that the villages of communes without a list could turn."""
    if base.covered == base.communes or line.plan is None:
        return line
    lack = MissingData(Missing.VILLAGES, line.key, held=base.covered, asked=base.communes)
    may_turn = line.status in JUDGED and (line.plan.percent is not None or line.status in _SHORT)
    return line._replace(status=Status.INCOMPLETE if may_turn else line.status, lack=lack)


def _as_printed(counted: Line, line: Line) -> Line:
    """The counted line under the key and the base that the plan prints."""
    bases, goals = counted.bases, counted.goals
    if line.plan and line.plan.share_of == OTHER_BASE:
        bases = {**bases, OTHER_BASE: bases["all"]}
        goals = dict.fromkeys([OTHER_BASE], next(iter(goals.values()))) if goals else {}
    lack = counted.lack._replace(line=line.key) if counted.lack else None
    return counted._replace(key=line.key, plan=line.plan, bases=bases, goals=goals, lack=lack)
