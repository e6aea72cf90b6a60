"""What a column of an office's table can tell, and the headings under which offices tell it."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from ntmtrack.i18n import N_, _
from ntmtrack.text import plain


class TableKind(StrEnum):
    """What a table lists."""

    RECOGNITIONS = "recognitions"
    UNITS = "units"
    PUBLISHED = "published"
    CHANGES = "changes"
    ROADMAP = "roadmap"
    CRITERIA = "criteria"
    GROUPS = "groups"
    ASSESSMENTS = "assessments"
    VALUES = "values"
    REGISTRATIONS = "registrations"
    ENTRIES = "entries"
    AWARDS = "awards"

    @property
    def label(self) -> str:
        """What it lists, in the language in use."""
        return _(_LISTED[self])


_LISTED = {
    TableKind.RECOGNITIONS: N_("recognitions"),
    TableKind.UNITS: N_("units"),
    TableKind.PUBLISHED: N_("published figures"),
    TableKind.CHANGES: N_("changes of units"),
    TableKind.ROADMAP: N_("a roadmap"),
    TableKind.CRITERIA: N_("rows of a criteria set"),
    TableKind.GROUPS: N_("groups of units"),
    TableKind.ASSESSMENTS: N_("assessments"),
    TableKind.VALUES: N_("values by year"),
    TableKind.REGISTRATIONS: N_("registrations"),
    TableKind.ENTRIES: N_("entries of a register"),
    TableKind.AWARDS: N_("awards given"),
}


class Field(StrEnum):
    """What one column tells; the values are the words that --map takes."""

    UNIT = "unit"
    CODE = "code"
    DISTRICT = "district"
    DISTRICT_CODE = "district-code"
    PROVINCE = "province"
    PROVINCE_CODE = "province-code"
    KIND = "kind"
    SINCE = "since"
    UNTIL = "until"
    RESOLUTION = "resolution"
    OLD_UNIT = "old-unit"
    OLD_CODE = "old-code"
    NEW_UNIT = "new-unit"
    NEW_CODE = "new-code"
    NEW_KIND = "new-kind"
    NEW_PARENT = "new-parent"
    EXTENT = "extent"  # whole, in part
    LEVEL = "level"
    MARK = "mark"  # x, Đạt, a year or a decision: the level is the column's
    YEAR = "year"
    KNOWN_BY = "known-by"
    DECISION = "decision"  # the number, or number and day in one cell
    DATE = "date"
    ISSUER = "issuer"
    ANNOUNCED = "announced"
    ACT = "basis"  # công nhận, thừa nhận, công nhận lại
    ACKNOWLEDGED = "acknowledged"  # x, where the level is acknowledged
    RE_RECOGNISED = "re-recognised"
    REVOKED = "revoked"
    REVOKED_BY = "revoked-by"
    REVOKED_REASON = "revoked-reason"
    VILLAGE = "village"
    TIER = "tier"
    MEASURE = "measure"
    AS_OF = "as-of"
    VALUE = "value"
    TOTAL = "total"
    PERCENT = "percent"
    SHARE_OF = "share-of"
    CRITERION = "criterion"  # the code of a criterion or a content
    CONTENT = "content"  # what it is called
    APPLIES_TO = "applies-to"
    FOR_YEAR = "for-year"
    OPERATOR = "operator"
    THRESHOLD = "threshold"
    COUNTED_IN = "counted-in"
    CHECKED = "checked"
    GROUNDS = "grounds"
    GROUP = "group"
    ZONE = "zone"
    REGION = "region"
    SPECIAL = "special"
    POOR = "poor"
    BORDER = "border"
    ISLAND = "island"
    RESULT = "result"  # whether a criterion is met: that of the column, or of the row
    NOT_MET = "not-met"  # x where it is not
    MET = "met"  # how many criteria are met: 15, 15/19
    MISSING = "missing"  # those not met, as a list: 5, 17.2
    INDICATOR = "indicator"
    PRODUCT = "product"
    OWNER = "owner"
    STARS = "stars"
    VALID_UNTIL = "valid-until"
    PLEDGE = "pledge"  # a level, or so many criteria more
    MORE = "more-criteria"
    TARGET = "target"  # in words; of an entry what it is about
    SENT = "sent"
    RECEIVED = "received"
    SENDER = "sender"
    DOCUMENT = "document"
    BOOK = "register"
    PARTY = "party"
    GIVER = "giver-kind"
    PERSON = "person"
    FORM = "form"  # of award, by its key or its name
    ACHIEVEMENT = "achievement"
    RECIPIENT = "recipient"
    PLACES = "places"
    SOURCE = "source"
    CONFIDENCE = "confidence"
    NOTE = "note"
    NUMBERING = "numbering"
    SKIP = "skip"

    @property
    def label(self) -> str:
        """What it tells, in the language in use."""
        return _(_LABELS[self])


_LABELS: Mapping[Field, str] = {
    Field.UNIT: N_("unit"),
    Field.CODE: N_("code"),
    Field.DISTRICT: N_("district"),
    Field.DISTRICT_CODE: N_("code of the district"),
    Field.PROVINCE: N_("province"),
    Field.PROVINCE_CODE: N_("code of the province"),
    Field.KIND: N_("kind of unit"),
    Field.SINCE: N_("since"),
    Field.UNTIL: N_("until"),
    Field.RESOLUTION: N_("resolution"),
    Field.OLD_UNIT: N_("old unit"),
    Field.OLD_CODE: N_("code of the old unit"),
    Field.NEW_UNIT: N_("new unit"),
    Field.NEW_CODE: N_("code of the new unit"),
    Field.NEW_KIND: N_("kind of the new unit"),
    Field.NEW_PARENT: N_("where the new unit lies"),
    Field.EXTENT: N_("whole or in part"),
    Field.LEVEL: N_("level"),
    Field.MARK: N_("reached"),
    Field.YEAR: N_("year recognised for"),
    Field.KNOWN_BY: N_("known by"),
    Field.DECISION: N_("decision"),
    Field.DATE: N_("day signed"),
    Field.ISSUER: N_("issuer"),
    Field.ANNOUNCED: N_("day announced"),
    Field.ACT: N_("form of recognition"),
    Field.ACKNOWLEDGED: N_("acknowledged"),
    Field.RE_RECOGNISED: N_("re-recognised"),
    Field.REVOKED: N_("revoked"),
    Field.REVOKED_BY: N_("decision that revoked it"),
    Field.REVOKED_REASON: N_("why it was revoked"),
    Field.VILLAGE: N_("village"),
    Field.TIER: N_("tier"),
    Field.MEASURE: N_("measure"),
    Field.AS_OF: N_("as of"),
    Field.VALUE: N_("value"),
    Field.TOTAL: N_("out of"),
    Field.PERCENT: N_("per cent"),
    Field.SHARE_OF: N_("base of the per cent"),
    Field.CRITERION: N_("code of a criterion"),
    Field.CONTENT: N_("criterion or content"),
    Field.APPLIES_TO: N_("units that it applies to"),
    Field.FOR_YEAR: N_("year"),
    Field.OPERATOR: N_("sign"),
    Field.THRESHOLD: N_("threshold"),
    Field.COUNTED_IN: N_("counted in"),
    Field.CHECKED: N_("held against the text"),
    Field.GROUNDS: N_("grounds"),
    Field.GROUP: N_("group"),
    Field.ZONE: N_("zone"),
    Field.REGION: N_("region"),
    Field.SPECIAL: N_("in special difficulty"),
    Field.POOR: N_("poor"),
    Field.BORDER: N_("on the border"),
    Field.ISLAND: N_("on an island"),
    Field.RESULT: N_("result of a criterion"),
    Field.NOT_MET: N_("criterion not met"),
    Field.MET: N_("criteria met"),
    Field.MISSING: N_("criteria not met"),
    Field.INDICATOR: N_("indicator"),
    Field.PRODUCT: N_("product"),
    Field.OWNER: N_("owner"),
    Field.STARS: N_("stars"),
    Field.VALID_UNTIL: N_("valid until"),
    Field.PLEDGE: N_("what is registered"),
    Field.MORE: N_("criteria more"),
    Field.TARGET: N_("what it is about"),
    Field.SENT: N_("day sent"),
    Field.RECEIVED: N_("day received"),
    Field.SENDER: N_("sender"),
    Field.DOCUMENT: N_("document"),
    Field.BOOK: N_("register"),
    Field.PARTY: N_("party"),
    Field.GIVER: N_("kind of giver"),
    Field.PERSON: N_("name of a person"),
    Field.FORM: N_("form of award"),
    Field.ACHIEVEMENT: N_("achievement"),
    Field.RECIPIENT: N_("who was rewarded"),
    Field.PLACES: N_("number of places"),
    Field.SOURCE: N_("source"),
    Field.CONFIDENCE: N_("evidence"),
    Field.NOTE: N_("remark"),
    Field.NUMBERING: N_("numbering"),
    Field.SKIP: N_("not used"),
}
_ALWAYS = (Field.NUMBERING, Field.SKIP, Field.SOURCE, Field.NOTE)
FIELDS: Mapping[TableKind, tuple[Field, ...]] = {
    TableKind.RECOGNITIONS: (
        *(Field.UNIT, Field.CODE, Field.KIND, Field.DISTRICT, Field.DISTRICT_CODE),
        *(Field.PROVINCE, Field.PROVINCE_CODE, Field.LEVEL, Field.MARK),
        *(Field.ACT, Field.ACKNOWLEDGED, Field.RE_RECOGNISED),
        *(Field.REVOKED, Field.REVOKED_BY, Field.REVOKED_REASON, Field.VILLAGE, Field.CONFIDENCE, Field.YEAR),
        *(Field.KNOWN_BY, Field.DECISION, Field.DATE, Field.ISSUER, Field.ANNOUNCED, *_ALWAYS),
    ),
    TableKind.UNITS: (
        *(Field.UNIT, Field.CODE, Field.DISTRICT, Field.DISTRICT_CODE, Field.PROVINCE, Field.PROVINCE_CODE),
        *(Field.VILLAGE, Field.KIND, Field.SINCE, Field.UNTIL, Field.RESOLUTION, *_ALWAYS),
    ),
    TableKind.CHANGES: (
        *(Field.OLD_UNIT, Field.OLD_CODE, Field.DISTRICT, Field.PROVINCE, Field.NEW_UNIT, Field.NEW_CODE),
        *(Field.NEW_KIND, Field.NEW_PARENT, Field.EXTENT, Field.SINCE, Field.RESOLUTION, *_ALWAYS),
    ),
    TableKind.PUBLISHED: (
        *(Field.TIER, Field.MEASURE, Field.AS_OF, Field.VALUE, Field.TOTAL, Field.PERCENT, Field.SHARE_OF),
        *(Field.CONFIDENCE, *_ALWAYS),
    ),
    TableKind.GROUPS: (
        *(Field.UNIT, Field.CODE, Field.KIND, Field.DISTRICT, Field.DISTRICT_CODE, Field.PROVINCE, Field.PROVINCE_CODE),
        *(Field.GROUP, Field.ZONE, Field.REGION, Field.SPECIAL, Field.POOR, Field.BORDER, Field.ISLAND, Field.SINCE),
        *_ALWAYS,
    ),
    TableKind.CRITERIA: (
        *(Field.CRITERION, Field.CONTENT, Field.APPLIES_TO, Field.FOR_YEAR, Field.OPERATOR, Field.THRESHOLD),
        *(Field.COUNTED_IN, Field.CHECKED, Field.GROUNDS, Field.SINCE, *_ALWAYS),
    ),
    TableKind.ASSESSMENTS: (
        *(Field.UNIT, Field.CODE, Field.KIND, Field.DISTRICT, Field.DISTRICT_CODE, Field.PROVINCE),
        *(Field.PROVINCE_CODE, Field.CRITERION, Field.RESULT, Field.NOT_MET, Field.VALUE, Field.MET, Field.MISSING),
        *(Field.AS_OF, *_ALWAYS),
    ),
    TableKind.VALUES: (
        *(Field.UNIT, Field.CODE, Field.KIND, Field.DISTRICT, Field.DISTRICT_CODE, Field.PROVINCE, Field.PROVINCE_CODE),
        *(Field.INDICATOR, Field.YEAR, Field.VALUE, Field.COUNTED_IN, Field.PRODUCT, Field.OWNER, Field.STARS),
        *(Field.DECISION, Field.DATE, Field.ISSUER, Field.VALID_UNTIL, *_ALWAYS),
    ),
    TableKind.REGISTRATIONS: (
        *(Field.UNIT, Field.CODE, Field.KIND, Field.DISTRICT, Field.DISTRICT_CODE, Field.PROVINCE, Field.PROVINCE_CODE),
        *(Field.FOR_YEAR, Field.PLEDGE, Field.MORE, Field.TARGET, Field.SENT, Field.RECEIVED, Field.SENDER),
        *(Field.DOCUMENT, *_ALWAYS),
    ),
    TableKind.ENTRIES: (
        *(Field.UNIT, Field.CODE, Field.KIND, Field.DISTRICT, Field.DISTRICT_CODE, Field.PROVINCE, Field.PROVINCE_CODE),
        *(Field.BOOK, Field.PARTY, Field.GIVER, Field.PERSON, Field.TARGET, Field.SINCE, Field.UNTIL, Field.FOR_YEAR),
        *(Field.VALUE, Field.DOCUMENT, *_ALWAYS),
    ),
    TableKind.AWARDS: (
        *(Field.UNIT, Field.CODE, Field.KIND, Field.DISTRICT, Field.DISTRICT_CODE, Field.PROVINCE, Field.PROVINCE_CODE),
        *(Field.FORM, Field.FOR_YEAR, Field.LEVEL, Field.ACHIEVEMENT, Field.RECIPIENT, Field.PLACES, Field.PERSON),
        *(Field.DECISION, Field.DATE, Field.ISSUER, *_ALWAYS),
    ),
}
MARKED = (Field.GROUP, Field.ZONE, Field.REGION, Field.SPECIAL, Field.POOR, Field.BORDER, Field.ISLAND)
# A table must have a column of the first, which name its rows, and one of the second, besides that.
NAMING: Mapping[TableKind, tuple[Field, ...]] = {
    TableKind.RECOGNITIONS: (Field.UNIT, Field.CODE, Field.VILLAGE, Field.DISTRICT),
    TableKind.UNITS: (Field.UNIT, Field.CODE, Field.VILLAGE, Field.DISTRICT),
    TableKind.PUBLISHED: (Field.MEASURE,),
    TableKind.CHANGES: (Field.OLD_UNIT, Field.OLD_CODE),
    TableKind.CRITERIA: (Field.CRITERION,),
    TableKind.GROUPS: (Field.UNIT, Field.CODE, Field.DISTRICT),
    TableKind.ASSESSMENTS: (Field.UNIT, Field.CODE, Field.DISTRICT, Field.CRITERION),
    TableKind.VALUES: (Field.UNIT, Field.CODE, Field.DISTRICT),
    TableKind.REGISTRATIONS: (Field.UNIT, Field.CODE, Field.DISTRICT),
    TableKind.ENTRIES: (Field.UNIT, Field.CODE, Field.DISTRICT),
    TableKind.AWARDS: (Field.UNIT, Field.CODE, Field.DISTRICT),
}
TELLING: Mapping[TableKind, tuple[Field, ...]] = {
    TableKind.RECOGNITIONS: (
        *(Field.LEVEL, Field.MARK, Field.YEAR, Field.KNOWN_BY, Field.DECISION, Field.DATE, Field.ANNOUNCED),
        *(Field.ACKNOWLEDGED, Field.RE_RECOGNISED),
    ),
    TableKind.UNITS: (Field.CODE, Field.DISTRICT, Field.DISTRICT_CODE, Field.VILLAGE, Field.KIND, Field.SINCE),
    TableKind.PUBLISHED: (Field.VALUE,),
    TableKind.CHANGES: (Field.NEW_UNIT, Field.NEW_CODE),
    TableKind.CRITERIA: (Field.CONTENT, Field.THRESHOLD),
    TableKind.GROUPS: MARKED,
    TableKind.ASSESSMENTS: (Field.RESULT, Field.NOT_MET, Field.VALUE, Field.MET, Field.MISSING),
    TableKind.VALUES: (Field.VALUE, Field.STARS),
    TableKind.REGISTRATIONS: (Field.PLEDGE, Field.MORE, Field.TARGET),
    TableKind.ENTRIES: (Field.TARGET, Field.PARTY, Field.VALUE),
    TableKind.AWARDS: (Field.FORM,),
}
# What may be said of one level only: "Năm đạt NTM nâng cao", under a heading merged over three levels.
LEVEL_FIELDS = (Field.MARK, Field.YEAR, Field.DECISION, Field.DATE, Field.ISSUER, Field.ANNOUNCED)
_VILLAGES = "thon|ban|ap|lang|buon|bon|xom|khom|phum|soc|to dan pho|tdp|khu pho|tieu khu"
_A_DISTRICT = "(huyen|thi xa|thanh pho|quan|tx|tp|thi|thuoc tinh)"
_A_COMMUNE = "(xa|phuong|thi tran|tt|dac khu)"
_AROUND_ACTS = "((xa|da|duoc|ra|soat|dat|chuan|sau|sap|xep|nhap|hop|nhat) ?)*"
# “Xã được thừa nhận đạt chuẩn NTM”, “Công nhận lại sau sắp xếp”, the levels taken out.
ACT = re.compile(r"hinh thuc( (cong nhan|ghi nhan))?|loai cong nhan|cong nhan( hay| hoac)? thua nhan( cong nhan lai)?")
ACKNOWLEDGED = re.compile(f"{_AROUND_ACTS}thua nhan ?{_AROUND_ACTS}")
RE_RECOGNISED = re.compile(f"{_AROUND_ACTS}cong nhan lai ?{_AROUND_ACTS}")
_UNITS = "(cac|ten|cap xa|don vi|hanh chinh|dvhc|xa|phuong|thi tran|dac khu)"
_OLD = " ?(cu|truoc( khi)?( sap xep| sap nhap)?|hien (huu|co)|bi nhap|duoc nhap)"
_NEW = " ?(moi|sau( khi)?( sap xep| sap nhap)|(moi )?hinh thanh|thanh lap)"
_RECOGNISED = "( (da|duoc|cong nhan))*"  # what may follow: “Xã được công nhận”
# Headings in small plain letters without signs, the first that fits being meant: "so qd" for "Số QĐ".
HEADINGS: tuple[tuple[Field, str], ...] = (
    (Field.NUMBERING, r"s?tt|so tt|so thu tu|no"),
    (Field.SKIP, r"loi( ntmtrack)?"),
    (Field.NOTE, r"ghi chu.*|notes?"),
    (Field.SPECIAL, r"((xa|thuoc|dien|la) )*(dac biet kho khan|dbkk)|special"),
    (Field.POOR, r"((xa|huyen|thuoc|dien|la) )*ngheo|poor"),
    (Field.BORDER, r"((xa|phuong|thuoc|dien|la) )*(bien gioi|vung bien gioi)|border"),
    (Field.ISLAND, r"((xa|thuoc|dien|la) )*(hai dao|dao|xa dao)|island"),
    (Field.GROUP, r"((thuoc|phan|xep|dien) )*nhom( (xa|i|ii|iii|1|2|3))*|group"),
    (Field.ZONE, r"((thuoc|phan|xep|dien) )*(khu vuc|kv)( (xa|i|ii|iii|1|2|3))*|zone"),
    (Field.REGION, r"(thuoc )?vung( kinh te( xa hoi)?)?|region"),
    (Field.CRITERION, r"(ma|so|stt)( (so|hieu))?( (tieu chi|noi dung|chi tieu|tc))*|tc|criterion|code"),
    (Field.CHECKED, r"(da )?(doi chieu|kiem tra|xac minh)( van ban)?|checked|verified"),
    (Field.APPLIES_TO, r"(pham vi )?(ap dung|nhom|vung|dia ban)( cho)?( (nhom|vung|xa|khu vuc|cac|hoac))*|applies to"),
    (Field.FOR_YEAR, r"nam( ap dung)?|year"),
    (Field.OPERATOR, r"dau|so sanh|toan tu|operator|sign"),
    (Field.COUNTED_IN, r"don vi( (tinh|do))?|dvt|unit|counted in"),
    (Field.THRESHOLD, r"(nguong|yeu cau|muc|chi tieu)( (dat|can dat|yeu cau|toi thieu|phai dat|quy dinh))*|threshold"),
    (Field.CONTENT, r"(ten|noi dung)?( (ten|noi dung|tieu chi|chi tieu|va|hoac))*( tieu chi)?|content|name"),
    (Field.GROUNDS, r"can cu( phap ly)?|van ban( can cu)?|grounds"),
    (Field.SOURCE, r"nguon|nguonnguon (so lieu|tin|tai lieu).*|source( url)?"),
    (Field.REVOKED_REASON, r"ly do( bi)? thu hoi.*|revoked reason"),
    (Field.REVOKED_BY, r"(so )?(qd|quyet dinh|van ban)\b.*\bthu hoi\b.*|revoked by"),
    (Field.REVOKED, r".*\bthu hoi\b.*|revoked( on)?"),
    (Field.ACT, rf"{ACT.pattern}|basis|form"),
    (Field.ACKNOWLEDGED, ACKNOWLEDGED.pattern),
    (Field.RE_RECOGNISED, RE_RECOGNISED.pattern),
    (Field.OLD_CODE, rf"ma( so)?( {_UNITS})*{_OLD}|old code"),
    (Field.NEW_CODE, rf"ma( so)?( {_UNITS})*{_NEW}|new code"),
    (Field.NEW_KIND, rf"loai( hinh)?( {_UNITS})*{_NEW}|new kind"),
    (Field.NEW_PARENT, rf"(truc )?thuoc( {_UNITS}| tinh| huyen)*( {_NEW.strip()})?|new parent"),
    (
        Field.EXTENT,
        r"(toan bo|mot phan|muc do|pham vi|phan)( (hay|hoac|nhap|sap xep|mot phan|toan bo|dien tich))*|extent",
    ),
    (Field.OLD_UNIT, rf"(ten )?({_UNITS} ?)+{_OLD}|old( unit)?"),
    (
        Field.NEW_UNIT,
        rf"(ten )?({_UNITS} ?)+{_NEW}|(nhap|sap xep) (vao|thanh)|(thanh|thanh lap|hinh thanh)( {_UNITS})*|new( unit)?",
    ),
    (Field.CONFIDENCE, r"do tin cay|confidence"),
    (Field.ANNOUNCED, r".*\bcong bo\b.*|announced( on)?"),
    (Field.KNOWN_BY, r"(dat )?(cham nhat|truoc) (ngay|den).*|known by"),
    (Field.PROVINCE_CODE, r"ma (so )?(tinh( (thanh pho|tp))?|ttp)|province code"),
    (Field.DISTRICT_CODE, r"ma (so )?(huyen|quan|qh|thi xa|tp)\b.*|(district|parent) code"),
    (Field.CODE, r"ma|ma (so|xa|don vi|dv|dvhc|hanh chinh|huyen|phuong|px|xp|thi tran)\b.*|(unit )?code"),
    (Field.ISSUER, r"(co quan|cap|don vi|noi) (ban hanh|ky|cong nhan|quyet dinh).*|(decision )?issuer"),
    (Field.LEVEL, r"danh hieu.*|muc|muc (do|dat|cong nhan|duoc|ntm).*|ket qua( dat| cong nhan)?|cap do dat.*|level"),
    (
        Field.DATE,
        r"ngay|ngay (thang|ky|ban hanh|qd|quyet dinh|cong nhan|thua nhan|van ban)\b.*|(decision )?date|signed on",
    ),
    (Field.DATE, r"(thoi gian|thoi diem) (ky|ban hanh|cong nhan|quyet dinh).*"),
    (
        Field.YEAR,
        r"nam|nam (dat|cong nhan|thua nhan|cn|duoc|hoan thanh|ve dich|ntm|nong thon|nang cao|kieu mau)\b.*|year",
    ),
    (Field.YEAR, r"(da |duoc )*(dat|dat chuan|cong nhan|hoan thanh|ve dich)( nong thon moi| ntm)? (vao )?nam"),
    (
        Field.DECISION,
        r"(so )?(qd|quyet dinh|van ban)\b.*|so (va )?(ky )?hieu.*|.*\bso qd\b.*|.*\b(qd|quyet dinh) cong nhan\b.*",
    ),
    (Field.DECISION, r"so ngay( thang)?( nam)?( cua)?( qd| quyet dinh| van ban)?.*"),
    (Field.DECISION, r"decision( number| no)?"),
    (Field.KIND, r"loai( hinh)?( don vi)?( hanh chinh)?|cap( hanh chinh)?|(unit )?kind"),
    (Field.UNIT, rf"(ten )?(don vi|dia phuong|dvhc|unit|commune)( hanh chinh)?( cap xa)?{_RECOGNISED}|unit name|name"),
    (
        Field.VILLAGE,
        rf"(ten )?({_VILLAGES}|khu dan cu|khu dan cu kieu mau)( ({_VILLAGES}))*",
    ),
    (Field.UNIT, r"(cac|danh sach( cac)?) xa\b.*"),
    (Field.UNIT, r"ten (cac )?(xa|phuong|thi tran|don vi|dia phuong|huyen xa)\b.*"),
    (Field.UNIT, rf"((cac|ten|cap|don vi|dvhc|hanh chinh|huyen) )*{_A_COMMUNE}( {_A_COMMUNE})*( huyen)?{_RECOGNISED}"),
    (Field.PROVINCE, r"(ten |thuoc )?(cap )?tinh( (thanh pho|thanh|tp))?|province( name)?"),
    (
        Field.DISTRICT,
        rf"(ten |thuoc |cac |danh sach )*((don vi|dia phuong|dvhc) )?((hanh chinh|cap) )*{_A_DISTRICT}( {_A_DISTRICT})*"
        rf"{_RECOGNISED}|thuoc( don vi)?|dia ban",
    ),
    (Field.DISTRICT, r"(district|parent)( name)?"),
    (Field.SINCE, r"(ngay )?(co )?hieu luc.*|tu ngay|thanh lap.*|since"),
    (Field.UNTIL, r"(den )?het hieu luc.*|ket thuc.*|until"),
    (Field.RESOLUTION, r"nghi quyet.*|van ban|resolution"),
    (Field.TIER, r"cap( don vi)?|tier"),
    (Field.MEASURE, r"chi tieu|noi dung|measure|indicator"),
    (Field.AS_OF, r"(tinh )?den\b.*|thoi diem.*|ngay chot.*|ky( bao cao)?|nam|year|as of"),
    (Field.SHARE_OF, r"(t[yi] le )?(tinh tren|so voi).*|(mau so|co so)( tinh| cua)* t[yi] le.*|share of|base"),
    (Field.PERCENT, r"t[yi] (le|trong).*|phan tram|per ?cent|percentage"),
    (Field.VALUE, r"so luong.*|gia tri|so da cong bo|ket qua|thuc hien|value"),
    (Field.TOTAL, r"tong so.*|mau so|total|denominator"),
)
# The heading of a column that only `export` writes, in a table for machines and in both languages of the workbook.
EXPORT_HEADINGS = frozenset(("counted", "counted in this report", "tinh vao bao cao"))
# What stands alone for "not reached".
NOT_REACHED = frozenset(("0", "-", "–", "—", "k", "ko", "cd", "kd", "false", "no"))
# What programs write where there is nothing.
NOTHING = frozenset(
    ("NULL", "null", "Null", "(null)", "#N/A", "N/A", "n/a", "NA", "nan", "NaN", "NaT", "None", "<NA>", "nil")
)
# Words that may stand beside the name of a level in the heading of a column of marks.
BESIDE_LEVELS = frozenset(
    (
        *("xa", "huyen", "don", "vi", "da", "dat", "duoc", "cong", "nhan", "chuan", "muc"),
        *("danh", "hieu", "hien", "tinh", "trang", "ket", "qua"),
    )
)
# A heading that does not tell a field by itself, but below one of another does.
BELOW: Mapping[str, Field] = {"so": Field.DECISION, "so hieu": Field.DECISION, "so van ban": Field.DECISION}


class FieldColumn(NamedTuple):
    """A column of a table: what it tells, of which level and year where it is one level's or year's, its heading."""

    number: int
    field: Field
    level: str | None
    heading: str
    year: int | None = None  # of marks below “2019 | 2020 | 2021”


# Whatever is no letter, digit or underscore: “Số QĐ, ngày (1)” and “so qd ngay 1” are one heading.
_SIGNS = re.compile(r"[^\w]+")
REMEMBERED = 4_000  # texts: rows tell the same levels over and over


def simple(text: object) -> str:
    """A heading in small plain letters, its signs left out: "Số QĐ, ngày (1)" → "so qd ngay 1"."""
    return _simple(str(text))


@lru_cache(REMEMBERED)
def _simple(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", plain(text)).split())


def is_column(text: str) -> bool:
    """Whether a text is the letters of a column: D, AB."""
    return text.isascii() and text.isalpha() and text.isupper() and len(text) < len("AAA")
