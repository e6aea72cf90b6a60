"""What the checks look at: the ledger as one question sees it, each part of it read once."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import NamedTuple

from ntmtrack.commands.history import lasting_actions
from ntmtrack.commands.question import ReportSpec
from ntmtrack.commands.recount import recounted
from ntmtrack.commands.standings import Census, take_census, where_stood
from ntmtrack.dates import last_day
from ntmtrack.lint import Weight
from ntmtrack.model import Decision, Done, Published, Recognition, Tier, Unit
from ntmtrack.programmes.ladders import OWN, ladders
from ntmtrack.reports.checks import RecountedFigure
from ntmtrack.storage import open
from ntmtrack.storage.address import Place
from ntmtrack.storage.closed_years import changed_units
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.actions import last_action
from ntmtrack.storage.queries.decision_homes import DecisionHomes
from ntmtrack.storage.queries.membership import concerned
from ntmtrack.storage.queries.recognitions import every_decision, every_published_figure, recognitions_by_unit

_EVER = 2999


class CheckFinding(NamedTuple):
    """One finding: how much it weighs, a sentence, the units that it names."""

    weight: Weight
    text: str
    units: Sequence[str] = ()


class LedgerRecords:
    """The whole ledger, each part of it read once for all questions."""

    def __init__(self, file: Place, connection: Connection) -> None:
        self.file = file
        self.connection = connection

    @cached_property
    def recognitions(self) -> Mapping[int, Sequence[Recognition]]:
        """Every recognition on record, by unit, the earliest first."""
        return recognitions_by_unit(self.connection)

    @cached_property
    def versions(self) -> Mapping[int, Sequence[Unit]]:
        """Every version of every unit, the oldest first."""
        by_unit: dict[int, list[Unit]] = defaultdict(list)
        for version in units.every_version(self.connection):
            by_unit[version.id].append(version)
        return by_unit

    @cached_property
    def homes(self) -> DecisionHomes:
        """In which provinces decisions are at home."""
        return DecisionHomes(self.connection)


class CheckContext:
    """The part of the ledger that a check is about, as the question sees it."""

    def __init__(self, records: LedgerRecords, spec: ReportSpec, published_until: date | None = None) -> None:
        self.published_until = published_until or spec.moment.day
        self.file = records.file
        self.connection = records.connection
        self.spec = spec
        self._records = records
        self._moved: dict[int, Mapping[int, Sequence[Done]]] = {}

    @cached_property
    def recognitions(self) -> Mapping[int, Sequence[Recognition]]:
        """Every recognition on record of units in the scope, by unit, the earliest first."""
        every = self._records.recognitions
        if self.spec.view.scope is None:
            return every
        return {unit_id: recognitions for unit_id, recognitions in every.items() if unit_id in self.unit_ids}

    @cached_property
    def unit_ids(self) -> Collection[int]:
        """The units of the scope, and those of before that stand no more, by id; all units where there is no scope."""
        scope = self.spec.view.scope
        if scope is None:
            return self.versions.keys()
        moment = self.spec.moment  # of a year that a rearrangement parts, the units of either map
        return concerned(self.connection, scope, moment.units_on) | concerned(self.connection, scope, moment.day)

    @cached_property
    def decisions(self) -> Sequence[Decision]:
        """The decisions on record but those on which only units of other provinces rest.

        Numbers of one province are no numbers of another, whose issuer is seldom told.
        """
        every = every_decision(self.connection)
        return every if self.spec.scope is None else self._records.homes.of_units(every, [self.spec.scope.id])

    @property
    def versions(self) -> Mapping[int, Sequence[Unit]]:
        """Every version of every unit, the oldest first."""
        return self._records.versions

    @cached_property
    def census(self) -> Census:
        """Every counted unit of the scope with its recognitions."""
        ranked = where_stood(self.connection, self.spec)
        return take_census(self.connection, self.spec, ranked, self.recognitions)

    @cached_property
    def censuses(self) -> Sequence[Census]:
        """The census by each set of levels."""
        kept = [self.spec.on_ladder(ladder) for ladder in ladders(self.spec.view.programme) if ladder != OWN]
        others = (take_census(self.connection, of, where_stood(self.connection, of), self.recognitions) for of in kept)
        return [self.census, *others]

    @cached_property
    def recounted(self) -> Sequence[RecountedFigure]:
        """The published figures of the scope, each with what the ledger counts on each basis."""
        return recounted(self.connection, self.spec, self.published_until)

    @cached_property
    def published(self) -> Sequence[Published]:
        """Every figure published of the scope until the day that is looked at."""
        if self.spec.scope is None:
            return []
        figures = (figure for _key, figure in every_published_figure(self.connection, self.spec.scope.id))
        return [figure for figure in figures if last_day(figure.as_of) <= self.published_until]

    def moved_since(self, action_id: int) -> Mapping[int, Sequence[Done]]:
        """The later actions that moved figures of a unit, by unit, the earliest first; remarks move none."""
        if action_id not in self._moved:
            by_unit: dict[int, list[Done]] = defaultdict(list)
            for action in reversed(lasting_actions(self.connection, action_id, last_action(self.connection))):
                for unit_id in changed_units(self.connection, action.id, _EVER):
                    by_unit[unit_id].append(action)
            self._moved[action_id] = by_unit
        return self._moved[action_id]

    def title(self, unit_id: int) -> str:
        """A unit by its last name, a commune with the unit that it belongs to."""
        unit = self.versions[unit_id][-1]
        return unit.full_title if unit.tier is Tier.COMMUNE else unit.title

    @contextmanager
    def known_after(self, action_id: int) -> Iterator[Connection]:
        """The ledger as it was known right after an action."""
        with open.reading_after(self.file, action_id) as connection:
            yield connection
