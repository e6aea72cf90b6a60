"""What became of what units registered, worked out from the ledger."""

from datetime import date

from ntmtrack.dates import show_day, year_end
from ntmtrack.emulation.pledges import MetCriteria, Outcome, criteria_outcome, level_outcome
from ntmtrack.emulation.registers import CRITERIA, LEVEL, Registration
from ntmtrack.i18n import _, number
from ntmtrack.model import Basis, Unit
from ntmtrack.programmes import of_year
from ntmtrack.reports.registrations import RegisteredUnit
from ntmtrack.rules import evidence
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.criteria import latest_met
from ntmtrack.storage.queries.pledges import ladder_with, set_counted
from ntmtrack.storage.queries.recognitions import reaching, recognitions_by_unit
from ntmtrack.storage.queries.standings import View, counting


class Judge:
    """What became of the registrations of a year, worked out from the ledger: each thing looked up once."""

    def __init__(self, connection: Connection, year: int, today: date) -> None:
        self._connection, self._year, self._today = connection, year, today
        self._period = of_year(year)
        self._on = min(year_end(year), today)
        self._units = units.Register(units.every_version(connection))
        self._recognised = recognitions_by_unit(connection)
        self._counting: dict[str, set[int]] = {}
        self._met: dict[tuple[str, str], dict[int, tuple[int, int, bool, str]]] = {}

    def judged(self, pledged: Registration) -> RegisteredUnit:
        """A registration with its unit as it stood in the year, who sent it, what became of it and why."""
        versions = self._units.versions(pledged.unit_id)
        unit = next((version for version in reversed(versions) if version.alive_in(self._year)), versions[-1])
        sender = self._units.versions(pledged.sender_id)[-1] if pledged.sender_id else None
        ended = bool(versions[-1].until and versions[-1].until <= self._on.isoformat())
        outcome, shown = Outcome.BY_OFFICE, ""
        if pledged.pledge == LEVEL:
            outcome, shown = self._level(unit, pledged, ended=ended)
        elif pledged.pledge == CRITERIA:
            outcome, shown = self._criteria(unit, pledged, ended=ended)
        if outcome is Outcome.ENDED:
            shown = _("ended {day}").format(day=show_day(versions[-1].until))
        return RegisteredUnit(unit, pledged, sender, outcome, shown)

    def _level(self, unit: Unit, pledged: Registration, *, ended: bool) -> tuple[Outcome, str]:
        ladder = ladder_with(self._period, pledged.value)
        if pledged.value not in self._counting:
            view = View(ladder, Basis.YEAR, None, self._today)
            self._counting[pledged.value] = counting(self._connection, view, self._on)
        ids = self._counting[pledged.value]
        of_unit = [one for one in self._recognised.get(unit.id, ()) if one.id in ids]
        found = reaching(of_unit, ladder.ranks(), ladder.level(pledged.value).rank)
        outcome = level_outcome(self._year, self._today, reached=found is not None, ended=ended)
        return outcome, evidence(found) if found and outcome is Outcome.MET else ""

    def _criteria(self, unit: Unit, pledged: Registration, *, ended: bool) -> tuple[Outcome, str]:
        of_set = set_counted(self._year, unit)
        if of_set is None:
            return Outcome.NO_DATA, ""
        before, after = (self._last(of_set.key, unit.id, day) for day in (year_end(self._year - 1), self._on))
        outcome = criteria_outcome(int(pledged.value), self._year, self._today, before, after, ended=ended)
        told = [one for one in dict.fromkeys((before, after)) if one]
        return outcome, "" if outcome is Outcome.TO_COME else " → ".join(map(_met_words, told))

    def _last(self, key: str, unit_id: int, on: date) -> MetCriteria | None:
        day = on.isoformat()
        if (key, day) not in self._met:
            self._met[key, day] = latest_met(self._connection, key, day)
        found = self._met[key, day].get(unit_id)
        return MetCriteria(found[0], found[1], found[3]) if found else None


def _met_words(one: MetCriteria) -> str:
    """The criteria met by an assessment with its day: "14 (31/12/2025)"; "14–15 (…)" where something is left open."""
    counts = number(one.surely) if one.surely == one.most else f"{number(one.surely)}–{number(one.most)}"
    return f"{counts} ({show_day(one.day)})"
