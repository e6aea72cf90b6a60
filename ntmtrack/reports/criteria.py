"""Criteria sets as tables: the list of them, and one as it stands on a day."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ntmtrack.dates import show_day
from ntmtrack.i18n import _, number
from ntmtrack.model import Unit, kind_name
from ntmtrack.programmes import programme
from ntmtrack.programmes.criteria import Condition, CriteriaSet, Threshold, Verified
from ntmtrack.reports import CellKind, Column, LabelledCode, Report, Table, day_cell

_SIGNS = {">=": "≥", "<=": "≤"}


class ListedSet(NamedTuple):
    """A set as it stands, and how many of its rows an office tells."""

    of_set: CriteriaSet
    by_office: int

    def count(self, verified: Verified) -> int:
        """How many of its rows were held against the text so far."""
        return Counter(_checked(self.of_set))[verified]


def _checked(of_set: CriteriaSet) -> Iterator[Verified]:
    """How far each row of a set was checked: names, conditions, thresholds."""
    yield from (criterion.verified for criterion in of_set.criteria)
    yield from (content.verified for criterion in of_set.criteria for content in criterion.contents)
    yield from (condition.verified for condition in of_set.conditions)
    yield from (Verified.YES if threshold.verified else Verified.NO for threshold in of_set.thresholds)


def sets_report(sets: Sequence[ListedSet], subtitle: str) -> Report:
    """The sets, each with how much it holds and how far that was checked."""
    group = _("Held against the text")
    columns: list[Column[ListedSet]] = [
        Column("key", _("Set"), CellKind.KEY, of=lambda row: row.of_set.key),
        Column("level", _("Level"), of=lambda row: _level(row.of_set), spare=1),
        Column("units", _("For"), of=lambda row: _units(row.of_set), spare=2),
        Column("since", _("Since"), CellKind.DAY, of=lambda row: day_cell(row.of_set.since)),
        Column("criteria", _("Criteria"), CellKind.COUNT, of=lambda row: row.of_set.total or None),
        Column("contents", _("Content items"), CellKind.COUNT, of=lambda row: _contents(row.of_set)),
        Column("checked", _("in full"), CellKind.COUNT, group, lambda row: row.count(Verified.YES)),
        Column("partly", _("partly"), CellKind.COUNT, group, lambda row: row.count(Verified.PARTLY)),
        Column("unchecked", _("not"), CellKind.COUNT, group, lambda row: row.count(Verified.NO)),
        Column("office", _("own"), CellKind.COUNT, group, lambda row: row.by_office or None),
    ]
    title = _("Criteria sets")
    notes = [_("Rows checked, partly and not: held against the text of the decision; own: told by this office.")]
    return Report("criteria-sets", title, [Table.of("sets", title, sets, columns)], subtitle=subtitle, notes=notes)


def _level(of_set: CriteriaSet) -> LabelledCode:
    levels = programme(of_set.programme).levels
    label = next((level.label for level in levels if level.key == of_set.level), of_set.level)
    return LabelledCode(of_set.level, label)


def _units(of_set: CriteriaSet) -> LabelledCode:
    kinds = of_set.kinds or programme(of_set.programme).kinds_of(of_set.tier)
    return LabelledCode(of_set.tier.value, ", ".join(map(kind_name, kinds)) or of_set.tier.value)


def _contents(of_set: CriteriaSet) -> int | None:
    """How many contents it has by its decision, else as many as are listed."""
    return of_set.contents_number or sum(len(criterion.contents) for criterion in of_set.criteria) or None


class ShownSet(NamedTuple):
    """A set on an ISO day: which thresholds are asked about, which codes an office names, by which province's rows."""

    of_set: CriteriaSet
    day: str
    thresholds: Sequence[Threshold]
    by_office: Collection[str] = ()
    province: Unit | None = None
    with_contents: bool = False
    with_sources: bool = False


class _Item(NamedTuple):
    """A row of a set: a criterion, or one of its contents."""

    code: str
    name: str
    verified: LabelledCode
    source: str
    criterion: str
    contents: int | None = None
    compulsory: bool = False

    @property
    def is_criterion(self) -> bool:
        """Whether it is a criterion as a whole."""
        return self.code == self.criterion


def set_report(shown: ShownSet) -> Report:
    """A set: its criteria, with contents where asked for, its conditions, thresholds, what is asked besides."""
    of_set = shown.of_set
    items = [*_items(shown)]
    seen = items if shown.with_contents else [item for item in items if item.is_criterion]
    tables = [
        _items_table(seen),
        _conditions_table(of_set.conditions),
        _thresholds_table(shown.thresholds),
    ]
    people = [table if shown.with_sources else _without_source(table) for table in tables if table.rows]
    return Report(
        "criteria-set",
        of_set.title,
        people,
        subtitle=_about(shown),
        notes=[*_notes(of_set)],
        facts={"set": of_set.key, "on": shown.day, "level": of_set.level, "tier": of_set.tier.value},
        data=[_items_table(items), *tables[1:]],
    )


def _without_source(table: Table) -> Table:
    return table.only([place for place, column in enumerate(table.columns) if column.key != "source"])


def _items(shown: ShownSet) -> Iterator[_Item]:
    for criterion in shown.of_set.criteria:
        checked = _checked_cell(criterion.verified, criterion.code in shown.by_office)
        says = f": {criterion.says}" if criterion.says and shown.with_contents else ""
        name = f"{criterion.name}{says}"
        count = len(criterion.contents) or None
        yield _Item(criterion.code, name, checked, criterion.source, criterion.code, count)
        for content in criterion.contents:
            checked = _checked_cell(content.verified, content.code in shown.by_office)
            told = (content.code, content.name, checked, content.source, criterion.code)
            yield _Item(*told, compulsory=content.compulsory)


def _checked_cell(verified: Verified, is_own: bool = False) -> LabelledCode:
    own = _("own")
    return LabelledCode(verified.value, f"{verified.label} ({own})" if is_own else verified.label)


def _items_table(items: Sequence[_Item]) -> Table:
    columns: list[Column[_Item]] = [
        Column("code", _("Code"), CellKind.KEY, of=lambda item: item.code),
        Column("name", _("Criterion or content"), of=lambda item: item.name),
        Column("contents", _("Content items"), CellKind.COUNT, of=lambda item: item.contents),
        Column(
            "compulsory",
            _("Compulsory"),
            CellKind.MARK,
            of=lambda item: LabelledCode("yes", "x") if item.compulsory else None,
        ),
        Column("verified", _("Held against the text"), of=lambda item: item.verified),
        Column("source", _("Source"), of=lambda item: item.source),
    ]
    of_one = any(not item.is_criterion for item in items)
    return Table.of("criteria", _("Criteria"), items, columns, group=lambda item: of_one and item.criterion)


def _conditions_table(conditions: Sequence[Condition]) -> Table:
    columns: list[Column[Condition]] = [
        Column("code", _("Code"), CellKind.KEY, of=lambda one: one.code),
        Column("name", _("Condition"), of=lambda one: one.name),
        Column("asked", _("Threshold"), of=lambda one: _asked(one.operator, one.value, one.counted_in)),
        Column("applies_to", _("Applies to"), of=lambda one: one.applies_to),
        Column("verified", _("Held against the text"), of=lambda one: _checked_cell(one.verified)),
        Column("source", _("Source"), of=lambda one: one.source),
    ]
    return Table.of("conditions", _("Conditions"), conditions, columns)


def _thresholds_table(thresholds: Sequence[Threshold]) -> Table:
    columns: list[Column[Threshold]] = [
        Column("code", _("Code"), CellKind.KEY, of=lambda one: one.code),
        Column("applies_to", _("Applies to"), of=lambda one: LabelledCode(one.applies_to, one.applies_to or _("all"))),
        Column("year", _("Year"), CellKind.YEAR, of=lambda one: one.year),
        Column("asked", _("Threshold"), of=lambda one: _asked(one.operator, one.value, one.counted_in)),
        Column("since", _("Since"), CellKind.DAY, of=lambda one: day_cell(one.since or None)),
        Column(
            "verified",
            _("Held against the text"),
            of=lambda one: _checked_cell(Verified.YES if one.verified else Verified.NO),
        ),
        Column("source", _("Source"), of=lambda one: one.source),
    ]
    return Table.of("thresholds", _("Thresholds"), thresholds, columns)


def _asked(operator: str | None, value: str | None, counted_in: str | None) -> str | None:
    """“≥ 59 triệu đồng/người/năm”, “100 % số xã”."""
    sign = _SIGNS.get(operator or "", operator or "")
    return " ".join(filter(None, (sign if sign != "=" else "", value, counted_in))) or None


def _about(shown: ShownSet) -> str:
    """By which decision it is, how much it asks for, on which day, by whose rows."""
    of_set = shown.of_set
    parts = [of_set.key, of_set.source]
    if of_set.total:
        parts.append(_("{count} criteria").format(count=number(of_set.total)))
    if of_set.contents_number:
        parts.append(_("{count} contents").format(count=number(of_set.contents_number)))
    parts.append(_("as of {day}").format(day=show_day(shown.day)))
    if shown.province and shown.by_office:
        parts.append(_("with the rows of {unit}").format(unit=shown.province.title))
    return "; ".join(parts)


def _notes(of_set: CriteriaSet) -> Iterator[str]:
    if of_set.asks:
        yield _("Asks besides that this set be met: {sets}.").format(sets=", ".join(of_set.asks))
    if of_set.of:
        yield _("What is counted are the contents of the set {criteria_set}.").format(criteria_set=of_set.of)
    if of_set.contents_number and not of_set.is_listed_whole:
        text = _("Of {total} contents {count} are known; fill in the others: ntmtrack criteria export {key} -o {file}")
        listed = sum(len(criterion.contents) for criterion in of_set.criteria)
        facts = {"count": number(listed), "total": number(of_set.contents_number), "key": of_set.key}
        yield text.format(file="tieu-chi.xlsx", **facts)
    yield _("Names are short forms, not the words of the decision; by an unchecked threshold nothing is concluded.")
