"""What can be written: units, recognitions, revocations, roadmaps, published figures, settings; and undone.

Every method adds or voids facts in the name of one action, inside the transaction that `acting` holds open.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError

from ntmtrack.errors import AlreadyRecognised
from ntmtrack.model import Decision, NewUnit, Participation, Published, Recognition, Unit
from ntmtrack.roadmaps import Named, Roadmap
from ntmtrack.storage import undo
from ntmtrack.storage.closed_years import rests_on
from ntmtrack.storage.inserts import (
    decision_ids,
    insert_recognitions,
    insert_units,
    move_to_decision,
    recognition_columns,
    write_rearrangement,
)
from ntmtrack.storage.open_action import OpenAction
from ntmtrack.storage.queries.undo_chains import UndoChain
from ntmtrack.storage.tables import RecognitionRow, Revocation, Setting
from ntmtrack.units.rearrangement import Rearrangement, UnitRef, Version

if TYPE_CHECKING:
    from ntmtrack.progress.constituents import ReviewResult
    from ntmtrack.storage.plan_inserts import RoadmapPlace


_ONE_STANDING = "one standing recognition"  # the trigger's words


class Ledger(OpenAction):
    """The open write: its methods add and void facts in the name of its action."""

    def add_units(self, new: Sequence[NewUnit]) -> dict[str, int]:
        """Adds units, parents before children; the ids of those that have a code, by code."""
        places = {unit.code: place for place, unit in enumerate(new) if unit.code}
        inserts = [
            [(version, UnitRef(place=places.get(version.parent_code or ""))) for version in (*unit.earlier, unit)]
            for unit in new
        ]
        ids = self.place_units(inserts)
        return {code: ids[place] for code, place in places.items()}

    def add_unit(self, new: NewUnit, parent_id: int | None) -> None:
        """Adds one unit below a unit that the ledger already holds."""
        self.place_units([[(new, UnitRef(parent_id))]])

    def place_units(self, units: Sequence[Sequence[Version]]) -> list[int]:
        """Adds units below units that the ledger holds or below each other; their ids in the order given."""
        return insert_units(self._session, self.action_id, units)

    def rearrange(self, change: Rearrangement) -> None:
        """Ends and begins units, carries others on, and keeps what became of what."""
        write_rearrangement(self._session, self.connection, self.action_id, change)

    def rearrange_all(self, changes: Sequence[Rearrangement]) -> None:
        """The same for changes of several days, the earliest first."""
        for change in changes:
            self.rearrange(change)

    def record(self, unit: Unit, new: Recognition) -> int:
        """Adds a recognition of `unit`, and gives its id; its decision is the one on record, or new."""
        columns = recognition_columns(unit.id, new, self.decision_id(new.decision))
        row = RecognitionRow(action_id=self.action_id, **columns)
        self._session.add(row)
        try:
            self._session.flush()
        except IntegrityError as wrong:
            if _ONE_STANDING not in str(wrong.orig):
                raise
            raise AlreadyRecognised(
                unit=unit.full_title, level=new.level, evidence=new.programme, code=unit.handle
            ) from wrong
        assert row.id is not None
        return row.id

    def record_all(self, new: Sequence[tuple[int, Recognition]]) -> None:
        """Adds many recognitions, each with the id of its unit; which decisions they mean is settled already."""
        insert_recognitions(self._session, self.connection, self.action_id, new)

    def keep_reviews(self, new: "Sequence[ReviewResult]") -> None:
        """Keeps what was found of units after mergers, in the place of what was found before (`id`)."""
        from ntmtrack.storage.plan_tables import Review

        self.void("review", [review.id for review in new if review.id is not None])
        for review in new:
            told = {name: value for name, value in review._asdict().items() if name not in ("decision", "id")}
            self._session.add(Review(action_id=self.action_id, decision_id=self.decision_id(review.decision), **told))
        self._session.flush()

    def void(self, table: str, ids: Sequence[int]) -> None:
        """Voids facts that are corrected; decisions that nothing rests on then follow."""
        undo.void(self.connection, table, ids, self.action_id)

    def correct(self, corrected: Sequence[tuple[Unit, int, Recognition]]) -> None:
        """Puts recognitions in the place of others, each given by its id, whose revocations become theirs.

        A decision that is corrected for all that rested on it goes first: its number stands for the right one then.
        """
        self.void("recognition", [old for _unit, old, _new in corrected])
        stay = {new.decision.id for _unit, _old, new in corrected if new.decision and new.decision.id}
        undo.void_unused_decisions(self.connection, self.action_id, stay)
        for unit, old, new in corrected:
            undo.move_revocations(self.connection, old, self.record(unit, new), self.action_id)

    def revoke(self, recognition_id: int, day: str, decision: Decision | None, reason: str | None) -> None:
        """Ends a recognition on `day`."""
        self._session.add(
            Revocation(
                action_id=self.action_id,
                recognition_id=recognition_id,
                decision_id=self.decision_id(decision),
                day=day,
                reason=reason,
            )
        )
        self._session.flush()

    def participate(self, unit_id: int, new: Participation) -> None:
        """Lets a unit take part in a programme that does not count it."""
        from ntmtrack.storage.plan_tables import ParticipationRow

        self._session.add(
            ParticipationRow(
                action_id=self.action_id,
                unit_id=unit_id,
                programme=new.programme,
                day=new.day,
                decision_id=self.decision_id(new.decision),
                source=new.source,
            )
        )
        self._session.flush()

    def respell(self, decisions: Sequence[Decision], number: str) -> int:
        """Gives decisions on record the right spelling of their number; how many recognitions rest on them."""
        pairs = [(old.id, self.decision_id(old._replace(number=number, id=None))) for old in decisions]
        return sum(
            move_to_decision(self.connection, self.action_id, old, right) for old, right in pairs if old and right
        )

    def add_roadmap(self, plan: Roadmap, place: "RoadmapPlace", named: Mapping[Named, int]) -> None:
        """Adds a roadmap with its targets; `named` gives the unit of each name that it prints, where known."""
        from ntmtrack.storage.plan_inserts import insert_roadmap

        insert_roadmap(self._session, self.action_id, plan, place, named)

    def void_whole(self, table: str, fact_id: int) -> None:
        """Voids a roadmap with its targets and the names in them, a movement with its rules; the rows stay."""
        self.void(table, [fact_id])
        undo.void_parts(self.connection, self.action_id)

    def publish(self, figures: Sequence[Published], scope_id: int) -> None:
        """Keeps figures as published for a scope."""
        from ntmtrack.storage.plan_tables import PublishedFigure

        for figure in figures:
            fields = {name: value for name, value in figure._asdict().items() if name != "action"}
            self._session.add(PublishedFigure(action_id=self.action_id, scope_id=scope_id, **fields))

    def add_facts(self, table: str, rows: "Sequence[Mapping[str, object]]") -> None:
        """Adds facts of a table, each by its columns; a `decision` among them is the one on record, or new."""
        from ntmtrack.storage.fact_inserts import insert_facts

        insert_facts(self._session, self.connection, self.action_id, table, rows)

    def turn(self, chain: UndoChain) -> None:
        """Takes back an action, or does it again; raises RestsOnIt, PlaceTaken, NotBackAlone.

        Raises NeverProposed, MayOnlyPropose where it is only to be proposed.
        """
        if self.proposes:
            self._refuse_unproposable(self.verb)
        undo.turn(self.connection, chain, self.action_id)
        self.undoes = chain.last

    def list_complete(self, province: Unit, since: str, source: str | None) -> None:
        """Keeps from which ISO day on the units of a province are all known, in the place of what was said before."""
        from ntmtrack.storage.plan_tables import UnitListRow

        said = self.connection.execute(
            "SELECT id FROM unit_list WHERE voided_by IS NULL AND scope_id = ?", (province.id,)
        )
        self.void("unit_list", [row[0] for row in said.fetchall()])
        self._session.add(
            UnitListRow(action_id=self.action_id, scope_id=province.id, complete_since=since, source=source)
        )
        self._session.flush()

    def close_year(self, year: int) -> None:
        """Closes a year and those before it: their figures stay as they are."""
        from ntmtrack.storage.plan_tables import ClosedYear

        self._session.add(ClosedYear(action_id=self.action_id, year=year, fingerprint=rests_on(self.connection, year)))
        self._session.flush()

    def set(self, key: str, value: str) -> None:
        """Remembers a choice; the last one counts, and undoing it brings back the one before."""
        self._session.add(Setting(key=key, value=value, action_id=self.action_id))

    def decision_id(self, given: Decision | None) -> int | None:
        """The id of a decision: on record word for word, or a new row; which one is meant is settled already."""
        if given is None:
            return None
        return decision_ids(self._session, self.connection, self.action_id, [given])[given]
