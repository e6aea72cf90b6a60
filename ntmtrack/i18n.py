"""The language of the output: gettext messages, numbers and days as that language writes them.

Messages are written in English in the code and translated by `locale/<language>/LC_MESSAGES/ntmtrack.po`;
Vietnamese is the default. Click words its own usage errors through the process-wide gettext domain; that
is pointed at our `click.po`.
"""

import gettext
import os
from datetime import date
from decimal import Decimal
from pathlib import Path

LANGUAGES = ("vi", "en")
DOMAIN = "ntmtrack"
CLICK_DOMAIN = "click"
LOCALE_DIR = Path(__file__).parent / "locale"

_translation: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def use_language(language: str) -> None:
    """Make `language` ("vi" or "en") the language of everything said from now on."""
    global _translation, _language
    _language = language if language in LANGUAGES else "vi"
    _translation = gettext.translation(DOMAIN, LOCALE_DIR, languages=[_language], fallback=True)
    os.environ["LANGUAGE"] = _language
    gettext.bindtextdomain(CLICK_DOMAIN, str(LOCALE_DIR))
    gettext.textdomain(CLICK_DOMAIN)


def language() -> str:
    """The language in use: "vi" or "en"."""
    return _language


def _(message: str) -> str:
    """`message` in the language in use."""
    return _translation.gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """`message` itself, marked for translation at the time it is shown."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many`, by `count`, in the language in use."""
    return _translation.ngettext(one, many, count)


def number(value: int | Decimal) -> str:
    """`value` with the language's own separators: 6.084 and 79,30 in Vietnamese, 6,084 and 79.30 in English."""
    text = f"{value:,}"
    return text if _language == "en" else text.translate(str.maketrans(",.", ".,"))


def signed(value: int) -> str:
    """A difference with its sign, a true minus, and plain 0."""
    return "0" if value == 0 else ("+" if value > 0 else "−") + number(abs(value))


def day(value: date) -> str:
    """A day as the language writes it: 31/12/2024, or 2024-12-31 in English."""
    return value.isoformat() if _language == "en" else f"{value.day:02}/{value.month:02}/{value.year}"
