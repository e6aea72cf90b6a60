"""The rules of emulation movements in words: when something is due, whom an award is for, what a condition asks for."""

from ntmtrack.dates import show_day
from ntmtrack.emulation import AGENCY, AwardRule, Deadline, Movement, due_by
from ntmtrack.i18n import _, day, number
from ntmtrack.reports.labels import issued_label
from ntmtrack.roadmaps import BEFORE

_YEAR_END = "31/12"


def movement_label(movement: Movement) -> str:
    """The document: "Kế hoạch số 104/KH-UBND ngày 12/07/2022 của UBND tỉnh Thái Bình"; of a blank day the month."""
    return issued_label(movement.number, movement.issued_on, movement.issuer)


def span_words(movement: Movement) -> str:
    """From when until when: "01/01/2021–31/12/2025"."""
    return f"{show_day(movement.begins_on)}–{show_day(movement.ends_on)}"


def when_words(deadline: Deadline) -> str:
    """When something is due: "before 15/01 each year, for the year before", "by 09/2022"."""
    words = _when(deadline)
    return _("{when}, for the year before").format(when=words) if deadline.of_year == "year-before" else words


def _when(deadline: Deadline) -> str:
    if deadline.monthly:
        return _("every month")
    if deadline.once:
        return _once(deadline)
    years = _("in {years}").format(years=", ".join(map(str, deadline.years))) if deadline.years else _("each year")
    if not deadline.has_day:
        text = _("{years}, no day told") if deadline.yearly == _YEAR_END else _("{years} by {day}, no day told")
    else:
        text = _("before {day} {years}") if deadline.before else _("by {day} {years}")
    return text.format(day=deadline.yearly, years=years)


def _once(deadline: Deadline) -> str:
    assert deadline.once is not None
    if deadline.once.startswith(BEFORE):
        return _("before {day}").format(day=show_day(deadline.once.removeprefix(BEFORE)))
    if not deadline.has_day:
        years = _("in {years}").format(years=due_by(deadline.once).year)
        return _("{years}, no day told").format(years=years)
    return _("by {day}").format(day=day(due_by(deadline.once)))


def places_words(award: AwardRule) -> str | None:
    """How many places there are: "20 (cấp tỉnh 5, cấp huyện 15)", "2 for each agency (…)"."""
    if award.places is None:
        return None
    text = _("{count} for each agency") if award.for_each == AGENCY else "{count}"
    parts = ", ".join(f"{name} {number(count)}" for name, count in (*award.parts, *award.agencies))
    return text.format(count=number(award.places)) + (f" ({parts})" if parts else "")


def often_words(award: AwardRule) -> str:
    """How often somebody may have it: "once for each level", "at reviews of the movement (2023, 2025)"."""
    years = ", ".join(map(str, award.years))
    return f"{award.frequency.label} ({years})" if years else award.frequency.label
