"""What units were made of and what became of them, over any number of mergers. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ntmtrack.model import Succession


class Forebear(NamedTuple):
    """A unit that another was made of: whether all of it went there, over every step in between.

    `is_main` tells of a part whether its people or its centre went there; None where it is not known, or whole.
    """

    unit_id: int
    is_whole: bool
    is_main: bool | None = None


class Ancestry:
    """The successions of a ledger, to be followed in both directions."""

    def __init__(self, successions: Iterable[Succession]) -> None:
        self._into: dict[int, list[Succession]] = defaultdict(list)
        self._out_of: dict[int, list[Succession]] = defaultdict(list)
        for succession in sorted(successions, key=lambda one: one.day):
            self._into[succession.successor_id].append(succession)
            self._out_of[succession.predecessor_id].append(succession)

    def predecessors(self, unit_id: int) -> Sequence[Succession]:
        """What went straight into a unit, the earliest first."""
        return self._into.get(unit_id, ())

    def successors(self, unit_id: int) -> Sequence[Succession]:
        """What a unit went straight into, the earliest first."""
        return self._out_of.get(unit_id, ())

    def origins(self, unit_id: int, stands: Callable[[int], bool]) -> list[Forebear]:
        """The units that stood (as `stands` says of an id) of which one that came later was made, each once.

        The unit itself where it stood. What neither stood nor was made of anything is left out.
        """
        found: dict[int, Forebear] = {}
        for origin in self._back(Forebear(unit_id, is_whole=True), stands, {unit_id}):
            other = found.get(origin.unit_id)
            if other is None or (origin.is_whole and not other.is_whole):
                found[origin.unit_id] = origin
        return list(found.values())

    def _back(self, origin: Forebear, stands: Callable[[int], bool], seen: set[int]) -> Iterator[Forebear]:
        if stands(origin.unit_id):
            yield origin
            return
        for step in self.predecessors(origin.unit_id):
            if step.predecessor_id in seen:  # a circle on record: `check` names it
                continue
            is_whole = origin.is_whole and step.extent == "whole"
            is_main = None if is_whole else (step.main if step.extent == "part" else origin.is_main)
            yield from self._back(
                Forebear(step.predecessor_id, is_whole, is_main), stands, seen | {step.predecessor_id}
            )

    def heirs(self, unit_ids: Iterable[int], *, parts: bool = True) -> set[int]:
        """Everything that came of some units, step by step, they themselves left out.

        Without `parts` only what took a whole one or the main part of one.
        """
        heirs: set[int] = set()
        open_ids = list(unit_ids)
        while open_ids:
            for step in self.successors(open_ids.pop()):
                counts = parts or step.extent == "whole" or bool(step.main)
                if counts and step.successor_id not in heirs:
                    heirs.add(step.successor_id)
                    open_ids.append(step.successor_id)
        return heirs
