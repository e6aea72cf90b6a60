"""Text as nobody should send it: what moves a cursor, turns a line round, ends a string, means something elsewhere."""

import unicodedata

from hypothesis import strategies as st

BIDI = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CONTROL = "\0\x01\x07\x08\x0b\x0c\r\x1b\x7f\x85\x9b\u2028\u2029\ufeff\ufffe"
_PIECES = (
    *BIDI,
    *_CONTROL,
    "\n",
    "\t",
    "\ud800",
    "\udc80",
    "{x}",
    "{0.__class__}",
    "{",
    "%s%n",
    "%(x)d",
    "'; DROP TABLE action; --",
    '"',
    "--db",
    "-",
    "--",
    "xã Mỹ Đức",
    "30836",
    "nông thôn mới",
    "2024",
    "10/QĐ-UBND",
    "31/12/2024",
    "العربية",
    "עברית",
    "e\u0301\u0323\u0302" * 20,
    "\u0301",
    "👩‍👩‍👧",
    "𝔘",
    "đ" * 300,
    "=1+1",
    "[red]x[/red]",
    "\x1b[31m",
    "٣٤",
    "1e999",
    "9" * 40,
    "-1",
    "0",
    " ",
    "\u00a0",
    ",",
    ";",
    "*",
    "?",
    "CON",
    "..",
)

texts = st.one_of(
    st.sampled_from(("", *_PIECES)),
    st.lists(st.sampled_from(_PIECES), min_size=1, max_size=5).map("".join),
    st.text(max_size=30),
    st.just("dài " * 3000),
)


def raw_controls(printed: str) -> set[str]:
    """The characters of an output that a terminal would act on instead of showing them."""
    return {char for char in printed if char not in "\n\t" and (char in BIDI or _acts(char))}


def _acts(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs")
