"""`close-year`: the figures of a year are settled; its books are closed with it and all years before."""

from ntmtrack.dates import year_end
from ntmtrack.errors import AlreadyClosed, NothingToCount, NotOver, NoUnits
from ntmtrack.i18n import _, day
from ntmtrack.office.invocation import Invocation
from ntmtrack.office.publishing import figures_of_year, in_words
from ntmtrack.programmes import of_year
from ntmtrack.storage.queries.actions import closed_until
from ntmtrack.storage.queries.units import provinces


def close_year(call: Invocation, year: int, *, dry_run: bool) -> None:
    """Closes a year: keeps its figures as published, and from then on refuses writes that would change them.

    Raises YearOutsideProgrammes, NotOver, AlreadyClosed.
    """
    of_year(year)
    if year_end(year) >= call.today:
        raise NotOver(year=year, today=day(call.today))
    with call.acting("close-year", dry_run=dry_run) as ledger:
        until = closed_until(ledger.connection)
        if until is not None and until >= year:
            raise AlreadyClosed(year=year, until=until)
        kept: list[str] = []
        source = _("closing of the year {year}").format(year=year)
        for province in provinces(ledger.connection):
            try:
                figures = figures_of_year(ledger.connection, province, year, call.today, source)
            except (NoUnits, NothingToCount):  # it had no units then
                continue
            ledger.publish(figures, province.id)
            kept += map(in_words, figures)
        ledger.close_year(year)
        text = _("closed the year {year}; kept as published: {figures}")
        ledger.summary = text.format(year=year, figures=", ".join(kept) or "–")
