"""The ladders of levels that a year is counted on: the programme's own, what units keep of the one before, both."""

from ntmtrack.errors import UnknownLevel, UnknownSet
from ntmtrack.i18n import _
from ntmtrack.model import Carry, Level, Programme, Tier
from ntmtrack.programmes import every, find_level, listed

LADDERS = OWN, KEPT, BOTH = "own", "kept", "both"  # of levels, that a year is counted on


def ladders(within: Programme) -> tuple[str, ...]:
    """The ladders whose figures stand apart: the programme's own, and where units keep older levels that of these."""
    return (OWN, KEPT) if within.kept else (OWN,)


def ladder_of(within: Programme, which: str) -> Programme:
    """The programme with the levels of one of its ladders; its own where it keeps none of the programme before.

    A level that stands by itself is a ladder of one rung, called by its key.
    """
    if which not in LADDERS:
        return within.of_apart(which)
    if which == OWN or within.kept is None:
        return within
    if which == KEPT:
        return within.kept.ladder
    return _joined(within, within.kept.ladder)


def _joined(own: Programme, kept: Programme) -> Programme:
    """The own levels, each reached too by whoever keeps the level of that name, or one above it."""

    def level(one: Level) -> Level:
        least = next((old.rank for old in kept.levels if old.key == one.key), len(kept.levels) + 1)
        doubted = kept.unverified()
        carries = (Carry(origin, origin not in doubted, "") for origin, rank in kept.ranks().items() if rank >= least)
        return one._replace(carries=(*one.carries, *carries))

    return own._replace(levels=tuple(map(level, own.levels)))


def ladder_called(within: Programme, typed: str) -> str:
    """The ladder whose set of levels is called `typed`, as "2021-2025"; raises UnknownSet."""
    by_key = {set_key(within, ladder): ladder for ladder in ladders(within)}
    key = typed.strip().replace("–", "-")
    if key not in by_key:
        raise UnknownSet(name=typed, programme=within.key, known=", ".join(by_key))
    return by_key[key]


def find_on_ladders(within: Programme, typed: str, tier: Tier, of_set: str | None) -> tuple[str, Level]:
    """The ladder and the level that are meant: of the set `of_set`, else the first whose levels have one so called.

    Raises UnknownSet, UnknownLevel.
    """
    chosen = [ladder_called(within, of_set)] if of_set else ladders(within)
    for ladder in chosen:
        try:
            level = find_level(ladder_of(within, ladder), typed, tier)
            return (level.key if level in within.apart(tier) else ladder), level
        except UnknownLevel as wrong:
            unknown = wrong
    if len(chosen) == 1:
        raise unknown
    levels = {level.key: level for ladder in chosen for level in ladder_of(within, ladder).levels_of(tier)}
    raise UnknownLevel(programme=within.key, level=typed, levels=listed(levels.values()))


def ladder_standing_on(origin: str) -> str:
    """The ladder of the latest programme on which a "programme/level" counts; its own where it counts on none."""
    latest = every()[-1]
    return next((ladder for ladder in ladders(latest) if origin in ladder_of(latest, ladder).ranks()), OWN)


def set_key(within: Programme, which: str) -> str:
    """What a ladder is called for machines: the period of its set, of both those of the two."""
    keys = [ladder_of(within, part).key for part in (ladders(within) if which == BOTH else (which,))]
    return "+".join(sorted(keys))


def measure_of(programme: Programme, ladder: str, level: Level) -> str:
    """The key of a count of a level: the level's own, of a kept one that the programme has too after its set.

    Example: "ntm", "hien-dai", "2021-2025/ntm", "nang-cao" in the programme of 2026-2030.
    """
    own = {level.key for level in programme.levels}
    return f"{set_key(programme, ladder)}/{level.key}" if ladder != OWN and level.key in own else level.key


def level_measured(programme: Programme, measure: str) -> tuple[str, Level] | None:
    """The ladder and the level of such a key; None where it counts no level of the programme."""
    counted = {
        measure_of(programme, ladder, level): (ladder, level)
        for ladder in ladders(programme)
        for level in ladder_of(programme, ladder).levels
    }
    return counted.get(measure)


def set_words(ladder: str, programme: Programme) -> str:
    """Which levels a ladder counts, in the midst of a sentence: "theo bộ 2026–2030", "giữ từ giai đoạn 2021–2025"."""
    texts = {KEPT: _("kept from {set}"), BOTH: _("by either set")}
    return texts.get(ladder, _("by the {set} set")).format(set=ladder_of(programme, ladder).key.replace("-", "–"))
