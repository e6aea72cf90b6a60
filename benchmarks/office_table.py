"""A made-up table of 10.000 recognitions as an office would send it, and the least that reading and storing it takes.

python office_table.py TABLE.xlsx LEDGER.db      reads the table with openpyxl and inserts its rows with SQLModel
"""

import random
import sqlite3
import sys
from pathlib import Path

ROWS = 10_000
HEADINGS = ["STT", "Mã", "Tên xã", "Huyện", "Danh hiệu", "Năm đạt chuẩn", "Số quyết định", "Ngày ký"]
UNITS = """
    SELECT v.code, v.name, p.name FROM unit_version AS v JOIN unit_version AS p ON p.unit_id = v.parent_id
    WHERE v.kind = 'xã' ORDER BY v.code
"""


def write(ledger: Path, table: Path) -> None:
    """The table: every commune at NTM, the first of them again at nâng cao, by some 3.000 decisions a year."""
    from openpyxl import Workbook

    chance = random.Random(2026)
    with sqlite3.connect(ledger) as connection:
        units = connection.execute(UNITS).fetchall()
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Xã")
    sheet.append(HEADINGS)
    listed = [(unit, "đạt chuẩn NTM", 2016) for unit in units]
    listed += [(unit, "NTM nâng cao", 2021) for unit in units[: ROWS - len(units)]]
    for number, ((code, name, district), level, first) in enumerate(listed, 1):
        year, decision = chance.randint(first, first + 3), chance.randint(1, 3000)
        day = f"{decision % 28 + 1:02}/12/{year}"  # a decision has one day
        sheet.append([number, code, name, district, level, year, f"{decision}/QĐ-UBND", day])
    book.save(table)


def least(table: Path, ledger: Path) -> None:
    """openpyxl's read-only pass and one SQLModel bulk insert: no heading found, no unit matched, nothing checked."""
    from openpyxl import load_workbook
    from sqlmodel import Session

    from ntmtrack.storage.tables import RecognitionRow, open_engine

    _head, *rows = load_workbook(table, read_only=True).worksheets[0].iter_rows(values_only=True)
    with sqlite3.connect(ledger) as connection:
        ids = dict(connection.execute("SELECT code, unit_id FROM unit_version"))
    with Session(open_engine(ledger)) as session:
        session.add_all(
            RecognitionRow(
                action_id=1,
                unit_id=ids[row[1]],
                programme="2021-2025",
                level="nang-cao" if "nâng" in str(row[4]) else "ntm",
                year=row[5],
            )
            for row in rows
        )
        session.commit()


if __name__ == "__main__":
    least(Path(sys.argv[1]), Path(sys.argv[2]))
