"""The recognised that no longer meet their criteria, as a report."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.assessment import Assessment
from ntmtrack.i18n import _
from ntmtrack.model import Confidence, Level, Recognition, Unit
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.progress import Moment
from ntmtrack.reports import CellKind, CellValue, Column, LabelledCode, Report, Table, day_cell
from ntmtrack.reports.labels import as_of_day, made_up_assessments
from ntmtrack.rules import evidence


class AtRisk(NamedTuple):
    """A recognised unit that lacks something of a set: its level, the recognition, its last assessment, since when."""

    unit: Unit
    level: Level
    recognition: Recognition | None
    of_set: CriteriaSet
    assessment: Assessment
    since: str


def at_risk_report(found: Sequence[AtRisk], scope: str, moment: Moment) -> Report:
    """The recognised that no longer meet a set: what they lack, since when, by which source; none is revoked by it."""

    def met(one: AtRisk) -> CellValue:
        return LabelledCode(str(one.assessment.met), f"{one.assessment.met}/{one.of_set.total}")

    columns: list[Column[AtRisk]] = [
        Column("unit", _("Unit"), of=lambda one: LabelledCode(one.unit.code, one.unit.title)),
        Column("parent", _("In"), of=lambda one: one.unit.parent_name),
        Column("level", _("Recognised"), of=lambda one: LabelledCode(one.level.key, one.level.label)),
        Column(
            "evidence",
            _("Year, decision"),
            of=lambda one: evidence(one.recognition) if one.recognition else None,
            spare=1,
        ),
        Column("set", _("Set"), of=lambda one: one.of_set.key),
        Column("met", _("met"), of=met),
        Column("missing", _("Not met"), of=lambda one: _codes_shown(one.assessment)),
        Column("since", _("Since"), CellKind.DAY, of=lambda one: day_cell(one.since)),
        Column("source", _("Source"), of=lambda one: one.assessment.source, spare=2),
    ]
    table = Table.of("at-risk", "", found, columns)
    return Report(
        key="at-risk",
        title=_("Recognised units of {scope} that do not meet their criteria").format(scope=scope),
        subtitle=as_of_day(moment),
        tables=[table] if found else [],
        data=[table],
        notes=[
            _("A recognition stands until it is revoked by decision; this list revokes none.")
            if found
            else _("None by the assessments on record."),
            *made_up_assessments(sum(one.assessment.confidence is Confidence.ILLUSTRATIVE for one in found)),
        ],
        facts={"scope": scope, "as_of": moment.day.isoformat()},
    )


def _evidence(one: AtRisk) -> str | None:
    return evidence(one.recognition) if one.recognition else None


def _codes_shown(assessment: Assessment) -> str | None:
    return _("only the number is known") if assessment.missing is None else ", ".join(assessment.missing) or None
