"""Which checks there are, and running those that are asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.checks.context import CheckContext, CheckFinding, LedgerRecords
from ntmtrack.commands.checks.course import check_falls, check_years
from ntmtrack.commands.checks.districts import check_district_communes
from ntmtrack.commands.checks.emulation import check_awards
from ntmtrack.commands.checks.file import check_chain, check_closed_years, check_guards
from ntmtrack.commands.checks.ledger import (
    check_decision_days,
    check_decision_years,
    check_decisions_twice,
    check_ended_units,
    check_lower_levels,
    check_named_units,
    check_order,
    check_roadmaps,
)
from ntmtrack.commands.checks.printed import check_parts, check_percents
from ntmtrack.commands.checks.published import check_figures, check_unit_totals
from ntmtrack.commands.checks.units import check_acknowledged, check_snapshots, check_successions, check_units_twice
from ntmtrack.commands.question import ReportOptions, ReportSpec, resolve
from ntmtrack.dates import day_before
from ntmtrack.errors import NothingToCount, NoUnits, UnknownCheck
from ntmtrack.i18n import N_, _
from ntmtrack.lint import Weight
from ntmtrack.reports import LabelledCode, Report, checks
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.actions import counts
from ntmtrack.storage.queries.facts import scopes_shown
from ntmtrack.storage.queries.membership import NEVER
from ntmtrack.text import nearest, squeeze

_OF_THE_LEDGER = ("chain", "guards", "closed")  # whatever the scope


class Check(NamedTuple):
    """A check: what it is called beside its name, what it looks for, and how."""

    called: str
    says: str
    run: Callable[[CheckContext], Iterator[CheckFinding]]


# By name, in the order in which they are told.
CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "chain": Check(N_("record chain"), N_("actions and facts are as the program wrote them"), check_chain),
        "guards": Check(
            N_("file structure"), N_("tables and rules of the file are as this program made them"), check_guards
        ),
        "closed": Check(
            N_("closed years"), N_("figures of closed years still rest on the same facts"), check_closed_years
        ),
        "order": Check(N_("order of levels"), N_("no level comes before the one below it"), check_order),
        "prerequisite": Check(N_("lower levels"), N_("every lower level is on record"), check_lower_levels),
        "decision-year": Check(
            N_("years of decisions"),
            N_("decisions fall into the year they are for, or the two after"),
            check_decision_years,
        ),
        "decision-days": Check(N_("days of decisions"), N_("no decision number has two days"), check_decision_days),
        "decision-twice": Check(N_("decisions twice"), N_("no decision is on record twice"), check_decisions_twice),
        "district": Check(
            N_("communes of districts"),
            N_("the communes of recognised districts had reached what is needed"),
            check_district_communes,
        ),
        "ended": Check(
            N_("units that stood"),
            N_("units stood and were counted in the year they are recognised for"),
            check_ended_units,
        ),
        "unit-twice": Check(
            N_("units twice"), N_("no unit stands on record twice, no code is two units’"), check_units_twice
        ),
        "succession": Check(
            N_("successors"), N_("no unit is counted beside the one that took its place"), check_successions
        ),
        "acknowledged": Check(
            N_("acknowledgements"),
            N_("what was acknowledged after a merger is on record of the units merged"),
            check_acknowledged,
        ),
        "snapshot": Check(
            N_("lists of communes"), N_("the units of every year are those of its own time"), check_snapshots
        ),
        "published": Check(N_("published figures"), N_("published figures agree with the ledger"), check_figures),
        "total": Check(
            N_("published totals"), N_("published figures are of as many units as there were"), check_unit_totals
        ),
        "percents": Check(N_("published per cents"), N_("published per cents come of their base"), check_percents),
        "parts": Check(
            N_("published parts"), N_("bands add up to their total, averages come of their sum"), check_parts
        ),
        "falls": Check(N_("published falls"), N_("no cumulative figure of a source falls"), check_falls),
        "years": Check(
            N_("published years"), N_("the year before and what was added make the year after"), check_years
        ),
        "plan": Check(N_("roadmap itself"), N_("the roadmap does not contradict itself"), check_roadmaps),
        "names": Check(
            N_("units named"),
            N_("the units that the roadmap names are those that reached the level"),
            check_named_units,
        ),
        "awards": Check(
            N_("awards"), N_("what was rewarded still stands, places are not exceeded without a reason"), check_awards
        ),
    }
)


def list_checks() -> Report:
    """The checks by name, with what each looks for."""
    return checks.known_checks_report([(_label(name), _(check.says)) for name, check in CHECKS.items()])


def _label(name: str) -> LabelledCode:
    return LabelledCode(name, _(CHECKS[name].called))


def run_checks(session: Session, names: Sequence[str], options: ReportOptions) -> tuple[Report, bool]:
    """What the checks find, and whether any of it is a contradiction or a doubt.

    Only those named, or all. Raises UnknownCheck and what `resolve` raises.
    """
    chosen = _chosen(names)
    with session.reading() as connection:
        views = list(_views(session, connection, options))
        until = session.today if options.year is None and options.as_of is None else None
        records = LedgerRecords(session.file, connection)
        every = [CheckContext(records, spec, until) for spec in views]
        findings = [
            (name, finding)
            for name in chosen
            for context in (every[:1] if name in _OF_THE_LEDGER else every)
            for finding in CHECKS[name].run(context)
        ]
        made_up = counts(connection)["illustrative"]
    rows = [
        checks.LedgerFinding(_label(name), finding.weight, finding.text, tuple(finding.units))
        for name, finding in findings
    ]
    scope = ", ".join(dict.fromkeys(spec.scope_name for spec in views))
    report = checks.ledger_findings_report(rows, scope, views[0].moment, views[0].view.basis, made_up)
    return report, any(finding.weight is not Weight.NOTE for _name, finding in findings)


def _views(session: Session, connection: Connection, options: ReportOptions) -> Iterator[ReportSpec]:
    """What is asked; where the ledger holds several provinces and none is named, that of each.

    Of one that has ended its last year, where no time is asked about.
    """
    every = [] if scopes_shown(connection) else units.all_provinces(connection)
    if options.scope is not None or len(every) < 2:
        yield resolve(connection, options, session.today, planned=True)
        return
    refused, ended, seen = None, [], 0
    for province in every:
        try:
            spec = resolve(connection, options, session.today, planned=True, of=province)
        except (NoUnits, NothingToCount) as refusal:  # it did not stand then
            refused = refusal
            continue
        seen += 1
        if spec.moment.units_on.isoformat() < (province.until or NEVER):
            yield spec
        elif options.year is None and options.as_of is None and province.until:  # its heirs are another's
            ended.append((province, int(day_before(province.until)[:4])))
    for province, year in ended:
        yield resolve(connection, options._replace(year=year), session.today, planned=True, of=province)
    if refused and not seen:
        raise refused


def _chosen(names: Iterable[str]) -> list[str]:
    """The checks of these names, or called so; all where none is named."""
    called = {squeeze(word): name for name in CHECKS for word in (name, _label(name).label)}
    for name in names:
        if squeeze(name) not in called:
            words = [_label(known).label for known in CHECKS]
            raise UnknownCheck(name=name, near=nearest(name, [*words, *CHECKS]), known=", ".join(words))
    return list(dict.fromkeys(called[squeeze(name)] for name in names)) or list(CHECKS)
