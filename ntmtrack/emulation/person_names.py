"""Whether what stands where everybody reads it is the name of a person."""

import re

from ntmtrack.text import clean

_TITLES = r"(?:ông|bà|anh|chị|cô|chú|bác|cụ|em|cháu|đ/c|đồng chí|mr\.?|mrs\.?|ms\.?)"
_OF_WHOM = r"(?:hộ gia đình|gia đình|hộ|nhà hảo tâm|doanh nhân|chủ hộ)"
_ROLES = r"(?:bí thư|chủ tịch|phó|giám đốc|trưởng|tổng|bộ trưởng|thứ trưởng|chủ nhiệm|đại biểu|lãnh đạo)"
_PEOPLE = r"(?:con|em|chị|nhân dân)"  # “Bà con thôn 3”, “Anh em Hội cựu chiến binh”
_TITLED = re.compile(rf"(?:{_OF_WHOM}\s+)?{_TITLES}\s*[:.]?\s*(?!(?:{_ROLES}|{_PEOPLE})\b)(?P<name>\S+)", re.IGNORECASE)
_BARE = re.compile(rf"(?:{_OF_WHOM}\s+)?(?P<first>\w+) (?:văn|thị) (?P<last>\w+)(?: \w+)?", re.IGNORECASE)


def reads_as_person(text: str) -> bool:
    """Whether words begin as a person's name does: “Ông Nguyễn …”, “đ/c Lò Thị …”, “Hộ bà …”, “Lò Văn …” alone.

    A role is no name: “Đ/c Chủ tịch UBND xã”; nor is what begins with the kind of a collective: “Công ty Bà Nà”.
    """
    words = clean(text)
    titled, bare = _TITLED.match(words), _BARE.fullmatch(words)
    return bool(
        (titled and titled["name"][:1].isupper()) or (bare and bare["first"][0].isupper() and bare["last"][0].isupper())
    )
