"""Roadmaps as files: the plans that ship with the program, and the strict reader of such a file."""

from ntmtrack import paths
from ntmtrack.model import Roadmap
from ntmtrack.roadmaps.reader import read_roadmap


def built_in(programme: str, scope_code: str | None) -> list[Roadmap]:
    """The shipped roadmaps of a programme for the province with this code."""
    shipped = [read_roadmap(file) for file in sorted(paths.sample_data().glob("*/roadmap.toml"))]
    return [plan for plan in shipped if (plan.programme, plan.scope_code) == (programme, scope_code)]


__all__ = ["built_in", "read_roadmap"]
