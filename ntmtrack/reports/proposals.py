"""The list with a submission (tờ trình): whom to reward for what, by which decision, in which form, by which clause."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ntmtrack.emulation import AwardRule, Ground, Movement, Need, Recipient
from ntmtrack.emulation.candidates import Candidate, RuleCandidates
from ntmtrack.emulation.quota import Quota
from ntmtrack.i18n import _, ngettext, number
from ntmtrack.model import Confidence, Recognition, Unit
from ntmtrack.programmes import known_level
from ntmtrack.reports import CellKind, Column, Report, Table
from ntmtrack.reports.labels import clause_words, document_label
from ntmtrack.rules import decision_words
from ntmtrack.text import few

_NAMED = 5


class Proposal(NamedTuple):
    """One row: who, of where, for what, by which decisions, under which rule; in which parts its places are.

    `open_points` is what is to be settled before it is signed, and stands on no paper.
    """

    who: str
    place: str | None
    achievement: str
    decision: str
    rule: AwardRule
    movement: Movement
    parts: str = ""
    open_points: tuple[str, ...] = ()


class UnitsOfYear(NamedTuple):
    """What rows are told with: a movement, its units by id, the parts in which it compares them, the year."""

    movement: Movement
    units: "dict[int, Unit]"
    parts: "dict[object, str]"
    year: int


def proposals_of(
    found: Sequence[RuleCandidates], places: Sequence[tuple[Quota, Sequence[Recognition]]], of: UnitsOfYear
) -> Iterator[Proposal]:
    """Those that may be proposed under each rule in the order of the movement: units, then how many persons of each.

    Of persons and households only how many there is place for, beside the recognitions by which there is.
    """
    for one in found:
        proposed = [candidate for candidate in one.found if not candidate.exclusions]
        rivals = Counter(candidate.part for candidate in proposed if candidate.met)
        yield from (_of_candidate(one.rule, candidate, of, rivals[candidate.part]) for candidate in proposed)
        yield from (
            _of_places(quota, earned, of) for quota, earned in places if quota.rule == one.rule and quota.left > 0
        )


def _of_candidate(rule: AwardRule, one: Candidate, of: UnitsOfYear, rivals: int) -> Proposal:
    units = [of.units[unit] for unit in one.unit_ids]
    is_giver = rule.ground is Ground.CONTRIBUTION
    who = units[0].title if not is_giver else one.party or _counted(1, rule.recipient)
    place = few([unit.title for unit in units], _NAMED) if is_giver else units[0].parent_name
    recognitions = [one.recognition] if one.recognition else []
    return Proposal(
        who=who,
        place=place,
        achievement=_achievement(one, of),
        decision=_decisions(recognitions, one),
        rule=rule,
        movement=of.movement,
        open_points=tuple(_open_points(one, of.parts.get(one.part, ""), rivals)),
    )


def _achievement(one: Candidate, of: UnitsOfYear) -> str:
    if one.recognition:
        return _reached([one.recognition], of.units[one.unit_ids[0]], of.year)
    if one.met:
        text = _("Completed {gain} criteria in {year} ({before} → {now}), {rank}")
        rank = _rank(one, of.parts.get(one.part, ""))
        return text.format(gain=one.met.gain, year=of.year, before=one.met.before, now=one.met.now, rank=rank)
    given = [_("Gave {amount} đồng in all").format(amount=number(one.amount))] if one.amount is not None else []
    products = [
        _("OCOP product {name}, {stars} stars").format(name=product.name, stars=product.value)
        for product in one.products
    ]
    return "; ".join([*given, *products])


def _rank(one: Candidate, part: str) -> str:
    """That nobody of a part completed more: among those that may be proposed, where one that may not did."""
    if one.after:
        return _("the most of {part} among those that fulfil the conditions").format(part=part)
    return (_("as many as the most of {part}") if one.ties > 1 else _("the most of {part}")).format(part=part)


def _reached(recognitions: Sequence[Recognition], unit: Unit, year: int) -> str:
    labels = []
    for one in recognitions:
        level = known_level(one.programme, one.level, unit.tier)
        made_up = f" ({Confidence.ILLUSTRATIVE.label})" if one.confidence is Confidence.ILLUSTRATIVE else ""
        labels.append(f"{level.label if level else one.level}{made_up}")
    return _("Recognised {levels} in {year}").format(levels=", ".join(dict.fromkeys(labels)), year=year)


def _decisions(recognitions: Sequence[Recognition], one: Candidate | None = None) -> str:
    found = [recognition.decision for recognition in recognitions]
    found += [product.decision for product in one.products] if one else []
    return "; ".join(dict.fromkeys(decision_words(decision) for decision in found if decision))


def _open_points(one: Candidate, part: str, rivals: int) -> Iterator[str]:
    """What is to be settled before it is signed: those alike or not concluded, conditions not surely met.

    `rivals` is how many of its part may be proposed for what one is to have.
    """
    if rivals > 1:
        yield _("{count} communes of {part} alike: to be chosen").format(count=number(rivals), part=part)
    if one.open:
        text = ngettext(
            "{count} commune of {part} is not concluded", "{count} communes of {part} are not concluded", one.open
        )
        yield text.format(count=number(one.open), part=part)
    for says, holds in _conditions(one):
        if not holds:
            text = _("not known: {says}") if holds is None else _("not met: {says}")
            yield text.format(says=says)


def _conditions(one: Candidate) -> Iterator[tuple[str, bool | None]]:
    """The conditions that the ledger may tell, each with whether it holds."""
    for finding in one.findings:
        if finding.condition.need is not Need.JUDGED:
            yield finding.condition.says, finding.holds


def _of_places(quota: Quota, earned: Sequence[Recognition], of: UnitsOfYear) -> Proposal:
    unit = of.units[quota.unit_id] if quota.unit_id is not None else None
    parts = ", ".join(f"{name} {number(count)}" for name, count in quota.parts) if not quota.used else ""
    return Proposal(
        who=_counted(quota.left, quota.rule.recipient),
        place=unit.title if unit else quota.agency,
        achievement=_reached(earned, unit, of.year) if unit and earned else quota.rule.says,
        decision=_decisions(earned),
        rule=quota.rule,
        movement=of.movement,
        parts=parts,
    )


def _counted(count: int, recipient: Recipient) -> str:
    """“05 cá nhân”, without any name."""
    return _("{count} {recipients}").format(count=f"{count:02}", recipients=recipient.label)


def proposals_report(rows: Sequence[Proposal], title: str, movements: Sequence[Movement]) -> Report:
    """The list, form by form; by the documents of which movements."""
    is_of_several = len(movements) > 1
    columns: list[Column[Proposal]] = [
        Column("number", _("No."), CellKind.COUNT),
        Column("who", _("Collective, persons"), of=lambda row: row.who),
        Column("place", _("Of"), of=lambda row: row.place),
        Column("achievement", _("Achievement"), of=lambda row: row.achievement),
        Column("decision", _("Decision of recognition"), of=lambda row: row.decision or None),
        Column("form", _("Form of award proposed"), of=lambda row: row.rule.name),
        Column("ground", _("Ground"), of=lambda row: _ground(row, is_of_several=is_of_several)),
        Column("parts", _("Remark"), of=lambda row: row.parts or None, spare=1),
    ]
    table = Table.of("proposals", "", rows, columns, group=lambda row: (row.movement.key, row.rule.key))
    subtitle = "; ".join(f"{one.title}, {document_label(one.number)}" for one in movements)
    notes = [] if rows else [_("Nobody may be proposed by what is on record.")]
    return Report("proposals", title, [table], subtitle, notes=notes)


def points_left(rows: Sequence[Proposal]) -> Iterator[str]:
    """What is to be settled before the list is signed, each with those of whom that is so."""
    for point in dict.fromkeys(point for row in rows for point in row.open_points):
        who = list(dict.fromkeys(row.who for row in rows if point in row.open_points))
        yield f"{point}: {few(who, _NAMED)}"


def _ground(row: Proposal, *, is_of_several: bool) -> str:
    cite = clause_words(row.rule.cite)
    return f"{cite}, {document_label(row.movement.number)}" if is_of_several else cite
