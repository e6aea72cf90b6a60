"""A document as CSV: the tidy table of one sheet, by itself the recognitions, which `import` reads back."""

from pathlib import Path

from ntmtrack.errors import OneSheetOnly, OneTableOnly
from ntmtrack.export import Document
from ntmtrack.files import replacing
from ntmtrack.reports.show import render_csv

SHEETS = ("data",)
LONGEST = None


def write(document: Document, file: Path) -> None:
    """UTF-8 with a mark at its beginning, which Excel needs; raises OneSheetOnly, OneTableOnly, FileBusy."""
    if len(document.sheets) != 1:
        raise OneSheetOnly(file=file.name, names=", ".join(sheet.name for sheet in document.sheets))
    report = document.sheets[0].report
    if len(report.for_machines) != 1:
        raise OneTableOnly(
            file=file.name, sheet=document.sheets[0].name, count=len(report.for_machines), stem=file.stem
        )
    with replacing(file) as draft:
        draft.write_text(render_csv(report), encoding="utf-8-sig", newline="")
