"""The cells of a report, and the least that writing them takes.

python report_cells.py take REPORT.xlsx CELLS     notes every cell of a workbook, also of a border alone
python report_cells.py write CELLS REPORT.xlsx    writes the same cells with XlsxWriter, all in one format
"""

import pickle
import sys
from pathlib import Path


def take(report: Path, cells: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(report, read_only=True)
    sheets = [(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]) for sheet in book.worksheets]
    cells.write_bytes(pickle.dumps(sheets))


def write(cells: Path, report: Path) -> None:
    from xlsxwriter import Workbook

    book = Workbook(report, {"default_date_format": "dd/mm/yyyy"})
    look = book.add_format({"font_name": "Times New Roman", "font_size": 12, "border": 1})
    for title, rows in pickle.loads(cells.read_bytes()):
        sheet = book.add_worksheet(title)
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                sheet.write(row, column, value, look)
    book.close()


if __name__ == "__main__":
    {"take": take, "write": write}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
