"""Every unit: as a square by its level, and as a row of the list that can be searched."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ntmtrack.export.page.markup import heading, paragraphs, scrolled, text
from ntmtrack.i18n import _, number
from ntmtrack.reports.page import ListedLevel, ListedPart, Page, Shade, SquaresMap, UnitOnPage, UnitSquare


def squares(maps: Sequence[SquaresMap]) -> Iterator[str]:
    """A row a district, a square a commune that leads to its row in the list; before them what the letters mean."""
    yield from paragraphs([_("Point at a square, or move to it with the arrow keys, to read the name.")], "hint")
    for drawn in maps:
        yield from heading(3, drawn.heading)
        yield from _legend(drawn)
        yield '<dl class="map">'
        for part in drawn.parts:
            yield f"<div><dt>{text(part.title)} <small>{number(len(part.squares))}</small><dd>"
            yield from map(_square, part.squares)
            yield "</div>"
        yield "</dl>"


def _legend(drawn: SquaresMap) -> Iterator[str]:
    total = sum(count for _shade, count in drawn.legend) or 1
    yield '<ul class="legend">'
    for shade, count in drawn.legend:
        share = number((Decimal(100) * count / total).quantize(Decimal("0.01")))
        yield f'<li><span class="{_tint(shade)}" aria-hidden="true">{shade.letter}</span> {text(shade.label)}: '
        yield f"<b>{number(count)}</b> ({share}%)"
    if any(square.is_made_up for part in drawn.parts for square in part.squares):
        words = text(_("small letter, broken line: ILLUSTRATIVE data, not real"))
        yield f'<li><span class="m" aria-hidden="true">a</span> {words}'
    yield "</ul>"


def _square(square: UnitSquare) -> str:
    letter, mark = square.shade.letter, _tint(square.shade)
    if square.is_made_up:
        letter, mark = letter.lower(), f'"{mark} m"'
    return (
        f'<a href=#u{square.row} class={mark} aria-label="{text(square.name)}, {text(square.shade.label)}">{letter}</a>'
    )


def _tint(shade: Shade) -> str:
    return f"s{shade.tint}"


def finder(page: Page) -> Iterator[str]:
    """The fields to search the list by; they show once the script that answers them runs."""
    units, sought, everything = text(_("{count} units")), text(_("Find a unit")), text(_("Show all"))
    labels = dict.fromkeys(level.shade.label for part in page.parts for unit in part.units for level in unit.levels)
    yield f'<form id="finder" role="search" hidden data-found="{units}">'
    yield f'<label>{sought}<input id="q" type="search" autocomplete="off" spellcheck="false"></label>'
    yield from _choice("level", _("Highest level"), labels)
    yield from _choice("part", _("Unit"), [part.title for part in page.parts])
    yield f'<button type="reset">{everything}</button><output id="found" for="q level part"></output></form>'


def _choice(key: str, label: str, options: Iterable[str]) -> Iterator[str]:
    """A field with one of these to choose, or all."""
    everything = text(_("all"))
    yield f'<label>{text(label)}<select id="{key}"><option value="">{everything}</option>'
    yield from (f"<option>{text(option)}</option>" for option in options)
    yield "</select></label>"


def register(page: Page) -> Iterator[str]:
    """The list, a table a district: each unit with its highest level, the year and the decision, by each set."""
    yield from scrolled(_("All units"), _every_part(page))


def _every_part(page: Page) -> Iterator[str]:
    for part in page.parts:
        yield '<div class="unit-part">'
        yield from _part(part, page.sets)
        yield "</div>"


def _part(part: ListedPart, sets: Sequence[str]) -> Iterator[str]:
    yield f"<table><caption>{text(part.title)}</caption><thead>{_head(sets)}</thead><tbody>"
    yield from map(_row, part.units)
    yield "</tbody></table>"


def _head(sets: Sequence[str]) -> str:
    unit, names = text(_("Unit")), (_("Highest level"), _("Year"), _("Decision"))
    columns = "".join(f"<th scope=col>{text(name)}" for name in names)
    if len(sets) == 1:
        return f"<tr><th scope=col>{unit}{columns}"
    groups = "".join(f"<th scope=colgroup colspan={len(names)}>{text(words)}" for words in sets)
    return f"<tr><th scope=col rowspan=2>{unit}{groups}<tr>{columns * len(sets)}"


def _row(unit: UnitOnPage) -> str:
    return f"<tr id=u{unit.row}><th scope=row>{text(unit.name)}{''.join(map(_level, unit.levels))}"


def _level(level: ListedLevel) -> str:
    return f"<td>{text(level.shade.label)}<td>{text(level.year)}<td>{text(level.decision)}"
