"""By which set of levels a unit was recognised: what a command must be told where it was by two."""

from collections.abc import Sequence

from ntmtrack.errors import RecognisedBySets
from ntmtrack.model import Recognition, Unit
from ntmtrack.programmes import every
from ntmtrack.programmes.ladders import ladder_called, ladder_standing_on, set_key


def ladder_by(recognition: Recognition) -> str:
    """The ladder of levels by whose set a unit was recognised."""
    return ladder_standing_on(recognition.origin)


def refuse_two_sets(unit: Unit, level: str, recognitions: Sequence[Recognition]) -> None:
    """Raises RecognisedBySets where not all of these are by one set of levels."""
    sets = sorted({set_key(every()[-1], ladder_by(recognition)) for recognition in recognitions})
    if len(sets) > 1:
        options = " · ".join(f"--set {key}" for key in sets)
        raise RecognisedBySets(unit=unit.full_title, level=level, sets=", ".join(sets), options=options)


def is_by(recognition: Recognition, of_set: str | None) -> bool:
    """Whether it is by the set of levels that was named, where one was; raises UnknownSet."""
    return of_set is None or ladder_by(recognition) == ladder_called(every()[-1], of_set)
