"""`assess`: what was found of units on a day by a criteria set, kept as told; it is never a recognition."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ntmtrack.assessment import Assessment, ToldResults, check_set_for, concluded
from ntmtrack.commands import Session
from ntmtrack.commands.criteria_sets import known_set, meant_set, province_of
from ntmtrack.commands.record import unit_names
from ntmtrack.dates import show_day
from ntmtrack.errors import AssessedAlready, BadResult, NoCriteriaSet, NoResult, NothingAssessed
from ntmtrack.i18n import _, number
from ntmtrack.model import Unit
from ntmtrack.programmes import of_year
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.programmes.criteria.files import set_keys
from ntmtrack.rules import check_day, check_standing, each_once
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.criteria import assessment_row, assessments_of, words_applying_to
from ntmtrack.text import clean, squeeze, stated
from ntmtrack.verdicts import MET, NOT_MET, codes_in


class AssessRequest(NamedTuple):
    """What `assess` was told: units as typed, the set, the ISO day, results; why one on record is corrected.

    `results` are "17.2=chưa", "10=62,5"; `of_day` is the day on record of the one that is corrected, where it was
    another.
    """

    units: Sequence[str]
    of_set: str | None
    day: str
    met: int | None
    missing: str | None
    unknown: str | None
    results: Sequence[str]
    source: str | None
    note: str | None
    reason: str | None = None
    of_day: str | None = None


def assess_units(session: Session, request: AssessRequest, *, dry_run: bool) -> None:
    """Keeps one assessment for every unit of the request; raises the first refusal.

    Raises NoResult, BadResult, DayInFuture, UnitNotAlive, SetOfAnotherTime, SetOfAnotherTier, AssessedAlready,
    NothingAssessed, and what `concluded` and finding units raise.
    """
    told = _told(request)
    check_day(request.day, session.today)
    with session.acting("assess", dry_run=dry_run) as ledger:
        meant = each_once([_unit_meant(ledger, typed, request) for typed in request.units])
        found = [_assessed(ledger, unit, request, told) for unit in meant]
        for unit, new in zip(meant, found, strict=True):
            _make_room(ledger, unit, new, request)
        ledger.add_facts("assessment", [assessment_row(unit.id, new) for unit, new in zip(meant, found, strict=True)])
        ledger.reason = clean(request.reason) if request.reason else None
        ledger.summary = _("{results} ({criteria_set}, {day}): {units}").format(
            results=assessment_words(found[0]),
            criteria_set=found[0].criteria_set,
            day=show_day(request.day),
            units=unit_names(meant),
        )
    if any(new.unknown for new in found):
        codes = ", ".join(dict.fromkeys(code for new in found for code in new.unknown))
        session.say(_("Not concluded: {codes}").format(codes=codes))
    if told.missing is None and any(_untold(new, told) for new in found):
        count = max(len(_untold(new, told)) for new in found)
        text = _("Of {count} of them nothing was told: they count as not assessed. Where they are met, add --missing 0")
        session.say(text.format(count=number(count)))


def _untold(assessment: Assessment, told: ToldResults) -> list[str]:
    """What is left open since nothing was told of it."""
    return [code for code in assessment.unknown if code not in (*told.values, *told.verdicts, *told.unknown)]


def assessment_words(assessment: Assessment) -> str:
    """“17/19 tiêu chí, chưa đạt: 5, 17.2”."""
    words = [_("{met} criteria met").format(met=assessment.met)]
    words += [_("not met: {missing}").format(missing=", ".join(assessment.missing))] if assessment.missing else []
    return ", ".join(words)


def _unit_meant(ledger: Ledger, typed: str, request: AssessRequest) -> Unit:
    """The unit as it stands on the day, of a kind that the programme of the day knows."""
    period = of_year(int(request.day[:4]))

    def may(unit: Unit) -> bool:
        kinds = (*period.kinds_of(unit.tier), *period.participating)
        return unit.kind in kinds and unit.stands_on(request.day)

    found = units.find_unit(ledger.connection, typed, may, stands=lambda unit: unit.stands_on(request.day))
    return check_standing(units.versions(ledger.connection, found.id), request.day)


def _assessed(ledger: Ledger, unit: Unit, request: AssessRequest, told: ToldResults) -> Assessment:
    """What is to be kept of a unit, by the set as its province's office has it."""
    of_set = meant_set(of_year(int(request.day[:4])), request.of_set, unit.tier, unit.kind)
    if of_set is None:
        raise NoCriteriaSet(unit=unit.full_title, day=show_day(request.day), known=", ".join(set_keys()))
    check_set_for(of_set, unit, request.day)
    province = province_of(ledger.connection, unit, date.fromisoformat(request.day))
    by_office: CriteriaSet = known_set(ledger.connection, of_set.key, request.day, province)
    marks = words_applying_to(ledger.connection, unit.id, province, request.day)
    found = concluded(by_office, told, request.day, marks)
    return found._replace(source=stated(request.source), note=stated(request.note))


def _make_room(ledger: Ledger, unit: Unit, new: Assessment, request: AssessRequest) -> None:
    """Voids the one that is corrected; refuses a second one of a day, and to correct what is not on record."""
    on_record = [one for one in assessments_of(ledger.connection, unit.id) if one.criteria_set == new.criteria_set]
    day = request.of_day or new.day
    old = next((one for one in on_record if one.day == day), None)
    if request.reason and old is None:
        days = ", ".join(show_day(one.day) for one in on_record) or "–"
        raise NothingAssessed(unit=unit.full_title, criteria_set=new.criteria_set, day=show_day(day), known=days)
    other = next(
        (one for one in on_record if one.day == new.day and one is not (old if request.reason else None)), None
    )
    if other is not None:
        raise AssessedAlready(
            unit=unit.full_title,
            day=show_day(new.day),
            criteria_set=new.criteria_set,
            results=assessment_words(other),
            code=unit.handle,
        )
    if old is not None and old.id is not None:
        ledger.void("assessment", [old.id])


_PAIR = re.compile(r"\s*([0-9]+(?:\.[0-9a-z]+)*|[a-zđ])\s*[=:]\s*(.+?)\s*", re.IGNORECASE)
# “62,5”, “62.5 %”, “1250 nghìn đồng”; never “1.250”, thousands or decimals, nor below nought.
_NUMBER = re.compile(r"([0-9]{1,9}(?:,[0-9]{1,4}|\.[0-9]{1,2})?)(?:\s*(?:%|[^\W\d].*))?")
_MOST_PER_CENT = 100


def _told(request: AssessRequest) -> ToldResults:
    """The results as typed; raises NoResult, BadResult."""
    verdicts: dict[str, bool] = {}
    values: dict[str, Decimal] = {}
    for text in request.results:
        pair = _PAIR.fullmatch(text)
        word = squeeze(pair[2]) if pair else ""
        if pair and word in MET | NOT_MET:
            verdicts[pair[1]] = word in MET
        elif pair and (typed := _NUMBER.fullmatch(pair[2])):
            values[pair[1]] = Decimal(typed[1].replace(",", "."))
            if "%" in pair[2] and not 0 <= values[pair[1]] <= _MOST_PER_CENT:
                raise BadResult(text=text)
        else:
            raise BadResult(text=text)
    missing = None if request.missing is None else codes_in(request.missing)
    if request.met is None and missing is None and not request.results:
        raise NoResult
    return ToldResults(request.met, missing, codes_in(request.unknown or ""), verdicts, values)
