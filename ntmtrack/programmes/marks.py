"""How units are classed beside their levels, and the words under which thresholds apply to them: the one list of both.

Group 3 is of khu vực II and III, by QĐ 60/QĐ-BDTTG of 29/1/2026; groups 1 and 2 are told by the province alone.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack.i18n import N_, _
from ntmtrack.model import Decision, Tier
from ntmtrack.text import roman, squeeze

GROUP, ZONE, REGION = "group", "zone", "region"
SPECIAL = "special"  # đặc biệt khó khăn
ARREARS = "arrears"  # nợ đọng xây dựng cơ bản
YES, NO = "yes", "no"
_NONE: Mapping[str, str] = MappingProxyType({})


class MarkKind(NamedTuple):
    """One way of classing units of some tiers: its key, what it is called, its values, without which it is yes or no.

    `word` is what thresholds call units of a value, or units so marked.
    """

    key: str
    name: str
    word: str
    values: tuple[str, ...] = ()
    tiers: tuple[Tier, ...] = (Tier.DISTRICT, Tier.COMMUNE, Tier.VILLAGE)


# The regions by which decisions from 2016 on tell thresholds.
REGIONS = (
    "Trung du miền núi phía Bắc",
    "Đồng bằng sông Hồng",
    "Bắc Trung Bộ",
    "Duyên hải Nam Trung Bộ",
    "Tây Nguyên",
    "Đông Nam Bộ",
    "Đồng bằng sông Cửu Long",
)
MARKS: Mapping[str, MarkKind] = {
    kind.key: kind
    for kind in (
        MarkKind(GROUP, N_("group"), "nhóm {value}", ("1", "2", "3"), (Tier.COMMUNE,)),
        MarkKind(ZONE, N_("zone"), "khu vực {value}", ("I", "II", "III"), (Tier.COMMUNE,)),
        MarkKind(REGION, N_("region"), "{value}", REGIONS, (Tier.PROVINCE, Tier.COMMUNE)),
        MarkKind(SPECIAL, N_("in special difficulty"), "đặc biệt khó khăn"),
        MarkKind("poor", N_("poor"), "nghèo"),
        MarkKind("border", N_("on the border"), "biên giới"),
        MarkKind("island", N_("on an island"), "hải đảo"),
        MarkKind(ARREARS, N_("in arrears for construction"), "nợ đọng"),
    )
}
VALUES = {YES: N_("yes"), NO: N_("no")}
_OF_GROUP_3 = ("II", "III")  # khu vực
_ALSO = {
    **{"dbkk": "đặc biệt khó khăn", "xangheo": "nghèo", "xabiengioi": "biên giới", "dao": "hải đảo"},
    **{"nodongxdcb": "nợ đọng", "nodongxaydungcoban": "nợ đọng"},
    **{"trungduvamiennuiphiabac": REGIONS[0], "tdmnpb": REGIONS[0], "dbsh": REGIONS[1], "btb": REGIONS[2]},
    **{"dhntb": REGIONS[3], "namtrungbo": REGIONS[3], "dnb": REGIONS[5], "dbscl": REGIONS[6]},
    **{"taynambo": REGIONS[6]},
}
_NUMBERED = re.compile(r"(nhom|n|kv|khuvuc)?([0-9]|i{1,3})")
_NUMBERED_BY = {"nhom": GROUP, "n": GROUP, "kv": ZONE, "khuvuc": ZONE}


def word_of(mark: str, value: str) -> str:
    """What thresholds call units so marked: "nhóm 3", "biên giới"."""
    return MARKS[mark].word.format(value=value)


def every_word() -> dict[str, tuple[str, str]]:
    """Every word under which a threshold may apply, with the mark and the value of units to which it does."""
    return {word_of(kind.key, value): (kind.key, value) for kind in MARKS.values() for value in (kind.values or (YES,))}


def mark_called(typed: str, within: str = "") -> tuple[str, str] | None:
    """The mark and value that a word means, as people write it: "Nhóm III", "KV III", "ĐBKK"; None for none.

    A number alone is one of the mark that is asked for.
    """
    wanted = squeeze(typed)
    known = {squeeze(word): of for word, of in every_word().items()}
    found = known.get(wanted) or known.get(squeeze(_ALSO.get(wanted, "")))
    numbered = None if found else _NUMBERED.fullmatch(wanted)
    if numbered is None:
        return found
    before, number = numbered.groups()
    mark = _NUMBERED_BY.get(before or "", within)
    value = str(number.count("i")) if number.startswith("i") else number
    written = roman(int(value)) if mark == ZONE and value in ("1", "2", "3") else value
    return (mark, written) if mark and written in MARKS[mark].values else None


def mark_words(mark: str, value: str) -> str:
    """A mark in words for people: "nhóm 3", "vùng Tây Nguyên", "không thuộc diện biên giới"."""
    kind = MARKS[mark]
    if value == NO or not kind.values:
        return _("no more {mark}").format(mark=_(kind.name)) if value == NO else _(kind.name)
    return f"{_(kind.name)} {value}"


def applying(marks: Mapping[str, str], above: Mapping[str, str] = _NONE) -> tuple[str, ...]:
    """The words under which thresholds apply to a unit so marked, within a province marked as `above`.

    A unit lies in the region of its province unless it is told otherwise; of khu vực II or III it is of group 3 unless
    another group is told.
    """
    told = {mark: value for mark, value in marks.items() if value != NO}
    if REGION in above:
        told.setdefault(REGION, above[REGION])
    if told.get(ZONE) in _OF_GROUP_3:
        told.setdefault(GROUP, "3")
    return tuple(word_of(mark, told[mark]) for mark in MARKS if told.get(mark))


class UnitMark(NamedTuple):
    """How a unit is classed from an ISO day on: its group "1", "2", "3"; of the other marks "yes" or "no"."""

    mark: str
    value: str
    since: str
    decision: Decision | None = None
    source: str | None = None
    id: int | None = None


class MarkBeside(NamedTuple):
    """What a mark is beside those of its unit: new, in the place of `replaced`, or told already."""

    is_told: bool
    replaced: UnitMark | None = None


def mark_beside(marks: Sequence[UnitMark], new: UnitMark) -> MarkBeside:
    """What a mark would be beside those of the same unit, the earliest first: of one day the last told counts."""
    same = [old for old in marks if old.mark == new.mark and old.since <= new.since]
    last = same[-1] if same else None
    if last is None:  # what was never told is not so; that nothing is owed has to be told
        return MarkBeside(new.value == NO and new.mark != ARREARS)
    if last.since == new.since:
        is_same = (last.value, last.decision and last.decision.number) == (
            new.value,
            new.decision.number if new.decision else last.decision and last.decision.number,
        )
        return MarkBeside(is_same, None if is_same else last)
    return MarkBeside(last.value == new.value)
