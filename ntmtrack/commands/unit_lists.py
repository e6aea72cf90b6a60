"""From which day on the list of a province's units is complete: what an office says that has entered the changes."""

from ntmtrack.commands import Session
from ntmtrack.dates import first_day, show_day
from ntmtrack.i18n import _
from ntmtrack.model import Tier, Unit
from ntmtrack.rules import check_day
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries.scopes import whose
from ntmtrack.storage.queries.units import find_unit, standing_on
from ntmtrack.text import clean


def state_complete(session: Session, since: str, scope: str | None, source: str | None, *, dry_run: bool) -> None:
    """Keeps that a province's list of units is complete from a day; what was said of it before is void.

    Raises UnknownUnit, UnitNotAsked, ScopeNeeded, DayInFuture.
    """
    check_day(since, session.today)
    with session.acting("rearrange", dry_run=dry_run) as ledger:
        province = _province(ledger, scope, since)
        ledger.list_complete(province, since, clean(source) if source else None)
        text = _("the list of units of {province} is complete since {day}")
        ledger.summary = text.format(province=province.title, day=show_day(since))


def _province(ledger: Ledger, scope: str | None, since: str) -> Unit:
    on = first_day(since)
    if scope is None:
        return whose(ledger.connection, None, on)
    return find_unit(ledger.connection, scope, only=lambda unit: unit.tier is Tier.PROVINCE, stands=standing_on(on))
