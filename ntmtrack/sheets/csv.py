"""CSV and other text tables: UTF-8, UTF-16 or Windows' older Vietnamese; commas, semicolons or tabs."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from unicodedata import normalize

from ntmtrack.errors import CannotRead
from ntmtrack.excel import from_csv
from ntmtrack.i18n import _
from ntmtrack.sheets.cells import BLANK, Cell
from ntmtrack.sheets.source import Source

_MOSTLY = 4  # times as many
_MARKS = frozenset("\u0300\u0309\u0303\u0301\u0323\u0302\u0306\u031b")  # tones; those of â, ă and ơ
# A field in quotation marks, doubled ones within: the signs in it part no fields.
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


def text_rows(source: Source) -> Iterator[list[Cell]]:
    """The rows of a text table; raises CannotRead where it is no text or its quotes do not pair up."""
    text = _decoded(source)
    first = text.split("\n", 1)[0].strip()
    delimiter = first[4:] if re.fullmatch("sep=[,;\t]", first) else ""  # Excel's own line, which it does not show
    lines = io.StringIO(text, newline="")
    if delimiter:
        lines.readline()
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))  # one limit for the whole process
    reader = csv.reader(lines, delimiter=delimiter or delimiter_of(text), strict=True)
    try:
        for row in reader:
            yield [Cell(from_csv(normalize("NFC", value))) if value else BLANK for value in row]
    except csv.Error as wrong:
        quotes = _("the quotation marks do not pair up, line {number}").format(number=reader.line_num)
        raise source.unreadable(quotes) from wrong


def is_a_table(source: Source) -> bool:
    """Whether it is a text of several rows, most of them parted alike."""
    try:
        text = _decoded(source)
    except CannotRead:
        return False
    lines, delimiter = text.splitlines(), delimiter_of(text)
    return len(lines) > 1 and 2 * sum(delimiter in line for line in lines) > len(lines)


def _decoded(source: Source) -> str:
    """The text in UTF-8 or UTF-16, with its mark or without, else in Windows' older Vietnamese."""
    for encoding in (*_wide(source.data), "utf-8-sig", "cp1258"):
        try:
            text = source.data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            _refuse_strange(source, encoding, text)
            return text
    unreadable = _("it is no text in UTF-8; save it in Excel as “CSV UTF-8” or as .xlsx")
    raise source.unreadable(unreadable)


def _refuse_strange(source: Source, encoding: str, text: str) -> None:
    """What is read as Windows' Vietnamese must be Vietnamese: neither damaged UTF-8 nor letters of an old font."""
    if encoding != "cp1258":
        return
    halves = source.data.decode("utf-8", errors="replace")
    damaged = halves.count("\ufffd")
    if sum(char > "\x7f" for char in halves) > _MOSTLY * damaged:
        line = halves[: halves.index("\ufffd")].count("\n") + 1
        damage = _("it is UTF-8 but for damaged letters, first in line {number}; save it in Excel as .xlsx")
        raise source.unreadable(damage.format(number=line))
    letters = [char for char in normalize("NFC", text).casefold() if char > "\x7f" and char.isalpha()]
    if sum(not _is_vietnamese(char) for char in letters) * _MOSTLY > len(letters):
        old = _("its letters are not Vietnamese: it may be in an old font (TCVN3, VNI); convert it with UniKey first")
        raise source.unreadable(old)


def _is_vietnamese(letter: str) -> bool:
    parts = normalize("NFD", letter)
    return letter == "đ" or (parts[0].isascii() and len(parts) > 1 and _MARKS.issuperset(parts[1:]))


def _wide(data: bytes) -> tuple[str, ...]:
    """UTF-16, by its mark, or by the zeros that stand beside every plain letter of a text without one."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    head = data[:2000]
    if head[1::2].count(0) > len(head) // 6:
        return ("utf-16-le",)
    return ("utf-16-be",) if head[::2].count(0) > len(head) // 6 else ()


def delimiter_of(text: str) -> str:
    """What parts the most rows, outside quotes; a comma inside texts does so only in some."""
    lines = _QUOTED.sub("", text).splitlines()
    return max(",;\t", key=lambda sign: (sum(sign in line for line in lines), sum(line.count(sign) for line in lines)))
