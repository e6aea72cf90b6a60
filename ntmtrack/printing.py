"""Text that is safe to print."""


def visible(text: str) -> str:
    """`text` with control and direction characters written as escapes, so that none moves the cursor."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\u00a0" else _escape(char) for char in text)


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def width(text: str) -> int:
    """The columns that `text` takes: combining marks take none."""
    return len(text) - sum("\u0300" <= char <= "\u036f" for char in text)


def encodable(text: str, encoding: str) -> str:
    """`text` as a console of this encoding can show it: a letter that it lacks without its marks, a dot for a point."""
    import unicodedata

    shown = []
    for char in text:
        try:
            char.encode(encoding)
        except UnicodeEncodeError:
            bare = unicodedata.normalize("NFD", char)[0]
            shown.append(_INSTEAD.get(bare, bare))
        else:
            shown.append(char)
    return "".join(shown)


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
}
