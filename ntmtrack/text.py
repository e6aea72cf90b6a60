"""Names as people write them: cleaning, match keys, nearest names, the Vietnamese alphabet.

`unicodedata` and `difflib` are loaded where they are used: half the commands never compare a name.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

_REMEMBERED = 20_000  # texts: a table tells the same ones over and over
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: dictionary order
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # separators of lines, bytes that are no text
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_ALPHABET = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=20)}


@lru_cache(_REMEMBERED)
def clean(text: str) -> str:
    """`text` in NFC with plain spaces: no invisible, control or doubled blank characters; Đ for Icelandic Ð."""
    import unicodedata

    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).replace("Ð", "Đ").replace("ð", "đ")
    return " ".join(_CONTROL.sub(" ", text).translate(_APOSTROPHES).split())


def letters(text: str) -> str:
    """The same letters, whatever their case and wherever the tone mark sits: Hoà = Hòa = HÒA."""
    import unicodedata

    words = []
    for word in clean(text).casefold().split():
        marks = unicodedata.normalize("NFD", word)
        tones = "".join(char for char in marks if char in _TONES)
        words.append("".join(char for char in marks if char not in _TONES) + tones)
    return " ".join(words)


def fold(text: str) -> str:
    """The key under which a name is found: no case, marks, apostrophes or hyphens; II and 2 alike.

    Only a numeral in capitals at the end of a name counts as one: "Tam Xuân II", not "Mường Vi".
    """
    words = plain(text).split()
    last = clean(text).split()[-1:] or [""]
    if len(words) > 1 and last[0].isupper() and words[-1] in _ROMAN and not clean(text).isupper():
        words[-1] = str(_ROMAN[words[-1]])
    return " ".join(words)


def fold_keys(text: str) -> list[str]:
    """Every key that a typed name may be stored under: with its last word read as a numeral, and not."""
    bare = plain(text)
    head, _, last = bare.rpartition(" ")
    if head and last in _ROMAN:
        return [bare, f"{head} {_ROMAN[last]}"]
    return [bare]


def squeeze(text: str) -> str:
    """`fold` without any space, for words that people join as they like: "nang-cao", "nâng cao"."""
    return plain(text).replace(" ", "")


def nearest(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Up to `count` of `known` that look like `word`, the nearest first."""
    import difflib

    by_key: dict[str, str] = {}
    for name in known:
        by_key.setdefault(plain(name), name)
    return [by_key[key] for key in difflib.get_close_matches(plain(word), by_key, count, 0.6)]


def sort_key(name: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """A key in the order of the Vietnamese alphabet: letters first (a ă â … đ …), tones only to break ties."""
    import unicodedata

    places: list[int] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFC", name).casefold():
        marks = unicodedata.normalize("NFD", char)
        tone = next((place for place, mark in enumerate(_TONES, 1) if mark in marks), 0)
        letter = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
        places.append(_ALPHABET.get(letter) or (int(letter) + 5 if letter.isdecimal() else 0))
        tones.append(tone)
    return tuple(places), tuple(tones)


@lru_cache(_REMEMBERED)
def plain(text: str) -> str:
    """Small plain letters and single spaces: "Đắk R'Lấp" → "dak rlap"."""
    import unicodedata

    text = clean(text).casefold().replace("đ", "d").replace("'", "")
    text = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return " ".join(re.sub(r"[-–—_./]", " ", text).split())
