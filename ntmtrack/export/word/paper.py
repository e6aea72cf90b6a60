"""How a paper looks by Decree 30/2020/NĐ-CP, appendix I: its page, its styles, lines and rules across it."""

from typing import TYPE_CHECKING, Any

from ntmtrack.excel import FONT
from ntmtrack.export.word.grid import SIZE as TABLE_SIZE

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section
    from docx.text.paragraph import Paragraph

BODY = 14  # points
PORTRAIT, LANDSCAPE = (210, 297), (297, 210)  # millimetres
LEFT, RIGHT, ABOVE, BELOW = 30, 20, 20, 20  # margins, in millimetres
_INDENT = 1.27  # centimetres, of the first line
_POINTS = 72 / 25.4  # of a millimetre


def room(page: tuple[int, int]) -> float:
    """The width between the margins, in points."""
    return (page[0] - LEFT - RIGHT) * _POINTS


def new_document() -> "WordDocument":
    """An empty document with the styles of a paper and nothing of the program that makes it."""
    from docx import Document

    document = Document()
    known = document.core_properties
    known.author = known.comments = known.last_modified_by = ""
    package = document.part.package
    for key in [key for key, link in package.rels.items() if link.reltype.endswith("/thumbnail")]:
        del package.rels[key]
    _set_styles(document)
    set_page(document.sections[0], PORTRAIT)
    return document


def _set_styles(document: "WordDocument") -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    normal = document.styles["Normal"]
    _set_font(normal, BODY)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    body = document.styles.add_style("BodyOfPaper", WD_STYLE_TYPE.PARAGRAPH)
    body.base_style = normal
    body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    body.paragraph_format.first_line_indent = Cm(_INDENT)
    body.paragraph_format.space_before = body.paragraph_format.space_after = Pt(6)
    body.paragraph_format.line_spacing = 1.15
    for name, bold in (("TableText", False), ("TableSum", True), ("TableHead", True)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size, style.font.bold = Pt(TABLE_SIZE), bold
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(1)


def _set_font(style: Any, size: int) -> None:
    """The font of a style in every script, and the language that it is checked in."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Pt

    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.rPr.rFonts
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.rPr.append(language)


def set_page(section: "Section", page: tuple[int, int]) -> None:
    """A4 with the margins of a paper; pages numbered in the middle above, but for the first."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section.orientation = WD_ORIENT.LANDSCAPE if page == LANDSCAPE else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(page[0]), Mm(page[1])
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.top_margin, section.bottom_margin = Mm(ABOVE), Mm(BELOW)
    section.header_distance = section.footer_distance = Mm(ABOVE / 2)
    section.different_first_page_header_footer = True


def number_pages(section: "Section", first: int = 1) -> None:
    """Numbers the pages of a section from `first`; its own first page shows none."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), str(first))
    section._sectPr.insert_element_before(start, "w:cols", "w:titlePg", "w:docGrid")
    if section.header.is_linked_to_previous:
        section.header.is_linked_to_previous = False
        line = section.header.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        line._p.append(field)


def write_line(holder: Any, text: str, style: str | None = None, *, size: float = BODY, **look: Any) -> "Paragraph":
    """A line of text in a document or a cell; `align` is "left", "center" or "right", `before` is in points."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    line: Paragraph = holder.add_paragraph(style=style)
    run = line.add_run(text)
    if size != BODY:
        run.font.size = Pt(size)
    run.bold, run.italic = look.get("bold"), look.get("italic")
    if align := look.get("align"):
        line.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    if "before" in look:
        line.paragraph_format.space_before = Pt(look["before"])
    line.paragraph_format.keep_with_next = look.get("kept")
    return line


def write_rule(holder: Any, width: float, length: float) -> None:
    """A thin line across, `length` points of the `width` there is, in the middle."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Pt

    line = write_line(holder, "", size=2, before=3)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(max(width - length, 0) / 2)
    line.paragraph_format.line_spacing = Pt(4)
    edges, edge = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        edge.set(qn(f"w:{name}"), value)
    edges.append(edge)
    line._p.get_or_add_pPr().insert_element_before(edges, "w:spacing", "w:ind", "w:jc", "w:rPr")


def write_columns(document: "WordDocument", widths: tuple[float, float]) -> tuple[Any, Any]:
    """Two cells side by side on one page, without frame, each so many points wide; each begins with nothing in it."""
    from docx.oxml.parser import OxmlElement
    from docx.shared import Pt

    table = document.add_table(rows=1, cols=2)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.autofit = False
    cells = table.rows[0].cells
    for cell, column, width in zip(cells, table.columns, widths, strict=True):
        cell.width = column.width = Pt(width)
        blank = cell.paragraphs[0]._p
        blank.getparent().remove(blank)
    return cells[0], cells[1]


def flatten_break(book: "WordDocument") -> None:
    """Makes the paragraph that ends a section as low as can be, so that a full page is not followed by an empty one."""
    from docx.shared import Pt
    from docx.text.paragraph import Paragraph

    *_before, ending, _last = book.element.body.iterchildren()
    Paragraph(ending, book.element.body).paragraph_format.line_spacing = Pt(1)
