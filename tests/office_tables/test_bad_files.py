"""Files that are none, or worse: empty, cut off, locked, something else by another name · bombs of zip and XML · more
rows and columns than memory holds · a file that is open elsewhere · every one a clear sentence, nothing written."""

import io
import re
import subprocess
import sys
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from ntmtrack.spreadsheets.open import open_book
from ntmtrack.spreadsheets.source import read_source
from tests.office_tables.reading import told, weigh
from tests.running import run

SHEET = "xl/worksheets/sheet1.xml"
HEAD = ["Tên xã", "Danh hiệu", "Năm"]


@pytest.fixture(autouse=True)
def of_kien_giang(ledger):
    """Each file is brought to Kiên Giang's ledger."""


@pytest.fixture
def sound(office):
    """A small workbook that is in order."""
    book = Workbook()
    for row in (HEAD, ["Mỹ Thuận", "NTM", 2020], ["Sơn Bình", "NTM", 2020]):
        book.active.append(row)
    book.save(office / "đúng.xlsx")
    return office / "đúng.xlsx"


def with_part(file, name, change):
    """The workbook with one part replaced."""
    with zipfile.ZipFile(file) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts[name] = change(parts.get(name, b""))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return file


def refused(file):
    """What an import says of it, after checking that it says it properly."""
    before = len(run("history").out)
    result = run("import", str(file))
    assert result.code in (1, 3), result
    assert result.out == ""
    assert len(run("history").out) == before
    return result.err.splitlines()[0]


SAYS = {
    "trống.xlsx": (b"", "tệp rỗng"),
    "mật khẩu.xlsx": (b"\xd0\xcf\x11\xe0" + b"x" * 600 + "EncryptedPackage".encode("utf-16-le"), "có mật khẩu"),
    "văn bản.doc": (b"\xd0\xcf\x11\xe0" + b"x" * 600 + "WordDocument".encode("utf-16-le"), "văn bản Word"),
    "hỏng.xls": (b"\xd0\xcf\x11\xe0" + b"x" * 600, "hỏng"),
    "chữ.xlsx": (b"STT;T\xc3\xaan\n", "không phải sổ Excel"),
    "bản in.xlsx": (b"%PDF-1.7 ...", "PDF"),
    "ảnh.xlsx": (b"\x89PNG\r\n", "hình ảnh"),
    "nén.xlsx": (b"Rar!\x1a", "tệp nén"),
    "sổ.xlsx": (b"SQLite format 3\0", "cơ sở dữ liệu"),
    "trang.xls": (b"<html><table><tr><td>x</td></tr></table></html>", "trang web"),
    "hai.csv": (b'STT,"T\n', "dấu ngoặc kép"),
    "nhị phân.csv": (bytes(range(256)), "UTF-8"),
    "~$danh sách.xlsx": (b"\x05can bo", "tệp đánh dấu của Excel"),
}


@pytest.mark.parametrize("name", SAYS)
def test_what_is_no_table_is_said_to_be_something_else(office, name):
    data, says = SAYS[name]
    (office / name).write_bytes(data)
    assert says in refused(office / name)


def test_parts_of_a_zip_tell_what_it_is(office):
    for part, says in (
        ("word/document.xml", "văn bản Word"),
        ("xl/workbook.bin", ".xlsb"),
        ("ảnh/1.jpg", "tệp nén"),
        ("[Content_Types].xml", "không phải sổ Excel"),
    ):
        with zipfile.ZipFile(office / "a.xlsx", "w") as archive:
            archive.writestr(part, "<a/>")
        assert says in refused(office / "a.xlsx")


def test_a_file_locked_inside_the_zip(sound):
    data = bytearray(sound.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(mark), bytes(data)):
            data[found.start() + offset] |= 1
    sound.write_bytes(bytes(data))
    assert "có mật khẩu" in refused(sound)


def test_a_zip_bomb_is_refused_before_it_unfolds(sound):
    with_part(sound, SHEET, lambda data: data + b" " * 200_000_000)
    tracemalloc.start()
    says = refused(sound)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "giải nén ra lớn hơn 150 lần" in says
    assert peak < 20_000_000


def test_a_part_that_is_too_large_is_refused(sound):
    noise = b"".join(b"<si><t>%d</t></si>" % number for number in range(3_200_000))
    with_part(sound, "xl/sharedStrings.xml", lambda _data: noise)
    assert "quá lớn" in refused(sound)


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>"""


STRINGS, TYPES = "xl/sharedStrings.xml", "[Content_Types].xml"
OVERRIDE = b"""<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument\
.spreadsheetml.sharedStrings+xml"/></Types>"""


@pytest.mark.parametrize("part", [SHEET, STRINGS, "xl/workbook.xml", "xl/styles.xml", TYPES])
def test_xml_that_defines_entities_is_refused(sound, part):
    if part == STRINGS:
        with_part(sound, part, lambda _data: b"<sst/>")
        with_part(sound, TYPES, lambda data: data.replace(b"</Types>", OVERRIDE))
    with_part(sound, part, lambda data: LAUGHS + re.sub(rb"<\?xml.*?\?>", b"", data))
    assert "khai báo thực thể" in refused(sound)


def test_an_entity_that_reads_a_file_is_refused(sound):
    outside = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    with_part(sound, SHEET, lambda data: outside + data.replace(b"<v>2020</v>", b"<v>&a;</v>", 1))
    assert "khai báo thực thể" in refused(sound)


def test_a_workbook_that_claims_a_million_rows_is_read_to_its_last_filled_one(sound):
    with_part(sound, SHEET, lambda data: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', data))
    assert len(told(weigh(sound)[1])) == 2
    blank = b'<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>'
    with_part(sound, SHEET, lambda data: data.replace(b"</sheetData>", blank))
    assert len(told(weigh(sound)[1])) == 2


def test_what_stands_in_the_last_row_or_column_is_too_far(sound):
    far = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    with_part(sound, SHEET, lambda data: data.replace(b"</sheetData>", far))
    assert "quá 20.000 dòng" in refused(sound)
    wide = load_workbook(io.BytesIO(_empty()))
    wide.active["XFD1"] = "x"
    wide.save(sound)
    assert "200 cột" in refused(sound)


def _empty():
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def test_blocks_merged_beyond_measure_are_read_within_bounds(sound):
    merges = b"".join(b'<mergeCell ref="D%d:E%d"/>' % (row, row) for row in range(5, 60_000))
    merged = b"</sheetData><mergeCells>" + b'<mergeCell ref="F1:XFD1048576"/>' + merges + b"</mergeCells>"
    whole = sound.read_bytes()
    with_part(sound, SHEET, lambda data: data.replace(b"</sheetData>", merged))
    assert len(told(weigh(sound)[1])) == 2
    sound.write_bytes(whole)
    far = b'<row r="19000"><c r="A19000"><v>1</v></c></row></sheetData><mergeCells>'
    far += b"".join(b'<mergeCell ref="A%d:A19000"/>' % row for row in range(5, 2_000)) + b"</mergeCells>"
    with_part(sound, SHEET, lambda data: data.replace(b"</sheetData>", far))
    assert "quá 20.000 dòng" in refused(sound)


def test_fonts_from_before_unicode_are_named(sound):
    book = load_workbook(sound)
    book.active["A2"].value, book.active["A2"].font = "Mü ThuËn", Font(name=".VnTime")
    book.save(sound)
    _result, lines = weigh(sound)
    assert "phông cũ .VnTime: chuyển sang Unicode" in next(line["rule"] for line in lines if line["state"] == "refused")


def test_a_file_that_is_open_elsewhere_is_read_as_it_was_saved(sound):
    (sound.parent / "~$đúng.xlsx").write_bytes(b"\x05")
    result = run("import", str(sound), "--dry-run")
    assert (result.code, "đang mở ở chương trình khác" in result.err) == (0, True)


def test_text_that_looks_like_a_formula_stays_text(office):
    (office / "a.csv").write_text(
        'Tên xã,Danh hiệu,Năm\n"=HYPERLINK(""x"")",NTM,2020\n@SUM,NTM,2020\n', encoding="utf-8"
    )
    assert run("import", "a.csv").code == 3
    back = (office / "a (lỗi).csv").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK" in back
    assert "'@SUM" in back


def test_macros_are_not_run_and_the_cells_are_read(sound):
    with zipfile.ZipFile(sound, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    macro = sound.rename(sound.with_suffix(".xlsm"))
    assert len(told(weigh(macro)[1])) == 2


def test_missing_files_and_folders(office):
    for name in ("không có.xlsx", "thư mục/không có.xlsx"):
        assert "Không có tệp" in refused(office / name)
    folder = run("import", str(office))  # its returns are asked about one by one
    assert (folder.code, "Ở đây không hỏi được" in folder.err) == (2, True)


# Old forms -------------------------------------------------------------------------------------------------------


def convert(file, ending):
    """The same workbook as LibreOffice writes it, text in UTF-8."""
    form = "csv:Text - txt - csv (StarCalc):44,34,76" if ending == "csv" else ending
    command = ["soffice", "--headless", "--convert-to", form, "--outdir", str(file.parent), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return file.with_suffix(f".{ending}")


soffice = pytest.mark.skipif(
    subprocess.run(["which", "soffice"], capture_output=True, check=False).returncode != 0, reason="needs LibreOffice"
)


@pytest.mark.slow
@soffice
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_old_forms_give_the_same_cells(tables, ending):
    for name in ("01-tieu-de-hai-dong.xlsx", "02-moi-muc-mot-cot.xlsx"):
        new = weigh(tables / name)[1]
        result, lines = weigh(convert(tables / name, ending))
        if ending == "ods" and result.code == 1:
            assert "có ô gộp theo chiều dọc" in result.err
        else:
            assert [(line["cell"], line["told"]) for line in lines] == [(line["cell"], line["told"]) for line in new]


@pytest.mark.slow
@soffice
def test_an_ods_keeps_its_rows_where_they_are(sound):
    book = load_workbook(sound)
    book.active.insert_rows(1, 3)
    book.active.insert_cols(1, 2)
    book.save(sound)
    assert [line["cell"] for line in weigh(convert(sound, "ods"))[1]] == ["Sheet!C5", "Sheet!C6"]


@pytest.mark.slow
def test_ten_thousand_rows_stay_within_300_mb(office):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Xã")
    sheet.append(["STT", "Tên xã", "Huyện", "Danh hiệu", "Năm đạt chuẩn", "Số quyết định", "Ngày ký", "Ghi chú"])
    for number in range(10_000):
        sheet.append(
            [number, f"Xã số {number}", "Hòn Đất", "NTM", 2020, f"{number}/QĐ-UBND", "5/1/2021", f"dòng {number}"]
        )
    book.save(office / "lớn.xlsx")
    program = "import resource, sys; from ntmtrack.cli import main; code = main(sys.argv[1:]);"
    program += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss); sys.exit(code)"
    command = [sys.executable, "-c", program, "import", "lớn.xlsx", "--db", "so.db"]
    done = subprocess.run(command, cwd=office, capture_output=True, text=True, check=False)
    assert (done.returncode, "10.000 chỗ sai" in done.stderr) == (3, True)
    assert (office / "lớn (lỗi).xlsx").exists()
    assert int(done.stdout.split()[-1]) < 300_000  # kB


def test_sheets_are_named_as_the_workbook_names_them(sound):
    assert open_book(read_source(sound)).shown == ("Sheet",)
