"""What a figure of a report measures, as offices name it: “Xã NTM nâng cao tăng thêm”, “Số xã đạt 15-18 tiêu chí”."""

import re
from collections.abc import Callable
from decimal import Decimal

from ntmtrack.dates import last_day
from ntmtrack.i18n import N_
from ntmtrack.ingest.columns import BESIDE_LEVELS, simple
from ntmtrack.ingest.denials import denies
from ntmtrack.ingest.levels import levels_in, tier_in
from ntmtrack.lint.published_shares import UNITS
from ntmtrack.lint.published_sums import AVERAGE, MET
from ntmtrack.model import Programme, Tier
from ntmtrack.programmes.criteria.files import criteria_number
from ntmtrack.programmes.ladders import ladder_of, level_measured
from ntmtrack.roadmaps import READINGS
from ntmtrack.roadmaps.bands import MEETING, Band

_INCOME = "income"
# What may be written, for one who wrote something else.
MEASURE_EXAMPLES = (
    N_("communes at NTM"),
    N_("communes with 15-18 criteria"),
    N_("average of criteria"),
    N_("sum of criteria"),
)
# Measures besides levels, by the simple text that names them.
_OTHERS = (
    (r"tong so( (xa|huyen|thon|don vi))?|units", UNITS),
    (r".*\b(binh quan|average)\b.*\b(tieu chi|tc|criteria)\b.*|.*(tieu chi|tc) binh quan.*", AVERAGE),
    (r"tong( so)?( luot)? (tieu chi|tc)( da)?( dat)?( duoc)?( cua)?( cac| toan)?( xa)?|criteria met", MET),
    (r".*\bthu nhap\b.*|rural income", _INCOME),
)
_ANY_SET = 99  # two digits
DECIMALS = (AVERAGE, _INCOME)  # these are no whole numbers
# “tăng thêm trong năm” counts what was added, “đã có quyết định” what is decided: figures beside the cumulative one.
_ADDED = re.compile(r"\b(tang them|trong nam|added)\b")
_DECIDED = re.compile(r"\b(da co quyet dinh|decided)\b")
_VILLAGES = re.compile(r"(tong )?(so )?(cap )?(thon|ban|ap|lang|villages?)\b(?! cong nhan)")
_BESIDE = BESIDE_LEVELS | {
    *("so", "luong", "tong", "cap", "tang", "them", "trong", "nam", "luy", "ke", "co", "quyet", "dinh", "added"),
    *("decided", "thi", "thanh", "pho", "quan", "commune", "communes", "district", "districts"),
    *("thon", "ban", "ap", "lang", "village", "villages"),
}
# “<5 TC”, “≥ 15 tiêu chí”: signs that a simple text leaves out.
_SIGNS = {"<=": " den ", "≤": " den ", "<": " duoi ", ">=": " tu ", "≥": " tu ", ">": " tren "}
_OF_ALL = re.compile(r"\b(\d{1,2})\s*/\s*\d{1,2}\b")  # “15/19 tiêu chí”
_WHO = r"(?:(?:so|luong|cac|xa|huyen|don vi|nhom|co|dat|duoc|hoan thanh|communes|with) )*"
_CRITERIA = r"(?:tieu chi|tc|criteria)"
# What is said of a number of criteria, and the least and the most of them that it means.
_BANDS: tuple[tuple[re.Pattern[str], Callable[..., Band]], ...] = tuple(
    (re.compile(f"{_WHO}{words}"), band)
    for words, band in (
        (rf"(?:tu )?(\d{{1,2}}) (?:den )?(\d{{1,2}}) {_CRITERIA}", lambda low, high: Band(low, high)),
        (rf"(?:tu )?(\d{{1,2}}) den duoi (\d{{1,2}}) {_CRITERIA}", lambda low, above: Band(low, above - 1)),
        (rf"(?:tu|it nhat|toi thieu|at least) (\d{{1,2}}) {_CRITERIA}(?: tro len)?", Band),
        (rf"(\d{{1,2}}) {_CRITERIA} (?:tro len|or more)", Band),
        (rf"(?:den|toi da|nhieu nhat|at most) (\d{{1,2}}) {_CRITERIA}", lambda high: Band(0, high)),
        (rf"(?:tu )?(\d{{1,2}}) {_CRITERIA} tro xuong", lambda high: Band(0, high)),
        (rf"(?:duoi|it hon|chua den|fewer than|under) (\d{{1,2}}) {_CRITERIA}", lambda above: Band(0, above - 1)),
        (rf"(?:tren|nhieu hon|hon|more than|over) (\d{{1,2}}) {_CRITERIA}", lambda below: Band(below + 1)),
        (rf"(?:ca |du |all )?(\d{{1,2}}) {_CRITERIA}", lambda just: Band(just, just)),
    )
)
_ONE_CRITERION = re.compile(rf"{_WHO}(?:tieu chi|tc|criterion) (?:so )?(\d{{1,2}})(?: [a-z ]*)?")


def tier_named(text: str) -> Tier | None:
    """The tier whose units a measure counts: “Số thôn đạt chuẩn NTM” → villages; criteria are those of communes.

    Income is of the people of the whole: as of a province.
    """
    bare = simple(text)
    if _VILLAGES.match(bare):
        return Tier.VILLAGE
    if re.search(r"\bthu nhap\b", bare):
        return Tier.PROVINCE
    return tier_in(bare.replace("binh quan", "")) or (Tier.COMMUNE if re.search(rf"\b{_CRITERIA}\b", bare) else None)


def read_measure(text: str) -> str | None:
    """The key of what is counted: “Xã NTM nâng cao tăng thêm” → "nang-cao.added"; None where it is not known."""
    if of_criteria := _of_criteria(text):
        return of_criteria
    bare = simple(text)
    suffix = ".added" if _ADDED.search(bare) else ".decided" if _DECIDED.search(bare) else ""
    other = next((key for pattern, key in _OTHERS if re.fullmatch(pattern, bare)), None)
    levels, rest = levels_in(bare)
    is_plain = {*rest.split()} <= _BESIDE and not denies(text)
    measure = other or (levels[0] if len(levels) == 1 and is_plain else None)
    return f"{measure}{suffix}" if measure else None


def _of_criteria(text: str) -> str | None:
    """The key of a band, or of the units that meet one criterion; None where a text tells of neither."""
    signed = _OF_ALL.sub(r"\1", text)
    for sign, word in _SIGNS.items():
        signed = signed.replace(sign, word)
    bare = simple(signed)
    for pattern, band in _BANDS:
        if match := pattern.fullmatch(bare):
            told = band(*map(int, match.groups()))
            return told.measure if told.high is None or told.high >= told.low else None
    one = _ONE_CRITERION.fullmatch(bare)
    is_plain = not (denies(text) or _ADDED.search(bare))
    return f"{MEETING}:{int(one[1])}" if one and is_plain else None


def criteria_of(as_of: str, tier: Tier) -> int:
    """How many criteria a unit of the tier may meet on an ISO day; more than any set has where that is not known."""
    return criteria_number(last_day(as_of).year, tier) or _ANY_SET


def exceeds_whole(measure: str, value: str, total: int | None, criteria: int) -> bool:
    """Whether a figure is more than there are: units of `total`, criteria of so many in the set."""
    if measure == AVERAGE:
        return Decimal(value) > criteria
    if measure in DECIMALS or total is None:
        return False
    return int(value) > (total * criteria if measure == MET else total)


# Of what a per cent is, in simple text: of all, or of those at the level just below.
_OF_EVERY = re.compile(r"(so voi |tren |tinh )*(tong|tat ca|toan bo|all)\b.*")
_OF_LOWER = re.compile(r".*\b(lien duoi|lien ke|long nhau|nested)\b.*")
_BESIDE_BASES = BESIDE_LEVELS | {"so", "voi", "tren", "tinh", "cac", "tong", "thon", "ban", "ap"}


def read_share(text: str, programme: Programme, measure: str) -> str | None:
    """What a per cent of a measure is of: “tổng số xã” → "all", “xã NTM” → "ntm", the level just below → "nested".

    None where that cannot be read.
    """
    bare = simple(text)
    levels, rest = levels_in(bare)
    if levels and {*rest.split()} <= _BESIDE_BASES:
        measured = level_measured(programme, measure.partition(".")[0])
        ladder = ladder_of(programme, measured[0]) if measured else programme
        ranked = {level.key: level.rank for level in ladder.levels}
        if levels == (ladder.levels[0].key,):
            return "ntm"
        is_below = measured and ranked.get(levels[0]) == measured[1].rank - 1 and len(levels) == 1
        return "nested" if is_below else None
    if bare in READINGS:
        return bare
    return "all" if _OF_EVERY.fullmatch(bare) else "nested" if _OF_LOWER.fullmatch(bare) else None
