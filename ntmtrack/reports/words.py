"""The words that every report shares: lines of the roadmap, the day and the basis in a heading."""

from datetime import date

from ntmtrack.dates import show_day
from ntmtrack.i18n import _, day, number
from ntmtrack.model import Basis, Level, Tier
from ntmtrack.progress.standings import Moment
from ntmtrack.reports.values import Report
from ntmtrack.roadmaps.model import Roadmap, tier_measure


def line_label(tier: Tier, level: Level) -> str:
    """What a line counts: "Xã NTM nâng cao", "Cấp huyện đạt chuẩn NTM"."""
    return tier_measure(tier, level.label)


def tier_label(tier: Tier) -> str:
    """The tier as a heading: "Xã", "Cấp huyện"."""
    return {
        Tier.PROVINCE: _("Provinces"),
        Tier.DISTRICT: _("Districts"),
        Tier.COMMUNE: _("Communes"),
        Tier.VILLAGE: _("Villages"),
    }[tier]


def basis_label(basis: Basis) -> str:
    """How recognitions are dated, as a heading says it."""
    return _("by year recognised for") if basis is Basis.YEAR else _("by day of decision")


def as_of(moment: Moment, basis: Basis) -> str:
    """The heading "Tính đến 31/12/2024, theo năm đạt chuẩn", with the day of the units where that differs."""
    if moment.is_to_come and moment.asked_on:
        text = _("The year {year} has not begun (today is {today}): what is planned, without figures")
        return text.format(year=moment.day.year, today=day(moment.asked_on))
    text = _("As of today, {day}, {basis}") if moment.is_today else _("As of {day}, {basis}")
    text = text.format(day=day(moment.day), basis=basis_label(basis))
    if moment.units_on == moment.day:
        return text
    return text + _("; units as they stood on {day}").format(day=day(moment.units_on))


def known_words(when: date, action: int) -> str:
    """For a heading: which knowledge the figures rest on, "theo sổ như đã ghi đến hết 05/01/2025 (thao tác 12)"."""
    return _("as the ledger knew it at the end of {day} (action {action})").format(day=day(when), action=number(action))


def known_until(report: Report, when: date, action: int) -> Report:
    """A report whose heading and facts say that it shows what was known on an earlier day."""
    words = known_words(when, action)
    subtitle = f"{report.subtitle}; {words}" if report.subtitle else words[:1].upper() + words[1:]
    known: dict[str, str | int | None] = {"as_known": when.isoformat(), "as_known_action": action}
    text = [*report.text, _("({words}.)").format(words=words)] if report.text else report.text
    return report._replace(subtitle=subtitle, text=text, facts={**report.facts, **known})


def roadmap_label(plan: Roadmap) -> str:
    """The document: "168/KH-UBND ngày 12/07/2022, UBND tỉnh Kiên Giang"; of a blank day the month or year alone."""
    known = {4: _("{number} of the year {day}, {issuer}"), 7: _("{number} of the month {day}, {issuer}")}
    text = known.get(len(plan.issued_on)) or _("{number} of {day}, {issuer}")
    return text.format(number=plan.number, day=show_day(plan.issued_on), issuer=plan.issuer)
