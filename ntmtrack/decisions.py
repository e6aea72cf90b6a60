"""Numbers of decisions as people write them, read alike by every command and table: number, day and issuer parted.

A number is kept as the document prints it: "2903/QĐ-UBND" for "QĐ số 2903 / QD – UBND". A document that is no decision
keeps its kind: "Công văn 123/UBND".
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from ntmtrack.dates import agree, find_day, show_day
from ntmtrack.errors import BadDay, BadDecision, IssuerNeedsDecision, TwoInOne
from ntmtrack.i18n import _
from ntmtrack.model import MOST_LETTERS, Decision
from ntmtrack.text import clean, plain, squeeze, stated

# Documents besides decisions, with the letters that stand for them in a number: 45/TB-VP.
_KINDS = {
    "Công văn": "CV",
    "Thông báo": "TB",
    "Tờ trình": "TTr",
    "Nghị quyết": "NQ",
    "Nghị định": "NĐ",
    "Kế hoạch": "KH",
    "Báo cáo": "BC",
    "Biên bản": "BB",
    "Kết luận": "KL",
    "Hướng dẫn": "HD",
    "Chỉ thị": "CT",
    "Văn bản": "VB",
}
_LETTERS = {"QD": "QĐ", "QĐ": "QĐ", "UBND": "UBND", "TTG": "TTg", "HDND": "HĐND", "HĐND": "HĐND", "VPDP": "VPĐP"}
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"∕": "/", "⁄": "/"})
_ISSUER = re.compile(r"\s+của\s+(.+)$", re.IGNORECASE)  # 12/QĐ-UBND của UBND tỉnh An Giang
# What the document is about: "về việc công nhận …"; but a "Ban Chỉ đạo về nông thôn mới" may have issued it.
_SUBJECT = re.compile(r"[\s,;(]+(v/v|về (việc|công nhận|thu hồi|phê duyệt|ban hành))\s.*$", re.IGNORECASE)
_AROUND_SIGNS = re.compile(r"\s*([/-])\s*")  # 12 / QĐ – UBND
# 12 QĐ-UBND, 12/QĐ UBND; but a number of the Party is 12-QĐ/TU.
_LOOSE = re.compile(r"(?![0-9]+-q[đd]/)([0-9]+[^\W\d_]?)[\s/.-]*q[đd][\s/.-]*(?=[^\W\d_])", re.IGNORECASE)
_THOUSANDS = re.compile(r"([0-9]{1,3})\.([0-9]{3})\b")  # 2.903/QĐ-UBND
_NUMBER = re.compile(r"[0-9]+[^\W_]*([/.-][^\W_]+)*")  # a whole number: 12, 12a/QĐ-UBND, 05/2023/NQ-HĐND
# A number that cannot be anything else, to find a second one in the same text: 12/QĐ-UBND, 05/2023/NQ-HĐND.
_WITH_LETTERS = re.compile(r"[0-9]+[^\W\d_]?\s*/\s*(?:[0-9]{4}\s*/\s*)?[^\W\d_]+(?:\s*-\s*[^\W_]+)*")
_LISTED = re.compile(r"[0-9]+\s*(?:,|;|\+|&|và|-)\s*[0-9]+\s*/\s*q[đd]", re.IGNORECASE)  # 12, 13/QĐ-UBND
_SHARE = re.compile(r"[0-9]+/[0-9]+(tc)?", re.IGNORECASE)  # 15/19 criteria
_SHORT_YEAR = re.compile(r"(?<![0-9/])[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}(?![0-9/])")  # 5/3/24: of which century?
# A year in the place of a day: "12/QĐ-UBND năm 2023".
_YEAR = re.compile(r"[\s,;(]+năm\s+((?:19|20)[0-9]{2})\b", re.IGNORECASE)
_SIGNED = re.compile(r"\b(ký|ban hành|ngày)\b|\(\s*\)", re.IGNORECASE)  # what is left of "(ký ngày …)" without the day
_WITHOUT_MARKS = re.compile(r"[0-9][\s/.-]*qd(?![^\W\d_])", re.IGNORECASE)  # 12/QD-UBND
_AROUND = " .,;:()"
_LONGEST = 1_000  # letters of a cell with a decision and what it is about: longer ones take the patterns long


@lru_cache(4_000)
def read_decision(text: str) -> Decision:
    """The decision that a text tells; its number is "" where only a day is told.

    Raises BadDecision where no number can be read, TwoInOne where several numbers or days stand in the text, BadDay
    where the day is none.
    """
    whole = clean(text)
    if len(whole) > _LONGEST:
        raise BadDecision(number=whole[:60])
    day, rest = _part_day(whole)
    subject = _SUBJECT.search(rest)
    rest = rest[: subject.start()] if subject else rest
    issuer = None
    if named := _ISSUER.search(rest):
        issuer, rest = named[1].strip(_AROUND), rest[: named.start()]
    rest = _SIGNED.sub(" ", rest).strip(_AROUND)
    if day and not rest:
        return Decision("", day, issuer)
    return Decision(_number(rest, whole), day, issuer or None)


def _part_day(text: str) -> tuple[str | None, str]:
    """The one day of a text, possibly partial, and the text without it."""
    day, rest = find_day(text)
    other, _rest = find_day(rest)
    if day and other:
        raise TwoInOne(text=text, found=_("two days"))
    if day is None and (short := _SHORT_YEAR.search(text)):
        raise BadDay(text=short[0])
    if day is None and (year := _YEAR.search(text)):
        return year[1], f"{text[: year.start()]} {text[year.end() :]}"
    return day, rest


def _number(text: str, whole: str) -> str:
    """The number as the document prints it, before it the kind of a document that is no decision."""
    if len(several := _WITH_LETTERS.findall(text)) > 1 or _LISTED.search(text):
        raise TwoInOne(text=whole, found=", ".join(several) if len(several) > 1 else _("two numbers"))
    kind, bare = _part_kind(text)
    number = _tidy(bare)
    if not _NUMBER.fullmatch(number) or _SHARE.fullmatch(number):
        raise BadDecision(number=whole[:60])
    if kind and "/QĐ" not in number:
        number = f"{kind} {number}"
    if len(number) > MOST_LETTERS:
        raise BadDecision(number=number[:60])
    return number


def _part_kind(text: str) -> tuple[str, str]:
    """The kind of document that a text begins with, "" for a decision or where none is named, and the rest."""
    leading = _leading().match(text)
    if not leading:
        return "", text
    return _kinds()[squeeze(leading["kind"])] if leading["kind"] else "", text[leading.end() :]


@cache
def _leading() -> re.Pattern[str]:
    words = ["quyết định", "quyet dinh", "qđ", "qd", *(word for kind in _KINDS for word in (kind, plain(kind)))]
    kind = "|".join([*words, *_KINDS.values()]).replace(" ", r"\s+")
    no_letter, signs = r"(?![^\W\d_])", r"[\s:.,]*"
    parts = rf"(?:(?P<kind>{kind}){no_letter})?{signs}(?:(?:số|so)\b)?{signs}(?:q[đd]{no_letter}{signs})?(?=[0-9])"
    return re.compile(parts, re.IGNORECASE)


@cache
def _kinds() -> dict[str, str]:
    """The kind of document by its words and letters, squeezed."""
    kinds = {squeeze(word): kind for kind, letters in _KINDS.items() for word in (kind, letters)}
    return kinds | {"quyetdinh": "", "qd": ""}


def _tidy(number: str) -> str:
    """A bare number in one spelling: no spaces, plain signs, known letters with their marks and capitals."""
    text = _AROUND_SIGNS.sub(r"\1", number.translate(_DASHES))
    text = _LOOSE.sub(r"\1/QĐ-", text)
    return "".join(_LETTERS.get(part.upper(), part) for part in re.split(r"([/.-])", text))


class DecisionKey(NamedTuple):
    """What makes two spellings one number: the kind of document, the figures without zeros before, the letters."""

    kind: str
    figures: str
    letters: str

    @property
    def is_short(self) -> bool:
        """Whether it is a decision's number without the letters of its issuer: 2401, 2401/QĐ."""
        return not self.kind and self.letters in ("", "qd")


@lru_cache(20_000)
def key_of(number: str) -> DecisionKey:
    """The key of a number, however it is spelled; of a text that is none, its letters."""
    try:
        number = read_decision(number).number or number
    except (BadDecision, BadDay, TwoInOne):
        return DecisionKey("", "", squeeze(number))
    kind, bare = _part_kind(number)
    figures, *letters = plain(_THOUSANDS.sub(r"\1\2", bare, count=1)).split()
    split = re.match("[0-9]*", figures)
    assert split
    rest = "".join((figures[split.end() :], *letters))
    implied = kind and rest.startswith(squeeze(_KINDS[kind]))
    return DecisionKey("" if implied else squeeze(kind), split[0].lstrip("0"), rest)


def is_tidy(number: str) -> bool:
    """Whether a number is written as `read_decision` gives it."""
    try:
        return read_decision(number).number == number
    except (BadDecision, BadDay, TwoInOne):
        return False


def lacks_marks(text: str) -> bool:
    """Whether a number is written with QD for QĐ."""
    return bool(_WITHOUT_MARKS.search(clean(text)))


def is_same(number: str, other: str) -> bool:
    """Whether two spellings are of one number."""
    return key_of(number) == key_of(other)


def is_short_of(short: str, full: str) -> bool:
    """Whether `short` is the number `full` without the letters of its issuer: 2401 for 2401/QĐ-UBND."""
    key, other = key_of(short), key_of(full)
    cut = key.is_short and not other.is_short and not other.kind and other.letters.startswith("qd")
    return cut and key.figures == other.figures


def titled(number: str) -> str:
    """A number with what document it is of: "Quyết định 2903/QĐ-UBND", "Công văn 123/UBND"; "45/TB-VP" as it is."""
    key = key_of(number)
    is_other = key.kind or any(key.letters.startswith(squeeze(letters)) for letters in _KINDS.values())
    return number if is_other else _("Decision {number}").format(number=number)


def in_full(decision: Decision) -> str:
    """A decision in one text, as `read_decision` reads it: "15/QĐ-UBND ngày 10/01/2026 của UBND tỉnh"."""
    parts = (decision.signed_on or "").split("-")
    day = "/".join(reversed(parts)) if parts[0] else ""
    words = ("", "năm", "tháng", "ngày")[len(parts)] if day else ""
    issuer = f"của {decision.issuer}" if decision.issuer else ""
    return " ".join(filter(None, (decision.number, words, day, issuer)))


def days_agree(decision: Decision, other: Decision) -> bool:
    """Whether the days of two decisions can be the same one, known more or less exactly."""
    return agree(decision.signed_on, other.signed_on)


class GivenDecision(NamedTuple):
    """What was told of a decision: its number as typed, perhaps with day and issuer in it, and these by themselves.

    `chosen` is the one on record that was chosen where several fit.
    """

    number: str | None
    signed_on: str | None = None
    issuer: str | None = None
    chosen: Decision | None = None


def read_given(typed: GivenDecision) -> Decision | None:
    """The decision that is told, None where none is.

    Raises BadDecision, IssuerNeedsDecision; TwoInOne where the text of the number tells another day or issuer.
    """
    if typed.number is None:
        given = [option for option, value in (("--date", typed.signed_on), ("--issuer", typed.issuer)) if value]
        if given:
            raise IssuerNeedsDecision(options=", ".join(given))
        return None
    read = read_decision(typed.number)
    if not read.number:
        raise BadDecision(number=typed.number[:60])
    apart = Decision(read.number, typed.signed_on, stated(typed.issuer))
    if not days_agree(read, apart):
        raise TwoInOne(text=clean(typed.number), found=f"{show_day(read.signed_on)}, {show_day(apart.signed_on)}")
    if read.issuer and apart.issuer and squeeze(read.issuer) != squeeze(apart.issuer):
        raise TwoInOne(text=clean(typed.number), found=f"{read.issuer}, {apart.issuer}")
    day = max(read.signed_on or "", apart.signed_on or "", key=len) or None
    return Decision(read.number, day, apart.issuer or read.issuer)
