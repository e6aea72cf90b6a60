"""Levels and tiers as offices name them: “đạt chuẩn NTM nâng cao”, “Kiểu mẫu (giáo dục)”, “Tên xã”."""

import re
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from ntmtrack.i18n import N_, _
from ntmtrack.ingest.columns import BESIDE_LEVELS, NOT_REACHED, REMEMBERED, simple
from ntmtrack.ingest.denials import DENIED
from ntmtrack.ingest.values import A_YEAR, Ambiguous, DecisionText, ValueMismatch, clean_text, decision_in, year_in
from ntmtrack.model import Act, Tier
from ntmtrack.programmes import every, every_level, find_level
from ntmtrack.spreadsheets import Cell
from ntmtrack.text import clean, plain

REACHED = frozenset(("dat", "chuan"))
_TOO_LITTLE = (*REACHED, "dat chuan")  # beside other words these name no level: "năm đạt chuẩn"
# Taken out first: “thị xã” holds “xã”.
_OF_DISTRICTS = re.compile(r"\b(huyen|thi xa|thanh pho|quan|tx|tp|district)\b")
# What is left names communes.
_OF_COMMUNES = re.compile(r"\b(xa|phuong|thi tran|dac khu|commune)\b")


@cache
def standard_level() -> str:
    """The key of the level that “đạt chuẩn” alone means."""
    return find_level(every()[-1], "đạt chuẩn").key


def tier_in(text: str) -> Tier | None:
    """The tier that a simple text names by its kinds of unit: "ten xa" → communes; None for "huyen xa", "don vi"."""
    rest = _OF_DISTRICTS.sub(" ", text)
    tiers = [Tier.DISTRICT] * (rest != text) + [Tier.COMMUNE] * bool(_OF_COMMUNES.search(rest))
    return tiers[0] if len(tiers) == 1 else None


@cache
def _level_words() -> tuple[tuple[str, str], ...]:
    """Every name of every level with its key, the longest first."""
    words = {
        simple(word): level.key
        for programme in every()
        for level in (*programme.apart(), *programme.levels)
        for word in (level.key, level.name, *level.aliases)
    }
    return tuple(
        sorted(((w, key) for w, key in words.items() if w not in _TOO_LITTLE), key=lambda named: -len(named[0]))
    )


@lru_cache(REMEMBERED)
def levels_in(text: str) -> tuple[tuple[str, ...], str]:
    """The levels that a simple text names, and what is left: "nam dat ntm nang cao" → ("nang-cao",), "nam dat"."""
    levels: dict[str, None] = {}
    for word, key in _level_words():
        rest = re.sub(rf"\b{word}\b", " ", text)
        if rest != text:
            levels[key] = None
            text = rest
    keys = [*levels]
    if len(keys) > 1 and standard_level() in keys:  # "đạt chuẩn NTM mức nâng cao"
        keys.remove(standard_level())
    return tuple(keys), " ".join(text.split())


# What stands between two levels that are told side by side, and within the name of none.
_JOINED = re.compile(r"[,;/+&|\n]|\s[-–—]\s|\b(?:và|va|cùng|lẫn|kèm|đồng thời)\b", re.IGNORECASE)


@lru_cache(REMEMBERED)
def levels_joined(text: str) -> tuple[str, ...]:
    """The levels that a text names one beside the other: “NTM, NTM nâng cao”, “đạt chuẩn + nâng cao”; () where not two.

    “Đạt chuẩn NTM mức nâng cao” is one level, in whose name that of another stands.
    """
    keys: dict[str, None] = {}
    for part in _JOINED.split(re.sub(r"(?i)\b(NTM|nông thôn mới)\s+(?=(NTM|nông thôn mới)\b)", r"\1, ", text)):
        levels, rest = levels_in(simple(part))
        keys |= dict.fromkeys(levels or ([standard_level()] if {*rest.split()} >= REACHED else []))
    return tuple(keys) if len(keys) > 1 else ()


def level_name(key: str) -> str:
    """A level's name in the language in use, whichever programme has it."""
    level = every_level().get(key)
    return level.label if level else key


def act_in(*texts: str) -> Act | None:
    """The act other than công nhận that texts speak of, the first that speaks of just one: “Danh sách xã thừa nhận”."""
    for text in map(simple, texts):
        acts = [act for act, words in _ACT_WORDS.items() if words in text]
        if len(acts) == 1 and not tells_plain_act(text):
            return acts[0]
    return None


def tells_plain_act(text: str) -> bool:
    """Whether a text speaks of công nhận itself: “Công nhận”, not “Công nhận lại”."""
    return bool(re.search(r"\bcong nhan\b", re.sub(r"\b(thua nhan|cong nhan lai)\b", " ", simple(text))))


_ACT_WORDS = {Act.ACKNOWLEDGED: "thua nhan", Act.RE_RECOGNISED: "cong nhan lai"}
# What a model commune or hamlet is a model in, as the criteria sets and provinces name it.
_FIELDS = (
    *("sản xuất", "giáo dục", "văn hoá", "văn hóa", "y tế", "sức khoẻ", "môi trường", "cảnh quan", "du lịch"),
    *("an ninh", "trật tự", "chuyển đổi số", "thông minh", "kinh tế", "nông nghiệp", "thu nhập", "xã hội"),
    *("thể thao", "giao thông", "hạ tầng", "đào tạo", "thương mại", "dịch vụ", "tổ chức", "phát triển", "nông thôn"),
    *("xanh", "sạch", "đẹp", "hành chính công", "quốc phòng", "cộng đồng", "ngành nghề", "ocop"),
)
_A_YEAR = re.compile(r"\b(19|20)[0-9]{2}\b")  # which may be another than the row's
_JOINING = {"va", "the", "duc", "cong", "nghe"}
_FIELD_WORDS = _JOINING | {word for field in _FIELDS for word in simple(field).split()}
# What may stand behind a level: brackets, a field by “lĩnh vực” or “về”, a period, words behind a dash.
_ADDED = re.compile(
    r"(?P<bracket>\([^()]*\)\s*$)|(?P<said>\b(?:thuộc |theo |trong |nổi trội |nổi bật )*"
    r"(?:lĩnh vực|linh vuc|về|ve)\s+\S.*$)|(?P<period>\bgiai (?:đoạn|doan)\s+20[0-9]{2}\s*[-–]\s*20[0-9]{2}\s*$)"
    r"|(?P<dash>\s[-–:]\s.*$)",
    re.IGNORECASE,
)
# “17/19 TC”, “đạt 18 tiêu chí”; without the word only out of 19, the number of criteria of a commune.
_CRITERIA = re.compile(
    r"(dat |duoc |hoan thanh |xa |so )*[0-9]{1,2}( [0-9]{1,2})? (tc|tieu chi)\b.*"
    r"|(dat |duoc |hoan thanh )*[0-9]{1,2} 19"
)


def counts_criteria(text: str) -> bool:
    """Whether a text only counts the criteria that are met: “Đạt 17/19 TC”, “18 tiêu chí”; that is no level."""
    return bool(_CRITERIA.fullmatch(simple(text)))


class LevelText(NamedTuple):
    """The key of a level, and what the cell says of it besides; as written where no level is known."""

    key: str
    field: str | None = None


def read_level(text: str) -> LevelText:
    """The level that a text names, whatever plain words stand beside it; the text itself where it names none."""
    if key := _level_key(text):
        return LevelText(key)
    for added in _ADDED.finditer(clean(text)):
        key, field = _level_key(clean(text)[: added.start()]), added[0].strip(" ()-–:")
        if key and field and (added["period"] or _is_field(field) or (added["said"] and not _A_YEAR.search(field))):
            return LevelText(key, field)
    return LevelText(text)


def _level_key(text: str) -> str | None:
    words = simple(text)
    levels, rest = levels_in(words)
    completed = "hoan thanh nhiem vu" in words  # as towns and cities do
    of_towns = {"xay", "dung", "thanh", "pho", "thi"} if completed else set()
    return levels[0] if len(levels) == 1 and {*rest.split()} <= BESIDE_LEVELS | of_towns else None


def _is_field(text: str) -> bool:
    words = {*simple(re.sub(r"^(lĩnh vực|linh vuc|về|ve)\s*:?\s+", "", text.casefold())).split()}
    period = re.fullmatch(r"(giai doan )?20[0-9]{2} 20[0-9]{2}", simple(text))
    return bool(period) or (bool(words) and words <= _FIELD_WORDS)


# What a cell holds that names a decision or resolution.
_OF_A_DECISION = re.compile(r"q[đd]|nq|quyết định", re.IGNORECASE)
# “QĐ 2021”, “số 2021”: here the four digits may be, or are, a number and no year.
_BEFORE_A_NUMBER = re.compile(r"(?:\b(?P<so>s[ốo])|\bq[đd]|quy[ếe]t [đd][ịi]nh)[\s:.]*$", re.IGNORECASE)
_YES = frozenset(
    ("x", "✓", "✔", "☑", "√", "v", "dat", "da dat", "d", "1", "co", "dat chuan", "duoc cong nhan", "true", "yes")
)
# At the beginning alone: “Không đạt”, “Chưa”; elsewhere it may be said of something else.
_DENIED = re.compile(rf"({'|'.join(DENIED)})\b")
_BESIDE = frozenset(
    ["dat", "da", "nam", "x", "qd", "quyet", "dinh", "so", "cong", "nhan", "ngay", "theo", "chuan", "duoc"]
)


class Mark(NamedTuple):
    """What a cell below the name of a level tells: whether reached, and possibly when and by which decision."""

    reached: bool
    year: int | None = None
    decision: DecisionText | None = None
    by_number: bool = False  # 1, which may also be a count
    is_count: bool = False  # 12, which can only be one, or counts something else


def mark_in(cell: Cell) -> Mark:
    """A mark, a year or a decision below the name of a level: x, Đạt, 2019, 1007/QĐ-UBND; raises ValueMismatch."""
    if cell.fault:
        raise ValueMismatch(cell.fault)
    if isinstance(cell.value, bool):
        return Mark(cell.value)
    if isinstance(cell.value, date):
        return Mark(True, year_in(cell))
    text = clean_text(cell)
    bare = text.strip("()[]. ")
    if plain(bare) in _YES or bare.casefold() in _YES:
        return Mark(True, by_number=bare.isdigit())
    if (
        (plain(text) or text) in NOT_REACHED
        or _DENIED.match(text.casefold())
        or (text.partition(" ")[0].isascii() and simple(text).startswith(("chua ", "khong ")))  # Khổng Lào is a commune
    ):
        return Mark(False)
    year = _year_within(text)
    if year is None:
        parts = re.fullmatch(r"(\D*?)((?:19|20)[0-9]{2})\s*[(,;:–-]\s*(.*?)\)?", text)
        if parts and _OF_A_DECISION.search(parts[3]) and not _BEFORE_A_NUMBER.search(parts[1]):
            return Mark(True, int(parts[2]), decision_in(Cell(parts[3])))
        if _OF_A_DECISION.search(text):
            return Mark(True, None, decision_in(cell))
    elif set(simple(text.replace(year[0], " ")).split()) <= _BESIDE:
        return Mark(True, int(year[1]))
    raise ValueMismatch(_("neither a mark (x, Đạt), nor a year, nor a decision"))


def _year_within(text: str) -> re.Match[str] | None:
    """The year in a text without a "/"; none in "QĐ số 2021"; raises Ambiguous for "QĐ 2021"."""
    year = A_YEAR.search(text) if "/" not in text else None
    numbered = _BEFORE_A_NUMBER.search(text[: year.start()]) if year else None
    if year and numbered and not numbered["so"]:
        says = _("{year} may be the year, or the number of the decision").format(year=year[1])
        raise Ambiguous(says, _("write “{year}”, or “{year}/QĐ-UBND”").format(year=year[1]))
    return None if numbered else year


def is_mark(text: str) -> bool:
    """Whether a text is one that stands below the name of a level: x, Đạt, 2019, a decision."""
    try:
        mark_in(Cell(text))
    except Ambiguous:
        return True
    except ValueMismatch:
        return False
    return True


HOW_TO_MARK = N_("write x or the year recognised for; where it is not reached, clear the cell or leave the row out")
# “12”, “12/20”, “12 xã”: no mark, a number of units.
_A_COUNT = re.compile(r"[0-9]{1,4}(\s*/\s*[0-9]{1,4})?(\s*(xã|phường|thị trấn|đơn vị|huyện)\b.*)?", re.IGNORECASE)
# A day or a month with its year, where only the year is asked for.
_A_DAY = re.compile(r"(ngày\s*)?[0-9]{1,2}\s*[/.-]\s*([0-9]{1,2}\s*[/.-]\s*)?[0-9]{4}", re.IGNORECASE)


def mark_below(cell: Cell, level: str | None) -> Mark:
    """A mark as `mark_in` reads it, or the name of the column's own level; a number may count; raises ValueMismatch."""
    try:
        return mark_in(cell)
    except Ambiguous:
        raise
    except ValueMismatch as wrong:
        is_text = isinstance(cell.value, str | int | float) and not cell.fault
        text = clean_text(cell) if is_text else ""
        if level and read_level(text).key == level:
            return Mark(reached=True)
        if _A_DAY.fullmatch(text) or isinstance(cell.value, date):
            says = _("a day stands where the year recognised for is expected")
            raise Ambiguous(says, _("write the year recognised for alone, in four digits")) from wrong
        if _A_COUNT.fullmatch(text) and not counts_criteria(text):
            return Mark(reached=True, by_number=True, is_count=True)
        raise
