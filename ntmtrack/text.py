"""Text as people write it: cleaning, match keys, nearest names; what is safe to print."""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import lru_cache

_REMEMBERED = 20_000  # texts: a table tells the same ones over and over
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: dictionary order
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # separators of lines, bytes that are no text
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
_APOSTROPHE = re.compile(r"\s*'\s*")
_SIGNS = re.compile(r"[-–—_./]")
_FIGURES = 3  # of a numeral in a name
_MOST_FIGURES = 9  # of a number that counts anything
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_ROMANS = {value: numeral for numeral, value in _ROMAN.items()}


def roman(value: int) -> str:
    """A number up to ten in Roman capitals: "IV"."""
    return _ROMANS[value].upper()


_ALPHABET = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=20)}


@lru_cache(_REMEMBERED)
def clean(text: str) -> str:
    """`text` in NFC with plain spaces: no invisible, control or doubled blank characters; Đ for Icelandic Ð."""
    import unicodedata

    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).replace("Ð", "Đ").replace("ð", "đ")
    return " ".join(_CONTROL.sub(" ", text).translate(_APOSTROPHES).split())


def stated(text: str | None) -> str | None:
    """A text as it was typed, clean; None where it says nothing."""
    return clean(text or "") or None


@lru_cache(_REMEMBERED)
def letters(text: str) -> str:
    """The same letters, whatever their case, wherever the tone mark sits: Hoà = Hòa = HÒA; K'N = KN, A - B = A-B."""
    import unicodedata

    words = []
    for word in _unsigned(text).split():
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


def whole_number(text: str) -> int | None:
    """The number that a text of a few plain digits is; None for any other, also for "②" and for digits without end."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_FIGURES else None


def closing_number(text: str, *, typed: bool = False) -> tuple[str, int] | None:
    """The numeral that ends a name, and what stands before it: "Tam Xuân II", "Tam Xuân 2" → ("Tam Xuân", 2).

    A Roman one counts in capitals only, "Mường Vi" being a name; in a typed text in any case, "tam xuan ii".
    """
    head, _, last = clean(text).rpartition(" ")
    if len(last) <= _FIGURES and (number := whole_number(last)) is not None:
        return head, number
    value = _ROMAN.get(last.casefold())
    return (head, value) if value and (last.isupper() or (typed and head)) else None


def spellings(typed: str) -> list[str]:
    """A typed name with its apostrophes as they may be stored: with a blank beside them or none."""
    text = clean(typed)
    return list(dict.fromkeys((text, _APOSTROPHE.sub("", text), _APOSTROPHE.sub(" ", text)))) if "'" in text else [text]


def fold_keys(text: str) -> list[str]:
    """Every key that a typed name may be stored under: with its last word read as a numeral, and not."""
    keys = []
    for written in spellings(text):
        keys.append(plain(written))
        if found := closing_number(written, typed=True):
            head, value = found
            keys += [plain(f"{head} {numeral}") for numeral in (value, _ROMANS.get(value, value))]
    return list(dict.fromkeys(keys))


def _alike(typed: str, stored: str, key: Callable[[str], str]) -> bool:
    """Whether a typed name is a stored one under a key, numerals II and 2 alike."""
    written = spellings(typed)
    if key(stored) in map(key, written):
        return True
    theirs = closing_number(stored)
    if theirs is None:
        return False
    ours = [found for one in written if (found := closing_number(one, typed=True))]
    return any(value == theirs[1] and key(head) == key(theirs[0]) for head, value in ours)


def same_letters(typed: str, stored: str) -> bool:
    """Whether a typed name has the letters of a stored one: but for case, tone place, numeral, apostrophe, hyphen."""
    return _alike(typed, stored, letters)


def same_unmarked(typed: str, stored: str) -> bool:
    """Whether a typed name is a stored one when the marks of both are left out."""
    return _alike(typed, stored, plain)


def squeeze(text: str) -> str:
    """`fold` without any space, for words that people join as they like: "nang-cao", "nâng cao"."""
    return plain(text).replace(" ", "")


def nearest(word: str, known: Iterable[str], count: int = 3, *, at_least: float = 0.6) -> list[str]:
    """Up to `count` of `known` that look like `word`, the nearest first."""
    import difflib

    by_key: dict[str, str] = {}
    for name in known:
        by_key.setdefault(plain(name), name)
    return [by_key[key] for key in difflib.get_close_matches(plain(word), by_key, count, at_least)]


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
    return unmarked(_unsigned(text))


def unmarked(text: str) -> str:
    """Small plain letters, with the signs between them: "Quý III/2022" → "quy iii/2022"."""
    import unicodedata

    text = unicodedata.normalize("NFD", clean(text).casefold().replace("đ", "d"))
    return "".join(char for char in text if not unicodedata.combining(char))


def _unsigned(text: str) -> str:
    """A text in small letters, without apostrophes, hyphens and the like."""
    return " ".join(_SIGNS.sub(" ", clean(text).casefold().replace("'", "")).split())


def few(names: Sequence[str], most: int = 12) -> str:
    """Names for a sentence, the first of many."""
    more = len(names) - most
    return ", ".join([*names[:most], *([f"… (+{more})"] if more > 0 else [])])


def visible(text: str) -> str:
    """`text` with control and direction characters written as escapes, so that none moves the cursor."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\u00a0" else _escape(char) for char in text)


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def for_xml(text: str) -> str:
    """The text without the characters that no XML can hold."""
    return _NOT_XML.sub("", text)


def width(text: str) -> int:
    """The columns that `text` takes: combining marks take none."""
    return len(text) - sum("\u0300" <= char <= "\u036f" for char in text)


def encodable(text: str, encoding: str) -> str:
    """`text` as a console of this encoding can show it, in as many letters: a letter that it lacks without its marks.

    cp1258, that of Vietnamese Windows, has tones as letters of their own: with it nothing is lost.
    """
    import unicodedata

    return "".join(_shown(char, encoding) for char in unicodedata.normalize("NFC", text))


def _shown(char: str, encoding: str) -> str:
    """A letter as it is, else with its tone apart, else without marks; a sign that looks like it."""
    import unicodedata

    apart = unicodedata.normalize("NFD", char)
    letter = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONES))
    tones = "".join(mark for mark in apart if mark in _TONES)
    for way in (char, letter + tones, _INSTEAD.get(apart[0], apart[0])):
        with suppress(UnicodeEncodeError):
            way.encode(encoding)
            return way
    return "" if unicodedata.combining(char) else "?"


_INSTEAD = {
    "đ": "d",
    "Đ": "D",
    "·": ".",
    "–": "-",
    "−": "-",
    "…": "...",
    "“": '"',
    "”": '"',
    "≥": ">=",
    "≤": "<=",
    "±": "+-",
    "×": "x",
    "→": "->",
    "•": "*",
    "━": "=",
    "─": "-",
    "┃": "|",
    "│": "|",
    "█": "#",
    "\u00a0": " ",
}
