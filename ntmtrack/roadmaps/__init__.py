"""What a plan asks for: its lines, their targets, the roadmap."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ntmtrack.dates import first_day, last_day
from ntmtrack.i18n import N_, _
from ntmtrack.model import Programme, Tier
from ntmtrack.programmes.ladders import BOTH, KEPT, OWN, set_words

TOWNS = "hoan-thanh"  # of a province, a town or a city: "hoàn thành nhiệm vụ xây dựng nông thôn mới"
WITHOUT_TOWNS = "ntm-huyen"  # of districts, where the plan counts towns and cities apart
# What may be measured beside the levels. The ledger holds no figures for most of these yet: they show "no data".
MEASURES: Mapping[str, str] = {
    TOWNS: N_("NTM building task completed"),
    WITHOUT_TOWNS: N_("NTM standard"),
    "criteria-below": N_("with fewer than {threshold} criteria"),
    "criteria-at-least": N_("with at least {threshold} criteria"),
    "criteria-average": N_("criteria met on average"),
    "criteria-met": N_("criteria met"),
    "income": N_("income per head"),
    "poverty-rate": N_("poverty rate"),
    "ocop": N_("OCOP products"),
    "model-hamlet": N_("model hamlets"),
    "model-garden": N_("model gardens"),
    "smart-village": N_("smart villages"),
    "condition": N_("condition"),
    "task": N_("task"),
    "milestone": N_("milestone"),
    "other": N_("other"),
}
MILESTONE = "milestone"
BEFORE = "<"  # opens a day before which something is due
WITHOUT_FIGURE = ("condition", "task", MILESTONE)  # these may be a sentence, or a sentence and a day
CRITERIA_AVERAGE = "criteria-average"
COUNTED_MEASURES = ("criteria-below", "criteria-at-least")  # these count units of a tier, as levels do
UNIT_MEASURES = (*COUNTED_MEASURES, TOWNS, WITHOUT_TOWNS)  # the last two some of them
OPERATORS = ("=", ">=", ">", "<=", "<", "about", "range")
AT_MOST = ("<=", "<")
NATURES = ("target", "actual", "baseline")
SPANS = ("year", "period")
READINGS = ("all", "ntm", "nested")  # bases that the ledger counts: all units, those at the lowest level, the one below
SHARES = (*READINGS, "registered", "remaining", "open", "other")
REMAINING = "remaining"  # "các xã còn lại": all but those that are to be reached before
OTHER_BASE = "other"  # of a per cent: units that the document describes
NOT_COUNTED = ("registered", OTHER_BASE)  # bases of per cents that the ledger does not count apart
COUNTS = ("at-least", "highest")
_OF_TIER = {
    Tier.PROVINCE: N_("Provinces: {level}"),
    Tier.DISTRICT: N_("Districts: {level}"),
    Tier.COMMUNE: N_("Communes: {level}"),
    Tier.VILLAGE: N_("Villages: {level}"),
}
_OF_DISTRICTS = {TOWNS: N_("Towns and cities: {level}"), WITHOUT_TOWNS: N_("Districts but towns and cities: {level}")}
_EACH = {"province": N_("province"), "district": N_("district"), "commune": N_("commune"), "village": N_("village")}
JOIN = "+"  # one number for two levels together: "nang-cao+kieu-mau"


CARRIED, OPEN = "carried", "open"
OF_SET = ("programme", CARRIED, BOTH, OPEN)  # the levels that a plan says it counts; it may leave that open
OPEN_OWN, OPEN_KEPT = "open-own", "open-kept"  # the two readings of what it leaves open
# What a line says it counts, by the ladder that counts it; where nothing is said it is None, of older levels KEPT.
SETS_OF_LADDER: Mapping[str, Sequence[str | None]] = {
    OWN: (None, OPEN, OPEN_OWN),
    KEPT: (KEPT, CARRIED, OPEN_KEPT),
    BOTH: (BOTH,),
}
UNSAID = (KEPT, OPEN_KEPT)  # no plan says that these count


class LineKey(NamedTuple):
    """What makes figures of several years one line of a plan."""

    tier: Tier
    measure: str
    counts: str
    threshold: int | None
    within: str | None
    each: str | None
    name: str | None
    of_set: str | None = None

    @property
    def ladder(self) -> str:
        """The ladder of levels that it is counted on."""
        return next(which for which, sets in SETS_OF_LADDER.items() if self.of_set in sets)

    @property
    def is_open(self) -> bool:
        """Whether the plan leaves open which levels it counts: this is one of two readings."""
        return self.of_set in (OPEN_OWN, OPEN_KEPT)

    @property
    def is_of_some(self) -> bool:
        """Whether it is about some units of its tier alone: those that the plan names, or its towns and cities."""
        return self.name is not None or self.measure in _OF_DISTRICTS


class Target(NamedTuple):
    """Chỉ tiêu: one figure of a plan as printed, with its place in the document.

    `added` counts the year alone, or the whole period where `span` is "period". Per cents and `value` (a number that
    is no count of units, such as 1,5 times the income of `relative_to`) are text as printed. The `*_high` ends are
    there where the operator is "range". `percent_operator` is there where the per cent has another operator than the
    count beside it. `share_of` is the base of the per cent; where the document leaves it open, `readings` are those
    that it may mean; of "remaining" units without any number, all of them are meant. `part_of`: the document says
    "trong đó" of that measure.

    `hold`: the document says "duy trì": so many that have it are to keep it, at least.
    `of_set` says which levels count, of two programmes: one of OF_SET; None where the document does not say.

    `begins_on` and `due_on` are ISO days, or months or years alone; a `due_on` that begins with "<" is the day before
    which it is due. A period that begins_on a year is shorter than the plan's: "2024–2025".
    """

    tier: Tier
    measure: str
    year: int
    nature: str = "target"
    span: str = "year"
    operator: str = "="
    percent_operator: str | None = None
    added: int | None = None
    added_high: int | None = None
    cumulative: int | None = None
    cumulative_high: int | None = None
    percent: str | None = None
    percent_high: str | None = None
    total: int | None = None
    value: str | None = None
    value_high: str | None = None
    share_of: str = "all"
    base: str | None = None
    readings: tuple[str, ...] = ()
    part_of: str | None = None
    counts: str = "at-least"
    threshold: int | None = None
    relative_to: int | None = None
    name: str | None = None
    counted_in: str | None = None
    within: str | None = None
    each: str | None = None
    begins_on: str | None = None
    due_on: str | None = None
    note: str | None = None
    cite: str = ""
    units: tuple[str, ...] = ()
    reserve: tuple[str, ...] = ()
    registered: tuple[str, ...] = ()
    of_set: str | None = None
    hold: bool | None = None

    @property
    def line(self) -> LineKey:
        """The line of the plan that this figure belongs to."""
        of_set = None if self.of_set == "programme" else self.of_set
        return LineKey(self.tier, self.measure, self.counts, self.threshold, self.within, self.each, self.name, of_set)

    @property
    def percent_sign(self) -> str:
        """The operator of the per cent."""
        return self.percent_operator or self.operator

    @property
    def is_at_most(self) -> bool:
        """Whether it sets a limit that must not be passed."""
        return (self.operator if self.cumulative is not None else self.percent_sign) in AT_MOST

    @property
    def is_headline(self) -> bool:
        """Whether it is of the plan's whole period, not of some years of it."""
        return self.span == "period" and self.begins_on is None

    @property
    def first_year(self) -> int | None:
        """The first of the years that it is of together; None of the plan's whole period."""
        if self.span == "year":
            return self.year
        return int(self.begins_on[:4]) if self.begins_on else None

    @property
    def due_by(self) -> date:
        """The last day on which it is in time: 31/12 of its year, where no other is printed."""
        if self.due_on is None:
            return date(self.year, 12, 31)
        if self.due_on.startswith(BEFORE):
            return first_day(self.due_on.removeprefix(BEFORE)) - timedelta(days=1)
        return last_day(self.due_on)

    @property
    def levels(self) -> tuple[str, ...]:
        """The keys of the levels that are meant; none where something else is measured."""
        return () if self.measure in MEASURES else tuple(self.measure.split(JOIN))


# The fields that a plan file gives once for a line; the others are given for each figure.
LINE_FIELDS = (
    "tier",
    "measure",
    "counts",
    "threshold",
    "name",
    "counted_in",
    "share_of",
    "base",
    "readings",
    "relative_to",
    "of_set",
)
NATION = "cả nước"  # the scope of a plan without a scope code
Named = tuple[str, str]  # a name as a plan prints it, after the tier of the unit that it names
WITHIN = Tier.DISTRICT  # the tier of the units that shares of a target are for
UNIT_LISTS = ("units", "reserve", "registered")


class Roadmap(NamedTuple):
    """Lộ trình: a document's targets for a scope; an empty scope code is the whole country.

    `issued_on` is an ISO day, or the month or year alone where the copy at hand leaves the day blank.
    """

    key: str
    title: str
    number: str
    issued_on: str
    issuer: str
    programme: str
    scope_code: str
    scope_name: str
    base_year: int
    targets: tuple[Target, ...] = ()
    supersedes: str | None = None
    source: str | None = None

    @property
    def issued_by(self) -> date:
        """The day by which it was issued: the last of the month or year where only that is known."""
        return last_day(self.issued_on)

    @property
    def issued_from(self) -> date:
        """The first day on which it may have been issued."""
        return first_day(self.issued_on)

    @property
    def is_national(self) -> bool:
        """Whether it is the programme's own, for the whole country."""
        return not self.scope_code


HEAD_FIELDS = tuple(field for field in Roadmap._fields if field != "targets")


def by_line(targets: Sequence[Target]) -> dict[LineKey, list[Target]]:
    """The figures of each line, in the order of the document."""
    lines: dict[LineKey, list[Target]] = {}
    for target in targets:
        lines.setdefault(target.line, []).append(target)
    return lines


def measure_name(line: LineKey, programme: Programme) -> str:
    """What a line measures, in the language in use: its name in the plan, its levels, or what it counts."""
    if line.name:
        return line.name
    if line.measure in MEASURES:
        return _(MEASURES[line.measure]).format(threshold=line.threshold)
    levels = {level.key: level for level in (*programme.levels, *programme.beside)}
    first, *more = line.measure.split(JOIN)
    words = [levels[first].title if first in levels else first]
    words += [levels[key].label if key in levels else key for key in more]
    named = _(" and ").join(words)
    return named if line.counts == "at-least" else _("{level}, highest level").format(level=named)


def tier_measure(tier: Tier, measure: str) -> str:
    """A measure with the tier whose units it counts: "Xã đạt chuẩn NTM nâng cao"."""
    return _(_OF_TIER[tier]).format(level=measure)


def _of_units(line: LineKey, measure: str) -> str:
    """A measure with the units that its line counts: "Thị xã, thành phố hoàn thành nhiệm vụ …"."""
    if line.tier is Tier.DISTRICT and line.measure in _OF_DISTRICTS:
        return _(_OF_DISTRICTS[line.measure]).format(level=measure)
    return tier_measure(line.tier, measure)


def line_title(line: LineKey, programme: Programme) -> str:
    """The title of a line: "Xã đạt chuẩn NTM nâng cao", "Thu nhập bình quân …", with the units in which it counts."""
    name = measure_name(line, programme)
    alone = line.name is not None or (line.measure in MEASURES and line.measure not in UNIT_MEASURES)
    title = name[:1].upper() + name[1:] if alone else _of_units(line, name)
    if line.each and line.name is None:
        title = _("{line}, in each {tier}").format(line=title, tier=_(_EACH[line.each]))
    of_set = set_words(line.ladder, programme) if programme.kept and (line.ladder != OWN or line.is_open) else None
    beside = "; ".join(filter(None, (line.within, of_set)))
    return f"{title} ({beside})" if beside else title
