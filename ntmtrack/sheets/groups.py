"""Rows that stand above others and say where they belong, as a district, a level, a year or a tier does."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.model import Tier
from ntmtrack.sheets import row_words as words
from ntmtrack.sheets.cells import Sheet
from ntmtrack.sheets.fields import Field
from ntmtrack.text import clean


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


def told_below(sheet: Sheet, bottom: int) -> set[Field]:
    """Whether rows below the headings, in which nothing else stands, tell a level or a year: “Năm 2023”."""
    told: set[Field] = set()
    for row in range(bottom + 1, len(sheet.rows)):
        texts = [clean(str(cell.value)) for cell in sheet.rows[row] if not cell.is_blank]
        texts = [text for text in texts if not words.numbering_style(text)]
        section = words.section_in(words.without_count(words.leading_style(texts[0])[1])) if len(texts) == 1 else None
        told |= {Field.YEAR} if section and section.year else set()
        told |= {Field.LEVEL} if section and section.level else set()
    return told


def enter(stack: list[Group], group: Group) -> None:
    """Enters a group: it ends the one before of its own style, with whatever lay inside that."""
    for place, known in enumerate(stack):
        if known.style == group.style:
            del stack[place:]
            break
    stack.append(group)
