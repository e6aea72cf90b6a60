"""Published figures in words: what one measures, and its value as printed."""

from decimal import Decimal

from ntmtrack.dates import last_day
from ntmtrack.i18n import N_, _, number
from ntmtrack.lint.published_sums import AVERAGE, MET
from ntmtrack.model import Published, Tier
from ntmtrack.programmes import every_level, nearest_to
from ntmtrack.programmes.criteria.files import criteria_number
from ntmtrack.programmes.ladders import OWN, level_measured, set_words
from ntmtrack.reports.labels import tier_label
from ntmtrack.roadmaps import MEASURES, tier_measure
from ntmtrack.roadmaps.bands import band_words

_COUNTS = {
    Tier.PROVINCE: N_("{count} provinces {level}"),
    Tier.DISTRICT: N_("{count} units of district level {level}"),
    Tier.COMMUNE: N_("{count} communes {level}"),
    Tier.VILLAGE: N_("{count} villages {level}"),
}
# Of these the total is that of the units, and no whole of which they are a part.
_OF_CRITERIA = {AVERAGE: N_("criteria met on average"), MET: N_("criteria met in all")}
_HOW = {".added": N_("newly reached in the year"), ".decided": N_("with a decision")}
_SHARES = {"all": N_("of all"), "ntm": N_("of those at NTM"), "nested": N_("of those at the level just below")}


def measure_label(tier: Tier, measure: str, as_of: str) -> str:
    """What a figure counts: "Xã đạt chuẩn NTM nâng cao", "Xã đạt 15–18 tiêu chí", "Xã: bình quân số tiêu chí đạt"."""
    if words := _counted(tier, measure, as_of):
        return tier_measure(tier, words)
    if measure == "units":
        return _("All {tier}").format(tier=tier_label(tier).lower())
    name = _OF_CRITERIA.get(measure) or MEASURES.get(measure)
    if name and measure == "income":
        return _(name)[:1].upper() + _(name)[1:]  # of people, whatever units they live in
    return _("{tier}: {measure}").format(tier=tier_label(tier), measure=_(name) if name else measure)


def _counted(tier: Tier, measure: str, as_of: str) -> str | None:
    """What is counted of units, in the midst of a sentence: "đạt chuẩn NTM"; None of other measures."""
    programme = nearest_to(last_day(as_of).year)
    key, how = next(
        ((measure.removesuffix(end), how) for end, how in _HOW.items() if measure.endswith(end)), (measure, "")
    )
    if measured := level_measured(programme, key):
        ladder, level = measured
        words: str | None = level.title + ("" if ladder == OWN else f" ({set_words(ladder, programme)})")
    else:
        known = every_level().get(key)
        words = known.title if known else band_words(key, criteria_number(last_day(as_of).year, tier))
    return f"{words}, {_(how)}" if words and how else words


def value_words(figure: Published, *, with_percent: bool = True) -> str:
    """A value as printed: "33/119", "33/119 (27,32%)", "5 (19,23% số đạt mức liền dưới)", "15,88 (của 116 xã)"."""
    text = number(Decimal(figure.value)) if figure.value.replace(".", "", 1).isdecimal() else figure.value
    is_of_set = figure.total == criteria_number(last_day(figure.as_of).year, figure.tier)  # 16,8 of 19 criteria
    if figure.total and figure.measure in _OF_CRITERIA and not is_of_set:
        of = _("{value} (of {total} {units})")
        return of.format(value=text, total=number(figure.total), units=tier_label(figure.tier).lower())
    text += f"/{number(figure.total)}" if figure.total else ""
    if figure.percent and with_percent:
        return f"{text} ({percent_words(figure.percent, figure.share_of)})"
    return text


def percent_words(percent: str, share_of: str | None = None) -> str:
    """A per cent as printed, with its base where that is told: "27,32%", "19,23% số đạt mức liền dưới"."""
    return f"{percent}% {share_words(share_of)}" if share_of else f"{percent}%"


def share_words(share_of: str) -> str:
    """The base of a per cent, after it: "tổng số", "số đạt mức liền dưới"."""
    return _(_SHARES[share_of]) if share_of in _SHARES else share_of


def figure_words(figure: Published) -> str:
    """A figure in the midst of a sentence: "116/116 xã đạt chuẩn NTM", "33/119 xã đạt chuẩn NTM (27,32%)"."""
    words = _counted(figure.tier, figure.measure, figure.as_of)
    value = value_words(figure, with_percent=False)
    if words is None:
        label = measure_label(figure.tier, figure.measure, figure.as_of)
        return f"{label[:1].lower()}{label[1:]} {value}"
    text = _(_COUNTS[figure.tier]).format(count=value, level=words)
    return f"{text} ({percent_words(figure.percent, figure.share_of)})" if figure.percent else text
