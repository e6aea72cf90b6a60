"""A page that was written as a report, read again: its stamp, and in which texts two pages differ."""

from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import takewhile, zip_longest
from pathlib import Path
from typing import NamedTuple

from ntmtrack.errors import NotAReport
from ntmtrack.i18n import _, number
from ntmtrack.spreadsheets.properties import Differing
from ntmtrack.spreadsheets.source import read_source
from ntmtrack.stamps import STAMP

ENDING = ".html"
_SHOWN = 80  # letters of a text that differs


class _TableLine(NamedTuple):
    """A text of the page, and the line on which it stands."""

    text: str
    number: int


class _Reader(HTMLParser):
    """The stamp and the texts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.stamp: dict[str, str] = {}
        self.lines: list[_TableLine] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name = told.get("name") or ""
        if tag == "meta" and name.startswith(STAMP):
            self.stamp[name.removeprefix(STAMP)] = told.get("content") or ""
        elif label := told.get("aria-label"):
            self.lines.append(_TableLine(label, self.getpos()[0]))

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if words and self.cdata_elem is None:  # neither of the style nor of the script
            self.lines.append(_TableLine(words, self.getpos()[0]))


def page_stamp(file: Path) -> dict[str, str]:
    """The stamp that a page carries; raises NoSuchFile, CannotRead, NotAReport without a stamp."""
    stamp = _read(file).stamp
    if "fingerprint" not in stamp:
        raise NotAReport(file=file)
    return stamp


def _read(file: Path) -> _Reader:
    reader = _Reader()
    reader.feed(read_source(file).data.decode("utf-8", errors="replace"))
    reader.close()
    return reader


def differing_lines(file: Path, other: Path) -> list[Differing]:
    """The texts in which a page differs from another: what stands between their like beginnings and ends."""
    says, should = _read(file).lines, _read(other).lines
    begin = _alike(says, should)
    end = _alike(says[begin:][::-1], should[begin:][::-1])
    return list(_between(says[begin : len(says) - end], should[begin : len(should) - end]))


def _alike(first: Sequence[_TableLine], second: Sequence[_TableLine]) -> int:
    """With how many texts alike two pages begin."""
    pairs = zip(first, second, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0].text == pair[1].text, pairs))


def _between(says: Sequence[_TableLine], should: Sequence[_TableLine]) -> Iterator[Differing]:
    for one, other in zip_longest(says, should):
        if one is None or other is None or one.text != other.text:
            line = one or other
            address = _("line {number}").format(number=number(line.number if line else 0))
            yield Differing("", address, one and one.text[:_SHOWN], other and other.text[:_SHOWN])
