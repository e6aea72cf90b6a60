"""A document as JSON: what it rests on, then every sheet with its tidy tables under stable field names."""

import json
from pathlib import Path

from ntmtrack.export import Document
from ntmtrack.files import replacing
from ntmtrack.reports.show import as_objects

SHEETS = None
LONGEST = None


def write(document: Document, file: Path) -> None:
    """UTF-8; raises FileBusy."""
    whole = {
        "title": document.title,
        **document.stamp,
        "sheets": {sheet.key: as_objects(sheet.report) for sheet in document.sheets},
    }
    with replacing(file) as draft:
        draft.write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
