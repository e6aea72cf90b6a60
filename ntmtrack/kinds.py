"""The kind of unit that a name begins with, in full or abbreviated: xã, X., TT., T.T, thành phố, TP and the like."""

import re

from ntmtrack.text import clean, plain

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
_KIND_PREFIX = re.compile(
    r"(thị trấn|thành phố|thị xã|đặc khu|phường|huyện|quận|tỉnh|xã|thôn|bản|ấp)\s+(?=\S)"
    r"|(t\.?[tpx]|đ\.?k)(?:\s*\.\s*|\s+)(?=\S)|([phqtx])\s*\.\s*(?=\S)",
    re.IGNORECASE,
)
_PLAIN_KIND_PREFIX = re.compile(r"(thi tran|thanh pho|thi xa|dac khu|phuong|huyen|quan|tinh|xa)\s+(?=\S)")
_PLAIN_KINDS = {plain(kind): kind for kind in _KIND_WORDS.values()}
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
    found = _KIND_PREFIX.match(text)
    if not found:
        return None, text
    word = next(group for group in found.groups() if group)
    return _KIND_WORDS[word.casefold().replace(".", "")], text[found.end() :]


def split_plain_kind(text: str) -> tuple[str | None, str]:
    """The same for a name typed without marks, where "xa" may also be part of the name ("Xà Bang")."""
    found = _PLAIN_KIND_PREFIX.match(plain(text))
    if not found:
        return None, clean(text)
    words = found.group(1).count(" ") + 1
    return _PLAIN_KINDS[found.group(1)], " ".join(clean(text).split()[words:])
