"""What is missing for a verdict, in words that hold on a screen and on a paper."""

from collections.abc import Iterator, Sequence

from ntmtrack.dates import year_end
from ntmtrack.i18n import _, number
from ntmtrack.model import Programme
from ntmtrack.programmes.ladders import set_words
from ntmtrack.progress.evidence import is_empty
from ntmtrack.progress.lack import Missing, MissingData
from ntmtrack.progress.line import Line
from ntmtrack.progress.status import Status
from ntmtrack.reports.labels import line_units, parts_note, tier_label
from ntmtrack.roadmaps import measure_name
from ntmtrack.ways import way

_OF_CRITERIA = (
    *(Missing.ASSESSMENTS, Missing.ASSESSED_EARLIER, Missing.ASSESSED_BEFORE),
    *(Missing.VALUE, Missing.VILLAGES, Missing.MARKS),
)
_ELSEWHERE = (
    *_OF_CRITERIA,
    Missing.DAYS,
    Missing.SET,
    Missing.UNITS,
    Missing.SHOWN,
)  # what no further table would tell


def lack_note(lines: Sequence[Line], programme: Programme, *, with_ways: bool = False) -> list[str]:
    """Why no verdict is passed on some of these lines, with what to do; on a paper, what its figures lack."""
    lacks = dict.fromkeys(line.lack for line in lines if line.lack and line.status is not Status.NO_DATA)
    is_withheld = with_ways and any(line.status is Status.INCOMPLETE for line in lines)
    text = _("Incomplete data for a verdict: {parts}.") if is_withheld else _("Incomplete data: {parts}.")
    notes = parts_note(text, dict.fromkeys(missing_words(lack, programme) for lack in lacks))
    return [" ".join([*notes, *_ways(lines)])] if notes and with_ways else notes


def beside_noughts(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines whose lacks are told; where none counts anything, which is told, only those of a part of the units."""
    if not is_empty(lines):
        return lines
    return [line for line in lines if line.lack and line.lack.missing in (Missing.UNITS, Missing.SHOWN, *_OF_CRITERIA)]


def _ways(lines: Sequence[Line]) -> Iterator[str]:
    """What an officer can do about it; a year is closed only when it is over."""
    lacking = [line for line in lines if line.lack and line.status is not Status.NO_DATA]
    by_menu = _("Take in the rest: “Take in a file”")
    in_ledger = [line for line in lacking if line.lack and line.lack.missing not in _ELSEWHERE]
    if in_ledger and (last := max(in_ledger, key=lambda line: line.day)).day >= year_end(last.year):
        text = _("Take in the rest: ntmtrack import FILE; if that is all: ntmtrack close-year {year}")
        yield way(text.format(year=last.year), by_menu)
    elif in_ledger:
        yield way(_("Take in the rest: ntmtrack import FILE"), by_menu)
    is_of_part = any(line.lack and line.lack.missing is Missing.UNITS for line in lacking)
    if is_of_part and (join := way(_("Take in the ledger of the other province: ntmtrack join OTHER.db"), "")):
        yield join
    if any(line.lack and line.lack.missing is Missing.SET for line in lacking):
        yield _("If the plan counts what is kept too, write so in it (“Tính theo bộ”, of_set) and import it again.")


def missing_words(lack: MissingData, programme: Programme) -> str:
    """“cuối năm 2020 kế hoạch tính 79 xã đạt chuẩn NTM, mới ghi 0”."""
    text = {
        Missing.UNITS: _("{held} of the {asked} communes, wards and special zones of the province are on record"),
        Missing.SHOWN: _("you see a part of the units alone"),
        Missing.TIER: _("no recognition of {tier} is recorded yet"),
        Missing.NOTHING: _("no recognition here is recorded until the end of {year}"),
        Missing.YEAR: _("recognitions of {tier} are recorded up to {year} alone"),
        Missing.BEFORE: _("recognitions of {tier} are recorded from {year} on alone"),
        Missing.START: _("at the end of {year} the plan counts {asked} {units}, of which {held} are recorded"),
        Missing.DAYS: _("{asked} recognitions whose day of decision is not known are left out"),
        Missing.ASSESSMENTS: _("{held} of {asked} communes were assessed"),
        Missing.ASSESSED_EARLIER: _("{held} of {asked} communes were last assessed before {year}"),
        Missing.ASSESSED_BEFORE: _("at the end of {year} {held} of {asked} communes were assessed"),
        Missing.VILLAGES: _("villages of {held} of {asked} communes are on record"),
        Missing.MARKS: _("no commune is marked as one in special difficulty"),
        Missing.VALUE: _("the last value of “{measure}” is of {year}"),
        Missing.SET: _("at the end of {year} the plan counts {asked} {units}, of which there are {held} {by_set}"),
    }[lack.missing]
    return text.format(
        tier=tier_label(lack.line.tier).lower(),
        year=lack.year,
        asked=number(lack.asked),
        measure=measure_name(lack.line, programme),
        held=number(lack.held),
        units=line_units(lack.line, programme),
        by_set=set_words(lack.line.ladder, programme),
    )
