"""How wide text is in Times New Roman, in digits of it at 12 points: what Excel measures columns in."""

import unicodedata
from functools import lru_cache

# In thousandths of the font's size; a digit is 500. Letters with marks are as wide as those without.
_DIGIT = 500
_WIDTHS = {
    **dict.fromkeys("iljtf|/\\:;.,'’! ()[]-", 300),
    **dict.fromkeys("rsazecv", 440),
    **dict.fromkeys("mwMW%…", 890),
    **dict.fromkeys("ABCDEGHKLNOPQRSTUVXYZĐ", 700),
    **dict.fromkeys("IJ", 380),
}
_BOLD = 1.07


@lru_cache(4096)
def _of(char: str) -> int:
    plain = char if char in _WIDTHS else unicodedata.normalize("NFD", char)[0]
    return _WIDTHS.get(plain, _DIGIT)


@lru_cache(20_000)
def text_width(text: str, *, bold: bool = False) -> float:
    """The width of a text on one line."""
    width = sum(map(_of, text)) / _DIGIT
    return width * _BOLD if bold else width


def lines_needed(text: str, width: float, *, bold: bool = False) -> int:
    """How many lines a text fills in a column of `width`, broken between words, in longer ones wherever it must."""
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0.0
        for word in paragraph.split(" "):
            wide = text_width(word, bold=bold)
            gap = _of(" ") / _DIGIT if used else 0.0
            if used and used + gap + wide > width:
                lines, used, gap = lines + 1, 0.0, 0.0
            more = int((used + gap + wide) // max(width, 1)) if wide > width else 0
            lines += more
            used = used + gap + wide - more * width
    return lines
