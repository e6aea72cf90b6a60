"""What a typed name means, and the national lists of units."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations, islice, product
from typing import NamedTuple

from ntmtrack.errors import BadCode, BadName, CodelessTier, WrongKind
from ntmtrack.i18n import _
from ntmtrack.model import CODE_DIGITS, KINDS, MOST_LETTERS, Tier
from ntmtrack.text import clean, closing_number, fold_keys, letters, plain, squeeze, unmarked

_KIND_WORDS = {
    "thị trấn": "thị trấn", "tt": "thị trấn",
    "thành phố": "thành phố", "tp": "thành phố",
    "thị xã": "thị xã", "tx": "thị xã",
    "đặc khu": "đặc khu", "đk": "đặc khu",
    "phường": "phường", "p": "phường",
    "huyện": "huyện", "h": "huyện",
    "quận": "quận", "q": "quận",
    "tỉnh": "tỉnh", "t": "tỉnh",
    "xã": "xã", "x": "xã",
    "thôn": "thôn", "bản": "bản", "ấp": "ấp",
}  # fmt: skip
# A kind written out, or shortened: "thị trấn X", "TT. X", "TP X", "H. X"; a single letter needs its point.
_KIND_PREFIX = re.compile(
    r"(thị trấn|thành phố|thị xã|đặc khu|phường|huyện|quận|tỉnh|xã|thôn|bản|ấp)\s+(?=\S)"
    r"|(t\.?[tpx]|đ\.?k)(?:\s*\.\s*|\s+)(?=\S)|([phqtx])\s*\.\s*(?=\S)",
    re.IGNORECASE,
)
_PLAIN_KIND_PREFIX = re.compile(r"(thi tran|thanh pho|thi xa|dac khu|phuong|huyen|quan|tinh|xa)\s+(?=\S)")
_PLAIN_KINDS = {plain(kind): kind for kind in _KIND_WORDS.values()}
# Kinds of villages with which names of communes begin over and over: "Làng Nhì", "Sóc Sơn", "Buôn Hồ".
_VILLAGES = {plain(kind): kind for kind in KINDS[Tier.VILLAGE]} | {"tdp": "tổ dân phố"}
_VILLAGE_PREFIX = re.compile(rf"({'|'.join(sorted(_VILLAGES, key=len, reverse=True))})\.?\s+(?=\S)")
# What a district may have been before it became what it is: old papers go on calling it so.
EARLIER_KINDS = {"thành phố": ("thị xã", "huyện"), "thị xã": ("huyện",), "quận": ("huyện", "thị xã")}


def kind_alone(text: str) -> str | None:
    """The kind that a text is, where it is nothing else: "thị trấn", "TT."."""
    word = clean(text).casefold().replace(".", "")
    if len(word) == 1:
        return None
    return _KIND_WORDS.get(word) or _PLAIN_KINDS.get(word)


def split_kind(text: str) -> tuple[str | None, str]:
    """The kind of unit that a name begins with, and the rest: "TT. Minh Lương" → ("thị trấn", "Minh Lương")."""
    text = clean(text)
    prefix = _KIND_PREFIX.match(text)
    if not prefix:
        return None, text
    word = next(group for group in prefix.groups() if group)
    return _KIND_WORDS[word.casefold().replace(".", "")], text[prefix.end() :]


def split_plain_kind(text: str) -> tuple[str | None, str]:
    """The same for a name typed without marks, where "xa" may also be part of the name ("Xà Bang")."""
    prefix = _PLAIN_KIND_PREFIX.match(plain(text))
    if not prefix:
        return None, clean(text)
    words = prefix.group(1).count(" ") + 1
    return _PLAIN_KINDS[prefix.group(1)], " ".join(clean(text).split()[words:])


def split_village_kind(text: str) -> tuple[str | None, str]:
    """The kind of village that a name begins with, marks or none, and the rest: "tdp 3" → ("tổ dân phố", "3")."""
    words = clean(text).split()
    prefix = _VILLAGE_PREFIX.match(unmarked(text))
    if not prefix:
        return None, " ".join(words)
    count = prefix[1].count(" ") + 1
    kind, typed = _VILLAGES[prefix[1]], " ".join(words[:count]).rstrip(".")
    if unmarked(typed) != typed.casefold() and letters(typed) != letters(kind):  # with marks of its own: Lăng, Láng
        return None, " ".join(words)
    return kind, " ".join(words[count:])


_REMEMBERED = 20_000  # names: a table tells the same ones over and over
_MOST_WORDS = 12  # of a name that the district may be run on to
_MOST_CUTS = 4  # at which one text may be parted
_MOST_READINGS = 64
_BRACKETS = re.compile(r"(?P<before>[^(]+?)\s*\((?P<inside>[^()]+)\)")  # "Bình An (Châu Thành)"
_ABOVE = r"huyện|huyen|thị xã|thi xa|thành phố|thanh pho|quận|quan|tỉnh|tinh|tp\.?|tx\.?|[hqt]\."
# Where a larger unit may begin: at a hyphen or slash ("Bình An - Châu Thành"), or before its kind.
_CUT = re.compile(rf"\s*[-–—/]\s*|\s+(?=(?:{_ABOVE})\s*(?<=[\s.])\w)", re.IGNORECASE)
Places = tuple[str, ...]


class NameReading(NamedTuple):
    """One way to understand a name: the kind, the name without it, the places told, the nearest first."""

    kind: str | None
    name: str
    places: Places = ()


@dataclass(frozen=True, slots=True)
class TypedName:
    """A typed name taken apart: every way to read it; `whole` are the names where no doubtful hyphen parts it.

    Example: "Bình An - Châu Thành" reads as that whole name, and as Bình An in Châu Thành.
    """

    typed: str
    readings: tuple[NameReading, ...]
    whole: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name as it would first be read, without kind and places."""
        return self.readings[0].name

    @property
    def keys(self) -> set[str]:
        """Every match key under which the unit may be stored."""
        return {key for name in {reading.name for reading in self.readings} for key in fold_keys(name)}


class _Parts(NamedTuple):
    """What the signs of a typed name part: the name with what is not parted from it, the kind, the places."""

    first: str
    kind: str | None
    told: Places


@lru_cache(_REMEMBERED)
def take_apart(typed: str) -> TypedName:
    """What `typed` may ask for: "xã Bình An, huyện Châu Thành", "Bình An (Châu Thành)", "Bình An - Châu Thành".

    A name that begins like a kind is read both ways ("xa bang", "Bản Bo"), as is one with a hyphen of its own.
    """
    parts = _parts(typed)
    readings = (
        NameReading(kind or parts.kind, name, (*near, *far))
        for whole, *near in _partings(parts.first)
        for far in _place_ways(parts.told)
        for kind, name in _kinds(whole)
    )
    whole = tuple(name for _kind, name in _kinds(parts.first))
    return TypedName(clean(typed), tuple(dict.fromkeys(islice(readings, _MOST_READINGS))), whole)


def run_on(typed: str) -> TypedName:
    """The same where the district follows the name without any sign: "Mỹ Thuận Hòn Đất"; for a name that none bears."""
    first, kind_told, places = _parts(typed)
    readings = [
        NameReading(kind or kind_told, " ".join(words[:place]), (place_told, *places))
        for kind, name in _kinds(first)
        if 1 < len(words := name.split()) <= _MOST_WORDS
        for place in range(1, len(words))
        if not closing_number(place_told := " ".join(words[place:])) and len(place_told) > 1
    ]
    return TypedName(clean(typed), tuple(dict.fromkeys(readings)), ())


def _parts(typed: str) -> _Parts:
    text = clean(typed)
    bracketed = _BRACKETS.fullmatch(text)
    before, inside = (bracketed["before"], bracketed["inside"]) if bracketed else (text, "")
    kind = kind_alone(inside)
    first, *after = _pieces(before) or [""]
    return _Parts(first, kind, (*after, *_pieces("" if kind else inside)))


def _pieces(text: str) -> list[str]:
    return [piece for piece in (part.strip() for part in text.split(",")) if piece]


def _kinds(name: str) -> Sequence[tuple[str | None, str]]:
    return tuple(dict.fromkeys((split_kind(name), (None, name), split_plain_kind(name), split_village_kind(name))))


def _partings(text: str) -> Iterator[list[str]]:
    """A text whole, and parted at any of its hyphens and kinds of larger units: which of them part it is not known."""
    cuts = [*_CUT.finditer(text)][:_MOST_CUTS]
    for count in range(len(cuts) + 1):
        for chosen in combinations(cuts, count):
            ends = [*(cut.start() for cut in chosen), len(text)]
            pieces = [
                text[begin:end].strip() for begin, end in zip((0, *(cut.end() for cut in chosen)), ends, strict=True)
            ]
            if all(pieces) or not chosen:
                yield pieces


def _place_ways(places: Places) -> Iterator[Places]:
    """Places as they are told, and parted further where they can be."""
    for way in product(*(_partings(place) for place in places)):
        yield tuple(chain.from_iterable(way))


_EXAMPLES = {Tier.PROVINCE: "91", Tier.DISTRICT: "903", Tier.COMMUNE: "30838"}


def known_kind(typed: str) -> str:
    """The kind of unit that `typed` means: "thi tran" → "thị trấn"; raises WrongKind."""
    kinds = dict.fromkeys(kind for tier in KINDS.values() for kind in tier)
    for kind in kinds:
        if squeeze(kind) == squeeze(typed) or split_kind(f"{typed} x")[0] == kind:
            return kind
    raise WrongKind(kind=typed, tier=_("unit"), kinds=", ".join(kinds))


def check_name(name: str, typed: str) -> None:
    """Refuses a name that is none; raises BadName."""
    if not 1 <= len(name) <= MOST_LETTERS or not re.search(r"\w", name):
        raise BadName(name=clean(typed)[:60])


def check_code(code: str | None, tier: Tier) -> str | None:
    """The code, where it has the digits that its tier has; raises BadCode, CodelessTier."""
    if code is None:
        return None
    if tier not in CODE_DIGITS:
        raise CodelessTier(code=code)
    digits = CODE_DIGITS[tier]
    if not (len(code) == digits and code.isascii() and code.isdigit()):
        raise BadCode(code=code, digits=digits, example=_EXAMPLES[tier])
    return code
