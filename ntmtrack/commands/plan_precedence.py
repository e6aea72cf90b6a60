"""Which of several plans leads, and between which a choice must be asked."""

from collections import defaultdict
from collections.abc import Sequence

from ntmtrack.errors import SeveralRoadmaps
from ntmtrack.programmes import programme
from ntmtrack.roadmaps import WITHOUT_FIGURE, LineKey, Roadmap, Target, by_line
from ntmtrack.storage.queries.roadmaps import StoredPlan


def leading_first(plans: Sequence[StoredPlan], year: int) -> list[StoredPlan]:
    """The plans in the order in which they lead: those with targets for the year, with results of it, with later ones.

    Of those alike the newest goes first.
    """
    return sorted(
        plans, key=lambda stored: (_nearness(stored, year), stored.plan.issued_by, stored.plan.key), reverse=True
    )


def _nearness(stored: StoredPlan, year: int) -> int:
    """3 of a plan with targets for the year, 2 with other figures of it, 1 of one with later targets only, else 0."""
    years = target_years(stored)
    if year in years:
        return 3
    if any(target.year == year and target.levels for target in stored.plan.targets):
        return 2
    return int(stored.plan.base_year < year < max(years, default=0))


def target_years(stored: StoredPlan) -> set[int]:
    """The years for which a plan sets targets in figures."""
    return {
        target.year
        for target in stored.plan.targets
        if target.nature == "target" and target.measure not in WITHOUT_FIGURE
    }


def need_no_choice(plans: Sequence[StoredPlan], year: int, scope: str) -> None:
    """Raises SeveralRoadmaps where several of these set the same target of the year."""
    rivals = rivalling([stored.plan for stored in plans], year)
    if rivals:
        raise SeveralRoadmaps(scope=scope, count=len(rivals), keys=", ".join(sorted(plan.key for plan in rivals)))


def rivalling(plans: Sequence[Roadmap], year: int) -> list[Roadmap]:
    """The plans of which several set the same target, of the same year, when one is asked about `year`.

    Those that agree on it are none, unless they are of one day, so that none is the newer.
    """
    if len(plans) < 2:
        return []
    from ntmtrack.progress.plan import plan_for

    setting: dict[tuple[LineKey, int], dict[str, Target]] = defaultdict(dict)
    for plan in plans:
        for line, figures in by_line(plan.targets).items():
            target = plan_for(figures, year, programme(plan.programme).last_year)
            if target and target.nature == "target" and target.year >= year and target.measure not in WITHOUT_FIGURE:
                setting[line, target.year][plan.key] = target
    issued = {plan.key: plan.issued_by for plan in plans}
    claimed = {
        key
        for several in setting.values()
        if len(several) > 1
        and (not _agree([*several.values()]) or len({issued[key] for key in several}) < len(several))
        for key in several
    }
    return [plan for plan in plans if plan.key in claimed]


_SAID = ("added", "added_high", "cumulative", "cumulative_high", "percent", "percent_high", "value", "value_high")


def _agree(targets: Sequence[Target]) -> bool:
    """Whether they ask for the same, as a yearly plan does that repeats a figure of the period's."""
    asked = [{field: figure for field in _SAID if (figure := getattr(target, field)) is not None} for target in targets]
    signs = {(target.operator, target.percent_sign, target.share_of, target.base) for target in targets}
    first = asked[0]
    return len(signs) == 1 and all(
        figures.keys() & first.keys() and all(figures[field] == first[field] for field in figures.keys() & first.keys())
        for figures in asked
    )
