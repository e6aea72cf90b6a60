"""The report as a paper in Word, by Decree 30/2020/NĐ-CP: page, letterhead, its parts in order, annexes · no word of
the program in it · the same bytes each time · verified, and guarded as every file of ours · opened elsewhere."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from ntmtrack.export.word.grid import Grid
from ntmtrack.reports import Column, Table
from tests.running import begin, run

AGENCY = "UBND tỉnh Kiên Giang; Văn phòng Điều phối nông thôn mới"
HEAD = ["--agency", AGENCY, "--number", "12/BC-VPĐP", "--date", "5/1/2025"]
# Words of the program and its book, which no paper has.
NOT_OF_A_PAPER = re.compile(
    r"ntmtrack|--\w|\bsổ\b|thao tác|dấu vân tay|khoá|trang dữ liệu|Độ tin cậy|hôm nay|[Dd]anh hiệu|\bchậm\b|[{}]|None"
)


def export(*more, year="2024"):
    done = run("export", "r.docx", "--year", year, *more)
    assert done.code == 0, done.both
    return docx.Document("r.docx")


def lines_of(paper):
    return [line.text for line in paper.paragraphs if line.text]


def every_text(paper):
    yield from lines_of(paper)
    yield from (cell.text for table in paper.tables for row in table.rows for cell in row.cells)


def with_head():
    export(*HEAD)


@pytest.fixture
def paper(demo, once):
    once(with_head)
    return docx.Document("r.docx")


class TestThePage:
    def test_a4_with_the_margins_of_the_decree(self, paper):
        for section in paper.sections:
            sides = sorted((round(section.page_width.mm), round(section.page_height.mm)))
            assert sides == [210, 297]
            assert 20 <= round(section.top_margin.mm) <= 25
            assert 20 <= round(section.bottom_margin.mm) <= 25
            assert 30 <= round(section.left_margin.mm) <= 35
            assert 15 <= round(section.right_margin.mm) <= 20
        assert paper.sections[0].orientation == WD_ORIENT.PORTRAIT
        assert WD_ORIENT.LANDSCAPE in {section.orientation for section in paper.sections}

    def test_pages_are_numbered_above_in_the_middle_but_for_the_first(self, paper):
        for section in paper.sections:
            assert section.different_first_page_header_footer
            (line,) = section.header.paragraphs
            assert line.alignment == WD_ALIGN_PARAGRAPH.CENTER
            assert 'w:instr="PAGE"' in line._p.xml
            assert not section.first_page_header.paragraphs[0].text

    def test_the_body_is_justified_in_times_new_roman_14_with_a_first_line_indent(self, paper):
        normal, body = paper.styles["Normal"], paper.styles["BodyOfPaper"]
        assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
        assert body.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
        assert body.paragraph_format.first_line_indent == Cm(1.27)
        assert {line.style.name for line in paper.paragraphs if line.text.startswith(("Năm 2024", "Luỹ kế"))} == {
            "BodyOfPaper"
        }


class TestTheLetterhead:
    def test_agency_and_country_stand_side_by_side(self, paper):
        left, right = paper.tables[0].rows[0].cells
        above, own, _rule, number = left.paragraphs
        assert (above.text, own.text) == ("UBND TỈNH KIÊN GIANG", "VĂN PHÒNG ĐIỀU PHỐI NÔNG THÔN MỚI")
        assert (above.runs[0].bold, own.runs[0].bold) == (None, True)
        assert number.text == "Số: 12/BC-VPĐP"
        country, motto, _rule, dated = right.paragraphs
        assert country.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        assert motto.text == "Độc lập - Tự do - Hạnh phúc"
        assert (dated.text, dated.runs[0].italic) == ("Kiên Giang, ngày 05 tháng 01 năm 2025", True)

    def test_what_is_not_known_is_left_blank(self, demo):
        left, right = export().tables[0].rows[0].cells
        assert "Số: ……/BC-……" in left.text
        assert "ngày …… tháng …… năm ……" in right.text


class TestTheReport:
    def test_its_parts_in_order(self, paper):
        lines = lines_of(paper)
        order = [
            "BÁO CÁO",
            "Tiến độ xây dựng nông thôn mới tỉnh Kiên Giang năm 2024",
            "I. KẾT QUẢ THỰC HIỆN",
            "II. BẢNG SỐ LIỆU",
            "III. PHỤ LỤC KÈM THEO",
            "Trên đây là báo cáo của Văn phòng Điều phối nông thôn mới./.",
            "Phụ lục I",
        ]
        places = [lines.index(text) for text in order]
        assert places == sorted(places)
        left, right = paper.tables[3].rows[0].cells
        assert left.paragraphs[0].text == "Nơi nhận:"
        assert (left.paragraphs[0].runs[0].bold, left.paragraphs[0].runs[0].italic) == (True, True)
        assert right.paragraphs[0].text == "THỦ TRƯỞNG ĐƠN VỊ"

    def test_new_units_are_named_or_listed_in_the_annex_that_is_told(self, paper):
        lines = lines_of(paper)
        (told,) = [text for text in lines if text.startswith("Năm 2024, toàn tỉnh có thêm")]
        assert "thêm 04 xã đạt chuẩn NTM, gồm: xã Thổ Châu (thành phố Phú Quốc" in told
        (annex,) = re.findall(r"thêm 16 xã đạt chuẩn NTM nâng cao \((Phụ lục \w+)\)", told)
        assert any(text.startswith(f"{annex}: Đơn vị được công nhận mới trong năm 2024") for text in lines)
        title = lines[lines.index(annex) + 1]
        assert title.startswith("ĐƠN VỊ ĐƯỢC CÔNG NHẬN MỚI TRONG NĂM 2024")

    def test_the_table_holds_plan_and_actual_and_no_verdict(self, paper):
        rows = [[cell.text for cell in row.cells] for row in paper.tables[1].rows]
        (advanced,) = [row for row in rows if "Xã NTM nâng cao" in row or "Xã đạt chuẩn NTM nâng cao" in row]
        assert advanced[2:] == ["15", "16", "39", "40", "+1", "116", "33,62", "34,48"]
        heads = {text for row in rows[:2] for text in row}
        assert "Tình trạng" not in heads
        judged = export("--with-status").tables[1]
        assert "Tình trạng" in {cell.text for cell in judged.rows[0].cells}

    def test_made_up_figures_are_said_in_a_line(self, paper):
        assert [text for text in lines_of(paper) if text.startswith("Số liệu MINH HOẠ, không phải số thật: 92/116 xã")]

    def test_headings_of_annexes_are_on_every_page(self, paper):
        assert all("w:tblHeader" in table.rows[0]._tr.xml for table in paper.tables[4:])


@pytest.mark.parametrize("asked", [["--year", "2024"], ["--as-of", "30/6/2023"], ["--scope", "huyện Hòn Đất"]])
def test_no_word_of_the_program(demo, asked):
    run("export", "r.docx", *asked)
    assert [text for text in every_text(docx.Document("r.docx")) if NOT_OF_A_PAPER.search(text)] == []
    with zipfile.ZipFile("r.docx") as archive:
        assert b"python-docx" not in archive.read("docProps/core.xml")


def test_a_ledger_with_nothing_makes_a_paper_too(office):
    begin("Ninh Thuận")
    said = lines_of(export())
    assert any("Chưa có số liệu công nhận" in text for text in said)
    assert "I. BẢNG SỐ LIỆU" in said


def test_a_year_to_come_has_its_plan_alone(demo):
    assert run("export", "r.docx", "--year", "2028", "--roadmap", "quoc-gia-2026-2030").code in (0, 1)


class TestTheFile:
    def test_the_same_bytes_each_time(self, paper):
        export(*HEAD)  # now that the letterhead is kept, nothing is written to the ledger
        first = Path("r.docx").read_bytes()
        assert run("export", "s.docx", "--year", "2024", *HEAD).code == 0
        assert Path("s.docx").read_bytes() == first

    def test_is_verified_and_a_changed_figure_is_found(self, paper):
        assert run("verify", "r.docx").code == 0
        with zipfile.ZipFile("r.docx") as archive, zipfile.ZipFile("t.docx", "w") as other:
            for part in archive.infolist():
                content = archive.read(part)
                if part.filename == "word/document.xml":
                    content = content.replace(b"116/116", b"115/116", 1)
                other.writestr(part, content)
        told = run("verify", "t.docx")
        assert told.code == 3
        assert "115/116" in told.out

    def test_is_written_over_while_ours_and_never_once_changed(self, paper):
        assert run("export", "r.docx", "--year", "2023").code == 0
        Path("r.docx").write_bytes(Path("r.docx").read_bytes() + b"x")
        assert run("export", "r.docx", "--year", "2023").code == 1


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("libreoffice"), reason="LibreOffice is not here")
def test_libreoffice_opens_it(paper, tmp_path):
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["libreoffice", home, "--headless", "--convert-to", "pdf", "r.docx"]
    subprocess.run(command, check=False, capture_output=True, timeout=120)
    if not Path("r.pdf").exists():
        pytest.skip("LibreOffice is here without Writer")
    assert Path("r.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.usefixtures("demo")
def test_what_ends_a_section_takes_no_line_of_its_own():
    assert run("export", "r.docx", "--year", "2024").code == 0
    lines = docx.Document("r.docx").paragraphs
    ending = [line for line in lines if line._p.xpath("w:pPr/w:sectPr")]
    assert len(ending) >= 2
    assert all(line.paragraph_format.line_spacing == Pt(1) and not line.text for line in ending)


@pytest.mark.usefixtures("demo")
def test_no_row_of_a_table_stands_alone_on_its_last_page():
    assert run("export", "r.docx", "--year", "2024").code == 0
    rows = max(docx.Document("r.docx").tables, key=lambda table: len(table._tbl.tr_lst))._tbl.tr_lst
    kept = [bool(row.xpath("w:tc/w:p/w:pPr/w:keepNext")) for row in rows]
    assert kept[-5:] == [False, True, True, True, True]  # with the notes beneath


@pytest.mark.usefixtures("demo")
def test_nobody_signs_a_page_that_holds_nothing_else():
    paper = export(*HEAD)
    children = [*paper.element.body.iterchildren()]
    signed = next(place for place, child in enumerate(children) if "THỦ TRƯỞNG" in "".join(child.itertext()))
    *_before, last_row = next(child for child in reversed(children[:signed]) if child.tag.endswith("}tbl")).tr_lst
    between = children[children.index(last_row.getparent()) + 1 : signed]
    assert all(line.xpath("w:pPr/w:keepNext") for line in between)
    assert last_row.xpath("w:tc/w:p/w:pPr/w:keepNext")
    assert children[signed].xpath("w:tr/w:trPr/w:cantSplit")


def test_a_long_table_goes_on_under_its_headings_on_a_new_page():
    column = Column("name", "Đơn vị", of=lambda row: row)
    pieces = "".join(Grid(Table.of("t", "", [f"Xã {at}" for at in range(450)], [column])).xml(190)).split(
        "pageBreakBefore"
    )
    assert [piece.count("<w:tr>") for piece in pieces] == [201, 251]
    assert all("<w:tblHeader/>" in piece for piece in pieces)
    assert re.findall(r"Xã \d+", "".join(pieces)) == [f"Xã {at}" for at in range(450)]


def test_a_few_long_remarks_take_no_room_from_the_names():
    names = Column("name", "Đơn vị", of=lambda row: row[0])
    remarks = Column("remark", "Ghi chú", of=lambda row: row[1])
    short, long = "Thanh Hóa", "theo văn bản của địa phương gửi"
    few, many = (
        _widths(
            Table.of(
                "t", "", [("Xã Vĩnh Hòa Hưng Nam", long if at < count else short) for at in range(20)], [names, remarks]
            )
        )
        for count in (2, 20)
    )
    assert few[0] > many[0]
    assert sum(few) == sum(many)


def _widths(table):
    """What the columns get of a room in which the names and the longest remark do not stand side by side."""
    columns = re.findall(r'<w:gridCol w:w="(\d+)"', "".join(Grid(table).xml(190)))
    return [int(width) for width in columns]
