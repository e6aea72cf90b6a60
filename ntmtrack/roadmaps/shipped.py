"""The roadmaps that ship with the program."""

from collections.abc import Container
from functools import cache
from pathlib import Path

from ntmtrack.roadmaps.reader import read_roadmap
from ntmtrack.targets import Roadmap

_PLANS = Path(__file__).parent / "plans"


@cache
def shipped() -> dict[str, Roadmap]:
    """Every roadmap that ships with the program, by key."""
    plans = [read_roadmap(file) for file in sorted(_PLANS.glob("*.toml"))]
    return {plan.key: plan for plan in plans}


def built_in(programme: str, scope_codes: Container[str | None]) -> list[Roadmap]:
    """The shipped roadmaps of a programme: the country's own, and those for units with one of these codes."""
    return [
        plan
        for plan in shipped().values()
        if plan.programme == programme and (plan.is_national or plan.scope_code in scope_codes)
    ]
