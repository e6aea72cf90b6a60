"""Texts that say of units that they are planned, not yet or not recognised, or no more: one judgement for every place.

It holds for titles, sheets' names, headings, groups, remarks, verdicts, footnotes and the comments of cells.
"""

import re
from functools import cache, lru_cache

from ntmtrack.ingest.columns import simple
from ntmtrack.text import clean

# Read with their marks where a text has any. Of what lies ahead: beside a recognition it may be of the next level.
AHEAD = ("đăng ký", "dự kiến", "phấn đấu", "kế hoạch", "lộ trình", "mục tiêu", "chỉ tiêu giao")
PLANNED = (
    *AHEAD,
    *("đề nghị", "chưa đạt", "chưa được", "chờ thẩm định", "đang thẩm định", "chưa thẩm định", "đang trình"),
    *("chuẩn bị đạt", "dự thảo", "bản nháp", "ước đạt", "sẽ", "đang chờ", "còn chờ", "chờ công nhận", "chờ quyết định"),
    *("chờ qđ", "chờ xét", "chờ xem xét", "chờ phê duyệt", "chờ kết quả", "chờ ký", "chờ ban hành", "chờ bổ sung"),
    *("đã trình", "trình thẩm định", "trình công nhận", "đang xét", "đang xem xét", "đang thẩm tra", "đang đề xuất"),
)
DENIED = (
    *("chưa", "không", "thu hồi", "đang thực hiện", "đang hoàn thiện", "hoãn", "rớt", "trượt", "trả lại", "bị trả"),
    *("ko đạt", "ko được", "nợ tiêu chí", "nợ tc", "thiếu tiêu chí", "thiếu tc", "tạm dừng", "đình chỉ", "bị loại"),
)
# Of recognitions that were taken back, besides "thu hồi".
ENDED = (
    *("rút", "rút khỏi", "rút danh hiệu", "bị rút", "huỷ", "hủy", "huỷ bỏ", "huỷ kết quả", "hết hiệu lực", "hết hạn"),
    *("hết thời hạn", "bãi bỏ", "tước", "tước danh hiệu", "tụt hạng", "tụt chuẩn", "xuống hạng", "hạ bậc", "mất chuẩn"),
    *("mất danh hiệu", "loại khỏi", "loại ra khỏi", "đưa ra khỏi", "xoá tên", "xóa tên"),
)
# Without their marks these are other words: "hoan thanh", Hà Bắc, a person called Huy.
AMBIGUOUS_BARE = frozenset(("sẽ", "hoãn", "rút", "huỷ", "hủy", "tước", "hạ bậc", "chờ ký"))
# What may be taken back besides a recognition: “đã thu hồi đất làm đường”.
OTHER_THINGS = ("đất", "vốn", "kinh phí", "tạm ứng", "nợ")
# Where those words say nothing of a recognition; patterns.
NO_DENIALS = (
    *(rf"thu\s+hồi\s+({'|'.join(OTHER_THINGS)})", "mục tiêu quốc gia", "(phân|tiêu) (huỷ|hủy)"),
    *("(sở|phòng) kế hoạch", "kế hoạch và đầu tư", r"tài chính\W+kế hoạch", r"kế hoạch\W+tài chính"),
    *("rút (kinh nghiệm|ngắn|gọn)", "không (kể|bao gồm|gồm|thay đổi|(có |còn )?nợ)"),
    *(r"đạt\s*/\s*(chưa|không)( đạt)?", r"có\s*/\s*không"),
    # Units of the register whose names without marks read so.
    *("(tua|nam|cho) chua", "chua hang", "(muong|kong long) khong", "khong lao"),
)
# Taken out before a text is judged: “mục tiêu quốc gia” holds “mục tiêu”, and denies nothing.
_NO_DENIAL = re.compile(rf"\b({'|'.join(NO_DENIALS)})\b", re.IGNORECASE)
_BUT_ENDS = tuple(word for word in PLANNED + DENIED if word != "thu hồi")
_COUNTS = re.compile(r"\b[0-9]+\s+(?=(tiêu chí|tieu chi|tc)\b)", re.IGNORECASE)  # "nợ 02 tiêu chí"


def denies(text: str, *, but_ends: bool = False) -> bool:
    """Whether a text says of units that they are only planned, registered, not yet recognised, or no more.

    With `but_ends` that they are no more is left aside: a table of revocations tells each.
    """
    words = _BUT_ENDS if but_ends else PLANNED + DENIED + ENDED
    return speaks_of(_COUNTS.sub("", _NO_DENIAL.sub(" ", clean(text))), words)


def looks_ahead(text: str) -> bool:
    """Whether a text denies nothing and tells of an aim, maybe of the next level: “Đăng ký nâng cao 2026”."""
    others = tuple(word for word in PLANNED if word not in AHEAD)
    return speaks_of(clean(text), AHEAD) and not speaks_of(clean(text), others + DENIED + ENDED)


def tells_end(text: str) -> bool:
    """Whether a text says that a recognition is no more, in other words than “thu hồi”."""
    return speaks_of(_NO_DENIAL.sub(" ", clean(text)), ENDED)


@lru_cache(4_000)
def speaks_of(text: str, words: tuple[str, ...]) -> bool:
    """Whether any of the words stands in a text; where the text has marks, with its marks: Khổng Lào is a commune."""
    marked, bare = _pattern(words)
    return bool(bare.search(simple(text)) if text.isascii() else marked.search(clean(text).casefold()))


@cache
def _pattern(words: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    unmistaken = (word for word in words if word not in AMBIGUOUS_BARE)
    marked, bare = "|".join(words), "|".join(map(simple, unmistaken))
    return re.compile(rf"\b({marked})\b"), re.compile(rf"\b({bare})\b")
