"""Vietnamese that was taken for another encoding and saved so: “XÃ£” or “XĂ£” where “Xã” is meant."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_WORD = re.compile(r"\S*[^\x00-\x7f]\S*")
_LETTERS = re.compile(r"[^\x00-\x7f\ufffd]{2,}")
_TAKEN_FOR = ("cp1252", "cp1258")  # Windows in English, and in Vietnamese
_FEWEST = 3


class Garbled(NamedTuple):
    """A word as it stands, and as it is meant."""

    seen: str
    meant: str


def garbled_word(texts: Iterable[str]) -> Garbled | None:
    """A word of texts most of whose letters are encoded twice; None where they are not."""
    found: Garbled | None = None
    garbled = others = 0
    for word in (word for text in texts if not text.isascii() for word in _WORD.findall(text)):
        meant = _LETTERS.sub(lambda letters: _once(letters[0]) or letters[0], word)
        if meant == word:
            others += "\ufffd" not in word
        else:
            garbled += 1
            found = found or Garbled(word, meant)
    return found if garbled >= _FEWEST and garbled > others else None


def _once(letters: str) -> str | None:
    """The letters that the bytes of these are in UTF-8; None where they are none."""
    for encoding in _TAKEN_FOR:
        try:
            return b"".join(_byte(letter, encoding) for letter in letters).decode()
        except UnicodeError:
            continue
    return None


def _byte(letter: str, encoding: str) -> bytes:
    """A letter's byte; what the encoding leaves open many programs keep as it is."""
    try:
        return letter.encode(encoding)
    except UnicodeEncodeError:
        return letter.encode("latin-1")
