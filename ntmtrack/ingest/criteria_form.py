"""A criteria set as a table to fill in: a row for each name and each threshold, what ships and what the office said."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ntmtrack.dates import show_day
from ntmtrack.i18n import _
from ntmtrack.programmes.criteria import Content, CriteriaSet, Criterion, Threshold, Verified, code_order
from ntmtrack.programmes.criteria.office import OfficeCriterion
from ntmtrack.spreadsheets.write_grid import write_grid

# As an officer reads it, whatever language the program speaks.
_HEADINGS = (
    *("Mã", "Tên tiêu chí, nội dung", "Áp dụng cho (nhóm, vùng)", "Năm", "Dấu", "Ngưỡng", "Đơn vị tính"),
    *("Đã đối chiếu", "Căn cứ", "Từ ngày"),
)
_SIGNS = {">=": "≥", "<=": "≤"}
_CHECKED = {Verified.YES: "x", Verified.PARTLY: "một phần", Verified.NO: None}
_ORIGIN = "Đủ các dòng của sổ đến thao tác"
_GUIDE = "Cách điền"
_HOW = (
    ("Mã", "17 là tiêu chí, 17.2 là nội dung. Ô để dạng Văn bản: 17.10 gõ thành số thì Excel bỏ số 0."),
    ("Tên", "Dòng không có ngưỡng cho biết tên; thêm nội dung thì thêm dòng ở bất kỳ chỗ nào."),
    ("Áp dụng cho", "Để trống: mọi xã. Hoặc: nhóm 1, nhóm 2, nhóm 3, khu vực III, tên vùng, biên giới …"),
    ("Năm", "Để trống: mọi năm."),
    ("Dấu, Ngưỡng", "≥, ≤, =, >, < và một con số; nội dung chỉ đạt hay không đạt thì để trống cả hai."),
    ("Đã đối chiếu", "x: đã so với văn bản. Chưa đối chiếu thì chương trình không kết luận “đạt” theo ngưỡng ấy."),
    ("Từ ngày", "Để trống: từ ngày bộ có hiệu lực."),
    ("Nhập lại", "ntmtrack criteria import TỆP: cho xem thay đổi trước; dòng bị xoá khỏi bảng thì bỏ khỏi sổ."),
)


class Origin(NamedTuple):
    """What a table was written of: a set, the rows of the ledger until an action."""

    criteria_set: str
    last_action: int


def origin_in(titles: Sequence[str]) -> Origin | None:
    """What the texts above a table tell of what it was written of; None where it is none of ours."""
    text = "\n".join(titles)
    key = re.search(r"\b20[0-9]{2}-20[0-9]{2}/[a-z-]+", text)
    action = re.search(rf"{_ORIGIN}\s+([0-9]{{1,9}})", text)
    return Origin(key[0], int(action[1]) if action else -1) if key else None


class FormRow(NamedTuple):
    """A row of the table, by its columns."""

    code: str
    name: str
    applies_to: str | None = None
    year: int | None = None
    operator: str | None = None
    number: str | None = None
    counted_in: str | None = None
    checked: str | None = None
    source: str | None = None
    since: str | None = None


def write_criteria_form(of_set: CriteriaSet, own: Sequence[OfficeCriterion], last_action: int, file: Path) -> None:
    """Writes the table whole or not at all: what ships beneath what the office says in its place, and its own rows.

    Raises FileBusy, TooLongForExcel, UnknownFormat.
    """
    head: list[list[object]] = [
        ["Bộ tiêu chí", of_set.key],
        ["Tên bộ", of_set.title],
        ["Văn bản", of_set.source],
        ["Nguồn dòng", f"{_ORIGIN} {last_action}"],
        [],
    ]
    rows = sorted(_rows(of_set, own), key=_order)
    table: list[Sequence[object]] = [*head, _HEADINGS, *rows]
    write_grid(table, file, head=len(head), more={_GUIDE: [("Cột", "Cách điền"), *_HOW]}, codes="A")


def _order(row: FormRow) -> tuple[object, ...]:
    """By code; a name before its thresholds."""
    return code_order(row.code), row.number is not None, row.year or 0, row.applies_to or "", row.since or ""


def _rows(of_set: CriteriaSet, own: Sequence[OfficeCriterion]) -> Iterator[FormRow]:
    always = [row for row in own if not row.since]
    renamed = {row.code for row in always if row.name}
    names = {row.code: row.name for row in own if row.name}
    for criterion in of_set.criteria:
        items: tuple[Criterion | Content, ...] = (criterion, *criterion.contents)
        for item in items:
            names.setdefault(item.code, item.name)
            if item.code not in renamed:
                yield FormRow(item.code, item.name, checked=_CHECKED[item.verified], source=item.source)
    replaced = {(row.code, row.applies_to, row.year) for row in always if row.threshold}
    for one in of_set.thresholds:
        if (one.code, one.applies_to, one.year) not in replaced:
            yield _of_threshold(one, names[one.code])
    for row in own:
        told = row.source or (row.decision.number if row.decision else None)
        checked, since = "x" if row.verified else None, show_day(row.since) if row.since else None
        if row.name:
            yield FormRow(row.code, row.name, checked=checked, source=told, since=since)
        if row.threshold and row.operator:
            sign = _SIGNS.get(row.operator, row.operator)
            where = (row.code, names.get(row.code, ""), row.applies_to, row.year)
            yield FormRow(*where, sign, row.threshold, row.counted_in, checked, told, since)


def _of_threshold(one: Threshold, name: str) -> FormRow:
    sign, checked = _SIGNS.get(one.operator, one.operator), "x" if one.verified else None
    return FormRow(one.code, name, one.applies_to, one.year, sign, one.value, one.counted_in, checked, one.source)


def row_words(row: OfficeCriterion) -> str:
    """What a row of an office says, for people: a name, a threshold, whether it was checked, from which day."""
    sign = _SIGNS.get(row.operator or "", row.operator or "")
    threshold = " ".join(filter(None, (sign, row.threshold, row.counted_in))) if row.threshold else ""
    checked = (Verified.YES if row.verified else Verified.NO).label
    since = _("from {day}").format(day=show_day(row.since)) if row.since else ""
    return ", ".join(filter(None, (row.name or "", threshold, checked, since)))
