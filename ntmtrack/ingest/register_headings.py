"""The headings of registrations and of the other registers of emulation: words that mean so in these tables alone."""

import re
from collections.abc import Iterable, Mapping, Sequence

from ntmtrack.emulation.amounts import scale_called
from ntmtrack.ingest.columns import Field, TableKind, simple
from ntmtrack.ingest.headings import Meaning

_OF_PLEDGES = "( (dang ky|phan dau|thi dua|dat|dat them|them|hoan thanh|tang them|trong nam))*"
_A_UNIT = "(don vi|dia phuong|xa|phuong|huyen|thi xa|thanh pho|thi tran|dac khu|thon|ban)"
_UNITS = f"(ten )?(cac )?{_A_UNIT}( {_A_UNIT})*"
_LISTED = "(ten )?(xa|don vi)( (xa|phuong|thi tran|dac khu|don vi|dia phuong))+"  # “Xã/Đơn vị”
_PLEDGES: tuple[tuple[Field, str], ...] = (
    (Field.MORE, rf"(dang ky )?(so|so luong) (tieu chi|tc){_OF_PLEDGES}|(dang ky )?(dat )?them (so )?(tieu chi|tc)"),
    (Field.PLEDGE, rf"(muc|muc do|danh hieu|cap do){_OF_PLEDGES}( (muc|danh hieu|chuan|ntm|nong thon moi))*|level"),
    (Field.PLEDGE, r"dang ky (dat )?(chuan |muc |danh hieu )*(ntm|nong thon moi|danh hieu|muc)?"),
    (
        Field.TARGET,
        rf"(noi dung|chi tieu|muc tieu|nhiem vu|cong viec|tieu chi|cong trinh){_OF_PLEDGES}( (cu the|khac))*"
        r"|(noi dung|chi tieu)\b.* dang ky\b.*|dang ky (noi dung|chi tieu|khac)|target",
    ),
    (
        Field.SENT,
        r"(ngay|thoi gian)( thang)?( nam)? (gui|dang ky|lap|bao cao)\b.*|ngay (cua )?(van ban|cong van).*|sent",
    ),
    (Field.RECEIVED, r"(ngay|thoi gian) (nhan|den|tiep nhan)\b.*|received"),
    (Field.DOCUMENT, r"(so )?(ky hieu )?(van ban|cong van|bao cao|to trinh)\b.*|so (va )?(ky )?hieu.*|document"),
    (Field.SENDER, r"(don vi|noi|co quan) (gui|tong hop|lap)\b.*|sender"),
    (Field.FOR_YEAR, r"nam( (dang ky|thi dua|thuc hien|ke hoach|phan dau))*|year"),
    (Field.UNIT, rf"{_UNITS} dang ky\b.*|{_LISTED}"),
)
_ENTRIES: tuple[tuple[Field, str], ...] = (
    (Field.BOOK, r"(ten |loai )?so( theo doi)?|loai so|register"),
    (Field.UNIT, rf"{_UNITS} (duoc|nhan|duoc nhan|thu huong|huong)\b.*|{_LISTED}"),
    (Field.PERSON, r"ho (va )?ten.*|ten (ca nhan|chu ho|nguoi)\b.*|person"),
    (
        Field.GIVER,
        r"(loai|doi tuong|thanh phan|nhom)( (doi tuong|nguoi|don vi|chu the))*( (dong gop|ung ho|tai tro|huy dong))*"
        r"|giver kind",
    ),
    (
        Field.PARTY,
        r"(ten )?(nguoi|don vi|co quan|to chuc|tap the|doanh nghiep|nha tai tro|noi|doan)"
        r"( (co quan|don vi|to chuc|tap the))*"
        r" (dong gop|ung ho|tai tro|do dau|nhan do dau|giup do|ho tro|kiem tra|giam sat|chu tri|to chuc)\b.*"
        r"|doan kiem tra|nha tai tro|party",
    ),
    (Field.SINCE, r"(tu|bat dau)( (ngay|thang|nam))*|(ngay|thoi gian|thoi diem)\b.*|since|day"),
    (Field.UNTIL, r"(den|ket thuc|den het)( (ngay|thang|nam))*|until"),
    (Field.VALUE, r"(tong )?(gia tri|so tien|kinh phi|thanh tien|diem|so diem|tong diem)\b.*|amount"),
    (
        Field.TARGET,
        r"(ten )?(cum|khoi|cum khoi)( thi dua)?|(ten )?(mo hinh|dien hinh|mo hinh dien hinh)|(hinh thuc|noi dung"
        r"|ket luan|ket qua|viec|hien vat|loai hinh|dong gop|ho tro)\b.*|text",
    ),
    (Field.DOCUMENT, r"(so )?(ky hieu )?(van ban|cong van|bao cao|to trinh|bien ban|quyet dinh|qd)\b.*|document"),
    (Field.FOR_YEAR, r"nam|year"),
)
_AWARDS: tuple[tuple[Field, str], ...] = (
    (Field.FORM, r"(hinh thuc|danh hieu|loai)( (khen|khen thuong|thi dua|tang|thuong|va))*( (da|duoc) .*)?|form"),
    (Field.FOR_YEAR, r"nam( (khen|khen thuong|thanh tich|xet|thi dua))*|year"),
    (Field.LEVEL, r"(muc|muc do|cap do)( (dat|da dat|dat chuan|cong nhan|duoc cong nhan))*|level"),
    (Field.ACHIEVEMENT, r"(thanh tich|ly do khen|noi dung khen|noi dung thanh tich)\b.*|achievement"),
    (Field.PLACES, r"(so|so luong) (suat|ca nhan|nguoi|ho)\b.*|so luong|places"),
    (Field.PERSON, r"ho (va )?ten.*|ten (ca nhan|chu ho|nguoi)\b.*|person"),
    (Field.PERSON, r"(ten )?(ca nhan|nguoi)( (duoc|nhan|co thanh tich)\b.*)?"),
    (Field.RECIPIENT, r"(doi tuong|tap the|chuc danh|chuc vu|ca nhan)\b.*|recipient"),
    (Field.UNIT, rf"{_UNITS} (duoc|nhan|duoc nhan)\b.*|{_LISTED}"),
)
_OWN: Mapping[TableKind, tuple[tuple[Field, str], ...]] = {
    TableKind.REGISTRATIONS: _PLEDGES,
    TableKind.ENTRIES: _ENTRIES,
    TableKind.AWARDS: _AWARDS,
}
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^][]*)\]")
_TITLE_SCALE = re.compile(r"(?:đvt|đơn vị tính|đơn vị)\s*:\s*([^();]+)", re.IGNORECASE)
_NAMED_YEAR = re.compile(r"năm\s+((?:19|20)[0-9]{2})", re.IGNORECASE)
_ANY_YEAR = re.compile(r"(?<![0-9/])((?:19|20)[0-9]{2})(?![0-9])")
_BOOK_WORDS: tuple[tuple[str, str], ...] = (
    ("sponsorship", r"do dau"),
    ("contribution", r"dong gop|ung ho|huy dong"),
    ("block", r"(cum|khoi) (khoi )?thi dua"),
    ("inspection", r"kiem tra|giam sat"),
    ("meeting", r"hoi nghi|so ket|tong ket"),
    ("model", r"mo hinh|dien hinh"),
)


def own_meaning(what: TableKind, parts: Sequence[str]) -> Meaning | None:
    """What a heading means in a table of registrations or entries; None where it is none of their own."""
    bare = simple(_BRACKETS.sub(" ", parts[-1])) or simple(parts[-1])
    return next(((field, None) for field, pattern in _OWN.get(what, ()) if re.fullmatch(pattern, bare)), None)


def speaks_of_registering(heading: str) -> bool:
    """Whether a heading says in so many words that something is registered, not reached."""
    return bool(re.search(r"\bdang ky\b", simple(heading)))


def speaks_of_rewarding(heading: str) -> bool:
    """Whether a heading says in so many words that somebody was rewarded."""
    return bool(re.search(r"\b(khen|khen thuong|thi dua)\b", simple(heading)))


def speaks_of_a_register(heading: str) -> bool:
    """Whether a heading says in so many words that somebody gives, or in which block a unit is."""
    return bool(re.search(r"\b(dong gop|ung ho|tai tro|do dau|(cum|khoi) (khoi )?thi dua)\b", simple(heading)))


def title_of_awards(title: str) -> bool:
    """Whether a title is that of a list of awards: “Danh sách khen thưởng năm 2023”."""
    return bool(re.search(r"\bkhen\b", simple(title)))


def scale_told(heading: str, titles: Iterable[str]) -> str | None:
    """The scale of money that a heading tells in brackets or behind it, else the titles: “Giá trị (triệu đồng)”."""
    told = [text for found in _BRACKETS.findall(heading) for text in found if text]
    told += [found[1] for title in titles if (found := _TITLE_SCALE.search(title))]
    return next((scale for text in told if (scale := scale_called(_without_lead(text)))), None)


def _without_lead(text: str) -> str:
    return re.sub(r"^\s*(?:đvt|đơn vị tính|đơn vị)\s*:?\s*", "", text, flags=re.IGNORECASE)


def title_year(titles: Sequence[str]) -> int | None:
    """The one year that titles name: “ĐĂNG KÝ THI ĐUA NĂM 2027, giai đoạn 2026-2030”; None of none or several."""
    for pattern in (_NAMED_YEAR, _ANY_YEAR):
        years = {int(year) for title in titles for year in pattern.findall(title)}
        if years:
            return years.pop() if len(years) == 1 else None
    return None


def title_book(titles: Sequence[str]) -> str | None:
    """The register that titles name, where they name one: “DANH SÁCH ĐƠN VỊ ĐỠ ĐẦU XÃ NĂM 2026”."""
    text = " ".join(map(simple, titles))
    named = [book for book, pattern in _BOOK_WORDS if re.search(rf"\b({pattern})\b", text)]
    return named[0] if len(named) == 1 else None
