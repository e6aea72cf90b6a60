"""Made-up assessments of a ledger's communes at several half-years, and the least that reading and storing them takes.

python assessment_table.py TABLE.xlsx LEDGER.db      reads the table with openpyxl and inserts its rows with SQLModel
"""

import random
import sqlite3
import sys
from pathlib import Path

CRITERIA = 19
HEADINGS = ["STT", "Mã", "Tên xã", *(f"TC{number}" for number in range(1, CRITERIA + 1)), "Số TC đạt"]


def write(ledger: Path, table: Path, half_years: int) -> None:
    """A sheet for each half-year from 2022 on, with every commune."""
    from openpyxl import Workbook

    chance = random.Random(2026)
    with sqlite3.connect(ledger) as connection:
        units = connection.execute("SELECT code, name FROM unit_version WHERE kind = 'xã' ORDER BY code").fetchall()
    book = Workbook(write_only=True)
    for place in range(half_years):
        day = f"{('30/6', '31/12')[place % 2]}/{2022 + place // 2}"
        sheet = book.create_sheet(f"Kỳ {place + 1}")
        sheet.append([f"Kết quả rà soát tiêu chí xã nông thôn mới đến {day}"])
        sheet.append(HEADINGS)
        for number, (code, name) in enumerate(units, 1):
            results = [chance.choice(("Đạt", "Đạt", "Đạt", "Chưa")) for _ in range(CRITERIA)]
            sheet.append([number, code, name, *results, results.count("Đạt")])
    book.save(table)


def least(table: Path, ledger: Path) -> None:
    """openpyxl's read-only pass and one SQLModel bulk insert: no heading found, no unit matched, nothing checked."""
    from openpyxl import load_workbook
    from sqlmodel import Session

    from ntmtrack.storage.criteria_tables import AssessmentRow
    from ntmtrack.storage.tables import open_engine

    sheets = [[*sheet.iter_rows(values_only=True)][2:] for sheet in load_workbook(table, read_only=True).worksheets]
    with sqlite3.connect(ledger) as connection:
        ids = dict(connection.execute("SELECT code, unit_id FROM unit_version"))
    with Session(open_engine(ledger)) as session:
        session.add_all(
            AssessmentRow(
                action_id=1,
                unit_id=ids[row[1]],
                criteria_set="2021-2025/xa-ntm",
                day=f"20{22 + place}-06-30",
                met=row[-1],
                missing=" ".join(str(code) for code in range(1, CRITERIA + 1) if row[2 + code] == "Chưa"),
                confidence="recorded",
            )
            for place, rows in enumerate(sheets)
            for row in rows
        )
        session.commit()


if __name__ == "__main__":
    least(Path(sys.argv[1]), Path(sys.argv[2]))
