"""What is missing for a verdict, in words that hold on a screen and on a paper."""

from collections.abc import Sequence

from ntmtrack.i18n import _, number
from ntmtrack.model import Programme
from ntmtrack.progress.line import Lack, Line, Missing
from ntmtrack.reports.labels import line_units, parts_note, tier_label


def lack_note(lines: Sequence[Line], programme: Programme, *, with_ways: bool = False) -> list[str]:
    """Why no verdict is passed on some of these lines, with what to do; on a paper, what its figures lack."""
    lacks = list(dict.fromkeys(line.lack for line in lines if line.lack))
    text = (
        _("Incomplete data, so that nothing is called late: {parts}.") if with_ways else _("Incomplete data: {parts}.")
    )
    notes = parts_note(text, dict.fromkeys(_missing(lack, programme) for lack in lacks))
    if not (notes and with_ways):
        return notes
    way = _("Take in the rest: ntmtrack import FILE; if that is all: ntmtrack close-year {year}")
    return [f"{notes[0]} {way.format(year=max(line.year for line in lines if line.lack))}"]


def _missing(lack: Lack, programme: Programme) -> str:
    """“cuối năm 2020 kế hoạch tính 79 xã đạt chuẩn NTM, mới ghi 0”."""
    text = {
        Missing.TIER: _("no recognition of {tier} is recorded yet"),
        Missing.YEAR: _("recognitions are recorded up to {year} alone"),
        Missing.BEFORE: _("recognitions are recorded from {year} on alone"),
        Missing.START: _("at the end of {year} the plan counts {asked} {units}, of which {held} are recorded"),
    }[lack.missing]
    return text.format(
        tier=tier_label(lack.line.tier).lower(),
        year=lack.year,
        asked=number(lack.asked),
        held=number(lack.held),
        units=line_units(lack.line, programme),
    )
