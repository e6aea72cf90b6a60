"""What a plan prints of each line by year and period, with the results and baselines that stand beside its targets."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.i18n import _, number
from ntmtrack.model import Programme
from ntmtrack.reports import Column, Table
from ntmtrack.reports.plan_words import added_words, cumulative_words, moment_words, percent_words
from ntmtrack.roadmaps import NATURES, LineKey, Roadmap, Target, line_title


class _Time(NamedTuple):
    """What a column is of: one year where both ends are the same, else a period."""

    last: int
    first: int
    is_period: bool
    due: date
    part: str = ""  # of a year: by when, where that is no year's end

    @property
    def label(self) -> str:
        if self.part:
            return self.part
        return _("{first}–{last}").format(first=self.first, last=self.last) if self.is_period else str(self.last)


def printed_table(plan: Roadmap, lines: Mapping[LineKey, Sequence[Target]], programme: Programme) -> Table:
    """Three rows a line: added, cumulative with its total, per cent; below them what stands beside a target."""
    every = {_time(target, plan) for figures in lines.values() for target in figures}
    times = sorted(every, key=lambda time: (time.is_period, time.due, time.first, time.part))

    def of_time(time: _Time) -> Column[_PrintedRow]:
        return Column(_column_key(time, times), time.label, of=lambda row: row.figures.get(time) or "–")

    columns: list[Column[_PrintedRow]] = [
        Column("line", _("Target"), of=lambda row: row.title),
        Column("figure", "", of=lambda row: row.figure),
        *map(of_time, times),
    ]
    rows = [
        row
        for key, figures in lines.items()
        for place, printed in enumerate(_layers(figures, plan))
        for row in _rows(key, _layer_title(printed, programme, place), printed, whole=place == 0)
    ]
    return Table.of("printed", plan.number, rows, columns, group=lambda row: row.line)


class _PrintedRow(NamedTuple):
    """A row of the table: of a line, under its title or none, one kind of figure as printed for each time."""

    line: LineKey
    title: str
    figure: str
    figures: Mapping[_Time, str]


def _column_key(time: _Time, times: Sequence[_Time]) -> str:
    """Of a year y2024, of the only period "period", of several each by its ends."""
    if time.part:
        return f"by {time.part}"
    if not time.is_period:
        return f"y{time.last}"
    return "period" if sum(time.is_period for time in times) == 1 else f"p{time.first}_{time.last}"


def _time(target: Target, plan: Roadmap) -> _Time:
    if target.span == "year":
        words = moment_words(target)
        part = "" if words == str(target.year) else words
        return _Time(target.year, target.year, is_period=False, due=target.due_by, part=part)
    first = target.first_year or plan.base_year + 1
    return _Time(target.year, first, is_period=True, due=date(target.year, 12, 31))


_Layer = dict[_Time, list[Target]]  # of one time, figures that print different things of a line


def _layers(figures: Sequence[Target], plan: Roadmap) -> list[_Layer]:
    """What a line prints for each time; then what stands beside that: results, baselines, further targets."""
    first: _Layer = {}
    beside: dict[str, list[_Layer]] = {}
    for target in sorted(figures, key=lambda target: NATURES.index(target.nature)):
        time = _time(target, plan)
        layers = beside.setdefault(target.nature, [])
        room = next((layer for layer in (first, *layers) if _has_room(layer.get(time, ()), target)), None)
        if room is None:
            layers.append(room := {})
        room.setdefault(time, []).append(target)
    return [first, *(layer for layers in beside.values() for layer in layers)]


def _has_room(others: Sequence[Target], target: Target) -> bool:
    """Whether a figure can stand with those of its time: of their nature, and printing what none of them prints."""
    return all(
        other.nature == target.nature and not any(map(all, zip(_printed([other]), _printed([target]), strict=True)))
        for other in others
    )


def _layer_title(printed: _Layer, programme: Programme, place: int) -> str:
    """The title of a line, and of what stands beside it what that is."""
    target = next(iter(printed.values()))[0]
    title = line_title(target.line, programme)
    if place == 0:
        return title
    of = {"actual": _("{line}: result"), "baseline": _("{line}: baseline")}
    return of.get(target.nature, _("{line}: also printed")).format(line=title)


def _rows(line: LineKey, title: str, printed: _Layer, *, whole: bool) -> Iterator[_PrintedRow]:
    """A row each for added, cumulative and per cent; unless `whole` only those in which anything stands."""
    of_times = {time: _printed(targets) for time, targets in printed.items()}
    for place, name in enumerate((_("added"), _("cumulative"), _("per cent"))):
        figures = {time: words[place] for time, words in of_times.items()}
        if whole or any(figures.values()):
            yield _PrintedRow(line, title, name, figures)
            title = ""


def _printed(targets: Sequence[Target]) -> tuple[str, str, str]:
    """Added, cumulative (with its total) and per cent of one time; nothing where nothing is printed."""
    words = [_words(target) for target in targets]
    added, cumulative, share = ("".join(texts) for texts in zip(("", "", ""), *words, strict=True))
    return added, cumulative, share


def _words(target: Target) -> tuple[str, str, str]:
    total = f"/{number(target.total)}" if target.total is not None else ""
    added, cumulative = added_words(target), cumulative_words(target)
    if target.cumulative is not None:
        cumulative += total
    elif target.added is not None:
        added += total
    return added, cumulative, percent_words(target)
