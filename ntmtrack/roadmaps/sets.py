"""Which levels the targets of a plan count, where those of two programmes are counted beside each other."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ntmtrack.i18n import N_
from ntmtrack.model import Programme
from ntmtrack.programmes.ladders import BOTH, KEPT
from ntmtrack.roadmaps import CARRIED, JOIN, MEASURES, OPEN, OPEN_KEPT, OPEN_OWN, Target


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


Fault = tuple[str, dict[str, str]]  # a message and its facts


def set_fault(programme: Programme, line: Mapping[str, Any]) -> Fault | None:
    """What is wrong where a line counts by a set of levels that is not kept, or that lacks its level."""
    of_set, measure = line.get("of_set"), line.get("measure")
    if of_set is None or measure is None:
        return None
    if programme.kept is None or measure in MEASURES:
        return N_("only of levels, and in plans of a programme that keeps those of the one before"), {}
    own, kept = programme, programme.kept.ladder
    for of in {"programme": (own,), CARRIED: (kept,), BOTH: (own, kept)}.get(of_set, ()):
        if lacking := set(measure.split(JOIN)) - {level.key for level in of.levels}:
            return N_("the {programme} set has no level {level}"), {
                "programme": of.key,
                "level": ", ".join(sorted(lacking)),
            }
    return None


def hold_faults(figure: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with what is to be held: it needs a number, and takes no operator but “at least”, which it gets."""
    if not figure.pop("hold", None):
        return
    if not {"cumulative", "percent"} & figure.keys():
        yield "hold", N_("only with a cumulative number or a per cent: how many are to be kept")
    if figure.get("operator", "=") not in ("=", ">="):
        yield "operator", N_("“duy trì” is at least so many: leave out the operator")
    figure |= {"hold": True, "operator": ">="}


def held_of(programme: Programme, line: Mapping[str, Any], figure: Mapping[str, Any]) -> Mapping[str, Any]:
    """The line: where a figure is to be held and nothing else is said, of what is kept of the programme before."""
    levels = {level.key for level in programme.kept.ladder.levels} if programme.kept else set()
    is_kept = set(line["measure"].split(JOIN)) <= levels
    return {**line, "of_set": CARRIED} if figure.get("hold") and is_kept and "of_set" not in line else line
