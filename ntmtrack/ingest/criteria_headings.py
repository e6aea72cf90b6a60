"""How offices call the criteria of a set, by number and by name, and which of a set is meant."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ntmtrack.ingest.columns import Field, simple
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.programmes.criteria.files import criteria_set, set_keys
from ntmtrack.text import clean, unmarked

_CALLED = r"(?:(?:tieu chi|tc|noi dung|nd|chi tieu)\s*(?:thu|so)?\s*[:.]?\s*)"
# “TC 5”, “Tiêu chí số 5: Trường học”, “17.2”, “5. Trường học”; what is left is its name.
_CODED = re.compile(
    rf"(?P<called>{_CALLED})?\(?(?P<code>[0-9]{{1,2}}(?:\.(?:[0-9]{{1,2}}|[a-z]))?)(?![0-9]|\.[0-9])\)?"
    r"\s*(?:[.:)/–-]+\s*|\s+|$)(?P<rest>.*)"
)
_ROMAN = re.compile(rf"(?P<called>{_CALLED})?(?=[ivx])(?P<code>x{{0,2}}(?:ix|iv|v?i{{0,3}}))\s*(?:[.:)-]\s*)?")
_UP_TO_NINE = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMANS = tuple(tens + ones for tens in ("", "x", "xx") for ones in _UP_TO_NINE)
_ONLY_CALLED = re.compile(rf"(cac )?({_CALLED}|chuan|nhom|muc do|dat|ve|xa|nong thon moi|ntm|nang cao|quoc gia| )+")
# Below the name of a criterion: what its columns tell.
_NOT_MET = re.compile(r"\b(chua|khong) (dat|hoan thanh|du)\b|\bcon (thieu|lai)\b|^(chua|khong)$")
_VALUE = re.compile(
    r"(ket qua|gia tri|so lieu|ty le|muc|hien trang|thuc te)( (thuc hien|dat( duoc)?))?( %)?|thuc hien|%|\(%\)|"
    r"(ket qua )?thuc hien.*"
)
_RESULT = re.compile(r"(ket qua |tu )?(danh gia|ra soat|dat|ket luan)( (hay|hoac))?( (chua|khong)( dat)?)?|dat chuan")
_ABBREVIATED = {
    **{"csvc": "co so vat chat", "csht": "co so ha tang", "tm": "thuong mai", "nt": "nong thon", "gd": "giao duc"},
    **{"tttt": "thong tin va truyen thong", "tt tt": "thong tin va truyen thong", "gdđt": "giao duc va dao tao"},
    **{"gddt": "giao duc va dao tao", "qp": "quoc phong", "qpan": "quoc phong va an ninh", "mt": "moi truong"},
    **{"attp": "an toan thuc pham", "pctt": "phong chong thien tai", "ktxh": "kinh te xa hoi", "ld": "lao dong"},
    **{"htct": "he thong chinh tri", "tcpl": "tiep can phap luat", "tcsx": "to chuc san xuat", "vh": "van hoa"},
}
_SMALL = frozenset(("va", "ve", "so", "cac", "tieu", "chi", "tc", "xa", "ho"))


class CriterionHeading(NamedTuple):
    """How a criterion or content is called: its code, where there is one, and names as simple texts, the lowest first.

    `is_bare` where the code is nothing but a number, which may as well number the columns.
    """

    code: str | None
    names: tuple[str, ...] = ()
    is_bare: bool = False


def criterion_heading(parts: Sequence[str], groups: frozenset[str] = frozenset()) -> CriterionHeading | None:
    """How headings from the top downwards call a criterion; None where they call none by a number or a known name.

    A part in `groups` stands over several columns: below it only its own name tells.
    """
    code: str | None = None
    is_bare, names = False, list[str]()
    for part in reversed(parts):
        text = unmarked(clean(part))
        if told_below(text) or _ONLY_CALLED.fullmatch(text):
            continue
        if part in groups and (code or names):
            break
        number, called, rest = _number_in(text, is_alone=not names)
        if number and code is None:
            code, is_bare = number, not (called or rest)
        if name := simple(rest if number else text):
            names.append(_whole_words(name))
    if code is None and not any(name in _every_name() or _near_names(name) for name in names[:1]):
        return None
    return CriterionHeading(code, tuple(names), is_bare and not names)


def told_below(text: str) -> Field | None:
    """What a plain heading says of whichever criterion stands above it: met, not met, a value; None for a name."""
    bare = text.strip(" ()/:;.*")
    without = _NOT_MET.sub("", simple(bare)).strip()
    if without != simple(bare):
        return Field.RESULT if "dat" in without.split() else Field.NOT_MET if not _name_left(without) else None
    if _VALUE.fullmatch(simple(bare)) or bare == "%":
        return Field.VALUE
    return Field.RESULT if _RESULT.fullmatch(simple(bare)) or bare == "đ" else None


def _name_left(text: str) -> bool:
    return not (not text or _ONLY_CALLED.fullmatch(text) or text in ("danh dau x", "x"))


def _number_in(text: str, *, is_alone: bool) -> tuple[str | None, bool, str]:
    """The code that a plain text begins with, whether it says “tiêu chí”, and what follows."""
    if coded := _CODED.fullmatch(text):
        return coded["code"].removesuffix(".0"), bool(coded["called"]), coded["rest"]
    roman = _ROMAN.fullmatch(text) if is_alone else None
    if roman and roman["code"]:
        return str(_ROMANS.index(roman["code"])), bool(roman["called"]), ""
    return None, False, text


def _whole_words(name: str) -> str:
    """A simple name with the usual abbreviations written out."""
    whole = _ABBREVIATED.get(name) or " ".join(_ABBREVIATED.get(word, word) for word in name.split())
    return re.sub(r"^(nd|noi dung|tieu chi|tc) ", "", whole.replace("qp an", "quoc phong an ninh"))


def meant_code(of_set: CriteriaSet, heading: CriterionHeading) -> str | None:
    """The code of the set that is meant; None where it has none such, or number and name do not agree."""
    by_name = [code for name in heading.names if (code := _code_called(of_set, name))]
    if heading.code is None:
        return by_name[0] if by_name else None
    if of_set.criterion_of(heading.code) is None:
        return None
    own = {heading.code, heading.code.partition(".")[0]}
    is_other = by_name and not any(code in own or code.partition(".")[0] in own for code in by_name)
    return None if is_other else heading.code


@cache
def _names_of(of_set: CriteriaSet) -> tuple[tuple[str, str], ...]:
    """Every criterion, then every content, as a simple name with its code."""
    contents = ((simple(content.name), content.code) for one in of_set.criteria for content in one.contents)
    return (*((simple(criterion.name), criterion.code) for criterion in of_set.criteria), *contents)


@cache
def _code_called(of_set: CriteriaSet, name: str) -> str | None:
    """The one criterion or content that a simple name means: word for word, else with words left out or added."""
    names = _names_of(of_set)
    if exact := next((code for official, code in names if official == name), None):
        return exact
    near = {code for official, code in names if "." not in code and _is_near(name, official)}
    return near.pop() if len(near) == 1 else None


def _is_near(name: str, official: str) -> bool:
    """Whether a name is an official one with words left out, or with others before or behind it."""
    words, own = ({*text.split()} - _SMALL for text in (name, official))
    return bool(words) and (words <= own or (len(own) > 1 and own <= words))


@cache
def _every_name() -> frozenset[str]:
    return frozenset(name for key in set_keys() for name, _code in _names_of(criteria_set(key)))


@cache
def _near_names(name: str) -> bool:
    """Whether some set has a criterion nearly so called, by two words at least or all of a short name."""
    if len({*name.split()} - _SMALL) < _TWO:
        return False
    return any(_code_called(criteria_set(key), name) for key in set_keys())


_TWO = 2


# Of several criteria in one cell: “5, 17.2”, “5 và 17”; a comma within a name parts nothing.
_BETWEEN = re.compile(r"[;,\n+]|\bvà\b(?=\s*(?:tc|tiêu chí)?\s*[0-9])|(?<=[0-9])\s+(?=[0-9])", re.IGNORECASE)
_IN_NAMES = re.compile(r"(phòng),\s*(?=chống)", re.IGNORECASE)


def criteria_named(of_set: CriteriaSet, text: str) -> Iterator[str]:
    """The codes that a list names, by number or by name: “5, 17.2”, “Trường học; Môi trường”, “TC 5 (Trường học)”.

    What means none of them is given as it stands.
    """
    text = _IN_NAMES.sub(r"\1 ", re.sub(r"(?<=[0-9])\s*\([^)]*\)", "", text))
    for part in _BETWEEN.split(text):
        words = clean(part).strip(" .-–:")
        if words and not _ONLY_CALLED.fullmatch(unmarked(words)):
            heading = criterion_heading([words]) or CriterionHeading(None, (simple(words),))
            yield meant_code(of_set, heading) or heading.code or words
