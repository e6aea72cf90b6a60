"""Checks of what is on record: decisions, levels and their order, the plans and the units that they name."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from ntmtrack.commands.checks.context import CheckContext, CheckFinding
from ntmtrack.commands.lint_context import lint_context_of
from ntmtrack.commands.progress_lines import compared_by_name
from ntmtrack.dates import first_day, is_whole, last_day, show_day
from ntmtrack.decisions import DecisionKey, is_short_of, key_of
from ntmtrack.i18n import _
from ntmtrack.lint import Weight
from ntmtrack.lint.linter import check_plan
from ntmtrack.model import Decision, Recognition
from ntmtrack.programmes import known_level, programme
from ntmtrack.roadmaps import line_title
from ntmtrack.rules import comes_before, evidence, ladder, year_of_unit
from ntmtrack.text import few, squeeze


def check_decision_days(context: CheckContext) -> Iterator[CheckFinding]:
    """One number, in one year and of one issuer, with two days."""
    for group in _alike(context.decisions):
        days = sorted({decision.signed_on for decision in group if decision.signed_on and is_whole(decision.signed_on)})
        if len(days) > 1:
            units = _resting(context, group)
            if not units:
                continue  # of another scope
            text = _("decision {number} is on record as of {days}; units: {units}")
            sentence = text.format(number=group[0].number, days=", ".join(map(show_day, days)), units=few(units))
            yield CheckFinding(Weight.DOUBT, sentence, units)


def check_decisions_twice(context: CheckContext) -> Iterator[CheckFinding]:
    """One decision on record several times, spelled differently or with more and less told; one that may be several."""
    for group in _alike(context.decisions):
        whole = {decision.signed_on for decision in group if decision.signed_on and is_whole(decision.signed_on)}
        if len(group) > 1 and len(whole) <= 1:
            units = _resting(context, group)
            if not units:
                continue  # of another scope
            text = _("decision {number} is on record {count} times ({versions}); units: {units}")
            sentence = text.format(
                number=group[0].number, count=len(group), versions="; ".join(map(_words, group)), units=few(units)
            )
            yield CheckFinding(Weight.NOTE, sentence, units)
    yield from _without_day(context)


def _without_day(context: CheckContext) -> Iterator[CheckFinding]:
    """Decisions without a day whose number is on record of several years: any of those may be meant."""
    for number in _by_number(context.decisions):
        dated = sorted({decision.signed_on for decision in number if decision.signed_on})
        undated = [decision for decision in number if not decision.signed_on]
        units = _resting(context, undated)
        if len({day[:4] for day in dated}) > 1 and units:
            text = _("decision {number} without a day may be that of {days}; units: {units}")
            days_ = ", ".join(map(show_day, dated))
            yield CheckFinding(Weight.NOTE, text.format(number=undated[0].number, days=days_, units=few(units)), units)


def _by_number(decisions: Sequence[Decision]) -> list[list[Decision]]:
    """Decisions by their number, however it is spelled; a short one with the only full one that it may stand for."""
    numbers: dict[DecisionKey, list[Decision]] = defaultdict(list)
    for decision in decisions:
        numbers[key_of(decision.number)].append(decision)
    for short in [key for key in numbers if key.is_short]:
        full = [key for key in numbers if is_short_of(numbers[short][0].number, numbers[key][0].number)]
        if len(full) == 1:
            numbers[full[0]] += numbers.pop(short)
    return list(numbers.values())


def _alike(decisions: Sequence[Decision]) -> list[list[Decision]]:
    """Decisions of one number that nothing tells apart but their days: several rows that may be one."""
    alike = []
    for number in _by_number(decisions):
        years = {decision.signed_on[:4] for decision in number if decision.signed_on}
        groups: dict[str, list[Decision]] = defaultdict(list)
        for decision in number:
            groups[
                decision.signed_on[:4] if decision.signed_on else next(iter(years)) if len(years) == 1 else ""
            ].append(decision)
        alike += [part for group in groups.values() for part in _by_issuer(group)]
    return alike


def _by_issuer(group: Sequence[Decision]) -> list[list[Decision]]:
    """The group, parted where several issuers are named."""
    issuers = {squeeze(decision.issuer) for decision in group if decision.issuer}
    if len(issuers) < 2:
        return [list(group)]
    return [
        [decision for decision in group if decision.issuer and squeeze(decision.issuer) == issuer]
        for issuer in sorted(issuers)
    ]


def _resting(context: CheckContext, group: Sequence[Decision]) -> list[str]:
    """The units whose recognitions rest on any of these decisions."""
    ids = {decision.id for decision in group}
    return [
        context.title(unit_id)
        for unit_id, recognitions in context.recognitions.items()
        if any(recognition.decision and recognition.decision.id in ids for recognition in recognitions)
    ]


def _words(decision: Decision) -> str:
    parts = [decision.number, show_day(decision.signed_on) or _("no day"), decision.issuer or ""]
    return ", ".join(part for part in parts if part)


_YEARS_APART = 2


def check_order(context: CheckContext) -> Iterator[CheckFinding]:
    """A level dated before the one below it."""
    for unit_id, recognitions in context.recognitions.items():
        standing = [recognition for recognition in recognitions if recognition.revoked_on is None]
        for recognition, other in combinations(sorted(standing, key=_rank), 2):
            judge = ladder(recognition, other)
            if (
                judge
                and judge.level(recognition.level).rank < judge.level(other.level).rank
                and comes_before(other, recognition)
            ):
                text = _("{unit}: {level} ({evidence}) comes before {below} ({below_evidence})")
                sentence = text.format(
                    unit=context.title(unit_id),
                    level=_label(other),
                    evidence=evidence(other),
                    below=_label(recognition),
                    below_evidence=evidence(recognition),
                )
                yield CheckFinding(Weight.DOUBT, sentence, [context.title(unit_id)])


def check_lower_levels(context: CheckContext) -> Iterator[CheckFinding]:
    """A level of which not every lower one is on record."""
    for census, unit in ((of, unit) for of in context.censuses for unit in of.units):
        level = census.level(unit.rank)
        missing = [lower.label for lower in census.not_on_record(unit)]
        if level and missing:
            text = _("{unit}: {level} is on record, {missing} is not; it counts toward that from then on")
            sentence = text.format(unit=unit.unit.full_title, level=level.label, missing=", ".join(missing))
            yield CheckFinding(Weight.NOTE, sentence, [unit.unit.full_title])


def check_decision_years(context: CheckContext) -> Iterator[CheckFinding]:
    """Decisions signed before the year that they are for, or more than two years after."""
    for unit_id, recognitions in context.recognitions.items():
        for recognition in recognitions:
            iso = recognition.decided_on
            if not iso or recognition.year is None:
                continue
            if last_day(iso) < date(recognition.year, 1, 1):
                text, weight = _("{unit}: {level} for {year} was decided on {day}, before that year"), Weight.DOUBT
            elif first_day(iso).year > recognition.year + _YEARS_APART:
                text = _("{unit}: {level} for {year} was decided on {day}, more than two years after")
                weight = Weight.NOTE
            else:
                continue
            title = context.title(unit_id)
            sentence = text.format(unit=title, level=_label(recognition), year=recognition.year, day=show_day(iso))
            yield CheckFinding(weight, sentence, [title])


def check_ended_units(context: CheckContext) -> Iterator[CheckFinding]:
    """Units recognised for a year in which they did not stand, or were of a kind that is not counted."""
    for unit_id, recognitions in context.recognitions.items():
        for recognition in recognitions:
            if recognition.year is None:
                continue
            versions = context.versions[unit_id]
            year = year_of_unit(versions, recognition.basis, recognition.year)
            alive = [version for version in versions if version.alive_in(year)]
            period = programme(recognition.programme)
            title = context.title(unit_id)
            if not alive:
                text = _("{unit}: {level} for {year}, when the unit did not stand")
            elif not any(version.kind in period.kinds_of(version.tier) for version in alive):
                text = _("{unit}: {level} for {year}, when units of its kind were not counted")
            else:
                continue
            yield CheckFinding(
                Weight.DOUBT, text.format(unit=title, level=_label(recognition), year=recognition.year), [title]
            )


def _rank(recognition: Recognition) -> int:
    level = known_level(recognition.programme, recognition.level)
    return level.rank if level else 0


def _label(recognition: Recognition) -> str:
    level = known_level(recognition.programme, recognition.level)
    return level.label if level else recognition.level


def check_roadmaps(context: CheckContext) -> Iterator[CheckFinding]:
    """What the linter finds wrong in the roadmaps that apply; its notes are left to `roadmap check`."""
    for stored in (context.spec.plans.own, *context.spec.plans.beside):
        if stored is None:
            continue
        for finding in check_plan(stored.plan, lint_context_of(context.connection, stored.plan)):
            if finding.weight is not Weight.NOTE:
                yield CheckFinding(finding.weight, f"{stored.plan.number}: {finding.text} ({finding.cite})")


def check_named_units(context: CheckContext) -> Iterator[CheckFinding]:
    """Units that the plan names against those that reached the level, where the two differ."""
    for names in compared_by_name(context.connection, context.spec):
        late = names.late if names.target.year <= context.spec.moment.day.year else ()
        parts = (
            (_("named and not reached: {units}"), late),
            (_("reached and not named: {units}"), names.beyond),
            (_("named and not found in the ledger: {units}"), names.unknown),
        )
        differing = [text.format(units=", ".join(units)) for text, units in parts if units]
        if differing:
            line = line_title(names.target.line, context.spec.view.programme)
            text = _("{line} ({year}), by name: {told}").format(
                line=line, year=names.target.year, told="; ".join(differing)
            )
            yield CheckFinding(Weight.NOTE, text, [unit for _text, units in parts for unit in units])
