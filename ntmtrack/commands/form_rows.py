"""What a form of a round says by itself of a unit: a row for each recognition that holds."""

from collections.abc import Mapping, Sequence
from datetime import date

from ntmtrack.dates import is_whole, show_day
from ntmtrack.ingest.round_form import FormRow
from ntmtrack.model import Act, Confidence, Recognition, Unit
from ntmtrack.programmes import known_level

Recorded = Mapping[int, Sequence[Recognition]]
# Vietnamese, as the form is.
ACTS = {Act.RECOGNISED: "công nhận", Act.ACKNOWLEDGED: "thừa nhận", Act.RE_RECOGNISED: "công nhận lại"}


def standing(recorded: Recorded, unit: Unit) -> list[Recognition]:
    """What holds of a unit; what is made up, and what has no year to be asked about, is left open."""
    return [
        held
        for held in recorded.get(unit.id, ())
        if held.year and not held.revoked_on and held.confidence is not Confidence.ILLUSTRATIVE
    ]


def form_rows(unit: Unit, held: Sequence[Recognition]) -> list[FormRow]:
    """What holds of a unit, a row each; the unit alone where nothing does."""
    return [_row(unit, one) for one in held] or [FormRow(unit.full_title)]


def _row(unit: Unit, held: Recognition) -> FormRow:
    level, decision = known_level(held.programme, held.level), held.decision
    return FormRow(
        unit=unit.full_title,
        level=level.name if level else held.level,
        year=held.year,
        act=ACTS[held.basis],
        number=decision.number if decision else "",
        signed_on=_day_cell(decision.signed_on if decision else None),
        issuer=(decision.issuer or "") if decision else "",
        announced_on=_day_cell(held.announced_on),
    )


def _day_cell(iso: str | None) -> date | str | None:
    """A whole day as a day; one known only in part as it is written."""
    if iso is None:
        return None
    return date.fromisoformat(iso) if is_whole(iso) else show_day(iso)
