"""The language of the output: gettext messages, numbers and days as that language writes them.

Messages are written in English in the code and translated by `locale/<language>/LC_MESSAGES/ntmtrack.po`;
Vietnamese is the default. Click words its own usage errors through the process-wide gettext domain; that
is pointed at our `click.po`.
"""

import gettext
import os
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

DOMAIN = "ntmtrack"
CLICK_DOMAIN = "click"
LOCALE_DIR = Path(__file__).parent / "locale"


class Language(NamedTuple):
    """How a language writes what no catalogue translates; its plurals are told by its catalogue.

    Days are patterns of {year}, {month} and {day}, both of two digits, and {paper_month}, as official papers print it.
    """

    thousands: str
    decimal: str
    day: str
    month: str
    day_in_letters: str
    number_format: str = ""  # begins those of a workbook: Excel takes separators from Windows, LibreOffice from this


# The first is the language unless another is asked for; the code's own, English, needs no catalogue.
LANGUAGES = {
    "vi": Language(
        thousands=".",
        decimal=",",
        day="{day}/{month}/{year}",
        month="{month}/{year}",
        day_in_letters="ngày {day} tháng {paper_month} năm {year}",
        number_format="[$-42A]",
    ),
    "en": Language(
        thousands=",",
        decimal=".",
        day="{year}-{month}-{day}",
        month="{year}-{month}",
        day_in_letters="{year}-{month}-{day}",
    ),
}
_language = "en"
_catalogue = gettext.NullTranslations()


def use_language(language: str) -> None:
    """Make `language`, a key of LANGUAGES, the language of everything said from now on; the first for any other."""
    global _catalogue, _language
    _language = language if language in LANGUAGES else next(iter(LANGUAGES))
    _catalogue = catalogue(_language)
    os.environ["LANGUAGE"] = _language
    gettext.bindtextdomain(CLICK_DOMAIN, str(LOCALE_DIR))
    gettext.textdomain(CLICK_DOMAIN)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The compiled translations into `language`; the code's own English where it has none."""
    return gettext.translation(DOMAIN, LOCALE_DIR, [language], fallback=True)


def language() -> str:
    """The language in use, a key of LANGUAGES."""
    return _language


def conventions() -> Language:
    """How the language in use writes numbers and days."""
    return LANGUAGES[_language]


def _(message: str) -> str:
    """`message` in the language in use."""
    return message and _catalogue.gettext(message)


def in_every_language(message: str) -> list[str]:
    """`message` in each language of the program, whichever is in use."""
    return [catalogue(each).gettext(message) for each in LANGUAGES]


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """`message` itself, marked for translation at the time it is shown."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many`, by `count`, in the language in use; Vietnamese has one form for both."""
    return _catalogue.ngettext(one, many, count)


def number(value: int | Decimal) -> str:
    """`value` with the language's own separators: 6.084 and 79,30 in Vietnamese, 6,084 and 79.30 in English."""
    return f"{value:,}".translate({ord(","): conventions().thousands, ord("."): conventions().decimal})


def signed(value: int | Decimal) -> str:
    """A difference with its sign, a true minus, and plain 0."""
    return "0" if value == 0 else ("+" if value > 0 else "−") + number(-value if value < 0 else value)


def day(value: date) -> str:
    """A day as the language writes it: 31/12/2024, or 2024-12-31 in English."""
    return _written(value, conventions().day)


def month(value: date) -> str:
    """The month of a day: 12/2024, or 2024-12 in English."""
    return _written(value, conventions().month)


def day_in_letters(value: date) -> str:
    """A day as letters of the language are dated: “ngày 05 tháng 01 năm 2025”."""
    return _written(value, conventions().day_in_letters)


def _written(value: date, pattern: str) -> str:
    month = f"{value.month:02}"
    paper_month = month if value.month <= 2 else str(value.month)  # as NĐ 30/2020/NĐ-CP has it
    return pattern.format(year=f"{value.year:04}", month=month, day=f"{value.day:02}", paper_month=paper_month)


def day_of(iso: str) -> str:
    """The day of an ISO time in UTC on the wall's calendar."""
    return day(datetime.fromisoformat(iso).astimezone().date())


def local_time(iso: str) -> str:
    """An ISO time in UTC as the clock on the wall has it, to the minute."""
    return f"{day_of(iso)} {datetime.fromisoformat(iso).astimezone():%H:%M}"
