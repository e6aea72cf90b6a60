"""What a paper that is signed says beside its figures: official words, nothing of the program or its ledger."""

from collections.abc import Iterable, Sequence
from datetime import date

from ntmtrack.i18n import _, day
from ntmtrack.model import Basis
from ntmtrack.progress import Moment
from ntmtrack.progress.evidence import is_empty
from ntmtrack.progress.line import Line
from ntmtrack.reports import Report
from ntmtrack.reports.figures import ReportContext
from ntmtrack.reports.labels import as_of, known_until
from ntmtrack.reports.progress_notes import doubt_notes, nothing_note, plan_basis, status_rule, vital_notes
from ntmtrack.roadmaps import MILESTONE


def paper_notes(
    lines: Sequence[Line], context: ReportContext, *, with_status: bool = False, with_doubts: bool = True
) -> list[str]:
    """What stands beneath figures: the plan, what is not real or not complete, what per cents are of, what was lost.

    Without doubts where sentences tell them already.
    """
    told = [line for line in lines if line.key.measure != MILESTONE]  # those are work to do, no figures
    of_ledger = nothing_note(told)
    return list(
        dict.fromkeys(
            [
                *([_("No recognition is known yet: the noughts above are no results.")] if is_empty(told) else []),
                *_counting(context),
                *(status_rule(told, context) if with_status else ()),
                *(doubt_notes(told, context.programme, on_paper=True) if with_doubts else ()),
                *(note for note in vital_notes(told, context) if note not in of_ledger),
            ]
        )
    )


def _counting(context: ReportContext) -> list[str]:
    """Against which plan and how levels are counted; that an office's ledger holds no plan is its own matter."""
    plan, at_least, *_more = plan_basis(context)
    return [plan, at_least] if context.roadmap or context.of_others else [at_least]


def paper_day(moment: Moment, basis: Basis) -> str:
    """Of which day the figures are, in words that hold on any day: not "as of today"."""
    if moment.is_to_come:
        return _("Plan of the year {year}").format(year=moment.day.year)
    return as_of(moment._replace(asked_on=None), basis)


def known_on_paper(report: Report, when: date, action: int) -> Report:
    """The report whose heading says that it shows what was known on an earlier day; its facts tell the action."""
    words = _("as recorded until the end of {day}").format(day=day(when))
    facts = known_until(report, when, action).facts
    return report._replace(subtitle=f"{report.subtitle}; {words}" if report.subtitle else words, facts=facts)


def telling(lines: Iterable[Line]) -> list[Line]:
    """The lines that a year has figures of, planned or actual: of others a row of dashes would stand."""
    return [line for line in lines if line.actual or line.in_its_year.plan]
