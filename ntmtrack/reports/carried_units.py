"""What became of recognitions in a merger: of what new units were formed, what is proposed, how far each has come."""

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from ntmtrack.i18n import _, day, ngettext, number
from ntmtrack.model import Decision, Level, Recognition, Unit
from ntmtrack.programmes import known_level
from ntmtrack.programmes.guidance import Guidance
from ntmtrack.progress.constituents import CarryState, Constituent, Outcome, Proposal, ReviewResult
from ntmtrack.reports import CellKind, Column, LabelledCode, Report, Table, day_cell
from ntmtrack.reports.units import level_cell, level_label, made_up_note
from ntmtrack.ways import way_over

CARRIED = "carried"  # the key of the table of units


class CarriedUnit(NamedTuple):
    """A unit that a merger formed: of what, what is proposed by which guidance, how far it has come.

    `own` is the recognition of the highest level by which the state is settled; `review` the last that was found of
    it; `highest` the recognition of the highest level that it holds itself, by whichever set.
    """

    unit: Unit
    constituents: Sequence[Constituent]
    guidance: Guidance
    proposal: Proposal
    state: CarryState
    own: Recognition | None = None
    review: ReviewResult | None = None
    highest: Recognition | None = None

    @property
    def decision(self) -> Decision | None:
        """The decision that settled its state, or by which that was proposed or lost."""
        by = self.own or self.review
        return by.decision if by else None

    @property
    def own_rank(self) -> int:
        """The rank that it holds itself on the ladder of the proposal, 0 for none."""
        own = self.own
        return self.proposal.ladder.ranks().get(own.origin, 0) if own else 0

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

    def is_made_up(self, level: Level | None = None) -> bool:
        """Whether what its constituents held rests on illustrative recognitions: to a level, else to their highest."""
        ladder = self.proposal.ladder
        asked = [one for one in self.constituents if one.is_whole and one.is_counted(ladder)]
        return any(one.is_made_up(ladder, level.rank if level else one.rank(ladder)) for one in asked)

    @property
    def is_open(self) -> bool:
        """Whether a level may be acknowledged and nothing has been decided."""
        undecided = self.state in (CarryState.UNREVIEWED, CarryState.PROPOSED)
        return undecided and self.proposal.outcome is Outcome.ACKNOWLEDGE


class CarryQuestion(NamedTuple):
    """What was asked: of a scope in words and as typed, with how many new units in all, those in some states."""

    scope: str
    of_all: int
    typed: str | None = None
    states: tuple[CarryState, ...] = ()


def carrying_report(units: Sequence[CarriedUnit], asked: CarryQuestion) -> Report:
    """The new units: of what each was formed, what those held, what is proposed, the state."""
    columns: list[Column[CarriedUnit]] = [
        Column("name", _("New unit"), of=lambda row: row.unit.title),
        formed_of_column(),
        Column("held", _("Held before"), of=_held),
        Column("proposal", _("Proposed"), of=proposed_cell),
        Column("state", _("State"), of=state_cell),
    ]
    title = _("Recognition after mergers · {scope}").format(scope=asked.scope)
    return Report(
        "carry",
        title,
        [Table.of("units", title, units, columns)] if units else [],
        subtitle=in_all(units),
        notes=[*guidance_notes(units), *_way_on(units, asked), *made_up(units)],
        data=[Table.of("units", title, units, tidy_columns())],
        facts={"count": len(units)},
    )


def to_write_report(chosen: Sequence[tuple[CarriedUnit, Level | None]], told: str) -> Report:
    """The units of which something is about to be written, each with the level, before anyone agrees.

    `told` is what is written of all of them: the year and the decision, in words.
    """
    columns: list[Column[CarriedUnit]] = [
        Column("name", _("New unit"), of=lambda row: row.unit.full_title),
        formed_of_column(),
        Column("held", _("Held before"), of=_held),
    ]
    level: Column[tuple[CarriedUnit, Level | None]] = Column(
        "level", _("To be written"), of=lambda pair: level_cell(pair[1], CarryState.LAPSED.label)
    )
    rows = [row for row, _level in chosen]
    title = ": ".join(filter(None, (_("To be written"), told)))
    table = Table.of("units", title, chosen, [*(column.of_first() for column in columns), level])
    notes = [*guidance_notes(row for row, written in chosen if written), *made_up(rows)]
    return Report("carry", title, [table], subtitle=in_all(rows), notes=notes)


def tidy_columns() -> list[Column[CarriedUnit]]:
    """A new unit for machines, and for the sheet that names them all."""
    return [
        Column("number", _("No."), CellKind.COUNT),
        Column("code", _("Code"), CellKind.KEY, of=lambda row: row.unit.code),
        Column("name", _("New unit"), of=lambda row: row.unit.title),
        Column("former_districts", _("Former district"), of=attrgetter("former_districts")),
        Column("formed_of", _("Formed of"), of=lambda row: ", ".join(map(constituent_name, row.constituents))),
        Column("held", _("Held before"), of=_held),
        Column("proposal", _("Proposed"), of=proposed_cell),
        Column("level", _("Level"), of=lambda row: level_cell(row.proposal.level)),
        Column("state", _("State"), of=state_cell),
        Column("own_level", _("Level now"), of=lambda row: _own_level(row.own)),
        Column("decision", _("Decision"), CellKind.KEY, of=lambda row: row.decision and row.decision.number),
        Column(
            "signed_on", _("Signed"), CellKind.DAY, of=lambda row: row.decision and day_cell(row.decision.signed_on)
        ),
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


def constituent_name(one: Constituent) -> str:
    """A constituent, in part where it is: "xã Sơn Bình", "xã Mỹ Lâm (một phần)"."""
    return one.unit.title if one.is_whole else _("{unit} (in part)").format(unit=one.unit.title)


def formed_of_column() -> Column[CarriedUnit]:
    """Of what a unit was formed, in numbers."""
    return Column("formed_of", _("Formed of"), of=_formed_of)


def _formed_of(row: CarriedUnit) -> str:
    """How many of which kind: "2 xã, 1 thị trấn, một phần 1 xã"; in English, too, the kind stays as it is."""
    whole = Counter(one.unit.kind for one in row.constituents if one.is_whole)
    parts = Counter(one.unit.kind for one in row.parts)
    texts = [f"{number(count)} {kind}" for kind, count in whole.items()]
    text = _("part of {count} {kind}")
    return ", ".join([*texts, *(text.format(count=number(count), kind=kind) for kind, count in parts.items())])


def _held(row: CarriedUnit) -> LabelledCode | None:
    """What those held that went whole into it and are of a kind that is recognised: "NTM nâng cao 1, chưa đạt 1".

    Of which nothing is on record, not even that they held none, there is no data.
    """
    ladder = row.proposal.ladder
    asked = [one for one in row.constituents if one.is_whole and one.is_counted(ladder)]
    ranks = Counter(one.rank(ladder) for one in asked if one.is_told)
    held = [(level.key, f"{level.label} {{count}}", ranks[level.rank]) for level in reversed(ladder.levels)]
    none = ("none", _("none yet {count}"), ranks[0])
    unknown = ("no_data", _("no data {count}"), sum(not one.is_told for one in asked))
    shown = [one for one in (*held, none, unknown) if one[2]]
    if not shown:
        return None
    codes = " ".join(f"{code}:{count}" for code, _text, count in shown)
    return LabelledCode(codes, ", ".join(text.format(count=number(count)) for _code, text, count in shown))


def proposed_cell(row: CarriedUnit) -> LabelledCode:
    """What is proposed for a unit."""
    proposal = row.proposal
    return LabelledCode(proposal.outcome.value, _proposal_words(proposal))


def _proposal_words(proposal: Proposal) -> str:
    """What is proposed: "đề nghị thừa nhận NTM nâng cao"; never to recognise anew for want of records alone."""
    if proposal.outcome is Outcome.ACKNOWLEDGE and proposal.level:
        return _("acknowledge {level}").format(level=proposal.level.label)
    if proposal.outcome is Outcome.REVIEW:
        is_unknown = bool(proposal.lacking) and not any(one.is_told for one in proposal.lacking)
        return _("review: data incomplete") if is_unknown else _("review, recognise anew")
    return _("no data") if proposal.outcome is Outcome.NO_DATA else _("no level to carry")


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


def proposed_by(units: Iterable[CarriedUnit]) -> list[str]:
    """By which guidance something is proposed, as a paper says it: what is not verified is told in the working file."""
    proposing = (Outcome.ACKNOWLEDGE, Outcome.REVIEW)
    rules = dict.fromkeys(row.guidance.rule for row in units if row.proposal.outcome in proposing)
    text = _("Proposed by {number} of {day}.")
    return [text.format(number=rule.number, day=day(rule.issued_on)) for rule in rules]


def made_up(units: Iterable[CarriedUnit]) -> list[str]:
    """That what the constituents of some held is illustrative, where it is."""
    return made_up_note(sum(row.is_made_up() for row in units))


def _way_on(units: Sequence[CarriedUnit], asked: CarryQuestion) -> list[str]:
    """How to record what is proposed of those asked for, where anything is."""
    if not units and asked.of_all:
        text = ngettext(
            "None of {count} new unit is: {states}.", "None of {count} new units is: {states}.", asked.of_all
        )
        return [text.format(count=number(asked.of_all), states=", ".join(state.label for state in asked.states))]
    if not units:
        text = _("No commune was formed by a merger on record; over the national ones: {way}")
        return [text.format(way=way_over())]
    if not any(row.is_open for row in units):
        return []
    typed = [("--scope", asked.typed), *(("--state", state.label) for state in asked.states)]
    which = "".join(f' {option} "{text}"' for option, text in typed if text)
    return [
        _("To record what is proposed: ntmtrack carry --take{which} --decision NUMBER --date DAY").format(which=which)
    ]
