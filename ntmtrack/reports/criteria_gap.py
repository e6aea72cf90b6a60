"""What units lack of a criteria set as reports: by unit, by criterion, of the recognised who meet it no more."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ntmtrack.assessment import Assessment, criteria_missing
from ntmtrack.i18n import _, number
from ntmtrack.model import Confidence, Unit
from ntmtrack.programmes.criteria import Content, CriteriaSet, Criterion, Threshold
from ntmtrack.progress import Moment
from ntmtrack.progress.criteria import CriterionCounts, count_criteria
from ntmtrack.reports import CellKind, Column, LabelledCode, Report, Table, day_cell
from ntmtrack.reports.conditions import SIGNS
from ntmtrack.reports.labels import as_of_day, made_up_assessments
from ntmtrack.text import few

_NAMED = 10


class GapUnit(NamedTuple):
    """A unit with its last assessment; None where nobody has assessed it."""

    unit: Unit
    assessment: Assessment | None


class _Gap(NamedTuple):
    """What an assessed unit lacks: criteria, the hardest first, with the contents that are told of them."""

    unit: Unit
    assessment: Assessment
    criteria: Sequence[str]
    short: int


def gap_report(units: Sequence[GapUnit], of_set: CriteriaSet, scope: str, moment: Moment) -> Report:
    """Criteria by how many units lack them, the hardest first; the units, those that lack least first."""
    assessed = [(one.unit, one.assessment) for one in units if one.assessment]
    hard = _hardest([assessment for _unit, assessment in assessed], of_set)
    order = {one.criterion.code: place for place, one in enumerate(hard)}
    gaps = [gap for unit, found in assessed if (gap := _gap(unit, found, of_set, order)).short]
    one_short = [gap for gap in gaps if gap.short == 1]
    more = sorted((gap for gap in gaps if gap.short > 1), key=lambda gap: gap.short)
    unassessed = [one.unit for one in units if one.assessment is None]
    tables = [
        _hard_table(hard),
        _units_table("one-short", _("One criterion short ({count})").format(count=number(len(one_short))), one_short),
        _units_table("more", _("More than one short ({count})").format(count=number(len(more))), more),
    ]
    title = _("Criteria that communes of {scope} lack").format(scope=scope)
    words = _("{day}; set {set}; assessed {assessed} of {total} communes, {met} meet all").format(
        day=as_of_day(moment),
        set=of_set.key,
        assessed=number(len(assessed)),
        total=number(len(units)),
        met=number(len(assessed) - len(gaps)),
    )
    return Report(
        key="criteria-gap",
        title=title,
        subtitle=words,
        tables=[table for table in tables if table.rows],
        data=lambda: [_tidy(units, of_set)],
        notes=[*_unassessed_note(unassessed), *made_up_assessments(_made_up(units))],
        facts={"scope": scope, "set": of_set.key, "as_of": moment.day.isoformat()},
    )


def counted_report(units: Sequence[GapUnit], of_set: CriteriaSet) -> Report:
    """Units that a line counts, each with what it lacks, those that lack least first."""
    gaps = [_gap(one.unit, one.assessment, of_set, {}) for one in units if one.assessment]
    table = _units_table("units", _("Units"), sorted(gaps, key=lambda gap: gap.short))
    return Report(key="units", title="", tables=[table])


def _hardest(found: Sequence[Assessment], of_set: CriteriaSet) -> list[CriterionCounts]:
    """The criteria that any unit lacks or leaves open, the one that most lack first."""
    hard = [one for one in count_criteria(found, of_set) if one.missing or one.open]
    return sorted(hard, key=lambda one: (-one.missing, -one.open))


def _gap(unit: Unit, found: Assessment, of_set: CriteriaSet, order: Mapping[str, int]) -> _Gap:
    """What a unit lacks; how many criteria it is short of meeting all, those left open among them."""
    criteria = sorted(criteria_missing(found, of_set), key=lambda code: order.get(code, len(order)))
    return _Gap(unit, found, criteria, of_set.total - found.met)


def _hard_table(hard: Sequence[CriterionCounts]) -> Table:
    columns: list[Column[CriterionCounts]] = [
        Column("criterion", _("Code"), CellKind.KEY, of=lambda one: one.criterion.code),
        Column("name", _("Criterion"), of=lambda one: one.criterion.name),
        Column("missing", _("not met"), CellKind.COUNT, _("Communes"), lambda one: one.missing),
        Column("unknown", _("not concluded"), CellKind.COUNT, _("Communes"), lambda one: one.not_concluded or None),
        Column("met", _("met"), CellKind.COUNT, _("Communes"), lambda one: one.met),
    ]
    return Table.of("hardest", _("Hardest criteria"), hard, columns)


def _units_table(key: str, title: str, gaps: Sequence[_Gap]) -> Table:
    columns: list[Column[_Gap]] = [
        Column("unit", _("Unit"), of=lambda gap: LabelledCode(gap.unit.code, gap.unit.title)),
        Column("parent", _("In"), of=lambda gap: gap.unit.parent_name),
        Column("met", _("met"), CellKind.COUNT, of=lambda gap: gap.assessment.met),
        Column("short", _("short"), CellKind.COUNT, of=lambda gap: gap.short),
        Column("missing", _("Not met"), of=_missing_words),
        Column("unknown", _("Not concluded"), of=lambda gap: ", ".join(gap.assessment.unknown) or None),
        Column("day", _("Assessed"), CellKind.DAY, of=lambda gap: day_cell(gap.assessment.day)),
    ]
    return Table.of(key, title, gaps, columns)


def _missing_words(gap: _Gap) -> str | None:
    """The criteria with what is told of their contents: "17 (17.2, 17.6), 5"; that only the number is known."""
    if gap.assessment.missing is None:
        return _("only the number is known")
    return ", ".join(_with_contents(code, gap.assessment.missing) for code in gap.criteria) or None


def _with_contents(code: str, missing: Sequence[str]) -> str:
    contents = [one for one in missing if one.startswith(f"{code}.")]
    return f"{code} ({', '.join(contents)})" if contents else code


def _made_up(units: Sequence[GapUnit]) -> int:
    return sum(one.assessment is not None and one.assessment.confidence is Confidence.ILLUSTRATIVE for one in units)


def _unassessed_note(units: Sequence[Unit]) -> list[str]:
    if not units:
        return []
    return [_("Not assessed: {names}.").format(names=few([unit.full_title for unit in units], _NAMED))]


def _tidy(units: Sequence[GapUnit], of_set: CriteriaSet) -> Table:
    def told(getter: str) -> Column[GapUnit]:
        return Column(getter, getter, of=lambda one: getattr(one.assessment, getter) if one.assessment else None)

    def codes(getter: str) -> Column[GapUnit]:
        return Column(
            getter, getter, of=lambda one: _codes(getattr(one.assessment, getter) if one.assessment else None)
        )

    columns: list[Column[GapUnit]] = [
        Column("code", "code", of=lambda one: one.unit.code),
        Column("unit", "unit", of=lambda one: one.unit.title),
        Column("parent", "parent", of=lambda one: one.unit.parent_name),
        told("met"),
        Column("total", "total", CellKind.COUNT, of=lambda _one: of_set.total),
        Column("missing", "missing", of=lambda one: _codes(one.assessment.missing) if one.assessment else None),
        Column("unknown", "unknown", of=lambda one: _codes(one.assessment.unknown) if one.assessment else None),
        told("day"),
        told("source"),
    ]
    return Table.of("units", "", units, columns)


def _codes(codes: Sequence[str] | None) -> str | None:
    return None if codes is None else " ".join(codes)


def _asked(threshold: Threshold) -> str:
    return f"{SIGNS[threshold.operator]} {threshold.value} {threshold.counted_in or ''}".strip()


class _Row(NamedTuple):
    """A criterion or content of one unit that is not met, or left open, with its value and its threshold."""

    code: str
    name: str
    state: str
    value: str | None
    threshold: str | None


def unit_gap_report(
    unit: Unit, sets: Sequence[tuple[CriteriaSet, Assessment]], marks: Sequence[str], moment: Moment
) -> Report:
    """What one unit lacks by each of these sets, in words."""
    columns: list[Column[_Row]] = [
        Column("code", _("Code"), of=lambda row: row.code),
        Column("name", _("Criterion, content"), of=lambda row: row.name),
        Column("state", _("State"), of=lambda row: row.state),
        Column("value", _("Value"), of=lambda row: row.value),
        Column("threshold", _("Threshold"), of=lambda row: row.threshold),
    ]
    tables = [
        Table.of(of_set.key, assessment_title(of_set, found), [*_rows(of_set, found, marks)], columns)
        for of_set, found in sets
    ]
    told_by_number = [of_set.key for of_set, found in sets if found.missing is None]
    notes = [_("Only the number is known: {sets}.").format(sets=", ".join(told_by_number))] if told_by_number else []
    return Report(
        key="criteria-gap",
        title=_("Criteria that {unit} lacks").format(unit=unit.full_title),
        subtitle="; ".join([as_of_day(moment), *(assessment_title(*one) for one in sets if len(sets) == 1)]),
        tables=[table for table in tables if table.rows],
        data=tables,
        notes=notes,
        facts={"unit": unit.title, "as_of": moment.day.isoformat()},
    )


def assessed_notes(latest: Sequence[tuple[CriteriaSet, Assessment]]) -> list[str]:
    """For the card of a unit: its last assessment by each set, in a sentence."""
    notes = []
    for of_set, found in latest:
        lacks = _("not met: {missing}").format(missing=", ".join(found.missing)) if found.missing else ""
        opened = _("not concluded: {codes}").format(codes=", ".join(found.unknown)) if found.unknown else ""
        notes.append("; ".join(filter(None, [assessment_title(of_set, found), lacks, opened])) + ".")
    return notes


def assessment_title(of_set: CriteriaSet, found: Assessment) -> str:
    """“2021-2025/xa-ntm: đạt 17/19, rà soát 30/06/2024”."""
    assessed = day_cell(found.day)
    return _("{set}: {met} of {total}, assessed {day}").format(
        set=of_set.key, met=found.met, total=of_set.total, day=assessed.label if assessed else ""
    )


def _rows(of_set: CriteriaSet, found: Assessment, marks: Sequence[str]) -> Iterator[_Row]:
    items: dict[str, Criterion | Content] = {criterion.code: criterion for criterion in of_set.criteria}
    items |= {content.code: content for criterion in of_set.criteria for content in criterion.contents}
    values, year = dict(found.results), int(found.day[:4])
    states = dict.fromkeys(found.missing or (), _("not met")) | dict.fromkeys(found.unknown, _("not concluded"))
    for code, state in states.items():
        threshold = of_set.threshold(code, year, marks)
        asked = (
            f"{SIGNS[threshold.operator]} {threshold.value} {threshold.counted_in or ''}".strip() if threshold else None
        )
        if threshold and not threshold.verified:
            asked = _("{threshold} (not checked)").format(threshold=asked)
        yield _Row(code, items[code].name if code in items else code, state, values.get(code), asked)
