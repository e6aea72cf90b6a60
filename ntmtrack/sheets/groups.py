"""Rows that stand above others and say where they belong, as a district, a level, a year or a tier does."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.model import Tier
from ntmtrack.sheets import row_words as words


class Group(NamedTuple):
    """A row that stands above others and says where they belong: a district, a level, a year."""

    text: str
    row: int
    column: int
    style: str


def own_style(text: str) -> str:
    """The style of a group without a number: years follow years, whatever lies between."""
    section = words.section_in(text)
    return words.YEAR if section and section.year and not section.level else words.PLAIN


def tier_of(groups: Sequence[Group]) -> Tier | None:
    """The tier that the innermost of the groups above a row tells, if any does."""
    sections = [words.section_in(group.text) for group in groups]
    return next((section.tier for section in reversed(sections) if section and section.tier), None)


def enter(stack: list[Group], group: Group) -> None:
    """Enters a group: it ends the one before of its own style, with whatever lay inside that."""
    for place, known in enumerate(stack):
        if known.style == group.style:
            del stack[place:]
            break
    stack.append(group)
