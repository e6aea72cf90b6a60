"""The words that every report shares: lines of the roadmap, the day and the basis in a heading."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ntmtrack.dates import show_day
from ntmtrack.i18n import N_, _, day, ngettext, number
from ntmtrack.model import Basis, Level, Programme, Tier
from ntmtrack.programmes.ladders import OWN, set_words
from ntmtrack.progress import Moment
from ntmtrack.reports import Report
from ntmtrack.roadmaps import MEASURES, TOWNS, WITHOUT_TOWNS, LineKey, Roadmap, Target, measure_name, tier_measure
from ntmtrack.text import few

_MIXED = 4  # units of each level in a note


def line_label(tier: Tier, level: Level) -> str:
    """What a line counts: "Xã đạt chuẩn NTM nâng cao", "Cấp huyện đạt chuẩn NTM"."""
    return tier_measure(tier, level.title)


def level_in_set(tier: Tier, level: Level, ladder: str, programme: Programme) -> str:
    """The same of one ladder of a programme; of an older set of levels by which it is said."""
    label = line_label(tier, level)
    return label if ladder == OWN else f"{label} ({set_words(ladder, programme)})"


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
    return "; ".join([text, *units_of_moment(moment)])


def as_of_day(moment: Moment) -> str:
    """The heading "Tính đến 31/12/2024", with the day of the units where that differs."""
    text = _("As of today, {day}") if moment.is_today else _("As of {day}")
    return "; ".join([text.format(day=day(moment.day)), *units_of_moment(moment)])


def listed_on(moment: Moment) -> str | None:
    """For machines: the ISO day of the later list that stands for the units of a moment."""
    return moment.listed_on.isoformat() if moment.listed_on else None


def units_of_moment(moment: Moment) -> list[str]:
    """Which units are counted, where that is not plain: those of another day, or of a later list."""
    told = []
    if moment.units_on != moment.day:
        told.append(_("units as they stood on {day}").format(day=day(moment.units_on)))
    if moment.listed_on:
        told.append(_("the list of communes is that of {day}").format(day=day(moment.listed_on)))
    return told


def mixed_note(mixed: Mapping[str, Sequence[str]]) -> list[str]:
    """Which units of another map are made of some that held a level and some that did not, by level."""
    if not mixed:
        return []
    each = _("{level} {count}: {units}")
    parts = [
        each.format(level=level, count=number(len(names)), units=few(names, _MIXED)) for level, names in mixed.items()
    ]
    text = _("Mixed, not counted, as not all that they were made of held the level: {parts}.")
    return [text.format(parts="; ".join(parts))]


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


# What document the letters in a number stand for (Decree 30/2020/NĐ-CP, annex III).
_DOCUMENTS = {
    "KH": N_("Plan no. {number}"),
    "QĐ": N_("Decision no. {number}"),
    "NQ": N_("Resolution no. {number}"),
    "CT": N_("Directive no. {number}"),
    "CTr": N_("Programme no. {number}"),
    "ĐA": N_("Scheme no. {number}"),
}


def counted_units(count: int) -> str:
    """“3 đơn vị”."""
    return ngettext("{count} unit", "{count} units", count).format(count=number(count))


def clause_words(cite: str) -> str:
    """A place in a document, “mục V.2.c”, whether or not its file writes the word."""
    text = _("section {cite}")
    is_said = cite.casefold().startswith(text.format(cite="").casefold())
    return cite if is_said else text.format(cite=cite)


def document_label(number: str) -> str:
    """A number with what document it is of, by its letters: "Kế hoạch số 168/KH-UBND"; others as they are."""
    letters = next((part for part in re.split("[/-]", number)[1:] if part in _DOCUMENTS), None)
    is_bare = re.match(r"[0-9…]", number)
    return _(_DOCUMENTS[letters]).format(number=number) if letters and is_bare else number


def roadmap_label(plan: Roadmap) -> str:
    """The document: "Kế hoạch số 168/KH-UBND ngày 12/07/2022 của UBND tỉnh Kiên Giang"; of a blank day the month."""
    return issued_label(plan.number, plan.issued_on, plan.issuer)


def issued_label(number: str, issued_on: str, issuer: str) -> str:
    """A document by its number, the day as far as it is known, and whose it is."""
    known = {4: _("{number} of the year {day}, {issuer}"), 7: _("{number} of the month {day}, {issuer}")}
    text = known.get(len(issued_on)) or _("{number} of {day}, {issuer}")
    return text.format(number=document_label(number), day=show_day(issued_on), issuer=issuer)


_PLACES = 2  # numbers below ten are written 01 … 09


def whole_words(tier: Tier, kind: str | None) -> str:
    """The scope in the midst of a sentence, as its kind is called: "toàn tỉnh", "toàn thành phố"."""
    of_kind = {"thành phố": _("the whole city"), "thị xã": _("the whole town"), "quận": _("the whole urban district")}
    if tier in (Tier.PROVINCE, Tier.DISTRICT) and kind in of_kind:
        return of_kind[kind]
    return {
        Tier.PROVINCE: _("the whole province"),
        Tier.DISTRICT: _("the whole district"),
        Tier.COMMUNE: _("the commune"),
        Tier.VILLAGE: _("the village"),
    }[tier]


def figure_with_operator(figure: str, operator: str) -> str:
    """A figure with its operator: “ít nhất 112”."""
    text = {
        ">=": _("at least {figure}"),
        ">": _("more than {figure}"),
        "<=": _("at most {figure}"),
        "<": _("fewer than {figure}"),
        "about": _("about {figure}"),
    }.get(operator, "{figure}")
    return text.format(figure=figure)


def count_of(count: str, target: Target, programme: Programme) -> str:
    """So many units of a target: “07 xã đạt chuẩn NTM”."""
    return _("{count} {units}").format(count=count, units=units_of(target, programme))


def more_units(count: str, units: str) -> str:
    """“thêm 11 xã đạt chuẩn NTM”."""
    return _("{count} more {units}").format(count=count, units=units)


def units_of(target: Target, programme: Programme) -> str:
    """The units that a target counts, with the district where it is for one."""
    words = line_units(target.line, programme)
    if target.line.ladder != OWN and programme.kept:
        words = f"{words} ({set_words(target.line.ladder, programme)})"
    return f"{words} ({target.within})" if target.within else words


def line_units(line: LineKey, programme: Programme) -> str:
    """The units that a line counts, in the midst of a sentence: “xã đạt chuẩn NTM nâng cao”; as the plan calls them."""
    measured = measure_name(line, programme)
    if line.name:
        return measured[:1].lower() + measured[1:]
    if line.tier is Tier.DISTRICT and line.measure in (TOWNS, WITHOUT_TOWNS):
        text = _("towns and cities {level}") if line.measure == TOWNS else _("districts {level}")
        return text.format(level=measured)
    return unit_words(line.tier, measured if line.measure in MEASURES else reaching_words(measured))


def reaching_words(level: str) -> str:
    """“đạt chuẩn NTM nâng cao”, also where the level is called “NTM nâng cao” alone."""
    text = _("reaching {level}").format(level=level)
    return text.replace("đạt chuẩn đạt chuẩn", "đạt chuẩn")


def unit_words(tier: Tier, level: str) -> str:
    """The units of a tier, and what they have reached."""
    text = {
        Tier.PROVINCE: _("provinces {level}"),
        Tier.DISTRICT: _("district-level units {level}"),
        Tier.COMMUNE: _("communes {level}"),
        Tier.VILLAGE: _("villages {level}"),
    }[tier]
    return text.format(level=level)


def range_text(low: int, high: int | None) -> str:
    """A number or a range, two digits at least."""
    return padded(low) if high is None else f"{padded(low)}–{padded(high)}"


def padded(count: int) -> str:
    """Two digits at least, as official papers write counts."""
    return f"{count:0{_PLACES}}" if count < 10 else number(count)


def trimmed(share: object) -> str:
    """A per cent without noughts at the end: 60, not 60,00."""
    text = number(share)  # type: ignore[arg-type]
    whole, mark, rest = text.partition("," if "," in text else ".")
    rest = rest.rstrip("0")
    return f"{whole}{mark}{rest}" if rest else whole


def parts_note(text: str, parts: Iterable[str]) -> list[str]:
    """The one note that lists these parts, in the place of {parts}; none without any."""
    listed = "; ".join(parts)
    return [text.format(parts=listed)] if listed else []


def span_of_years(years: Sequence[int]) -> str:
    """Years in a sentence, those that follow each other as a span: “2021–2024”."""
    if len(years) > 1 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]}–{years[-1]}"
    return ", ".join(map(str, years))


def sentence(text: str) -> str:
    """The text with a capital letter."""
    return text[:1].upper() + text[1:]


def made_up_assessments(count: int) -> list[str]:
    """That results of assessments are not real, where some are."""
    if not count:
        return []
    return [_("ILLUSTRATIVE data, not real: assessments of {count} communes.").format(count=number(count))]
