"""Kết quả rà soát: what an office found of a unit by a criteria set, and what follows from what it tells.

An assessment is what an office found on a day; it is never a recognition, nor the end of one.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack.dates import show_day
from ntmtrack.errors import (
    CountUnlikeList,
    MetAndMissing,
    MoreMetThanThereAre,
    SetOfAnotherTier,
    SetOfAnotherTime,
    UnknownCriterion,
)
from ntmtrack.model import Confidence, Tier, Unit
from ntmtrack.programmes import of_year, programme
from ntmtrack.programmes.criteria import Content, CriteriaSet, Criterion, code_order
from ntmtrack.programmes.criteria.files import sets_of


class Assessment(NamedTuple):
    """How many criteria of a set a unit met on an ISO day.

    `missing` are the codes, of criteria or contents, that it does not meet; None where only the number is known.
    `unknown` are those that were not assessed, or of which nothing may be concluded; `results` are measured values, by
    code, as written.
    """

    criteria_set: str
    day: str
    met: int
    missing: tuple[str, ...] | None = None
    unknown: tuple[str, ...] = ()
    results: tuple[tuple[str, str], ...] = ()
    confidence: Confidence = Confidence.RECORDED
    source: str | None = None
    note: str | None = None
    id: int | None = None


CONDITION_MET = "đạt"  # the value of a condition beside the criteria that was found to be met


class ToldResults(NamedTuple):
    """What an office tells of a unit: a number of criteria met, the codes not met, or code by code.

    Where `missing` is told, all else is met but what is `unknown`; `verdicts` say of a code whether it is met, `values`
    are measured.
    """

    met: int | None = None
    missing: Sequence[str] | None = None
    unknown: Sequence[str] = ()
    verdicts: Mapping[str, bool] = MappingProxyType({})
    values: Mapping[str, Decimal] = MappingProxyType({})


def concluded(of_set: CriteriaSet, told: ToldResults, day: str, marks: Sequence[str] = ()) -> Assessment:
    """What is to be kept of a unit so marked: the number met, the codes not met, those of which nothing is known.

    A value is held against its threshold of that year only where that was verified. Raises UnknownCriterion,
    MetAndMissing, MoreMetThanThereAre, CountUnlikeList.
    """
    codes = of_set.codes
    for code in (*(told.missing or ()), *told.unknown, *told.verdicts, *told.values):
        if code not in codes and of_set.condition(code) is None:
            known = ", ".join(criterion.code for criterion in of_set.criteria)
            raise UnknownCriterion(criteria_set=of_set.key, code=code, known=known)
    values = tuple((code, f"{value}".replace(".", ",")) for code, value in told.values.items())
    values += tuple((code, CONDITION_MET) for code, met in told.verdicts.items() if met and of_set.condition(code))
    met, missing, unknown = _judged(of_set, told, int(day[:4]), marks)
    if told.missing is None and told.met is not None and not _tells_criteria(of_set, told):
        _check_number(of_set, told.met)
        failed = tuple(code for code in missing if of_set.condition(code))
        is_known = failed or told.met == of_set.total
        return Assessment(of_set.key, day, told.met, failed if is_known else None, tuple(told.unknown), values)
    _check_number(of_set, met if told.met is None else told.met)
    if told.met is not None and told.met != met:
        raise CountUnlikeList(
            met=told.met,
            missing=len(missing),
            codes=", ".join(missing) or "–",
            total=of_set.total,
            criteria_set=of_set.key,
        )
    return Assessment(of_set.key, day, met, tuple(missing), tuple(unknown), values)


def _tells_criteria(of_set: CriteriaSet, told: ToldResults) -> bool:
    """Whether anything is told of single criteria, not of conditions beside them alone."""
    return any(of_set.criterion_of(code) for code in (*told.verdicts, *told.values))


def _check_number(of_set: CriteriaSet, met: int) -> None:
    if not 0 <= met <= of_set.total:
        raise MoreMetThanThereAre(met=met, total=of_set.total, criteria_set=of_set.key)


def _judged(
    of_set: CriteriaSet, told: ToldResults, year: int, marks: Sequence[str]
) -> tuple[int, list[str], list[str]]:
    """How many criteria are met, the codes not met and those of which nothing is known, in the order of the set."""
    verdicts, contradicted = dict(told.verdicts), set[str]()
    for code, value in told.values.items():
        asked = of_set.condition(code) or of_set.threshold(code, year, marks)
        holds = asked.holds(value) if asked else None
        if holds is not None and verdicts.setdefault(code, holds) != holds:
            contradicted.add(code)  # the office says otherwise than its value and its checked threshold
    for code in told.missing or ():
        if told.verdicts.get(code):
            raise MetAndMissing(code=code, content=code)
        verdicts[code] = False
    for code in contradicted:
        del verdicts[code]
    left_open = {*(code for code in told.unknown if code not in told.values or code not in verdicts), *contradicted}
    left_open |= {code for code in told.values if code not in verdicts}
    met, missing, unknown = 0, [], []
    for condition in of_set.conditions:
        missing += [condition.code] if verdicts.get(condition.code) is False else []
        unknown += [condition.code] if condition.code in left_open else []
    rest = _Rest(told.missing is not None, of_set.is_listed_whole)
    for criterion in of_set.criteria:
        failed, open_codes = _of_criterion(criterion, verdicts, left_open, rest=rest)
        missing += failed
        unknown += open_codes
        met += not failed and not open_codes
    return met, missing, unknown


class _Rest(NamedTuple):
    """Whether what is not told of is met; whether all contents are listed, so that none is left untold."""

    is_met: bool
    is_listed: bool


def _of_criterion(
    criterion: Criterion, verdicts: Mapping[str, bool], left_open: Iterable[str], *, rest: _Rest
) -> tuple[list[str], list[str]]:
    """The codes of a criterion that are not met, and those of which nothing is known; neither where it is met."""
    contents: Sequence[Criterion | Content] = criterion.contents
    failed = [content.code for content in contents if verdicts.get(content.code) is False]
    whole = verdicts.get(criterion.code)
    if whole and failed:
        raise MetAndMissing(code=criterion.code, content=", ".join(failed))
    if whole is not None:
        return ([] if whole else failed or [criterion.code]), []
    opened = [code for code in (criterion.code, *(content.code for content in contents)) if code in left_open]
    if rest.is_met:
        return failed, opened
    told = [content.code for content in contents if content.code in verdicts]
    if not told:
        return [], opened or [criterion.code]
    untold = [content.code for content in contents if content.code not in told]
    return failed, untold or ([] if failed or rest.is_listed else [criterion.code])


def criteria_missing(assessment: Assessment, of_set: CriteriaSet) -> list[str]:
    """The codes of the criteria that are not met, each once, in the order of the set."""
    codes = assessment.missing or ()
    found = {criterion.code for code in codes if (criterion := of_set.criterion_of(code))}
    return sorted(found, key=code_order)


def meets(assessment: Assessment, of_set: CriteriaSet) -> bool | None:
    """Whether a unit meets all criteria of a set; None where something is left open and nothing is surely missing."""
    if assessment.missing or assessment.met + len(assessment.unknown) < of_set.total:
        return False
    return None if assessment.unknown else assessment.met == of_set.total


def check_set_for(of_set: CriteriaSet, unit: Unit, day: str) -> None:
    """Refuses a set of another tier, kind or time than the unit's; raises SetOfAnotherTier, SetOfAnotherTime.

    A programme that counts on the levels of the one before takes assessments by its sets too. What a programme begins
    with may be found by its set once that holds, as on 31/12/2025 by that of 51/2025/QĐ-TTg.
    """
    period = of_year(int(day[:4]))
    periods = [period.key, *([period.kept.ladder.key] if period.kept else [])]
    known = [one for key in periods for one in sets_of(key, unit.tier)]
    begins_with = programme(of_set.programme).first_year == int(day[:4]) + 1
    if day < of_set.since or not (of_set.programme in periods or begins_with):
        keys = ", ".join(one.key for one in known if one.since <= day) or "–"
        raise SetOfAnotherTime(
            criteria_set=of_set.key,
            day=show_day(day),
            since=show_day(of_set.since),
            programme=programme(of_set.programme).key,
            known=keys,
        )
    if not is_for(of_set, unit):
        keys = ", ".join(one.key for one in known if is_for(one, unit)) or "–"
        raise SetOfAnotherTier(criteria_set=of_set.key, unit=unit.full_title, known=keys)


def is_for(of_set: CriteriaSet, unit: Unit) -> bool:
    """Whether a set is for units of such a tier and kind."""
    return of_set.tier is unit.tier and (unit.kind in of_set.kinds if of_set.kinds else is_counted(unit, of_set))


def is_counted(unit: Unit, of_set: CriteriaSet) -> bool:
    """Whether a unit is of a kind that the programme of the set recognises, or that takes part in it."""
    period = programme(of_set.programme)
    return unit.tier is Tier.VILLAGE or unit.kind in (*period.kinds_of(unit.tier), *period.participating)
