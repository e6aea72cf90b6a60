"""The headline figures and the charts, drawn as SVG from the numbers that stand beside them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ntmtrack.export.page.markup import heading, paragraphs, scrolled, table, text
from ntmtrack.i18n import _, number
from ntmtrack.reports.page import ChartGroup, Headline, HeadlineGroup, YearChart, YearColumn

_BAR = 1000  # the width of a bar, in its own units


def headlines(groups: Sequence[HeadlineGroup]) -> Iterator[str]:
    """A card a level, by set; beneath them what else is planned."""
    for group in groups:
        yield from heading(3, group.heading)
        if group.headlines:
            yield '<ul class="cards">'
            for headline in group.headlines:
                yield from _card(headline, 4 if group.heading else 3)
            yield "</ul>"
        if group.others:
            title = group.others.columns[0].title
            yield from scrolled(title, table(group.others, title))


def _card(headline: Headline, level: int) -> Iterator[str]:
    yield "<li>"
    yield from heading(level, headline.title)
    if headline.reached is None:
        yield from paragraphs([_("no figures yet")], "big none")
    else:
        of_all = text(_("of {total}").format(total=number(headline.total)))
        reached, share = number(headline.reached), text(headline.share)
        yield f'<p class="big"><b>{reached}</b> <span>{of_all}</span> <i>{share}%</i></p>'
        yield _bar(headline.reached, headline.total, headline.goal)
    yield "<dl>"
    yield from (f"<div><dt>{text(what)}<dd>{text(words)}</div>" for what, words in headline.facts)
    yield "</dl></li>"


def _bar(reached: int, total: int, goal: int | None) -> str:
    """What is reached of all, and a line where the plan is; the numbers stand beside it."""
    whole = max(total, reached, goal or 0, 1)
    mark = f'<path class="goal" d="M{_BAR * goal // whole} 0v12"/>' if goal else ""
    return (
        f'<svg class="bar" viewBox="0 0 {_BAR} 12" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="track" y="2" width="{_BAR}" height="8"/>'
        f'<rect class="fill" y="2" width="{_BAR * reached // whole}" height="8"/>{mark}</svg>'
    )


class _Frame(NamedTuple):
    """Where a chart stands in its drawing, in its units; `most` is the number at its top."""

    width: int
    top: int
    bottom: int
    most: int

    def height(self, value: int) -> int:
        """How high a number stands."""
        return (self.bottom - self.top) * value // self.most


def charts(groups: Sequence[ChartGroup]) -> Iterator[str]:
    """Plan and actual of each level by year: the plan an outline, the actual number a column within it."""
    yield from _key()
    place = 0
    for group in groups:
        yield from heading(3, group.heading)
        yield '<div class="charts">'
        for chart in group.charts:
            place += 1
            yield from _chart(chart, place, 4 if group.heading else 3)
        yield "</div>"


def _key() -> Iterator[str]:
    """What the outline and the column mean."""
    begin = '<svg viewBox="0 0 18 14" aria-hidden="true"><rect'
    outline = f'{begin} class="plan" x="1" y="1" width="16" height="12"/></svg>'
    column = f'{begin} class="fill" x="3" y="1" width="12" height="12"/></svg>'
    planned, reached = text(_("Plan")), text(_("Actual"))
    numbers = text(_("above: actual/plan"))
    yield f'<p class="key">{outline} {planned} &nbsp; {column} {reached} &nbsp; {numbers}</p>'


def _chart(chart: YearChart, place: int, level: int) -> Iterator[str]:
    yield "<figure>"
    yield f"<figcaption>{''.join(heading(level, chart.title))}</figcaption>"
    yield from _drawing(chart, f"c{place}")
    yield from scrolled(chart.title, table(chart.table, mark="years"))
    yield "</figure>"


def _drawing(chart: YearChart, key: str) -> Iterator[str]:
    most = max((value for column in chart.columns for value in (column.planned, column.reached) if value), default=1)
    frame = _Frame(72 * max(len(chart.columns), 1), 26, 176, most)
    yield f'<svg class="chart" viewBox="0 0 {frame.width} 200" role="img" aria-labelledby="{key}t {key}d">'
    yield f'<title id="{key}t">{text(chart.title)}</title><desc id="{key}d">{text(_in_words(chart.columns))}</desc>'
    for place, column in enumerate(chart.columns):
        yield from _column(column, 36 + 72 * place, frame)
    yield f'<path class="floor" d="M0 {frame.bottom}h{frame.width}"/></svg>'


def _column(column: YearColumn, middle: int, frame: _Frame) -> Iterator[str]:
    """One year: outline, column, the numbers above, the year beneath."""
    planned, reached = (frame.height(value or 0) for value in (column.planned, column.reached))
    if column.planned is not None:
        yield f'<rect class="plan" x="{middle - 24}" y="{frame.bottom - planned}" width="48" height="{planned}"/>'
    if column.reached is not None:
        yield f'<rect class="fill" x="{middle - 15}" y="{frame.bottom - reached}" width="30" height="{reached}"/>'
    above = frame.bottom - max(planned, reached) - 7
    yield f'<text x="{middle}" y="{above}">{_numbers(column)}</text>'
    yield f'<text class="year" x="{middle}" y="194">{column.year}</text>'


def _numbers(column: YearColumn) -> str:
    """What was reached, after a stroke what was planned: "112/113"."""
    planned = f'<tspan class="planned">{number(column.planned)}</tspan>' if column.planned is not None else ""
    reached = number(column.reached) if column.reached is not None else ""
    return "/".join(filter(None, (reached, planned)))


def _in_words(columns: Sequence[YearColumn]) -> str:
    """What the chart shows, for who hears it."""
    return "; ".join(filter(None, map(_year_in_words, columns)))


def _year_in_words(column: YearColumn) -> str:
    planned = _("plan {count}").format(count=number(column.planned)) if column.planned is not None else ""
    reached = _("actual {count}").format(count=number(column.reached)) if column.reached is not None else ""
    told = ", ".join(filter(None, (planned, reached)))
    return f"{column.year}: {told}" if told else ""
