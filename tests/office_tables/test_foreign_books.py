"""Workbooks of other programs: damaged where no value stands · Strict Open XML · days counted from 1904 · text under
the name of a workbook · web pages and XML · letters encoded twice: read as what they are, or named with the remedy."""

import io
import re
import zipfile
from datetime import date

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ntmtrack.spreadsheets.source import MOST_ROWS
from tests.office_tables.reading import told, weigh
from tests.office_tables.test_bad_files import refused, with_part
from tests.running import run

ROWS = (
    ["Tên xã", "Huyện", "Danh hiệu", "Năm", "Ngày ký"],
    ["Mỹ Thuận", "Hòn Đất", "NTM", 2020, date(2021, 1, 5)],
    ["Sơn Bình", "Hòn Đất", "NTM", 2020, date(2021, 1, 6)],
)
STYLES, BOOK, SHEET, STRINGS = "xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


@pytest.fixture(autouse=True)
def of_kien_giang(ledger):
    """Each file is brought to Kiên Giang's ledger."""


@pytest.fixture
def sound(office):
    """A small workbook that is in order."""
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active["A1"].font = Font(bold=True)
    book.save(office / "bảng.xlsx")
    return office / "bảng.xlsx"


def replaced(old, new):
    def change(data):
        assert re.search(old, data), data
        return re.sub(old, new, data, count=1)

    return change


FONT = rb'<family val="\d+"\s*/>'
NAMES = b"""<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="7">x</definedName></definedNames>"""
DAMAGE = {
    "an empty fill": (STYLES, replaced(rb"<fill><patternFill\s*/></fill>", b"<fill/>")),
    "a family of fonts that there is not": (STYLES, replaced(FONT, b'<family val="34"/>')),
    "a colour of no colour": (STYLES, replaced(FONT, b'<color rgb="none"/>')),
    "no styles": (STYLES, lambda _data: b""),
    "a style that is not told": (SHEET, replaced(rb'<c r="A2" ', b'<c r="A2" s="999" ')),
    "a day of making without its hour": (
        "docProps/core.xml",
        replaced(rb"[0-9T:Z-]+</dcterms:cr", b"2024</dcterms:cr"),
    ),
    "properties that are no XML": ("docProps/core.xml", lambda _data: b"<broken"),
    "a name of no area": (BOOK, replaced(rb"<definedNames\s*/>", NAMES)),
    "a page of no size": (SHEET, replaced(rb"<pageMargins[^>]*>", b'<pageSetup orientation="ngang"/>')),
    "a filter of no kind": (
        SHEET,
        replaced(rb"<pageMargins", b'<autoFilter ref="A1:E3"><filterColumn colId="x"/></autoFilter><pageMargins'),
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_beside_the_values_is_passed_over(sound, damage):
    before = weigh(sound)[1]
    assert len(told(before)) == 2
    with_part(sound, *DAMAGE[damage])
    assert weigh(sound)[1] == before


def test_damage_in_the_look_of_shared_texts_is_passed_over(office):
    with xlsxwriter.Workbook(office / "a.xlsx") as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(ROWS):
            sheet.write_row(place, 0, row[:4])
        sheet.write_rich_string(1, 0, "Mỹ ", book.add_format({"bold": True}), "Thuận")
    before = weigh(office / "a.xlsx")[1]
    assert len(told(before)) == 2
    with_part(office / "a.xlsx", STRINGS, replaced(FONT, b'<family val="34"/>'))
    assert weigh(office / "a.xlsx")[1] == before


def test_a_marked_copy_of_a_damaged_workbook_holds_its_values(sound, office):
    book = load_workbook(sound)
    book.active["A2"] = "Xã không có"
    book.save(sound)
    with_part(sound, *DAMAGE["an empty fill"])
    result = run("import", str(sound))
    assert (result.code, "chỉ chép giá trị" in result.err) == (3, True)
    sheet = load_workbook(office / "bảng (lỗi).xlsx").active
    assert (sheet["A3"].value, sheet["E3"].value.date(), sheet["F1"].value) == (
        "Sơn Bình",
        date(2021, 1, 6),
        "Lỗi (ntmtrack)",
    )


def test_values_that_are_damaged_are_still_refused(sound):
    with_part(sound, SHEET, lambda data: data[: len(data) // 2])
    assert "không phải sổ Excel" in refused(sound)


def strict(file):
    """The workbook as Excel saves it as Strict Open XML: other names, days as ISO text."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, data in parts.items():
            changed = re.sub(
                rb"http://schemas\.openxmlformats\.org/(spreadsheetml|drawingml|officeDocument)/2006/(\w+)",
                rb"http://purl.oclc.org/ooxml/\1/\2",
                data,
            )
            archive.writestr(name, changed)
    file.write_bytes(whole.getvalue())
    iso = re.compile(rb'(<c r="E[23]" s="\d+") t="n"><v>(\d+)</v>')
    days = {b"44201": b"2021-01-05", b"44202": b"2021-01-06"}
    as_text = lambda found: found[1] + b' t="d"><v>' + days[found[2]] + b"</v>"  # noqa: E731
    return with_part(file, SHEET, lambda data: iso.sub(as_text, data))


def test_strict_open_xml_is_read_and_marked(sound, office):
    before = weigh(sound)[1]
    strict(sound)
    assert b"schemas.openxmlformats.org/spreadsheetml" not in zipfile.ZipFile(sound).read(SHEET)
    assert weigh(sound)[1] == before
    with_part(sound, SHEET, lambda data: data.replace("Mỹ Thuận".encode(), "Không có".encode()))
    assert run("import", str(sound)).code == 3
    assert load_workbook(office / "bảng (lỗi).xlsx").active["A1"].font.b


def test_a_workbook_that_counts_from_1904_is_read_by_its_own_days(sound):
    before = weigh(sound)[1]
    book = load_workbook(sound)
    book.epoch = CALENDAR_MAC_1904
    for row, day in ((2, 42_739), (3, 42_740)):
        book.active[f"E{row}"].value = day
        book.active[f"E{row}"].number_format = "General"
    book.save(sound)
    assert b"date1904" in zipfile.ZipFile(sound).read(BOOK)
    assert weigh(sound)[1] == before
    with_part(sound, *DAMAGE["an empty fill"])
    assert weigh(sound)[1] == before


TSV = "".join("\t".join(map(str, row[:4])) + "\r\n" for row in ROWS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_under_the_name_of_a_workbook_is_read_as_text(office, encoding):
    (office / "a.xls").write_bytes(TSV.encode(encoding))
    assert len(told(weigh(office / "a.xls")[1])) == 2


def test_what_is_neither_a_workbook_nor_text_is_said_to_be_damaged(office):
    (office / "a.xlsx").write_bytes(bytes(range(256)) * 40)
    assert "không phải sổ Excel" in refused(office / "a.xlsx")


@pytest.mark.parametrize(
    ("begins", "says"),
    [
        ("<table border=1><tr><td>Tên xã</td></tr></table>", "trang web"),
        ("\ufeff\r\n<!-- xuất ngày 1/1 --><div><table>", "trang web"),
        ('<style type="text/css">td{}</style><table>', "trang web"),
        ("MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "trang web"),
        ('<?xml version="1.0"?><html xmlns="x"><body/></html>', "trang web"),
        ('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "XML"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_pages_and_xml_are_named(office, begins, says, encoding):
    for name in ("a.xls", "a.csv"):
        (office / name).write_bytes(begins.encode(encoding))
        told_by = refused(office / name)
        assert says in told_by
        assert ".xlsx" in told_by


CSV = "".join(",".join(map(str, row[:4])) + "\n" for row in ROWS)


def twice(text, encoding):
    """The text as a program saves it that takes UTF-8 for another encoding."""
    return "".join(
        bytes([byte]).decode(encoding, errors="replace") if byte > 127 else chr(byte) for byte in text.encode()
    )


@pytest.mark.parametrize("encoding", ["cp1252", "cp1258", "latin-1"])
def test_letters_that_were_encoded_twice_are_told_from_others(office, encoding):
    garbled = twice(CSV, encoding)
    (office / "a.csv").write_text(garbled, encoding="utf-8-sig")
    says = refused(office / "a.csv")
    assert "bị mã hoá hai lần" in says
    assert "” thay cho “Tên”" in says
    book = Workbook()
    for line in garbled.splitlines():
        book.active.append(line.split(","))
    book.save(office / "b.xlsx")
    assert "bị mã hoá hai lần" in refused(office / "b.xlsx")
    (office / "c.csv").write_text(CSV + "ÂÃÊÔƠƯĐ £ § «»,,,\n", encoding="utf-8")
    assert "mã hoá" not in run("import", "c.csv", "--dry-run").err


@pytest.mark.slow
def test_as_many_rows_as_are_promised_below_letterhead_and_headings(office):
    table = "Sở NN\n\nTên xã,Danh hiệu,Năm\n" + "Xã không có,NTM,2020\n" * MOST_ROWS
    (office / "a.csv").write_text(table, encoding="utf-8")
    assert run("import", "a.csv", "--no-annotate").code == 3
    (office / "a.csv").write_text(table + table, encoding="utf-8")
    assert "quá 20.000 dòng" in refused(office / "a.csv")
