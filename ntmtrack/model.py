"""The values that everything else speaks of. Nothing here opens a file or knows today's date.

Named tuples, not dataclasses: making a dataclass takes 0,4 ms of every start, a named tuple 0,06 ms.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from ntmtrack.i18n import N_, _, language

# The registers of emulation by their keys: here, since the catalogue of facts is loaded at every start.
REGISTERS: Mapping[str, str] = {
    "sponsorship": N_("sponsorship"),
    "contribution": N_("contribution"),
    "block": N_("emulation block"),
    "inspection": N_("inspection"),
    "meeting": N_("review meeting"),
    "model": N_("model"),
}
GIVERS: Mapping[str, str] = {  # who gave something
    "person": N_("person"),
    "household": N_("household"),
    "company": N_("company"),
    "cooperative": N_("co-operative"),
    "agency": N_("agency"),
    "other": N_("others"),
}
LEVEL, CRITERIA, TEXT = "level", "criteria", "text"  # what a registration pledges


class Tier(StrEnum):
    """Cấp hành chính."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    VILLAGE = "village"


class Basis(StrEnum):
    """From which day a recognition counts: năm đạt chuẩn, or the day it was decided."""

    YEAR = "year"
    DECISION = "decision"


class Act(StrEnum):
    """By what act a unit holds its level: công nhận, thừa nhận of what its constituents held, công nhận lại."""

    RECOGNISED = "recognised"
    ACKNOWLEDGED = "acknowledged"
    RE_RECOGNISED = "re-recognised"

    @property
    def label(self) -> str:
        """The act in the language in use."""
        return _(_ACTS[self])


_ACTS = {
    Act.RECOGNISED: N_("recognised"),
    Act.ACKNOWLEDGED: N_("acknowledged"),
    Act.RE_RECOGNISED: N_("re-recognised"),
}


class Confidence(StrEnum):
    """How far a recognition may be relied on."""

    RECORDED = "recorded"  # entered by an office from its own decisions
    CONFIRMED = "confirmed"  # stated by an official page or paper
    INFERRED = "inferred"  # follows from such a statement, or was only proposed
    ILLUSTRATIVE = "illustrative"  # made up to fill a gap; never shown without saying so

    @property
    def label(self) -> str:
        """How sure it is, in a word of the language in use."""
        return _(_EVIDENCE[self])


_EVIDENCE = {
    Confidence.RECORDED: N_("recorded"),
    Confidence.CONFIRMED: N_("sourced"),
    Confidence.INFERRED: N_("inferred"),
    Confidence.ILLUSTRATIVE: N_("ILLUSTRATIVE"),
}


KINDS: Mapping[Tier, tuple[str, ...]] = {
    Tier.PROVINCE: ("tỉnh", "thành phố"),
    Tier.DISTRICT: ("huyện", "thị xã", "thành phố", "quận"),
    Tier.COMMUNE: ("xã", "phường", "thị trấn", "đặc khu"),
    Tier.VILLAGE: (
        *("thôn", "bản", "ấp", "làng", "buôn", "bon", "xóm", "khóm", "phum", "sóc"),
        *("khu", "khu phố", "tiểu khu", "tổ dân phố"),
    ),
}
CODE_DIGITS: Mapping[Tier, int] = {Tier.PROVINCE: 2, Tier.DISTRICT: 3, Tier.COMMUNE: 5}
_KIND_NAMES = {
    "tỉnh": N_("province"),
    "thành phố": N_("city"),
    "huyện": N_("district"),
    "thị xã": N_("district-level town"),
    "quận": N_("urban district"),
    "xã": N_("commune"),
    "phường": N_("ward"),
    "thị trấn": N_("township"),
    "đặc khu": N_("special zone"),
}


def kind_name(kind: str) -> str:
    """The kind of unit in the language in use; a kind of villages, for which English has no words, as it is."""
    return _(_KIND_NAMES[kind]) if kind in _KIND_NAMES else kind


class Unit(NamedTuple):
    """An administrative unit as one of its versions describes it, from `since` up to but not on `until`."""

    id: int
    name: str
    kind: str
    tier: Tier
    code: str | None = None
    parent_id: int | None = None
    parent_name: str | None = None
    since: str | None = None
    until: str | None = None

    @property
    def title(self) -> str:
        """Kind and name, "xã Mỹ Thuận"; in English, too, the kind stays as the decision has it."""
        return f"{self.kind} {self.name}"

    @property
    def full_title(self) -> str:
        """The title with the unit it belongs to: "xã Mỹ Thuận (huyện Hòn Đất)"."""
        return f"{self.title} ({self.parent_name})" if self.parent_name else self.title

    @property
    def listed(self) -> str:
        """The full title with the code, as in a choice between several: "xã Mỹ Thuận (huyện Hòn Đất) [30802]"."""
        return f"{self.full_title} [{self.code or '—'}]"

    @property
    def handle(self) -> str:
        """What names this unit on a command line: its code, or its title, of a village with its commune."""
        if self.tier is Tier.VILLAGE and self.parent_name:
            return f'"{self.title}, {self.parent_name}"'
        return self.code or f'"{self.title}"'

    def alive_in(self, year: int) -> bool:
        """Whether this version stood on some day of `year`."""
        return (self.since or "") <= f"{year}-12-31" and (self.until or "9999") > f"{year}-01-01"

    def stands_on(self, day: str) -> bool:
        """Whether this version stands on an ISO day."""
        return (self.since or "") <= day < (self.until or "9999")


class Carry(NamedTuple):
    """A level of an earlier programme that counts on; `verified` is whether a text saying so was read."""

    origin: str  # "2016-2020/ntm"
    verified: bool
    source: str


class Level(NamedTuple):
    """Mức: one rung of a programme's ladder; rank 1 is the lowest. `name` is the law's, `names` by language.

    `titles` are by language what its units are said to be, where that is more than the name.
    """

    key: str
    rank: int
    name: str
    names: tuple[tuple[str, str], ...]
    tiers: tuple[Tier, ...]
    aliases: tuple[str, ...] = ()
    carries: tuple[Carry, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()

    @property
    def label(self) -> str:
        """The level's name in the language in use."""
        return dict(self.names).get(language(), self.name)

    @property
    def title(self) -> str:
        """What its units are said to be, in the language in use: "đạt chuẩn NTM nâng cao" of "NTM nâng cao"."""
        return dict(self.titles).get(language(), self.label)

    @property
    def field(self) -> str:
        """The key as a field name: "nang_cao"."""
        return self.key.replace("-", "_")


class Need(NamedTuple):
    """What a district's communes must have reached for the district to be recognised at `level`.

    `percent` of its communes, rounded up, at `communes_at` or above; `verified` is whether the text was read.
    """

    level: str
    communes_at: str
    percent: int
    verified: bool
    source: str


class BesideCount(NamedTuple):
    """A tier whose units are recognised at a level and counted in no per cent, with what that is called there.

    A `level` that is no rung of the programme's ladder stands by itself: it neither asks for another nor implies one.
    `verified` is whether a text saying so was read.
    """

    tier: Tier
    kinds: tuple[str, ...]
    level: str
    names: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...]
    verified: bool
    source: str

    def named(self, level: Level) -> Level:
        """The level as it is called there."""
        return level._replace(names=self.names, titles=(), aliases=(*level.aliases, *self.aliases))

    def alone(self) -> Level:
        """The level that stands by itself."""
        return Level(self.level, 1, dict(self.names)["vi"], self.names, (self.tier,), self.aliases)


class Programme(NamedTuple):
    """A period with its levels, the kinds of unit that it counts, and what districts need of their communes.

    `recognised` are tiers that are recognised and not counted, as the province itself; units of the kinds that are
    `participating` may take part, outside every denominator.
    `units` names the national list of units that it began with.
    `beside` are levels of other periods that plans of this one speak of: nothing is recognised at them here.
    `kept` is what units keep of the programme before.
    """

    key: str
    title: str
    first_year: int
    last_year: int
    source: str
    units: str
    counted: Mapping[Tier, tuple[str, ...]]
    levels: tuple[Level, ...]
    needs: tuple[Need, ...] = ()
    beside: tuple[Level, ...] = ()
    kept: "KeptLadder | None" = None
    recognised: tuple[BesideCount, ...] = ()
    participating: tuple[str, ...] = ()

    def levels_of(self, tier: Tier) -> tuple[Level, ...]:
        """The levels that units of `tier` can reach, the lowest first, as they are called there."""
        beside = {one.level: one for one in self.recognised if one.tier is tier}
        return tuple(
            beside[level.key].named(level) if level.key in beside else level
            for level in self.levels
            if tier in level.tiers or level.key in beside
        )

    def kinds_of(self, tier: Tier) -> tuple[str, ...]:
        """The kinds of unit that are recognised, counted or not."""
        beside = (kind for one in self.recognised if one.tier is tier for kind in one.kinds)
        return (*self.counted.get(tier, ()), *dict.fromkeys(beside))

    def apart(self, tier: Tier | None = None) -> tuple[Level, ...]:
        """The levels of a tier, or of any, that stand by themselves: rungs of no ladder."""
        rungs = {level.key for level in self.levels}
        return tuple(
            one.alone() for one in self.recognised if one.level not in rungs and (tier is None or one.tier is tier)
        )

    def of_apart(self, key: str) -> "Programme":
        """The programme with a level that stands by itself as its only one."""
        alone = tuple(one for one in self.recognised if one.level == key)
        return self._replace(levels=tuple(one.alone() for one in alone), recognised=alone, beside=(), kept=None)

    def level(self, key: str) -> Level:
        """The level called `key`; KeyError when there is none."""
        return {level.key: level for level in (*self.apart(), *self.levels)}[key]

    def ranks(self) -> dict[str, int]:
        """Every "programme/level" that counts here, with the rank it counts as."""
        own = {f"{self.key}/{level.key}": level.rank for level in self.levels}
        return own | {carry.origin: level.rank for level in self.levels for carry in level.carries}

    def unverified(self) -> list[str]:
        """The "programme/level" that count here without a verified text."""
        return [carry.origin for level in self.levels for carry in level.carries if not carry.verified]


class KeptLadder(NamedTuple):
    """The levels of the programme before, where units keep what they have; counted beside those of the running one.

    `ladder` has the levels and the key of that programme, the years and the counted kinds of the running one;
    `verified` is whether a text saying so was read.
    """

    ladder: Programme
    verified: bool
    source: str


MOST_LETTERS = 100  # of a decision's number, of a unit's name


class Decision(NamedTuple):
    """Quyết định: number, and what is known of its day (possibly partial, ISO) and issuer."""

    number: str
    signed_on: str | None = None
    issuer: str | None = None
    id: int | None = None


class Recognition(NamedTuple):
    """Công nhận: a unit reached a level for `year`, or, where that is unknown, by the day `known_by`.

    Where it was taken back: from which day, by whom and why in words, and each by itself (`revoking`, `revoked_for`).
    """

    level: str
    programme: str
    year: int | None = None
    known_by: str | None = None
    decision: Decision | None = None
    announced_on: str | None = None
    source: str | None = None
    note: str | None = None
    basis: Act = Act.RECOGNISED
    confidence: Confidence = Confidence.RECORDED
    revoked_on: str | None = None
    revoked_by: str | None = None
    revoking: Decision | None = None
    revoked_for: str | None = None
    id: int | None = None

    @property
    def origin(self) -> str:
        """Its level as programmes name what they carry: "2016-2020/ntm"."""
        return f"{self.programme}/{self.level}"

    @property
    def decided_on(self) -> str | None:
        """The day it was signed, else the day it was announced; both may be partial."""
        return (self.decision.signed_on if self.decision else None) or self.announced_on

    def since(self) -> str:
        """What it counts from, for the order of levels: its year, else the ISO day by which it was known."""
        return f"{self.year}" if self.year else (self.known_by or "")


class Published(NamedTuple):
    """Số đã công bố: what a report said on a day; an assertion to check the ledger against.

    `percent` is what it prints beside, with a decimal comma, `share_of` its base where that is told: all units (all),
    those at the lowest level (ntm) or at the level just below (nested). `basis` is how it was counted, where that is
    known; `action` the action that kept it.
    """

    tier: Tier
    measure: str
    as_of: str
    value: str
    total: int | None = None
    source: str = ""
    confidence: Confidence = Confidence.CONFIRMED
    basis: Basis | None = None
    action: int | None = None
    percent: str | None = None
    share_of: str | None = None

    @property
    def said(self) -> tuple[str, int | None, str | None, str | None]:
        """What it says: value, total, per cent and base."""
        return self.value, self.total, self.percent, self.share_of

    @property
    def key(self) -> tuple[str, ...]:
        """What one report says once: another value under it is a correction."""
        return self.tier, self.measure, self.as_of, self.source, self.basis or ""


class Participation(NamedTuple):
    """Tham gia: a unit that is not counted takes part in a programme from an ISO day on."""

    programme: str
    day: str
    decision: Decision | None = None
    source: str | None = None


class NewUnit(NamedTuple):
    """A unit to be added: one version of it, its parent by code."""

    name: str
    kind: str
    tier: Tier
    code: str | None = None
    parent_code: str | None = None
    since: str | None = None
    until: str | None = None
    resolution: str | None = None
    earlier: tuple["NewUnit", ...] = ()

    @property
    def title(self) -> str:
        """Kind and name, as a `Unit` is called."""
        return f"{self.kind} {self.name}"


class Succession(NamedTuple):
    """A unit went, whole or in part, into another on an ISO day; `main`: its people or centre went with that part."""

    predecessor_id: int
    successor_id: int
    extent: str
    day: str
    main: bool | None = None
    resolution: str | None = None


class Done(NamedTuple):
    """Thao tác: one action of the history; `at` is ISO in UTC, `rows` how many facts it wrote or voided.

    `reason` is why a fact was corrected, `reopened` why figures of a closed year were changed; `undoes` is the action
    that it took back, `undone_by` the one that took it back and still stands. Of one that came from another ledger:
    `origin` is whose it was, `done_at` when it was done there, `joined_by` the action that took it in. `undone_verb` is
    the command of `undone_by`; `decided_by` is the action that refused a proposal, or withdrew it (`decided_verb`).
    """

    id: int
    at: str
    who: str
    verb: str
    summary: str
    version: str
    rows: int
    reason: str | None = None
    reopened: str | None = None
    undoes: int | None = None
    origin: str | None = None
    done_at: str | None = None
    joined_by: int | None = None
    undone_by: int | None = None
    undone_verb: str | None = None
    decided_by: int | None = None
    decided_verb: str | None = None
