"""Tables as an office fills them in."""

from datetime import date

import pytest
from openpyxl import Workbook

from ntmtrack.errors import BadRoadmap
from ntmtrack.ingest.roadmap_form import read_form

HEAD = [
    ["Khoá kế hoạch", "mot"],
    ["Tên", "Kế hoạch"],
    ["Số hiệu", "1/KH"],
    ["Ngày ban hành", date(2022, 1, 1)],
    ["Cơ quan ban hành", "UBND tỉnh"],
    ["Giai đoạn", "2021-2025"],
    ["Đơn vị", "cả nước"],
    ["Năm gốc", 2020],
]
HEADINGS = ["Cấp", "Chỉ tiêu", "Năm", "Tăng thêm", "Luỹ kế", "Tỷ lệ (%)", "Vị trí trong văn bản"]
ROW = ["xã", "NTM nâng cao", 2024, None, 24, None, "mục I"]


def sheet_of(rows, file):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file


def form(tmp_path, *rows, head=HEAD, headings=HEADINGS):
    return read_form(sheet_of([*head, [], headings, *rows], tmp_path / "plan.xlsx"))


def problems(tmp_path, *rows, head=HEAD, headings=HEADINGS):
    with pytest.raises(BadRoadmap) as refusal:
        form(tmp_path, *rows, head=head, headings=headings)
    return [str(problem) for problem in refusal.value.facts["problems"]]


def with_cell(heading, value, row=ROW):
    return [value if name == heading else old for name, old in zip(HEADINGS, row, strict=True)]
