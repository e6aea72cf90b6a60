"""Units as tables: the list, one unit's card, the names behind a number, those that remain."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from ntmtrack.dates import show_day
from ntmtrack.decisions import in_full
from ntmtrack.i18n import _, day, ngettext, number
from ntmtrack.model import Basis, Confidence, Level, Recognition, Tier, Unit, kind_name
from ntmtrack.programmes import known_level
from ntmtrack.progress import Moment
from ntmtrack.reports import CellKind, CellValue, Column, LabelledCode, Report, Table, day_cell
from ntmtrack.reports.ancestry import UnitAncestry, ancestry_notes, ancestry_table
from ntmtrack.reports.labels import as_of, listed_on
from ntmtrack.rules import act_words


class UnitWithLevel(NamedTuple):
    """A unit with its highest level (None: none yet) and the recognition that put it where a list has it.

    `made_up` is whether the highest level rests on an illustrative recognition; `revoked` are those of higher levels
    that were taken back; `kept` is the highest level that it keeps of the programme before.
    """

    unit: Unit
    highest: Level | None
    recognition: Recognition | None = None
    made_up: bool = False
    revoked: Sequence[Recognition] = ()
    kept: Level | None = None


def units_list(units: Sequence[UnitWithLevel], title: str, listed_on: date | None = None) -> Report:
    """Units with their highest level, in official order; `listed_on` is the day of a later list that stands here."""
    kept: Column[UnitWithLevel] = Column("kept", _("Kept from before"), of=lambda row: level_cell(row.kept))
    columns: list[Column[UnitWithLevel]] = [
        Column("code", _("Code"), of=lambda row: row.unit.code),
        Column("kind", _("Kind"), of=lambda row: LabelledCode(row.unit.kind, kind_name(row.unit.kind))),
        Column("name", _("Name"), of=lambda row: row.unit.name),
        Column("parent", _("Belongs to"), of=lambda row: row.unit.parent_name),
        Column("level", _("Highest level"), of=lambda row: level_cell(row.highest)),
        *([kept] if any(row.kept for row in units) else []),
        Column("until", _("Until"), of=lambda row: day_cell(row.unit.until)),
    ]
    count = ngettext("{count} unit", "{count} units", len(units)).format(count=number(len(units)))
    notes = made_up_note(sum(unit.made_up for unit in units))
    if not units:
        notes = [_("No unit fits; part of a name is enough, and marks are not needed.")]
    if listed_on:
        count += "; " + _("the list of communes is that of {day}").format(day=day(listed_on))
    return Report("units", title, [Table.of("units", title, units, columns)], subtitle=count, notes=notes)


def recognised_report(units: Sequence[UnitWithLevel], title: str, moment: Moment, basis: Basis) -> Report:
    """The units behind a number: year, decision, days, how sure."""
    columns: list[Column[UnitWithLevel]] = [
        Column("number", _("No."), CellKind.COUNT),
        Column("code", _("Code"), of=lambda row: row.unit.code, spare=4),
        Column("name", _("Unit"), of=lambda row: row.unit.title),
        Column("parent", _("Belongs to"), of=lambda row: row.unit.parent_name),
        Column("level", _("Highest level"), of=lambda row: level_cell(row.highest), spare=1),
        *(column.on(attrgetter("recognition")) for column in evidence_columns()),
    ]
    act = act_column().on(attrgetter("recognition"))
    known = [unit.recognition for unit in units]
    made_up = sum(unit.recognition is not None and is_made_up(unit.recognition) for unit in units)
    return Report(
        "list",
        title,
        [Table.of("units", title, units, [*columns, *([act] if tells_act(known) else [])])],
        data=[Table.of("units", title, units, [*columns, act])],
        subtitle=as_of(moment, basis),
        notes=[_count_note(len(units)), *made_up_note(made_up)],
        facts={
            "as_of": moment.day.isoformat(),
            "listed_on": listed_on(moment),
            "basis": basis.value,
            "count": len(units),
        },
    )


def remaining_report(
    units: Sequence[UnitWithLevel], level: Level, title: str, moment: Moment, basis: Basis, *, made_up: int
) -> Report:
    """The units that have not reached a level, district by district, with what they have.

    `made_up` is how many others have reached it by illustrative recognitions only.
    """
    columns: list[Column[UnitWithLevel]] = [
        Column("parent", _("Belongs to"), of=lambda row: row.unit.parent_name),
        Column("number", _("No."), CellKind.COUNT),
        Column("code", _("Code"), of=lambda row: row.unit.code, spare=4),
        Column("name", _("Unit"), of=lambda row: row.unit.title),
        Column("level", _("Highest level so far"), of=lambda row: level_cell(row.highest, _("none yet"))),
    ]
    remark: Column[UnitWithLevel] = Column("remark", _("Remark"), of=lambda row: revoked_words(row.revoked))
    shown = [*columns, *([remark] if any(row.revoked for row in units) else [])]
    tidy: list[Column[UnitWithLevel]] = [*columns, *(column.on(attrgetter("revoked")) for column in _revoked_columns())]
    return Report(
        "remaining",
        title,
        [Table.of("units", title, units, shown, group=lambda row: row.unit.parent_name)],
        data=[Table.of("units", title, units, tidy)],
        subtitle=as_of(moment, basis),
        notes=[_count_note(len(units)), *_others_made_up(made_up)],
        facts={
            "as_of": moment.day.isoformat(),
            "listed_on": listed_on(moment),
            "basis": basis.value,
            "level": level.key,
            "count": len(units),
        },
    )


def unit_report(
    versions: Sequence[Unit], recognitions: Sequence[Recognition], lacks: str, ancestry: UnitAncestry
) -> Report:
    """All about one unit: its versions, its recognitions with decisions, what it lacks to the next level.

    With what it was formed of and what became of it.
    """
    unit = versions[-1]
    version_columns: list[Column[Unit]] = [
        Column("name", _("Name"), of=lambda version: version.title),
        Column("code", _("Code"), of=lambda version: version.code, spare=4),
        Column("parent", _("Belongs to"), of=lambda version: version.parent_name),
        Column("since", _("Since"), of=lambda version: day_cell(version.since)),
        Column("until", _("Until"), of=lambda version: day_cell(version.until)),
    ]
    columns: list[Column[Recognition]] = [
        Column("level", _("Level"), of=lambda known: LabelledCode(known.level, level_label(known, unit.tier))),
        Column("programme", _("Programme"), of=lambda known: known.programme, spare=1),
        *evidence_columns(),
        *([act_column()] if tells_act(recognitions) else []),
        Column("revoked_on", _("Revoked"), of=_revoked),
    ]
    names = Table.of("versions", _("Versions"), versions, version_columns)
    levels = Table.of("recognitions", _("Recognitions"), recognitions, columns)
    notes = [*ancestry_notes(ancestry), *([] if ancestry.has_gone else [lacks])]
    notes += [*made_up_note(sum(is_made_up(recognition) for recognition in recognitions))]
    notes += [
        _("{level}: {note}").format(level=level_label(recognition), note=text)
        for recognition in recognitions
        for text in (recognition.source, recognition.note)
        if text
    ]
    tables = [names, levels] if recognitions else [names]
    data = [names, levels, *([ancestry_table(ancestry)] if ancestry.relatives else [])]
    return Report("unit", unit.full_title, tables, notes=notes, data=data, facts={"code": unit.code})


def _revoked(recognition: Recognition) -> LabelledCode | None:
    """When and why a recognition was taken back; None where it stands."""
    if recognition.revoked_on is None:
        return None
    return LabelledCode(recognition.revoked_on, revocation_words(recognition))


def revocation_words(known: Recognition) -> str:
    """The day of a revocation, its decision and reason: "01/03/2025 · 9/QĐ-UBND: rớt chuẩn"."""
    return " · ".join(filter(None, (show_day(known.revoked_on), known.revoked_by)))


def _revoked_columns() -> list[Column[Sequence[Recognition]]]:
    """The same for machines: levels, days and decisions, of several in one order with "; " between."""

    def joined(key: str, text_of: Callable[[Recognition], str]) -> Column[Sequence[Recognition]]:
        return Column(key, key, of=lambda revoked: "; ".join(map(text_of, revoked)) or None)

    return [
        joined("revoked_level", lambda known: known.level),
        joined("revoked_on", lambda known: known.revoked_on or ""),
        joined("revoked_by", lambda known: revoking_decision(known) or ""),
    ]


def revoked_words(revoked: Sequence[Recognition]) -> LabelledCode | None:
    """What was taken back, for a column of remarks: "đã thu hồi NTM nâng cao 01/03/2025 · 9/QĐ-UBND"."""
    text = _("{level} revoked {evidence}")
    parts = [
        text.format(level=level_label(recognition), evidence=revocation_words(recognition)) for recognition in revoked
    ]
    return LabelledCode("revoked", "; ".join(parts)) if parts else None


def year_cell(known: Recognition) -> CellValue:
    """The year that it is for; where only the day is known by which it was, that day, for people."""
    return known.year if known.year else LabelledCode(None, _("by {day}").format(day=show_day(known.known_by)))


def level_cell(level: Level | None, none: str = "") -> LabelledCode:
    """A level, or a word for none."""
    return LabelledCode(level.key, level.label) if level else LabelledCode(None, none)


def evidence_columns() -> list[Column[Recognition]]:
    """By what a level was reached: the year, the decision with its day, when it was announced, how sure that is."""
    return [
        Column("year", _("Year"), CellKind.YEAR, of=year_cell),
        Column("decision", _("Decision"), CellKind.KEY, of=decision_number),
        Column("signed_on", _("Signed"), CellKind.DAY, of=signed_cell),
        Column("announced_on", _("Announced"), CellKind.DAY, of=lambda known: day_cell(known.announced_on), spare=3),
        Column("confidence", _("Evidence"), of=confidence_cell, spare=2),
    ]


def act_column() -> Column[Recognition]:
    """By what act a level is held; nothing for plain công nhận."""
    return Column("form", _("Form"), of=act_cell)


def act_cell(known: Recognition) -> LabelledCode | None:
    """The act, where it is another than công nhận."""
    return next((LabelledCode(known.basis.value, label) for label in act_words(known)), None)


def tells_act(known: Iterable[Recognition | None]) -> bool:
    """Whether any is another act than công nhận."""
    return any(recognition and act_words(recognition) for recognition in known)


def decision_number(known: Recognition) -> str | None:
    """The number of its decision."""
    return known.decision.number if known.decision else None


def revoking_decision(known: Recognition) -> str | None:
    """The decision that took it back, in full."""
    return in_full(known.revoking) if known.revoking else None


def signed_cell(known: Recognition) -> LabelledCode | None:
    """The day on which its decision was signed."""
    return day_cell(known.decision.signed_on) if known.decision else None


def confidence_cell(known: Recognition) -> LabelledCode:
    """How sure it is."""
    return LabelledCode(known.confidence.value, known.confidence.label)


def level_label(known: Recognition, tier: Tier | None = None) -> str:
    """A recognition's level in words, as its own programme calls it at a tier; its key where there is no such level."""
    level = known_level(known.programme, known.level, tier)
    return level.label if level else known.level


def is_made_up(known: Recognition) -> bool:
    """Whether a recognition is illustrative."""
    return known.confidence is Confidence.ILLUSTRATIVE


def made_up_note(count: int) -> list[str]:
    """The footnote of lists in which `count` rows are illustrative; empty for none."""
    if not count:
        return []
    return [_("ILLUSTRATIVE data, not real: the evidence of {count} rows.").format(count=number(count))]


def _others_made_up(count: int) -> list[str]:
    if not count:
        return []
    text = _("ILLUSTRATIVE data, not real: {count} units are missing here only because of made-up recognitions.")
    return [text.format(count=number(count))]


def _count_note(count: int) -> str:
    return ngettext("{count} unit.", "{count} units.", count).format(count=number(count))
