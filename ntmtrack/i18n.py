"""The language of the output: gettext messages, numbers and days as that language writes them.

Messages are written in English in the code and translated by `locale/<language>/LC_MESSAGES/ntmtrack.po`;
Vietnamese is the default. Click words its own usage errors through the process-wide gettext domain; that
is pointed at our `click.po`.
"""

import gettext
import os
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from struct import unpack_from

LANGUAGES = ("vi", "en")
DOMAIN = "ntmtrack"
CLICK_DOMAIN = "click"
LOCALE_DIR = Path(__file__).parent / "locale"


class Catalogue:
    """A compiled catalogue (.mo), searched where it lies.

    The standard library's reader takes every message in at the start, which grows with the program: 2 ms of each run.
    """

    def __init__(self, file: Path) -> None:
        self._bytes = file.read_bytes() if file.is_file() else bytes(20)
        self._count, self._originals, self._translations = unpack_from("<3I", self._bytes, 8)
        self._known: dict[str, str] = {}

    def find(self, message: str) -> str:
        """The translation of `message`, or `message` itself where there is none."""
        if message not in self._known:
            self._known[message] = self._search(message.encode()) or message
        return self._known[message]

    def _search(self, wanted: bytes) -> str:
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if self._text(self._originals, middle) < wanted:
                low = middle + 1
            else:
                high = middle
        if low < self._count and self._text(self._originals, low) == wanted:
            return self._text(self._translations, low).decode()
        return ""

    def _text(self, table: int, place: int) -> bytes:
        """The message at a place of a table, of several forms the first."""
        length, start = unpack_from("<2I", self._bytes, table + 8 * place)
        return self._bytes[start : start + length].partition(b"\0")[0]


_catalogue: Catalogue | None = None
_language = "en"


def use_language(language: str) -> None:
    """Make `language` ("vi" or "en") the language of everything said from now on."""
    global _catalogue, _language
    _language = language if language in LANGUAGES else "vi"
    _catalogue = None if _language == "en" else Catalogue(LOCALE_DIR / _language / "LC_MESSAGES" / f"{DOMAIN}.mo")
    os.environ["LANGUAGE"] = _language
    gettext.bindtextdomain(CLICK_DOMAIN, str(LOCALE_DIR))
    gettext.textdomain(CLICK_DOMAIN)


def language() -> str:
    """The language in use: "vi" or "en"."""
    return _language


def _(message: str) -> str:
    """`message` in the language in use."""
    return message if _catalogue is None or not message else _catalogue.find(message)


def in_every_language(message: str) -> list[str]:
    """`message` in each language of the program, whichever is in use."""
    files = (LOCALE_DIR / each / "LC_MESSAGES" / f"{DOMAIN}.mo" for each in LANGUAGES if each != "en")
    return [message, *(Catalogue(file).find(message) for file in files)]


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """`message` itself, marked for translation at the time it is shown."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many`, by `count`, in the language in use; Vietnamese has one form for both."""
    if _language == "en":
        return one if count == 1 else many
    return _(one)


def number(value: int | Decimal) -> str:
    """`value` with the language's own separators: 6.084 and 79,30 in Vietnamese, 6,084 and 79.30 in English."""
    text = f"{value:,}"
    return text if _language == "en" else text.translate(str.maketrans(",.", ".,"))


def signed(value: int | Decimal) -> str:
    """A difference with its sign, a true minus, and plain 0."""
    return "0" if value == 0 else ("+" if value > 0 else "−") + number(-value if value < 0 else value)


def day(value: date) -> str:
    """A day as the language writes it: 31/12/2024, or 2024-12-31 in English."""
    return value.isoformat() if _language == "en" else f"{value.day:02}/{value.month:02}/{value.year}"


def day_of(iso: str) -> str:
    """The day of an ISO time in UTC on the wall's calendar."""
    return day(datetime.fromisoformat(iso).astimezone().date())


def local_time(iso: str) -> str:
    """An ISO time in UTC as the clock on the wall has it, to the minute."""
    return f"{day_of(iso)} {datetime.fromisoformat(iso).astimezone():%H:%M}"
