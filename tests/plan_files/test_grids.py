"""Text is never run as a formula · files that are no table: empty, locked, cut off, something else, too large."""

import contextlib
import csv
import io
import zipfile

import pytest
from openpyxl import load_workbook

from ntmtrack.errors import BadRoadmap, CannotRead, NoSuchFile, TooLongForExcel, UnknownFormat
from ntmtrack.ingest.roadmap_form import read_form, write_form
from ntmtrack.roadmaps.toml import shipped
from ntmtrack.spreadsheets import coordinate
from ntmtrack.spreadsheets.open import read_grid
from ntmtrack.spreadsheets.write_grid import write_grid
from tests.plan_files.forms import sheet_of
from tests.plan_files.making import KH168

LIMITS = "more than 20,000 rows, 200 columns or 500,000 filled cells; keep only the table that is sent"
TRICKY = [
    "=1+1",
    "+84",
    "-5",
    "@a",
    "'=x",
    "''",
    "'",
    "'a",
    "=",
    "02",
    "77,59",
    "a\nb",
    'a"b',
    "a;b,c\td",
    "＝1",
    "_x000D_",
    "_x005F_x000D_",
]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_text_stays_text(tmp_path, ending):
    write_grid([["a", "b"], TRICKY], tmp_path / f"a.{ending}")
    assert [cell.value for cell in read_grid(tmp_path / f"a.{ending}")[1]] == TRICKY


def test_no_text_is_run_as_a_formula(tmp_path):
    write_grid([["x"], TRICKY], tmp_path / "a.xlsx")
    assert {cell.data_type for cell in load_workbook(tmp_path / "a.xlsx").active[2]} == {"s"}
    write_grid([["x"], TRICKY], tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as text:
        assert not [value for row in csv.reader(text) for value in row if value[:1] in tuple("=+-@＝")]


def test_formulas_give_what_they_gave_when_the_file_was_saved(tmp_path):
    file = sheet_of([["=1+1", "=A1", "x"], ["=A1"]], tmp_path / "a.xlsx")
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    sheet = sheet.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
        b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
    )
    sheet = sheet.replace(b'r="A2"', b'r="A2" t="str"')
    parts["xl/worksheets/sheet1.xml"] = sheet
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    two, unknown, text = read_grid(file)[0]
    assert (two.value, text.value) == (2, "x")
    assert unknown.fault.startswith("a formula without its value")
    assert len(read_grid(file)) == 1  # a formula that gave an empty text


def test_places_are_named_as_a_spreadsheet_names_them():
    assert [coordinate(*at) for at in ((0, 0), (16, 2), (9, 25), (9, 26), (0, 701), (0, 702))] == [
        "cell A1", "cell C17", "cell Z10", "cell AA10", "cell ZZ1", "cell AAA1",
    ]  # fmt: skip


def refusal(file, data):
    file.write_bytes(data)
    with pytest.raises(CannotRead) as said:
        read_grid(file)
    return said.value.facts["reason"]


def test_files_that_are_no_table(tmp_path):
    write_form(shipped()[KH168], tmp_path / "sound.xlsx")
    sound = (tmp_path / "sound.xlsx").read_bytes()
    docx = io.BytesIO()
    with zipfile.ZipFile(docx, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    file = tmp_path / "a.xlsx"
    assert refusal(file, b"") == "the file is empty"
    locked = b"\xd0\xcf\x11\xe0" + b"x" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert refusal(file, locked) == "it is locked with a password; save it without one"
    for data in (b"not a zip", docx.getvalue()):
        assert refusal(file, data) == "it is no Excel workbook (.xlsx), or was not copied whole"
    for data in (sound[:100], sound[: len(sound) // 2], sound[:-30], b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"x" * 600):
        assert refusal(file, data) == "it is damaged, or was not copied whole"
    assert refusal(tmp_path / "a.csv", b"a\0b").startswith("it is no text in UTF-8")
    assert refusal(tmp_path / "a.csv", b'a,"b\n1,2\n') == "the quotation marks do not pair up, line 2"
    assert refusal(tmp_path / "a.xls", b"<html><table>").startswith("it is a web page by its content")
    assert refusal(tmp_path / "a.xlsx", b"%PDF-1.7").startswith("it is a PDF")
    with pytest.raises(NoSuchFile):
        read_grid(tmp_path / "none.xlsx")


def test_a_workbook_damaged_anywhere_inside_gives_words(tmp_path):
    """Whichever part is missing or broken, the file is read or refused."""
    write_form(shipped()[KH168], tmp_path / "sound.xlsx")
    with zipfile.ZipFile(tmp_path / "sound.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in parts:
        for broken in (None, b"", b"<a/>", parts[name][: len(parts[name]) // 2]):
            with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
                for part, data in parts.items():
                    if part != name or broken is not None:
                        archive.writestr(part, broken if part == name else data)
            with contextlib.suppress(CannotRead, BadRoadmap):
                read_form(tmp_path / "a.xlsx")


def test_tables_too_large_are_refused_in_words(tmp_path):
    assert refusal(tmp_path / "a.csv", b"x\n" * 20_101) == LIMITS
    assert refusal(tmp_path / "a.csv", b"x," * 200 + b"x\n") == LIMITS
    (tmp_path / "a.csv").write_bytes(b"x\n" * 20_000 + b",\n" * 5_000)
    assert len(read_grid(tmp_path / "a.csv")) == 20_000


def test_what_cannot_be_written_is_said(tmp_path):
    with pytest.raises(TooLongForExcel) as said:
        write_grid([["x"], ["x" * 40_000]], tmp_path / "a.xlsx")
    assert said.value.lines() == ["cell A2 would hold more than Excel can; write .csv or .toml"]
    assert not (tmp_path / "a.xlsx").exists()
    with pytest.raises(UnknownFormat):
        write_grid([["x"]], tmp_path / "a.ods")


def test_days_in_csv_cannot_be_taken_for_american_ones(tmp_path):
    write_form(shipped()[KH168], tmp_path / "a.csv")
    assert '"Ngày ban hành","2022-07-12"' in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
