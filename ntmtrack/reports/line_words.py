"""The units of a line in the midst of a sentence: so many of them, none yet, by which set of levels."""

from ntmtrack.i18n import _
from ntmtrack.model import Programme, Tier
from ntmtrack.programmes.ladders import OWN, set_words
from ntmtrack.progress.line import Line
from ntmtrack.reports.labels import line_units, padded, reaching_words


def is_reached(line: Line) -> bool:
    """Whether any unit counts for a line."""
    return line.actual is not None and line.actual.reached > 0


def told_units(line: Line, programme: Programme) -> str:
    """The units that a line counts, of which part of the scope and by which set of levels where that is not plain."""
    of_set = programme.kept and (line.key.ladder != OWN or line.key.is_open)
    beside = [line.key.within, set_words(line.key.ladder, programme) if of_set else None]
    told = "; ".join(filter(None, beside))
    return line_units(line.key, programme) + (f" ({told})" if told else "")


def counted_units(line: Line, programme: Programme) -> str:
    """“40 xã đạt chuẩn NTM nâng cao”; of a line that the plan words itself the number after it."""
    count, units = padded(line.actual.reached if line.actual else 0), told_units(line, programme)
    return f"{units}: {count}" if line.key.name else _("{count} {units}").format(count=count, units=units)


def no_unit(line: Line, programme: Programme) -> str:
    """“chưa có xã nào đạt chuẩn NTM kiểu mẫu”."""
    if line.plain_level is None or line.key.is_open:
        return _("as yet no {units}").format(units=told_units(line, programme))
    text = {
        Tier.PROVINCE: _("as yet no province {level}"),
        Tier.DISTRICT: _("as yet no district-level unit {level}"),
        Tier.COMMUNE: _("as yet no commune {level}"),
        Tier.VILLAGE: _("as yet no village {level}"),
    }[line.tier]
    said = text.format(level=reaching_words(line.plain_level.label))
    return said if line.key.ladder == OWN else f"{said} ({set_words(line.key.ladder, programme)})"
