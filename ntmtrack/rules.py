"""What may be recorded: the checks of one recognition against the unit, its programme and what it already has.

Refusals are raised; what is only odd comes back as warnings in the language in use.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date

from ntmtrack.dates import first_day, is_whole, last_day, show_day
from ntmtrack.decisions import titled
from ntmtrack.errors import (
    AfterHigherLevel,
    AlreadyRecognised,
    BeforePrerequisite,
    DayInFuture,
    DecisionInFuture,
    KindNotCounted,
    NamedTwice,
    UnitNotAlive,
    UnknownWord,
    YearInFuture,
)
from ntmtrack.i18n import _, day
from ntmtrack.model import Act, Decision, Programme, Recognition, Unit, kind_name
from ntmtrack.programmes import programme
from ntmtrack.text import clean, plain

YEARS_APART = 3


def check_year(year: int, today: date) -> None:
    """Refuses a year that has not begun."""
    if year > today.year:
        raise YearInFuture(year=year, today=day(today))


def check_days(days: Sequence[str | None], today: date) -> None:
    """Refuses days of decisions and announcements (possibly partial, ISO) that lie wholly in the future.

    Raises DecisionInFuture.
    """
    for iso in days:
        _refuse_future(iso, today, DecisionInFuture)


def check_day(iso: str | None, today: date) -> None:
    """Refuses the day of anything but a decision that lies wholly in the future; raises DayInFuture."""
    _refuse_future(iso, today, DayInFuture)


def _refuse_future(iso: str | None, today: date, refusal: type[DayInFuture]) -> None:
    if iso and first_day(iso) > today:
        raise refusal(day=show_day(iso), today=day(today))


def check_unit(
    versions: Sequence[Unit], period: Programme, year: int, decided: str | None = None, *, also_uncounted: bool = False
) -> Unit:
    """The version of a unit that stood in `year`; refuses units not alive then or of a kind not counted.

    A decision may follow the end of a unit, but not come before its beginning. With `also_uncounted` a kind will do
    that is recognised and not counted, as the province itself.
    """
    alive = [version for version in versions if version.alive_in(year)]
    if not alive:
        raise UnitNotAlive(unit=versions[-1].full_title, when=year, span=span_of(versions))
    if decided and versions[0].since and last_day(decided) < last_day(versions[0].since):
        raise UnitNotAlive(unit=versions[-1].full_title, when=show_day(decided), span=span_of(versions))
    tier = alive[-1].tier
    counted = period.kinds_of(tier) if also_uncounted else period.counted.get(tier, ())
    fitting = [version for version in alive if version.kind in counted]
    if fitting:
        return fitting[-1]
    raise KindNotCounted(
        unit=alive[-1].full_title,
        kind=kind_name(alive[-1].kind),
        programme=period.key,
        counted=", ".join(map(kind_name, counted or _all_counted(period))),
    )


def year_of_unit(versions: Sequence[Unit], act: Act, year: int) -> int:
    """The year in which a unit must have stood for what is recorded of `year`.

    An acknowledgement may be for a year before the merger, that of the constituent recognised last: the unit must
    stand in its own first year then.
    """
    began = int((versions[0].since or "0")[:4])
    return max(year, began) if act is Act.ACKNOWLEDGED else year


def stood_then(version: Unit, act: Act, year: int, decided: str | None) -> bool:
    """Whether a version of a unit stood when this was recorded: on the day of the decision, if that is of the year.

    An acknowledgement follows the merger that formed the unit, whichever year it is for. A day of another year, or one
    that is not known whole, tells nothing.
    """
    whole = decided if decided and is_whole(decided) else None
    if act is Act.ACKNOWLEDGED:
        return version.since is not None and (whole is None or version.stands_on(whole))
    return version.stands_on(whole) if whole and whole[:4] == str(year) else version.alive_in(year)


def each_once(meant: list[Unit]) -> list[Unit]:
    """The units that were named, each once; raises NamedTwice."""
    for place, unit in enumerate(meant):
        if any(unit.id == other.id for other in meant[:place]):
            raise NamedTwice(unit=unit.full_title)
    return meant


def check_standing(versions: Sequence[Unit], day: str) -> Unit:
    """The version of a unit that stood on an ISO day; raises UnitNotAlive."""
    standing = [version for version in versions if version.stands_on(day)]
    if not standing:
        raise UnitNotAlive(unit=versions[-1].full_title, when=show_day(day), span=span_of(versions))
    return standing[0]


def check_alive(versions: Sequence[Unit], year: int) -> Unit:
    """The last version of a unit that stood in a year; raises UnitNotAlive."""
    alive = [version for version in versions if version.alive_in(year)]
    if not alive:
        raise UnitNotAlive(unit=versions[-1].full_title, when=year, span=span_of(versions))
    return alive[-1]


def check_stood(versions: Sequence[Unit], begins: str, ends: str, when: str) -> Unit:
    """The first version of a unit that stood on a day of a time, told as `when`; raises UnitNotAlive."""
    there = [one for one in versions if (one.since or "") <= ends and (one.until or "9999") > begins]
    if not there:
        raise UnitNotAlive(unit=versions[-1].full_title, when=when, span=span_of(versions))
    return there[0]


def _all_counted(programme: Programme) -> list[str]:
    return list(dict.fromkeys(kind for kinds in programme.counted.values() for kind in kinds))


def check_recognition(
    unit: Unit, new: Recognition, of_unit: Sequence[Recognition], corrected: Recognition | None = None
) -> list[str]:
    """Warnings for a new recognition; refuses one already held, or dated before the level below it.

    Of one that takes the place of `corrected` only what was not to be said of that already.
    """
    standing = _standing(new, of_unit)
    for old in standing:
        judge = ladder(new, old)
        if judge:
            _refuse_twice(unit, new, old, judge)
            _refuse_disorder(unit, new, old, judge)
    known_warnings = _warnings(unit, corrected, of_unit) if corrected else []
    return [text for text in _warnings(unit, new, of_unit) if text not in known_warnings]


def _warnings(unit: Unit, new: Recognition, recognitions: Sequence[Recognition]) -> list[str]:
    period = programme(new.programme)
    return [*_without_prerequisite(unit, new, _standing(new, recognitions), period), *_odd_days(unit, new)]


def never_counts(
    versions: Sequence[Unit], new: Recognition, parted_on: Callable[[tuple[str, ...], int], date | None]
) -> list[str]:
    """A warning for a recognition that its year cannot count: by its decision the unit was no more of a counted kind.

    `parted_on` gives the day of a general rearrangement within a year: the year counts what stood on the day before.
    """
    if not new.decided_on or new.year is None:
        return []
    kinds, decided = programme(new.programme).kinds_of(versions[-1].tier), first_day(new.decided_on).isoformat()
    counted = [version for version in versions if version.kind in kinds]
    if not counted or any(version.until is None or version.until > decided for version in counted):
        return []
    last, until = counted[-1], counted[-1].until or ""
    if until > f"{new.year}-12-31" or ((parted := parted_on(kinds, new.year)) and until >= parted.isoformat()):
        return []
    text = _("{unit} ended on {day}, before the day of the decision: this does not count in {year}.")
    if last is not versions[-1]:
        text = _("{unit} is no {kind} since {day}, before the day of the decision: this does not count in {year}.")
    return [text.format(unit=last.full_title, kind=kind_name(last.kind), day=show_day(until), year=new.year)]


def repeated(new: Recognition, of_unit: Sequence[Recognition]) -> Recognition | None:
    """The recognition already held that `new` tells once more; None where it would be another."""
    for old in _standing(new, of_unit):
        judge = ladder(new, old)
        if judge and _repeats(new, old, judge):
            return old
    return None


def _standing(new: Recognition, recognitions: Sequence[Recognition]) -> list[Recognition]:
    return [old for old in recognitions if old.revoked_on is None or _precedes(new, old.revoked_on)]


def _precedes(new: Recognition, revoked_on: str) -> bool:
    """Whether a recognition is surely before a revocation: by year, within a year by the day of its decision."""
    year, revoked = new.year or _year(new.known_by) or 0, last_day(revoked_on).year
    if year != revoked:
        return year < revoked
    return bool(new.decided_on and last_day(new.decided_on) < first_day(revoked_on))


def ladder(new: Recognition, old: Recognition) -> Programme | None:
    """The programme on whose ladder both recognitions stand by their own names; None when there is none."""
    for key in sorted({new.programme, old.programme}, reverse=True):
        own = programme(key)
        for judge in (own, *(own.of_apart(level.key) for level in own.apart())):
            names = {level.key for level in judge.levels}
            if {new.origin, old.origin} <= judge.ranks().keys() and {new.level, old.level} <= names:
                return judge
    return None


def _repeats(new: Recognition, old: Recognition, judge: Programme) -> bool:
    """Recognised anew is right only where an earlier programme's level does not surely count on."""
    return new.level == old.level and not {new.origin, old.origin} & set(judge.unverified())


def _refuse_twice(unit: Unit, new: Recognition, old: Recognition, judge: Programme) -> None:
    if _repeats(new, old, judge):
        level = judge.level(new.level)
        raise AlreadyRecognised(unit=unit.full_title, level=level.label, evidence=evidence(old), code=unit.handle)


def _refuse_disorder(unit: Unit, new: Recognition, old: Recognition, judge: Programme) -> None:
    level, other = judge.level(new.level), judge.level(old.level)
    facts = {"unit": unit.full_title, "level": level.label, "day": when(new)}
    if other.rank < level.rank and comes_before(new, old):
        raise BeforePrerequisite(**facts, below=other.label, below_day=evidence(old))
    if other.rank > level.rank and comes_before(old, new):
        raise AfterHigherLevel(**facts, above=other.label, above_day=evidence(old))


def _without_prerequisite(
    unit: Unit, new: Recognition, standing: Sequence[Recognition], programme: Programme
) -> list[str]:
    levels = programme.levels_of(unit.tier)
    place = next((place for place, level in enumerate(levels) if level.key == new.level), 0)
    if place == 0 or new.basis is Act.ACKNOWLEDGED:  # the constituents had reached what is below
        return []
    level, under = levels[place], levels[place - 1]
    ranks = programme.ranks()
    if any(ranks.get(old.origin) == under.rank for old in standing):
        return []
    below = under.label
    text = _("{unit}: {below} is not on record; {level} counts toward it from then on.")
    return [text.format(unit=unit.full_title, below=below, level=level.label)]


def _odd_days(unit: Unit, new: Recognition) -> list[str]:
    iso = new.decided_on
    if not iso or new.year is None:
        return []
    if last_day(iso).year < new.year:
        text = _("{unit}: decided on {day}, before the year {year} that it is for.")
    elif first_day(iso).year > new.year + YEARS_APART:
        text = _("{unit}: decided on {day}, more than three years after {year}.")
    else:
        return []
    return [text.format(unit=unit.full_title, day=show_day(iso), year=new.year)]


def evidence(recognition: Recognition) -> str:
    """How a recognition is known, in a few words: "năm 2019, Quyết định 1007/QĐ-UBND ngày 02/05/2019"."""
    parts = [when(recognition), *act_words(recognition)]
    if recognition.decision:
        parts.append(decision_words(recognition.decision))
    elif recognition.announced_on:
        parts.append(_("announced {day}").format(day=show_day(recognition.announced_on)))
    return ", ".join(parts)


_OF_ACTS = {
    re.compile(r"thua nhan( (dat|xa|chuan|ntm|sau|sap|xep|nhap|hop|nhat))*|acknowledged"): Act.ACKNOWLEDGED,
    re.compile(r"((ra soat )?(cong nhan|cn) lai)( (dat|xa|chuan|ntm|sau|sap|xep|nhap|hop|nhat))*|re recognised"): (
        Act.RE_RECOGNISED
    ),
    re.compile(r"(cong nhan|cn)( (dat|chuan|ntm|moi|lan|dau))*|recognised"): Act.RECOGNISED,
}


def find_act(typed: str) -> Act:
    """The act that words mean: "thừa nhận", "Công nhận lại sau sắp xếp", "acknowledged"; raises UnknownWord."""
    words = " ".join(re.sub(r"[^\w]+", " ", plain(typed)).split())
    for pattern, act in _OF_ACTS.items():
        if pattern.fullmatch(words):
            return act
    raise UnknownWord(text=clean(typed), known=", ".join(f"“{act.label}”" for act in Act))


def act_words(recognition: Recognition) -> list[str]:
    """By what act it was, where that is another than công nhận: ["thừa nhận"]."""
    return [] if recognition.basis is Act.RECOGNISED else [recognition.basis.label]


def decision_words(decision: Decision) -> str:
    """A decision with its day, where that is known: "Quyết định 1007/QĐ-UBND ngày 02/05/2019"."""
    number = titled(decision.number)
    if not decision.signed_on:
        return number
    return _("{decision} of {day}").format(decision=number, day=show_day(decision.signed_on))


def decision_and_issuer(decision: Decision) -> str:
    """The same with who issued it, which tells two of one number apart."""
    return ", ".join(filter(None, (decision_words(decision), decision.issuer)))


def when(recognition: Recognition) -> str:
    """Which year a recognition is for, or by which day it was known, in words."""
    if recognition.year:
        return _("year {year}").format(year=recognition.year)
    return _("by {day}").format(day=show_day(recognition.known_by))


def comes_before(recognition: Recognition, other: Recognition) -> bool:
    """Whether `recognition` is surely for an earlier time than `other`: by year, then by day of decision."""
    first, second = recognition.year or _year(recognition.known_by), other.year or _year(other.known_by)
    if first is None or second is None or first != second:
        return first is not None and second is not None and first < second
    decided, other_decided = recognition.decided_on, other.decided_on
    return bool(decided and other_decided and last_day(decided) < first_day(other_decided))


def _year(iso: str | None) -> int | None:
    return int(iso[:4]) if iso else None


def span_of(versions: Sequence[Unit]) -> str:
    """From and until when a unit stood, in words."""
    since, until = versions[0].since, versions[-1].until
    if since and until:
        return _("from {since} until {until}").format(since=show_day(since), until=show_day(until))
    if since:
        return _("from {since}").format(since=show_day(since))
    return _("until {until}").format(until=show_day(until))
