"""Checks of the roadmaps on record: what they contradict, and which units they name."""

from collections.abc import Iterator

from ntmtrack.i18n import _
from ntmtrack.lint import Weight
from ntmtrack.lint.linter import check_plan
from ntmtrack.office.checks.books import Books, Found
from ntmtrack.office.grounds import ground
from ntmtrack.office.names import compared_by_name
from ntmtrack.roadmaps import line_title


def contradictions(books: Books) -> Iterator[Found]:
    """What the linter finds wrong in the roadmaps that apply; its notes are left to `roadmap check`."""
    for held in (books.at.plans.own, *books.at.plans.beside):
        if held is None:
            continue
        for finding in check_plan(held.plan, ground(books.connection, held.plan)):
            if finding.weight is not Weight.NOTE:
                yield Found(finding.weight, f"{held.plan.number}: {finding.text} ({finding.cite})")


def names(books: Books) -> Iterator[Found]:
    """Units that the plan names against those that reached the level, where the two differ."""
    for one in compared_by_name(books.connection, books.at):
        late = one.late if one.target.year <= books.at.moment.day.year else ()
        parts = (
            (_("named and not reached: {units}"), late),
            (_("reached and not named: {units}"), one.beyond),
            (_("named and not found in the ledger: {units}"), one.unknown),
        )
        told = [text.format(units=", ".join(units)) for text, units in parts if units]
        if told:
            line = line_title(one.target.line, books.at.view.programme)
            text = _("{line} ({year}), by name: {told}").format(line=line, year=one.target.year, told="; ".join(told))
            yield Found(Weight.NOTE, text, [unit for _text, units in parts for unit in units])
