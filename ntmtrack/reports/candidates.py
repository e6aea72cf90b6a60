"""Who may be proposed for which award, as tables: a table a form, those that may not be with the reason; the rest."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ntmtrack.dates import show_day
from ntmtrack.emulation import AwardRule, Ground, Movement, Need
from ntmtrack.emulation.achievements import award_words
from ntmtrack.emulation.candidates import Candidate, Exclusion, Finding, RuleCandidates, Why
from ntmtrack.emulation.facts import CriteriaMet, Open
from ntmtrack.i18n import _, day, ngettext, number
from ntmtrack.model import Confidence, Decision, Unit
from ntmtrack.programmes import known_level
from ntmtrack.progress import Moment
from ntmtrack.reports import CellKind, CellValue, Column, LabelledCode, Report, Table
from ntmtrack.reports.labels import as_of_day
from ntmtrack.rules import decision_words, evidence
from ntmtrack.text import few

_NAMED = 5


class CandidatesOfYear(NamedTuple):
    """What the candidates of a year are told with: the units by id, the titles of the parts, the set that was met."""

    movement: Movement
    moment: Moment
    units: Mapping[int, Unit]
    parts: Mapping[object, str]
    of_set: str | None


class _Row(NamedTuple):
    rule: AwardRule
    candidate: Candidate


def candidates_report(found: Sequence[RuleCandidates], of: CandidatesOfYear) -> Report:
    """Every form with how many may be proposed; then a table for each under which anybody is named or left open."""
    forms = _forms_table(found)
    named = [table for one in found for table in (_table(one, of), _open_table(one, of)) if table.rows]
    rows = [_Row(one.rule, candidate) for one in found for candidate in one.found]
    tidy = Table.of("candidates", "", rows, [*_columns(of), *_tidy_columns(of)])
    return Report(
        key="candidates",
        title=_("Candidates for awards of {year}: {title}").format(year=of.moment.day.year, title=of.movement.title),
        subtitle="; ".join([as_of_day(of.moment), of.movement.scope_name, *_only_form(found)]),
        tables=named if named and len(found) == 1 else [*([forms.told()] if found else []), *named],
        data=[tidy, forms, *(_open_table(one, of) for one in found if one.open)],
        notes=[*_notes(found, of)],
        facts={"movement": of.movement.key, "year": of.moment.day.year, "as_of": of.moment.day.isoformat()},
    )


def _only_form(found: Sequence[RuleCandidates]) -> Iterator[str]:
    """The form that is asked about, where it is one: the first table has no title of its own."""
    if len(found) == 1:
        yield f"{form_title(found[0].rule)}: {found[0].rule.says}"


def form_title(rule: AwardRule) -> str:
    """“A2 · Bằng khen của Chủ tịch UBND tỉnh (V.2.c)”."""
    return f"{rule.key} · {rule.name} ({rule.cite})"


def _table(one: RuleCandidates, of: CandidatesOfYear) -> Table:
    hidden = ("form", "cite", "state")
    columns = [column for column in _columns(of) if column.key not in hidden]
    rows = [_Row(one.rule, candidate) for candidate in one.found]
    return Table.of(f"form_{one.rule.key}", f"{form_title(one.rule)}: {one.rule.says}", rows, columns).told()


def _columns(of: CandidatesOfYear) -> list[Column[_Row]]:
    return [
        Column("number", _("No."), CellKind.COUNT),
        Column("form", _("Form"), CellKind.KEY, of=lambda row: row.rule.key),
        Column("cite", _("Clause"), of=lambda row: row.rule.cite),
        Column("candidate", _("Candidate"), of=lambda row: _who(row, of)),
        Column("part", _("In"), of=lambda row: _part(row.candidate, of)),
        Column("reason", _("Reason"), of=lambda row: _reason(row.candidate, of)),
        Column("conditions", _("Conditions"), of=lambda row: _conditions(row.candidate.findings)),
        Column("state", _("State"), of=lambda row: _state(row.candidate)),
        Column("excluded", _("Not to be proposed because"), of=lambda row: _exclusions(row.candidate, of) or None),
    ]


def _tidy_columns(of: CandidatesOfYear) -> list[Column[_Row]]:
    """What stands in words elsewhere, field by field."""

    def decided(row: _Row) -> Decision | None:
        return row.candidate.recognition.decision if row.candidate.recognition else None

    def met(name: str) -> Column[_Row]:
        return Column(name, name, CellKind.COUNT, of=lambda row: getattr(row.candidate.met, name, None))

    return [
        Column("unit", "unit", of=lambda row: few([of.units[unit].title for unit in row.candidate.unit_ids], _NAMED)),
        Column("level", "level", of=lambda row: getattr(row.candidate.recognition, "level", None)),
        Column("decision", "decision", of=lambda row: getattr(decided(row), "number", None)),
        Column("signed_on", "signed_on", of=lambda row: getattr(decided(row), "signed_on", None)),
        *map(met, ("before", "now", "gain")),
        Column("ties", "ties", CellKind.COUNT, of=lambda row: row.candidate.ties if row.candidate.met else None),
        Column("amount", "amount", CellKind.COUNT, of=lambda row: row.candidate.amount),
    ]


def _state(one: Candidate) -> LabelledCode:
    return LabelledCode("excluded", _("excluded")) if one.exclusions else LabelledCode("candidate", _("candidate"))


def _who(row: _Row, of: CandidatesOfYear) -> CellValue:
    """A unit, or a giver; of a private one only what it is and where."""
    one = row.candidate
    titles = [of.units[unit].title for unit in one.unit_ids]
    if row.rule.ground is not Ground.CONTRIBUTION:
        return LabelledCode(of.units[one.unit_ids[0]].code or titles[0], titles[0])
    if one.party:
        return one.party
    text = _("{recipient} (not named), {unit}")
    return text.format(recipient=row.rule.recipient.label, unit=few(titles, _NAMED))


def _part(one: Candidate, of: CandidatesOfYear) -> str | None:
    if one.part is not None:
        return of.parts.get(one.part)
    return of.units[one.unit_ids[0]].parent_name


def _reason(one: Candidate, of: CandidatesOfYear) -> str:
    if one.recognition:
        level = known_level(one.recognition.programme, one.recognition.level, of.units[one.unit_ids[0]].tier)
        made_up = f" ({Confidence.ILLUSTRATIVE.label})" if one.recognition.confidence is Confidence.ILLUSTRATIVE else ""
        label = level.label if level else one.recognition.level
        return f"{label}, {evidence(one.recognition)}{made_up}"
    return _completed(one, one.met) if one.met else "; ".join(_given(one, of))


def _completed(one: Candidate, met: CriteriaMet) -> str:
    """“hoàn thành 4 tiêu chí trong năm (11 → 15); bằng nhau: 2 xã; còn 3 xã chưa kết luận”."""
    text = _("completed {gain} criteria in the year ({before} → {now})")
    parts = [text.format(gain=met.gain, before=met.before, now=met.now)]
    if one.ties > 1:
        parts.append(_("tied: {count} units").format(count=number(one.ties)))
    if one.after:
        parts.append(_("the most but for those excluded"))
    if one.open:
        text = ngettext(
            "{count} unit of the part is not concluded", "{count} units of the part are not concluded", one.open
        )
        parts.append(text.format(count=number(one.open)))
    return "; ".join(parts)


def _given(one: Candidate, of: CandidatesOfYear) -> Iterator[str]:
    if one.amount is not None:
        units = few([of.units[unit].title for unit in one.unit_ids], _NAMED)
        yield _("gave {amount} đồng in all, {units}").format(amount=number(one.amount), units=units)
        if not one.is_one_giver:
            yield _("no name is kept: one giver or several")
    for product in one.products:
        text = _("OCOP product {name}, {stars} stars{by}{until}")
        by = f", {decision_words(product.decision)}" if product.decision else ""
        term = _("valid until {valid_until}").format(valid_until=show_day(product.valid_until))
        until = f", {term}" if product.valid_until else ""
        yield text.format(name=product.name, stars=product.value, by=by, until=until)


def _conditions(findings: Sequence[Finding]) -> str | None:
    """Each condition in words that the ledger can tell: met, not met, what nobody told.

    Those for which somebody is excluded are told there.
    """
    told = [
        one
        for one in findings
        if one.condition.need is not Need.JUDGED and not (one.condition.excludes and one.holds is False)
    ]
    return "; ".join(map(_condition, told)) or None


def _condition(finding: Finding) -> str:
    says = finding.condition.says
    if finding.holds is None and finding.condition.need is Need.NO_ARREARS:
        return _("arrears: no data")
    if finding.holds is None:
        return _("{says}: no data").format(says=says)
    return _("met: {says}").format(says=says) if finding.holds else _("not met: {says}").format(says=says)


def _exclusions(one: Candidate, of: CandidatesOfYear) -> str:
    return "; ".join(exclusion_words(why, one, of) for why in one.exclusions)


def exclusion_words(why: Exclusion, one: Candidate, of: CandidatesOfYear) -> str:
    """Why somebody may not be proposed, in words."""
    if why.why is Why.REVOKED:
        assert one.recognition
        text = _("recognition revoked {day}{by}")
        by = f" ({one.recognition.revoked_by})" if one.recognition.revoked_by else ""
        return text.format(day=show_day(one.recognition.revoked_on), by=by)
    if why.why is Why.ACKNOWLEDGED:
        return _("acknowledged after a merger, not newly recognised")
    if why.condition:
        says, cite = why.condition.says, why.condition.cite
        return _("not met: {says} ({cite})").format(says=says, cite=cite)
    assert why.award
    if why.why is Why.REWARDED:
        return _("rewarded for this already: {award}").format(award=award_words(why.award))
    if why.why is Why.PART:
        unit, part = of.units.get(why.award.unit_id), of.parts.get(one.part, "")
        words = {"unit": unit.title if unit else "", "part": part, "award": award_words(why.award)}
        return _("{unit} of {part} has it already: {award}").format(**words)
    return _("has had this form: {award}").format(award=award_words(why.award))


class _OpenRow(NamedTuple):
    part: object
    why: str
    units: Sequence[int]


def _open_table(one: RuleCandidates, of: CandidatesOfYear) -> Table:
    """How many units of each part are not concluded, with the reason and the first of them."""
    by: dict[tuple[object, str], list[int]] = {}
    for part, unit, why in one.open:
        by.setdefault((part, why.label), []).append(unit)
    order = list(of.parts)
    rows = sorted(
        (_OpenRow(part, why, units) for (part, why), units in by.items()),
        key=lambda row: order.index(row.part) if row.part in order else len(order),
    )
    columns: list[Column[_OpenRow]] = [
        Column("part", _("In"), of=lambda row: _part_left_open(row, of)),
        Column("why", _("Not concluded because"), of=lambda row: row.why),
        Column("count", _("How many"), CellKind.COUNT, of=lambda row: len(row.units)),
        Column("units", _("Of them"), of=lambda row: few([of.units[unit].title for unit in row.units], _NAMED)),
    ]
    title = _("{form}: not concluded, so neither candidates nor left out").format(form=one.rule.key)
    return Table.of(f"open_{one.rule.key}", title, rows, columns)


def _part_left_open(row: _OpenRow, of: CandidatesOfYear) -> str | None:
    """The part of units that are not concluded; of others than those compared in parts where the first lies."""
    if row.part in of.parts:
        return of.parts[row.part]
    return of.units[row.units[0]].parent_name if row.why == Open.NO_YEAR.label else _("not known")


def _forms_table(found: Sequence[RuleCandidates]) -> Table:
    def count(of: Callable[[RuleCandidates], int]) -> Callable[[RuleCandidates], int | None]:
        return lambda one: of(one) if one.is_listed else None

    columns: list[Column[RuleCandidates]] = [
        Column("form", _("Form"), CellKind.KEY, of=lambda one: one.rule.key),
        Column("name", _("Award"), of=lambda one: one.rule.name, spare=1),
        Column("says", _("Clause says"), of=lambda one: one.rule.says),
        Column("cite", _("Clause"), of=lambda one: one.rule.cite),
        Column("candidates", _("candidates"), CellKind.COUNT, of=count(lambda one: len(one.proposable))),
        Column("excluded", _("excluded"), CellKind.COUNT, of=count(lambda one: len(one.found) - len(one.proposable))),
        Column("open", _("not concluded"), CellKind.COUNT, of=lambda one: len(one.open) or None),
        Column("how", _("Remark"), of=lambda one: _how(one)),
    ]
    return Table.of("forms", _("Forms of award"), found, columns)


def _how(one: RuleCandidates) -> str | None:
    """Why nobody is named under a form."""
    if one.is_listed:
        return None
    return _("places: ntmtrack quota") if one.rule.places is not None else _("judged by the office")


def _notes(found: Sequence[RuleCandidates], of: CandidatesOfYear) -> Iterator[str]:
    if not found:
        yield _("The rules of this movement on record have no form of award.")
    if any(one.rule.ground is Ground.MOST_CRITERIA for one in found):
        text = _(
            "Most criteria: those completed within the year, by the assessments at the ends of the year before and of"
            " the year; set {set}. Of those alike nobody is chosen."
        )
        yield text.format(set=of.of_set or _("not known"))
    findings = [finding for one in found for candidate in one.found for finding in candidate.findings]
    judged = dict.fromkeys(one.condition for one in findings if one.condition.need is Need.JUDGED)
    if judged:
        says = "; ".join(f"{one.says} ({one.cite})" for one in judged)
        yield _("Judged by the office besides: {says}.").format(says=says)
    if of.moment.is_today:
        yield _("The year has not ended: this is as of {day}.").format(day=day(of.moment.day))
