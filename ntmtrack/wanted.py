"""What a typed name may ask for: of which kind, called what, within which units. Each way to read it is kept.

A reading is held against real units later, its places too: one that means nothing fits nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ntmtrack.kinds import kind_alone, split_kind, split_plain_kind
from ntmtrack.text import clean, closing_number, fold_keys

_REMEMBERED = 20_000  # names: a table tells the same ones over and over
_MOST_WORDS = 12  # of a name that the district may be run on to
_BRACKETS = re.compile(r"(?P<before>[^(]+?)\s*\((?P<inside>[^()]+)\)")
_ABOVE = r"huyện|huyen|thị xã|thi xa|thành phố|thanh pho|quận|quan|tỉnh|tinh|tp\.?|tx\.?|[hqt]\."
_CUT = re.compile(rf"\s*[-–—/]\s*|\s+(?=(?:{_ABOVE})\s*(?<=[\s.])\S)", re.IGNORECASE)
Places = tuple[str, ...]


class Reading(NamedTuple):
    """One way to understand a name: the kind, the name without it, the places told, the nearest first."""

    kind: str | None
    name: str
    places: Places = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A typed name taken apart: every way to read it."""

    typed: str
    readings: tuple[Reading, ...]

    @property
    def name(self) -> str:
        """The name as it would first be read, without kind and places."""
        return self.readings[0].name

    @property
    def keys(self) -> set[str]:
        """Every match key under which the unit may be stored."""
        return {key for one in self.readings for key in fold_keys(one.name)}


class _Parts(NamedTuple):
    """What the signs of a typed name part: the name with what is not parted from it, the kind, the places."""

    first: str
    kind: str | None
    told: Places


@lru_cache(_REMEMBERED)
def take_apart(typed: str) -> Wanted:
    """What `typed` may ask for: "xã Bình An, huyện Châu Thành", "Bình An (Châu Thành)", "Bình An - Châu Thành".

    A name that begins like a kind is read both ways ("xa bang", "Bản Bo"), as is one with a hyphen of its own.
    """
    parts = _parts(typed)
    readings = [
        Reading(kind or parts.kind, name, (*near, *far))
        for whole, near in _cuts(parts.first)
        for far in _ways(parts.told)
        for kind, name in _kinds(whole)
    ]
    return Wanted(clean(typed), tuple(dict.fromkeys(readings)))


def run_on(typed: str) -> Wanted:
    """The same where the district follows the name without any sign: "Mỹ Thuận Hòn Đất"; for a name that none bears."""
    first, kind_told, told = _parts(typed)
    readings = [
        Reading(kind or kind_told, " ".join(words[:place]), (place_told, *told))
        for kind, name in _kinds(first)
        if 1 < len(words := name.split()) <= _MOST_WORDS
        for place in range(1, len(words))
        if not closing_number(place_told := " ".join(words[place:])) and len(place_told) > 1
    ]
    return Wanted(clean(typed), tuple(dict.fromkeys(readings)))


def _parts(typed: str) -> _Parts:
    text = clean(typed)
    found = _BRACKETS.fullmatch(text)
    before, inside = (found["before"], found["inside"]) if found else (text, "")
    kind = kind_alone(inside)
    first, *after = _pieces(before) or [""]
    return _Parts(first, kind, (*after, *_pieces("" if kind else inside)))


def _pieces(text: str) -> list[str]:
    return [piece for piece in (part.strip() for part in text.split(",")) if piece]


def _kinds(name: str) -> Sequence[tuple[str | None, str]]:
    return tuple(dict.fromkeys((split_kind(name), (None, name), split_plain_kind(name))))


def _cuts(text: str) -> Iterator[tuple[str, Places]]:
    """A name whole, and parted at each hyphen and each kind of a larger unit within it."""
    yield text, ()
    for cut in _CUT.finditer(text):
        if name := text[: cut.start()].strip():
            for places in _ways((text[cut.end() :],)):
                yield name, places


def _ways(told: Places) -> Iterator[Places]:
    """Places as they are told, and parted further where they can be."""
    yield told
    parted = tuple(piece.strip() for place in told for piece in _CUT.split(place) if piece.strip())
    if parted != told:
        yield parted
