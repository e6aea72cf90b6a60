"""Writes the forms of 2026–2030 that ship, `ntmtrack/office_forms/bieu-*.xlsx`.

Run it as: python tools/make_office_forms.py

Rows and columns are those of Biểu 05, 06 and 10 as a model of the ministry's system shows them; no text of the circular
was at hand, and each form says so. What the ledger does not know has no name in it: those cells are for the office.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from xlsxwriter import Workbook

_FOLDER = Path(__file__).parent.parent / "ntmtrack" / "office_forms"
_WIDTHS = {"no": 6, "name": 46, "unit": 8, "figure": 11, "verdict": 12, "remark": 20}
_BEFORE, _NOW, _PLAN = "Kết quả đến 31/12/{{nam_truoc}}", "Thực hiện đến {{den_ngay}}", "Kế hoạch đến hết năm {{nam}}"
_GROUPS = ("1", "2", "3")


class FormColumn(NamedTuple):
    """A column of a form: its heading, that over it and its neighbours, what kind of cell it has."""

    title: str
    kind: str
    group: str = ""


class OfficeForm(NamedTuple):
    """A form: its number, its title, its columns, its rows; those with a bold text are the main ones."""

    number: str
    title: str
    columns: Sequence[FormColumn]
    rows: Sequence[Sequence[str]]
    counted_in: str = "xã"


def _triple(name: str) -> list[str]:
    """Last year's result, this period's, and room for the plan to the end of the year, which the ledger has not."""
    return [f"{{{{nam_truoc.{name}}}}}", f"{{{{{name}}}}}", ""]


def _recognised(level: str) -> list[str]:
    return [f"{{{{nam_truoc.{level}.luy_ke}}}}", f"{{{{chung.{level}.luy_ke}}}}", f"{{{{{level}.ke_hoach}}}}"]


def _by_group(prefix: str, name: str) -> list[list[str]]:
    """A row for each group of communes, "2.1.1 Xã nhóm 1"."""
    return [
        [f"{prefix}.{group}" if prefix else "-", f"Xã nhóm {group}", *_triple(f"nhom_{group}.{name}"), ""]
        for group in _GROUPS
    ]


def _form_06() -> OfficeForm:
    columns = [
        FormColumn("TT", "no"),
        FormColumn("Nội dung", "name"),
        FormColumn(_BEFORE, "figure"),
        FormColumn(_NOW, "figure"),
        FormColumn(_PLAN, "figure"),
        FormColumn("Ghi chú", "remark"),
    ]
    rows = [
        ["I", "Kết quả thực hiện xây dựng nông thôn mới cấp xã", "", "", "", ""],
        ["1", "Tổng số xã thực hiện xây dựng nông thôn mới trên địa bàn",
         "{{nam_truoc.tong_so_xa}}", "{{chung.tong_so_xa}}", "", ""],
        *_by_group("1", "tong_so_xa"),
        ["2", "Số xã đạt 10 tiêu chí", *_triple("tieu_chi.dat_10"), "{{tieu_chi.ghi_chu}}"],
        ["2.1", "Số xã có quyết định công nhận đạt chuẩn nông thôn mới",
         *_recognised("ntm"), ""],
        *_by_group("2.1", "ntm.luy_ke"),
        ["2.2", "Số xã đang hoàn thiện thủ tục trình cấp có thẩm quyền công nhận", "", "", "", ""],
        *[[f"2.2.{group}", f"Xã nhóm {group}", "", "", "", ""] for group in _GROUPS],
        ["2.3", "Số xã có quyết định công nhận đạt nông thôn mới hiện đại",
         *_recognised("hien_dai"), ""],
        ["3", "Số xã đạt từ 5 đến 9 tiêu chí", *_triple("tieu_chi.dat_5_9"), "{{tieu_chi.ghi_chu}}"],
        *_by_group("3", "tieu_chi.dat_5_9"),
        ["4", "Số xã đạt dưới 5 tiêu chí", *_triple("tieu_chi.duoi_5"), "{{tieu_chi.ghi_chu}}"],
        *_by_group("4", "tieu_chi.duoi_5"),
        ["II", "Xã, thôn đặc biệt khó khăn ra khỏi diện đặc biệt khó khăn", "", "", "", ""],
        ["III", "Tỉnh, thành phố hoàn thành nhiệm vụ xây dựng nông thôn mới", "", "", "", ""],
    ]  # fmt: skip
    return OfficeForm("06", "Kết quả thực hiện chương trình", columns, rows)


def _form_05() -> OfficeForm:
    columns = [
        FormColumn("TT", "no"),
        FormColumn("Nội dung", "name"),
        FormColumn("ĐVT", "unit"),
        *(FormColumn(title, "figure", f"Xã nhóm {group}") for group in _GROUPS for title in (_BEFORE, _NOW, _PLAN)),
        FormColumn("Ghi chú", "remark"),
    ]
    figures = [cell for group in _GROUPS for cell in _triple(f"nhom_{group}.dat")]
    row = ["{{#tieu_chi}}{{ma}}", "Số xã đạt tiêu chí {{ten}}", "xã", *figures, "{{ghi_chu}}"]
    return OfficeForm("05", "Kết quả thực hiện bộ tiêu chí quốc gia về nông thôn mới", columns, [row])


def _form_10() -> OfficeForm:
    columns = [
        FormColumn("TT", "no"),
        FormColumn("Nội dung", "name"),
        FormColumn("ĐVT", "unit"),
        *(
            FormColumn(title, kind, group)
            for group in (_BEFORE, _NOW, _PLAN)
            for title, kind in (("Kết quả", "figure"), ("Đánh giá", "verdict"))
        ),
        FormColumn("Ghi chú", "remark"),
    ]
    row = [
        "{{#noi_dung}}{{ma}}", "{{ten}}", "", "{{nam_truoc.ket_qua}}", "{{nam_truoc.danh_gia}}",
        "{{ket_qua}}", "{{danh_gia}}", "", "", "",
    ]  # fmt: skip
    title = "Kết quả thực hiện bộ tiêu chí quốc gia về nông thôn mới trên địa bàn {{pham_vi}}"
    return OfficeForm("10", title, columns, [row], counted_in="")


class FormWriter:
    """One form being written."""

    def __init__(self, form: OfficeForm, file: Path) -> None:
        self._form = form
        self._book = Workbook(file, {"default_format_properties": {"font_name": "Times New Roman", "font_size": 12}})
        self._book.set_properties({"title": f"Biểu {form.number}", "created": datetime(2026, 1, 1)})  # noqa: DTZ001
        self._page = self._book.add_worksheet(f"Biểu {form.number}")
        self._last = len(form.columns) - 1

    def write(self) -> None:
        """Everything of it."""
        for place, column in enumerate(self._form.columns):
            self._page.set_column(place, place, _WIDTHS[column.kind])
        self._heading()
        head = 7
        self._table_head(head)
        for place, cells in enumerate(self._form.rows, start=head + 3):
            self._row(place, cells)
        self._beneath(head + 3 + len(self._form.rows))
        self._print_set_up(head)
        self._book.close()

    def _look(self, **more: Any) -> Any:
        return self._book.add_format({"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter", **more})

    def _across(self, row: int, first: int, last: int, text: str, **more: Any) -> None:
        look = self._look(align="center", text_wrap=True, **more)
        if first == last:
            self._page.write_string(row, first, text, look)
        else:
            self._page.merge_range(row, first, row, last, text, look)

    def _heading(self) -> None:
        left = 1 if self._last < 7 else 2
        self._across(0, 0, left, "{{co_quan}}", bold=True)
        self._across(0, left + 1, self._last, "BIỂU " + self._form.number, bold=True)
        self._across(1, 0, left, "Số: {{so}}")
        self._across(1, left + 1, self._last, "{{dia_danh}}, {{ngay_thang}}", italic=True)
        self._across(3, 0, self._last, f"{self._form.title.upper().replace('{{PHAM_VI}}', '{{pham_vi}}')}", bold=True)
        self._across(4, 0, self._last, "Phạm vi: {{pham_vi}}; tính đến {{den_ngay}}", italic=True)
        self._across(5, 0, self._last, "(Kèm theo Báo cáo số {{so}}, {{ngay_thang}} của {{co_quan}})", italic=True)
        if self._form.counted_in:
            right = self._look(align="right", italic=True)
            self._page.merge_range(6, self._last - 1, 6, self._last, f"Đơn vị tính: {self._form.counted_in}", right)

    def _table_head(self, top: int) -> None:
        look = self._look(bold=True, align="center", text_wrap=True, border=1)
        columns = self._form.columns
        place = 0
        while place <= self._last:
            end = place
            while columns[place].group and end < self._last and columns[end + 1].group == columns[place].group:
                end += 1
            if columns[place].group:
                self._page.merge_range(top, place, top, end, columns[place].group, look)
                for at in range(place, end + 1):
                    self._page.write_string(top + 1, at, columns[at].title, look)
            else:
                self._page.merge_range(top, place, top + 1, place, columns[place].title, look)
            place = end + 1
        number = self._look(italic=True, align="center", font_size=10, border=1)
        for at in range(self._last + 1):
            self._page.write_string(top + 2, at, f"({at + 1})", number)
        has_groups = any(column.group for column in columns)
        self._page.set_row(top, 34 if has_groups else 17)
        self._page.set_row(top + 1, 52 if any(column.group.startswith("Xã") for column in columns) else 34)

    def _row(self, row: int, cells: Sequence[str]) -> None:
        is_main = len(self._form.rows) > 1 and "." not in cells[0]
        for at, text in enumerate(cells):
            kind = self._form.columns[at].kind
            side = {"name": "left", "remark": "left", "figure": "right"}.get(kind, "center")
            look = self._look(border=1, align=side, indent=int(side != "center"), text_wrap=True, bold=is_main)
            if text:
                self._page.write_string(row, at, text, look)
            else:
                self._page.write_blank(row, at, None, look)
        if len(cells[1]) > _WIDTHS["name"] or len(self._form.rows) == 1:
            self._page.set_row(row, 33)

    def _beneath(self, row: int) -> None:
        note = self._look(italic=True, font_size=11, text_wrap=True)
        text = "Biểu chưa đối chiếu thông tư. Ô để trống là chưa có số liệu, cơ quan tự điền."
        self._page.merge_range(row, 0, row, self._last, text, note)
        self._page.merge_range(row + 1, 0, row + 1, self._last, "{{minh_hoa}}", note)
        self._page.set_row(row + 1, 32)
        if self._form.number == "05":
            self._page.merge_range(row + 2, 0, row + 2, self._last, "{{tieu_chi.ghi_chu}}", note)
        middle = self._last // 2 if self._last > 5 else 1
        for first, last, who in ((0, middle, "NGƯỜI LẬP BIỂU"), (middle + 1, self._last, "THỦ TRƯỞNG ĐƠN VỊ")):
            self._across(row + 3, first, last, who, bold=True)
            self._across(row + 4, first, last, "(Ký, ghi rõ họ tên)", italic=True)

    def _print_set_up(self, head: int) -> None:
        self._page.set_landscape()
        self._page.set_paper(9)
        self._page.set_margins(0.5, 0.5, 0.5, 0.7)
        self._page.center_horizontally()
        self._page.fit_to_pages(1, 0)
        self._page.repeat_rows(head, head + 2)
        self._page.set_footer("&CTrang &P/&N")
        self._page.hide_gridlines(2)


def main() -> None:
    """Writes all forms."""
    _FOLDER.mkdir(exist_ok=True)
    for form in (_form_05(), _form_06(), _form_10()):
        FormWriter(form, _FOLDER / f"bieu-{form.number}.xlsx").write()


if __name__ == "__main__":
    main()
