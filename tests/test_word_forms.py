"""An office's own Word form: names filled in wherever they stand, however Word has split them · rows and paragraphs
repeated, its look kept · what is not known is told with its place, and nothing is written · other kinds are refused."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from docx.shared import Pt

from tests.running import run

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def fill(form, file="r.docx", *more):
    form.save("mau.docx")
    return run("export", file, "--template", "mau.docx", "--year", "2024", *more)


def filled(form, *more):
    done = fill(form, "r.docx", *more)
    assert done.code == 0, done.both
    return docx.Document("r.docx")


@pytest.fixture
def form(demo):
    return docx.Document()


class TestNames:
    def test_within_a_sentence_and_in_any_case(self, form):
        form.add_paragraph("Đến {{den_ngay}} có {{NTM.Luy_Ke}}/{{ ntm.tong_so }} xã ({{ntm.ty_le}}%).")
        assert filled(form).paragraphs[0].text == "Đến 31/12/2024 có 116/116 xã (100,00%)."

    def test_split_over_runs_it_looks_as_where_it_begins(self, form):
        line = form.add_paragraph("Có ")
        for text, bold in (("{{nang", True), ("_cao.lu", None), ("y_ke}}", None), (" xã", None)):
            line.add_run(text).bold = bold
        runs = filled(form).paragraphs[0].runs
        assert [(run.text, run.bold) for run in runs if run.text] == [("Có ", None), ("40", True), (" xã", None)]

    def test_in_header_footer_nested_table_and_text_box(self, form):
        form.sections[0].header.paragraphs[0].text = "{{co_quan}} {{nam}}"
        form.sections[0].footer.paragraphs[0].text = "{{pham_vi}}"
        inner = form.add_table(1, 1).rows[0].cells[0].add_table(1, 1)
        inner.rows[0].cells[0].text = "{{kieu_mau.luy_ke}}"
        text = "<w:p><w:r><w:t>{{nam_truoc}}</w:t></w:r></w:p>"
        box = f"<w:r {W}><w:pict><w:txbxContent>{text}</w:txbxContent></w:pict></w:r>"
        form.add_paragraph("Khung: {{nam}}")._p.append(parse_xml(box))
        paper = filled(form)
        assert paper.sections[0].header.paragraphs[0].text.endswith(" 2024")
        assert paper.sections[0].footer.paragraphs[0].text == "tỉnh Kiên Giang"
        assert paper.tables[0].rows[0].cells[0].tables[0].rows[0].cells[0].text == "2"
        assert "<w:t>2023</w:t>" in paper.element.xml.replace(' xml:space="preserve"', "")
        assert paper.paragraphs[-1].text == "Khung: 2024"

    def test_in_a_footnote(self, form):
        text = "<w:p><w:r><w:t>Tính đến {{den_ngay}}.</w:t></w:r></w:p>"
        note = f"<w:footnotes {W}><w:footnote>{text}</w:footnote></w:footnotes>"
        uri, package = PackURI("/word/footnotes.xml"), form.part.package
        form.part.relate_to(Part(uri, CONTENT_TYPE.WML_FOOTNOTES, note.encode(), package), RELATIONSHIP_TYPE.FOOTNOTES)
        filled(form)
        with zipfile.ZipFile("r.docx") as archive:
            assert "Tính đến 31/12/2024." in archive.read("word/footnotes.xml").decode()

    def test_the_sentences_are_paragraphs_that_look_alike(self, form):
        line = form.add_paragraph()
        line.paragraph_format.first_line_indent = Pt(36)
        line.add_run("{{van_ban}}").italic = True
        form.add_paragraph("Lời văn: {{van_ban}}")
        *sentences, last = filled(form).paragraphs
        assert sentences[0].text.startswith("Năm 2024, toàn tỉnh có thêm")
        assert sentences[1].text.startswith("Luỹ kế đến 31/12/2024")
        assert {line.paragraph_format.first_line_indent for line in sentences} == {Pt(36)}
        assert all(line.runs[0].italic for line in sentences)
        assert last.text.startswith("Lời văn: Năm 2024")
        assert "\nLuỹ kế đến" in last.text


class TestLists:
    def test_a_row_is_repeated_with_its_look(self, form):
        table = form.add_table(2, 3)
        for cell, text in zip(table.rows[0].cells, ("STT", "Xã", "Huyện"), strict=True):
            cell.text = text
        for cell, text in zip(table.rows[1].cells, ("{{#xa_moi_ntm}}{{stt}}", "{{ten}}", "{{thuoc}}"), strict=True):
            cell.paragraphs[0].add_run(text).bold = True
        (found,) = filled(form).tables
        rows = [[cell.text for cell in row.cells] for row in found.rows]
        assert [row[0] for row in rows] == ["STT", "1", "2", "3", "4"]
        assert ["4", "xã Phú Lợi", "huyện Giang Thành"] in rows
        assert all(row.cells[1].paragraphs[0].runs[0].bold for row in found.rows[1:])

    def test_a_paragraph_is_repeated(self, form):
        form.add_paragraph("Gồm:")
        form.add_paragraph("- {{#xa_moi_kieu_mau}}{{ten}} ({{thuoc}});")
        assert [line.text for line in filled(form).paragraphs] == [
            "Gồm:",
            "- xã Phi Thông (thành phố Rạch Giá);",
            "- xã Tiên Hải (thành phố Hà Tiên);",
        ]

    def test_an_empty_list_leaves_one_row(self, form):
        row = form.add_table(1, 2).rows[0]
        row.cells[0].text, row.cells[1].text = "{{#xa_chua_ntm}}{{ten}}", "{{nam}}"
        (found,) = filled(form).tables
        assert [[cell.text for cell in row.cells] for row in found.rows] == [["", "2024"]]

    @pytest.mark.parametrize("name", ["A {{abc}}", "A {{nam}}", "{{#xa_chua_ntm}}"])
    def test_what_was_filled_in_is_never_read_again(self, form, name):
        assert run("add-commune", name, "--district", "Hòn Đất").code == 0
        form.add_paragraph("{{#xa_chua_ntm}}{{ten}}")
        outer = form.add_table(1, 1).rows[0].cells[0]
        outer.text = "{{#xa_moi_kieu_mau}}{{stt}}"
        outer.add_table(1, 1).rows[0].cells[0].text = "{{#xa_chua_ntm}}{{ten_rieng}}"
        done = filled(form)
        assert f"xã {name}" in [line.text for line in done.paragraphs]
        assert name in [row.cells[0].text for row in done.tables[0].rows[0].cells[0].tables[0].rows]

    def test_a_row_of_a_nested_table_is_repeated_within_its_cell(self, form):
        outer = form.add_table(1, 1).rows[0].cells[0]
        outer.add_table(1, 1).rows[0].cells[0].text = "{{#xa_moi_kieu_mau}}{{ten_rieng}}"
        inner = filled(form).tables[0].rows[0].cells[0].tables[0]
        assert [row.cells[0].text for row in inner.rows] == ["Phi Thông", "Tiên Hải"]


class TestRefused:
    def test_unknown_names_are_told_with_their_places_and_nothing_is_written(self, form):
        form.add_paragraph("Đúng: {{nam}}")
        form.add_paragraph("Sai: {{ntm.luyke}}")
        form.add_table(2, 1).rows[1].cells[0].text = "{{#xaa}}{{ten}}"
        form.sections[0].header.paragraphs[0].text = "{{co_qan}}"
        done = fill(form)
        assert done.code != 0
        for told in ("ntm.luyke (đoạn 2)", "#xaa (bảng 1, dòng 2)", "co_qan (đầu trang)", "ntm.luy_ke"):
            assert told in done.err
        assert not Path("r.docx").exists()

    def test_a_name_not_closed_is_told_too(self, form):
        form.add_paragraph("{{ntm.luy_ke}")
        assert "ntm.luy_ke (đoạn 1)" in fill(form).err

    def test_two_lists_in_one_row_and_merged_cells(self, form):
        row = form.add_table(1, 2).rows[0]
        row.cells[0].text, row.cells[1].text = "{{#xa}}", "{{#huyen}}"
        assert "#xa" in fill(form).err
        merged = docx.Document()
        table = merged.add_table(2, 2)
        table.cell(0, 0).merge(table.cell(1, 0))
        table.cell(1, 1).text = "{{#xa}}{{ten}}"
        done = fill(merged)
        assert done.code != 0
        assert "#xa" in done.err
        assert not Path("r.docx").exists()

    def test_a_form_without_names_and_other_kinds(self, form):
        form.add_paragraph("Không có tên nào")
        assert fill(form).code != 0
        form.add_paragraph("{{nam}}")
        assert fill(form, "r.xlsx").code == 2
        Path("mau.docm").write_bytes(Path("mau.docx").read_bytes())
        assert run("export", "r.docx", "--template", "mau.docm").code == 2
        Path("hong.docx").write_bytes(b"PK\x03\x04 hong")
        assert run("export", "r.docx", "--template", "hong.docx").code not in (0, 70)


class TestTheFile:
    def test_a_template_makes_a_document(self, form):
        form.add_paragraph("{{nam}}")
        form.save("mau.docx")
        with zipfile.ZipFile("mau.docx") as archive, zipfile.ZipFile("mau.dotx", "w") as template:
            for part in archive.infolist():
                content = archive.read(part)
                if part.filename == "[Content_Types].xml":
                    content = content.replace(b".document.main+xml", b".template.main+xml")
                template.writestr(part, content)
        assert run("export", "r.docx", "--template", "mau.dotx", "--year", "2024").code == 0
        assert docx.Document("r.docx").paragraphs[0].text == "2024"

    def test_is_stamped_and_guarded(self, form):
        form.add_paragraph("{{ntm.luy_ke}}")
        filled(form)
        assert run("verify", "r.docx").code == 0
        filled(form)
        Path("r.docx").write_bytes(b"other")
        assert fill(form).code == 1
        assert Path("r.docx").read_bytes() == b"other"
