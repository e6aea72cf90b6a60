"""The lists that offices file: every unit with its levels and decisions, who is new, who remains."""

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from ntmtrack.i18n import _, number
from ntmtrack.model import Confidence, Level, Programme, Recognition, Tier, Unit
from ntmtrack.programmes.ladders import OWN
from ntmtrack.reports import CellKind, CellValue, Column, LabelledCode, Report, Table
from ntmtrack.reports.labels import line_label, tier_label
from ntmtrack.reports.units import (
    act_column,
    confidence_cell,
    decision_number,
    evidence_columns,
    is_made_up,
    level_cell,
    level_label,
    revocation_words,
    revoked_words,
    signed_cell,
    tells_act,
    year_cell,
)
from ntmtrack.rules import act_words

UNITS = "units"  # the key of the table on each of these sheets


class RegisterEntry(NamedTuple):
    """A unit in the register: its highest level, the first recognition at each level by key, those revoked."""

    unit: Unit
    highest: Level | None
    first_at: Mapping[str, Recognition]
    revoked: Sequence[Recognition] = ()


class Loss(NamedTuple):
    """A unit that no longer has the level that it had at the end of the year before.

    `revoked` are the recognitions that were taken back from it; None where the unit itself is counted no more. `by_set`
    says by which set of levels, of one that is not the programme's own; `ladder` is its key.
    """

    level: Level
    unit: Unit
    revoked: Sequence[Recognition] | None
    by_set: str = ""
    ladder: str = OWN

    @property
    def reason(self) -> str:
        """When and by what the level was taken back, or that the unit is counted no more."""
        if self.revoked is None:
            return _("no longer a counted unit")
        return "; ".join(dict.fromkeys([_("revoked"), *map(revocation_words, self.revoked)]))


class Newcomer(NamedTuple):
    """A unit that reached a level within the year, and by which recognition; `from_above`: one of a higher level.

    `by_set` says by which set of levels, of one that is not the programme's own; `ladder` is its key.
    """

    level: Level
    unit: Unit
    recognition: Recognition | None
    from_above: bool = False
    by_set: str = ""
    ladder: str = OWN


class MovedUnits(NamedTuple):
    """Who came to a level within the year, who left one, and who has not come to the lowest yet."""

    new: Sequence[Newcomer] = ()
    lost: Sequence[Loss] = ()
    lacking: Sequence[Newcomer] = ()


def register_report(entries: Sequence[RegisterEntry], programme: Programme, title: str, subtitle: str) -> Report:
    """One row a unit in the order given: highest level, then year, decision and day of each level."""
    columns: list[Column[RegisterEntry]] = [
        *(column.on(attrgetter("unit")) for column in _unit_columns()),
        Column("highest", _("Highest level"), of=lambda entry: level_cell(entry.highest, _("none yet"))),
        *(column for level in programme.levels for column in _level_columns(level)),
        Column("remark", _("Remark"), of=_remark),
    ]
    known = [entry.first_at.values() for entry in entries]
    made_up = sum(any(map(is_made_up, of_entry)) for of_entry in known)
    inferred = sum(any(map(_is_inferred, of_entry)) and not any(map(is_made_up, of_entry)) for of_entry in known)
    table = Table.of(UNITS, title, entries, columns, group=lambda entry: entry.highest)
    return Report("register", title, [table], subtitle, notes=_marked_rows(made_up, inferred))


def _remark(entry: RegisterEntry) -> LabelledCode | None:
    """What it holds by another act than công nhận, what is inferred or made up of it, what was taken back from it."""
    made_up = LabelledCode("illustrative", _("ILLUSTRATIVE")) if any(map(is_made_up, entry.first_at.values())) else None
    unsure = [made_up] if made_up else _inferred(entry)
    labels = [remark for remark in (*_acts(entry), *unsure, revoked_words(entry.revoked)) if remark]
    return LabelledCode(" ".join(labels), "; ".join(remark.label for remark in labels)) if labels else None


def _acts(entry: RegisterEntry) -> Iterator[LabelledCode]:
    """The levels held by another act than công nhận: "thừa nhận NTM nâng cao"."""
    for known in entry.first_at.values():
        for act in act_words(known):
            yield LabelledCode(known.basis.value, _("{level}: {note}").format(level=level_label(known), note=act))


def _inferred(entry: RegisterEntry) -> Iterator[LabelledCode]:
    """The levels of which no decision was seen: "đạt chuẩn NTM: suy ra"."""
    for known in filter(_is_inferred, entry.first_at.values()):
        said = confidence_cell(known)
        yield LabelledCode(str(said), _("{level}: {note}").format(level=level_label(known), note=said.label))


def _is_inferred(known: Recognition) -> bool:
    return known.confidence is Confidence.INFERRED


def _marked_rows(made_up: int, inferred: int) -> list[str]:
    """What the marks in a column of remarks mean, where any row has one."""
    notes = []
    if made_up:
        text = _("Rows marked “{mark}” ({count}) are illustrative data, not real.")
        notes.append(text.format(mark=_("ILLUSTRATIVE"), count=number(made_up)))
    if inferred:
        text = _(
            "Rows marked “{mark}” ({count}): no decision was seen; it follows from what was published or proposed."
        )
        notes.append(text.format(mark=_("inferred"), count=number(inferred)))
    return notes


def newcomers_report(new: Sequence[Newcomer], lost: Sequence[Loss], title: str, subtitle: str) -> Report:
    """The units that reached a level within the year, level by level; beneath them those that lost one."""
    *evidence, confidence = evidence_columns()
    columns: list[Column[Newcomer]] = [
        *(column.on(attrgetter("unit")) for column in _unit_columns()),
        Column("level", _("Newly at"), of=_reached_level),
        *(column.on(attrgetter("recognition")) for column in evidence),
    ]
    own = [column.on(_own_recognition) for column in evidence if column.key != "year"]
    on_paper: list[Column[Newcomer]] = [
        *columns[: -len(own)],
        *own,
        Column("remark", _("Remark"), of=_newly_remark),
    ]
    known = [newcomer.recognition for newcomer in new if newcomer.recognition]
    tidy: list[Column[Newcomer]] = [
        *columns,
        Column(confidence.key, confidence.title, of=_confidence),
        *([act_column().on(attrgetter("recognition"))] if tells_act(known) else []),
    ]
    notes = _marked_rows(sum(map(is_made_up, known)), sum(map(_is_inferred, known)))
    of_lost = [_losses(lost)] if lost else []
    shown, data = (Table.of(UNITS, _("Newly recognised"), new, of_table, group=_part) for of_table in (on_paper, tidy))
    return Report(
        "new",
        title,
        [shown, *of_lost],
        subtitle,
        notes=notes if new else [_("No unit reached a further level in this year.")],
        data=[data, *of_lost],
    )


def _own_recognition(newcomer: Newcomer) -> Recognition | None:
    """By which recognition the level itself was reached; None where one of a higher level is counted."""
    return None if newcomer.from_above else newcomer.recognition


def _newly_remark(newcomer: Newcomer) -> str | None:
    """By which other act than công nhận, and what of it is not plainly so."""
    known = newcomer.recognition
    if known is None:
        return None
    unsure = newcomer.from_above or known.confidence in (Confidence.INFERRED, Confidence.ILLUSTRATIVE)
    said = _confidence(newcomer) if unsure else None
    return "; ".join([*act_words(known), *([said.label] if said else [])]) or None


def _part(newcomer: Newcomer) -> tuple[str, Level, Tier]:
    """What stands together in the list."""
    return newcomer.by_set, newcomer.level, newcomer.unit.tier


def _reached_level(row: Newcomer | Loss) -> LabelledCode:
    label = line_label(row.unit.tier, row.level)
    return LabelledCode(row.level.key, f"{label} ({row.by_set})" if row.by_set else label)


def _confidence(newcomer: Newcomer) -> LabelledCode | None:
    """How sure it is that the level was reached; where only a higher level is on record, which one."""
    recognition = newcomer.recognition
    if recognition is None:
        return None
    if newcomer.from_above and not is_made_up(recognition):
        return LabelledCode("from-above", _("by {level} alone").format(level=level_label(recognition)))
    return confidence_cell(recognition)


def _losses(lost: Sequence[Loss]) -> Table:
    columns: list[Column[Loss]] = [
        *(column.on(attrgetter("unit")) for column in _unit_columns()),
        Column("level", _("No longer at"), of=_reached_level),
        Column("reason", _("Reason"), of=lambda loss: loss.reason),
    ]
    return Table.of("lost", _("No longer counted"), lost, columns)


def missing_report(below: Sequence[RegisterEntry], levels: Sequence[Level], title: str, subtitle: str) -> Report:
    """The units below the highest of `levels`, district by district, with a cross under every level they lack."""
    remark: Column[RegisterEntry] = Column("remark", _("Remark"), of=lambda entry: revoked_words(entry.revoked))
    columns: list[Column[RegisterEntry]] = [
        *(column.on(attrgetter("unit")) for column in _unit_columns()),
        Column("highest", _("Highest level so far"), of=lambda entry: level_cell(entry.highest, _("none yet"))),
        *map(_lack_column, levels),
        *([remark] if any(entry.revoked for entry in below) else []),
    ]
    table = Table.of(UNITS, title, below, columns, group=lambda entry: entry.unit.parent_id)
    if not below:
        return Report("remaining", title, [table], subtitle, notes=[_("No commune is below the highest level.")])
    counts = {level.field: sum(_lacks(entry, level) for entry in below) for level in levels}
    total: dict[str, CellValue] = {"number": "", "name": _("In all"), **counts}
    rows = [*table.rows, [total.get(column.key) for column in columns]]
    return Report("remaining", title, [table._replace(rows=rows, sums=1)], subtitle)


def _lacks(entry: RegisterEntry, level: Level) -> bool:
    return level.rank > (entry.highest.rank if entry.highest else 0)


def _lack_column(level: Level) -> Column[RegisterEntry]:
    return Column(
        level.field,
        level.label,
        CellKind.MARK,
        _("Not yet reached"),
        of=lambda entry: "x" if _lacks(entry, level) else None,
    )


def counts_by_level(entries: Sequence[RegisterEntry], levels: Sequence[Level], tier: Tier) -> str:
    """How many have each level as their highest: "Tổng số 116 xã: NTM kiểu mẫu 2, NTM nâng cao 38, …"."""
    counts = {level: sum(entry.highest == level for entry in entries) for level in reversed(levels)}
    parts = [f"{level.label} {number(count)}" for level, count in counts.items()]
    parts.append(_("none yet {count}").format(count=number(len(entries) - sum(counts.values()))))
    text = _("{tier}: {count} in all, by highest level: {parts}.")
    return text.format(tier=tier_label(tier), count=number(len(entries)), parts=", ".join(parts))


def _unit_columns() -> list[Column[Unit]]:
    return [
        Column("number", _("No."), CellKind.COUNT),
        Column("name", _("Unit"), of=lambda unit: unit.title),
        Column("parent", _("Belongs to"), of=lambda unit: unit.parent_name),
        Column("code", _("Code"), CellKind.KEY, of=lambda unit: unit.code),
    ]


def _level_columns(level: Level) -> list[Column[RegisterEntry]]:
    """The first recognition at a level: its year, the number of the decision, the day of signing."""
    key, group = level.field, level.label
    columns: list[Column[Recognition]] = [
        Column(f"{key}_year", _("Year"), CellKind.YEAR, group, year_cell),
        Column(f"{key}_decision", _("Decision"), CellKind.KEY, group, decision_number),
        Column(f"{key}_signed_on", _("Signed"), CellKind.DAY, group, signed_cell),
    ]
    return [column.on(lambda entry: entry.first_at.get(level.key)) for column in columns]
