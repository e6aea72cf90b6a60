"""The lines of a plan on every ladder of levels that its years are counted on."""

from collections.abc import Container, Mapping, Sequence

from ntmtrack.model import Programme
from ntmtrack.programmes.ladders import BOTH, ladder_of, ladders
from ntmtrack.progress import Standings
from ntmtrack.progress.compute import LineQuestion, lines_at
from ntmtrack.progress.line import Line
from ntmtrack.progress.status import Status
from ntmtrack.roadmaps import OPEN, LineKey, Target
from ntmtrack.roadmaps.sets import of_ladders


def lines_on_ladders(
    paths: Mapping[str, Sequence[Standings]],
    programme: Programme,
    targets: Sequence[Target],
    asked: LineQuestion,
    also: Container[LineKey] = (),
) -> list[Line]:
    """The lines on every ladder of the programme; `paths` has the standings on each.

    Those of both together only where a target counts them so. A target that leaves open which is meant is not concluded
    where its two readings differ.
    """
    settled = of_ladders(targets, programme)
    lines = []
    for ladder in (*ladders(programme), BOTH):
        of_ladder = [target for target in settled if target.line.ladder == ladder]
        if of_ladder or ladder != BOTH:
            on = asked._replace(ladder=ladder)
            lines += lines_at(paths[ladder], ladder_of(programme, ladder), of_ladder, on, also)
    return read_alike(lines)


def read_alike(lines: Sequence[Line]) -> list[Line]:
    """The lines; of two readings of one target that have another status, neither is concluded."""
    statuses: dict[LineKey, set[Status]] = {}
    for line in lines:
        if line.key.is_open:
            statuses.setdefault(line.key._replace(of_set=OPEN), set()).add(line.status)
    return [
        line._replace(status=Status.NOT_CONCLUDED)
        if len(statuses.get(line.key._replace(of_set=OPEN), ())) > 1 and line.key.is_open
        else line
        for line in lines
    ]
