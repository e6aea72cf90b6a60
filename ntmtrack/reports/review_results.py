"""Kết quả rà soát sau sắp xếp, as it is filed: how many new units are in which state, by former district, and which."""

from collections import Counter
from collections.abc import Callable, Sequence

from ntmtrack.dates import show_day
from ntmtrack.i18n import _, number
from ntmtrack.programmes import known_level
from ntmtrack.progress.constituents import CarryState, ReviewResult, own_rank
from ntmtrack.reports import CellKind, CellValue, Column, Report, Table
from ntmtrack.reports.carried_units import (
    CARRIED,
    CarriedUnit,
    formed_of_column,
    in_all,
    proposed_by,
    tidy_columns,
)
from ntmtrack.reports.units import level_label
from ntmtrack.rules import decision_and_issuer


def carried_report(units: Sequence[CarriedUnit], title: str, subtitle: str) -> Report:
    """Three tables: the states by level, the former districts by state, every unit by name."""
    filed = (
        "number",
        "name",
        "code",
        "former_districts",
        "formed_of",
        "held",
        "proposal",
        "state",
        "decision",
        "signed_on",
    )
    columns = {column.key: column for column in (*tidy_columns(), formed_of_column())}
    named = Table.of(CARRIED, _("By name"), units, [columns[key] for key in filed])
    by_state, by_district = _by_state(units), _by_district(units)
    tables = [*map(_where_any, (by_state, by_district)), named]
    data = [by_state, by_district, named]
    return Report(
        CARRIED, title, tables, subtitle, data=data, notes=[in_all(units), *proposed_by(units), *_made_up(units)]
    )


def _made_up(units: Sequence[CarriedUnit]) -> list[str]:
    """Of how many units what their constituents held is illustrative."""
    count = sum(row.is_made_up() for row in units)
    text = _("ILLUSTRATIVE data, not real: what was held before by the constituents of {count} new units.")
    return [text.format(count=number(count))] if count else []


def review_note(found: ReviewResult) -> str:
    """What was found of a unit after a merger, of which day, by which decision and why."""
    state = CarryState(found.result).label
    by = decision_and_issuer(found.decision) if found.decision else show_day(found.day)
    level = known_level(found.programme, found.level) if found.level else None
    parts = [f"{state} {level.label}" if level else state, by, found.note or "", found.source or ""]
    return _("Review after the merger: {found}.").format(found="; ".join(filter(None, parts)))


def _where_any(counts: Table) -> Table:
    """A table of counts without the rows and columns in which there is nobody."""
    total = next(place for place, column in enumerate(counts.columns) if column.key == "total")
    rows = [row for row in counts.rows if row[total]]
    kept = [place for place in range(len(counts.columns)) if place < total or any(row[place] for row in rows)]
    numbers = [[row[0] and place, *(row[at] for at in kept[1:])] for place, row in enumerate(rows, start=1)]
    return counts._replace(columns=[counts.columns[at] for at in kept], rows=numbers)


_Row = tuple[str, Counter[str]]  # what is counted, and how many of what


def _by_state(units: Sequence[CarriedUnit]) -> Table:
    """How many units are in which state, and at which level, the highest first."""
    held = {level_label(row.own): own_rank(row.own) for row in units if row.own}
    levels = sorted({*held, *filter(None, map(_proposed, units))}, key=lambda label: -held.get(label, 0))
    rows = [(state.label, Counter(_level(row) for row in units if row.state is state)) for state in CarryState]
    return _counts("states", _("By state"), (_("State"), rows), levels)


def _by_district(units: Sequence[CarriedUnit]) -> Table:
    """How many units of each former district are in which state."""
    districts = dict.fromkeys(row.former_districts for row in units)
    rows = [
        (district, Counter(row.state.label for row in units if row.former_districts == district))
        for district in districts
    ]
    states = [state.label for state in CarryState]
    return _counts("districts", _("By former district"), (_("Former district"), rows), states)


def _level(row: CarriedUnit) -> str:
    return level_label(row.own) if row.own else _proposed(row)


def _proposed(row: CarriedUnit) -> str:
    """The level that was proposed after a review; "" where none was."""
    review = row.review
    if row.own or review is None or review.level is None:
        return ""
    known = known_level(review.programme, review.level)
    return known.label if known else review.level


def _counts(key: str, title: str, heads: tuple[str, Sequence[_Row]], what: Sequence[str]) -> Table:
    """One row a thing that is counted: how many in all, how many of what; the last row adds them up."""
    name, rows = heads
    summed = Counter[str]()
    for _name, counts in rows:
        summed.update(counts)
    columns: list[Column[_Row]] = [
        Column("number", _("No."), CellKind.COUNT),
        Column("name", name, of=lambda row: row[0]),
        Column("total", _("New units"), CellKind.COUNT, of=lambda row: row[1].total()),
        *(Column(f"count{place}", label, CellKind.COUNT, of=_count(label)) for place, label in enumerate(what)),
    ]
    table = Table.of(key, title, [*rows, (_("In all"), summed)], columns)
    *each, total = table.rows
    return table._replace(rows=[*each, ["", *total[1:]]], sums=1)


def _count(label: str) -> Callable[[_Row], CellValue]:
    return lambda row: row[1][label]
