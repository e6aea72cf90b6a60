"""The words and numbers of official papers: "07/15 đơn vị cấp huyện đạt chuẩn NTM", "toàn tỉnh"."""

from ntmtrack.i18n import _, number
from ntmtrack.model import Programme, Tier
from ntmtrack.roadmaps.model import MEASURES, TOWNS, WITHOUT_TOWNS, LineKey, Target, measure_name

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


def operated(figure: str, operator: str) -> str:
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


def more(count: str, units: str) -> str:
    """“thêm 11 xã đạt chuẩn NTM”."""
    return _("{count} more {units}").format(count=count, units=units)


def units_of(target: Target, programme: Programme) -> str:
    """The units that a target counts, with the district where it is for one."""
    said = line_units(target.line, programme)
    return f"{said} ({target.within})" if target.within else said


def line_units(line: LineKey, programme: Programme) -> str:
    """The units that a line counts, in the midst of a sentence: “xã đạt chuẩn NTM nâng cao”; as the plan calls them."""
    measured = measure_name(line, programme)
    if line.name:
        return measured[:1].lower() + measured[1:]
    if line.tier is Tier.DISTRICT and line.measure in (TOWNS, WITHOUT_TOWNS):
        text = _("towns and cities {level}") if line.measure == TOWNS else _("districts {level}")
        return text.format(level=measured)
    return unit_words(line.tier, measured if line.measure in MEASURES else recognised(measured))


def recognised(level: str) -> str:
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


def span(low: int, high: int | None) -> str:
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


def sentence(text: str) -> str:
    """The text with a capital letter."""
    return text[:1].upper() + text[1:]
