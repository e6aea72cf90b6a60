"""Which levels the targets of a plan count, where those of two programmes are counted beside each other."""

from collections.abc import Sequence

from ntmtrack.model import Programme
from ntmtrack.programmes.ladders import KEPT
from ntmtrack.roadmaps import CARRIED, OPEN, OPEN_KEPT, OPEN_OWN, Target


def of_ladders(targets: Sequence[Target], programme: Programme) -> list[Target]:
    """The targets, each with the set that it counts where the document does not say; what it leaves open once for each.

    Without a word the programme's own levels are meant, and of levels that only the programme before has, those.
    """
    if programme.kept is None:
        return [target._replace(of_set=None) if target.of_set else target for target in targets]
    own, kept = ({level.key for level in of.levels} for of in (programme, programme.kept.ladder))
    settled: list[Target] = []
    for target in targets:
        levels = {*target.levels}
        is_own, is_kept = levels <= own, bool(levels) and levels <= kept
        if not is_kept:
            readings: tuple[str | None, ...] = (None,)
        elif not is_own:
            readings = (CARRIED if target.of_set else KEPT,)
        else:
            readings = (OPEN_OWN, OPEN_KEPT) if target.of_set == OPEN else (target.line.of_set,)
        settled += [target._replace(of_set=of_set) for of_set in readings]
    return settled
