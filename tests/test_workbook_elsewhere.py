"""The workbook in another office program: LibreOffice reads the same cells, and prints every sheet on whole pages."""

import csv
import shutil
import subprocess
from datetime import datetime

import openpyxl
import pytest

from tests.running import run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice"),
]


@pytest.fixture(scope="module")
def file(built_demo, tmp_path_factory):
    made = tmp_path_factory.mktemp("elsewhere") / "report.xlsx"
    asked = ("--year", "2024", "--sheets", "all", "--db", str(built_demo / "ntmtrack-demo.db"))
    assert run("export", str(made), *asked).code == 0
    return made


def convert(file, form):
    command = ["soffice", "--headless", "--convert-to", form, "--outdir", str(file.parent), str(file)]
    subprocess.run(command, capture_output=True, check=True, timeout=300)


def test_libreoffice_reads_the_same_values(file):
    convert(file, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1")
    book = openpyxl.load_workbook(file)
    for sheet in book:
        written = file.with_name(f"{file.stem}-{sheet.title}.csv")
        with written.open(encoding="utf-8", newline="") as lines:
            theirs = [cell for row in csv.reader(lines) for cell in row if cell]
        mine = [_told(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert len(theirs) == len(mine), sheet.title
        for told, meant in zip(theirs, mine, strict=True):
            assert told == meant or _as_number(told) == _as_number(meant), (sheet.title, told, meant)


def _told(value):
    return f"{value:%d/%m/%Y}" if isinstance(value, datetime) else str(value)


def _as_number(text):
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text


def test_every_sheet_prints_on_whole_pages(file):
    convert(file, "pdf")
    told = subprocess.run(
        ["pdfinfo", str(file.with_suffix(".pdf"))], capture_output=True, text=True, check=False
    ).stdout
    if not told:
        pytest.skip("needs pdfinfo")
    pages = int(next(line.split()[1] for line in told.splitlines() if line.startswith("Pages")))
    assert pages <= 32
    text = subprocess.run(
        ["pdftotext", "-layout", str(file.with_suffix(".pdf")), "-"], capture_output=True, text=True, check=True
    )
    assert "###" not in text.stdout
    first, second, *_rest = text.stdout.split("\f")
    assert "THỦ TRƯỞNG ĐƠN VỊ" in first  # the summary is one page, down to its signatures
    assert "GIAI ĐOẠN 2021-2025" in second
