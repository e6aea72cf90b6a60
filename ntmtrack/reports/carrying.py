"""What became of recognitions in a merger: of what new units were formed, what is proposed, how far each has come."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from ntmtrack.dates import show_day
from ntmtrack.i18n import _, day, ngettext, number
from ntmtrack.model import Level, Recognition, Unit, kind_name
from ntmtrack.programmes import known_level
from ntmtrack.programmes.carrying import Guidance
from ntmtrack.progress.carrying import CarryState, Constituent, Outcome, Proposal, Review
from ntmtrack.reports import CellKind, CellValue, Column, LabelledCode, Report, Table
from ntmtrack.reports.units import decision_number, level_cell, level_label, signed_cell, year_cell

CARRIED = "carried"  # the key of the table of units


class CarriedUnit(NamedTuple):
    """A unit that a merger formed: of what, what is proposed by which guidance, how far it has come.

    `own` is the recognition of the highest level that it holds itself; `review` the last that was found of it.
    """

    unit: Unit
    constituents: Sequence[Constituent]
    guidance: Guidance
    proposal: Proposal
    state: CarryState
    own: Recognition | None = None
    review: Review | None = None

    @property
    def own_rank(self) -> int:
        """The rank that it holds itself on the ladder of the proposal, 0 for none."""
        own = self.own
        return self.proposal.ladder.ranks().get(f"{own.programme}/{own.level}", 0) if own else 0

    @property
    def towns(self) -> list[Constituent]:
        """Former towns and wards in it, which are never recognised."""
        return [one for one in self.constituents if not one.is_counted(self.proposal.ladder)]

    @property
    def parts(self) -> list[Constituent]:
        """What went into it in part."""
        return [one for one in self.constituents if not one.is_whole]

    @property
    def former_districts(self) -> str:
        """Where its constituents lay, those that went into it whole before parts."""
        whole = [one for one in self.constituents if one.is_whole] or self.constituents
        return ", ".join(dict.fromkeys(one.unit.parent_name or "" for one in whole))

    @property
    def is_open(self) -> bool:
        """Whether a level may be acknowledged and nothing has been decided."""
        undecided = self.state in (CarryState.UNREVIEWED, CarryState.PROPOSED)
        return undecided and self.proposal.outcome is Outcome.ACKNOWLEDGE


def carrying_report(units: Sequence[CarriedUnit], scope: str) -> Report:
    """The new units: of what each was formed, what those held, what is proposed, the state."""
    columns: list[Column[CarriedUnit]] = [
        Column("name", _("New unit"), of=lambda row: row.unit.title),
        formed_of_column(),
        Column("held", _("Held before"), of=_held),
        Column("proposal", _("Proposed"), of=_proposed),
        Column("state", _("State"), of=state_cell),
    ]
    title = _("Recognition after mergers · {scope}").format(scope=scope)
    return Report(
        "carry",
        title,
        [Table.of("units", title, units, columns)] if units else [],
        subtitle=in_all(units),
        notes=[*guidance_notes(units), *_way_on(units)],
        data=[Table.of("units", title, units, tidy_columns())],
        facts={"count": len(units)},
    )


def to_write_report(chosen: Sequence[tuple[CarriedUnit, Level | None]]) -> Report:
    """The units of which something is about to be written, each with the level, before anyone agrees."""
    columns: list[Column[CarriedUnit]] = [
        Column("name", _("New unit"), of=lambda row: row.unit.full_title),
        formed_of_column(),
        Column("held", _("Held before"), of=_held),
    ]
    level: Column[tuple[CarriedUnit, Level | None]] = Column(
        "level", _("To be written"), of=lambda pair: level_cell(pair[1], CarryState.LAPSED.label)
    )
    rows = [row for row, _level in chosen]
    title = _("To be written")
    table = Table.of("units", title, chosen, [*(column.of_first() for column in columns), level])
    notes = guidance_notes(row for row, written in chosen if written)
    return Report("carry", title, [table], subtitle=in_all(rows), notes=notes)


def tidy_columns() -> list[Column[CarriedUnit]]:
    """A new unit for machines, and for the sheet that names them all."""
    return [
        Column("number", _("No."), CellKind.COUNT),
        Column("code", _("Code"), CellKind.KEY, of=lambda row: row.unit.code),
        Column("name", _("New unit"), of=lambda row: row.unit.title),
        Column("former_districts", _("Former district"), of=attrgetter("former_districts")),
        Column("formed_of", _("Formed of"), of=lambda row: ", ".join(map(_named, row.constituents))),
        Column("held", _("Held before"), of=_held),
        Column("proposal", _("Proposed"), of=_proposed),
        Column("level", _("Level"), of=lambda row: level_cell(row.proposal.level)),
        Column("state", _("State"), of=state_cell),
        Column("own_level", _("Level now"), of=lambda row: _own_level(row.own)),
        Column("decision", _("Decision"), CellKind.KEY, of=lambda row: row.own and decision_number(row.own)),
        Column("signed_on", _("Signed"), CellKind.DAY, of=lambda row: row.own and signed_cell(row.own)),
    ]


def state_cell(row: CarriedUnit) -> LabelledCode:
    """The state; where a level is held or proposed, which."""
    label, level = row.state.label, None
    if row.own:
        level = level_label(row.own)
    elif row.review and row.review.level and row.state is CarryState.PROPOSED:
        known = known_level(row.review.programme, row.review.level)
        level = known.label if known else row.review.level
    return LabelledCode(row.state.value, _("{act}: {level}").format(act=label, level=level) if level else label)


def _own_level(own: Recognition | None) -> LabelledCode | None:
    return LabelledCode(own.level, level_label(own)) if own else None


def _named(one: Constituent) -> str:
    """A constituent, in part where it is: "xã Sơn Bình", "xã Mỹ Lâm (một phần)"."""
    return one.unit.title if one.is_whole else _("{unit} (in part)").format(unit=one.unit.title)


def formed_of_column() -> Column[CarriedUnit]:
    """Of what a unit was formed, in numbers."""
    return Column("formed_of", _("Formed of"), of=_formed_of)


def _formed_of(row: CarriedUnit) -> str:
    """How many of which kind: "2 xã, 1 thị trấn, một phần của 1 xã"."""
    whole = Counter(one.unit.kind for one in row.constituents if one.is_whole)
    parts = Counter(one.unit.kind for one in row.parts)
    texts = [f"{number(count)} {kind_name(kind)}" for kind, count in whole.items()]
    text = _("part of {count} {kind}")
    return ", ".join(
        [*texts, *(text.format(count=number(count), kind=kind_name(kind)) for kind, count in parts.items())]
    )


def _held(row: CarriedUnit) -> str:
    """What those held that went whole into it and are of a kind that is recognised: "NTM nâng cao 1, chưa đạt 1"."""
    ladder = row.proposal.ladder
    ranks = Counter(one.rank(ladder) for one in row.constituents if one.is_whole and one.is_counted(ladder))
    texts = [f"{ladder.levels[rank - 1].label} {number(ranks[rank])}" for rank in sorted(ranks, reverse=True) if rank]
    return ", ".join([*texts, *([_("none yet {count}").format(count=number(ranks[0]))] if ranks[0] else [])])


def _proposed(row: CarriedUnit) -> LabelledCode:
    proposal = row.proposal
    return LabelledCode(proposal.outcome.value, outcome_words(proposal.outcome, proposal.level))


def outcome_words(outcome: Outcome, level: Level | None) -> str:
    """What is proposed: "đề nghị thừa nhận NTM nâng cao"."""
    if outcome is Outcome.ACKNOWLEDGE and level:
        return _("acknowledge {level}").format(level=level.label)
    return _("review, recognise anew") if outcome is Outcome.REVIEW else _("no level to carry")


def in_all(units: Sequence[CarriedUnit]) -> str:
    """How many there are, in which states, and how many hold a former town or a part of another unit."""
    if not units:
        return ""
    text = ngettext("{count} new unit", "{count} new units", len(units)).format(count=number(len(units)))
    towns, parts = (sum(bool(of(row)) for row in units) for of in (attrgetter("towns"), attrgetter("parts")))
    states = Counter(row.state for row in units)
    texts = [f"{state.label} {number(states[state])}" for state in CarryState if states[state]]
    if towns:
        texts.append(_("{count} with a former town or ward").format(count=number(towns)))
    if parts:
        texts.append(_("{count} with a part of another unit").format(count=number(parts)))
    return f"{text}: {'; '.join(texts)}"


def guidance_notes(units: Iterable[CarriedUnit]) -> list[str]:
    """By which guidance it is proposed, and what of that is not known or not verified."""
    notes = []
    for known in dict.fromkeys(row.guidance for row in units):
        rule = known.rule
        facts = {"number": rule.number, "day": day(rule.issued_on)}
        if known.unknown_since:
            text = _(
                "No guidance is known for the mergers from {since} on; proposed by {number} of {day}, not verified."
            )
            notes.append(text.format(**facts, since=day(known.unknown_since)))
        elif all(case.verified for case in rule.cases):
            notes.append(_("Proposed by {number} of {day}.").format(**facts))
        else:
            notes.append(_("Proposed by {number} of {day}, of which not all is verified.").format(**facts))
    return notes


def _way_on(units: Sequence[CarriedUnit]) -> list[str]:
    """How to record what is proposed, where anything is."""
    if not units:
        text = _("No commune was formed by a merger on record; over the national ones: ntmtrack rearrange --national")
        return [text]
    if not any(row.is_open for row in units):
        return []
    return [_("To record what is proposed: ntmtrack carry --take --decision NUMBER --date DAY")]


def carried_detail(units: Sequence[CarriedUnit], kept: Sequence[Unit]) -> Report:
    """Each unit with its constituents, whole or in part, and what each held; `kept` came of no merger."""
    columns: list[Column[Constituent]] = [
        Column("name", _("Former unit"), of=lambda one: one.unit.title),
        Column("parent", _("Belonged to"), of=lambda one: one.unit.parent_name),
        Column("extent", _("Extent"), of=_extent),
        *(column.on(_highest) for column in _evidence_columns()),
    ]
    tables = [Table.of(f"unit{place}", _heading(row), row.constituents, columns) for place, row in enumerate(units)]
    data: list[Column[tuple[CarriedUnit, Constituent]]] = [
        *(Column(key, title, of=of) for key, title, of in _tidy_heads()),
        *(column.of_second() for column in columns),
    ]
    rows = [(row, one) for row in units for one in row.constituents]
    title = _("Recognition after the merger") if len(units) != 1 else units[0].unit.full_title
    text = _("{unit} was formed by no merger: its recognitions go on.")
    notes = [text.format(unit=unit.full_title) for unit in kept]
    notes += [note for row in units for note in _why(row, named=len(units) > 1)]
    tidy = Table.of("constituents", title, rows, data)
    above = _heading(units[0]) if units else ""  # the first table has no heading of its own
    return Report("carry", title, tables, above, [*notes, *guidance_notes(units)], data=[tidy])


def _tidy_heads() -> list[tuple[str, str, Callable[[tuple[CarriedUnit, Constituent]], CellValue]]]:
    return [
        ("new_code", _("Code"), lambda row: row[0].unit.code),
        ("new_name", _("New unit"), lambda row: row[0].unit.title),
        ("proposal", _("Proposed"), lambda row: _proposed(row[0])),
        ("state", _("State"), lambda row: state_cell(row[0])),
        ("code", _("Code"), lambda row: row[1].unit.code),
    ]


def _evidence_columns() -> list[Column[Recognition]]:
    return [
        Column("level", _("Level"), of=lambda known: LabelledCode(known.level, level_label(known))),
        Column("year", _("Year"), CellKind.YEAR, of=year_cell),
        Column("decision", _("Decision"), CellKind.KEY, of=decision_number),
        Column("signed_on", _("Signed"), CellKind.DAY, of=signed_cell),
    ]


def _highest(one: Constituent) -> Recognition | None:
    """The recognition by which a constituent held its highest level."""
    return one.highest


def _heading(row: CarriedUnit) -> str:
    """The unit, since when, by which resolution, what is proposed and the state."""
    first = row.constituents[0]
    resolution = f", {first.resolution}" if first.resolution else ""
    since = _("since {day}{resolution}").format(day=show_day(first.day), resolution=resolution)
    return f"{row.unit.title}, {since}: {_proposed(row).label} · {state_cell(row).label}"


def _extent(one: Constituent) -> LabelledCode:
    if one.is_whole:
        return LabelledCode("whole", _("whole"))
    return LabelledCode("part", _("in part, the main one") if one.is_main else _("in part"))


def _why(row: CarriedUnit, *, named: bool) -> Iterable[str]:
    """What decided: who lacks a level, the towns and parts that decide nothing, where the case is told."""
    before = f"{row.unit.title}: " if named else ""
    if row.proposal.lacking:
        names = ", ".join(one.unit.title for one in row.proposal.lacking)
        yield before + _("no level on record of {units}.").format(units=names)
    if row.towns:
        names = ", ".join(one.unit.title for one in row.towns)
        yield before + _("{units}: of a kind that is not recognised; it raises no level and bars none.").format(
            units=names
        )
    if row.parts:
        names = ", ".join(one.unit.title for one in row.parts)
        yield before + _("{units}: only a part of it; it raises no level and bars none.").format(units=names)
    if row.proposal.case:
        yield before + _("The rule: {source}.").format(source=row.proposal.case.source)
