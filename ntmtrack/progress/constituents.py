"""What a merger leaves of recognitions: what the constituents of a new unit held, and to which set that belongs.

Nothing is inherited: whatever is worked out here is only proposed, or held against what an office records.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from ntmtrack.errors import UnknownLevel
from ntmtrack.i18n import N_, _
from ntmtrack.model import Act, Confidence, Decision, Level, Programme, Recognition, Unit
from ntmtrack.programmes import every, find_level, known_level, of_year, programme
from ntmtrack.programmes.guidance import CarryingCase, Constituents, Guidance
from ntmtrack.text import few


class Constituent(NamedTuple):
    """A unit that went, whole or in part, into another on `day`, as it was then, and what it held on the day before.

    `is_main` is whether the part is the one that its people or its centre went with; None where that is not known.
    `is_told` is whether that it holds no more than `recognitions` is on record, not only that nothing else is.
    """

    unit: Unit
    is_whole: bool
    day: str
    recognitions: Sequence[Recognition] = ()
    is_main: bool | None = None
    resolution: str | None = None
    is_told: bool = True

    @property
    def last_year(self) -> int:
        """The year of the last day on which it stood."""
        return (date.fromisoformat(self.day) - timedelta(days=1)).year

    def is_counted(self, ladder: Programme) -> bool:
        """Whether units of its kind are recognised: a town or a ward is not."""
        return self.unit.kind in ladder.counted.get(self.unit.tier, ())

    def rank(self, ladder: Programme, *, surely: bool = False) -> int:
        """The highest rank that it held on a ladder, 0 for none; `surely`: by what is verified to count there."""
        ranks = ladder.ranks()
        doubtful = ladder.unverified() if surely else []
        held = (recognition.origin for recognition in self.recognitions)
        return max((ranks.get(origin, 0) for origin in held if origin not in doubtful), default=0)

    def is_made_up(self, ladder: Programme, rank: int) -> bool:
        """Whether nothing but illustrative recognitions puts it at a rank or above."""
        ranks = ladder.ranks()
        kinds = {
            recognition.confidence for recognition in self.recognitions if ranks.get(recognition.origin, 0) >= rank
        }
        return kinds == {Confidence.ILLUSTRATIVE}

    @property
    def highest(self) -> Recognition | None:
        """The recognition of the highest level that it held, of several the first; by its own set."""
        return max(self.recognitions, key=own_rank, default=None)


def own_rank(recognition: Recognition) -> int:
    """The rank of a level on the ladder of its own set."""
    level = known_level(recognition.programme, recognition.level)
    return level.rank if level else 0


def acknowledged_set(constituents: Sequence[Constituent], level: str, year: int) -> Programme:
    """The programme whose level is acknowledged: the latest one until the merger in which a constituent surely held it.

    Where none did, the one that ran then; for a unit without constituents that of the year. Raises
    YearOutsideProgrammes.
    """
    until = max((constituent.last_year for constituent in constituents), default=0)
    earlier = [
        (ladder, one) for ladder in reversed(every()) if ladder.first_year <= until and (one := _level(ladder, level))
    ]
    for ladder, meant in earlier:
        if any(constituent.rank(ladder, surely=True) >= meant.rank for constituent in constituents):
            return ladder
    return earlier[0][0] if earlier else of_year(year)


def lacking_level(constituents: Sequence[Constituent], ladder: Programme, rank: int) -> list[Constituent]:
    """The constituents that went whole into a unit, of a kind that is recognised, and did not hold a rank or above."""
    return [
        constituent
        for constituent in constituents
        if constituent.is_whole and constituent.is_counted(ladder) and constituent.rank(ladder) < rank
    ]


def _level(ladder: Programme, typed: str) -> Level | None:
    try:
        return find_level(ladder, typed)
    except UnknownLevel:
        return None


def odd_acknowledgement(unit: Unit, new: Recognition, constituents: Sequence[Constituent]) -> list[str]:
    """A warning where what is acknowledged is not on record of the units of which this one was formed."""
    if new.basis is not Act.ACKNOWLEDGED:
        return []
    if not constituents:
        return [_("{unit} was not formed by a merger on record.").format(unit=unit.full_title)]
    text = not_held_before(unit, new, constituents) or _of_no_year_of_theirs(unit, new, constituents)
    return [text] if text else []


def _of_no_year_of_theirs(unit: Unit, new: Recognition, constituents: Sequence[Constituent]) -> str | None:
    """That a year before the merger is none in which a constituent reached the level; None for any other year."""
    ladder = programme(new.programme)
    level = ladder.level(new.level)
    formed = max(constituent.day for constituent in constituents)
    if new.year is None or new.year >= int(formed[:4]) or was_reached_in(constituents, ladder, level, new.year):
        return None
    text = _("{unit}: none of the units that it was formed of reached {level} in {year}.")
    return text.format(unit=unit.full_title, level=level.label, year=new.year)


def not_held_before(unit: Unit, known: Recognition, constituents: Sequence[Constituent]) -> str | None:
    """That what a unit holds as acknowledged is not on record of all that it was formed of; None where it is."""
    ladder = programme(known.programme)
    level = ladder.level(known.level)
    lacking = lacking_level(constituents, ladder, level.rank)
    text = _("{unit}: not on record at {level} before the merger: {units}.")
    names = few([constituent.unit.title for constituent in lacking])
    return text.format(unit=unit.full_title, level=level.label, units=names) if lacking else None


class Outcome(StrEnum):
    """What is proposed for a unit that a merger formed."""

    ACKNOWLEDGE = "acknowledge"  # đề nghị thừa nhận mức …
    REVIEW = "review"  # phải rà soát, công nhận lại
    NONE = "none"  # không: no constituent held a level
    NO_DATA = "no_data"  # chưa có số liệu: of no constituent a level is on record, nor that it held none


class Proposal(NamedTuple):
    """What the guidance proposes for a unit, by what its constituents held on `ladder`.

    `level` is the highest that all held of those that went whole into it and are of a kind that is recognised, where it
    may be acknowledged; `year` the one for which, None where it is that of the decision or not known. `case` is what
    the guidance says of such constituents, None where there is nothing to carry. `lacking` held no level.
    """

    outcome: Outcome
    ladder: Programme
    level: Level | None = None
    year: int | None = None
    case: CarryingCase | None = None
    lacking: tuple[Constituent, ...] = ()


def propose(constituents: Sequence[Constituent], known: Guidance) -> Proposal:
    """What is proposed for a unit formed of these, by what is known for the day of the merger.

    Parts, towns and wards never raise the level: they only make it a case of its own.
    """
    ladder = _ladder(constituents)
    asked = [one for one in constituents if one.is_whole and one.is_counted(ladder)]
    counted = [one for one in constituents if one.is_counted(ladder)]
    if not any(one.rank(ladder) for one in counted):
        return Proposal(Outcome.NONE if all(one.is_told for one in counted) else Outcome.NO_DATA, ladder)
    lacking = tuple(one for one in asked if not one.rank(ladder))
    case = known.rule.case(_constituents(constituents, ladder, lacks=bool(lacking) or not asked))
    outcome = Outcome(case.proposes)
    if outcome is Outcome.REVIEW:
        return Proposal(outcome, ladder, case=case, lacking=lacking)
    level = ladder.levels[min(one.rank(ladder) for one in asked) - 1]
    return Proposal(outcome, ladder, level, _year(asked, ladder, level, known), case)


def _ladder(constituents: Sequence[Constituent]) -> Programme:
    """The programme that ran on the last day before the merger, or the one before it where only that has levels held.

    What an earlier programme's levels count for in a later one may be unverified: then they stand on their own ladder.
    """
    until = max(one.last_year for one in constituents)
    earlier = [ladder for ladder in reversed(every()) if ladder.first_year <= until]
    held = (ladder for ladder in earlier if any(one.rank(ladder, surely=True) for one in constituents))
    return next(held, earlier[0] if earlier else every()[0])


def _constituents(constituents: Sequence[Constituent], ladder: Programme, *, lacks: bool) -> Constituents:
    if lacks:
        return "some"
    if any(not one.is_counted(ladder) for one in constituents):
        return "town"
    return "all" if all(one.is_whole for one in constituents) else "part"


def _year(asked: Sequence[Constituent], ladder: Programme, level: Level, known: Guidance) -> int | None:
    """The year of the constituent that reached a level last, where the guidance takes that."""
    if known.rule.year.of != "latest":
        return None
    years = [_year_reached(one, ladder, level) for one in asked]
    return None if None in years else max(year for year in years if year)


def _year_reached(one: Constituent, ladder: Programme, level: Level) -> int | None:
    """The year for which a constituent was first recognised at a level or above; None where only a day is known."""
    ranks = ladder.ranks()
    reached = [recognition for recognition in one.recognitions if ranks.get(recognition.origin, 0) >= level.rank]
    return min(reached, key=Recognition.since).year if reached else None


def was_reached_in(constituents: Sequence[Constituent], ladder: Programme, level: Level, year: int) -> bool:
    """Whether a constituent reached a level in a year: then the guidance has that acknowledged for it."""
    return any(one.is_whole and _year_reached(one, ladder, level) == year for one in constituents)


class ReviewResult(NamedTuple):
    """What was found of a unit after a merger: a level of a set is proposed, or it holds none any more ("lapsed")."""

    unit_id: int
    programme: str
    level: str | None
    result: str
    day: str
    decision: Decision | None = None
    source: str | None = None
    note: str | None = None
    id: int | None = None


class CarryState(StrEnum):
    """How far a unit that a merger formed has come: what the ledger tells of it, nothing else."""

    UNREVIEWED = "unreviewed"
    PROPOSED = "proposed"
    ACKNOWLEDGED = "acknowledged"
    RECOGNISED = "recognised"
    RE_RECOGNISED = "re-recognised"
    LAPSED = "lapsed"

    @property
    def label(self) -> str:
        """The state in the language in use."""
        return _(_STATES[self])


_STATES = {
    CarryState.UNREVIEWED: N_("not yet looked at"),
    CarryState.PROPOSED: N_("proposed"),
    CarryState.ACKNOWLEDGED: N_("acknowledged"),
    CarryState.RECOGNISED: N_("recognised"),
    CarryState.RE_RECOGNISED: N_("re-recognised"),
    CarryState.LAPSED: N_("holds no more"),
}


def decisive(own: Sequence[Recognition], proposal: Proposal) -> list[Recognition]:
    """A unit's own recognitions by which it is settled what it has of its constituents' levels.

    Where a level may be acknowledged, plain công nhận by another set settles nothing: what units keep of an earlier
    set is a ladder of its own.
    """
    if proposal.outcome is not Outcome.ACKNOWLEDGE:
        return list(own)
    ranks = proposal.ladder.ranks()
    return [one for one in own if one.basis is not Act.RECOGNISED or one.origin in ranks]


_ACTS = (Act.RECOGNISED, Act.RE_RECOGNISED, Act.ACKNOWLEDGED)  # of one level the later says more


def highest_standing(own: Sequence[Recognition]) -> Recognition | None:
    """Of the recognitions that stand the one of the highest level; of several of that, by the act that says most."""
    standing = (known for known in own if known.revoked_on is None)
    return max(standing, key=lambda known: (own_rank(known), _ACTS.index(known.basis)), default=None)


def state_of(own: Sequence[Recognition], reviewed: str | None) -> CarryState:
    """The state by what settles it; where none of that stands by the result of its review ("proposed", "lapsed").

    It is called by the act on record of the level that is held: nothing is taken for công nhận lại that the decision
    does not call so. What was revoked holds no more.
    """
    held = highest_standing(own)
    if held is None:
        return CarryState(reviewed or (CarryState.LAPSED if own else CarryState.UNREVIEWED))
    return CarryState(held.basis.value)
